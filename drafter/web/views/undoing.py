"""Takes back the last change that was made on this desk, by its own act: no file is put back as it was."""

from __future__ import annotations

from drafter.asking import spoken
from drafter.asking.pages import Notice
from drafter.base.problems import DraftingError
from drafter.web.asked import Asked, GoTo, Reply, Shown
from drafter.web.desk import Desk, Note


def undo(desk: Desk, asked: Asked) -> Reply:
    """Show what can be taken back, or take the last change back."""
    name = asked.names["matter"]
    desk.where(name)
    shelf = desk.shelf(name)
    if asked.method == "GET" or not shelf.undoable:
        return Shown("undo.html", {"changes": [one.what for one in reversed(shelf.undoable)]})
    last = shelf.undoable.pop()
    try:
        notices = last.undo()
    except DraftingError as error:
        notices = (Notice("problem", f"Not taken back: {last.what}. {spoken.error(error)}"),)
    number = desk.note(name, Note((Notice("saved", f"Taken back: {last.what}."), *notices), ours=last.ours))
    back = asked.typed("from") or asked.at("")
    return GoTo(f"{back if back.startswith(asked.at('')) else asked.at('')}?n={number}")
