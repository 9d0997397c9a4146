"""Finds the wordings that nobody has recorded as read, or that rest on words which have changed since.

A wording is read against a requirement. That rests on the source's words, the requirement's row, the wording itself,
the definitions of the terms in it, and the clauses that could undo it. That two sources ask the same is read too, and
rests on the words of both. Nothing here judges a wording.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, cached_property, partial

from drafter import language
from drafter.base import spelling
from drafter.base.problems import Place, Problem
from drafter.language import Expression
from drafter.reading import saying
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.prose import Each, Grid, Parts, Passage, Prose, Term, sentences
from drafter.reading.prose.wordings import parts_of
from drafter.reading.reviewing.marks import Mark
from drafter.reading.sources.source import FOLDER, Requirement, squeezed
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A text that a reading rests on: what it is, its words when they were read (empty: none), and its words now."""

    what: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A wording that somebody has to read against a requirement, and what changed since it was read.

    `mark` is the record of the last reading; None where nobody has read it, and then nothing is known to have changed.
    `is_own` is whether it is a matter's own wording, of which the matter keeps the record. Where what is to be read is
    that two sources ask the same, there is no clause, and the wording is called "same as" the other requirement.
    """

    requirement: Requirement
    clause: str
    alternative: str
    wording: str
    file: str
    mark: Mark | None
    changes: tuple[Change, ...]
    is_own: bool


def wording(clause: Clause, alternative: Alternative) -> str:
    """Return what a mark calls a wording: "leash.short"."""
    return f"{clause.id}.{alternative.id}"


def links(library: Library) -> Iterator[tuple[Requirement, Clause, Alternative]]:
    """Yield each wording with each requirement that it claims, in the order of the outline."""
    known = {requirement.id: requirement for requirement in library.requirements}
    for clause in (library.clauses[c] for c in dict.fromkeys(library.order()) if c in library.clauses):
        for alternative in clause.alternatives:
            yield from ((known[wanted], clause, alternative) for wanted in alternative.satisfies if wanted in known)


def same(library: Library) -> Iterator[tuple[Requirement, Requirement]]:
    """Yield each requirement that asks the same as one of another source, with that one."""
    for requirement in library.requirements:
        others = (library.requirement(wanted) for wanted in requirement.same_as)
        yield from ((requirement, other) for other in others if other is not None)


def same_as(other: Requirement) -> str:
    """Return what a mark calls the judgement that a requirement asks the same as another: "same as II"."""
    return f"same as {other.lasting}"


def every(library: Library) -> Iterator[tuple[Requirement, str]]:
    """Yield all that is to be read: each requirement, with what a mark calls what is read against it."""
    yield from ((requirement, wording(clause, alternative)) for requirement, clause, alternative in links(library))
    yield from ((requirement, same_as(other)) for requirement, other in same(library))


def unread(library: Library) -> tuple[Unread, ...]:
    """Return what nobody has read as it is now: wordings against requirements, and what asks the same as another."""
    basis = _Basis(library)
    found = (
        *(_unread(basis, *link) for link in links(library)),
        *(_unread_same(basis, *both) for both in same(library)),
    )
    return tuple(one for one in found if one is not None)


def is_read(library: Library, requirement: Requirement, clause: Clause, alternative: Alternative) -> bool:
    """Say whether somebody has read a wording, as it is now, against a requirement."""
    return _unread(_Basis(library), requirement, clause, alternative) is None


def _unread(basis: _Basis, requirement: Requirement, clause: Clause, alternative: Alternative) -> Unread | None:
    name = wording(clause, alternative)
    mark = _mark(basis.library, requirement, name)
    changes = () if mark is None else tuple(basis.changes(mark, basis.of(requirement, clause, alternative)))
    if mark is not None and not changes:
        return None
    place = alternative.place.path if alternative.is_own else clause.file
    return Unread(requirement, clause.id, alternative.id, name, place, mark, changes, alternative.is_own)


def _unread_same(basis: _Basis, requirement: Requirement, other: Requirement) -> Unread | None:
    name = same_as(other)
    mark = _mark(basis.library, requirement, name)
    changes = () if mark is None else tuple(basis.changes(mark, basis.of_same(requirement, other)))
    if mark is not None and not changes:
        return None
    file = basis.library.source_of(requirement.id).file
    return Unread(requirement, "", "", name, file, mark, changes, is_own=False)


def _mark(library: Library, requirement: Requirement, name: str) -> Mark | None:
    """Return the record of a reading, which is kept under the requirement's name, or was under its id before."""
    return library.reviewed.mark(requirement.lasting, name) or library.reviewed.mark(requirement.id, name)


def recorded(library: Library, wanted: Iterable[tuple[str, str]], by: str, on: date) -> Library:
    """Return a library with some links, each a requirement and a "clause.alternative", recorded as read.

    Other marks stay as they were; those of links that no longer exist are dropped.
    """
    basis, now = _Basis(library), set(wanted)
    marks: dict[str, dict[str, Mark]] = {requirement.lasting: {} for requirement in library.requirements}
    texts = dict(library.reviewed.texts)
    rests: list[tuple[Requirement, str, Callable[[], Mapping[str, str]]]] = [
        *((r, wording(c, a), partial(basis.of, r, c, a)) for r, c, a in links(library)),
        *((r, same_as(other), partial(basis.of_same, r, other)) for r, other in same(library)),
    ]
    for requirement, name, rests_on in rests:
        mark = _mark(library, requirement, name)
        if (requirement.id, name) in now:
            read = rests_on()
            mark = Mark(by=by, on=on, rests_on={what: _hash(words) for what, words in read.items()})
            texts |= {_hash(words): words for words in read.values()}
        if mark is not None:
            marks[requirement.lasting][name] = mark
    return replace(library, reviewed=replace(library.reviewed, marks=marks, texts=texts))


def unknown(library: Library, wanted: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each requirement that no source has."""
    known = [requirement.id for requirement in library.requirements]
    for name in wanted:
        if name not in known:
            parts = [one for one in known if one.startswith((f"{name}(", f"{name}."))]
            otherwise = spelling.meant(name, known, "'drafter clauses --by requirement' lists them")
            hint = f"it is divided into {', '.join(parts)}" if parts else otherwise
            place = Place(f"{library.path}/{FOLDER}")
            yield Problem("unknown-requirement", place, f"no source has a requirement '{name}'", hint)


# -- what a reading rests on --------------------------------------------------------------------


class _Basis:
    """The texts that readings of a library's wordings rest on, each worked out once, when it is first needed."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.wordings: dict[tuple[str, str], Mapping[str, str]] = {}

    @cached_property
    def paragraphs(self) -> Mapping[tuple[str, str], str]:
        """Return the words of each paragraph of each source, those that sum it up where its text is not held."""
        return {
            (source.name, paragraph.id): squeezed(f"{paragraph.text} {paragraph.summary}")
            for source in self.library.sources
            for paragraph in source.paragraphs
        }

    @cached_property
    def defined(self) -> Mapping[str, tuple[re.Pattern[str], str]]:
        return dict(_definitions(self.library))

    @cached_property
    def general(self) -> Mapping[str, str]:
        """Return the words of the clauses that could undo others; of each, those of the library's alternatives."""
        found = ((name, self.library.clauses.get(name)) for name in self.library.policy.can_undo)
        return {f"clause {name}": _all_words(clause) for name, clause in found if clause is not None}

    def changes(self, mark: Mark, texts: Mapping[str, str]) -> Iterator[Change]:
        """Yield the texts that are not those which a reading rested on."""
        for what in dict.fromkeys((*mark.rests_on, *texts)):
            if mark.rests_on.get(what) != (_hash(texts[what]) if what in texts else None):
                before = self.library.reviewed.texts.get(mark.rests_on.get(what, ""), "")
                yield Change(what, before, texts.get(what, ""))

    def of(self, requirement: Requirement, clause: Clause, alternative: Alternative) -> Mapping[str, str]:
        """Return the texts that reading a wording against a requirement rests on, by what each is."""
        key = clause.id, alternative.id
        if key not in self.wordings:
            words = _words(alternative)
            terms = {f"term {term}": said for term, (finds, said) in self.defined.items() if finds.search(words)}
            self.wordings[key] = {"wording": words, **terms, **self.general}
        return {**self._asked(requirement), "requirement": _row(requirement), **self.wordings[key]}

    def of_same(self, requirement: Requirement, other: Requirement) -> Mapping[str, str]:
        """Return the texts that it rests on that a requirement asks the same as another, by what each is."""
        rows = {"requirement": _row(requirement), f"requirement {other.lasting}": _row(other)}
        return {**self._asked(requirement), **self._asked(other), **rows}

    def _asked(self, requirement: Requirement) -> Mapping[str, str]:
        """Return the words of the paragraph that a requirement is taken from, by the name of its source."""
        source = self.library.source_of(requirement.id)
        what = "policy" if source is self.library.policy else f"source {source.name}"
        return {what: self.paragraphs.get((source.name, requirement.paragraph), "")}


def _all_words(clause: Clause) -> str:
    return "\n\n".join(_words(alternative) for alternative in clause.alternatives if not alternative.is_own)


def _definitions(library: Library) -> Iterator[tuple[str, tuple[re.Pattern[str], str]]]:
    """Yield each defined term with what finds its uses and the paragraph that defines it."""
    for clause in library.clauses.values():
        for alternative in clause.alternatives:
            for parts in parts_of(alternative.text):
                for part in parts:
                    if isinstance(part, Term) and not part.parts:
                        yield part.text, (saying.finds(part.text), sentences.written(parts))


def _row(requirement: Requirement) -> str:
    """Return all that a requirement's row says, a line for each."""
    said = (
        f"{s.clause} {s.alternatives} {s.sentence} {s.rows} {s.columns} {s.items}".strip() for s in requirement.says
    )
    lines = (requirement.level, requirement.applies_when, requirement.asks, requirement.quote, requirement.home, *said)
    return "\n".join(map(squeezed, lines))


def _words(alternative: Alternative) -> str:
    """Return the words of a wording, with what decides each paragraph: its condition, its list."""
    return "\n".join((*_conditions(alternative.when, None), *_lines(alternative.text)))


def _lines(text: Prose) -> Iterator[str]:
    for block in text:
        if isinstance(block, Passage):
            yield " ".join((*_conditions(block.guard.when, block.guard.each), sentences.written(block.parts)))
        elif isinstance(block, Grid):
            yield from (*_conditions(block.guard.when, block.guard.each), _cells(block.header))
            for row in block.rows:
                yield " ".join((*_conditions(row.guard.when, row.guard.each), _cells(row.cells)))


def _cells(cells: Iterable[Parts]) -> str:
    return f"| {' | '.join(map(sentences.written, cells))} |"


def _conditions(when: Expression | None, each: Each | None) -> Iterator[str]:
    if when is not None:
        yield f"{{when: {language.explain(when)}}}"
    if each is not None:
        yield f"{{each: {each.name} in {language.explain(each.expression)}}}"


@cache  # most wordings rest on the same definitions and general clauses
def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]
