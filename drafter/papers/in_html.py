"""Writes the compliance matrix and a redline as pages for a browser, from the templates in `html`.

One rule: a page needs nothing else, no script and no other file, and prints as it looks. Every word is data: the
templates escape it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import characters, english
from drafter.comparing import lines, preview
from drafter.comparing.lines import Mark
from drafter.comparing.marked import Redline
from drafter.comparing.preview import Piece, Row
from drafter.papers.matrix import Matrix, columns, facts
from drafter.values import dataclass

if TYPE_CHECKING:
    from jinja2 import Environment

Cells = tuple[tuple[Piece, ...], ...]


def matrix_page(matrix: Matrix) -> str:
    """Return the matrix as a page."""
    return _rendered("matrix.html", matrix=matrix, columns=columns(matrix), facts=facts(matrix))


@dataclass(frozen=True, slots=True)
class Entry:
    """A change on a page: its name and place, what was changed, and our notes on it."""

    name: str
    what: str
    notes: tuple[str, ...] = ()


def changes_page(title: str, mark: str, count: str, heads: Iterable[tuple[str, Sequence[Entry]]]) -> str:
    """Return what was changed in a return as a page for our own side, under a mark that says so."""
    return _rendered("changes.html", title=title, mark=mark, count=count, heads=list(heads))


def redline_page(redline: Redline, compared: str) -> str:
    """Return the whole contract with its changes marked, as a page; `compared` says what is compared with what."""
    title = "".join(text for mark, text in lines.pieces(redline.title) if mark != "deleted")
    rows = list(filter(_printed, preview.rows(redline, whole=True)))
    return _rendered(
        "redline.html", title=" ".join(title.split()) or "Redline", compared=compared, blocks=_blocks(rows)
    )


def _printed(row: Row) -> bool:
    return any(text for _, text in row.pieces)


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[str, list[Cells]]]:
    """Yield each line with its kind, as a row of one cell, and the rows of a table together."""
    tables = itertools.accumulate(row.is_head for row in rows)
    for (kind, _), alike in groupby(zip(rows, tables, strict=True), key=lambda pair: (pair[0].kind, pair[1])):
        made: list[Cells] = [
            tuple(_together(preview.merged(cell)) for cell in (row.cells if kind == "cell" else (row.pieces,)))
            for row, _ in alike
        ]
        yield from [(kind, made)] if kind == "cell" else ((kind, [line]) for line in made)


def _together(pieces: Iterable[tuple[Mark, str]]) -> tuple[tuple[Mark, str], ...]:
    """Put no-break spaces into the pieces of a line, a reference that is in two of them included."""
    pieces = tuple(pieces)
    return tuple((mark, text) for (mark, _), text in zip(pieces, lines.unbroken(pieces), strict=True))


def _rendered(name: str, **given: object) -> str:
    return _environment().get_template(name).render(given) + "\n"


@cache
def _environment() -> Environment:
    import jinja2  # slow to import, and only needed here

    loader = jinja2.FileSystemLoader(Path(__file__).with_name("html"))
    undefined = jinja2.StrictUndefined
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=undefined, finalize=_shown, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["parted"] = _parted
    return made


def _shown(value: object) -> object:
    """Return what is printed: no-break spaces where words stay together, and what can't be seen spelled out.

    What is markup already stays.
    """
    return characters.shown("".join(english.unbroken([value]))) if type(value) is str else value


def _parted(text: str) -> Iterator[tuple[bool, str]]:
    """Part text into words that are written from right to left, and others; a page sets the first apart.

    Otherwise the figures after them would be shown before them.
    """
    for number, piece in enumerate(_RIGHT_TO_LEFT.split(text)):
        yield number % 2 == 1, piece


# The blocks in which every letter is written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and after.
_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_RIGHT_TO_LEFT = re.compile(rf"({_LETTER}+(?:[\s\u200c\u200d]+{_LETTER}+)*)")
