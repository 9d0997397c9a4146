"""Works out how words and paragraphs look: by their own properties, their styles', their list's and the defaults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from drafter.verifying import literal
from drafter.verifying.listed import Context, Rows
from drafter.word.oxml.elements import Element, is_on, w
from drafter.word.oxml.screening import colours

Look = Mapping[str, str]
_TOGGLES = tuple(
    map(w, ("b", "i", "caps", "smallCaps", "strike", "dstrike", "vanish", "emboss", "imprint", "outline", "shadow"))
)
_SIDES = {"start": "left", "end": "right"}
_ROOM = 600  # twentieths of a point that may be between a cell's edge and its words
_MOST = 50  # styles in a chain; the door refuses more


class Sheet:
    """The styles of a file by their ids, its defaults, and the fonts and colours of its theme."""

    def __init__(self, styles: Element | None, theme: Element | None, settings: Element | None, rows: Rows) -> None:
        """Keep the styles; of two with one id the first."""
        self.rows = rows
        self._styles: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        for node in () if styles is None else styles.iterfind(w("style")):
            name = node.get(w("styleId"), "")
            self._styles.setdefault(name, node)
            if node.get(w("default")) in literal.ON:
                self._default.setdefault(node.get(w("type"), ""), name)
        self._defaults = {
            kind: [] if styles is None else styles.findall(f"{w('docDefaults')}/{w(kind + 'Default')}/{w(kind)}")
            for kind in ("rPr", "pPr")
        }
        self._fonts = _fonts(theme)
        self._colours = colours.theme(*([one] if one is not None else [] for one in (theme, settings)))
        self._chains: dict[tuple[str, str], list[Element]] = {}
        self._paragraphs: dict[tuple[object, ...], Look] = {}
        self._runs: dict[tuple[str, str, str], Look] = {}

    def chain(self, style: str, kind: str) -> list[Element]:
        """Return a style and those that it is based on; where it is unknown, the default of its kind."""
        if (style, kind) not in self._chains:
            self._chains[style, kind] = self._chain(style, kind)
        return self._chains[style, kind]

    def _chain(self, style: str, kind: str) -> list[Element]:
        name = style if style in self._styles else self._default.get(kind, "")
        found: list[Element] = []
        while name in self._styles and len(found) < _MOST:
            node = self._styles[name]
            if node in found:
                break
            found.append(node)
            name = _val(node, "basedOn")
        return found

    def run(self, own: Element | None, paragraph: str, extra: Sequence[Element] = ()) -> Look:
        """Return how a run looks: its properties, the id of its paragraph's style, and what a list adds."""
        key = (
            "" if own is None else literal.text(own, self.rows),
            paragraph,
            "".join(literal.text(e, self.rows) for e in extra),
        )
        if key not in self._runs:
            self._runs[key] = self._look(own, paragraph, extra)
        return self._runs[key]

    def _look(self, own: Element | None, paragraph: str, extra: Sequence[Element]) -> Look:
        style = next((name for one in (*extra, own) if one is not None and (name := _val(one, "rStyle"))), "")
        character = [] if not style and "character" not in self._default else self.chain(style, "character")
        layers = [
            [*extra, *([own] if own is not None else [])],
            [one for node in character for one in node.iterfind(w("rPr"))],
            [one for node in self.chain(paragraph, "paragraph") for one in node.iterfind(w("rPr"))],
            self._defaults["rPr"],
        ]
        found = self.merged("run", (node for layer in layers for node in layer))
        for mark in _TOGGLES:
            found |= _toggled(mark, layers)
        return found

    def paragraph(self, own: Element | None, style: str, lists: Sequence[tuple[Element, bool]]) -> Look:
        """Return how a paragraph is set; `lists` are the properties of its list's level, and if it names it itself."""
        said = "" if own is None else literal.text(own, self.rows)
        key = (said, style, *((literal.text(node, self.rows), str(itself)) for node, itself in lists))
        if key not in self._paragraphs:
            self._paragraphs[key] = self._set(own, style, lists)
        return self._paragraphs[key]

    def _set(self, own: Element | None, style: str, lists: Sequence[tuple[Element, bool]]) -> Look:
        direct = [node for node, itself in lists if itself]
        styled = [node for node, itself in lists if not itself]
        chain = [one for node in self.chain(style, "paragraph") for one in node.iterfind(w("pPr"))]
        nearest = [*([own] if own is not None else []), *direct, *chain, *styled, *self._defaults["pPr"]]
        return self.merged("paragraph", nearest) | _tabs(node for node in nearest if node not in (*direct, *styled))

    def merged(self, context: Context, layers: Iterable[Element]) -> dict[str, str]:
        """Return the properties of several sets, the nearest first, without those that may differ."""
        found: dict[str, str] = {}
        for layer in layers:
            mine: dict[str, str] = {}
            for node in layer:
                if isinstance(node.tag, str):
                    for key, value in self._said(context, node):
                        # Programs differ in which of the two they take; but a page has a footer of each kind.
                        is_several = context == "page" and self.is_dropped(context, key)
                        if mine.setdefault(key, value) != value and not is_several:
                            mine[f"twice {key}"] = f"{mine[key]}, {value}"
            for key, value in mine.items():
                found.setdefault(key, value)
        return {key: value for key, value in found.items() if not self.is_dropped(context, key)}

    def is_dropped(self, context: Context, key: str) -> bool:
        """Say whether a row lets a thing differ."""
        row = self.rows.get((context, key))
        return row is not None and row.how == "dropped"

    def _said(self, context: Context, node: Element) -> Iterator[tuple[str, str]]:
        name = literal.name(str(node.tag))
        split = _SPLIT.get((context, name))
        if split is not None:
            yield from split(self, name, dict(literal.attributes(node, self.rows)))
            if len(node):
                yield f"{name} in parts", literal.text(node, self.rows)
        elif name == "w:tabs" and context == "paragraph":
            return
        elif name == "w:shd":
            digits = colours.of_shade(node, self._colours)
            yield name, "none" if digits is None else digits or f"the pattern {node.get(w('val'))}"
        elif name == "w:color" and context == "run":
            digits = colours.of(node, "val", self._colours)
            yield name, "000000" if digits == "auto" else digits.upper()
        elif name in ("w:tcMar", "w:tblCellMar"):
            wide = max((abs(_number(side.get(w("w"), "0"))) for side in node), default=0)
            yield (name if wide <= _ROOM else f"wide {name}"), literal.text(node, self.rows)
        elif name in ("w:pBdr", "w:tcBorders"):
            yield name, literal.text(node, self.rows)
            yield from _lines(node)
        elif name == "w:u":
            yield name, node.get(w("val"), "none")
        elif name == "w:jc":
            yield name, _SIDES.get(node.get(w("val"), ""), node.get(w("val"), ""))
        else:
            yield name, literal.value(node, self.rows)

    def fonts(self, name: str, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the font of each kind of letter; a theme's font by its name."""
        for key, value in said.items():
            face = key.removeprefix("w:")
            if not face.endswith("Theme"):
                if f"{key}Theme" not in said and f"{key}Themes" not in said:
                    yield f"{name}.{face}", value
            else:
                yield (
                    f"{name}.{'cs' if face == 'cstheme' else face.removesuffix('Theme')}",
                    self._fonts.get(value, value),
                )

    def _is_plain(self, node: Element) -> bool:
        name = literal.name(str(node.tag))
        if _is_crossed(node):
            return False
        return name in _PLAIN or any(self.is_dropped(context, name) for context in ("row", "cell"))

    def table_layers(self, style: str) -> list[Element]:
        """Return the properties of a table that its style has, the nearest first."""
        return [one for node in self.chain(style, "table") for one in node.iterfind(w("tblPr"))]

    def table_style(self, style: str) -> str:
        """Return what the style of a table does to words, but for lines around them, shades and bold."""
        found = []
        for node in self.chain(style, "table"):
            for part in (node, *node.iterfind(w("tblStylePr"))):
                for each in (
                    *part.iterfind(w("rPr")),
                    *part.iterfind(w("pPr")),
                    *part.iterfind(w("trPr")),
                    *part.iterfind(w("tcPr")),
                ):
                    said = [one for one in each if not self._is_plain(one)]
                    found += [f"{part.get(w('type'), '')} {literal.text(one, self.rows)}" for one in said]
            for part in node.iterfind(w("tblStylePr")):
                looks = self.merged("table", part.iterfind(w("tblPr")))
                found += [f"{part.get(w('type'), '')} {key} {said}" for key, said in looks.items()]
        return "; ".join(found)


_CORNERS = tuple(map(w, ("tl2br", "tr2bl")))


def _is_crossed(borders: Element) -> bool:
    """Say whether borders have a line from corner to corner, which strikes out what is in a cell."""
    return any(one.get(w("val"), "nil") not in ("nil", "none") for one in borders.iterchildren(*_CORNERS))


def _lines(borders: Element) -> Iterator[tuple[str, str]]:
    """Yield which lines are more than a frame: from corner to corner, or a bar, which only Word draws."""
    if _is_crossed(borders):
        yield "crossed", "on"
    if borders.find(w("bar")) is not None:
        yield "w:bar", "on"


_PLAIN = frozenset(("w:b", "w:bCs", "w:i", "w:iCs", "w:szCs", "w:lang", "w:kern", "w:jc"))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("inf")


def _grid(_: Sheet, name: str, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield f"{name}.type", said.get("w:type", "default")


def _whole(_: Sheet, name: str, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in said.items():
        yield f"{name}.{key.removeprefix('w:')}", value


def _indents(_: Sheet, name: str, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in said.items():
        side = key.removeprefix("w:")
        if side == "hanging":
            yield f"{name}.first", value if value.startswith("0") else f"-{value}"
        elif side == "firstLine":
            if "w:hanging" not in said:
                yield f"{name}.first", value
        else:
            yield f"{name}.{_SIDES.get(side, side)}", value


def _wide(_: Sheet, name: str, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield a width in twentieths of a point; one in another unit with its unit, and none where Word chooses it."""
    kind = said.get("w:type", "dxa")
    if kind not in ("auto", "nil"):
        yield f"{name}.w", said.get("w:w", "0") + ("" if kind == "dxa" else f" {kind}")
    for key in said.keys() - {"w:type", "w:w"}:
        yield f"{name}.{key.removeprefix('w:')}", said[key]


_SPLIT = {
    ("run", "w:rFonts"): Sheet.fonts,
    ("paragraph", "w:ind"): _indents,
    ("paragraph", "w:spacing"): _whole,
    ("page", "w:pgSz"): _whole,
    ("page", "w:pgMar"): _whole,
    ("page", "w:cols"): _whole,
    ("page", "w:docGrid"): _grid,
    ("page", "w:pgNumType"): _whole,
    ("table", "w:tblInd"): _wide,
    ("cell", "w:tcW"): _wide,
}


def _toggled(mark: str, layers: Sequence[Sequence[Element]]) -> dict[str, str]:
    """Return whether a mark is on by its nearest layer, and as Word counts it: two styles that set it cancel out."""
    said = [next((is_on(found) for node in layer if (found := node.find(mark)) is not None), None) for layer in layers]
    if all(one is None for one in said):
        return {}
    own, *styled, default = said
    nearest = next((one for one in said if one is not None), False)
    counted = own if own is not None else bool(default) or (styled.count(True) % 2 == 1)
    return {literal.name(mark): "on" if nearest and counted else "off" if not (nearest or counted) else "in dispute"}


def _tabs(layers: Iterable[Element]) -> dict[str, str]:
    """Return the tab stops that are left of several sets, the nearest first."""
    found: dict[str, str] = {}
    for node in (node for layer in layers for node in layer.iterfind(f"{w('tabs')}/{w('tab')}")):
        kind = node.get(w("val"), "left")
        if kind != "num":
            said = f"{_SIDES.get(kind, kind)} {node.get(w('leader'), 'none')}"
            found.setdefault(node.get(w("pos"), ""), said)
    stops = [f"{pos} {said}" for pos, said in sorted(found.items()) if not said.startswith(("clear", "bar"))]
    bars = [pos for pos, said in sorted(found.items()) if said.startswith("bar")]
    return {key: "; ".join(each) for key, each in (("w:tabs", stops), ("w:tabs.bar", bars)) if each}


def _fonts(theme: Element | None) -> Mapping[str, str]:
    """Return the fonts of a theme by what a property calls them, as "minorHAnsi"."""
    found: dict[str, str] = {}
    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    for size in ("major", "minor") if theme is not None else ():
        for node in theme.iter(f"{space}{size}Font"):  # type: ignore[union-attr]
            latin = node.find(f"{space}latin")
            face = "" if latin is None else latin.get("typeface", "")
            found |= {f"{size}{end}": face for end in ("Ascii", "HAnsi", "Bidi", "EastAsia")}
    return found


def _val(node: Element, name: str) -> str:
    found = node.find(w(name))
    return "" if found is None else found.get(w("val"), "")
