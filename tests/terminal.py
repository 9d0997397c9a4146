"""A real pseudo-terminal with a screen: start a command in it, press keys, look at what is shown."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterable
from pathlib import Path

import pyte

PATIENCE = 20  # seconds before a screen is given up
CONTROLLING = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
)


class Terminal:
    """A command with a terminal of its own."""

    def __init__(
        self, *command: str, folder: Path, columns: int = 80, rows: int = 24, before: str = "", **environment: str
    ) -> None:
        """Start a command of drafter, after some Python code if any is given."""
        self.master, slave = os.openpty()
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self._size(columns, rows)
        keep = {
            k: v
            for k, v in os.environ.items()
            if k not in ("NO_COLOR", "COLUMNS", "LINES", "PROMPT_TOOLKIT_COLOR_DEPTH")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{before}\n{CONTROLLING}", sys.executable, "-P", "-m", "drafter", *command],
            stdin=slave, stdout=slave, stderr=slave, cwd=folder, start_new_session=True,
            env={**keep, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", **environment},
        )  # fmt: skip
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)  # that long a measure of what was run may take to be written
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.close()

    def close(self) -> None:
        """Close the terminal, as when its window is closed."""
        with contextlib.suppress(OSError):
            os.close(self.master)

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self.screen.resize(rows, columns)
        self._size(columns, rows)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            os.write(self.master, key.encode())

    def type(self, text: str) -> None:
        """Type a text, key by key."""
        self.press(*text)

    def read(self, patience: float = 0.02) -> bool:
        """Take in what the command has written; say whether there was anything."""
        if not select.select([self.master], [], [], patience)[0]:
            return False
        try:
            found = os.read(self.master, 65536)
        except OSError:
            return False
        self.raw += found
        self.stream.feed(found)
        return bool(found)

    @property
    def shown(self) -> str:
        """Return what is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def wait(self, *texts: str) -> str:
        """Wait until all these texts are on the screen (white space aside); return the screen."""
        wanted = [squeezed(text) for text in texts]

        def there() -> bool:
            shown = squeezed(self.shown)
            return all(text in shown for text in wanted)

        return self.wait_for(there, texts)

    def wait_for(self, holds, texts: Iterable[str] = ()) -> str:
        """Wait until something holds; return the screen."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if not self.read() and self.process.poll() is not None and not self.read():
                break
            assert time.monotonic() < end, f"waited for {texts}, but saw:\n{self.shown}"
        assert holds(), f"the command ended ({self.process.returncode}); waited for {texts}, but saw:\n{self.shown}"
        return self.shown

    def end(self) -> int:
        """Wait until the command ends; return its exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            self.read()
            assert time.monotonic() < end, f"it did not end:\n{self.shown}"
        while self.read():
            pass
        return self.process.returncode


def squeezed(text: str) -> str:
    """Return text without white space and the bars of notices, since a narrow screen breaks lines anywhere."""
    return "".join(text.replace("│", " ").split())
