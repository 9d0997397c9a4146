"""The markup of a contract that came back, as values: changes, comments, and what found no place."""

from __future__ import annotations

from typing import Literal

from drafter.values import dataclass

Kind = Literal["replace", "insert", "delete", "move", "heading", "row", "value", "reference", "format"]


HIDDEN = "hidden"
MADE = "made "  # how every other look begins in which nobody can read words: "made white", "made 1 pt"


def is_unreadable(look: str) -> bool:
    """Say whether words that look so are in the file, and no reader sees them."""
    return look == HIDDEN or look.startswith(MADE)


@dataclass(frozen=True, slots=True)
class Step:
    """One mark in the history of a change: who inserted or deleted which words, and when (as the file writes it)."""

    author: str
    date: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change, as a lawyer counts it.

    `id` stays the same for the same section, words and authors. `sections` are numbers as they were printed in what was
    sent ("14.2", "Exhibit A", "title"), `clauses` the ids of these sections in the contract, where there are any.
    `marked` is whether the change was tracked; one that wasn't is silent, and has no author. `whole` says that a whole
    section was deleted, inserted or moved. `place` is where in the section ("paragraph 2", "after 14.2"). `question` is
    the one whose answer a value is. `line_before` and `line_after` are the whole paragraphs round the words. `comments`
    are the ids of the comments on these words. `possible` says why it may be meant as a proposal ("struck through by
    hand") where nothing was tracked, or how words are in the file so that nobody can read them ("hidden", "made
    white"). `certainty` is from 0 to 1: how sure it is that these are words of this section.
    """

    id: str
    sections: tuple[str, ...]
    clauses: tuple[str, ...]
    heading: str
    kind: Kind
    marked: bool
    before: str
    after: str
    authors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    whole: bool = False
    place: str = ""
    question: str = ""
    line_before: str = ""
    line_after: str = ""
    comments: tuple[str, ...] = ()
    history: tuple[Step, ...] = ()
    possible: str = ""
    certainty: float = 1.0

    @property
    def section(self) -> str:
        """Return the sections as one line: "14.2", or "14.2, 14.3" for a change over their boundary."""
        return ", ".join(self.sections)


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to a comment."""

    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its replies, the words that it is on (also where these were deleted), and their section."""

    id: str
    author: str
    date: str
    text: str
    words: str
    section: str
    done: bool = False
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A line that found no place in what was sent, with its neighbours."""

    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Possible:
    """Words that may be meant as a proposal, though nothing was tracked: "struck through by hand", "red", "hidden"."""

    section: str
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Return:
    """All that a returned file says: silent changes first, then the marked ones, each in the order of what was sent."""

    changes: tuple[Change, ...]
    comments: tuple[Comment, ...]
    unplaced: tuple[Unplaced, ...]
    possible: tuple[Possible, ...]
