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

from drafter.base import disk
from drafter.keeping import program
from drafter.keeping.store import Store
from drafter.reading.kept import plain
from drafter.reading.library import Library, texts

READERS = ("jinja2", "markdown_it", "pydantic", "yaml")  # by which a library's files are read


def load(root: Path, name: str, store: Store | None, form: str | None = None) -> Library:
    """Return the library in `root` in a form, as `loading.load` does, from a store where it was read before.

    A store that can't be read or written changes nothing but the time. DraftingError as `loading.load`.
    """
    before = _hash(root, name, form) if store else ""
    found = _read(store, before) if store and before else None
    if found is not None:
        return replace(found, folder=root)
    from drafter.reading import loading  # slow to import, and needed only where the files are read

    seen = _changes(root)
    made = loading.load(root, name, form)
    if (
        store and before and _hash(root, name, form) == before and _changes(root) == seen
    ):  # nobody wrote into it meanwhile
        _keep(store, before, made)
    return made


def _hash(root: Path, name: str, form: str | None) -> str:
    """Return the hash of all that a library is made from: its files, name and form, this program, what that rests on.

    Empty where a file can't be read: loading the library says why.
    """
    above = len(root.parts)
    try:
        digest = hashlib.sha256(f"{program.identity(READERS)}\n{name}\n{form!r}\n".encode(errors="surrogateescape"))
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


def _read(store: Store, name: str) -> Library | None:
    content = store.read(f"{name}.json")
    with suppress(Exception):  # signed, and still no library: a constructor may raise anything
        return plain.unpack(json.loads(content), Library) if content is not None else None
    return None


def _keep(store: Store, name: str, made: Library) -> None:
    with suppress(TypeError, ValueError, RecursionError):
        store.keep(f"{name}.json", json.dumps(plain.pack(made), separators=(",", ":")).encode())
