"""Says what each round of a negotiation conceded and won back, and what the draft as it is now would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from drafter.contract import SectionName
from drafter.drafting import selection
from drafter.drafting.compliance import Coverage
from drafter.drafting.selection import Selection
from drafter.matters import rounds
from drafter.matters.rounds import FormChange, Kept, Round
from drafter.reading.library import Library
from drafter.reading.sources.source import squeezed
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A clause that went down or up: the alternative it came to, what that concedes, and the reason given."""

    place: SectionName
    label: str
    position: str
    concedes: str
    because: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A round and what it conceded and won back; the draft as it is now has the number 0 and no day.

    `since` is the number of the round that it is measured against (0: the best positions), and `form` is how the form
    of the contract was changed since then.
    """

    number: int
    direction: Literal["to", "from"]
    party: str
    on: date | None
    file: str
    since: int
    conceded: tuple[Step, ...]
    won: tuple[Step, ...]
    deviations: tuple[str, ...]
    form: FormChange | None = None


def exchanges(
    recorded: tuple[Round, ...], selected: Selection, coverage: Coverage, reasons: Mapping[str, str],
    places: Mapping[str, SectionName],
) -> Iterator[Exchange]:  # fmt: skip
    """Yield the rounds that were recorded and, where something was sent, the draft as it is now.

    `reasons` are those given for swaps and `places` what clauses are called, by clause.
    """
    for made in recorded:
        yield _exchange(made, rounds.seen_before(recorded, made), selected.library, places)
    last = rounds.last_sent(recorded)
    if last is not None:
        kept = selection.kept(selected, reasons)
        unmet = tuple(row.requirement.id for row in coverage.unmet)
        form = selected.library.form.id
        now = replace(last, number=0, since=last.number, file="", kept=kept, deviations=unmet, form=form)
        yield replace(_exchange(now, last, selected.library, places), on=None)


def _exchange(made: Round, before: Round | None, library: Library, places: Mapping[str, SectionName]) -> Exchange:
    sent = made.direction == "to"
    return Exchange(
        number=made.number,
        direction=made.direction,
        party=made.party,
        on=made.on,
        file=made.file,
        since=made.since,
        conceded=tuple(_step(k, library, places) for k in rounds.conceded(before, made)) if sent else (),
        won=tuple(_step(k, library, places) for k in rounds.won_back(before, made)) if sent else (),
        deviations=made.deviations,
        form=rounds.changed_form(before, made, library) if sent else None,
    )


def _step(kept: Kept, library: Library, places: Mapping[str, SectionName]) -> Step:
    """Return a clause of a round; one that the library no longer has is called by the names recorded."""
    clause = library.clauses.get(kept.clause)
    alternative = clause.alternative(kept.alternative) if clause else None
    place = places.get(kept.clause, SectionName(kept.clause, kept.clause))
    label = squeezed(alternative.label) if alternative else kept.alternative
    return Step(place, label, kept.position, squeezed(kept.concedes), kept.because)
