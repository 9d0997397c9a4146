"""Writes the compliance matrix as a Word file in the styles of a template.

One rule: the template owns the looks.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base.problems import DraftingError, Place, Problem
from drafter.papers.matrix import COLUMNS, Matrix, Row, columns, facts
from drafter.word import package

if TYPE_CHECKING:
    from docx.document import Document as File
    from docx.table import _Cell

WIDTHS = (0.8, 2.6, 1.5, 1.8, 1.75, 1.85)  # inches of the six columns, on a landscape page
STYLES = (
    "Matrix Title", "Matrix Facts", "Matrix Heading", "Matrix Header", "Matrix Text", "Matrix Id", "Matrix Words",
    "Matrix Good", "Matrix Mixed", "Matrix Bad", "Matrix Quiet", "Matrix Note",
)  # fmt: skip
TABLE = "Matrix Table"


def to_docx(matrix: Matrix, template: Path) -> bytes:
    """Write the matrix with a template's styles; equal matrices give equal bytes. DraftingError for the template."""
    file = _opened(template)
    file.add_paragraph("Compliance matrix", style="Matrix Title")
    for line in facts(matrix):
        file.add_paragraph(line, style="Matrix Facts")
    _table(file, matrix)
    if matrix.anomalies:
        file.add_paragraph("In the policy's own text", style="Matrix Heading")
        for paragraphs, text, handling in matrix.anomalies:
            note = file.add_paragraph(style="Matrix Note")
            note.add_run(f"{paragraphs}. ").bold = True
            note.add_run(f"{text} {handling}")
    made = io.BytesIO()
    file.save(made)
    return package.pack(package.scrub(package.unpack(made.getvalue()), f"Compliance matrix: {matrix.title}"))


def _opened(template: Path) -> File:
    from docx import Document

    try:
        package.unpack(template.read_bytes())
        file = Document(str(template))
    except (OSError, package.NotWordError) as error:
        problem = Problem("unreadable-template", Place(str(template)), f"the template can't be read: {error}")
        raise DraftingError(problem) from None
    known = {style.name for style in file.styles}
    missing = [
        Problem("missing-style", Place(str(template)), f"the template has no style '{name}'", "see docs/matrix.md")
        for name in (*STYLES, TABLE)
        if name not in known
    ]
    if missing:
        raise DraftingError(*missing)
    body = file.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):  # the page
            body.remove(child)
    return file


def _table(file: File, matrix: Matrix) -> None:
    from docx.shared import Inches

    shown = columns(matrix)
    kept = [width for heading, width in zip(COLUMNS, WIDTHS, strict=True) if heading in shown]
    widths = [width * sum(WIDTHS) / sum(kept) for width in kept]
    table = file.add_table(rows=1 + len(matrix.rows), cols=len(shown), style=TABLE)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Inches(width)
    rows = list(table.rows)
    for cell, words in zip(rows[0].cells, shown, strict=True):
        _write(cell, [(words, "Matrix Header")])
    _property(rows[0], "tblHeader")
    for place, row in zip(rows[1:], matrix.rows, strict=True):
        _property(place, "cantSplit")
        for cell, lines in zip(place.cells, _cells(row, shown), strict=True):
            _write(cell, lines)


def _property(row: object, name: str) -> None:
    """Give a row a property: that it is repeated on each page, or never broken over two."""
    from drafter.word import oxml

    row._tr.get_or_add_trPr().append(oxml.element(name))  # type: ignore[attr-defined]  # noqa: SLF001


Lines = list[tuple[str, str]]


def _cells(row: Row, shown: tuple[str, ...]) -> tuple[Lines, ...]:
    quoted = [(f"“{row.quote}”", "Matrix Words")] if row.quote else []
    status = [(f"{row.status[:1].upper()}{row.status[1:]}", f"Matrix {row.tone.capitalize()}")]
    return (
        [(row.id, "Matrix Id")],
        [*quoted, (row.asks, "Matrix Text")],
        [*status, *([(row.why, "Matrix Text")] if row.why else [])],
        _lines(row.places),
        *([_lines(row.wordings)] if "Wording" in shown else []),
        _lines(row.authorities),
    )


def _lines(words: Iterable[str]) -> Lines:
    return [(word, "Matrix Text") for word in words] or [("", "Matrix Text")]


def _write(cell: _Cell, lines: Lines) -> None:
    for number, (words, style) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(words)
