"""Makes headings of what a template prints as one and Word must not take for an entry of the table of contents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from drafter.pdf.finishing import elements

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject

LEVELS: Mapping[str, str] = {  # by the styles of the contract's template, whose names LibreOffice gives to the tags
    "Contract Title": "H1",
    "Agreement Title": "H1",
    "Contents Heading": "H1",
    "Recitals Heading": "H1",
    "Signature Heading": "H1",
    "Exhibit Heading": "H2",
}


def settle(root: DictionaryObject) -> None:
    """Give the paragraphs in those styles the tag of a heading."""
    for element in elements.every(root):
        if level := LEVELS.get(elements.kind(element)):
            elements.rename(element, level)
