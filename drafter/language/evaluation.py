"""Works out the value of an expression from answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.language import likeness
from drafter.language.filters import FILTERS
from drafter.language.tree import (
    SEARCHES,
    Both,
    Compare,
    Conditional,
    Constant,
    Either,
    Expression,
    Filter,
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
            compare = _searched if operator in SEARCHES else _compare
            return compare(evaluate(left, scope), operator, evaluate(right, scope))
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


def _each(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _searched(texts: Value, operator: str, phrases: Value) -> Value:
    """Say whether one of the texts mentions one of the phrases or has its name, or whether all mention nothing else.

    A missing text or phrase that could make it otherwise makes it `Missing`.
    """
    read, wanted = tuple(_leaves(texts)), tuple(_leaves(phrases))
    known = [text for text in read if isinstance(text, str)]
    sought = [phrase for phrase in wanted if isinstance(phrase, str)]
    if operator != "mentions_only":
        fits = likeness.is_said if operator == "mentions" else likeness.is_one_name
        found = any(fits(phrase, text) for text in known for phrase in sought)
        open_ = () if found else (*read, *wanted)
    else:
        found = all(likeness.says_only(sought, text) for text in known)
        open_ = read if found else wanted
    return next((value for value in open_ if isinstance(value, Missing)), found)


def _leaves(value: Value) -> Iterator[Value]:
    """Yield a value, or the values of a list and of the lists in it."""
    if isinstance(value, tuple):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value


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
            return isinstance(right, tuple) and all(one in right for one in _each(left))
        case "notin":
            return not (isinstance(right, tuple) and all(one in right for one in _each(left)))
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
