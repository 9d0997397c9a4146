"""Holds what memo.md, notice.md and letter.md of a library say: the texts of the papers that go with a contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal

from drafter.language import Expression, Kind, Name
from drafter.reading.prose import Grid, Parts, Passage, Prose
from drafter.values import dataclass

MEETING = "memo.meeting"  # the day for which a packet is made
LAST_ROUND = "memo.last_round"  # the day of the last round that was recorded before it
SENT = "letter.on"  # the day of a round that is sent
# The days that no answer gives: the questionnaire's checks may name them too, and what each is called.
DAYS: Mapping[str, str] = {MEETING: "Day of the meeting", LAST_ROUND: "Day of the last round", SENT: "Day of the round"}

# What the texts of a paper may use, besides the questions, the policy's names and the outline's phrases.
_OF_MEMO: Mapping[str, Kind] = {
    MEETING: Kind("date"),
    "memo.base": Kind("text"),  # the version that the contract is compared with
    "memo.compared": Kind("yes-no"),  # whether there is one
    "memo.seen": Kind("yes-no"),  # whether there is one, and the board saw it
    "memo.changed": Kind("number"),  # sections that changed since
    "memo.elsewhere": Kind("number"),  # parts that changed since and are no sections, as the signatures
    "memo.renumbered": Kind("number"),  # sections that changed and had another number, those left out among them
    "memo.held": Kind("text"),  # sections that even the opening draft hasn't in their opening wording; may be none
    "memo.differing": Kind("number"),  # sections that aren't in the opening wording, or don't meet what they should
    "memo.sources": Kind("number"),  # that the contract is measured against
    "memo.requirements": Kind("number"),  # of the policy, as the next eight are, without those that ask for no words
    "memo.applying": Kind("number"),
    "memo.met": Kind("number"),  # said, and read by an attorney
    "memo.said": Kind("number"),  # said, and not yet met, as the next two are
    "memo.unread": Kind("number"),  # by sentences that no attorney has yet recorded as read
    "memo.waiting": Kind("number"),  # by sentences that are read, in a contract of which another text is not
    "memo.judged": Kind("number"),  # those that a reader must judge
    "memo.unmet": Kind("number"),
    "memo.limited": Kind("number"),  # those that a declared exception limits
    "memo.own": Kind("number"),  # places with the matter's own wording that no attorney has yet recorded as read
    "memo.own_in": Kind("text"),  # what those places are called; may be none
    "memo.blanks": Kind("number"),
    "memo.final": Kind("yes-no"),
    "memo.total": Kind("money"),
    "memo.years": Kind("number"),
    "memo.priced": Kind("yes-no"),  # whether anything with a price is in the contract
    "memo.unpriced": Kind("yes-no"),  # whether an answer is missing for a price
    "memo.partial": Kind("yes-no"),  # whether a year is only partly within the term
}
_OF_LETTER: Mapping[str, Kind] = {
    SENT: Kind("date"),
    "letter.round": Kind("text"),  # its number, in figures
    "letter.party": Kind("text"),  # the short name of who gets it
    "letter.compared": Kind("yes-no"),  # whether the party has seen an earlier version
    "letter.base": Kind("text"),  # what that version is called
    "letter.redline": Kind("yes-no"),  # whether a redline against it goes along
    "letter.reply": Kind("yes-no"),  # whether a reply to the changes that the party made goes along
    "letter.theirs": Kind("yes-no"),  # whether a redline against a version of theirs does
    "letter.changed": Kind("number"),  # sections that changed since
    "letter.elsewhere": Kind("number"),  # parts that changed since and are no sections, as the signatures
    "letter.renumbered": Kind("number"),  # sections that changed and had another number, those left out among them
    "letter.blanks": Kind("number"),
    "letter.final": Kind("yes-no"),
    "letter.message": Kind("text"),  # what is written to the party with this round
}


PaperName = Literal["memo", "notice", "letter"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of which a library may have the texts: their file, the parts that it has, and the names that it knows.

    `tables` are parts of two columns, whose header is not printed.
    """

    name: PaperName
    paragraphs: tuple[str, ...]
    tables: tuple[str, ...]
    names: Mapping[str, Kind]

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return f"{self.name}.md"

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the names of all its parts."""
        return (*self.paragraphs, *self.tables)


MEMO = Paper(
    "memo",
    ("request", "motion", "cost", "changes", "differences", "compliance", "policy", "blanks"),
    ("facts", "dates"),
    _OF_MEMO,
)
NOTICE = Paper("notice", ("notice", "closing"), ("facts",), {MEETING: Kind("date")})
LETTER = Paper("letter", ("opening", "enclosed", "changes", "blanks", "closing"), (), _OF_LETTER)
OTHERS = (NOTICE, LETTER)
PAPERS = (MEMO, *OTHERS)
NAMES: Mapping[str, Kind] = {
    **{day: Kind("date") for day in DAYS},
    **{name: kind for paper in PAPERS for name, kind in paper.names.items()},
}


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost: when it is owed, what is multiplied, how it rises, what is said of it, and its line in memo.md."""

    label: Parts
    basis: Parts
    when: Expression | None
    factors: tuple[tuple[Expression, Kind], ...]
    said: str
    rise: Expression | None
    rises_when: Expression | None
    rises_said: str
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a clause's section, or of an anomaly of the policy (`about` is its id), when, and its line."""

    about: str
    when: Expression | None
    text: Parts
    line: int


@dataclass(frozen=True, slots=True)
class PaperText:
    """All that the file of a paper says; `path` is what messages call it, `parts` are its texts and tables by name.

    `head` are the lines of its front matter by their keys, `meeting` is what the blank of the meeting's day prints. All
    that follows is the memo's alone.
    """

    of: Paper
    path: str
    head: Mapping[str, Parts]
    parts: Mapping[str, Prose]
    meeting: str = ""
    term: tuple[Expression, Expression] = (Name(""), Name(""))
    year_starts: tuple[int, int] = (1, 1)
    each_year: str = ""
    partial: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    costs: tuple[Cost, ...] = ()
    sections: tuple[Entry, ...] = ()
    anomalies: tuple[Entry, ...] = ()

    def lines(self) -> Iterator[tuple[Parts, Expression | None]]:
        """Yield every line of the paper, with the condition under which it is there."""
        yield from ((line, None) for line in self.head.values())
        for block in (block for text in self.parts.values() for block in text):
            if isinstance(block, Passage):
                yield block.parts, block.guard.when
            elif isinstance(block, Grid):
                yield from ((cell, row.guard.when) for row in block.rows for cell in row.cells)
        for cost in self.costs:
            yield from ((line, cost.when) for line in (cost.label, cost.basis))
        yield from ((entry.text, entry.when) for entry in (*self.sections, *self.anomalies))

    def numbers(self) -> frozenset[int]:
        """Return the numbers of the lines in the file of what is printed under conditions."""
        blocks = [block for text in self.parts.values() for block in text]
        rows = [row for block in blocks if isinstance(block, Grid) for row in block.rows]
        return frozenset(one.line for one in (*blocks, *rows, *self.costs, *self.sections, *self.anomalies))


def asks_for(clause: str) -> str:
    """Return the name by which a text asks which wording of a clause is in the contract: `wording.<clause>`."""
    return f"wording.{clause.replace('-', '_')}"
