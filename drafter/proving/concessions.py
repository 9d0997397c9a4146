"""A matter and the wordings that the other side rejects to the least that must be conceded, or what stands in the way.

One rule: nothing is guessed. No choice of wordings that could be cheaper is left untried, and another answer is a fact
that an attorney must confirm, so that it is only ever supposed.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from drafter import language
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.drafting import selection
from drafter.drafting.selection import Selection
from drafter.language import Expression, Value
from drafter.matters import answers
from drafter.matters.answers import Answers
from drafter.proving import formulas, laws
from drafter.proving.formulas import Formula
from drafter.proving.presence import Presence, Standing
from drafter.reading import prose
from drafter.reading.library import RANK, Alternative, Clause, Library, meant, unknown_alternative
from drafter.reading.policy import Requirement
from drafter.reading.questionnaire import Question
from drafter.reading.wordings import folded

Kind = Literal["rejected", "field", "reference", "term", "requirement", "answer"]
Pair = tuple[str, str]  # a clause and an alternative


class Cost(NamedTuple):
    """What a choice costs, compared from left to right; each part only counts where those before it are equal.

    Rejected wordings that have to stay; fields, references and terms that are wrong; requirements given up; clauses
    that come down to a fallback or below; clauses that come down to acceptable; clauses changed; and the place of the
    changes in the library, so that no two choices cost the same.
    """

    rejected: int = 0
    wrong: int = 0
    requirements: int = 0
    fallbacks: int = 0
    acceptables: int = 0
    changes: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that must be so of a contract and is not, or the answer that makes a change.

    `clause` has the wording that breaks it; empty where no clause does. `name` is the alternative that is rejected, the
    question whose answer a field prints though it is not asked, the target of the reference, the term, the requirement,
    or the question whose answer makes the change.
    """

    kind: Kind
    clause: str
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """A clause that reads otherwise: its wording before and after (None: not in the draft), and what made it necessary.

    `because` is what the change repairs: the rejection, what the matter breaks, or what another of the changes would
    break; or the answer that selects the wording.
    """

    clause: Clause
    before: Alternative | None
    after: Alternative | None
    because: Breach


@dataclass(frozen=True, slots=True)
class Concession:
    """The choice that concedes least, as changes of the matter; or the nearest one, with what stands in the way.

    `answers` are those from which it is drafted, with the alternatives to be chosen. `supposing` is an answer that the
    matter does not have, and `otherwise` the best choice under such an answer, where there is none under the present
    ones. `tried` counts the choices looked at.
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
        """Return the requirements that stand in the way, in the policy's order."""
        wanted = {breach.name for breach in self.in_the_way if breach.kind == "requirement"}
        return tuple(r for r in self.library.policy.requirements if r.id in wanted)


def concede(library: Library, given: Answers, rejected: Iterable[Pair]) -> Concession:
    """Return the choice without the rejected (clause, alternative) pairs that complies and concedes least.

    Where there is none, the nearest choice with what stands in the way, and the best one under another single answer.
    DraftingError for a clause that is not in the draft, an alternative that it has not, and answers that select none.
    """
    selected = selection.select(library, given)
    pairs = tuple(dict.fromkeys(rejected))
    stop_at([problem for pair in pairs for problem in _unknown(selected, *pair)])
    asked = _Asked(_Texts(library, Presence(library)), given, selected, pairs)
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
    """Return what stands in the way, in words; of a requirement, with the condition under which it applies."""
    words = reason(breach, library)
    if breach.kind == "rejected":
        follows = library.clauses[breach.clause].follows_answers
        hint = ", because other clauses follow the same answers" if follows else ""
        return f"{words}, and no other wording of '{breach.clause}' may be chosen{hint}"
    found = library.policy.requirement(breach.name) if breach.kind == "requirement" else None
    applies = found and (found.applies_text or found.applies_when)
    return f"{words} (applies when: {applies.rstrip('.')})" if applies else words


def _unknown(selected: Selection, clause_id: str, wanted: str) -> Iterator[Problem]:
    """Find where a rejected pair names no clause of the draft, or no alternative of it."""
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


# -- what a wording does ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Does:
    """Things of one kind that a wording does, and when: under which answers, provided that it is selected."""

    kind: Literal["meets", "defines", "uses", "points", "labels", "fields"]
    names: tuple[str, ...]
    when: Formula


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a wording does under the answers at hand: no other wording has a part in it."""

    meets: frozenset[str] = frozenset()
    defines: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Texts:
    """What each wording of a library does, for all answers; looked up when it is first needed, and kept."""

    library: Library
    at: Presence
    _words: laws.Words | None = None
    _known: dict[Pair, tuple[_Does, ...]] = field(default_factory=dict)

    def facts(self, clause: Clause, alternative: Alternative, values: Mapping[str, Value]) -> _Facts:
        """Return what a wording does under these answers."""
        key = (clause.id, alternative.id)
        if key not in self._known:
            self._known[key] = tuple(self._does(clause, alternative))
        found: dict[str, set[str]] = {}
        for one in self._known[key]:
            if formulas.holds(one.when, values):
                found.setdefault(one.kind, set()).update(one.names)
        return _Facts(**{kind: frozenset(names) for kind, names in found.items()})

    def _does(self, clause: Clause, alternative: Alternative) -> Iterator[_Does]:
        """Go through what a wording does; the measure of each thing is that of the law which is proved of it."""
        for wanted in alternative.satisfies:
            requirement = self.library.policy.requirement(wanted)
            if requirement is not None:
                evidence = (self.at.says(clause, alternative, folded(words)) for words in requirement.evidence)
                yield _Does("meets", (wanted,), formulas.all_of(*evidence))
        for text in self.at.texts(clause, alternative):
            when = text.stands
            yield _Does("defines", tuple(p.text for p in text.parts if isinstance(p, prose.Term)), when)
            yield _Does("uses", tuple(self._used(text)), when)
            yield _Does("points", _points(text), when)
            yield _Does("labels", (f"{clause.id}.{text.label}",) if text.label else (), when)
        alone = Presence(_alone(self.library, clause, alternative), {clause.id: alternative.id})
        for claim in laws.fields_asked(alone):
            yield _Does("fields", (_unasked(claim.problem),), claim.broken_when)

    def _used(self, text: Standing) -> Iterator[str]:
        if self._words is None:
            parts = (p for _, _, _, every in self.at.all_texts() for p in every.parts if isinstance(p, prose.Term))
            self._words = laws.Words(tuple(dict.fromkeys(part.text for part in parts)))
        for part in text.parts:
            if isinstance(part, prose.Words):
                yield from self._words.used(part.text)


def _unasked(problem: Problem) -> str:
    """Return the question that a claim on fields says is not asked: the last name in its message."""
    return problem.message.rpartition("' is not asked")[0].rpartition("'")[2]


def _points(text: Standing) -> tuple[str, ...]:
    return tuple(p.target for p in text.parts if isinstance(p, prose.Link))


def _alone(library: Library, clause: Clause, alternative: Alternative) -> Library:
    """Return a library of one wording, so that the claims made of it are claims of that wording."""
    only = replace(clause, when=None, alternatives=(alternative,))
    return replace(
        library, caption=(), opening=(clause.id,), recitals=(), agreement=(), articles=(), exhibits=(), signatures=(),
        clauses={clause.id: only},
    )  # fmt: skip


# -- the choices there are ----------------------------------------------------------------------


@dataclass(slots=True)
class _Space:
    """Every choice of wordings under the answers at hand, with what each wording does and what each move costs.

    `start` is the wording each clause has; `moves` those that it may have instead. `fixed` are the targets that stand
    whatever is chosen, and `outline` the targets that the outline points to.
    """

    start: Mapping[str, str]
    moves: Mapping[str, Mapping[str, Cost]]
    facts: Mapping[Pair, _Facts]
    rejected: frozenset[Pair]
    due: tuple[str, ...]
    fixed: frozenset[str]
    outline: tuple[str, ...]
    meeting: Mapping[str, tuple[Pair, ...]]
    defining: Mapping[str, tuple[Pair, ...]]
    labelling: Mapping[str, tuple[Pair, ...]]

    def breaches(self, chosen: Mapping[str, str]) -> Iterator[Breach]:
        """Go through what a choice breaks."""
        used = {clause: self.facts[clause, alternative] for clause, alternative in chosen.items()}
        met = frozenset().union(*(facts.meets for facts in used.values()))
        defined = frozenset().union(*(facts.defines for facts in used.values()))
        standing = self.fixed.union(*(facts.labels for facts in used.values()))
        for pair in chosen.items():
            if pair in self.rejected:
                yield Breach("rejected", *pair)
        for clause, facts in used.items():
            yield from (Breach("field", clause, name) for name in sorted(facts.fields))
            yield from (Breach("reference", clause, name) for name in sorted(facts.points - standing))
            yield from (Breach("term", clause, name) for name in sorted(facts.uses - defined))
        yield from (Breach("reference", "", name) for name in self.outline if name not in standing)
        yield from (Breach("requirement", "", name) for name in self.due if name not in met)

    def repairs(self, breach: Breach, moved: Mapping[str, object]) -> list[Pair]:
        """Return the wordings, of clauses not moved yet, with which a breach is none; no other wording repairs it."""
        found = [pair for pair in self._elsewhere(breach) if pair[0] != breach.clause]
        for alternative in self.moves.get(breach.clause, ()):
            facts = self.facts[breach.clause, alternative]
            if not _repeated(breach, facts):
                found.append((breach.clause, alternative))
        return [(clause, alternative) for clause, alternative in found if clause not in moved]

    def _elsewhere(self, breach: Breach) -> tuple[Pair, ...]:
        """Return the wordings that hold what a breach lacks."""
        match breach.kind:
            case "requirement":
                return self.meeting.get(breach.name, ())
            case "term":
                return self.defining.get(breach.name, ())
            case "reference":
                return self.labelling.get(breach.name, ())
            case _:
                return ()

    def least(self, clause: str) -> Cost:
        """Return the least that it costs to do without the wording which a clause has."""
        return min(self.moves[clause].values(), default=_GIVEN_UP["rejected"])


def _repeated(breach: Breach, facts: _Facts) -> bool:
    """Say whether another wording of the clause breaks the same thing in any case."""
    match breach.kind:
        case "field":
            return breach.name in facts.fields
        case "reference":
            return breach.name in facts.points and breach.name not in facts.labels
        case "term":
            return breach.name in facts.uses and breach.name not in facts.defines
        case _:
            return False


def _space(texts: _Texts, selected: Selection, rejected: frozenset[Pair]) -> _Space:
    """Return the choices that there are beside a selection, which itself is the one that costs nothing."""
    library, values = selected.library, selected.values
    start = {clause: choice.alternative.id for clause, choice in selected.choices.items()}
    radix = 1 + max((len(choice.clause.alternatives) for choice in selected.choices.values()), default=0)
    facts: dict[Pair, _Facts] = {}
    moves: dict[str, dict[str, Cost]] = {}
    holding: dict[str, dict[str, list[Pair]]] = {"meets": {}, "defines": {}, "labels": {}}
    for behind, choice in enumerate(reversed(tuple(selected.choices.values()))):
        clause = choice.clause
        moves[clause.id] = {}
        facts[clause.id, choice.alternative.id] = texts.facts(clause, choice.alternative, values)
        for number, other in enumerate(clause.alternatives, 1):
            pair = (clause.id, other.id)
            if other is choice.alternative or pair in rejected or not _may_choose(clause, other, values):
                continue
            facts[pair] = found = texts.facts(clause, other, values)
            moves[clause.id][other.id] = _move(choice.alternative, other)._replace(place=number * radix**behind)
            for kind, names in (("meets", found.meets), ("defines", found.defines), ("labels", found.labels)):
                for name in names:
                    holding[kind].setdefault(name, []).append(pair)
    outline = tuple(dict.fromkeys(t for text in texts.at.outline() for t in _points(text)))
    pointed = frozenset(outline).union(*(found.points for found in facts.values()))
    meeting, defining, labelling = ({k: tuple(v) for k, v in found.items()} for found in holding.values())
    return _Space(
        start=start,
        moves=moves,
        facts=facts,
        rejected=rejected,
        due=tuple(_due(library, values)),
        fixed=frozenset(t for t in pointed if not _is_label(t) and formulas.holds(texts.at.target(t), values)),
        outline=outline,
        meeting=meeting,
        defining=defining,
        labelling=labelling,
    )


def _may_choose(clause: Clause, alternative: Alternative, values: Mapping[str, Value]) -> bool:
    """Say whether a negotiator may choose an alternative; a matter's own wording is never proposed anew."""
    if alternative.position == "non-standard":
        return False
    return not clause.follows_answers or alternative.when is None or language.holds(alternative.when, values)


def _due(library: Library, values: Mapping[str, Value]) -> Iterator[str]:
    """Go through the requirements that apply under these answers."""
    for requirement in library.policy.requirements:
        condition = library.conditions.get(requirement.id)
        if requirement.level != "info" and (condition is None or language.holds(condition, values)):
            yield requirement.id


def _is_label(target: str) -> bool:
    return ":" not in target and "." in target


_GIVEN_UP: Mapping[Kind, Cost] = {
    "rejected": Cost(rejected=1),
    "field": Cost(wrong=1),
    "reference": Cost(wrong=1),
    "term": Cost(wrong=1),
    "requirement": Cost(requirements=1),
}


def _move(before: Alternative | None, after: Alternative | None) -> Cost:
    """Return what it costs that a clause reads otherwise; one that is not in the draft gives nothing away."""
    old, new = (RANK[a.position] if a else 0 for a in (before, after))
    fallback, acceptable = new > old and new >= RANK["fallback"], new > old and new == RANK["acceptable"]
    return Cost(fallbacks=int(fallback), acceptables=int(acceptable), changes=1)


def _sum(costs: Iterable[Cost]) -> Cost:
    return Cost(*map(sum, zip(Cost(), *costs, strict=True)))


# -- the search ---------------------------------------------------------------------------------
#
# A node moves some clauses to another wording and gives some breaches up; every other clause stays as it is. It breaks
# what it breaks as it stands, and its children repair one such breach in every way there is, each by moving one more
# clause, or give it up.
#
# Why no choice is missed: take any choice that agrees with a node in the clauses moved. If it breaks the same thing, it
# agrees with the child that gives that up. If not, it has a wording that repairs the breach, which the node has not: a
# wording of a clause in which the two differ, and so of one not moved yet; the choice agrees with the child that moves
# that clause to it. Why the first is the best: a child costs more than its node, and what is added for the rejected
# wordings still there is the least that they can cost, so that nothing left on the heap can become cheaper than the
# first node that breaks no more than it gives up; and by the place of their changes no two choices cost the same.


@dataclass(frozen=True, slots=True)
class _Node:
    """Clauses moved, each with its new wording and the breach that this repairs; breaches given up; and the cost."""

    moved: Mapping[str, tuple[str, Breach]]
    given_up: frozenset[Breach]
    cost: Cost

    @property
    def key(self) -> tuple[frozenset[Pair], frozenset[Breach]]:
        """Return what makes two nodes the same."""
        return frozenset((clause, to) for clause, (to, _) in self.moved.items()), self.given_up


def _search(space: _Space) -> tuple[_Node, int]:
    """Return the cheapest node that breaks nothing which it has not given up, and how many were looked at."""
    unwanted = tuple(pair for pair in space.start.items() if pair in space.rejected)
    count = itertools.count()
    start = _Node({}, frozenset(), Cost())
    heap = [(_bound(space, start, unwanted), next(count), start)]
    seen = {start.key}
    tried = 0
    while True:  # it ends: a child moves one more clause or gives one more breach up, and there are only so many
        _, _, node = heapq.heappop(heap)
        tried += 1
        chosen = {**space.start, **{clause: to for clause, (to, _) in node.moved.items()}}
        ways = [(space.repairs(b, node.moved), b) for b in space.breaches(chosen) if b not in node.given_up]
        if not ways:
            return node, tried
        repairs, breach = min(ways, key=lambda way: len(way[0]))
        for child in _children(space, node, breach, repairs):
            if child.key not in seen:
                seen.add(child.key)
                heapq.heappush(heap, (_bound(space, child, unwanted), next(count), child))


def _children(space: _Space, node: _Node, breach: Breach, repairs: Iterable[Pair]) -> Iterator[_Node]:
    for clause, to in repairs:
        cost = _sum((node.cost, space.moves[clause][to]))
        yield _Node({**node.moved, clause: (to, breach)}, node.given_up, cost)
    yield _Node(node.moved, node.given_up | {breach}, _sum((node.cost, _GIVEN_UP[breach.kind])))


def _bound(space: _Space, node: _Node, unwanted: Iterable[Pair]) -> Cost:
    """Return what a node costs with the least that must be added for rejected wordings that are still there."""
    left = (c for c, a in unwanted if c not in node.moved and Breach("rejected", c, a) not in node.given_up)
    return _sum((node.cost, *map(space.least, left)))


# -- what comes of it ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: the matter's answers and selection, and the pairs rejected; and the texts of its library."""

    texts: _Texts
    given: Answers
    matter: Selection
    rejected: tuple[Pair, ...]


def _least(asked: _Asked, given: Answers, selected: Selection, question: str = "") -> Concession:
    """Return the cheapest choice under some answers, as changes of the matter; `question` is the answer supposed."""
    library, rejected = selected.library, frozenset(asked.rejected)
    node, tried = _search(_space(asked.texts, selected, rejected))
    drafted = replace(given, chosen={**given.chosen, **{clause: to for clause, (to, _) in node.moved.items()}})
    changes = tuple(_changes(asked, selection.select(library, drafted), node, question))
    in_the_way = tuple(sorted(node.given_up, key=lambda breach: _order(breach, library)))
    moves = (_move(change.before, change.after) for change in changes)
    cost = _sum((*moves, *(_GIVEN_UP[breach.kind] for breach in in_the_way)))
    return Concession(library, drafted, changes, in_the_way, cost._replace(place=node.cost.place), tried)


def _changes(asked: _Asked, after: Selection, node: _Node, question: str) -> Iterator[Change]:
    """Go through the clauses that read otherwise than in the matter, in the order of the outline."""
    for clause in dict.fromkeys(after.library.order()):
        old, new = (s.choices[clause].alternative if clause in s.choices else None for s in (asked.matter, after))
        if old is new:
            continue
        because = node.moved[clause][1] if clause in node.moved else Breach("answer", "", question)
        if old is not None and (clause, old.id) in asked.rejected and because.kind != "answer":
            because = Breach("rejected", clause, old.id)
        yield Change(after.library.clauses[clause], old, new, because)


def _order(breach: Breach, library: Library) -> tuple[object, ...]:
    """Return what breaches are sorted by: rejected wordings first, requirements last, each as the library has them."""
    kinds = tuple(_GIVEN_UP)
    requirements = [requirement.id for requirement in library.policy.requirements]
    place = requirements.index(breach.name) if breach.kind == "requirement" else 0
    clause = library.order().index(breach.clause) if breach.clause else 0
    return kinds.index(breach.kind), place, clause, breach.name


def _supposed(asked: _Asked, found: Concession) -> Concession | None:
    """Return the best choice that complies were one question answered otherwise, or None where there is none."""
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
    found = answers.problems(selected.library.questionnaire, given, selected.values)
    return frozenset(problem.code for problem in found if problem.level == "problem")


def _other_answers(asked: _Asked, found: Concession) -> Iterator[tuple[Question, Value]]:
    """Go through the other answers to the questions on which the rejected clauses and what stands in the way turn."""
    library, values = found.library, asked.matter.values
    clauses = [library.clauses[clause] for clause in dict.fromkeys(clause for clause, _ in asked.rejected)]
    unasked = (library.questionnaire.ask_when.get(b.name) for b in found.in_the_way if b.kind == "field")
    conditions: list[Expression | None] = [*(library.conditions.get(r.id) for r in found.requirements), *unasked]
    conditions += [when for clause in clauses for when in (clause.when, *(a.when for a in clause.alternatives))]
    expanded = (asked.texts.at.expanded(when) for when in conditions if when is not None)
    named = frozenset(name for when in expanded for name in language.names(when))
    for question in library.questionnaire.questions.values():
        if question.id in named and answers.is_asked(library.questionnaire, question.id, values):
            yield from ((question, value) for value in _values(question) if value != values[question.id])


def _values(question: Question) -> tuple[Value, ...]:
    """Return every answer to a choice or a yes-no question; of others there are too many to suppose one."""
    if question.type == "yes-no":
        return (True, False)
    return tuple(option.value for option in question.options) if question.type == "choice" else ()
