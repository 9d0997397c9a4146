"""Clause text, read into paragraphs and tables whose fields, references and terms are still leaves.

The markup is the small part of Markdown that docs/library.md lists. Fields, references and directives are set aside
before Markdown is read, so that nothing inside them can be taken for markup, and they never become text again: nothing
parses what an answer holds.
"""

from drafter.reading.prose.blocks import parse, parse_line, parse_title, unfilled
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
