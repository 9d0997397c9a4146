"""Puts the pages of a file in order, says its title and language, claims what may be claimed, and writes it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from drafter.pdf.finishing import checking, elements, metadata, notes
from drafter.pdf.objects import dictionary, made, place_of

if TYPE_CHECKING:
    from pypdf import PdfWriter


def paged(writer: PdfWriter, pages: Sequence[DictionaryObject]) -> None:
    """Make these the pages of a file, in this order."""
    place = writer.root_object.raw_get("/Pages")
    kids = ArrayObject(place_of(page) for page in pages)
    dictionary(place).update(made(Kids=kids, Count=NumberObject(len(pages))))
    for page in pages:
        page[NameObject("/Parent")] = place


def settle(writer: PdfWriter, *, title: str, language: str) -> None:
    """Say a file's title and language, let it open with its bookmarks, and give its footnotes ids."""
    root = writer.root_object
    root.update(
        made(Lang=TextStringObject(language), ViewerPreferences=made(DisplayDocTitle=BooleanObject(value=True)))
    )
    if "/Outlines" in root:
        root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    structure = elements.root(writer)
    if structure is not None:
        notes.settle(writer, structure)
    writer.metadata = {"/Title": title}
    writer.pdf_header = "%PDF-1.7"


def written(writer: PdfWriter, pages: Sequence[DictionaryObject], *, title: str, language: str) -> bytes:
    """Write a settled file, which claims PDF/UA-1 where nothing is left to mend; equal objects give equal bytes."""
    claimed = not checking.left(writer.root_object, pages, title)
    metadata.write(writer, title=title, language=language, claimed=claimed)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
