"""Reads text files of a bounded size, and writes files and folders whole or not at all."""

from __future__ import annotations

import codecs
import errno
import itertools
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from drafter.base import characters, system
from drafter.base.problems import DraftingError, Place, Problem, stop_at

LARGEST_FILE = 2_000_000  # bytes; a questionnaire's answers are some thousands


def read_bytes(path: Path, most: int = LARGEST_FILE) -> bytes:
    """Read a file, or its first `most` bytes and one more. OSError for a pipe or a device, which may never end."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file")
    with path.open("rb") as file:
        return file.read(most + 1)


def read_text(path: Path, name: str = "") -> str:
    """Read a UTF-8 text file of at most 2 MB; line ends become newlines. DraftingError if it can't be read."""
    place = Place(name or str(path))
    try:
        raw = read_bytes(path)
    except FileNotFoundError:
        raise DraftingError(Problem("missing-file", place, "there is no such file")) from None
    except OSError as error:
        raise DraftingError(Problem("unreadable-file", place, f"the file can't be read: {error.strerror}")) from None
    if len(raw) > LARGEST_FILE:
        raise DraftingError(Problem("too-large", place, f"the file is larger than {LARGEST_FILE // 1_000_000} MB"))
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        hint = "save it again as UTF-8 (in most editors: Save As, Encoding)"
        raise DraftingError(Problem("not-utf8", Place(place.path, line), "the file is not UTF-8 text", hint)) from None
    stop_at(characters.problems_in(text, place.path))
    return text


SCRATCH = ".drafter-"  # the beginning of the name of a file or folder that is not in its place yet


def scratch_prefix(name: str) -> str:
    """Return the beginning of the name that a file or folder has until it is moved into its place."""
    return f"{SCRATCH}{name.encode(errors='ignore')[:100].decode(errors='ignore')}-"


def write_through(path: Path, content: bytes) -> None:
    """Write a file so that it is on the disk when this returns. OSError if it can't be written."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that it is never half written. DraftingError if it can't."""
    scratch = ""
    try:
        descriptor, scratch = tempfile.mkstemp(dir=path.parent, prefix=scratch_prefix(path.name))
        os.close(descriptor)
        write_through(Path(scratch), content)
        mask = os.umask(0)
        os.umask(mask)
        Path(scratch).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        system.patiently(lambda: Path(scratch).replace(path), sys.platform)
    except OSError as error:
        if scratch:
            with suppress(OSError):  # a disk that can't be written may keep it too
                Path(scratch).unlink(missing_ok=True)
        why = f"the file can't be written: {error.strerror}"
        hint = system.held_hint(error, sys.platform)
        raise DraftingError(Problem("unwritable-file", Place(str(path)), why, hint)) from None


def unused(wanted: Path, *, beside: str = "") -> Path:
    """Return a path that nothing has, nor with `beside` after its name: the one that is wanted, or it with a number."""
    every = itertools.chain([wanted], (wanted.with_stem(f"{wanted.stem}-{number}") for number in itertools.count(2)))
    return next(p for p in every if not any(map(os.path.lexists, (p, p.with_name(f"{p.name}{beside}")))))


def write_folders(folders: Mapping[Path, Mapping[str, bytes]]) -> None:
    """Write new folders of files, all of them or none. DraftingError if it can't, or if one exists already."""
    scratches: dict[Path, Path] = {}
    place = Path()
    mask = os.umask(0)
    os.umask(mask)
    try:
        for place, files in folders.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(place):
                raise FileExistsError(errno.EEXIST, "something has this name already")  # noqa: TRY301  # as what fails
            scratches[place] = Path(tempfile.mkdtemp(dir=place.parent, prefix=scratch_prefix(place.name)))
            for name, content in files.items():
                path = scratches[place] / name
                path.parent.mkdir(parents=True, exist_ok=True)
                write_through(path, content)
            scratches[place].chmod(0o777 & ~mask)
        for place, scratch in scratches.items():
            system.patiently(partial(scratch.rename, place), sys.platform)
            scratches[place] = place
    except BaseException as error:  # one that stops the program too
        for made in scratches.values():
            shutil.rmtree(made, ignore_errors=True)
        if not isinstance(error, OSError):
            raise
        what = f"the folder can't be written: {error.strerror}"
        raise DraftingError(Problem("unwritable-file", Place(str(place)), what)) from None


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files, all of them or none; folders that are missing are made. DraftingError if it can't."""
    scratches: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    done: list[Path] = []
    path = Path()
    mask = os.umask(0)
    os.umask(mask)
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            before[path] = path.read_bytes() if path.exists() else None
            descriptor, scratch = tempfile.mkstemp(dir=path.parent, prefix=scratch_prefix(path.name))
            os.close(descriptor)
            scratches[path] = Path(scratch)
            write_through(scratches[path], content)
            scratches[path].chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        for path, scratch_path in scratches.items():
            system.patiently(partial(scratch_path.replace, path), sys.platform)
            done.append(path)
    except BaseException as error:
        for made in done:  # as it was
            raw = before[made]
            write_through(made, raw) if raw is not None else made.unlink()
        for made in scratches.values():
            made.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        what = f"the file can't be written: {error.strerror}; nothing was changed"
        raise DraftingError(Problem("unwritable-file", Place(str(path)), what)) from None


def make_folder(path: Path) -> None:
    """Make a folder and those above it; DraftingError if it can't be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"the folder can't be made: {error.strerror}"
        raise DraftingError(Problem("unwritable-file", Place(str(path)), what)) from None


def write(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all; where it is a link, write what it points to. DraftingError.

    A device or a pipe is written into, and never replaced by a file.
    """
    target = Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114  # Path.is_symlink raises at a name that is too long
    if os.path.islink(target):  # noqa: PTH114  # as above
        what = "this link leads round in a circle"
        raise DraftingError(Problem("unwritable-file", Place(str(path)), what, "remove the link"))
    if not _takes_writing(target):
        _write_at(target, content, path)
        return
    try:
        with target.open("wb") as file:
            file.write(content)
    except OSError as error:
        why = f"it can't be written: {error.strerror}"
        raise DraftingError(Problem("unwritable-file", Place(str(path)), why)) from None


def _write_at(target: Path, content: bytes, named: Path) -> None:
    """Write a file where a link leads; a problem is said of the link, by the name that the user gave."""
    try:
        write_atomically(target, content)
    except DraftingError as error:
        if target == named:
            raise
        leads = f"this link leads to '{target}', and "
        found = (replace(one, place=Place(str(named)), message=leads + one.message) for one in error.problems)
        raise DraftingError(*found) from None


def _takes_writing(path: Path) -> bool:
    """Say whether a path is a device, a pipe or a socket."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def encoded_like(text: str, raw: bytes) -> bytes:
    """Return a changed text with the line ends and the byte order mark that its file had."""
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    return mark + text.replace("\n", "\r\n" if b"\r\n" in raw else "\n").encode()
