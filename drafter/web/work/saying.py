"""Says on standard output, line by line, what a process is doing; a page shows that."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drafter.asking import spoken
from drafter.base.problems import DraftingError
from drafter.telling import called
from drafter.telling.called import Called

CAME = "came"  # the folder of a file that came from outside
FOUND, REPORT = "found.json", "looked-at.pdf"  # what was found in it, and the pictures of what is to be looked at
PLACES, PICTURES = "places.json", "pictures"  # the places that a person may judge, and a folder with their pictures
CALLED = "called.json"  # in that folder: by the name of each picture what it shows, and its words


@contextmanager
def doing(words: str) -> Iterator[None]:
    """Say what is being done while a block lasts."""
    say(words)
    yield


def failed(error: DraftingError, place: Path | None = None, names: Called = called.BY_IDS) -> None:
    """Say each problem on a line: where it is below a folder, what is wrong, and what to do without a terminal."""
    for one in error.problems:
        texts = [names.said(text) for text in (one.message, called.without_commands(one.hint)) if text]
        words = f"{one.place}: {' '.join(map(spoken.sentence, texts))}"
        say(words.replace(f"{place}{os.sep}", "") if place is not None else words)


def say(words: str) -> None:
    """Say some words on one line; nothing where there are none."""
    if words:
        sys.stdout.write(f"{' '.join(words.split())}\n")
        sys.stdout.flush()
