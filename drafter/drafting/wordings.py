"""Writes a wording of the library as lines that a person can read, and compares two of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafter import language
from drafter.comparing import redline
from drafter.comparing.marked import Redline
from drafter.contract import Article, Contract, Paragraph, Section, Text, sections
from drafter.drafting import assembly
from drafter.drafting.selection import Choice, Selection
from drafter.reading import prose
from drafter.reading.library import Alternative, Clause
from drafter.reading.prose import Prose, sentences


def lines(text: Prose) -> Iterator[tuple[str, str]]:
    """Yield the lines of a wording: a number as the contract prints it (may be empty), and the words.

    Fields and references appear as the library has them, conditions in brackets. Items of items are indented.
    """
    item = subitem = 0
    for block in text:
        match block:
            case prose.PolicyText():
                yield "", _guard(block.guard) + "[the policy, word for word]"
            case prose.Grid():
                for row in (prose.Row(block.header, block.guard, block.line), *block.rows):
                    yield "|", _guard(row.guard) + " | ".join(map(sentences.written, row.cells))
            case prose.Passage(style="item"):
                item, subitem = item + 1, 0
                yield f"({assembly.letters(item).lower()})", _guard(block.guard) + sentences.written(block.parts)
            case prose.Passage(style="subitem"):
                subitem += 1
                yield f"   ({assembly.roman(subitem)})", _guard(block.guard) + sentences.written(block.parts)
            case prose.Passage():
                yield "", _guard(block.guard) + sentences.written(block.parts)


def _guard(guard: prose.Guard) -> str:
    each = f"[each {guard.each.name} in {language.explain(guard.each.expression)}] " if guard.each else ""
    return each + (f"[when {language.explain(guard.when)}] " if guard.when is not None else "")


def title(written: prose.Title) -> str:
    """Return a title with its fields as the library has them."""
    return written if isinstance(written, str) else sentences.written(written)


# -- comparing ----------------------------------------------------------------------------------


def compare(clause: Clause, one: Alternative, other: Alternative, selected: Selection | None = None) -> Redline:
    """Return what changes from one alternative of a clause to another.

    They are compared as the library has them; or, with the selection of a matter, as each would read in its contract.
    DraftingError where it can't be assembled with one of them.
    """

    def as_section(alternative: Alternative) -> Section:
        if selected is None:
            return _as_written(clause, alternative)
        choice = Choice(clause, alternative, "negotiator")
        made = assembly.assemble(replace(selected, choices={**selected.choices, clause.id: choice}))
        return next(section for section in sections(made) if section.id == clause.id)

    return redline.compare(_alone(as_section(one)), _alone(as_section(other)))


def _as_written(clause: Clause, alternative: Alternative) -> Section:
    """Return a wording as a section whose fields and references are still as the library has them."""
    blocks = tuple(
        Paragraph((Text(words),), "text" if number in ("", "|") else "item", number.strip("|").strip())
        for number, words in lines(alternative.text)
    )
    heading = title(clause.title)
    return Section(clause.id, "", heading, alternative.id, alternative.position, (), (), clause.file, blocks)


def _alone(section: Section) -> Contract:
    """Return a contract of one section."""
    return Contract("", (), (), (), (Article("", "", "", (section,)),), (), ())
