"""Names each change of a redline and draws it before it is laid out: what is shown and what is said are one thing.

LibreOffice draws tracked changes by a rule of its own: what is deleted here and inserted there in the same words is
drawn as moved, whatever the file says. So the changes become looks of their words. Each stretch gets a character style
of its own besides: LibreOffice gives it a tag of that name, which `finishing.changes` turns into the words to be heard.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from drafter.pdf.preparing.between import OF_CHANGE
from drafter.values import dataclass
from drafter.word.oxml import elements
from drafter.word.oxml.elements import Element, drop, element, w


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: what a reader hears before its words, the line that it has, its colour and look on the page.

    `line` is the PDF's name of the line; `looks` are Word's properties of the words.
    """

    said: str
    line: str
    colour: str
    looks: tuple[tuple[str, str], ...]


KINDS = {
    "Del": Kind("deleted", "LineThrough", "8B0000", (("strike", "true"),)),
    "Ins": Kind("inserted", "Underline", "00448C", (("u", "single"),)),
    "MovedFrom": Kind("moved from here", "LineThrough", "006400", (("dstrike", "true"),)),
    "MovedTo": Kind("moved to here", "Underline", "006400", (("u", "double"),)),
}
TRACKED = {w("del"): "Del", w("ins"): "Ins", w("moveFrom"): "MovedFrom", w("moveTo"): "MovedTo"}
WORDS, SPACES = {w("t"), w("delText")}, {w("tab"), w("br"), w("cr")}


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of changed words: the name that its runs have in the Word file, its kind, and its words."""

    name: str
    kind: str
    words: str


# -- names --------------------------------------------------------------------------------------


def named(root: Element, styles: Element) -> tuple[Change, ...]:
    """Give the runs of each change in a document a character style of its own, and return the changes.

    A link in a change is one by itself. It keeps the style of links, and its address has the number of the change.
    """
    found: list[Change] = []
    for paragraph in root.iter(w("p")):
        for kind, inside in _stretches(paragraph):
            if kind and (words := "".join(map(_words, inside))):
                change = Change(f"Change {len(found) + 1}", kind, words)
                found.append(change)
                if (code := _address(inside)) is not None:
                    code.text = (code.text or "").replace('"', f'"{OF_CHANGE}{len(found)}/', 1)
                    continue
                for base, alike in groupby(inside, _style):
                    for run in alike:
                        _restyle(run, _made(styles, change, base))
    return tuple(found)


def _stretches(paragraph: Element) -> Iterator[tuple[str, list[Element]]]:
    """Yield the runs of each change of a paragraph with its kind, and those of what is as it was with none."""
    links, depth = 0, 0
    placed: list[tuple[tuple[str, int], Element]] = []
    for run in paragraph.iter(w("r")):
        signs = [sign.get(w("fldCharType")) for sign in run.iter(w("fldChar"))]
        links += "begin" in signs
        depth += signs.count("begin")
        placed.append(((_kind(run), links if depth else 0), run))
        depth -= signs.count("end")
    for (kind, _), alike in groupby(placed, lambda pair: pair[0]):
        yield kind, [run for _, run in alike]


def _kind(run: Element) -> str:
    """Return the kind of change that a run is in; nothing for one that is as it was."""
    kinds = (TRACKED[node.tag] for node in run.iterancestors() if node.tag in TRACKED)
    return next(kinds, "")


def _address(runs: list[Element]) -> Element | None:
    """Return the instruction that runs have where they are a link."""
    codes = (code for run in runs for code in run.iter(w("instrText")))
    return next((code for code in codes if (code.text or "").split()[:1] == ["HYPERLINK"]), None)


def _words(run: Element) -> str:
    return "".join(node.text or "" if node.tag in WORDS else " " for node in run if node.tag in WORDS | SPACES)


def _style(run: Element) -> str:
    found = run.find(f"{w('rPr')}/{w('rStyle')}")
    return "" if found is None else found.get(w("val"), "")


def _made(styles: Element, change: Change, base: str) -> str:
    """Make the style of a change, which looks like the one that its words had, and return its id."""
    key = f"{change.name} {base}".strip().replace(" ", "")
    if styles.find(f"{w('style')}[@{w('styleId')}='{key}']") is None:
        above = [element("basedOn", val=base)] if base else []
        name = element("name", val=f"{change.name} {base}".strip())
        styles.append(element("style", name, *above, type="character", customStyle=1, styleId=key))
    return key


def _restyle(run: Element, style: str) -> None:
    properties = elements.properties(run, "rPr")
    for old in properties.findall(w("rStyle")):
        properties.remove(old)
    properties.insert(0, element("rStyle", val=style))


# -- looks --------------------------------------------------------------------------------------

# What the properties of a run may be, in the order of the schema (ECMA-376 part 1, 17.3.2.28).
_PROPERTIES = """
rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish
webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang
eastAsianLayout specVanish oMath rPrChange
"""
_PLACES = {w(name): place for place, name in enumerate(_PROPERTIES.split())}
_LOOKS = frozenset(map(w, ("strike", "dstrike", "u", "color")))
_ENDS = tuple(map(w, ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "pPrChange")))


def draw(root: Element) -> None:
    """Draw the tracked changes of a part of a Word file as looks of their words; none of them is tracked afterwards.

    The words are tracked as words whose looks changed: LibreOffice draws a bar beside their lines for that.
    """
    for change in list(root.iter(*TRACKED)):
        kind = KINDS[TRACKED[str(change.tag)]]
        for part in list(change):  # nothing in the mark of a paragraph or a row
            for run in part.iter(w("r")):
                _look(run, kind, change)
            change.addprevious(part)
        drop(change)
    for node in list(root.iter(w("delText"))):
        node.tag = w("t")
    for node in list(root.iter(*_ENDS)):
        drop(node)


def _look(run: Element, kind: Kind, tracked: Element) -> None:
    properties = elements.properties(run, "rPr")
    kept = [node for node in properties if node.tag not in _LOOKS]
    looks = [element(name, val=value) for name, value in (*kind.looks, ("color", kind.colour))]
    was = element("rPrChange", element("rPr"))
    was.attrib.update(tracked.attrib)
    properties[:] = sorted([*kept, *looks, was], key=lambda node: _PLACES.get(str(node.tag), 0))
