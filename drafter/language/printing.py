"""Puts a value in the words of a contract, with what is missing in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from drafter.base import english
from drafter.language.evaluation import evaluate
from drafter.language.tree import Expression, Kind, Missing, Record, Value

Piece = str | Missing


def fill(expression: Expression, kind: Kind, scope: Mapping[str, Value], *, alone: bool = False) -> tuple[Piece, ...]:
    """Return what a field prints, in order: text, and what is missing in it.

    `alone` in its line or cell, an answer keeps its lines, and a number is in figures.
    """
    value = evaluate(expression, scope)
    if not alone:
        return _on_one_line(show(value, kind), kind)
    if kind.name == "number" and isinstance(value, int | Decimal):
        return (english.plain_number(value),)
    return show(value, kind)


def show(value: Value, kind: Kind) -> tuple[Piece, ...]:
    """Put a value in the words of a contract, by its kind: dates and money written out, options by their words."""
    match value:
        case Missing():
            return (value,)
        case tuple():
            item = kind.item or Kind("text")
            two_dates = len(value) == 2 and all(isinstance(v, date | Missing) for v in value)  # noqa: PLR2004
            return _series([_on_one_line(show(v, item), item) for v in value], kind.joined, hold_commas=not two_dates)
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
                f"{english.plain_number(value)} percent" if kind.name == "percent" else english.counting_number(value),
            )
        case _:
            return (_typographic(kind.options.get(value, value), kind),)


def _typographic(text: str, kind: Kind) -> str:
    """Turn the quotation marks of an answer as the library's are, the one change that is made to it.

    An address of e-mail and what looks like code stay as they are.
    """
    return text if kind.name == "email" or english.is_code(text) else english.typographic(text)


def _on_one_line(pieces: tuple[Piece, ...], kind: Kind) -> tuple[Piece, ...]:
    """Join the lines of an address with commas; a paragraph keeps its own."""
    several = kind.name != "paragraph" and any(isinstance(piece, str) and "\n" in piece for piece in pieces)
    return tuple(english.one_line(p) if isinstance(p, str) and several else p for p in pieces)


def _series(items: list[tuple[Piece, ...]], last: str, *, hold_commas: bool) -> tuple[Piece, ...]:
    """Join to "A", "A and B", "A, B, and C"; where an item holds a comma, to "A, a; B; and C".

    `hold_commas` is false of two dates: "July 1, 2026 and July 1, 2027" is clear.
    """
    made: list[Piece] = []
    semicolons = hold_commas and any(isinstance(piece, str) and ", " in piece for item in items for piece in item)
    for place, item in enumerate(items):
        if place:
            made.append(english.between(place, len(items), last, semicolons=semicolons))
        made.extend(item)
    return tuple(made)
