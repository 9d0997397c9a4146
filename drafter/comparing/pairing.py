"""Finds which paragraph, row or signer of a revision is which of the base, by their words and what else makes them one.

One rule: what is equal is never paired with what is only like it. A reference is known by what it points to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from drafter.comparing import alignment, lines
from drafter.contract import Block, Paragraph, Reference, Run, Runs, Table, block_runs, run_text, words

T = TypeVar("T")
Row = tuple[Runs, ...]
Words = tuple[str, ...]

ALIKE = 0.5  # two paragraphs or rows that share this part of their words are one that was changed
LABEL = 1_000_000  # weighs more than any words: two parts with the same label are the same
NEVER = -1


def known_words(cells: Iterable[Runs]) -> Words:
    """Return the words of some lines, with what each reference points to in place of the number that it prints.

    A number that other parts have changed makes nothing another paragraph, nor one like its neighbour.
    """
    return lines.word_list(" ".join("".join(map(_known, runs)) for runs in cells))


def _known(run: Run) -> str:
    return "_" + re.sub(r"\W", "_", run.target) if isinstance(run, Reference) else run_text(run)


def printed_words(cells: Iterable[str]) -> Words:
    """Return the words of a row's cells as they are printed, and where each cell ends."""
    return lines.word_list(" _ ".join(cells))


def block_words(block: Block) -> Words:
    """Return the words of a block, as `known_words`."""
    return known_words(block_runs(block))


def same_block(base: Block, revised: Block) -> int:
    """Weigh what makes two blocks the same apart from their words; NEVER when they can't be."""
    if isinstance(base, Paragraph) and isinstance(revised, Paragraph):
        labelled = LABEL if base.label and base.label == revised.label else 0
        return labelled + (base.style == revised.style) + (base.number == revised.number)
    if isinstance(base, Table) and isinstance(revised, Table):
        same = tuple(map(words, base.header)) == tuple(map(words, revised.header))
        return LABEL if same else 0 if len(base.header) == len(revised.header) else NEVER
    return NEVER


def same_row(base: Row, revised: Row) -> int:
    """Weigh what makes two rows the same apart from their words: equal ones are paired before any that are alike."""
    if known_words(base) == known_words(revised):
        return LABEL
    return 1 if base[0] == revised[0] else 0


def moved(left: Iterable[tuple[T, Words]], new: Iterable[tuple[T, Words]]) -> Iterator[tuple[T, T]]:
    """Pair what is left out in one place with what is new in another, word for word the same, each with its words."""
    waiting: dict[Words, list[T]] = {}
    for part, said in left:
        waiting.setdefault(said, []).append(part)
    for part, said in new:
        if waiting.get(said):
            yield waiting[said].pop(0), part


def aligned(
    base: Sequence[T], revised: Sequence[T], words_of: Callable[[T], Words], same: Callable[[T, T], int]
) -> list[alignment.Step]:
    """Align two sequences of parts by their words, and by what else makes two parts the same.

    A part whose words are elsewhere in the other sequence has changed its place: it isn't paired with one like it.
    """
    old, new = list(map(words_of, base)), list(map(words_of, revised))
    held, holds = Counter(old), Counter(new)

    def surely(i: int, j: int) -> bool:
        if old[i] != new[j]:
            return False
        alike = same(base[i], revised[j])  # as much as with itself, but for the number, which other parts change
        return alike > NEVER and alike + 1 >= max(same(base[i], base[i]), same(revised[j], revised[j]))

    start, end = alignment.alike(len(old), len(new), surely)

    known = list(map(frozenset, new))

    def weight(i: int, j: int) -> int:
        one, other = old[start + i], new[start + j]
        other_than_words = same(base[start + i], revised[start + j])
        if other_than_words == NEVER:
            return 0
        elsewhere = one != other and (held[one] <= holds[one] or holds[other] <= held[other])
        if elsewhere and other_than_words < LABEL:
            return 0
        most = sum(map(known[start + j].__contains__, one))  # of what they may share; quicker than the count itself
        if other_than_words < LABEL and 2 * most < ALIKE * (len(one) + len(other)):
            return 0
        shared = len(one) if one == other else alignment.common_length(one, other)
        alike = one == other or 2 * shared >= ALIKE * (len(one) + len(other))
        return 8 * shared + other_than_words + 1 if alike or other_than_words >= LABEL else 0

    steps = alignment.heaviest(len(old) - start - end, len(new) - start - end, weight)
    middle = [(None if i is None else i + start, None if j is None else j + start) for i, j in steps]
    tail = range(end, 0, -1)
    return [*((k, k) for k in range(start)), *middle, *((len(old) - k, len(new) - k) for k in tail)]
