"""Reads the styles, the lists and the page of a Word file: style ids, list levels, indents, the width of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.values import dataclass
from drafter.word.oxml.elements import Element, element, w


@dataclass(frozen=True, slots=True)
class Level:
    """A list level that a style is bound to: the list, the level counted from 0, and how it prints its number."""

    list: str
    level: int
    format: str
    text: str


def style_ids(styles: Element) -> dict[tuple[str, str], str]:
    """Return the id of each style by its type ("paragraph", "character", "table") and its name in lower case."""
    return {
        (node.get(w("type"), "paragraph"), _value(node, "name").casefold()): node.get(w("styleId"), "")
        for node in styles.iter(w("style"))
    }


def texts(root: Element, style: str) -> list[str]:
    """Return the words of each paragraph of a style, by its id."""
    found = (node for node in root.iter(w("p")) if _value(node, "pPr/pStyle") == style)
    return ["".join(text.text or "" for text in node.iter(w("t"))) for node in found]


def _value(node: Element, path: str, otherwise: str = "") -> str:
    found = node.find("/".join(map(w, path.split("/"))))
    return otherwise if found is None else found.get(w("val"), otherwise)


def chain(styles: Element, style: str) -> Iterator[Element]:
    """Yield a style, by its id, and those that it is based on."""
    nodes = {node.get(w("styleId")): node for node in styles.iter(w("style"))}
    while style in nodes:
        node = nodes.pop(style)
        yield node
        style = _value(node, "basedOn")


def left_indent(styles: Element, style: str) -> int:
    """Return a paragraph style's left indent in twentieths of a point."""
    for node in chain(styles, style):
        indent = node.find(f"{w('pPr')}/{w('ind')}")
        if indent is not None:
            for side in ("left", "start"):
                if (value := indent.get(w(side))) is not None:
                    return int(float(value))
    return 0


def list_level(styles: Element, numbering: Element, style: str) -> Level | None:
    """Return the list level that a paragraph style prints, None when it has no number."""
    found = _definition(styles, numbering, style)
    if found is None:
        return None
    for level in found.iterfind(w("lvl")):
        if _value(level, "pStyle") == style:
            place, name = int(level.get(w("ilvl"), 0)), found.get(w("abstractNumId"), "")
            return Level(name, place, _value(level, "numFmt", "decimal"), _value(level, "lvlText"))
    return None


def _definition(styles: Element, numbering: Element, style: str, *, linked: bool = False) -> Element | None:
    """Find the definition of the list that a style prints; a list may itself be a style, and then links to it."""
    num = str(list_number(styles, style))
    name = next((_value(n, "abstractNumId") for n in numbering.iterfind(w("num")) if n.get(w("numId")) == num), "")
    for node in numbering.iterfind(w("abstractNum")):
        if node.get(w("abstractNumId")) == name:
            link = _value(node, "numStyleLink")
            return _definition(styles, numbering, link, linked=True) if link and not linked else node
    return None


def list_number(styles: Element, style: str) -> int:
    """Return the number of the list that a paragraph style prints, 0 where it has none."""
    found = next(filter(None, (_value(node, "pPr/numPr/numId") for node in chain(styles, style))), "")
    return int(found) if found.isdecimal() else 0


def next_num(numbering: Element) -> int:
    """Return the first number that no list of the file has."""
    return max((int(node.get(w("numId"), 0)) for node in numbering.iterfind(w("num"))), default=0) + 1


def add_restarts(numbering: Element, levels: Iterable[Level]) -> None:
    """Add one list a level that starts that level at 1 again; they are numbered from `next_num`."""
    place = max((i for i, node in enumerate(numbering) if node.tag in (w("num"), w("abstractNum"))), default=-1)
    for offset, (num, level) in enumerate(zip(range(next_num(numbering), 1 << 31), levels, strict=False), 1):
        start = element("lvlOverride", element("startOverride", val=1), ilvl=level.level)
        numbering.insert(place + offset, element("num", element("abstractNumId", val=level.list), start, numId=num))


def text_width(root: Element) -> int:
    """Return the width between the margins of the last section of a document, in twentieths of a point."""
    size, margins = (root.find(f".//{w('body')}/{w('sectPr')}/{w(name)}") for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return 9360
    return int(size.get(w("w"), 12240)) - sum(int(margins.get(w(side), 1440)) for side in ("left", "right"))
