"""The lists of records that stand for all: which kinds of record are in a list together, and how many of them.

One rule: two lists that some comparison of a length tells apart never share a case.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence

from drafter.values import dataclass

_NO_LIMIT = 10**9
_Range = tuple[int, int]  # how many records of a group there may be, from and to


@dataclass(frozen=True, slots=True)
class Lengths:
    """The kinds of record, each with the counted lists that it is in, and the numbers that lengths are compared with.

    Kinds that are in the same counted lists are a group: of them only the sum matters, and whether there is one.
    """

    counted: Sequence[tuple[bool, ...]]
    numbers: Collection[int]

    @property
    def most(self) -> int:
        """Return the number of lists that there are at most."""
        groups = len({of for of in self.counted if any(of)})
        return int(2 ** len(self.counted) * len(self._ranges(1)) ** groups)

    def lists(self, low: int, high: int) -> Iterator[tuple[int, ...]]:
        """Yield lists of kinds, by their numbers, each as short as its case allows, within two limits."""
        for present in itertools.product((False, True), repeat=len(self.counted)):
            groups: dict[tuple[bool, ...], list[int]] = {}
            for kind, there in enumerate(present):
                if there:
                    groups.setdefault(self.counted[kind], []).append(kind)
            ranges = [self._ranges(len(g)) if any(of) else [(len(g), _NO_LIMIT)] for of, g in groups.items()]
            for chosen in itertools.product(*ranges):
                wanted = _lengthened(chosen, low)
                if low <= sum(wanted) <= high:
                    more = zip(groups.values(), wanted, strict=True)
                    yield tuple(sorted(kind for g, length in more for kind in (*g, *g[:1] * (length - len(g)))))

    def _ranges(self, least: int) -> list[_Range]:
        """Return the ranges of a group's size, from its least on, between which comparisons tell apart.

        Where a length is the sum of several groups, each size is a range of its own, up to where all are more than any
        number that is compared.
        """
        if self._are_apart():
            starts = sorted({least, *(step for n in self.numbers for step in (n, n + 1) if step > least)})
        else:
            starts = list(range(least, max(*self.numbers, least, 0) + 2))
        return list(zip(starts, (*(start - 1 for start in starts[1:]), _NO_LIMIT), strict=True))

    def _are_apart(self) -> bool:
        """Say whether each counted list has the records of one group only."""
        groups = {of for of in self.counted if any(of)}
        return all(sum(column) <= 1 for column in zip(*groups, strict=True))


def _lengthened(ranges: Sequence[_Range], low: int) -> list[int]:
    """Return the sizes of groups within their ranges, the least that together reach `low` where they can."""
    sizes = [first for first, _ in ranges]
    for place, (first, last) in enumerate(ranges):
        sizes[place] += max(0, min(low - sum(sizes), last - first))
    return sizes
