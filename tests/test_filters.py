"""Every filter, with every kind: how many arguments it takes, what it gives, and what comes of it."""

import re
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
    "last_day": ("date",),
    "weekday": ("date",),
    "money": ("money",),
    "money_words": ("money",),
    "percent": ("percent", "number"),
    "words": ("number",),
    "ordinal": ("number",),
    "label": ("choice", "choices"),
    "having": ("records",),
    "field": ("records",),
    "distinct": ("records",),
    "distinct_names": ("records",),
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

GIVEN = {
    "add_months": (6,),
    "add_days": (6,),
    "last_day": (6,),
    "having": ("name", "Rex"),
    "field": ("name",),
    "distinct": ("name",),
    "distinct_names": ("name",),
    "plural": ("a", "b"),
}


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
        *((name, 1, 1) for name in ("add_months", "add_days", "last_day", "field", "otherwise")),
        ("plural", 2, 2),
        ("series", 0, 1),
        ("having", 2, 20),
        ("distinct", 1, 20),
        ("distinct_names", 1, 1),
    ],
)
def test_a_filter_takes_so_many_arguments_and_no_other_number(name, low, high):
    for count in {low, high}:
        assert parse(f"a | {name}({', '.join(['1'] * count)})") == Filter(name, Name("a"), (1,) * count)
    for count in {low - 1, high + 1} - {-1}:
        takes = {"series": "0 or 1", "having": "2 or more", "distinct": "1 or more"}.get(name, low)
        with pytest.raises(ExpressionError) as caught:
            parse(f"a | {name}({', '.join(['1'] * count)})")
        assert str(caught.value) == f"the filter '{name}' takes {takes} argument(s), not {count}"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("day | date", "text"),
        ("day | add_days(1)", "date"),
        ("day | add_months(1)", "date"),
        ("day | last_day(1)", "date"),
        ("day | weekday", "choice"),
        ("dogs | distinct('name', 'size')", "yes-no"),
        ("dogs | distinct_names('name')", "yes-no"),
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


def test_the_day_of_the_week_is_one_of_seven():
    assert [every_kind.printed("day | weekday", day=date(2028, 2, day)) for day in (28, 29)] == ["Monday", "Tuesday"]
    words, hint = every_kind.refused("day | weekday == 'Sunnday'")
    assert (words.startswith("'Sunnday' is not one of the options: Monday,"), hint) == (True, "did you mean 'Sunday'?")


def test_the_last_day_is_of_months_and_of_at_least_one():
    assert every_kind.printed("day | last_day(12) | date", day=date(2027, 7, 1)) == "June 30, 2028"
    assert every_kind.refused("day | last_day(0)")[0] == "no period has 0 months"
    assert every_kind.refused("day | last_day('a')")[0] == "the filter 'last_day' takes a whole number"


@pytest.mark.parametrize(
    ("name", "is_distinct"),
    [
        ("Bit", True),
        ("Rexy", True),
        ("", True),
        ("Rex", False),
        ("REX", False),
        (" rex. ", False),
        ("R\u00e9x", True),
        ("\uff32ex", False),
    ],
)
def test_records_are_distinct_where_a_reader_tells_them_apart(name, is_distinct):
    dogs = (every_kind.record(1), every_kind.record(2, name=name))
    assert language.holds(every_kind.checked("dogs | distinct('name')")[0], {"dogs": dogs}) == is_distinct


def test_records_are_distinct_by_all_the_fields_that_are_named_and_never_by_a_blank():
    dogs = (
        every_kind.record(1),
        every_kind.record(2, size="small"),
        every_kind.record(3, name="O\u2019Neil"),
        every_kind.record(4, name=Missing("Name", "dogs[4].name")),
        every_kind.record(5, name=Missing("Name", "dogs[5].name")),
        every_kind.record(6, name="o'neil"),
    )

    def of(*fields):
        return [record.question for record in language.repeated(dogs, *fields)]

    assert (of("name"), of("name", "size"), of("born")) == (
        ["dogs[2]", "dogs[6]"],
        ["dogs[6]"],
        [f"dogs[{n}]" for n in range(2, 7)],
    )
    missing = {"dogs": Missing("Dogs", "dogs")}
    assert not language.holds(every_kind.checked("dogs | distinct('name')")[0], missing)
    assert of("cost")[:1] == ["dogs[2]"]
    assert language.repeated(missing["dogs"], "name") == ()


def test_an_unknown_field_can_be_distinct_of_no_records():
    assert every_kind.refused("dogs | distinct('name', 'sise')") == (
        "the records have no field 'sise'",
        "did you mean 'size'?",
    )


# -- names --------------------------------------------------------------------------------------

NAMES = [  # whether they can name one person
    ("Dana Sample", "Officer Dana Sample", True),
    ("Sgt. Dana Sample", "Officer Dana Sample", True),
    ("Dana Sample, Chair", "dana  sample", True),
    ("The Superintendent", "superintendent", True),
    ("Officer Ada Sample", "Officer Al Sample", False),
    ("Officer Dana Sample, badge 12", "Officer Dana Sample, badge 14", False),
    ("Dana Sample", "Dan Sample", False),
    ("...", "---", False),
]


@pytest.mark.parametrize("names", NAMES)
def test_names_are_compared_in_both_directions(names):
    one, other, are_alike = names
    asked, _ = every_kind.checked("text | same_name(note)")
    found = {language.holds(asked, {"text": a, "note": b}) for a, b in ((one, other), (other, one))}
    assert found == {are_alike}
    distinct, _ = every_kind.checked("dogs | distinct_names('name')")
    for a, b in ((one, other), (other, one)):
        dogs = (every_kind.record(1, name=a), every_kind.record(2, name=b))
        assert language.holds(distinct, {"dogs": dogs}) != are_alike
        assert [r.question for r in language.named_again(dogs, "name")] == (["dogs[2]"] if are_alike else [])


def test_a_blank_is_nobodys_name_and_only_text_is_one():
    blank = Missing("Name", "dogs[1].name")
    dogs = (every_kind.record(1, name=blank), every_kind.record(2, name=blank))
    assert language.named_again(dogs, "name") == ()
    assert every_kind.refused("dogs | distinct_names('size')")[0] == (
        "the filter 'distinct_names' takes a field that has names"
    )
    assert every_kind.refused("choice | same_name('x')")[0] == "the filter 'same_name' is not for a choice"


# -- mentions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("as assigned", True),
        ("Duties AS  Assigned.", True),
        ("other duties, as\nassigned", True),
        ("As-assigned", True),
        ("as  reassigned", False),
        ("assigned as", False),
        ("as", False),
        ("...", False),
    ],
)
def test_a_text_mentions_words_whatever_their_capitals_and_what_is_between_them(text, is_there):
    asked, _ = every_kind.checked("paragraph | mentions('as needed', 'as assigned')")
    assert language.holds(asked, {"paragraph": text}) == is_there


def test_marks_are_in_no_text_unless_they_are_words():
    assert not language.holds(every_kind.checked("text | mentions('...', '')")[0], {"text": "a ... b"})


def test_what_a_text_mentions_may_be_other_answers():
    asked, kind = every_kind.checked("text | mentions(dogs | field('name'), note)")
    dogs = (every_kind.record(1, name="Old Rex"), every_kind.record(2, name="Bit"))
    assert kind.name == "yes-no"

    def mentions(text, note="Max"):
        return language.holds(asked, {"text": text, "note": note, "dogs": dogs})

    assert [mentions(t) for t in ("Walks old rex daily", "bit & Rex", "Maxim", "MAX!", "Rex")] == [
        True,
        True,
        False,
        True,
        False,
    ]


def test_a_list_mentions_what_one_of_its_texts_does():
    asked, _ = every_kind.checked("dogs | field('name') | mentions(dog.name)")
    dogs = (every_kind.record(1, name="Rex and Bit"), every_kind.record(2, name="Max"))
    found = [language.holds(asked, {"dogs": dogs, "dog": every_kind.record(1, name=n)}) for n in ("bit", "Ma", "max")]
    assert found == [True, False, True]


def test_what_a_blank_would_mention_is_not_known():
    asked, _ = every_kind.checked("dogs | field('name') | mentions('Rex')")
    blank = Missing("Name", "dogs[2].name")
    dogs = [every_kind.record(1), every_kind.record(2, name=blank), every_kind.record(3, name="Bit")]
    assert language.evaluate(asked, {"dogs": tuple(dogs)}) is True
    assert language.evaluate(asked, {"dogs": tuple(dogs[1:])}) == blank
    assert language.evaluate(asked, {"dogs": tuple(dogs[2:])}) is False


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("choice | mentions('x')", "the filter 'mentions' is not for a choice"),
        ("dogs | mentions('x')", "the filter 'mentions' is not for a list of records"),
        ("dogs | field('size') | mentions('x')", "the filter 'mentions' is not for a list"),
        ("email | mentions('x')", "the filter 'mentions' is not for an email"),
        ("text | mentions(5)", "the filter 'mentions' looks for text, not for a number"),
        ("text | mentions(dogs)", "the filter 'mentions' looks for text, not for a list of records"),
        ("text | mentions(yes)", "the filter 'mentions' looks for text, not for a yes/no answer"),
        ("text | mentions(cat)", "there is no question 'cat'"),
    ],
)
def test_only_texts_mention_only_texts(text, words):
    assert every_kind.refused(text)[0] == words


def test_a_filter_with_names_is_written_as_one():
    text = "dogs | field('name') | mentions(dog.name, 'it\\'s')"
    assert language.explain(parse(text)) == text
    assert language.explain(every_kind.checked(text)[0]) == text
    assert language.names(parse(text)) == {"dogs", "dog.name"}
    for count, words in ((0, "takes 1 or more argument(s), not 0"), (21, "takes 1 or more argument(s), not 21")):
        with pytest.raises(ExpressionError, match=re.escape(f"the filter 'mentions' {words}")):
            parse(f"a | mentions({', '.join(['b'] * count)})")
    with pytest.raises(ExpressionError) as caught:
        parse("a | mention('b')")
    assert caught.value.hint == "did you mean 'mentions'?"


@pytest.mark.parametrize(
    ("text", "is_only"),
    [
        ("Rex", True),
        ("rex, BIT", True),
        ("Rex and Bit or Old Rex.", True),
        ("Rex & Rex", True),
        ("All dogs", True),
        ("Rex and Max", False),
        ("Old", False),
        ("Rexy", False),
    ],
)
def test_a_text_mentions_only_what_is_listed(text, is_only):
    asked, kind = every_kind.checked("text | mentions_only(dogs | field('name'), 'all dogs')")
    dogs = tuple(every_kind.record(n, name=name) for n, name in enumerate(("Rex", "Old Rex", "Bit"), 1))
    assert (kind.name, language.holds(asked, {"text": text, "dogs": dogs})) == ("yes-no", is_only)


def test_what_a_blank_would_add_to_what_is_mentioned_only_is_not_known():
    asked, _ = every_kind.checked("dogs | field('name') | mentions_only(note, 'Rex')")
    blank = Missing("Name", "dogs[2].name")
    dogs = (every_kind.record(1), every_kind.record(2, name=blank))
    assert language.evaluate(asked, {"dogs": dogs, "note": "Bit"}) == blank
    assert language.evaluate(asked, {"dogs": (every_kind.record(1, name="Max"),), "note": blank}) == blank
    assert language.evaluate(asked, {"dogs": (*dogs, every_kind.record(3, name="Max")), "note": "Bit"}) is False
    assert language.evaluate(asked, {"dogs": dogs[:1], "note": blank}) is True


def test_mentions_only_is_written_as_a_filter_too():
    text = "text | mentions_only('a', note)"
    assert language.explain(every_kind.checked(text)[0]) == text
    assert every_kind.refused("number | mentions_only('a')")[0] == "the filter 'mentions_only' is not for a number"
