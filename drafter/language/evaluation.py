"""Works out the value of an expression from answers, and what a field prints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from drafter.base import english
from drafter.language.filters import FILTERS
from drafter.language.tree import (
    Both,
    Compare,
    Conditional,
    Constant,
    Either,
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


def evaluate(expression: Expression, scope: Mapping[str, Value]) -> Value:
    """Return the value of a checked expression. A question without an answer gives `Missing`, never an error."""
    match expression:
        case Name(path=path):
            if path in scope:
                return scope[path]
            head, _, rest = path.partition(".")
            record = scope[head]
            return record.values[rest] if isinstance(record, Record) else record
        case Constant(value=value):
            return value
        case ListOf(items=items):
            return tuple(evaluate(item, scope) for item in items)
        case Compare(left=left, operator=operator, right=right):
            return _compare(evaluate(left, scope), operator, evaluate(right, scope))
        case Not(operand=inner):
            return not holds(inner, scope)
        case Both(left=left, right=right):
            return holds(left, scope) and holds(right, scope)
        case Either(left=left, right=right):
            return holds(left, scope) or holds(right, scope)
        case Conditional(test=test, yes=yes, no=no):
            return evaluate(yes if holds(test, scope) else no, scope)
        case Filter(name=name, operand=inner, arguments=arguments):
            return FILTERS[name].apply(evaluate(inner, scope), *arguments)


def holds(expression: Expression, scope: Mapping[str, Value]) -> bool:
    """Say whether a condition is true. A missing answer is not true; a list is true when it has something in it."""
    value = evaluate(expression, scope)
    return bool(value) and not isinstance(value, Missing)


def _compare(left: Value, operator: str, right: Value) -> bool:
    """Compare two values; with a missing one every comparison is false."""
    if isinstance(left, Missing) or isinstance(right, Missing):
        return False
    match operator:
        case "eq":
            return left == right
        case "ne":
            return left != right
        case "in":
            return isinstance(right, tuple) and left in right
        case "notin":
            return not (isinstance(right, tuple) and left in right)
        case _ if isinstance(left, str) or isinstance(right, str):
            return False  # the words of `otherwise` are neither more nor less than a number or a date
        case "lt":
            return left < right  # type: ignore[operator]  # checked: both are numbers, or both dates
        case "lteq":
            return left <= right  # type: ignore[operator]
        case "gt":
            return left > right  # type: ignore[operator]
        case _:
            return left >= right  # type: ignore[operator]


Piece = str | Missing


def fill(expression: Expression, kind: Kind, scope: Mapping[str, Value]) -> tuple[Piece, ...]:
    """Return what a field prints: text, and what is missing in it, in order."""
    return show(evaluate(expression, scope), kind)


def show(value: Value, kind: Kind) -> tuple[Piece, ...]:
    """Put a value in the words of a contract, by its kind: dates and money written out, options by their words."""
    match value:
        case Missing():
            return (value,)
        case tuple():
            return _series([show(v, kind.item or Kind("text")) for v in value])
        case Record():
            return (Missing("record", value.question),)
        case bool():
            return ("yes" if value else "no",)
        case date():
            return (english.long_date(value),)
        case int() | Decimal() if kind.name == "money":
            return (english.money(value),)
        case int() | Decimal():
            return (
                f"{english.plain_number(value)} percent"
                if kind.name == "percent"
                else f"{english.plain_number(value)}",
            )
        case _:
            return (kind.options.get(value, value),)


def _series(items: list[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Join to "A", "A and B", "A, B, and C"."""
    made: list[Piece] = []
    last = len(items) - 1
    for place, item in enumerate(items):
        if place:
            made.append(", " if place < last else " and " if last == 1 else ", and ")
        made.extend(item)
    return tuple(made)
