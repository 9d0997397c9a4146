"""Finds tab stops beyond the width of the text, at which a page number or the end of a header would be lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from drafter.values import dataclass
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening.looks import Looks
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
    looks = Looks(found.styles[:1])

    def stops(node: Element) -> list[float]:
        return _stops([*_of_style(looks, looks.paragraph_style(node)), node])[: _tabs(node)]

    roots = {story.name: story.root for story in found.stories}
    main = package.main(parts)
    files = {key: name for key, _, name in package.targets(parts, main)}
    own: dict[tuple[str, str], str] = {}
    for section, content in _sections(roots[main].find(w("body"))):
        width = _width(section)
        for node in (node for top in content for node in _paragraphs(top)):
            for style in _written(words(node), lists):
                yield from _wrong(f"the style '{looks.name(style)}'", _stops(_of_style(looks, style)), width)
            yield from _wrong("a paragraph of the body", stops(node), width)
        for kind in ("header", "footer"):
            for reference in section.iterfind(w(f"{kind}Reference")):
                own[kind, reference.get(w("type"), "default")] = files.get(reference.get(_ID, ""), "")
        for (kind, _), name in own.items():
            for node in _paragraphs(roots[name]) if name in roots else ():
                yield from _wrong(f"a {kind}", stops(node), width)


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


def _of_style(looks: Looks, style: str) -> list[Element]:
    """Return a style and those that it is based on, each after what it is based on."""
    return looks.chain(style)[::-1]


def _stops(nodes: Iterable[Element]) -> list[float]:
    """Return in order the stops that styles and a paragraph set, each of which may clear those before it."""
    stops: set[float] = set()
    for node in nodes:
        for tab in node.iterfind(f"{w('pPr')}/{w('tabs')}/{w('tab')}"):
            place = number(tab, "pos")
            if place is not None and tab.get(w("val")) == "clear":
                stops.discard(place)
            elif place is not None and tab.get(w("val")) != "bar":
                stops.add(place)
    return sorted(stops)
