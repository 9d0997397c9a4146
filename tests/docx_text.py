"""Reads a Word file as a reader sees it, for tests: text, list numbers, bold, blanks, references, tables.

It shares nothing with the writer: zipfile and lxml only, and its own reading of the rules for lists
(ECMA-376 part 1, 17.9). What the writer computes and what this reads must agree.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Span:
    """Characters of one look. `field` is the instruction of the field whose cached result they are."""

    text: str
    bold: bool = False
    blank: bool = False
    field: str = ""

    @property
    def target(self) -> str:
        """The bookmark that a REF field points to."""
        words = self.field.split()
        return words[1] if words[:1] == ["REF"] else ""


@dataclass(frozen=True)
class Line:
    """One paragraph: where it is, its style, the number its list prints, and its spans."""

    where: str  # "body", "header", "footer"
    style: str
    number: str
    spans: tuple[Span, ...]
    cell: tuple[int, int, int] | None = None  # table, row and column, counted from 0 in its part
    bookmarks: tuple[str, ...] = ()  # those that start in this paragraph
    keep_next: bool = False
    sections: tuple[str, ...] = ()  # the bookmarks round whole paragraphs that it stands in

    @property
    def text(self) -> str:
        """The characters, without the number."""
        return "".join(span.text for span in self.spans)

    def __str__(self) -> str:
        place = "" if self.where == "body" else f"{self.where}: "
        number = f"{self.number} " if self.number else ""
        cell = "" if self.cell is None else f" row {self.cell[1]} column {self.cell[2]}"
        return f"{place}[{self.style}{cell}] {number}{''.join(map(_marked, self.spans))}"


def _marked(span: Span) -> str:
    text = f"**{span.text}**" if span.bold else span.text
    text = f"<<{text}>>" if span.blank else text
    return f"{{{text}→{span.target}}}" if span.target else text


def lines(data: bytes) -> list[Line]:
    """Read every paragraph of the headers, the body and the footers."""
    file = _File.open(data)
    found: list[Line] = []
    for where in ("header", "body", "footer"):
        for root in file.parts(where):
            found += _Walk(file, where).read(root)
    return found


def body(data: bytes) -> list[Line]:
    """Read the paragraphs of the body."""
    return [line for line in lines(data) if line.where == "body"]


def to_lines(data: bytes) -> list[str]:
    """Return each paragraph as a line: [style] number text, with **bold**, <<blank>> and {reference→bookmark}."""
    return list(map(str, lines(data)))


def plain_text(data: bytes) -> str:
    """Return the body's text, one line a paragraph, list numbers included."""
    return "\n".join(f"{line.number} {line.text}".strip() for line in body(data)) + "\n"


def targets(data: bytes) -> dict[str, str]:
    """Return what each bookmark in the body numbers: its paragraph's list number."""
    return {name: line.number for line in body(data) for name in line.bookmarks}


def references(data: bytes) -> list[tuple[str, str]]:
    """Return the cached text of each REF field, and the bookmark that it points to."""
    return [(span.text, span.target) for line in lines(data) for span in line.spans if span.target]


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of the zip, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# -- the file -----------------------------------------------------------------------------------


@dataclass
class _File:
    parts_: dict[str, bytes]
    main: str
    styles: dict[str, Any]
    names: dict[str, str]
    nums: dict[str, tuple[str, dict[int, int]]]
    lists: dict[str, dict[int, Any]]

    @classmethod
    def open(cls, data: bytes) -> _File:
        found = parts(data)
        main = next(target for kind, target in _rels(found, "") if kind == "officeDocument")
        related = dict(_rels(found, main))
        styles = {s.get(W + "styleId"): s for s in etree.fromstring(found[related["styles"]]).iter(W + "style")}
        numbering = etree.fromstring(found[related["numbering"]]) if "numbering" in related else etree.Element("none")
        return cls(
            found,
            main,
            styles,
            {key: style.find(W + "name").get(W + "val") for key, style in styles.items()},
            {n.get(W + "numId"): _num(n) for n in numbering.iter(W + "num")},
            {a.get(W + "abstractNumId"): _levels(a) for a in numbering.iter(W + "abstractNum")},
        )

    def parts(self, where: str) -> list[Any]:
        if where == "body":
            return [etree.fromstring(self.parts_[self.main]).find(W + "body")]
        return [etree.fromstring(self.parts_[name]) for kind, name in _rels(self.parts_, self.main) if kind == where]

    def chain(self, style: str) -> list[Any]:
        found = []
        while style in self.styles and self.styles[style] not in found:
            found.append(self.styles[style])
            style = _val(self.styles[style], "basedOn")
        return found

    def on(self, style: str, path: str) -> bool | None:
        """Say whether a style turns something on, as pPr/keepNext; None when it says nothing."""
        for node in self.chain(style):
            if (state := _on(node.find(path))) is not None:
                return state
        return None


def _rels(found: dict[str, bytes], place: str) -> list[tuple[str, str]]:
    folder, name = posixpath.split(place)
    rels = posixpath.join(folder, "_rels", name + ".rels")
    return [
        (node.get("Type").rpartition("/")[2], posixpath.normpath(posixpath.join("/", folder, node.get("Target")))[1:])
        for node in (etree.fromstring(found[rels]) if rels in found else [])
    ]


def _val(node: Any, *path: str) -> str:
    found = node.find("/".join(W + name for name in path))
    return "" if found is None else found.get(W + "val", "")


def _on(node: Any) -> bool | None:
    return None if node is None else node.get(W + "val", "1") not in ("0", "false", "off")


def _num(node: Any) -> tuple[str, dict[int, int]]:
    overrides = {
        int(o.get(W + "ilvl")): int(o.find(W + "startOverride").get(W + "val"))
        for o in node.iter(W + "lvlOverride")
        if o.find(W + "startOverride") is not None
    }
    return _val(node, "abstractNumId"), overrides


def _levels(node: Any) -> dict[int, Any]:
    return {int(level.get(W + "ilvl")): level for level in node.iter(W + "lvl")}


# -- lists --------------------------------------------------------------------------------------


@dataclass
class _Counters:
    """Counts lists as Word does: lists of one definition share their counts, and a restart counts when first used."""

    file: _File
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    seen: set[tuple[str, int]] = field(default_factory=set)

    def next(self, num: str, level: int) -> str:
        if num not in self.file.nums:
            return ""
        definition, overrides = self.file.nums[num]
        levels = self.file.lists[definition]
        counts = self.counts.setdefault(definition, {})
        if level in overrides and (num, level) not in self.seen:
            counts[level] = overrides[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = int(_val(levels[level], "start") or 1)
        self.seen.add((num, level))
        for deeper in [place for place in counts if place > level and self._restarts(levels[place], level)]:
            del counts[deeper]
        return self._text(levels, counts, level)

    @staticmethod
    def _restarts(deeper: Any, level: int) -> bool:
        after = _val(deeper, "lvlRestart")  # absent: after any level above; 0: never; n: after level n, from 1
        return not after or (after != "0" and level < int(after))

    @staticmethod
    def _text(levels: dict[int, Any], counts: dict[int, int], level: int) -> str:
        text = _val(levels[level], "lvlText").replace("\u00a0", " ")
        legal = _on(levels[level].find(W + "isLgl"))
        for place in range(9):
            if f"%{place + 1}" in text:
                count = counts.get(place, int(_val(levels[place], "start") or 1))
                kind = "decimal" if legal and place != level else _val(levels[place], "numFmt")
                text = text.replace(f"%{place + 1}", _numeral(count, kind))
        return text


def _numeral(count: int, kind: str) -> str:
    match kind:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letter if kind == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman":
            return _roman(count) if kind == "lowerRoman" else _roman(count).upper()
        case "none":
            return ""
        case "decimal" | "":
            return str(count)
        case _:
            raise AssertionError(f"numerals that this reader does not know: {kind}")


def _roman(count: int) -> str:
    made = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        while count >= value:
            made, count = made + letters, count - value
    return made


# -- paragraphs ---------------------------------------------------------------------------------


class _Walk:
    """Goes through one part in reading order."""

    def __init__(self, file: _File, where: str) -> None:
        self.file, self.where = file, where
        self.counters = _Counters(file)
        self.tables = 0
        self.open: dict[str, str] = {}  # bookmarks round paragraphs, by id
        self.fields: list[list[Any]] = []  # the fields that are open: instruction, and whether its result is reached

    def read(self, node: Any, cell: tuple[int, int, int] | None = None) -> list[Line]:
        found: list[Line] = []
        for child in node:
            if child.tag == W + "p":
                found.append(self._paragraph(child, cell))
            elif child.tag == W + "tbl":
                found += self._table(child)
            elif child.tag == W + "bookmarkStart":
                self.open[child.get(W + "id")] = child.get(W + "name")
            elif child.tag == W + "bookmarkEnd":
                self.open.pop(child.get(W + "id"), None)
            elif child.tag in (W + "sdt", W + "sdtContent"):
                found += self.read(child, cell)
        return found

    def _table(self, node: Any) -> list[Line]:
        table, found = self.tables, []
        self.tables += 1
        for row, tr in enumerate(node.iter(W + "tr")):
            for column, tc in enumerate(tr.iter(W + "tc")):
                found += self.read(tc, (table, row, column))
        return found

    def _paragraph(self, node: Any, cell: tuple[int, int, int] | None) -> Line:
        style = _val(node, "pPr", "pStyle")
        number = self._number(node, style)
        inside = tuple(self.open.values())
        marks: list[str] = []
        spans = self._spans(node, style, marks)
        keep = _on(node.find(f"{W}pPr/{W}keepNext"))
        if keep is None:
            keep = bool(self.file.on(style, f"{W}pPr/{W}keepNext"))
        return Line(self.where, self.file.names.get(style, "Normal"), number, spans, cell, tuple(marks), keep, inside)

    def _number(self, node: Any, style: str) -> str:
        num, level = _val(node, "pPr", "numPr", "numId"), _val(node, "pPr", "numPr", "ilvl")
        for parent in self.file.chain(style):
            num = num or _val(parent, "pPr", "numPr", "numId")
        if num in ("", "0") or num not in self.file.nums:
            return ""
        levels = self.file.lists[self.file.nums[num][0]]
        bound = next((place for place, lvl in levels.items() if _val(lvl, "pStyle") == style), 0)
        return self.counters.next(num, int(level) if level else bound)

    def _spans(self, node: Any, style: str, marks: list[str]) -> tuple[Span, ...]:
        made: list[Span] = []
        for child in node:
            if child.tag == W + "r":
                made += self._run(child, style)
            elif child.tag == W + "bookmarkStart":
                marks.append(child.get(W + "name"))
            elif child.tag in (W + "hyperlink", W + "ins", W + "smartTag", W + "sdt", W + "sdtContent"):
                made += self._spans(child, style, marks)
        return _joined(made)

    def _run(self, node: Any, style: str) -> list[Span]:
        text = ""
        for child in node:
            if child.tag == W + "t":
                text += (child.text or "").replace("\u00a0", " ")  # only what is printed keeps a line together
            elif child.tag == W + "br":
                text += "\n" if child.get(W + "type", "textWrapping") == "textWrapping" else ""  # else a page break
            elif child.tag == W + "tab":
                text += "\t"
            elif child.tag == W + "noBreakHyphen":
                text += "\u2011"
            elif child.tag == W + "instrText":
                self.fields[-1][0] += child.text or ""
            elif child.tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
        if not text:
            return []
        code = next((code for code, _ in reversed(self.fields) if code.strip().startswith(("REF", "PAGEREF"))), "")
        return [Span(text, self._bold(node, style), self._blank(node), code.strip())]

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(["", False])
        elif kind == "separate":
            self.fields[-1][1] = True
        else:
            self.fields.pop()

    def _bold(self, node: Any, style: str) -> bool:
        states = (
            _on(node.find(f"{W}rPr/{W}b")),
            self.file.on(_val(node, "rPr", "rStyle"), f"{W}rPr/{W}b"),
            self.file.on(style, f"{W}rPr/{W}b"),
        )
        return next((state for state in states if state is not None), False)

    def _blank(self, node: Any) -> bool:
        looks = [node, *self.file.chain(_val(node, "rPr", "rStyle"))]
        shades = [look.find(f"{W}rPr/{W}shd") for look in looks]
        return any(_val(look, "rPr", "highlight") not in ("", "none") for look in looks) or any(
            shade is not None and shade.get(W + "fill") not in ("auto", "FFFFFF") for shade in shades
        )


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    made: list[Span] = []
    for span in spans:
        last = made[-1] if made else None
        if last and (last.bold, last.blank, last.field) == (span.bold, span.blank, span.field) and not span.target:
            made[-1] = Span(last.text + span.text, last.bold, last.blank, last.field)
        else:
            made.append(span)
    return tuple(made)
