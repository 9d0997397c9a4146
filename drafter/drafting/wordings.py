"""Writes a wording of the library as lines that a person can read, with its fields and references as they are."""

from __future__ import annotations

from collections.abc import Iterator

from drafter import language
from drafter.drafting import assembly
from drafter.reading import prose
from drafter.reading.prose import Prose


def lines(text: Prose) -> Iterator[tuple[str, str]]:
    """Yield the lines of a wording: a number as the contract prints it (may be empty), and the words.

    Fields and references appear as the library has them, conditions in brackets. Items of items are indented.
    """
    item = subitem = 0
    for block in text:
        match block:
            case prose.PolicyText():
                yield "", "[the policy, word for word]"
            case prose.Grid():
                for row in (prose.Row(block.header, block.guard, block.line), *block.rows):
                    yield "|", _guard(row.guard) + " | ".join(map(words, row.cells))
            case prose.Passage(style="item"):
                item, subitem = item + 1, 0
                yield f"({assembly.letters(item).lower()})", _guard(block.guard) + words(block.parts)
            case prose.Passage(style="subitem"):
                subitem += 1
                yield f"   ({assembly.roman(subitem)})", _guard(block.guard) + words(block.parts)
            case prose.Passage():
                yield "", _guard(block.guard) + words(block.parts)


def _guard(guard: prose.Guard) -> str:
    each = f"[each {guard.each.name} in {language.explain(guard.each.expression)}] " if guard.each else ""
    return each + (f"[when {language.explain(guard.when)}] " if guard.when is not None else "")


def words(parts: prose.Parts) -> str:
    """Return a line of the library as it is written, with its fields and references."""
    return "".join(map(_part, parts))


def _part(part: prose.Part) -> str:
    match part:
        case prose.Term(text=text):
            return f"“{text}”"
        case prose.Field(written=written):
            return f"{{{{ {written} }}}}"
        case prose.Link(target=target):
            return f"[[{target}]]"
        case prose.Words(text=text):
            return text
