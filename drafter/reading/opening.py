"""Opens a clause library: the one in a folder, or the one that comes with the product."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import shipped
from drafter.keeping import store
from drafter.reading.kept import cache
from drafter.reading.library import Library

if TYPE_CHECKING:  # a library that is kept is opened without it
    from drafter.reading.loading import Reading


def load_library(folder: Path | None = None) -> Library:
    """Load the library in a folder, or the shipped one; from the user's cache where no file of it has changed.

    DraftingError with everything that is wrong in it.
    """
    return cache.load(*_place(folder), store.of_user())


def read_library(folder: Path | None = None) -> Reading:
    """Read the library in a folder, or the shipped one, with everything that is wrong in it."""
    from drafter.reading import loading

    return loading.read(*_place(folder))


def _place(folder: Path | None) -> tuple[Path, str]:
    """Return where a library is and what messages call it."""
    return (folder, str(folder)) if folder else (shipped.path(shipped.LIBRARY), shipped.LIBRARY)
