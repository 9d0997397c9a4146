"""Expressions as values, the kinds of value that they work on, and the names that decide them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal

from drafter.values import dataclass

# -- kinds and values ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is: a question's type, or a list, a record, or any (a constant text, which may be a date).

    `options` maps a choice's values to the words the contract prints; `fields` are a record's; `item` is a list's, and
    `joined` the word before its last item.
    """

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Kind] = field(default_factory=dict)
    item: Kind | None = None
    joined: str = "and"


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a list of records: its fields by name, and which one it is ("people[2]")."""

    values: Mapping[str, Value]
    question: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The value of a question that has no answer: the label of the blank, and the question's id.

    A list of records has one record of blanks, so that a table still shows what is needed.
    """

    label: str
    question: str
    record: Record | None = None


Atom = str | bool | int | Decimal | date

Value = Atom | Record | Missing | tuple["Value", ...]


# -- expressions --------------------------------------------------------------------------------


class ExpressionError(Exception):
    """The expression can't be used; the message says why in words, `hint` what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep what is wrong, and what to write instead."""
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Name:
    """A question id, a loop's record, or a field of it."""

    path: str


@dataclass(frozen=True, slots=True)
class Constant:
    """Text, a number, a date, true or false."""

    value: Atom


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of expressions."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison; `operator` is eq, ne, lt, lteq, gt, gteq, in or notin, or one of `SEARCHES` in a `ListOf`."""

    left: Expression
    operator: str
    right: Expression


@dataclass(frozen=True, slots=True)
class Not:
    """`not`."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Both:
    """`and`."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Either:
    """`or`."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Conditional:
    """`yes if test else no`."""

    test: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Filter:
    """A named filter with constant arguments."""

    name: str
    operand: Expression
    arguments: tuple[Atom, ...] = ()


Expression = Name | Constant | ListOf | Compare | Not | Both | Either | Conditional | Filter

SYMBOLS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in"}
SEARCHES = (
    "mentions",
    "mentions_only",
    "same_name",
)  # for words in texts; written as filters, whose arguments may be names

# -- names --------------------------------------------------------------------------------------


def names(expression: Expression) -> frozenset[str]:
    """Return the names in an expression."""
    match expression:
        case Name(path=path):
            return frozenset((path,))
        case Constant():
            return frozenset()
        case ListOf(items=items):
            return frozenset().union(*map(names, items))
        case Not(operand=inner) | Filter(operand=inner):
            return names(inner)
        case Conditional(test=test, yes=yes, no=no):
            return names(test) | names(yes) | names(no)
        case Compare(left=left, right=right) | Both(left=left, right=right) | Either(left=left, right=right):
            return names(left) | names(right)


def open_names(expression: Expression) -> frozenset[str]:
    """Return the names whose missing answer leaves the value missing: all but those under `otherwise` or `answered`."""
    match expression:
        case Filter(name="otherwise" | "answered"):
            return frozenset()
        case Not(operand=inner) | Filter(operand=inner):
            return open_names(inner)
        case ListOf(items=items):
            return frozenset().union(*map(open_names, items))
        case Conditional(test=test, yes=yes, no=no):
            return open_names(test) | open_names(yes) | open_names(no)
        case Compare(left=left, right=right) | Both(left=left, right=right) | Either(left=left, right=right):
            return open_names(left) | open_names(right)
        case _:
            return names(expression)


def replaced(expression: Expression, by: Mapping[str, Expression]) -> Expression:
    """Return an expression with other expressions in place of some names."""
    match expression:
        case Name(path=path):
            return by.get(path, expression)
        case ListOf(items=items):
            return ListOf(tuple(replaced(item, by) for item in items))
        case Compare(left=left, operator=operator, right=right):
            return Compare(replaced(left, by), operator, replaced(right, by))
        case Not(operand=inner):
            return Not(replaced(inner, by))
        case Both(left=left, right=right):
            return Both(replaced(left, by), replaced(right, by))
        case Either(left=left, right=right):
            return Either(replaced(left, by), replaced(right, by))
        case Conditional(test=asked, yes=yes, no=no):
            return Conditional(replaced(asked, by), replaced(yes, by), replaced(no, by))
        case Filter(name=name, operand=inner, arguments=arguments):
            return Filter(name, replaced(inner, by), arguments)
        case Constant():
            return expression
