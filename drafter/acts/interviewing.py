"""Holds the interview of a matter, which is locked while an answer is saved and never while somebody thinks."""

from __future__ import annotations

import os
from pathlib import Path

from drafter.acts import beginning
from drafter.asking import dialogue
from drafter.asking.dialogue import Dialogue
from drafter.asking.saving import Store
from drafter.base import disk, yaml_tree
from drafter.matters import answers, filing
from drafter.matters.editing import answers_text
from drafter.matters.matter import library_of, with_own_wordings
from drafter.reading.library import Library


def begin(  # noqa: PLR0913  # each option of the command is one
    place: Path, loaded: Library, library: Path | None, *,
    section: str = "", only_missing: bool = False, other: Path | None = None,
) -> Dialogue:  # fmt: skip
    """Begin or resume the interview of a matter, which is made if there is none; carry over answers of another one.

    `library` is the folder of the library where it isn't the matter's own. DraftingError as `dialogue.begin`.
    """
    before, own = _tree(other) if other else None, with_own_wordings(loaded, place)
    path = answers_file(place)
    if not os.path.lexists(path):
        beginning.begin(path, own, library)
    kept = store(place, library)
    with kept.held():
        text = kept.read()
        said = answers_text.with_form(text, str(path), own.questionnaire)
        if said != text:
            kept.write(said)
    return dialogue.begin(own, kept, str(path), section=section, only_missing=only_missing, other=before)


def answers_file(place: Path) -> Path:
    """Return the answers file of a matter, which may be still to be made."""
    path = filing.answers_path(place)
    return path if os.path.lexists(path) or path.suffix in {".yaml", ".yml"} else path / filing.ANSWERS


def store(place: Path, library: Path | None) -> Store:
    """Return where the answers of a matter are kept: read and saved in their file, whoever else changes it."""
    path = answers_file(place)
    return Store(
        read=lambda: disk.read_text(path, str(path)),
        write=lambda text: disk.write(path, disk.encoded_like(text, path.read_bytes())),
        held=lambda: filing.held(path.parent),
        library=lambda text: with_own_wordings(library_of(place, library, answers.form_of(text)), place),
    )


def _tree(other: Path) -> yaml_tree.Mapping:
    return yaml_tree.parse(disk.read_text(filing.answers_path(other), str(other)), str(other))
