"""What can be wrong with a contract, or conceded in it, and what each costs: formulas over answers and choices.

One rule: a choice is judged by the claims that are proved of the library, each with the values of this matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from drafter.language import Value
from drafter.proving import laws, proof, terms
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas
from drafter.proving.solving.formulas import FALSE, Formula
from drafter.reading import readers
from drafter.reading.library import RANK, Alternative, Library
from drafter.values import dataclass


class Cost(NamedTuple):
    """What a choice costs, compared from left to right; each part only counts where those before it are equal.

    Rejected wordings that stay; what else is wrong with the contract; requirements given up; clauses that come down to
    a fallback or below; clauses that come down to acceptable; clauses changed; and where in the library the changes
    are, so that no two choices cost the same.
    """

    rejected: int = 0
    wrong: int = 0
    requirements: int = 0
    fallbacks: int = 0
    acceptables: int = 0
    changes: int = 0
    place: int = 0

    @property
    def complies(self) -> bool:
        """Say whether nothing is wrong with a choice of this cost."""
        return not any((self.rejected, self.wrong, self.requirements))


@dataclass(frozen=True, slots=True)
class Breach:
    """What is wrong with a contract, or what it concedes.

    `kind` is "rejected" (`name` is the alternative), "requirement", "check" (of the questionnaire), "change" (the
    clause has come to the alternative `name`, or is left out), or else the code of what a law finds, whose `name` is
    the question, target or term. `clause` is the one whose wording it is; empty if it is no clause's. `part` is the
    item of a wording that is rejected, where not all of it is. "answer" is no breach, but an answer that is supposed.
    """

    kind: str
    clause: str
    name: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A breach, the formula that makes it one, and what it costs to leave it so."""

    breach: Breach
    holds_when: Formula
    price: Cost


WRONG = Cost(wrong=1)


def move(before: Alternative | None, after: Alternative | None) -> Cost:
    """Return what it costs to change a clause's wording; None, a clause not in the draft, gives nothing away.

    Nobody knows what a matter's own wording gives away, so what takes its place costs what it gives away itself.
    """
    old, new = (RANK[a.position] if a and not a.is_own else 0 for a in (before, after))
    fallback, acceptable = new > old and new >= RANK["fallback"], new > old and new == RANK["acceptable"]
    return Cost(fallbacks=int(fallback), acceptables=int(acceptable), changes=1)


def total(costs: Iterable[Cost]) -> Cost:
    """Add costs up, part by part."""
    return Cost(*map(sum, zip(Cost(), *costs, strict=True)))


_OF_THE_LIBRARY = (laws.one_alternative, laws.requirements_apply, terms.terms_used)  # no fault of what was asked for


def lawful(at: Presence) -> tuple[Event, ...]:
    """Return what any contract of a library can break: the laws of the proof, and the checks of its questionnaire."""
    found: dict[Breach, list[Formula]] = {}
    clauses = {clause.file: clause.id for clause in at.clauses()}
    for law in (law for law in proof.LAWS if law not in _OF_THE_LIBRARY):
        for claim in law(at):
            if claim.broken_when is not FALSE:
                found.setdefault(_breach(claim, clauses), []).append(claim.broken_when)
    for clause in at.clauses():
        none = (formulas.opposite(at.selected(clause.id, a.id)) for a in clause.alternatives)
        found[Breach("no-alternative", clause.id, "")] = [formulas.all_of(at.included(clause.id), *none)]
    for check in at.library.questionnaire.checks:
        if check.entry.level == "problem":
            found[Breach("check", "", check.entry.id)] = [formulas.opposite(laws.obeyed(at, check))]
    joined = ((breach, formulas.any_of(*those)) for breach, those in found.items())
    return tuple(Event(breach, holds, _price(breach)) for breach, holds in joined if holds is not FALSE)


def _breach(claim: laws.Claim, clauses: Mapping[str, str]) -> Breach:
    if claim.requirement is not None:
        return Breach("requirement", "", claim.requirement.id)
    file = claim.files[0] if claim.files else ""
    return Breach(claim.problem.code, clauses.get(file, ""), claim.problem.about or claim.problem.message)


def _price(breach: Breach) -> Cost:
    return Cost(requirements=1) if breach.kind == "requirement" else WRONG


def changes(at: Presence, before: Mapping[str, Alternative]) -> tuple[Event, ...]:
    """Return each way in which a clause can differ from the wordings of a matter, in the order of the outline."""
    return tuple(event for event in _changes(at, before) if event.holds_when is not FALSE)


def _changes(at: Presence, before: Mapping[str, Alternative]) -> Iterator[Event]:
    for clause in at.clauses():
        old = before.get(clause.id)
        for alternative in clause.alternatives:
            if alternative is not old:
                formula = at.selected(clause.id, alternative.id)
                yield Event(Breach("change", clause.id, alternative.id), formula, move(old, alternative))
        if old is not None:
            gone = formulas.opposite(at.included(clause.id))
            yield Event(Breach("change", clause.id, ""), gone, move(old, None))


def holding(events: Iterable[Event], values: Mapping[str, Value]) -> frozenset[Breach]:
    """Return the breaches that there are with these values."""
    return frozenset(event.breach for event in events if formulas.holds(event.holds_when, values))


# -- in words -----------------------------------------------------------------------------------


def reason(breach: Breach, library: Library) -> str:
    """Return what made a change necessary, in words."""
    where = f"'{breach.clause}'" if breach.clause else "the outline"
    match breach.kind:
        case "rejected":
            part = f"{breach.part} of " if breach.part else ""
            return f"{part}'{breach.clause}: {breach.name}' is rejected"
        case "answer":
            return f"the answer to '{breach.name}' decides it"
        case "change":
            then = f"become '{breach.name}'" if breach.name else "be left out"
            return f"{where} would otherwise {then}"
        case "unasked-field":
            return f"{where} would print the answer to '{breach.name}', which is not asked"
        case "dead-reference":
            return f"{where} would point to '{breach.name}', which would not be in the contract"
        case "undefined-term":
            return f"{where} would use “{breach.name}”, which the contract would not define"
        case "no-alternative":
            return f"no wording of {where} would fit the answers"
        case "requirement":
            found = library.requirement(breach.name)
            return f"{breach.name} would not be met{f': {found.asks}' if found else ''}"
        case "check":
            entry = next(check.entry for check in library.questionnaire.checks if check.entry.id == breach.name)
            return f"the check '{breach.name}' would refuse the answers: {entry.message}"
        case _:
            return breach.name


def obstacle(breach: Breach, library: Library) -> str:
    """Return what is in the way, in words; for a requirement, with the condition under which it applies."""
    words = reason(breach, library)
    if breach.kind == "rejected":
        return f"{words}, and {_no_other(breach.clause, library)}"
    found = library.requirement(breach.name) if breach.kind == "requirement" else None
    applies = found and (found.applies_text or found.applies_when)
    return f"{words} (applies when: {applies.rstrip('.')})" if applies else words


def _no_other(clause: str, library: Library) -> str:
    if len(library.clauses[clause].alternatives) == 1:
        return f"it is the only wording of '{clause}'"
    decided = readers.decided(library, library.clauses[clause], readers.readers(library))
    if decided.by == "fact":
        return f"only a fact decides '{clause}': the answer to {', '.join(map(repr, decided.questions))}"
    return f"no other wording of '{clause}' can be had without something worse"
