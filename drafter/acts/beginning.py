"""Begins a matter: its folder with an answers file that lists every question, and what the matter belongs to."""

from __future__ import annotations

import os
from pathlib import Path

from drafter.base import disk
from drafter.base.problems import DraftingError, Place, Problem
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


def _stop_at_there(path: Path) -> None:
    if os.path.lexists(path):
        what = "there is already an answers file, and it was left as it is"
        raise DraftingError(Problem("file-exists", Place(str(path)), what, "choose another folder"))
