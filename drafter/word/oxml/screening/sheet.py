"""Reads a style once into what its looks depend on, so that a long one costs no more at each word that has it.

One rule: of each property the first one counts, since a style may have it once; what a file repeats is not looked at
again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from drafter.values import dataclass
from drafter.word.oxml.elements import Element, is_on, w
from drafter.word.oxml.roots import URIS

HIDING = (w("vanish"), w("specVanish"))
STRIKING = (w("strike"), w("dstrike"))
_NAMES = "sz szCs rtl cs w fitText position spacing color highlight shd rFonts bidi ind framePr"
_ASKED = frozenset((*HIDING, *STRIKING, *map(w, _NAMES.split()), f"{{{URIS['w14']}}}textFill"))
_SETS = tuple(map(w, ("rPr", "pPr", "tcPr", "tblPr")))
Sets = Mapping[str, Element]  # properties by the kind of their element, as "rPr"


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its properties, those for parts of a table by the part, as "firstRow", and whether any set hides.

    `base` is the id of the style that it is based on; `hides` are the marks that hide words in any of its sets, and
    `hides_rows` says that it hides rows of a table.
    """

    node: Element
    base: str
    sets: Sets
    parts: Mapping[str, Sets]
    hides: frozenset[str]
    hides_rows: bool


def read(node: Element) -> Style:
    """Read a style's element."""
    base = node.find(w("basedOn"))
    parts: dict[str, list[Element]] = {}
    for part in node.iterfind(w("tblStylePr")):
        parts.setdefault(part.get(w("type"), ""), []).append(part)
    return Style(
        node=node,
        base="" if base is None else base.get(w("val"), ""),
        sets=_sets([node]),
        parts={kind: _sets(found) for kind, found in parts.items()},
        hides=frozenset(mark for mark in HIDING if any(map(is_on, _first_of_each(node, "rPr", mark)))),
        hides_rows=any(is_on(mark) for row in node.iter(w("trPr")) for mark in row.iterfind(w("hidden"))),
    )


def short(found: Iterable[Element]) -> list[Element]:
    """Return one element with what looks depend on of several sets of properties, the nearest first; none for none."""
    first: dict[str, Element] = {}
    kind = ""
    for each in found:
        kind = kind or str(each.tag)
        for child in each:
            if child.tag in _ASKED:
                first.setdefault(str(child.tag), child)
    if not kind:
        return []
    made = etree.Element(kind)
    made.extend(_copied(child) for child in first.values())
    return [made]


def _copied(node: Element) -> Element:
    made = etree.Element(node.tag)
    made.attrib.update(node.attrib)
    made.extend(_copied(child) for child in node)  # the fill of an effect; nothing deeper than a part may be
    return made


def _sets(nodes: Iterable[Element]) -> Sets:
    children: dict[str, list[Element]] = {}
    for child in (child for node in nodes for child in node):
        if child.tag in _SETS:
            children.setdefault(str(child.tag), []).append(child)
    return {tag.rpartition("}")[2]: short(found)[0] for tag, found in children.items()}


def _first_of_each(node: Element, name: str, mark: str) -> list[Element]:
    found = (each.find(mark) for each in node.iter(w(name)))
    return [each for each in found if each is not None]
