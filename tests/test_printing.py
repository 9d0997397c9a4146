"""A field prints its answer in the words of a contract, or a blank."""

from datetime import date
from decimal import Decimal

import every_kind
import pytest
import walks

from drafter import language
from drafter.language import Kind, Missing


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("walker", "ann"),
        ("note", "Woof."),
        ("bites", "yes"),
        ("not bites", "no"),
        ("leash", "by short leash"),
        ("days", "Monday, Tuesday, and Wednesday"),
        ("length", "six"),
        ("fee", "$12,500"),
        ("share", "50 percent"),
        ("starts", "August 31, 2026"),
        ("dog.size", "Large"),
        ("dog.cost", "$5"),
        ("5", "five"),
        ("11", "11"),
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
        ("dogs | field('name') | count", "two"),
        ("days | count", "three"),
        ("days | label | series('or')", "Monday, Tuesday, or Wednesday"),
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
    assert walks.printed(text) == words


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
    assert walks.blank(text) == words


def test_a_blank_knows_its_question():
    assert language.fill(*walks.checked("starts | date"), walks.NOTHING) == (Missing("starts", "starts"),)
    assert language.fill(*walks.checked("dogs | field('name')"), walks.NOTHING) == (
        Missing("Dog's name", "dogs[1].name"),
    )


def test_a_list_of_records_without_a_record_of_blanks_is_its_own_blank():
    assert walks.printed("dogs | field('name')", dogs=Missing("Dogs", "dogs")) == "[Dogs]"


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
    dogs = tuple(walks.record(n, name=name or Missing("Name", f"dogs[{n}].name")) for n, name in enumerate(names, 1))
    assert walks.printed("dogs | field('name') | series", dogs=dogs) == words


@pytest.mark.parametrize(("count", "words"), [(0, "each Dog"), (1, "the Dog"), (2, "each Dog"), (3, "each Dog")])
def test_plural_gives_the_first_for_one_and_the_second_for_any_other_count(count, words):
    dogs = tuple(walks.record(n) for n in range(1, count + 1))
    assert walks.printed("dogs | plural('the Dog', 'each Dog')", dogs=dogs) == words
    assert walks.printed("length | plural('the Dog', 'each Dog')", length=count) == words
    assert walks.printed("dogs | count", dogs=dogs) == ("zero", "one", "two", "three")[count]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("Rex, a hound",), "Rex, a hound"),
        (("Rex, a hound", "Bit"), "Rex, a hound; and Bit"),
        (("Bit", "Rex, a hound", "Max"), "Bit; Rex, a hound; and Max"),
        (("Rex", "1,000"), "Rex and 1,000"),
        (("1 Main Street\nOldtown", "Bit"), "1 Main Street, Oldtown; and Bit"),
    ],
)
def test_items_that_hold_commas_are_joined_by_semicolons(names, words):
    dogs = tuple(walks.record(n, name=name) for n, name in enumerate(names, 1))
    assert walks.printed("dogs | field('name') | series", dogs=dogs) == words


def test_two_dates_are_joined_without_semicolons_and_three_with_them():
    days = [date(2026, 7, n) for n in (1, 2, 3)]
    dogs = tuple(walks.record(n, born=day) for n, day in enumerate(days, 1))
    assert walks.printed("dogs | field('born') | series", dogs=dogs[:2]) == "July 1, 2026 and July 2, 2026"
    words = "July 1, 2026; July 2, 2026; and July 3, 2026"
    assert walks.printed("dogs | field('born') | series", dogs=dogs) == words


def test_a_whole_record_prints_as_a_blank():
    assert walks.printed("dog") == "[record]"


def test_an_answer_is_never_read_as_an_expression():
    for answer in ("{{ 7*7 }}", "{% if x %}", "starts", "}}", "'", "\\"):
        assert walks.printed("walker", walker=answer) == answer
        assert walks.printed("dogs | field('name')", dogs=(walks.record(1, name=answer),)) == answer


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (True, Kind("yes-no"), ("yes",)),
        (False, Kind("yes-no"), ("no",)),
        (date(2026, 8, 31), Kind("date"), ("August 31, 2026",)),
        (1500, Kind("money"), ("$1,500",)),
        (Decimal("12.5"), Kind("money"), ("$12.50",)),
        (1500, Kind("number"), ("1,500",)),
        (0, Kind("number"), ("zero",)),
        (1, Kind("number"), ("one",)),
        (10, Kind("number"), ("ten",)),
        (11, Kind("number"), ("11",)),
        (-1, Kind("number"), ("-1",)),
        (Decimal("2.5"), Kind("number"), ("2.5",)),
        (1, Kind("percent"), ("1 percent",)),
        ("O'Brien's \"Inn\"", Kind("text"), ("O’Brien’s “Inn”",)),
        ("o'brien@x.example", Kind("email"), ("o'brien@x.example",)),
        ("a['b'] = \"c\"", Kind("text"), ("a['b'] = \"c\"",)),
        (50, Kind("percent"), ("50 percent",)),
        ("small", Kind("choice", options=every_kind.SIZES), ("a small dog",)),
        ("other", Kind("choice", options=every_kind.SIZES), ("other",)),
        ("x", Kind("text"), ("x",)),
        (("a", "b"), Kind("list"), ("a", " and ", "b")),
        (("small", "large"), every_kind.SCHEMA["choices"], ("a small dog", " and ", "Large")),
        ((1, 2, 3), Kind("list", item=Kind("money")), ("$1", ", ", "$2", ", and ", "$3")),
        ((), Kind("list"), ()),
        (Missing("Day", "day"), Kind("date"), (Missing("Day", "day"),)),
        (every_kind.record(2), Kind("record"), (Missing("record", "dogs[2]"),)),
    ],
)
def test_a_value_is_printed_by_its_kind(value, kind, told):
    assert language.show(value, kind) == told
