"""Lets links be reached in the order in which a page is read, and be known where nothing of them is seen."""

from __future__ import annotations

from collections.abc import Sequence

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject, TextStringObject

from drafter.pdf.finishing import elements
from drafter.pdf.finishing.elements import Tree
from drafter.pdf.objects import added, annotated, array, dictionary, integer, made, place_of

PRINT = 4  # the flag of an annotation that is printed
UNNAMED = "link"  # what a link is called that has no words


def settle(tree: Tree, pages: Sequence[DictionaryObject]) -> None:
    """Set the order of each page's links, print them, make each one tag, and name those that have no words."""
    for page in pages:
        found = list(annotated(page))
        if found:
            page[NameObject("/Tabs")] = NameObject("/S")
        for link in found:
            flags = integer(link.get("/F", NumberObject(0)))
            link[NameObject("/F")] = NumberObject(flags | PRINT)
    for parent in elements.every(tree.root):
        _join(tree, parent)
    _place(tree, [(page, link) for page in pages for link in annotated(page) if "/StructParent" not in link])
    for element in elements.every(tree.root):
        if elements.kind(element) != "Link":
            continue
        if not _references(element):
            elements.rename(element, "Span")  # it leads nowhere
        elif not _has_words(element) and "/Alt" not in element:
            element[NameObject("/Alt")] = TextStringObject(_name(element))


def _place(tree: Tree, untagged: Sequence[tuple[DictionaryObject, DictionaryObject]]) -> None:
    """Give the link from each footnote back to its number a tag in the footnote: LibreOffice gives it none."""
    notes = [element for element in elements.every(tree.root) if elements.kind(element) == "Note"]
    for (page, link), note in zip(untagged, notes, strict=False):
        reference = made(Type=NameObject("/OBJR"), Pg=place_of(page), Obj=added(tree.writer, link))
        tag = made(Type=NameObject("/StructElem"), S=NameObject("/Link"), K=ArrayObject([reference]))
        tag[NameObject("/P")] = added(tree.writer, note)
        place = added(tree.writer, tag)
        note[NameObject("/K")] = ArrayObject([place, *elements.held(note)])
        key = integer(tree.root["/ParentTreeNextKey"])
        link[NameObject("/StructParent")] = NumberObject(key)
        array(dictionary(tree.root["/ParentTree"])["/Nums"]).extend([NumberObject(key), place])
        tree.root[NameObject("/ParentTreeNextKey")] = NumberObject(key + 1)


def _join(tree: Tree, parent: DictionaryObject) -> None:
    """Make one tag of the tags of one link: LibreOffice makes one for each stretch of it, as before and after a tab."""
    nodes, gone = elements.held(parent), set[int]()
    of = [_key(node.get_object()) for node in nodes]
    for key in dict.fromkeys(key for key in of if key is not None and of.count(key) > 1):
        first, *_, last = at = [place for place, each in enumerate(of) if each == key]
        owner = dictionary(tree.owners[key])
        between = (nodes[place].get_object() for place in range(first, last) if place not in at)
        if nodes[last].get_object() is not owner or any(elements.is_element(node) for node in between):
            continue
        for place in at[:-1]:
            _forget(dictionary(nodes[place]))
        elements.take_in(tree, owner, parent, nodes[first:last])
        gone |= set(range(first, last))
    if gone:
        parent[NameObject("/K")] = ArrayObject(node for place, node in enumerate(nodes) if place not in gone)


def _key(node: object) -> int | None:
    """Return the key of the place on the page that a tag of a link belongs to; None for another tag."""
    if not isinstance(node, DictionaryObject) or elements.kind(node) != "Link":
        return None
    found = keys(node)
    return found[0] if len(found) == 1 else None


def keys(element: DictionaryObject) -> list[int]:
    """Return the keys of the places on the page that a tag refers to."""
    return [integer(place["/StructParent"]) for place in places(element) if "/StructParent" in place]


def places(link: DictionaryObject) -> list[DictionaryObject]:
    """Return the places on the page of a link."""
    return [dictionary(reference["/Obj"]) for reference in _references(link)]


def content(link: DictionaryObject) -> list[PdfObject]:
    """Return what a link holds but for the references to its places on the page."""
    known = set(map(id, _references(link)))
    return [node for node in elements.held(link) if id(node.get_object()) not in known]


def _references(link: DictionaryObject) -> list[DictionaryObject]:
    """Return the references of a link to its places on the page."""
    nodes = (node.get_object() for node in elements.held(link))
    return [node for node in nodes if isinstance(node, DictionaryObject) and node.get("/Type") == "/OBJR"]


def _forget(link: DictionaryObject) -> None:
    """Take the references to the page out of a tag that becomes a part of another's."""
    link[NameObject("/K")] = ArrayObject(content(link))


def _has_words(link: DictionaryObject) -> bool:
    """Return whether a link holds anything but references to its places on the page."""
    return bool(content(link))


def _name(link: DictionaryObject) -> str:
    return next((str(place["/Contents"]) for place in places(link) if place.get("/Contents")), UNNAMED)
