"""What a page says where a matter can't be read, or nothing could be done: where, what is wrong, what to do."""

from __future__ import annotations

from drafter.acts import choosing
from drafter.asking import spoken
from drafter.base.problems import DraftingError, Place, Problem
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
    every = (names.problem(one).rstrip(".") for one in error.problems)
    return " ".join(f"{words[:1].upper()}{words[1:]}." for words in every)


def changed_since(matter: str, what: str, hint: str) -> Problem:
    """Return the problem that something was changed again, so that it isn't taken back."""
    return Problem(choosing.CHANGED_SINCE, Place(matter), f"{what}, by something else", hint)


def page(desk: Desk, asked: Asked, error: DraftingError) -> Reply:
    """Return the page of what is wrong, beside the last contract that could be made."""
    held = is_held(error)
    code = status(error) if held or asked.method == "POST" else 200
    words = [(str(one.place), spoken.error(DraftingError(one))) for one in error.problems]
    if asked.in_part:
        return Parts({"error": " ".join(f"{place}: {said}" for place, said in words), "held": held}, code)
    old = desk.shelf(asked.names["matter"]).last_good if "matter" in asked.names else None
    shown = printed.whole(old, asked.at(), frozenset()) if old is not None else ""
    again = list(asked.form.items()) if asked.method == "POST" and asked.file is None else None
    given = {"words": words, "held": held, "contract": shown, "again": again, "to": asked.path}
    return Shown("wrong.html", given, code)
