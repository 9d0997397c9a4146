"""The closed language: what it reads, what it refuses and why, and what each filter gives, answered or not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

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
    Missing,
    Name,
    Not,
    Record,
    parse,
)

SIZE = Kind("choice", options={"small": "a small dog", "large": "Large"})
DAYS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday"}
DOGS = Kind(
    "records",
    fields={"name": Kind("text"), "size": SIZE, "born": Kind("date"), "cost": Kind("money"), "old": Kind("yes-no")},
)
SCHEMA = {
    "walker": Kind("text"),
    "town.name": Kind("text"),
    "note": Kind("paragraph"),
    "bites": Kind("yes-no"),
    "leash": Kind("choice", options={"short": "by short leash", "long": "Long"}),
    "days": Kind("choices", options=DAYS, item=Kind("choice", options=DAYS)),
    "length": Kind("number"),
    "fee": Kind("money"),
    "share": Kind("percent"),
    "starts": Kind("date"),
    "ends": Kind("date"),
    "dogs": DOGS,
    "dog": Kind("record", fields=DOGS.fields),
}


REX = {"name": "Rex", "size": "large", "born": date(2020, 2, 29), "cost": Decimal(5), "old": False}
BIT = {"name": "Bit", "size": "small", "born": date(2021, 1, 1), "cost": Decimal(7), "old": True}


def record(place, **given):
    return Record({**REX, **given}, f"dogs[{place}]")


BLANKS = Record({name: Missing(f"Dog's {name}", f"dogs[1].{name}") for name in DOGS.fields}, "dogs[1]")
NOTHING = {name: Missing(name, name, BLANKS if kind.name == "records" else None) for name, kind in SCHEMA.items()}
NOTHING["dog"] = BLANKS
ANSWERS = {
    "walker": "ann",
    "town.name": "Bark",
    "note": "Woof.",
    "bites": True,
    "leash": "short",
    "days": ("mon", "tue", "wed"),
    "length": 6,
    "fee": Decimal("12500.00"),
    "share": Decimal(50),
    "starts": date(2026, 8, 31),
    "ends": date(2027, 6, 30),
    "dogs": (record(1), record(2, **BIT)),
    "dog": record(1),
}


def checked(text):
    return language.check(parse(text), SCHEMA)


def kind(text):
    return checked(text)[1].name


def value(text, **given):
    return language.evaluate(checked(text)[0], {**ANSWERS, **given})


def true(text, **given):
    return language.holds(checked(text)[0], {**ANSWERS, **given})


def printed(text, **given):
    """Return what a field prints, blanks in brackets."""
    pieces = language.fill(*checked(text), {**ANSWERS, **given})
    return "".join(f"[{piece.label}]" if isinstance(piece, Missing) else piece for piece in pieces)


def blank(text):
    """Return what a field prints when nothing was answered."""
    return printed(text, **NOTHING)


def refused(text):
    """Return why an expression can't be read, and the hint."""
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return str(caught.value), caught.value.hint


def unfit(text):
    """Return why an expression that can be read does not fit the questions, and the hint."""
    with pytest.raises(ExpressionError) as caught:
        checked(text)
    return str(caught.value), caught.value.hint


# -- what is read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("walker", Name("walker")),
        (" town.name ", Name("town.name")),
        ("'it is'", Constant("it is")),
        ('"it\'s"', Constant("it's")),
        ("'}}'", Constant("}}")),
        ("'{% %} {{ {#'", Constant("{% %} {{ {#")),
        ("'\\u00e9 \U0001f415'", Constant("é \U0001f415")),
        ("12", Constant(12)),
        ("2.50", Constant(Decimal("2.5"))),
        ("true", Constant(value=True)),
        ("False", Constant(value=False)),
        ("[]", ListOf(())),
        ("[walker, 'b']", ListOf((Name("walker"), Constant("b")))),
        ("a == b", Compare(Name("a"), "eq", Name("b"))),
        ("a != b", Compare(Name("a"), "ne", Name("b"))),
        ("a < b", Compare(Name("a"), "lt", Name("b"))),
        ("a <= b", Compare(Name("a"), "lteq", Name("b"))),
        ("a > b", Compare(Name("a"), "gt", Name("b"))),
        ("a >= b", Compare(Name("a"), "gteq", Name("b"))),
        ("a in b", Compare(Name("a"), "in", Name("b"))),
        ("a not in b", Compare(Name("a"), "notin", Name("b"))),
        ("not a", Not(Name("a"))),
        ("not a == b", Not(Compare(Name("a"), "eq", Name("b")))),
        ("a and b or c", Either(Both(Name("a"), Name("b")), Name("c"))),
        ("a and (b or c)", Both(Name("a"), Either(Name("b"), Name("c")))),
        ("a if b else c", Conditional(Name("b"), Name("a"), Name("c"))),
        ("a | count", Filter("count", Name("a"))),
        ("a | add_months(6) | date", Filter("date", Filter("add_months", Name("a"), (6,)))),
        (
            "a | having('b', 'c', 'd') | field('e')",
            Filter("field", Filter("having", Name("a"), ("b", "c", "d")), ("e",)),
        ),
    ],
)
def test_an_expression_is_read(text, expression):
    assert parse(text) == expression


CLOSED = "is not part of the expression language"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("walker()", f"a call {CLOSED}"),
        ("walker.upper()", f"a call {CLOSED}"),
        ("self.__init__()", f"a call {CLOSED}"),
        ("walker[0]", f"a subscript {CLOSED}"),
        ("walker['x']", f"a subscript {CLOSED}"),
        ("walker.0", f"a subscript {CLOSED}"),
        ("walker is defined", f"a test with 'is' {CLOSED}"),
        ("walker is not none", f"a test with 'is' {CLOSED}"),
        ("1 + 1", f"arithmetic {CLOSED}"),
        ("7*7", f"arithmetic {CLOSED}"),
        ("a - b", f"arithmetic {CLOSED}"),
        ("a % b", f"arithmetic {CLOSED}"),
        ("a ** b", f"arithmetic {CLOSED}"),
        ("a // b", f"arithmetic {CLOSED}"),
        ("-5", f"arithmetic {CLOSED}"),
        ("-5 < length", f"arithmetic {CLOSED}"),
        ("+ length", f"arithmetic {CLOSED}"),
        ("a ~ b", f"concat {CLOSED}"),
        ("{'a': 1}", f"a mapping {CLOSED}"),
        ("(a, b)", f"a list without square brackets {CLOSED}"),
        ("a, b", f"a list without square brackets {CLOSED}"),
        ("a < b < c", f"a chain of comparisons {CLOSED}"),
        ("a if b", f"'if' without 'else' {CLOSED}"),
        ("a | date(x=1)", f"a filter with named arguments {CLOSED}"),
        ("a | plural(*b)", f"a filter with named arguments {CLOSED}"),
    ],
)
def test_what_the_closed_language_does_not_have_is_refused_by_name(text, words):
    message, hint = refused(text)
    assert message == words
    assert "docs/library.md" in hint


@pytest.mark.parametrize("text", ["_x", "a._b", "a.__class__", "a.b.__globals__", "x | count == _y", "[__import__]"])
def test_a_name_that_starts_with_an_underscore_is_refused(text):
    message, hint = refused(text)
    assert "starts with '_'" in message
    assert hint


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "can't be read"),
        ("   ", "can't be read"),
        ("a b", "can't be read"),
        ("a = b", "can't be read"),
        ("a &", "can't be read"),
        ("lambda: 1", "can't be read"),
        ("'open", "can't be read"),
        ("a || b", "can't be read"),
        ("{% if a %}", "can't be read"),
        ("{# a #}", "can't be read"),
        ("a #}", "can't be read"),
        ("-a-", "can't be read"),
        ("a }}{% raw %}{{ b", "can't be read"),
        ("a }}{# c", "can't be read"),
        ("'\\x'", "can't be read"),
        ("'\\N{no such name}'", "can't be read"),
        ("a }}", "is not one expression"),
        ("a }} b {{ c", "is not one expression"),
        ("a }}{{ b", "is not one expression"),
        ("a }}{% set b = 1 %}{{ c", "is not one expression"),
        ("(walker | upper).name", "'.name' follows something that is not a name"),
        ("'a'.b", "'.b' follows something that is not a name"),
        ("none", "'none' can't be used"),
        ("walker == None", "'none' can't be used"),
        ("a\n== b", "more than one line"),
        ("1e400", "the number is too large"),
        ("'\\0'", "U+0000 NULL"),
        ("'\\ud800'", "U+D800"),
        ("a" * 1001, "longer than 1000 characters"),
        ("(" * 400 + "a" + ")" * 400, "nested too deeply"),
        ("[" * 400 + "a" + "]" * 400, "nested too deeply"),
        ("a | plural(b, 'c')", "the arguments of the filter 'plural' must be constants"),
        ("a | date(1)", "the filter 'date' takes 0 argument(s), not 1"),
        ("a | add_months", "the filter 'add_months' takes 1 argument(s), not 0"),
        ("a | having('b')", "the filter 'having' takes 2 or more argument(s), not 1"),
        ("a | map('b')", "there is no filter 'map'"),
        ("a | attr('__class__')", "there is no filter 'attr'"),
    ],
)
def test_what_is_no_expression_says_why(text, words):
    assert words in refused(text)[0]


@pytest.mark.parametrize(
    ("text", "meant"), [("a | mony", "money"), ("a | add_month(1)", "add_months"), ("a | zzz", "")]
)
def test_an_unknown_filter_is_told_with_the_one_that_was_meant(text, meant):
    message, hint = refused(text)
    assert message.startswith("there is no filter")
    assert hint == (f"did you mean '{meant}'?" if meant else "")


def test_the_longest_expressions_can_be_checked_evaluated_and_explained():
    for text in ("not " * 249 + "a", "a" + " and a" * 166, "a" + " | otherwise(1)" * 66, "a" + " if a else a" * 80):
        expression, _ = language.check(parse(text[:1000]), {"a": Kind("number")})
        assert language.evaluate(expression, {"a": 1}) in {0, 1}
        assert language.names(expression) == {"a"}
        assert language.explain(expression)


# -- names and kinds ----------------------------------------------------------------------------


def test_an_unknown_name_is_told_with_the_one_that_was_meant():
    assert unfit("walkr") == ("there is no question 'walkr'", "did you mean 'walker'?")
    assert unfit("zzzzzz") == ("there is no question 'zzzzzz'", "")
    assert unfit("walker.name")[0] == "there is no question 'walker.name'"
    assert unfit("dog.nam") == ("'dog' has no field 'nam'", "did you mean 'name'?")
    assert unfit("dogs.name") == ("'dogs' is a list of records", "use dogs | field('name')")


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
    assert kind(text) == name


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
    assert unfit(text)[0].startswith(words)


def test_a_list_is_asked_with_in():
    assert unfit("days == 'mon'")[1] == "ask with 'in'"


def test_a_date_is_compared_with_a_quoted_date_only():
    assert checked("starts < '2026-09-01'")[0] == Compare(Name("starts"), "lt", Constant(date(2026, 9, 1)))
    assert checked("'2026-09-01' < starts")[0] == Compare(Constant(date(2026, 9, 1)), "lt", Name("starts"))
    for text in ("starts < 'soon'", "starts == '2026-02-30'", "starts in ['2026-07-01', 'x']", "starts == ''"):
        assert unfit(text)[1] == "write a date as '2026-07-01'"


def test_an_unknown_option_is_told_with_those_there_are():
    message, hint = unfit("leash == 'shrt'")
    assert message == "'shrt' is not one of the options: short, long"
    assert hint == "did you mean 'short'?"
    for text in (
        "leash in ['short', 'x']",
        "'x' in days",
        "dogs | having('size', 'x')",
        "('x' if bites else 'y') == leash",
    ):
        assert "is not one of the options" in unfit(text)[0]


def test_what_was_checked_may_be_checked_again():
    for text in ("starts in ['2026-09-01', ends]", "'2026-09-01' if bites else starts", "leash | label | capital"):
        once, kind = checked(text)
        assert language.check(once, SCHEMA) == (once, kind)


def test_a_name_is_free_when_no_question_has_it_whole_or_as_its_beginning():
    assert language.is_free("officer", SCHEMA)
    assert language.is_free("tow", SCHEMA)
    assert not language.is_free("walker", SCHEMA)
    assert not language.is_free("town", SCHEMA)


def test_the_names_an_expression_turns_on_are_known():
    text = "(a if b == [c, 'x'] else not d) and e | field('f') or g | otherwise('h') or i | answered"
    assert language.names(parse(text)) == set("abcdegi")
    assert language.open_names(parse(text)) == set("abcde")
    assert language.names(parse("5")) == language.open_names(parse("[]")) == set()


# -- conditions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "walker == 'ann'",
        "walker != 'bob'",
        "starts < ends",
        "starts <= '2026-08-31'",
        "starts >= '2026-08-31'",
        "ends > starts",
        "'2026-08-31' in [starts, ends]",
        "starts == ('2026-08-31' if bites else '2027-01-01')",
        "length == 6",
        "6 in [length]",
        "fee == 12500",
        "share < 50.5",
        "share == 50",
        "leash in ['short', 'long']",
        "leash not in ['long']",
        "'mon' in days",
        "'Rex' in (dogs | field('name'))",
        "'Max' not in (dogs | field('name'))",
        "'x' in (['x'] if bites else ['y'])",
        "not bites or walker",
        "bites and dogs",
        "dogs | having('size', 'small')",
        "dogs | having('born', '2020-02-29')",
        "dogs | having('cost', 5, 6)",
        "dogs | having('old', true)",
        "(dogs | having('size', 'small', 'large') | count) == 2",
        "dog.size == 'large'",
        "dog.born < starts",
        "true",
        "'x'",
        "[false]",
        "(starts | add_months(6)) < ends",
        "(leash | label) == 'by short leash'",
        "'Monday' in (days | label)",
        "walker | answered",
        "bites if walker else false",
    ],
)
def test_a_condition_holds(text):
    assert true(text)


@pytest.mark.parametrize(
    "text",
    [
        "walker == 'bob'",
        "ends < starts",
        "ends <= starts",
        "starts >= ends",
        "starts > ends",
        "not bites",
        "dogs | having('name', 'Max')",
        "dogs | having('born', '2020-02-28')",
        "[]",
        "false or ''",
        "bites and false",
        "'wed' not in days",
        "0",
    ],
)
def test_a_condition_does_not_hold(text):
    assert not true(text)


@pytest.mark.parametrize("operator", ["==", "!=", "<", "<=", ">", ">="])
def test_an_unanswered_question_makes_every_comparison_false(operator):
    assert not true(f"starts {operator} ends", **NOTHING)
    assert not true(f"starts {operator} '2026-01-01'", **NOTHING)
    assert not true(f"'2026-01-01' {operator} starts", **NOTHING)


def test_an_unanswered_question_is_in_no_list_and_out_of_none():
    assert not true("leash in ['short', 'long']", **NOTHING)
    assert not true("leash not in ['short', 'long']", **NOTHING)
    assert not true("'mon' in days", **NOTHING)
    assert not true("'mon' not in days", **NOTHING)


def test_an_unanswered_question_is_not_true_and_its_opposite_is():
    for name in SCHEMA.keys() - {"dog"}:
        assert not true(name, **NOTHING)
        assert true(f"not {name}", **NOTHING)
        assert not true(f"{name} | answered", **NOTHING)


def test_a_list_without_records_is_not_true_but_answered():
    assert not true("dogs", dogs=())
    assert true("dogs | answered", dogs=())


def test_the_words_of_otherwise_are_neither_more_nor_less_than_anything():
    for operator in ("<", "<=", ">", ">="):
        assert not true(f"(starts | otherwise('open') | add_days(1)) {operator} ends", starts=NOTHING["starts"])
    assert not true("5 in (dogs | otherwise('x') | field('cost'))", **NOTHING)
    assert true("(starts | otherwise('2026-01-01')) < ends", starts=NOTHING["starts"])
    assert not true("'mon' in (days | otherwise('none'))", **NOTHING)
    assert true("'mon' not in (days | otherwise('none'))", **NOTHING)


def test_a_field_of_the_records_around_it_is_known():
    assert value("dog.name") == "Rex"
    assert value("dog.name", dog=NOTHING["walker"]) == NOTHING["walker"]


# -- fields -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("walker", "ann"),
        ("note", "Woof."),
        ("bites", "yes"),
        ("not bites", "no"),
        ("leash", "by short leash"),
        ("days", "Monday, Tuesday, and Wednesday"),
        ("length", "6"),
        ("fee", "$12,500"),
        ("share", "50 percent"),
        ("starts", "August 31, 2026"),
        ("dog.size", "Large"),
        ("dog.cost", "$5"),
        ("5", "5"),
        ("'x'", "x"),
        ("fee if bites else 0", "$12,500"),
        ("0 if bites else fee", "$0"),
        ("'none' if bites else fee", "none"),
        ("walker if false else leash", "by short leash"),
        ("starts | date", "August 31, 2026"),
        ("starts | add_months(6)", "February 28, 2027"),
        ("starts | add_months(18) | date", "February 29, 2028"),
        ("starts | add_days(1) | date", "September 1, 2026"),
        ("starts | add_days(99999999999999999999)", "December 31, 9999"),
        ("fee | money", "$12,500"),
        ("fee | money_words", "twelve thousand five hundred dollars ($12,500)"),
        ("share | percent", "50 percent"),
        ("length | percent", "6 percent"),
        ("length | words", "six"),
        ("length | ordinal", "sixth"),
        ("dogs | count | words", "two"),
        ("leash | label", "by short leash"),
        ("days | label | series", "Monday, Tuesday, and Wednesday"),
        ("leash | label | capital", "By short leash"),
        ("leash | capital", "By short leash"),
        ("leash | upper", "BY SHORT LEASH"),
        ("walker | capital", "Ann"),
        ("'the dog' | capital", "The dog"),
        ("walker | upper", "ANN"),
        ("dogs | field('name') | series", "Rex and Bit"),
        ("dogs | field('size')", "Large and a small dog"),
        ("dogs | field('cost')", "$5 and $7"),
        ("dogs | field('born')", "February 29, 2020 and January 1, 2021"),
        ("dogs | having('size', 'small') | field('name')", "Bit"),
        ("dogs | field('name') | count", "2"),
        ("days | count", "3"),
        ("dogs | plural('the Dog', 'each Dog')", "each Dog"),
        ("dogs | having('size', 'small') | plural('the Dog', 'each Dog')", "the Dog"),
        ("length | plural('foot', 'feet')", "feet"),
        ("days | plural('day', 'days')", "days"),
        ("walker | otherwise('none')", "ann"),
        ("walker | answered", "yes"),
        ("[starts, ends] | series", "August 31, 2026 and June 30, 2027"),
    ],
)
def test_a_field_prints(text, words):
    assert printed(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("walker", "[walker]"),
        ("dog.name", "[Dog's name]"),
        ("dogs", "[dogs]"),
        ("starts | date", "[starts]"),
        ("starts | add_months(6) | add_days(1) | date", "[starts]"),
        ("fee | money", "[fee]"),
        ("fee | money_words", "[fee]"),
        ("share | percent", "[share]"),
        ("length | words", "[length]"),
        ("length | ordinal", "[length]"),
        ("leash | label", "[leash]"),
        ("leash | capital", "[leash]"),
        ("walker | upper", "[walker]"),
        ("days | series", "[days]"),
        ("days | count", "[days]"),
        ("dogs | count", "[dogs]"),
        ("dogs | field('name') | series", "[Dog's name]"),
        ("dogs | plural('the Dog', 'each Dog')", "each Dog"),
        ("length | plural('foot', 'feet')", "feet"),
        ("walker | otherwise('none')", "none"),
        ("fee | otherwise('none')", "none"),
        ("fee | otherwise(0)", "$0"),
        ("fee | money | otherwise('none')", "none"),
        ("fee | otherwise('none') | money", "none"),
        ("fee | otherwise('none') | money_words", "none"),
        ("starts | otherwise('none') | add_months(6) | date", "none"),
        ("length | otherwise('none') | words", "none"),
        ("days | otherwise('none') | count", "none"),
        ("dogs | otherwise('none') | field('name')", ""),
        ("dogs | otherwise('none') | having('size', 'small')", ""),
        ("leash | otherwise('none') | label", "none"),
        ("walker | otherwise('none') | capital", "None"),
        ("walker | answered", "no"),
        ("bites", "[bites]"),
        ("walker if bites else note", "[note]"),
        ("[walker, note] | series", "[walker] and [note]"),
    ],
)
def test_a_field_without_an_answer_prints_its_blank_unless_its_filter_is_there_for_it(text, words):
    assert blank(text) == words


def test_a_blank_knows_its_question():
    assert language.fill(*checked("starts | date"), NOTHING) == (Missing("starts", "starts"),)
    assert language.fill(*checked("dogs | field('name')"), NOTHING) == (Missing("Dog's name", "dogs[1].name"),)


def test_a_list_of_records_without_a_record_of_blanks_is_its_own_blank():
    assert printed("dogs | field('name')", dogs=Missing("Dogs", "dogs")) == "[Dogs]"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((), ""),
        (("A",), "A"),
        (("A", "B"), "A and B"),
        (("A", "B", "C"), "A, B, and C"),
        (("A", "B", "C", "D"), "A, B, C, and D"),
        ((None,), "[Name]"),
        (("A", None), "A and [Name]"),
        ((None, "B", None), "[Name], B, and [Name]"),
    ],
)
def test_a_series_is_joined_as_english_is_and_shows_its_blanks(names, words):
    dogs = tuple(record(n, name=name or Missing("Name", f"dogs[{n}].name")) for n, name in enumerate(names, 1))
    assert printed("dogs | field('name') | series", dogs=dogs) == words


@pytest.mark.parametrize(("count", "words"), [(0, "each Dog"), (1, "the Dog"), (2, "each Dog"), (3, "each Dog")])
def test_plural_gives_the_first_for_one_and_the_second_for_any_other_count(count, words):
    dogs = tuple(record(n) for n in range(1, count + 1))
    assert printed("dogs | plural('the Dog', 'each Dog')", dogs=dogs) == words
    assert printed("length | plural('the Dog', 'each Dog')", length=count) == words
    assert printed("dogs | count", dogs=dogs) == str(count)


def test_a_whole_record_prints_as_a_blank():
    assert printed("dog") == "[record]"


def test_an_answer_is_never_read_as_an_expression():
    for answer in ("{{ 7*7 }}", "{% if x %}", "starts", "}}", "'", "\\"):
        assert printed("walker", walker=answer) == answer
        assert printed("dogs | field('name')", dogs=(record(1, name=answer),)) == answer


# -- laws ---------------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8)
CONSTANTS = st.one_of(
    st.sampled_from(["short", "small", "mon", "2026-01-01", "name", "size", "cost", "it's", "\\", 'a"b', "a\nb\r"]),
    WORDS,
    st.integers(0, 10**12),
    st.booleans(),
    st.floats(0, 1e20).map(lambda number: Decimal(str(number))),
)
OPERATORS = ["eq", "ne", "lt", "lteq", "gt", "gteq", "in", "notin"]


def filters(operands):
    """Draw a filter on one of the operands, with as many arguments as it takes."""
    return st.sampled_from(sorted(language.FILTERS)).flatmap(
        lambda name: st.builds(
            Filter,
            st.just(name),
            operands,
            st.lists(
                CONSTANTS,
                min_size=language.FILTERS[name].arguments[0],
                max_size=min(3, language.FILTERS[name].arguments[1]),
            ).map(tuple),
        )
    )


NAMES = st.sampled_from([*SCHEMA, "dog.name", "dog.born", "dog.size"]).map(Name)
LEAVES = st.one_of(NAMES, CONSTANTS.map(Constant))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple).map(ListOf),
        st.builds(Compare, inner, st.sampled_from(OPERATORS), inner),
        inner.map(Not),
        st.builds(Both, inner, inner),
        st.builds(Either, inner, inner),
        st.builds(Conditional, inner, inner, inner),
        filters(inner),
    ),
    max_leaves=6,
)


@settings(max_examples=150)
@given(TREES)
def test_an_expression_explained_is_read_as_itself(expression):
    text = language.explain(expression)
    assume(len(text) <= language.LONGEST)
    assert parse(text) == expression


TOKENS = st.lists(
    st.sampled_from(
        ["a", "b.c", "_d", ".", "(", ")", "[", "]", "{", "}", "}}", "{{", "{%", "%}", "{#", "#}", "'", '"', "'x'", "5",
         "1e999", " ", " and ", " or ", " not ", " in ", " is ", " if ", " else ", "|", "|count", "|plural('a','b')",
         ",", "==", "<", ">=", "=", "+", "-", "*", "~", "\\", "'\\x00'", "\n", "\r", "none", "true", ":", "\u2028",
         "\ud800"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=250)
@given(st.one_of(st.text(), TOKENS))
def test_any_text_is_an_expression_or_is_refused(text):
    try:
        expression = parse(text)
    except ExpressionError:
        return
    again = language.explain(expression)
    assert language.names(expression) >= language.open_names(expression)
    assert len(again) > language.LONGEST or parse(again) == expression


SCOPES = ({**NOTHING, "bites": True}, NOTHING, ANSWERS, {**ANSWERS, "bites": False}, {**ANSWERS, "dogs": ()})


def always_prints(expression):
    """Say whether an expression fits the questions; if so, it must have a value that prints, whatever was answered."""
    try:
        fit, of = language.check(expression, SCHEMA)
    except ExpressionError:
        return False
    for scope in SCOPES:
        assert isinstance(language.holds(fit, scope), bool)
        assert all(isinstance(piece, str | Missing) for piece in language.fill(fit, of, scope))
    assert language.check(fit, SCHEMA)[1] == of
    return True


ARGUMENTS = {
    "add_months": [(6,), (10**30,)],
    "add_days": [(30,)],
    "having": [("size", "small"), ("born", "2020-02-29"), ("cost", 5), ("old", True)],
    "field": [("name",), ("size",), ("cost",), ("born",)],
    "plural": [("the Dog", "each Dog")],
    "otherwise": [("none",), (5,), (True,), ("2026-01-01",)],
}


def test_every_chain_of_two_filters_that_was_checked_prints():
    names = [Name(name) for name in (*SCHEMA, "dog.name", "dog.size", "dog.born")]
    starts = [*names, *(Conditional(Name("bites"), name, Constant(other)) for name in names for other in ("x", 5))]
    steps = [(name, given) for name in language.FILTERS for given in ARGUMENTS.get(name, [()])]
    once = [Filter(name, start, given) for start in starts for name, given in steps]
    once = [expression for expression in once if always_prints(expression)]
    twice = [Filter(name, inner, given) for inner in once for name, given in steps]
    compared = [Compare(inner, "lt", Name(name)) for inner in once for name in ("length", "fee", "starts")]
    assert sum(map(always_prints, twice)) > len(once) > 100
    assert sum(map(always_prints, compared)) > 10


@given(TREES)
def test_an_expression_that_was_checked_prints_whatever_was_answered(expression):
    always_prints(expression)
