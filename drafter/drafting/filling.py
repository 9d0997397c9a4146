"""Fills the text of the library with values: each paragraph, row and line as a contract prints it.

One rule: an answer becomes a leaf of the tree and is never read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter import contract, language
from drafter.contract import (
    Answer,
    Blank,
    Block,
    Definition,
    Paragraph,
    Reference,
    Run,
    Runs,
    Table,
    Text,
    Title,
    joined,
    words,
)
from drafter.keeping.once import once
from drafter.language import Missing, Record, Value
from drafter.reading import prose
from drafter.reading.prose import Field, Guard, Link, Parts, Prose, Term, Words
from drafter.reading.sources.source import Source

Scope = Mapping[str, Value]


def blocks(text: Prose, scope: Scope, policy: Source, clause: str = "") -> Iterator[Block]:
    """Yield the paragraphs and tables of a text, those left out whose condition isn't true.

    References have no number yet (see `resolving`); labels are put below the id of the clause.
    """
    item_is_in = True
    for block in text:
        match block:
            case prose.Passage(style="subitem") if not item_is_in:
                continue  # what hangs under an item goes with it
            case prose.Passage():
                label = f"{clause}.{block.guard.label}" if block.guard.label else ""
                scopes = tuple(copies(block.guard, scope))
                item_is_in = bool(scopes) if block.style == "item" else item_is_in
                for inner in scopes:
                    yield Paragraph(line(block.parts, inner), block.style, "", label)
            case prose.Grid():
                for inner in copies(block.guard, scope):
                    header = tuple(line(cell, inner) for cell in block.header)
                    yield Table(header, tuple(tuple(line(c, s) for c in row.cells) for row, s in rows(block, inner)))
            case prose.PolicyText():
                for _ in copies(block.guard, scope):
                    yield from _policy_paragraphs(policy)


def rows(grid: prose.Grid, scope: Scope) -> Iterator[tuple[prose.Row, Scope]]:
    """Yield the rows of a table that are printed, each with the names known in it."""
    for row in grid.rows:
        yield from ((row, inner) for inner in copies(row.guard, scope))


def copies(guard: Guard, scope: Scope) -> Iterator[Scope]:
    """Yield the names known in each copy of a paragraph or row: none where it is left out, one for each record."""
    for inner in each(guard.each, scope):
        if guard.when is None or language.holds(guard.when, inner):
            yield inner


def each(repeated: prose.Each | None, scope: Scope) -> Iterator[Scope]:
    """Yield the names known for each record of a list; those given, once, where nothing is repeated."""
    if repeated is None:
        yield scope
        return
    records = language.evaluate(repeated.expression, scope)
    if isinstance(records, Missing):
        records = (records.record,) if records.record else ()
    for record in records if isinstance(records, tuple) else ():
        yield {**scope, repeated.name: record}


def line(parts: Parts, scope: Scope) -> Runs:
    """Return a line of text with its fields filled; an answer of several lines keeps them where it is alone."""
    if next(prose.fields(parts), None) is None:
        return _plain(parts)
    return joined(run for part in parts for run in _runs(part, scope, alone=len(parts) == 1))


@once(8192)  # most lines of a library have no field, and are the same in every draft
def _plain(parts: Parts) -> Runs:
    return joined(run for part in parts for run in _runs(part, {}, alone=False))


def title(read: prose.Title, scope: Scope) -> Title:
    """Return a title with its fields filled."""
    return read if isinstance(read, str) else contract.title(line(read, scope))


def _runs(part: prose.Part, scope: Scope, *, alone: bool) -> Iterator[Run]:
    match part:
        case Words(text=text):
            yield Text(text)
        case Term(text=text, parts=()):
            yield Definition(text)
        case Term(parts=parts):
            yield from _defined(line(parts, scope))
        case Link(target=target):
            yield Reference("", target)
        case Field(expression=expression, kind=kind):
            question = _question(expression, scope)
            for piece in language.fill(expression, kind, scope, alone=alone):
                if isinstance(piece, Missing):
                    yield Blank(piece.label, piece.question)
                elif piece:
                    yield Answer(piece, question)


def _defined(term: Runs) -> Iterator[Run]:
    """Define a term; where part of it has no answer yet, show it in its quotation marks with the blank."""
    if any(isinstance(run, Blank) for run in term):
        yield from (Text("“"), *term, Text("”"))
    else:
        yield Definition(words(term))


def _question(expression: language.Expression, scope: Scope) -> str:
    """Return the id of the question behind a field, the first by name where there are several."""
    found = []
    for name in language.names(expression):
        head, _, rest = name.partition(".")
        record = scope.get(head)
        found.append(f"{record.question}.{rest}" if isinstance(record, Record) and rest else name)
    return min(found, default="")


def _policy_paragraphs(policy: Source) -> Iterator[Paragraph]:
    """Quote the policy, paragraph by paragraph, with the numbers and bullets that are printed in it."""
    for paragraph in policy.paragraphs:
        if paragraph.heading:
            yield Paragraph((Text(" ".join(filter(None, (paragraph.number, paragraph.heading)))),), "quote")
        number = "" if paragraph.heading else paragraph.number or paragraph.bullet
        lines = [line for line in paragraph.text.split("\n") if line.strip()]
        if lines or (number and not paragraph.heading):
            text = " ".join(filter(None, (number, *(line.strip() for line in lines))))
            yield Paragraph((Text(text),), "quote")
