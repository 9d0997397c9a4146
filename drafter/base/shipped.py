"""Where the library and the templates are that come with the product."""

from __future__ import annotations

from pathlib import Path


def path(name: str) -> Path:
    """Return the path of a shipped file or folder, in an installed package or in a source tree."""
    package = Path(__file__).parents[1]
    inside = package / "shipped" / name
    return inside if inside.exists() else package.parent / name


def is_inside(folder: Path) -> bool:
    """Say whether a folder is inside the installed package, where an update of the program overwrites it."""
    return folder.resolve().is_relative_to(Path(__file__).resolve().parents[1])


LIBRARY = "clause_library"  # its folder's name, and what messages call it


TEMPLATES = ("agreement", "memo", "changes", "matrix", "brief", "cover", "notes", "notice", "letter")


def template(name: str) -> Path:
    """Return the path of a shipped Word template, by one of the names of `TEMPLATES`."""
    return path(f"templates/{name}.docx")
