"""Turns text into an expression, or says what in it is not part of the language."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from drafter.base import characters, spelling
from drafter.language.filters import FILTERS
from drafter.language.tree import (
    SEARCHES,
    Both,
    Compare,
    Conditional,
    Constant,
    Either,
    Expression,
    ExpressionError,
    Filter,
    ListOf,
    Name,
    Not,
)

if TYPE_CHECKING:
    from jinja2 import Environment


LONGEST = 1000  # characters of one expression
MOST_PHRASES = 20  # that one filter looks for in a text


@lru_cache(maxsize=8192)  # the conditions of records are parsed for every record
def parse(text: str) -> Expression:
    """Turn a text into an expression. ExpressionError if it is not one of the closed language."""
    import jinja2
    from jinja2.parser import Parser

    if len(text) > LONGEST:
        raise ExpressionError(f"the expression is longer than {LONGEST} characters")
    if "\n" in text:
        raise ExpressionError("the expression is on more than one line", "write it on one line")
    try:
        parser = Parser(_environment(), f"{text} }}}}", state="variable")  # as what follows "{{" in a template
        found = parser.parse_tuple()
        parser.stream.expect("variable_end")
        if not parser.stream.eos:
            raise ExpressionError(f"'{text.strip()}' is not one expression")
        return _convert(found)
    except jinja2.TemplateError as error:
        raise ExpressionError(f"'{text.strip()}' can't be read: {error.message}") from None
    except RecursionError:
        raise ExpressionError("the expression is nested too deeply") from None


@cache
def _environment() -> Environment:
    import jinja2

    return jinja2.Environment(autoescape=True)  # it only parses: nothing is ever rendered


def _convert(node: object) -> Expression:
    """Turn a node of Jinja's tree into an expression if it is on the list; refuse any other by name."""
    from jinja2 import nodes

    match node:
        case nodes.Name(name=name):
            return Name(_named(name))
        case nodes.Getattr(node=inner, attr=attribute):
            base = _convert(inner)
            if not isinstance(base, Name):
                raise ExpressionError(f"'.{attribute}' follows something that is not a name")
            return Name(f"{base.path}.{_named(attribute)}")
        case nodes.Const(value=value):
            return Constant(_constant(value))
        case nodes.List(items=items):
            return ListOf(tuple(map(_convert, items)))
        case nodes.Compare(expr=left, ops=[only]):
            return Compare(_convert(left), only.op, _convert(only.expr))
        case nodes.Not(node=inner):
            return Not(_convert(inner))
        case nodes.And(left=left, right=right):
            return Both(_convert(left), _convert(right))
        case nodes.Or(left=left, right=right):
            return Either(_convert(left), _convert(right))
        case nodes.CondExpr(test=test, expr1=yes, expr2=no) if no is not None:
            return Conditional(_convert(test), _convert(yes), _convert(no))
        case nodes.Filter(node=inner, name=name, args=args, kwargs=[], dyn_args=None, dyn_kwargs=None) if inner:
            return _filter(name, _convert(inner), args)
        case _:
            name = "Arithmetic" if isinstance(node, nodes.BinExpr | nodes.UnaryExpr) else type(node).__name__
            raise ExpressionError(
                f"{_REFUSED.get(name, name.lower())} is not part of the expression language",
                "names, constants, lists, comparisons, 'and', 'or', 'not', 'in', 'a if b else c' and the filters of "
                "docs/library.md can be used",
            )


_REFUSED = {
    "Call": "a call",
    "Compare": "a chain of comparisons",
    "CondExpr": "'if' without 'else'",
    "Dict": "a mapping",
    "Filter": "a filter with named arguments",
    "Getitem": "a subscript",
    "Test": "a test with 'is'",
    "Tuple": "a list without square brackets",
}


def _named(name: str) -> str:
    if name.startswith("_"):
        raise ExpressionError(f"the name '{name}' starts with '_'", "such names are refused")
    return name


def _constant(value: object) -> str | bool | int | Decimal:
    for found in characters.faults(value) if isinstance(value, str) else ():
        raise ExpressionError(f"the text contains {found.what}", found.hint)
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        number = Decimal(str(value))
        if not number.is_finite():
            raise ExpressionError("the number is too large")
        return number
    raise ExpressionError("'none' can't be used", "a comparison with a question that has no answer is false already")


def _filter(name: str, operand: Expression, args: Iterable[object]) -> Filter | Compare:
    if name not in FILTERS and name not in SEARCHES:
        raise ExpressionError(f"there is no filter '{name}'", spelling.meant(name, (*FILTERS, *SEARCHES)))
    given = tuple(map(_convert, args))
    low, high = (1, MOST_PHRASES) if name in SEARCHES else FILTERS[name].arguments
    if not low <= len(given) <= high:
        takes = str(low) if low == high else f"{low} or {high if high == low + 1 else 'more'}"
        raise ExpressionError(f"the filter '{name}' takes {takes} argument(s), not {len(given)}")
    if name in SEARCHES:
        return Compare(operand, name, ListOf(given))
    constants = tuple(a.value for a in given if isinstance(a, Constant))
    if len(constants) != len(given):
        raise ExpressionError(f"the arguments of the filter '{name}' must be constants")
    return Filter(name, operand, constants)
