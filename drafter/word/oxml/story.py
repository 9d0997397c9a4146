"""Reads one part of a Word file in reading order, as lines of words, each with the section that it is in.

One rule: what a reader would see once every change is accepted (or rejected, see `settled`) is there. A part has much
that shows no words, or shows other words than it holds: fields, hidden runs, text boxes, alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from typing import Literal

from lxml import etree

from drafter.values import dataclass
from drafter.word.oxml import package, spaces, tracking
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.screening.looks import Looks
from drafter.word.oxml.screening.stories import AROUND, RUNS, TEXT

_MARK = re.compile(r"_cb?_[0-9a-f]{12}")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = (w("del"), w("moveFrom"))
_START, _STOP = w("bookmarkStart"), w("bookmarkEnd")
_COUNTING = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF")
_NUMBER = re.compile(r"\s*([0-9]+|[ivxlcdm]+)?\s*", re.IGNORECASE)
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_CHARACTERS: Mapping[str, str] = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
_PROPERTIES = "pPr rPr tblPr tblGrid tblPrEx trPr tcPr sectPr sdtPr sdtEndPr rubyPr"
_SILENT = frozenset(map(w, f"{_PROPERTIES} delText delInstrText".split()))


Side = Literal["accepted", "rejected"]  # what becomes of the tracked changes of a part
ACCEPTED: Side = "accepted"
REJECTED: Side = "rejected"


def settled(xml: bytes, side: Side = ACCEPTED) -> Element:
    """Parse a part without comments of the XML, and with the alternatives of which a program shows one side by side.

    Alternatives with the same words count once. Others all stay, since nobody knows which one is shown. All that is
    read from a part that is settled as `REJECTED` is what it says once every change is rejected.
    """
    root = package.parse(xml)
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    if side == REJECTED:
        tracking.turn(root)
    for node in list(root.iter(f"{_MC}AlternateContent")):
        branches = [child for child in node if child.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
        alike = len({"".join(map(_characters, branch.iter(*TEXT))) for branch in branches}) == 1
        for child in [child for branch in (branches[:1] if alike else branches) for child in branch]:
            node.addprevious(child)
        if (parent := node.getparent()) is not None:
            parent.remove(node)
    return root


def _characters(node: Element) -> str:
    return "".join(map(str, node.itertext()))


def _value(node: Element, path: str) -> str | None:
    found = node.find("/".join(map(w, path.split("/"))))
    return None if found is None else found.get(w("val"), "")


def _is_drop_cap(node: Element) -> bool:
    """Say whether a paragraph is the large letter, or word, at the start of the next one (§17.3.1.11)."""
    frame = node.find(f"{w('pPr')}/{w('framePr')}")
    return frame is not None and frame.get(w("dropCap")) in {"drop", "margin"}


@lru_cache(maxsize=AROUND)  # each field in a long row asks for it
def _is_gone_row(node: Element) -> bool:
    return node.tag == w("tr") and node.find(f"{w('trPr')}/{w('del')}") is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its words, the section that they start in, its style's id, whether it is in a table of contents."""

    text: str
    place: str
    style: str
    contents: bool


@dataclass(slots=True)
class _Field:
    """An open field: its instruction, whether its result has been reached, and a page number as far as it is read."""

    code: list[str] = field(default_factory=list)
    shows: bool = False
    kind: str = ""
    result: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Waiting:
    """The words of a paragraph until it ends, where they started, and the lines of the text boxes in it."""

    words: list[str] = field(default_factory=list)
    started: bool = False
    place: str = ""
    contents: bool = False
    boxes: list[Line] = field(default_factory=list)


def lines(root: Element, names: Mapping[str, str], looks: Looks) -> list[Line]:
    """Return the lines of a settled part; `names` gives the sections by the names of the bookmarks round them.

    `looks` are those of the file's styles, which may hide words.
    """
    return _Story(root, names, looks).lines


def hidden(root: Element, looks: Looks) -> Iterator[str]:
    """Yield the words of a settled part that are in it and that no reader sees, since they are hidden."""
    for run in root.iter(*RUNS):
        words = "".join(_characters(node) for node in run.iter(*TEXT) if next(node.iterancestors(*RUNS)) is run)
        if words.strip() and not any(node.tag in _GONE for node in run.iterancestors()):
            yield from [words] if any(map(looks.hides, (run, *run.iterancestors(*RUNS)))) else []


class _Story:
    """Walks once through a part in reading order, and keeps what is open: bookmarks, fields, the paragraph."""

    def __init__(self, root: Element, names: Mapping[str, str], looks: Looks) -> None:
        self.looks = looks
        self.marks = _marks(root, names)
        self.whole = whole_fields(
            node
            for node in root.iter(w("fldChar"))
            if not any(parent.tag in _GONE or _is_gone_row(parent) for parent in node.iterancestors())
        )
        self.open: set[str] = set()  # the sections that are open
        self.opened: list[str] = []  # those and some that are closed, in order: the last open one is the innermost
        self.fields: list[_Field] = []
        self.codes = 0  # of the open fields, those whose result is not reached
        self.tables = 0  # those that are tables of contents
        self.pages: list[_Field] = []  # those that count pages
        self.hidden = False
        self.cells: list[list[Line]] | None = None
        self.waiting = _Waiting()
        self.lines: list[Line] = []
        self.reads: Mapping[str, Callable[[Element], None]] = {
            **dict.fromkeys(_GONE, self._gone),
            **dict.fromkeys(TEXT, self._text),
            **dict.fromkeys(_SILENT, lambda _: None),
            **{tag: lambda _, said=said: self._say(said) for tag, said in _CHARACTERS.items()},  # type: ignore[misc]
            w("p"): self._paragraph,
            w("tbl"): self._table,
            w("tr"): self._row,
            w("tc"): self._cell,
            w("txbxContent"): self._box,
            w("bookmarkStart"): self._bookmark,
            w("bookmarkEnd"): self._bookmark,
            **dict.fromkeys(RUNS, self._run),
            w("br"): self._break,
            w("sym"): self._symbol,
            w("sdt"): self._control,
            w("fldSimple"): self._simple,
            w("fldChar"): self._field,
            w("instrText"): self._code,
        }
        self._all(root)
        self._end("")

    def _all(self, node: Element) -> None:
        for child in node:
            self.reads.get(str(child.tag), self._all)(child)

    def _gone(self, node: Element) -> None:
        for mark in node.iter(_START, _STOP):
            self._bookmark(mark)

    # -- words ----------------------------------------------------------------------------------

    def _say(self, text: str) -> None:
        if self.hidden or self.codes:
            return
        if self.pages:
            self.pages[-1].result.append(text)
            return
        if not self.waiting.started and text.strip():
            self.waiting.started = True
            self.waiting.place = self._here()
            self.waiting.contents = self.tables > 0
        self.waiting.words.append(text)

    def _here(self) -> str:
        while self.opened and self.opened[-1] not in self.open:
            self.opened.pop()
        return self.opened[-1] if self.opened else ""

    def _end(self, style: str) -> None:
        """Make a line of the words since the last one."""
        ended, self.waiting = self.waiting, _Waiting()
        if ended.started:
            self.lines.append(Line("".join(ended.words).strip(), ended.place, style, ended.contents))
        self.lines += ended.boxes

    def _run(self, node: Element) -> None:
        before = self.hidden
        self.hidden = before or self.looks.hides(node)
        self._all(node)
        self.hidden = before

    def _text(self, node: Element) -> None:
        self._say(spaces.read(_characters(node)))

    def _break(self, node: Element) -> None:
        self._say("\n" if node.get(w("type"), "textWrapping") == "textWrapping" else "")

    def _symbol(self, node: Element) -> None:
        self._say(f"{_UNKNOWN}{node.get(w('char'), '')}")

    def _control(self, node: Element) -> None:
        if node.find(f"{w('sdtPr')}/{w('dataBinding')}") is not None:
            self._say(_UNKNOWN)  # Word shows the words of another part in the place of these
        self._all(node)

    # -- paragraphs, tables, boxes --------------------------------------------------------------

    def _paragraph(self, node: Element) -> None:
        """Read a paragraph. One whose own mark is deleted, or a drop cap, is joined by the next, whose style it has."""
        self._all(node)
        mark = node.find(f"{w('pPr')}/{w('rPr')}")
        if not _is_drop_cap(node) and (mark is None or not any(child.tag in _GONE for child in mark)):
            self._end(_value(node, "pPr/pStyle") or "")

    def _table(self, node: Element) -> None:
        self._end("")  # no paragraph joins a table
        self._all(node)

    def _row(self, node: Element) -> None:
        if _is_gone_row(node):
            self._gone(node)
            return
        here, before, self.cells = self._here(), self.cells, []
        self._all(node)
        cells, self.cells = self.cells, before
        first = next((line for cell in cells for line in cell), None)
        if first is not None:
            text = " | ".join("\n".join(line.text for line in cell) for cell in cells)
            self.lines.append(Line(text, first.place or here, "", first.contents))

    def _cell(self, node: Element) -> None:
        if self.cells is None:
            self._all(node)
            return
        made = self._apart(node)
        if made or node.find(f"{w('tcPr')}/{w('cellDel')}") is None:  # some programs show a deleted cell that has words
            self.cells.append(made)

    def _box(self, node: Element) -> None:
        made = self._apart(node)
        self.waiting.boxes += made

    def _apart(self, node: Element) -> list[Line]:
        """Return the lines of a cell or a text box, which don't belong to the words around it."""
        before = self.waiting, self.lines
        self.waiting, self.lines = _Waiting(), []
        self._all(node)
        self._end("")
        made = self.lines
        self.waiting, self.lines = before
        return made

    # -- bookmarks and fields -------------------------------------------------------------------

    def _bookmark(self, node: Element) -> None:
        section = self.marks.get(node.get(w("id"), ""))
        if section is not None and node.tag == _STOP:
            self.open.discard(section)
        elif section is not None and section not in self.open:
            self.open.add(section)
            self.opened.append(section)

    def _simple(self, node: Element) -> None:
        self._open()
        self.fields[-1].code.append(node.get(w("instr"), ""))
        self._show()
        self._all(node)
        self._close()

    def _field(self, node: Element) -> None:
        kind = node.get(w("fldCharType"))
        if node not in self.whole:
            return
        if kind == "begin":
            self._open()
        elif kind == "separate" and self.fields:
            self._show()
        elif kind == "end" and self.fields:
            self._close()

    def _code(self, node: Element) -> None:
        if self.fields and not self.fields[-1].shows:
            self.fields[-1].code.append(node.text or "")

    def _open(self) -> None:
        self.fields.append(_Field())
        self.codes += 1

    def _show(self) -> None:
        """Go from a field's instruction to its result."""
        last = self.fields[-1]
        if not last.shows:
            last.shows, last.kind = True, ("".join(last.code).split() or [""])[0].upper()
            self.codes -= 1
            self.tables += last.kind == "TOC"
            self.pages += [last] if last.kind in _COUNTING else []

    def _close(self) -> None:
        self._show()
        closed = self.fields.pop()
        self.tables -= closed.kind == "TOC"
        if closed.kind in _COUNTING:
            self.pages.pop()
            number = "".join(closed.result)
            self._say("#" if _NUMBER.fullmatch(number) else number)


def _marks(root: Element, names: Mapping[str, str]) -> Mapping[str, str]:
    """Return the section of each bookmark round a section, by the bookmark's id.

    One without an end doesn't count. LibreOffice 7.4 starts a bookmark that spans paragraphs twice, under two ids, and
    ends the second: that end is the end of both.
    """
    starts = {
        node.get(w("id"), ""): names.get(name, name)
        for node in root.iter(_START)
        if _MARK.fullmatch(name := node.get(w("name"), ""))
    }
    ends = {node.get(w("id"), "") for node in root.iter(_STOP)}
    ended = {section for key, section in starts.items() if key in ends}
    return {key: section for key, section in starts.items() if section in ended}


def whole_fields(signs: Iterable[Element]) -> frozenset[Element]:
    """Return the signs of the fields that have both a beginning and an end, so that half a field hides no words."""
    found: list[Element] = []
    waiting: list[list[Element]] = []
    for node in signs:
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            waiting.append([node])
        elif waiting:
            waiting[-1].append(node)
            found += waiting.pop() if kind == "end" else []
    return frozenset(found)
