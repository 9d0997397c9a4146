"""Finds the words by which an answer in free text can take back what the contract around it says.

One rule: an ordinary answer, such as a name, a room, hours, a day or an address, has none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter.base import english
from drafter.reading.prose import counter_words

# Of the counter-words, those that ordinary answers have: "until 3:00 p.m.", "background check", "former library".
_ORDINARY = frozenset(
    re.split(
        r",\s*",
        r"until, controls?, priority, best, efforts?, goals?, practic\w+, guidance, background, replac\w+, elect\w*, "
        r"former\w*, temporar\w+, releas\w+, permit\w*, approv\w+, possible, appropriate, adequate, as needed, "
        r"starting point, aims?, pending",
    )
)
# Words that a sentence of the library has everywhere, and an ordinary answer hardly ever.
_MORE = (
    "none", "never", "without", "only", "any(?:one|body|thing)?", "whatever", "permitted",
    r"not(?! yet\b)", "(?:does|do|is|are|must|will)n't",
    r"this (?:agreement|contract)", "here(?:in|of|under|to)",
    # An answer that is none.
    "to (?:be|follow)(?: (?:announced|determined|decided|named|agreed|confirmed|assigned|arranged|set|filled in))?",
    "tb[acd]", "n/?a", "not applicable", "unknown", "unassigned", "vacant", r"not (?:known|decided|sure)",
)  # fmt: skip
_WANTED = (*(one for one in counter_words.PATTERNS if one not in _ORDINARY), *_MORE)
# A part of the contract by its number; a statute's section has a longer one.
_TYPED = re.compile(
    r"\b(?:articles?|exhibits?|sections?|paragraphs?|clauses?) (?:\d{1,2}(?:\.\d+)?(?![\d.]*\d)|[ivx]+\b|[a-h]\b)",
    re.IGNORECASE,
)
_NAMES = re.compile(r"may|might|judg\w+|want\w*|wish\w*|void|can|could|struck|but|trusted|hopes?|any|declin\w+")
_SENTENCE = re.compile(r"\b(?:the|an?|each|every|all)\b", re.IGNORECASE)
_NAMED = re.compile(r"[A-Z][a-z]*\.?")  # a word of a name, or its initial


class LooseWords:
    """Finds loose words in some answers; only those that could be there are looked for, since most never are."""

    def __init__(self, answers: Iterable[str], terms: Iterable[str]) -> None:
        """Take the answers, and the terms of what is forbidden."""
        every = "\n".join(answers).lower()
        able = (one for one in _WANTED if _start(one) in every)
        self._loose = _any_of(able)
        forms = (form.lower() for term in terms if term.lower()[:-1] in every for form in english.plurals(term))
        self._terms = _any_of(map(re.escape, forms))

    def found(self, answer: str) -> tuple[str, ...]:
        """Return the loose words of an answer, as it has them, each once."""
        words = " ".join(answer.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
        loose = (one.group() for one in self._loose.finditer(words) if not _is_name(words, one))
        others = (one.group() for pattern in (_TYPED, self._terms) for one in pattern.finditer(words))
        return tuple(dict.fromkeys((*loose, *others)))


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    every = "|".join(patterns)
    return re.compile(rf"\b(?:{every})\b" if every else "(?!)", re.IGNORECASE)


def _start(pattern: str) -> str:
    """Return the letters that whatever fits a pattern starts with; none where it doesn't start with letters."""
    found = re.match(r"[a-z ]*", pattern)
    start = found.group() if found else ""
    return start[:-1] if pattern[len(start) :][:1] in ("?", "*") else start


def _is_name(words: str, found: re.Match[str]) -> bool:
    """Say whether a word is a part of a name: "Mary May", "Judge Ann Might"; not where a sentence is said."""
    word = found.group()
    if not _NAMES.fullmatch(word.lower()) or not _NAMED.fullmatch(word) or _SENTENCE.search(words):
        return False
    beside = (*words[: found.start()].split()[-1:], *words[found.end() :].split()[:1])
    is_day = re.match(r" \d", words[found.end() :]) is not None
    return is_day or any(_NAMED.fullmatch(one.rstrip(",")) for one in beside)
