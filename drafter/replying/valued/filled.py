"""Reads what an answer would have to be, by the words that stand where it is printed.

One rule: what is read here is only tried. It is an answer where the contract, drafted with it, reads so.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from drafter.base import english
from drafter.contract import Section, prints, words
from drafter.contract.prints import Print
from drafter.returned.file import texts

_FIGURES = re.compile(r"[-−]?\$?\d[\d,]*(?:\.\d+)?%?")
_BRACKETED = re.compile(r"\s+(?:[a-z]+\s+){0,2}\(\$?(\d[\d,]*)(?:\.\d+)?")  # what may follow a number in words
_ORDINALS = 1000


def changed(section: Section, target: Section) -> tuple[tuple[Print, str], ...] | None:
    """Return what the answers print in a section, each with the other words that stand there in the target.

    None where other words of the section are changed too.
    """
    old, new = (list(prints.lines(one)) for one in (section, target))
    if len(old) != len(new):
        return None
    found: list[tuple[Print, str]] = []
    for was, now in zip(old, new, strict=True):
        if texts.keys(words(was)) == texts.keys(words(now)):
            continue
        pieces = prints.prints(was)
        there = within(pieces, words(now))
        if there is None:
            return None
        asked = (one for one in pieces if one.question)
        found += [(one, said) for one, said in zip(asked, there, strict=True) if not same(one.words, said)]
    return tuple(found)


def same(one: str, other: str) -> bool:
    """Say whether some words are the same as they are compared in a return."""
    return texts.keys(one) == texts.keys(other)


def within(pieces: Sequence[Print], text: str) -> tuple[str, ...] | None:
    """Return the words of a line where its answers are printed; None where the words beside them are others.

    As many answers as can be are taken to be as they were.
    """
    names: dict[str, str] = {}

    def named(those: Sequence[str]) -> str:
        """Write each token as one character, so that a pattern can be found among them."""
        return "".join(names.setdefault(key, chr(_PRIVATE + len(names))) for key in those)

    literals = [re.escape(named(texts.keys(one.words))) for one in pieces]
    tokens = texts.tokens(text)
    line = named([key for key, _, _ in tokens])
    asked = [at for at, one in enumerate(pieces) if one.question]
    few = (those for size in (1, 2) for those in itertools.combinations(asked, size))
    for others in (*itertools.islice(few, _MOST_TRIED), asked):
        parts = (
            literal if at not in asked else "(.*?)" if at in others else f"({literal})"
            for at, literal in enumerate(literals)
        )
        if (found := re.fullmatch("".join(parts), line)) is not None:
            break
    else:
        return None
    spans = (found.span(number) for number in range(1, found.re.groups + 1))
    return tuple(text[tokens[a][1] : tokens[b - 1][2]] if a < b else "" for a, b in spans)


_PRIVATE = 0xF0000  # characters that no text has
_MOST_TRIED = 100  # sets of answers of a line that may be others


def typed(there: Sequence[tuple[Print, str]]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield the answers that some words may be, each as one would type it, the most likely first."""
    ways: dict[str, dict[str, None]] = {}
    for one, said in there:
        new = dict.fromkeys(_ways(" ".join(said.split())))
        held = ways.get(one.question)
        ways[one.question] = new if held is None else {way: None for way in held if way in new} or held
    most = max((len(each) for each in ways.values()), default=0)
    for at in range(most):
        yield tuple((question, list(each)[min(at, len(each) - 1)]) for question, each in ways.items())


def _ways(said: str) -> Iterator[str]:
    """Yield ways to type an answer that is printed so: the words, or a number, a sum or a date in them."""
    yield said
    yield from reversed(_FIGURES.findall(said))
    yield from english.long_dates(said)
    yield from (str(number) for _, number in english.numbers_in_words(said))
    if (number := _ordinals().get(said.lower())) is not None:
        yield str(number)


@cache
def _ordinals() -> Mapping[str, int]:
    return {english.ordinal_word(number): number for number in range(_ORDINALS)}


def disagreeing(section: Section, target: Section) -> tuple[tuple[str, str], ...]:
    """Return the numbers that a target has in words and, in brackets, otherwise in figures, where the section has not.

    Each as it is written: "ninety-nine thousand", "98,000".
    """
    was = {pair for line in prints.lines(section) for pair in _disagreeing(words(line))}
    now = dict.fromkeys(pair for line in prints.lines(target) for pair in _disagreeing(words(line)))
    return tuple(pair for pair in now if pair not in was)


def _disagreeing(text: str) -> Iterator[tuple[str, str]]:
    for said, number in english.numbers_in_words(text):
        for found in re.finditer(re.escape(said), text):
            beside = _BRACKETED.match(text, found.end())
            if beside and int(beside[1].replace(",", "")) != number:
                yield said, beside[1]
