"""Writes the letter that goes with a round as a Word file: its values in the fields of the firm's template."""

from __future__ import annotations

from pathlib import Path

from drafter.papers.texts.letter import Letter
from drafter.word import filling, kinds


def write(letter: Letter, template: Path) -> bytes:
    """Write a letter with a template; equal ones give equal bytes. DraftingError when the template is not in order."""
    values = {name: getattr(letter, "sender" if name == "from" else name) for name in kinds.LETTER.fields}
    return filling.document(kinds.LETTER, values, template, f"Letter: {letter.title}")
