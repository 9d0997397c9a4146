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
_NAME_INSIDE = re.compile(r"[^\\/:\x00-\x1f]+" if os.name == "nt" else r"[^\\/\x00-\x1f]+")
_NAME = re.compile(r"[^\\/:*?\"<>|\x00-\x1f]{1,80}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A matter in the list of all: its folder's name, and when something in it was changed last."""

    name: str
    changed: datetime


def matter(place: Path, name: str) -> Path:
    """Return the folder of a matter in a folder, by its name. NotThereError where there is none, or it leads out."""
    found = place / name
    if not _NAME_INSIDE.fullmatch(name) or name.startswith(".") or not _is_matter(found):
        raise NotThereError(name)
    if Path(os.path.realpath(found)).parent != Path(os.path.realpath(place)):
        raise NotThereError(name)
    return found


def inside(place: Path, name: str) -> Path:
    """Return a file below a folder, by its name there with slashes.

    NotThereError where there is none, or where the name or a link leads elsewhere: a list of files may be anybody's.
    """
    parts = name.split("/")
    if not all(map(_NAME_INSIDE.fullmatch, parts)) or not {".", ".."}.isdisjoint(parts):
        raise NotThereError(name)
    found = place.joinpath(*parts)
    wanted = os.path.join(os.path.realpath(place), *parts)  # noqa: PTH118  # as it is compared
    if os.path.normcase(os.path.realpath(found)) != os.path.normcase(wanted) or not os.path.isfile(found):  # noqa: PTH113  # Path.is_file raises where nobody may look
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
        changed = max(map(_changed, (found / filing.ANSWERS, found / filing.SWAPS)))
        yield Listed(path.name, datetime.fromtimestamp(changed).astimezone())


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def new(place: Path, name: str) -> Path:
    """Return the folder that a new matter of a name gets. DraftingError where it can't have this name."""
    wanted = name.strip()
    place_of_it = place / wanted
    if not wanted:
        what, hint = "the matter has no name yet", "type one, such as the name of the other party and a year"
        raise DraftingError(Problem("bad-name", Place("name"), what, hint))
    if not _NAME.fullmatch(wanted) or wanted.startswith(".") or wanted.endswith("."):
        what = "a matter's name is that of its folder, and this can't be one"
        hint = 'use letters, digits and spaces, at most 80; none of \\ / : * ? " < > |'
        raise DraftingError(Problem("bad-name", Place(wanted or "name"), what, hint))
    if os.path.lexists(place_of_it):
        what = "there is already something of this name"
        raise DraftingError(Problem("file-exists", Place(wanted), what, "choose another name"))
    return place_of_it


def _is_matter(path: Path) -> bool:
    return os.path.isfile(path / filing.ANSWERS)  # noqa: PTH113  # Path.is_file raises where nobody may look
