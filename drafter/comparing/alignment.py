"""Finds what two sequences have in common, in order: the longest such part, or the one that weighs most.

One rule: the answer is exact. What isn't in it could not be kept without losing as much elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
Step = tuple[int | None, int | None]  # a place in the one, in the other, or in both


def common(base: Sequence[Hashable], revised: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of a longest common subsequence.

    The rows of its table are whole numbers whose bits are clear where the length grows (Hyyrö 2004), so that a
    paragraph costs one addition a word.
    """
    start, end = ends(base, revised)
    rows = _rows(base[start : len(base) - end], revised[start : len(revised) - end])
    i, j = len(base) - end, len(revised) - end
    found = [(len(base) - 1 - k, len(revised) - 1 - k) for k in range(end)]
    while i > start and j > start:
        if base[i - 1] == revised[j - 1]:
            i, j = i - 1, j - 1
            found.append((i, j))
        elif rows[i - start] >> (j - 1 - start) & 1:
            j -= 1
        else:
            i -= 1
    found += [(k, k) for k in reversed(range(start))]
    return found[::-1]


def common_length(base: Sequence[Hashable], revised: Sequence[Hashable]) -> int:
    """Return the length of a longest common subsequence."""
    start, end = ends(base, revised)
    width = len(revised) - end - start
    last = _rows(base[start : len(base) - end], revised[start : len(revised) - end])[-1]
    return start + end + width - last.bit_count()


def ends(base: Sequence[Hashable], revised: Sequence[Hashable]) -> tuple[int, int]:
    """Count the elements that two sequences share at the start, and after those at the end."""
    most, start, end = min(len(base), len(revised)), 0, 0
    while start < most and base[start] == revised[start]:
        start += 1
    while end < most - start and base[-1 - end] == revised[-1 - end]:
        end += 1
    return start, end


def alike(base: int, revised: int, same: Callable[[int, int], bool]) -> tuple[int, int]:
    """Count the elements that two sequences, given their lengths, share at the start, and at the end."""
    most = min(base, revised)
    start = next((k for k in range(most) if not same(k, k)), most)
    rest = range(1, most - start + 1)
    return start, next((k - 1 for k in rest if not same(base - k, revised - k)), most - start)


def _rows(base: Sequence[Hashable], revised: Sequence[Hashable]) -> list[int]:
    places: dict[Hashable, int] = {}
    for j, element in enumerate(revised):
        places[element] = places.get(element, 0) | 1 << j
    whole = (1 << len(revised)) - 1
    rows = [whole]
    for element in base:
        row = rows[-1]
        hit = row & places.get(element, 0)
        rows.append((row + hit | row - hit) & whole)
    return rows


def heaviest(base: int, revised: int, weight: Callable[[int, int], int]) -> list[Step]:
    """Align two sequences, given their lengths, so that the weights of the pairs add up to the most.

    Elements whose weight is 0 are never paired. Between two pairs, what is only in the base comes first.
    """
    weights = [[weight(i, j) for j in range(revised)] for i in range(base)]
    best = [[0] * (revised + 1) for _ in range(base + 1)]
    for i in range(base - 1, -1, -1):
        for j in range(revised - 1, -1, -1):
            paired = weights[i][j] + best[i + 1][j + 1] if weights[i][j] else 0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < base and j < revised:
        if weights[i][j] and best[i][j] == weights[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return list(filled(pairs, base, revised))


def filled(pairs: Sequence[tuple[int, int]], base: int, revised: int) -> Iterator[Step]:
    """Yield pairs in order, and before each what is only in the base, then what is only in the revised."""
    ends = [(-1, -1), *pairs, (base, revised)]
    for (i, j), (next_i, next_j) in pairwise(ends):
        yield from ((k, None) for k in range(i + 1, next_i))
        yield from ((None, k) for k in range(j + 1, next_j))
        if (next_i, next_j) != (base, revised):
            yield next_i, next_j


def in_order(base: Sequence[Name], revised: Sequence[Name], weight: Mapping[Name, int]) -> list[Name]:
    """Return the shared names that keep their order and weigh most together: the others have moved."""
    places = {name: place for place, name in enumerate(revised)}
    shared = [name for name in base if name in places]
    best: list[tuple[int, int]] = []  # what a chain that ends here weighs, and the place before it in the chain
    for k, name in enumerate(shared):
        before = [(best[h][0], -h) for h in range(k) if places[shared[h]] < places[name]]
        heavy, last = max(before, default=(0, 1))
        best.append((heavy + weight[name] + 1, -last))
    k = max(range(len(shared)), key=lambda place: best[place][0], default=-1)
    chain: list[Name] = []
    while k >= 0:
        chain.append(shared[k])
        k = best[k][1]
    return chain[::-1]
