"""Finds the answers that a section no longer prints, and the words that stand in their place.

One rule: an answer that is only left out contradicts nothing, so words must stand where it was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.comparing import alignment
from drafter.contract import Section, prints
from drafter.contract.prints import Print
from drafter.values import dataclass

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or sign of a section: where it is in its text, the question that it answers, and which print it is of."""

    key: str
    start: int
    stop: int
    question: str
    of: int


def instead(section: Section, other: Section) -> Iterator[tuple[Print, str]]:
    """Yield what answers print in a section and not in another version of it, with the words in their place there."""
    old, (new, text) = _tokens(section)[0], _tokens(other)
    pairs = alignment.common([one.key for one in old], [one.key for one in new])
    there_is = dict(pairs)
    printed = [one for line in prints.lines(section) for one in prints.prints(line)]
    held: dict[int, list[int]] = {}
    for at, one in enumerate(old):
        if one.question:
            held.setdefault(one.of, []).append(at)
    for number, places in held.items():
        there = [there_is.get(at) for at in places]
        if None not in there and there[-1] == there[0] + len(places) - 1:  # type: ignore[operator]  # none is None
            continue
        first = max((j for i, j in pairs if i < places[0]), default=-1) + 1
        last = min((j for i, j in pairs if i > places[-1]), default=len(new))
        gap = new[first:last]
        if any(one.question == printed[number].question for one in gap) or not any(one.key[0].isalnum() for one in gap):
            continue
        yield printed[number], text[gap[0].start : gap[-1].stop]


def _tokens(section: Section) -> tuple[list[_Token], str]:
    made: list[_Token] = []
    text, number = "", 0
    for line in prints.lines(section):
        for one in prints.prints(line):
            for found in _TOKEN.finditer(one.words):
                start, stop = (len(text) + at for at in found.span())
                made.append(_Token(found.group(), start, stop, one.question, number))
            text += one.words
            number += 1
        text += "\n"
    return made, text
