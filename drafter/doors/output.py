"""Standard output, where a full disk or a closed pipe is known for what it is."""

from __future__ import annotations

import errno
import os
import sys

LOST = frozenset({errno.ENOSPC, errno.EPIPE, errno.EIO, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


class OutputLostError(Exception):
    """Standard output can't be written: its disk is full, or whoever read it has gone."""


class Output:
    """Standard output as it is now; one that is closed takes everything and prints nothing."""

    def write(self, text: str) -> int:
        """Write text. OutputLostError where it can't be written."""
        try:
            return sys.stdout.write(text) if sys.stdout else len(text)
        except BrokenPipeError:
            raise OutputLostError from None
        except OSError as error:
            raise OutputLostError(error.strerror) from None

    def flush(self) -> None:
        """Write what is still held back. OutputLostError where it can't be written."""
        try:
            if sys.stdout:
                sys.stdout.flush()
        except BrokenPipeError:
            raise OutputLostError from None
        except OSError as error:
            raise OutputLostError(error.strerror) from None

    def isatty(self) -> bool:
        """Say whether it is a terminal."""
        return bool(sys.stdout) and sys.stdout.isatty()

    def fileno(self) -> int:
        """Return its file descriptor. OSError where it has none."""
        if not sys.stdout:
            raise OSError
        return sys.stdout.fileno()

    @property
    def encoding(self) -> str:
        """Return its encoding."""
        return (sys.stdout.encoding if sys.stdout else "") or "utf-8"


OUTPUT = Output()


def give_up() -> None:
    """Let go of what can't be written, so that Python doesn't try it once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, OUTPUT.fileno())
    os.close(nowhere)
