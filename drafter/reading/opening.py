"""Opens a clause library: the one in a folder, or the one that comes with the product."""

from __future__ import annotations

from pathlib import Path

from drafter.base import shipped, spelling
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.keeping import store
from drafter.reading.forms.reading import Reading
from drafter.reading.kept import cache
from drafter.reading.library import Library


def load_library(folder: Path | None = None, form: str | None = None) -> Library:
    """Load the library in a folder, or the shipped one; from the user's cache where no file of it has changed.

    Of several forms of the contract, take `form`; the first one where it is None, and where it is empty or no form, the
    one that is meant by answers that say none. DraftingError with everything that is wrong in it.
    """
    return cache.load(*_place(folder), store.of_user(), form)


def load_forms(folder: Path | None = None) -> tuple[Library, ...]:
    """Load the library in a folder, or the shipped one, in each form; DraftingError as `load_library`."""
    found = read_library(folder)
    for one in found:
        stop_at(one.problems)
    return tuple(one.library for one in found)


def load_form(folder: Path | None, wanted: str) -> Library:
    """Load the library in a folder, or the shipped one, in the form that someone names; in the first where it is empty.

    DraftingError as `load_library`, and where the library has no such form.
    """
    loaded = load_library(folder, wanted or None)
    stop_at_other_form(loaded, wanted)
    return loaded


def stop_at_other_form(loaded: Library, wanted: str) -> None:
    """Raise DraftingError where a library isn't in the form that someone names, because it has no such form."""
    if wanted and wanted != loaded.form.id:
        known = [form.id for form in loaded.forms]
        hint = f"{spelling.meant(wanted, known)} the forms are {', '.join(known)}".strip()
        hint = hint if known else "leave out --form: this library has only one"
        raise DraftingError(Problem("unknown-form", Place(loaded.path), f"there is no form '{wanted}'", hint))


def read_library(folder: Path | None = None) -> tuple[Reading, ...]:
    """Read the library in a folder, or the shipped one, in every form, each with everything that is wrong in it.

    From the user's cache where nothing was wrong in any form, and no file of it has changed.
    """
    return cache.read_forms(*_place(folder), store.of_user())


def _place(folder: Path | None) -> tuple[Path, str]:
    """Return where a library is and what messages call it."""
    return (folder, str(folder)) if folder else (shipped.path(shipped.LIBRARY), shipped.LIBRARY)
