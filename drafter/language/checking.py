"""Checks an expression against the questions that it may name, and types its constants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drafter.language.filters import FILTERS
from drafter.language.kinds import alike, constant_as, is_prose, kind_of_constant, meant, named
from drafter.language.tree import (
    SEARCHES,
    SYMBOLS,
    Both,
    Compare,
    Conditional,
    Constant,
    Either,
    Expression,
    ExpressionError,
    Filter,
    Kind,
    ListOf,
    Name,
    Not,
)


def check(expression: Expression, schema: Mapping[str, Kind]) -> tuple[Expression, Kind]:
    """Check an expression against the kinds of the known names; return it with its constants typed, and its kind.

    ExpressionError for an unknown name, field or option, a comparison of two kinds, or a filter on the wrong kind.
    """
    match expression:
        case Name(path=path):
            return expression, kind_of(path, schema)
        case Constant(value=value):
            return expression, kind_of_constant(value)
        case ListOf(items=items):
            return ListOf(tuple(check(item, schema)[0] for item in items)), Kind("list", item=Kind("any"))
        case Compare():
            return _check_compare(expression, schema), Kind("yes-no")
        case Not(operand=inner):
            return Not(check(inner, schema)[0]), Kind("yes-no")
        case Both(left=left, right=right):
            return Both(check(left, schema)[0], check(right, schema)[0]), Kind("yes-no")
        case Either(left=left, right=right):
            return Either(check(left, schema)[0], check(right, schema)[0]), Kind("yes-no")
        case Conditional():
            return _check_conditional(expression, schema)
        case Filter():
            return _check_filter(expression, schema)


def kind_of(path: str, schema: Mapping[str, Kind]) -> Kind:
    """Return the kind of a name; ExpressionError, with a suggestion, if nothing has that name."""
    if path in schema:
        return schema[path]
    head, _, rest = path.partition(".")
    if rest and head in schema and schema[head].name == "record":
        fields = schema[head].fields
        if rest in fields:
            return fields[rest]
        raise ExpressionError(f"'{head}' has no field '{rest}'", meant(rest, fields))
    if head in schema and schema[head].name == "records":
        raise ExpressionError(f"'{head}' is a list of records", f"use {head} | field('{rest}')")
    raise ExpressionError(f"there is no question '{path}'", meant(path, schema))


def is_free(name: str, schema: Mapping[str, Kind]) -> bool:
    """Say whether a record can be given a name: no question has it as its id, nor as the first part of its id."""
    return not any(known == name or known.startswith(f"{name}.") for known in schema)


def _check_conditional(expression: Conditional, schema: Mapping[str, Kind]) -> tuple[Expression, Kind]:
    (yes, kind), (no, other) = check(expression.yes, schema), check(expression.no, schema)
    if not alike(kind, other):
        raise ExpressionError(f"{named(kind)} and {named(other)} are the two sides of one 'if'")
    chosen = other if kind.name == "any" or other.options or isinstance(yes, Constant) else kind
    return Conditional(check(expression.test, schema)[0], yes, no), chosen


def _check_filter(expression: Filter, schema: Mapping[str, Kind]) -> tuple[Expression, Kind]:
    name, arguments = expression.name, expression.arguments
    checked, kind = check(expression.operand, schema)
    if name in ("upper", "capital") and kind.name == "choice":
        return _check_filter(replace(expression, operand=Filter("label", expression.operand)), schema)
    result = FILTERS[name].result(name, kind, arguments)
    if name == "having":
        of = kind.fields[str(arguments[0])]
        arguments = (arguments[0], *(constant_as(value, of) for value in arguments[1:]))
    elif name == "label":
        arguments = tuple(words for option in kind.options.items() for words in option)
    return Filter(name, checked, arguments), result


def _check_compare(expression: Compare, schema: Mapping[str, Kind]) -> Compare:
    left, kind = check(expression.left, schema)
    operator = expression.operator
    if operator in SEARCHES and isinstance(expression.right, ListOf):
        return Compare(left, operator, _phrases(operator, kind, expression.right, schema))
    if operator in ("in", "notin") and isinstance(expression.right, ListOf):
        items: list[Expression] = []
        for item in expression.right.items:
            left, checked = _matched(left, kind, *check(item, schema))
            items.append(checked)
        return Compare(left, operator, ListOf(tuple(items)))
    right, other = check(expression.right, schema)
    if operator in ("in", "notin"):
        if other.name not in ("list", "choices"):
            raise ExpressionError("what follows 'in' must be a list")
        one = kind.item or kind if kind.name == "list" else kind
        return Compare(_matched(left, one, right, other.item or Kind("any"))[0], operator, right)
    if operator in ("lt", "lteq", "gt", "gteq"):
        for side in (kind, other):
            if side.name not in ("number", "money", "percent", "date", "any") or kind.name == other.name == "any":
                raise ExpressionError(f"{named(side)} can't be compared with '{SYMBOLS[operator]}'")
    left, right = _matched(left, kind, right, other)
    return Compare(left, operator, right)


def _phrases(name: str, kind: Kind, phrases: ListOf, schema: Mapping[str, Kind]) -> ListOf:
    """Return the phrases that a filter looks for in a value of a kind; ExpressionError if either is no text."""
    if not is_prose(kind):
        raise ExpressionError(f"the filter '{name}' is not for {named(kind)}")
    checked: list[Expression] = []
    for item in phrases.items:
        phrase, of = check(item, schema)
        if not is_prose(of):
            raise ExpressionError(f"the filter '{name}' looks for text, not for {named(of)}")
        checked.append(phrase)
    return ListOf(tuple(checked))


def _matched(left: Expression, kind: Kind, right: Expression, other: Kind) -> tuple[Expression, Expression]:
    """Give the constants of each side the kind of the other; ExpressionError if the two can't be equal."""
    if not alike(kind, other):
        hint = "ask with 'in'" if {kind.name, other.name} & {"list", "choices"} else ""
        raise ExpressionError(f"{named(kind)} is compared with {named(other)}", hint)
    return _typed(left, other), _typed(right, kind)


def _typed(expression: Expression, kind: Kind) -> Expression:
    """Give the constants that an expression may come to the kind it is compared with, or ExpressionError."""
    match expression:
        case Constant(value=value):
            return Constant(constant_as(value, kind))
        case Conditional(yes=yes, no=no):
            return replace(expression, yes=_typed(yes, kind), no=_typed(no, kind))
        case Filter(name="otherwise", arguments=(value,)):
            return replace(expression, operand=_typed(expression.operand, kind), arguments=(constant_as(value, kind),))
        case _:
            return expression
