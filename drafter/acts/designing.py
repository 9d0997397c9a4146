"""Chooses the Word template of a matter's contract, and writes copies of the shipped ones, to be changed in Word."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from drafter.base import disk, shipped
from drafter.base.problems import Place, Problem, stop_at
from drafter.documents import designs
from drafter.matters import belonging, filing
from drafter.reading.library import Library
from drafter.word import filling, template


def found(folders: Iterator[Path] | tuple[Path, ...]) -> Iterator[Path]:
    """Yield the templates of a contract in some folders; a link that leads out of its folder is none."""
    for folder in folders:
        for path in sorted(folder.glob("*.docx")) if filing.is_folder(folder) else ():
            if path.resolve().parent == folder.resolve() and _is_contracts(path):
                yield path


def _is_contracts(path: Path) -> bool:
    """Say whether a file may be the template of a contract: one of another kind's name, or fields, is not."""
    if path.stem in shipped.TEMPLATES:
        return path.stem == "agreement"
    from drafter.base.problems import DraftingError

    try:
        return template.kind_of(path).name == "agreement"
    except DraftingError:
        return False


def choose(place: Path, library: Library, folder: Path | None, wanted: Path | None) -> None:
    """Record the template of a matter's contract, which later drafts use; None for the one that is found without.

    `folder` is that of the library where it isn't the shipped one. DraftingError where a field or a style is missing.
    """
    stop_at(filling.check(wanted, "agreement") if wanted is not None else ())
    filing.stop_at_no_folder(place)
    with filing.held(place):
        belonging.record_template(place, wanted, belonging.of(library, place, given=folder, template=None))


def export(folder: Path) -> dict[Path, Path]:
    """Write copies of the shipped templates into a folder; return each with what it is a copy of.

    DraftingError where one of their names is taken there; nothing is written then.
    """
    files = {folder / f"{kind}.docx": shipped.template(kind) for kind in shipped.TEMPLATES}
    there = [folder] if os.path.lexists(folder) and not filing.is_folder(folder) else filter(os.path.lexists, files)
    what, hint = "something of this name already exists", "name another folder; what is there is never overwritten"
    stop_at(Problem("file-exists", Place(str(place)), what, hint) for place in there)
    disk.make_folder(folder)
    disk.write_all({place: source.read_bytes() for place, source in files.items()})
    return files


def folders(place: Path, library: Path, beside: Path) -> tuple[Path, ...]:
    """Return where a firm keeps templates: in the matter, beside all matters, and in the library."""
    return tuple(one / designs.FOLDER for one in (place, beside, library))
