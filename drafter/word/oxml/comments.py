"""Puts comments on paragraphs, and adds the parts that hold their words and threads (ECMA-376 part 1, 17.13.4)."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from lxml import etree

from drafter.word.oxml import changes, package, roots
from drafter.word.oxml.changes import MIDNIGHT, Stamp
from drafter.word.oxml.elements import Element, element, run, w
from drafter.word.oxml.package import Package

_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {
    "comments": (f"{roots.URIS['r']}/comments", f"{_WORDML}.comments+xml"),
    "commentsExtended": (
        "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
        f"{_WORDML}.commentsExtended+xml",
    ),
}
_FIRST = 0x0C000000  # of the ids of the comments' paragraphs, which must be below 0x80000000; no others are written
_W14, _W15 = (f"{{{roots.URIS[prefix]}}}" for prefix in ("w14", "w15"))
_PARAGRAPH = f"{_W14}paraId"


def attach(node: Element, number: int, stamp: Stamp) -> None:
    """Put a comment on a paragraph's text that stays. When the paragraph is inserted, so is the comment."""
    start, end = element("commentRangeStart", id=number), element("commentRangeEnd", id=number)
    reference = element("r", element("commentReference", id=number))
    next(changes.staying(node)).addprevious(start)
    node.extend([end, *changes.runs([reference], changes.mark(node), stamp)])


def put_before(root: Element, bookmark: str, number: int) -> None:
    """Put a comment before a bookmark whose text goes: at the end of the last paragraph that stays on both sides.

    Where there is none before it, on the first after it. In a contract of which nothing stays, it has no place.
    """
    every = list(root.iter(w("p"), w("bookmarkStart")))
    at = next((k for k, node in enumerate(every) if node.get(w("name")) == bookmark), len(every))
    found = next(filter(_can_hold, (*every[:at][::-1], *every[at:])), None)
    if found is not None:
        reference = element("r", element("commentReference", id=number))
        found.extend([element("commentRangeStart", id=number), element("commentRangeEnd", id=number), reference])


def _can_hold(node: Element) -> bool:
    """Say whether a node is a paragraph of the text, and no line of a table or of the contents, that has no mark."""
    listed = node.find(w("hyperlink")) is not None or next(node.iterancestors(w("tbl")), None) is not None
    return node.tag == w("p") and not listed and not changes.is_marked(node) and changes.stays(node)


def added(parts: Package, texts: Sequence[str], stamp: Stamp) -> Package:
    """Add the parts with the words of the comments on the body, in the order of their numbers, and with their threads.

    The second is where Word keeps replies and what is resolved; an editor that finds none makes one of its own kind.
    """
    main = package.main(parts)
    comments = etree.Element(w("comments"), nsmap=roots.nsmap("comments"))
    threads = etree.Element(f"{_W15}commentsEx", nsmap=roots.nsmap("commentsExtended"))
    number = _FIRST
    for place, text in enumerate(texts):
        comments.append(made := _comment(place, text, stamp, number))
        number += len(made)
        last = made[-1].get(_PARAGRAPH, "")
        etree.SubElement(threads, f"{_W15}commentEx", {f"{_W15}paraId": last, f"{_W15}done": "0"})
    for name, root in (("comments", comments), ("commentsExtended", threads)):
        path = posixpath.join(posixpath.dirname(main), f"{name}.xml")
        parts = package.added(parts, main, path, _KINDS[name], package.serialize(root))
    return roots.declared(parts)


def _comment(place: int, text: str, stamp: Stamp, first: int) -> Element:
    """Build a comment whose paragraphs, one for each line, are numbered from `first`."""
    paragraphs = [element("p", run(line)) for line in text.split("\n")]
    paragraphs[0].insert(0, element("r", element("annotationRef")))
    for number, node in enumerate(paragraphs, first):
        node.set(_PARAGRAPH, f"{number:08X}")
        node.set(f"{_W14}textId", "77777777")  # what Word writes for text that it didn't change
    initials = "".join(word[0] for word in stamp.author.split())
    day = f"{stamp.date}{MIDNIGHT}"
    return element("comment", *paragraphs, id=place, author=stamp.author, date=day, initials=initials)
