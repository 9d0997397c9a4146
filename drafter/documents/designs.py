"""Finds the Word template of each kind of document: the firm's own where there is one, otherwise the shipped one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from drafter.base import disk, shipped
from drafter.base.problems import DraftingError, Place, Problem, stop_at
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


def of_contracts(folder: Path) -> Iterator[Path]:
    """Yield the templates of a contract in a folder; a link that leads out of it is none."""
    for path in sorted(folder.glob("*.docx")) if filing.is_folder(folder) else ():
        if path.resolve().parent == folder.resolve() and _is_contracts(path):
            yield path


def _is_contracts(path: Path) -> bool:
    """Say whether a file may be the template of a contract: one of another kind's name, or fields, is not."""
    if path.stem in shipped.TEMPLATES:
        return path.stem == "agreement"
    try:
        return template.kind_of(path).name == "agreement"
    except DraftingError:
        return False


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


def named(folder: Path) -> tuple[Path, ...]:
    """Return the files in a folder that have the names of templates."""
    return tuple(path for kind in shipped.TEMPLATES if (path := folder / f"{kind}.docx").exists())
