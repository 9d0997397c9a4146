"""Reads the definitions of terms in wordings, whole, and says where they are not what the policy's file holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from drafter import language
from drafter.base import english, yaml_text
from drafter.base.problems import Place, Problem
from drafter.language import ExpressionError
from drafter.reading import prose
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.prose import Guard, Parts, Prose, sentences
from drafter.reading.prose.wordings import condition
from drafter.reading.sources.source import Said
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """A paragraph, an item or a row of a wording that defines terms, with the items under it, sentence by sentence.

    `said` has each sentence as it is compared, folded and after its condition, with the words as they are written.
    """

    terms: tuple[str, ...]
    said: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class _Line:
    style: str
    parts: Parts
    guard: Guard
    number: int


def definitions(text: Prose) -> tuple[Definition, ...]:
    """Return the definitions of a wording."""
    lines = [line for block in text for line in _lines(block)]
    found = []
    for number, line in enumerate(lines):
        terms = tuple(part.text for part in line.parts if isinstance(part, prose.Term))
        if terms:
            said = {key: words for one in (line, *_below(lines, number)) for key, words in _said(one)}
            found.append(Definition(terms, said, line.number))
    return tuple(found)


def _lines(block: prose.ProseBlock) -> Iterator[_Line]:
    if isinstance(block, prose.Passage):
        yield _Line(block.style, block.parts, block.guard, block.line)
    elif isinstance(block, prose.Grid):
        for row in block.rows:
            parts = tuple(part for cell in row.cells for part in (*cell, prose.Words(" | ")))
            yield _Line("row", parts, row.guard, row.line)


def _below(lines: Sequence[_Line], number: int) -> Iterator[_Line]:
    """Yield the items that hang under a line."""
    below = {"text": ("item", "subitem"), "item": ("subitem",)}.get(lines[number].style, ())
    for line in lines[number + 1 :]:
        if line.style not in below:
            return
        yield line


def _said(line: _Line) -> Iterator[tuple[str, str]]:
    when = condition(line.guard)
    for words in english.sentences(sentences.written(line.parts)):
        if key := sentences.folded(words):
            yield f"{when}{key}", f"{when}{words}"


def held(those: Sequence[Said], alternative: str) -> frozenset[str]:
    """Return the sentences that a source holds of an alternative, with the items under them, as they are compared."""
    here = (said for said in those if not said.alternatives or alternative in said.alternatives)
    return frozenset(key for said in here for words in (said.sentence, *said.items) for key in compared(words))


def compared(words: str) -> Iterator[str]:
    """Yield each sentence of a source's words as it is compared: folded, after the condition that they start with."""
    own = sentences.unguarded(words)
    when = _CONDITION.sub(_explained, words[: len(words) - len(own)]).rstrip()
    for one in english.sentences(own):
        yield f"{when} {sentences.as_written(one)}".strip()


def _explained(found: re.Match[str]) -> str:
    """Return a condition as wordings' conditions are printed; as it is, where it is none."""
    try:
        return f"{found[1]}{language.explain(language.parse(found[2]))}}}"
    except ExpressionError:
        return found[0]


_CONDITION = re.compile(r"(\{(?:when: |each: \w+ in ))(.*?)\}")


def drift(library: Library, terms: frozenset[str], clause: Clause, alternative: Alternative) -> Iterator[Problem]:
    """Find where a wording defines one of some terms in other words than the policy's file holds under terms.

    A matter's own wording may define it as any alternative of its clause does, or in words that it declares. Where the
    policy's file names no actors, it holds no definitions.
    """
    if not library.policy.actors:
        return
    for one in definitions(alternative.text):
        named = [term for term in one.terms if term in terms]
        those = [said for term in one.terms for said in library.policy.terms.get(term, ())]
        if not named:
            continue
        ways = [held(those, name) for name in _ways(clause, alternative)]
        declared = frozenset(sentences.as_written(d.sentence) for d in alternative.exceptions)
        wanted = min(ways, key=lambda way: len(way ^ one.said.keys()))
        place = Place(alternative.place.path, one.line)
        listed = english.listing([f"“{term}”" for term in named])
        for key in (key for key in one.said if key not in wanted and key not in declared):
            what = f"{listed} is defined by words that {library.policy.file} does not hold: “{one.said[key]}”"
            pasted = yaml_text.scalar(one.said[key])
            hint = f"take them back, or write them under terms, {named[0]}, once they have been read: {pasted}"
            yield Problem("changed-definition", place, what, hint)
        if not declared:
            for key in sorted(wanted - one.said.keys()):
                what = f"the definition of {listed} lacks what {library.policy.file} holds: “{key}”"
                hint = "put it back, or take it out of terms once the definition has been read"
                yield Problem("changed-definition", place, what, hint)

    for term in sorted(_lacking(library, terms, clause, alternative)):
        what = f"“{term}” is not defined here, and {library.policy.file} holds its definition"
        yield Problem("changed-definition", alternative.place, what, "define it as the other alternatives do")


def _lacking(library: Library, terms: frozenset[str], clause: Clause, alternative: Alternative) -> set[str]:
    """Return the terms that another alternative of a clause defines, and this one is held to define and does not."""
    if alternative.is_own:
        return set()
    others = {term for a in clause.alternatives if a is not alternative for term in defined_in(a)}
    lacking = (others & terms) - defined_in(alternative)
    return {t for t in lacking if held(library.policy.terms.get(t, ()), alternative.id)}


def defined_in(alternative: Alternative) -> set[str]:
    """Return the terms that a wording defines."""
    lines = (line for block in alternative.text for line in _lines(block))
    return {part.text for line in lines for part in line.parts if isinstance(part, prose.Term)}


def defined(clauses: Iterable[Clause]) -> set[str]:
    """Return the terms that some clauses define, in any of their wordings."""
    return {term for clause in clauses for alternative in clause.alternatives for term in defined_in(alternative)}


def unheld(library: Library) -> Iterator[Problem]:
    """Find a term that the policy's file holds and no wording defines, and a phrase that it does not hold as it is."""
    yield from undefined(library)
    if library.policy.actors:
        yield from _phrases(library)


def _phrases(library: Library) -> Iterator[Problem]:
    said = "\n".join(words for r in library.requirements for one in r.says for words in (one.sentence, *one.items))
    for name, (expression, _) in library.phrases.items():
        if re.search(rf"\{{\{{\s*{name}\b", said):
            is_, held_ = language.explain(expression), library.policy.phrases.get(name, "")
            if is_ != held_ and is_ != _explained_phrase(held_):
                what = f"the phrase '{name}' of operative sentences is not what {library.policy.file} holds: {is_}"
                hint = (
                    f"take it back, or write it under phrases, once it has been read: {name}: {yaml_text.scalar(is_)}"
                )
                yield Problem("changed-definition", Place(f"{library.path}/agreement.yaml"), what, hint)


def _explained_phrase(written: str) -> str:
    """Return a phrase that the policy's file holds as phrases are compared; as it is, where it is none."""
    try:
        return language.explain(language.parse(written))
    except ExpressionError:
        return written


def undefined(library: Library) -> Iterator[Problem]:
    """Find a term whose definition the policy's file holds and no wording has."""
    known = defined(library.clauses.values())
    for term in (term for term in library.policy.terms if term not in known):
        what = f"“{term}” is under terms, and no wording defines it"
        yield Problem("changed-definition", Place(f"{library.path}/{library.policy.file}"), what, "define it")


def _ways(clause: Clause, alternative: Alternative) -> Sequence[str]:
    return [a.id for a in clause.alternatives if not a.is_own] if alternative.is_own else [alternative.id]
