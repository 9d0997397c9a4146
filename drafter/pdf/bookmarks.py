"""Makes the outline of a PDF of several parts, and lets links lead from one part to another.

A part is laid out alone, so that a link in it can't name a page of another part. It has an address of ours instead,
which becomes the page when the parts are put together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from drafter.pdf.objects import added, annotated, array, dictionary, made, outline_entries, place_of
from drafter.pdf.preparing.between import ADDRESS, FROM_NOTE, LINK, TO_NOTE
from drafter.pdf.taking import Taken

if TYPE_CHECKING:
    from pypdf import PdfWriter


def _start(part: Taken) -> ArrayObject:
    return ArrayObject([place_of(part.pages[0]), NameObject("/Fit")])


def outline(writer: PdfWriter, parts: Sequence[Taken]) -> None:
    """Make the outline: the parts, and under each of them, closed, its own."""
    top = made(Type=NameObject("/Outlines"))
    entries = [made(Title=TextStringObject(part.title), Dest=_start(part)) for part in parts if part.pages]
    _chained(writer, top, entries)
    top[NameObject("/Count")] = NumberObject(len(entries))
    for entry, part in zip(entries, (part for part in parts if part.pages), strict=True):
        own = list(_siblings(part.outline)) if part.outline is not None else []
        # A heading that is the title of its part would be there twice: what is under it takes its place.
        if under := [each for node in own for each in _without(node, part.title)]:
            _chained(writer, entry, under)
            entry[NameObject("/Count")] = NumberObject(-len(under))
            for node in outline_entries(part.outline):
                if "/First" in node:
                    node[NameObject("/Count")] = NumberObject(-len(list(_siblings(node))))
    writer.root_object[NameObject("/Outlines")] = added(writer, top)


def _without(node: DictionaryObject, title: str) -> list[DictionaryObject]:
    """Return an entry; where it is a part's title, what is under it."""
    return list(_siblings(node)) if str(node.get("/Title", "")) == title else [node]


def _siblings(parent: DictionaryObject) -> Iterator[DictionaryObject]:
    found = parent.get("/First")
    while found is not None:
        node = dictionary(found)
        yield node
        found = node.get("/Next")


def _chained(writer: PdfWriter, parent: DictionaryObject, entries: Sequence[DictionaryObject]) -> None:
    """Put entries under a parent, one after the other."""
    above, places = added(writer, parent), [added(writer, entry) for entry in entries]
    for number, entry in enumerate(entries):
        entry[NameObject("/Parent")] = above
        for key, there in (("/Prev", number - 1), ("/Next", number + 1)):
            entry.pop(key, None)
            if 0 <= there < len(places):
                entry[NameObject(key)] = places[there]
    if places:
        parent.update(made(First=places[0], Last=places[-1]))


def link(parts: Sequence[Taken], listed: Sequence[Taken]) -> None:
    """Let the links of our own addresses go where they lead: to the `listed` parts, to a note, and back from it."""
    found: dict[str, tuple[DictionaryObject, DictionaryObject]] = {}
    for page in (page for part in parts for page in part.pages):
        for annotation in annotated(page):
            address = _address(annotation)
            if address.startswith(ADDRESS):
                del annotation["/A"]
                found.setdefault(address, (page, annotation))
                if address.startswith(LINK):
                    _to_part(annotation, address.removeprefix(LINK), listed)
    for address, (_, annotation) in found.items():
        for here, there in ((TO_NOTE, FROM_NOTE), (FROM_NOTE, TO_NOTE)):
            other = found.get(address.replace(here, there, 1)) if address.startswith(here) else None
            if other is not None:
                annotation[NameObject("/Dest")] = _top(*other)


def _address(annotation: DictionaryObject) -> str:
    action = annotation.get("/A")
    return str(dictionary(action).get("/URI", "")) if action is not None else ""


def _to_part(annotation: DictionaryObject, number: str, listed: Sequence[Taken]) -> None:
    if number.isdecimal() and 0 < int(number) <= len(listed) and listed[int(number) - 1].pages:
        annotation[NameObject("/Dest")] = _start(listed[int(number) - 1])


def _top(page: DictionaryObject, annotation: DictionaryObject) -> ArrayObject:
    """Return the place on a page at which a link begins."""
    left, _, _, top = array(annotation["/Rect"])
    return ArrayObject([place_of(page), NameObject("/XYZ"), left, top, NumberObject(0)])
