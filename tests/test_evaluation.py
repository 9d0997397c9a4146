"""What an expression comes to, what a value prints, and the names that decide it."""

from datetime import date
from decimal import Decimal

import pytest
from every_kind import SCHEMA, SIZES, record, true

from drafter import language
from drafter.language import Kind, Missing, Name, parse


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


def test_a_name_whose_answer_may_be_missing_decides_no_value():
    for text in (
        "a | otherwise('x')",
        "a | answered",
        "a | answered | upper",
        "not (a | answered)",
        "[a | answered]",
        "(a | answered) == (a | otherwise('x'))",
        "(a | answered) and (a | answered)",
        "(a | answered) or (a | answered)",
        "(a | answered) if (a | answered) else (a | answered)",
    ):
        assert (language.names(parse(text)), language.open_names(parse(text))) == ({"a"}, set())
