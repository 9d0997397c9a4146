"""Reads the codes of Word's fields as Word would run them, also where another field in a code makes part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from drafter.values import dataclass
from drafter.word.oxml.elements import Element, w

_TEXT = frozenset(map(w, ("instrText", "delInstrText", "t", "delText")))
_NUMBER = re.compile(r"0x[0-9a-f]{1,5}|\d{1,6}", re.IGNORECASE)
_LAST = 0xD7FF  # beyond it, numbers are no characters of a command


@dataclass(frozen=True, slots=True)
class Code:
    """The code of a field, in one line; `made` says that another field makes the command at its start."""

    text: str
    made: bool = False

    @property
    def command(self) -> str:
        """Return the command, in capitals; a field that can't be told has none."""
        return self.text.partition(" ")[0].strip('"').upper()

    @property
    def rest(self) -> str:
        """Return what follows the command, without the quotation marks and doubled backslashes that a code has."""
        said = self.text.partition(" ")[2].replace("\\\\", "\\")
        return " ".join(said.replace('"', " ").split())


@dataclass(slots=True)
class _Open:
    code: list[str] = field(default_factory=list)
    result: list[str] = field(default_factory=list)
    shows: bool = False
    made: bool = False

    @property
    def text(self) -> str:
        return " ".join("".join(self.code).split())


def read(root: Element) -> Iterator[Code]:
    """Yield the code of each field of a part, the inner ones first; those that were deleted count, since they may stay.

    Fields in a code stand there for what they make: what QUOTE spells, or the result that was kept of any other.
    """
    waiting: list[_Open] = []
    for node in root.iter(*_TEXT, w("fldChar"), w("fldSimple")):
        if not waiting and node.tag in _TEXT:
            continue
        kind = node.get(w("fldCharType"))
        if node.tag == w("fldSimple"):
            _make(waiting)
            yield Code(" ".join(node.get(w("instr"), "").split()))
        elif node.tag in _TEXT:
            (waiting[-1].result if waiting[-1].shows else waiting[-1].code).append(words(node))
        elif kind == "begin":
            waiting.append(_Open())
        elif kind == "separate" and waiting:
            waiting[-1].shows = True
        elif kind == "end" and waiting:
            yield _closed(waiting)
    while waiting:  # a field without an end
        yield _closed(waiting)


def words(node: Element) -> str:
    """Return the text in an element; comments of the XML in it may divide it."""
    return (node.text or "") + "".join(child.tail or "" for child in node)


def _make(waiting: list[_Open]) -> None:
    """Note that a field at the start of the innermost open field's code makes its command."""
    if waiting and not waiting[-1].shows and not waiting[-1].text:
        waiting[-1].made = True


def _closed(waiting: list[_Open]) -> Code:
    """Close the innermost field, and put what it makes into the one round it."""
    closed = waiting.pop()
    if waiting:
        outer = waiting[-1]
        _make(waiting)
        (outer.result if outer.shows else outer.code).append(_made(closed))
    return Code(closed.text, closed.made)


def _made(closed: _Open) -> str:
    command, _, rest = closed.text.partition(" ")
    if command.upper() != "QUOTE":
        return "".join(closed.result)
    return "".join(map(_spelled, re.findall(r'"[^"]*"|\S+', rest)))


def _spelled(piece: str) -> str:
    """Return what QUOTE makes of a piece of its code: a number is that of a character."""
    if piece.startswith('"') or not _NUMBER.fullmatch(piece):
        return piece.strip('"')
    number = int(piece, 16 if piece.lower().startswith("0x") else 10)
    return chr(number) if number <= _LAST else ""
