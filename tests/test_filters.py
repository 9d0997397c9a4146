"""Every filter, with every kind: how many arguments it takes, what it gives, and what comes of it."""

from datetime import date

import every_kind
import pytest

from drafter import language
from drafter.language import Constant, ExpressionError, Filter, Kind, ListOf, Missing, Name, parse

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
    **{kind.name: Name(name) for name, kind in every_kind.SCHEMA.items()},
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
            language.check(expression, every_kind.SCHEMA)
        else:
            with pytest.raises(ExpressionError, match=f"the filter '{name}' is not for"):
                language.check(expression, every_kind.SCHEMA)


def test_the_filters_are_these():
    assert list(language.FILTERS) == list(KINDS)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        *((name, 0, 0) for name in KINDS if name not in {*GIVEN, "otherwise", "series"}),
        *((name, 1, 1) for name in ("add_months", "add_days", "field", "otherwise")),
        ("plural", 2, 2),
        ("series", 0, 1),
        ("having", 2, 20),
    ],
)
def test_a_filter_takes_so_many_arguments_and_no_other_number(name, low, high):
    for count in {low, high}:
        assert parse(f"a | {name}({', '.join(['1'] * count)})") == Filter(name, Name("a"), (1,) * count)
    for count in {low - 1, high + 1} - {-1}:
        takes = {"series": "0 or 1", "having": "2 or more"}.get(name, low)
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
    assert every_kind.checked(text)[1].name == kind


def test_what_is_kept_of_a_kind_goes_through_a_filter():
    assert every_kind.checked("dogs | having('name', 'Rex')")[1] == every_kind.SCHEMA["dogs"]
    assert every_kind.checked("choices | series")[1] == every_kind.SCHEMA["choices"]
    assert every_kind.checked("choice | otherwise('x')")[1] == every_kind.SCHEMA["choice"]
    assert every_kind.checked("dogs | field('size')")[1] == Kind("list", item=every_kind.FIELDS["size"])
    assert every_kind.checked("choices | label")[1] == Kind("list", item=Kind("text"))
    assert every_kind.checked("['x']")[1] == Kind("list", item=Kind("any"))


def test_a_filter_gets_the_dates_and_the_words_that_the_questions_give_it():
    born = Filter("having", Name("dogs"), ("born", date(2020, 2, 29), date(2021, 1, 1)))
    assert every_kind.checked("dogs | having('born', '2020-02-29', '2021-01-01')")[0] == born
    label = Filter("label", Name("choice"), ("small", "a small dog", "large", "Large"))
    assert every_kind.checked("choice | label")[0] == label
    for name in ("upper", "capital"):
        assert every_kind.checked(f"choice | {name}")[0] == Filter(name, label)


def test_a_series_is_joined_by_and_or_by_or():
    given = ("small", "large")
    assert every_kind.printed("choices | label | series('or')", choices=given) == "a small dog or Large"
    assert every_kind.printed("choices | series('and')", choices=given) == "a small dog and Large"
    with pytest.raises(ExpressionError, match="the filter 'series' takes 'and' or 'or'"):
        every_kind.checked("choices | series('nor')")


def test_a_date_may_be_missing_with_any_words_in_its_place():
    assert every_kind.printed("day | otherwise('open')", day=Missing("Day", "day")) == "open"
    assert (
        every_kind.printed("day | otherwise('open') | add_days(1) | date", day=date(2026, 8, 31)) == "September 1, 2026"
    )


def test_a_record_is_kept_when_its_field_has_any_of_the_values():
    dogs = (
        every_kind.record(1),
        every_kind.record(2, name="Bit", size="small"),
        every_kind.record(3, name="Max", size=Missing("Size", "dogs[3].size")),
    )
    assert every_kind.printed("dogs | having('name', 'Rex', 'Max') | field('name')", dogs=dogs) == "Rex and Max"
    assert every_kind.printed("dogs | having('size', 'small', 'large') | count", dogs=dogs) == "two"


def test_a_list_of_words_that_are_no_options_keeps_them():
    assert language.evaluate(Filter("label", Name("x"), ("a", "A")), {"x": ("a", "b")}) == ("A", "b")
    assert language.evaluate(Filter("label", Name("x"), ("a", "A")), {"x": "b"}) == "b"


def test_an_empty_text_stays_empty_when_it_is_to_begin_with_a_capital():
    assert [every_kind.printed("note | capital", note=words) for words in ("", "école")] == ["", "École"]
