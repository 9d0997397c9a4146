"""What an interview shows at once, and what comes back: pages, lines, notices and replies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from drafter.values import dataclass

Command = Literal["enter", "back", "skip", "defaults", "clear", "jump", "review", "leave", "add", "remove"]
Step = Command | Literal["answer", "open", "fill", "last", "next", "go", "section", "draft"]
Tone = Literal["saved", "decided", "asked", "problem", "reminder"]
LEADS: dict[Tone, str] = {"saved": "", "decided": "", "asked": "", "problem": "Problem: ", "reminder": "Remember: "}
ALWAYS: tuple[Command, ...] = ("back", "skip", "jump", "review", "leave")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the last answer did, and the questions and clauses that it is about."""

    tone: Tone
    text: str
    questions: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A step of the interview, and what it leads to or takes: a question, a section, a record, a field, an answer."""

    step: Step
    to: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line to choose: its cells (one, or those of a table), what it means, what it would select, and what it does.

    A line that does nothing is a heading.
    """

    cells: tuple[str, ...]
    detail: str = ""
    selects: str = ""
    move: Move | None = None

    @property
    def is_heading(self) -> bool:
        """Say whether the line is a heading, which can't be chosen."""
        return self.move is None

    @property
    def name(self) -> str:
        """Return the words by which the line is chosen; of a record, those of its first field."""
        return self.cells[1] if self.is_record and len(self.cells) > 1 else self.cells[0]

    @property
    def is_record(self) -> bool:
        """Say whether the line is a record in a table."""
        return self.move is not None and self.move.step == "open" and self.move.to.isdigit()


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at once.

    `about` names it: a question, a record or one of its fields, "sections", "review" or "draft". `items` says what
    typed words are that name no line: a new entry of a list, or nothing if it is empty. `escapes` says that nothing
    more than a question is asked, from which Escape leads back. `was` is the state of the answer that is shown.
    """

    about: str
    kind: Literal["text", "lines", "menu", "marks"]
    title: str
    done: tuple[int, int]  # questions answered, and asked
    prompt: str
    help: str = ""
    notices: tuple[Notice, ...] = ()
    error: str = ""
    lines: tuple[Line, ...] = ()
    cursor: int = 0
    marked: frozenset[int] = frozenset()
    offer: str = ""  # what Enter takes, in words
    offered: Literal["", "the default", "your answer"] = ""  # and where it comes from
    typed: str = ""  # what is in the field
    editable: str = ""  # what can be brought into it
    readback: str = ""  # what was typed, in words, to be confirmed
    items: str = ""
    escapes: bool = False
    reasons: tuple[tuple[str, str], ...] = ()
    commands: tuple[Command, ...] = ALWAYS
    was: str = ""

    @property
    def progress(self) -> str:
        """Return how many questions are answered, in words; empty before it is known what is asked."""
        return f"{self.done[0]} of {self.done[1]} answered" if self.done[1] else ""

    @property
    def on_enter(self) -> str:
        """Return what Enter takes while the field is empty, in words; empty if nothing."""
        verb = "keeps" if self.offered == "your answer" else "accepts"
        return f"Enter {verb} {self.offered}: {self.offer}" if self.offer else ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a command, with the text typed, the line chosen, or the lines marked."""

    command: Command
    text: str = ""
    line: int = -1
    marked: frozenset[int] = frozenset()


def chosen(page: Page, reply: Reply) -> Move | None:
    """Return the step that a reply to a page of lines asks for; None if it chose no line."""
    move = page.lines[reply.line].move if 0 <= reply.line < len(page.lines) else None
    if reply.command == "enter":
        return move
    return Move(reply.command, move.to if move and reply.command == "remove" else "")


def named(page: Page, words: str) -> tuple[int, ...]:
    """Return the lines that typed words name: all of one's words, else its first words, else any of its words.

    Where typed words can be a new entry of a table, only all of a line's words name it. Of lines that lead to the same,
    such as a question among what is missing and in its section, the first is named.
    """
    wanted = _words(words)
    lines = [(n, _words(line.name)) for n, line in enumerate(page.lines) if not line.is_heading]
    if not wanted:
        return ()
    if whole := [n for n, line in lines if line == wanted]:
        return _leading(page, whole)
    if page.items and not page.escapes:
        return ()
    text = " ".join(wanted)
    starting = [n for n, line in lines if " ".join(line).startswith(text)]
    holding = (n for n, line in lines if all(any(w.startswith(one) for w in line) for one in wanted))
    return _leading(page, starting or holding)


def _leading(page: Page, lines: Iterable[int]) -> tuple[int, ...]:
    """Return lines, the first of those that lead to the same."""
    firsts: dict[Move | None, int] = {}
    for n in lines:
        firsts.setdefault(page.lines[n].move, n)
    return tuple(firsts.values())


def is_new(page: Page, words: str) -> bool:
    """Say whether typed words that name no line are a new entry of a table, which a number alone is not."""
    return bool(page.items and words.strip() and not words.strip().isdecimal())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
