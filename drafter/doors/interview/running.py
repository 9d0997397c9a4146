"""Runs an interview on the terminal: on the whole screen, or line by line where that is asked for or all there is."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Generator, Iterator

from drafter.asking.pages import Page, Reply
from drafter.base import system
from drafter.doors.interview import lines, pasting

SOON = 1.0  # seconds


def is_terminal() -> bool:
    """Say whether both input and output are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextlib.contextmanager
def held(*, plain: bool) -> Iterator[None]:
    """Keep what is typed while no page is shown for the page that comes, and have what is pasted marked."""
    if not system.draws(sys.platform, os.environ) or not is_terminal():
        yield
        return
    with pasting.marked(plain=plain):
        yield


@contextlib.contextmanager
def opening() -> Iterator[None]:
    """Say that something is being opened, once it has taken a second."""
    timer = threading.Timer(SOON, lambda: print("Opening ...", flush=True))  # noqa: T201  # this is a door
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def run(talk: Generator[Page, Reply, str], *, plain: bool, begun: bool = False) -> str:
    """Run an interview until it is finished or left; return how it ended, "leave" where its input did.

    `begun` says that pages were shown before.
    """
    if plain or not system.draws(sys.platform, os.environ):
        return lines.run(talk, pasting.early, begun=begun)
    from drafter.doors.interview import layout, screen

    utf = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    end = screen.Screen(talk, layout.Marks() if utf else layout.ASCII).run()
    pasting.mark()  # which the screen no longer does
    return end
