"""A library to its proof: what holds of every contract that can be drafted from it, for all answers.

One rule: nothing is sampled. Each claim is a formula that must be false of all answers; every case of it is tried,
and where it is true, the smallest answers that make it so are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from drafter import language
from drafter.base.problems import DraftingError, Problem
from drafter.drafting import selection
from drafter.language import Missing, Record, Value
from drafter.matters import answers
from drafter.matters.answers import ALTERNATIVES, Answers
from drafter.proving import formulas
from drafter.proving.cases import Case, Cases
from drafter.proving.division import UndecidedError
from drafter.proving.formulas import Formula
from drafter.proving.laws import LAWS, Claim
from drafter.proving.presence import Presence
from drafter.reading import policy
from drafter.reading.library import Library, unknown_alternative
from drafter.reading.questionnaire import Check


@dataclass(frozen=True, slots=True)
class Hole:
    """A claim that is not so: the smallest answers that break it, and every answer that it turns on."""

    claim: Claim
    given: Mapping[str, Value]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one law: the claims made, the cases tried, and the holes and the claims that can't be decided."""

    law: str
    claims: int
    cases: int
    holes: tuple[Hole, ...] = ()
    undecided: tuple[tuple[Claim, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """Every law with what came of it; `relied_on` are the questionnaire's checks without which a claim is not so."""

    library: Library
    chosen: Mapping[str, str]
    findings: tuple[Finding, ...]
    relied_on: tuple[str, ...]

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Return what is not so, in the order of the laws."""
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

    `chosen` are a negotiator's alternatives: they stay, whatever the answers are. DraftingError where one is not known.
    """
    for clause, alternative in (chosen or {}).items():
        if library.clause(clause).alternative(alternative) is None:
            raise DraftingError(unknown_alternative(library.clause(clause), alternative))
    presence = Presence(library, chosen or {})
    trying = Trying(library, Cases(library.questionnaire), presence)
    findings = tuple(trying.finding(law) for law in LAWS)
    return Proof(library, dict(chosen or {}), findings, tuple(sorted(trying.relied_on)))


def cost(proof: Proof) -> tuple[Hole, ...]:
    """Return what holds of the library alone, and no longer does with the alternatives that a proof takes as chosen."""
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

    def finding(self, law: Callable[[Presence], Iterator[Claim]]) -> Finding:
        """Try every claim of a law."""
        before, claims = self.cases.count, 0
        holes: dict[Problem, Hole] = {}
        undecided: list[tuple[Claim, str]] = []
        for claim in law(self.presence):
            claims += 1
            try:
                case = self.broken(claim.broken_when)
            except UndecidedError as error:
                undecided.append((claim, str(error)))
                continue
            if case is not None:
                holes.setdefault(claim.problem, Hole(claim, case.given, case.values))
        told = (law.__doc__ or "").partition("\n")[0].rstrip(".")
        return Finding(told, claims, self.cases.count - before, tuple(holes.values()), tuple(undecided))

    def broken(self, formula: Formula) -> Case | None:
        """Return the smallest answers that make a formula true and that no check of the questionnaire stops.

        Checks are taken in only where answers break them, so that unrelated questions are not multiplied.
        """
        taken: set[str] = set()
        found = self.cases.smallest(formula)
        while found is not None:
            failing = [check for check in self._failing(found) if check.entry.id not in taken]
            if not failing:
                return found
            try:
                stricter = formulas.all_of(formula, *(self.obeys(check) for check in failing))
                found = self.cases.smallest(stricter)
            except UndecidedError:
                return found  # a check that can't be divided into cases excuses nothing
            formula = stricter
            taken.update(check.entry.id for check in failing)
        self.relied_on.update(taken)
        return None

    def _failing(self, case: Case) -> list[Check]:
        given = Answers(case.given, self.presence.chosen, "")
        values = selection.names(self.library, given)
        found = {p.code for p in answers.problems(self.library.questionnaire, given, values) if p.level == "problem"}
        return [check for check in self.library.questionnaire.checks if check.entry.id in found]

    def obeys(self, check: Check) -> Formula:
        """Return the formula that answers satisfy a check."""
        needed = (language.Filter("answered", language.Name(n)) for n in sorted(language.open_names(check.holds)))
        fails = formulas.all_of(
            self.presence.formula(check.when),
            *map(self.presence.formula, needed),
            formulas.opposite(self.presence.formula(check.holds)),
        )
        if check.each is not None:
            name, listed = check.each
            fails = formulas.some(name, self.presence.expanded(listed), fails, blank=False)
        return formulas.opposite(fails)


NOT_COVERED = (
    "whether the words mean what the policy asks: a wording that claims a requirement and says its evidence meets it",
    "answers that the questionnaire's own checks refuse: no contract is drafted from them",
    "whether the answers are true",
    "terms that no clause defines, and words in headings",
)


def problems(proof: Proof) -> tuple[Problem, ...]:
    """Return what is not so, and what can't be decided because a condition can't be divided into cases."""
    hint = "compare a question with constants, or two numbers or dates with each other"
    undecided = (
        Problem("undecided", claim.problem.place, f"this can't be proved, because of the condition {condition}", hint)
        for claim, condition in proof.undecided
    )
    return (*(hole.claim.problem for hole in proof.holes), *dict.fromkeys(undecided))


# -- answers that show a hole -------------------------------------------------------------------


def answers_text(hole: Hole, chosen: Mapping[str, str]) -> str:
    """Return the text of an answers file from which `drafter draft` shows a hole."""
    problem = hole.claim.problem
    lines = [f"# {problem.code}: {line}" for line in problem.message.split("\n")]
    if hole.claim.requirement is not None and hole.claim.requirement.quote:
        lines.append(f"# The policy: {policy.squeezed(hole.claim.requirement.quote)}")
    lines.append("# What is not answered here has its default, or none.")
    for name, value in hole.given.items():
        lines.extend(_answer_lines(name, value))
    if chosen:
        lines.extend([f"{ALTERNATIVES}:", *(f"  {clause}: {chosen[clause]}" for clause in sorted(chosen))])
    return "\n".join(lines) + "\n"


def _answer_lines(name: str, value: Value) -> Iterator[str]:
    if not isinstance(value, tuple) or not _is_list(value):
        yield f"{name}: {written(value)}"
        return
    yield f"{name}:"
    for record in value:
        pairs = list(record.values.items()) if isinstance(record, Record) else []
        for number, (key, inner) in enumerate(pairs):
            yield f"  {'  ' if number else '- '}{key}: {written(inner)}"
        if not pairs:
            yield "  - {}"


def written(value: Value) -> str:
    """Return a value as an answers file has it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case str():
            plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 @._-]*[A-Za-z0-9]|[A-Za-z0-9]", value)
            return value if plain else '"' + (value or " ").replace("\\", "\\\\").replace('"', '\\"') + '"'
        case tuple():
            return f"[{', '.join(map(written, value))}]"
        case Missing() | Record():
            return ""
        case _:
            return f"{value:f}" if not isinstance(value, int) else str(value)


def described(hole: Hole, library: Library) -> tuple[tuple[str, str], ...]:
    """Return the answers behind a hole as (question, words) pairs, those that are by default included."""
    rows = []
    for name, value in hole.values.items():
        if isinstance(value, Missing):
            told = _unanswered(name, hole, library)
        else:
            told = _told(value) + ("" if name in hole.given else " (by default)")
        rows.append((name, told))
    return tuple(sorted(rows, key=lambda row: (row[0] not in hole.given, row[0])))


def _unanswered(name: str, hole: Hole, library: Library) -> str:
    condition = library.questionnaire.ask_when.get(name)
    if condition is not None and not formulas.holds(formulas.test(condition), hole.values):
        return "not asked"
    return "not answered"


def _is_list(value: Value) -> bool:
    return isinstance(value, tuple) and any(isinstance(item, Record) for item in value)


def _told(value: Value) -> str:
    if isinstance(value, tuple) and _is_list(value):
        return "; ".join(_told(item) for item in value)
    if isinstance(value, Record):
        given = [f"{n}: {written(v)}" for n, v in value.values.items() if not isinstance(v, Missing)]
        return ", ".join(given) or "one without answers"
    return written(value) if value != () else "none"


def proof_json(proof: Proof, written_to: Mapping[Problem, str]) -> dict[str, object]:
    """Return a proof for scripts; `written_to` has the answers file of each hole that was written."""
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
        "answers": {
            name: written(value) if not _is_list(value) else _told(value) for name, value in hole.given.items()
        },
        "because": dict(described(hole, proof.library)),
        "files": list(files(hole, proof.library)),
        "answers_file": written_to.get(problem),
    }


def files(hole: Hole, library: Library) -> tuple[str, ...]:
    """Return the paths of the files to look at."""
    return tuple(f"{library.path}/{file}" for file in dict.fromkeys(hole.claim.files))
