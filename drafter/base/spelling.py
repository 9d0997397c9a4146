"""Suggests what a misspelled name was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the known name that is most like a word; empty if none is. `likeness` is from 0 (any) to 1 (equal)."""
    import difflib  # slow to import, and most names are spelled right

    close = difflib.get_close_matches(word, list(known), 1, likeness)
    return close[0] if close else ""


def meant(word: str, known: Iterable[str], otherwise: str = "", likeness: float = 0.6) -> str:
    """Return the hint "did you mean 'x'?" for an unknown name, or `otherwise` if no known name is like it."""
    near = nearest(word, known, likeness)
    return f"did you mean '{near}'?" if near else otherwise


def meant_by_title(words: str, titles: Mapping[str, str], otherwise: str) -> str:
    """Return the hint "did you mean 'x' or 'y'?" for words that name nothing, or `otherwise`.

    It has up to three names that are like the words, or whose titles are, or have such a word.
    """
    import difflib

    text = words.casefold().strip()
    found = difflib.get_close_matches(text, titles, 3)
    by_title = {title.casefold(): name for name, title in titles.items()}
    found += [by_title[title] for title in difflib.get_close_matches(text, by_title, 3)]
    by_word = {word: name for name, title in titles.items() for word in re.findall(r"\w{4,}", title.casefold())}
    found += [by_word[word] for word in difflib.get_close_matches(text, by_word, 1, 0.75)]
    near = " or ".join(f"'{name}'" for name in list(dict.fromkeys(found))[:3])
    return f"did you mean {near}?" if near else otherwise
