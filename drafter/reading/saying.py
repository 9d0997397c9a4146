"""Says which sentences a wording must have to meet a requirement, and which sentences of it could take that back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.base import english
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.prose import Passage, ProseBlock, Term, sentences
from drafter.reading.prose.wordings import parts_of
from drafter.reading.sources.source import Requirement, Said
from drafter.values import dataclass


def wanted(requirement: Requirement, clause: Clause, alternative: Alternative) -> tuple[tuple[Said, ...], ...]:
    """Return what an alternative of the home clause must say to meet a requirement: any one of these sets.

    A matter's own wording says it in the words of one of the library's alternatives, or in those that it names.
    """
    if not alternative.is_own:
        return tuple(filter(None, (requirement.said_in(clause.id, alternative.id),)))
    if own := dict(alternative.says).get(requirement.id):
        return (tuple(Said(sentence=words) for words in own),)
    able = (a for a in clause.alternatives if not a.is_own and requirement.id in a.satisfies)
    return tuple(dict.fromkeys(filter(None, (requirement.said_in(clause.id, a.id) for a in able))))


def elsewhere(requirement: Requirement) -> tuple[str, ...]:
    """Return the clauses outside its home in which something must be said of a requirement."""
    return tuple(dict.fromkeys(s.clause for s in requirement.says if s.clause and s.clause != requirement.home))


@dataclass(frozen=True, slots=True)
class Undeclared:
    """A sentence of a wording with words that could take back what is said, and which nobody has declared."""

    sentence: str
    words: tuple[str, ...]
    line: int


class Exceptions:
    """Finds the sentences of a library with counter-words that are neither operative nor declared.

    They are looked for in the home clauses, in the clauses that can undo them, and in the definitions of the terms that
    the operative sentences use, with the items of such a definition.
    """

    def __init__(self, library: Library) -> None:
        """Look up, once for a library, which clauses and which definitions are read, and what is operative there."""
        self._operative: dict[str, list[Said]] = {}
        for requirement in library.requirements:
            for said in requirement.says:
                self._operative.setdefault(said.clause or requirement.home, []).append(said)
        self._whole = frozenset((*self._operative, *library.policy.can_undo))
        self._terms = operative_terms(library)

    def undeclared(self, clause: Clause, alternative: Alternative) -> Iterator[Undeclared]:
        """Yield the sentences of a wording that should be declared and are not."""
        from drafter.reading.prose import counter_words  # its pattern is slow to compile, and no draft needs it

        known = self._known(clause, alternative)
        defines = False
        for block, line in zip(alternative.text, sentences.lines_of(alternative.text), strict=True):
            if line.style == "text":
                defines = self._defines(block)
            for words in sentences.said(line) if clause.id in self._whole or defines else ():
                if words not in known and (found := counter_words.found(words)):
                    yield Undeclared(words, found, block.line)

    def _known(self, clause: Clause, alternative: Alternative) -> frozenset[str]:
        here = self._operative.get(clause.id, ())
        operative = (said for said in here if not said.alternatives or alternative.id in said.alternatives)
        return frozenset(
            (
                *(sentences.as_written(one.sentence) for one in (*clause.exceptions, *alternative.exceptions)),
                *(sentences.as_written(words) for _, those in alternative.says for words in those),
                *(words for said in operative for words in _own(said)),
            )
        )

    def _defines(self, block: ProseBlock) -> bool:
        """Say whether a paragraph defines a term that an operative sentence uses."""
        return isinstance(block, Passage) and any(isinstance(p, Term) and p.text in self._terms for p in block.parts)


def _own(said: Said) -> Iterator[str]:
    """Yield an operative sentence and the words of each line that it is read from."""
    written = sentences.as_written(said.sentence)
    yield from (written, *written.split(": "))


def finds(term: str) -> re.Pattern[str]:
    """Return what finds a term in words, in one number or the other."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, english.plurals(term)))})\b")


def operative_terms(library: Library) -> frozenset[str]:
    """Return the defined terms that the operative sentences use, in one number or the other."""
    operative = " ".join(sentences.folded(s.sentence) for r in library.requirements for s in r.says)
    terms = {
        part.text
        for clause in library.clauses.values()
        for alternative in clause.alternatives
        for parts in parts_of(alternative.text)
        for part in parts
        if isinstance(part, Term)
    }
    return frozenset(term for term in terms if finds(sentences.folded(term)).search(operative))
