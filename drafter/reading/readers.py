"""Finds what reads each answer: the conditions, texts, checks and lines of papers that depend on a question.

One rule: whatever decides or prints something is a reader, so that a question without readers is one that nothing else
depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from drafter import language
from drafter.base.problems import Place
from drafter.keeping.once import once
from drafter.language import Expression
from drafter.reading import prose
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.memo.memo_text import PaperText, asks_for
from drafter.reading.prose import Guard, Prose, Title
from drafter.values import dataclass

ReaderKind = Literal[
    "wording", "clause", "text", "question", "check", "requirement", "outline", "memo", "notice", "letter"
]


@dataclass(frozen=True, slots=True)
class Reader:
    """Something that reads an answer.

    `kind` is "wording" where the answer decides between the alternatives of a clause, "clause" where it decides whether
    the clause is in the contract, "text" where a text of the clause prints it or depends on it, else what kind of
    thing depends on it; `name` is the id of the clause, question, check or requirement, or the part of the paper.
    """

    kind: ReaderKind
    name: str
    place: Place

    @property
    def called(self) -> str:
        """Return what it is called in messages."""
        noun = "clause" if self.kind in ("wording", "clause", "text") else self.kind
        return f"the {noun} '{self.name}'"


@dataclass(frozen=True, slots=True)
class Decided:
    """What decides which alternative of a clause is in the contract.

    `by` is "answer" where something besides the clause's own conditions reads a question that decides, so that the
    answer itself must change; "fact" where every such question is a fact, which nobody may choose; "choice" where
    nothing else reads them, so that a negotiator may choose freely. `readers` are those others.
    """

    by: Literal["answer", "fact", "choice"]
    questions: tuple[str, ...]
    readers: tuple[Reader, ...]


Known = Mapping[str, tuple[Reader, ...]]  # what reads the answer to each question


def decided(library: Library, clause: Clause, known: Known) -> Decided:
    """Return what decides a clause's wording; `known` is what `readers` returns of the library."""
    conditions = (a.when for a in clause.alternatives if a.when is not None and not a.is_own)
    named = dict.fromkeys(name for when in conditions for name in questions(library, when))
    deciding = tuple(name for name in library.questionnaire.questions if name in named)
    own = ("wording", clause.id)
    others = tuple(dict.fromkeys(r for q in deciding for r in known[q] if (r.kind, r.name) != own))
    is_fact = all(library.questionnaire.questions[name].fact for name in deciding)
    return Decided(("fact" if is_fact else "answer") if others else "choice", deciding, others)


def readers(library: Library, chosen: Mapping[str, str] | None = None) -> Known:
    """Return what reads the answer to each question of a library, in the order of outline, questionnaire and papers.

    An own wording of a matter reads answers only where it is `chosen`, by clause.
    """
    wanted = (chosen or {}).items()
    named = (library.clauses[name].alternative(to) for name, to in wanted if name in library.clauses)
    return _readers(library, *(one for one in named if one is not None and one.is_own))


@once(4)  # each swap and each page of an interview asks for those of one library
def _readers(library: Library, *own: Alternative) -> Known:
    """Return what reads each answer, some own wordings among it."""
    found: dict[str, dict[Reader, None]] = {name: {} for name in library.questionnaire.questions}
    for reader, expression in _reading(library, own):
        for name in questions(library, expression):
            found[name].setdefault(reader)
    for listed, reader in _among(library):
        found[listed].setdefault(reader)
    return {name: tuple(those) for name, those in found.items()}


def of_wordings(library: Library, clauses: Iterable[str]) -> tuple[Reader, ...]:
    """Return what in the papers depends on which wording some clauses have.

    It reads the wording in force, whatever put it there, and no answer: so it never makes a free choice an answer.
    """
    asked = {asks_for(clause) for clause in clauses}
    if not asked:
        return ()
    found = (
        reader
        for text in library.paper_texts
        for reader, expression in _in_paper(text)
        if not asked.isdisjoint(language.names(expression))
    )
    return tuple(dict.fromkeys(found))


def questions(library: Library, expression: Expression) -> Iterator[str]:
    """Yield the questions that an expression reads, by itself or through a phrase; of a list of records, the list."""
    asked = library.questionnaire.questions
    for name in sorted(language.names(expression)):
        if name in asked:
            yield name
        elif name in library.phrases:
            yield from questions(library, library.phrases[name][0])


def _reading(library: Library, own: tuple[Alternative, ...]) -> Iterator[tuple[Reader, Expression]]:
    """Yield every expression of a library with what reads an answer by it."""
    for clause in (library.clauses[c] for c in dict.fromkeys(library.order()) if c in library.clauses):
        yield from _of(Reader("clause", clause.id, clause.place), (clause.when,))
        yield from _of(Reader("text", clause.id, clause.place), in_line(clause.title))
        for alternative in (a for a in clause.alternatives if not a.is_own or any(a is one for one in own)):
            yield from _of(Reader("wording", clause.id, clause.place), (alternative.when,))
            yield from _of(Reader("text", clause.id, clause.place), expressions(alternative.text))
    yield from _of(Reader("outline", "agreement.yaml", Place(f"{library.path}/agreement.yaml")), _in_outline(library))
    asked = library.questionnaire
    for name, condition in asked.ask_when.items():
        yield Reader("question", name, asked.places[name]), condition
    for check in asked.checks:
        reader = Reader("check", check.entry.id, asked.places[f"checks.{check.entry.id}"])
        yield from _of(reader, (check.holds, check.when, check.each and check.each[1]))
    for requirement, condition in library.conditions.items():
        yield Reader("requirement", requirement, library.place_of(requirement)), condition
    for text in library.paper_texts:
        yield from _in_paper(text)


def _among(library: Library) -> Iterator[tuple[str, Reader]]:
    """Yield each list of records with a question that is answered among its entries, or that has such a field."""
    asked = library.questionnaire
    for name, question in asked.questions.items():
        for one in (question, *question.fields):
            listed = one.among.partition(".")[0]
            if listed and listed != name:
                yield listed, Reader("question", name, asked.places[name])


def _of(reader: Reader, expressions: Iterable[Expression | None]) -> Iterator[tuple[Reader, Expression]]:
    return ((reader, expression) for expression in expressions if expression is not None)


def _in_outline(library: Library) -> Iterator[Expression]:
    groups = (*library.articles, *library.exhibits)
    for title in (library.title, *(title for group in groups for title in group.titles)):
        yield from in_line(title)
    for line in library.caption:
        yield from in_line(line)
    for block in library.signatures:
        yield from (e for line in (block.party, block.note, block.name, block.title) for e in in_line(line))
        if block.signers is not None:
            yield block.signers.expression


def _in_paper(text: PaperText) -> Iterator[tuple[Reader, Expression]]:
    kind, place = text.of.name, Place(text.path)
    for line, parts in text.head.items():
        yield from _of(Reader(kind, line, place), in_line(parts))
    for name, said in text.parts.items():
        yield from _of(Reader(kind, name, place), expressions(said))
    yield from _of(Reader(kind, "term", place), text.term)
    for cost in text.costs:
        amounts = (cost.when, cost.rise, cost.rises_when, *(factor for factor, _ in cost.factors))
        said_of = (*in_line(cost.label), *in_line(cost.basis))
        label = "".join(part.text for part in cost.label if isinstance(part, prose.Words))
        yield from _of(Reader(kind, f"costs: {label}", Place(text.path, cost.line)), (*amounts, *said_of))
    for entry in (*text.sections, *text.anomalies):
        there = Place(text.path, entry.line)
        yield from _of(Reader(kind, entry.about, there), (entry.when, *in_line(entry.text)))


def expressions(text: Prose) -> Iterator[Expression]:
    """Yield every expression of a text: its conditions, its lists, its fields."""
    for block in text:
        match block:
            case prose.Passage(parts=parts, guard=guard):
                yield from (*_in_guard(guard), *in_line(parts))
            case prose.Grid(header=header, rows=rows, guard=guard):
                yield from _in_guard(guard)
                yield from (e for cell in header for e in in_line(cell))
                for row in rows:
                    yield from _in_guard(row.guard)
                    yield from (e for cell in row.cells for e in in_line(cell))
            case prose.PolicyText(guard=guard):
                yield from _in_guard(guard)


def _in_guard(guard: Guard) -> Iterator[Expression]:
    if guard.when is not None:
        yield guard.when
    if guard.each is not None:
        yield guard.each.expression


def in_line(parts: Title) -> Iterator[Expression]:
    """Yield every expression of a line or a title."""
    return (field.expression for field in prose.fields(parts))
