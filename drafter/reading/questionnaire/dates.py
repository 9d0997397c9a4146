"""Reads a date as Americans write it: 2026-07-01, July 1, 2026, 1 July 2026, 7/1/2026.

One rule: a date that two people could read as two days is refused, with both days written out.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from drafter.base import english

SPELLINGS = "7/1/2026, July 1, 2026 or 2026-07-01"  # as a person may type it
_MONTHS_A_YEAR = 12
_ISO = re.compile(r"(?P<year>\d{4})(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})", re.ASCII)
_FIGURES = re.compile(r"(?P<month>\d{1,2})(?P<by>[/.-])(?P<day>\d{1,2})(?P=by)(?P<year>\d{4}|\d\d)", re.ASCII)
_WEEKDAY = r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_WORDS = tuple(
    re.compile(_WEEKDAY + rest, re.ASCII)
    for rest in (
        r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
        r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?:(?:day )?of )?(?P<name>[a-z]{3,9})\.?,?[ -](?P<year>\d{4})",
    )
)


class NoDateError(ValueError):
    """A text is no date: the message says why, `hint` what to write instead."""

    def __init__(self, message: str, hint: str = "write year-month-day, as 2026-07-01") -> None:
        """Keep what is wrong and what to write instead."""
        super().__init__(message)
        self.hint = hint


def read(text: str) -> date:
    """Read a date; of one in figures with slashes, the month comes first. NoDateError if it is none, or could be two.

    A year of two figures is in this century; a weekday must be the day's own.
    """
    plain = " ".join(text.lower().split())
    if found := _ISO.fullmatch(plain):
        year, month, day = (int(found[name]) for name in ("year", "month", "day"))
        try:
            return date(year, month, day)
        except ValueError:
            raise NoDateError(f"there is no such day as {_short(text)}: {_why(year, month)}") from None
    if found := _FIGURES.fullmatch(plain):
        return _in_figures(text, found)
    for pattern in _WORDS:
        if (found := pattern.fullmatch(plain)) and (month := _month(found["name"])):
            return _on(found["weekday"] or "", text, _day(text, int(found["year"]), month, int(found["day"])))
    raise NoDateError(f"'{_short(text)}' is not a date")


def is_guessed(text: str) -> bool:
    """Say whether a date was read by a custom that not everybody shares: the month first, or a year of two figures."""
    found = _FIGURES.fullmatch(text.strip())
    if found is None:
        return False
    return len(found["year"]) == len("26") or (int(found["day"]) <= _MONTHS_A_YEAR and found["day"] != found["month"])


def _in_figures(text: str, found: re.Match[str]) -> date:
    """Read 7/1/2026; with points or hyphens, only what can be one day alone."""
    first, second = int(found["month"]), int(found["day"])
    year = int(found["year"]) + (2000 if len(found["year"]) == len("26") else 0)
    if first > _MONTHS_A_YEAR >= second:
        meant = english.long_date(_day(text, year, second, first))
        raise NoDateError(f"'{_short(text)}' is not a date: the month comes first", f"write {meant} if you mean that")
    day = _day(text, year, first, second)
    if found["by"] != "/" and first != second and second <= _MONTHS_A_YEAR:
        days = " or ".join(english.long_date(one) for one in (day, date(year, second, first)))
        raise NoDateError(f"'{_short(text)}' can be read as {days}", f"write {days}")
    return day


def _why(year: int, month: int) -> str:
    """Say why there is no such day."""
    if not date.min.year <= year <= date.max.year:
        return "there is no such year"
    if not 1 <= month <= _MONTHS_A_YEAR:
        return "a year has 12 months"
    return f"{english.MONTHS[month - 1]} {year} has {calendar.monthrange(year, month)[1]} days"


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDateError(f"'{_short(text)}' is not a date: there is no such day") from None


def _on(weekday: str, text: str, day: date) -> date:
    """Return a day that is written with a weekday; NoDateError if it isn't on that weekday."""
    name = english.weekday(day)
    if not name.lower().startswith(weekday):
        raise NoDateError(f"'{_short(text)}' is not a date: {english.long_date(day)} is a {name}")
    return day


def _month(name: str) -> int:
    """Return the number of a month by its name or its first letters; 0 if there is no such month."""
    return next((number for number, month in enumerate(english.MONTHS, 1) if month.lower().startswith(name)), 0)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004  # as in a message
