"""Runs a module as a process that ends when its standard input does: its desk stops it so, or is gone.

What the module was doing ends as it would for Ctrl-C, so what it has begun to write is removed; and what it has started
ends too.
"""

from __future__ import annotations

import _thread
import os
import runpy
import signal
import sys
import threading
import time
from types import FrameType

CLEARS_UP = 0.5  # seconds that are left for it
PAUSE = 0.02  # seconds between looks whether it has ended
STOPPED = 130  # the exit code, as a shell has it for Ctrl-C
_STOPPED = threading.Event()


def main(words: list[str]) -> None:
    """Run a module by its name, with the words that follow."""
    signal.signal(signal.SIGINT, _stop)
    threading.Thread(target=_watch, daemon=True).start()
    sys.argv = words
    try:
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    finally:
        _end_started()
        if _STOPPED.is_set():
            sys.stdout.flush()
            os._exit(STOPPED)  # at once, without a look through all that it has in memory


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """End what the module is doing, once; but not while it starts a program, which nothing would end."""
    if not (_STOPPED.is_set() or _of_office("is_starting")):
        _STOPPED.set()
        raise SystemExit(STOPPED)


def _watch() -> None:
    while os.read(0, 100):  # not sys.stdin, which is locked while it is read
        pass
    until = time.monotonic() + CLEARS_UP
    while time.monotonic() < until:
        _thread.interrupt_main()
        time.sleep(PAUSE)
        _end_started()  # on Windows, waiting for a program is not interrupted before it ends
    os._exit(STOPPED)


def _end_started() -> None:
    _of_office("end_all")


def _of_office(name: str) -> object:
    """Ask what starts LibreOffice, if it is there already: it may be half imported."""
    asked = getattr(sys.modules.get("drafter.pdf.office"), name, None)
    return asked() if asked else None


if __name__ == "__main__":
    main(sys.argv[1:])
