"""Places and problems: a file and a line, what is wrong there, and what to do about it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import field
from typing import Literal

from drafter.values import dataclass

MOST_PROBLEMS = 200  # more than this is noise


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file: its path as the user knows it, and a line counted from 1 (0: the whole file)."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the data: a stable code, where, what (with the value found), and what to do.

    `about` is the question or clause that the message names, for code that needs it; two problems that read the same
    are one.
    """

    code: str
    place: Place
    message: str
    hint: str = ""
    level: Literal["problem", "reminder"] = "problem"
    about: str = field(default="", compare=False)

    def __str__(self) -> str:
        text = f"{self.place}: {self.code}: {self.message}"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class DraftingError(Exception):
    """The data makes no draft; `problems` has every reason, in the order of file and line."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems, each once, in the order of their places."""
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.place, p.code, p.message)))
        super().__init__("\n".join(map(str, self.problems)))


class WroteError(DraftingError):
    """The data makes no draft, and something was written all the same: `written` names each file."""

    def __init__(self, error: DraftingError, *written: str) -> None:
        """Keep the problems of an error, and what was written."""
        super().__init__(*error.problems)
        self.written = written


def stop_at(problems: Iterable[Problem]) -> None:
    """Raise `DraftingError` with the first 200 problems that stop a draft, if there are any; reminders pass."""
    found = [p for p in problems if p.level == "problem"][:MOST_PROBLEMS]
    if found:
        raise DraftingError(*found)


def short(value: object) -> str:
    """Return a value as a message shows it: at most 60 characters."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004


def command(*words: object) -> str:
    """Return the command of drafter with these words as it is typed in a shell."""
    return shlex.join(["drafter", *map(str, words)])
