"""A redline as HTML: what is inserted and deleted is said in words as well, for whoever can't see how it looks."""

from __future__ import annotations

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


def changes(made: Redline) -> Markup:
    """Return what a redline changes, as HTML: the lines that changed, with their headings."""
    return Markup("\n").join(_row(row) for row in preview.rows(made))


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
