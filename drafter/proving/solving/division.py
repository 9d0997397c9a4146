"""Divides the answers to a question into the few that stand for all: what conditions compare decides where.

One rule: two answers that some condition tells apart never share a case. What can't be divided is refused by name.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from drafter import language
from drafter.base.problems import DraftingError, Place
from drafter.base.yaml_tree import Scalar
from drafter.language import Compare, Expression, Filter, Not, Record, Value
from drafter.matters import scope
from drafter.proving.solving import comparisons, formulas, records, scales
from drafter.proving.solving.comparisons import Comparisons, UndecidedError, Variable
from drafter.proving.solving.formulas import TRUE, Leaf, Test
from drafter.proving.solving.lengths import Lengths
from drafter.proving.solving.records import RECORD, Member, identity
from drafter.reading.questionnaire import MOST_RECORDS, Question, Questionnaire, one_answer
from drafter.values import dataclass

MOST_KINDS = 4_000  # of record, before those that no condition tells apart are counted as one
MOST_LISTS = 20_000  # lists of records
MOST_PHRASES = 10  # that are looked for in texts: every set of them is tried

_SAMPLES = {
    "email": "person{}@example.org", "phone": "555-010-{:04}", "address": "{} Main Street", "paragraph": "Words {}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that stands for others, what is answered to have it (None: nothing), and how many lines that takes."""

    value: Value
    given: Value | None
    cost: int


def divided(asked: Questionnaire, mine: Iterable[Leaf], every: Iterable[Leaf]) -> Division:
    """Divide answers where conditions compare them; `mine` look at one question, `every` also at what it meets."""
    compared = comparisons.collect(asked, every)
    return Division(asked, tuple(mine), compared, scales.grid(compared))


@dataclass(frozen=True, slots=True)
class Division:
    """One question's answers, divided where the conditions `mine` of all the conditions at hand compare them."""

    asked: Questionnaire
    mine: tuple[Leaf, ...]
    compared: Comparisons
    grid: Mapping[Variable, tuple[int, ...]]

    def candidates(self, question: Question) -> Iterator[Candidate]:
        """Yield candidates among which there is one for each case, the unanswered question first."""
        yield Candidate(scope.unanswered(self.asked, question, question.id), None, 0)
        if question.type == "records":
            yield from self._lists(question)
        else:
            yield from (Candidate(v, v, 1) for v in self._scalars(question, (question.id, "")))

    # -- lists of records --

    def _lists(self, question: Question) -> Iterator[Candidate]:
        """Yield lists of records: each set of kinds that can occur together, and each number that is asked about."""
        kinds = self._kinds(question)
        low, high = int(question.min or 0), int(question.max or MOST_RECORDS)
        lengths = Lengths([self._counted(question, kind) for kind in kinds], self.compared.counts.get(question.id, ()))
        if lengths.most > MOST_LISTS:
            raise UndecidedError(f"{question.id}, of which there are {len(kinds)} kinds")
        for numbers in lengths.lists(low, high):
            members = [kinds[number] for number in numbers]
            listed = tuple(kind.record(question, n) for n, kind in enumerate(members, 1))
            given = tuple(Record(kind.given, f"{question.id}[{n}]") for n, kind in enumerate(members, 1))
            yield Candidate(listed, given, 1 + sum(max(1, len(kind.given)) for kind in members))
            if question.id in self.compared.distinct and members and max(2, len(members)) <= high:
                yield self._twice(question, members)

    def _twice(self, question: Question, members: list[Member]) -> Candidate:
        """Return a list in which two records have the same in the fields that must differ; in others they are blank.

        A list of one record becomes one of two: of the lists that a case stands for, only those can have it twice.
        """
        wanted, *more = self.compared.distinct[question.id]
        fields = {f.id: f for f in question.fields}
        if more or not all(self._is_free(question, fields[name]) for name in wanted):
            raise UndecidedError(f"{question.id} | distinct, beside other conditions on the same fields")
        same = {name: _SAMPLES.get(fields[name].type, "Name {}").format(1) for name in wanted}
        first, second, *others = members if len(members) > 1 else members * 2
        pair = [Member({**one.values, **same}, {**one.given, **same}) for one in (first, second)]
        numbered = list(enumerate((*pair, *others), 1))
        return Candidate(
            tuple(kind.record(question, n) for n, kind in numbered),
            tuple(Record(kind.given, f"{question.id}[{n}]") for n, kind in numbered),
            1 + sum(max(1, len(kind.given)) for _, kind in numbered),
        )

    def _is_free(self, question: Question, entry: Question) -> bool:
        """Say whether any two records may have the same, or nothing, in a field, whatever else is asked of them."""
        looked_at = entry.id in self.compared.fields.get(question.id, {})
        has_default = f"{question.id}.{entry.id}" in self.asked.defaults
        return entry.type in ("text", "paragraph", "address") and not (looked_at or has_default or entry.ask_when)

    def _counted(self, question: Question, kind: Member) -> tuple[bool, ...]:
        """Say in which of the lists that are counted a record of one kind is."""
        listed: dict[str, Value] = {question.id: (kind.record(question, 1),)}
        tests = (leaf for leaf in _tests(self.mine) if question.id in leaf.names)
        chains = dict.fromkeys(chain for leaf in tests for chain in _counted(leaf.expression))
        return tuple(language.holds(chain, listed) for chain in chains if language.names(chain) == {question.id})

    def _kinds(self, question: Question) -> list[Member]:
        """Return one record for each kind that the conditions tell apart, with the fewest answers in it."""
        wanted = self.compared.fields.get(question.id, {})
        conditions = records.conditions(self.asked, question, RECORD)
        members = [records.blank(question)]
        for entry in records.in_order(question, conditions):
            open_ = scope.unanswered(self.asked, entry, f"{question.id}.{entry.id}")
            asked = conditions.get(entry.id, TRUE)
            values = list(self._scalars(entry, (question.id, entry.id))) if entry.id in wanted else []
            members = [
                made
                for member in members
                for made in (
                    member.extended(entry.id, open_, values)
                    if formulas.holds(asked, {RECORD: Record(member.values, "")})
                    else (member,)
                )
            ]
            if len(members) > MOST_KINDS:
                raise UndecidedError(f"{question.id}, of which there are more than {MOST_KINDS} kinds")
        found: dict[object, Member] = {}
        for member in sorted(members, key=lambda m: len(m.given)):
            record = Record(member.values, f"{question.id}[1]")
            found.setdefault(tuple(_seen(leaf, question, record) for leaf in self.mine), member)
        return list(found.values())

    # -- all other answers --

    def _scalars(self, question: Question, variable: Variable) -> Iterator[Value]:
        """Yield the values that stand for all answers to a question which is not a list of records."""
        match question.type:
            case "yes-no":
                yield from (True, False)
            case "choice":
                yield from (option.value for option in question.options)
            case "choices":
                values = [option.value for option in question.options]
                values += self._listed(question) if question.among else ()
                if 2 ** len(values) > MOST_KINDS:
                    raise UndecidedError(f"{question.id}, of which {len(values)} options can be chosen together")
                yield from _subsets(values)
            case "number" | "money" | "percent" | "date":
                scale = scales.scale(question)
                yield from map(scale.value, self.grid.get(variable, (scale.low,)))
            case _:
                yield from self._texts(question)

    def _listed(self, question: Question) -> list[str]:
        """Return the texts that stand for what can be chosen from a list."""
        known = {option.value for option in question.options}
        return [text for text in self._texts(replace(question, type="text", among="")) if text not in known]

    def _texts(self, question: Question) -> Iterator[str]:
        """Yield the texts compared with that can be answers, and as many others as can be told apart.

        A text that no answer can be, because it is empty or no telephone number, would make a case that never is.
        """
        yield from (text for text in self.compared.texts if _is_answer(question, text))
        phrases = tuple(self.compared.phrases) if question.type in ("text", "paragraph") else ()
        if len(phrases) > MOST_PHRASES:
            raise UndecidedError(f"{question.id}, in which {len(phrases)} phrases are looked for")
        sample = "Name{}" if phrases else _SAMPLES.get(question.type, "Name {}")  # one word, so that it is in no phrase
        known = {text.casefold() for text in (*self.compared.texts, *" ".join(phrases).split())}
        numbered = map(sample.format, range(1, len(known) + self.compared.pairs + 2))
        names = [name for name in numbered if name.casefold() not in known]
        for said in _subsets(phrases):
            for name in names[: self.compared.pairs + 1]:
                yield f" {name} ".join((name, *said)) if said else name


def _subsets(values: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(values) + 1):
        yield from itertools.combinations(values, size)


def _is_answer(question: Question, text: str) -> bool:
    try:
        return bool(text) and one_answer.read(question, Scalar(text, Place(""))) == text
    except DraftingError:
        return False


def _seen(leaf: Leaf, question: Question, record: Record) -> object:
    """Return what a condition sees of one record: whether it counts, or its fields if other questions matter too."""
    if len(leaf.names) > 1:
        return identity(record)
    listed: dict[str, Value] = {question.id: (record,)}
    counted = _counted(leaf.expression) if isinstance(leaf, Test) else ()
    return (formulas.holds(leaf, listed), *(language.holds(chain, listed) for chain in counted))


def _tests(leaves: Iterable[Leaf]) -> Iterator[Test]:
    """Yield the tests in conditions, those of records included."""
    for leaf in leaves:
        if isinstance(leaf, Test):
            yield leaf
        else:
            yield from _tests(formulas.leaves(leaf.holds))


def _counted(expression: Expression) -> Iterator[Expression]:
    """Yield the lists that are counted in an expression."""
    match expression:
        case Filter(name="count", operand=inner):
            yield inner
        case Filter(operand=inner) | Not(operand=inner):
            yield from _counted(inner)
        case Compare(left=left, right=right):
            yield from _counted(left)
            yield from _counted(right)
        case _:
            return
