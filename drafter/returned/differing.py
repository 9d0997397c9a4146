"""Finds what differs between lines that are the same: runs of words that are on one side only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from drafter.comparing import alignment
from drafter.returned.file.texts import BREAK, Line, is_cell
from drafter.values import dataclass

At = tuple[int, int]  # a token: the number of its line, and its place there
_ENDS = frozenset(".;?!")
_MUCH = 0.5  # of a run is kept: then only what differs in it counts
_FEW = 8  # tokens of a run that is told as it was marked
_APART = 5  # words between two runs that lie well apart


@dataclass(frozen=True, slots=True)
class Hunk:
    """A run of tokens that is only in the base, and the run in its place in the revised, by their numbers."""

    start: int
    stop: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The tokens of some lines of each, and the runs in which they differ, in order."""

    base: Sequence[At]
    revised: Sequence[At]
    hunks: Sequence[Hunk]


def by_words(base: Sequence[Line], revised: Sequence[Line], one: Sequence[int], two: Sequence[int]) -> Difference:
    """Return what differs in words between some lines of each."""
    before, after = _tokens(base, one), _tokens(revised, two)
    old, new = _keys(base, before), _keys(revised, after)
    hunks = _hunks(Hunk(0, len(before), 0, len(after)), alignment.common(old, new))
    return Difference(before, after, [_slid(hunk, old, new) for hunk in hunks])


def by_pieces(base: Sequence[Line], revised: Sequence[Line], one: Sequence[int], two: Sequence[int]) -> Difference:
    """Return what differs between some lines of two sides of a file, by the pieces that are on both."""
    before, after = _tokens(base, one), _tokens(revised, two)
    old, new = _keys(base, before), _keys(revised, after)
    places = {(revised[j].origins[at], new[k]): k for k, (j, at) in enumerate(after)}
    pairs: list[tuple[int, int]] = []
    for k, (i, at) in enumerate(before):
        other = places.get((base[i].origins[at], old[k]), -1)
        if other > (pairs[-1][1] if pairs else -1):
            pairs.append((k, other))
    whole = _hunks(Hunk(0, len(before), 0, len(after)), pairs)
    return Difference(before, after, [one for hunk in whole for one in _refined(hunk, old, new)])


def _slid(hunk: Hunk, old: Sequence[str], new: Sequence[str]) -> Hunk:
    """Return a run on one side that starts with the end of the sentence before it as one that ends with its own."""
    a, b = hunk.start < hunk.stop, hunk.first < hunk.last
    keys, start, stop = (old, hunk.start, hunk.stop) if a else (new, hunk.first, hunk.last)
    if (a and b) or stop >= len(keys) or keys[start] not in _ENDS or keys[stop] != keys[start]:
        return hunk
    return Hunk(hunk.start + 1, hunk.stop + 1, hunk.first + 1, hunk.last + 1)


def _refined(hunk: Hunk, old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """Yield what truly differs in a run that was taken out and put back in other words; nothing for the same words."""
    gone, come = old[hunk.start : hunk.stop], new[hunk.first : hunk.last]
    if gone == come:
        return
    pairs = alignment.common(gone, come) if gone and come else []
    size = len(gone) + len(come)
    if size < _FEW or 2 * len(pairs) < _MUCH * size:
        yield hunk
        return
    yield from _hunks(hunk, pairs)


def _tokens(lines: Sequence[Line], numbers: Iterable[int]) -> list[At]:
    return [(number, at) for number in numbers for at in range(len(lines[number].keys))]


def _keys(lines: Sequence[Line], tokens: Iterable[At]) -> list[str]:
    return [lines[number].keys[at] for number, at in tokens]


def _hunks(within: Hunk, pairs: Iterable[tuple[int, int]]) -> Iterator[Hunk]:
    """Yield the runs between pairs, whose numbers count from the start of what they are within."""
    a, b = within.start, within.first
    size = (within.stop - within.start, within.last - within.first)
    for i, j in (*pairs, size):
        stop, last = within.start + i, within.first + j
        if stop > a or last > b:
            yield Hunk(a, stop, b, last)
        a, b = stop + 1, last + 1


def is_one_sentence(lines: Sequence[Line], tokens: Iterable[At]) -> bool:
    """Say whether no sentence and no line ends within some tokens."""
    return not any(lines[number].keys[at] in _ENDS or lines[number].keys[at] == BREAK for number, at in tokens)


def has_cells(lines: Sequence[Line], tokens: Iterable[At]) -> bool:
    """Say whether a cell of a row ends within some tokens."""
    return any(is_cell(lines[number], at) for number, at in tokens)


def are_apart(lines: Sequence[Line], tokens: Iterable[At]) -> bool:
    """Say whether what is round some tokens lies well apart: several words are between."""
    return sum(lines[number].keys[at][0].isalnum() for number, at in tokens) >= _APART
