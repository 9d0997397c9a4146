"""Says of each paragraph, item and table of a text when it is printed, what it prints, and how it can end.

One rule: a formula says of a text what `filling` does with it, for all answers at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, Protocol

from drafter import language
from drafter.language import Compare, Conditional, Constant, Expression, Filter, Name
from drafter.proving.solving import formulas
from drafter.proving.solving.formulas import FALSE, TRUE, Formula
from drafter.reading import prose
from drafter.reading.prose import Each, Parts
from drafter.values import dataclass

# "; and" is a semicolon or a comma with a conjunction, "and" a conjunction alone, "word" neither a mark nor a
# conjunction, and "" what an answer ends in, which may be anything.
Ending = Literal["; and", "and", ";", ".", ":", "word", ""]


class Conditions(Protocol):
    """What turns the conditions of a text into formulas over questions."""

    def expanded(self, expression: Expression) -> Expression:
        """Return an expression over questions only."""

    def formula(self, condition: Expression | None) -> Formula:
        """Return the formula of a condition; no condition is always true."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, item, header cell or cell of a row: its parts, and when it is in the contract.

    `outer` is the condition of the item or table it belongs to; `when` its own, once for each record of `each`.
    """

    parts: Parts
    line: int
    label: str
    outer: Formula
    when: Formula
    each: Each | None

    @property
    def present(self) -> Formula:
        """Return the formula that the text is in the contract, at least once."""
        return self.with_true(TRUE)

    def with_true(self, true: Formula) -> Formula:
        """Return the formula that the text is in the contract and something is true of one copy of it."""
        return formulas.all_of(self.outer, self.with_record(true))

    def with_record(self, true: Formula, *, blank: bool = True) -> Formula:
        """Return the formula that the text is there and something is true, of one record where it is repeated."""
        inner = formulas.all_of(self.when, true)
        if self.each is None:
            return inner
        return formulas.some(self.each.name, self.each.expression, inner, blank=blank)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item, a table or the policy's text: when it is in the contract, and its texts.

    `rows` is the formula that a table has a row.
    """

    style: Literal["text", "item", "subitem", "table", "policy"]
    line: int
    present: Formula
    texts: tuple[Text, ...]
    rows: Formula = FALSE


def blocks(text: prose.Prose, at: Conditions) -> Iterator[Block]:
    """Yield the blocks of a text, with their conditions where the text itself is in the contract."""
    item: Formula = TRUE
    for block in text:
        match block:
            case prose.Passage(parts=parts, guard=guard, line=line, style=style):
                made = _text(at, parts, guard, line, item if style == "subitem" else TRUE)
                if style == "item":
                    item = made.present
                yield Block(style, line, made.present, (made,))
            case prose.Grid():
                yield _table(block, at)
            case prose.PolicyText(guard=guard, line=line):
                yield Block("policy", line, at.formula(guard.when), ())


def _table(grid: prose.Grid, at: Conditions) -> Block:
    present = _text(at, (), grid.guard, grid.line, TRUE).present
    header = [Text(cell, grid.line, "", TRUE, present, None) for cell in grid.header]
    rows = [[_text(at, cell, row.guard, row.line, present) for cell in row.cells] for row in grid.rows]
    some = formulas.any_of(*(row[0].present for row in rows if row))
    return Block("table", grid.line, present, (*header, *(cell for row in rows for cell in row)), some)


def _text(at: Conditions, parts: Parts, guard: prose.Guard, line: int, outer: Formula) -> Text:
    each = guard.each and Each(guard.each.name, at.expanded(guard.each.expression))
    return Text(parts, line, guard.label, outer, at.formula(guard.when), each)


# -- what a text prints -------------------------------------------------------------------------


def has_words(parts: Parts, at: Conditions) -> Formula:
    """Return the formula that a line prints a word or a number: a mark alone is none."""
    return formulas.any_of(*(_prints(part, at) for part in parts))


def _prints(part: prose.Part, at: Conditions) -> Formula:
    match part:
        case prose.Words(text=text):
            return TRUE if _are_words(text) else FALSE
        case prose.Field(expression=expression):
            said = (
                formula
                for words, formula in _said(at.expanded(expression), TRUE, at)
                if words is None or _are_words(words)
            )
            return formulas.any_of(*said)
        case _:
            return TRUE


def _are_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def sayings(parts: Parts, at: Conditions) -> Iterator[tuple[str, Formula]]:
    """Yield the fixed words of a line with when they are printed: its own, and those of its fields."""
    for part in parts:
        if isinstance(part, prose.Words):
            yield part.text, TRUE
        elif isinstance(part, prose.Field):
            for words, formula in _said(at.expanded(part.expression), TRUE, at):
                if words:
                    yield words, formula


def _said(expression: Expression, when: Formula, at: Conditions) -> Iterator[tuple[str | None, Formula]]:
    """Yield what a field can print, with when: fixed words, or None for an answer or a blank."""
    match expression:
        case Constant(value=str(words)):
            yield words, when
        case Conditional(test=asked, yes=yes, no=no):
            true = at.formula(asked)
            yield from _said(yes, formulas.all_of(when, true), at)
            yield from _said(no, formulas.all_of(when, formulas.opposite(true)), at)
        case Filter(name="otherwise", operand=operand, arguments=(str(words),)):
            answered = at.formula(Filter("answered", operand))
            yield words, formulas.all_of(when, formulas.opposite(answered))
            yield from _said(operand, formulas.all_of(when, answered), at)
        case Filter(name="label", operand=Name() as operand, arguments=options):
            yield None, when
            for value, label in zip(options[::2], options[1::2], strict=True):
                chosen = at.formula(Compare(operand, "eq", Constant(value)))
                yield str(label), formulas.all_of(when, chosen)
        case Filter(name="plural", arguments=(str(one), str(more))):
            yield None, when
            yield one, when
            yield more, when
        case _:
            yield None, when


# -- what a field needs -------------------------------------------------------------------------


def needs(expression: Expression, at: Conditions) -> Iterator[tuple[str, str, Formula]]:
    """Yield the names whose missing answer a field would print, each with a field of its records, and when.

    A name under `otherwise` or `answered` has words for it.
    """
    yield from _needs(at.expanded(expression), "", TRUE, at)


def _needs(expression: Expression, inner: str, when: Formula, at: Conditions) -> Iterator[tuple[str, str, Formula]]:
    match expression:
        case Name(path=path):
            yield path, inner, when
        case Filter(name="otherwise" | "answered"):
            return
        case Filter(name="field", operand=operand, arguments=arguments):
            yield from _needs(operand, str(arguments[0]), when, at)
        case Filter(operand=operand):
            yield from _needs(operand, inner, when, at)
        case Conditional(test=asked, yes=yes, no=no):
            true = at.formula(asked)
            yield from _needs(yes, inner, formulas.all_of(when, true), at)
            yield from _needs(no, inner, formulas.all_of(when, formulas.opposite(true)), at)
        case _:
            for name in sorted(language.open_names(expression)):
                yield name, "", when


# -- how a text ends ----------------------------------------------------------------------------


def ends(block: Block, at: Conditions) -> dict[Ending, Formula]:
    """Return how a paragraph or item can end, each with the formula that one copy of it is there and ends so."""
    found: dict[Ending, list[Formula]] = {}
    for text in block.texts[:1] if block.style in ("text", "item", "subitem") else ():
        for ending, formula in _endings(text.parts, TRUE, at):
            found.setdefault(ending, []).append(text.with_true(formula))
    return {ending: formula for ending, those in found.items() if (formula := formulas.any_of(*those)) is not FALSE}


def _endings(parts: Parts, when: Formula, at: Conditions) -> Iterator[tuple[Ending, Formula]]:
    """Yield how a line can end: as its last part does, or the one before it where that prints nothing."""
    if not parts or when is FALSE:
        yield "", when
        return
    *before, last = parts
    match last:
        case prose.Words(text=text):
            said: list[tuple[str | None, Formula]] = [(text, when)]
        case prose.Field(expression=expression):
            said = list(_said(at.expanded(expression), when, at))
        case _:
            said = [(None, when)]
    for words, formula in said:
        if words is None:
            yield _of_answer(last), formula
        elif words.strip():
            yield _ending(words), formula
        else:
            yield from _endings(tuple(before), formula, at)


def _of_answer(part: prose.Part) -> Ending:
    """Return how a part ends whose words an answer, a reference or a term gives: a number ends in no mark."""
    if isinstance(part, prose.Field):
        return "word" if part.kind.name in _MARKLESS else ""
    return "" if isinstance(part, prose.Term) and part.parts else "word"


_MARKLESS = ("number", "money", "percent", "date")


@lru_cache(maxsize=16_384)
def _ending(words: str) -> Ending:
    return next((ending for ending, pattern in _PATTERNS if pattern.search(words.rstrip())), "word")


_CONJUNCTION = r"(?:and|or|nor|but)(?:\s+(?:also|else|then))?[,—–-]?$"
_PATTERNS: tuple[tuple[Ending, re.Pattern[str]], ...] = (
    ("; and", re.compile(rf"[;,]\s*(?:and/)?{_CONJUNCTION}", re.IGNORECASE)),
    ("and", re.compile(rf"(?:^|[\s/(—–]){_CONJUNCTION}", re.IGNORECASE)),
    (";", re.compile(r"[;,]$")),
    (":", re.compile(r":$")),
    (".", re.compile(r"[.?!][”’\"')\]]*$")),
)
