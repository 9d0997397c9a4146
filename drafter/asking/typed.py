"""Reads what was typed at a screen, as Americans write it, into an answer."""

from __future__ import annotations

import re
from datetime import date

from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem
from drafter.base.yaml_tree import Scalar
from drafter.language import Value
from drafter.reading.policy import squeezed
from drafter.reading.questionnaire import Question, one_answer

_DATES = (
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<month>\d{1,2})[/.-](?P<day>\d{1,2})[/.-](?P<year>\d{4}|\d\d)",
    r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<name>[a-z]{3,9})\.?,? (?P<year>\d{4})",
)


def read(question: Question, words: str) -> tuple[str, Value]:
    """Read an answer: return it as the file keeps it, and its value. DraftingError if it does not fit.

    Dates are read as Americans write them, and yes and no by their first letter.
    """
    text = words.strip()
    if question.type == "date":
        day = spoken_date(text)
        text = day.isoformat() if day else text
    if question.type == "yes-no":
        text = {"y": "yes", "n": "no"}.get(text.lower(), text.lower())
    if question.type == "phone":
        text = squeezed(text)
    try:
        value = one_answer.read(question, Scalar(text, Place("")))
    except DraftingError as error:
        if question.type != "date":
            raise
        raise DraftingError(*map(_dated, error.problems)) from None
    return text, value


def _dated(problem: Problem) -> Problem:
    hint = problem.hint and "write it like 7/1/2026, July 1, 2026 or 2026-07-01"
    return Problem(problem.code, problem.place, problem.message, hint)


def spoken_date(text: str) -> date | None:
    """Read a date as it is written in the United States, or None: 7/1/26, July 1, 2026, 1 July 2026, 2026-07-01."""
    for pattern in _DATES:
        found = re.fullmatch(pattern, squeezed(text.lower()), re.ASCII)
        if found:
            parts = found.groupdict()
            month = int(parts["month"]) if parts.get("month") else _month(parts["name"])
            year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)  # noqa: PLR2004
            try:
                return date(year, month, int(parts["day"]))
            except ValueError:
                return None
    return None


def _month(name: str) -> int:
    """Return the number of a month by its name or its first letters; 0 if there is no such month."""
    return next((number for number, month in enumerate(english.MONTHS, 1) if month.lower().startswith(name)), 0)
