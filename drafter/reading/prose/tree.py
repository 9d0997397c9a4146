"""What clause text is made into: paragraphs and tables whose fields, references and terms are leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from drafter.language import Expression, Kind
from drafter.values import dataclass

Style = Literal["text", "item", "subitem"]


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A leaf that an answer fills: the checked expression, its kind, and its text as written."""

    expression: Expression
    kind: Kind
    written: str
    line: int


@dataclass(frozen=True, slots=True)
class Term:
    """A term at its definition, as written; `parts` are its words and fields where an answer decides what it is."""

    text: str
    parts: tuple[Words | Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A cross-reference by id: a clause, `clause.label`, `article:id` or `exhibit:id`."""

    target: str
    line: int


Part = Words | Term | Field | Link
Parts = tuple[Part, ...]
Title = str | Parts  # plain words, or the parts of a title with a field


def fields(parts: Title) -> Iterator[Field]:
    """Yield the fields of a line or a title, those of the terms that it defines included."""
    for part in () if isinstance(parts, str) else parts:
        if isinstance(part, Field):
            yield part
        elif isinstance(part, Term):
            yield from fields(part.parts)


@dataclass(frozen=True, slots=True)
class Each:
    """Repeat for each record: the name the record gets, and the expression for the list."""

    name: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Guard:
    """When a paragraph, item or row is printed, how often, and the label by which it can be referred to."""

    when: Expression | None = None
    each: Each | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or list item of a clause's text."""

    parts: Parts
    style: Style
    guard: Guard
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Parts, ...]
    guard: Guard
    line: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its header, its rows, and when it is printed."""

    header: tuple[Parts, ...]
    rows: tuple[Row, ...]
    guard: Guard
    line: int


@dataclass(frozen=True, slots=True)
class PolicyText:
    """The place where the policy's own paragraphs go, and when they are printed."""

    line: int
    guard: Guard = Guard()


ProseBlock = Passage | Grid | PolicyText
Prose = tuple[ProseBlock, ...]
