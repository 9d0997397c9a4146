"""Marks what is drawn on a page and says nothing, rules and borders, as no part of the content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pypdf.generic import DictionaryObject, NameObject

from drafter.pdf.objects import added, array, stream
from drafter.values import dataclass

if TYPE_CHECKING:
    from pypdf import PdfWriter

OPENING, CLOSING = b"/Artifact BMC\n", b"\nEMC"
# A step of a page's content: an operator after its operands, which are text, brackets, names, numbers and constants; or
# what isn't known, such as a parenthesis that is never closed. Nothing is looked at twice, however long it is.
STEP = re.compile(
    rb"(?:\s+|%[^\r\n]*+)*+"
    rb"(?P<operands>(?:\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)|<<|>>|<[0-9A-Fa-f\s]*+>|[\[\]]|/[^\s()<>\[\]{}/%]*+"
    rb"|[-+.\d]++|\s+|%[^\r\n]*+|(?:true|false|null)(?![A-Za-z0-9*]))*+)"
    rb"(?:(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*+)|(?P<unknown>.)|$)",
    re.DOTALL,
)
BUILDING = frozenset({b"m", b"l", b"c", b"v", b"y", b"h", b"re", b"W", b"W*"})
PAINTING = frozenset({b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
SHOWING = {b"Tj": "text", b"TJ": "text", b"'": "text", b'"': "text", b"Do": "a picture", b"sh": "a shade"}


@dataclass(frozen=True, slots=True)
class Outside:
    """What a page paints outside of any tag: "a line", "text", "a picture" or "a shade"; and from where to where."""

    what: str
    start: int
    end: int


def outside(content: bytes) -> Iterator[Outside]:
    """Yield what a page's content paints outside of marked content. ValueError for content that can't be read."""
    depth, path = 0, -1  # open marks; where the path began
    for step in STEP.finditer(content):
        name = step["operator"]
        if step["unknown"] or name == b"BI":
            raise ValueError("the content of a page can't be read")
        if name in BUILDING:
            path = step.start("operands") if path < 0 else path
            continue
        depth += (name in {b"BMC", b"BDC"}) - (name == b"EMC")
        if not depth and name in PAINTING:
            yield Outside("a line", path if path >= 0 else step.start("operands"), step.end())
        elif not depth and name in SHOWING:
            yield Outside(SHOWING[name], step.start("operands"), step.end())
        path = -1


def content(page: DictionaryObject) -> bytes:
    """Return what a page draws, as the operators of its content."""
    found = array(page.get("/Contents"))
    return b"\n".join(each.get_object().get_data() for each in found)


def settle(writer: PdfWriter, page: DictionaryObject) -> None:
    """Mark each line that is drawn outside of the tags as an artifact. ValueError for content that can't be read."""
    old = content(page)
    lines = [each for each in outside(old) if each.what == "a line"]
    if not lines:
        return
    pieces, last = [], 0
    for line in lines:
        pieces += [old[last : line.start], OPENING, old[line.start : line.end], CLOSING]
        last = line.end
    page[NameObject("/Contents")] = added(writer, stream(b"".join([*pieces, old[last:]])).flate_encode())
