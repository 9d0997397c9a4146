"""Writes dates, money and numbers as an American contract does, whatever the machine's locale."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def long_date(day: date) -> str:
    """Return "July 1, 2026"."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def money(amount: int | Decimal) -> str:
    """Return "$12,500", with cents only if there are any."""
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}".removesuffix(".00")


def plain_number(value: int | Decimal) -> str:
    """Return "1,200" or "2.5"."""
    if isinstance(value, Decimal) and value != value.to_integral_value():
        return f"{value.normalize():,f}"
    return f"{int(value):,}"


def in_words(value: int | Decimal) -> str:
    """Return a whole number in American words, without "and": "one million two hundred fifty thousand"."""
    whole = int(value)
    return f"minus {_words(-whole)}" if whole < 0 else _words(whole)


_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip  # those that don't just add th


def _words(number: int) -> str:
    if number < len(_SMALL):
        return _SMALL[number]
    if number < 100:  # noqa: PLR2004  # a hundred
        tens, ones = divmod(number, 10)
        return f"{_TENS[tens - 2]}-{_SMALL[ones]}" if ones else _TENS[tens - 2]
    size, name = next(large for large in _LARGE if large[0] <= number)
    many, rest = divmod(number, size)
    return f"{_words(many)} {name} {_words(rest)}" if rest else f"{_words(many)} {name}"


def money_in_words(amount: int | Decimal) -> str:
    """Return "twelve thousand five hundred dollars ($12,500)", cents as "and 50/100"."""
    cents = round(abs(Decimal(amount)) % 1 * 100)
    unit = "dollar" if abs(amount) == 1 else "dollars"
    return f"{in_words(int(amount))}{f' and {cents:02}/100' if cents else ''} {unit} ({money(amount)})"


def ordinal_word(value: int) -> str:
    """Return "sixth", "twenty-first", "one hundred first"."""
    before, last = re.fullmatch(r"(.*?)(\w+)", in_words(value)).groups()  # type: ignore[union-attr]  # there is a word
    regular = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return f"{before}{_ORDINALS.get(last, regular)}"


def add_months(day: date, months: int) -> date:
    """Return the same day some months later; the last day of the month if there is no such day."""
    from dateutil.relativedelta import relativedelta

    try:
        return day + relativedelta(months=months)
    except (OverflowError, ValueError):  # after the year 9999 there are no dates
        return date.max


def add_days(day: date, days: int) -> date:
    """Return the day some days later; at most the last day of the year 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


def counted(count: int, one: str, more: str = "") -> str:
    """Return "1 blank", "2 blanks", "no blanks"; `more` is a plural that doesn't just add an s."""
    return f"{count or 'no'} {one if count == 1 else more or one + 's'}"
