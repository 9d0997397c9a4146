"""Writes the board memo as a Word file: its values in the fields of the firm's template."""

from __future__ import annotations

from pathlib import Path

from drafter.papers.memo import Memo
from drafter.word import filling, kinds


def write(memo: Memo, template: Path) -> bytes:
    """Write a memo with a template; equal memos give equal bytes. DraftingError when the template is not in order."""
    values = {name: getattr(memo, "sender" if name == "from" else name) for name in kinds.MEMO.fields}
    return filling.document(kinds.MEMO, values, template, f"Memorandum: {memo.title}")
