"""Says how a run of words looks: by its own properties, its styles', its paragraph's and its table's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.roots import URIS
from drafter.word.oxml.screening.stories import number

_W14 = f"{{{URIS['w14']}}}"
PAPER = "FFFFFF"
ALIKE = 32  # of 255: two colours that differ less than this in red, green and blue can't be told apart


class Looks:
    """The styles of a file, by which the looks of words are found."""

    def __init__(self, styles: Iterable[Element]) -> None:
        """Keep the styles by their ids; of two with one id, as in a glossary, the first."""
        self._styles: dict[str, Element] = {}
        self._defaults: list[Element] = []
        for root in styles:
            self._defaults += root.iterfind(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
            for node in root.iter(w("style")):
                self._styles.setdefault(node.get(w("styleId"), ""), node)
        defaults = (key for key, node in self._styles.items() if node.get(w("default")) in {"1", "true", "on"})
        self._chains: dict[str, list[Element]] = {}
        self._default = next((k for k in defaults if self._styles[k].get(w("type")) == "paragraph"), "")

    def chain(self, style: str) -> list[Element]:
        """Return a style and those that it is based on."""
        if style not in self._chains:
            self._chains[style] = self._found(style)
        return self._chains[style]

    def _found(self, style: str) -> list[Element]:
        found: list[Element] = []
        while style in self._styles and self._styles[style] not in found:
            found.append(self._styles[style])
            style = _value(found[-1], "basedOn")
        return found

    def of_run(self, run: Element, paragraph: Element) -> list[Element]:
        """Return the properties of a run, the nearest first."""
        own = [node for node in (run.find(w("rPr")),) if node is not None]
        return [*own, *self._of(_value(run, "rPr/rStyle")), *self.of_style(self.paragraph_style(paragraph))]

    def of_style(self, style: str) -> list[Element]:
        """Return the properties of words in a style, the nearest first."""
        return [*self._of(style), *self._defaults]

    def of_paragraph(self, paragraph: Element) -> list[Element]:
        """Return the properties of a paragraph, the nearest first."""
        styled = self.chain(self.paragraph_style(paragraph))
        return [node for found in (paragraph, *styled) for node in found.iterfind(w("pPr"))]

    def _of(self, style: str) -> list[Element]:
        return [node for found in self.chain(style) for node in found.iterfind(w("rPr"))]

    def name(self, style: str) -> str:
        """Return a style's name."""
        return _value(self._styles[style], "name") or style

    def paragraph_style(self, paragraph: Element) -> str:
        """Return the id of a paragraph's style."""
        return _value(paragraph, "pPr/pStyle") or self._default

    def is_lost(self, run: Element, paragraph: Element) -> bool:
        """Say whether words have the colour of what is behind them. What a shape has behind it is not known."""
        properties = self.of_run(run, paragraph)
        shape = any(node.tag == w("txbxContent") for node in paragraph.iterancestors())
        behind = [*shades(properties), *shades(self.of_paragraph(paragraph)), *self._tables(paragraph)]
        return False if shape and not behind else alike(properties, behind)

    def _tables(self, paragraph: Element) -> Iterator[str]:
        """Yield what cells and tables have behind a paragraph; a style of a table says it for some of its cells."""
        for node in paragraph.iterancestors(w("tc"), w("tbl")):
            yield from shades(node.iterfind(w("tcPr")) if node.tag == w("tc") else node.iterfind(w("tblPr")))
            for style in self.chain(_value(node, "tblPr/tblStyle")):
                yield from ("" for _ in style.iter(w("shd")))


def alike(properties: Iterable[Element], behind: Iterable[str]) -> bool:
    """Say whether words have the colour of what is nearest behind them, which is paper where there is nothing."""
    paper = next(iter(behind), PAPER)
    colour = _colour(properties)
    if len(colour) != len(PAPER) or len(paper) != len(PAPER):
        return False
    try:
        pairs = [
            (int(one[at : at + 2], 16), int(other[at : at + 2], 16))
            for at in (0, 2, 4)
            for one, other in ((colour, paper),)
        ]
    except ValueError:
        return False
    return all(abs(one - other) < ALIKE for one, other in pairs)


def _colour(properties: Iterable[Element]) -> str:
    """Return the colour of words as six hexadecimal digits; an effect's fill is in the colour's place."""
    for node in properties:
        for fill in node.iterfind(f"{_W14}textFill"):
            for colour in fill.iter(f"{_W14}srgbClr"):
                return colour.get(f"{_W14}val", "")
            if any(c.get(f"{_W14}val") in {"bg1", "lt1"} for c in fill.iter(f"{_W14}schemeClr")):
                return PAPER
        if (found := node.find(w("color"))) is not None:
            return found.get(w("val"), "")
    return ""


def shades(properties: Iterable[Element]) -> Iterator[str]:
    """Yield what is behind words: six digits, or an empty text for a pattern or a highlight that is not white."""
    for node in properties:
        if (mark := _value(node, "highlight")) and mark != "none":
            yield PAPER if mark == "white" else ""
        shade = node.find(w("shd"))
        if shade is None:
            continue
        kind = shade.get(w("val"), "clear")
        fill = shade.get(w("color" if kind == "solid" else "fill"), "auto")
        if kind not in {"clear", "nil", "solid"}:
            yield ""
        elif fill != "auto":
            yield fill


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


def _value(node: Element, path: str) -> str:
    found = node.find("/".join(map(w, path.split("/"))))
    return "" if found is None else found.get(w("val"), "")
