"""Finds which lines of one text are which of another: by their words, or by the pieces that both were made of.

Equal runs come first, then lines that moved, then likeness within the gaps; a bookmark is no more than a vote.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from drafter.comparing import alignment
from drafter.returned.file.texts import BREAK, Line
from drafter.values import dataclass

ALIKE, FAR, SHORT = 0.5, 0.7, 4  # likeness in a gap, and of what also moved; tokens of a line that may recur by chance
_EXACT = 2_500  # pairs of lines that are all compared; beyond, those that share rare words


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the base and of the revised that are the same, whether or not they moved, and how alike they are."""

    base: tuple[int, ...]
    revised: tuple[int, ...]
    moved: bool = False
    likeness: float = 1.0


def by_words(base: Sequence[Line], revised: Sequence[Line]) -> list[Group]:
    """Align two texts by their words."""
    made = _Aligning(base, revised)
    made.equal()
    made.slide()
    made.rest()
    made.settle()
    return made.groups()


def by_pieces(base: Sequence[Line], revised: Sequence[Line]) -> list[Group]:
    """Align the two sides of a file, by the pieces that are on both; what is only on one side by its words."""
    made = _Aligning(base, revised)
    made.shared()
    made.rest(rows=False)
    return made.groups()


def likeness(base: Sequence[str], revised: Sequence[str]) -> float:
    """Return how much two lines have in common, from 0 to 1, by their tokens."""
    size = len(base) + len(revised)
    shared = sum((Counter(base) & Counter(revised)).values())
    if 2 * shared < ALIKE * size:
        return 2 * shared / size
    return 2 * alignment.common_length(base, revised) / size


class _Aligning:
    """Two texts while they are aligned: for each line of the one those of the other that it is."""

    def __init__(self, base: Sequence[Line], revised: Sequence[Line]) -> None:
        self.base, self.revised = base, revised
        self.of: dict[int, list[int]] = {}
        self.back: dict[int, list[int]] = {}
        self.moved: set[int] = set()
        self.score: dict[int, float] = {}

    def pair(self, i: int, j: int, score: float = 1.0, *, moved: bool = False) -> None:
        self.of.setdefault(i, []).append(j)
        self.back.setdefault(j, []).append(i)
        self.score[i] = score
        if moved:
            self.moved.add(i)

    # -- what is the same -----------------------------------------------------------------------

    def equal(self) -> None:
        """Pair the longest sequence of equal lines, in order."""
        ids: dict[tuple[str, ...], int] = {}
        one, two = ([ids.setdefault(line.keys, len(ids)) for line in side] for side in (self.base, self.revised))
        for i, j in alignment.common(one, two):
            self.pair(i, j)

    def slide(self) -> None:
        """Of two equal lines next to each other, pair the one whose neighbour is paired as well: "Term" over "Term"."""
        for i, (j, *_) in list(self.of.items()):
            for other in (i - 1, i + 1):
                is_free = 0 <= other < len(self.base) and other not in self.of
                if (
                    is_free
                    and self.base[other].keys == self.base[i].keys
                    and self._near_by(other, j) > self._near_by(i, j)
                ):
                    del self.of[i]
                    self.of[other], self.back[j], self.score[other] = [j], [other], 1.0
                    break

    def _near_by(self, i: int, j: int) -> int:
        return (self.of.get(i - 1) == [j - 1]) + (self.of.get(i + 1) == [j + 1])

    def settle(self) -> None:
        """Say which sections moved, so that they are as few as can be, however long each is."""
        first: dict[int, int] = {}
        whole: dict[int, bool] = {}
        for i in sorted(self.of):
            section = self.base[i].section
            first.setdefault(section, self.of[i][0])
            whole[section] = whole.get(section, True) and i in self.moved
        moved = {section for section, is_moved in whole.items() if is_moved}
        if not moved:
            return
        stay = set(alignment.in_order(list(first), sorted(first, key=first.__getitem__), dict.fromkeys(first, 1)))
        if len(first) - len(stay) >= len(moved):
            return
        for i in self.of:
            section = self.base[i].section
            if section not in stay:
                self.moved.add(i)
            elif section in moved:
                self.moved.discard(i)

    def shared(self) -> None:
        """Pair lines that have words of the same pieces; then those that only end alike."""
        for words in (True, False):
            known = {
                (line.origins[at], line.keys[at]): j
                for j, line in enumerate(self.revised)
                for at in (range(len(line.keys) - 1) if words else [len(line.keys) - 1])
                if words or j not in self.back
            }
            for i, line in enumerate(self.base):
                if not words and i in self.of:
                    continue
                for at in range(len(line.keys) - 1) if words else [len(line.keys) - 1]:
                    j = known.get((line.origins[at], line.keys[at]), -1)
                    if j >= 0 and j not in self.of.get(i, ()):
                        self.pair(i, j)

    # -- what is left ---------------------------------------------------------------------------

    def rest(self, *, rows: bool = True) -> None:
        """Pair what is left: the same words elsewhere, then like words in a gap, then like words elsewhere."""
        self.elsewhere()
        for one, two in list(self.gaps()):
            self.gap([i for i in one if rows or not self.base[i].end.row], two)
        self.joined()
        self.far(rows=rows)
        self.beside()

    def left(self) -> tuple[list[int], list[int]]:
        return (
            [i for i in range(len(self.base)) if i not in self.of],
            [j for j in range(len(self.revised)) if j not in self.back],
        )

    def elsewhere(self) -> None:
        """Pair lines of the same words that moved, those first that follow each other."""
        one, two = self.left()
        places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for i in one:
            places[self.base[i].keys].append(i)
        last = -1
        for j in two:
            found = places.get(self.revised[j].keys, [])
            best = [i for i in found if i == last + 1] or [i for i in found if self._follows(i, j)] or found
            i = best[0] if best else -1
            if i < 0 or (len(self.revised[j].keys) <= SHORT and i != last + 1 and not self._follows(i, j)):
                continue
            found.remove(i)
            self.pair(i, j, moved=not self._fits(i, j))
            last = i

    def _follows(self, i: int, j: int) -> bool:
        """Say whether the lines after two short ones are the same as well, as those under a heading."""
        return (
            i + 1 < len(self.base)
            and j + 1 < len(self.revised)
            and i + 1 not in self.of
            and j + 1 not in self.back
            and self.base[i + 1].keys == self.revised[j + 1].keys
        )

    def _fits(self, i: int, j: int) -> bool:
        """Say whether a pair keeps the order of those round it that have not moved."""
        before = next((k for k in range(i - 1, -1, -1) if k in self.of and k not in self.moved), -1)
        after = next((k for k in range(i + 1, len(self.base)) if k in self.of and k not in self.moved), -1)
        low = max(self.of[before]) if before >= 0 else -1
        high = min(self.of[after]) if after >= 0 else len(self.revised)
        return low < j < high

    def gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yield what is unpaired on both sides between two pairs that have not moved."""
        one: list[int] = []
        at = 0
        for i in range(len(self.base) + 1):
            if i < len(self.base) and i not in self.of:
                one.append(i)
                continue
            if i in self.moved:
                continue
            end = len(self.revised) if i == len(self.base) else min(self.of[i])
            two = [j for j in range(at, end) if j not in self.back]
            if one and two:
                yield one, two
            one = []
            at = max(at, end if i == len(self.base) else max(self.of[i]) + 1)

    def gap(self, one: Sequence[int], two: Sequence[int]) -> None:
        """Pair what is alike in a gap, in order."""
        if len(one) == len(two) == 1 and self._same_kind(one[0], two[0]):
            found = likeness(self.base[one[0]].keys, self.revised[two[0]].keys)
            if found > 0.3:  # noqa: PLR2004  # nothing else could be what became of it
                self.pair(one[0], two[0], found)
            return
        if len(one) * len(two) > _EXACT:
            self._wide(one, two)
            return
        weights = {
            (a, b): self._weight(i, j) for a, i in enumerate(one) for b, j in enumerate(two) if self._same_kind(i, j)
        }
        for a, b in alignment.heaviest(len(one), len(two), lambda a, b: round(1000 * weights.get((a, b), 0))):
            if a is not None and b is not None:
                self.pair(one[a], two[b], weights[a, b])

    def _weight(self, i: int, j: int) -> float:
        found = likeness(self.base[i].keys, self.revised[j].keys)
        return found if found >= ALIKE else 0

    def _same_kind(self, i: int, j: int) -> bool:
        return self.base[i].end.row == self.revised[j].end.row

    def _wide(self, one: Sequence[int], two: Sequence[int]) -> None:
        """Pair what shares most rare words, in order, and then what is left between."""
        best = {i: j for i, j, _ in self._near(one, two)}
        pairs = [(i, best[i]) for i in one if i in best]
        order = alignment.in_order([i for i, _ in pairs], sorted(best, key=best.__getitem__), dict.fromkeys(best, 1))
        kept = [(i, best[i]) for i in order if self._weight(i, best[i])]
        for i, j in kept:
            self.pair(i, j, self._weight(i, j))

    def _near(self, one: Sequence[int], two: Sequence[int]) -> Iterator[tuple[int, int, float]]:
        """Yield for each line the one of the others that shares the most rare triples of words with it."""
        places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for j in two:
            for triple in _triples(self.revised[j].keys):
                places[triple].append(j)
        taken: set[int] = set()
        for i in one:
            votes: Counter[int] = Counter()
            for triple in _triples(self.base[i].keys):
                if len(places.get(triple, ())) <= 5:  # noqa: PLR2004  # common words say little
                    votes.update(places.get(triple, ()))
            found = next((j for j, _ in votes.most_common(3) if j not in taken and self._same_kind(i, j)), None)
            if found is not None:
                taken.add(found)
                yield i, found, votes[found]

    def joined(self) -> None:
        """Lay what is left to its neighbour where it is a part of that neighbour's words: lines split or joined."""
        one, two = self.left()
        for j in two:
            for near in (j - 1, j + 1):
                if near in self.back and len(self.back[near]) == 1 and self._adds(self.back[near][0], near, j):
                    self.pair(self.back[near][0], j, self.score.get(self.back[near][0], 1.0))
                    break
        for i in one:
            for near in (i - 1, i + 1):
                if near in self.of and len(self.of[near]) == 1 and self._holds(near, self.of[near][0], i):
                    self.pair(i, self.of[near][0], self.score.get(near, 1.0))
                    break

    def _adds(self, i: int, near: int, j: int) -> bool:
        if self.base[i].end.row or self.base[i].keys == self.revised[near].keys:
            return False
        first, second = sorted((near, j))
        both = (*self.revised[first].keys, *self.revised[second].keys)
        gained = alignment.common_length(self.base[i].keys, both) - alignment.common_length(
            self.base[i].keys, self.revised[near].keys
        )
        return gained >= 0.7 * (len(self.revised[j].keys) - 1) and gained > 0

    def _holds(self, near: int, j: int, i: int) -> bool:
        if self.base[i].end.row or self.base[near].keys == self.revised[j].keys:
            return False
        first, second = sorted((near, i))
        both = (*self.base[first].keys, *self.base[second].keys)
        gained = alignment.common_length(both, self.revised[j].keys) - alignment.common_length(
            self.base[near].keys, self.revised[j].keys
        )
        return gained >= 0.7 * (len(self.base[i].keys) - 1) and gained > 0

    def far(self, *, rows: bool) -> None:
        """Pair what moved and was edited."""
        one, two = self.left()
        for i, j, _ in self._near([i for i in one if rows or not self.base[i].end.row], two):
            found = likeness(self.base[i].keys, self.revised[j].keys)
            if found >= FAR and len(self.base[i].keys) > 2 * SHORT:
                self.pair(i, j, found, moved=not self._fits(i, j))

    def beside(self) -> None:
        """Pair what is alike beside a line that moved, as its heading: too short to be found by its words alone."""
        for start in sorted(self.moved):
            for step in (-1, 1):
                i, j = start + step, (min if step < 0 else max)(self.of[start]) + step
                while (found := self._beside(i, j)) >= FAR:
                    self.pair(i, j, found, moved=True)
                    i, j = i + step, j + step

    def _beside(self, i: int, j: int) -> float:
        """Return how alike two lines are; 0 for those that are paired or that aren't there, and for other rows."""
        if not (0 <= i < len(self.base) and 0 <= j < len(self.revised)) or i in self.of or j in self.back:
            return 0
        one, two = self.base[i], self.revised[j]
        return 1 if one.keys == two.keys else 0 if one.end.row or two.end.row else likeness(one.keys, two.keys)

    # -- what was found -------------------------------------------------------------------------

    def groups(self) -> list[Group]:
        """Return the groups in the order of the base."""
        made: list[Group] = []
        seen: set[int] = set()
        for start in sorted(self.of):
            if start in seen:
                continue
            one, two, waiting = {start}, set(), [start]
            while waiting:
                for j in self.of[waiting.pop()]:
                    two.add(j)
                    new = [i for i in self.back[j] if i not in one]
                    one.update(new)
                    waiting += new
            seen |= one
            base, revised = tuple(sorted(one)), tuple(sorted(two))
            made.append(Group(base, revised, start in self.moved, self.score.get(start, 1.0)))
        return made


def _triples(keys: Sequence[str]) -> list[tuple[str, ...]]:
    words = [key for key in keys if key != BREAK]
    return [tuple(words[at : at + 3]) for at in range(max(len(words) - 2, 1))]
