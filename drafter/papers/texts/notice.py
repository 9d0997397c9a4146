"""Makes the notice to the public of the meeting at which a contract is considered, from notice.md of the library.

One rule: every word of it is the library's or an answer; of the contract, only what it refers to is looked at.
"""

from __future__ import annotations

from datetime import date

from drafter.base.problems import stop_at
from drafter.contract import Contract, Runs, words
from drafter.drafting import resolving
from drafter.drafting.selection import Selection
from drafter.language import Missing, Value
from drafter.papers.texts import costs, writing
from drafter.papers.texts.writing import Paragraphs, Rows, Writing
from drafter.reading.memo.memo_text import MEETING, PaperText
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """All that a notice says, in the order in which it is printed."""

    title: str
    to: Runs
    sender: Runs
    meeting: Runs
    subject: Runs
    notice: Paragraphs
    facts: Rows
    closing: Paragraphs


def make(text: PaperText, selection: Selection, contract: Contract, meeting: date | None) -> Notice:
    """Make the notice of the meeting of a day. DraftingError where it refers to what isn't in the contract."""
    day: Value = meeting or Missing(text.meeting, MEETING)
    scope = {**selection.values, **writing.wordings(selection), MEETING: day}
    write = Writing(text, scope, resolving.known(contract))
    made = Notice(
        title=words(contract.title),
        to=write.head("to"),
        sender=write.head("from"),
        meeting=costs.shown(day, "date"),
        subject=write.head("subject"),
        notice=write.paragraphs("notice"),
        facts=tuple(row for row, _, _ in write.rows("facts")),
        closing=write.paragraphs("closing"),
    )
    stop_at(write.problems)
    return made
