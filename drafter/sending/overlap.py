"""Says how much of a file's words are those of what was sent, whatever became of its paragraphs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from drafter.returned.file import texts
from drafter.returned.sent import Sent
from drafter.values import dataclass
from drafter.word.oxml import package
from drafter.word.oxml.elements import w
from drafter.word.oxml.package import Package

RUN = 3  # words in a row: single ones are in every text of a language
_P = w("p")
HARDLY = 0.1  # of the words: what has fewer in common is another document


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two texts share, from 0 to 1, counted in runs of a few words.

    `of_file` is the part of the file's words that is in what was sent, `of_sent` the part of what was sent that is in
    the file.
    """

    of_file: float
    of_sent: float


def words(parts: Package) -> tuple[str, ...]:
    """Return the words of a Word file one after the other, with those that are marked as inserted and as deleted."""
    root = package.parse(parts[package.main(parts)])
    nodes = root.iter(_P, w("t"), w("delText"))
    return words_of("".join(["\n" if node.tag == _P else node.text or "" for node in nodes]))


def words_sent(sent: Sent) -> tuple[str, ...]:
    """Return the words of what was sent one after the other."""
    return _words(itertools.chain.from_iterable(line.keys for line in sent.lines))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, as those of a file."""
    return _words(texts.keys(text))


def between(sent: Sequence[str], file: Sequence[str]) -> Overlap:
    """Return how much the words of a file share with those of what was sent."""
    ours, theirs = _runs(sent), _runs(file)
    both = len(ours & theirs)
    return Overlap(both / len(theirs) if theirs else 0.0, both / len(ours) if ours else 0.0)


def is_part(sent: Sequence[str], file: Sequence[str], least: float) -> bool:
    """Say whether so much of what was sent, from 0 to 1, is in a file; its words are looked at no further than that."""
    ours, both = _runs(sent), set[tuple[str, ...]]()
    for run in _each_run(file):
        if run in ours:
            both.add(run)
            if len(both) >= least * len(ours):
                return True
    return not ours and least <= 0


def has(file: Sequence[str], said: str) -> bool:
    """Say whether some words are in a file one after the other."""
    wanted = words_of(said)
    return bool(wanted) and texts.within(wanted, file)


def _words(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple([key.lower() for key in keys if key[0].isalnum()])


def _runs(said: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(_each_run(said))


def _each_run(said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    shifted = (said[at:] for at in range(min(RUN, len(said))))
    return zip(*shifted, strict=False)
