"""Reads a Word file into one sequence of lines: the body, its tables and pages, headers and footers.

One rule: what is neither read here nor named in the closed list is kept as it is written, so that it can be compared
literally.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from drafter.verifying import lines, literal, paragraphs
from drafter.verifying.cascade import Sheet
from drafter.verifying.lines import Line, Odd, Read
from drafter.verifying.listed import Context, Rows
from drafter.verifying.paragraphs import Paragraphs
from drafter.word.labels import Labels
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package
from drafter.word.oxml.roots import URIS
from drafter.word.oxml.screening import colours
from drafter.word.oxml.screening.looks import Looks

_ID = f"{{{URIS['r']}}}id"
_CHOICE = f"{{{URIS['mc']}}}AlternateContent"
_FEW = 2  # empty lines in a header that programs write by themselves
_ROOM = 720  # twentieths of a point that an empty line of a header may take
_DRAWN = {"framePr": "a frame", "pBdr": "a line", "shd": "a shade"}
_REFERENCES = ("headerReference", "footerReference")
_MARGINS = {
    "first header": "the header of a first page",
    "default header": "the header",
    "even header": "the header of even pages",
    "first footer": "the footer of a first page",
    "default footer": "the footer",
    "even footer": "the footer of even pages",
}


def read(parts: Package, rows: Rows) -> Read:
    """Read the parts of a Word file that the door has let through."""
    main = package.main(parts)
    one = {kind: _first(parts, kind, main) for kind in ("styles", "numbering", "settings", "theme")}
    sheet = Sheet(one["styles"], one["theme"], one["settings"], rows)
    known = {kind: [] if node is None else [node] for kind, node in one.items()}
    looks = Looks(known["styles"], colours.theme(known["theme"], known["settings"]))
    reader = _Reader(parts, Paragraphs(sheet, Labels(one["numbering"], sheet.chain), looks, rows))
    reader.body(main)
    marks: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(reader.lines):
        for name in (one for one in line.marks if one not in reader.unended_marks):
            marks[name] = (*marks.get(name, ()), number)
    return Read(tuple(reader.lines), marks)


def _unended(root: Element) -> frozenset[str]:
    """Return the names of the marks that have no end: Word takes them for none, and prints an error where they are."""
    ends = {node.get(w("id")) for node in root.iter(w("bookmarkEnd"))}
    starts = (node for node in root.iter(w("bookmarkStart")) if node.get(w("id")) not in ends)
    return frozenset(node.get(w("name"), "").casefold() for node in starts)


def _first(parts: Package, kind: str, main: str) -> Element | None:
    found = package.find(parts, kind, main)
    return paragraphs.tree(parts[found[0]]) if found else None


def _twice(node: Element, *names: str) -> list[Odd]:
    """Return the properties that an element has twice: programs differ in which of them they take."""
    return [Odd("properties that are there twice", name, 0) for name in names if len(node.findall(w(name))) > 1]


def _is_seen(property_: Element) -> bool:
    if property_.tag == w("pBdr"):
        return any(side.get(w("val"), "nil") not in ("nil", "none") for side in property_)
    if property_.tag == w("shd"):
        return property_.get(w("fill"), "auto") not in ("auto", "FFFFFF") or property_.get(w("val")) not in _CLEAR
    return True


_CLEAR = ("clear", "nil", None)


class _Reader:
    """Reads blocks one after the other into lines."""

    def __init__(self, parts: Package, inner: Paragraphs) -> None:
        self.parts, self.inner, self.sheet, self.rows = parts, inner, inner.sheet, inner.rows
        self.lines: list[Line] = []
        self.main = ""
        self.unended_marks: frozenset[str] = frozenset()
        self.before: dict[str, str] = {}  # headers and footers of the section before

    def body(self, main: str) -> None:
        """Read the main part, with what it says beside its body."""
        self.main = main
        root = paragraphs.tree(self.parts[main])
        odd = [Odd(key, said, 0) for key, said in literal.attributes(root, self.rows)]
        odd += [lines.odd(child, self.rows) for child in root if child.tag != w("body")]
        self.note("page", odd, "")
        self.inner.enter(self.parts, main)
        self.unended_marks = _unended(root)
        for body in root.iterfind(w("body")):
            self.blocks(body, "")
        self.unended("")

    def unended(self, where: str) -> None:
        """Note each field that is still open where a part ends: programs differ in what they show of what follows."""
        self.note("words", [Odd("a field that never ends", one.code.strip(), 0) for one in self.inner.open], where)

    def blocks(self, node: Element, where: str) -> None:
        """Read what follows each other in a body, a cell, a header or a control."""
        self.note("words", lines.stray(node), where)
        for child in node:
            name = lines.name(child)
            if child.tag == w("tcPr"):
                continue
            if name == "w:bookmarkStart" and self.is_(child, "dropped"):
                self.inner.pending.append(child.get(w("name"), "").casefold())
            elif child.tag == w("p") and self.is_(child, "opened"):
                self.paragraph(child, where)
            elif child.tag == w("tbl") and self.is_(child, "opened"):
                self.table(child, where)
            elif child.tag == w("sectPr"):
                self.section(child)
            elif self.is_(child, "dropped"):
                continue
            elif self.is_(child, "opened"):
                self.note("words", self.inner.strange(child), where)
                start = len(self.lines)
                for inner in child.iterfind(w("sdtContent")) if name == "w:sdt" else (child,):
                    self.blocks(inner, where)
                others = [line for line in self.lines[start:] if line.words.strip() and not line.contents]
                if len(others) > 1:  # the first is its heading
                    self.note("words", lines.outside(child), where)
            else:
                self.note("words", [lines.odd(child, self.rows)], where)
                if any(one.tag in (w("p"), w("tbl")) for one in child) and child.tag != _CHOICE:
                    self.blocks(child, where)

    def is_(self, node: Element, how: str) -> bool:
        """Say how a row of the list for words has an element read."""
        return self.inner.is_(node, how)

    def note(self, kind: Context, odd: Sequence[Odd], where: str) -> None:
        """Add a line for what isn't named and is in no paragraph."""
        if odd:
            self.lines.append(Line(kind, "", odd=tuple(odd), where=where))

    def table(self, table: Element, where: str) -> None:
        """Read a table's properties and columns, and its rows."""
        properties = table.findall(w("tblPr"))
        style = next((paragraphs.value_of(one, "tblStyle") for one in properties), "")
        grid = [node for each in table.iterfind(w("tblGrid")) for node in each]
        self.note("words", [lines.odd(node, self.rows) for node in grid if node.tag != w("gridCol")], where)
        columns = [str(node.get(w("w"), "")) for node in grid if node.tag == w("gridCol")]
        looks = (
            {"style": self.sheet.table_style(style)}
            | {f"columns {at}": wide for at, wide in enumerate(columns)}
            | self.sheet.merged("table", [*properties, *self.sheet.table_layers(style)])
        )
        odd = (*self.inner.strange(table), *_twice(table, "tblPr", "tblGrid"))
        self.lines.append(Line("table", "", looks=looks, where=where, odd=odd))
        for row in table:
            if row.tag == w("tr"):
                self.row(row, where)
            elif row.tag not in (w("tblPr"), w("tblGrid")):
                self.blocks_of(row, where)
        self.lines.append(Line("table", "end", where=where))

    def blocks_of(self, node: Element, where: str) -> None:
        """Read what is between rows or cells: marks, and whatever isn't named."""
        holder = etree.Element(w("body"))
        holder.append(node.__copy__())  # type: ignore[attr-defined]
        self.blocks(holder, where)

    def row(self, row: Element, where: str) -> None:
        """Read a row's properties, and its cells."""
        layers = [node for name in ("trPr", "tblPrEx") for node in row.iterfind(w(name))]
        looks = self.sheet.merged("row", layers)
        odd = (*self.inner.strange(row), *_twice(row, "trPr", "tblPrEx"))
        self.lines.append(Line("row", "", looks=looks, where=where, odd=odd))
        for cell in row:
            if cell.tag == w("tc"):
                looks = self.sheet.merged("cell", cell.iterfind(w("tcPr")))
                odd = (*self.inner.strange(cell), *_twice(cell, "tcPr"))
                self.lines.append(Line("cell", "", looks=looks, where=where, odd=odd))
                self.blocks(cell, where)
            elif cell.tag not in (w("trPr"), w("tblPrEx")):
                self.blocks_of(cell, where)
        self.lines.append(Line("row", "end", where=where))

    def section(self, node: Element) -> None:
        """Read a page's properties, and its headers and footers; only the main part has pages."""
        if self.inner.source != self.main:
            self.note("page", [lines.odd(node, self.rows)], "")
            return
        looks = self.sheet.merged("page", [node])
        kinds = [(one.tag, one.get(w("type"), "default")) for one in node.iter(*map(w, _REFERENCES))]
        twice = [Odd("two headers or footers of one kind", "", 0)] * (len(set(kinds)) != len(kinds))
        held = {kind: package.find(self.parts, kind, self.inner.source) for kind in ("header", "footer")}
        lost = [
            Odd(f"a {kind} that is missing", "", 0)
            for kind in held
            for one in node.iterfind(w(f"{kind}Reference"))
            if self.inner.targets.get(one.get(_ID, "")) not in held[kind]
        ]
        self.lines.append(Line("page", "", looks=looks, odd=(*self.inner.strange(node), *twice, *lost)))
        for reference in (*node.iterfind(w("headerReference")), *node.iterfind(w("footerReference"))):
            kind = "header" if reference.tag == w("headerReference") else "footer"
            name = self.inner.targets.get(reference.get(_ID, ""), "")
            name = name if name in held[kind] else ""
            self.before[f"{reference.get(w('type'), 'default')} {kind}"] = name
        for key, where in _MARGINS.items():
            if name := self.before.get(key, ""):
                self.margin(name, where)

    def margin(self, name: str, where: str) -> None:
        """Read a header or footer; one without words, in which nothing else is drawn or takes room, is none."""
        start, outer = len(self.lines), self.inner.source
        fields, self.inner.open = self.inner.open, []
        self.inner.enter(self.parts, name)
        root = paragraphs.tree(self.parts[name])
        self.note("page", [Odd(key, said, 0) for key, said in literal.attributes(root, self.rows)], where)
        self.blocks(root, where)
        self.unended(where)
        self.inner.enter(self.parts, outer)
        self.inner.open = fields
        if not any(line.words or line.odd or line.kind != "paragraph" for line in self.lines[start:]):
            drawn = [Odd(what, "", 0) for what in self.drawn(root, len(self.lines) - start)]
            del self.lines[start:]
            self.note("page", drawn, where)

    def drawn(self, root: Element, lines: int) -> Iterator[str]:
        """Yield what a header or footer without words draws, or takes room with, on each page."""
        if lines > _FEW:
            yield f"{lines} empty lines"
        for node in root.iter(w("p")):
            own = node.find(w("pPr"))
            style = "" if own is None else paragraphs.value_of(own, "pStyle")
            layers = [*([] if own is None else [own]), *(p for s in self.sheet.chain(style, "paragraph") for p in s)]
            for layer in layers:
                for name, what in _DRAWN.items():
                    if any(_is_seen(one) for one in layer.iterfind(w(name))):
                        yield what
            looks = self.sheet.paragraph(own, style, ())
            room = (looks.get(f"w:spacing.{name}", "0") for name in ("before", "after", "line"))
            mark = self.sheet.run(None if own is None else own.find(w("rPr")), style).get("w:sz", "20")
            if any(not said.lstrip("-").isdigit() or int(said) > _ROOM for said in (*room, f"{mark}0")):
                yield "a line that takes much room"

    def noted(self, reference: Element) -> None:
        """Read what a note says, which is in another part, and whose lists are counted by themselves."""
        name, note = paragraphs.note_of(self.parts, self.inner.source, reference)
        outer, labels, fields = self.inner.source, self.inner.labels, self.inner.open
        what = lines.called(reference)
        if note is None or outer != self.main:
            self.note("words", [Odd(f"{what} that is missing, or is in another note", "", 0)], what)
            return
        self.inner.labels, self.inner.open = labels.anew(), []
        self.inner.enter(self.parts, name)
        self.blocks(note, f"the text of {what}")
        self.unended(what)
        self.inner.enter(self.parts, outer)
        self.inner.labels, self.inner.open = labels, fields

    def paragraph(self, node: Element, where: str) -> None:
        """Read a paragraph, and the page that ends with it."""
        self.inner.number = len(self.lines)
        self.lines.append(self.inner.read(node, where))
        while self.inner.notes:
            self.noted(self.inner.notes.pop(0))
        for section in node.iterfind(f"{w('pPr')}/{w('sectPr')}"):
            self.section(section)
