"""The folder that a desk serves: which matters are in it, and the folder of each."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from drafter.base.problems import DraftingError, Place, Problem
from drafter.matters import filing
from drafter.values import dataclass
from drafter.web.asked import NotThereError

MOST = 1000  # matters that are listed
_NAME = re.compile(r"[^\\/:*?\"<>|\x00-\x1f]{1,80}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A matter in the list of all: its folder's name, and when something in it was changed last."""

    name: str
    changed: datetime


def matter(place: Path, name: str) -> Path:
    """Return the folder of a matter in a folder, by its name. NotThereError where there is none, or it leads out."""
    found = place / name
    if not _NAME.fullmatch(name) or name.startswith(".") or not _is_matter(found):
        raise NotThereError(name)
    if os.path.realpath(found.parent) != os.path.realpath(place) or Path(os.path.realpath(found)).parent != Path(
        os.path.realpath(place)
    ):
        raise NotThereError(name)
    return found


def matters(place: Path) -> tuple[Listed, ...]:
    """Return the matters in a folder, that which was changed last first."""
    return tuple(sorted(_matters(place), key=lambda one: one.changed, reverse=True))


def _matters(place: Path) -> Iterator[Listed]:
    for number, path in enumerate(sorted(place.iterdir())):
        if number >= MOST:
            return
        try:
            found = matter(place, path.name)
        except NotThereError:
            continue
        times = [one.stat().st_mtime for one in (found / filing.ANSWERS, found / filing.SWAPS) if one.exists()]
        yield Listed(path.name, datetime.fromtimestamp(max(times)).astimezone())


def new(place: Path, name: str) -> Path:
    """Return the folder that a new matter of a name gets. DraftingError where it can't have this name."""
    wanted = name.strip()
    place_of_it = place / wanted
    if not _NAME.fullmatch(wanted) or wanted.startswith(".") or wanted.endswith("."):
        what = "a matter's name is that of its folder, and this can't be one"
        hint = 'use letters, digits and spaces, at most 80; none of \\ / : * ? " < > |'
        raise DraftingError(Problem("bad-name", Place(wanted or "name"), what, hint))
    if os.path.lexists(place_of_it):
        what = "there is already something of this name"
        raise DraftingError(Problem("file-exists", Place(wanted), what, "choose another name"))
    return place_of_it


def _is_matter(path: Path) -> bool:
    return filing.is_folder(path) and (path / filing.ANSWERS).is_file()
