"""A name of each kind, and what an expression over them comes to, or why it is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from drafter import language
from drafter.language import ExpressionError, Kind, Missing, Record, parse

SIZES = {"small": "a small dog", "large": "Large"}
FIELDS = {"name": Kind("text"), "size": Kind("choice", options=SIZES), "born": Kind("date"), "cost": Kind("money")}
SCHEMA = {
    "text": Kind("text"),
    "note": Kind("text"),
    "paragraph": Kind("paragraph"),
    "email": Kind("email"),
    "phone": Kind("phone"),
    "address": Kind("address"),
    "choice": Kind("choice", options=SIZES),
    "choices": Kind("choices", options=SIZES, item=Kind("choice", options=SIZES)),
    "yes": Kind("yes-no"),
    "number": Kind("number"),
    "money": Kind("money"),
    "percent": Kind("percent"),
    "day": Kind("date"),
    "dogs": Kind("records", fields=FIELDS),
    "dog": Kind("record", fields=FIELDS),
}
HINT = (
    "names, constants, lists, comparisons, 'and', 'or', 'not', 'in', 'a if b else c' and the filters of "
    "docs/library.md can be used"
)
CLOSED = "is not part of the expression language"


def checked(text):
    return language.check(parse(text), SCHEMA)


def refused(text):
    """Return why an expression can't be used, and the hint."""
    with pytest.raises(ExpressionError) as caught:
        checked(text)
    return str(caught.value), caught.value.hint


def record(place, **given):
    values = {"name": "Rex", "size": "large", "born": date(2020, 2, 29), "cost": Decimal(5), **given}
    return Record(values, f"dogs[{place}]")


def printed(text, **given):
    pieces = language.fill(*checked(text), given)
    return "".join(f"[{piece.label}]" if isinstance(piece, Missing) else piece for piece in pieces)


def true(text, **given):
    return language.holds(checked(text)[0], given)
