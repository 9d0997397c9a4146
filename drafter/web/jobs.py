"""What takes longer than a page may wait for: a process of its own, which says line by line what it does.

One rule: a job writes its results whole, at its end; one that is stopped has written nothing.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

MOST_LINES = 2000
MOST_JOBS = 50  # jobs that are remembered
ENDS_IN = 1.0  # seconds that a stopped job has to clear up


class Job:
    """A process that works for a page: its title, what it has said so far, and how it ended."""

    def __init__(self, number: int, title: str, words: Sequence[str], back: str) -> None:
        """Start a command of Python; `back` is the address that a finished job leads to."""
        self.number, self.title, self.back = number, title, back
        self.lines: list[str] = []
        self.stopped = False
        self.place = ""  # the folder of what it reads and writes, where that is kept for it alone
        env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
        group = {"start_new_session": True} if os.name != "nt" else {}
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-P", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=env, text=True, encoding="utf-8", errors="replace", **group,
        )  # type: ignore[call-overload]  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def code(self) -> int | None:
        """Return the exit code; None while it works."""
        return None if self._reader.is_alive() else int(self._process.poll() or 0)

    @property
    def is_running(self) -> bool:
        """Say whether it still works."""
        return self.code is None

    def stop(self) -> None:
        """Stop it, and what it has started; it removes what it has begun to write."""
        self.stopped = True
        if not self.is_running:
            return
        with contextlib.suppress(OSError):
            self._process.terminate() if os.name == "nt" else self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(ENDS_IN)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _read(self) -> None:
        with self._process:
            for line in self._process.stdout or ():
                if len(self.lines) < MOST_LINES:
                    self.lines.append(line.rstrip("\n"))


class Jobs:
    """The jobs of a desk, by their numbers."""

    def __init__(self) -> None:
        """Begin without any."""
        self._jobs: dict[int, Job] = {}
        self._last = 0
        self._lock = threading.Lock()

    def start(self, title: str, words: Sequence[str], back: str) -> Job:
        """Start a job."""
        with self._lock:
            self._last += 1
            job = self._jobs[self._last] = Job(self._last, title, words, back)
            for number in [one for one, it in self._jobs.items() if not it.is_running][:-MOST_JOBS]:
                del self._jobs[number]
            return job

    def get(self, number: int) -> Job | None:
        """Return a job by its number."""
        return self._jobs.get(number)

    def stop_all(self) -> None:
        """Stop what still works, when the desk is closed."""
        for job in self._jobs.values():
            job.stop()


def packing(place: Path, library: Path | None, options: Sequence[str]) -> list[str]:
    """Return the command that makes a packet and says what it is doing."""
    return ["-m", "drafter.web.packing", str(place), str(library or ""), *options]


def verifying(packet: Path, file: Path, report: Path) -> list[str]:
    """Return the command that says whether a file is the contract in a packet."""
    return ["-m", "drafter", "verify", str(packet), str(file), "--pictures", str(report)]
