"""Keeps a library that was read in the user's own cache folder, under the hash of everything that it was made from.

The hash covers every byte of the library's files and of the program, so a changed comma means reading again. What is
kept is plain data, signed together with its name by a key that only this user has. Anything else is never taken: the
library is read from its files.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from drafter.base import disk
from drafter.reading import loading, review
from drafter.reading.kept import plain
from drafter.reading.library import Library
from drafter.reading.memo import memo_text

READERS = ("jinja2", "markdown_it", "pydantic", "yaml")  # by which a library's files are read
MOST = 8  # libraries that are kept: the last ones read
KEY = "key"  # the file of the key, in its folder
_LARGEST = 100_000_000  # bytes of one that is read back
_SIZE = 32  # bytes of a key, and of a signature
_OPENING = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


def load(root: Path, name: str, folder: Path, keys: Path) -> Library:
    """Return the library in `root`, as `loading.load` does, from `folder` where it was read before.

    `keys` is the folder of the key that signs what is kept. A folder that can't be read or written, or that isn't the
    user's alone, changes nothing but the time. DraftingError as `loading.load`.
    """
    before = _hash(root, name)
    key = _key(keys) if before and _prepared(folder) else b""
    if not key:
        return loading.load(root, name)
    path = folder / f"{before}.json"
    found = _read(path, key)
    if found is not None:
        return replace(found, folder=root)
    seen = _changes(root)
    found = loading.load(root, name)
    if _hash(root, name) == before and _changes(root) == seen:  # nobody wrote into it meanwhile
        _keep(path, found, key)
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
        program = Path(__file__).parents[2]
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


def _changes(root: Path) -> list[tuple[int, ...]]:
    """Return when each file of a library last changed; a text that was put back still changed."""
    with suppress(OSError, ValueError):
        return [(s.st_dev, s.st_ino, s.st_ctime_ns, s.st_mtime_ns) for s in map(os.stat, _texts(root))]
    return []


def _private(about: os.stat_result) -> bool:
    """Say whether a file or folder is the user's own and nobody else may write it."""
    return not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & 0o022)


def _prepared(folder: Path) -> bool:
    """Make a folder that only the user may enter; say whether there is one, not a link, that nobody else may write."""
    with suppress(OSError, ValueError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = folder.lstat()
        return stat.S_ISDIR(about.st_mode) and _private(about)
    return False


def _content(path: Path) -> bytes:
    """Return what is in a file of the user's own, with no other link to it; nothing where it is anything else."""
    with suppress(OSError, ValueError), os.fdopen(os.open(path, _OPENING), "rb") as file:
        about = os.fstat(file.fileno())
        if stat.S_ISREG(about.st_mode) and _private(about) and about.st_nlink == 1 and about.st_size <= _LARGEST:
            return file.read()
    return b""


def _write(path: Path, content: bytes) -> None:
    """Write a file that only the user can read, whole or not at all. OSError if it can't be written."""
    descriptor, scratch = tempfile.mkstemp(dir=path.parent)  # one that is left goes in its turn
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(scratch).replace(path)
    finally:
        Path(scratch).unlink(missing_ok=True)


def _key(folder: Path) -> bytes:
    """Return the user's key, made the first time; nothing where it can't be kept safely."""
    if not _prepared(folder):
        return b""
    found = _content(folder / KEY)
    if len(found) != _SIZE:
        with suppress(OSError):
            _write(folder / KEY, secrets.token_bytes(_SIZE))
        found = _content(folder / KEY)
    return found if len(found) == _SIZE else b""


def _signature(key: bytes, name: str, content: bytes) -> bytes:
    return hmac.digest(key, name.encode() + b"\n" + content, "sha256")


def _read(path: Path, key: bytes) -> Library | None:
    """Read back a library signed with this key under this name; None if the file is missing or anything else."""
    whole = _content(path)
    signature, content = whole[:_SIZE], whole[_SIZE:]
    if hmac.compare_digest(signature, _signature(key, path.name, content)):
        with suppress(Exception):  # signed, and still no library: a constructor may raise anything
            return plain.unpack(json.loads(content), Library)
    return None


def _keep(path: Path, made: Library, key: bytes) -> None:
    """Keep a library for the next time, and the last few others; what can't be written isn't kept."""
    with suppress(OSError, TypeError, ValueError, RecursionError):
        content = json.dumps(plain.pack(made), separators=(",", ":")).encode()
        _write(path, _signature(key, path.name, content) + content)
        others = (kept for kept in path.parent.iterdir() if kept.name != KEY)  # a user's folders may be one
        before = sorted(others, key=lambda kept: kept.lstat().st_mtime_ns)
        for kept in before[:-MOST]:
            kept.unlink(missing_ok=True)
