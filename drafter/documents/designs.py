"""Finds the Word template of each kind of document: the firm's own where there is one, otherwise the shipped one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from drafter.base import shipped
from drafter.base.problems import DraftingError, Place, Problem
from drafter.matters import belonging, filing
from drafter.values import dataclass
from drafter.word import template

FOLDER = "templates"  # in a matter, and in a library
NAMES = ", ".join(f"{kind}.docx" for kind in shipped.TEMPLATES)


@dataclass(frozen=True, slots=True)
class Designs:
    """The folders in which a template is looked for, first to last, and the contract's where a file was named."""

    folders: tuple[Path, ...] = ()
    agreement: Path | None = None

    def of(self, kind: str) -> Path:
        """Return the path of the template of a kind of document, one of the names of `shipped.TEMPLATES`."""
        if kind == "agreement" and self.agreement is not None:
            return self.agreement
        found = (folder / f"{kind}.docx" for folder in self.folders)
        return next((path for path in found if os.path.lexists(path)), shipped.template(kind))

    @property
    def own(self) -> dict[str, Path]:
        """Return the templates that aren't the shipped ones, by their kinds."""
        found = {kind: self.of(kind) for kind in shipped.TEMPLATES}
        return {kind: path for kind, path in found.items() if path != shipped.template(kind)}

    def misnamed(self) -> Iterator[Problem]:
        """Find the templates that are of another kind than they are used for. DraftingError for one that isn't one."""
        for kind, path in self.own.items():
            yield from template.of_other_kind(path, kind)


def find(matter: Path, library: Path | None, given: Path | None = None) -> Designs:
    """Return where the templates of a matter are: those given, the matter's, its library's, then the shipped ones.

    `given` is the contract's template, or a folder with any of them. DraftingError where it is a folder with none.
    """
    places = [matter / FOLDER if filing.is_folder(matter) else None, library / FOLDER if library else None]
    folders = tuple(place for place in places if place is not None)
    if given is None:
        return Designs(folders, belonging.template_of(matter))
    if not filing.is_folder(given):
        return Designs(folders, given)
    there = named(given)
    if not there:
        hint = f"name them as the shipped ones: {NAMES}; 'drafter template export' writes copies to start from"
        raise DraftingError(Problem("missing-file", Place(str(given)), "no template is in this folder", hint))
    recorded = None if given / "agreement.docx" in there else belonging.template_of(matter)
    return Designs((given, *folders), recorded)


def named(folder: Path) -> tuple[Path, ...]:
    """Return the files in a folder that have the names of templates."""
    return tuple(path for kind in shipped.TEMPLATES if (path := folder / f"{kind}.docx").exists())
