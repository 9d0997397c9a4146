"""The record of a matter's changes of form: from which form to which, on which day, why, and which choices crossed.

One rule: the answers file decides which form a matter is in. The record serves to take a change back; it is written
before the answers file, and an entry counts only while it led to the form that the answers say.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from drafter.base import fitting, yaml_text, yaml_tree
from drafter.base.fitting import FromFile
from drafter.values import dataclass

KEY = "conversions"
HEADING = """\
# The changes of this matter's form, oldest first. 'drafter convert' writes them, and 'drafter convert --undo' takes the
# last one back.
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """A clause whose chosen alternative became another with the form; `after` is empty where it has none there."""

    clause: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """One change of form, and the choices of the answers file that it changed."""

    before: str
    after: str
    on: date
    because: str = ""
    choices: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice(FromFile):
    clause: str
    before: str
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry(FromFile):
    before: str
    after: str
    on: date
    because: str | None = None
    choices: tuple[_Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _File(FromFile):
    conversions: tuple[_Entry, ...] = ()


def parse(text: str, name: str) -> tuple[Conversion, ...]:
    """Read the text of a record. DraftingError with the line of each entry that can't be read."""
    found = fitting.fit(yaml_tree.parse(text, name), _File).conversions
    return tuple(
        Conversion(
            e.before, e.after, e.on, e.because or "", tuple(Moved(c.clause, c.before, c.after or "") for c in e.choices)
        )
        for e in found
    )


def counting(record: tuple[Conversion, ...], form: str) -> tuple[Conversion, ...]:
    """Return the changes of form up to the last one that led to a form; none where none did."""
    last = max((place for place, one in enumerate(record, 1) if one.after == form), default=0)
    return record[:last]


def to_text(conversions: Iterable[Conversion]) -> str:
    """Return the text of a record; `parse` reads it back."""
    lines: list[str] = []
    for one in conversions:
        lines += [f"  - before: {yaml_text.scalar(one.before)}", f"    after: {yaml_text.scalar(one.after)}"]
        lines += [f"    on: {one.on.isoformat()}"]
        lines += [f"    because: {yaml_text.scalar(one.because)}"] if one.because else []
        lines += ["    choices:"] if one.choices else []
        for moved in one.choices:
            lines += [f"      - clause: {yaml_text.scalar(moved.clause)}"]
            lines += [f"        before: {yaml_text.scalar(moved.before)}"]
            lines += [f"        after: {yaml_text.scalar(moved.after)}"] if moved.after else []
    return HEADING + "\n".join([f"{KEY}:" if lines else f"{KEY}: []", *lines, ""])
