"""Reads reviewed.yaml: which links from a requirement to a wording a person has reviewed, each with its mark."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from drafter.base import disk, yaml_tree

FILE = "reviewed.yaml"
Link = tuple[str, str]  # a requirement, and "clause.alternative"


def load(path: Path, name: str) -> Mapping[Link, str] | None:
    """Read the marks of the links that were reviewed; None where there is no such file. DraftingError."""
    if not path.exists():
        return None
    tree = yaml_tree.parse(disk.read_text(path, name), name)
    return {
        (requirement, link): mark.text if isinstance(mark, yaml_tree.Scalar) else ""
        for requirement, links in tree.entries.items()
        if isinstance(links, yaml_tree.Mapping)
        for link, mark in links.entries.items()
    }
