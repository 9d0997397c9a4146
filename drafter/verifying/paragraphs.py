"""Reads one paragraph of a Word file: its label, its words by how they look, its fields, links and marks."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from drafter.values import dataclass
from drafter.verifying import fields, lines, literal
from drafter.verifying.cascade import Look, Sheet
from drafter.verifying.lines import Line, Link, Odd
from drafter.verifying.listed import Rows
from drafter.verifying.parts import pictures
from drafter.word.labels import Labels
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package
from drafter.word.oxml.roots import URIS
from drafter.word.oxml.screening.looks import Looks

_R = f"{{{URIS['r']}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ADDED = frozenset(map(w, ("ins", "moveTo")))
_TEXTS = frozenset(map(w, ("t", "instrText")))
_NOTES = frozenset(map(w, ("footnoteReference", "endnoteReference")))
_GONE = frozenset(map(w, ("del", "moveFrom")))
_DARK = 140  # of 255: words in black are read with ease on anything lighter
_SPACES = " \t\r\n"
_KNOWN = frozenset(
    f"w:{one}" for one in ("start", "numFmt", "lvlRestart", "pStyle", "isLgl", "suff", "lvlText", "lvlJc", "pPr", "rPr")
)


class _Paragraph:
    """A paragraph while it is read."""

    def __init__(self, contents: bool) -> None:  # noqa: FBT001
        self.words: list[str] = []
        self.pieces: list[tuple[str, Look]] = []
        self.odd: list[Odd] = []
        self.links: list[Link] = []
        self.contents = contents
        self.seen: dict[int, Look] = {}  # looks with what is behind them, by the same look without it

    def text(self, words: str, look: Look) -> None:
        self.words.append(words)
        bare = "".join(words.split())
        if bare and self.pieces and self.pieces[-1][1] == look:
            self.pieces[-1] = (self.pieces[-1][0] + bare, look)
        elif bare:
            self.pieces.append((bare, look))

    def strange(self, what: str, written: str) -> None:
        self.odd.append(Odd(what, written, sum(map(len, self.words))))

    def all(self, odd: Sequence[Odd]) -> None:
        for one in odd:
            self.strange(one.what, one.written)


@dataclass(slots=True)
class _Field:
    """A field while it is read: its instruction, whether its result has begun, and what was printed before it."""

    code: str
    is_result: bool
    words: int
    pieces: int
    line: int


class Paragraphs:
    """Reads paragraphs one after the other; fields may begin in one and end in another."""

    def __init__(self, sheet: Sheet, labels: Labels, looks: Looks, rows: Rows) -> None:
        """Keep what paragraphs are read by."""
        self.sheet, self.labels, self.looks, self.rows = sheet, labels, looks, rows
        self.open: list[_Field] = []
        self.pending: list[str] = []  # marks that start between paragraphs, and are of the next
        self.notes: list[Element] = []  # references to notes that are to be read after their paragraph
        self.number = 0
        self.parts: Package = {}
        self.source = ""
        self.targets: Mapping[str, str] = {}

    def enter(self, parts: Package, source: str) -> None:
        """Go on in another part."""
        self.parts, self.source, self.targets = parts, source, targets(parts, source)

    def is_(self, node: Element, how: str) -> bool:
        """Say whether a row of the list for words has an element read in a way."""
        row = self.rows.get(("words", lines.name(node)))
        return row is not None and row.how == how and (how != "dropped" or lines.is_bare(node))

    def strange(self, node: Element) -> list[Odd]:
        """Return what an element that is opened says of itself that the list doesn't name."""
        known = _ATTRIBUTES.get(lines.name(node), frozenset())
        found = [Odd(key, said, 0) for key, said in literal.attributes(node, self.rows) if key not in known]
        found += lines.stray(node) if node.tag not in _TEXTS else []
        if node.tag == w("sdt"):
            held, given = node.findall(w("sdtContent")), node.findall(w("sdtPr"))
            inner = [*held[1:], *(child for child in node if child not in (*held, *given))]
            inner += [child for each in given for child in each]
            found += [lines.odd(child, self.rows) for child in inner if not self._is_plain(child)]
        return found

    def _is_plain(self, node: Element) -> bool:
        contents = node.tag != w("docPartObj") or value_of(node, "docPartGallery") == "Table of Contents"
        ends = node.tag != w("sdtEndPr") or all(child.tag == w("rPr") for child in node)
        return contents and ends and ("control", lines.name(node)) in self.rows

    @property
    def in_contents(self) -> bool:
        """Say whether what is read is within the field of a table of contents."""
        return bool(self.open) and fields.kind(self.open[0].code) == "TOC"

    def read(self, node: Element, where: str) -> Line:
        """Read a paragraph into a line; `where` it is says nothing in the body."""
        own = node.find(w("pPr"))
        style = "" if own is None else value_of(own, "pStyle")
        chain = self.sheet.chain(style, "paragraph")
        style = chain[0].get(w("styleId"), "") if chain else ""
        label = self.labels.next(own, style)
        layout = [(label.layout, label.itself)] if label is not None and label.layout is not None else []
        looks = dict(self.sheet.paragraph(own, style, layout))
        mark = None if own is None else own.find(w("rPr"))
        marked = self.sheet.run(mark, style)
        made = _Paragraph(self.in_contents)
        looks |= {f"{key} of its end": said for key, said in marked.items() if ("run", key) not in self.rows}
        for child in () if mark is None else mark:
            if child.tag in _ADDED | _GONE:
                made.strange(lines.called(child), literal.text(child, self.rows))
        for child in node.iterfind(f"{w('pPr')}/{w('numPr')}/*"):
            if child.tag not in (w("ilvl"), w("numId")):
                made.strange(lines.called(child), literal.text(child, self.rows))
        if len(node.findall(w("pPr"))) > 1 or (own is not None and len(own.findall(w("rPr"))) > 1):
            made.strange("properties that are there twice", literal.text(node, self.rows))
        if label is not None:
            looks |= {"suffix": label.suffix, "aligned": _ALIGNED.get(label.aligned, label.aligned)}
            extra = [label.runs] if label.runs is not None else []
            made.text(label.words, self.sheet.run(mark, style, extra))
            made.words.append("\t")
            made.odd += [Odd(f"a list that has '{one}'", one, 0) for one in _unknown(label.level)]
        made.all(self.strange(node))
        marks = [*self.pending]
        self.pending = []
        self.inline(node, made, style, marks)
        words = "".join(made.words)
        level = _outline(own, chain)
        contents = made.contents or self.in_contents
        if contents and "w:tabs" in looks:
            looks["w:tabs.contents"] = looks.pop("w:tabs")
        return Line(
            "paragraph",
            fields.entry(words) if contents else words,
            fields.entry_pieces(made.pieces, fields.entry(words)) if contents else tuple(made.pieces),
            looks,
            tuple(made.odd),
            tuple(made.links),
            tuple(marks),
            int(level[:1]) if level.isascii() and level.isdecimal() and words.strip() else -1,
            contents,
            where,
        )

    def inline(self, node: Element, made: _Paragraph, style: str, marks: list[str]) -> None:  # kinds
        """Read what is in a paragraph, a link, a control or an insertion."""
        for child in node:
            name = lines.name(child)
            if child.tag == w("pPr"):
                continue
            if name == "w:bookmarkStart" and self.is_(child, "dropped"):
                marks.append(child.get(w("name"), "").casefold())
            elif child.tag == w("r") and self.is_(child, "opened"):
                self.run(child, made, style)
            elif child.tag == w("hyperlink") and self.is_(child, "opened"):
                self.link(child, made, style, marks)
            elif child.tag == w("fldSimple") and self.is_(child, "opened"):
                self.simple(child, made, style, marks)
            elif self.is_(child, "dropped"):
                continue
            elif self.is_(child, "opened"):
                made.all([*self.strange(child), *([] if self.in_contents else lines.outside(child))])
                inner = child.find(w("sdtContent")) if name == "w:sdt" else child
                if inner is not None:
                    self.inline(inner, made, style, marks)
            else:
                made.strange(lines.called(child), self.placed(child))
                if child.tag in _ADDED or (child.tag not in _GONE and any(one.tag == w("r") for one in child)):
                    self.inline(child, made, style, marks)

    def link(self, node: Element, made: _Paragraph, style: str, marks: list[str]) -> None:
        """Read a link: its words, and where it leads."""
        made.all(self.strange(node))
        start = len(made.words)
        self.inline(node, made, style, marks)
        anchor = node.get(w("anchor"), "").casefold()
        target = self.targets.get(node.get(f"{_R}id", ""), node.get(f"{_R}id", ""))
        if not (made.contents or self.in_contents) or target:
            made.links.append(Link(f"a link {target}".strip(), "".join(made.words[start:]), anchor))
        elif anchor:
            made.links.append(Link("contents", "", anchor))

    def simple(self, node: Element, made: _Paragraph, style: str, marks: list[str]) -> None:
        """Read a field that is written as one element."""
        made.all(self.strange(node))
        begun = self.begin(made)
        begun.code, begun.is_result = node.get(w("instr"), ""), True
        self.inline(node, made, style, marks)
        self.end(made)

    def begin(self, made: _Paragraph) -> _Field:
        """Begin a field, and return it."""
        self.open.append(_Field("", is_result=False, words=len(made.words), pieces=len(made.pieces), line=self.number))
        return self.open[-1]

    def end(self, made: _Paragraph) -> None:
        """Note a field that ends: where it began and what it is told; the number of a page is one whatever it is."""
        if not self.open:
            made.strange("the end of a field that hasn't begun", "")
            return
        ended = self.open.pop()
        kind = fields.kind(ended.code)
        whole = ended.line == self.number
        printed = "".join(made.words[ended.words :]) if whole else ""
        if kind in fields.COUNTING and whole and fields.is_number(printed):
            del made.words[ended.words :], made.pieces[ended.pieces :]
            printed = "#"
            made.words.append(printed)
        elif not whole and kind != "TOC":
            made.strange("a field over several paragraphs", ended.code)
        made.links.append(Link(fields.ordered(ended.code), printed if whole else "", fields.named(ended.code)))

    # -- runs ------------------------------------------------------------------------------------

    def run(self, node: Element, made: _Paragraph, style: str) -> None:  # noqa: PLR0912  # kinds
        """Read the words of a run by how they look."""
        own = node.find(w("rPr"))
        if len(node.findall(w("rPr"))) > 1:
            made.strange("properties that are there twice", literal.text(node, self.rows))
        look = self.sheet.run(own, style)
        if _hides(look):
            made.strange("hidden words", "".join(map(_text, node.iterfind(w("t")))))
            return
        made.all(self.strange(node))
        if id(look) not in made.seen:
            made.seen[id(look)] = self.seen(node, look)
        look = made.seen[id(look)]
        for child in node:
            name = lines.name(child)
            if child.tag == w("rPr") or self.is_(child, "dropped"):
                continue
            if child.tag == w("fldChar"):
                self.character(child, made)
            elif child.tag == w("instrText"):
                if self.open and not self.open[-1].is_result:
                    self.open[-1].code += _text(child, trimmed=False)
                else:
                    made.strange("an instruction outside of a field", child.text or "")
            elif any(not one.is_result for one in self.open):
                made.strange("something within the instruction of a field", literal.text(child, self.rows))
            elif child.tag == w("t"):
                made.all([*self.strange(child), *(lines.odd(one, self.rows) for one in child)])
                made.text(_text(child), look)
            elif name in _CHARACTERS and not self.strange(child):
                made.text(_CHARACTERS[name], look)
            elif name == "w:br" and child.get(w("type")) == "page" and not "".join(made.words).strip():
                continue  # a new page before the first word: on which page words are is no part of them
            else:
                made.strange(lines.called(child), self.placed(child))

    def character(self, node: Element, made: _Paragraph) -> None:
        """Read what begins a field, divides it or ends it."""
        made.all([Odd(f"a field with {one.what}", one.written, 0) for one in self.strange(node)])
        for child in node:
            made.strange(lines.called(child), literal.text(child, self.rows))
        match node.get(w("fldCharType")):
            case "begin":
                self.begin(made)
            case "separate" if self.open and not self.open[-1].is_result:
                self.open[-1].is_result = True
            case "end":
                self.end(made)
            case _:
                made.strange("part of a field", literal.text(node, self.rows))

    def seen(self, run: Element, look: Look) -> Look:
        """Return a look with whether what is behind the words is dark."""
        paragraph = next(run.iterancestors(w("p")))
        shades = (next(self.looks.behind(run, paragraph, way), None) for way in self.looks.ways(paragraph))
        dark = any(_luminance(shade) < _DARK for shade in shades if shade is not None)  # a pattern has no one colour
        return {**look, "behind": "dark"} if dark else look

    def placed(self, node: Element) -> str:
        """Return an element as it is written, with the bytes of what it names by its id; of notes they follow."""
        if node.tag == w("drawing") and (said := pictures.shown(node, self.parts, self.targets)) is not None:
            return said
        if node.tag in _NOTES:
            self.notes.append(node)
            custom = node.get(w("customMarkFollows"), "0")
            return "" if custom in literal.OFF else custom
        ids = [str(said) for one in node.iter() for key, said in one.attrib.items() if str(key).startswith(_R)]
        made = "".join(f" {hashlib.sha256(self.parts.get(self.targets.get(one, ''), b'')).hexdigest()}" for one in ids)
        if node.tag == w("commentReference") and (note := note_of(self.parts, self.source, node)[1]) is not None:
            made += literal.text(note, self.rows)
        return lines.odd(node, self.rows).written + made


def note_of(parts: Package, source: str, reference: Element) -> tuple[str, Element | None]:
    """Return the part that holds the note which a reference names, and the note; None where there is none."""
    kind = lines.name(reference).removeprefix("w:").removesuffix("Reference")
    for name in package.find(parts, f"{kind}s", source):
        for node in tree(parts[name]).iterfind(w(kind)):
            if node.get(w("id")) == reference.get(w("id")):
                return name, node
    return "", None


_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "w:hyperlink": frozenset({"w:anchor", "r:id"}),
    "w:fldSimple": frozenset({"w:instr"}),
    "w:fldChar": frozenset({"w:fldCharType"}),
    "w:smartTag": frozenset({"w:uri", "w:element"}),
}
_ALIGNED: Mapping[str, str] = {"start": "left", "end": "right"}
_CHARACTERS: Mapping[str, str] = {
    "w:tab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "w:softHyphen": "\N{SOFT HYPHEN}",
}


def value_of(node: Element, name: str) -> str:
    """Return the value of a property of an element; empty where it has none."""
    found = node.find(w(name))
    return "" if found is None else found.get(w("val"), "")


def _hides(look: Look) -> bool:
    return look.get("w:vanish", "off") != "off" or look.get("w:specVanish", "off") != "off"


def _text(node: Element, *, trimmed: bool = True) -> str:
    """Return the words of an element as Word reads them: without spaces at an edge, unless they are to be kept."""
    said = "".join((node.text or "", *(child.tail or "" for child in node)))
    if trimmed and (said[:1] in _SPACES or said[-1:] in _SPACES):
        holders = (node, *node.iterancestors())
        kept = next((one.get(_SPACE) for one in holders if one.get(_SPACE)), "default")
        said = said if kept == "preserve" else said.strip(_SPACES)
    return re.sub(r"[\r\n\t]", " ", said)


def _outline(own: Element | None, chain: Sequence[Element]) -> str:
    layers = [*([own] if own is not None else []), *(one for node in chain for one in node.iterfind(w("pPr")))]
    return next((found for one in layers if (found := value_of(one, "outlineLvl"))), "")


def tree(part: bytes) -> Element:
    """Parse a part, without its comments, which no program reads."""
    root = package.parse(part)
    etree.strip_elements(root, etree.Comment, with_tail=False)
    return root


def targets(parts: Package, source: str) -> Mapping[str, str]:
    """Return what each relationship of a part leads to: a part of the file, or an address."""
    if (listed := package.rels(source)) not in parts:
        return {}
    found = {}
    for node in package.parse(parts[listed]).iterfind(package.RELATIONSHIP):
        target = node.get("Target", "")
        if node.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")
        found[node.get("Id", "")] = target
    return found


def _luminance(digits: str) -> float:
    try:
        red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return 0
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _unknown(level: Element) -> Iterator[str]:
    """Yield what a level says that isn't known here, and so may print something else."""
    for child in level:
        name = literal.name(child.tag) if isinstance(child.tag, str) else "a processing instruction"
        if name not in _KNOWN or len(level.findall(child.tag)) > 1:
            yield name
        elif name in ("w:numFmt", "w:lvlText") and set(child.attrib) != {w("val")}:
            yield f"{name} that says more"
