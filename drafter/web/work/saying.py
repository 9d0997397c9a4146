"""Says on standard output, line by line, what a process is doing; a page shows that."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def doing(words: str) -> Iterator[None]:
    """Say what is being done while a block lasts."""
    say(words)
    yield


def say(words: str) -> None:
    """Say some words on one line."""
    sys.stdout.write(f"{' '.join(words.split())}\n")
    sys.stdout.flush()
