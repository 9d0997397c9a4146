"""Dates, money and numbers read as an American contract writes them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.base import english

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 7, 1), "July 1, 2026"),
        (date(1900, 1, 31), "January 31, 1900"),
        (date(2200, 12, 9), "December 9, 2200"),
    ],
)
def test_a_date_is_month_day_and_year(day, words):
    assert english.long_date(day) == words


@pytest.mark.parametrize(
    ("amount", "figures"),
    [
        ("0", "$0"),
        ("12500", "$12,500"),
        ("12500.00", "$12,500"),
        ("12500.5", "$12,500.50"),
        ("0.01", "$0.01"),
        ("100.10", "$100.10"),
        ("1000000", "$1,000,000"),
        ("-1.50", "-$1.50"),
    ],
)
def test_money_has_cents_only_where_there_are_some(amount, figures):
    assert english.money(Decimal(amount)) == figures


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "zero dollars ($0)"),
        ("1", "one dollar ($1)"),
        ("1.00", "one dollar ($1)"),
        ("1.50", "one and 50/100 dollars ($1.50)"),
        ("2", "two dollars ($2)"),
        ("0.05", "zero and 05/100 dollars ($0.05)"),
        ("101", "one hundred one dollars ($101)"),
        ("12500", "twelve thousand five hundred dollars ($12,500)"),
        ("12500.50", "twelve thousand five hundred and 50/100 dollars ($12,500.50)"),
        ("1250000", "one million two hundred fifty thousand dollars ($1,250,000)"),
        ("-1.5", "minus one and 50/100 dollars (-$1.50)"),
    ],
)
def test_money_in_words_is_american(amount, words):
    assert english.money_in_words(Decimal(amount)) == words


def test_money_may_be_a_whole_number():
    assert english.money(5) == "$5"
    assert english.money_in_words(5) == "five dollars ($5)"


@given(st.decimals(0, 10**12, places=2))
def test_money_in_words_never_says_and_but_before_the_cents(amount):
    words = english.money_in_words(amount)
    assert "," not in words.partition(" (")[0]
    assert words.count(" and ") == (1 if amount % 1 else 0)


@pytest.mark.parametrize(
    ("value", "figures"),
    [
        (1200, "1,200"),
        (-1200, "-1,200"),
        (Decimal("2.5"), "2.5"),
        (Decimal("2.50"), "2.5"),
        (Decimal("50.0"), "50"),
        (Decimal("1234.25"), "1,234.25"),
        (Decimal("1E+3"), "1,000"),
        (Decimal("0.05"), "0.05"),
    ],
)
def test_a_number_has_commas_and_no_empty_decimals(value, figures):
    assert english.plain_number(value) == figures


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"),
        (6, "six"),
        (21, "twenty-one"),
        (101, "one hundred one"),
        (1001, "one thousand one"),
        (1250000, "one million two hundred fifty thousand"),
        (-5, "minus five"),
        (Decimal(12), "twelve"),
        (10**12, "one trillion"),
    ],
)
def test_a_number_in_words_has_no_and(value, words):
    assert english.in_words(value) == words


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (0, "zeroth"),
        (6, "sixth"),
        (21, "twenty-first"),
        (100, "one hundredth"),
        (101, "one hundred first"),
        (1001, "one thousand first"),
        (-5, "minus fifth"),
    ],
)
def test_an_ordinal_has_no_and_and_may_be_below_zero(value, word):
    assert english.ordinal_word(value) == word


@given(st.integers(-(10**12), 10**12))
def test_every_whole_number_has_words_and_an_ordinal(value):
    for words in (english.in_words(value), english.ordinal_word(value)):
        assert words
        assert " and " not in words
        assert "," not in words


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 7, 1), 12, date(2027, 7, 1)),
        (date(2099, 12, 31), 2, date(2100, 2, 28)),
        (date(2026, 7, 1), 0, date(2026, 7, 1)),
    ],
)
def test_months_on_a_day_that_is_not_there_give_the_last_day_of_the_month(day, months, then):
    assert english.add_months(day, months) == then


@given(DAYS, st.integers(0, 600))
def test_months_on_the_day_is_the_same_or_the_last_of_its_month(day, months):
    then = english.add_months(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (then + timedelta(days=1)).day == 1


@given(DAYS, st.integers(0, 10**30))
def test_no_count_of_months_or_days_leaves_the_calendar(day, count):
    assert day <= english.add_months(day, count) <= date.max
    assert day <= english.add_days(day, count) <= date.max


def test_days_on_pass_the_ends_of_months_and_years():
    assert english.add_days(date(2027, 6, 30), 1) == date(2027, 7, 1)
    assert english.add_days(date(2027, 12, 31), 60) == date(2028, 2, 29)


# -- lists and lines ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1 Main Street", "1 Main Street"),
        ("1 Main Street\nOldtown", "1 Main Street, Oldtown"),
        ("1 Main Street,\n\n Oldtown,\nMaine 04468\n", "1 Main Street, Oldtown, Maine 04468"),
        ("1 Main St.\nOldtown", "1 Main St., Oldtown"),
        ("\n", ""),
    ],
)
def test_the_lines_of_an_address_are_joined_by_commas(text, line):
    assert english.one_line(text) == line


# -- quotation marks ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("O'Brien's", "O’Brien’s"),
        ("students' rights", "students’ rights"),
        ("the '90s and '26", "the ’90s and ’26"),
        ("1990's", "1990’s"),
        ("rock 'n' roll", "rock ’n’ roll"),
        ("Rock 'N' Roll, rock'n'roll", "Rock ’N’ Roll, rock’n’roll"),
        ("'Tis so, 'twas so, get 'em", "’Tis so, ’twas so, get ’em"),
        ("'hood", "’hood"),
        ('"Quote at end."', "“Quote at end.”"),
        ("('single')", "(‘single’)"),
        ("\"'nested'\".", "“‘nested’”."),
        ("'a \"b\" c'", "‘a “b” c’"),
        ("\"it's 'so'\"", "“it’s ‘so’”"),
        ('—"a"—"b"', "—“a”—“b”"),
        ('["a"] ("b")', "[“a”] (“b”)"),
        ('"a"-"b"', "“a”-“b”"),
        ("'the students' rights' act", "‘the students’ rights’ act"),
        ('say "\'tis" so', "say “’tis” so"),
        ("5'10\"", "5'10\""),
        ("6' 2\"", "6' 2\""),
        ('"the 6" rule"', '“the 6" rule”'),
        ('"', '"'),
        ("'", "'"),
        ('a " b', 'a " b'),
        ('an "open one', 'an "open one'),
        ('\ue0000\ue001\'s "\ue0001\ue001"', "\ue0000\ue001’s “\ue0001\ue001”"),
    ],
)
def test_straight_quotation_marks_are_turned_the_right_way(typed, printed):
    assert english.typographic(typed) == printed


@given(st.text(st.sampled_from("ab9s '\"().-—\n\ue000“’é"), max_size=30))
def test_nothing_but_quotation_marks_is_changed(text):
    made = english.typographic(text)
    straight = str.maketrans("‘’“”", "''\"\"")
    assert made.translate(straight) == text.translate(straight)
    assert all(new == old for old, new in zip(text, made, strict=True) if old not in "'\"")


@pytest.mark.parametrize(
    ("value", "words"), [(0, "zero"), (1, "one"), (10, "ten"), (11, "11"), (1200, "1,200"), (-2, "-2")]
)
def test_a_number_is_words_up_to_ten_and_figures_above(value, words):
    assert english.counting_number(value) == words


# -- whole months and years ---------------------------------------------------------------------

LEAP = st.sampled_from([date(year, 2, 29) for year in range(1904, 2100, 4)])


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 7, 1), 12, date(2027, 6, 30)),
        (date(2027, 7, 1), 12, date(2028, 6, 30)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
        (date(2028, 3, 1), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 27)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 30), 6, date(2028, 2, 29)),
        (date(2026, 1, 1), 1, date(2026, 1, 31)),
        (date(9999, 3, 1), 12, date.max),
    ],
)
def test_months_end_on_the_day_before_the_same_day_or_on_the_last_of_the_month(first, months, last):
    assert english.last_day(first, months) == last


@given(DAYS | LEAP, st.integers(1, 60))
def test_a_period_of_months_ends_where_the_next_one_begins(first, months):
    last = english.last_day(first, months)
    assert last + timedelta(days=1) >= english.add_months(first, months)
    is_there = english.add_months(first, months).day == first.day
    assert (last + timedelta(days=1) == english.add_months(first, months)) == is_there
    assert (last + timedelta(days=1)).day == (first.day if is_there else 1)


@given(DAYS | LEAP, st.integers(1, 5))
def test_years_end_to_end_are_whole_years(first, years):
    last = english.last_day(first, 12)
    days = (last - first).days + 1
    is_leap_day = (first.month, first.day) == (2, 29)
    inside = sum((first + timedelta(days=n)).strftime("%m%d") == "0229" for n in range(days))
    assert days == 365 + inside
    assert english.last_day(last + timedelta(days=1), 12 * years) == english.last_day(
        date(first.year, 3, 1) if is_leap_day else first, 12 * (years + 1)
    )


@given(DAYS | LEAP, st.integers(1, 60))
def test_a_later_first_day_has_no_earlier_last_day(first, months):
    assert english.last_day(first, months) <= english.last_day(first + timedelta(days=1), months)
    assert english.last_day(first, months) < english.last_day(first, months + 1)
