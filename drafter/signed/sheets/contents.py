"""Finds the rows of a table of contents: those whose number is that of the page on which their title is.

One rule: any other number after leaders, as in a list of fees, is a number of the contract.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from drafter.signed.sheets import words
from drafter.signed.sheets.words import Word
from drafter.values import dataclass

AGREE = 3  # rows that show by how much the printed numbers are off from the pages of the file
WRAPPED = 3  # rows that a title takes at most

Rows = Sequence[Sequence[Word]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that leads to a number: the page that it is on, its words as they are compared, and the number."""

    page: int
    titles: tuple[str, ...]
    number: Word


def entries(pages: Iterable[tuple[int, Rows]], known: Collection[tuple[str, str]] = ()) -> tuple[Entry, ...]:
    """Return the rows of a table of contents, of pages with their numbers and rows.

    `known` are titles with their page numbers in the approved contract, which a program may have left as they were.
    """
    listed = list(pages)
    led = [entry for page, rows in listed for entry in _led(page, rows)]
    begins = [(page, set(_begun(rows))) for page, rows in listed]
    off = Counter(
        page - int(entry.number.plain) for entry in led for page, rows in begins
        if page != entry.page and _titled(entry, rows)
    )  # fmt: skip
    usual, count = off.most_common(1)[0] if off else (0, 0)
    usual = usual if count >= AGREE else 0
    there = dict(begins)
    return tuple(
        entry for entry in led
        if _titled(entry, there.get(int(entry.number.plain) + usual, ()))
        or any((title, entry.number.plain) in known for title in entry.titles)
    )  # fmt: skip


def named(found: Iterable[Entry]) -> frozenset[tuple[str, str]]:
    """Return the titles of a table of contents with their page numbers."""
    return frozenset((title, entry.number.plain) for entry in found for title in entry.titles)


def _led(page: int, rows: Rows) -> Iterable[Entry]:
    """Yield the rows that lead to a number; a long title begins in the row before."""
    for before, row in zip([(), *rows], rows, strict=False):
        if len(row) > 2 and words.leader(row[-2]) and row[-1].plain.isdecimal() and len(row[-1].plain) < 5:  # noqa: PLR2004
            own = words.together(row[:-2])
            yield Entry(page, tuple(filter(None, (own, words.together(before) + own if before else ""))), row[-1])


def _begun(rows: Rows) -> Iterable[str]:
    """Yield the words with which rows begin, that have no leaders: each row, and with those that follow it."""
    texts = ["" if any(map(words.leader, row)) else words.together(row) for row in rows]
    yield from ("".join(texts[at : at + WRAPPED]) for at, text in enumerate(texts) if text)


def _titled(entry: Entry, begins: Iterable[str]) -> bool:
    return any(row.startswith(title) for row in begins for title in entry.titles)
