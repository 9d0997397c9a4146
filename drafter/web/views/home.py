"""The first page: the matters of the folder, and how to begin one."""

from __future__ import annotations

from drafter.base import english
from drafter.base.problems import DraftingError
from drafter.values import dataclass
from drafter.web import folder
from drafter.web.asked import Asked, Reply, Shown
from drafter.web.desk import Desk
from drafter.web.folder import Listed
from drafter.web.views import progress

MOST_TOLD = 30  # matters whose state is told, once they have been read


@dataclass(frozen=True, slots=True)
class Row:
    """A matter in the list: its name, when it was changed, and how far it is."""

    name: str
    changed: str
    state: str


def home(desk: Desk, asked: Asked) -> Reply:  # noqa: ARG001  # as every view
    """Show the matters of the folder."""
    found = folder.matters(desk.place)
    rows = [_row(desk, one, told=number < MOST_TOLD) for number, one in enumerate(found)]
    return Shown("home.html", {"rows": rows, "folder": str(desk.place)})


def _row(desk: Desk, one: Listed, *, told: bool) -> Row:
    changed = english.long_date(one.changed.date())
    return Row(one.name, changed, _state(desk, one.name) if told and desk.is_known(one.name) else "")


def _state(desk: Desk, name: str) -> str:
    try:
        known = desk.read(name)
    except DraftingError as error:
        return f"Wrong: {error.problems[0].message}"
    return f"{progress.state(known.here)}: {progress.counted(known.here)}"


def close(desk: Desk, asked: Asked) -> Reply:
    """Close the desk; every answer is saved already."""
    if asked.method == "POST":
        desk.close()
        return Shown("nothing.html", {"title": "Drafter is closed", "words": "You can close this window."})
    return Shown("close.html", {})
