"""Puts a value in the words of a contract, with what is missing in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from drafter.base import english
from drafter.language.evaluation import evaluate
from drafter.language.tree import Expression, Kind, Missing, Record, Value

Piece = str | Missing


def fill(expression: Expression, kind: Kind, scope: Mapping[str, Value]) -> tuple[Piece, ...]:
    """Return what a field prints, in order: text, and what is missing in it."""
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
            return (english.plain_number(value) + (" percent" if kind.name == "percent" else ""),)
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
