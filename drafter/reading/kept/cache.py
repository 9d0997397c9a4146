"""Keeps a library that was read in the user's own cache folder, under the hash of everything that it was made from.

The hash covers every byte of the library's files, and the program, so a changed comma means reading again. What is
kept is plain data, signed by a key that only this user has. Anything else is never taken: the library is read from its
files.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from drafter.base import disk
from drafter.keeping import program
from drafter.keeping.store import Store
from drafter.reading.forms.reading import Reading
from drafter.reading.kept import plain
from drafter.reading.library import Library, texts
from drafter.values import dataclass

READERS = ("jinja2", "markdown_it", "pydantic", "yaml")  # by which a library's files are read
_EVERY = "in every form"  # no form has a name with spaces

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class _InForms:
    """A library in every form, kept together, so that what the forms share is kept and made once."""

    libraries: tuple[Library, ...]


def load(root: Path, name: str, store: Store | None, form: str | None = None) -> Library:
    """Return the library in `root` in a form, as `loading.load` does, from a store where it was read before.

    A store that can't be read or written changes nothing but the time. DraftingError as `loading.load`.
    """
    before = _hash(root, name, repr(form)) if store else ""
    found = _read(store, before, Library) if store and before else None
    if found is not None:
        return replace(found, folder=root)
    from drafter.reading import loading  # slow to import, and needed only where the files are read

    seen = _changes(root)
    made = loading.load(root, name, form)
    if store and before and (before, seen) == (_hash(root, name, repr(form)), _changes(root)):  # nobody wrote into it
        _keep(store, before, made)
    return made


def read_forms(root: Path, name: str, store: Store | None) -> tuple[Reading, ...]:
    """Return the library in `root` in every form, as `loading.read_forms` does, from a store where it was read before.

    Only what has nothing wrong in it is kept. A store that can't be read or written changes nothing but the time.
    DraftingError as `loading.read_forms`.
    """
    before = _hash(root, name, _EVERY) if store else ""
    found = _read(store, before, _InForms) if store and before else None
    if found is not None:
        return tuple(Reading(replace(one, folder=root), (), ()) for one in found.libraries)
    from drafter.reading import loading  # slow to import, and needed only where the files are read

    seen = _changes(root)
    made = loading.read_forms(root, name)
    is_sound = not any(one.problems for one in made)
    if store and before and is_sound and (before, seen) == (_hash(root, name, _EVERY), _changes(root)):
        _keep(store, before, _InForms(tuple(one.library for one in made)))
    return made


def _hash(root: Path, name: str, form: str) -> str:
    """Return the hash of all that a library is made from: its files, name and form, this program, what that rests on.

    Empty where a file can't be read: loading the library says why.
    """
    above = len(root.parts)
    try:
        digest = hashlib.sha256(f"{program.identity(READERS)}\n{name}\n{form}\n".encode(errors="surrogateescape"))
        for path in texts(root):
            about = path.stat()
            if not stat.S_ISREG(about.st_mode) or about.st_size > disk.LARGEST_FILE:
                return ""
            content = path.read_bytes()
            inside = "/".join(path.parts[above:])  # half the time of `relative_to`, for a hundred files
            digest.update(f"{inside} {len(content)}\n".encode(errors="surrogateescape"))
            digest.update(content)
        return digest.hexdigest()
    except (OSError, ValueError):
        return ""


def _changes(root: Path) -> list[tuple[int, ...]]:
    """Return when each file of a library last changed; a text that was put back still changed."""
    with suppress(OSError, ValueError):
        return [(s.st_dev, s.st_ino, s.st_ctime_ns, s.st_mtime_ns) for s in map(os.stat, texts(root))]
    return []


def _read(store: Store, name: str, kind: type[Kept]) -> Kept | None:
    content = store.read(f"{name}.json")
    with suppress(Exception):  # signed, and still no library: a constructor may raise anything
        return plain.unpack(json.loads(content), kind) if content is not None else None
    return None


def _keep(store: Store, name: str, made: Library | _InForms) -> None:
    with suppress(TypeError, ValueError, RecursionError):
        store.keep(f"{name}.json", json.dumps(plain.pack(made), separators=(",", ":")).encode())
