"""Writes dates, money and numbers as an American contract does, whatever the machine's locale."""

from __future__ import annotations

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
    import num2words  # slow to import

    return _american(num2words.num2words(int(value), lang="en"))


def _american(words: str) -> str:
    return words.replace(",", "").replace(" and ", " ")


def money_in_words(amount: int | Decimal) -> str:
    """Return "twelve thousand five hundred dollars ($12,500)", cents as "and 50/100"."""
    cents = round(abs(Decimal(amount)) % 1 * 100)
    unit = "dollar" if abs(amount) == 1 else "dollars"
    return f"{in_words(int(amount))}{f' and {cents:02}/100' if cents else ''} {unit} ({money(amount)})"


def ordinal_word(value: int) -> str:
    """Return "sixth", "twenty-first", "one hundred first"."""
    import num2words

    words = _american(num2words.num2words(abs(int(value)), to="ordinal", lang="en"))
    return f"minus {words}" if value < 0 else words


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
