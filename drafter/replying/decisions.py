"""The record of what was answered to the changes of a return: decisions.yaml, beside the record of swaps.

One rule: the matter decides. The record is written before the answers file, and an entry that put a wording or an
answer into the contract counts only while that is there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from drafter.asking.answering import changing
from drafter.base import disk, fitting, yaml_text, yaml_tree
from drafter.base.fitting import FromFile
from drafter.drafting.draft import Draft
from drafter.matters import filing
from drafter.values import dataclass

Answer = Literal["accept", "reject", "counter", "later", "reply"]
KEY = "decisions"
HEADING = """\
# What was answered to the other side's changes, oldest first. 'drafter decide' writes it; 'drafter decide --undo' takes
# the last one back. 'because' is for our own side; 'reply' is sent to the other side.
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was answered to one change or comment: its round, its key, its section as sent, and its clause.

    `alternative` is the wording that was put in, `questions` the answers, as `name=value`, with those before in `was`.
    `because` is the reason for our own side, `reply` what the other side is told.
    """

    round: int
    change: str
    section: str
    answer: Answer
    on: date
    clause: str = ""
    alternative: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    was: tuple[tuple[str, str], ...] = ()
    because: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry(FromFile):
    round: int
    change: str
    section: str
    answer: Answer
    on: date
    clause: str | None = None
    alternative: str | None = None
    questions: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    because: str | None = None
    reply: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _File(FromFile):
    decisions: tuple[_Entry, ...] = ()


def read(matter: Path) -> tuple[Decision, ...]:
    """Read the record of a matter; none where there is none. DraftingError with the line of what can't be read."""
    path = matter / filing.DECISIONS
    return parse(disk.read_text(path, str(path)), str(path)) if os.path.lexists(path) else ()


def parse(text: str, name: str) -> tuple[Decision, ...]:
    """Read the text of a record. DraftingError with the line of each entry that can't be read."""
    found = fitting.fit(yaml_tree.parse(text, name), _File).decisions
    return tuple(
        Decision(
            e.round, e.change, e.section, e.answer, e.on, e.clause or "", e.alternative or "", _pairs(e.questions),
            _pairs(e.was), e.because or "", e.reply or "",
        )
        for e in found
    )  # fmt: skip


def _pairs(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, _, value in (line.partition("=") for line in lines))


def to_text(decisions: Iterable[Decision]) -> str:
    """Return the text of a record; `parse` reads it back."""
    lines = []
    for one in decisions:
        lines += [f"  - round: {one.round}"]
        said = (
            ("change", one.change), ("section", one.section), ("answer", one.answer), ("clause", one.clause),
            ("alternative", one.alternative),
        )  # fmt: skip
        lines += [f"    {key}: {yaml_text.scalar(value)}" for key, value in said if value]
        for key, pairs in (("questions", one.questions), ("was", one.was)):
            listed = ", ".join(yaml_text.scalar(f"{name}={value}", flow=True) for name, value in pairs)
            lines += [f"    {key}: [{listed}]"] if pairs else []
        lines += [f"    on: {one.on.isoformat()}"]
        lines += [f"    because: {yaml_text.scalar(one.because)}"] if one.because else []
        lines += [f"    reply: {yaml_text.scalar(one.reply)}"] if one.reply else []
    return HEADING + "\n".join([f"{KEY}:" if lines else f"{KEY}: []", *lines, ""])


def left(keys: Iterable[str], answered: Mapping[str, Decision]) -> tuple[str, ...]:
    """Return which of some changes or comments, by their keys, have no answer, or were left for later."""
    return tuple(key for key in keys if key not in answered or answered[key].answer == "later")


def counting(decisions: Iterable[Decision], made: Draft) -> dict[tuple[int, str], Decision]:
    """Return the entries that count in a draft, by round and change: the last one of each, while what it put in holds.

    Several changes of one clause may be in one wording: the last that was put in says whether it is there. An answer
    that was given must be the matter's still; a record of a list that was taken out has no place to look at.
    """
    last: dict[tuple[int, str], Decision] = {}
    put: dict[str, str] = {}
    for one in decisions:
        last[one.round, one.change] = one
        if one.alternative:
            put[one.clause] = one.alternative
    in_force = made.selection.in_force
    return {
        key: one
        for key, one in last.items()
        if (not one.alternative or in_force.get(one.clause) == put[one.clause])
        and (one.answer in ("reject", "later") or _holds(one, made))
    }


def _holds(one: Decision, made: Draft) -> bool:
    """Say whether the answers that an entry gave are those of a matter."""
    given = [(name, value or None) for name, value in one.questions if value or not name.endswith("]")]
    return not given or changing.holds(made.matter, given)
