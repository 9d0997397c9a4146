"""Writes the compliance matrix as a Word file: its rows in the table of the firm's template."""

from __future__ import annotations

from pathlib import Path

from drafter.papers.matrix import Group, Matrix, Row
from drafter.word import filling, kinds


def write(matrix: Matrix, template: Path) -> bytes:
    """Write a matrix with a template; equal matrices give equal bytes. DraftingError when it is not in order."""
    values = {
        "title": matrix.title,
        "contract_status": matrix.contract_status,
        "governs": matrix.governs,
        "unread": matrix.unread,
        "has_wordings": any(row.wordings for row in matrix.rows),
        "sources": tuple(map(_group, matrix.groups)),
    }
    return filling.document(kinds.MATRIX, values, template, f"Compliance matrix: {matrix.title}")


def _group(group: Group) -> dict[str, object]:
    return {
        "citation": group.citation,
        "status": group.status,
        "date": group.date,
        "standing": group.standing,
        "count": group.count,
        "counts": group.counts,
        "quiet": group.quiet,
        "rows": tuple(map(_row, group.rows)),
        "anomalies": group.anomalies,
    }


def _row(row: Row) -> dict[str, object]:
    """Return the fields of a row; a list has a line even where it is empty, so that its cell has the style of one."""
    status = f"{row.status[:1].upper()}{row.status[1:]}"
    return {
        "id": row.id,
        "quote": row.quote,
        "asks": row.said,
        "status": filling.said(status, style=f"Matrix {row.tone.capitalize()}"),
        "remarks": row.remarks,
        "places": row.places or ("",),
        "wordings": row.wordings or ("",),
        "authorities": row.authorities or ("",),
    }
