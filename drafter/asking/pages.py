"""What an interview shows at once, and what comes back: pages, lines, notices and replies, as values.

One rule: a page holds everything that a door needs to show it, a terminal's or a web page's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Command = Literal[
    "enter", "back", "skip", "clear", "jump", "review", "leave", "add", "remove", "next", "draft", "go"
]  # fmt: skip
Tone = Literal["saved", "decided", "asked", "problem", "reminder"]
LEADS: dict[Tone, str] = {"saved": "", "decided": "", "asked": "", "problem": "Wrong: ", "reminder": "Remember: "}
ALWAYS: tuple[Command, ...] = ("back", "skip", "jump", "review", "leave")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the answer before brought about."""

    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line to choose: its cells (one, or those of a table), what it leads to, and what it would select."""

    cells: tuple[str, ...]
    detail: str = ""
    selects: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at once. `about` names it: a question, a field of a record, "sections" or "review"."""

    about: str
    kind: Literal["text", "lines", "menu", "marks"]
    title: str
    progress: str
    done: tuple[int, int]
    prompt: str
    help: str = ""
    notices: tuple[Notice, ...] = ()
    error: str = ""
    lines: tuple[Line, ...] = ()
    cursor: int = 0
    marked: frozenset[int] = frozenset()
    offer: str = ""  # what Enter takes, in words
    offered: str = ""  # and where it comes from
    typed: str = ""  # what stands in the field
    editable: str = ""  # what can be brought into it
    readback: str = ""
    reasons: tuple[tuple[str, str], ...] = ()
    commands: tuple[Command, ...] = ALWAYS


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a command, with the text typed, the line chosen, or the lines marked."""

    command: Command
    text: str = ""
    line: int = -1
    marked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Move:
    """Where the talk goes on: the command that ended a page, and the question to go to."""

    command: Command
    to: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """Where the answers file is kept: how its text is read, and how a changed one is kept, whole or not at all."""

    read: Callable[[], str]
    write: Callable[[str], None]
