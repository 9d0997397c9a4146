"""Lets links be reached in the order in which a page is read, and be known where nothing of them is seen."""

from __future__ import annotations

from collections.abc import Sequence

from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

from drafter.pdf.finishing import elements
from drafter.pdf.objects import annotated, dictionary, integer

PRINT = 4  # the flag of an annotation that is printed
UNNAMED = "link"  # what a link is called that has no words


def settle(pages: Sequence[DictionaryObject], root: DictionaryObject) -> None:
    """Set the order of each page's links, print them, and name those that have no words of their own."""
    for page in pages:
        found = list(annotated(page))
        if found:
            page[NameObject("/Tabs")] = NameObject("/S")
        for link in found:
            flags = integer(link.get("/F", NumberObject(0)))
            link[NameObject("/F")] = NumberObject(flags | PRINT)
    for element in elements.every(root):
        if elements.kind(element) == "Link" and not _has_words(element) and "/Alt" not in element:
            element[NameObject("/Alt")] = TextStringObject(_name(element))


def _has_words(link: DictionaryObject) -> bool:
    """Return whether a link holds anything but references to its places on the page."""
    nodes = (node.get_object() for node in elements.held(link))
    return any(not (isinstance(node, DictionaryObject) and node.get("/Type") == "/OBJR") for node in nodes)


def _name(link: DictionaryObject) -> str:
    nodes = (node.get_object() for node in elements.held(link))
    places = [dictionary(node["/Obj"]) for node in nodes if isinstance(node, DictionaryObject) and "/Obj" in node]
    return next((str(place["/Contents"]) for place in places if place.get("/Contents")), UNNAMED)
