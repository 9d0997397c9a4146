"""Finds the sentences of a marked section that are gone and those that are new: no more than what changed.

One rule: a sentence that is in both versions, wherever it is, is neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from drafter.base import english
from drafter.comparing.lines import OF, Line, Side
from drafter.comparing.marked import MarkedParagraph, MarkedSection
from drafter.contract import run_text


def changed(section: MarkedSection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sentences of a section that are removed, and those that are added, in the order of the text.

    A row of a table counts as one sentence, its cells between bars.
    """
    old, new = (tuple(_of_section(section, side)) for side in ("base", "revised"))
    return tuple(_without(old, new)), tuple(_without(new, old))


def reordered(section: MarkedSection) -> bool:
    """Say whether sentences that are in both versions of a section are in another order now."""
    old, new = (tuple(_of_section(section, side)) for side in ("base", "revised"))
    return [one for one in old if one in new] != [one for one in new if one in old]


def of_lines(lines: Iterable[Line]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sentences of some lines that are removed, and those that are added."""
    every = tuple(lines)
    old, new = (tuple(s for line in every for s in _sentences(line, side)) for side in ("base", "revised"))
    return tuple(_without(old, new)), tuple(_without(new, old))


def _of_section(section: MarkedSection, side: Side) -> Iterator[str]:
    yield from _sentences(section.heading, side)
    for block in section.blocks:
        if isinstance(block, MarkedParagraph):
            yield from _sentences(block.line, side)
        else:
            rows = (tuple(_text(cell, side) for cell in row.cells) for row in block.rows)
            yield from (" | ".join(cells) for cells in rows if any(cells))


def _sentences(line: Line, side: Side) -> Iterator[str]:
    yield from filter(None, english.sentences(_text(line, side)))


def _text(line: Line, side: Side) -> str:
    """Return the words of one version of a line as they are printed; what is kept reads as it does now."""
    spans = (span for span in line if span.mark in OF[side])
    runs = (run for span in spans for run in (span.base if span.mark != "kept" and side == "base" else span.revised))
    return english.typographic(" ".join("".join(map(run_text, runs)).split()))


def _without(sentences: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    """Yield the sentences that are not among others, each as often as it is there more."""
    left = Counter(others)
    for sentence in sentences:
        if left[sentence]:
            left[sentence] -= 1
        else:
            yield sentence
