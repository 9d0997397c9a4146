"""A redline as HTML: what is inserted and deleted is said in words as well, for whoever can't see how it looks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from markupsafe import Markup, escape

from drafter.base import characters
from drafter.comparing import preview
from drafter.comparing.lines import Mark
from drafter.comparing.marked import Redline

_SAID: dict[Mark, tuple[str, str]] = {
    "inserted": ("ins", "inserted"), "deleted": ("del", "deleted"),
    "moved to": ("ins", "moved to here"), "moved from": ("del", "moved from here"),
}  # fmt: skip


def changes(made: Redline, *, whole: bool = False) -> Markup:
    """Return a redline as HTML: the lines that changed, with their headings, or the whole contract; tables are kept."""
    rows = [row for row in preview.rows(made, whole=whole) if any(text for _, text in row.pieces)]
    tables = itertools.accumulate(row.is_head for row in rows)
    groups = itertools.groupby(zip(rows, tables, strict=True), key=lambda pair: (pair[0].kind == "cell", pair[1]))
    parts = (
        [_table([row for row, _ in those])] if is_table else [_row(row) for row, _ in those]
        for (is_table, _), those in groups
    )
    return Markup("\n").join(itertools.chain.from_iterable(parts))


def _table(rows: Iterable[preview.Row]) -> Markup:
    return Markup('<table class="r t">{}</table>').format(Markup("").join(map(_cells, rows)))


def _cells(row: preview.Row) -> Markup:
    one = Markup('<th scope="col">{}</th>') if row.is_head else Markup("<td>{}</td>")
    return Markup("<tr>{}</tr>").format(Markup("").join(one.format(line(preview.merged(cell))) for cell in row.cells))


def _row(row: preview.Row) -> Markup:
    kind = "heading" if row.kind in ("title", "article", "section") else row.kind
    return Markup('<p class="r {}">{}</p>').format(kind, line(preview.merged(row.pieces)))


def line(pieces: Iterable[preview.Piece]) -> Markup:
    """Return a line with its marked words as HTML."""
    return Markup("").join(_piece(mark, text) for mark, text in pieces)


def _piece(mark: Mark, text: str) -> Markup:
    words = escape(characters.shown(text)).replace("\n", Markup("<br>"))
    if mark not in _SAID:
        return words
    name, said = _SAID[mark]
    made = Markup('<{0}><span class="unseen">[{1}: </span>{2}<span class="unseen">] </span></{0}>')
    return made.format(name, said, words)
