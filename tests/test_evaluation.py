"""A condition holds or does not, and without an answer it is never true."""

from datetime import date

import every_kind
import pytest
import walks

from drafter import language
from drafter.language import Kind, Missing, Name, Record, parse


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
    assert walks.true(text)


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
    assert not walks.true(text)


@pytest.mark.parametrize("operator", ["==", "!=", "<", "<=", ">", ">="])
def test_an_unanswered_question_makes_every_comparison_false(operator):
    assert not walks.true(f"starts {operator} ends", **walks.NOTHING)
    assert not walks.true(f"starts {operator} '2026-01-01'", **walks.NOTHING)
    assert not walks.true(f"'2026-01-01' {operator} starts", **walks.NOTHING)


def test_an_unanswered_question_is_in_no_list_and_out_of_none():
    assert not walks.true("leash in ['short', 'long']", **walks.NOTHING)
    assert not walks.true("leash not in ['short', 'long']", **walks.NOTHING)
    assert not walks.true("'mon' in days", **walks.NOTHING)
    assert not walks.true("'mon' not in days", **walks.NOTHING)


def test_an_unanswered_question_is_not_true_and_its_opposite_is():
    for name in walks.SCHEMA.keys() - {"dog"}:
        assert not walks.true(name, **walks.NOTHING)
        assert walks.true(f"not {name}", **walks.NOTHING)
        assert not walks.true(f"{name} | answered", **walks.NOTHING)


def test_a_list_without_records_is_not_true_but_answered():
    assert not walks.true("dogs", dogs=())
    assert walks.true("dogs | answered", dogs=())


def test_the_words_of_otherwise_are_neither_more_nor_less_than_anything():
    for operator in ("<", "<=", ">", ">="):
        assert not walks.true(
            f"(starts | otherwise('open') | add_days(1)) {operator} ends", starts=walks.NOTHING["starts"]
        )
    assert not walks.true("5 in (dogs | otherwise('x') | field('cost'))", **walks.NOTHING)
    assert walks.true("(starts | otherwise('2026-01-01')) < ends", starts=walks.NOTHING["starts"])
    assert not walks.true("'mon' in (days | otherwise('none'))", **walks.NOTHING)
    assert walks.true("'mon' not in (days | otherwise('none'))", **walks.NOTHING)


def test_a_field_of_the_records_around_it_is_known():
    assert walks.value("dog.name") == "Rex"
    assert walks.value("dog.name", dog=walks.NOTHING["walker"]) == walks.NOTHING["walker"]


# -- one by one ---------------------------------------------------------------------------------


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
    assert [every_kind.true(f"number {operator} 5", number=number) for number in (4, 5, 6)] == expected


def test_both_need_both_and_either_needs_one():
    cases = [(a, b) for a in (False, True) for b in (False, True)]
    assert [every_kind.true("yes and number", yes=a, number=int(b)) for a, b in cases] == [False, False, False, True]
    assert [every_kind.true("yes or number", yes=a, number=int(b)) for a, b in cases] == [False, True, True, True]


@pytest.mark.parametrize("missing", ["day", "other"])
def test_one_missing_side_makes_a_comparison_false(missing):
    schema = {"day": Kind("date"), "other": Kind("date")}
    scope = {"day": date(2026, 1, 1), "other": date(2026, 1, 1), missing: Missing("Day", missing)}
    for operator in ("==", "!=", "<", "<=", ">", ">="):
        assert language.evaluate(language.check(parse(f"day {operator} other"), schema)[0], scope) is False


def test_what_a_record_without_values_gives_for_its_field_is_itself():
    missing = Missing("Dog", "dog")
    assert language.evaluate(Name("dog.name"), {"dog": missing}) is missing
    assert language.evaluate(Name("dog.name"), {"dog": every_kind.record(1)}) == "Rex"
    assert language.evaluate(Name("dog.name"), {"dog.name": "Bit", "dog": every_kind.record(1)}) == "Bit"


def test_a_field_of_several_choices_gives_each_of_them():
    kind = Kind("records", fields={"days": walks.SCHEMA["days"]})
    listed = tuple(Record({"days": days}, f"w[{n}]") for n, days in enumerate([("mon", "tue"), ("wed",)], 1))
    checked, found = language.check(language.parse("w | field('days')"), {"w": kind})
    assert language.evaluate(checked, {"w": listed}) == ("mon", "tue", "wed")
    assert "".join(language.fill(checked, found, {"w": listed})) == "Monday, Tuesday, and Wednesday"
    there, _ = language.check(language.parse("'tue' in (w | field('days'))"), {"w": kind})
    assert language.holds(there, {"w": listed})


def test_a_list_is_in_a_list_that_has_all_of_it():
    kinds = {"some": Kind("list", item=Kind("text")), "all": Kind("list", item=Kind("text"))}
    inside, outside = (language.check(parse(text), kinds)[0] for text in ("some in all", "some not in all"))
    for some, there in (
        (("a",), True),
        (("a", "b"), True),
        (("a", "c"), False),
        ((), True),
        (Missing("S", "s"), False),
    ):
        scope = {"some": some, "all": ("a", "b")}
        assert language.holds(inside, scope) is there
        assert language.holds(outside, scope) is (not there and isinstance(some, tuple))
