"""The record of what was answered to the changes of a return: decisions.yaml, beside the record of swaps.

One rule: the matter decides. The record is written before the answers file, and an entry that put a wording or an
answer into the contract counts only while that is there.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
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
    `because` is the reason for our own side, `reply` what the other side is told. `together` are the keys of several
    changes whose words and answers were put in by one step. What is put back by a rejection, or beside answers that are
    our counter, is in the same places.
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
    together: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        """Return the wording that the answer itself is, in which the change was put in or countered; empty for none."""
        is_it = self.answer == "accept" or (self.answer == "counter" and not self.questions)
        return self.alternative if is_it else ""


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
    together: tuple[str, ...] = ()


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
            _pairs(e.was), e.because or "", e.reply or "", e.together,
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
        together = ", ".join(yaml_text.scalar(key, flow=True) for key in one.together)
        lines += [f"    together: [{together}]"] if together else []
        lines += [f"    on: {one.on.isoformat()}"]
        lines += [f"    because: {yaml_text.scalar(one.because)}"] if one.because else []
        lines += [f"    reply: {yaml_text.scalar(one.reply)}"] if one.reply else []
    return HEADING + "\n".join([f"{KEY}:" if lines else f"{KEY}: []", *lines, ""])


def left(keys: Iterable[str], answered: Mapping[str, Decision]) -> tuple[str, ...]:
    """Return which of some changes or comments, by their keys, have no answer, or were left for later."""
    return tuple(key for key in keys if key not in answered or answered[key].answer == "later")


def counting(decisions: Iterable[Decision], made: Draft) -> dict[tuple[int, str], Decision]:
    """Return the entries that count in a draft, by round and change: the last one of each, while what it put in holds.

    Several changes of one clause may be in one wording: the last that was put in says whether it is there. What takes
    the place of the whole wording takes that out which was in it. An answer that was given must be the matter's still;
    a record of a list that was taken out has no place to look at.
    """
    last: dict[tuple[int, str], Decision] = {}
    put: dict[str, str] = {}
    by_round: dict[int, list[Decision]] = {}
    for one in decisions:
        last[one.round, one.change] = one
        by_round.setdefault(one.round, []).append(one)
        if one.alternative:
            put[one.clause] = one.alternative
    in_force = made.selection.in_force
    there = {(number, key) for number, entries in by_round.items() for key in put_in(entries)}
    return {
        key: one
        for key, one in last.items()
        if (not one.wording or in_force.get(one.clause) == put[one.clause])
        and (one.answer not in _PUTTING or (key in there and _holds(one, made)))
    }


_PUTTING = ("accept", "counter")


def put_in(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the entries of one round whose words and answers nothing later took out, by the changes' keys.

    A counter takes the place of a whole wording, and so out what was accepted in it; so does what is accepted after a
    counter, since it is put into the words that were sent.
    """
    found: dict[str, Decision] = {}
    for one in decisions:
        found.pop(one.change, None)
        if one.answer in _PUTTING:
            found = {key: other for key, other in found.items() if not _replaces(one, other)}
            found[one.change] = one
    return found


def _replaces(one: Decision, other: Decision) -> bool:
    """Say whether the wording that an entry put in took the place of another's, and has nothing of it."""
    are_two = one.wording and other.wording and one.wording != other.wording and one.clause == other.clause
    return bool(are_two) and "counter" in (one.answer, other.answer)


def values_before(decisions: Iterable[Decision], leaving: Collection[str]) -> dict[str, str]:
    """Return what answers of one round are to be where those that some changes put in are taken out, by question.

    That is what each was before, unless that was put in by another change whose answer no longer counts either. The
    same answer to the same question goes wherever it was accepted; another one that was put in since stays.
    """
    entries = list(decisions)
    held = put_in(entries)
    gone = {pair for key in leaving if key in held for pair in held[key].questions}
    there = {key: one for key, one in held.items() if key not in leaving and not gone & set(one.questions)}
    out: dict[str, str] = {}
    for at, one in enumerate(entries):
        if one is held.get(one.change):
            given = {name for name, _ in one.questions}
            goes = given if one.change in leaving else {name for name, value in one.questions if (name, value) in gone}
            out = {name: value for name, value in out.items() if name not in given}
            out |= {name: _before(entries[: at + 1], there, name, value) for name, value in one.was if name in goes}
    return out


def _before(entries: list[Decision], there: Mapping[str, Decision], name: str, value: str) -> str:
    """Return what an answer was before it was first given by entries that are out, the last of them the last one."""
    for one in (one for one in reversed(entries[:-1]) if name in dict(one.questions)):
        if one.answer not in _PUTTING or there.get(one.change) is one:
            break
        value = dict(one.was).get(name, value)
    return value


def _holds(one: Decision, made: Draft) -> bool:
    """Say whether the answers that an entry gave are those of a matter."""
    given = [(name, value or None) for name, value in one.questions if value or not name.endswith("]")]
    return not given or changing.holds(made.matter, given)
