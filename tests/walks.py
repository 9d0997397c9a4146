"""Questions about walking dogs, answers to all and to none, and what an expression comes to with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from drafter import language
from drafter.language import ExpressionError, Kind, Missing, Record, parse

SIZE = Kind("choice", options={"small": "a small dog", "large": "Large"})
DAYS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday"}
DOGS = Kind(
    "records",
    fields={"name": Kind("text"), "size": SIZE, "born": Kind("date"), "cost": Kind("money"), "old": Kind("yes-no")},
)
SCHEMA = {
    "walker": Kind("text"),
    "town.name": Kind("text"),
    "note": Kind("paragraph"),
    "bites": Kind("yes-no"),
    "leash": Kind("choice", options={"short": "by short leash", "long": "Long"}),
    "days": Kind("choices", options=DAYS, item=Kind("choice", options=DAYS)),
    "length": Kind("number"),
    "fee": Kind("money"),
    "share": Kind("percent"),
    "starts": Kind("date"),
    "ends": Kind("date"),
    "dogs": DOGS,
    "dog": Kind("record", fields=DOGS.fields),
}
REX = {"name": "Rex", "size": "large", "born": date(2020, 2, 29), "cost": Decimal(5), "old": False}
BIT = {"name": "Bit", "size": "small", "born": date(2021, 1, 1), "cost": Decimal(7), "old": True}


def record(place, **given):
    return Record({**REX, **given}, f"dogs[{place}]")


BLANKS = Record({name: Missing(f"Dog's {name}", f"dogs[1].{name}") for name in DOGS.fields}, "dogs[1]")
NOTHING = {name: Missing(name, name, BLANKS if kind.name == "records" else None) for name, kind in SCHEMA.items()}
NOTHING["dog"] = BLANKS
ANSWERS = {
    "walker": "ann",
    "town.name": "Bark",
    "note": "Woof.",
    "bites": True,
    "leash": "short",
    "days": ("mon", "tue", "wed"),
    "length": 6,
    "fee": Decimal("12500.00"),
    "share": Decimal(50),
    "starts": date(2026, 8, 31),
    "ends": date(2027, 6, 30),
    "dogs": (record(1), record(2, **BIT)),
    "dog": record(1),
}


def checked(text):
    return language.check(parse(text), SCHEMA)


def kind(text):
    return checked(text)[1].name


def value(text, **given):
    return language.evaluate(checked(text)[0], {**ANSWERS, **given})


def true(text, **given):
    return language.holds(checked(text)[0], {**ANSWERS, **given})


def printed(text, **given):
    """Return what a field prints, blanks in brackets."""
    pieces = language.fill(*checked(text), {**ANSWERS, **given})
    return "".join(f"[{piece.label}]" if isinstance(piece, Missing) else piece for piece in pieces)


def blank(text):
    """Return what a field prints when nothing was answered."""
    return printed(text, **NOTHING)


def refused(text):
    """Return why an expression can't be read, and the hint."""
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return str(caught.value), caught.value.hint


def unfit(text):
    """Return why an expression that can be read does not fit the questions, and the hint."""
    with pytest.raises(ExpressionError) as caught:
        checked(text)
    return str(caught.value), caught.value.hint
