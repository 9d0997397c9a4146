"""Writes a number at the foot of each page of a PDF, as the page is held: an artifact, no part of its content."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from drafter.pdf.objects import added, array, copied, integer, made, stream

if TYPE_CHECKING:
    from pypdf import PdfWriter

SIZE, RIGHT, UP = 7.5, 36.0, 17.0  # points: the number's size, and its place from the right and lower edges
FONT = "/PacketNumber"
NONSYMBOLIC = 32  # the flag of a font of Latin letters
FACE = Path(__file__).with_name("page_number.ttf")  # Caladea without hints, by fontTools; under the SIL OFL 1.1
FIRST, LAST = 32, 126  # the characters that are in it
# Of each of them, in thousandths of the size.
WIDTHS = (
    220, 286, 393, 619, 506, 890, 687, 237, 382, 382, 427, 554, 205, 329, 206, 490, 517, 362, 472, 461, 492, 475, 470,
    470, 485, 478, 264, 264, 554, 554, 554, 422, 885, 599, 579, 519, 625, 540, 509, 539, 696, 343, 304, 630, 501, 888,
    693, 599, 533, 599, 613, 453, 557, 687, 598, 889, 571, 557, 507, 350, 490, 350, 554, 371, 151, 470, 520, 421, 520,
    441, 313, 459, 554, 277, 255, 525, 271, 813, 558, 480, 520, 501, 396, 392, 325, 546, 470, 720, 483, 482, 428, 387,
    316, 387, 712,
)  # fmt: skip
# Of the font: the edges around all letters, how far they reach up and down, and the height of a capital.
EDGES, UP_TO, DOWN_TO, CAPITAL = (-42, -219, 885, 754), 900, -250, 667


def write(writer: PdfWriter, pages: Sequence[DictionaryObject], numbered: str) -> None:
    """Write a text with {page} and {pages} at the lower right of each page as it is held; nothing for an empty text."""
    if not numbered:
        return
    face, opening = added(writer, _font(writer)), added(writer, stream(b"q\n"))
    for count, page in enumerate(pages, 1):
        text = numbered.format(page=count, pages=len(pages))
        resources = copied(page.get("/Resources"))
        resources[NameObject("/Font")] = fonts = copied(resources.get("/Font"))
        fonts[NameObject(FONT)] = face
        page[NameObject("/Resources")] = resources
        own = array(page.raw_get("/Contents") if "/Contents" in page else None)
        closing = added(writer, stream(b"\nQ\n" + _drawn(page, text)))
        page[NameObject("/Contents")] = ArrayObject([opening, *own, closing])


def _font(writer: PdfWriter) -> DictionaryObject:
    """Return the font, with its program, so that every reader has it."""
    program = FACE.read_bytes()
    file = stream(program).flate_encode()
    file[NameObject("/Length1")] = NumberObject(len(program))
    name = NameObject("/AAAAAA+PacketNumber")
    described = made(
        Type=NameObject("/FontDescriptor"), FontName=name, Flags=NumberObject(NONSYMBOLIC),
        FontBBox=ArrayObject(map(NumberObject, EDGES)), ItalicAngle=NumberObject(0), Ascent=NumberObject(UP_TO),
        Descent=NumberObject(DOWN_TO), CapHeight=NumberObject(CAPITAL), StemV=NumberObject(80),
        FontFile2=added(writer, file),
    )  # fmt: skip
    return made(
        Type=NameObject("/Font"), Subtype=NameObject("/TrueType"), BaseFont=name,
        Encoding=NameObject("/WinAnsiEncoding"), FirstChar=NumberObject(FIRST), LastChar=NumberObject(LAST),
        Widths=ArrayObject(map(NumberObject, WIDTHS)), FontDescriptor=added(writer, described),
    )  # fmt: skip


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
    written = bytes(sign if FIRST <= sign <= LAST else ord("?") for sign in text.encode("ascii", "replace"))
    long = sum(WIDTHS[sign - FIRST] for sign in written) * SIZE / 1000
    for sign in (b"\\", b"(", b")"):
        written = written.replace(sign, b"\\" + sign)
    place = " ".join(f"{value:g}" for value in matrix)
    shown = f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q {place} cm BT 0 g {FONT} {SIZE:g} Tf "
    return shown.encode() + f"{across - RIGHT - long:.2f} {UP:g} Td (".encode() + written + b") Tj ET Q EMC\n"


def _box(page: DictionaryObject) -> tuple[float, float, float, float]:
    """Return the edges of what is seen of a page: left, lower, right, upper."""
    one, two, three, four = (float(side.get_object()) for side in array(page.get("/CropBox", page.get("/MediaBox"))))
    return min(one, three), min(two, four), max(one, three), max(two, four)
