"""Finds every clause that could read otherwise, and what each other wording would do.

Each option is judged by drafting with it; nothing is guessed from its label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter import contract
from drafter.base.problems import DraftingError, Problem
from drafter.drafting import assembly, compliance, draft, selection, ways
from drafter.drafting.draft import Draft
from drafter.drafting.selection import Choice
from drafter.drafting.ways import Way
from drafter.matters import checks
from drafter.reading import readers
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.readers import Known
from drafter.reading.sources.source import Requirement
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """Another wording of a clause: how it is put in, and what that does.

    `changes` are the requirements whose status it changes, and `said` the same with the statuses as people read them;
    `blanks` are those it adds, `others` the other clauses whose wording changes with it, `found` the problems and
    reminders that it sets off, and `forbidden` says why it can't be put in.
    """

    clause: Clause
    alternative: Alternative
    way: Way
    changes: tuple[tuple[str, str, str], ...] = ()
    blanks: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    forbidden: str = ""
    said: tuple[tuple[str, str, str], ...] = ()
    found: tuple[Problem, ...] = ()


def options(made: Draft) -> tuple[tuple[Choice, tuple[Option, ...]], ...]:
    """Return each clause of a draft that has another alternative, with what each of them would do."""
    known = _Known(readers.readers(made.library, made.answers.chosen), made.statuses)
    return tuple(
        (choice, tuple(_tried(choice, other, made, known) for other in _others(choice)))
        for choice in made.selection.choices.values()
        if len(choice.clause.alternatives) > 1
    )


def of_clause(made: Draft, clause: str) -> tuple[Option, ...]:
    """Return what each other alternative of a clause would do; nothing for a clause that is not in the draft."""
    choice = made.selection.choices.get(clause)
    if choice is None:
        return ()
    known = _Known(readers.readers(made.library, made.answers.chosen), made.statuses)
    return tuple(_tried(choice, other, made, known) for other in _others(choice))


def _others(choice: Choice) -> Iterator[Alternative]:
    return (alternative for alternative in choice.clause.alternatives if alternative is not choice.alternative)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is looked up once for all options: what reads each answer, and the statuses now."""

    readers: Known
    statuses: Mapping[str, str]


def _tried(choice: Choice, other: Alternative, made: Draft, known: _Known) -> Option:
    way = ways.way(made.selection, made.answers, choice.clause, other, known.readers)
    problem = ways.obstacle(way, str(made.matter.place), choice.clause.place)
    if problem is not None:
        return Option(choice.clause, other, way, forbidden=f"{problem.message} ({problem.hint})")
    given = way.given(made.answers)
    try:
        then = selection.select(made.library, given)
        drafted = assembly.assemble(then)
    except DraftingError as error:
        return Option(choice.clause, other, way, forbidden=error.problems[0].message)
    coverage = compliance.check(drafted, then)
    changes = compliance.changes(made.coverage, coverage)
    statuses = draft.statuses_in(coverage, then, drafted)
    said = tuple((r, known.statuses[r], now) for r, now in statuses.items() if known.statuses[r] != now)
    found = checks.fresh(made.found, checks.problems(made.library.questionnaire, given, then.values))
    before = {blank.question for blank in contract.blanks(made.contract)}
    added = tuple(dict.fromkeys(blank.text for blank in contract.blanks(drafted) if blank.question not in before))
    old, new = made.selection.in_force, then.in_force
    others = tuple(c for c in made.library.order() if c != choice.clause.id and old.get(c) != new.get(c))
    return Option(choice.clause, other, way, changes, added, others, said=said, found=found)


def by_requirement(library: Library) -> tuple[tuple[Requirement, tuple[tuple[Clause, Alternative], ...]], ...]:
    """Return each requirement with the wordings that can meet it, in the order of the outline."""
    placed = [library.clauses[c] for c in library.order()]
    return tuple(
        (
            requirement,
            tuple((c, a) for c in placed for a in c.alternatives if requirement.id in a.satisfies),
        )
        for requirement in library.requirements
    )
