"""Gives tables the header cells by which a reader knows what a cell is about."""

from __future__ import annotations

from pypdf.generic import DictionaryObject, NameObject

from drafter.pdf.finishing import elements
from drafter.pdf.objects import made

FACTS = 4  # rows of two cells from which on the first cells are names, as in the head of a memo
LAYOUT = {"Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"}


def settle(root: DictionaryObject) -> None:
    """Give every table header cells; one that only places words side by side is no table."""
    for table in [each for each in elements.every(root) if elements.kind(each) == "Table"]:
        rows = elements.rows(table)
        if not any(elements.kind(cell) == "TH" for row in rows for cell in row):
            if len(rows) >= FACTS and all(len(row) == 2 for row in rows):  # noqa: PLR2004
                for first, _ in rows:
                    elements.rename(first, "TH")
                    _scope(first, "Row")
            else:
                _unmake(table)
        for number, row in enumerate(rows):
            for cell in row:
                if elements.kind(cell) == "TH" and scope(cell) is None:
                    _scope(cell, "Row" if number else "Column")


def scope(cell: DictionaryObject) -> str | None:
    """Return what a header cell is the header of, its Row or its Column; None where that isn't said."""
    return next((str(a["/Scope"]).lstrip("/") for a in elements.attributes(cell) if "/Scope" in a), None)


def _scope(cell: DictionaryObject, of: str) -> None:
    own = [a for a in elements.attributes(cell) if a.get("/O") != "/Table"]
    table = next((a for a in elements.attributes(cell) if a.get("/O") == "/Table"), made(O=NameObject("/Table")))
    table[NameObject("/Scope")] = NameObject(f"/{of}")
    elements.keep_attributes(cell, [*own, table])


def _unmake(table: DictionaryObject) -> None:
    """Turn a table, its rows and its cells into plain divisions; a table in one of its cells stays."""
    inside = [table, *elements.under(table)]
    inside += [cell for row in elements.rows(table) for cell in row]
    inside += [row for group in elements.under(table) if elements.kind(group) != "TR" for row in elements.under(group)]
    for element in inside:
        if elements.kind(element) in LAYOUT:
            elements.rename(element, "Div")
            elements.keep_attributes(element, [])  # they are of tables and of cells
