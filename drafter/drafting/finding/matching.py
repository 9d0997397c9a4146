"""Matches words that a person types with the words of a text: capitals, endings and number words don't matter."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from drafter.base import english

SMALL = frozenset(
    ["a", "an", "and", "by", "for", "in", "is", "it", "of", "on", "or", "the", "to"]
)  # words that find nothing
MOST_LISTED = 8  # names in a message
SHORTEST = 3  # letters of a stem
_TOKEN = re.compile(r"[0-9][0-9,.]*[0-9]|[^\W_]+")
_ENDINGS = ("ions", "ing", "ion", "ed", "es", "e", "s")

Query = tuple[frozenset[str], ...]  # for each word that was typed, the ways to write it
Span = tuple[int, int]  # where a word of a text starts and ends


def query(words: str) -> Query:
    """Return what to look for: each word once, small words left out unless there are no others."""
    found = dict.fromkeys(_tokens(words))
    wanted = [word for word in found if word not in SMALL] or list(found)
    return tuple(_forms(word) for word in wanted)


def spans(wanted: Query, text: str) -> tuple[Span, ...]:
    """Return where the words of a text that were looked for start and end, in order."""
    return tuple(at.span() for at in _TOKEN.finditer(text) if any(_fits(f, at.group().casefold()) for f in wanted))


def held(wanted: Query, text: str) -> frozenset[int]:
    """Return which of the words, counted from 0, a text holds."""
    there = set(_tokens(text))
    return frozenset(n for n, forms in enumerate(wanted) if any(_fits(forms, token) for token in there))


def holds(wanted: Query, text: str) -> bool:
    """Say whether a text holds every word; no words are held by none."""
    return bool(wanted) and len(held(wanted, text)) == len(wanted)


def starts(wanted: Query, text: str) -> bool:
    """Say whether a text starts with the words, in their order; small words of the text don't count."""
    tokens = [token for token in _tokens(text) if token not in SMALL]
    return bool(wanted) and len(tokens) >= len(wanted) and all(map(_fits, wanted, tokens))


def same(words: str, text: str) -> bool:
    """Say whether two texts have the same words: capitals, punctuation and spaces apart."""
    return bool(words) and _tokens(words) == _tokens(text)


def listed(names: Sequence[str]) -> str:
    """Return the first of several names for a message, and how many more there are."""
    rest = f"; and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return "; ".join(names[:MOST_LISTED]) + rest


def _tokens(text: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(text)]


def _forms(word: str) -> frozenset[str]:
    """Return a word with the figure or the word for the same number."""
    numbers = _number_words()
    figures = {numbers[word]} if word in numbers else {w for w, figure in numbers.items() if figure == word}
    return frozenset({word, *figures})


@functools.cache
def _number_words() -> dict[str, str]:
    """Return the numbers to a hundred that are one word, each with its figures."""
    words = ((english.in_words(number), str(number)) for number in range(101))
    return {word: figures for word, figures in words if word.isalpha()}


def _fits(forms: frozenset[str], token: str) -> bool:
    return any(_is_form(form, token) for form in forms)


def _is_form(word: str, token: str) -> bool:
    """Say whether a word of a text is a form of a word that was typed, or starts with it."""
    if not word.isalpha() or len(word) < SHORTEST:
        return word == token
    stem = _stem(word)
    return token.startswith(stem) or _stem(token) == stem


@functools.lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Return a word without its ending: "notices" and "notice" have one stem, as have "policy" and "policies"."""
    if len(word) > SHORTEST and word.endswith(("ies", "ied", "y")):
        return word.removesuffix("es").removesuffix("ed").removesuffix("y") + ("i" if word.endswith("y") else "")
    if word.endswith("ss"):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            stem = word.removesuffix(ending)
            is_doubled = stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return stem[:-1] if is_doubled else stem
    return word
