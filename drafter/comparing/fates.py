"""Says what became of each section of a contract in another form, where a redline would mark nearly every word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from drafter.contract import Contract, Section, SectionName, names, said, section_lines, sections
from drafter.values import dataclass

State = Literal["kept", "shortened", "reworded", "lengthened", "left out", "added"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a section: what it is called, in the contract that has it last, and its words before and after.

    It is kept where it says the same, but for the numbers of what it refers to.
    """

    name: SectionName
    state: State
    words: tuple[int, int]


def fates(before: Contract, after: Contract) -> tuple[Fate, ...]:
    """Return what became of each section of two contracts, those that were left out first, in their order."""
    was, now = names(before), names(after)
    old, new = ({one.id: one for one in sections(made)} for made in (before, after))
    gone = (name for name in old if name not in new)
    return tuple(
        Fate(
            now.get(name) or was[name],
            state(old.get(name), new.get(name)),
            (count(old.get(name)), count(new.get(name))),
        )
        for name in (*gone, *new)
    )


def state(old: Section | None, new: Section | None) -> State:
    """Say what became of a section, None where a contract hasn't got it."""
    if old is None or new is None:
        return "added" if old is None else "left out"
    if said(old) == said(new):
        return "kept"
    before, after = count(old), count(new)
    return "shortened" if after < before else "lengthened" if after > before else "reworded"


def count(section: Section | None) -> int:
    """Return how many words a section has under its heading."""
    return sum(len(line.split()) for line in section_lines(section)) if section is not None else 0


def by_state(found: Iterable[Fate]) -> Counter[State]:
    """Return how many sections became what."""
    return Counter(one.state for one in found)
