"""Compares texts as a reader does: capitals, spaces, punctuation and the kind of quotation mark don't matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc`\u00b4]")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the words of a text in small letters, one space between them: "St. Paul’s" and "st pauls" are alike.

    A text without a letter or a figure is returned as it is, so that two such texts are not taken for one.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    words = _WORD.findall(unicodedata.normalize("NFC", _APOSTROPHES.sub("", folded)))
    return " ".join(words) or text


def is_said(phrase: str, text: str) -> bool:
    """Say whether a text has the words of a phrase in it, one after the other; a phrase without words is in none."""
    wanted = plain(phrase)
    return bool(_WORD.search(wanted)) and f" {wanted} " in f" {plain(text)} "


def is_one_name(one: str, other: str) -> bool:
    """Say whether two texts can name one person: one has the words of the other in it, or only the first words differ.

    "Dr. Dana Sample" and "Captain Dana Sample" are alike, and so are "Dana Sample" and "Dana Sample, Chair".
    """
    if is_said(one, other) or is_said(other, one):
        return True
    words, others = plain(one).split(), plain(other).split()
    return min(len(words), len(others)) > 2 and words[-2:] == others[-2:]  # noqa: PLR2004  # a first and a last name


def names_again(names: Iterable[str]) -> list[int]:
    """Return the places, counted from 0, of the names that can be those of an earlier one."""
    known = list(names)
    return [n for n, name in enumerate(known) if any(is_one_name(name, before) for before in known[:n])]


def says_only(phrases: Iterable[str], text: str) -> bool:
    """Say whether a text is made of some phrases, and of nothing else but "and", "or" and what divides words."""
    left = f" {plain(text)} "
    for wanted in sorted(map(plain, phrases), key=len, reverse=True):
        left = left.replace(f" {wanted} ", "  ").replace(f" {wanted} ", "  ")
    return all(word in ("and", "or") for word in left.split())


def repeated(values: Iterable[object]) -> list[int]:
    """Return the places, counted from 0, of the values that are the same as an earlier one to a reader."""
    seen: set[object] = set()
    found: list[int] = []
    for place, value in enumerate(values):
        read = _read(value)
        if read in seen:
            found.append(place)
        seen.add(read)
    return found


def _read(value: object) -> object:
    match value:
        case str():
            return plain(value)
        case tuple():
            return tuple(map(_read, value))
        case _:
            return type(value), value
