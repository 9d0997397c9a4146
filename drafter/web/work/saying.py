"""Says on standard output, line by line, what a process is doing; a page shows that."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from drafter.asking import spoken
from drafter.base.problems import DraftingError

CAME = "came"  # the folder of a file that came from outside
FOUND, REPORT = "found.json", "looked-at.pdf"  # what was found in it, and the pictures of what is to be looked at
PLACES, PICTURES = "places.json", "pictures"  # the places that a person may judge, and a folder with their pictures
CALLED = "called.json"  # in that folder: by the name of each picture what it shows, and its words


@contextmanager
def doing(words: str) -> Iterator[None]:
    """Say what is being done while a block lasts."""
    say(words)
    yield


def failed(error: DraftingError) -> None:
    """Say each problem on a line: its place, what is wrong, and what to do."""
    for one in error.problems:
        hint = f" {one.hint[:1].upper()}{one.hint[1:]}." if one.hint else ""
        say(f"{one.place}: {spoken.problem(one)}.{hint}")


def say(words: str) -> None:
    """Say some words on one line; nothing where there are none."""
    if words:
        sys.stdout.write(f"{' '.join(words.split())}\n")
        sys.stdout.flush()
