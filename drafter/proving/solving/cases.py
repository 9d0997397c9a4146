"""Finds the smallest answers under which a formula holds, or tries every case and finds none.

One rule: a case stands for all the answers that no condition at hand tells apart, and every case is tried, so that
finding none is a proof. Questions that have nothing to do with one another are not multiplied.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from drafter.language import Value
from drafter.matters import scope
from drafter.proving.solving import formulas
from drafter.proving.solving.division import Candidate, divided
from drafter.proving.solving.formulas import FALSE, TRUE, AllOf, AnyOf, Formula, Leaf, No, Some, Test
from drafter.proving.solving.records import identity
from drafter.reading.questionnaire import Question, Questionnaire
from drafter.values import dataclass

UNASKED = -1  # the number of the case in which a question is not asked
_Divided = tuple[tuple[Candidate, ...], Mapping[Leaf, Mapping[int, bool]]]


@dataclass(slots=True)
class _Space:
    """The cases of one formula: the candidates of each question, and what each condition is of each of them."""

    asked: Mapping[str, Formula]
    candidates: dict[str, tuple[Candidate, ...]]
    absent: dict[str, Value]
    tables: dict[Leaf, Mapping[int, bool]]
    together: dict[str, frozenset[str]]  # a question, and those that decide whether it is asked


@dataclass(slots=True)
class Cases:
    """The cases of one questionnaire tried so far; `count` is their number."""

    asked: Questionnaire
    count: int = 0
    _found: dict[Formula, Case | None] = field(default_factory=dict)
    _conditions: dict[str, Formula] = field(default_factory=dict)
    _shared: dict[tuple[str, frozenset[Leaf]], _Divided] = field(default_factory=dict)

    def smallest(self, formula: Formula) -> Case | None:
        """Return the smallest answers that make a formula true; None when no answers do. UndecidedError."""
        if formula is TRUE or formula is FALSE:
            self.count += 1
            return Case({}, {}, 0) if formula is TRUE else None
        if formula not in self._found:
            self._found[formula] = self._solve(formula, self._space(formula), {}, {})
        return self._found[formula]

    def asked_when(self, name: str) -> Formula:
        """Return the formula that a question is asked."""
        if name not in self._conditions:
            condition = self.asked.ask_when.get(name)
            self._conditions[name] = TRUE if condition is None else formulas.test(condition)
        return self._conditions[name]

    # -- the search --

    def _solve(self, formula: Formula, space: _Space, place: dict[str, int], values: dict[str, Value]) -> Case | None:
        """Try every case of a formula, one question after the other, until each is decided."""
        left = _reduced(formula, space, place, values)
        if left is FALSE or left is TRUE:
            self.count += 1
            return None if left is FALSE else Case({}, {}, 0)
        if isinstance(left, AnyOf):
            return _least(self._solve(part, space, place, values) for part in left.parts)
        groups = _groups(left, space, place)
        if len(groups) > 1:
            return _joined(self._solve(group, space, place, values) for group in groups)
        return self._divided(left, space, place, values)

    def _divided(self, left: Formula, space: _Space, place: dict[str, int], values: dict[str, Value]) -> Case | None:
        name = _next(left, space, place)
        is_asked = formulas.holds(space.asked[name], values)
        candidates = space.candidates[name] if is_asked else (Candidate(space.absent[name], None, 0),)
        best: Case | None = None
        for number, candidate in enumerate(candidates):
            place[name], values[name] = number if is_asked else UNASKED, candidate.value
            found = self._solve(left, space, place, values)
            if found is not None and (best is None or found.cost + candidate.cost < best.cost):
                best = found.with_answer(name, candidate)
            if best is not None and best.cost == 0:
                break
        del place[name], values[name]
        return best

    # -- the space --

    def _space(self, formula: Formula) -> _Space:
        """Divide the questions of a formula into cases."""
        mine = list(dict.fromkeys(formulas.leaves(formula)))
        reached: dict[str, None] = {}
        todo = [name for leaf in mine for name in leaf.names]
        while todo:
            name = todo.pop()
            if name not in reached:
                reached[name] = None
                todo.extend(formulas.names(self.asked_when(name)))
        asked = {name: self.asked_when(name) for name in reached}
        mine = list(dict.fromkeys((*mine, *(leaf for f in asked.values() for leaf in formulas.leaves(f)))))
        space = _Space(asked, {}, {}, {}, {})
        of: dict[str, list[Leaf]] = {name: [] for name in reached}
        for leaf in mine:
            for name in leaf.names:
                of[name].append(leaf)
        for name in reached:
            needed = {name}
            waiting = [name]
            while waiting:
                for other in formulas.names(asked[waiting.pop()]) - needed:
                    needed.add(other)
                    waiting.append(other)
            space.together[name] = frozenset(needed)
            question = self.asked.questions[name]
            space.absent[name] = scope.missing(question, name)
            space.candidates[name], tables = self._candidates(question, of[name], mine)
            space.tables.update(tables)
        return space

    def _candidates(self, question: Question, mine: list[Leaf], every: list[Leaf]) -> _Divided:
        """Return the candidates of a question, one for each case, and what the conditions are of each of them."""
        alone = [leaf for leaf in mine if len(leaf.names) == 1]
        mixed = len(alone) < len(mine)
        key = (question.id, frozenset(every if mixed else mine))
        if key not in self._shared:
            found: dict[object, Candidate] = {}
            division = divided(self.asked, mine, every if mixed else mine)
            for candidate in sorted(division.candidates(question), key=lambda c: c.cost):
                truth = tuple(formulas.holds(leaf, {question.id: candidate.value}) for leaf in alone)
                found.setdefault((truth, identity(candidate.value) if mixed else None), candidate)
            kept = tuple(found.values())
            absent = scope.missing(question, question.id)
            numbered = [*enumerate(candidate.value for candidate in kept), (UNASKED, absent)]
            tables = {leaf: {n: formulas.holds(leaf, {question.id: v}) for n, v in numbered} for leaf in alone}
            self._shared[key] = kept, tables
        return self._shared[key]


@dataclass(frozen=True, slots=True)
class Case:
    """Answers that make a formula true: what is answered, the value of every question looked at, the lines it takes."""

    given: Mapping[str, Value]
    values: Mapping[str, Value]
    cost: int

    def with_answer(self, name: str, candidate: Candidate) -> Case:
        """Return the case with the answer to one more question."""
        given = self.given if candidate.given is None else {**self.given, name: candidate.given}
        return Case(given, {**self.values, name: candidate.value}, self.cost + candidate.cost)


def _least(cases: Iterable[Case | None]) -> Case | None:
    best: Case | None = None
    for case in cases:
        if case is not None and (best is None or case.cost < best.cost):
            best = case
        if best is not None and best.cost == 0:
            break
    return best


def _joined(cases: Iterable[Case | None]) -> Case | None:
    made = Case({}, {}, 0)
    for case in cases:
        if case is None:
            return None
        made = Case({**made.given, **case.given}, {**made.values, **case.values}, made.cost + case.cost)
    return made


def _reduced(formula: Formula, space: _Space, place: Mapping[str, int], values: Mapping[str, Value]) -> Formula:
    """Return what is left of a formula when some questions are decided."""

    def decided(part: Formula) -> Formula:
        return _reduced(part, space, place, values)

    match formula:
        case Test() | Some():
            if not all(name in place for name in formula.names):
                return formula
            table = space.tables.get(formula)
            true = formulas.holds(formula, values) if table is None else table[place[formula.names[0]]]
            return TRUE if true else FALSE
        case No(part=part):
            inner = decided(part)
            return formula if inner is part else formulas.opposite(inner)
        case AllOf(parts=parts):
            return _left(formula, parts, FALSE, formulas.all_of, decided)
        case AnyOf(parts=parts):
            return _left(formula, parts, TRUE, formulas.any_of, decided)


def _left(
    formula: Formula,
    parts: tuple[Formula, ...],
    deciding: Formula,
    join: Callable[..., Formula],
    decided: Callable[[Formula], Formula],
) -> Formula:
    """Return what is left of parts; one that is `deciding` decides the whole."""
    kept: list[Formula] = []
    for part in parts:
        left = decided(part)
        if left is deciding:
            return deciding
        kept.append(left)
    return formula if all(map(operator.is_, kept, parts)) else join(*kept)


def _groups(formula: Formula, space: _Space, place: Mapping[str, int]) -> list[Formula]:
    """Divide a conjunction into groups that share no open question, so that they are not multiplied."""
    if not isinstance(formula, AllOf):
        return [formula]
    groups: list[tuple[set[str], list[Formula]]] = []
    for part in formula.parts:
        mine = {n for name in formulas.names(part) for n in space.together[name] if n not in place}
        members = [part]
        apart = []
        for group in groups:
            if group[0] & mine:
                mine |= group[0]
                members = [*group[1], *members]
            else:
                apart.append(group)
        groups = [*apart, (mine, members)]
    return [formulas.all_of(*members) for _, members in groups]


def _next(formula: Formula, space: _Space, place: Mapping[str, int]) -> str:
    """Return the question to decide next: the first that is open, or what decides whether it is asked."""
    name = next(n for leaf in formulas.leaves(formula) for n in leaf.names if n not in place)
    while (first := next((n for n in sorted(formulas.names(space.asked[name])) if n not in place), "")) != "":
        name = first
    return name
