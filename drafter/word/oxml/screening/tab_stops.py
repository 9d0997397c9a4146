"""Finds tab stops beyond the width of the text, at which a page number or the end of a header would be lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from heapq import merge
from itertools import islice

from drafter.values import dataclass
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening.looks import Looks
from drafter.word.oxml.screening.stories import Stories, number, words

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST = 100  # stops of a style or a paragraph that are looked at; Word's own limit is 64
Changes = tuple[set[float], list[float]]  # the stops that are cleared, and those that are set
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
    changes = cache(_changes)
    of_style = cache(lambda style: _stops(changes(each.node) for each in looks.chain(style)[::-1]))

    def stops(node: Element) -> list[float]:
        """Return the stops that a paragraph uses: as many as it has tabs."""
        cleared, own = _changes(node)
        return list(islice(_kept(of_style(looks.paragraph_style(node)), cleared, own), _tabs(node)))

    @cache
    def of_part(name: str) -> list[list[float]]:
        """Return the stops that each paragraph of a header or footer uses."""
        return [used for node in _paragraphs(roots[name]) if (used := stops(node))] if name in roots else []

    roots = {story.name: story.root for story in found.stories}
    main = package.main(parts)
    files = {key: name for key, _, name in package.targets(parts, main)}
    own: dict[tuple[str, str], str] = {}
    seen: set[tuple[str, float]] = set()
    for section, content in _sections(roots[main].find(w("body"))):
        width = _width(section)
        for node in (node for top in content for node in _paragraphs(top)):
            for style in _written(words(node), lists):
                yield from _wrong(f"the style '{looks.name(style)}'", of_style(style), width)
            yield from _wrong("a paragraph of the body", stops(node), width)
        for kind in ("header", "footer"):
            for reference in section.iterfind(w(f"{kind}Reference")):
                own[kind, reference.get(w("type"), "default")] = files.get(reference.get(_ID, ""), "")
        for (kind, _), name in own.items():
            for used in of_part(name) if (name, width) not in seen else ():
                yield from _wrong(f"a {kind}", used, width)
            seen.add((name, width))


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


def _stops(changes: Iterable[Changes]) -> list[float]:
    """Return in order the stops that styles set, each of which may clear those before it."""
    stops: list[float] = []
    for cleared, own in changes:
        stops = list(islice(_kept(stops, cleared, own), MOST))
    return stops


def _changes(node: Element) -> Changes:
    """Return the stops that a style or a paragraph clears, and those that it sets, in order."""
    cleared: set[float] = set()
    own: set[float] = set()
    for tab in node.iterfind(f"{w('pPr')}/{w('tabs')}/{w('tab')}"):
        place = number(tab, "pos")
        if place is not None and tab.get(w("val")) == "clear":
            own.discard(place)
            cleared.add(place)
        elif place is not None and tab.get(w("val")) != "bar":
            own.add(place)
    return cleared, sorted(own)[:MOST]


def _kept(stops: Iterable[float], cleared: Collection[float], own: Iterable[float]) -> Iterator[float]:
    """Yield in order the stops of a style that a paragraph doesn't clear, and its own."""
    last = None
    for stop in merge((stop for stop in stops if stop not in cleared), own):
        if stop != last:
            yield stop
        last = stop
