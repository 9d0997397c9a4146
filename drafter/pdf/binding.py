"""Makes one PDF of several: a cover with the list of the parts, bookmarks, page numbers, and tags that still hold.

One rule: a part keeps what it had. Its pages, its links, its outline and its structure go over object by object, and
what could collide with another part's is made its own: a named destination becomes the page that it names, the keys
of the structure are counted on, an element's kind is told by the standard's own name.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from drafter.base.problems import DraftingError, Place, Problem
from drafter.comparing import lines
from drafter.comparing.lines import Line
from drafter.comparing.marked import Redline
from drafter.contract import words
from drafter.pdf import office
from drafter.word import changes, lists, oxml, package
from drafter.word.oxml import Element, w

NUMBERED = "Packet page {page} of {pages}"
NOTE = "[Note {number}]"
LINK = "https://packet.invalid/part/"  # what an entry of the list of parts links to, until the parts are there
LAYOUTS = 3  # of the cover: the second has the pages; a third is needed only when they made it longer

SIZE, RIGHT, UP = 7.5, 36.0, 17.0  # points: the number's size, and its place from the right and lower edges
FONT = "/PacketNumber"


# What pypdf and the code below raise at a PDF that is damaged.
BROKEN = (PyPdfError, AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the packet: what it is called in the list and in the bookmarks, and its pages."""

    title: str
    pdf: bytes


# -- one PDF of several -------------------------------------------------------------------------


def merged(parts: Sequence[Part], cover: bytes | None, *, title: str, language: str, numbered: str = NUMBERED) -> bytes:
    """Make one PDF of a cover and parts: equal input gives equal bytes. DraftingError for one that can't be read.

    `numbered` is what stands at the foot of each page, with {page} and {pages}; nothing does when it is empty.
    """
    writer = PdfWriter()
    files = [*([Part(title, cover)] if cover is not None else []), *parts]
    taken = [_taken(writer, part) for part in files]
    if cover is not None:
        _link(taken[0], taken[1:])
    root = writer.root_object
    tree = _dictionary(root["/Pages"])
    pages = [page for part in taken for page in part.pages]
    tree.update(_made(Kids=ArrayObject(_place(page) for page in pages), Count=NumberObject(len(pages))))
    for page in pages:
        page[NameObject("/Parent")] = root.raw_get("/Pages")
    _outline(writer, taken)
    _structure(writer, taken)
    _number(writer, pages, numbered)
    root.update(
        _made(
            Lang=TextStringObject(language),
            PageMode=NameObject("/UseOutlines"),
            ViewerPreferences=_made(DisplayDocTitle=BooleanObject(value=True)),
        )
    )
    writer.metadata = {"/Title": title}
    writer.pdf_header = "%PDF-1.7"
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was taken over of a part, as objects of the new file; `keyed` are those that the structure counts."""

    title: str
    pages: Sequence[DictionaryObject]
    outline: DictionaryObject | None
    structure: DictionaryObject | None
    keyed: Sequence[DictionaryObject]
    language: str


def _taken(writer: PdfWriter, part: Part) -> _Taken:
    try:
        reader = PdfReader(io.BytesIO(part.pdf))
        catalog = _dictionary(reader.trailer["/Root"])
        pages = [_whole(page) for page in reader.pages]
        outline, structure = (
            _dictionary(catalog[name]) if isinstance(catalog.get(name), IndirectObject | DictionaryObject) else None
            for name in ("/Outlines", "/StructTreeRoot")
        )
        _explicit(reader, pages, outline)
        keyed = _moved(writer, [*pages, *filter(None, (outline, structure))])
    except BROKEN as error:
        raise _unreadable(part.title, error) from error
    return _Taken(part.title, pages, outline, structure, keyed, str(catalog.get("/Lang", "")))


def _unreadable(title: str, error: Exception) -> DraftingError:
    return DraftingError(Problem("unreadable-file", Place(title), f"its PDF can't be read: {error}"))


def _count(part: Part) -> int:
    try:
        return len(PdfReader(io.BytesIO(part.pdf)).pages)
    except BROKEN as error:
        raise _unreadable(part.title, error) from error


def _whole(page: PageObject) -> DictionaryObject:
    """Return a page's own object, with what it had from the tree of pages, and without its place there."""
    own = _dictionary(page.indirect_reference)
    for name in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        if name in page and name not in own:
            own[NameObject(name)] = page.raw_get(name)
    for name in ("/Parent", "/B", "/Metadata", "/PieceInfo", "/LastModified"):
        own.pop(name, None)
    return own


def _explicit(reader: PdfReader, pages: Sequence[DictionaryObject], outline: DictionaryObject | None) -> None:
    """Let each link and bookmark name the page that it goes to, in the place of a destination's name."""
    named = {name.lstrip("/"): found.dest_array for name, found in reader.named_destinations.items()}
    links = [link for page in pages for link in _annotations(page)]
    for node in [*links, *_bookmarks(outline)]:
        action = node.get("/A")
        for holder, key in ((node, "/Dest"), (_dictionary(action) if action is not None else node, "/D")):
            name = holder.get(key)
            if isinstance(name, IndirectObject):
                name = name.get_object()
            if isinstance(name, str | bytes):
                told = name.decode("latin-1") if isinstance(name, bytes) else str(name)
                holder[NameObject(key)] = named.get(told.lstrip("/"), NullObject())


def _annotations(page: DictionaryObject) -> Iterator[DictionaryObject]:
    found = page.get("/Annots")
    for each in found.get_object() if found is not None else ():
        yield _dictionary(each)


def _bookmarks(outline: DictionaryObject | None) -> Iterator[DictionaryObject]:
    """Go through the entries of an outline, each before those under it."""
    waiting = [outline.get("/First")] if outline is not None else []
    seen: set[int] = set()
    while waiting:
        if (found := waiting.pop()) is not None:
            entry = _dictionary(found)
            if id(entry) in seen:
                raise ValueError("an outline comes back to itself")
            seen.add(id(entry))
            yield entry
            waiting += [entry.get("/Next"), entry.get("/First")]


def _moved(writer: PdfWriter, roots: Sequence[DictionaryObject]) -> list[DictionaryObject]:
    """Make all that is reached from objects of one file part of another, in the order in which it is reached.

    Return those among them that have a key into the tree of the structure. The old file is of no use afterwards.
    """
    places: dict[tuple[int, int], IndirectObject] = {}  # by the number in the old file
    waiting: deque[PdfObject] = deque()
    reached: set[int] = set()
    keyed: list[DictionaryObject] = []

    def place(known: PdfObject | None) -> IndirectObject:
        found = NullObject() if known is None else known  # a stream without entries is false
        there = _added(writer, found)
        if there.idnum not in reached:
            reached.add(there.idnum)
            waiting.append(found)
        return there

    for root in roots:
        old = root.indirect_reference
        there = place(root)
        if old is not None:
            places[old.idnum, old.generation] = there
    while waiting:
        inside = [waiting.popleft()]
        while inside:
            node = inside.pop()
            if isinstance(node, DictionaryObject) and ("/StructParent" in node or "/StructParents" in node):
                keyed.append(node)
            for key, value in _pointing(node):
                if not isinstance(value, IndirectObject):
                    inside.append(value)
                elif value.pdf is writer:  # the content of a page, which pypdf moves with the page
                    place(value.get_object())
                else:
                    old_place = value.idnum, value.generation
                    if old_place not in places:
                        places[old_place] = place(value.get_object())
                    node[key] = places[old_place]  # type: ignore[index]  # a dictionary by name, an array by number
    return keyed


def _pointing(node: PdfObject) -> list[tuple[object, PdfObject]]:
    """Return what a dictionary or an array holds that may point elsewhere, references as they are."""
    held: Iterable[tuple[object, object]] = ()
    if isinstance(node, DictionaryObject):
        held = ((key, node.raw_get(key)) for key in node)
    elif isinstance(node, ArrayObject):
        held = enumerate(node)
    return [(key, v) for key, v in held if isinstance(v, IndirectObject | DictionaryObject | ArrayObject)]


# -- objects ------------------------------------------------------------------------------------


def _dictionary(found: object) -> DictionaryObject:
    node = found.get_object() if isinstance(found, PdfObject) else found
    if not isinstance(node, DictionaryObject):
        raise TypeError("what should be a dictionary is none")
    return node


def _array(found: object) -> ArrayObject:
    """Return an array; what is no array is one of one entry."""
    node = found.get_object() if isinstance(found, PdfObject) else found
    if isinstance(node, ArrayObject):
        return node
    return ArrayObject([] if found is None or isinstance(node, NullObject) else [found])


def _made(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _integer(found: PdfObject) -> int:
    node: object = found.get_object()
    if not isinstance(node, int):
        raise TypeError("what should be a whole number is none")
    return node


def _place(node: PdfObject) -> IndirectObject:
    if node.indirect_reference is None:
        raise TypeError("an object has no place of its own")
    return node.indirect_reference


def _added(writer: PdfWriter, node: PdfObject) -> IndirectObject:
    return writer._add_object(node)  # noqa: SLF001  # the way that pypdf's documentation names


# -- bookmarks and links ------------------------------------------------------------------------


def _start(part: _Taken) -> ArrayObject:
    return ArrayObject([_place(part.pages[0]), NameObject("/Fit")])


def _outline(writer: PdfWriter, parts: Sequence[_Taken]) -> None:
    """Make the outline: the parts, and closed under each of them its own."""
    top = _made(Type=NameObject("/Outlines"))
    entries = [_made(Title=TextStringObject(part.title), Dest=_start(part)) for part in parts if part.pages]
    _chained(writer, top, entries)
    top[NameObject("/Count")] = NumberObject(len(entries))
    for entry, part in zip(entries, (part for part in parts if part.pages), strict=True):
        own = list(_siblings(part.outline)) if part.outline is not None else []
        # A heading that says what the part is called would say it twice.
        if under := [node for node in own if "/First" in node or str(node.get("/Title", "")) != part.title]:
            _chained(writer, entry, under)
            entry[NameObject("/Count")] = NumberObject(-len(under))
            for node in _bookmarks(part.outline):
                if "/First" in node:
                    node[NameObject("/Count")] = NumberObject(-len(list(_siblings(node))))
    writer.root_object[NameObject("/Outlines")] = _added(writer, top)


def _siblings(parent: DictionaryObject) -> Iterator[DictionaryObject]:
    found = parent.get("/First")
    while found is not None:
        node = _dictionary(found)
        yield node
        found = node.get("/Next")


def _chained(writer: PdfWriter, parent: DictionaryObject, entries: Sequence[DictionaryObject]) -> None:
    """Put entries under a parent, one after the other."""
    above, places = _added(writer, parent), [_added(writer, entry) for entry in entries]
    for number, entry in enumerate(entries):
        entry[NameObject("/Parent")] = above
        for key, there in (("/Prev", number - 1), ("/Next", number + 1)):
            entry.pop(key, None)
            if 0 <= there < len(places):
                entry[NameObject(key)] = places[there]
    if places:
        parent.update(_made(First=places[0], Last=places[-1]))


def _link(cover: _Taken, parts: Sequence[_Taken]) -> None:
    """Let the entries of the list of the parts go to the parts."""
    for link in (link for page in cover.pages for link in _annotations(page)):
        action = link.get("/A")
        told = str(_dictionary(action).get("/URI", "")) if action is not None else ""
        if told.startswith(LINK):
            del link["/A"]
            number = told.removeprefix(LINK)
            if number.isdecimal() and 0 < int(number) <= len(parts) and parts[int(number) - 1].pages:
                link[NameObject("/Dest")] = _start(parts[int(number) - 1])


# -- structure ----------------------------------------------------------------------------------


def _structure(writer: PdfWriter, parts: Sequence[_Taken]) -> None:
    """Join the structures under one document; a part without one stays without, and the file is then not tagged."""
    nums: list[PdfObject] = []
    first = 0
    document = _made(Type=NameObject("/StructElem"), S=NameObject("/Document"))
    root = _made(Type=NameObject("/StructTreeRoot"))
    document[NameObject("/P")] = _added(writer, root)
    inside = ArrayObject()
    for part in parts:
        try:
            known = _counted_on(part, first)
            nums += [entry for number, value in known for entry in (NumberObject(number), value)]
            first = max([number + 1 for number, _ in known] + _keys(part), default=first)
            if part.structure is not None:
                inside.append(_part(writer, part, part.structure, document))
        except BROKEN as error:
            raise _unreadable(part.title, error) from error
    if inside:
        document[NameObject("/K")] = inside
        tree = _added(writer, _made(Nums=ArrayObject(nums)))
        root.update(_made(K=_added(writer, document), ParentTree=tree, ParentTreeNextKey=NumberObject(first)))
        writer.root_object[NameObject("/StructTreeRoot")] = _place(root)
        writer.root_object[NameObject("/MarkInfo")] = _made(
            Marked=BooleanObject(value=all(part.structure is not None for part in parts))
        )


KEYS = ("/StructParent", "/StructParents")


def _counted_on(part: _Taken, first: int) -> list[tuple[int, PdfObject]]:
    """Count the keys of a part's structure from `first` on; return what stands at them. Without one, they go."""
    for node in part.keyed:
        for key in KEYS:
            if key in node and part.structure is None:
                del node[key]
            elif key in node:
                node[NameObject(key)] = NumberObject(_integer(node[key]) + first)
    tree = part.structure.get("/ParentTree") if part.structure is not None else None
    return sorted(((number + first, value) for number, value in _numbers(tree)), key=lambda pair: pair[0])


def _keys(part: _Taken) -> list[int]:
    """Return the numbers that follow a part's keys."""
    return [_integer(node[key]) + 1 for node in part.keyed for key in KEYS if key in node]


def _part(writer: PdfWriter, part: _Taken, structure: DictionaryObject, document: DictionaryObject) -> IndirectObject:
    """Make one element of a part's structure: its own document, or a new one around what it has."""
    _standard(structure)
    under = [_dictionary(found) for found in _array(structure.get("/K"))]
    whole = under[0] if len(under) == 1 and under[0].get("/S") == "/Document" else None
    if whole is None:
        whole = _made(Type=NameObject("/StructElem"), K=ArrayObject(_added(writer, node) for node in under))
        for node in under:
            node[NameObject("/P")] = _added(writer, whole)
    place = _added(writer, whole)
    whole.update(_made(S=NameObject("/Part"), T=TextStringObject(part.title), P=_added(writer, document)))
    if part.language and "/Lang" not in whole:
        whole[NameObject("/Lang")] = TextStringObject(part.language)
    return place


def _standard(structure: DictionaryObject) -> None:
    """Give each element the standard's own name of its kind, so that no two parts name one kind differently.

    Classes of attributes go: the names of two parts could collide, and LibreOffice writes none.
    """
    kinds = structure.get("/RoleMap")
    roles = {str(key): str(value) for key, value in (_dictionary(kinds) if kinds is not None else {}).items()}
    waiting = list(_array(structure.get("/K")))
    known: set[int] = set()
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, DictionaryObject) and "/S" in node and id(node) not in known:
            known.add(id(node))
            kind, seen = str(node["/S"]), set[str]()
            while kind in roles and kind not in seen:
                seen.add(kind)
                kind = roles[kind]
            node[NameObject("/S")] = NameObject(kind)
            node.pop("/C", None)
            waiting += _array(node.get("/K"))


def _numbers(tree: PdfObject | None) -> Iterator[tuple[int, PdfObject]]:
    """Go through the keys of a number tree, and what stands at them."""
    waiting = [tree] if tree is not None else []
    while waiting:
        node = _dictionary(waiting.pop())
        waiting += _array(node.get("/Kids"))
        held = _array(node.get("/Nums"))
        yield from ((_integer(key), value) for key, value in zip(held[::2], held[1::2], strict=True))


# -- page numbers -------------------------------------------------------------------------------

WIDTHS = {  # of Helvetica, in thousandths; what is not named here is as wide as a digit
    **dict.fromkeys("ijl", 222),
    **dict.fromkeys(" !,./:;ftI[]", 278),
    **dict.fromkeys("()-r", 333),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("wCDHNRU", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("W", 944),
}


def _number(writer: PdfWriter, pages: Sequence[DictionaryObject], numbered: str) -> None:
    """Write at the lower right of each page, as it is held, its number in the packet: an artifact, no content."""
    if not numbered:
        return
    font = _made(Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica"))
    font[NameObject("/Encoding")] = NameObject("/WinAnsiEncoding")
    face, opening = _added(writer, font), _added(writer, _stream(b"q\n"))
    for count, page in enumerate(pages, 1):
        text = numbered.format(page=count, pages=len(pages))
        resources = _copied(page.get("/Resources"))
        resources[NameObject("/Font")] = fonts = _copied(resources.get("/Font"))
        fonts[NameObject(FONT)] = face
        page[NameObject("/Resources")] = resources
        own = _array(page.raw_get("/Contents") if "/Contents" in page else None)
        closing = _added(writer, _stream(b"\nQ\n" + _drawn(page, text)))
        page[NameObject("/Contents")] = ArrayObject([opening, *own, closing])


def _copied(found: object) -> DictionaryObject:
    return DictionaryObject(dict.items(_dictionary(found))) if found is not None else DictionaryObject()


def _stream(data: bytes) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    return made


def _drawn(page: DictionaryObject, text: str) -> bytes:
    """Return the operators that write a text at the lower right of a page, which may be turned."""
    left, low, right, high = _box(page)
    width, height = right - left, high - low
    turn = _integer(page.get("/Rotate", NumberObject(0))) % 360
    # From the page as it is held (to the right, up) to the page as it is stored.
    matrix, across = {
        90: ((0, 1, -1, 0, right, low), height),
        180: ((-1, 0, 0, -1, right, high), width),
        270: ((0, -1, 1, 0, left, high), height),
    }.get(turn, ((1, 0, 0, 1, left, low), width))
    long = sum(WIDTHS.get(char, 556) for char in text) * SIZE / 1000
    told = text.encode("cp1252", "replace")
    for sign in (b"\\", b"(", b")"):
        told = told.replace(sign, b"\\" + sign)
    place = " ".join(f"{value:g}" for value in matrix)
    shown = f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q {place} cm BT 0 g {FONT} {SIZE:g} Tf "
    return shown.encode() + f"{across - RIGHT - long:.2f} {UP:g} Td (".encode() + told + b") Tj ET Q EMC\n"


def _box(page: DictionaryObject) -> tuple[float, float, float, float]:
    """Return the edges of what is seen of a page: left, lower, right, upper."""
    one, two, three, four = (float(side.get_object()) for side in _array(page.get("/CropBox", page.get("/MediaBox"))))
    return min(one, three), min(two, four), max(one, three), max(two, four)


# -- the cover, and the notes to a redline ------------------------------------------------------

FIELD = re.compile(r"\{\{\s*(\w*)\s*\}\}")
COVER, ENTRY = ("title", "contract", "parties", "meeting", "status"), ("part", "page")
NOTES, NOTED = (), ("number", "place", "text")
HINT = "see docs/packet-pdf.md"
Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says; a line of the template whose fields are empty is left out."""

    title: str
    contract: str
    parties: tuple[str, ...] = ()
    meeting: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A comment of a redline: its number, the number and heading of its section, and its lines."""

    number: int
    place: str
    lines: tuple[str, ...]


def assembled(told: Cover, parts: Sequence[Part], template: Path, *, language: str, numbered: str = NUMBERED) -> bytes:
    """Make the packet with its cover, laid out until the pages in its list no longer move."""
    counts = [_count(part) for part in parts]
    first, made = 1, b""
    for _ in range(LAYOUTS):
        starts = [1 + first + sum(counts[:number]) for number in range(len(parts))]
        listed = [(part.title, start) for part, start in zip(parts, starts, strict=True)]
        made = office.converted(cover(told, listed, template))
        found = _count(Part(told.title, made))
        if found == first:
            break
        first = found
    return merged(parts, made, title=told.title, language=language, numbered=numbered)


def cover(told: Cover, listed: Sequence[tuple[str, int]], template: Path) -> bytes:
    """Write the cover and the list of the parts, each with its first page, as a Word file."""
    fields = {
        "title": [told.title],
        "contract": [told.contract],
        "parties": list(told.parties),
        "meeting": [told.meeting],
        "status": [told.status],
    }
    entries = [{"part": [name], "page": [str(page)]} for name, page in listed]
    return _filled(template, {name: [v for v in values if v] for name, values in fields.items()}, entries, ENTRY)


def notes(compared: Redline, comments: Mapping[str, str]) -> tuple[Note, ...]:
    """Return the comments of a redline, by the ids of their sections, in the order and with the numbers of its file."""
    found: dict[str, tuple[str, str]] = {}
    titles = {id(section): exhibit for exhibit in compared.exhibits for section in exhibit.sections}
    for area, section in lists.areas(compared):
        shown = section.of.shown
        if (section.blocks or area == "article") and section.of.mark != "moved from" and comments.get(shown.id):
            own = _named(shown.number, section.heading)
            if (exhibit := titles.get(id(section))) is not None and not shown.number:
                title = _named("", exhibit.title)
                own = " ".join([f"Exhibit {exhibit.of.shown.number}", *dict.fromkeys(filter(None, (title, own)))])
            found.setdefault(shown.id, (own, comments[shown.id]))
    return tuple(Note(n, place, tuple(text.split("\n"))) for n, (place, text) in enumerate(found.values(), 1))


def _named(number: str, heading: Line) -> str:
    """Return a number and a heading as they read in the revision, or in the base where that is all there is."""
    told = words(lines.take(heading, "revised")) or words(lines.take(heading, "base"))
    return f"{number} {told}".strip()


def numbered_notes(redline: bytes, label: str = NOTE) -> bytes:
    """Make of a redline's Word file one that paper can show: the numbers of the notes in the comments' places.

    A reference that is deleted becomes the words that it showed: LibreOffice would print the new number, struck out.
    """
    parts = package.unpack(redline)
    main = package.main(parts)
    root = package.parse(parts[main])
    for node in list(root.iter(w("commentRangeStart"), w("commentRangeEnd"))):
        _parent(node).remove(node)
    for node in list(root.iter(w("commentReference"))):
        place = _parent(node)
        if _parent(place).tag in changes.TRACKED:  # the number is no change: it stands beside what is
            place = _parent(place)
        place.addprevious(oxml.run(f" {label.format(number=int(node.get(w('id'), '0')) + 1)}"))
        _parent(place).remove(place)
    for deleted in root.iter(w("del"), w("moveFrom")):
        signs = list(deleted.iter(w("fldChar")))
        kinds = [sign.get(w("fldCharType")) for sign in signs]
        if kinds.count("begin") == kinds.count("end"):
            for sign in [*signs, *deleted.iter(w("delInstrText"), w("instrText"))]:
                _parent(sign).remove(sign)
    _count_rightly(root)
    return package.pack(parts | {main: package.serialize(root)})


def _count_rightly(root: Element) -> None:
    """Let the end of a stretch that is inserted or deleted be no change where LibreOffice would then count wrongly.

    It shows old numbers in brackets beside the new, and joins the paragraph that follows a stretch to it: after a
    deleted one that paragraph has no new number, after an inserted one it has no old one, and the first of the stretch
    counts for it. That is right where both are of one style, as where a section is inserted before another.
    """
    first: Element | None = None  # of the stretch
    for paragraph in root.iter(w("p")):
        side = _side(paragraph)
        if not side:
            first = None
            continue
        first = paragraph if first is None else first
        after = next(paragraph.itersiblings(w("p"), w("tbl")), None)
        if after is None or after.tag != w("p") or _side(after) == side:
            continue
        if side == "base" or _style(first) != _style(after):
            for mark in _marks(paragraph):
                _parent(mark).remove(mark)
        first = None


def _marks(paragraph: Element) -> list[Element]:
    return [mark for mark in paragraph.findall(f"{w('pPr')}/{w('rPr')}/*") if mark.tag in changes.TRACKED]


def _side(paragraph: Element) -> str:
    """Return the only side of the redline on which a paragraph's end stands; nothing where it stands on both."""
    tags = {mark.tag for mark in _marks(paragraph)}
    return "" if not tags else "revised" if tags & {w("ins"), w("moveTo")} else "base"


def _style(paragraph: Element) -> str | None:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return None if found is None else found.get(w("val"))


def notes_page(listed: Sequence[Note], template: Path) -> bytes:
    """Write the notes to a redline as a Word file."""
    entries = [
        {"number": [str(note.number)], "place": [note.place] if note.place else [], "text": list(note.lines)}
        for note in listed
    ]
    return _filled(template, {}, entries, NOTED)


def _filled(template: Path, fields: Values, entries: Sequence[Values], of_entry: Sequence[str]) -> bytes:
    """Fill the stretch of the template that has these fields; the others, between section breaks, go."""
    place = Place(str(template))
    try:
        parts = package.unpack(template.read_bytes())
        main = package.main(parts)
    except (OSError, package.NotWordError) as error:
        raise DraftingError(Problem("unreadable-template", place, f"the template can't be read: {error}")) from None
    root = package.parse(parts[main])
    body = root[0]
    known = {*fields, *of_entry}
    stretches = [found for found in _stretches(body) if known & {name for block in found[0] for name in _fields(block)}]
    used = {name for blocks, _ in stretches for block in blocks for name in _fields(block)}
    if wrong := [*_wrong(place, set(of_entry) - used, used - known)]:
        raise DraftingError(*wrong)
    for child in list(body):
        body.remove(child)
    for number, (blocks, page) in enumerate(stretches, 1):
        body.extend(_stretch(blocks, fields, entries, of_entry))
        body.append(page if number == len(stretches) else oxml.element("p", oxml.element("pPr", page)))
    title = next(iter(fields.get("title", ())), "")
    return package.pack(package.scrub(parts | {main: package.serialize(root)}, title))


def _wrong(place: Place, missing: Iterable[str], unknown: Iterable[str]) -> Iterator[Problem]:
    for name in sorted(missing):
        yield Problem("missing-field", place, f"the field '{name}' is nowhere in the template", HINT)
    for name in sorted(unknown):
        yield Problem("unknown-field", place, f"the template uses the field '{name}', which does not exist here", HINT)


def _stretches(body: Element) -> list[tuple[list[Element], Element]]:
    """Divide the body at its section breaks: the blocks of each stretch, and what its pages are like."""
    made = []
    blocks: list[Element] = []
    for block in body:
        page = block if block.tag == w("sectPr") else block.find(f"{w('pPr')}/{w('sectPr')}")
        if page is not None and page is not block:
            _parent(page).remove(page)
        if block is not page and (page is None or block.find(w("r")) is not None):
            blocks.append(block)
        if page is not None:
            made.append((blocks, page))
            blocks = []
    return made


def _fields(block: Element) -> list[str]:
    return FIELD.findall("".join(node.text or "" for node in block.iter(w("t"))))


def _stretch(
    blocks: Sequence[Element], fields: Values, entries: Sequence[Values], of_entry: Sequence[str]
) -> Iterator[Element]:
    """Go through the filled blocks: those that belong to an entry are repeated together, once an entry."""
    for is_entry, group in groupby(blocks, key=lambda block: any(name in of_entry for name in _fields(block))):
        together = list(group)
        for number, entry in enumerate(entries if is_entry else [{}], 1):
            made = [line for block in together for line in _block(block, {**fields, **entry})]
            yield from (_linked(line, number) for line in made) if "page" in entry else made


def _block(block: Element, values: Values) -> list[Element]:
    """Fill a block: once for each value of a field that has several, not at all where none has any."""
    names = _fields(block)
    if not names or block.tag != w("p"):
        return [block]
    made = []
    for place in range(max(len(values[name]) for name in names)):
        copied = deepcopy(block)
        _fill(copied, {name: (values[name] or [""])[min(place, len(values[name]) - 1)] for name in names})
        made.append(copied)
    return made


def _fill(paragraph: Element, values: Mapping[str, str]) -> None:
    """Put values in the places of fields; Word may have cut a field into several runs."""
    nodes = list(paragraph.iter(w("t")))
    whole = "".join(node.text or "" for node in nodes)
    for found in reversed(list(FIELD.finditer(whole))):
        put, start = values[found[1]], 0
        for node in nodes:
            text = node.text or ""
            low, high = max(found.start() - start, 0), min(found.end() - start, len(text))
            start += len(text)
            if low < high:
                node.text = text[:low] + put + text[high:]
                node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                put = ""


def _linked(paragraph: Element, number: int) -> Element:
    """Make the runs of an entry a link to the part, which `merged` lets go there."""
    runs = [child for child in paragraph if child.tag == w("r")]
    before = paragraph.index(runs[0])
    paragraph[before : before + len(runs)] = oxml.field(f'HYPERLINK "{LINK}{number}"', runs)
    return paragraph


def _parent(node: Element) -> Element:
    parent = node.getparent()
    if parent is None:
        raise ValueError("the root of a part stands where it can't")
    return parent
