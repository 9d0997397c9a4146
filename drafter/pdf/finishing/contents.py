"""Makes headings and tables of contents of paragraphs of which LibreOffice knows only the style.

Word must not take the titles of a contract for headings: they would be entries of its table of contents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject

from drafter.pdf.finishing import elements
from drafter.pdf.objects import added, dictionary, made

if TYPE_CHECKING:
    from pypdf import PdfWriter

# What LibreOffice calls the styles of entries: of a contract's contents, and of the list of a packet's parts.
ENTRY = re.compile(r"Contents \d+|Packet Entry")
LEVELS: Mapping[str, str] = {  # of the titles of a contract, by their styles
    "Contract Title": "H1",
    "Agreement Title": "H1",
    "Contents Heading": "H1",
    "Recitals Heading": "H1",
    "Signature Heading": "H1",
    "Exhibit Heading": "H2",
}


def settle(writer: PdfWriter, root: DictionaryObject) -> None:
    """Put the paragraphs that are entries, and are in no table of contents, into one; tag titles as headings."""
    for parent in [root, *elements.every(root)]:
        nodes = elements.held(parent)
        if elements.kind(parent) != "TOCI" and any(map(_is_entry, nodes)):
            kept = ArrayObject()
            for is_entry, group in groupby(nodes, _is_entry):
                alike = list(group)
                kept += [_table(writer, parent, alike)] if is_entry else alike
            parent[NameObject("/K")] = kept
    for element in elements.every(root):
        if level := LEVELS.get(elements.kind(element)):
            elements.rename(element, level)


def _is_entry(node: PdfObject) -> bool:
    found: object = node.get_object()
    return isinstance(found, DictionaryObject) and ENTRY.fullmatch(elements.kind(found)) is not None


def _table(writer: PdfWriter, parent: DictionaryObject, entries: list[PdfObject]) -> PdfObject:
    """Return a table of contents under a tag."""
    table = made(Type=NameObject("/StructElem"), S=NameObject("/TOC"), P=added(writer, parent))
    above, items = added(writer, table), ArrayObject()
    for entry in entries:
        item = made(Type=NameObject("/StructElem"), S=NameObject("/TOCI"), P=above, K=ArrayObject([entry]))
        items.append(added(writer, item))
        dictionary(entry)[NameObject("/P")] = items[-1]
    table[NameObject("/K")] = items
    return above
