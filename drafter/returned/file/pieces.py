"""Reads a part of a Word file into pieces of words, each with the sides that it is on: rejected, accepted, both."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field

from drafter.returned.file import formats
from drafter.returned.markup import HIDDEN
from drafter.values import dataclass
from drafter.word import labels
from drafter.word.labels import Labels
from drafter.word.oxml import spaces, story
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.screening.looks import Looks
from drafter.word.oxml.screening.stories import RUNS, TEXT

START, STOP = "start", "stop"  # areas of the signs round a text box: a paragraph may go on after it
CELL = " | "  # between the cells of a row
_ADDS, _TAKES = ("ins", "moveTo"), ("del", "moveFrom")
_NAMES = {w(name): name for name in (*_ADDS, *_TAKES)}
_TEXTS = frozenset((*TEXT, w("delText")))
_CHARACTERS: Mapping[str, str] = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}
_PROPERTIES = "tblPr tblGrid tblPrEx trPr tcPr sectPr sdtPr sdtEndPr rubyPr softHyphen"
_SILENT = frozenset(map(w, f"pPr rPr {_PROPERTIES}".split()))
_UNCOUNTED = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF")
_REFERENCE = re.compile(r"\s*(?:REF|PAGEREF|HYPERLINK)\b.*?(_rb?_[0-9a-f]{12})", re.DOTALL)
_SECTION = re.compile(r"_cb?_[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A tracked change as the file writes it: "ins", "del", "moveFrom", "moveTo" or "format", who, and when."""

    kind: str
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class End:
    """The end of a line: its style's id, whether it is a row of a table or of the table of contents, and where."""

    style: str = ""
    row: bool = False
    contents: bool = False
    area: str = ""
    vote: str = ""
    label: str = ""  # what a list prints before the line, where it was asked for
    level: str = ""  # the list and its level that the paragraph itself names


@dataclass(slots=True)
class Piece:
    """Words that are on one side or both, with the marks round them; with an `end`, the end of a line.

    `target` is the bookmark that a reference points to; `look` says what may be meant as a mark: "hidden", "red",
    "struck through by hand"; `tracked` whether that was made so under tracking.
    """

    text: str
    old: bool
    new: bool
    marks: tuple[Mark, ...] = ()
    target: str = ""
    look: str = ""
    comments: tuple[str, ...] = ()
    end: End | None = None
    tracked: bool = False


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    shows: bool = False
    kind: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file besides the part that is read.

    `printed` gives what each bookmark that a reference points to printed in what was sent: a reference prints that on
    every side. `ours` are authors and dates of marks that were in what was sent, and so are in all of its texts.
    `notes` are the notes by their kind and id; `labels`, where given, count what lists print. `counts` says of what a
    reference to a bookmark shows whether a program printed it by itself; other words are those that the file has.
    """

    printed: Mapping[str, str]
    ours: frozenset[tuple[str, str]] = frozenset()
    notes: Mapping[str, Element] = field(default_factory=dict)
    labels: Labels | None = None
    counts: Callable[[str, str], bool] = lambda _, __: True


def read(root: Element, looks: Looks, known: Known) -> list[Piece]:
    """Read a settled part into pieces."""
    return _Walk(root, looks, known).pieces


class _Walk:
    """Walks once through a part in reading order, and keeps what is open."""

    def __init__(self, root: Element, looks: Looks, known: Known) -> None:
        self.known, self.ours = known, known.ours
        self.seen = formats.Seen(looks)
        self.area = ""
        self.pieces: list[Piece] = []
        self.marks: tuple[Mark, ...] = ()
        self.fields: list[_Field] = []
        self.whole = story.whole_fields(root.iter(w("fldChar")))
        self.rows = 0
        self.cells = 0  # of the row so far
        self.tables = 0
        self.comments: tuple[str, ...] = ()
        self.commented: set[str] = set()
        self.look = ""
        self.run_marks: tuple[Mark, ...] = ()
        self.tracked = False
        self.votes: list[tuple[str, str]] = []
        self.vote = ""
        self.boxes: list[Piece] = []
        self.reads: Mapping[str, Callable[[Element], None]] = {
            **dict.fromkeys(_NAMES, self._marked),
            **dict.fromkeys(_TEXTS, self._text),
            **dict.fromkeys(_SILENT, lambda _: None),
            **{tag: lambda _, said=said: self._say(said) for tag, said in _CHARACTERS.items()},  # type: ignore[misc]
            w("p"): self._paragraph,
            w("tbl"): self._table,
            w("tr"): self._row,
            w("tc"): self._cell,
            w("txbxContent"): self._box,
            w("bookmarkStart"): self._opened,
            w("bookmarkEnd"): self._closed,
            **dict.fromkeys(RUNS, self._run),
            w("br"): self._break,
            w("sym"): lambda node: self._say(f"\N{REPLACEMENT CHARACTER}{node.get(w('char'), '')}"),
            w("fldSimple"): self._simple,
            w("fldChar"): self._field,
            w("instrText"): self._code,
            w("delInstrText"): self._code,
            w("commentRangeStart"): self._comment,
            w("commentRangeEnd"): self._uncomment,
            w("commentReference"): self._refers_to,
            w("footnoteReference"): self._note,
            w("endnoteReference"): self._note,
        }
        self._all(root)

    def _all(self, node: Element) -> None:
        for child in node:
            self.reads.get(child.tag, self._all)(child)

    # -- marks ----------------------------------------------------------------------------------

    def _mark(self, node: Element, kind: str = "") -> Mark:
        return Mark(kind or _NAMES[node.tag], node.get(w("author"), ""), node.get(w("date"), ""))

    def _marked(self, node: Element) -> None:
        before = self.marks
        self.marks = (*before, self._mark(node))
        self._all(node)
        self.marks = before

    def _sides(self, marks: tuple[Mark, ...]) -> tuple[bool, bool]:
        theirs = [mark.kind for mark in marks if (mark.author, mark.date) not in self.ours]
        gone = any(m.kind in _TAKES for m in marks if (m.author, m.date) in self.ours)
        old = not gone and not any(kind in _ADDS for kind in theirs)
        new = not gone and not any(kind in _TAKES for kind in theirs)
        return old, new

    def _refers_to(self, node: Element) -> None:
        """Note a comment where it is referred to: one on no words has no other place."""
        name = node.get(w("id"), "")
        if name not in self.commented:
            self.pieces.append(Piece("", old=False, new=False, comments=(name,)))

    def _comment(self, node: Element) -> None:
        self.comments = (*self.comments, node.get(w("id"), ""))
        self.commented.add(node.get(w("id"), ""))

    def _uncomment(self, node: Element) -> None:
        self.comments = tuple(one for one in self.comments if one != node.get(w("id"), ""))

    # -- words ----------------------------------------------------------------------------------

    def _say(self, text: str) -> None:
        if not text or any(not one.shows or one.kind in _UNCOUNTED for one in self.fields):
            return
        marks = (*self.marks, *self.run_marks)
        old, new = self._sides(self.marks)
        if self.look == HIDDEN:
            old, new = old and self.tracked, False
        self.pieces.append(Piece(text, old, new, marks, "", self.look, self.comments, tracked=self.tracked))

    def _run(self, node: Element) -> None:
        before = self.look, self.run_marks, self.tracked
        properties = node.find(w("rPr"))
        if self.look != HIDDEN:
            self.look = self.seen.of(node) or self.look
        if properties is not None and (
            (changed := properties.find(w("rPrChange"))) is not None and formats.differs(properties, changed, "rPr")
        ):
            self.run_marks = (self._mark(changed, "format"),)
            self.tracked = bool(self.look) and self.seen.is_tracked(node, changed)
        self._all(node)
        self.look, self.run_marks, self.tracked = before

    def _text(self, node: Element) -> None:
        self._say(spaces.read("".join(map(str, node.itertext()))))

    def _break(self, node: Element) -> None:
        if node.get(w("type"), "textWrapping") == "textWrapping":
            self._say("\n")

    # -- paragraphs, tables, boxes --------------------------------------------------------------

    def _end(self, end: End, marks: tuple[Mark, ...] = (), comments: tuple[str, ...] = ()) -> None:
        old, new = self._sides(marks)
        self.pieces.append(Piece("", old, new, marks, comments=comments, end=end))

    def _paragraph(self, node: Element) -> None:
        properties = node.find(w("pPr"))
        first, contents = len(self.pieces), self.tables > 0
        boxes, self.boxes = self.boxes, []
        vote = self.votes[-1][1] if self.votes else ""
        self._all(node)
        contents = contents or self.tables > 0
        vote = vote or self.vote
        style = None if properties is None else properties.find(w("pStyle"))
        mark = None if properties is None else properties.find(w("rPr"))
        marks = tuple(self._mark(child) for child in mark if child.tag in _NAMES) if mark is not None else ()
        if properties is not None and (
            (changed := properties.find(w("pPrChange"))) is not None and formats.differs(properties, changed, "pPr")
        ):
            marks = (*marks, self._mark(changed, "format"))
        self._carry(first, marks)
        if self.rows:
            old, new = self._sides((*self.marks, *marks))
            self.pieces.append(Piece("\n", old, new, (*self.marks, *marks)))
        else:
            name = "" if style is None else style.get(w("val"), "")
            where = self.votes[0][1] if self.votes and len(self.pieces) == first else vote
            label = self.known.labels.next(properties, name) if self.known.labels else None
            said = label.words if label else ""
            level = labels.named(properties)
            end = End(name, contents=contents, area=self.area, vote=where, label=said, level=level)
            self._end(end, marks, self.comments)
        self.pieces += self.boxes
        self.boxes = boxes

    def _carry(self, first: int, marks: tuple[Mark, ...]) -> None:
        """Mark the references that a program left out of a mark on all else of their paragraph, as it writes a .doc."""
        here = [one for one in self.pieces[first:] if one.text.strip()]
        rest = [one for one in here if not one.target]
        found = {(one.old, one.new) for one in rest}
        sides = found.pop() if len(found) == 1 else (True, True)
        if sides != (True, False) and not (sides == (False, True) == self._sides(marks)):
            return
        for one in here:
            if one.target and one.old and one.new:
                (one.old, one.new), one.marks = sides, rest[0].marks

    def _table(self, node: Element) -> None:
        if not self.rows:
            self.pieces.append(_sign("table"))  # no paragraph joins a table
        self._all(node)

    def _row(self, node: Element) -> None:
        properties = node.find(w("trPr"))
        marked = [] if properties is None else [child for child in properties if child.tag in _NAMES]
        before, vote = self.marks, self.votes[-1][1] if self.votes else ""
        self.marks = (*before, *map(self._mark, marked))
        outer, self.cells = self.cells, 0
        self.rows += 1
        self._all(node)
        self.rows -= 1
        self.cells = outer
        if self.rows:
            self._say("\n")
        else:
            self._end(End(row=True, contents=self.tables > 0, area=self.area, vote=vote), self.marks)
        self.marks = before

    def _cell(self, node: Element) -> None:
        before = self.marks
        properties = node.find(w("tcPr"))
        for child in () if properties is None else properties:
            kind = {w("cellIns"): "ins", w("cellDel"): "del"}.get(child.tag)
            if kind:
                self.marks = (*self.marks, self._mark(child, kind))
        if self.cells:
            self._say(CELL)
        self.cells += 1
        self._all(node)
        self.marks = before

    def _note(self, node: Element) -> None:
        """Read a note where it is referred to: its lines follow the paragraph."""
        kind = "footnotes" if node.tag == w("footnoteReference") else "endnotes"
        if (found := self.known.notes.get(f"{kind} {node.get(w('id'), '')}")) is not None:
            self._box(found, "note")

    def _box(self, node: Element, kind: str = "box") -> None:
        outer, rows = self.pieces, self.rows
        self.pieces, self.rows = [], 0
        area, self.area = self.area, kind
        self._all(node)
        made, self.pieces, self.rows, self.area = self.pieces, outer, rows, area
        if self.rows:
            self.pieces += [Piece(one.text or "\n", one.old, one.new, one.marks) for one in made]
        else:
            self.boxes += [_sign(START), *made, _sign(STOP)]

    # -- bookmarks and fields -------------------------------------------------------------------

    def _opened(self, node: Element) -> None:
        name = node.get(w("name"), "")
        if _SECTION.fullmatch(name):
            self.votes.append((node.get(w("id"), ""), name))

    def _closed(self, node: Element) -> None:
        self.votes = [one for one in self.votes if one[0] != node.get(w("id"), "")]

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

    def _show(self) -> None:
        last = self.fields[-1]
        if not last.shows:
            last.shows, last.kind = True, ("".join(last.code).split() or [""])[0].upper()
            last.first = len(self.pieces)
            self.tables += last.kind == "TOC"

    def _close(self) -> None:
        self._show()
        closed = self.fields.pop()
        self.tables -= closed.kind == "TOC"
        found = _REFERENCE.match("".join(closed.code)) if closed.kind == "REF" else None
        name = found.group(1) if found else ""
        result = self.pieces[closed.first :]
        if name and result and not any(one.end for one in result):
            self._refer(name, closed.first, result)

    def _refer(self, name: str, first: int, result: list[Piece]) -> None:
        """Make the result of a reference one piece on each side: what it printed when it was sent, where known.

        What somebody typed into it stays.
        """
        shown = {"".join(one.text for one in result if one.old), "".join(one.text for one in result if one.new)}
        if name in self.known.printed and not all(self.known.counts(name, said) for said in shown - {""}):
            for one in result:
                one.target = name
            return
        del self.pieces[first:]
        sides = [(one.old, one.new) for one in result]
        both = any(old and new for old, new in sides) or (any(old for old, _ in sides) and any(new for _, new in sides))
        for old, new in [(True, True)] if both else dict.fromkeys(sides):
            here = [one for one in result if (old and one.old) or (new and one.new) or not (old or new)]
            text = self.known.printed.get(
                name, "".join(one.text for one in (here if not both else (x for x in here if x.new)))
            )
            marks = () if both else here[0].marks
            self.pieces.append(Piece(text, old, new, marks, name, here[0].look, here[0].comments))


def _sign(area: str) -> Piece:
    return Piece("", old=False, new=False, end=End(area=area))
