"""Takes back the last change that was made on this desk, by its own act: no file is put back as it was."""

from __future__ import annotations

from contextlib import suppress

from drafter.asking.pages import Notice
from drafter.base.problems import DraftingError
from drafter.web.asked import Asked, GoTo, Reply, Shown
from drafter.web.desk import Desk, Note
from drafter.web.views import wrong


def undo(desk: Desk, asked: Asked) -> Reply:
    """Show what can be taken back, or take the last change back."""
    name = asked.names["matter"]
    desk.where(name)
    shelf = desk.shelf(name)
    if asked.method == "GET" or not (shelf.undoable or asked.typed("which")):
        return Shown("undo.html", {"changes": [one.what for one in reversed(shelf.undoable)]})
    with shelf.undoing:  # a second one at the same moment waits, and is then told what is there by now
        last = shelf.last
        if last is None or asked.typed("which") not in ("", str(last.number)):
            return _gone(desk, asked)
        try:
            notices = (Notice("saved", f"Taken back: {last.what}."), *last.undo())
        except DraftingError as error:
            if wrong.is_held(error):  # nothing was tried yet: it can be taken back in a moment
                raise
            notices = (Notice("problem", f"Not taken back: {last.what}. {_said(desk, asked, error)}"),)
        shelf.undoable.remove(last)
    number = desk.note(name, Note(notices, ours=last.ours))
    return _back(asked, number)


def _gone(desk: Desk, asked: Asked) -> Reply:
    """Say that a change was taken back already, in another window or by a second click."""
    what = "Nothing was taken back now: that change was taken back already, in another window or by a second click"
    return _back(asked, desk.note(asked.names["matter"], Note((Notice("problem", f"{what}."),))))


def _said(desk: Desk, asked: Asked, error: DraftingError) -> str:
    """Say why a change was not taken back, in the names that the page uses."""
    with suppress(DraftingError):
        desk.read(asked.names["matter"])
    return wrong.error(desk, asked, error)


def _back(asked: Asked, number: int) -> Reply:
    back = asked.typed("from") or asked.at("")
    return GoTo(f"{back if back.startswith(asked.at('')) else asked.at('')}?n={number}")
