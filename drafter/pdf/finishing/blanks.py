"""Takes out the tags in which there is nothing."""

from __future__ import annotations

from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from drafter.pdf.finishing import elements

GOING = {"P", "LI", "LBody", "L", "Span", "Link", "Div"}
SAYING = ("/Alt", "/ActualText")


def settle(root: DictionaryObject) -> None:
    """Take out paragraphs, list items and spans that hold nothing, and what then holds nothing either."""
    for element in reversed([root, *elements.every(root)]):  # what is inside comes first
        held = elements.held(element)
        kept = [node for node in held if not _blank(node.get_object())]
        if len(kept) < len(held):
            element[NameObject("/K")] = ArrayObject(kept)


def _blank(node: object) -> bool:
    if not isinstance(node, DictionaryObject) or elements.kind(node) not in GOING:
        return False
    return not elements.held(node) and not any(key in node for key in SAYING)
