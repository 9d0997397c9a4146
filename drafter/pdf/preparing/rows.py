"""Tells the rows of a redline's tables that have moved from those that are gone or new, before it is laid out.

Word tracks no move of a row, so in the file such a row is deleted where it was and inserted where it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

from drafter.comparing import pairing
from drafter.word.oxml import spaces
from drafter.word.oxml.elements import Element, w

Placed = tuple[Element, pairing.Words]
_MOVES = {w("moveFromRangeStart"): "from", w("moveToRangeStart"): "to"}
_ENDS = (w("moveFromRangeEnd"), w("moveToRangeEnd"))


def moved(root: Element) -> None:
    """Mark the words of each row that has moved as moved: in a table, or with the section that the table is in.

    They are the rows that `comparing.redline` calls moved, and those of a table that has moved with its section.
    """
    gone, new = defaultdict[Hashable, list[Placed]](list), defaultdict[Hashable, list[Placed]](list)
    for home, row in _rows(root):
        kinds = {child.tag for child in row.iterfind(f"{w('trPr')}/*")}
        if kinds & {w("del"), w("ins")}:
            (gone if w("del") in kinds else new)[home].append((row, _words(row)))
    for home, left in gone.items():
        for old, now in pairing.moved(left, new[home]):
            _retag(old, "del", "moveFrom")
            _retag(now, "ins", "moveTo")


def _rows(root: Element) -> Iterator[tuple[Hashable, Element]]:
    """Yield the rows of all tables, each with what it may have moved in: a section's move, or its own table."""
    move, table = "", 0
    for node in root.iter(*_MOVES, *_ENDS, w("tbl"), w("tr")):
        if node.tag in _MOVES:
            move = node.get(w("name"), "")
        elif node.tag in _ENDS:
            move = ""
        elif node.tag == w("tbl"):
            table += 1
        else:
            yield move or table, node


def _words(row: Element) -> pairing.Words:
    cells = (" ".join(map(_text, cell.iter(w("p")))) for cell in row.iterfind(w("tc")))
    return pairing.printed_words(map(spaces.read, cells))


def _text(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(w("t"), w("delText")))


def _retag(row: Element, old: str, new: str) -> None:
    for change in list(row.iterfind(f".//{w('p')}//{w(old)}")):
        change.tag = w(new)
        if new == "moveFrom":
            for node in change.iter(w("delText")):
                node.tag = w("t")
