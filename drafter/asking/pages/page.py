"""What an interview shows at once, and what comes back: pages, lines, notices and replies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Command = Literal["enter", "back", "skip", "clear", "jump", "review", "leave", "add", "remove"]
Step = Command | Literal["answer", "open", "fill", "last", "next", "go", "section", "draft"]
Tone = Literal["saved", "decided", "asked", "problem", "reminder"]
LEADS: dict[Tone, str] = {"saved": "", "decided": "", "asked": "", "problem": "Problem: ", "reminder": "Remember: "}
ALWAYS: tuple[Command, ...] = ("back", "skip", "jump", "review", "leave")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the last answer did."""

    tone: Tone
    text: str


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
    def is_record(self) -> bool:
        """Say whether the line is a record in a table."""
        return self.move is not None and self.move.step == "open" and self.move.to.isdigit()


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at once. `about` names it: a question, a record or one of its fields, "sections" or "review"."""

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
    reasons: tuple[tuple[str, str], ...] = ()
    commands: tuple[Command, ...] = ALWAYS

    @property
    def progress(self) -> str:
        """Return how many questions are answered, in words."""
        return f"{self.done[0]} of {self.done[1]} answered"

    @property
    def on_enter(self) -> str:
        """Return what Enter takes while the field is empty, in words; empty if nothing."""
        verb = "keeps" if self.offered == "your answer" else "accepts"
        return f"Enter {verb} {self.offered}: {self.offer}" if self.offer else ""

    @property
    def is_yes_no(self) -> bool:
        """Say whether the lines to choose are yes and no."""
        return [line.move for line in self.lines] == [Move("answer", "yes"), Move("answer", "no")]


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
