"""Reads lines from a terminal that marks what is pasted, so that a paste of several lines is one answer."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

ON, OFF = "\x1b[?2004h", "\x1b[?2004l"  # bracketed paste, as xterm and most others have it
START, END = "\x1b[200~", "\x1b[201~"


@contextlib.contextmanager
def marked() -> Iterator[None]:
    """Let the terminal mark what is pasted, and not show the marks; as it was before at the end."""
    try:
        import termios  # not on Windows, whose terminal marks no paste in a line
    except ImportError:
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    quiet = termios.tcgetattr(sys.stdin)
    quiet[3] &= ~termios.ECHOCTL
    termios.tcsetattr(sys.stdin, termios.TCSADRAIN, quiet)
    sys.stdout.write(ON)
    try:
        yield
    finally:
        sys.stdout.write(OFF)
        sys.stdout.flush()
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def read(prompt: str) -> tuple[str, bool]:
    """Return what was typed up to Enter, all lines of a paste included, and whether any of it was pasted."""
    typed = input(prompt)
    while typed.rfind(START) > typed.rfind(END):
        typed += f"\n{input('')}"
    return typed.replace(START, "").replace(END, "").rstrip("\n"), START in typed
