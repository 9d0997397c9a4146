"""Turns a redline into lines to look at, each of them pieces of marked words, and into text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from drafter.comparing import lines, marked
from drafter.comparing.lines import Line, Mark
from drafter.comparing.marked import MarkedBlock, MarkedGroup, MarkedParagraph, MarkedSection, Redline
from drafter.values import dataclass

Piece = tuple[Mark, str]
Kind = Literal["title", "article", "section", "text", "item", "subitem", "cell", "gap"]
BRACES: dict[Mark, tuple[str, str]] = {
    "kept": ("", ""),
    "deleted": ("{-", "-}"),
    "inserted": ("{+", "+}"),
    "moved from": ("{<", "<}"),
    "moved to": ("{>", ">}"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line: what it is, and its pieces, each with a mark; of a row of a table also each cell's pieces.

    `is_head` is the row of a table that names its columns, with which a table begins.
    """

    kind: Kind
    pieces: tuple[Piece, ...]
    cells: tuple[tuple[Piece, ...], ...] = ()
    is_head: bool = False


def rows(redline: Redline, *, whole: bool = False) -> Iterator[Row]:
    """Yield the lines of a redline: the whole contract, or what has changed with its headings."""
    if whole or lines.changed(redline.title) or any(_touched([row.mark], row.cells) for row in redline.caption):
        yield Row("title", tuple(lines.pieces(redline.title)))
        yield from (Row("text", _pieces(row.cells)) for row in redline.caption)
    for section in (*redline.opening, *redline.recitals):
        yield from _section(section, "", whole=whole)
    for article in redline.articles:
        yield from _group(article, "Article", whole=whole)
    yield from _signatures(redline, whole=whole)
    for exhibit in redline.exhibits:
        yield from _group(exhibit, "Exhibit", whole=whole)


def _touched(marks: Iterable[Mark], parts: Iterable[Line]) -> bool:
    return any(mark != "kept" for mark in marks) or any(map(lines.changed, parts))


def _group(group: MarkedGroup[marked.G], name: str, *, whole: bool) -> Iterator[Row]:
    inside = [row for section in group.sections for row in _section(section, name, whole=whole)]
    if inside or whole or _touched([group.of.mark], [group.title]):
        yield Row("article", (*_numbered(group.of.shown.number, group.of.mark, f"{name} "), *lines.pieces(group.title)))
        yield from inside


def _numbered(number: str, mark: Mark, before: str = "") -> Iterator[Piece]:
    """Yield a number as it is printed; one that is new only because other parts moved is not marked."""
    if number:
        yield mark, f"{before}{number} "


def _section(section: MarkedSection, name: str, *, whole: bool) -> Iterator[Row]:
    if not whole and not marked.changed(section):
        return
    if section.heading and name:
        number = _numbered(section.of.shown.number, section.of.mark)
        yield Row("section", (*number, *lines.pieces(section.heading)))
    last_shown = True
    for block in section.blocks:
        shown = whole or marked.block_changed(block)
        if shown:
            yield from _block(block, whole=whole)
        elif last_shown:
            yield Row("gap", (("kept", "..."),))
        last_shown = shown


def _block(block: MarkedBlock, *, whole: bool) -> Iterator[Row]:
    if isinstance(block, MarkedParagraph):
        style = block.of.shown.style
        kind: Kind = "item" if style == "item" else "subitem" if style == "subitem" else "text"
        yield Row(kind, (*_numbered(block.of.shown.number, block.of.mark), *lines.pieces(block.line)))
    else:
        for number, row in enumerate(block.rows):
            if whole or _touched([row.mark], row.cells):
                cells = tuple(tuple(lines.pieces(cell)) for cell in row.cells)
                yield Row("cell", _pieces(row.cells), cells, is_head=not number)


def _pieces(cells: Sequence[Line]) -> tuple[Piece, ...]:
    made: list[Piece] = []
    for place, cell in enumerate(cells):
        made += [("kept", " | ")] if place else []
        made += lines.pieces(cell)
    return tuple(made)


def _signatures(redline: Redline, *, whole: bool) -> Iterator[Row]:
    for block in redline.signatures:
        parts = [block.party, block.note, *(line for s in block.signers for line in (s.name, s.title))]
        if whole or _touched([block.mark, *(s.mark for s in block.signers)], parts):
            yield Row("section", (("kept", "Signature: "), *lines.pieces(block.party)))
            yield from (Row("text", _pieces([line])) for line in [block.note] if line)
            yield from (Row("text", _pieces([s.name, s.title])) for s in block.signers)


# -- text ---------------------------------------------------------------------------------------

INDENT: dict[Kind, str] = {"section": "  ", "text": "    ", "item": "    ", "subitem": "      ", "cell": "    | "}


def pieces(redline: Redline) -> Iterator[tuple[Piece, ...]]:
    """Yield a redline's lines as a terminal shows them, indented, with an empty line before each article."""
    for row in rows(redline):
        if row.kind == "article":
            yield ()
        indent = "    " if row.kind == "gap" else INDENT.get(row.kind, "")
        yield ("kept", indent), *((mark, " ".join(text.split("\n"))) for mark, text in row.pieces)


def braced(line: Iterable[Piece]) -> str:
    """Write a line with {-deleted-}, {+inserted+}, {<moved from<} and {>moved to>} words."""
    return "".join(map(in_braces, merged(line))).rstrip()


def in_braces(piece: Piece) -> str:
    """Write one piece with the braces of its mark."""
    opening, closing = BRACES[piece[0]]
    return f"{opening}{piece[1]}{closing}"


def merged(line: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a line, those with one mark joined and empty ones left out."""
    for mark, group in groupby(line, key=lambda piece: piece[0]):
        if text := "".join(text for _, text in group):
            yield mark, text


def to_text(redline: Redline) -> str:
    """Return what has changed in a redline as text, with its headings."""
    return "\n".join(map(braced, pieces(redline))).strip("\n") + "\n"
