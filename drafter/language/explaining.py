"""Writes an expression in the language's own syntax."""

from __future__ import annotations

from datetime import date

from drafter.language.tree import (
    SEARCHES,
    SYMBOLS,
    Atom,
    Both,
    Compare,
    Conditional,
    Constant,
    Either,
    Expression,
    Filter,
    ListOf,
    Name,
    Not,
)


def explain(expression: Expression) -> str:
    """Write an expression in the language's own syntax; `parse` reads it back."""
    match expression:
        case Name(path=path):
            return path
        case Constant(value=value):
            return _written(value)
        case ListOf(items=items):
            return f"[{', '.join(map(explain, items))}]"
        case Compare(left=left, operator=operator, right=ListOf(items=items)) if operator in SEARCHES:
            return f"{_operand(left)} | {operator}({', '.join(map(explain, items))})"
        case Compare(left=left, operator=operator, right=right):
            return f"{_operand(left)} {SYMBOLS[operator]} {_operand(right)}"
        case Not(operand=inner):
            return f"not ({explain(inner)})"
        case Both(left=left, right=right):
            return f"({explain(left)}) and ({explain(right)})"
        case Either(left=left, right=right):
            return f"({explain(left)}) or ({explain(right)})"
        case Conditional(test=test, yes=yes, no=no):
            return f"({explain(yes)} if {explain(test)} else {explain(no)})"
        case Filter(name=name, operand=inner, arguments=arguments):
            given = f"({', '.join(map(_written, arguments))})" if arguments and name != "label" else ""
            return f"{_operand(inner)} | {name}{given}"


def _operand(expression: Expression) -> str:
    """Write what a comparison or a filter is applied to."""
    text = explain(expression)
    return f"({text})" if isinstance(expression, Compare | Not | Both | Either) else text


def _written(value: Atom) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | date):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{text}'"
