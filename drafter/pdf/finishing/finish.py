"""Finishes a PDF that LibreOffice has laid out: what it lacks for a reader who doesn't see it is added.

Words, pages and looks stay as they are. docs/accessibility.md says which steps there are, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pypdf import PdfWriter
from pypdf.generic import NameObject

from drafter.pdf import structure, taking
from drafter.pdf.finishing import blanks, changes, drawing, elements, links, tables, whole
from drafter.pdf.finishing.changes import Change
from drafter.pdf.objects import BROKEN, added, unreadable
from drafter.pdf.taking import Part

MADE = "what LibreOffice made"  # where a problem with it is


def finished(pdf: bytes, named: Sequence[Change] = ()) -> bytes:
    """Finish a PDF; equal input gives equal bytes. DraftingError when it can't be read.

    `named` are the changes of a redline, by the names that their tags have.
    """
    writer = PdfWriter()
    part = taking.taken(writer, Part(MADE, pdf))
    try:
        whole.paged(writer, part.pages)
        if part.outline is not None:
            writer.root_object[NameObject("/Outlines")] = added(writer, part.outline)
        if part.structure is not None:
            changes.settle(writer, part.structure, named)
        structure.join(writer, [replace(part, title=part.own_title)])
        root = elements.root(writer)
        if root is not None:
            tables.settle(root)
            blanks.settle(root)
            links.settle(elements.tree(writer, root), part.pages)
        for page in part.pages:
            drawing.settle(writer, page)
    except BROKEN as error:
        raise unreadable(MADE, error) from error
    return whole.written(writer, part.pages, title=part.own_title, language=part.language)
