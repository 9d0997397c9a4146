"""Builders and readers of WordprocessingML: paragraphs, runs, bookmarks, fields, tables, lists.

The only file with element names. It knows XML and no contract. Children are built in the order of the
schema (ECMA-376 part 1, 17.3.1.26, 17.3.2.28), because Word calls a file damaged when they are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache

from lxml import etree

Element = etree._Element  # noqa: SLF001  # lxml has no public name for it

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@cache
def w(name: str) -> str:
    """Return a name of the main namespace in full."""
    return f"{{{W}}}{name}"


def element(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """Build an element of the main namespace with attributes of it, in the order given."""
    made = copy(_model(name, tuple(attributes.items())))
    made.extend(children)
    return made


@lru_cache(maxsize=4096)
def _model(name: str, attributes: tuple[tuple[str, str | int], ...]) -> Element:
    """Build an element to copy: lxml copies one many times as fast as it builds one."""
    made = etree.Element(w(name), nsmap={"w": W})
    for key, value in attributes:
        made.set(w(key), str(value))
    return made


# -- runs ---------------------------------------------------------------------------------------

_PIECES = re.compile(r"(\r\n|[\r\n\t])")


def run(text: str, base: Element | None = None, style: str = "") -> Element:
    """Build a run: newlines become line breaks, tabs tabs. It takes the properties `base`, and the character style."""
    if base is None and not style and text and not _PIECES.search(text):
        made = copy(_PLAIN)
        made[0].text = text
        return made
    return _run(base, style, *_text(text))


def _text(text: str) -> Iterator[Element]:
    for piece in filter(None, _PIECES.split(text)):
        if piece == "\t":
            yield element("tab")
        elif _PIECES.fullmatch(piece):
            yield element("br")
        else:
            made = copy(_WORDS)
            made.text = piece
            yield made


def _run(base: Element | None, style: str, *content: Element) -> Element:
    properties = _run_properties(base, style)
    return element("r", *([] if properties is None else [properties]), *content)


_WORDS = element("t")
_WORDS.set(_SPACE, "preserve")
_PLAIN = element("r", copy(_WORDS))


def _run_properties(base: Element | None, style: str) -> Element | None:
    made = None if base is None else deepcopy(base)
    if not style:
        return made
    if made is None:
        made = element("rPr")
    for old in made.findall(w("rStyle")):
        made.remove(old)
    made.insert(0, element("rStyle", val=style))
    return made


def field(instruction: str, result: Sequence[Element], base: Element | None = None) -> list[Element]:
    """Build a complex field: the instruction, and the runs that show its cached result."""
    code = element("instrText")
    code.text = f" {instruction} "
    code.set(_SPACE, "preserve")
    return [
        _run(base, "", element("fldChar", fldCharType="begin")),
        _run(base, "", code),
        _run(base, "", element("fldChar", fldCharType="separate")),
        *result,
        _run(base, "", element("fldChar", fldCharType="end")),
    ]


def field_opening(instruction: str) -> list[Element]:
    """Build the runs before the result of a field that spans paragraphs."""
    return field(instruction, [])[:3]


def field_closing() -> list[Element]:
    """Build the run after the result of a field that spans paragraphs."""
    return field("", [])[3:]


def hyperlink(anchor: str, runs: Iterable[Element]) -> Element:
    """Build a link to a bookmark of the same file."""
    return element("hyperlink", *runs, anchor=anchor, history=1)


# -- paragraphs and bookmarks -------------------------------------------------------------------


def paragraph(
    style: str, content: Iterable[Element], *, keep_next: bool = False, num: int | None = None, level: int = 0
) -> Element:
    """Build a paragraph. `num` takes it out of its style's list into another one (0: into none)."""
    made = copy(_empty_paragraph(style, keep_next, num, level))
    made.extend(content)
    return made


@lru_cache(maxsize=4096)
def _empty_paragraph(style: str, keep_next: bool, num: int | None, level: int) -> Element:  # noqa: FBT001
    properties = [element("pStyle", val=style)]
    if keep_next:
        properties.append(element("keepNext"))
    if num is not None:
        properties.append(element("numPr", element("ilvl", val=level), element("numId", val=num)))
    return element("p", element("pPr", *properties))


def bookmark(name: str, content: Iterable[Element]) -> list[Element]:
    """Wrap runs or blocks in a bookmark. Its id is its name until `number_bookmarks` has gone over the whole."""
    start, end = element("bookmarkStart"), element("bookmarkEnd")
    for key in ("id", "name"):  # set on the copy: a model of each name would be built for nothing
        start.set(w(key), name)
    end.set(w("id"), name)
    return [start, *content, end]


def number_bookmarks(root: Element, first: int = 1) -> int:
    """Give every bookmark a number of its own, from `first` on, and drop those whose name was seen before.

    Return the number after the last.
    """
    numbers: dict[str, int] = {}
    names: set[str] = set()
    for mark in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        key = mark.get(w("id"), "")
        name = mark.get(w("name"))
        if name is not None and name not in names:
            names.add(name)
            numbers[key] = first + len(names) - 1
        elif name is not None or key not in numbers:
            _drop(mark)
            continue
        mark.set(w("id"), str(numbers[key] if name is not None else numbers.pop(key)))
    return first + len(names)


def _drop(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


# -- tables -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a table stands: its style, its indent and its columns' widths, in twentieths of a point."""

    style: str
    indent: int
    widths: tuple[int, ...]


def table(frame: Frame, header: Iterable[Element], rows: Iterable[Iterable[Element]]) -> Element:
    """Build a table of one paragraph a cell. The header repeats on each page, and no row breaks across pages."""
    properties = element(
        "tblPr",
        element("tblStyle", val=frame.style),
        element("tblW", w=sum(frame.widths), type="dxa"),
        element("tblInd", w=frame.indent, type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in frame.widths))
    head = _row(frame, header, element("cantSplit"), element("tblHeader"))
    return element("tbl", properties, grid, head, *(_row(frame, row, element("cantSplit")) for row in rows))


def _row(frame: Frame, cells: Iterable[Element], *properties: Element) -> Element:
    made = (
        element("tc", element("tcPr", element("tcW", w=width, type="dxa")), cell)
        for width, cell in zip(frame.widths, cells, strict=True)
    )
    return element("tr", element("trPr", *properties), *made)


def rows(table: Element) -> list[Element]:
    """Return a table's rows."""
    return table.findall(w("tr"))


def text_width(root: Element) -> int:
    """Return the width between the margins of the last section of a document, in twentieths of a point."""
    size, margins = (root.find(f".//{w('body')}/{w('sectPr')}/{w(name)}") for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return 9360
    return int(size.get(w("w"), 12240)) - sum(int(margins.get(w(side), 1440)) for side in ("left", "right"))


# -- filling a rendered template ----------------------------------------------------------------


Inlines = Callable[[int, Element | None], list[Element]]
Blocks = Callable[[int], Sequence[Element] | None]


def fill(root: Element, token: re.Pattern[str], inline: Inlines, block: Blocks) -> None:
    """Replace the tokens in a tree; a token's one group is its number.

    A paragraph that is one token and that `block` knows is replaced by blocks; any other token by runs, which
    take the properties of the run it stood in.
    """
    for node in list(root.iter(w("p"))):
        alone = token.fullmatch("".join(t.text or "" for t in node.iter(w("t"))).strip())
        blocks = block(int(alone.group(1))) if alone else None
        if blocks is not None:
            _replace_paragraph(node, blocks)
            continue
        for old in [r for r in node.iter(w("r")) if any(token.search(t.text or "") for t in r.iterfind(w("t")))]:
            for new in _split(old, token, inline):
                old.addprevious(new)
            _drop(old)


def _split(old: Element, token: re.Pattern[str], inline: Inlines) -> Iterator[Element]:
    base = old.find(w("rPr"))
    for child in list(old):
        if child.tag != w("t"):
            if child is not base:
                yield _run(base, "", child)
            continue
        for place, piece in enumerate(token.split(child.text or "")):
            if place % 2:
                yield from inline(int(piece), base)
            elif piece:
                yield run(piece, base)


def _replace_paragraph(old: Element, blocks: Sequence[Element]) -> None:
    """Put blocks in a paragraph's place. One that ends a page section or is alone in its cell stays, empty."""
    for new in blocks:
        old.addprevious(new)
    following = old.getnext()
    ends = following is None or following.tag == w("sectPr")
    preceding = old.getprevious()
    needed = ends and (preceding is None or preceding.tag in (w("tbl"), w("tcPr")))
    if needed or old.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        for child in [c for c in old if c.tag != w("pPr")]:
            old.remove(child)
    else:
        _drop(old)


def token_numbers(root: Element, token: re.Pattern[str], mark: str) -> Iterator[tuple[int, bool]]:
    """Give the number of each token in a tree's text, and whether it is alone in its paragraph.

    -1 stands for a `mark` that is elsewhere: in an attribute, or cut off its token.
    """
    whole = 0
    for node in root.iter(w("p")):
        texts = [t.text or "" for t in node.iter(w("t"))]
        numbers = [int(found) for text in texts for found in token.findall(text)]
        whole += len(numbers)
        yield from ((number, token.fullmatch("".join(texts).strip()) is not None) for number in numbers)
    values = (str(value) for node in root.iter() for value in node.attrib.values())
    every = sum(text.count(mark) for text in (*map(str, root.itertext()), *values))
    yield from ((-1, False) for _ in range(every - whole))


# -- styles and lists ---------------------------------------------------------------------------


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


def _value(node: Element, path: str, otherwise: str = "") -> str:
    found = node.find("/".join(map(w, path.split("/"))))
    return otherwise if found is None else found.get(w("val"), otherwise)


def _style_chain(styles: Element, style: str) -> Iterator[Element]:
    nodes = {node.get(w("styleId")): node for node in styles.iter(w("style"))}
    while style in nodes:
        node = nodes.pop(style)
        yield node
        style = _value(node, "basedOn")


def left_indent(styles: Element, style: str) -> int:
    """Return a paragraph style's left indent in twentieths of a point."""
    for node in _style_chain(styles, style):
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
    num = next(filter(None, (_value(node, "pPr/numPr/numId") for node in _style_chain(styles, style))), "")
    name = next((_value(n, "abstractNumId") for n in numbering.iterfind(w("num")) if n.get(w("numId")) == num), "")
    for node in numbering.iterfind(w("abstractNum")):
        if node.get(w("abstractNumId")) == name:
            link = _value(node, "numStyleLink")
            return _definition(styles, numbering, link, linked=True) if link and not linked else node
    return None


def next_num(numbering: Element) -> int:
    """Return the first number that no list of the file has."""
    return max((int(node.get(w("numId"), 0)) for node in numbering.iterfind(w("num"))), default=0) + 1


def add_restarts(numbering: Element, levels: Iterable[Level]) -> None:
    """Add one list a level that starts that level at 1 again; they are numbered from `next_num`."""
    place = max((i for i, node in enumerate(numbering) if node.tag in (w("num"), w("abstractNum"))), default=-1)
    for offset, (num, level) in enumerate(zip(range(next_num(numbering), 1 << 31), levels, strict=False), 1):
        start = element("lvlOverride", element("startOverride", val=1), ilvl=level.level)
        numbering.insert(place + offset, element("num", element("abstractNumId", val=level.list), start, numId=num))


# -- traces of people and machines --------------------------------------------------------------

_TRACES = (
    "attachedTemplate rsids rsid docVars mailMerge printerSettings commentRangeStart commentRangeEnd commentReference"
)


def strip_traces(root: Element) -> None:
    """Remove what Word notes about editing sessions, printers, comments and the template's own place."""
    for node in list(root.iter(*map(w, _TRACES.split()))):
        _drop(node)
    for node in root.iter(etree.Element):
        for name in [name for name in node.attrib if str(name).startswith(f"{{{W}}}rsid")]:
            del node.attrib[name]


def authors(root: Element) -> tuple[str, ...]:
    """Return who made the tracked changes in a tree."""
    return tuple(sorted({str(node.get(w("author"))) for node in root.iter() if node.get(w("author"))}))
