"""Finds in a template what a reader who doesn't see the page would miss: words of pictures, header rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.word.oxml import elements
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.roots import URIS
from drafter.word.oxml.screening.stories import Stories

_PICTURE = f"{{{URIS['wp']}}}docPr"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_READ = ("the body", "a footnote", "an endnote")  # what is at the edge of a page isn't read with it
_FIELD, _TAG = re.compile(r"\{\{.*?\}\}"), re.compile(r"\{%.*?%\}")


def pictures(found: Stories) -> Iterator[str]:
    """Yield where a picture has no alternative text and isn't said to be decorative, as "the body"."""
    for story in found.stories:
        if story.where in _READ:
            shown = [node for node in story.root.iter(_PICTURE) if not _is_said(node)]
            old = [node for node in story.root.iter(_OLD_PICTURE) if not _is_said(_parent(node))]
            yield from (story.where for _ in (*shown, *old))


def headers(found: Stories) -> Iterator[tuple[str, str]]:
    """Yield where a table's first row names its columns and isn't marked as their header, and the words of that row."""
    for story in found.stories:
        for table in story.root.iter(w("tbl")) if story.where in _READ else ():
            rows = [(row, _words(row)) for row in elements.rows(table)]
            said = [(row, words) for row, words in rows if any(_TAG.sub("", cell).strip() for cell in words)]
            fields = any(_FIELD.search(cell) for _, words in said[1:] for cell in words)
            if fields and _names(said[0][1]):
                first, words = said[0]
                if not elements.is_on(first.find(f"{w('trPr')}/{w('tblHeader')}")):
                    yield story.where, " | ".join(words)


def _words(row: Element) -> list[str]:
    return ["".join(node.text or "" for node in cell.iter(w("t"))) for cell in row.findall(w("tc"))]


def _names(cells: list[str]) -> bool:
    """Return whether the cells of a row are the names of columns: several, each with words and no field."""
    return len(cells) > 1 and all(cell.strip() and not _FIELD.search(cell) and not _TAG.search(cell) for cell in cells)


def _is_said(picture: Element) -> bool:
    """Return whether a picture has an alternative text, or is said to be decorative."""
    marks = (mark.get("val", "1") for mark in picture.iter(_DECORATIVE))
    words = (picture.get("descr") or picture.get("alt") or "").strip()
    return bool(words) or any(mark not in {"0", "false"} for mark in marks)


def _parent(node: Element) -> Element:
    parent = node.getparent()
    return node if parent is None else parent
