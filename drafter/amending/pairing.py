"""Pairs the paragraphs of two texts of a source: by their words first, by their numbers second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from drafter.comparing import alignment, lines
from drafter.comparing.lines import Line
from drafter.contract import Text
from drafter.reading.sources.source import Paragraph, squeezed
from drafter.values import dataclass

ALIKE = 0.5  # paragraphs, or sentences, with this share of their words in common are one that was changed
LIKE = 0.25  # those of one number need less in common; with less than this, one is gone and another is new

ParagraphKind = Literal["same", "renumbered", "changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """What became of a paragraph: it in the old and in the new text (None: it isn't there), and its words, marked.

    A paragraph that is changed may have another number too.
    """

    kind: ParagraphKind
    was: Paragraph | None
    now: Paragraph | None
    line: Line

    @property
    def is_renumbered(self) -> bool:
        """Say whether it has another number, or another id, than before."""
        return self.was is not None and self.now is not None and _numbers(self.was) != _numbers(self.now)


def changes(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[ParagraphChange, ...]:
    """Return what became of every paragraph, in the order of the new text, each removed one where it was."""
    found = pairs(old, new)
    places = {o: n for n, o in found.items()}
    made = [_change(old[found[n]] if n in found else None, paragraph) for n, paragraph in enumerate(new)]
    for number, paragraph in enumerate(old):  # what was before it is in the list already
        if number not in places:
            before = old[number - 1] if number else None
            at = next((k for k, one in enumerate(made) if one.was is before), -1) if before is not None else -1
            made.insert(at + 1, _change(paragraph, None))
    return tuple(made)


def _change(was: Paragraph | None, now: Paragraph | None) -> ParagraphChange:
    before, after = (words(one) if one is not None else "" for one in (was, now))
    line = marked(before, after)
    if was is None or now is None:
        return ParagraphChange("added" if was is None else "removed", was, now, line)
    if before != after:
        return ParagraphChange("changed", was, now, line)
    return ParagraphChange("same" if _numbers(was) == _numbers(now) else "renumbered", was, now, line)


def marked(before: str, after: str) -> Line:
    """Return two versions of some words as one line, the words marked that differ."""
    old, new = ((Text(one),) if one else () for one in (before, after))
    return lines.compare(old, new)


def words(paragraph: Paragraph) -> str:
    """Return the words of a paragraph in one line, its heading first; where its text is not held, what sums it up."""
    return squeezed(f"{paragraph.heading} {paragraph.text} {paragraph.summary}")


def _numbers(paragraph: Paragraph) -> tuple[str, str]:
    return paragraph.id, paragraph.number.strip()


# -- pairing ------------------------------------------------------------------------------------


def pairs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Mapping[int, int]:
    """Return the place in the old text of each paragraph of the new one that has a counterpart there."""
    found: dict[int, int] = {}
    for ways in (_same_words, _alike, _same_number, _both_empty, _between):
        _add(found, ways(old, new, found))
    return found


def _add(found: dict[int, int], those: Iterable[tuple[int, int]]) -> None:
    for n, o in tuple(those):
        if n not in found and o not in found.values():
            found[n] = o


_Pairs = Iterator[tuple[int, int]]


def _same_words(old: Sequence[Paragraph], new: Sequence[Paragraph], _: Mapping[int, int]) -> _Pairs:
    """Yield the pairs with the same words, those with the same id first."""
    by: dict[str, list[int]] = {}
    for o, paragraph in enumerate(old):
        by.setdefault(words(paragraph), []).append(o)
    by.pop("", None)
    same = [(n, o) for n, paragraph in enumerate(new) for o in by.get(words(paragraph), ())]
    yield from sorted(same, key=lambda pair: old[pair[1]].id != new[pair[0]].id)


def _alike(old: Sequence[Paragraph], new: Sequence[Paragraph], found: Mapping[int, int]) -> _Pairs:
    """Yield the pairs that share most of their words, the most alike first; of two, the one with the same id."""
    taken = set(found.values())
    left, now = ([k for k in range(len(those)) if k not in out] for those, out in ((old, taken), (new, set(found))))
    shares = ((alike(words(old[o]), words(new[n])), n, o) for n in now for o in left)
    close = [one for one in shares if one[0] >= ALIKE]
    for _, n, o in sorted(close, key=lambda one: (-one[0], old[one[2]].id != new[one[1]].id)):
        yield n, o


def _same_number(old: Sequence[Paragraph], new: Sequence[Paragraph], _: Mapping[int, int]) -> _Pairs:
    places = {paragraph.id: place for place, paragraph in enumerate(old)}
    for n, paragraph in enumerate(new):
        o = places.get(paragraph.id)
        if o is not None:
            before, after = words(old[o]), words(paragraph)
            if not before or not after or alike(before, after) >= LIKE:
                yield n, o


def _both_empty(old: Sequence[Paragraph], new: Sequence[Paragraph], _: Mapping[int, int]) -> _Pairs:
    empty = [o for o, paragraph in enumerate(old) if not words(paragraph)]
    return ((n, o) for n, paragraph in enumerate(new) if not words(paragraph) for o in empty)


def _between(old: Sequence[Paragraph], new: Sequence[Paragraph], found: Mapping[int, int]) -> _Pairs:
    """Yield what is left between two pairs, has no number, and begins with the same word, as a heading with a date."""
    ends = {-1: -1, len(new): len(old), **found}
    for n in (n for n in range(len(new)) if n not in found):
        o = ends.get(n - 1, len(old)) + 1
        if ends.get(n + 1) == o + 1 and o < len(old) and not new[n].number and not old[o].number:
            first, now = (words(one).split()[:1] for one in (old[o], new[n]))
            yield from ((n, o),) if first == now else ()


@lru_cache(maxsize=8192)
def alike(before: str, after: str) -> float:
    """Return which share of the words of the longer text is in both, in the same order: from 0 to 1."""
    old, new = ([word.lower() for word in lines.word_list(one)] for one in (before, after))
    longest = max(len(old), len(new))
    if not longest or min(len(old), len(new)) < LIKE * longest:
        return 0.0
    return alignment.common_length(old, new) / longest
