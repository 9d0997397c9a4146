"""Collects what conditions compare: each question or field with constants, with others, or by how many there are.

One rule: a comparison that can't be divided into cases is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import Decimal
from typing import Literal

from drafter import language
from drafter.language import Atom, Compare, Constant, Expression, Filter, ListOf, Missing, Name, Value
from drafter.proving.solving import formulas, records
from drafter.proving.solving.formulas import TRUE, Leaf, Test
from drafter.reading.questionnaire import Question, Questionnaire
from drafter.values import dataclass

Variable = tuple[str, str]  # a question, and a field of its records (empty: the question itself)

_MONOTONE = ("add_months", "add_days", "last_day", "otherwise")  # a later day stays a later day
_LINEAR = ("number", "money", "percent", "date")
_FINITE = ("choice", "yes-no")


class UndecidedError(Exception):
    """A condition compares what can't be divided into cases; the message is the condition."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a constant, or a variable behind filters, or the number of entries in a list."""

    kind: Literal["constant", "linear", "finite", "text", "count", "weekday", "known"]
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
class Comparisons:
    """What the conditions of one formula compare; lives for that formula only.

    `relations` are comparisons of numbers, amounts and days, `weekdays` the days whose weekday is looked at; `texts`
    the constant texts, `phrases` what is looked for in texts; `pairs` counts comparisons of one text with another.
    `counts` has the numbers that the length of a list is compared with, `fields` the fields of its records that are
    looked at, `distinct` those in which no two records may have the same.
    """

    asked: Questionnaire
    relations: list[tuple[Side, Side]] = field(default_factory=list)
    texts: dict[str, None] = field(default_factory=dict)
    phrases: dict[str, None] = field(default_factory=dict)
    weekdays: set[Variable] = field(default_factory=set)
    pairs: int = 0
    counts: dict[str, set[int]] = field(default_factory=dict)
    fields: dict[str, dict[str, None]] = field(default_factory=dict)
    distinct: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    _followed: dict[str, set[str]] = field(default_factory=dict)

    def question(self, variable: Variable) -> Question:
        """Return the question behind a variable."""
        listed, wanted = variable
        found = self.asked.questions[listed]
        return next(entry for entry in found.fields if entry.id == wanted) if wanted else found

    # -- collecting --

    def leaf(self, leaf: Leaf, env: Mapping[str, str]) -> None:
        """Take in what one condition compares; `env` has the list behind each record's name."""
        if isinstance(leaf, Test):
            self._condition(leaf.expression, env)
            return
        self._operand(leaf.records, env)
        listed = next(iter(language.names(leaf.records)), "")
        for inner in formulas.leaves(leaf.holds):
            self.leaf(inner, {**env, leaf.name: listed})

    def field_conditions(self) -> None:
        """Take in the conditions under which the fields looked at are asked, and the fields that those look at."""
        for listed, wanted in self.fields.items():
            conditions = records.conditions(self.asked, self.asked.questions[listed], records.RECORD)
            todo = list(wanted)
            while todo:
                formula = conditions.get(todo.pop(), TRUE)
                for leaf in formulas.leaves(formula):
                    self.leaf(leaf, {records.RECORD: listed})
                for name in formulas.names(formula):
                    inner = name.partition(".")[2]
                    if inner not in wanted:
                        wanted[inner] = None
                    if inner not in self._followed.setdefault(listed, set()):
                        self._followed[listed].add(inner)
                        todo.append(inner)

    def _condition(self, expression: Expression, env: Mapping[str, str]) -> None:
        if isinstance(expression, Compare) and expression.operator in language.SEARCHES:
            self._mentioned(expression, env)
            return
        if isinstance(expression, Compare):
            rights = expression.right.items if isinstance(expression.right, ListOf) else (expression.right,)
            for right in rights:
                self._related(expression.left, right, env, expression)
            return
        side = self._side(expression, env)
        if side is not None and side.kind == "linear" and self.question(side.variable).type != "date":  # zero is false
            self.relations.append((side, Side("constant", constant=0)))
        self._operand(expression, env)

    def _operand(self, expression: Expression, env: Mapping[str, str]) -> None:
        """Note the fields of records that an expression looks at."""
        match expression:
            case Name(path=path):
                head, _, rest = path.partition(".")
                if path not in self.asked.questions and head in env:
                    self.fields.setdefault(env[head], {})[rest] = None
            case Filter(name="having" | "field", operand=inner, arguments=arguments):
                listed = next(iter(language.names(expression)), "")
                self.fields.setdefault(listed, {})[str(arguments[0])] = None
                self._operand(inner, env)
                for value in arguments[1:]:
                    variable = self._variable((listed, str(arguments[0])))
                    if variable is not None:
                        self._relate(variable, Side("constant", constant=value), expression)
            case Filter(name="distinct", operand=inner, arguments=arguments):
                if not isinstance(inner, Name) or inner.path not in self.asked.questions:
                    raise UndecidedError(language.explain(expression))
                self.distinct.setdefault(inner.path, set()).add(tuple(map(str, arguments)))
            case Filter(name="distinct_names"):
                raise UndecidedError(language.explain(expression))
            case Filter(operand=inner):
                self._operand(inner, env)
            case _:
                pass

    def _mentioned(self, whole: Compare, env: Mapping[str, str]) -> None:
        """Take in the constant phrases that are looked for in one text."""
        self._operand(whole.left, env)
        side = self._side(whole.left, env) if isinstance(whole.left, Name) else None
        phrases = whole.right.items if isinstance(whole.right, ListOf) else ()
        constants = [p.value for p in phrases if isinstance(p, Constant) and isinstance(p.value, str)]
        if whole.operator != "mentions" or side is None or side.kind != "text" or len(constants) < len(phrases):
            raise UndecidedError(language.explain(whole))
        self.phrases.update(dict.fromkeys(constants))

    def _related(self, left: Expression, right: Expression, env: Mapping[str, str], whole: Expression) -> None:
        self._operand(left, env)
        self._operand(right, env)
        one, other = self._side(left, env), self._side(right, env)
        if one is None or other is None:
            raise UndecidedError(language.explain(whole))
        self._relate(one, other, whole)

    def _relate(self, one: Side, other: Side, whole: Expression) -> None:
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
        elif "weekday" in kinds and kinds <= {"weekday", "constant"}:
            self.weekdays.update(side.variable for side in (one, other) if side.kind == "weekday")
        elif not kinds <= {"known", "constant"}:
            raise UndecidedError(language.explain(whole))

    # -- the sides of a comparison --

    def _variable(self, variable: Variable) -> Side | None:
        question = self.question(variable)
        kind = "text" if question.type == "choices" and question.among else question.type
        if kind in _LINEAR:
            return Side("linear", variable)
        return None if kind in ("records", "choices") else Side("finite" if kind in _FINITE else "text", variable)

    def _side(self, expression: Expression, env: Mapping[str, str]) -> Side | None:
        """Return one side of a comparison, None if it can't be divided into cases."""
        match expression:
            case Constant(value=value):
                return Side("constant", constant=value)
            case Name(path=path):
                head, _, rest = path.partition(".")
                if path in self.asked.questions:
                    question = self.asked.questions[path]
                    known = question.type == "choices" and not question.among
                    return Side("known", (path, "")) if known else self._variable((path, ""))
                return self._variable((env[head], rest)) if head in env else None
            case Filter(name="answered"):
                return Side("known")
            case Filter(name="count", operand=inner) if self._listed(inner):
                return Side("count", (self._listed(inner), ""))
            case Filter(name="field", operand=inner, arguments=(wanted,)) if self._listed(inner):
                return self._variable((self._listed(inner), str(wanted)))
            case Filter(name="weekday", operand=Name() as inner):
                side = self._side(inner, env)
                return None if side is None else Side("weekday", side.variable)
            case Filter(name="label", operand=inner):
                side = self._side(inner, env)
                if side is None or side.kind != "finite":
                    return None
                return Side(side.kind, side.variable, (expression, *side.filters))
            case Filter(name=name, operand=inner) if name in _MONOTONE:
                side = self._side(inner, env)
                if side is None or side.kind == "count":
                    return None
                return Side(side.kind, side.variable, (expression, *side.filters), side.constant)
            case _:
                return None

    def _listed(self, expression: Expression) -> str:
        """Return the question of a list that is at most narrowed with `having`; empty for anything else."""
        while isinstance(expression, Filter) and expression.name == "having":
            expression = expression.operand
        path = expression.path if isinstance(expression, Name) else ""
        return path if path in self.asked.questions and self.asked.questions[path].type == "records" else ""


def collect(asked: Questionnaire, leaves: Iterable[Leaf]) -> Comparisons:
    """Return what these conditions compare. UndecidedError for a comparison that can't be divided into cases."""
    found = Comparisons(asked)
    for leaf in leaves:
        found.leaf(leaf, {})
    found.field_conditions()
    return found
