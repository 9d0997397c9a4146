"""Writes the notice to the public as a Word file: its values in the fields of the firm's template."""

from __future__ import annotations

from pathlib import Path

from drafter.papers.texts.notice import Notice
from drafter.word import filling, kinds


def write(notice: Notice, template: Path) -> bytes:
    """Write a notice with a template; equal ones give equal bytes. DraftingError when the template is not in order."""
    values = {name: getattr(notice, "sender" if name == "from" else name) for name in kinds.NOTICE.fields}
    return filling.document(kinds.NOTICE, values, template, f"Public notice: {notice.title}")
