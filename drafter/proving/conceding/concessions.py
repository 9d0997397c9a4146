"""Finds the least that must be conceded when the other side rejects wordings, or what makes that impossible.

One rule: nothing is guessed. No choice of wordings that could be cheaper is left untried, and a different answer is a
fact that an attorney must confirm, so that it is only ever supposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from drafter import language
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.drafting import selection
from drafter.drafting.selection import Selection
from drafter.language import Expression, Value
from drafter.matters import checks, scope
from drafter.matters.answers import Answers
from drafter.proving.conceding import choices, search
from drafter.proving.conceding.choices import GIVEN_UP, Breach, Cost, Pair
from drafter.proving.conceding.effects import Wordings
from drafter.proving.conceding.search import Node
from drafter.proving.presence import Presence
from drafter.reading import readers
from drafter.reading.library import Alternative, Clause, Library, meant, unknown_alternative
from drafter.reading.policy import Requirement
from drafter.reading.questionnaire import Question


@dataclass(frozen=True, slots=True)
class Change:
    """A clause whose wording changes: the wording before and after (None: not in the draft), and why.

    `because` is what the change repairs: the rejection, what the matter breaks, or what another of the changes would
    break; or it is the answer that selects the wording.
    """

    clause: Clause
    before: Alternative | None
    after: Alternative | None
    because: Breach


@dataclass(frozen=True, slots=True)
class Concession:
    """The choice that concedes least, as changes of the matter; or the nearest one, with what is in the way.

    `answers` are those to draft it from, with the alternatives to be chosen. If no choice complies under the present
    answers, `otherwise` is the best one under one different answer, which is its `supposing`. `tried` counts the
    choices looked at.
    """

    library: Library
    answers: Answers
    changes: tuple[Change, ...]
    in_the_way: tuple[Breach, ...]
    cost: Cost
    tried: int
    supposing: tuple[Question, Value] | None = None
    otherwise: Concession | None = None

    @property
    def complies(self) -> bool:
        """Say whether the choice meets every requirement that applies, and breaks nothing else."""
        return not self.in_the_way

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """Return the requirements that are in the way, in the policy's order."""
        wanted = {breach.name for breach in self.in_the_way if breach.kind == "requirement"}
        return tuple(r for r in self.library.policy.requirements if r.id in wanted)


def concede(library: Library, given: Answers, rejected: Iterable[Pair]) -> Concession:
    """Return the choice without the rejected (clause, alternative) pairs that complies and concedes least.

    If none complies, return the nearest choice with what is in the way, and the best one under one different answer.
    DraftingError for a clause that is not in the draft, an alternative it doesn't have, and answers that select none.
    """
    selected = selection.select(library, given)
    pairs = tuple(dict.fromkeys(rejected))
    stop_at([problem for pair in pairs for problem in _unknown(selected, *pair)])
    asked = _Asked(Wordings(library, Presence(library)), given, selected, pairs)
    found = _least(asked, given, selected)
    return found if found.complies else replace(found, otherwise=_supposed(asked, found))


def reason(breach: Breach, library: Library) -> str:
    """Return what made a change necessary, in words."""
    where = f"'{breach.clause}'" if breach.clause else "the outline"
    match breach.kind:
        case "rejected":
            return f"'{breach.clause}: {breach.name}' is rejected"
        case "field":
            return f"{where} would print the answer to '{breach.name}', which is not asked"
        case "reference":
            return f"{where} would point to '{breach.name}', which would not be in the contract"
        case "term":
            return f"{where} would use “{breach.name}”, which the contract would not define"
        case "requirement":
            found = library.policy.requirement(breach.name)
            return f"{breach.name} would not be met{f': {found.asks}' if found else ''}"
        case "answer":
            return f"the answer to '{breach.name}' decides it"


def obstacle(breach: Breach, library: Library) -> str:
    """Return what is in the way, in words; for a requirement, with the condition under which it applies."""
    words = reason(breach, library)
    if breach.kind == "rejected":
        decided = readers.decided(library, library.clauses[breach.clause], readers.readers(library))
        hint = ", because other texts read the answer that decides it" if decided.readers else ""
        return f"{words}, and no other wording of '{breach.clause}' may be chosen{hint}"
    found = library.policy.requirement(breach.name) if breach.kind == "requirement" else None
    applies = found and (found.applies_text or found.applies_when)
    return f"{words} (applies when: {applies.rstrip('.')})" if applies else words


def _unknown(selected: Selection, clause_id: str, wanted: str) -> Iterator[Problem]:
    """Find a rejected pair that names no clause of the draft, or no alternative of it."""
    library = selected.library
    clause = library.clauses.get(clause_id)
    if clause is None:
        hint = meant(clause_id, library.clauses)
        yield Problem("unknown-clause", Place(library.path), f"there is no clause '{clause_id}'", hint)
    elif clause_id not in selected.choices:
        hint = f"'drafter explain MATTER {clause_id}' says why"
        yield Problem("unknown-clause", clause.place, f"the clause '{clause_id}' is not in this draft", hint)
    elif clause.alternative(wanted) is None:
        yield unknown_alternative(clause, wanted)


# -- the best choice under some answers ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked: a matter's answers and selection, and the rejected pairs; with what the wordings do."""

    wordings: Wordings
    given: Answers
    matter: Selection
    rejected: tuple[Pair, ...]


def _least(asked: _Asked, given: Answers, selected: Selection, question: str = "") -> Concession:
    """Return the cheapest choice under some answers, as changes of the matter; `question` is the answer supposed."""
    library, rejected = selected.library, frozenset(asked.rejected)
    node, tried = search.cheapest(choices.space(asked.wordings, selected, rejected))
    drafted = replace(given, chosen={**given.chosen, **{clause: to for clause, (to, _) in node.moved.items()}})
    changes = tuple(_changes(asked, selection.select(library, drafted), node, question))
    in_the_way = tuple(sorted(node.given_up, key=lambda breach: _order(breach, library)))
    moves = (choices.move(change.before, change.after) for change in changes)
    cost = choices.total((*moves, *(GIVEN_UP[breach.kind] for breach in in_the_way)))
    return Concession(library, drafted, changes, in_the_way, cost._replace(place=node.cost.place), tried)


def _changes(asked: _Asked, after: Selection, node: Node, question: str) -> Iterator[Change]:
    """Yield each clause whose wording is not the matter's, in the order of the outline."""
    for clause in dict.fromkeys(after.library.order()):
        old, new = (s.choices[clause].alternative if clause in s.choices else None for s in (asked.matter, after))
        if old is new:
            continue
        because = node.moved[clause][1] if clause in node.moved else Breach("answer", "", question)
        if old is not None and (clause, old.id) in asked.rejected and because.kind != "answer":
            because = Breach("rejected", clause, old.id)
        yield Change(after.library.clauses[clause], old, new, because)


def _order(breach: Breach, library: Library) -> tuple[object, ...]:
    """Return what breaches are sorted by: rejected wordings first, requirements last, each in the library's order."""
    kinds = tuple(GIVEN_UP)
    requirements = [requirement.id for requirement in library.policy.requirements]
    place = requirements.index(breach.name) if breach.kind == "requirement" else 0
    clause = library.order().index(breach.clause) if breach.clause else 0
    return kinds.index(breach.kind), place, clause, breach.name


# -- under one different answer -----------------------------------------------------------------


def _supposed(asked: _Asked, found: Concession) -> Concession | None:
    """Return the best choice that complies if one question is answered differently, or None."""
    best: Concession | None = None
    rejected = {clause for clause, _ in asked.rejected}
    kept = {clause: to for clause, to in asked.given.chosen.items() if clause not in rejected}
    for question, value in _other_answers(asked, found):
        other = replace(asked.given, given={**asked.given.given, question.id: value}, chosen=kept)
        try:
            start = selection.select(found.library, other)
        except DraftingError:
            continue  # no contract is drafted from such answers
        if _refused(start, other) - _refused(asked.matter, asked.given):
            continue
        made = _least(asked, other, start, question.id)
        if made.complies and (best is None or made.cost[:-1] < best.cost[:-1]):
            best = replace(made, supposing=(question, value))
    return best


def _refused(selected: Selection, given: Answers) -> frozenset[str]:
    """Return the checks of the questionnaire that stop a draft from these answers."""
    found = checks.problems(selected.library.questionnaire, given, selected.values)
    return frozenset(problem.code for problem in found if problem.level == "problem")


def _other_answers(asked: _Asked, found: Concession) -> Iterator[tuple[Question, Value]]:
    """Yield the other answers to the questions that decide the rejected clauses and what is in the way."""
    library, values = found.library, asked.matter.values
    clauses = [library.clauses[clause] for clause in dict.fromkeys(clause for clause, _ in asked.rejected)]
    unasked = (library.questionnaire.ask_when.get(b.name) for b in found.in_the_way if b.kind == "field")
    conditions: list[Expression | None] = [*(library.conditions.get(r.id) for r in found.requirements), *unasked]
    conditions += [when for clause in clauses for when in (clause.when, *(a.when for a in clause.alternatives))]
    expanded = (asked.wordings.at.expanded(when) for when in conditions if when is not None)
    named = frozenset(name for when in expanded for name in language.names(when))
    for question in library.questionnaire.questions.values():
        if question.id in named and scope.is_asked(library.questionnaire, question.id, values):
            yield from ((question, value) for value in _values(question) if value != values[question.id])


def _values(question: Question) -> tuple[Value, ...]:
    """Return every answer to a choice or a yes-no question; other questions have too many to suppose one."""
    if question.type == "yes-no":
        return (True, False)
    return tuple(option.value for option in question.options) if question.type == "choice" else ()
