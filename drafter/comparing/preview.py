"""A redline for a quick look: as lines of marked words, as text, and as a page for a browser.

One rule: the page stands by itself, with no script and no file beside it, and prints as it looks.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from drafter.comparing import lines, marked
from drafter.comparing.lines import Line, Mark
from drafter.comparing.marked import MarkedBlock, MarkedGroup, MarkedParagraph, MarkedSection, Redline

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
    """One printed line: what it is, and its pieces, each with a mark."""

    kind: Kind
    pieces: tuple[Piece, ...]


def rows(redline: Redline, *, whole: bool = False) -> Iterator[Row]:
    """Go through the lines of a redline: the whole contract, or what has changed with its headings."""
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
    """Give a number as it is printed; one that is only new by its place is no change."""
    if number:
        yield mark, f"{before}{number} "


def _section(section: MarkedSection, name: str, *, whole: bool) -> Iterator[Row]:
    if not whole and not marked.changed(section):
        return
    if name == "Article" or (section.heading and name == "Exhibit"):
        number = _numbered(section.of.shown.number, section.of.mark)
        yield Row("section", (*number, *lines.pieces(section.heading)))
    last_shown = True
    for block in section.blocks:
        shown = whole or marked.block_changed(block)
        if shown:
            yield from _block(block)
        elif last_shown:
            yield Row("gap", (("kept", "..."),))
        last_shown = shown


def _block(block: MarkedBlock) -> Iterator[Row]:
    if isinstance(block, MarkedParagraph):
        style = block.of.shown.style
        kind: Kind = "item" if style == "item" else "subitem" if style == "subitem" else "text"
        yield Row(kind, (*_numbered(block.of.shown.number, block.of.mark), *lines.pieces(block.line)))
    else:
        for row in block.rows:
            if row.mark != "kept" or any(map(lines.changed, row.cells)):
                yield Row("cell", _pieces(row.cells))


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


def pieces(redline: Redline, *, whole: bool = False) -> Iterator[tuple[Piece, ...]]:
    """Go through a redline's lines as a terminal shows them, indented; before an article comes an empty line."""
    for row in rows(redline, whole=whole):
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
    """Join neighbours of one mark."""
    for mark, group in groupby(line, key=lambda piece: piece[0]):
        if text := "".join(text for _, text in group):
            yield mark, text


def to_text(redline: Redline, *, whole: bool = False) -> str:
    """Return a redline as text: what has changed, with its headings, or the whole contract."""
    return "\n".join(map(braced, pieces(redline, whole=whole))).strip("\n") + "\n"


# -- a page -------------------------------------------------------------------------------------

TAGS: dict[Mark, tuple[str, str]] = {
    "kept": ("", ""),
    "deleted": ("<del>", "</del>"),
    "inserted": ("<ins>", "</ins>"),
    "moved from": ('<del class="moved">', "</del>"),
    "moved to": ('<ins class="moved">', "</ins>"),
}
ELEMENTS: dict[Kind, str] = {"title": "h1", "article": "h2", "section": "h3"}
STYLE = """
body { font: 11pt/1.5 Georgia, serif; max-width: 42em; margin: 2em auto; padding: 0 1em; color: #1a1a1a; }
h1 { font-size: 1.5em; } h2 { font-size: 1.2em; border-bottom: 1px solid #999; margin-top: 2em; } h3 { font-size: 1em; }
p { margin: .5em 0 .5em 1.5em; } p.item { margin-left: 3em; } p.subitem { margin-left: 4.5em; }
p.cell { border-left: 3px solid #ccc; padding-left: .6em; } p.gap { color: #777; }
.facts { margin-left: 0; color: #555; }
ins { color: #0b5d1e; text-decoration: underline; } del { color: #a11; text-decoration: line-through; }
.moved { color: #1d4f91; } ins.moved { text-decoration: underline double; }
@media print { body { margin: 0; max-width: none; } h2, h3 { break-after: avoid; }
  ins, del { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
@page { margin: 1in; }
"""


def to_html(redline: Redline, compared: str, *, whole: bool = True) -> str:
    """Return a redline as a page; `compared` says what is compared with what."""
    title = html.escape("".join(text for mark, text in lines.pieces(redline.title) if mark != "deleted"))
    body = "\n".join(map(_element, rows(redline, whole=whole)))
    told: dict[Mark, str] = {
        "inserted": "inserted",
        "deleted": "deleted",
        "moved from": "moved from here",
        "moved to": "moved here",
    }
    key = ", ".join(f"{TAGS[mark][0]}{words}{TAGS[mark][1]}" for mark, words in told.items())
    facts = f'<p class="facts">{html.escape(compared)}</p>\n<p class="facts">{key}</p>'
    head = f'<meta charset="utf-8">\n<title>{title}</title>\n<style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{facts}\n{body}\n</body>\n</html>\n'


def _element(row: Row) -> str:
    words = "".join(f"{TAGS[mark][0]}{_escaped(text)}{TAGS[mark][1]}" for mark, text in merged(row.pieces))
    tag = ELEMENTS.get(row.kind, "p")
    return f"<{tag}>{words}</{tag}>" if tag != "p" else f'<p class="{row.kind}">{words}</p>'


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
