"""Proves of a library what must be true of every contract that can be drafted from it, for all answers.

One rule: nothing is sampled. Each claim is a formula that must be false of all answers; every case of it is tried,
and if one makes it true, the smallest such answers are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from drafter.base.problems import DraftingError, Problem
from drafter.proving import english_laws, exceptions, holes, laws, terms
from drafter.proving.holes import Hole
from drafter.proving.laws import Claim
from drafter.proving.presence import Presence
from drafter.proving.refusing import Refusals
from drafter.proving.solving import formulas
from drafter.proving.solving.cases import Case, Cases
from drafter.proving.solving.comparisons import UndecidedError
from drafter.proving.solving.formulas import Formula
from drafter.reading.library import Library, unknown_alternative
from drafter.values import dataclass

LAWS = (*laws.LAWS, *terms.LAWS, *english_laws.LAWS, exceptions.exceptions_declared, exceptions.definitions_held)
NOT_COVERED = (
    "whether the words mean what the policy asks: a requirement is said when its operative sentences stand there",
    "answers that the questionnaire's own checks refuse, and choices against an answer: no contract is drafted of them",
    "own wordings that a matter does not choose, and those of other matters: prove -m MATTER covers what is in force",
    "whether the answers are true",
    "terms that no clause defines, words in headings, and the English of answers",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What trying one law found: how many claims and cases, the holes, and the claims that can't be decided."""

    law: str
    claims: int
    cases: int
    holes: tuple[Hole, ...] = ()
    undecided: tuple[tuple[Claim, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What trying every law found; `relied_on` names the questionnaire's checks that some claims need to hold."""

    library: Library
    chosen: Mapping[str, str]
    findings: tuple[Finding, ...]
    relied_on: tuple[str, ...]

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Return every hole, in the order of the laws."""
        return tuple(hole for finding in self.findings for hole in finding.holes)

    @property
    def undecided(self) -> tuple[tuple[Claim, str], ...]:
        """Return the claims that can't be divided into cases."""
        return tuple(pair for finding in self.findings for pair in finding.undecided)

    @property
    def cases(self) -> int:
        """Return the number of cases tried."""
        return sum(finding.cases for finding in self.findings)


def prove(library: Library, chosen: Mapping[str, str] | None = None) -> Proof:
    """Prove every law of a library, or find the smallest answers that break it.

    `chosen` has a negotiator's alternatives, which stay whatever the answers are. DraftingError for an unknown one.
    """
    for clause, alternative in (chosen or {}).items():
        if library.clause(clause).alternative(alternative) is None:
            raise DraftingError(unknown_alternative(library.clause(clause), alternative))
    presence = Presence(library, chosen or {}, any_status=True)
    trying = Trying(library, Cases(presence.asked), presence)
    findings = tuple(trying.finding(law) for law in LAWS)
    return Proof(library, dict(chosen or {}), findings, tuple(sorted(trying.relied_on)))


def cost(proof: Proof) -> tuple[Hole, ...]:
    """Return the holes that the chosen alternatives of a proof make: those that the library alone doesn't have."""
    before = {hole.claim.problem for hole in prove(proof.library).holes} if proof.chosen else set()
    return tuple(hole for hole in proof.holes if hole.claim.problem not in before)


# -- trying -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Trying:
    """What one proof needs and finds; lives for that proof only."""

    library: Library
    cases: Cases
    presence: Presence
    relied_on: set[str] = field(default_factory=set)
    _refusals: Refusals = field(init=False)

    def __post_init__(self) -> None:
        """Look up which checks refuse answers."""
        self._refusals = Refusals(self.library)

    def finding(self, law: Callable[[Presence], Iterator[Claim]]) -> Finding:
        """Try every claim of a law."""
        before, claims = self.cases.count, 0
        found: dict[Problem, Hole] = {}
        undecided: list[tuple[Claim, str]] = []
        for claim in law(self.presence):
            claims += 1
            try:
                case = self.broken(claim.broken_when)
            except UndecidedError as error:
                undecided.append((claim, str(error)))
                continue
            if case is not None:
                found.setdefault(claim.problem, Hole(claim, case.given, case.values))
        name = (law.__doc__ or "").partition("\n")[0].rstrip(".")
        return Finding(name, claims, self.cases.count - before, tuple(found.values()), tuple(undecided))

    def broken(self, formula: Formula) -> Case | None:
        """Return the smallest answers that make a formula true and that no check of the questionnaire stops.

        A check is taken in only once answers break it, so that unrelated questions are not multiplied.
        """
        taken: set[str] = set()
        formula = formulas.all_of(formula, self.presence.premise)
        found = self.cases.smallest(formula)
        while found is not None:
            failing = [check for check in self._refusals.of(found.given) if check.entry.id not in taken]
            if not failing:
                return found
            try:
                stricter = formulas.all_of(formula, *(laws.obeyed(self.presence, check) for check in failing))
                found = self.cases.smallest(stricter)
            except UndecidedError:
                return found  # a check that can't be divided into cases excuses nothing
            formula = stricter
            taken.update(check.entry.id for check in failing)
        self.relied_on.update(taken)
        return None


def problems(proof: Proof) -> tuple[Problem, ...]:
    """Return a problem for each hole, and for each claim with a condition that can't be divided into cases."""
    hint = "compare a question with constants, or two numbers or dates with each other"
    undecided = (
        Problem("undecided", claim.problem.place, f"this can't be proved, because of the condition {condition}", hint)
        for claim, condition in proof.undecided
    )
    return (*(hole.claim.problem for hole in proof.holes), *dict.fromkeys(undecided))


# -- for scripts --------------------------------------------------------------------------------


def proof_json(proof: Proof, written_to: Mapping[Problem, str]) -> dict[str, object]:
    """Return a proof for scripts; `written_to` has the path of the answers file of each hole that was written."""
    return {
        "library": proof.library.path,
        "alternatives": dict(proof.chosen),
        "proved": not proof.holes and not proof.undecided,
        "cases": proof.cases,
        "laws": [_finding_json(finding) for finding in proof.findings],
        "holes": [_hole_json(hole, proof, written_to) for hole in proof.holes],
        "undecided": [{"file": str(c.problem.place), "condition": condition} for c, condition in proof.undecided],
        "relied_on": list(proof.relied_on),
        "not_covered": list(NOT_COVERED),
    }


def _finding_json(finding: Finding) -> dict[str, object]:
    counts = {"claims": finding.claims, "cases": finding.cases, "holes": len(finding.holes)}
    return {"law": finding.law, **counts, "undecided": len(finding.undecided)}


def _hole_json(hole: Hole, proof: Proof, written_to: Mapping[Problem, str]) -> dict[str, object]:
    problem, requirement = hole.claim.problem, hole.claim.requirement
    return {
        "code": problem.code,
        "file": problem.place.path,
        "line": problem.place.line or None,
        "message": problem.message,
        "hint": problem.hint,
        "requirement": requirement.id if requirement else None,
        "quote": requirement.quote if requirement else None,
        "answers": holes.given_in_words(hole),
        "because": dict(holes.described(hole, proof.library)),
        "files": list(holes.files(hole, proof.library)),
        "answers_file": written_to.get(problem),
    }
