"""Finds text of a template that a reader does not see: hidden, without color, without size, or off the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from drafter.base.problems import short
from drafter.values import dataclass
from drafter.word.oxml.elements import Element, is_on, w
from drafter.word.oxml.roots import URIS
from drafter.word.oxml.screening import cells, looks
from drafter.word.oxml.screening.looks import Looks
from drafter.word.oxml.screening.stories import AROUND, RUNS, TEXT, Story, is_tag, number, paragraphs, words

MOVED = 4  # of a word's own height: further above or below its line, it is among other words or off the page
SMALLEST = 8  # half points; smaller words can't be read
NARROWEST = 20  # percent of a letter's width
LEAST = 40  # twentieths of a point: lines, rows and boxes below this show no word
_EMU = 635  # in a twentieth of a point
_WP, _MC = (f"{{{URIS[prefix]}}}" for prefix in ("wp", "mc"))
_HIDING = tuple(map(w, ("vanish", "specVanish", "webHidden")))
_LENGTH = re.compile(r"(-?[\d.]+)\s*(pt|in|cm|mm|px|pc)?")
_POINTS = {"pt": 1, "in": 72, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12, None: 0.75}


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text that is not seen: what is wrong, in words that begin with its place, and what to do about it."""

    what: str
    instead: str


def in_styles(styles: Iterable[Element], numbering: Iterable[Element]) -> Iterator[Hidden]:
    """Find styles, the defaults of all styles, and levels of lists that hide text, whether or not they are used."""
    for root in (*styles, *numbering):
        for node in _hiding(root):
            yield Hidden(f"{_owner(node)} hides text", "in Word: Modify Style, Format, Font, clear Hidden")


def _owner(node: Element) -> str:
    for above in node.iterancestors(w("style"), w("lvl"), w("docDefaults")):
        if above.tag == w("style"):
            name = above.find(w("name"))
            return f"the style '{above.get(w('styleId'), '') if name is None else name.get(w('val'), '')}'"
        if above.tag == w("lvl"):
            return f"level {int(number(above, 'ilvl') or 0) + 1} of a list"
        return "the defaults of all styles"
    return "a style"


def _hiding(root: Element) -> Iterator[Element]:
    return (node for node in root.iter(*_HIDING) if is_on(node))


def in_style(found: Looks, style: str, name: str) -> Iterator[Hidden]:
    """Find a style in which the words of a document would not be seen."""
    properties = found.of_style(style)
    layout = found.layout(style)
    in_table = name.startswith("Table ")  # whose shading is that of the table's style
    lost = not in_table and found.alike(properties, found.shades((*properties, *layout)))
    for why in reasons(properties, layout, lost=lost):
        yield Hidden(f"the style '{name}' has words {why}", _SEEN)


def in_table(found: Looks, table: str, cell: str, name: str) -> Iterator[Hidden]:
    """Find a style of cells whose words would not be seen in a table of a style, in its first row or any other."""
    for way in (("firstRow",), ("band1Horz",), ("band2Horz",)):
        properties, behind = found.of_cell(table, cell, way)
        for why in reasons(properties, [], lost=found.alike(properties, behind)):
            yield Hidden(f"the style '{name}' has words {why}", _SEEN)


def in_story(story: Story, found: Looks, page: tuple[float, float]) -> Iterator[Hidden]:
    """Find words of a part that are not seen; `page` is the width and height of the largest page, in twentieths."""
    for paragraph, runs in paragraphs(story):
        if any(node.tag in _HIDING and is_on(node) for node in paragraph.iterfind(f"{w('pPr')}/{w('rPr')}/*")):
            yield Hidden(f"{story.where} has a paragraph whose end is hidden: '{_of([paragraph])}'", _SHOW)
        hidden = [run for run in paragraph.iter(*RUNS) if _own(run, paragraph) and _is_hidden(run, paragraph)]
        if hidden:
            yield Hidden(f"{story.where} has hidden text: '{_of(hidden)}'", _SHOW)
        if not is_tag(paragraph):
            yield from _unseen(story, found, page, paragraph, runs)
    for choice in story.root.iter(f"{_MC}AlternateContent"):
        said = [words(node) for node in choice]
        if len(set(said)) > 1:
            what = f"{story.where} has other words for other programs: '{short(said[0])}' and '{short(said[-1])}'"
            yield Hidden(what, "draw the text box again in Word, with one text")


def covering(story: Story) -> Iterator[Hidden]:
    """Find pictures and drawings without words that lie in front of the text of a part, which they may cover."""
    for anchor in story.root.iter(f"{_WP}anchor"):
        front = anchor.get("behindDoc", "0") in {"0", "false", "off"} and anchor.find(f"{_WP}wrapNone") is not None
        if front and not words(anchor) and not _is_line(anchor):
            yield Hidden(f"{story.where} has {_COVER}", _BEHIND)
    for shape in story.root.iter(
        *(f"{{{URIS['v']}}}{name}" for name in ("shape", "rect", "oval", "roundrect", "image"))
    ):
        said = _said(shape.get("style", ""))
        wrapped = any(str(node.tag).endswith("}wrap") and node.get("type", "none") != "none" for node in shape)
        front = said.get("position") == "absolute" and not said.get("z-index", "0").startswith("-")
        if front and not wrapped and not words(shape):
            yield Hidden(f"{story.where} has {_COVER}", _BEHIND)


_COVER = "a picture or a drawing in front of the text, which may cover words"
_BEHIND = "in Word: Picture Format, Wrap Text, In Line with Text, Square or Behind Text"


def _is_line(anchor: Element) -> bool:
    extent = anchor.find(f"{_WP}extent")
    return extent is not None and any(_twentieths(extent.get(side)) < LEAST for side in ("cx", "cy"))


def _own(run: Element, paragraph: Element) -> bool:
    return next(run.iterancestors(w("p")), None) is paragraph


def _is_hidden(run: Element, paragraph: Element) -> bool:
    """Say whether a run is hidden; an entry of a table of contents may be hidden in a browser, and only there."""
    properties = run.find(w("rPr"))
    marks = [] if properties is None else [node.tag for node in properties if node.tag in _HIDING and is_on(node)]
    if looks.is_phantom(run):
        return True
    if marks != [w("webHidden")] or run.find(w("t")) is None:
        return bool(marks) and marks != [w("webHidden")]
    linked = any(above.get(w("anchor")) for above in run.iterancestors(w("hyperlink")))
    return not linked and not _counts_pages(paragraph)


@lru_cache(maxsize=AROUND)
def _counts_pages(paragraph: Element) -> bool:
    return any("PAGEREF" in (code.text or "") for code in paragraph.iter(w("instrText")))


_SHOW = "in Word: show it with ¶, select it, and in Home, Font clear Hidden; or delete it"
_SEEN = "give them a size, a color and a place in which they are read, or delete them"


def _unseen(
    story: Story, found: Looks, page: tuple[float, float], paragraph: Element, runs: list[Element]
) -> Iterator[Hidden]:
    layout = found.of_paragraph(paragraph)
    unseen_by: dict[str, dict[Element, None]] = {}
    for run, way in ((run, way) for way in found.ways(paragraph) for run in runs) if runs else ():
        properties = found.of_run(run, paragraph, way)
        lost = found.is_lost(run, paragraph, way)
        for why in (*reasons(properties, layout, lost=lost), *_above(run)):
            unseen_by.setdefault(why, {})[run] = None
    if runs and (why := next(_displaced(paragraph, layout, page), "")):
        unseen_by[why] = dict.fromkeys(runs)
    for why, unseen in unseen_by.items():
        yield Hidden(f"{story.where} has words {why}: '{_of(unseen)}'", _SEEN)


def reasons(properties: list[Element], layout: list[Element], *, lost: bool) -> Iterator[str]:
    """Yield why words are not seen by the properties of their run and paragraph; `lost` says that by their colour."""
    size = looks.first(properties, "szCs" if any(looks.has(properties, mark) for mark in ("rtl", "cs")) else "sz")
    if size is not None and size < SMALLEST:
        yield f"too small to be read ({size / 2:g} points)"
    wide = looks.first(properties, "w")
    if wide is not None and 0 < wide < NARROWEST:
        yield "too narrow to be read"
    if 0 < (looks.first(properties, "fitText") or 0) < LEAST:
        yield "too narrow to be read"
    if abs(looks.first(properties, "position") or 0) > MOVED * max(size or 0, 20):
        yield "far above or below their line"
    close = looks.first(properties, "spacing")
    if close is not None and close < -8 * (size or 20):  # of a letter's height, four fifths
        yield "printed over each other"
    if lost or looks.is_faded(properties):
        yield "in the color of what is behind them"
    for node in layout:
        if (spacing := node.find(w("spacing"))) is not None and (line := number(spacing, "line")) is not None:
            if spacing.get(w("lineRule")) == "exact" and line < LEAST:
                yield "in lines without a height"
            break


def _above(run: Element) -> Iterator[str]:
    """Yield why words above others, as a reading in small letters, are not seen."""
    for ruby in run.iterancestors(w("ruby")) if next(run.iterancestors(w("rt")), None) is not None else ():
        size = _of_ruby(ruby)
        if size is not None and size < SMALLEST:
            yield f"too small to be read ({size / 2:g} points)"


@lru_cache(maxsize=AROUND)
def _of_ruby(ruby: Element) -> float | None:
    return number(ruby.find(f"{w('rubyPr')}/{w('hps')}"), "val")


# -- places -------------------------------------------------------------------------------------


def _displaced(paragraph: Element, layout: list[Element], page: tuple[float, float]) -> Iterator[str]:
    """Yield why the place of a paragraph hides it: its indent, its frame, its row, its table, its text box."""
    for node in layout:
        indent = node.find(w("ind"))
        if any(abs(number(indent, side) or 0) >= page[0] for side in ("left", "start", "right", "end", "firstLine")):
            yield "off the page"
        if (frame := node.find(w("framePr"))) is not None:
            if _is_away(number(frame, "x"), number(frame, "y"), page):
                yield "in a frame off the page"
            if frame.get(w("hRule")) == "exact" and (number(frame, "h") or LEAST) < LEAST:
                yield "in a frame without a size"
    for above in paragraph.iterancestors():
        yield from _of_place(above, page)


@lru_cache(maxsize=AROUND)
def _of_place(above: Element, page: tuple[float, float]) -> tuple[str, ...]:
    """Return why what is in an element isn't seen."""
    if above.tag == w("tr"):
        return tuple(_of_row(above))
    if above.tag == w("tc"):
        narrow = any(0 < width < LEAST for width in _widths(above))
        return ("in a column of a table without a width",) if narrow else ()
    if above.tag == w("tbl"):
        place, indent = (above.find(f"{w('tblPr')}/{w(name)}") for name in ("tblpPr", "tblInd"))
        away = _is_away(number(place, "tblpX"), number(place, "tblpY"), page) or _is_away(
            number(indent, "w"), None, page
        )
        return ("in a table off the page",) if away else ()
    if above.tag in (f"{_WP}inline", f"{_WP}anchor"):
        return tuple(_of_box(above, page))
    old = str(above.tag).startswith(f"{{{URIS['v']}}}") and above.get("style")
    return tuple(_of_old_box(above.get("style", ""), page)) if old else ()


def _of_row(row: Element) -> Iterator[str]:
    if is_on(row.find(f"{w('trPr')}/{w('hidden')}")):
        yield "in a hidden row of a table"
    height = row.find(f"{w('trPr')}/{w('trHeight')}")
    if height is not None and height.get(w("hRule")) == "exact" and (number(height, "val") or 0) < LEAST:
        yield "in a row of a table without a height"


def _widths(cell: Element) -> Iterator[float]:
    """Yield the width that a cell says it has, and that of its columns, in twentieths of a point."""
    said = cell.find(f"{w('tcPr')}/{w('tcW')}")
    if said is not None and said.get(w("type"), "dxa") == "dxa":
        yield number(said, "w") or 0
    table, row = next(cell.iterancestors(w("tbl")), None), next(cell.iterancestors(w("tr")), None)
    if table is not None and row is not None:
        edges = cells.edges(table)
        start, end = (min(max(at, 0), len(edges) - 1) for at in cells.spans(row)[cell])
        yield edges[end] - edges[start]


def _of_box(box: Element, page: tuple[float, float]) -> Iterator[str]:
    shown = box.find(f"{_WP}docPr")
    if shown is not None and shown.get("hidden") in {"1", "true", "on"}:
        yield "in a hidden text box"
    extent = box.find(f"{_WP}extent")
    if extent is not None and any(_twentieths(extent.get(side)) < LEAST for side in ("cx", "cy")):
        yield "in a text box without a size"
    across, down = (box.findtext(f"{_WP}position{way}/{_WP}posOffset") for way in "HV")
    if _is_away(_twentieths(across), _twentieths(down), page):
        yield "in a text box off the page"


def _of_old_box(style: str, page: tuple[float, float]) -> Iterator[str]:
    said = _said(style)
    if said.get("visibility") == "hidden" or said.get("display") == "none":
        yield "in a hidden text box"
    lengths = {key: _length(value) for key, value in said.items()}
    if any(0 <= lengths[side] < LEAST for side in ("width", "height") if side in lengths):
        yield "in a text box without a size"
    across, down = (max((lengths.get(f"{m}{side}", 0) for m in ("margin-", "")), key=abs) for side in ("left", "top"))
    if _is_away(across, down, page):
        yield "in a text box off the page"


def _said(style: str) -> dict[str, str]:
    """Return what a style in Word's old markup says, by its names."""
    parts = (part.partition(":") for part in style.split(";"))
    return {key.strip().casefold(): value.strip() for key, _, value in parts}


def _is_away(across: float | None, down: float | None, page: tuple[float, float]) -> bool:
    """Say whether a place is beyond the page; half a page before it counts as well, since boxes begin in margins."""
    width, height = page
    return not -width / 2 < (across or 0) < width or not -height / 2 < (down or 0) < height


def _twentieths(emu: str | None) -> float:
    try:
        return float(emu or 0) / _EMU
    except ValueError:
        return 0


def _length(value: str) -> float:
    """Return a length of Word's old markup in twentieths of a point; what is no length, as a number beyond any."""
    found = _LENGTH.fullmatch(value)
    return float(found[1]) * _POINTS[found[2]] * 20 if found else LEAST


def _of(nodes: Iterable[Element]) -> str:
    return short(" ".join("".join(text.text or "" for node in nodes for text in node.iter(*TEXT)).split()))
