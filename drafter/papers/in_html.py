"""Writes the compliance matrix and a redline as pages for a browser, from the templates in `html`.

One rule: a page needs nothing else, no script and no other file, and prints as it looks. Every word is data: the
templates escape it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import english
from drafter.comparing import lines, preview
from drafter.comparing.lines import Mark
from drafter.comparing.marked import Redline
from drafter.papers.matrix import Matrix, columns, facts

if TYPE_CHECKING:
    from jinja2 import Environment


def matrix_page(matrix: Matrix) -> str:
    """Return the matrix as a page."""
    return _rendered("matrix.html", matrix=matrix, columns=columns(matrix), facts=facts(matrix))


def redline_page(redline: Redline, compared: str) -> str:
    """Return the whole contract with its changes marked, as a page; `compared` says what is compared with what."""
    title = "".join(text for mark, text in lines.pieces(redline.title) if mark != "deleted")
    rows = ((row.kind, _together(preview.merged(row.pieces))) for row in preview.rows(redline, whole=True))
    shown = [(kind, pieces) for kind, pieces in rows if pieces]
    return _rendered("redline.html", title=" ".join(title.split()) or "Redline", compared=compared, rows=shown)


def _together(pieces: Iterable[tuple[Mark, str]]) -> tuple[tuple[Mark, str], ...]:
    """Put no-break spaces into the pieces of a line, a reference that is in two of them included."""
    marks, texts = zip(*pieces, strict=True) if (pieces := tuple(pieces)) else ((), ())
    return tuple(zip(marks, english.unbroken(texts), strict=True))


def _unbroken(shown: object) -> object:
    """Put no-break spaces into words that a page shows; what a macro wrote has them."""
    return "".join(english.unbroken([shown])) if type(shown) is str else shown


def _rendered(name: str, **given: object) -> str:
    return _environment().get_template(name).render(given) + "\n"


@cache
def _environment() -> Environment:
    import jinja2  # slow to import, and only needed here

    loader = jinja2.FileSystemLoader(Path(__file__).with_name("html"))
    undefined = jinja2.StrictUndefined
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=undefined, trim_blocks=True, lstrip_blocks=True, finalize=_unbroken
    )
