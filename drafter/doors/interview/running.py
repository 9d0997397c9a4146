"""Runs an interview on the terminal: on the whole screen, or line by line where that is asked for or all there is."""

from __future__ import annotations

import os
import sys

from drafter.asking.dialogue import Dialogue, End
from drafter.base import system
from drafter.doors.interview import lines


def is_terminal() -> bool:
    """Say whether both input and output are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def run(dialogue: Dialogue, *, plain: bool) -> End:
    """Run an interview until it is finished or left; return "draft" or "leave"."""
    if plain or not system.draws(sys.platform, os.environ):
        return lines.run(dialogue.talk())
    from drafter.doors.interview import layout, screen

    utf = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    return screen.Screen(dialogue.talk(), layout.Marks() if utf else layout.ASCII).run()
