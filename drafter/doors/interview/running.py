"""Runs an interview on the terminal: on the whole screen, or line by line where that is asked for or all there is."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Generator, Iterator

from drafter.asking.pages import Page, Reply
from drafter.base import system
from drafter.doors.interview import lines, pasting


def is_terminal() -> bool:
    """Say whether both input and output are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextlib.contextmanager
def held(*, plain: bool) -> Iterator[None]:
    """Keep every key that is typed while no page is shown, for the page that comes; Ctrl-C ends the command at once.

    A terminal that is left as it was would take Ctrl-S for itself, and wait for Enter. One that is read line by line
    is left as it was.
    """
    if plain or not system.draws(sys.platform, os.environ) or not is_terminal():
        yield
        return
    try:
        import termios  # not on Windows, whose terminal keeps keys as they are
    except ImportError:
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    kept = termios.tcgetattr(sys.stdin)
    kept[0] &= ~(termios.IXON | termios.ICRNL)
    kept[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
    termios.tcsetattr(sys.stdin, termios.TCSANOW, kept)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)


def run(talk: Generator[Page, Reply, str], *, plain: bool) -> str:
    """Run an interview until it is finished or left; return how it ended, "leave" where its input did."""
    draws = system.draws(sys.platform, os.environ)
    if plain or not draws:
        with pasting.marked() if draws and is_terminal() else contextlib.nullcontext():
            return lines.run(talk)
    from drafter.doors.interview import layout, screen

    utf = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    return screen.Screen(talk, layout.Marks() if utf else layout.ASCII).run()
