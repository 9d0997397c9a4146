"""Says what in a library rests on a requirement: wordings, terms, questions, options, checks, the memo, exhibits.

One rule: whatever an attorney must look at when the requirement changes is listed, each with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal

from drafter import language
from drafter.amending import typed
from drafter.amending.typed import Ids
from drafter.base.problems import Place
from drafter.language import Expression
from drafter.reading import prose, readers, saying
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.prose import sentences
from drafter.reading.prose.wordings import parts_of
from drafter.reading.reviewing import review
from drafter.reading.sources.source import Requirement, Source, squeezed
from drafter.values import dataclass

RestKind = Literal[
    "wording", "term", "question", "option", "check", "memo", "exhibit", "figure", "anomaly", "text", "requirement"
]


@dataclass(frozen=True, slots=True)
class Rest:
    """Something that rests on a requirement: what it is, its name, what it says, its place, and how it rests on it."""

    kind: RestKind
    name: str
    said: str
    place: Place
    how: str = ""


class Resting:
    """Finds what rests on the requirements of one source of a library."""

    def __init__(self, library: Library, source: Source, file: str, texts: Mapping[str, str]) -> None:
        """Take the library, the source and its file, and by their paths the files that may type an id of the source."""
        self._library, self._source, self._file, self._texts = library, source, f"{library.path}/{file}", texts

    def on(self, requirement: Requirement) -> tuple[Rest, ...]:
        """Return what rests on a requirement, each once."""
        wordings = tuple(self._wordings(requirement))
        clauses = tuple(dict.fromkeys(clause.id for clause, _, _ in wordings))
        found = (
            *(self._wording(*one) for one in wordings),
            *self._terms(requirement),
            *self._questions(requirement, clauses),
            *self._options(requirement, wordings),
            *self._checks(requirement),
            *self._memo(requirement, clauses),
            *self._exhibits(clauses),
            *self._in_source(requirement),
            *self._same(requirement),
            *self._typed(requirement),
        )
        return tuple(dict.fromkeys(found))

    # -- wordings and what is in them

    def _wordings(self, requirement: Requirement) -> Iterator[tuple[Clause, Alternative, str]]:
        for clause in (self._library.clauses[c] for c in dict.fromkeys(self._library.order())):
            for alternative in clause.alternatives:
                limits = (*clause.exceptions, *alternative.exceptions)
                if requirement.id in alternative.satisfies:
                    yield clause, alternative, "says it" if clause.id == requirement.home else "supports it"
                elif clause.id in saying.elsewhere(requirement):
                    yield clause, alternative, "says part of it"
                elif any(requirement.id in one.limits for one in limits):
                    yield clause, alternative, "has an exception that limits it"

    def _wording(self, clause: Clause, alternative: Alternative, how: str) -> Rest:
        heading = self._library.named(clause.title)
        return Rest("wording", review.wording(clause, alternative), heading, alternative.place, how)

    @cached_property
    def _defined(self) -> Mapping[str, tuple[str, Place]]:
        """Return the paragraph that defines each term, by the term, with its place."""
        found: dict[str, tuple[str, Place]] = {}
        for clause in self._library.clauses.values():
            for alternative in clause.alternatives:
                for parts in parts_of(alternative.text):
                    for part in (p for p in parts if isinstance(p, prose.Term) and not p.parts):
                        found.setdefault(part.text, (sentences.written(parts), alternative.place))
        return found

    def _terms(self, requirement: Requirement) -> Iterator[Rest]:
        said = " ".join(one.sentence for one in requirement.says)
        for term, (words, place) in self._defined.items():
            if saying.finds(term).search(said):
                yield Rest("term", term, squeezed(words), place)

    # -- the questionnaire

    @cached_property
    def _read_by(self) -> Mapping[tuple[str, str], tuple[tuple[str, str], ...]]:
        """Return the questions that each clause, check or requirement reads, with how, by what it is and its name."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for question, those in readers.readers(self._library).items():
            for reader in those:
                kind = "clause" if reader.kind in _HOW_CLAUSE else reader.kind
                how = _HOW_CLAUSE.get(reader.kind, "decides whether it applies")
                found.setdefault((kind, reader.name), []).append((question, how))
        return {key: tuple(those) for key, those in found.items()}

    def _questions(self, requirement: Requirement, clauses: Iterable[str]) -> Iterator[Rest]:
        asked = self._library.questionnaire
        keys = (("requirement", requirement.id), *(("clause", name) for name in clauses))
        hows: dict[str, dict[str, None]] = {}
        for key in keys:
            for question, how in self._read_by.get(key, ()):
                hows.setdefault(question, {})[how] = None
        for question, those in hows.items():
            prompt = asked.questions[question].prompt
            yield Rest("question", question, prompt, asked.places[question], ", ".join(those))

    def _options(self, requirement: Requirement, wordings: Iterable[tuple[Clause, Alternative, str]]) -> Iterator[Rest]:
        asked = self._library.questionnaire
        applies = self._library.conditions.get(requirement.id)
        conditions = (applies, *(alternative.when for _, alternative, _ in wordings))
        for condition in (one for one in conditions if one is not None):
            for question, value in compared(condition):
                named = asked.questions.get(question)
                option = next((o for o in named.options if o.value == value), None) if named is not None else None
                if option is not None:
                    yield Rest("option", f"{question}: {value}", option.label, asked.places[question])

    def _checks(self, requirement: Requirement) -> Iterator[Rest]:
        asked = self._library.questionnaire
        figures = {f"policy.{one.id}" for one in self._source.figures if one.paragraph == requirement.paragraph}
        for check in asked.checks:
            read = (one for one in (check.holds, check.when) if one is not None)
            reads = any(figures & language.names(one) for one in read)
            if check.entry.id in requirement.checks or reads:
                how = "carries it" if check.entry.id in requirement.checks else "reads a figure of its paragraph"
                place = asked.places[f"checks.{check.entry.id}"]
                yield Rest("check", check.entry.id, squeezed(check.entry.message), place, how)

    # -- memo, exhibits, the source itself

    def _memo(self, requirement: Requirement, clauses: Iterable[str]) -> Iterator[Rest]:
        memo, named = self._library.memo, set(clauses)
        if memo is None:
            return
        anomalies = {one.id for one in self._source.anomalies if requirement.paragraph in one.paragraphs}
        entries = (
            *(e for e in memo.sections if e.about in named),
            *(e for e in memo.anomalies if e.about in anomalies),
        )
        for entry in entries:
            yield Rest("memo", entry.about, sentences.written(entry.text), Place(memo.path, entry.line))

    def _exhibits(self, clauses: Iterable[str]) -> Iterator[Rest]:
        named = set(clauses)
        for exhibit in self._library.exhibits:
            printed = [self._library.clauses[c] for c in exhibit.clauses if c in self._library.clauses]
            prints = any(isinstance(b, prose.PolicyText) for c in printed for a in c.alternatives for b in a.text)
            if prints or named & set(exhibit.clauses):
                how = "prints the text" if prints else "says part of it"
                place = printed[0].place if printed else Place(self._library.path)
                yield Rest("exhibit", exhibit.id, self._library.named(exhibit.title), place, how)

    def _in_source(self, requirement: Requirement) -> Iterator[Rest]:
        place = Place(self._file)
        for figure in self._source.figures:
            if figure.paragraph == requirement.paragraph:
                yield Rest("figure", f"policy.{figure.id}", squeezed(figure.quote), place)
        for anomaly in self._source.anomalies:
            if requirement.paragraph in anomaly.paragraphs:
                yield Rest("anomaly", anomaly.id, squeezed(anomaly.text), place)

    def _same(self, requirement: Requirement) -> Iterator[Rest]:
        """Yield the requirements of other sources that ask the same as this one, or that it asks the same as."""
        for other in self._library.requirements:
            if requirement.id in other.same_as or other.id in requirement.same_as:
                yield Rest("requirement", other.id, other.asks, self._library.place_of(other.id), "asks the same")

    @cached_property
    def _ids(self) -> Ids:
        return ids_of(self._source)

    @cached_property
    def _found(self) -> Mapping[str, tuple[tuple[Place, str], ...]]:
        """Return where the library's texts type each id, with the line."""
        found: dict[str, list[tuple[Place, str]]] = {}
        for name, words in self._texts.items():
            for number, line, one in typed.lines_with(self._ids, words.split("\n")):
                if not one.is_listed:
                    found.setdefault(one.id, []).append((Place(f"{self._library.path}/{name}", number), line.strip()))
        return {wanted: tuple(those) for wanted, those in found.items()}

    def _typed(self, requirement: Requirement) -> Iterator[Rest]:
        for wanted in dict.fromkeys((requirement.id, requirement.paragraph)):
            for place, line in self._found.get(wanted, ()):
                yield Rest("text", wanted, line, place)


_HOW_CLAUSE: Mapping[str, str] = {
    "wording": "decides the wording", "clause": "decides whether the section is there", "text": "is printed in it",
}  # fmt: skip


def ids_of(source: Source) -> Ids:
    """Return the ids of a source as texts may type them, and its own words, in which they are never looked for."""
    known = {*(one.id for one in source.paragraphs), *(one.id for one in source.requirements)}
    quotes = (squeezed(one.quote) for one in source.requirements)
    said = (squeezed(one.sentence) for one in source.asks_nothing)
    return Ids(frozenset(known), source.citation, tuple(filter(None, dict.fromkeys((*quotes, *said)))))


def compared(expression: Expression) -> Iterator[tuple[str, str]]:
    """Yield each name that a condition compares with a text, and that text."""
    match expression:
        case language.Compare(left=language.Name(path=path), right=language.Constant(value=str(value))):
            yield path, value
        case language.Compare(left=language.Name(path=path), right=language.ListOf(items=items)):
            yield from (
                (path, one.value) for one in items if isinstance(one, language.Constant) and isinstance(one.value, str)
            )
        case language.Both(left=left, right=right) | language.Either(left=left, right=right):
            yield from (*compared(left), *compared(right))
        case language.Not(operand=operand):
            yield from compared(operand)
        case _:
            return
