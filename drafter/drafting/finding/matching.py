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
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "zero|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TO_99 = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_ONES})"
_NUMBER = rf"{_TO_99}(?: hundred(?:(?: and)? {_TO_99})?)?"
_TOKEN = re.compile(rf"\b{_NUMBER}(?![^\W_])|[0-9][0-9,.]*[0-9]|[^\W_]+", re.IGNORECASE)  # a number is one word
_ENDINGS = ("ions", "ing", "ion", "ed", "es", "e", "s")

Query = tuple[str, ...]  # each word that was typed
Span = tuple[int, int]  # where a word of a text starts and ends


def query(words: str) -> Query:
    """Return what to look for: each word once, small words left out unless there are no others."""
    found = dict.fromkeys(_tokens(words))
    return tuple(word for word in found if word not in SMALL) or tuple(found)


def spans(wanted: Query, text: str) -> tuple[Span, ...]:
    """Return where the words of a text that were looked for start and end, in order."""
    found = ((at.span(), _as_word(at.group())) for at in _TOKEN.finditer(text))
    return tuple(span for span, token in found if any(_is_form(word, token) for word in wanted))


def held(wanted: Query, text: str) -> frozenset[int]:
    """Return which of the words, counted from 0, a text holds."""
    there = set(_tokens(text))
    return frozenset(n for n, word in enumerate(wanted) if any(_is_form(word, token) for token in there))


def holds(wanted: Query, text: str) -> bool:
    """Say whether a text holds every word; no words are held by none."""
    return bool(wanted) and len(held(wanted, text)) == len(wanted)


def starts(wanted: Query, text: str) -> bool:
    """Say whether a text starts with the words, in their order; small words of the text don't count."""
    tokens = [token for token in _tokens(text) if token not in SMALL]
    return bool(wanted) and len(tokens) >= len(wanted) and all(map(_is_form, wanted, tokens))


def same(words: str, text: str) -> bool:
    """Say whether two texts have the same words: capitals, punctuation and spaces apart."""
    return bool(words) and _tokens(words) == _tokens(text)


def listed(names: Sequence[str]) -> str:
    """Return the first of several names for a message, and how many more there are."""
    rest = f"; and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return "; ".join(names[:MOST_LISTED]) + rest


def _tokens(text: str) -> list[str]:
    return [_as_word(token) for token in _TOKEN.findall(text)]


def _as_word(token: str) -> str:
    """Return a word without capitals, and a number in figures, so that a whole number is found by a whole number."""
    if token[0].isdigit():
        return token.replace(",", "")
    word = token.casefold()
    return _numbers().get(word.replace("-", " ").replace(" and ", " "), word)


@functools.cache
def _numbers() -> dict[str, str]:
    """Return the figures of each number in words, below a thousand."""
    return {english.in_words(number).replace("-", " "): str(number) for number in range(1000)}


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
