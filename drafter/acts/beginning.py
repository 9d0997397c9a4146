"""Begins a matter: its folder with an answers file that lists every question, and what the matter belongs to.

The template of its contract, which is part of that, can be another one later.
"""

from __future__ import annotations

import os
from pathlib import Path

from drafter.base import disk
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.matters import belonging, blank_answers, filing
from drafter.reading.library import Library


def begin(path: Path, loaded: Library, library: Path | None, template: Path | None = None) -> None:
    """Write a new answers file at a path, and beside it the record of the library and the template given.

    `library` is the folder of the library, None for the shipped one. DraftingError where there is a file already.
    """
    _stop_at_there(path)
    made = belonging.of(loaded, path.parent, given=library, template=template)
    disk.make_folder(path.parent)
    with filing.held(path.parent):
        _stop_at_there(path)  # which another command may have written since
        blank_answers.write(path, loaded, made)


def choose_template(place: Path, library: Library, folder: Path | None, wanted: Path | None) -> None:
    """Record the template of a matter's contract, which later drafts use; None for the one that is found without.

    `folder` is that of the library where it isn't the shipped one. DraftingError where a field or a style is missing.
    """
    stop_at_unfit(wanted)
    filing.stop_at_no_folder(place)
    with filing.held(place):
        belonging.record_template(place, wanted, belonging.of(library, place, given=folder, template=None))


def stop_at_unfit(template: Path | None) -> None:
    """Raise DraftingError where a template is none of a contract, or lacks a field or a style."""
    from drafter.word import filling  # slow to import, and most matters have the shipped one

    stop_at(filling.check(template, "agreement") if template is not None else ())


def _stop_at_there(path: Path) -> None:
    if os.path.lexists(path):
        what = "there is already an answers file, and it was left as it is"
        raise DraftingError(Problem("file-exists", Place(str(path)), what, "choose another folder"))
