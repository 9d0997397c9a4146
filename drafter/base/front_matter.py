"""Reads the YAML head of a text file, between two lines of '---'."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.base import yaml_tree

FENCE = "---"


def end_of(lines: Sequence[str]) -> int:
    """Return the index of the line that closes the front matter, or 0 if there is none."""
    if lines[0].rstrip() != FENCE:
        return 0
    return next((i for i, line in enumerate(lines) if i and line.rstrip() == FENCE), 0)


def read(lines: Sequence[str], end: int, name: str) -> yaml_tree.Mapping:
    """Read the front matter that ends at the line with index `end`. DraftingError as `yaml_tree.parse`."""
    return yaml_tree.parse("\n".join(lines[1:end]), name, first_line=2)
