"""Tells what is pasted from what is typed, so that a paste of several lines is one answer and runs no command.

One rule: several lines that came before a page is shown answer nothing by themselves. On the screen they are a paste;
line by line they are left out, unless the terminal marked them as one.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
from collections.abc import Iterator

ON, OFF = "\x1b[?2004h", "\x1b[?2004l"  # bracketed paste, as xterm and most others have it
START, END = "\x1b[200~", "\x1b[201~"
QUIET, PATIENCE = 0.02, 1.0  # seconds without a key after which no more are waiting; in a paste
_KEYS = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.)?|[\x00-\x08\x0b-\x1f\x7f]")  # that type no text
_END = re.compile("\r\n?|\n")


@contextlib.contextmanager
def marked(*, plain: bool) -> Iterator[None]:
    """Let the terminal mark what is pasted and keep every key for the page that comes; as it was before at the end.

    Ctrl-C ends the command at once. Line by line, lines are kept and the marks are not shown. A terminal that is left
    as it was would take Ctrl-S for itself, and wait for Enter.
    """
    try:
        import termios  # not on Windows, whose terminal keeps keys as they are and marks no paste in a line
    except ImportError:
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    kept = termios.tcgetattr(sys.stdin)
    if plain:
        kept[3] &= ~termios.ECHOCTL
    else:
        kept[0] &= ~(termios.IXON | termios.ICRNL)
        kept[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
    termios.tcsetattr(sys.stdin, termios.TCSANOW, kept)
    mark()
    try:
        yield
    finally:
        sys.stdout.write(OFF)
        sys.stdout.flush()
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def mark() -> None:
    """Ask the terminal to mark what is pasted."""
    sys.stdout.write(ON)
    sys.stdout.flush()


def early() -> str:
    """Return what was typed or pasted before a page is shown, which is then gone from the terminal.

    EOFError where the terminal was closed.
    """
    if sys.platform == "win32" or not sys.stdin.isatty():
        return ""
    found = b""
    while select.select([sys.stdin], [], [], PATIENCE if is_open(found.decode(errors="replace")) else QUIET)[0]:
        try:
            more = os.read(sys.stdin.fileno(), 65536)
        except OSError as error:
            raise EOFError from error
        if not more:
            raise EOFError
        found += more
    return found.decode(errors="replace")


def is_open(typed: str) -> bool:
    """Say whether a paste goes on after what was typed."""
    return typed.rfind(START) > typed.rfind(END)


def is_several(typed: str) -> bool:
    """Say whether anything follows the first end of a line."""
    end = _END.search(typed)
    return end is not None and end.end() < len(typed)


def as_paste(typed: str) -> str:
    """Return what was typed as it is, or, if it is several lines, as one paste of its text."""
    if not is_several(typed):
        return typed
    text = _END.sub("\n", typed.replace(START, "").replace(END, ""))
    return f"{START}{_KEYS.sub('', text)}{END}"


def leave_out() -> None:
    """Forget what else was typed and not yet ended by Enter."""
    with contextlib.suppress(ImportError):
        import termios

        termios.tcflush(sys.stdin, termios.TCIFLUSH)


def read(prompt: str, typed: str = "") -> tuple[str, bool]:
    """Return what was typed up to Enter, all lines of a paste included, and whether any of it was pasted.

    `typed` is what was typed before the prompt, up to Enter.
    """
    typed = typed.removesuffix("\n") if typed else input(prompt)
    while is_open(typed):
        typed += f"\n{input('')}"
    return typed.replace(START, "").replace(END, "").rstrip("\n"), START in typed
