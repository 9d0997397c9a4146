"""Suggests what a misspelled name was meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the known name that is most like a word; empty if none is. `likeness` is from 0 (any) to 1 (equal)."""
    close = difflib.get_close_matches(word, list(known), 1, likeness)
    return close[0] if close else ""


def meant(word: str, known: Iterable[str], otherwise: str = "", likeness: float = 0.6) -> str:
    """Return the hint "did you mean 'x'?" for an unknown name, or `otherwise` if no known name is like it."""
    near = nearest(word, known, likeness)
    return f"did you mean '{near}'?" if near else otherwise
