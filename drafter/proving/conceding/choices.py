"""Works out the choices of wordings under some answers: what each choice breaks, and what each change costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from drafter import language
from drafter.drafting import selection
from drafter.drafting.selection import Selection
from drafter.language import Value
from drafter.proving.conceding import effects
from drafter.proving.conceding.effects import Effects, Wordings
from drafter.proving.solving import formulas
from drafter.reading import readers
from drafter.reading.library import RANK, Alternative, Clause, Library
from drafter.reading.readers import Known

Kind = Literal["rejected", "field", "reference", "term", "requirement", "answer"]
Pair = tuple[str, str]  # a clause and an alternative


class Cost(NamedTuple):
    """What a choice costs, compared from left to right; each part only counts where those before it are equal.

    Rejected wordings that have to stay; fields, references and terms that are wrong; requirements given up; clauses
    that come down to a fallback or below; clauses that come down to acceptable; clauses changed; and where in the
    library the changes are, so that no two choices cost the same.
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
    """What is wrong with a contract, or the answer that makes a change.

    `clause` is the one whose wording is wrong; empty if no clause's is. `name` is the rejected alternative, the
    question whose answer a field prints though it is not asked, the target of the reference, the term, the requirement,
    or the question whose answer makes the change.
    """

    kind: Kind
    clause: str
    name: str


GIVEN_UP: Mapping[Kind, Cost] = {
    "rejected": Cost(rejected=1),
    "field": Cost(wrong=1),
    "reference": Cost(wrong=1),
    "term": Cost(wrong=1),
    "requirement": Cost(requirements=1),
}


def move(before: Alternative | None, after: Alternative | None) -> Cost:
    """Return what it costs to change a clause's wording; None, a clause not in the draft, gives nothing away."""
    old, new = (RANK[a.position] if a else 0 for a in (before, after))
    fallback, acceptable = new > old and new >= RANK["fallback"], new > old and new == RANK["acceptable"]
    return Cost(fallbacks=int(fallback), acceptables=int(acceptable), changes=1)


def total(costs: Iterable[Cost]) -> Cost:
    """Add costs up, part by part."""
    return Cost(*map(sum, zip(Cost(), *costs, strict=True)))


@dataclass(slots=True)
class Space:
    """Every choice of wordings under the answers at hand, with what each wording does and what each move costs.

    `start` has the wording of each clause, `moves` those that it may have instead, each with its cost. `due` are the
    requirements that apply, `fixed` the targets that are in the contract whatever is chosen, `outline` the targets that
    the outline points to. `meeting`, `defining` and `labelling` have the wordings that meet a requirement, define a
    term and have a label.
    """

    start: Mapping[str, str]
    moves: Mapping[str, Mapping[str, Cost]]
    effects: Mapping[Pair, Effects]
    rejected: frozenset[Pair]
    due: tuple[str, ...]
    fixed: frozenset[str]
    outline: tuple[str, ...]
    meeting: Mapping[str, tuple[Pair, ...]]
    defining: Mapping[str, tuple[Pair, ...]]
    labelling: Mapping[str, tuple[Pair, ...]]

    def breaches(self, chosen: Mapping[str, str]) -> Iterator[Breach]:
        """Yield what a choice breaks."""
        used = {clause: self.effects[clause, alternative] for clause, alternative in chosen.items()}
        met = frozenset().union(*(does.meets for does in used.values()))
        defined = frozenset().union(*(does.defines for does in used.values()))
        targets = self.fixed.union(*(does.labels for does in used.values()))
        for pair in chosen.items():
            if pair in self.rejected:
                yield Breach("rejected", *pair)
        for clause, does in used.items():
            yield from (Breach("field", clause, name) for name in sorted(does.fields))
            yield from (Breach("reference", clause, name) for name in sorted(does.points - targets))
            yield from (Breach("term", clause, name) for name in sorted(does.uses - defined))
        yield from (Breach("reference", "", name) for name in self.outline if name not in targets)
        yield from (Breach("requirement", "", name) for name in self.due if name not in met)

    def repairs(self, breach: Breach, moved: Mapping[str, object]) -> list[Pair]:
        """Return the wordings, of clauses not moved yet, that repair a breach; no other wording does."""
        own = [(breach.clause, alternative) for alternative in self.moves.get(breach.clause, ())]
        found = [
            *(pair for pair in self._elsewhere(breach) if pair[0] != breach.clause),
            *(pair for pair in own if not _repeats(self.effects[pair], breach)),
        ]
        return [(clause, alternative) for clause, alternative in found if clause not in moved]

    def _elsewhere(self, breach: Breach) -> tuple[Pair, ...]:
        """Return the wordings that have what a breach lacks."""
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
        """Return the least that it costs to do without the present wording of a clause."""
        return min(self.moves[clause].values(), default=GIVEN_UP["rejected"])


def _repeats(does: Effects, breach: Breach) -> bool:
    """Say whether a wording makes the same breach as the one it would replace."""
    match breach.kind:
        case "field":
            return breach.name in does.fields
        case "reference":
            return breach.name in does.points and breach.name not in does.labels
        case "term":
            return breach.name in does.uses and breach.name not in does.defines
        case _:
            return False


def space(wordings: Wordings, selected: Selection, rejected: frozenset[Pair]) -> Space:
    """Return the choices there are, starting from a selection, which costs nothing itself."""
    library, values = selected.library, selected.values
    reading = readers.readers(library)
    start = {clause: choice.alternative.id for clause, choice in selected.choices.items()}
    radix = 1 + max((len(choice.clause.alternatives) for choice in selected.choices.values()), default=0)
    known: dict[Pair, Effects] = {}
    moves: dict[str, dict[str, Cost]] = {}
    holding: dict[str, dict[str, list[Pair]]] = {"meets": {}, "defines": {}, "labels": {}}
    for behind, choice in enumerate(reversed(tuple(selected.choices.values()))):
        clause = choice.clause
        moves[clause.id] = {}
        known[clause.id, choice.alternative.id] = wordings.effects(clause, choice.alternative, values)
        for number, other in enumerate(clause.alternatives, 1):
            pair = (clause.id, other.id)
            if other is choice.alternative or pair in rejected or not _may_choose(selected, clause, other, reading):
                continue
            known[pair] = found = wordings.effects(clause, other, values)
            moves[clause.id][other.id] = move(choice.alternative, other)._replace(place=number * radix**behind)
            for kind, names in (("meets", found.meets), ("defines", found.defines), ("labels", found.labels)):
                for name in names:
                    holding[kind].setdefault(name, []).append(pair)
    outline = tuple(dict.fromkeys(t for text in wordings.at.outline() for t in effects.points(text)))
    pointed = frozenset(outline).union(*(found.points for found in known.values()))
    meeting, defining, labelling = ({k: tuple(v) for k, v in found.items()} for found in holding.values())
    return Space(
        start=start,
        moves=moves,
        effects=known,
        rejected=rejected,
        due=tuple(_due(library, values)),
        fixed=frozenset(t for t in pointed if not _is_label(t) and formulas.holds(wordings.at.target(t), values)),
        outline=outline,
        meeting=meeting,
        defining=defining,
        labelling=labelling,
    )


def _may_choose(selected: Selection, clause: Clause, alternative: Alternative, known: Known) -> bool:
    """Say whether a negotiator may choose an alternative; a matter's own wording is never proposed."""
    if alternative.is_own:
        return False
    is_free = readers.decided(selected.library, clause, known).by == "choice"
    return is_free or selection.by_answers(clause, selected.values) is alternative


def _due(library: Library, values: Mapping[str, Value]) -> Iterator[str]:
    """Yield the requirements that apply under these answers."""
    for requirement in library.policy.requirements:
        condition = library.conditions.get(requirement.id)
        if requirement.level != "info" and (condition is None or language.holds(condition, values)):
            yield requirement.id


def _is_label(target: str) -> bool:
    return ":" not in target and "." in target
