"""Writes the manifest of a folder, the hash of every file in it, and finds what has changed since.

One rule: its form is the one that `sha256sum -c` reads, so that any machine can check a folder without us.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from drafter.base import disk

FILE = "manifest.sha256"
LARGEST = 200_000_000  # bytes of a file that is hashed


def to_text(files: Mapping[str, bytes]) -> str:
    """Return a line for each file, in the order of the names: its SHA-256 hash and its name."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def added(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files together with their manifest."""
    return {**files, FILE: to_text(files).encode()}


def hash_of(folder: Path) -> str:
    """Return the hash of a folder's manifest; empty if it has none."""
    try:
        return hashlib.sha256(disk.read_bytes(folder / FILE)).hexdigest()
    except OSError:
        return ""


def names(folder: Path) -> tuple[str, ...]:
    """Return the files of a folder by its manifest, which it must agree with. DraftingError where it can't be read."""
    lines = disk.read_text(folder / FILE).splitlines()
    return tuple(line.partition("  ")[2] for line in lines)


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file of a folder by its manifest; nothing where it has none that can be read."""
    try:
        return _listed(disk.read_bytes(folder / FILE).decode())
    except (OSError, UnicodeError):
        return {}


def _listed(text: str) -> dict[str, str]:
    return {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (.+)$", text, re.MULTILINE)}


def differences(folder: Path) -> Iterator[tuple[Path, str]]:
    """Find what has changed since a manifest was written: each path, with words that say how."""
    try:
        text = disk.read_bytes(folder / FILE).decode()
    except (OSError, UnicodeError):
        yield folder / FILE, "it can't be read"
        return
    listed = _listed(text)
    there = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_symlink() or not p.is_dir()}
    there.pop(FILE, None)
    found = [(name, _difference(there.get(name), listed.get(name))) for name in sorted({*listed, *there})]
    yield from ((folder / name, what) for name, what in found if what)
    again = "".join(f"{listed[name]}  {name}\n" for name in sorted(listed))
    if again != text and not any(what for _, what in found):
        yield folder / FILE, "it has changed since it was recorded"


def _difference(path: Path | None, recorded: str | None) -> str:
    """Say in words how a file has changed since it was recorded; empty if it hasn't."""
    if path is None:
        return "it is missing"
    if recorded is None:
        return "it was added after this was recorded"
    if path.is_symlink() or not path.is_file():
        return "it is no longer a file"
    try:
        if path.stat().st_size <= LARGEST and hashlib.sha256(path.read_bytes()).hexdigest() == recorded:
            return ""
    except OSError as error:
        return f"it can't be read: {error.strerror}"
    return "it has changed since it was recorded"
