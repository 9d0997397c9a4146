"""Reads a Word file from outside within bounds: it is refused, or examined, and nothing in it is started."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from drafter.base.problems import DraftingError, Place, Problem
from drafter.values import dataclass
from drafter.word.incoming import named, passed, refused, strict
from drafter.word.incoming.file import File, UnreadableError, damaged, quoted, tree, types
from drafter.word.incoming.named import Named
from drafter.word.oxml import package
from drafter.word.oxml.package import NotWordError, Package

T = TypeVar("T")
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")  # how a file of Office's old formats starts, and an encrypted one


@dataclass(frozen=True, slots=True)
class Examined:
    """A Word file from outside: the parts that can be read, and what in it would do harm in Word when it is opened.

    `unread` says why no contract can be read in it; it has no parts then. Empty where one can.
    """

    parts: Package
    named: tuple[Named, ...] = ()
    unread: str = ""


def load(path: Path, name: str = "") -> bytes:
    """Read a Word file that came from outside and return its bytes unchanged; messages call it `name`.

    DraftingError with the first reason when it can't be read or is refused.
    """
    return _loaded(path, name, read)[0]


def received(path: Path, name: str = "") -> tuple[bytes, Examined]:
    """Do as `load` does for a file that is to be kept, and examine it. DraftingError only where it is refused."""
    return _loaded(path, name, examined)


def _loaded(path: Path, name: str, look: Callable[[bytes], T]) -> tuple[bytes, T]:
    place = Place(name or str(path))
    try:
        data = contents(path)
        return data, look(data)
    except FileNotFoundError:
        raise DraftingError(Problem("missing-file", place, "there is no such file")) from None
    except OSError as error:
        why = f"the file can't be read: {error.strerror}"
        raise DraftingError(Problem("unreadable-file", place, why)) from None
    except NotWordError as error:
        hint = "ask for a plain Word Document (.docx)"
        raise DraftingError(Problem("unreadable-file", place, f"the file can't be read: {error}", hint)) from None


def contents(path: Path) -> bytes:
    """Read a file of at most 50 MB. NotWordError for a larger one, a folder or a device; OSError for a missing one."""
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise NotWordError("it is a folder")
    if not stat.S_ISREG(found.st_mode):  # to open a pipe would wait for whoever writes into it
        raise NotWordError("it is a device, not a file")
    if found.st_size <= package.LARGEST:
        with path.open("rb") as file:
            data = file.read(package.LARGEST + 1)
        if len(data) <= package.LARGEST:
            return data
    raise NotWordError(f"it is larger than {package.LARGEST // 1_000_000} MB")


def read(data: bytes) -> Package:
    """Unpack a Word file that came from outside and return the parts that can be read.

    NotWordError says why one is refused; UnreadableError, which is one too, that a part that holds words is damaged.
    """
    file = _file(data)
    _stop_at_refused(file)
    return _kept(file)


def examined(data: bytes) -> Examined:
    """Do as `read` does, and say what would do harm in Word. NotWordError where the file is refused.

    A file in which a part with words is damaged is not refused: it can be kept, and says why it isn't read.
    """
    try:
        file = _file(data)
        _stop_at_refused(file)
        return Examined(_kept(file), named.named(file))
    except UnreadableError as error:
        return Examined({}, unread=str(error))


def plain(data: bytes) -> Package:
    """Do as `read` does for a template, and refuse what no template may hold. NotWordError with the first reason.

    Links out of the file, and fields that read from elsewhere, `screen` finds.
    """
    file = _file(data)
    _stop_at_refused(file)
    if file.strict:
        raise NotWordError("it is saved as Strict Open XML: save it as a Word Document (.docx), not Strict")
    if file.type(package.main(file.parts)).endswith("template.main+xml"):
        raise NotWordError("it is a Word template (.dotx): save it as a Word Document (.docx)")
    for one in (one for one in named.named(file) if one.refused):
        raise NotWordError(f"{f'its part {quoted(one.part)}' if one.part else 'it'} {one.what}")
    return _kept(file)


def known(data: bytes) -> Package:
    """Return the parts of a Word file that `plain` has allowed before; nothing in it is looked at again."""
    return _kept(_file(data))


def _file(data: bytes) -> File:
    if data.startswith(_COMPOUND):
        protected = "EncryptedPackage".encode("utf-16-le") in data
        raise NotWordError("it is protected by a password" if protected else "it is in Word's old format (.doc)")
    parts = package.unpack(data)
    if package.TYPES not in parts:
        raise NotWordError(package.NOT_WORD)
    is_strict = strict.is_strict(parts)
    parts = strict.turned(parts) if is_strict else parts
    return File(parts, types(tree(parts, package.TYPES)), is_strict)


def _stop_at_refused(file: File) -> None:
    for reason in (reason for row in refused.ROWS.values() for reason in row.find(file)):
        raise NotWordError(reason)


def _kept(file: File) -> Package:
    """Return the parts that belong to the document, save those that nobody needs and that are damaged."""
    lost = {name for name in passed.unneeded(file) if not file.is_whole(name)}
    kept = {name: part for name, part in file.parts.items() if _belongs(file, name) and name not in lost}
    if not package.find(kept, "officeDocument"):  # the list of types knows no relationships
        raise UnreadableError(damaged(package.TYPES))
    return kept


def _belongs(file: File, name: str) -> bool:
    return bool(file.type(name)) or name == package.TYPES
