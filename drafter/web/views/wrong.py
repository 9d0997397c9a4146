"""What a page says where a matter can't be read, or nothing could be done: where, what is wrong, what to do."""

from __future__ import annotations

import os
from pathlib import Path

from drafter.acts import choosing
from drafter.asking import interview, spoken
from drafter.base.problems import DraftingError, Place, Problem
from drafter.telling import called
from drafter.telling.called import Called
from drafter.web.asked import Asked, Parts, Reply, Shown
from drafter.web.desk import Desk
from drafter.web.views import printed

HELD = "matter-in-use"
BUSY = 423  # the status of HTTP where another program is changing a matter


def is_held(error: DraftingError) -> bool:
    """Say whether another program is changing the matter: what was asked can be done in a moment."""
    return any(one.code == HELD for one in error.problems)


def status(error: DraftingError) -> int:
    """Return the status of a form that was not done."""
    return BUSY if is_held(error) else 422


def said(error: DraftingError, names: Called) -> str:
    """Say what is wrong and what to do, without the commands and the ids of a terminal."""
    asks = names.library.questionnaire.questions if names.library is not None else {}
    found = [spoken.by_prompt(asks, one) for one in error.problems]
    texts = (names.said(text) for one in found for text in (one.message, called.without_commands(one.hint)))
    return " ".join(dict.fromkeys(spoken.sentence(text) for text in texts if text))


def changed_since(matter: str, what: str, hint: str) -> Problem:
    """Return the problem that something was changed again, so that it isn't taken back."""
    return Problem(choosing.CHANGED_SINCE, Place(matter), f"{what}, by something else", hint)


def names(desk: Desk, asked: Asked) -> Called:
    """Return what the clauses of a matter are called, as it was read last; nothing of them where it never was."""
    known = desk.shelf(asked.names["matter"]).known if "matter" in asked.names else None
    if known is None or known.contract is None or known.here.selection is None:
        return Called(known.library) if known is not None else called.BY_IDS
    return called.by_headings(known.here.selection, known.contract)


def at(desk: Desk, asked: Asked, place: Place) -> str:
    """Return where something is wrong, as a person finds it: below the folder of the matter, or that of the desk."""
    path = _below(desk, asked, place.path)
    path = Path(path).name if Path(path) == desk.place / asked.names.get("matter", "") else path
    return f"{path}, line {place.line}" if place.line else path


def error(desk: Desk, asked: Asked, found: DraftingError) -> str:
    """Return what is wrong with a matter and what to do, as its pages say it."""
    return _below(desk, asked, said(found, names(desk, asked)))


def _below(desk: Desk, asked: Asked, words: str) -> str:
    """Return words whose files are named as they are below the folder of the matter, or that of the desk."""
    for folder in (desk.place / asked.names.get("matter", ""), desk.place):
        words = words.replace(f"{folder}{os.sep}", "")
    return words


def question(desk: Desk, asked: Asked, found: Problem) -> str:
    """Return the address of the question that a problem of a matter is about; empty where it is about none."""
    known = desk.shelf(asked.names["matter"]).known if "matter" in asked.names else None
    name = interview.asked_of(known.here, found) if known is not None else ""
    return asked.at("ask", name) if name else ""


def page(desk: Desk, asked: Asked, error: DraftingError) -> Reply:
    """Return the page of what is wrong, beside the last contract that could be made."""
    held, called_ = is_held(error), names(desk, asked)
    code = status(error)
    words = [
        (at(desk, asked, one.place), _below(desk, asked, said(DraftingError(one), called_)), question(desk, asked, one))
        for one in error.problems
    ]
    if asked.in_part:
        return Parts({"error": " ".join(f"{place}: {said}" for place, said, _ in words), "held": held}, code)
    old = desk.shelf(asked.names["matter"]).last_good if "matter" in asked.names else None
    shown = printed.whole(old, asked.at(), frozenset()) if old is not None else ""
    again = list(asked.form.items()) if asked.method == "POST" and asked.file is None else None
    given = {"words": words, "held": held, "contract": shown, "again": again, "to": asked.path}
    return Shown("wrong.html", given, code)
