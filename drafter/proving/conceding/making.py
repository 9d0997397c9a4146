"""Puts changes in an order in which they can be made one by one, each by a swap or by an answer.

One rule: what would be refused is never proposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace

from drafter.base.problems import DraftingError, Place
from drafter.drafting import compliance, selection, ways
from drafter.drafting.selection import Selection
from drafter.language import Missing
from drafter.matters.answers import Answers
from drafter.proving.conceding import breaches
from drafter.proving.conceding.breaches import Breach, Event
from drafter.proving.conceding.variables import Moved, Variable, Variables
from drafter.proving.presence import choice_of
from drafter.reading import readers
from drafter.reading.library import Alternative, Clause
from drafter.reading.readers import Known
from drafter.values import dataclass

UNDRAFTED = ("dead-reference", "no-alternative")  # breaches of a contract that can't be drafted at all


@dataclass(frozen=True, slots=True)
class Step:
    """One command: a clause swapped to an alternative, or without them an answer given; and what that changes."""

    clause: str
    alternative: str
    moves: tuple[str, ...]


@dataclass(slots=True)
class Making:
    """Changes to be made in a matter; `lawful` are the events of its library, `moves` where they lead."""

    variables: Variables
    lawful: tuple[Event, ...]
    moves: Moved
    _hopeless: set[frozenset[str]] = field(default_factory=set)

    def steps(self, done: frozenset[str] = frozenset()) -> tuple[Step, ...] | None:
        """Return the steps that are left after some changes, None where they can't be made one by one."""
        if done == self.moves.keys():
            return ()
        if done in self._hopeless:
            return None
        given = self._answers(done)
        try:
            selected = selection.select(self.variables.library, given)
        except DraftingError:
            return None
        for step in self._possible(done, given, selected):
            rest = self.steps(done.union(step.moves))
            if rest is not None:
                return (step, *rest)
        self._hopeless.add(done)
        return None

    def _answers(self, done: frozenset[str]) -> Answers:
        return self.variables.answers({name: self.moves[name] for name in done})

    def _broken(self, done: frozenset[str]) -> frozenset[Breach]:
        values = self.variables.values({name: self.moves[name] for name in done})
        return breaches.holding(self.lawful, values)

    def _possible(self, done: frozenset[str], given: Answers, selected: Selection) -> Iterator[Step]:
        """Yield the steps that can be made next: swaps first, those that change most before others."""
        known = readers.readers(self.variables.library, given.chosen)
        before = self._broken(done)
        if any(breach.kind in UNDRAFTED for breach in before):
            return
        left = [self.variables.every[name] for name in self.variables.every if name in self.moves and name not in done]
        found = [step for variable in left for step in self._swaps(variable, done, given, selected, known)]
        for step in sorted(found, key=lambda step: -len(step.moves)):
            after = self._broken(done.union(step.moves))
            if not any(_is_refused(breach, step, before, selected) for breach in after):
                yield step
        for variable in (variable for variable in left if variable.by == "answer"):
            now = done | {variable.name}
            answered = replace(given, given={**given.given, variable.name: self.moves[variable.name]})
            step = Step("", "", (variable.name,))
            is_taken = not any(_is_refused(breach, step, before, selected) for breach in self._broken(now))
            if is_taken and _same(answered, self._answers(now)):
                yield step

    def _swaps(
        self, variable: Variable, done: frozenset[str], given: Answers, selected: Selection, known: Known
    ) -> Iterator[Step]:
        """Yield the swaps that change a variable as wanted and nothing besides."""
        for clause, alternative in self._wanted(variable, done, selected):
            way = ways.way(selected, given, clause, alternative, known)
            if way.by == "none" or ways.obstacle(way, "", Place("")) is not None:
                continue
            made = way.given(given)
            for moves in ((variable.name,), (variable.name, choice_of(clause.id))):
                if done.union(moves) <= self.moves.keys() and _same(made, self._answers(done.union(moves))):
                    yield Step(clause.id, alternative.id, moves)
                    break

    def _wanted(
        self, variable: Variable, done: frozenset[str], selected: Selection
    ) -> Iterator[tuple[Clause, Alternative]]:
        """Yield the clauses that a change of a variable changes, with the alternatives that they come to."""
        library = self.variables.library
        value = self.moves[variable.name]
        values = {**selected.values, **self.variables.values({n: self.moves[n] for n in done | {variable.name}})}
        clauses = [clause for clause, found in self.variables.decided.items() if variable.name in found.questions]
        for clause in (library.clauses[c] for c in (clauses if variable.by == "answer" else (variable.clause,))):
            named = variable.by == "choice" and not isinstance(value, Missing)
            wanted = clause.alternative(str(value)) if named else selection.by_answers(clause, values)
            if wanted is not None and clause.id in selected.choices and selected.in_force[clause.id] != wanted.id:
                yield clause, wanted


def _is_refused(breach: Breach, step: Step, before: frozenset[Breach], selected: Selection) -> bool:
    """Say whether a step after which there is a breach is refused for it."""
    if breach.kind in UNDRAFTED or (breach.kind == "check" and breach not in before):
        return True
    able = compliance.able_clauses(selected.library, breach.name) if breach.kind == "requirement" else ()
    return breach.kind == "requirement" and (breach not in before or step.clause in able)


def _same(one: Answers, other: Answers) -> bool:
    return (one.given, one.chosen) == (other.given, other.chosen)
