"""Makes the outline of a PDF of several parts, and lets the entries of the list of parts lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from drafter.pdf.objects import added, annotated, dictionary, made, outline_entries, place_of
from drafter.pdf.taking import Taken

if TYPE_CHECKING:
    from pypdf import PdfWriter

LINK = "https://packet.invalid/part/"  # what an entry of the list of parts links to, until the parts are there


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
        # A heading that is the title of its part would be there twice.
        if under := [node for node in own if "/First" in node or str(node.get("/Title", "")) != part.title]:
            _chained(writer, entry, under)
            entry[NameObject("/Count")] = NumberObject(-len(under))
            for node in outline_entries(part.outline):
                if "/First" in node:
                    node[NameObject("/Count")] = NumberObject(-len(list(_siblings(node))))
    writer.root_object[NameObject("/Outlines")] = added(writer, top)


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


def link(cover: Taken, parts: Sequence[Taken]) -> None:
    """Let the entries of the list of the parts go to the parts."""
    for link in (link for page in cover.pages for link in annotated(page)):
        action = link.get("/A")
        address = str(dictionary(action).get("/URI", "")) if action is not None else ""
        if address.startswith(LINK):
            del link["/A"]
            number = address.removeprefix(LINK)
            if number.isdecimal() and 0 < int(number) <= len(parts) and parts[int(number) - 1].pages:
                link[NameObject("/Dest")] = _start(parts[int(number) - 1])
