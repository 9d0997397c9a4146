"""Marks runs, paragraphs and rows as tracked changes (ECMA-376 part 1, 17.13): who changed what, and when.

An insertion goes when it is rejected, a deletion when it is accepted; a paragraph's own mark is its line break.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import groupby
from typing import cast

from lxml import etree

from drafter.comparing.lines import Mark, Side
from drafter.values import dataclass
from drafter.word.oxml import elements
from drafter.word.oxml.elements import Element, W, element, w

NAMES: Mapping[Mark, str] = {
    "inserted": "ins",
    "deleted": "del",
    "moved from": "moveFrom",
    "moved to": "moveTo",
}
MIDNIGHT, NOON = "T00:00:00Z", "T12:00:00Z"  # of the given day
GONE: frozenset[Mark] = frozenset({"deleted", "moved from"})  # when all is accepted
_GOES = frozenset(w(NAMES[mark]) for mark in GONE)
TRACKED = frozenset(map(w, NAMES.values()))
_MARK = f"{w('pPr')}/{w('rPr')}"
DELETED = {w("t"): w("delText"), w("instrText"): w("delInstrText")}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose changes they are, and of which day (2026-11-24)."""

    author: str
    date: str


def _stamped(name: str, stamp: Stamp, *children: Element, **attributes: str | int) -> Element:
    """Build an element that says who and when. Its id is given by `number`."""
    return element(name, *children, id=0, **attributes, author=stamp.author, date=f"{stamp.date}{MIDNIGHT}")


# -- runs, paragraphs, rows ---------------------------------------------------------------------


def runs(content: Iterable[Element], mark: Mark, stamp: Stamp) -> list[Element]:
    """Mark runs. In a deletion, their texts and field instructions get the element names of deleted ones."""
    made = list(content)
    if mark == "kept" or not made:
        return made
    if mark == "deleted":
        for node in (found for part in made for found in part.iter(*DELETED)):
            node.tag = DELETED[str(node.tag)]
    return [_stamped(NAMES[mark], stamp, *made)]


def paragraph(node: Element, mark: Mark, stamp: Stamp) -> Element:
    """Mark a paragraph's own mark, unless it is marked already."""
    if mark != "kept" and not is_marked(node):
        _mark_properties(node).insert(0, _stamped(NAMES[mark], stamp))
    return node


def _mark_properties(node: Element) -> Element:
    """Return the properties of a paragraph's own mark, which come before those of its section and its change."""
    properties = elements.properties(node, "pPr")
    inner = properties.find(w("rPr"))
    if inner is None:
        inner = element("rPr")
        properties.append(inner)
        for later in properties.findall(w("sectPr")) + properties.findall(w("pPrChange")):
            properties.append(later)
    return inner


def is_marked(node: Element) -> bool:
    """Say whether a paragraph's mark is inserted, deleted or moved."""
    return _mark(node) is not None


def mark(node: Element) -> Mark:
    """Return how a paragraph's own mark is marked."""
    own = _mark(node)
    return "kept" if own is None else next(known for known, name in NAMES.items() if own.tag == w(name))


def staying(node: Element) -> Iterator[Element]:
    """Yield what is left of a paragraph's text when all changes are accepted: nothing of a paragraph that goes."""
    rows = (row.find(f"{w('trPr')}/{w('del')}") for row in node.iterancestors(w("tr")))
    if mark(node) not in GONE and all(deleted is None for deleted in rows):
        yield from (child for child in node if child.tag not in _GOES and next(child.iter(w("t")), None) is not None)


def stays(node: Element) -> bool:
    """Say whether any of a paragraph's text is left when all changes are accepted."""
    return next(staying(node), None) is not None


def sides(node: Element) -> tuple[str, str]:
    """Return the words of a paragraph with no change accepted, and with all."""
    kept = [(text, next(text.iterancestors(w("ins"), w("moveTo")), None)) for text in node.iter(w("t"), w("delText"))]
    old = "".join(text.text or "" for text, added in kept if added is None)
    new = "".join(text.text or "" for text, _ in kept if text.tag == w("t"))
    return old, new


def _mark(node: Element) -> Element | None:
    inner = node.find(_MARK)
    return None if inner is None else next((child for child in inner if child.tag in TRACKED), None)


def whole(node: Element, mark: Mark, stamp: Stamp) -> None:
    """Mark a paragraph, row or table with all that is in it, except what is marked already."""
    if mark == "kept":
        return
    for row in node.iter(w("tr")):
        mark_row(row, mark, stamp)
    for part in node.iter(w("p")):
        paragraph(part, mark, stamp)
        for inside in (part, *part.iter(w("hyperlink"))):
            for is_run, group in groupby(list(inside), key=lambda child: child.tag == w("r")):
                if is_run:
                    _wrap(list(group), mark, stamp)


def _wrap(group: Sequence[Element], mark: Mark, stamp: Stamp) -> None:
    parent = group[0].getparent()
    if parent is not None:
        place = parent.index(group[0])
        parent[place:place] = runs(group, mark, stamp)


def mark_row(row: Element, mark: Mark, stamp: Stamp) -> Element:
    """Mark a table's row as inserted or deleted; in Word, no row can be marked as moved."""
    properties = elements.properties(row, "trPr")
    if mark in NAMES and not any(child.tag in TRACKED for child in properties):
        properties.append(_stamped("ins" if mark in {"inserted", "moved to"} else "del", stamp))
    return row


def restyled(node: Element, before: Element, stamp: Stamp) -> Element:
    """Mark a paragraph's properties as changed; `before` is a paragraph that has the old ones."""
    properties, old = elements.properties(node, "pPr"), before.find(w("pPr"))
    if old is not None and _comparable(old) != _comparable(properties):
        properties.append(_stamped("pPrChange", stamp, deepcopy(old)))
    return node


def _comparable(properties: Element) -> list[tuple[str, tuple[str, ...]]]:
    """Return what properties say of style and list, in a form that can be compared."""
    kept = (node for node in properties.iter() if node.tag != w("keepNext"))
    return [(str(node.tag), tuple(map(str, node.attrib.values()))) for node in kept]


def moved(blocks: Iterable[Element], mark: Mark, name: str, stamp: Stamp) -> list[Element]:
    """Put the ends of a move round blocks; two stretches of the same name are one move."""
    kind = NAMES[mark]
    # Both ends of a range share an id that no other has: its name and kind, until `number` has numbered the part.
    start = _stamped(f"{kind}RangeStart", stamp)
    start.set(w("id"), f"{kind} {name}")
    start.set(w("name"), name)
    return [start, *blocks, element(f"{kind}RangeEnd", id=f"{kind} {name}")]


_BLOCKS = frozenset({w("p"), w("tbl")})
_OPENINGS = frozenset(map(w, ("bookmarkStart", "moveFromRangeStart", "moveToRangeStart")))


def apart(blocks: Iterable[Element], space: Element, numbered: frozenset[str], stamp: Stamp) -> Iterator[Element]:
    """Put a copy of the paragraph `space` after each table that no paragraph follows, before or after the changes.

    Word joins tables that touch, and wants a paragraph at the end. Where only one side needs it, it is marked. There is
    also one between a table and a marked paragraph of a `numbered` style: a paragraph can't join a table, and what
    LibreOffice leaves of it must not count. And there is a low one between a table and a bookmark that starts after it:
    LibreOffice looks for the start at the end of the paragraph before, which is in a cell, and forgets the bookmark.
    """
    waiting: tuple[Side, ...] = ()  # the sides on which a table was the last block
    last_is_table = False
    last: Element | None = None
    between: list[Element] = []  # what is neither a table nor a paragraph, since the last of them
    for block in blocks:
        if block.tag not in _BLOCKS:
            between.append(block)
            continue
        sides = _sides(block) if waiting or block.tag == w("tbl") else ()  # what no table is near needs no look
        touching = tuple(side for side in sides if side in waiting)
        opening = next((place for place, sign in enumerate(between) if sign.tag in _OPENINGS), None)
        if block.tag == w("p") and touching and opening is not None:
            between.insert(opening, _space(_low(space), touching, stamp))
        yield from between
        between = []
        if block.tag == w("tbl") and last is not None and is_marked(last) and _style(last) in numbered:
            yield _space(space, _sides(last), stamp)
        if block.tag == w("tbl") and (last_is_table or touching):
            yield _space(space, touching, stamp)
        yield block
        last_is_table = block.tag == w("tbl")
        last = None if last_is_table else block
        waiting = (*(s for s in waiting if s not in sides), *(sides if last_is_table else ()))
    yield from between
    if waiting:
        yield _space(space, waiting, stamp)


def _low(space: Element) -> Element:
    """Return a copy of an empty paragraph that is two points high."""
    made = deepcopy(space)
    made[0].append(element("spacing", before=0, after=0, line=40, lineRule="exact"))
    return made


def _sides(block: Element) -> tuple[Side, ...]:
    """Return the sides that a block is on."""
    if block.tag == w("tbl"):
        marks = [
            next((child for child in row.iterfind(f"{w('trPr')}/*") if child.tag in TRACKED), None)
            for row in block.iterfind(w("tr"))
        ]
    else:
        marks = [_mark(block)]
    tags = {"" if mark is None else str(mark.tag) for mark in marks}
    if tags <= {w("ins"), w("moveTo")}:
        return ("revised",)
    return ("base",) if tags <= {w("del"), w("moveFrom")} else ("base", "revised")


def _space(space: Element, sides: tuple[Side, ...], stamp: Stamp) -> Element:
    marks: dict[tuple[Side, ...], Mark] = {("base",): "deleted", ("revised",): "inserted"}
    return paragraph(deepcopy(space), marks.get(sides, "kept"), stamp)


# -- the whole part -----------------------------------------------------------------------------

STARTS, ENDS = w("markStart"), w("markEnd")


def regions(root: Element, stamp: Stamp) -> None:
    """Mark what a template has between two of our signs, and take the signs out."""
    for start in list(root.iter(STARTS)):
        depth, node = 1, start.getnext()
        mark: Mark = next((known for known in NAMES if known == start.get(w("val"))), "kept")
        while node is not None and depth:
            depth += {STARTS: 1, ENDS: -1}.get(str(node.tag), 0)
            if mark != "kept" and node.tag in (w("p"), w("tr"), w("tbl")):
                whole(node, mark, stamp)
            node = node.getnext()
    for sign in list(root.iter(STARTS, ENDS)):
        if (parent := sign.getparent()) is not None:
            parent.remove(sign)


def settle(root: Element) -> None:
    """Mend the ends: the last paragraph of a cell, or of the body, can't lose its own mark.

    In a cell, the marks go one paragraph up, so that the last but one joins it. At the end of the body, an empty
    paragraph is added.
    """
    for cell in root.iter(w("tc")):
        row = cell.getparent()
        inside = [child for child in cell if child.tag == w("p")]
        if row is None or not inside or row.find(f"{w('trPr')}/{w('ins')}") is not None:
            continue
        if row.find(f"{w('trPr')}/{w('del')}") is None:
            _shift(inside)
    for body in root.iter(w("body")):
        blocks = [child for child in body if child.tag in (w("p"), w("tbl"))]
        if blocks and is_marked(blocks[-1]):
            last = body[-1]
            last.addprevious(element("p")) if last.tag == w("sectPr") else last.addnext(element("p"))


def _shift(inside: Sequence[Element]) -> None:
    marked = next((k for k, node in enumerate(reversed(inside)) if not is_marked(node)), len(inside))
    trailing = inside[len(inside) - marked :]
    marks = [_mark(node) for node in trailing]
    above = inside[len(inside) - marked - 1] if marked < len(inside) else None
    if above is not None and marked and _style(above) == _style(inside[-1]):
        trailing = [above, *trailing]
    else:
        marks = marks[1:]  # to look like the deleted paragraph would be worse than to leave an empty one
    for node in trailing:
        if (old := _mark(node)) is not None and (parent := old.getparent()) is not None:
            parent.remove(old)
    for node, mark in zip(trailing, marks, strict=False):
        if mark is not None:
            _mark_properties(node).insert(0, mark)


def _style(node: Element) -> str | None:
    found = node.find(f"{w('pPr')}/{w('pStyle')}")
    return None if found is None else found.get(w("val"))


def separate(root: Element) -> None:
    """Give different hours to two changes that touch across the end of a paragraph that stays.

    LibreOffice 7.4 makes one change of two that have the same author and time, and takes the end with it.
    """
    last: tuple[str, str] | None = None  # the kind of the change that a paragraph which stays ends with, and its date
    for node in root.iter(w("p")):
        content = [child for child in node if child.tag in TRACKED or child.tag in (w("r"), w("hyperlink"))]
        if last is not None and content and content[0].tag == last[0] and last[1].endswith(MIDNIGHT):
            for change in node.iter(*TRACKED):
                change.set(w("date"), change.get(w("date"), "").replace(MIDNIGHT, NOON))
        final = content[-1] if content and content[-1].tag in TRACKED and not is_marked(node) else None
        last = None if final is None else (str(final.tag), final.get(w("date"), ""))


def number(root: Element, first: int) -> int:
    """Give each change its own number, from `first` on, and return the next; both ends of a move's range share one."""
    ranges: dict[str, int] = {}
    moves: dict[str, str] = {}
    for node in cast("list[Element]", _NUMBERED(root)):
        if node.tag in _MOVED:
            key = node.get(w("id"), "")
            if key not in ranges:
                ranges[key], first = first, first + 1
            node.set(w("id"), str(ranges[key]))
            if (name := node.get(w("name"))) is not None:
                node.set(w("name"), moves.setdefault(name, f"move{len(moves) + 1}"))
        else:
            node.set(w("id"), str(first))
            first += 1
    return first


_MOVED = frozenset(w(f"move{way}Range{end}") for way in ("From", "To") for end in ("Start", "End"))
_NUMBERED = etree.XPath(
    "//*[@w:author][not(self::w:comment)] | //w:moveFromRangeStart | //w:moveFromRangeEnd"
    " | //w:moveToRangeStart | //w:moveToRangeEnd",
    namespaces={"w": W},
)


def paragraphs(blocks: Iterable[Element]) -> Iterator[Element]:
    """Yield the paragraphs in blocks."""
    for block in blocks:
        yield from block.iter(w("p"))
