"""Every refusal of the closed language in its whole words, every filter with every kind, and the ends of each range."""

from datetime import date
from decimal import Decimal

import pytest

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

SIZES = {"small": "a small dog", "large": "Large"}
FIELDS = {"name": Kind("text"), "size": Kind("choice", options=SIZES), "born": Kind("date"), "cost": Kind("money")}
SCHEMA = {
    "text": Kind("text"),
    "note": Kind("text"),
    "paragraph": Kind("paragraph"),
    "email": Kind("email"),
    "phone": Kind("phone"),
    "address": Kind("address"),
    "choice": Kind("choice", options=SIZES),
    "choices": Kind("choices", options=SIZES, item=Kind("choice", options=SIZES)),
    "yes": Kind("yes-no"),
    "number": Kind("number"),
    "money": Kind("money"),
    "percent": Kind("percent"),
    "day": Kind("date"),
    "dogs": Kind("records", fields=FIELDS),
    "dog": Kind("record", fields=FIELDS),
}
HINT = (
    "names, constants, lists, comparisons, 'and', 'or', 'not', 'in', 'a if b else c' and the filters of "
    "docs/library.md can be used"
)
CLOSED = "is not part of the expression language"


def checked(text):
    return language.check(parse(text), SCHEMA)


def refused(text):
    """Return why an expression can't be used, and the hint."""
    with pytest.raises(ExpressionError) as caught:
        checked(text)
    return str(caught.value), caught.value.hint


def record(place, **given):
    values = {"name": "Rex", "size": "large", "born": date(2020, 2, 29), "cost": Decimal(5), **given}
    return Record(values, f"dogs[{place}]")


def printed(text, **given):
    pieces = language.fill(*checked(text), given)
    return "".join(f"[{piece.label}]" if isinstance(piece, Missing) else piece for piece in pieces)


def true(text, **given):
    return language.holds(checked(text)[0], given)


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
        ("text()", f"a call {CLOSED}", HINT),
        ("1 + 1", f"arithmetic {CLOSED}", HINT),
        ("- 1", f"arithmetic {CLOSED}", HINT),
        ("'a' ~ 'b'", f"concat {CLOSED}", HINT),
        ("_x", "the name '_x' starts with '_'", "such names are refused"),
        ("dog._x", "the name '_x' starts with '_'", "such names are refused"),
        ("'\\0'", "the text contains U+0000 NULL, which no Word file can hold", "delete it"),
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
    assert refused(text) == (message, hint)


@pytest.mark.parametrize("text", ["a b", "a =", "'open", ""])
def test_what_can_not_be_read_is_shown_without_the_space_around_it(text):
    message, hint = refused(f"  {text} ")
    assert message.startswith(f"'{text}' can't be read: ")
    assert hint == ""
    with pytest.raises(ExpressionError) as caught:
        parse(f"  {text} ")
    assert caught.value.__cause__ is None


def test_an_expression_may_have_a_thousand_characters():
    assert parse("a" * 1000) == Name("a" * 1000)


def test_an_error_without_a_hint_has_an_empty_one():
    assert ExpressionError("x").hint == ""


# -- filters ------------------------------------------------------------------------------------

TEXTS = ("text", "paragraph", "email", "phone", "address", "choice")
KINDS = {
    "date": ("date",),
    "add_months": ("date",),
    "add_days": ("date",),
    "money": ("money",),
    "money_words": ("money",),
    "percent": ("percent", "number"),
    "words": ("number",),
    "ordinal": ("number",),
    "label": ("choice", "choices"),
    "having": ("records",),
    "field": ("records",),
    "series": ("list", "choices"),
    "count": ("records", "list", "choices"),
    "plural": ("records", "list", "choices", "number"),
    "otherwise": None,
    "answered": None,
    "upper": (*TEXTS, "any"),
    "capital": (*TEXTS, "any"),
}
OPERANDS = {
    **{kind.name: Name(name) for name, kind in SCHEMA.items()},
    "any": Constant("x"),
    "list": ListOf((Constant("x"),)),
}
GIVEN = {"add_months": (6,), "add_days": (6,), "having": ("name", "Rex"), "field": ("name",), "plural": ("a", "b")}


def otherwise(kind):
    """Return a constant that may stand for a missing value of a kind."""
    return "2026-01-01" if kind == "date" else "small" if kind == "choice" else "x"


@pytest.mark.parametrize("name", KINDS)
def test_a_filter_is_for_its_kinds_and_for_no_other(name):
    for kind, operand in OPERANDS.items():
        arguments = (otherwise(kind),) if name == "otherwise" else GIVEN.get(name, ())
        expression = Filter(name, operand, arguments)
        if KINDS[name] is None or kind in KINDS[name]:
            language.check(expression, SCHEMA)
        else:
            with pytest.raises(ExpressionError, match=f"the filter '{name}' is not for"):
                language.check(expression, SCHEMA)


def test_the_filters_are_these():
    assert list(language.FILTERS) == list(KINDS)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        *((name, 0, 0) for name in KINDS if name not in {*GIVEN, "otherwise"}),
        *((name, 1, 1) for name in ("add_months", "add_days", "field", "otherwise")),
        ("plural", 2, 2),
        ("having", 2, 20),
    ],
)
def test_a_filter_takes_so_many_arguments_and_no_other_number(name, low, high):
    for count in {low, high}:
        assert parse(f"a | {name}({', '.join(['1'] * count)})") == Filter(name, Name("a"), (1,) * count)
    for count in {low - 1, high + 1} - {-1}:
        takes = low if low == high else f"{low} or more"
        with pytest.raises(ExpressionError) as caught:
            parse(f"a | {name}({', '.join(['1'] * count)})")
        assert str(caught.value) == f"the filter '{name}' takes {takes} argument(s), not {count}"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("day | date", "text"),
        ("day | add_days(1)", "date"),
        ("day | add_months(1)", "date"),
        ("money | money", "text"),
        ("money | money_words", "text"),
        ("number | percent", "text"),
        ("number | words", "text"),
        ("number | ordinal", "text"),
        ("choice | label", "text"),
        ("dogs | having('name', 'Rex')", "records"),
        ("dogs | count", "number"),
        ("dogs | plural('a', 'b')", "text"),
        ("day | answered", "yes-no"),
        ("text | upper", "text"),
        ("choice | upper", "text"),
        ("text | capital", "text"),
        ("money | otherwise('none')", "money"),
    ],
)
def test_a_filter_gives_a_kind(text, kind):
    assert checked(text)[1].name == kind


def test_what_is_kept_of_a_kind_goes_through_a_filter():
    assert checked("dogs | having('name', 'Rex')")[1] == SCHEMA["dogs"]
    assert checked("choices | series")[1] == SCHEMA["choices"]
    assert checked("choice | otherwise('x')")[1] == SCHEMA["choice"]
    assert checked("dogs | field('size')")[1] == Kind("list", item=FIELDS["size"])
    assert checked("choices | label")[1] == Kind("list", item=Kind("text"))
    assert checked("['x']")[1] == Kind("list", item=Kind("any"))


def test_a_filter_gets_the_dates_and_the_words_that_the_questions_give_it():
    born = Filter("having", Name("dogs"), ("born", date(2020, 2, 29), date(2021, 1, 1)))
    assert checked("dogs | having('born', '2020-02-29', '2021-01-01')")[0] == born
    label = Filter("label", Name("choice"), ("small", "a small dog", "large", "Large"))
    assert checked("choice | label")[0] == label
    for name in ("upper", "capital"):
        assert checked(f"choice | {name}")[0] == Filter(name, label)


def test_a_date_may_be_missing_with_any_words_in_its_place():
    assert printed("day | otherwise('open')", day=Missing("Day", "day")) == "open"
    assert printed("day | otherwise('open') | add_days(1) | date", day=date(2026, 8, 31)) == "September 1, 2026"


def test_a_record_is_kept_when_its_field_has_any_of_the_values():
    dogs = (record(1), record(2, name="Bit", size="small"), record(3, name="Max", size=Missing("Size", "dogs[3].size")))
    assert printed("dogs | having('name', 'Rex', 'Max') | field('name')", dogs=dogs) == "Rex and Max"
    assert printed("dogs | having('size', 'small', 'large') | count", dogs=dogs) == "2"


def test_a_list_of_words_that_are_no_options_keeps_them():
    assert language.evaluate(Filter("label", Name("x"), ("a", "A")), {"x": ("a", "b")}) == ("A", "b")
    assert language.evaluate(Filter("label", Name("x"), ("a", "A")), {"x": "b"}) == "b"


def test_an_empty_text_stays_empty_when_it_is_to_begin_with_a_capital():
    assert [printed("note | capital", note=words) for words in ("", "école")] == ["", "École"]


# -- kinds that go together ---------------------------------------------------------------------

FAMILIES = [set(TEXTS), {"number", "money", "percent"}, {"date"}, {"yes-no"}, {"choices"}, {"records"}, {"record"}]


def test_two_names_can_be_equal_when_they_are_of_one_family():
    for name, kind in SCHEMA.items():
        for other, its in SCHEMA.items():
            if any({kind.name, its.name} <= family for family in FAMILIES):
                assert checked(f"{name} == {other}")[1] == Kind("yes-no")
            else:
                assert "is compared with" in refused(f"{name} == {other}")[0]


def test_a_constant_text_can_be_equal_to_text_and_no_list_or_record():
    for name in TEXTS:
        assert checked(f"{name} != 'small'")[1] == Kind("yes-no")
    for name in ("choices", "dogs", "dog"):
        assert "is compared with" in refused(f"{name} != 'small'")[0]
    for text in ("['x'] == 'x'", "'x' == ['x']"):
        assert "is compared with" in refused(text)[0]


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
def test_numbers_and_dates_are_more_and_less_and_nothing_else_is(operator):
    for name, kind in SCHEMA.items():
        if kind.name in {"number", "money", "percent", "date"}:
            assert checked(f"{name} {operator} {name}")[1] == Kind("yes-no")
        else:
            assert "can't be compared with" in refused(f"{name} {operator} {name}")[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("text if yes else choice", SCHEMA["choice"]),
        ("choice if yes else text", SCHEMA["choice"]),
        ("'x' if yes else day", SCHEMA["day"]),
        ("day if yes else 'x'", SCHEMA["day"]),
        ("0 if yes else money", SCHEMA["money"]),
        ("money if yes else 0", SCHEMA["money"]),
        ("percent if yes else money", SCHEMA["percent"]),
        ("'x' if yes else 'y'", Kind("any")),
        ("('x' if yes else 'y') if yes else day", SCHEMA["day"]),
        ("text if yes else paragraph", SCHEMA["text"]),
    ],
)
def test_an_if_has_the_kind_that_says_more_of_its_two_sides(text, kind):
    assert checked(text)[1] == kind


def test_the_constants_of_an_if_become_dates_where_it_is_compared_with_one():
    first, second = Constant(date(2026, 1, 1)), Constant(date(2026, 2, 1))
    expected = Compare(Name("day"), "lt", Conditional(Name("yes"), first, second))
    assert checked("day < ('2026-01-01' if yes else '2026-02-01')")[0] == expected
    for text in ("day < ('x' if yes else '2026-01-01')", "day < ('2026-01-01' if yes else 'x')"):
        assert refused(text)[0] == "'x' is compared with a date"


def test_the_words_of_otherwise_become_a_date_where_they_are_compared_with_one():
    left = Filter("otherwise", Name("text"), (date(2026, 1, 1),))
    text = Filter("otherwise", Constant("2026-02-01"), ("2026-01-01",))
    assert language.check(Compare(text, "lt", Name("day")), SCHEMA)[0] == Compare(
        Filter("otherwise", Constant(date(2026, 2, 1)), left.arguments), "lt", Name("day")
    )
    with pytest.raises(ExpressionError, match="'soon' is compared with a date"):
        checked("('soon' | otherwise('2026-01-01')) < day")


def test_each_item_of_a_list_is_given_the_kind_of_what_is_asked_for():
    dates = ListOf((Constant(date(2026, 1, 1)), Name("day")))
    for operator, told in (("in", "in"), ("notin", "not in")):
        assert checked(f"day {told} ['2026-01-01', day]")[0] == Compare(Name("day"), operator, dates)
    assert checked("'2026-01-01' in [day]")[0] == Compare(Constant(date(2026, 1, 1)), "in", ListOf((Name("day"),)))
    assert checked("'2020-02-29' in (dogs | field('born'))")[0].left == Constant(date(2020, 2, 29))
    assert checked("'small' not in choices")[0] == Compare(Constant("small"), "notin", Name("choices"))


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
        assert refused(text)[0] == "there is no question 'zzzz'"


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
        assert checked(text)[0] == expected


# -- explaining ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dog.name", "dog.name"),
        ("'it\\'s'", "'it\\'s'"),
        ("'a\\\\b'", "'a\\\\b'"),
        ("'a\\nb\\rc'", "'a\\nb\\rc'"),
        ("true", "true"),
        ("False", "false"),
        ("5", "5"),
        ("2.50", "2.5"),
        ("[ a,'b' ]", "[a, 'b']"),
        ("a==b", "a == b"),
        ("a!=b", "a != b"),
        ("a<b", "a < b"),
        ("a<=b", "a <= b"),
        ("a>b", "a > b"),
        ("a>=b", "a >= b"),
        ("a in b", "a in b"),
        ("a not in b", "a not in b"),
        ("not a", "not (a)"),
        ("a and b", "(a) and (b)"),
        ("a or b", "(a) or (b)"),
        ("a if b else c", "(a if b else c)"),
        ("(a == b) == c", "(a == b) == c"),
        ("(not a) == (b and c)", "(not (a)) == ((b) and (c))"),
        ("(a or b) | answered", "((a) or (b)) | answered"),
        ("a | having('b', 5)", "a | having('b', 5)"),
        ("a | count | words", "a | count | words"),
    ],
)
def test_an_expression_is_written_out_in_one_way(text, told):
    assert language.explain(parse(text)) == told


def test_a_checked_expression_is_written_as_it_was_read():
    for text in ("choice | label", "choices | label | series", "day < '2026-01-01'", "dogs | having('cost', 5)"):
        assert language.explain(checked(text)[0]) == text


# -- evaluating ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("==", [False, True, False]),
        ("!=", [True, False, True]),
        ("<", [True, False, False]),
        ("<=", [True, True, False]),
        (">", [False, False, True]),
        (">=", [False, True, True]),
    ],
)
def test_a_number_is_compared_with_one_less_equal_and_more(operator, expected):
    assert [true(f"number {operator} 5", number=number) for number in (4, 5, 6)] == expected


def test_both_need_both_and_either_needs_one():
    cases = [(a, b) for a in (False, True) for b in (False, True)]
    assert [true("yes and number", yes=a, number=int(b)) for a, b in cases] == [False, False, False, True]
    assert [true("yes or number", yes=a, number=int(b)) for a, b in cases] == [False, True, True, True]


@pytest.mark.parametrize("missing", ["day", "other"])
def test_one_missing_side_makes_a_comparison_false(missing):
    schema = {"day": Kind("date"), "other": Kind("date")}
    scope = {"day": date(2026, 1, 1), "other": date(2026, 1, 1), missing: Missing("Day", missing)}
    for operator in ("==", "!=", "<", "<=", ">", ">="):
        assert language.evaluate(language.check(parse(f"day {operator} other"), schema)[0], scope) is False


def test_what_a_record_without_values_gives_for_its_field_is_itself():
    missing = Missing("Dog", "dog")
    assert language.evaluate(Name("dog.name"), {"dog": missing}) is missing
    assert language.evaluate(Name("dog.name"), {"dog": record(1)}) == "Rex"
    assert language.evaluate(Name("dog.name"), {"dog.name": "Bit", "dog": record(1)}) == "Bit"


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (True, Kind("yes-no"), ("yes",)),
        (False, Kind("yes-no"), ("no",)),
        (date(2026, 8, 31), Kind("date"), ("August 31, 2026",)),
        (1500, Kind("money"), ("$1,500",)),
        (Decimal("12.5"), Kind("money"), ("$12.50",)),
        (1500, Kind("number"), ("1,500",)),
        (50, Kind("percent"), ("50 percent",)),
        ("small", Kind("choice", options=SIZES), ("a small dog",)),
        ("other", Kind("choice", options=SIZES), ("other",)),
        ("x", Kind("text"), ("x",)),
        (("a", "b"), Kind("list"), ("a", " and ", "b")),
        (("small", "large"), SCHEMA["choices"], ("a small dog", " and ", "Large")),
        ((1, 2, 3), Kind("list", item=Kind("money")), ("$1", ", ", "$2", ", and ", "$3")),
        ((), Kind("list"), ()),
        (Missing("Day", "day"), Kind("date"), (Missing("Day", "day"),)),
        (record(2), Kind("record"), (Missing("record", "dogs[2]"),)),
    ],
)
def test_a_value_is_printed_by_its_kind(value, kind, told):
    assert language.show(value, kind) == told


def test_a_name_is_taken_by_a_question_and_by_the_beginning_of_one_up_to_its_dot():
    schema = {"town.name": Kind("text"), "walker": Kind("text")}
    assert [
        name for name in ("town", "walker", "town.name", "tow", "walk", "name") if language.is_free(name, schema)
    ] == [
        "tow",
        "walk",
        "name",
    ]


def test_the_names_that_decide_a_value_are_those_of_every_part():
    for text, found in (
        ("a", "a"),
        ("5", ""),
        ("[a, b]", "ab"),
        ("a == b", "ab"),
        ("not a", "a"),
        ("a and b", "ab"),
        ("a or b", "ab"),
        ("a if b else c", "abc"),
        ("a | count", "a"),
    ):
        assert language.names(parse(text)) == language.open_names(parse(text)) == set(found)
    for text in ("a | otherwise('x')", "a | answered", "not (a | answered)", "[a | answered]"):
        assert (language.names(parse(text)), language.open_names(parse(text))) == ({"a"}, set())
