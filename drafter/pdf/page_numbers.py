"""Writes a number at the foot of each page of a PDF, as the page is held: an artifact, no part of its content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from drafter.pdf.objects import added, array, copied, integer, made, stream

if TYPE_CHECKING:
    from pypdf import PdfWriter

SIZE, RIGHT, UP = 7.5, 36.0, 17.0  # points: the number's size, and its place from the right and lower edges
FONT = "/PacketNumber"
WIDTHS = {  # of Helvetica, in thousandths; what is not named here is as wide as a digit
    **dict.fromkeys("ijl", 222),
    **dict.fromkeys(" !,./:;ftI[]", 278),
    **dict.fromkeys("()-r", 333),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("wCDHNRU", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("W", 944),
}


def write(writer: PdfWriter, pages: Sequence[DictionaryObject], numbered: str) -> None:
    """Write a text with {page} and {pages} at the lower right of each page as it is held; nothing for an empty text."""
    if not numbered:
        return
    font = made(Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica"))
    font[NameObject("/Encoding")] = NameObject("/WinAnsiEncoding")
    face, opening = added(writer, font), added(writer, stream(b"q\n"))
    for count, page in enumerate(pages, 1):
        text = numbered.format(page=count, pages=len(pages))
        resources = copied(page.get("/Resources"))
        resources[NameObject("/Font")] = fonts = copied(resources.get("/Font"))
        fonts[NameObject(FONT)] = face
        page[NameObject("/Resources")] = resources
        own = array(page.raw_get("/Contents") if "/Contents" in page else None)
        closing = added(writer, stream(b"\nQ\n" + _drawn(page, text)))
        page[NameObject("/Contents")] = ArrayObject([opening, *own, closing])


def _drawn(page: DictionaryObject, text: str) -> bytes:
    """Return the operators that write a text at the lower right of a page, which may be turned."""
    left, low, right, high = _box(page)
    width, height = right - left, high - low
    turn = integer(page.get("/Rotate", NumberObject(0))) % 360
    # From the page as it is held (to the right, up) to the page as it is stored.
    matrix, across = {
        90: ((0, 1, -1, 0, right, low), height),
        180: ((-1, 0, 0, -1, right, high), width),
        270: ((0, -1, 1, 0, left, high), height),
    }.get(turn, ((1, 0, 0, 1, left, low), width))
    long = sum(WIDTHS.get(char, 556) for char in text) * SIZE / 1000
    written = text.encode("cp1252", "replace")
    for sign in (b"\\", b"(", b")"):
        written = written.replace(sign, b"\\" + sign)
    place = " ".join(f"{value:g}" for value in matrix)
    shown = f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q {place} cm BT 0 g {FONT} {SIZE:g} Tf "
    return shown.encode() + f"{across - RIGHT - long:.2f} {UP:g} Td (".encode() + written + b") Tj ET Q EMC\n"


def _box(page: DictionaryObject) -> tuple[float, float, float, float]:
    """Return the edges of what is seen of a page: left, lower, right, upper."""
    one, two, three, four = (float(side.get_object()) for side in array(page.get("/CropBox", page.get("/MediaBox"))))
    return min(one, three), min(two, four), max(one, three), max(two, four)
