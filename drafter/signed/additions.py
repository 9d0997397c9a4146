"""What may be added to a contract when it is signed: lines at an edge of every page, signatures, certificate pages.

One rule: a word that is added anywhere else makes another contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from drafter.signed.sheets import speech, words
from drafter.signed.sheets.words import Word
from drafter.values import dataclass

EDGE = 30.0  # points from an edge of the page
NEARLY_EVERY = 0.8  # of the pages have a line that is repeated
LIKENESS = 80.0  # of 100: two readings of one line
SHORTEST_RULE = 60.0  # points of a line to sign on
ABOVE, BELOW, BEFORE, AFTER = 34.0, 24.0, 60.0, 25.0  # points around such a line: its label, a signature, its stamp
GUESSED = 50.0  # a reading below this score may be of a signature
_CERTIFICATE = re.compile(
    r"certificate of completion|envelope id|electronic record and signature|audit trail|signature certificate"
    r"|signer events|document history|final audit report|certificate of signature",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a page in which a signature may be: left, top, right, bottom, in points."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, word: Word) -> bool:
        """Say whether the middle of a word is in it."""
        x, y = word.middle
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def zones(approved: Iterable[Word]) -> tuple[Zone, ...]:
    """Return where signatures may be on a page: around each line to sign on."""
    lines = [word for word in approved if "_" in word.text and word.right - word.left >= SHORTEST_RULE]
    return tuple(
        Zone(word.left - BEFORE, word.top - ABOVE, word.right + AFTER, word.bottom + BELOW)
        for word in lines
        if words.rule(word)
    )


def in_zone(word: Word, where: Iterable[Zone]) -> bool:
    """Say whether a word is where a signature may be."""
    return any(zone.holds(word) for zone in where)


def signing(row: Iterable[Word]) -> bool:
    """Say whether a row of words where it is signed says no more than who signs, when and how."""
    return not speech.binds(words.said(word for word in row if word.sure >= GUESSED))


def at_edge(word: Word, width: float, height: float) -> bool:
    """Say whether a word or mark is wholly within the margin that printers and services write in."""
    return word.bottom <= EDGE or word.top >= height - EDGE or word.right <= EDGE or word.left >= width - EDGE


def repeated(lines: Mapping[int, Sequence[str]]) -> tuple[str, ...]:
    """Return the lines at an edge that nearly every page has; `lines` are those of each page of the contract."""
    from rapidfuzz import fuzz

    if len(lines) < 2:  # noqa: PLR2004
        return ()
    candidates = dict.fromkeys(line for page in lines.values() for line in page if not speech.binds(line))
    found: list[str] = []
    for line in candidates:
        on = sum(any(fuzz.ratio(line, other) >= LIKENESS for other in page) for page in lines.values())
        known = any(fuzz.ratio(line, other) >= LIKENESS for other in found)
        if on >= NEARLY_EVERY * len(lines) and not known:
            found.append(line)
    return tuple(found)


def known_line(line: str, lines: Iterable[str]) -> bool:
    """Say whether a line is one of those that nearly every page has, and says nothing that binds."""
    from rapidfuzz import fuzz

    return not speech.binds(line) and any(fuzz.ratio(line, other) >= LIKENESS for other in lines)


def certificate(page: Sequence[Word]) -> bool:
    """Say whether an added page is one that a signing service adds, and holds no words of a contract."""
    lines = [words.said(row) for row in words.rows(page)]
    named = any(map(_CERTIFICATE.search, lines))
    return named and not any(speech.binds(line, certificate=True) for line in lines)


def title(page: Sequence[Word]) -> str:
    """Return the first line of an added page that has words of its own."""
    lines = [words.said(row) for row in words.rows(page) if words.together(row)]
    told = next((line for line in lines if not re.search(r"envelope id:", line, re.IGNORECASE)), "")
    return (told or next(iter(lines), ""))[:60]
