"""Says which sections of a contract say something else in another version of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from drafter.contract.printing import run_text, words
from drafter.contract.tree import Block, Contract, Reference, Runs, Section, Table
from drafter.contract.walking import sections


def changed(old: Contract, new: Contract) -> tuple[str, ...]:
    """Return the ids of the sections that say something else in a second contract, or that only one of the two has.

    They are in the order of the second; those that it hasn't got come last. A number alone is no change: neither a
    section's own, nor that of what it refers to.
    """
    before, after = ({one.id: one for one in sections(made)} for made in (old, new))
    other = (name for name, one in after.items() if name not in before or _differ(before[name], one))
    return (*other, *(name for name in before if name not in after))


def _differ(old: Section, new: Section) -> bool:
    return old != new and (words(old.heading), said(old)) != (words(new.heading), said(new))


def said(section: Section) -> tuple[object, ...]:
    """Return what a section says, with what its references point to in place of the numbers that they print."""
    return tuple(map(_block, section.blocks))


def _block(block: Block) -> object:
    if isinstance(block, Table):
        return tuple(tuple(tuple(_line(cell)) for cell in cells) for cells in (block.header, *block.rows))
    return block.style, tuple(_line(block.runs))


def _line(runs: Runs) -> Iterator[tuple[str, str]]:
    """Yield the words of a line, each stretch of them with nothing or with what a reference points to."""
    for target, group in groupby(runs, lambda run: run.target if isinstance(run, Reference) else ""):
        yield target, "" if target else "".join(map(run_text, group))
