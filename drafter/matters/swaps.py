"""The record of a matter's swaps: what took the place of what, on which day, why, and whether policy allows it.

One rule: the answers file decides. The record is written before the answers file, and an entry counts only while its
wording is in force; so one that was written for a swap that never came says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from drafter.base import english, fitting, yaml_text, yaml_tree
from drafter.base.fitting import FromFile
from drafter.base.problems import Place, Problem
from drafter.values import dataclass

KEY = "swaps"
HEADING = """\
# The swaps of this matter, oldest first. 'drafter swap' writes them, and 'drafter swap --undo' takes the last one back.
# An entry counts while the answers of answers.yaml, or its alternatives:, put its wording into the contract.
"""


@dataclass(frozen=True, slots=True)
class Swap:
    """One swap of a clause.

    Where it changed an answer, `question` says which, `was` what the answers file had (empty: nothing), and `before`
    is the wording before; where it was a free choice, `before` is what the answers file chose, empty where the answers
    selected. `because` is a reason for our own side, `for_board` one that anybody may read. `departs` are the
    requirements that the wording was allowed not to meet, and no others. `form` is the form of the contract in which it
    counts (empty: any).
    """

    clause: str
    before: str
    after: str
    on: date
    because: str = ""
    departs: tuple[str, ...] = ()
    question: str = ""
    was: str = ""
    form: str = ""
    for_board: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry(FromFile):
    clause: str
    before: str | None = None
    after: str
    on: date
    because: str | None = None
    departs: tuple[str, ...] = ()
    deviation: bool = False  # an older record says only that there was one: it is asked for again
    question: str | None = None
    was: str | None = None
    form: str | None = None
    for_board: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _File(FromFile):
    swaps: tuple[_Entry, ...] = ()


def parse(text: str, name: str) -> tuple[Swap, ...]:
    """Read the text of a record. DraftingError with the line of each entry that can't be read."""
    found = fitting.fit(yaml_tree.parse(text, name), _File).swaps
    return tuple(
        Swap(
            e.clause,
            e.before or "",
            e.after,
            e.on,
            e.because or "",
            e.departs,
            e.question or "",
            e.was or "",
            e.form or "",
            e.for_board or "",
        )
        for e in found
    )


def to_text(swaps: Iterable[Swap]) -> str:
    """Return the text of a record; `parse` reads it back."""
    lines = []
    for swap in swaps:
        lines += [f"  - clause: {yaml_text.scalar(swap.clause)}"]
        lines += [f"    before: {yaml_text.scalar(swap.before)}"] if swap.before else []
        lines += [f"    after: {yaml_text.scalar(swap.after)}"]
        lines += [f"    question: {yaml_text.scalar(swap.question)}"] if swap.question else []
        lines += [f"    was: {yaml_text.scalar(swap.was)}"] if swap.was else []
        lines += [f"    form: {yaml_text.scalar(swap.form)}"] if swap.form else []
        lines += [f"    on: {swap.on.isoformat()}"]
        lines += [f"    because: {yaml_text.scalar(swap.because)}"] if swap.because else []
        lines += [f"    for_board: {yaml_text.scalar(swap.for_board)}"] if swap.for_board else []
        departs = ", ".join(yaml_text.scalar(wanted, flow=True) for wanted in swap.departs)
        lines += [f"    departs: [{departs}]"] if swap.departs else []
    return HEADING + "\n".join([f"{KEY}:" if lines else f"{KEY}: []", *lines, ""])


def counting(swaps: tuple[Swap, ...], in_force: Mapping[str, str], form: str = "") -> tuple[Swap, ...]:
    """Return the entries that count, oldest first: of each clause the last one whose alternative is in force.

    `form` is the form of the contract; an entry of another one doesn't count.
    """
    last = _last(swaps, in_force, form)
    return tuple(swap for place, swap in enumerate(swaps) if last.get(swap.clause) == place)


def settled(swaps: tuple[Swap, ...], in_force: Mapping[str, str], form: str = "") -> tuple[Swap, ...]:
    """Return the record without the entries that came to nothing: those after the one that counts, clause by clause.

    Those of another form of the contract stay as they are.
    """
    last = _last(swaps, in_force, form)
    return tuple(
        swap for place, swap in enumerate(swaps) if place <= last.get(swap.clause, -1) or swap.form not in {"", form}
    )


def _last(swaps: tuple[Swap, ...], in_force: Mapping[str, str], form: str) -> dict[str, int]:
    """Return the place of the entry that counts, by clause."""
    here = ((place, swap) for place, swap in enumerate(swaps) if swap.form in {"", form})
    return {swap.clause: place for place, swap in here if in_force.get(swap.clause) == swap.after}


def with_reason(swap: Swap, because: str, on: date) -> Swap:
    """Return an entry with a further reason, and the day on which it was given, after the reason that it has."""
    if not because or because in swap.because:
        return swap
    later = f"{swap.because.rstrip('.')}; on {english.long_date(on)}: {because}" if swap.because else because
    return replace(swap, because=later)


def late(swaps: Iterable[Swap], on: date, name: str) -> Iterator[Problem]:
    """Remind of swaps in the record of this name that are dated after a day: that of a round, or today."""
    for swap in swaps:
        if swap.on > on:
            days = english.long_date(swap.on), english.long_date(on)
            what = f"the swap of '{swap.clause}' is dated {days[0]}, which is after {days[1]}"
            yield Problem("late-swap", Place(name), what, "if that is a slip, correct the day there", "reminder")


def explain(counting: tuple[Swap, ...], clause: str) -> tuple[tuple[str, str], ...]:
    """Return what the record says of a clause as (heading, words) pairs; none where it was not swapped."""
    swap = next((swap for swap in counting if swap.clause == clause), None)
    if swap is None:
        return ()
    before = f", in place of {swap.before}" if swap.before else ""
    rows = [
        ("Swapped", f"on {english.long_date(swap.on)}{before}"),
        ("Reason", swap.because),
        ("Reason for the board", swap.for_board),
    ]
    if swap.departs:
        named = ", ".join(swap.departs)
        rows.append(("Deviation", f"on the record, the contract is allowed not to meet {named} with this wording"))
    return tuple(row for row in rows if row[1])
