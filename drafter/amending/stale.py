"""Finds the dates and numbers of an earlier text that a library's texts still hold after the source has changed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from drafter.amending.pairing import LIKE, ParagraphChange, alike
from drafter.amending.requirements import overlapped
from drafter.base import english
from drafter.base.problems import Place
from drafter.reading.sources.source import Figure, Source, squeezed
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Stale:
    """A date or number that the new text does not have as it was: its words, and where the library still has it.

    `figure` is the id of the figure that it is, empty where none is declared for it. `now` is what the new text says in
    its place: the figure's new value, or the sentence, empty where there is none.
    """

    figure: str
    paragraph: str
    was: str
    now: str
    places: tuple[tuple[Place, str], ...]


def stale(
    old: Source, new: Source, paragraphs: Sequence[ParagraphChange], texts: Mapping[str, str]
) -> tuple[Stale, ...]:
    """Return the stale dates and numbers; `texts` has the words of the library's files by what messages call them."""
    figures = tuple(_figures(old, new, paragraphs, texts))
    return (*figures, *_others(paragraphs, texts, old.figures))


def _figures(
    old: Source, new: Source, paragraphs: Sequence[ParagraphChange], texts: Mapping[str, str]
) -> Iterator[Stale]:
    after = {one.was.id: one.now for one in paragraphs if one.was is not None}
    given = {one.id: one for one in new.figures}
    for figure in old.figures:
        own = after.get(figure.paragraph)
        now = given.get(figure.id)
        is_said = any(squeezed(figure.quote) in squeezed(p.text) for p in new.paragraphs)
        if now is not None and now.value != figure.value:
            said = _shown(now)
        elif is_said:
            continue
        else:
            before = next((p.text for p in old.paragraphs if p.id == figure.paragraph), "")
            said = _instead(" ".join(overlapped(figure.quote, before)), own.text if own is not None else "")
        pattern = "|".join(patterns(figure.value, figure.unit))
        yield Stale(figure.id, figure.paragraph, _shown(figure), said, tuple(_places(pattern, texts)))


def _shown(figure: Figure) -> str:
    if isinstance(figure.value, dt.date):
        return english.long_date(figure.value)
    return english.counted(figure.value, figure.unit) if figure.unit else str(figure.value)


def _instead(sentence: str, text: str) -> str:
    """Return the sentence of a text that is most like one."""
    found = [(alike(sentence, one), one) for one in map(squeezed, english.sentences(text))]
    best = max((one for one in found if one[0] >= LIKE), default=None, key=lambda one: one[0])
    return best[1] if best is not None else ""


def patterns(value: dt.date | int, unit: str = "") -> Iterator[str]:
    """Yield what finds a date or a number where it is written out: "June 1, 2027", "2027-06-01", "six months"."""
    if isinstance(value, dt.date):
        month = english.MONTHS[value.month - 1]
        yield rf"\b{month} {value.day}, {value.year}\b"
        yield rf"\b{value.isoformat()}\b"
        yield rf"\b{month}[ -]{value.year}\b"
        return
    number = rf"\b(?:{value:,}|{value}|{english.in_words(value)})\b(?: \({value}\))?"
    if not unit:
        yield number
        return
    yield rf"{number}[ -](?:\w+[ -]){{0,2}}{re.escape(unit)}"
    yield rf"{number}-{re.escape(unit.rsplit(maxsplit=1)[-1])}\b"


def _places(pattern: str, texts: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
    finds = re.compile(pattern, re.IGNORECASE)
    for name, words in texts.items():
        for number, line in enumerate(words.split("\n"), 1):
            if finds.search(line):
                yield Place(name, number), line.strip()


# -- what no figure is declared for -------------------------------------------------------------

_DATE = re.compile(rf"\b(?:{'|'.join(english.MONTHS)}) \d{{1,2}}, \d{{4}}\b")
_WORDS = "|".join(english.in_words(number) for number in range(100, 1, -1))
_NUMBER = re.compile(
    rf"\b(?P<number>\d{{1,6}}|{_WORDS})\b(?: \(\d+\))?[ -]+(?P<unit>(?:[a-z]+[ -]){{0,2}}[a-z]{{3,}})", re.IGNORECASE
)
_VALUES = {english.in_words(number): number for number in range(2, 101)}


def _others(
    paragraphs: Sequence[ParagraphChange], texts: Mapping[str, str], figures: Sequence[Figure]
) -> Iterator[Stale]:
    """Yield the dates and numbers among the words that a change takes out, without those of declared figures."""
    for change in paragraphs:
        if change.was is None or change.kind not in ("changed", "removed"):
            continue
        was, now = (squeezed(one.text) if one is not None else "" for one in (change.was, change.now))
        declared = " ".join(squeezed(one.quote) for one in figures if one.paragraph == change.was.id)
        for number, words, pattern in _taken_out(was, now):
            found = tuple(_places(pattern, texts))
            if found and not re.search(rf"\b{number}\b", declared):
                sentence = next(overlapped(words, was), "")
                yield Stale("", change.was.id, words, _instead(sentence, now), found)


def _taken_out(was: str, now: str) -> Iterator[tuple[str, str, str]]:
    """Yield each date and counted thing that a text had and has no more: the number, the words, what finds it."""
    for found in _DATE.finditer(was):
        if found[0] not in now:
            yield found[0], found[0], rf"\b{re.escape(found[0])}\b"
    still = {(value, unit) for _, value, unit in _counted(now)}
    for words, value, unit in _counted(was):
        if (value, unit) not in still:
            yield words.split(maxsplit=1)[0], words, "|".join(patterns(value, unit))


def _counted(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield each number that counts something: the words, the value, and the first word of what is counted."""
    for found in _NUMBER.finditer(text):
        number = found["number"].lower()
        value = int(number) if number.isdigit() else _VALUES[number]
        if not text[: found.start()].rstrip().endswith(english.MONTHS):  # "June 1" is a day
            yield found[0], value, found["unit"].split(maxsplit=1)[0].rstrip("s")
