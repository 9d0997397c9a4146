"""Matches the pages of a file with the approved ones, by their words: which are missing, doubled, moved, added."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from drafter.signed.sheets.words import Word
from drafter.values import dataclass

ENOUGH = 0.4  # of what tells an approved page from others must be on a page that is taken for it
NEAR = 0.03  # pages as alike as this are told apart by their order


@dataclass(frozen=True, slots=True)
class Matched:
    """Pages by number: `pairs` from a page of the file to the approved page that it is, in the order of the file.

    `missing` are approved pages; `doubled`, `moved` and `added` are pages of the file. A blank page is never added.
    """

    pairs: Mapping[int, int]
    missing: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()


def matched(approved: Sequence[Sequence[Word]], there: Sequence[Sequence[Word]]) -> Matched:
    """Match the words of a file's pages with those of the approved pages."""
    ours, theirs = [_counted(page) for page in approved], [_counted(page) for page in there]
    on = Counter(word for page in ours for word in page)
    weights = {word: math.log(1 + len(ours) / count) for word, count in on.items()}
    scores = [[_score(page, wanted, weights) for wanted in ours] for page in theirs]
    pairs: dict[int, int] = {}
    doubled: list[int] = []
    for number, row in enumerate(scores):
        best = max(row, default=0.0)
        if best < ENOUGH:
            continue
        alike = [page for page, score in enumerate(row) if score > best - NEAR]
        free = [page for page in alike if page + 1 not in pairs.values()]
        if not free:
            doubled.append(number + 1)
            continue
        after = max((pairs[at] for at in pairs), default=0)
        pairs[number + 1] = 1 + min(free, key=lambda page: (page < after, page))
    blank = tuple(number for number, page in enumerate(theirs, 1) if not page)
    used = {*pairs, *doubled, *blank}
    return Matched(
        pairs,
        tuple(page for page, words in enumerate(ours, 1) if page not in pairs.values() and words),
        tuple(doubled),
        _moved(pairs),
        tuple(number for number in range(1, len(theirs) + 1) if number not in used),
        blank,
    )


def _counted(page: Sequence[Word]) -> Counter[str]:
    return Counter(filter(None, (word.plain for word in page)))


def _score(page: Counter[str], wanted: Counter[str], weights: Mapping[str, float]) -> float:
    """Return how much of an approved page's words are on a page, and of the page's on it, from 0 to 1."""
    shared = sum(min(count, page[word]) * weights[word] for word, count in wanted.items() if word in page)
    whole = sum(count * weights[word] for word, count in wanted.items())
    return shared / whole if whole else 0.0


def _moved(pairs: Mapping[int, int]) -> tuple[int, ...]:
    """Return the fewest pages that must be taken out for the others to be in order."""
    numbers = list(pairs)
    longest: list[list[int]] = []
    for number in numbers:
        before = [run for run in longest if pairs[run[-1]] < pairs[number]]
        longest.append([*_longest(before), number])
    kept = set(_longest(longest))
    return tuple(number for number in numbers if number not in kept)


def _longest(runs: Sequence[list[int]]) -> list[int]:
    return max(runs, key=len) if runs else []
