"""Finishes a PDF that LibreOffice has laid out: what it lacks for a reader who doesn't see it is added.

Words, pages and looks stay as they are. docs/accessibility.md says which steps there are, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pypdf import PdfWriter
from pypdf.generic import NameObject

from drafter.pdf import structure, taking
from drafter.pdf.finishing import blanks, changes, contents, drawing, elements, links, tables, whole
from drafter.pdf.objects import BROKEN, added, unreadable
from drafter.pdf.preparing.marks import Change
from drafter.pdf.taking import Opened, Part
from drafter.values import dataclass

MADE = "what LibreOffice made"  # where a problem with it is


@dataclass(frozen=True, slots=True)
class Finished:
    """A PDF that everyone can read, as the objects of a file that is not yet written."""

    writer: PdfWriter
    opened: Opened

    def written(self) -> bytes:
        """Write the file; equal objects give equal bytes. A packet that takes the objects over uses them up."""
        of = self.opened
        return whole.written(self.writer, of.pages, title=of.title, language=of.language)


def finished(pdf: bytes, named: Sequence[Change] = ()) -> bytes:
    """Finish a PDF; equal input gives equal bytes. DraftingError when it can't be read.

    `named` are the changes of a redline, by the names that their tags have.
    """
    return settled(pdf, named).written()


def settled(pdf: bytes, named: Sequence[Change] = ()) -> Finished:
    """Finish a PDF as `finished` does, and return it unwritten. DraftingError when it can't be read."""
    writer = PdfWriter()
    part = taking.taken(writer, Part(MADE, pdf))
    try:
        whole.paged(writer, part.pages)
        if part.outline is not None:
            writer.root_object[NameObject("/Outlines")] = added(writer, part.outline)
        if part.structure is not None:
            changes.settle(writer, part.structure, named)
            contents.settle(writer, part.structure)
        structure.join(writer, [replace(part, title=part.own_title)])
        root = elements.root(writer)
        if root is not None:
            tables.settle(root)
            blanks.settle(root)
            tree = elements.tree(writer, root)
            links.settle(tree, part.pages)
            changes.settle_links(tree, part.pages, named)
        for page in part.pages:
            drawing.settle(writer, page)
    except BROKEN as error:
        raise unreadable(MADE, error) from error
    whole.settle(writer, title=part.own_title, language=part.language)
    return Finished(writer, Opened(part.pages, part.outline, root, part.language, part.own_title))
