"""Gives each footnote an id of its own, by which a reader finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, TextStringObject

from drafter.pdf.finishing import elements
from drafter.pdf.objects import added, made

if TYPE_CHECKING:
    from pypdf import PdfWriter


def settle(writer: PdfWriter, root: DictionaryObject) -> None:
    """Give the footnotes of a file, which may be of several parts, ids, and list them by these."""
    names: list[PdfObject] = []
    for note in elements.every(root):
        if elements.kind(note) == "Note":
            name = TextStringObject(f"note-{len(names) // 2 + 1:06}")  # in the order of the list, which is of text
            note[NameObject("/ID")] = name
            names += [name, added(writer, note)]
    if names:
        limits = ArrayObject([names[0], names[-2]])
        leaf = added(writer, made(Names=ArrayObject(names), Limits=limits))
        root[NameObject("/IDTree")] = added(writer, made(Kids=ArrayObject([leaf])))
