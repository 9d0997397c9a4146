"""Holds what memo.md of a library says: the texts of the board's memo, and what is computed from the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.language import Expression, Kind
from drafter.reading.prose import Grid, Parts, Passage, Prose
from drafter.values import dataclass

FILE = "memo.md"
PARAGRAPHS = ("request", "motion", "cost", "changes", "differences", "compliance", "policy", "blanks")
TABLES = ("facts", "dates")  # of two columns, whose header is not printed

MEETING = "memo.meeting"  # the day for which a packet is made; the questionnaire's checks may name it too

# What the texts of the memo may use, besides the questions, the policy's names and the outline's phrases.
NAMES: Mapping[str, Kind] = {
    MEETING: Kind("date"),
    "memo.base": Kind("text"),  # the version that the contract is compared with
    "memo.compared": Kind("yes-no"),  # whether there is one
    "memo.seen": Kind("yes-no"),  # whether there is one, and the board saw it
    "memo.changed": Kind("number"),  # sections that changed since
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
    "memo.blanks": Kind("number"),
    "memo.final": Kind("yes-no"),
    "memo.total": Kind("money"),
    "memo.years": Kind("number"),
    "memo.priced": Kind("yes-no"),  # whether anything with a price is in the contract
    "memo.unpriced": Kind("yes-no"),  # whether an answer is missing for a price
    "memo.partial": Kind("yes-no"),  # whether a year is only partly within the term
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
class MemoText:
    """All that memo.md says; `path` is what messages call it, `parts` are its paragraphs and tables by name."""

    path: str
    to: Parts
    sender: Parts
    subject: Parts
    parts: Mapping[str, Prose]
    meeting: str
    term: tuple[Expression, Expression]
    year_starts: tuple[int, int]
    each_year: str
    partial: str
    statuses: Mapping[str, str]
    costs: tuple[Cost, ...]
    sections: tuple[Entry, ...]
    anomalies: tuple[Entry, ...]

    def lines(self) -> Iterator[tuple[Parts, Expression | None]]:
        """Yield every line of the memo, with the condition under which it is there."""
        yield from ((line, None) for line in (self.to, self.sender, self.subject))
        for block in (block for text in self.parts.values() for block in text):
            if isinstance(block, Passage):
                yield block.parts, block.guard.when
            elif isinstance(block, Grid):
                yield from ((cell, row.guard.when) for row in block.rows for cell in row.cells)
        for cost in self.costs:
            yield from ((line, cost.when) for line in (cost.label, cost.basis))
        yield from ((entry.text, entry.when) for entry in (*self.sections, *self.anomalies))

    def numbers(self) -> frozenset[int]:
        """Return the numbers of the lines in memo.md of what is printed under conditions."""
        blocks = [block for text in self.parts.values() for block in text]
        rows = [row for block in blocks if isinstance(block, Grid) for row in block.rows]
        return frozenset(one.line for one in (*blocks, *rows, *self.costs, *self.sections, *self.anomalies))


def asks_for(clause: str) -> str:
    """Return the name by which a text asks which wording of a clause is in the contract: `wording.<clause>`."""
    return f"wording.{clause.replace('-', '_')}"
