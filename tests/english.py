"""Looks for broken English in a contract as it is printed, by code that knows nothing of conditions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from drafter import contract
from drafter.contract import Contract, Definition, Paragraph, Runs, Section, Table, Use

CODES = {"empty-list", "broken-list", "empty-section", "empty-table", "empty-line", "unused-term"}


def breaks(made: Contract) -> set[str]:
    """Return the codes of what is wrong with the English of a contract."""
    return set(_breaks(made))


def _breaks(made: Contract) -> Iterator[str]:
    unnumbered = [section.id for section in (*made.opening, *made.recitals)]
    for section in contract.sections(made):
        yield from _in_section(section, goes_on=section.id in unnumbered)
    lines = [line for b in made.signatures for line in (b.party, *(x for s in b.signers for x in (s.name, s.title)))]
    if not all(contract.words(line).strip() for line in (*made.caption, *lines)):
        yield "empty-line"
    if not all(block.signers for block in made.signatures):
        yield "empty-line"
    if not all(contract.words(group.title).strip() for group in (*made.articles, *made.exhibits) if group.title):
        yield "empty-line"
    if _unused(made):
        yield "unused-term"


def _unused(made: Contract) -> set[str]:
    """Return the terms that a contract defines and no text of it uses, or only definitions of terms that none uses.

    A definition is a paragraph that starts with its term.
    """
    lines = [runs for s in contract.sections(made) for block in s.blocks for runs in contract.block_runs(block)]
    lines += [*made.caption, *(line for b in made.signatures for line in (b.party, b.note))]
    lines += [line for b in made.signatures for signer in b.signers for line in (signer.name, signer.title)]
    defined = {run.text for runs in lines for run in runs if isinstance(run, Definition)}
    left = [(_defining(runs), {run.term for run in runs if isinstance(run, Use)}) for runs in lines]
    used: set[str] = set()
    while found := [pair for pair in left if not pair[0] or pair[0] & used]:
        left = [pair for pair in left if pair not in found]
        used.update(*(terms for _, terms in found))
    return defined - used


def _defining(runs: Runs) -> set[str]:
    return {run.text for run in runs[:1] if isinstance(run, Definition)}


def _in_section(section: Section, *, goes_on: bool) -> Iterator[str]:
    said = [block for block in section.blocks if isinstance(block, Table) or contract.words(block.runs).strip()]
    if not said:
        yield "empty-section"
    for number, block in enumerate(section.blocks):
        after = section.blocks[number + 1] if number + 1 < len(section.blocks) else None
        if isinstance(block, Table):
            if not block.rows:
                yield "empty-table"
        elif block.style == "quote" or (goes_on and after is None):
            continue  # the policy's own words; or what comes next follows the colon
        elif contract.words(block.runs).endswith(":") and not _announced(block, after):
            yield "empty-list"
    for is_list, group in itertools.groupby(
        section.blocks, key=lambda b: getattr(b, "style", "") in ("item", "subitem")
    ):
        if is_list and _are_broken([b for b in group if isinstance(b, Paragraph)]):
            yield "broken-list"


def _are_broken(items: Sequence[Paragraph]) -> bool:
    """Say whether a list, or a list in it, does not end as a list does; the last words of an item are its ending."""
    starts = [number for number, item in enumerate(items) if item.style == "item"]
    units = [[contract.words(b.runs) for b in items[a:b]] for a, b in itertools.pairwise([*starts, len(items)])]
    inner = (_is_broken([*unit[1:-1], "."]) for unit in units if len(unit) > 2)
    return _is_broken([unit[-1] for unit in units]) or any(inner)


def _announced(block: Paragraph, after: object) -> bool:
    """Say whether what comes right after a lead-in hangs under it."""
    if isinstance(after, Table):
        return True
    levels = {"text": 0, "recital": 0, "item": 1, "subitem": 2, "quote": 3}
    return isinstance(after, Paragraph) and levels[after.style] > levels[block.style]


def _is_broken(items: Sequence[str]) -> bool:
    """Say whether items, each by its last words, do not end as those of a list do."""
    *before, last = [_kind(item) for item in items]
    if not any(kind in (";", "and") for kind in (*before, last)):
        return False  # sentences, or words without marks
    return last in (";", "and") or before[-1] != "and" or any(kind != ";" for kind in before[:-1])


def _kind(item: str) -> str:
    if re.search(r"[;,]? (and|or)$", item):
        return "and"
    return item[-1:] if item[-1:] in (";", ".") else ""
