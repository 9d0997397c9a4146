"""Lines up the alternatives of each clause of a draft, best first, with what choosing each would do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from drafter.contract import Contract, SectionName, names, sections
from drafter.drafting.compliance import UNMET
from drafter.drafting.options import Option
from drafter.drafting.selection import Choice, Selection
from drafter.matters import rounds
from drafter.reading.sources.source import squeezed
from drafter.values import dataclass

Effects = tuple[tuple[str, str, str], ...]  # a requirement's id, its status before and after
BREAK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*]|\d+[.)])[ \t])")  # a blank line, or the start of a list's item


@dataclass(frozen=True, slots=True)
class Rung:
    """One alternative of a clause, and what choosing it would do; for the one that is chosen, the reason.

    `forbidden` says why it can't be had with the answers as they are, or not without departing from the policy;
    `guidance` holds paragraphs.
    """

    id: str
    label: str
    position: str
    current: bool
    concedes: str
    approval: str
    satisfies: tuple[str, ...]
    changes: Effects
    blanks: tuple[str, ...]
    forbidden: str
    because: str
    guidance: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A clause of the draft with all its alternatives, best first."""

    place: SectionName
    rungs: tuple[Rung, ...]

    @property
    def current(self) -> Rung:
        """Return the alternative that is chosen."""
        return next(rung for rung in self.rungs if rung.current)

    @property
    def better(self) -> tuple[Rung, ...]:
        """Return the alternatives that give less away than the one chosen."""
        rank = rounds.rank(self.current.position)
        return tuple(rung for rung in self.rungs if rounds.rank(rung.position) < rank)

    @property
    def open(self) -> Rung | None:
        """Return the best of the better alternatives that isn't forbidden; None where there isn't one."""
        return next((rung for rung in self.better if not rung.forbidden), None)


def ladders(
    selection: Selection,
    contract: Contract,
    options: Iterable[tuple[Choice, tuple[Option, ...]]],
    reasons: Mapping[str, str],
) -> tuple[Ladder, ...]:
    """Return a ladder for each clause of a draft, in the contract's order.

    `options` are what `options.options` found for the draft, `reasons` those given for swaps, by clause.
    """
    called = places(contract, selection)
    known = {choice.clause.id: {option.alternative.id: option for option in found} for choice, found in options}
    order = {section.id: number for number, section in enumerate(sections(contract))}
    choices = sorted(selection.choices.values(), key=lambda choice: order.get(choice.clause.id, len(order)))
    return tuple(Ladder(called[c.clause.id], tuple(_rungs(c, known.get(c.clause.id, {}), reasons))) for c in choices)


def places(contract: Contract, selection: Selection) -> dict[str, SectionName]:
    """Return what every clause of a library is called; one that isn't in the contract has its title alone."""
    every = selection.library.clauses.values()
    return {clause.id: SectionName(clause.id, selection.named(clause.title)) for clause in every} | names(contract)


def paragraphs(text: str) -> tuple[str, ...]:
    """Split a text at its blank lines, and before the items of lists; lines within a paragraph are joined."""
    return tuple(filter(None, map(squeezed, BREAK.split(text))))


def _rungs(choice: Choice, known: Mapping[str, Option], reasons: Mapping[str, str]) -> Iterator[Rung]:
    for alternative in sorted(choice.clause.alternatives, key=lambda a: rounds.rank(a.position)):
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
            forbidden="; ".join(_reasons_against(option)) if option else "",
            because=reasons.get(choice.clause.id, "") if current else "",
            guidance=paragraphs(alternative.guidance),
        )


def _reasons_against(option: Option) -> Iterator[str]:
    if option.forbidden:
        yield option.forbidden
    lost = [wanted for wanted, was, then in option.changes if then in UNMET and was not in UNMET]
    if lost:
        yield f"would not meet {', '.join(lost)}"
