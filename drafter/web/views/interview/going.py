"""The way through the questions: which one comes next, and which came before."""

from __future__ import annotations

from collections.abc import Mapping

from drafter.asking import interview
from drafter.asking.interview import Interview
from drafter.web.asked import Asked


def after(here: Interview, name: str, within: str) -> str:
    """Return the question to ask after one: the next of a section that is gone through, else the next that is open.

    Empty where nothing is left to ask, and the answers are to be reviewed.
    """
    rest = interview.following(here, name)
    if within and rest and interview.section(here, rest[0]).id == within:
        return rest[0]
    return interview.still_open(here, rest) or interview.still_open(here, here.asked)


def address(asked: Asked, name: str, note: int = 0, within: str = "") -> str:
    """Return the address of a question, or that of the review where it has no name; `note` is what to report there."""
    found = asked.at("ask", name) if name else asked.at("review")
    query = "&".join([*([f"in={within}"] if within and name else []), *([f"n={note}"] if note else [])])
    return f"{found}?{query}" if query else found


def within(query: Mapping[str, str], here: Interview) -> str:
    """Return the section that is gone through question by question, by its id; empty for none."""
    wanted = query.get("in", "")
    return wanted if wanted in {one.id for one in here.library.questionnaire.sections} else ""
