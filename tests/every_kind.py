"""A schema with a name of every kind, and what the tests of the language do with an expression over it."""

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
TEXTS = ("text", "paragraph", "email", "phone", "address", "choice")
CLOSED = "is not part of the expression language"


def checked(text):
    """Return an expression checked against the schema, and its kind."""
    return language.check(parse(text), SCHEMA)


def refused(text):
    """Return why an expression can't be used, and the hint."""
    with pytest.raises(ExpressionError) as caught:
        checked(text)
    return str(caught.value), caught.value.hint


def record(place, **given):
    """Return a record of the list of dogs."""
    values = {"name": "Rex", "size": "large", "born": date(2020, 2, 29), "cost": Decimal(5), **given}
    return Record(values, f"dogs[{place}]")


def printed(text, **given):
    """Return what a field prints, a blank in brackets."""
    pieces = language.fill(*checked(text), given)
    return "".join(f"[{piece.label}]" if isinstance(piece, Missing) else piece for piece in pieces)


def true(text, **given):
    """Return whether a condition holds."""
    return language.holds(checked(text)[0], given)
