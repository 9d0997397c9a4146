"""How many requirements of each source a draft meets, and how much of it an attorney has read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.base import english
from drafter.drafting.compliance import UNMET, Coverage
from drafter.drafting.draft import Draft, Left
from drafter.papers import not_read
from drafter.reading.sources.source import Source
from drafter.telling.rows import Words

if TYPE_CHECKING:  # a draft is made without the rounds
    from drafter.matters.rounds import Round

SILENT = ("does not apply", "nothing to draft")


def tallies(made: Draft) -> Iterator[tuple[Source, tuple[Words, ...]]]:
    """Yield each source with how many of its requirements that apply are met, or said while anything is unread."""
    left = made.left
    for source in made.library.sources:
        yield source, _tally(made.coverage.of(source), left)


def _tally(coverage: Coverage, left: Left) -> tuple[Words, ...]:
    due = [row for row in coverage.rows if row.status not in SILENT]
    here = {row.requirement.id for row in due}
    is_met = left.is_all_read(due)
    said = f"{len(due) - len(coverage.unmet)} of {len(due)} requirements that apply are {'met' if is_met else 'said'}"
    wordings = len({one.wording for one in left.links if one.clause and one.requirement.id in here})
    same = sum(not one.clause and one.requirement.id in here for one in left.links)
    rest = f"; {english.counted(wordings, 'wording')} not yet read by an attorney" if wordings else ""
    rest += f"; {english.counted(same, 'comparison')} with another source not yet read by an attorney" if same else ""
    return Words(said, "bad" if coverage.unmet else "good"), Words(rest, "mixed")


def of_round(facts: Round) -> tuple[Words, ...]:
    """Return how many requirements were met, or said, in a round, and what it departed from."""
    due = [status for _, status in facts.statuses if status not in SILENT]
    unmet = [name for name, status in facts.statuses if status in UNMET]
    how = "met" if facts.is_read else "said"
    said = Words(f"{len(due) - len(unmet)} of {len(due)} {how}", "bad" if unmet else "good")
    return (said, Words(f"; departs from {', '.join(unmet)}", "bad")) if unmet else (said,)


def read(made: Draft) -> tuple[Words, ...]:
    """Return how many texts of a contract an attorney has read by themselves, and which are left."""
    found = not_read.of(made.contract, made.selection)
    left = f"; not yet: {found.listed}" if found.listed else ""
    left += "" if found.is_memo_read else "; and not the memo's own sentences"
    return Words(f"{found.counted} by themselves, by an attorney"), Words(left, "mixed")
