"""Turns two versions of a line into one marked line: words kept, inserted, deleted.

One rule: each side can be taken back exactly, run by run. Where two runs print the same words in the same look
(an answer that the library now says itself), nothing is marked and both are remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from drafter.base import english
from drafter.comparing import alignment
from drafter.contract import Answer, Reference, Run, Runs, Text, Use, run_text, words
from drafter.values import dataclass

Mark = Literal["kept", "inserted", "deleted", "moved from", "moved to"]
Side = Literal["base", "revised"]
OF: dict[Side, tuple[Mark, ...]] = {
    "base": ("kept", "deleted", "moved from"),
    "revised": ("kept", "inserted", "moved to"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line with one mark: its runs in the base and in the revision.

    `joins` says of each side whether its first run continues the last run of the piece before.
    """

    mark: Mark
    base: Runs
    revised: Runs
    joins: tuple[bool, bool] = (False, False)

    @property
    def shown(self) -> Runs:
        """Return the runs that are printed."""
        return self.base if self.mark in {"deleted", "moved from"} else self.revised


Line = tuple[Span, ...]
Key = Callable[[Reference, Side], Hashable]


def plain(reference: Reference, _: Side) -> Hashable:
    """Distinguish references by what they print and what they point to."""
    return reference.text, reference.target


def compare(base: Runs, revised: Runs, key: Key = plain) -> Line:
    """Mark the words that differ in a line; references whose `key` is equal are the same."""
    references = (run for run in base if isinstance(run, Reference))
    if base == revised and all(key(run, "base") == key(run, "revised") for run in references):
        return (Span("kept", base, revised),) if base else ()
    if not base or not revised:
        return (Span("deleted", base, ()) if base else Span("inserted", (), revised),)
    before, after = _tokens(base, "base", key), _tokens(revised, "revised", key)
    return tuple(_spans(before, after, base, revised))


def take(line: Line, side: Side) -> Runs:
    """Return one side of a marked line."""
    made: list[Run] = []
    for span in line:
        runs, joins = (span.base, span.joins[0]) if side == "base" else (span.revised, span.joins[1])
        if joins and runs:
            made[-1] = _with(made[-1], made[-1].text + runs[0].text)
            runs = runs[1:]
        made.extend(runs)
    return tuple(made)


def _with(run: Run, text: str) -> Run:
    return Text(text) if isinstance(run, Text) else replace(run, text=text)  # faster, and most runs are text


def departed(line: Line, mark: Mark = "moved from") -> Line:
    """Return a line where it was before it moved: what is kept has moved from here."""
    return tuple(
        Span(mark if span.mark == "kept" else span.mark, span.base, (), (span.joins[0], False))
        for span in line
        if span.mark in OF["base"]
    )


def arrived(line: Line, mark: Mark = "moved to") -> Line:
    """Return a line where it is after it moved: what is kept has moved to here."""
    return tuple(
        Span(mark if span.mark == "kept" else span.mark, (), span.revised, (False, span.joins[1]))
        for span in line
        if span.mark in OF["revised"]
    )


# -- tokens -------------------------------------------------------------------------------------

# A word, white space, or another sign. An e-mail or web address is a word, so that it is a link on either side.
_PIECES = re.compile(r"https?://[^\s<>\"]*[\w/]|\w+(?:[.,'’+-]\w+)*(?:@[\w-]+(?:\.[\w-]+)+)?|\s+|[^\w\s]")


class _Token(NamedTuple):
    """The smallest piece that is marked: a word, white space, another character; a whole term, blank or number.

    Two with one `key` say the same. Two with one `name` are the same, though a reference may have another number.
    """

    key: Hashable
    name: Hashable
    run: int
    start: int  # in the text of its run
    end: int
    word: bool


@lru_cache(maxsize=8192)
def word_list(text: str) -> tuple[str, ...]:
    """Return the words of a text, without white space and punctuation."""
    return tuple(piece for piece in _PIECES.findall(text) if _is_word(piece))


def _is_word(piece: str) -> bool:
    return piece[:1].isalnum() or piece[:1] == "_"


def _tokens(runs: Runs, side: Side, key: Key) -> list[_Token]:
    made: list[_Token] = []
    for place, run in enumerate(runs):
        if isinstance(run, Text | Answer | Use):
            end = 0
            for piece in _PIECES.findall(run.text) or [""]:
                start, end = end, end + len(piece)
                made.append(_Token(piece, piece, place, start, end, _is_word(piece)))
        else:
            found, name = (key(run, side), run.target or run.text) if isinstance(run, Reference) else (run.text,) * 2
            made.append(_Token((run.kind, found), (run.kind, name), place, 0, len(run.text), word=True))
    return made


def _runs(tokens: Sequence[_Token], runs: Runs, start: int, end: int) -> tuple[Runs, bool]:
    """Return the runs of the tokens between two places, and whether the first continues the run before."""
    if start == end:
        return (), False
    first, last = tokens[start], tokens[end - 1]
    joins = start > 0 and tokens[start - 1].run == first.run
    if first.run == last.run:
        return (_cut(runs[first.run], first.start, last.end),), joins
    head, tail = runs[first.run], runs[last.run]
    between = runs[first.run + 1 : last.run]
    return (_cut(head, first.start, len(head.text)), *between, _cut(tail, 0, last.end)), joins


def _cut(run: Run, start: int, end: int) -> Run:
    return run if end - start == len(run.text) else _with(run, run.text[start:end])


# -- marks --------------------------------------------------------------------------------------

STRONG = 4  # so many words in a row that stay are an anchor; fewer may be chance
REWRITTEN = 0.4  # where a smaller share of the words between two anchors stays, all of them are replaced
MANY = 6  # where fewer words than this change, they are marked one by one

Pair = tuple[int, int]


def _spans(before: Sequence[_Token], after: Sequence[_Token], base: Runs, revised: Runs) -> Iterator[Span]:
    def span(mark: Mark, i: Pair, j: Pair) -> Iterator[Span]:
        (old, old_joins), (new, new_joins) = _runs(before, base, *i), _runs(after, revised, *j)
        if old or new:
            yield Span(mark, old, new, (old_joins, new_joins))

    ends = [(-1, -1), *_kept_tokens(before, after), (len(before), len(after))]
    start = (0, 0)
    for (i, j), (next_i, next_j) in pairwise(ends):
        if (next_i, next_j) == (i + 1, j + 1) and next_i < len(before):
            continue
        yield from span("kept", (start[0], i + 1), (start[1], j + 1))
        yield from span("deleted", (i + 1, next_i), (0, 0))
        yield from span("inserted", (0, 0), (j + 1, next_j))
        start = (next_i, next_j)


def _kept_tokens(before: Sequence[_Token], after: Sequence[_Token]) -> list[Pair]:
    """Return the places of the tokens that stay: words first, then what is next to them on both sides.

    A reference that has another number doesn't stay, but what is next to it does.
    """
    old, new = ([k for k, token in enumerate(tokens) if token.word] for tokens in (before, after))
    matched = alignment.common([before[k].name for k in old], [after[k].name for k in new])
    stays = [(old[i], new[j]) for i, j in _anchored(matched, len(old), len(new))]
    pairs: list[Pair] = []
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *stays, (len(before), len(after))]):
        if next_i == i + 2 and next_j == j + 2:  # mostly the space between two words
            if before[i + 1].key == after[j + 1].key and not before[i + 1].word:
                pairs.append((i + 1, j + 1))
        elif next_i > i + 1 and next_j > j + 1:
            pairs += _next_to(before, after, (i + 1, next_i), (j + 1, next_j))
        if next_i < len(before) and before[next_i].key == after[next_j].key:
            pairs.append((next_i, next_j))
    return pairs


def _next_to(before: Sequence[_Token], after: Sequence[_Token], i: Pair, j: Pair) -> Iterator[Pair]:
    """Pair what is the same at the start and the end of two stretches and isn't a word."""
    (a, a_end), (b, b_end) = i, j
    while a < a_end and b < b_end and not before[a].word and before[a].key == after[b].key:
        yield a, b
        a, b = a + 1, b + 1
    tail = 0
    while a < a_end - tail and b < b_end - tail:
        old, new = before[a_end - tail - 1], after[b_end - tail - 1]
        if old.word or old.key != new.key:
            break
        tail += 1
    yield from ((a_end - k, b_end - k) for k in range(tail, 0, -1))


def _anchored(matched: Sequence[Pair], base: int, revised: int) -> list[Pair]:
    """Leave out the matches between two anchors where so few words stay that a whole new text is easier to read."""
    found: list[Pair] = []
    waiting: list[Pair] = []
    last = (-1, -1)
    for island in [*_islands(matched), [(base, revised)]]:
        outermost = island[0] == (0, 0) or (island[-1][0] + 1, island[-1][1] + 1) == (base, revised)
        if len(island) < STRONG and not outermost and island[0] != (base, revised):
            waiting += island
            continue
        widest = max(island[0][0] - last[0] - 1, island[0][1] - last[1] - 1)
        least = min(island[0][0] - last[0] - 1, island[0][1] - last[1] - 1)
        if len(waiting) >= REWRITTEN * widest or len(waiting) == least or widest - len(waiting) < MANY:
            found += waiting
        found += [pair for pair in island if pair != (base, revised)]
        waiting, last = [], island[-1]
    return found


def _islands(matched: Iterable[Pair]) -> Iterator[list[Pair]]:
    """Group matches that follow each other on both sides."""
    island: list[Pair] = []
    for pair in matched:
        if island and pair != (island[-1][0] + 1, island[-1][1] + 1):
            yield island
            island = []
        island.append(pair)
    if island:
        yield island


def marked_words(line: Line) -> int:
    """Count the words that are marked, each as often as it is marked."""
    return sum(len(word_list(words(span.shown))) for span in line if span.mark != "kept")


def changed(line: Line) -> bool:
    """Say whether anything in a line is marked."""
    return any(span.mark != "kept" for span in line)


def unbroken(marked: Sequence[tuple[Mark, str]]) -> Iterator[str]:
    """Yield the texts of marked pieces with no-break spaces where a line must not end on the side that they are on.

    What is on both sides has them as the revision has, so that an accepted redline is the revision.
    """
    made: dict[int, str] = {}
    for marks in OF.values():  # the revision's last
        of = [place for place, (mark, _) in enumerate(marked) if mark in marks]
        made |= zip(of, english.unbroken([marked[place][1] for place in of]), strict=True)
    return (made[place] for place in range(len(marked)))


def pieces(line: Line) -> Iterator[tuple[Mark, str]]:
    """Yield what a line prints, with the mark of each piece."""
    for span in line:
        yield span.mark, "".join(map(run_text, span.shown))
