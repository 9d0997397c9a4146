"""An expression fits the questions that it names, or is refused; its constants become what they are compared with."""

from datetime import date

import every_kind
import pytest
import walks

from drafter import language
from drafter.language import (
    Both,
    Compare,
    Conditional,
    Constant,
    Either,
    ExpressionError,
    Filter,
    Kind,
    ListOf,
    Name,
    Not,
)

# -- refusals, word by word ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("text" + " " * 997, "the expression is longer than 1000 characters", ""),
        ("text\n", "the expression is on more than one line", "write it on one line"),
        ("text }} b {{ c", "'text }} b {{ c' is not one expression", ""),
        (" a }}{{ b ", "'a }}{{ b' is not one expression", ""),
        ("(" * 400 + "a" + ")" * 400, "the expression is nested too deeply", ""),
        ("'a'.b", "'.b' follows something that is not a name", ""),
        ("text()", f"a call {every_kind.CLOSED}", every_kind.HINT),
        ("1 + 1", f"arithmetic {every_kind.CLOSED}", every_kind.HINT),
        ("- 1", f"arithmetic {every_kind.CLOSED}", every_kind.HINT),
        ("'a' ~ 'b'", f"concat {every_kind.CLOSED}", every_kind.HINT),
        ("_x", "the name '_x' starts with '_'", "such names are refused"),
        ("dog._x", "the name '_x' starts with '_'", "such names are refused"),
        ("'\\0'", "the text contains U+0000 NULL, which no Word file can hold", "delete the character"),
        ("1e400", "the number is too large", ""),
        ("none", "'none' can't be used", "a comparison with a question that has no answer is false already"),
        ("text | mony", "there is no filter 'mony'", "did you mean 'money'?"),
        ("text | zzz", "there is no filter 'zzz'", ""),
        ("day | date(1)", "the filter 'date' takes 0 argument(s), not 1", ""),
        ("dogs | having('size')", "the filter 'having' takes 2 or more argument(s), not 1", ""),
        ("day | add_days(text)", "the arguments of the filter 'add_days' must be constants", ""),
        ("dogs.name", "'dogs' is a list of records", "use dogs | field('name')"),
        ("dog.nam", "'dog' has no field 'nam'", "did you mean 'name'?"),
        ("dog.xyz", "'dog' has no field 'xyz'", ""),
        ("numbr", "there is no question 'numbr'", "did you mean 'number'?"),
        ("nuxxxr", "there is no question 'nuxxxr'", "did you mean 'number'?"),  # half of the letters agree
        ("nxxxxr", "there is no question 'nxxxxr'", ""),
        ("text.name", "there is no question 'text.name'", "did you mean 'text'?"),
        ("cat.name", "there is no question 'cat.name'", ""),
        ("day if yes else money", "a date and an amount of money are the two sides of one 'if'", ""),
        ("'a' in text", "what follows 'in' must be a list", ""),
        ("text < 5", "text can't be compared with '<'", ""),
        ("5 <= text", "text can't be compared with '<='", ""),
        ("yes > yes", "a yes/no answer can't be compared with '>'", ""),
        ("choice >= 5", "a choice can't be compared with '>='", ""),
        ("'a' < 'b'", "a constant text can't be compared with '<'", ""),
        ("choices == 'small'", "a list of choices is compared with a constant text", "ask with 'in'"),
        ("(dogs | field('name')) == 'Rex'", "a list is compared with a constant text", "ask with 'in'"),
        ("'Rex' == (dogs | field('name'))", "a constant text is compared with a list", "ask with 'in'"),
        ("number == day", "a number is compared with a date", ""),
        ("dogs == 'x'", "a list of records is compared with a constant text", ""),
        ("dog == 'x'", "a record is compared with a constant text", ""),
        ("day < 'soon'", "'soon' is compared with a date", "write a date as '2026-07-01'"),
        ("choice == 'smal'", "'smal' is not one of the options: small, large", "did you mean 'small'?"),
        ("choice == 'xyz'", "'xyz' is not one of the options: small, large", ""),
        ("choice == 5", "a choice is compared with a number", ""),
        ("number == '5'", "'5' is compared with a number", ""),
        ("money == '5'", "'5' is compared with an amount of money", ""),
        ("percent == '5'", "'5' is compared with a percentage", ""),
        ("yes == 'no'", "'no' is compared with a yes/no answer", ""),
        ("dogs | field('nam')", "the records have no field 'nam'", "did you mean 'name'?"),
        ("dogs | having('nam', 'x')", "the records have no field 'nam'", "did you mean 'name'?"),
        ("dogs | having('cost', 'x')", "'x' is compared with an amount of money", ""),
        ("dogs | having('cost', 5, 'x')", "'x' is compared with an amount of money", ""),
        ("day | add_months('6')", "the filter 'add_months' takes a whole number", ""),
        ("day | add_days(1.5)", "the filter 'add_days' takes a whole number", ""),
        ("dogs | plural(1, 'b')", "the filter 'plural' takes two texts", ""),
        ("dogs | plural('a', 2)", "the filter 'plural' takes two texts", ""),
        ("text | otherwise(5)", "5 is compared with text", ""),
        ("number | otherwise(true)", "true is compared with a number", ""),
        ("email | date", "the filter 'date' is not for an email", ""),
        ("address | date", "the filter 'date' is not for an address", ""),
        ("phone | date", "the filter 'date' is not for a phone", ""),
        ("dog | date", "the filter 'date' is not for a record", ""),
        ("dogs | date", "the filter 'date' is not for a list of records", ""),
        ("choices | date", "the filter 'date' is not for a list of choices", ""),
        ("percent | date", "the filter 'date' is not for a percentage", ""),
        ("'x' | date", "the filter 'date' is not for a constant text", ""),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_write(text, message, hint):
    assert every_kind.refused(text) == (message, hint)


# -- names and kinds ----------------------------------------------------------------------------


def test_an_unknown_name_is_reported_with_the_one_that_was_meant():
    assert walks.unfit("walkr") == ("there is no question 'walkr'", "did you mean 'walker'?")
    assert walks.unfit("zzzzzz") == ("there is no question 'zzzzzz'", "")
    assert walks.unfit("walker.name")[0] == "there is no question 'walker.name'"
    assert walks.unfit("dog.nam") == ("'dog' has no field 'nam'", "did you mean 'name'?")
    assert walks.unfit("dogs.name") == ("'dogs' is a list of records", "use dogs | field('name')")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("walker", "text"),
        ("dog.size", "choice"),
        ("true", "yes-no"),
        ("5", "number"),
        ("'x'", "any"),
        ("['x']", "list"),
        ("not bites", "yes-no"),
        ("bites and walker", "yes-no"),
        ("bites or walker", "yes-no"),
        ("starts < ends", "yes-no"),
        ("fee if bites else 'none'", "money"),
        ("'none' if bites else fee", "money"),
        ("walker if bites else note", "text"),
        ("walker if bites else leash", "choice"),
        ("leash if bites else walker", "choice"),
        ("starts | date", "text"),
        ("starts | add_months(6)", "date"),
        ("dogs | having('size', 'small')", "records"),
        ("dogs | field('born')", "list"),
        ("dogs | count", "number"),
        ("fee | otherwise('none')", "money"),
        ("fee | answered", "yes-no"),
        ("days | series", "choices"),
        ("days | label", "list"),
        ("leash | label", "text"),
    ],
)
def test_an_expression_has_a_kind(text, name):
    assert walks.kind(text) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("walker < 'b'", "text can't be compared with '<'"),
        ("bites >= true", "a yes/no answer can't be compared with '>='"),
        ("dogs > 1", "a list of records can't be compared with '>'"),
        ("leash < 'short'", "a choice can't be compared with '<'"),
        ("'a' < 'b'", "a constant text can't be compared with '<'"),
        ("walker == 5", "text is compared with a number"),
        ("starts == length", "a date is compared with a number"),
        ("fee < starts", "an amount of money is compared with a date"),
        ("share == walker", "a percentage is compared with text"),
        ("dog.old == walker", "a yes/no answer is compared with text"),
        ("dogs == 'Rex'", "a list of records is compared with a constant text"),
        ("dog == 'Rex'", "a record is compared with a constant text"),
        ("days == 'mon'", "a list of choices is compared with a constant text"),
        ("(dogs | field('name')) == 'Rex'", "a list is compared with a constant text"),
        ("length == '5'", "'5' is compared with a number"),
        ("'12' < fee", "'12' is compared with an amount of money"),
        ("bites == 'yes'", "'yes' is compared with a yes/no answer"),
        ("bites == 1", "a yes/no answer is compared with a number"),
        ("length == true", "a number is compared with a yes/no answer"),
        ("fee in ['a']", "'a' is compared with an amount of money"),
        ("fee in [walker]", "an amount of money is compared with text"),
        ("fee in (dogs | field('name'))", "an amount of money is compared with text"),
        ("days in ['mon']", "a list of choices is compared with a constant text"),
        ("'mon' in walker", "what follows 'in' must be a list"),
        ("fee < ('a' if bites else 5)", "'a' is compared with"),
        ("(fee | otherwise('none')) < 5", "'none' is compared with a number"),
        ("starts if bites else fee", "a date and an amount of money are the two sides of one 'if'"),
        ("dogs if bites else 'none'", "a list of records and a constant text are the two sides of one 'if'"),
        ("walker | date", "the filter 'date' is not for text"),
        ("starts | money", "the filter 'money' is not for a date"),
        ("fee | words", "the filter 'words' is not for an amount of money"),
        ("walker | having('a', 'b')", "the filter 'having' is not for text"),
        ("walker | series", "the filter 'series' is not for text"),
        ("walker | label", "the filter 'label' is not for text"),
        ("5 | upper", "the filter 'upper' is not for a number"),
        ("address | upper", "there is no question 'address'"),
        ("dogs | field('nam')", "the records have no field 'nam'"),
        ("dogs | having('nam', 'x')", "the records have no field 'nam'"),
        ("dogs | having('cost', 'x')", "'x' is compared with an amount of money"),
        ("starts | add_months('6')", "the filter 'add_months' takes a whole number"),
        ("starts | add_days(1.5)", "the filter 'add_days' takes a whole number"),
        ("starts | add_days(true)", "the filter 'add_days' takes a whole number"),
        ("dogs | plural(1, 2)", "the filter 'plural' takes two texts"),
        ("starts | otherwise(5)", "'5' is compared with a date"),
        ("walker | otherwise(5)", "5 is compared with text"),
    ],
)
def test_two_kinds_that_do_not_go_together_are_refused(text, words):
    assert walks.unfit(text)[0].startswith(words)


def test_a_list_is_asked_with_in():
    assert walks.unfit("days == 'mon'")[1] == "ask with 'in'"


def test_a_date_is_compared_with_a_quoted_date_only():
    assert walks.checked("starts < '2026-09-01'")[0] == Compare(Name("starts"), "lt", Constant(date(2026, 9, 1)))
    assert walks.checked("'2026-09-01' < starts")[0] == Compare(Constant(date(2026, 9, 1)), "lt", Name("starts"))
    for text in ("starts < 'soon'", "starts == '2026-02-30'", "starts in ['2026-07-01', 'x']", "starts == ''"):
        assert walks.unfit(text)[1] == "write a date as '2026-07-01'"


def test_an_unknown_option_is_reported_with_those_there_are():
    message, hint = walks.unfit("leash == 'shrt'")
    assert message == "'shrt' is not one of the options: short, long"
    assert hint == "did you mean 'short'?"
    for text in (
        "leash in ['short', 'x']",
        "'x' in days",
        "dogs | having('size', 'x')",
        "('x' if bites else 'y') == leash",
    ):
        assert "is not one of the options" in walks.unfit(text)[0]


def test_what_was_checked_may_be_checked_again():
    for text in ("starts in ['2026-09-01', ends]", "'2026-09-01' if bites else starts", "leash | label | capital"):
        once, kind = walks.checked(text)
        assert language.check(once, walks.SCHEMA) == (once, kind)


def test_a_name_is_free_when_no_question_has_it_whole_or_as_its_beginning():
    assert language.is_free("officer", walks.SCHEMA)
    assert language.is_free("tow", walks.SCHEMA)
    assert not language.is_free("walker", walks.SCHEMA)
    assert not language.is_free("town", walks.SCHEMA)


def test_a_name_is_taken_by_a_question_and_by_the_beginning_of_one_up_to_its_dot():
    schema = {"town.name": Kind("text"), "walker": Kind("text")}
    assert [
        name for name in ("town", "walker", "town.name", "tow", "walk", "name") if language.is_free(name, schema)
    ] == [
        "tow",
        "walk",
        "name",
    ]


# -- kinds that go together ---------------------------------------------------------------------

TEXTS = ("text", "paragraph", "email", "phone", "address", "choice")

FAMILIES = [set(TEXTS), {"number", "money", "percent"}, {"date"}, {"yes-no"}, {"choices"}, {"records"}, {"record"}]


def test_two_names_can_be_equal_when_they_are_of_one_family():
    for name, kind in every_kind.SCHEMA.items():
        for other, its in every_kind.SCHEMA.items():
            if any({kind.name, its.name} <= family for family in FAMILIES):
                assert every_kind.checked(f"{name} == {other}")[1] == Kind("yes-no")
            else:
                assert "is compared with" in every_kind.refused(f"{name} == {other}")[0]


def test_a_constant_text_can_be_equal_to_text_and_no_list_or_record():
    for name in TEXTS:
        assert every_kind.checked(f"{name} != 'small'")[1] == Kind("yes-no")
    for name in ("choices", "dogs", "dog"):
        assert "is compared with" in every_kind.refused(f"{name} != 'small'")[0]
    for text in ("['x'] == 'x'", "'x' == ['x']"):
        assert "is compared with" in every_kind.refused(text)[0]


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
def test_numbers_and_dates_are_more_and_less_and_nothing_else_is(operator):
    for name, kind in every_kind.SCHEMA.items():
        if kind.name in {"number", "money", "percent", "date"}:
            assert every_kind.checked(f"{name} {operator} {name}")[1] == Kind("yes-no")
        else:
            assert "can't be compared with" in every_kind.refused(f"{name} {operator} {name}")[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("text if yes else choice", every_kind.SCHEMA["choice"]),
        ("choice if yes else text", every_kind.SCHEMA["choice"]),
        ("'x' if yes else day", every_kind.SCHEMA["day"]),
        ("day if yes else 'x'", every_kind.SCHEMA["day"]),
        ("0 if yes else money", every_kind.SCHEMA["money"]),
        ("money if yes else 0", every_kind.SCHEMA["money"]),
        ("percent if yes else money", every_kind.SCHEMA["percent"]),
        ("'x' if yes else 'y'", Kind("any")),
        ("('x' if yes else 'y') if yes else day", every_kind.SCHEMA["day"]),
        ("text if yes else paragraph", every_kind.SCHEMA["text"]),
    ],
)
def test_an_if_has_the_kind_that_says_more_of_its_two_sides(text, kind):
    assert every_kind.checked(text)[1] == kind


def test_the_constants_of_an_if_become_dates_where_it_is_compared_with_one():
    first, second = Constant(date(2026, 1, 1)), Constant(date(2026, 2, 1))
    expected = Compare(Name("day"), "lt", Conditional(Name("yes"), first, second))
    assert every_kind.checked("day < ('2026-01-01' if yes else '2026-02-01')")[0] == expected
    for text in ("day < ('x' if yes else '2026-01-01')", "day < ('2026-01-01' if yes else 'x')"):
        assert every_kind.refused(text)[0] == "'x' is compared with a date"


def test_the_words_of_otherwise_become_a_date_where_they_are_compared_with_one():
    left = Filter("otherwise", Name("text"), (date(2026, 1, 1),))
    text = Filter("otherwise", Constant("2026-02-01"), ("2026-01-01",))
    assert language.check(Compare(text, "lt", Name("day")), every_kind.SCHEMA)[0] == Compare(
        Filter("otherwise", Constant(date(2026, 2, 1)), left.arguments), "lt", Name("day")
    )
    with pytest.raises(ExpressionError, match="'soon' is compared with a date"):
        every_kind.checked("('soon' | otherwise('2026-01-01')) < day")


def test_each_item_of_a_list_is_given_the_kind_of_what_is_asked_for():
    dates = ListOf((Constant(date(2026, 1, 1)), Name("day")))
    for operator, told in (("in", "in"), ("notin", "not in")):
        assert every_kind.checked(f"day {told} ['2026-01-01', day]")[0] == Compare(Name("day"), operator, dates)
    assert every_kind.checked("'2026-01-01' in [day]")[0] == Compare(
        Constant(date(2026, 1, 1)), "in", ListOf((Name("day"),))
    )
    assert every_kind.checked("'2020-02-29' in (dogs | field('born'))")[0].left == Constant(date(2020, 2, 29))
    assert every_kind.checked("'small' not in choices")[0] == Compare(Constant("small"), "notin", Name("choices"))


def test_anything_may_be_in_a_list_of_which_no_kind_is_known():
    for kind in ("text", "number", "date"):
        expression = Compare(Name("one"), "in", Name("names"))
        schema = {"one": Kind(kind), "names": Kind("list")}
        assert language.check(expression, schema) == (expression, Kind("yes-no"))


def test_a_name_inside_every_part_of_an_expression_is_checked():
    for text in (
        "[text, zzzz]",
        "not zzzz",
        "yes and zzzz",
        "zzzz and yes",
        "yes or zzzz",
        "zzzz or yes",
        "text if zzzz else text",
        "text if yes else zzzz",
        "zzzz if yes else text",
        "zzzz | upper",
        "zzzz == text",
        "text == zzzz",
        "text in [zzzz]",
    ):
        assert every_kind.refused(text)[0] == "there is no question 'zzzz'"


def test_dates_are_given_their_kind_in_every_part_of_an_expression():
    inner, typed = "day < '2026-01-01'", Compare(Name("day"), "lt", Constant(date(2026, 1, 1)))
    for text, expected in (
        (f"[{inner}]", ListOf((typed,))),
        (f"not {inner}", Not(typed)),
        (f"{inner} and {inner}", Both(typed, typed)),
        (f"{inner} or {inner}", Either(typed, typed)),
        (f"({inner}) if {inner} else ({inner})", Conditional(typed, typed, typed)),
        (f"({inner}) | answered", Filter("answered", typed)),
    ):
        assert every_kind.checked(text)[0] == expected
