"""The parts of a wording, and the labels of its items."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.reading import prose
from drafter.reading.prose import Parts, Prose


def parts_of(text: Prose) -> Iterator[Parts]:
    """Yield the parts of a wording, paragraph by paragraph and cell by cell."""
    for block in text:
        if isinstance(block, prose.Passage):
            yield block.parts
        elif isinstance(block, prose.Grid):
            yield from block.header
            for row in block.rows:
                yield from row.cells


def labels(text: Prose) -> tuple[str, ...]:
    """Return the labels of a wording's items."""
    return tuple(b.guard.label for b in text if isinstance(b, prose.Passage) and b.guard.label)
