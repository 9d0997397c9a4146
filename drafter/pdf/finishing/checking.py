"""Finds what a PDF still lacks for a reader who doesn't see it: where there is nothing, it may claim PDF/UA-1.

It looks for what the pass mends and what LibreOffice may leave out. It isn't a whole validator: docs/accessibility.md
says which ones check the same files in the tests.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator, Sequence

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from drafter.pdf.finishing import drawing, elements, links, metadata, tables
from drafter.pdf.objects import annotated, array, dictionary, numbers

HEADING = re.compile(r"H([1-6])")
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")  # where a font's own program is


def unclaimed(pdf: bytes) -> tuple[str, ...]:
    """Return why a PDF that was made here doesn't claim PDF/UA-1, each reason in words; nothing where it does."""
    catalog = dictionary(PdfReader(io.BytesIO(pdf)).trailer["/Root"])
    return () if metadata.claimed(catalog) else left_in(pdf)


def left_in(pdf: bytes) -> tuple[str, ...]:
    """Return what keeps a PDF from claiming PDF/UA-1, each in words; nothing where it may."""
    reader = PdfReader(io.BytesIO(pdf))
    title = str((reader.metadata or DictionaryObject()).get("/Title") or "")
    return left(dictionary(reader.trailer["/Root"]), [dictionary(page) for page in reader.pages], title)


def left(catalog: DictionaryObject, pages: Sequence[DictionaryObject], title: str) -> tuple[str, ...]:
    """Return what keeps a file with these pages from claiming PDF/UA-1, each in words; nothing where it may."""
    marked = dictionary(catalog.get("/MarkInfo", DictionaryObject())).get("/Marked")
    if "/StructTreeRoot" not in catalog or marked is None or not getattr(marked, "value", False):
        return ("not all of it has tags",)
    root = dictionary(catalog["/StructTreeRoot"])
    found = [*_named(catalog, title), *_tags(root)]
    for number, page in enumerate(pages, 1):
        found += [f"page {number}: {words}" for words in (*_drawn(page), *_fonts(page))]
    return tuple(dict.fromkeys([*found, *_links(root, pages)]))


def _named(catalog: DictionaryObject, title: str) -> Iterator[str]:
    if not title:
        yield "it has no title"
    if not catalog.get("/Lang"):
        yield "its language isn't known"


def _tags(root: DictionaryObject) -> Iterator[str]:
    """Yield what the tags lack: header cells, alternative texts, and levels of headings without a jump."""
    last = 0
    for element in elements.every(root):
        kind = elements.kind(element)
        if kind == "Table":
            heads = [cell for row in elements.rows(element) for cell in row if elements.kind(cell) == "TH"]
            if not heads or any(tables.scope(cell) is None for cell in heads):
                yield "a table has no header cells"
        if kind in {"Figure", "Formula"} and not (element.get("/Alt") or element.get("/ActualText")):
            yield "a picture has no alternative text"
        if kind == "Note" and not element.get("/ID"):
            yield "a footnote has no id"
        if level := HEADING.fullmatch(kind):
            if int(level[1]) > last + 1:
                yield "a level of headings is left out"
            last = int(level[1])
        if kind in {"Document", "Part"}:
            last = 0


def _drawn(page: DictionaryObject) -> Iterator[str]:
    try:
        yield from (f"{each.what} outside of the tags" for each in drawing.outside(drawing.content(page)))
    except ValueError:
        yield "its content can't be read"


def _fonts(page: DictionaryObject) -> Iterator[str]:
    resources = dictionary(page.get("/Resources", DictionaryObject()))
    for font in dictionary(resources.get("/Font", DictionaryObject())).values():
        face = dictionary(font)
        inside = [dictionary(each) for each in array(face.get("/DescendantFonts"))] or [face]
        for each in inside:
            described = dictionary(each.get("/FontDescriptor", DictionaryObject()))
            if each.get("/Subtype") != "/Type3" and not any(name in described for name in PROGRAMS):
                yield f"the font {str(face.get('/BaseFont', '')).lstrip('/')} isn't in the file"


def _links(root: DictionaryObject, pages: Sequence[DictionaryObject]) -> Iterator[str]:
    """Yield what the links lack: words that say what they are, and one tag of their own."""
    known = dict(numbers(root.get("/ParentTree")))
    for element in elements.every(root):
        if any(known.get(key) is None or dictionary(known[key]) is not element for key in links.keys(element)):
            yield "a link has more than one tag"
    for link in itertools.chain.from_iterable(map(annotated, pages)):
        tag = known.get(link.get("/StructParent", -1))
        if tag is None or elements.kind(dictionary(tag)) != "Link":
            yield "a link has no tag of its own"
        if not link.get("/Contents"):
            yield "a link has no words that say what it is"
