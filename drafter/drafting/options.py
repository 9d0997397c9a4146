"""Finds every clause that could read otherwise, and what each other wording would do.

Each option is judged by drafting with it; nothing is guessed from its label.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from drafter import contract
from drafter.base.problems import DraftingError
from drafter.contract import Contract
from drafter.drafting import assembly, compliance
from drafter.drafting.compliance import Coverage
from drafter.drafting.selection import Choice, Selection
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.policy import Requirement


@dataclass(frozen=True, slots=True)
class Option:
    """Another wording of a clause: the requirements whose status it changes, the blanks it adds, what forbids it."""

    clause: Clause
    alternative: Alternative
    changes: tuple[tuple[str, str, str], ...]
    blanks: tuple[str, ...]
    forbidden: str = ""


def options(selection: Selection, made: Contract, coverage: Coverage) -> tuple[tuple[Choice, tuple[Option, ...]], ...]:
    """Return each clause of a draft that has another alternative, with what each of them would do."""
    return tuple(
        (choice, tuple(_tried(choice, other, selection, made, coverage) for other in _others(choice)))
        for choice in selection.choices.values()
        if len(choice.clause.alternatives) > 1
    )


def _others(choice: Choice) -> Iterator[Alternative]:
    return (alternative for alternative in choice.clause.alternatives if alternative is not choice.alternative)


def _tried(choice: Choice, other: Alternative, selection: Selection, made: Contract, coverage: Coverage) -> Option:
    swapped = Choice(choice.clause, other, "negotiator")
    otherwise = replace(selection, choices={**selection.choices, choice.clause.id: swapped})
    try:
        drafted = assembly.assemble(otherwise)
    except DraftingError as error:
        return Option(choice.clause, other, (), (), error.problems[0].message)
    then = compliance.check(drafted, otherwise)
    pairs = zip(coverage.rows, then.rows, strict=True)
    changes = tuple((a.requirement.id, a.status, b.status) for a, b in pairs if a.status != b.status)
    before = {blank.question for blank in contract.blanks(made)}
    added = tuple(blank.text for blank in contract.blanks(drafted) if blank.question not in before)
    return Option(choice.clause, other, changes, added)


def by_requirement(library: Library) -> tuple[tuple[Requirement, tuple[tuple[Clause, Alternative], ...]], ...]:
    """Return each requirement with the wordings that can meet it, in the order of the outline."""
    placed = [library.clauses[c] for c in library.order()]
    return tuple(
        (
            requirement,
            tuple((c, a) for c in placed for a in c.alternatives if requirement.id in a.satisfies),
        )
        for requirement in library.policy.requirements
    )
