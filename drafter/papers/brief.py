"""A draft and its options to the negotiator's brief: where we stand, what to ask for, and the ladder of each clause.

One rule: it is for our own side alone, so it leaves nothing out: every alternative of every clause in the draft stands
in it with its guidance whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from drafter import contract as tree
from drafter import language
from drafter.base import english
from drafter.contract import Contract
from drafter.drafting import selection as selections
from drafter.drafting.compliance import UNMET, Coverage
from drafter.drafting.options import Option
from drafter.drafting.selection import Choice, Selection
from drafter.matters import rounds as recorded
from drafter.matters.rounds import Kept, Round
from drafter.reading.library import RANK, Alternative, Clause, Library
from drafter.reading.policy import squeezed

Changes = tuple[tuple[str, str, str], ...]  # a requirement's id, its status before and after
NOT_DUE = ("does not apply", "nothing to draft")
BEST = next(iter(RANK))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a clause stands: the clause's id, the number that is printed (may be empty), and the heading."""

    clause: str
    number: str
    heading: str

    @property
    def words(self) -> str:
        """Return the number and the heading: "7.4 Payment", "Exhibit A, Payment"."""
        comma = "," if self.number[:1].isalpha() else ""
        return f"{self.number}{comma} {self.heading}".strip()


@dataclass(frozen=True, slots=True)
class Rung:
    """One alternative of a clause, and what choosing it would do; of the one that is chosen, the reason for it.

    `forbidden` says why it can't be had as the answers are, or not without a departure from the policy; `guidance` are
    paragraphs.
    """

    id: str
    label: str
    position: str
    current: bool
    concedes: str
    approval: str
    satisfies: tuple[str, ...]
    changes: Changes
    blanks: tuple[str, ...]
    forbidden: str
    because: str
    guidance: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A clause of the draft with all its alternatives, best first."""

    place: Spot
    rungs: tuple[Rung, ...]

    @property
    def current(self) -> Rung:
        """Return the alternative that is chosen."""
        return next(rung for rung in self.rungs if rung.current)


@dataclass(frozen=True, slots=True)
class Ask:
    """A clause that could be won back: what it says now and the best that is open; `requirements` are tied to it."""

    place: Spot
    now: Rung
    better: Rung
    requirements: tuple[str, ...]

    @property
    def mends(self) -> tuple[str, ...]:
        """Return the requirements that would be met again."""
        return tuple(wanted for wanted, was, then in self.better.changes if was in UNMET and then not in UNMET)


@dataclass(frozen=True, slots=True)
class Closed:
    """A clause that is not in its best position, and that nothing better is open for: each better one, with why."""

    place: Spot
    now: Rung
    better: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """A requirement that the draft does not meet, in which way, and the clauses that could meet it."""

    requirement: str
    asks: str
    remark: str
    places: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank, and the sections that print it; none where it stands outside them."""

    label: str
    places: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A clause that came down or went up: the alternative it came to, what that concedes, and the reason given."""

    place: Spot
    label: str
    position: str
    concedes: str
    because: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A round and what it conceded and won back; the draft as it stands now has number 0 and no day.

    `since` is the number of the round that it is measured against (0: the best positions).
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


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole brief. `requirements` counts them by status; `single` are the clauses that have one alternative.

    `caption` are the lines under the contract's title that answers fill.
    """

    title: str
    caption: tuple[str, ...]
    status: str
    policy: str
    policy_status: str
    policy_date: str
    requirements: tuple[tuple[str, int], ...]
    asks: tuple[Ask, ...]
    closed: tuple[Closed, ...]
    departures: tuple[Departure, ...]
    gaps: tuple[Gap, ...]
    exchanges: tuple[Exchange, ...]
    ladders: tuple[Ladder, ...]
    single: tuple[Ladder, ...]

    @property
    def clauses(self) -> int:
        """Return how many clauses the draft has."""
        return len(self.ladders) + len(self.single)

    @property
    def given(self) -> tuple[Ladder, ...]:
        """Return the clauses that are not in their best position, in the contract's order."""
        return tuple(ladder for ladder in (*self.ladders, *self.single) if ladder.current.position != BEST)


def make(  # noqa: PLR0913, PLR0917  # what a brief is made of
    selection: Selection,
    contract: Contract,
    coverage: Coverage,
    options: Iterable[tuple[Choice, tuple[Option, ...]]],
    reasons: Mapping[str, str],
    rounds: tuple[Round, ...],
) -> Brief:
    """Make the brief of a draft. `options` are the draft's, `reasons` those given for swaps, by clause."""
    places = _places(contract, selection)
    known = {choice.clause.id: {option.alternative.id: option for option in found} for choice, found in options}
    made = tuple(
        Ladder(places[c.clause.id], tuple(_rungs(c, known.get(c.clause.id, {}), selection, reasons)))
        for c in _in_order(selection, contract)
    )
    ladders = tuple(ladder for ladder in made if len(ladder.rungs) > 1)
    due = {row.requirement.id for row in coverage.rows if row.status not in NOT_DUE}
    policy = selection.library.policy
    return Brief(
        title=contract.title,
        caption=tuple(tree.words(line) for line in contract.caption if any(map(_is_of_the_matter, line))),
        status=contract.status,
        policy=f"{policy.citation}, {policy.title}",
        policy_status=policy.status,
        policy_date=english.long_date(policy.date),
        requirements=tuple(Counter(row.status for row in coverage.rows).items()),
        asks=_asks(ladders, due),
        closed=tuple(Closed(x.place, x.current, better) for x in ladders if (better := _better(x)) and not _open(x)),
        departures=tuple(
            Departure(r.requirement.id, squeezed(r.requirement.asks), r.remark, tuple(places[c] for c in r.clauses))
            for r in coverage.unmet
        ),
        gaps=tuple(_gaps(contract, places)),
        exchanges=tuple(_exchanges(rounds, selection, coverage, reasons, places)),
        ladders=ladders,
        single=tuple(ladder for ladder in made if len(ladder.rungs) == 1),
    )  # fmt: skip


def _is_of_the_matter(run: tree.Run) -> bool:
    return isinstance(run, tree.Answer | tree.Blank)


# -- clauses and their places -------------------------------------------------------------------


def _places(contract: Contract, selection: Selection) -> dict[str, Spot]:
    """Return the place of every clause of the library; one that is not in the draft has no number."""
    found = {clause.id: Spot(clause.id, "", clause.title) for clause in selection.library.clauses.values()}
    groups = [("Opening", contract.opening), ("Recitals", contract.recitals)]
    groups += [("", article.sections) for article in contract.articles]
    groups += [(f"Exhibit {exhibit.number}", exhibit.sections) for exhibit in contract.exhibits]
    for number, sections in groups:
        for s in sections:
            found[s.id] = Spot(s.id, s.number or number, s.heading or found[s.id].heading)
    return found


def _in_order(selection: Selection, contract: Contract) -> list[Choice]:
    order = {section.id: number for number, section in enumerate(tree.sections(contract))}
    return sorted(selection.choices.values(), key=lambda choice: order.get(choice.clause.id, len(order)))


def _rungs(
    choice: Choice, known: Mapping[str, Option], selection: Selection, reasons: Mapping[str, str]
) -> Iterator[Rung]:
    """Go through the alternatives of a clause, best first."""
    for alternative in sorted(choice.clause.alternatives, key=lambda a: recorded.rank(a.position)):
        current = alternative is choice.alternative
        option = None if current else known.get(alternative.id)
        yield Rung(
            id=alternative.id,
            label=squeezed(alternative.label),
            position=alternative.position,
            current=current,
            concedes=squeezed(alternative.concedes),
            approval=squeezed(alternative.approval),
            satisfies=alternative.satisfies,
            changes=option.changes if option else (),
            blanks=option.blanks if option else (),
            forbidden="; ".join(_reasons_against(choice.clause, alternative, option, selection)) if option else "",
            because=reasons.get(choice.clause.id, "") if current else "",
            guidance=paragraphs(alternative.guidance),
        )


def _reasons_against(clause: Clause, alternative: Alternative, option: Option, selection: Selection) -> Iterator[str]:
    when = alternative.when
    if clause.follows_answers and when is not None and not language.holds(when, selection.values):
        yield f"other clauses follow the same answers: answer so that {language.explain(when)}"
    if option.forbidden:
        yield f"can't be drafted with these answers: {option.forbidden}"
    lost = [wanted for wanted, was, then in option.changes if then in UNMET and was not in UNMET]
    if lost:
        yield f"would not meet {', '.join(lost)}"


def paragraphs(text: str) -> tuple[str, ...]:
    """Split a text at its blank lines, and before the items of lists; lines within a paragraph are joined."""
    pieces = re.split(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*]|\d+[.)])[ \t])", text)
    return tuple(filter(None, map(squeezed, pieces)))


# -- what to ask for ----------------------------------------------------------------------------


def _better(ladder: Ladder) -> tuple[Rung, ...]:
    """Return the library's alternatives that give less away than the one chosen."""
    rank = recorded.rank(ladder.current.position)
    return tuple(rung for rung in ladder.rungs if recorded.rank(rung.position) < rank)


def _open(ladder: Ladder) -> Rung | None:
    return next((rung for rung in _better(ladder) if not rung.forbidden), None)


def _asks(ladders: tuple[Ladder, ...], due: set[str]) -> tuple[Ask, ...]:
    """Return what could be won back: first what mends a departure, then from the worst position up.

    Of one position, those that are tied to a requirement stand first, then the contract's order.
    """
    found = []
    for ladder in ladders:
        better = _open(ladder)
        if better is not None:
            now = ladder.current
            tied = (*now.satisfies, *better.satisfies, *(wanted for wanted, _, _ in better.changes))
            requirements = tuple(wanted for wanted in dict.fromkeys(tied) if wanted in due)
            found.append(Ask(ladder.place, now, better, requirements))
    return tuple(sorted(found, key=lambda a: (not a.mends, -recorded.rank(a.now.position), not a.requirements)))


# -- blanks and rounds --------------------------------------------------------------------------


def _gaps(contract: Contract, places: Mapping[str, Spot]) -> Iterator[Gap]:
    found: dict[str, list[Spot]] = {}
    for section in tree.sections(contract):
        for run in (run for block in section.blocks for runs in tree.block_runs(block) for run in runs):
            if isinstance(run, tree.Blank):
                found.setdefault(run.question, []).append(places[section.id])
    for blank in tree.blanks(contract):
        yield Gap(blank.text, tuple(dict.fromkeys(found.get(blank.question, []))))


def _exchanges(
    rounds: tuple[Round, ...], selection: Selection, coverage: Coverage, reasons: Mapping[str, str],
    places: Mapping[str, Spot],
) -> Iterator[Exchange]:  # fmt: skip
    """Go through the rounds, and where there are some, to the draft as it stands now."""
    for made in rounds:
        yield _exchange(made, recorded.seen_before(rounds, made), selection.library, places)
    last = recorded.last_sent(rounds)
    if last is not None:
        kept = selections.kept(selection, reasons)
        unmet = tuple(row.requirement.id for row in coverage.unmet)
        now = replace(last, number=0, since=last.number, file="", kept=kept, deviations=unmet)
        yield replace(_exchange(now, last, selection.library, places), on=None)


def _exchange(made: Round, before: Round | None, library: Library, places: Mapping[str, Spot]) -> Exchange:
    sent = made.direction == "to"
    conceded = recorded.conceded(before, made) if sent else ()
    won = recorded.won_back(before, made) if sent else ()
    return Exchange(
        made.number, made.direction, made.party, made.on, made.file, made.since,
        tuple(_step(kept, library, places) for kept in conceded),
        tuple(_step(kept, library, places) for kept in won),
        made.deviations,
    )  # fmt: skip


def _step(kept: Kept, library: Library, places: Mapping[str, Spot]) -> Step:
    """Return a clause of a round; one that the library no longer has is told by the names recorded."""
    clause = library.clauses.get(kept.clause)
    alternative = clause.alternative(kept.alternative) if clause else None
    place = places.get(kept.clause, Spot(kept.clause, "", kept.clause))
    label = squeezed(alternative.label) if alternative else kept.alternative
    return Step(place, label, kept.position, squeezed(kept.concedes), kept.because)
