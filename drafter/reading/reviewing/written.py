"""Writes a wording for a reader: its words, line by line, with what decides each of them, and what it prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter import language
from drafter.language import Expression
from drafter.reading import prose
from drafter.reading.library import Alternative, Clause
from drafter.reading.prose import Each, Grid, Parts, Passage, PolicyText, Prose, Term, Title, sentences


def words(clause: Clause, alternative: Alternative) -> str:
    """Return the words of a wording, with what decides each paragraph: its condition, its list."""
    return "\n".join((*selected_when(clause, alternative), *lines(alternative.text)))


def selected_when(clause: Clause, alternative: Alternative) -> Iterator[str]:
    """Yield the conditions under which a wording is in the contract; an own one is there when it is chosen."""
    yield from _conditions(clause.when, None)
    yield from _conditions(None if alternative.is_own else alternative.when, None)


def lines(text: Prose) -> Iterator[str]:
    """Yield the lines of a text, each after its conditions, and after its mark where it is an item."""
    for block in text:
        if isinstance(block, Passage):
            yield " ".join((*_conditions(block.guard.when, block.guard.each), _MARKS[block.style] + _said(block.parts)))
        elif isinstance(block, Grid):
            yield from (*_conditions(block.guard.when, block.guard.each), _cells(block.header))
            for row in block.rows:
                yield " ".join((*_conditions(row.guard.when, row.guard.each), _cells(row.cells)))
        elif isinstance(block, PolicyText):
            yield " ".join((*_conditions(block.guard.when, None), "{policy}"))


_MARKS = {"text": "", "item": "- ", "subitem": "  - "}


def titled(title: Title) -> str:
    """Return a title as its file has it."""
    return title if isinstance(title, str) else _said(title)


def term(part: Term) -> str:
    """Return a term as a text that uses it has it: one that an answer decides, with its fields as written."""
    return _said(part.parts) if part.parts else part.text


def expressions(clause: Clause, alternative: Alternative) -> Iterator[Expression]:
    """Yield all that decides or fills a wording and its heading."""
    yield from filter(None, (clause.when, alternative.when))
    yield from filled(clause.title)
    for block in alternative.text:
        if isinstance(block, Passage):
            yield from (*_guarding(block.guard), *filled(block.parts))
        elif isinstance(block, Grid):
            yield from _guarding(block.guard)
            yield from (one for cell in block.header for one in filled(cell))
            for row in block.rows:
                yield from (*_guarding(row.guard), *(one for cell in row.cells for one in filled(cell)))


def filled(parts: Title) -> Iterator[Expression]:
    """Yield the expressions of the fields in a line or a title."""
    return (one.expression for one in prose.fields(parts))


def _guarding(guard: prose.Guard) -> Iterator[Expression]:
    yield from () if guard.when is None else (guard.when,)
    yield from () if guard.each is None else (guard.each.expression,)


def _said(parts: Parts) -> str:
    return sentences.written(parts)


def _cells(cells: Iterable[Parts]) -> str:
    return f"| {' | '.join(map(_said, cells))} |"


def _conditions(when: Expression | None, each: Each | None) -> Iterator[str]:
    if when is not None:
        yield f"{{when: {language.explain(when)}}}"
    if each is not None:
        yield f"{{each: {each.name} in {language.explain(each.expression)}}}"
