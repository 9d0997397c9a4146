"""Finds duties to do what is forbidden: in the words of a ban, or in those that define what it forbids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from drafter.base import english
from drafter.reading.prose import sentences


class Forbidden:
    """Knows what is forbidden, and tells the duties that could ask for it."""

    def __init__(
        self, bans: str, banned: Iterable[str], terms: Mapping[str, tuple[str, ...]], actors: Iterable[str]
    ) -> None:
        """Take the bans, one a line, the forms of their terms, the definition of each term, and the actors; folded."""
        names = frozenset(form for name in actors for form in english.plurals(name))
        objects = tuple(t for t in terms if t not in names and re.search(_OBJECT + _any(english.plurals(t)), bans))
        verbs, of = "|".join(dict.fromkeys(re.findall(r"\bmust not (\w+)", bans))), _any(banned)
        self._does = _doing(r"\b(?:must|will)", verbs, of)
        resting = (t for t in terms if t not in names and _finds(objects, "\n".join(terms[t])))
        self._named = re.compile(_any(form for t in (*objects, *resting) for form in english.plurals(t)))
        self._allows = (
            _doing(r"\b(?:may|can|might|could|(?:permitted|allowed|free|entitled) to)", verbs, _any(objects)),
            re.compile(rf"\bnothing in this (?:agreement|article|section|exhibit)\b[^;:]*{_any(objects)}"),
        )
        self._calls = re.compile(
            r"\b(?:is|are|counts? as|means?|amounts? to|called)(?: (?:not|no|an?|any|no longer|never))* "
            + _any(objects)
        )
        in_terms = Counter(word for those in terms.values() for word in _stems("\n".join(those)))
        usual = (word for word, times in in_terms.items() if times > _USUAL)  # such as those of a citation
        self._common = frozenset(usual).union(*map(_stems, names))
        self._defined = tuple(_stems(words) - self._common for t in objects for words in terms[t])

    def is_asked(self, words: str) -> bool:
        """Say whether a folded sentence could be a duty to do what is forbidden."""
        if self._does.search(words):
            return True
        duty = _DUTY.search(words)
        if duty is None:
            return False
        own = _stems(words) - self._common
        return self._named.search(duty[1]) is not None or any(len(own & one) > 1 for one in self._defined)

    def is_allowed(self, words: str) -> bool:
        """Say whether a folded sentence gives leave to do what is forbidden, or keeps it out of what is."""
        return any(pattern.search(words) for pattern in self._allows)

    def is_told(self, words: str) -> bool:
        """Say whether a folded sentence says of something that it is what is forbidden, or is not."""
        return self._calls.search(words) is not None


_DUTY = re.compile(r"\b(?:must|will)\b(?! not)(.*)")
_OBJECT = r"\bmust not \w+ (?:\w+ ){0,6}?"  # what a ban forbids to do something with: "must not use Force"
_SHORT, _STEM = 4, 5  # letters: of the shortest word that says what something is, and of what is compared of it
_USUAL = 3  # definitions: a word of more says nothing of one
_EVERYWHERE = frozenset(
    re.findall(
        r"\w+",
        "that this with from must will when where which their other under each every have before after while than them "
        "they only whom whose what into upon also such these those about take part person",
    )
)


def _stems(words: str) -> frozenset[str]:
    """Return the starts of the words that say what something is."""
    found = re.findall(rf"[a-z]{{{_SHORT},}}", sentences.unfilled(words))
    return frozenset(word[:_STEM] for word in found if word not in _EVERYWHERE)


def _finds(terms: Iterable[str], words: str) -> bool:
    return re.search(_any(form for term in terms for form in english.plurals(term)), words) is not None


def _any(those: Iterable[str]) -> str:
    """Return the pattern of any of some words; of none, one that finds nothing."""
    words = "|".join(map(re.escape, those))
    return rf"\b(?:{words})\b" if words else "(?!)"


def _doing(modal: str, verbs: str, terms: str) -> re.Pattern[str]:
    """Return what finds "must use Force" or "may use Force", where a ban has "must not use Force"."""
    return re.compile(rf"{modal} (?:\w+ )?(?:{verbs})\b(?:(?!\bonly\b)[^;:])*{terms}" if verbs else "(?!)")
