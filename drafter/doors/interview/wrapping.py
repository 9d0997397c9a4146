"""Fits text to a width, counted in the columns that a terminal gives each character."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from prompt_toolkit.utils import get_cwidth

from drafter.base import characters
from drafter.doors import terminal

NARROWEST = 20  # columns; no text is made narrower
Row = tuple[str, str]  # a style, and the text of one line


def wrapped(text: str, width: int, style: str, first: str = "", rest: str | None = None) -> Iterator[Row]:
    """Break a text into lines of a width, with something before the first line and before the others."""
    after = first if rest is None else rest
    lead = first
    for block in characters.spelled(text).split("\n"):
        lines = textwrap.wrap(block, max(width - get_cwidth(after), NARROWEST // 2), break_on_hyphens=False) or [""]
        for line in lines:
            yield style, lead + line
            lead = after


def columns(rows: Sequence[tuple[str, ...]], width: int) -> list[str]:
    """Return each row of cells as one line, in columns that fit the width; a row of one cell is left as it is."""
    cells = [row for row in rows if len(row) > 1]
    count = max(map(len, cells), default=0)
    widths = [max((get_cwidth(row[n]) for row in cells if n < len(row)), default=0) for n in range(count)]
    room = width - 2 * max(count - 1, 0)
    while sum(widths) > room and max(widths) > 4:  # noqa: PLR2004  # narrower columns say nothing
        widths[widths.index(max(widths))] -= 1
    return [_joined(row, widths) if len(row) > 1 else row[0] for row in rows]


def _joined(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(fitted(cell, width) for cell, width in zip(row, widths, strict=False)).rstrip()


def fitted(text: str, width: int) -> str:
    """Return text cut or filled to a width."""
    text = terminal.one_line(text)
    while get_cwidth(text) > width:
        text = text[: -2 if text.endswith("…") else -1].rstrip() + "…" if len(text) > 1 else ""
    return text + " " * (width - get_cwidth(text))
