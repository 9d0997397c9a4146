"""Finds references that are typed: "Section 7.3" in words, which stays as it is when the numbers change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.reading import prose
from drafter.reading.prose import Parts, Prose, Words


def references(parts: Parts) -> Iterator[str]:
    """Yield the typed references of a line, without those to a statute or another text."""
    for part in parts:
        if isinstance(part, Words):
            yield from (found.group() for found in _TYPED.finditer(part.text))


def by_line(text: Prose) -> Iterator[tuple[str, int]]:
    """Yield the typed references of a wording, each with its line."""
    for block in text:
        if isinstance(block, prose.Passage):
            yield from ((words, block.line) for words in references(block.parts))
        elif isinstance(block, prose.Grid):
            yield from ((words, block.line) for cell in block.header for words in references(cell))
            yield from ((words, row.line) for row in block.rows for cell in row.cells for words in references(cell))


_NUMBER = r"(?:\d{1,2}(?:[.]\d{1,2})?(?![.]?\d|[A-Z])|[A-Z]\b(?!['’])|[IVX]+\b)"
_TYPED = re.compile(
    rf"(?<!, )\b(?:Articles?|Sections?|Exhibits?) {_NUMBER}(?:(?:,? (?:and|or|to|through) |, ){_NUMBER})*"
    r"(?! of (?!this Agreement|this Contract))"
)
