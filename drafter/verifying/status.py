"""Takes what a copy says of its status out of a Word file, so that what else is on its pages can be compared."""

from __future__ import annotations

from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, drop, w


def without(document: bytes, marks: frozenset[str]) -> bytes:
    """Return a Word file without the words of its status, which are one of `marks`.

    In the body their paragraph goes too, since a copy that says nothing of its status has none there; in a header,
    footer or cell it stays, empty.
    """
    parts = package.unpack(document)
    main = package.main(parts)
    made = {}
    for name in (main, *package.find(parts, "header", main), *package.find(parts, "footer", main)):
        root = package.parse(parts[name])
        said = [node for node in root.iter(w("p")) if _words(node) in marks]
        for node in said:
            _emptied(node)
        if said:
            made[name] = package.serialize(root)
    return package.pack(parts | made)


def _words(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(w("t"))).strip()


def _emptied(paragraph: Element) -> None:
    above = paragraph.getparent()
    if above is not None and above.tag == w("body") and paragraph.find(f"{w('pPr')}/{w('sectPr')}") is None:
        drop(paragraph)
        return
    for node in [node for node in paragraph if node.tag != w("pPr")]:
        drop(node)
