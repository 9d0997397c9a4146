"""Makes and reads the objects of a PDF: dictionaries, arrays, numbers, and what pages and outlines hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
)

from drafter.base.problems import DraftingError, Place, Problem

if TYPE_CHECKING:
    from pypdf import PdfWriter

# What pypdf and the code here raise at a PDF that is damaged.
BROKEN = (PyPdfError, AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError)


def unreadable(title: str, error: Exception) -> DraftingError:
    """Return the error that says, by its title, which part can't be read."""
    return DraftingError(Problem("unreadable-file", Place(title), f"its PDF can't be read: {error}"))


def dictionary(found: object) -> DictionaryObject:
    """Return a dictionary, which may be behind a reference. TypeError when it isn't one."""
    node = found.get_object() if isinstance(found, PdfObject) else found
    if not isinstance(node, DictionaryObject):
        raise TypeError("an object that should be a dictionary isn't one")
    return node


def array(found: object) -> ArrayObject:
    """Return an array; anything else becomes an array of one entry."""
    node = found.get_object() if isinstance(found, PdfObject) else found
    if isinstance(node, ArrayObject):
        return node
    return ArrayObject([] if found is None or isinstance(node, NullObject) else [found])


def made(**entries: PdfObject) -> DictionaryObject:
    """Make a dictionary."""
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def integer(found: PdfObject) -> int:
    """Return a whole number, which may be behind a reference. TypeError when it isn't one."""
    node: object = found.get_object()
    if not isinstance(node, int):
        raise TypeError("an object that should be a whole number isn't one")
    return node


def place_of(node: PdfObject) -> IndirectObject:
    """Return the reference to an object. TypeError when it has none."""
    if node.indirect_reference is None:
        raise TypeError("an object that should be referred to has no number")
    return node.indirect_reference


def added(writer: PdfWriter, node: PdfObject) -> IndirectObject:
    """Add an object to a file, unless it is there, and return the reference to it."""
    return writer._add_object(node)  # noqa: SLF001  # the way that pypdf's documentation names


def copied(found: object) -> DictionaryObject:
    """Return a copy of a dictionary; an empty one for none."""
    return DictionaryObject(dict.items(dictionary(found))) if found is not None else DictionaryObject()


def stream(data: bytes) -> DecodedStreamObject:
    """Make a stream."""
    made = DecodedStreamObject()
    made.set_data(data)
    return made


# -- what pages, outlines and structures hold ---------------------------------------------------------------


def annotated(page: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield the annotations of a page: its links."""
    found = page.get("/Annots")
    for each in found.get_object() if found is not None else ():
        yield dictionary(each)


def outline_entries(outline: DictionaryObject | None) -> Iterator[DictionaryObject]:
    """Yield the entries of an outline, each before those under it. ValueError for one that leads back to itself."""
    waiting = [outline.get("/First")] if outline is not None else []
    seen: set[int] = set()
    while waiting:
        if (found := waiting.pop()) is not None:
            entry = dictionary(found)
            if id(entry) in seen:
                raise ValueError("the outline leads back to itself")
            seen.add(id(entry))
            yield entry
            waiting += [entry.get("/Next"), entry.get("/First")]


def numbers(tree: PdfObject | None) -> Iterator[tuple[int, PdfObject]]:
    """Yield the keys of a number tree, and what they lead to."""
    waiting = [tree] if tree is not None else []
    while waiting:
        node = dictionary(waiting.pop())
        waiting += array(node.get("/Kids"))
        held = array(node.get("/Nums"))
        yield from ((integer(key), value) for key, value in zip(held[::2], held[1::2], strict=True))
