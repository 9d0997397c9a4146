"""Counts the labels that lists print before paragraphs, as Word counts them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from drafter.values import dataclass
from drafter.word.oxml.elements import Element, is_on, w

_LEVELS = 9
_HIGHEST = 32_767  # Word counts no further


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a paragraph: its words, what follows it, where it is, its looks, and its level of the list.

    `layout` are the level's properties for the paragraph; `itself` says that the paragraph names its list, not its
    style.
    """

    words: str
    suffix: str
    aligned: str
    runs: Element | None
    layout: Element | None
    itself: bool
    level: Element


class Labels:
    """The lists of a file, and how far each has been counted."""

    def __init__(self, numbering: Element | None, chain: Callable[[str, str], list[Element]]) -> None:
        """Keep the lists by their numbers; `chain` returns a style, by its id and kind, and those it is based on."""
        self._numbering = numbering
        self._chain = chain
        self._abstract: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        for node in () if numbering is None else numbering:
            if node.tag == w("abstractNum"):
                self._abstract.setdefault(node.get(w("abstractNumId"), ""), node)
            elif node.tag == w("num"):
                self._lists.setdefault(node.get(w("numId"), ""), node)
        self._counts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str, str]] = {}
        self._levels: dict[tuple[str, int], Element | None] = {}
        self._begun: set[tuple[str, int]] = set()

    def anew(self) -> Labels:
        """Return the same lists before anything is counted."""
        return Labels(self._numbering, self._chain)

    def next(self, own: Element | None, style: str) -> Label | None:
        """Count a paragraph, by its properties and the id of its style; None for one that has no label."""
        number, level, itself = self._place(own, style)
        if number in ("", "0") or number not in self._lists:
            return None
        node = self._level(number, level)
        if node is None:
            return None
        counts = self._count(number, level)
        text = node.find(w("lvlText"))
        words = "" if text is None else self._words(number, level, text.get(w("val"), ""), counts)
        suffix = _val(node, "suff") or "tab"
        return Label(
            words, suffix, _val(node, "lvlJc") or "left", node.find(w("rPr")), node.find(w("pPr")), itself, node
        )

    def _place(self, own: Element | None, style: str) -> tuple[str, int, bool]:
        number, level = ("", "") if own is None else (_of(own, "numId"), _of(own, "ilvl"))
        itself = bool(number)
        if style not in self._styles:
            chain = [one for node in self._chain(style, "paragraph") for one in node.iterfind(w("pPr"))]
            said = [next((found for one in chain if (found := _of(one, name))), "") for name in ("numId", "ilvl")]
            self._styles[style] = said[0], said[1]
        number = number or self._styles[style][0]
        level = level or self._styles[style][1]
        if not level and not itself and number:
            level = self._bound(number, style)
        return number, min(_int(level), _LEVELS - 1), itself

    def _bound(self, number: str, style: str) -> str:
        """Return the level of a list that a style is bound to."""
        for node in self._chain(style, "paragraph"):
            for level in range(_LEVELS):
                found = self._level(number, level)
                if found is not None and _val(found, "pStyle") == node.get(w("styleId")):
                    return str(level)
        return "0"

    def _root(self, number: str) -> tuple[str, Element | None]:
        """Return the definition of a list; one that only names a style's list has that one's."""
        for _ in range(3):
            if number not in self._lists:
                break
            name = _val(self._lists[number], "abstractNumId")
            found = self._abstract.get(name)
            linked = "" if found is None else _val(found, "numStyleLink")
            if not linked:
                return name, found
            styles = (one for node in self._chain(linked, "numbering") for one in node.iterfind(w("pPr")))
            number = next((said for one in styles if (said := _of(one, "numId"))), "")
        return "", None

    def _override(self, number: str, level: int) -> Element | None:
        return next(
            (node for node in self._lists[number].iterfind(w("lvlOverride")) if node.get(w("ilvl")) == str(level)), None
        )

    def _level(self, number: str, level: int) -> Element | None:
        if (number, level) not in self._levels:
            self._levels[number, level] = self._found(number, level)
        return self._levels[number, level]

    def _found(self, number: str, level: int) -> Element | None:
        if number not in self._lists:
            return None
        over = self._override(number, level)
        if over is not None and (found := over.find(w("lvl"))) is not None:
            return found
        root = self._root(number)[1]
        return (
            None
            if root is None
            else next((node for node in root.iterfind(w("lvl")) if node.get(w("ilvl")) == str(level)), None)
        )

    def _start(self, number: str, level: int) -> int:
        over = self._override(number, level)
        found = "" if over is None else _val(over, "startOverride")
        node = self._level(number, level)
        said = found or ("" if node is None else _val(node, "start")) or ("0" if node is not None else "1")
        return _int(said)

    def _count(self, number: str, level: int) -> Mapping[int, int]:
        counts = self._counts.setdefault(self._root(number)[0], {})
        over = self._override(number, level)
        restarted = (
            over is not None and over.find(w("startOverride")) is not None and (number, level) not in self._begun
        )
        self._begun.add((number, level))
        for above in range(level):
            counts.setdefault(above, self._start(number, above))
        counts[level] = self._start(number, level) if restarted or level not in counts else counts[level] + 1
        for below in range(level + 1, _LEVELS):
            if self._restarts(number, below, level):
                counts.pop(below, None)
        return counts

    def _restarts(self, number: str, below: int, level: int) -> bool:
        node = self._level(number, below)
        said = "" if node is None else _val(node, "lvlRestart")
        return said != "0" and (not said or level < _int(said))

    def _words(self, number: str, level: int, text: str, counts: Mapping[int, int]) -> str:
        node = self._level(number, level)
        legal = node is not None and is_on(node.find(w("isLgl")))

        def one(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            of = self._level(number, at)
            kind = "decimal" if of is None else _val(of, "numFmt") or "decimal"
            if at not in counts:
                return ""
            return written(counts[at], "decimal" if legal and kind != "decimalZero" else kind)

        return re.sub(r"%([1-9])", one, text)


def named(own: Element | None) -> str:
    """Return the list that a paragraph names itself and its level there, by its properties; empty for none."""
    number, level = ("", "") if own is None else (_of(own, "numId"), _of(own, "ilvl"))
    return f"{number} {level}" if number not in ("", "0") else ""


def written(number: int, kind: str) -> str:
    """Write a number in a format of Word's; one that is written in words or signs is named by its format."""
    if not 0 <= number <= _HIGHEST:
        return f"{number} ({kind})"
    match kind:
        case "decimal":
            return str(number)
        case "decimalZero":
            return f"{number:02d}"
        case "lowerLetter" | "upperLetter":
            times, at = divmod(number - 1, 26)
            letters = chr(97 + at) * (times + 1) if number > 0 else ""
            return letters if kind == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman":
            return _roman(number) if kind == "lowerRoman" else _roman(number).upper()
        case "none" | "bullet":
            return ""
    return f"{number} ({kind})"


def _roman(number: int) -> str:
    made = ""
    for value, letters in _ROMAN:
        times, number = divmod(max(number, 0), value)
        made += letters * times
    return made


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _int(text: str) -> int:
    """Return a number that a file gives, at most a little more than Word counts to; 0 for what is none."""
    return min(int(text[:9]), _HIGHEST + 1) if text.isascii() and text.isdecimal() else 0


def _of(properties: Element, name: str) -> str:
    found = properties.find(f"{w('numPr')}/{w(name)}")
    return "" if found is None else found.get(w("val"), "")


def _val(node: Element, name: str) -> str:
    found = node.find(w(name))
    return "" if found is None else found.get(w("val"), "")
