"""A matter: what the folder of one negotiation says, with the library that its contract is drafted from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from drafter.base import disk
from drafter.matters import filing
from drafter.matters.swaps import Swap
from drafter.reading import own_wordings
from drafter.reading.library import Library


@dataclass(frozen=True, slots=True)
class Matter:
    """The text of a matter's answers file, its record of swaps, and its library with the matter's own wordings.

    `place` is the matter's folder, or the answers file where it has none. Its recorded rounds are not in it: they are
    verified each time that they are read, and most of what is done with a matter does not rest on them.
    """

    place: Path
    text: str
    swaps: tuple[Swap, ...]
    library: Library

    @property
    def path(self) -> Path:
        """Return the path of the answers file."""
        return filing.answers_path(self.place)

    @property
    def name(self) -> str:
        """Return what messages call the answers file."""
        return str(self.path)


def open_matter(place: Path, library: Library) -> Matter:
    """Read a matter from its folder, or from an answers file. DraftingError where a file of it can't be read."""
    path = filing.answers_path(place)
    made = with_own_wordings(library, place)
    return Matter(place, disk.read_text(path, str(path)), filing.recorded(place), made)


def with_own_wordings(library: Library, place: Path) -> Library:
    """Return the library with the own wordings filed in a matter's folder, if there are any. DraftingError."""
    files = filing.wordings(place)
    return own_wordings.added_to(library, files) if files else library


def with_wording(matter: Matter, name: str, file: Path) -> Matter:
    """Return the matter with an own wording as it will be once `file` is filed under `name`. DraftingError."""
    if name in filing.wordings(matter.place):
        return matter
    return replace(matter, library=own_wordings.added_to(matter.library, {name: file}))
