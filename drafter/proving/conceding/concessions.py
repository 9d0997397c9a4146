"""Finds the least that must be conceded when the other side rejects wordings, or what makes that impossible.

One rule: nothing is guessed. No choice that could be cheaper is left untried, and a fact is only ever supposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from drafter.base.problems import Problem, stop_at
from drafter.drafting import selection, ways
from drafter.drafting.selection import Selection
from drafter.language import Value
from drafter.matters import checks, scope
from drafter.matters.answers import Answers
from drafter.proving.conceding import breaches, making, rejecting, search, variables
from drafter.proving.conceding.breaches import Breach, Cost
from drafter.proving.conceding.making import Step
from drafter.proving.conceding.rejecting import Rejected
from drafter.proving.conceding.search import Node, Space
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.questionnaire import Question
from drafter.reading.sources.source import Requirement
from drafter.values import dataclass

NEXT_BEST = 2  # further choices that are shown


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause whose wording changes; None: not in the draft."""

    clause: Clause
    before: Alternative | None
    after: Alternative | None


@dataclass(frozen=True, slots=True)
class Change:
    """Something to be changed in a matter, by one command, and what follows from it.

    `by` is "swap" where `drafter swap` changes the wording of the clause, by a choice or by the `answer` that decides
    it; "answer" where the answer has to be changed by itself; "together" where the changes can't be made one by one;
    and "supposed" where the answer that is supposed decides the clause. `because` is what the change repairs. `follows`
    are other clauses that change with it, `asked` the questions that are then to be answered.
    """

    clause: Clause
    before: Alternative | None
    after: Alternative | None
    because: Breach
    by: str
    answer: tuple[Question, Value] | None = None
    follows: tuple[Changed, ...] = ()
    asked: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Concession:
    """The choice that concedes least, as changes of the matter; or the nearest one, with what is in the way.

    `answers` are those to draft it from. `found` are the problems and reminders of the questionnaire's checks that it
    sets off; `others` the next best choices that comply, each of which lacks a change of every better one. If no
    choice complies, `otherwise` is the best one under one different answer, which is its `supposing`. `tried` counts
    the choices looked at.
    """

    library: Library
    answers: Answers
    changes: tuple[Change, ...]
    in_the_way: tuple[Breach, ...]
    found: tuple[Problem, ...]
    cost: Cost
    tried: int
    supposing: tuple[Question, Value] | None = None
    others: tuple[Concession, ...] = ()
    otherwise: Concession | None = None

    @property
    def complies(self) -> bool:
        """Say whether the choice meets every requirement that applies, and breaks nothing else."""
        return not self.in_the_way

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """Return the requirements that are in the way, in the policy's order."""
        wanted = {breach.name for breach in self.in_the_way if breach.kind == "requirement"}
        return tuple(r for r in self.library.requirements if r.id in wanted)


def concede(library: Library, given: Answers, rejected: Iterable[Rejected | tuple[str, str]]) -> Concession:
    """Return the choice without the rejected wordings that complies and concedes least, with the next best ones.

    Each is what `rejecting.find` found, or a clause and an alternative. If no choice complies, return the nearest one
    with what is in the way, and the best one under one different answer. DraftingError for a clause that is not in the
    draft, an alternative it doesn't have, and answers that select none.
    """
    selected = selection.select(library, given)
    wanted = (one if isinstance(one, Rejected) else Rejected(*one) for one in rejected)
    unwanted = tuple(dict.fromkeys(wanted))
    stop_at([problem for one in unwanted for problem in rejecting.unknown(selected, one)])
    return Grounds(library, given, selected).concession(unwanted)


def _is_judged(breach: Breach) -> bool:
    """Say whether a choice must mend a breach that is there already; what else is wrong already is not its doing."""
    return breach.kind in ("requirement", *making.UNDRAFTED)


class Grounds:
    """What concessions of a matter rest on: its answers and selection, and what any choice in it can break."""

    def __init__(self, library: Library, given: Answers, selected: Selection) -> None:
        """Work out what can be changed in the matter, and what its library's laws say of every choice."""
        self.library, self.given, self.selected = library, given, selected
        self.matter = variables.variables(library, given)
        self.at: Presence = variables.presence(self.matter)
        values = self.matter.values({})
        every = breaches.lawful(self.at)
        self.lawful = tuple(e for e in every if _is_judged(e.breach) or not formulas.holds(e.holds_when, values))
        before = {clause: choice.alternative for clause, choice in selected.choices.items()}
        self.changes = breaches.changes(self.at, before)

    def concession(self, rejected: tuple[Rejected, ...]) -> Concession:
        """Return the choice that concedes least, with the next best ones, or with what would help."""
        unwanted = rejecting.events(self.at, rejected)
        space = Space(self.matter, (*unwanted, *self.lawful, *self.changes))
        node, tried = next(search.cheapest(space))
        found = self._made(space, node, tried)
        if not found.complies:
            return replace(found, otherwise=self._supposed(space, node, rejected))
        others = islice(search.cheapest(space, complying=True), 1, 1 + NEXT_BEST)
        return replace(found, others=tuple(self._made(space, *one) for one in others))

    def _supposed(self, space: Space, nearest: Node, rejected: tuple[Rejected, ...]) -> Concession | None:
        """Return the best choice that complies if one question is answered differently, or None."""
        best: Concession | None = None
        for question, value in self._other_answers(space, nearest, rejected):
            moved = replace(self.given, given={**self.given.given, question.id: value})
            supposed = variables.variables(self.library, self.matter.unrestated(moved, (question.id,)))
            node = next(search.cheapest(Space(supposed, space.events), complying=True), None)
            if node is not None and (best is None or node[0].cost[:-1] < best.cost[:-1]):
                best = self._made(Space(supposed, space.events), *node, (question, value))
        return best

    def _other_answers(
        self, space: Space, nearest: Node, rejected: tuple[Rejected, ...]
    ) -> Iterator[tuple[Question, Value]]:
        """Yield the other answers to what decides the rejected clauses and what is in the way, and no swap changes."""
        asked = self.library.questionnaire
        clauses = {one.clause for one in rejected}
        wrong = [e for n, e in enumerate(space.events) if n in nearest.happening and e.breach.kind != "change"]
        wrong += [event for event in space.events if event.breach.clause in clauses]
        named = {name for event in wrong for name in formulas.names(event.holds_when)}
        for question in asked.questions.values():
            is_open = question.id in named and question.id not in self.matter.every
            if is_open and scope.is_asked(asked, question.id, self.selected.values):
                now = self.selected.values[question.id]
                yield from ((question, value) for value in ways.values(question) if value != now)

    # -- a choice in the words of the matter --

    def _made(
        self, space: Space, node: Node, tried: int, supposing: tuple[Question, Value] | None = None
    ) -> Concession:
        happening = [space.events[number].breach for number in sorted(node.happening)]
        in_the_way = tuple(breach for breach in happening if breach.kind != "change")
        answers = space.variables.answers(node.moves)
        values = selection.names(self.library, answers)
        asked = self.library.questionnaire
        before = checks.problems(asked, self.given, self.selected.values)
        found = checks.fresh(before, checks.problems(asked, answers, values))
        steps = making.Making(space.variables, self.lawful, node.moves).steps() if not in_the_way else None
        writing = _Writing(self.selected, space, node, values, supposing)
        changes = writing.changes(steps)
        return Concession(self.library, answers, changes, in_the_way, found, node.cost, tried, supposing)


@dataclass(slots=True)
class _Writing:
    """Puts a choice in the words of a matter."""

    matter: Selection
    space: Space
    node: Node
    values: Mapping[str, Value]
    supposing: tuple[Question, Value] | None

    def changes(self, steps: tuple[Step, ...] | None) -> tuple[Change, ...]:
        """Return the changes, in the order of the steps, each with the clauses that change because of it."""
        parts = steps or tuple(Step("", "", (name,)) for name in self.space.variables.every if name in self.node.moved)
        left = {one.clause.id: one for one in self._changed()}
        shown = [self._shown(part, left) for part in parts]
        for one in shown:
            left.pop(one.clause.id, None)
        made = []
        for part, one in zip(parts, shown, strict=True):
            follows = [other for clause, other in left.items() if self._deciding(clause) & {*part.moves}]
            for other in follows:
                del left[other.clause.id]
            by = "together" if steps is None else "swap" if part.clause else "answer"
            made.append(self._change(part, one, tuple(follows), by))
        return (*self._supposed(left.values()), *made)

    def _changed(self) -> Iterator[Changed]:
        """Yield every clause whose wording is not the matter's, in the order of the outline."""
        for event in (event for number, event in enumerate(self.space.events) if number in self.node.happening):
            if event.breach.kind == "change":
                clause = self.matter.library.clauses[event.breach.clause]
                choice = self.matter.choices.get(clause.id)
                yield Changed(clause, choice.alternative if choice else None, clause.alternative(event.breach.name))

    def _shown(self, part: Step, left: Mapping[str, Changed]) -> Changed:
        """Return the clause by which a step is shown."""
        variable = self.space.variables.every[part.moves[0]]
        decided = self.space.variables.decided
        of = [c for c in left if variable.by == "answer" and c in decided and variable.name in decided[c].questions]
        clause = self.matter.library.clauses[part.clause or next(iter(of), variable.clause)]
        choice = self.matter.choices.get(clause.id)
        before = choice.alternative if choice else None
        if part.alternative:
            return Changed(clause, before, clause.alternative(part.alternative))
        return left.get(clause.id, Changed(clause, before, before))

    def _deciding(self, clause: str) -> frozenset[str]:
        events = (e for e in self.space.events if e.breach.kind == "change" and e.breach.clause == clause)
        return frozenset(variable for event in events for variable in self.space.deciding(event.holds_when))

    def _change(self, part: Step, one: Changed, follows: tuple[Changed, ...], by: str) -> Change:
        variables_, asked = self.space.variables, self.matter.library.questionnaire
        question = next((name for name in part.moves if variables_.every[name].by == "answer"), None)
        answer = (asked.questions[question], self.node.moves[question]) if question else None
        reached = {name for move in part.moves for name in variables_.reached[move]}
        then = tuple(asked.questions[name] for name in self._asked() if name in reached)
        because = self._rejected((one, *follows)) or self.node.moved[part.moves[0]][1]
        return Change(one.clause, one.before, one.after, because, by, answer, follows, then)

    def _asked(self) -> tuple[str, ...]:
        return scope.newly_asked(self.matter.library.questionnaire, self.matter.values, self.values)

    def _rejected(self, changed: Iterable[Changed]) -> Breach | None:
        """Return the rejection of a wording of the matter that is gone, if one of these was rejected."""
        gone = {(one.clause.id, one.before.id) for one in changed if one.before and one.before is not one.after}
        found = (e.breach for e in self.space.events if e.breach.kind == "rejected")
        return next((breach for breach in found if (breach.clause, breach.name) in gone), None)

    def _supposed(self, left: Iterable[Changed]) -> Iterator[Change]:
        """Yield the clauses that the answer which is supposed changes; the first says what is then asked."""
        if self.supposing is None:
            return
        because = Breach("answer", "", self.supposing[0].id)
        for one in left:
            yield Change(one.clause, one.before, one.after, because, "supposed", self.supposing)
