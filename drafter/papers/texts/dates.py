"""Puts the dates of the memo in order: which date a row is about, and which rows are past.

One rule: a date is what its field holds, however it is printed. In the library's own words ("June 1, 2027") a date is
read as it is written there; an answer's words are never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from drafter import language
from drafter.base import english
from drafter.contract import Runs
from drafter.drafting.filling import Scope
from drafter.language import Conditional, Expression, Filter, Kind, Missing, Name
from drafter.reading.prose import Field, Parts, Words
from drafter.values import dataclass

Row = tuple[Runs, Runs]
Phrases = Mapping[str, tuple[Expression, Kind]]
PRINTING = ("capital", "otherwise", "series", "upper")  # filters that leave a date the date that it is
DAY = re.compile(rf"\b({'|'.join(english.MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")


@dataclass(frozen=True, slots=True)
class Dated:
    """A row, and the dates in its first cell, in order; None for one whose answer is missing."""

    row: Row
    days: tuple[date | None, ...]

    @property
    def known(self) -> tuple[date, ...]:
        """Return the dates whose answers are given."""
        return tuple(day for day in self.days if day is not None)

    def is_past(self, meeting: date | None) -> bool:
        """Say whether every date of the row is known and before the meeting."""
        return meeting is not None and bool(self.days) and all(d is not None and d < meeting for d in self.days)


def in_order(rows: Iterable[Dated], meeting: date | None) -> tuple[Row, ...]:
    """Return the rows by their first dates, each once, without those that are past; a row without a date is last."""
    due = [dated for dated in dict.fromkeys(rows) if not dated.is_past(meeting)]
    due.sort(key=lambda dated: dated.known[0] if dated.known else date.max)
    return tuple(dict.fromkeys(dated.row for dated in due))


def days(cell: Parts, scope: Scope, phrases: Phrases) -> tuple[date | None, ...]:
    """Return the dates in a cell: those of its fields, and those in the library's own words."""
    return tuple(day for part in cell for day in _in_part(part, scope, phrases))


def _in_part(part: object, scope: Scope, phrases: Phrases) -> Iterator[date | None]:
    match part:
        case Field(expression=expression, kind=kind):
            yield from _held(expression, scope, phrases, is_date=kind.name == "date")
        case Words(text=text):
            yield from _written(text)


def _held(expression: Expression, scope: Scope, phrases: Phrases, *, is_date: bool) -> Iterator[date | None]:
    """Yield the dates that a field prints, under any filter that only says how; `is_date` says that it is one."""
    match expression:
        case Filter(name="date", operand=inner):
            yield from _held(inner, scope, phrases, is_date=True)
        case Filter(name=name, operand=inner) if name in PRINTING:
            yield from _held(inner, scope, phrases, is_date=is_date)
        case Conditional(test=test, yes=yes, no=no):
            yield from _held(yes if language.holds(test, scope) else no, scope, phrases, is_date=is_date)
        case Name(path=path) if path in phrases:
            inner, kind = phrases[path]
            yield from _held(inner, scope, phrases, is_date=is_date or kind.name == "date")
        case _:
            value = language.evaluate(expression, scope)
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, date) or (is_date and isinstance(one, Missing)):
                    yield one if isinstance(one, date) else None


def _written(words: str) -> Iterator[date]:
    for found in DAY.finditer(words):
        try:
            yield date(int(found[3]), english.MONTHS.index(found[1]) + 1, int(found[2]))
        except ValueError:  # no month has 32 days
            continue
