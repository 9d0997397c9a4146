"""Puts comments on paragraphs, and adds the part that holds their words (ECMA-376 part 1, 17.13.4)."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from lxml import etree

from drafter.word.oxml import changes, package
from drafter.word.oxml.changes import MIDNIGHT, Stamp
from drafter.word.oxml.elements import Element, element, run, w
from drafter.word.oxml.package import OVERRIDE, RELATIONSHIP, TYPES, Package

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def attach(node: Element, number: int, stamp: Stamp) -> Element:
    """Put a comment on a paragraph's text. When the paragraph is deleted or inserted, so is the comment."""
    start, end = element("commentRangeStart", id=number), element("commentRangeEnd", id=number)
    node.insert(0 if node.find(w("pPr")) is None else 1, start)
    reference = element("r", element("commentReference", id=number))
    node.extend([end, *changes.runs([reference], changes.mark(node), stamp)])
    return node


def added(parts: Package, texts: Sequence[str], stamp: Stamp) -> Package:
    """Add the part with the words of the comments on the body, in the order of their numbers."""
    main = package.main(parts)
    links, types = package.parse(parts[package.rels(main)]), package.parse(parts[TYPES])
    link = {"Id": "rIdComments", "Type": f"{_OFFICE}/comments", "Target": "comments.xml"}
    etree.SubElement(links, RELATIONSHIP, link)
    name = posixpath.join(posixpath.dirname(main), "comments.xml")
    etree.SubElement(types, OVERRIDE, {"PartName": f"/{name}", "ContentType": _COMMENTS})
    written = {name: _part(texts, stamp), package.rels(main): links, TYPES: types}
    return parts | {name: package.serialize(root) for name, root in written.items()}


def _part(texts: Sequence[str], stamp: Stamp) -> Element:
    """Build the part; each line of a comment is a paragraph."""
    initials = "".join(word[0] for word in stamp.author.split())
    made = [
        element(
            "comment",
            *(element("p", run(line)) for line in text.split("\n")),
            id=place,
            author=stamp.author,
            date=f"{stamp.date}{MIDNIGHT}",
            initials=initials,
        )
        for place, text in enumerate(texts)
    ]
    return element("comments", *made)
