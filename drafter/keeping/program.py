"""Says which program made something: this one, on this Python, with the packages that it rests on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parents[1]  # of this program


def identity(packages: Iterable[str]) -> str:
    """Return a text that changes when a module of this program, Python, or one of the installed packages changes.

    As for Python's own compiled files, a module has changed when its size or its time has. OSError, ValueError.
    """
    return "\n".join((sys.version, *map(_installed, packages), *modules(str(FOLDER))))


@cache
def modules(folder: str) -> tuple[str, ...]:
    """Return each module of a folder with its size and time, as they were when this process first looked."""
    return tuple(sorted(_modules(folder)))


def _modules(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _modules(entry.path)
            elif entry.name.endswith(".py"):
                about = entry.stat()
                yield f"{entry.path} {about.st_size} {about.st_mtime_ns}"


def _installed(package: str) -> str:
    found = find_spec(package)  # an installed package changes only by being installed again
    return f"{package} {Path(found.origin).stat().st_mtime_ns if found and found.origin else ''}"
