"""Says which sentences, items and columns a wording must have to meet a requirement."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter import language
from drafter.base import english
from drafter.reading import definitions
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.prose import Grid, Passage, Prose, ProseBlock, sentences
from drafter.reading.prose.wordings import condition
from drafter.reading.sources.source import Requirement, Said


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


def listed(text: Prose, said: Said) -> frozenset[str]:
    """Return the sentences of the items that hang under a sentence in a wording, each after its conditions."""
    lead = f"{sentences.as_written(said.sentence)}: "
    found = (s for s in sentences.possible(sentences.lines_of(text)) if s.words.startswith(lead))
    return frozenset(f"{_conditions(text[s.lines[-1]])}{s.words.removeprefix(lead)}" for s in found)


def wanted_items(said: Said) -> frozenset[str]:
    """Return the sentences of the items that a source has under a sentence, as `listed` compares them."""
    return frozenset(key for item in said.items for key in definitions.compared(item))


def has_columns(block: ProseBlock, said: Said) -> bool:
    """Say whether a block is a table with the columns that a source names, and their cells in a row for its records."""
    if not isinstance(block, Grid):
        return False
    header = [sentences.of_line(cell) for cell in block.header]
    for row in block.rows:
        each = row.guard.each
        if each is not None and said.rows in language.names(each.expression):
            cells = dict(zip(header, map(sentences.of_line, row.cells), strict=False))
            wanted = ((sentences.as_written(c.header), sentences.as_written(c.cell)) for c in said.columns)
            if all(cells.get(name) == words for name, words in wanted):
                return True
    return False


def _conditions(block: ProseBlock) -> str:
    return condition(block.guard) if isinstance(block, Passage) else ""


def finds(term: str) -> re.Pattern[str]:
    """Return what finds a term in words, in one number or the other."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, english.plurals(term)))})\b")


def operative_terms(library: Library) -> frozenset[str]:
    """Return the defined terms that the operative sentences use, in one number or the other, or that these rest on."""
    defined: dict[str, str] = {}
    for alternative in (a for clause in library.clauses.values() for a in clause.alternatives):
        for one in definitions.definitions(alternative.text):
            for term in one.terms:
                defined[term] = "\n".join((defined.get(term, ""), *one.said.values()))
    used = _Terms(defined)
    waiting = [s for r in library.requirements for one in r.says for s in (one.sentence, *one.items)]
    said = "\n".join(waiting)
    waiting += [language.explain(phrase) for name, (phrase, _) in library.phrases.items() if name in said]
    found: set[str] = set()
    while waiting:
        fresh = used.within(sentences.folded(waiting.pop())) - found
        found |= fresh
        waiting += [defined[term] for term in fresh]
    return frozenset(found)


class _Terms:
    """Finds terms in folded words, in one number or the other: also those that are a part of another one."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._of: dict[str, set[str]] = {}
        for term in terms:
            for form in english.plurals(sentences.folded(term)):
                self._of.setdefault(form, set()).add(term)
        longest = sorted(self._of, key=len, reverse=True)
        self._any = re.compile(rf"\b(?=({'|'.join(map(re.escape, longest))})\b)" if longest else "(?!)")
        for form, those in self._of.items():
            parts = (self._of[other] for other in longest if form.startswith(f"{other} "))
            those.update(*parts)

    def within(self, words: str) -> set[str]:
        """Return the terms in some words."""
        return {term for form in self._any.findall(words) for term in self._of[form]}
