"""Finds duties to do what is forbidden: in the words of a ban, or in those that define what it forbids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from drafter.base import english
from drafter.reading.prose import sentences


class Forbidden:
    """Knows what is forbidden, and tells the duties that could ask for it."""

    def __init__(
        self, bans: str, banned: Iterable[str], terms: Mapping[str, tuple[str, ...]], actors: Iterable[str]
    ) -> None:
        """Take the bans, one a line, the forms of their terms, the definition of each term, and the actors; folded."""
        self._does = _doing(bans, banned)
        names = frozenset(form for name in actors for form in english.plurals(name))
        objects = tuple(t for t in terms if t not in names and re.search(_OBJECT + _any(english.plurals(t)), bans))
        resting = (t for t in terms if t not in names and _finds(objects, "\n".join(terms[t])))
        self._named = re.compile(_any(form for t in (*objects, *resting) for form in english.plurals(t)))
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


_DUTY = re.compile(r"\b(?:must|will)\b(?! not)(.*)")
_OBJECT = r"\bmust not \w+ (?:\w+ ){0,6}?"  # what a ban forbids to do something with: "must not use Force"
_SHORT, _STEM = 4, 5  # letters: of the shortest word that says what something is, and of what is compared of it
_USUAL = 3  # definitions: a word of more says nothing of one
_EVERYWHERE = frozenset(
    "that this with from must will when where which their other under each every have before after while than them "
    "they only whom whose what into upon also such these those about take part person".split()
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


def _doing(bans: str, banned: Iterable[str]) -> re.Pattern[str]:
    """Return what finds a duty to do what is forbidden: "must use Force", where a ban has "must not use Force"."""
    verbs = "|".join(_verbs(bans))
    return re.compile(rf"\b(?:must|will) (?:\w+ )?(?:{verbs})\b[^;:]*{_any(banned)}" if verbs else "(?!)")


def _verbs(bans: str) -> Iterator[str]:
    yield from dict.fromkeys(re.findall(r"\bmust not (\w+)", bans))
