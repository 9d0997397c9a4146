"""Looks for broken English in a contract as it is printed, by code that knows nothing of conditions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from drafter import contract
from drafter.contract import Contract, Definition, Paragraph, Section, Table, Use

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
    runs = list(contract.all_runs(made))
    used = {run.term for run in runs if isinstance(run, Use)}
    if any(run.text not in used for run in runs if isinstance(run, Definition)):
        yield "unused-term"


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
    kinds = [_kind(item) for item in items]
    pairs = list(itertools.pairwise([*kinds, "end"]))
    ended = any((a, b) in pairs for a, b in (("and", "end"), (";", "end"), ("and", ";")))
    return ended or any(
        a in (";", "and") and b == "." and c != "end"
        for a, b, c in zip(kinds, kinds[1:], [*kinds[2:], "end"], strict=False)
    )


def _kind(item: str) -> str:
    if re.search(r"; (and|or)$", item):
        return "and"
    return item[-1:] if item[-1:] in (";", ".") else ""
