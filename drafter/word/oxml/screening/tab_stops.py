"""Finds tab stops beyond the width of the text, at which a page number or the end of a header would be lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening.stories import Stories, number, words

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ROOM = 20  # twentieths of a point by which a stop may be beyond the text: sizes in millimetres are rounded


@dataclass(frozen=True, slots=True)
class Beyond:
    """A tab stop beyond the text: of what, its place, and the width of the text, in twentieths of a point."""

    of: str
    stop: float
    width: float


def beyond(parts: Package, found: Stories, lists: Mapping[str, Iterable[str]]) -> Iterator[Beyond]:
    """Find tab stops that are used and are beyond the text of their page.

    `lists` are the ids of styles by the field, as "contents", in whose place their paragraphs are written.
    """
    chains = _Chains(found.styles[:1])
    roots = {story.name: story.root for story in found.stories}
    main = package.main(parts)
    files = {key: name for key, _, name in package.targets(parts, main)}
    own: dict[tuple[str, str], str] = {}
    for section, content in _sections(roots[main].find(w("body"))):
        width = _width(section)
        for node in (node for top in content for node in _paragraphs(top)):
            for style in _written(words(node), lists):
                yield from _wrong(f"the style '{chains.name(style)}'", chains.of_style(style), width)
            yield from _wrong("a paragraph of the body", chains.of(node)[: _tabs(node)], width)
        for kind in ("header", "footer"):
            for reference in section.iterfind(w(f"{kind}Reference")):
                own[kind, reference.get(w("type"), "default")] = files.get(reference.get(_ID, ""), "")
        for (kind, _), name in own.items():
            for node in _paragraphs(roots[name]) if name in roots else ():
                yield from _wrong(f"a {kind}", chains.of(node)[: _tabs(node)], width)


def _wrong(of: str, stops: Iterable[float], width: float) -> Iterator[Beyond]:
    """Yield the first stop that is beyond the text."""
    yield from [Beyond(of, stop, width) for stop in stops if stop > width + ROOM][:1]


def _written(text: str, lists: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield the ids of the styles of what is written in the place of a paragraph's fields."""
    for field, ids in lists.items():
        if re.search(rf"{{{{-?\s*{field}\s*-?}}}}", text):
            yield from ids


def _sections(body: Element | None) -> Iterator[tuple[Element, list[Element]]]:
    """Yield each section's properties, with what is in it."""
    content: list[Element] = []
    for node in () if body is None else body:
        content.append(node)
        section = node if node.tag == w("sectPr") else node.find(f"{w('pPr')}/{w('sectPr')}")
        if section is not None:
            yield section, content
            content = []


def _paragraphs(node: Element) -> Iterator[Element]:
    """Yield the paragraphs that are as wide as the page's text: those in no table, text box or frame."""
    apart = frozenset(map(w, ("tc", "txbxContent")))
    for paragraph in node.iter(w("p")):
        if not any(above.tag in apart for above in paragraph.iterancestors()):
            yield paragraph


def _tabs(paragraph: Element) -> int:
    return sum(1 for run in paragraph.iter(w("r")) for _ in run.iterfind(w("tab")))


def _width(section: Element) -> float:
    size, margins, columns = (section.find(w(name)) for name in ("pgSz", "pgMar", "cols"))
    sides = [number(margins, side) for side in ("left", "right", "gutter")]
    left, right, gutter = (side if side is not None else (0 if at == 2 else 1440) for at, side in enumerate(sides))  # noqa: PLR2004
    width = (number(size, "w") or 12240) - left - right - gutter
    count = number(columns, "num") or 1
    return (width - (count - 1) * (number(columns, "space") or 720)) / count


class _Chains:
    """The styles of a file, by which the tab stops of a paragraph are found."""

    def __init__(self, styles: Iterable[Element]) -> None:
        """Keep the styles by their ids."""
        self.styles = {node.get(w("styleId"), ""): node for root in styles for node in root.iter(w("style"))}
        self.default = next((key for key, node in self.styles.items() if _is_default(node)), "")

    def name(self, style: str) -> str:
        """Return a style's name."""
        node = self.styles[style].find(w("name"))
        return style if node is None else node.get(w("val"), style)

    def of(self, paragraph: Element) -> list[float]:
        """Return the tab stops of a paragraph, in order."""
        node = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        style = self.default if node is None else node.get(w("val"), "")
        return _stops([*self._chain(style), paragraph])

    def of_style(self, style: str) -> list[float]:
        """Return the tab stops of a style, in order."""
        return _stops(self._chain(style))

    def _chain(self, style: str) -> list[Element]:
        found: list[Element] = []
        while style in self.styles and self.styles[style] not in found:
            found.append(self.styles[style])
            above = found[-1].find(w("basedOn"))
            style = "" if above is None else above.get(w("val"), "")
        return found[::-1]


def _is_default(style: Element) -> bool:
    return style.get(w("default")) in {"1", "true", "on"} and style.get(w("type")) == "paragraph"


def _stops(nodes: Iterable[Element]) -> list[float]:
    """Return the stops that styles and a paragraph set, each of which may clear those before it."""
    stops: set[float] = set()
    for node in nodes:
        for tab in node.iterfind(f"{w('pPr')}/{w('tabs')}/{w('tab')}"):
            place = number(tab, "pos")
            if place is not None and tab.get(w("val")) == "clear":
                stops.discard(place)
            elif place is not None and tab.get(w("val")) != "bar":
                stops.add(place)
    return sorted(stops)
