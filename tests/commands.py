"""Runs commands of drafter in a test: in this process, or in one of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import small
from click.testing import CliRunner, Result

from drafter.doors.cli import main

TERMINAL = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}


def run(*words: str | Path, **env: str) -> Result:
    """Run a command in this process; an exception that is no exit is raised here."""
    result = CliRunner(env={**TERMINAL, **env}).invoke(main, list(map(str, words)))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def process(*words: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a user does, in a process of its own."""
    command = [sys.executable, "-P", "-m", "drafter", *map(str, words)]
    given = {**os.environ, **TERMINAL, "PYTHONIOENCODING": "utf-8", **env}
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", env=given)


def matter(folder: Path, text: str = small.ANSWERS) -> Path:
    """Make a matter beside a small library, `lib`; return the matter's folder."""
    small.build(folder / "lib")
    (folder / "matter").mkdir(parents=True, exist_ok=True)
    (folder / "matter" / "answers.yaml").write_text(text, encoding="utf-8")
    return folder / "matter"


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with what it holds, hidden ones included."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# What the library has for a City that declined, as the matter's own wording where it did not: a departure from policy.
CLAUSE = Path(__file__).resolve().parents[1] / "clause_library/clauses/force/prone-restraint.md"
HEAD = "---\nlabel: Their words\nsatisfies: [IV.F(c)]\nconcedes: The ban on prone restraint on school grounds.\n---\n"


def departing(folder: Path) -> Path:
    """Write an own wording that departs from the shipped policy to a folder; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "prone-restraint.md"
    path.write_text(
        HEAD + CLAUSE.read_text("utf-8").partition("## move-to-non-prone")[2].partition("\n## ")[0], "utf-8"
    )
    return path
