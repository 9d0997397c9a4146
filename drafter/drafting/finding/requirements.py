"""Finds the clauses that rest on a requirement or a paragraph of a source, by its number as people cite it.

"IX.C(b)", "Policy 7, IX.C" and "8.1, par. 2" name one requirement or several: all that are taken from the paragraph
and from those below it. A source that is not the policy is named with it, or its number could be any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.reading.library import Clause, Library
from drafter.reading.sources.source import Requirement, Source

Key = tuple[str, ...]  # the words and numbers of a citation, without those that may be left out
_FREE = frozenset(["paragraph", "par", "para", "clause", "section", "policy"])
_ROMAN = frozenset("ivxlc")
SHORTEST = 3  # letters of an abbreviation


def cited(library: Library, words: str) -> tuple[Requirement, ...]:
    """Return the requirements that words cite: the one of that id, and then the others in the order of the sources.

    Words without a number or letter cite nothing, unless they are an id.
    """
    found = (
        requirement
        for source in library.sources
        if any(map(_is_numeral, wanted := _within(source, words))) or source.requirement(words.strip())
        for requirement in source.requirements
        if any(_begins(wanted, name) for name in _names(library, source, requirement, words))
    )
    return tuple(sorted(found, key=lambda one: not _is_called(library, one, words)))


def _is_called(library: Library, requirement: Requirement, words: str) -> bool:
    """Say whether words are the id of a requirement, with or without its source."""
    source = library.source_of(requirement.id)
    return _within(source, words) in (_within(source, requirement.id), _key(requirement.shown))


def called(library: Library, those: tuple[Requirement, ...]) -> str:
    """Return how requirements are cited: "Policy 7 II, III"."""
    return library.cited(one.id for one in those)


def resting(library: Library, those: tuple[Requirement, ...]) -> tuple[Clause, ...]:
    """Return the clauses of a library that say some requirements, and then those that support them."""
    every = tuple(one for requirement in those for one in _meant(library, requirement))
    ids = {one.id for one in every}
    support = (c for c in library.order() if any(ids & set(a.satisfies) for a in library.clauses[c].alternatives))
    placed = frozenset(library.order())
    homes = (one.home for one in every)
    return tuple(library.clauses[c] for c in dict.fromkeys((*homes, *support)) if c in placed)


def _meant(library: Library, requirement: Requirement) -> Iterator[Requirement]:
    """Yield a requirement, and those that ask the same."""
    yield requirement
    yield from filter(None, map(library.requirement, requirement.same_as))


def _within(source: Source, words: str) -> Key:
    """Return what words cite in a source: what follows its number, all of them where they don't have it."""
    return _key(words[found.end() :] if (found := _number(source, words)) else words)


def _number(source: Source, words: str) -> re.Match[str] | None:
    """Return where words name a source by its number, with or without what kind of text it is."""
    return re.match(rf"\D*?\b{re.escape(source.number)}(?=[\s,;:/(]|$)", words, re.IGNORECASE)


def _names(library: Library, source: Source, requirement: Requirement, words: str) -> Iterator[Key]:
    """Yield what a requirement and its paragraph are called; by a bare number in the policy, or after the source's."""
    yield from map(_key, (requirement.shown, source.called(requirement.paragraph)))
    if source is library.policy or _number(source, words):
        yield from (_within(source, requirement.id), _key(requirement.paragraph))


def _key(words: str) -> Key:
    found: list[str] = re.findall(r"[^\W\d_]+|\d+", words.casefold())
    return tuple(token for token in found if token not in _FREE)


def _begins(wanted: Key, name: Key) -> bool:
    """Say whether a name begins with what is wanted, of which a word may be shortened."""
    return len(wanted) <= len(name) and all(map(_is_short_for, wanted, name))


def _is_short_for(word: str, whole: str) -> bool:
    is_whole = len(word) < SHORTEST or _is_numeral(word)
    return word == whole if is_whole else whole.startswith(word)


def _is_numeral(word: str) -> bool:
    """Say whether a word is a number, in figures or Roman, or a letter."""
    return not word.isalpha() or len(word) == 1 or set(word) <= _ROMAN
