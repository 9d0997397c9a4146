"""Takes the objects of a PDF over into another: its pages, its outline, its structure, and all that they point to.

One rule: a part keeps what it had. What could collide with another part's becomes its own: the name of a destination
becomes the page that it names.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterable, Sequence

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NullObject, PdfObject

from drafter.pdf.objects import BROKEN, added, annotated, dictionary, outline_entries, unreadable
from drafter.values import dataclass

UNKEPT = ("/Parent", "/B", "/Metadata", "/PieceInfo", "/LastModified")  # of a page: its place in the old file, and more


@dataclass(frozen=True, slots=True)
class Opened:
    """What a PDF consists of, as objects: its pages, outline and structure, its language, and the title it has."""

    pages: Sequence[DictionaryObject]
    outline: DictionaryObject | None
    structure: DictionaryObject | None
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the packet: what it is called in the list and in the bookmarks, and its PDF, as bytes or opened."""

    title: str
    pdf: bytes | Opened


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over from a part, as objects of the new file; `keyed` are those with a key into the structure.

    `own_title` is the title that the part gives itself.
    """

    title: str
    pages: Sequence[DictionaryObject]
    outline: DictionaryObject | None
    structure: DictionaryObject | None
    keyed: Sequence[DictionaryObject]
    language: str
    own_title: str


def taken(writer: PdfWriter, part: Part) -> Taken:
    """Take a part's objects over into a file; one that was opened is used up. DraftingError when it can't be read."""
    try:
        old = part.pdf if isinstance(part.pdf, Opened) else _opened(part.pdf)
        for page in old.pages:
            for name in UNKEPT:
                page.pop(name, None)
        keyed = _moved(writer, [*old.pages, *filter(None, (old.outline, old.structure))])
    except BROKEN as error:
        raise unreadable(part.title, error) from error
    return Taken(part.title, old.pages, old.outline, old.structure, keyed, old.language, old.title)


def _opened(pdf: bytes) -> Opened:
    reader = PdfReader(io.BytesIO(pdf))
    catalog = dictionary(reader.trailer["/Root"])
    pages = [_whole(page) for page in reader.pages]
    outline, structure = (
        dictionary(catalog[name]) if isinstance(catalog.get(name), IndirectObject | DictionaryObject) else None
        for name in ("/Outlines", "/StructTreeRoot")
    )
    title = str((reader.metadata or DictionaryObject()).get("/Title") or "")
    _explicit(reader, pages, outline)
    return Opened(pages, outline, structure, str(catalog.get("/Lang", "")), title)


def count(part: Part) -> int:
    """Return how many pages a part has. DraftingError when it can't be read."""
    try:
        return len(part.pdf.pages if isinstance(part.pdf, Opened) else PdfReader(io.BytesIO(part.pdf)).pages)
    except BROKEN as error:
        raise unreadable(part.title, error) from error


def _whole(page: PageObject) -> DictionaryObject:
    """Return a page's own object, with what it inherits from the tree of pages."""
    own = dictionary(page.indirect_reference)
    for name in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        if name in page and name not in own:
            own[NameObject(name)] = page.raw_get(name)
    return own


def _explicit(reader: PdfReader, pages: Sequence[DictionaryObject], outline: DictionaryObject | None) -> None:
    """Let each link and bookmark point to the page that it leads to, in place of a destination's name."""
    named = {name.lstrip("/"): found.dest_array for name, found in reader.named_destinations.items()}
    links = [link for page in pages for link in annotated(page)]
    for node in [*links, *outline_entries(outline)]:
        action = node.get("/A")
        for holder, key in ((node, "/Dest"), (dictionary(action) if action is not None else node, "/D")):
            name = holder.get(key)
            if isinstance(name, IndirectObject):
                name = name.get_object()
            if isinstance(name, str | bytes):
                found = name.decode("latin-1") if isinstance(name, bytes) else str(name)
                holder[NameObject(key)] = named.get(found.lstrip("/"), NullObject())


def _moved(writer: PdfWriter, roots: Sequence[DictionaryObject]) -> list[DictionaryObject]:
    """Move everything that objects of one file lead to into another file, in the order in which it is reached.

    Return those that have a key into the tree of the structure. The old file is of no use afterwards.
    """
    places: dict[tuple[int, int], IndirectObject] = {}  # by the number in the old file
    waiting: deque[PdfObject] = deque()
    reached: set[int] = set()
    keyed: list[DictionaryObject] = []

    def place(known: PdfObject | None) -> IndirectObject:
        found = NullObject() if known is None else known  # a stream without entries is false
        there = added(writer, found)
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
