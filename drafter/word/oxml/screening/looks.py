"""Says how a run of words looks: by its own properties, its styles', its paragraph's and its table's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from drafter.word.oxml.elements import Element, is_on, w
from drafter.word.oxml.roots import URIS
from drafter.word.oxml.screening import cells, colours, sheet
from drafter.word.oxml.screening.cells import Way
from drafter.word.oxml.screening.colours import PAPER
from drafter.word.oxml.screening.sheet import Style
from drafter.word.oxml.screening.stories import AROUND, RUNS, number

_RPR = w("rPr")
_W14, _M = f"{{{URIS['w14']}}}", f"{{{URIS['m']}}}"


class Looks:
    """The styles of a file, by which the looks of words are found, with the colours of its theme and of its page."""

    def __init__(self, styles: Iterable[Element], theme: Mapping[str, str] | None = None, page: str = "") -> None:
        """Keep the styles by their ids; of two with one id, as in a glossary, the first. `page` is six digits."""
        self.sheets = tuple(styles)
        self._styles: dict[str, Style] = {}
        self._default: dict[str, str] = {}
        self._theme = colours.theme((), ()) if theme is None else theme
        self._page = page
        # What many words ask for is found once: to look through a long style, table or paragraph takes time.
        self._chains: dict[str, list[Style]] = {}
        self._sets: dict[tuple[str, str], list[Element]] = {}
        self._said: dict[tuple[str, Way, str], list[Element]] = {}
        self._tables: dict[Element, str] = {}
        self._paragraphs: dict[Element, str] = {}
        self._layouts: dict[Element, list[Element]] = {}
        self._behind: dict[Element, tuple[str, ...]] = {}
        self._hidden: dict[Element, bool] = {}
        self._last: tuple[Element | None, bool] = (None, False)  # what runs are in, and whether it is hidden
        self._hide = False  # whether any style does: most files have none, and are read faster so
        defaults: list[Element] = []
        for root in self.sheets:
            self._hide = self._hide or any(map(is_on, root.iter(*sheet.HIDING)))
            defaults += root.iterfind(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
            for node in root.iter(w("style")):
                name = node.get(w("styleId"), "")
                if name not in self._styles:
                    self._styles[name] = sheet.read(node)
                if node.get(w("default")) in {"1", "true", "on"}:
                    self._default.setdefault(node.get(w("type"), ""), name)
        self._defaults = sheet.short(defaults)

    def chain(self, style: str) -> list[Style]:
        """Return a style and those that it is based on."""
        if style not in self._chains:
            found: dict[str, Style] = {}
            name = style
            while name in self._styles and name not in found:
                found[name] = self._styles[name]
                name = found[name].base
            self._chains[style] = list(found.values())
        return self._chains[style]

    def named(self, node: Element, path: str, kind: str) -> str:
        """Return the id of the style of a kind that an element names; without one that is known, the default's."""
        style = _value(node, path)
        return style if style in self._styles else self._default.get(kind, "")

    def paragraph_style(self, paragraph: Element) -> str:
        """Return the id of a paragraph's style."""
        if paragraph not in self._paragraphs:  # each of its runs asks, and looking for it takes as long as it is
            self._paragraphs[paragraph] = self.named(paragraph, "pPr/pStyle", "paragraph")
        return self._paragraphs[paragraph]

    def name(self, style: str) -> str:
        """Return a style's name."""
        return _value(self._styles[style].node, "name") or style

    # -- properties, the nearest first --------------------------------------------------------------

    def of_run(self, run: Element, paragraph: Element, way: Way = ()) -> list[Element]:
        """Return the properties of a run; `way` are the conditions of its table's style that apply."""
        own = run.findall(w("rPr"))
        styled = self._of(self.named(run, "rPr/rStyle", "character"))
        return [*own, *styled, *self._of(self.paragraph_style(paragraph)), *self._of_table(paragraph, way, "rPr")]

    def _of_table(self, paragraph: Element, way: Way, name: str) -> list[Element]:
        table = next(paragraph.iterancestors(w("tbl")), None)
        found = [] if table is None else self._said_by(self._table(table), way, name)
        return [*found, *(self._defaults if name == "rPr" else ())]

    def of_style(self, style: str) -> list[Element]:
        """Return the properties of words in a style."""
        return [*self._of(style), *self._defaults]

    def layout(self, style: str) -> list[Element]:
        """Return the properties of paragraphs in a style."""
        return self._of(style, "pPr")

    def of_cell(self, table: str, style: str, way: Way) -> tuple[list[Element], list[str]]:
        """Return the properties of words in a style within a table of a style, and what is behind them."""
        said = {name: self._said_by(table, way, name) for name in ("rPr", "tcPr", "tblPr")}
        behind = (*self._of(style), *self.layout(style), *said["tcPr"], *said["tblPr"])
        return [*self._of(style), *said["rPr"], *self._defaults], list(self.shades(behind))

    def of_paragraph(self, paragraph: Element, way: Way = ()) -> list[Element]:
        """Return the properties of a paragraph."""
        if paragraph not in self._layouts:
            own = sheet.short(paragraph.iterfind(w("pPr")))
            self._layouts[paragraph] = [*own, *self.layout(self.paragraph_style(paragraph))]
        return [*self._layouts[paragraph], *self._of_table(paragraph, way, "pPr")]

    def _of(self, style: str, name: str = "rPr") -> list[Element]:
        if (style, name) not in self._sets:
            self._sets[style, name] = [each.sets[name] for each in self.chain(style) if name in each.sets]
        return self._sets[style, name]

    def _said_by(self, table: str, way: Way, name: str) -> list[Element]:
        """Return the properties that a table's style sets in a way; see `cells.said`."""
        if (table, way, name) not in self._said:
            self._said[table, way, name] = cells.said(self.chain(table), way, name)
        return self._said[table, way, name]

    def _table(self, table: Element) -> str:
        """Return the id of a table's style."""
        if table not in self._tables:
            self._tables[table] = self.named(table, "tblPr/tblStyle", "table")
        return self._tables[table]

    def ways(self, paragraph: Element) -> tuple[Way, ...]:
        """Return what conditions of its table's style may apply to a paragraph, each set of them once."""
        cell = next(paragraph.iterancestors(w("tc")), None)
        table = next(paragraph.iterancestors(w("tbl")), None)
        return ((),) if cell is None or table is None else cells.ways(cell, self.chain(self._table(table)))

    # -- hidden words -------------------------------------------------------------------------------

    def hides(self, run: Element) -> bool:
        """Say whether the words of a run are hidden: by its own mark or a style's, by the defaults, by a table's row.

        Programs differ on a mark in several styles at once, so one that hides is enough; the run's own mark decides.
        """
        if run not in self._hidden:
            hides = False
            if self._hide or run.find(_RPR) is not None:
                paragraph = next(run.iterancestors(w("p")), None)
                hides = any(self._hides(run, paragraph, mark) for mark in sheet.HIDING)
            self._hidden[run] = hides or self._is_in_hidden(run)
        return self._hidden[run]

    def _hides(self, run: Element, paragraph: Element | None, mark: str) -> bool:
        own = run.find(f"{_RPR}/{mark}")
        if own is not None:
            return is_on(own)
        if not self._hide:
            return False
        layers = [self._of(self.named(run, "rPr/rStyle", "character")), self._defaults]
        if paragraph is not None:
            layers.append(self._of(self.paragraph_style(paragraph)))
            table = next(paragraph.iterancestors(w("tbl")), None)
            if table is not None and any(mark in each.hides for each in self.chain(self._table(table))):
                return True
        return any(is_on(_nearest(layer, mark)) for layer in layers)

    def strikes(self, run: Element, paragraph: Element, way: Way = ()) -> bool:
        """Say whether a style or the defaults strike the words of a run through; the run's own mark decides.

        As with hidden words, one style that strikes them through is enough.
        """
        layers = (
            self._of(self.named(run, "rPr/rStyle", "character")),
            self._of(self.paragraph_style(paragraph)),
            self._of_table(paragraph, way, "rPr"),
        )
        own = [run.find(f"{_RPR}/{mark}") for mark in sheet.STRIKING]
        return any(
            is_on(_nearest(layer, mark))
            for mark, found in zip(sheet.STRIKING, own, strict=True)
            if found is None
            for layer in layers
        )

    def _is_in_hidden(self, run: Element) -> bool:
        """Say whether a run is in a row of a table that it or the table's style hides, or in a formula's phantom."""
        parent = run.getparent()
        if parent is None or parent is not self._last[0]:  # the runs of a paragraph ask one after the other
            self._last = parent, self._hides_all_in(run)
        return self._last[1]

    def _hides_all_in(self, run: Element) -> bool:
        for above in run.iterancestors(w("tr"), w("tbl")):
            if above.tag == w("tr") and _is_hidden_row(above):
                return True
            if above.tag == w("tbl") and any(each.hides_rows for each in self.chain(self._table(above))):
                return True
        return is_phantom(run)

    # -- colours ------------------------------------------------------------------------------------

    def behind(self, run: Element, paragraph: Element, way: Way = ()) -> Iterator[str]:
        """Yield what is behind words, the nearest first: their own shade, the paragraph's, those of cells, tables."""
        yield from self.shades(self.of_run(run, paragraph, way))
        yield from self.shades(self.of_paragraph(paragraph))
        yield from self._cells(paragraph, way)

    def is_lost(self, run: Element, paragraph: Element, way: Way = ()) -> bool:
        """Say whether words have the colour of what is behind them. What a shape has behind it is not known."""
        properties = self.of_run(run, paragraph, way)
        shape = any(node.tag == w("txbxContent") for node in paragraph.iterancestors())
        behind = [*self.shades(properties), *self.shades(self.of_paragraph(paragraph)), *self._cells(paragraph, way)]
        return False if shape and not behind else self.alike(properties, behind)

    def _cells(self, paragraph: Element, way: Way) -> Iterator[str]:
        """Yield what cells, tables and their styles have behind a paragraph, from the nearest table outwards."""
        for cell in paragraph.iterancestors(w("tc")):
            yield from self._shades_of(cell, "tcPr")
            if (table := next(cell.iterancestors(w("tbl")), None)) is not None:
                style = self._table(table)
                yield from self.shades(self._said_by(style, way, "tcPr"))
                yield from self._shades_of(table, "tblPr")
                yield from self.shades(self._said_by(style, way, "tblPr"))
                way = () if (outer := next(table.iterancestors(w("tc")), None)) is None else self._first(outer)

    def _shades_of(self, node: Element, name: str) -> tuple[str, ...]:
        if node not in self._behind:
            self._behind[node] = tuple(self.shades(node.iterfind(w(name))))
        return self._behind[node]

    def _first(self, cell: Element) -> Way:
        table = next(cell.iterancestors(w("tbl")), None)
        return () if table is None else cells.ways(cell, self.chain(self._table(table)))[0]

    def alike(self, properties: Iterable[Element], behind: Iterable[str]) -> bool:
        """Say whether words have the colour of what is nearest behind them: the page, where there is nothing."""
        colour = self._colour(properties)
        shade = next(iter(behind), None)
        if shade is not None:
            return colours.are_alike(colour, shade)
        return colours.are_alike(colour, PAPER) or colours.are_alike(colour or colours.INK, self._page)

    def _colour(self, properties: Iterable[Element]) -> str:
        """Return the colour of words as six digits, empty where Word chooses it; an effect's fill is in its place."""
        for node in properties:
            for fill in node.iterfind(f"{_W14}textFill"):
                return colours.of_effect(fill, self._theme)
            if (found := node.find(w("color"))) is not None:
                said = colours.of(found, "val", self._theme)
                return "" if said == "auto" else said
        return ""

    def shades(self, properties: Iterable[Element]) -> Iterator[str]:
        """Yield what is behind words: six digits, or an empty text for a pattern without one colour.

        Word ignores a highlight in a style.
        """
        for node in properties:
            parent = node.getparent()
            mark = _value(node, "highlight") if parent is not None and parent.tag in RUNS else ""
            if mark and mark != "none":
                yield colours.HIGHLIGHTS.get(mark, "")
            for shade in node.iterfind(w("shd")):
                if (found := colours.of_shade(shade, self._theme)) is not None:
                    yield found


def is_faded(properties: Iterable[Element]) -> bool:
    """Say whether an effect takes the colour from words, or nearly all of it."""
    for fill in (fill for node in properties for fill in node.iterfind(f"{_W14}textFill")):
        if fill.find(f"{_W14}noFill") is not None:
            return True
        return any(int(node.get(f"{_W14}val", "0") or 0) >= 90_000 for node in fill.iter(f"{_W14}alpha"))  # noqa: PLR2004
    return False


def first(properties: Iterable[Element], name: str, attribute: str = "val") -> float | None:
    """Return the number that the nearest properties give; None where none does."""
    for node in properties:
        if (found := number(node.find(w(name)), attribute)) is not None:
            return found
    return None


def has(properties: Iterable[Element], name: str) -> bool:
    """Say whether the nearest properties that have a mark turn it on."""
    return is_on(_nearest(properties, w(name)))


def _nearest(properties: Iterable[Element], mark: str) -> Element | None:
    return next((found for node in properties if (found := node.find(mark)) is not None), None)


@lru_cache(maxsize=AROUND)
def _is_hidden_row(row: Element) -> bool:
    return any(is_on(mark) for found in row.iterfind(w("trPr")) for mark in found.iterfind(w("hidden")))


def is_phantom(run: Element) -> bool:
    """Say whether a run is in a part of a formula that takes room and isn't shown."""
    return any(map(_is_unshown, run.iterancestors(f"{_M}phant")))


@lru_cache(maxsize=AROUND)
def _is_unshown(phantom: Element) -> bool:
    show = phantom.find(f"{_M}phantPr/{_M}show")
    return show is None or show.get(f"{_M}val", "1") in {"0", "off", "false"}


def _value(node: Element, path: str) -> str:
    found = node.find("/".join(map(w, path.split("/"))))
    return "" if found is None else found.get(w("val"), "")
