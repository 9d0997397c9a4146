"""Walks the elements of a PDF's structure: its tags, and what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject

from drafter.pdf.objects import added, array, dictionary, integer, made, numbers
from drafter.values import dataclass

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter


def root(file: PdfReader | PdfWriter) -> DictionaryObject | None:
    """Return the root of a file's structure; None where it has no tags."""
    found = dictionary(file.root_object).get("/StructTreeRoot")
    return dictionary(found) if found is not None else None


def under(element: DictionaryObject) -> list[DictionaryObject]:
    """Return the elements directly under an element, without the content that it holds itself."""
    nodes = (node.get_object() for node in array(element.get("/K")))
    return [dictionary(node) for node in nodes if is_element(node)]


def every(top: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield all elements under one, in the order in which they are read. ValueError for one that holds itself."""
    waiting, seen = under(top)[::-1], set[int]()
    while waiting:
        element = waiting.pop()
        if id(element) in seen:
            raise ValueError("the structure leads back to itself")
        seen.add(id(element))
        yield element
        waiting += under(element)[::-1]


def is_element(node: object) -> bool:
    """Return whether what a tag holds is a tag, and no content of a page."""
    return isinstance(node, DictionaryObject) and "/S" in node


def kind(element: DictionaryObject) -> str:
    """Return the kind of an element, such as P or TD."""
    return str(element.get("/S", "")).removeprefix("/")


def rename(element: DictionaryObject, new: str) -> None:
    """Give an element another kind."""
    element[NameObject("/S")] = NameObject(f"/{new}")


def rows(table: DictionaryObject) -> list[list[DictionaryObject]]:
    """Return the cells of a table by row, without those of a table in one of its cells."""
    found = []
    for each in under(table):
        inside = under(each) if kind(each) in {"THead", "TBody", "TFoot"} else [each]
        found += [under(row) for row in inside if kind(row) == "TR"]
    return [[cell for cell in row if kind(cell) in {"TH", "TD"}] for row in found]


def attributes(element: DictionaryObject) -> list[DictionaryObject]:
    """Return the attributes of an element, each with its owner."""
    nodes = (node.get_object() for node in array(element.get("/A")))
    return [node for node in nodes if isinstance(node, DictionaryObject)]


def keep_attributes(element: DictionaryObject, kept: list[DictionaryObject]) -> None:
    """Leave an element only these attributes."""
    element.pop("/A", None)
    if kept:
        element[NameObject("/A")] = ArrayObject(kept) if len(kept) > 1 else kept[0]


def held(element: DictionaryObject) -> list[PdfObject]:
    """Return what an element holds: elements, numbers of marked content, and references to annotations."""
    return list(array(element.get("/K")))


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's structure, and by each page's key the tags of its marked content."""

    writer: PdfWriter
    root: DictionaryObject
    owners: Mapping[int, PdfObject]


def tree(writer: PdfWriter, root: DictionaryObject) -> Tree:
    """Return a structure with the tags of its marked content."""
    return Tree(writer, root, dict(numbers(root.get("/ParentTree"))))


def take_in(found: Tree, owner: DictionaryObject, parent: DictionaryObject, nodes: Iterable[PdfObject]) -> None:
    """Let an element hold what its parent held: tags, as plain spans, and marked content, which leads back to it."""
    place, kept = added(found.writer, owner), ArrayObject()
    for node in nodes:
        inside: object = node.get_object()
        if isinstance(inside, DictionaryObject) and "/S" in inside:
            rename(inside, "Span")
            inside[NameObject("/P")] = place
            kept.append(node)
            continue
        named = inside if isinstance(inside, DictionaryObject) and "/Pg" in inside else parent
        number = inside["/MCID"] if isinstance(inside, DictionaryObject) else node
        there = made(Type=NameObject("/MCR"), Pg=named.raw_get("/Pg"), MCID=number)
        page = dictionary(there["/Pg"])
        array(found.owners[integer(page["/StructParents"])])[integer(number)] = place
        kept.append(there)
    owner[NameObject("/K")] = ArrayObject([*kept, *held(owner)])
