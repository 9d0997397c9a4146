"""Makes the negotiator's brief: where we stand, what to ask for next, and the ladder of each clause.

One rule: it is for our own side only, so it leaves nothing out. Every alternative of every clause in the draft is in
it, with its whole guidance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from drafter.base import english
from drafter.contract import Answer, Blank, Contract, Run, SectionName, blanks, section_runs, sections, words
from drafter.drafting import draft
from drafter.drafting.compliance import UNMET, Coverage
from drafter.drafting.options import Option
from drafter.drafting.selection import Choice, Selection
from drafter.matters import rounds
from drafter.matters.rounds import Round
from drafter.papers import exchanges, ladders
from drafter.papers.exchanges import Exchange
from drafter.papers.ladders import Ladder, Rung
from drafter.reading.library import RANK
from drafter.reading.sources.source import squeezed
from drafter.values import dataclass

NOT_DUE = ("does not apply", "nothing to draft")
BEST = next(iter(RANK))


@dataclass(frozen=True, slots=True)
class Ask:
    """A clause that could be won back: what it says now and the best that is open; `requirements` are tied to it."""

    place: SectionName
    now: Rung
    better: Rung
    requirements: tuple[str, ...]

    @property
    def mends(self) -> tuple[str, ...]:
        """Return the requirements that would be met again."""
        return tuple(wanted for wanted, was, then in self.better.changes if was in UNMET and then not in UNMET)


@dataclass(frozen=True, slots=True)
class Closed:
    """A clause that isn't in its best position and has nothing better open: the better alternatives, each with why."""

    place: SectionName
    now: Rung
    better: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """A requirement that the draft doesn't meet, in what way, and the clauses that could meet it."""

    requirement: str
    asks: str
    remark: str
    places: tuple[SectionName, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank, and the sections that print it; none where it is outside them."""

    label: str
    places: tuple[SectionName, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole brief. `requirements` counts the policy's by status, `others` those of each other source.

    `single` are the clauses that have one alternative.

    `caption` holds the lines under the contract's title that answers fill.
    """

    title: str
    caption: tuple[str, ...]
    status: str
    policy: str
    policy_status: str
    policy_date: str
    requirements: tuple[tuple[str, int], ...]
    others: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
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
    recorded: tuple[Round, ...],
) -> Brief:
    """Make the brief of a draft: its options, the reasons given for swaps, by clause, and the rounds recorded."""
    places = ladders.places(contract, selection)
    every = ladders.ladders(selection, contract, options, reasons)
    several = tuple(ladder for ladder in every if len(ladder.rungs) > 1)
    due = {row.requirement.id for row in coverage.rows if row.status not in NOT_DUE}
    policy, statuses = selection.library.policy, draft.statuses_in(coverage, selection, contract)
    return Brief(
        title=words(contract.title),
        caption=tuple(words(line) for line in contract.caption if any(map(_is_of_the_matter, line))),
        status=contract.status,
        policy=f"{policy.citation}, {policy.title}",
        policy_status=policy.status,
        policy_date=english.long_date(policy.date),
        requirements=_counted(coverage.of(policy), statuses),
        others=tuple((s.citation, _counted(coverage.of(s), statuses)) for s in selection.library.sources[1:]),
        asks=_asks(several, due),
        closed=tuple(Closed(x.place, x.current, x.better) for x in several if x.better and not x.open),
        departures=tuple(
            Departure(r.requirement.id, squeezed(r.requirement.asks), r.remark, tuple(places[c] for c in r.clauses))
            for r in coverage.unmet
        ),
        gaps=tuple(_gaps(contract, places)),
        exchanges=tuple(exchanges.exchanges(recorded, selection, coverage, reasons, places)),
        ladders=several,
        single=tuple(ladder for ladder in every if len(ladder.rungs) == 1),
    )


def _counted(coverage: Coverage, statuses: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(statuses[row.requirement.id] for row in coverage.rows).items())


def _is_of_the_matter(run: Run) -> bool:
    return isinstance(run, Answer | Blank)


def _asks(several: tuple[Ladder, ...], due: set[str]) -> tuple[Ask, ...]:
    """Return what could be won back: first what mends a departure, then from the worst position up.

    Of one position, those that a requirement is tied to come first, then the contract's order decides.
    """
    found = []
    for ladder in several:
        better = ladder.open
        if better is not None:
            now = ladder.current
            tied = (*now.satisfies, *better.satisfies, *(wanted for wanted, _, _ in better.changes))
            requirements = tuple(wanted for wanted in dict.fromkeys(tied) if wanted in due)
            found.append(Ask(ladder.place, now, better, requirements))
    return tuple(sorted(found, key=lambda a: (not a.mends, -rounds.rank(a.now.position), not a.requirements)))


def _gaps(contract: Contract, places: Mapping[str, SectionName]) -> Iterator[Gap]:
    found: dict[str, list[SectionName]] = {}
    for section in sections(contract):
        for run in section_runs(section):
            if isinstance(run, Blank):
                found.setdefault(run.question, []).append(places[section.id])
    for blank in blanks(contract):
        yield Gap(blank.text, tuple(dict.fromkeys(found.get(blank.question, []))))
