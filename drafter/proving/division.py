"""The answers to a question, divided into the few that stand for all: what conditions compare decides where.

One rule: two answers that some condition tells apart never share a case. What can't be divided is refused by name.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from drafter import language
from drafter.language import (
    Atom,
    Compare,
    Constant,
    Expression,
    Filter,
    Kind,
    ListOf,
    Missing,
    Name,
    Not,
    Record,
    Value,
)
from drafter.matters import answers
from drafter.proving import formulas
from drafter.proving.formulas import TRUE, Formula, Leaf, Test
from drafter.reading import questionnaire
from drafter.reading.questionnaire import Question, Questionnaire

MOST_KINDS = 4_000  # of record, before those that no condition tells apart are taken as one
MOST_LISTS = 20_000  # lists of records
RECORD = "the record"  # no question or record can be called so
SMALLEST_PERCENT = Decimal("0.000000001")


class UndecidedError(Exception):
    """A condition compares what can't be divided into cases; the message is the condition."""


# -- what the conditions compare ----------------------------------------------------------------

Variable = tuple[str, str]  # a question, and a field of its records (empty: the question itself)
_MONOTONE = ("add_months", "add_days", "otherwise")  # a later day stays a later day
_LINEAR = ("number", "money", "percent", "date")
_FINITE = ("choice", "yes-no")


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: a constant, or a variable behind filters, or the count of a list."""

    kind: str  # constant, linear, finite, text, count, known
    variable: Variable = ("", "")
    filters: tuple[Filter, ...] = ()
    constant: Atom = ""

    def value(self, of: Value) -> Value:
        """Return what the filters make of a value of the variable."""
        for one in reversed(self.filters):
            of = language.FILTERS[one.name].apply(of, *one.arguments)
        return of

    def unanswered(self) -> Value:
        """Return what the filters make of a question without an answer: `Missing`, or what `otherwise` says."""
        return self.value(Missing("", ""))


@dataclass(slots=True)
class _Facts:
    """What the conditions of one formula compare with what; lives for that formula only."""

    asked: Questionnaire
    relations: list[tuple[_Side, _Side]] = field(default_factory=list)
    texts: dict[str, None] = field(default_factory=dict)
    pairs: int = 0  # comparisons of one text with another
    counts: dict[str, set[int]] = field(default_factory=dict)
    fields: dict[str, dict[str, None]] = field(default_factory=dict)
    taken: dict[str, set[str]] = field(default_factory=dict)

    def leaf(self, leaf: Leaf, env: Mapping[str, str]) -> None:
        """Take what one condition compares; `env` has the list behind each record's name."""
        if isinstance(leaf, Test):
            self.condition(leaf.expression, env)
            return
        self.operand(leaf.records, env)
        listed = next(iter(language.names(leaf.records)), "")
        for inner in formulas.leaves(leaf.holds):
            self.leaf(inner, {**env, leaf.name: listed})

    def condition(self, expression: Expression, env: Mapping[str, str]) -> None:
        if isinstance(expression, Compare):
            rights = expression.right.items if isinstance(expression.right, ListOf) else (expression.right,)
            for right in rights:
                self.related(expression.left, right, env, expression)
            return
        side = self.side(expression, env)
        if side is not None and side.kind == "linear" and self.question(side.variable).type != "date":  # zero is false
            self.relations.append((side, _Side("constant", constant=0)))
        self.operand(expression, env)

    def field_conditions(self) -> None:
        """Take in the conditions under which the fields looked at are asked, and the fields that those look at."""
        for listed, wanted in self.fields.items():
            conditions = record_conditions(self.asked.questions[listed], RECORD)
            todo = list(wanted)
            while todo:
                formula = conditions.get(todo.pop(), TRUE)
                for leaf in formulas.leaves(formula):
                    self.leaf(leaf, {RECORD: listed})
                for name in formulas.names(formula):
                    inner = name.partition(".")[2]
                    if inner not in wanted:
                        wanted[inner] = None
                    if inner not in self.taken.setdefault(listed, set()):
                        self.taken[listed].add(inner)
                        todo.append(inner)

    def operand(self, expression: Expression, env: Mapping[str, str]) -> None:
        """Note the fields of records that an expression looks at."""
        match expression:
            case Name(path=path):
                head, _, rest = path.partition(".")
                if path not in self.asked.questions and head in env:
                    self.fields.setdefault(env[head], {})[rest] = None
            case Filter(name="having" | "field", operand=inner, arguments=arguments):
                listed = next(iter(language.names(expression)), "")
                self.fields.setdefault(listed, {})[str(arguments[0])] = None
                self.operand(inner, env)
                for value in arguments[1:]:
                    variable = self.variable((listed, str(arguments[0])))
                    if variable is not None:
                        self.relate(variable, _Side("constant", constant=value), expression)
            case Filter(operand=inner):
                self.operand(inner, env)
            case _:
                pass

    def related(self, left: Expression, right: Expression, env: Mapping[str, str], whole: Expression) -> None:
        self.operand(left, env)
        self.operand(right, env)
        one, other = self.side(left, env), self.side(right, env)
        if one is None or other is None:
            raise UndecidedError(language.explain(whole))
        self.relate(one, other, whole)

    def relate(self, one: _Side, other: _Side, whole: Expression) -> None:
        kinds = {one.kind, other.kind}
        constants = [side.constant for side in (one, other) if side.kind == "constant"]
        if "linear" in kinds and kinds <= {"linear", "constant"}:
            self.relations.append((one, other))
        elif kinds <= {"text", "finite", "constant"}:
            known = [*constants, one.unanswered(), other.unanswered()]
            self.pairs += not constants
            for side in (one, other) if "text" in kinds else ():
                if side.kind == "finite":
                    known += [side.value(option.value) for option in self.question(side.variable).options]
            self.texts.update(dict.fromkeys(text for text in known if isinstance(text, str)))
        elif "count" in kinds and kinds <= {"count", "constant"}:
            listed = next(side.variable[0] for side in (one, other) if side.kind == "count")
            self.counts.setdefault(listed, set()).update(int(c) for c in constants if isinstance(c, int | Decimal))
        elif not kinds <= {"known", "constant"}:
            raise UndecidedError(language.explain(whole))

    def question(self, variable: Variable) -> Question:
        """Return the question behind a variable."""
        listed, wanted = variable
        found = self.asked.questions[listed]
        return next(entry for entry in found.fields if entry.id == wanted) if wanted else found

    def variable(self, variable: Variable) -> _Side | None:
        kind = self.question(variable).type
        if kind in _LINEAR:
            return _Side("linear", variable)
        return None if kind in ("records", "choices") else _Side("finite" if kind in _FINITE else "text", variable)

    def side(self, expression: Expression, env: Mapping[str, str]) -> _Side | None:
        """Return one side of a comparison, None where it can't be divided into cases."""
        match expression:
            case Constant(value=value):
                return _Side("constant", constant=value)
            case Name(path=path):
                head, _, rest = path.partition(".")
                if path in self.asked.questions:
                    kind = self.asked.questions[path].type
                    return _Side("known", (path, "")) if kind == "choices" else self.variable((path, ""))
                return self.variable((env[head], rest)) if head in env else None
            case Filter(name="answered"):
                return _Side("known")
            case Filter(name="count", operand=inner) if self.listed(inner):
                return _Side("count", (self.listed(inner), ""))
            case Filter(name="field", operand=inner, arguments=(wanted,)) if self.listed(inner):
                return self.variable((self.listed(inner), str(wanted)))
            case Filter(name="label", operand=inner):
                side = self.side(inner, env)
                if side is None or side.kind != "finite":
                    return None
                return _Side(side.kind, side.variable, (expression, *side.filters))
            case Filter(name=name, operand=inner) if name in _MONOTONE:
                side = self.side(inner, env)
                if side is None or side.kind == "count":
                    return None
                return _Side(side.kind, side.variable, (expression, *side.filters), side.constant)
            case _:
                return None

    def listed(self, expression: Expression) -> str:
        """Return the question of a list that is at most narrowed with `having`; empty for anything else."""
        while isinstance(expression, Filter) and expression.name == "having":
            expression = expression.operand
        path = expression.path if isinstance(expression, Name) else ""
        return path if path in self.asked.questions and self.asked.questions[path].type == "records" else ""


# -- numbers, money and dates, divided where they are compared ----------------------------------


@dataclass(frozen=True, slots=True)
class _Scale:
    """A number, an amount or a day as a whole number between two limits."""

    low: int
    high: int
    value: Callable[[int], Value]


def _scale(question: Question) -> _Scale:
    if question.type == "date":
        low = date.fromisoformat(question.min) if question.min else answers.FIRST_DAY
        high = date.fromisoformat(question.max) if question.max else answers.LAST_DAY
        return _Scale(low.toordinal(), high.toordinal(), date.fromordinal)
    unit = {"money": Decimal("0.01"), "percent": SMALLEST_PERCENT}.get(question.type, Decimal(1))
    least = Decimal(question.min or (0 if question.type != "number" else -answers.LARGEST_NUMBER))
    most = Decimal(question.max or answers.LARGEST_NUMBER)
    if question.type == "number":
        return _Scale(int(least), int(most), int)
    return _Scale(int(least / unit), int(most / unit), lambda steps: (steps * unit).normalize() + 0)


def _first(scale: _Scale, is_there: Callable[[Value], bool]) -> int | None:
    """Return the first step from which on something is true, None where it never is."""
    low, high = scale.low, scale.high + 1
    while low < high:
        middle = (low + high) // 2
        if is_there(scale.value(middle)):
            high = middle
        else:
            low = middle + 1
    return low if low <= scale.high else None


def _grid(facts: _Facts) -> Mapping[Variable, tuple[int, ...]]:
    """Return, for each variable that is compared, the steps that stand for all its values.

    Of the values that make a set of comparisons true or false in one way, the least are reached from the constants
    by as many steps as there are variables, each to the first value at or above what it is compared with.
    """
    sides = [side for pair in facts.relations for side in pair if side.kind == "linear"]
    scales = {side.variable: _scale(facts.question(side.variable)) for side in sides}
    found: dict[Variable, set[int]] = {variable: {scale.low} for variable, scale in scales.items()}
    for _ in range(len(scales) + 1):
        before = sum(map(len, found.values()))
        for one, other in facts.relations:
            for here, there in ((one, other), (other, one)):
                if here.kind == "linear":
                    bounds = _values(there, found, scales)
                    found[here.variable].update(_crossings(here, bounds, scales[here.variable]))
        if sum(map(len, found.values())) == before:
            break
    return {variable: tuple(sorted(steps)) for variable, steps in found.items()}


def _values(side: _Side, found: Mapping[Variable, set[int]], scales: Mapping[Variable, _Scale]) -> list[Value]:
    """Return what a side comes to: a constant, or what its filters make of each value found, and of no answer."""
    if side.kind == "constant":
        return [side.value(side.constant)]
    made = [side.value(scales[side.variable].value(step)) for step in sorted(found[side.variable])]
    return [*made, side.unanswered()]


def _crossings(side: _Side, bounds: Iterable[Value], scale: _Scale) -> Iterator[int]:
    """Yield the first steps at which a side reaches, and passes, each bound."""
    for bound in bounds:
        if isinstance(bound, str | bool | Missing):
            continue
        for is_there in (
            lambda v, b=bound: side.value(v) >= b,
            lambda v, b=bound: side.value(v) > b,
        ):
            step = _first(scale, is_there)
            if step is not None:
                yield step


# -- the values that a question can have --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that stands for others, what is answered to have it (None: nothing), and how many lines that takes."""

    value: Value
    given: Value | None
    cost: int


_SAMPLES = {
    "email": "person{}@example.org", "phone": "555-010-{:04}", "address": "{} Main Street", "paragraph": "Words {}",
}  # fmt: skip


def divided(asked: Questionnaire, mine: Iterable[Leaf], every: Iterable[Leaf]) -> Division:
    """Divide answers where conditions compare them; `mine` look at one question, `every` also at what it meets."""
    facts = _Facts(asked)
    for leaf in every:
        facts.leaf(leaf, {})
    facts.field_conditions()
    return Division(asked, tuple(mine), facts, _grid(facts))


@dataclass(frozen=True, slots=True)
class Division:
    """One question's answers, divided where the conditions `mine` of the conditions `every` compare them."""

    asked: Questionnaire
    mine: tuple[Leaf, ...]
    facts: _Facts
    grid: Mapping[Variable, tuple[int, ...]]

    def candidates(self, question: Question) -> Iterator[Candidate]:
        """Yield candidates among which there is one for each case, the unanswered question first."""
        yield Candidate(answers.unanswered(self.asked, question, question.id), None, 0)
        if question.type == "records":
            yield from self._lists(question)
        else:
            yield from (Candidate(v, v, 1) for v in self._scalars(question, (question.id, "")))

    def _lists(self, question: Question) -> Iterator[Candidate]:
        """Yield lists of records: each set of kinds that can occur together, and each number that is asked about."""
        kinds = self._kinds(question)
        most = max(self.facts.counts.get(question.id, {0})) + 1
        low, high = int(question.min or 0), int(question.max or answers.MOST_RECORDS)
        if (most + 1) ** len(kinds) > MOST_LISTS:
            raise UndecidedError(f"{question.id}, of which there are {len(kinds)} kinds")
        for counts in itertools.product(range(most + 1), repeat=len(kinds)):
            members = [kind for kind, times in zip(kinds, counts, strict=True) for _ in range(times)]
            while members and len(members) < low:
                members.append(members[0])
            if not low <= len(members) <= high:
                continue
            listed = tuple(_numbered(question, kind, n) for n, kind in enumerate(members, 1))
            given = tuple(Record(kind.given, f"{question.id}[{n}]") for n, kind in enumerate(members, 1))
            yield Candidate(listed, given, 1 + sum(max(1, len(kind.given)) for kind in members))

    def _kinds(self, question: Question) -> list[_Member]:
        """Return one record for each kind that the conditions tell apart, with the fewest answers in it."""
        wanted = self.facts.fields.get(question.id, {})
        conditions = record_conditions(question, RECORD)
        blank = {e.id: answers.missing(e, f"{question.id}[1].{e.id}") for e in question.fields}
        members = [_Member(blank, {})]
        for entry in _in_order(question, conditions):
            open_ = answers.unanswered(self.asked, entry, f"{question.id}.{entry.id}")
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
        found: dict[object, _Member] = {}
        for member in sorted(members, key=lambda m: len(m.given)):
            record = Record(member.values, f"{question.id}[1]")
            found.setdefault(tuple(_seen(leaf, question, record) for leaf in self.mine), member)
        return list(found.values())

    def _texts(self, question: Question) -> Iterator[Value]:
        yield from self.facts.texts
        for number in range(1, self.facts.pairs + 2):
            yield _SAMPLES.get(question.type, "Name {}").format(number)
        if question.type in ("text", "paragraph", "address"):
            yield ""

    def _scalars(self, question: Question, variable: Variable) -> Iterator[Value]:
        """Yield the values that stand for all answers to a question which is not a list of records."""
        match question.type:
            case "yes-no":
                yield from (True, False)
            case "choice":
                yield from (option.value for option in question.options)
            case "choices":
                values = [option.value for option in question.options]
                if 2 ** len(values) > MOST_KINDS:
                    raise UndecidedError(f"{question.id}, of which {len(values)} options can be chosen together")
                for size in range(len(values) + 1):
                    yield from itertools.combinations(values, size)
            case "number" | "money" | "percent" | "date":
                scale = _scale(question)
                yield from map(scale.value, self.grid.get(variable, (scale.low,)))
            case _:
                yield from self._texts(question)


@dataclass(frozen=True, slots=True)
class _Member:
    """A record to be: the value of each field, and those that are answered."""

    values: Mapping[str, Value]
    given: Mapping[str, Value]

    def extended(self, name: str, unanswered: Value, values: Iterable[Value]) -> Iterator[_Member]:
        """Yield the record with one field left open, and with each of its values answered."""
        yield _Member({**self.values, name: unanswered}, self.given)
        for value in values:
            if identity(value) != identity(unanswered):
                yield _Member({**self.values, name: value}, {**self.given, name: value})


# -- records ------------------------------------------------------------------------------------


def record_conditions(question: Question, name: str) -> Mapping[str, Formula]:
    """Return the formula that each field of a record, called `name`, is asked, where that has a condition."""
    schema: dict[str, Kind] = {entry.id: questionnaire.kind(entry) for entry in question.fields}
    inner: dict[str, Expression] = {entry.id: Name(f"{name}.{entry.id}") for entry in question.fields}
    return {
        entry.id: formulas.test(formulas.replaced(language.check(language.parse(entry.ask_when), schema)[0], inner))
        for entry in question.fields
        if entry.ask_when
    }


def _in_order(question: Question, conditions: Mapping[str, Formula]) -> list[Question]:
    """Return the fields of a record, each after those that decide whether it is asked."""
    made: list[Question] = []
    waiting = list(question.fields)
    while waiting:
        known = {entry.id for entry in made}
        ready = [
            entry
            for entry in waiting
            if all(name.partition(".")[2] in known for name in formulas.names(conditions.get(entry.id, TRUE)))
        ] or waiting  # a circle: as they stand
        made.extend(ready)
        waiting = [entry for entry in waiting if entry not in ready]
    return made


def _numbered(question: Question, member: _Member, number: int) -> Record:
    values = {
        entry.id: answers.missing(entry, f"{question.id}[{number}].{entry.id}")
        if isinstance(member.values[entry.id], Missing)
        else member.values[entry.id]
        for entry in question.fields
    }
    return Record(values, f"{question.id}[{number}]")


def _seen(leaf: Leaf, question: Question, record: Record) -> object:
    """Return what a condition sees of one record: whether it counts, or, beside other questions, its fields."""
    if len(leaf.names) > 1:
        return identity(record)
    listed: dict[str, Value] = {question.id: (record,)}
    counted = _counted(leaf.expression) if isinstance(leaf, Test) else ()
    return (formulas.holds(leaf, listed), *(language.holds(chain, listed) for chain in counted))


def _counted(expression: Expression) -> Iterator[Expression]:
    """Go through the lists that are counted in an expression."""
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


def identity(value: Value) -> object:
    """Return something that can be compared and hashed in the place of a value."""
    match value:
        case Missing():
            return None
        case Record(values=inner):
            return tuple(identity(v) for v in inner.values())
        case tuple():
            return ("list", *map(identity, value))
        case _:
            return (type(value).__name__, value)
