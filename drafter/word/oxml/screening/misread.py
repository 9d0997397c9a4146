"""Finds words that print as others than they are, by their format: turned round, or in a font of signs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from drafter.base.problems import short
from drafter.values import dataclass
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.screening import looks
from drafter.word.oxml.screening.looks import Looks
from drafter.word.oxml.screening.stories import RUNS, TEXT

SIGNS = frozenset({
    "wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol", "zapfdingbats", "zapf dingbats", "marlett",
    "itc zapf dingbats", "mt extra", "ms outlook", "bookshelf symbol 7",
})  # fmt: skip
_ALPHABET = "symbol"  # which has figures and Greek letters among its signs
_TURNING = tuple(map(w, ("sym", "bdo", "dir", "rtl", "bidi")))
_FACES = ("ascii", "hAnsi", "cs", "eastAsia")


@dataclass(frozen=True, slots=True)
class Misread:
    """Words that print as others: how, as "words that are turned round", and what they are in the file."""

    how: str
    words: str


def found(root: Element, styles: Looks) -> Iterator[Misread]:
    """Find the words of a part that their format turns round or shows as signs, each kind of a paragraph once."""
    if not any(map(_may_misread, (root, *styles.sheets))):
        return  # most files: to ask how each word looks takes longer than to read it
    for paragraph in root.iter(w("p")):
        kinds: dict[str, list[str]] = {}
        runs = [run for run in paragraph.iter(*RUNS) if next(run.iterancestors(w("p")), None) is paragraph]
        turned = _is_turned(paragraph, "".join(map(_words, runs)), styles)
        for run in runs:
            for how in _kinds(run, paragraph, styles, turned=turned):
                kinds.setdefault(how, []).append(_words(run))
        yield from (Misread(how, short("".join(words))) for how, words in kinds.items())


def _may_misread(tree: Element) -> bool:
    """Say whether a part or a sheet of styles has anything by which words print as others."""
    fonts = (str(font).casefold() for node in tree.iter(w("rFonts")) for font in node.attrib.values())
    return next(tree.iter(*_TURNING), None) is not None or not SIGNS.isdisjoint(fonts)


def _kinds(run: Element, paragraph: Element, styles: Looks, *, turned: bool) -> Iterator[str]:
    for sign in run.iterfind(w("sym")):
        font, code = sign.get(w("font"), ""), sign.get(w("char"), "")
        if _is_letter(font, code):
            yield f"a sign that prints as a letter or a figure ({font} {code})"
    words = _words(run)
    if not any(map(str.isalnum, words)):
        return
    properties = styles.of_run(run, paragraph)
    above = {node.get(w("val"), "rtl") for node in run.iterancestors(w("bdo"), w("dir"))}
    if "rtl" in above or turned or (looks.has(properties, "rtl") and not _is_from_right(words)):
        yield "words that are turned to run from right to left"
    if fonts := [font for font in _fonts(properties) if font.casefold() in SIGNS]:
        yield f"words in {fonts[0]}, a font of signs"


def _words(run: Element) -> str:
    return "".join(node.text or "" for node in run if node.tag in TEXT)


def _is_turned(paragraph: Element, words: str, styles: Looks) -> bool:
    """Say whether a paragraph runs from right to left and has figures, but no letter that does."""
    if not any(map(str.isdigit, words)) or _is_from_right(words):
        return False
    return looks.has(styles.of_paragraph(paragraph), "bidi")


def _is_from_right(words: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in words)


def _fonts(properties: Iterable[Element]) -> Iterator[str]:
    """Yield the font that each kind of letter has, by the nearest properties that name one."""
    named = [node for each in properties for node in each.iterfind(w("rFonts"))]
    for face in _FACES:
        yield from [node.get(w(face), "") for node in named if node.get(w(face))][:1]


def _is_letter(font: str, code: str) -> bool:
    """Say whether a sign by its code is one of letters or figures: in a plain font all are."""
    if font.casefold() not in SIGNS:
        return True
    try:
        return font.casefold() == _ALPHABET and chr(int(code, 16) & 0xFF).isalnum()
    except ValueError:
        return True
