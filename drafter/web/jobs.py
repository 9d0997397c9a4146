"""What takes longer than a page may wait for: a process of its own, which says line by line what it does.

One rule: a job writes its results whole, at its end; one that is stopped has written nothing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from drafter.base import system
from drafter.base.problems import DraftingError, Place, Problem
from drafter.values import dataclass

MOST_LINES = 2000
MOST_JOBS = 50  # jobs that are remembered when they have ended
MOST_AT_ONCE = 4
ENDS_IN = 0.8  # seconds that a stopped job has to clear up
KILLS_IN = 5.0  # seconds in which the system ends what hasn't


@dataclass(frozen=True, slots=True)
class Work:
    """What a job does: its matter, its kind, its title, its first words, and a module of `web.work` with its words.

    `back` is the address that a finished job leads to. `shows` is that of a page which it makes, if it makes one: it
    follows by itself. `place` is a folder that is this job's alone, removed with it; empty for none.
    """

    matter: str
    kind: str
    title: str
    first: str
    module: str
    words: tuple[str, ...]
    back: str
    shows: str = ""
    place: str = ""


class Job:
    """A process that works for a page: what it has said so far, and how it ended."""

    def __init__(self, number: int, work: Work) -> None:
        """Start a process; where it is alone in a folder, it runs there."""
        self.number, self.work = number, work
        self.lines = [work.first]
        self.stopped = False
        env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-P", "-m", "drafter.web.work.ending", work.module, *work.words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=work.place or None,
            env=env, text=True, encoding="utf-8", errors="replace", **_apart(),
        )  # fmt: skip
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
        if not self.is_running:
            return
        self.stopped = True
        with contextlib.suppress(OSError):
            if self._process.stdin:
                self._process.stdin.close()
        try:
            self._process.wait(ENDS_IN)
        except subprocess.TimeoutExpired:
            self._kill()
        self._reader.join(ENDS_IN)

    def _kill(self) -> None:
        if command := system.tree_killer(sys.platform, os.environ, self._process.pid):
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(command, check=False, capture_output=True, timeout=KILLS_IN)  # noqa: S603
        self._process.kill()

    def remove(self) -> None:
        """Remove what was kept for it alone."""
        if self.work.place:
            shutil.rmtree(self.work.place, ignore_errors=True)

    def _read(self) -> None:
        with self._process:
            for line in self._process.stdout or ():
                if len(self.lines) < MOST_LINES:
                    self.lines.append(line.rstrip("\n"))


def _apart() -> dict[str, Any]:
    """Return what starts a process so that Ctrl-C in a terminal doesn't reach it, and no window opens for it."""
    if os.name == "nt":
        return {"creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0)}
    return {"start_new_session": True}


class Jobs:
    """The jobs of a desk, by their numbers."""

    def __init__(self) -> None:
        """Begin without any."""
        self._jobs: dict[int, Job] = {}
        self._last = 0
        self._lock = threading.Lock()

    def start(self, work: Work) -> Job:
        """Start a job. DraftingError where too many work already."""
        with self._lock:
            if sum(one.is_running for one in self._jobs.values()) >= MOST_AT_ONCE:
                what, hint = "too much is being done at once", "wait until something of it is done, or stop it"
                raise DraftingError(Problem("busy", Place(work.title), what, hint))
            self._last += 1
            job = self._jobs[self._last] = Job(self._last, work)
            for number in [one for one, it in self._jobs.items() if not it.is_running][:-MOST_JOBS]:
                self._jobs.pop(number).remove()
            return job

    def get(self, matter: str, number: int) -> Job | None:
        """Return a job of a matter by its number."""
        found = self._jobs.get(number)
        return found if found is not None and found.work.matter == matter else None

    def of(self, matter: str) -> tuple[Job, ...]:
        """Return the jobs of a matter, the last one first."""
        return tuple(reversed([one for one in list(self._jobs.values()) if one.work.matter == matter]))

    def of_kind(self, matter: str, kind: str) -> tuple[Job, ...]:
        """Return the jobs of a kind for a matter, the last one first."""
        return tuple(one for one in self.of(matter) if one.work.kind == kind)

    def end(self) -> None:
        """Stop what still works, and remove what was kept for jobs, when the desk is closed."""
        for job in list(self._jobs.values()):
            job.stop()
            job.remove()


def scratch() -> str:
    """Make a folder for one job alone, which only this user can look into."""
    return str(Path(tempfile.mkdtemp(prefix="drafter-desk-")).resolve())
