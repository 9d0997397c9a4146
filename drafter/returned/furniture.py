"""Reads what a template prints of its own round a contract, and in which order: titles, headings, signature lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from drafter.values import dataclass
from drafter.word import incoming
from drafter.word.oxml import package, story
from drafter.word.oxml.screening.looks import Looks

_TAG = re.compile(r"\{[{%#]\S*\s*(.*?)\s*[}%#]\}")
_FIELD = re.compile(r"\{\{\S*\s*([\w.]+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a template: the field that it prints ("title", "signer.name"), and the words before it.

    A line without a field is the template's own. `open` and `close` are the loops that start and end with it, `when`
    the conditions that it is printed under ("has_cover").
    """

    words: str
    field: str = ""
    open: str = ""
    close: bool = False
    when: tuple[str, ...] = ()


def of(path: Path) -> tuple[Item, ...]:
    """Return the lines of a template's body, in order. NotWordError where it can't be read."""
    parts = incoming.read(incoming.contents(path))
    root = story.settled(parts[package.main(parts)])
    rows = [line.text.split(" | ") for line in story.lines(root, {}, Looks(()))]
    return tuple(_items([line for row in rows for cell in row for line in cell.split("\n")]))


def _items(lines: Iterable[str]) -> Iterator[Item]:
    when: list[str] = []
    for line in lines:
        found = _FIELD.search(line)
        tag = _TAG.search(line)
        said = tag.group(1) if tag and not found else ""
        if found:
            yield Item(line[: found.start()].strip(), found.group(1), when=tuple(when))
        elif said.startswith("if "):
            when.append(said.removeprefix("if "))
        elif said.startswith("endif"):
            del when[-1:]
        elif said.startswith("for "):
            yield Item("", open=said.split()[1])
        elif said.startswith("endfor"):
            yield Item("", close=True)
        elif any(map(str.isalnum, line)):
            yield Item(line.strip(), when=tuple(when))
