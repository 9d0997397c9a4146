"""Which kinds go together, and what kind an expression has."""

from datetime import date

import pytest
from every_kind import SCHEMA, TEXTS, checked, refused

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
