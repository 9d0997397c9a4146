"""Keeps a library that was read in the user's own cache folder, under the hash of everything that it was made from.

The hash covers every byte of the library's files and of the program, so a changed comma means reading again; so does a
kept file that doesn't come back as a whole library.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Any

from drafter.base import disk
from drafter.reading import loading, review
from drafter.reading.library import Library
from drafter.reading.memo import memo_text

READERS = ("jinja2", "markdown_it", "pydantic", "yaml")  # by which a library's files are read
MOST = 8  # libraries that are kept: the last ones read
_LARGEST = 100_000_000  # bytes of one that is read back


def load(root: Path, name: str, folder: Path) -> Library:
    """Return the library in `root`, as `loading.load` does, from `folder` where it was read before.

    A folder that can't be read or written changes nothing but the time. DraftingError as `loading.load`.
    """
    before = _hash(root, name)
    found = _read(folder / f"{before}.pickle") if before else None
    if found is not None:
        return replace(found, folder=root)
    found = loading.load(root, name)
    if before and _hash(root, name) == before:  # nobody wrote into it meanwhile
        _keep(folder / f"{before}.pickle", found)
    return found


def _texts(root: Path) -> Iterator[Path]:
    yield from loading.files(root)
    yield from (path for name in (review.FILE, memo_text.FILE) if (path := root / name).exists())


def _hash(root: Path, name: str) -> str:
    """Return the hash of all that a library is made from: its files, its name, this program, and what that rests on.

    Empty where a file can't be read: loading the library says why.
    """
    try:
        digest = hashlib.sha256(f"{sys.version}\n{name}\n".encode())
        for package in READERS:  # an installed package changes only by being installed again
            found = find_spec(package)
            digest.update(
                f"{package} {Path(found.origin).stat().st_mtime_ns if found and found.origin else ''}\n".encode()
            )
        program = Path(__file__).parents[1]
        for place, files in ((program, sorted(program.rglob("*.py"))), (root, _texts(root))):
            for path in files:
                if not path.is_file() or path.stat().st_size > disk.LARGEST_FILE:
                    return ""
                content = path.read_bytes()
                digest.update(f"{path.relative_to(place).as_posix()} {len(content)}\n".encode(errors="surrogateescape"))
                digest.update(content)
        return digest.hexdigest()
    except (OSError, ValueError):
        return ""


class _Writer(pickle.Pickler):
    """Writes a dataclass as a call of it, which is read back in half the time."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401  # pickle has many forms
        if not is_dataclass(value) or isinstance(value, type) or any(field.kw_only for field in fields(value)):
            return NotImplemented
        return type(value), tuple(getattr(value, field.name) for field in fields(value))


class _Reader(pickle.Unpickler):
    """Reads back values alone: the classes of this package, dates and numbers; nothing that runs."""

    def find_class(self, module: str, name: str) -> type:
        found: object = super().find_class(module, name)
        if isinstance(found, type) and (
            issubclass(found, (dt.date, Decimal, PurePath)) or module.startswith("drafter.")
        ):
            return found
        raise pickle.UnpicklingError(name)


def _read(path: Path) -> Library | None:
    """Read back a library; None where no kept one is whole and the user's own."""
    with suppress(Exception):  # a damaged pickle may raise anything
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            if (hasattr(os, "getuid") and about.st_uid != os.getuid()) or about.st_size > _LARGEST:
                return None
            content = file.read()
        name, found = _Reader(io.BytesIO(content)).load()
        if name == path.name and isinstance(found, Library):  # a file that was renamed is another library
            return found
    return None


def _keep(path: Path, made: Library) -> None:
    """Keep a library for the next time, and the last few others; what can't be written isn't kept."""
    with suppress(OSError, pickle.PicklingError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, scratch = tempfile.mkstemp(".pickle", dir=path.parent)  # one that is left goes in its turn
        try:
            with os.fdopen(descriptor, "wb") as file:
                _Writer(file, pickle.HIGHEST_PROTOCOL).dump((path.name, made))
            Path(scratch).replace(path)
        finally:
            Path(scratch).unlink(missing_ok=True)
        before = sorted(path.parent.glob("*.pickle"), key=lambda kept: kept.stat().st_mtime_ns)
        for kept in before[:-MOST]:
            kept.unlink(missing_ok=True)
