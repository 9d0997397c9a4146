"""Cuts a text into the sentences that it says: each by itself, and each item of a list together with its lead-in.

One rule: words that hang under others, in a list or after a colon, are never read apart from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from drafter.base import english
from drafter.reading.prose.tree import (
    Field,
    Guard,
    Link,
    Part,
    Parts,
    Passage,
    Prose,
    ProseBlock,
    Term,
    Words,
)
from drafter.reading.sources.source import squeezed
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or an item as it is read: "text", "item" or "subitem", its words, and whether it is always there."""

    style: str
    words: str
    always: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, folded, and the numbers of the lines that it is read from, the last of which says it."""

    words: str
    lines: tuple[int, ...]


def sentences(lines: Sequence[Line]) -> Iterator[Sentence]:
    """Yield every sentence of a text whose lines are all there."""
    return possible(tuple(Line(line.style, line.words) for line in lines))


def possible(lines: Sequence[Line]) -> Iterator[Sentence]:
    """Yield every sentence of a text whose lines may each be left out, once for each set of lines it can hang under."""
    over = governing(lines)
    for number, line in enumerate(lines):
        for above in _ways_above(lines, over, number):
            yield from (Sentence(words, (*above, number)) for words in said(line, [lines[n] for n in above]))


def _ways_above(lines: Sequence[Line], over: Sequence[tuple[int, ...]], number: int) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of the lines under which a line can hang, the highest first, where others are left out."""
    for found in over[number]:
        if introduces(lines[found]):
            yield from ((*above, found) for above in _ways_above(lines, over, found))
        else:
            yield ()
    if not over[number] or not lines[over[number][-1]].always:
        yield ()


def governing(lines: Sequence[Line]) -> tuple[tuple[int, ...], ...]:
    """Return for each line the lines that it can belong to, the nearest first, as far back as one that is always there.

    A paragraph belongs to the line before it, an item to the paragraph before its list, a sub-item to its item.
    """
    found: list[tuple[int, ...]] = []
    open_: dict[str, list[int]] = {style: [] for style in _GOVERNED}
    for number, line in enumerate(lines):
        found.append(tuple(reversed(open_.get(line.style, open_["text"]))))
        for style, by in _GOVERNED.items():
            if line.style in by:
                open_[style] = [number] if line.always else [*open_[style], number]
    return tuple(found)


_GOVERNED = {"text": ("text", "item", "subitem"), "item": ("text",), "subitem": ("text", "item")}  # by which lines


def introduces(line: Line) -> bool:
    """Say whether a line ends in a colon, so that what belongs to it hangs under it."""
    return line.words.rstrip().endswith(":")


def said(line: Line, above: Sequence[Line] = ()) -> Iterator[str]:
    """Yield the sentences of a line, folded, each after the last sentence of every line under which it hangs."""
    lead = "".join(f"{folded(last(one.words))}: " for one in above)
    for words in english.sentences(line.words):
        if own := folded(words):
            yield lead + own


def folded_and_written(text: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence of a text by itself, folded, with the words as they are written."""
    for words in english.sentences(text):
        if own := folded(words):
            yield own, words.strip()


def last(words: str) -> str:
    """Return the last sentence of a text."""
    return english.sentences(words)[-1]


@lru_cache(maxsize=16_384)  # the same sentences are compared over and over
def folded(words: str) -> str:
    """Return a sentence as it is compared: small letters, plain quotation marks, no mark or conjunction at its end."""
    plain = squeezed(words.lower()).translate(_PLAIN)
    for mark in _MARKS:
        plain = plain.replace(f" {mark}", mark)
    ended = plain.rstrip(_MARKS)
    if ended.endswith(("and", "or", "but")):
        ended = _CONJUNCTION.sub("", ended)
    return ended.rstrip(_MARKS).strip()


def unfilled(words: str) -> str:
    """Return a folded sentence without its fields and references, whose places a contract fills."""
    if not any(mark in words for mark in (FILLED, "{{", "[[")):  # most sentences have none, and looking is quick
        return words
    return folded(_FILLED.sub("", words))


@lru_cache(maxsize=16_384)
def as_written(words: str) -> str:
    """Return a sentence that is written as in a file of the library, folded."""
    return folded(_FIELD.sub(r"{{ \1 }}", _TERM.sub(r"“\1”", words)))


def unguarded(words: str) -> str:
    """Return the words of a line as a file has it, without the conditions that it starts with."""
    return _GUARD.sub("", words)


def lines_of(text: Prose) -> tuple[Line, ...]:
    """Return the lines of a wording, one for each of its blocks; a table or the policy's text is an empty one."""
    return tuple(map(_line, text))


def _line(block: ProseBlock) -> Line:
    if not isinstance(block, Passage):
        return Line("text", "", always=block.guard == Guard())
    always = block.guard.when is None and block.guard.each is None and block.style != "subitem"
    return Line(block.style, written(block.parts), always)


def written(parts: Parts) -> str:
    """Return a line as its file has it, with its fields and references, and its terms in quotation marks."""
    return "".join(map(_written, parts))


def of_line(parts: Parts) -> str:
    """Return a whole line, folded."""
    return folded(written(parts))


def _written(part: Part) -> str:
    match part:
        case Words(text=text):
            return text
        case Term(text=text, parts=parts):
            return f"“{written(parts) if parts else text}”"
        case Field(written=inner):
            return f"{{{{ {inner} }}}}"
        case Link(target=target):
            return f"[[{target}]]"


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})
_MARKS = ".;,:"
_CONJUNCTION = re.compile(r"[;,]\s+(?:and|or|nor|but|and/or)$")
FILLED = "\ufffc"  # what is filled in, in a line of a contract
_FILLED = re.compile(rf"\{{\{{.*?\}}\}}|\[\[.*?\]\]|{FILLED}")
_GUARD = re.compile(r"^(?:\{\w+: [^}]*\} ?)+")
_TERM = re.compile(r"\*\*(.+?)\*\*")
_FIELD = re.compile(r"\{\{\s*(.*?)\s*\}\}")
