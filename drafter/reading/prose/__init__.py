"""Clause text, read into paragraphs and tables whose fields, references and terms are still leaves.

The markup is the small part of Markdown that docs/library.md lists. Fields, references and directives are set aside
before Markdown is read, so that nothing inside them can be taken for markup, and they never become text again: nothing
parses what an answer holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.reading.prose.tree import (
    Each,
    Field,
    Grid,
    Guard,
    Link,
    Part,
    Parts,
    Passage,
    PolicyText,
    Prose,
    ProseBlock,
    Row,
    Style,
    Term,
    Title,
    Words,
    fields,
)

if TYPE_CHECKING:
    from drafter.reading.prose.blocks import parse, parse_line, parse_title, unfilled

__all__ = [
    "Each",
    "Field",
    "Grid",
    "Guard",
    "Link",
    "Part",
    "Parts",
    "Passage",
    "PolicyText",
    "Prose",
    "ProseBlock",
    "Row",
    "Style",
    "Term",
    "Title",
    "Words",
    "fields",
    "parse",
    "parse_line",
    "parse_title",
    "unfilled",
]


def __getattr__(name: str) -> object:
    """Import what reads texts when it is first used: a draft of a library that is kept reads none."""
    if name in __all__:
        from drafter.reading.prose import blocks

        return getattr(blocks, name)
    raise AttributeError(name)
