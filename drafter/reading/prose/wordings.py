"""The parts of a wording, the labels of its items, and the conditions of its lines."""

from __future__ import annotations

from collections.abc import Iterator

from drafter import language
from drafter.reading import prose
from drafter.reading.prose import Guard, Parts, Prose


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


def condition(guard: Guard) -> str:
    """Return the condition of a line as its file has it, with a space after it; nothing where it is always there."""
    when = f"{{when: {language.explain(guard.when)}}} " if guard.when is not None else ""
    each = f"{{each: {guard.each.name} in {language.explain(guard.each.expression)}}} " if guard.each else ""
    return f"{when}{each}"
