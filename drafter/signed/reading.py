"""Lays the words that were read on a page over the approved ones, and finds where they don't agree.

A scan is turned, shifted and stretched. The words that agree show how; then each word that was read is looked for at
its place on the approved page, and what is left over is compared line by line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from drafter.signed.sheets import words
from drafter.signed.sheets.lying import Map
from drafter.signed.sheets.words import Word
from drafter.values import dataclass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST = 6  # words that show how a page is turned; fewer prove nothing
ACROSS, DOWN = 7.0, 5.0  # points by which a word may be off its place
SURELY = 85.0  # a reading with at least this score isn't taken back
GLIMPSE = 30.0  # a reading of one or two signs below this score is dust
LEVEL = 6.0  # points between the middles of words of one line
SHORT = 2  # signs of a word that says little by itself
SHRUNK, STRETCHED = 0.5, 2.0  # how large a page may have been scanned, by its area
_TRIMS = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a page doesn't read as approved: the words approved there, those read there, and if they were read surely.

    `line` is the number of the approved page's line, counted from 0.
    """

    line: int
    approved: tuple[Word, ...]
    read: tuple[Word, ...]
    sure: bool = False


def fitted(read: Sequence[Word], approved: Sequence[Word]) -> Map | None:
    """Find how a page lies on the approved one from the words that both have once; None where too few agree."""
    import numpy as np

    theirs, ours = _single(read), _single(approved)
    both = [name for name in ours if name in theirs]
    if len(both) < LEAST:
        return None
    target = np.array([ours[name].middle for name in both])
    source = np.array([(*theirs[name].middle, 1.0) for name in both])
    kept = np.ones(len(both), dtype=bool)
    for _ in range(_TRIMS):
        found = np.linalg.lstsq(source[kept], target[kept], rcond=None)[0]
        off: NDArray[np.float64] = np.abs(source @ found - target).max(axis=1)
        kept = off <= max(3 * float(np.median(off[kept])), 1.0)
        if kept.sum() < LEAST:
            return None
    (a, d), (b, e), (c, f) = found.tolist()
    return Map(a, b, c, d, e, f) if SHRUNK < a * e - b * d < STRETCHED else None


def _single(page: Iterable[Word]) -> dict[str, Word]:
    named = [(word.plain, word) for word in page]
    counts = Counter(name for name, _ in named)
    return {name: word for name, word in named if len(name) > SHORT and counts[name] == 1}


def placed(
    read: Iterable[Word], approved: Sequence[Word], known: Collection[str], across: float = ACROSS
) -> tuple[tuple[Spot, ...], tuple[Word, ...]]:
    """Compare words that lie on the approved page with the approved ones.

    Return where they don't agree, and the words that lie on no approved line. `known` is the contract's vocabulary.
    """
    lines = words.rows(word for word in approved if word.plain)
    blanks = [word for word in approved if words.rule(word)]
    levels = [sum(word.middle[1] for word in row) / len(row) for row in lines]
    there: list[list[Word]] = [[] for _ in lines]
    outside: list[Word] = []
    for word in read:
        if not word.plain or any(_covers(blank, word) for blank in blanks):
            continue
        line = _line(word.middle[1], levels)
        (there[line] if line is not None else outside).append(word)
    found = (_compared(number, row, there[number], known, across) for number, row in enumerate(lines))
    return tuple(spot for spots in found for spot in spots), tuple(outside)


def _covers(blank: Word, word: Word) -> bool:
    """Say whether a reading is of a line to write on, or of leaders, and not of words."""
    inside = min(blank.right, word.right) - max(blank.left, word.left)
    level = abs(blank.middle[1] - word.middle[1]) < LEVEL
    return level and inside > 0.7 * (word.right - word.left) and word.sure < SURELY


def _line(y: float, levels: Sequence[float]) -> int | None:
    off, number = min(((abs(level - y), number) for number, level in enumerate(levels)), default=(DOWN * 9, 0))
    return number if off <= DOWN else None


def _compared(
    number: int, row: Sequence[Word], read: list[Word], known: Collection[str], across: float
) -> Iterable[Spot]:
    """Find where a line doesn't agree: words at their places first, then neighbours that are joined or parted."""
    read = sorted(read, key=lambda word: word.left)
    if words.together(row) == words.together(read):
        return
    left: list[Word] = []
    for word in row:
        near = [other for other in read if abs(other.left - word.left) <= across
                or abs(other.right - word.right) <= across]  # fmt: skip
        same = next((other for other in near if words.alike(word.text, other.text, known)), None)
        if same is None:
            left.append(word)
        else:
            read.remove(same)
    read = [word for word in read if not _dust(word)]
    for ours, theirs in _groups(left, read):
        if words.together(ours) != words.together(theirs):
            sure = any(surely(word, known) for word in theirs) and not same_signs(ours, theirs)
            yield Spot(number, ours, theirs, sure)


def _dust(word: Word) -> bool:
    return word.sure < GLIMPSE and len(word.plain) <= SHORT


def surely(word: Word, known: Collection[str]) -> bool:
    """Say whether a reading is sure, and a word that means something; `known` is the contract's vocabulary."""
    plain = word.plain
    if not any(map(str.isalnum, plain)) or (not plain.isascii() and plain not in known):  # dust, or an accent of dust
        return False
    return word.sure >= SURELY and (plain in known or words.strict(word.text) or any(map(str.isdigit, plain)))


def same_signs(ours: Iterable[Word], theirs: Iterable[Word]) -> bool:
    """Say whether only points and strokes differ, as in "9.1" and "91": too small to be read surely."""
    letters = [[sign for sign in words.together(each) if sign.isalnum()] for each in (ours, theirs)]
    return letters[0] == letters[1]


def _groups(ours: Sequence[Word], theirs: Sequence[Word]) -> Iterable[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """Group what is left of a line by where it is: words over each other or side by side belong together."""
    marked = sorted([(word, True) for word in ours] + [(word, False) for word in theirs], key=lambda one: one[0].left)
    group: list[tuple[Word, bool]] = []
    reach = -1.0
    for word, mine in marked:
        if group and word.left > reach + ACROSS:
            yield _parted(group)
            group = []
        group.append((word, mine))
        reach = max(reach if len(group) > 1 else word.right, word.right)
    if group:
        yield _parted(group)


def _parted(group: Sequence[tuple[Word, bool]]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    return tuple(word for word, mine in group if mine), tuple(word for word, mine in group if not mine)
