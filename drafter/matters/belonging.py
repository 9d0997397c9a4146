"""Which library and template a matter belongs to, and which of its rounds is the last, as its matter.yaml records."""

from __future__ import annotations

import os
from dataclasses import MISSING, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import disk, fitting
from drafter.base.fitting import FromFile, Words
from drafter.base.problems import DraftingError, Place, Problem
from drafter.values import dataclass

if TYPE_CHECKING:
    from drafter.base.yaml_tree import Mapping
    from drafter.reading.library import Library

FILE = "matter.yaml"
HEADING = """\
# What this matter belongs to. Written when the matter was made; a draft from another library is refused.
# 'library' and 'template' are folders or files relative to this one; empty means what comes with Drafter.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging(FromFile):
    """The library of a matter, by its place and by what it is for, and its Word template.

    `library` and `template` are paths relative to the matter's folder, empty for what is shipped.
    """

    library: Words = ""
    template: Words = ""
    contract: str
    policy: str
    body: str

    @property
    def named(self) -> str:
        """Return what the matter is drafted from, in words."""
        contract = f"'{self.contract}' " if self.contract else "a contract "
        return f"{contract}under {self.policy}{f' of {self.body}' if self.body else ''}"

    def is_other(self, library: Belonging) -> bool:
        """Say whether a library makes another contract, policy or board's; what isn't known of either says nothing."""
        pairs = ((self.contract, library.contract), (self.policy, library.policy), (self.body, library.body))
        return any(ours and theirs and ours != theirs for ours, theirs in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRound(FromFile):
    """The last round recorded in a matter: the name of its folder, its day, and the hash of its manifest."""

    last_round: str
    last_round_day: date
    last_round_hash: str


LAST = tuple(one.name for one in fields(LastRound))
LAST_HEADING = "# The round recorded last: 'drafter send' and 'drafter receive' write it, and name it if it is lost."
KNOWN = frozenset(one.name for one in fields(Belonging))
NEEDED = frozenset(one.name for one in fields(Belonging) if one.default is MISSING)


def of(library: Library, folder: Path, *, given: Path | None, template: Path | None) -> Belonging:
    """Return what a matter in a folder belongs to; `given` is the library's folder where it isn't the shipped one."""
    return Belonging(
        library=_relative(given, folder),
        template=_relative(template, folder),
        contract=" ".join(library.named(library.title).split()),
        policy=library.policy.citation,
        body=library.policy.body,
    )


def read(folder: Path) -> Belonging | None:
    """Read what a matter belongs to; None for an older matter, which doesn't record it. DraftingError."""
    tree = _tree(folder)
    if tree is None:
        return None
    from drafter.base.yaml_tree import Scalar

    entries = {name: node for name, node in tree.entries.items() if name not in LAST}
    given = {name: node.text for name, node in entries.items() if isinstance(node, Scalar) and node.text}
    if given.keys() == entries.keys() and NEEDED <= given.keys() <= KNOWN:
        return Belonging(**given)
    if not entries and tree.entries:  # its rounds alone were recorded
        return None
    return fitting.fit(replace(tree, entries=entries), Belonging)  # says what is wrong; slow to load, so only here


def last_round(folder: Path) -> LastRound | None:
    """Read which round was recorded last in a matter; None where that isn't recorded. DraftingError."""
    tree = _tree(folder)
    entries = {} if tree is None else {name: node for name, node in tree.entries.items() if name in LAST}
    return fitting.fit(replace(tree, entries=entries), LastRound) if tree is not None and entries else None


def record_last(folder: Path, last: LastRound) -> None:
    """Write into matter.yaml which round is the last; all else in it stays. DraftingError."""
    path = folder / FILE
    there = os.path.lexists(path)
    raw = disk.read_bytes(path) if there else b""
    text = disk.read_text(path, str(path)) if there else ""
    kept = [line for line in text.splitlines() if line != LAST_HEADING and line.partition(":")[0] not in LAST]
    lines = [*kept, LAST_HEADING, *(f"{name}: {getattr(last, name)}" for name in LAST)]
    disk.write_atomically(path, disk.encoded_like("\n".join([*lines, ""]), raw))


def record_template(folder: Path, template: Path | None, otherwise: Belonging) -> None:
    """Write into matter.yaml which template the contract has, None for none; all else in it stays. DraftingError.

    A matter that doesn't record what it belongs to gets the record `otherwise`, with that template.
    """
    from drafter.base import yaml_text

    path, given = folder / FILE, _relative(template, folder)
    there = os.path.lexists(path)
    raw = disk.read_bytes(path) if there else b""
    kept = (disk.read_text(path, str(path)) if there else "").splitlines()
    if read(folder) is None:
        kept = [*to_text(replace(otherwise, template="")).splitlines(), *kept]
    lines = [line for line in kept if line.partition(":")[0] != "template"]
    last = next((at for at, line in enumerate(lines) if line == LAST_HEADING), len(lines))
    if given:
        lines.insert(last, f"template: {yaml_text.scalar(given)}")
    disk.write_atomically(path, disk.encoded_like("\n".join([*lines, ""]), raw))


def _tree(folder: Path) -> Mapping | None:
    path = folder / FILE
    if not os.path.lexists(path):
        return None
    from drafter.base import yaml_tree  # slow to import, and where there is no such file it isn't needed

    return yaml_tree.parse(disk.read_text(path, str(path)), str(path))


def template_of(folder: Path) -> Path | None:
    """Return the Word template that a matter records, None where it uses the shipped one. DraftingError."""
    recorded = read(folder)
    return folder / recorded.template if recorded and recorded.template else None


def to_text(made: Belonging) -> str:
    """Return the text of matter.yaml; `read` reads it back."""
    from drafter.base import yaml_text

    rows = {"contract": made.contract, "policy": made.policy, "body": made.body}
    rows |= {name: path for name, path in (("library", made.library), ("template", made.template)) if path}
    return HEADING + "".join(f"{name}: {yaml_text.scalar(value)}\n" for name, value in rows.items())


def mismatch(recorded: Belonging, library: Library, folder: Path) -> Problem | None:
    """Return the problem that a matter belongs to another library than this one, or None."""
    now = of(library, folder, given=None, template=None)
    if not recorded.is_other(now):
        return None
    what = f"this matter belongs to {recorded.named}; this library makes {now.named}"
    hint = "name the matter's own library with --library, or make a new matter for this one with 'drafter new'"
    return Problem("other-library", Place(str(folder / FILE)), what, hint)


def moved(sent: Belonging, library: Library, folder: Path, place: Path) -> Problem | None:
    """Return the problem that a matter's round, at a place, was drafted from another library than this one, or None.

    It is asked of a matter that doesn't record what it belongs to; one that does may go on under what it records.
    """
    now = of(library, folder, given=None, template=None)
    if not sent.is_other(now):
        return None
    what = f"this matter was last sent as {sent.named}; this library makes {now.named}"
    from drafter.base import yaml_text

    rows = {"contract": now.contract, "policy": now.policy, "body": now.body}
    lines = ", ".join(f"'{name}: {yaml_text.scalar(value)}'" for name, value in rows.items())
    hint = (
        f"name the matter's own library with --library; to go on under this one all the same, write into "
        f"{folder / FILE} the lines {lines}"
    )
    return Problem("other-library", Place(str(place)), what, hint)


def _relative(path: Path | None, folder: Path) -> str:
    if path is None:
        return ""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return path.resolve().as_posix()


def library_folder(place: Path) -> Path | None:
    """Return the folder of the library that a matter records, None where it uses the shipped one. DraftingError."""
    return recorded_library(read(place), place)


def recorded_library(recorded: Belonging | None, place: Path) -> Path | None:
    """Return the folder of the library of a record in a matter's folder; None for the shipped one. DraftingError."""
    if not recorded or not recorded.library:
        return None
    folder = place / recorded.library
    if not folder.is_dir():
        what = f"this matter's library is recorded as '{recorded.library}', and there is no such folder"
        hint = "put the folder back, or correct 'library' in this file; --library names another place for one command"
        raise DraftingError(Problem("missing-file", Place(str(place / FILE)), what, hint))
    return folder
