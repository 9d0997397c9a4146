"""Keeps bytes under names in the user's own cache folder, signed together with the name by a key that only they have.

What isn't signed so is never given back, and what can't be kept isn't: that changes nothing but the time.
"""

from __future__ import annotations

import hmac
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from drafter.values import dataclass

MOST = 24  # entries that are kept: the last ones made
KEY = "key"  # the file of the key, in its folder
_LARGEST = 100_000_000  # bytes of one that is read back
_SIZE = 32  # bytes of a key, and of a signature
_OPENING = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of what is kept, and the key that signs it."""

    folder: Path
    key: bytes

    def read(self, name: str) -> bytes | None:
        """Return what was kept under a name; None where there is nothing that this key signed under it."""
        whole = _content(self.folder / name)
        signature, content = whole[:_SIZE], whole[_SIZE:]
        return content if hmac.compare_digest(signature, self._signature(name, content)) else None

    def keep(self, name: str, content: bytes) -> None:
        """Keep bytes under a name, and the last few others; what can't be written isn't kept."""
        with suppress(OSError):
            _write(self.folder / name, self._signature(name, content) + content)
            others = (kept for kept in self.folder.iterdir() if kept.name != KEY)  # a user's folders may be one
            before = sorted(others, key=lambda kept: kept.lstat().st_mtime_ns)
            for kept in before[:-MOST]:
                kept.unlink(missing_ok=True)

    def _signature(self, name: str, content: bytes) -> bytes:
        return hmac.digest(self.key, name.encode() + b"\n" + content, "sha256")


def of_user() -> Store | None:
    """Return the store in the user's own cache folder; None where nothing can be kept safely."""
    from platformdirs import user_cache_path, user_data_path

    return at(user_cache_path("drafter", appauthor=False), user_data_path("drafter", appauthor=False))


def at(folder: Path, keys: Path) -> Store | None:
    """Return the store in a folder, with its key in `keys`, made the first time; None where either isn't safe."""
    key = _key(keys) if _prepared(folder) else b""
    return Store(folder, key) if key else None


def _key(folder: Path) -> bytes:
    """Return the user's key, made the first time; nothing where it can't be kept safely."""
    if not _prepared(folder):
        return b""
    found = _content(folder / KEY)
    if len(found) != _SIZE:
        import secrets  # slow to import, and needed only once

        with suppress(OSError):
            _write(folder / KEY, secrets.token_bytes(_SIZE))
        found = _content(folder / KEY)
    return found if len(found) == _SIZE else b""


# -- folders and files of the user's own --------------------------------------------------------


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
