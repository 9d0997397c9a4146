"""Asks which form of the contract a matter is drafted in, before any question: each form asks questions of its own."""

from __future__ import annotations

from collections.abc import Generator

from drafter.asking.pages import Line, Move, Page, Reply, chosen
from drafter.reading.library import Library

LEAVE = "leave"


def talk(library: Library, likely: str = "") -> Generator[Page, Reply, str]:
    """Show the forms of a library's contract until one is chosen; return its id after "form ", or LEAVE.

    Enter takes the form that is `likely`, the first one where that is none of them.
    """
    page = _page(library, likely)
    while True:
        reply = yield page
        if reply.command == LEAVE:
            return LEAVE
        if (move := chosen(page, reply)) is not None and move.step == "answer":
            return f"form {move.to}"


def form_of(end: str) -> str:
    """Return the form that was chosen, empty where none was."""
    return end.removeprefix("form ") if end != LEAVE else ""


def _page(library: Library, likely: str) -> Page:
    ids = [form.id for form in library.forms]
    return Page(
        about="form",
        kind="menu",
        title="Form",
        done=(0, 0),  # what is asked depends on the form
        prompt="In which form is the contract drafted?",
        help="Each form has its own articles, wordings and questions, and meets the same policy.",
        lines=tuple(Line((form.label,), move=Move("answer", form.id)) for form in library.forms),
        cursor=ids.index(likely) if likely in ids else 0,
        commands=("leave",),
    )
