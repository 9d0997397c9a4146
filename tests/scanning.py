"""Makes what comes back signed: text PDFs with stamps, and scans.

A page that is scanned is turned, shifted, blurred, on grey paper, with noise and dust, and a JPEG.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

TURN, SHIFT, NOISE, QUALITY = 0.7, 0.04, 10, 60  # degrees, inches, of 255, of 100


def drawn(pdf: bytes, dpi: int, pages: Iterable[int] | None = None) -> list[Image.Image]:
    """Draw pages of a PDF in grey, all of them or those of these numbers from 1."""
    document = pypdfium2.PdfDocument(pdf)
    numbers = list(pages or range(1, len(document) + 1))
    return [document[number - 1].render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for number in numbers]


def scan(picture: Image.Image, dpi: int, seed: int) -> Image.Image:
    """Make a picture of a page as a scanner would give it; the same for the same seed."""
    rng = np.random.default_rng(seed)
    shift = tuple(rng.uniform(-SHIFT, SHIFT, 2) * dpi)
    turned = picture.rotate(rng.uniform(-TURN, TURN), Image.Resampling.BICUBIC, fillcolor=255, translate=shift)
    grey = np.asarray(turned.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 0.8) * dpi / 200)), dtype=float)
    grey = grey * (rng.uniform(225, 245) - 20) / 255 + 20
    grey += np.linspace(0, rng.uniform(-12, 12), grey.shape[1])[None, :]
    grey += rng.normal(0, NOISE, grey.shape)
    for _ in range(int(rng.integers(30, 80))):
        y, x = (int(rng.integers(4, side - 5)) for side in grey.shape)
        rows, columns = np.ogrid[-4:5, -4:5]
        speck = rows**2 + columns**2 <= (rng.uniform(0.5, 1.6) * dpi / 200) ** 2
        grey[y - 4 : y + 5, x - 4 : x + 5][speck] = rng.uniform(40, 140)
    made = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype("uint8")).save(made, "JPEG", quality=QUALITY)
    return Image.open(made)


def bound(pictures: Iterable[Image.Image], dpi: int) -> bytes:
    """Bind pictures into a PDF, a page each."""
    first, *others = pictures
    made = io.BytesIO()
    first.save(made, "PDF", save_all=True, append_images=others, resolution=dpi, quality=QUALITY)
    return made.getvalue()


def scanned(
    pdf: bytes, dpi: int, seed: int, change: Callable[[int, Image.Image], Image.Image] = lambda _, picture: picture
) -> bytes:
    """Return a PDF as a scan of all its pages; `change` may draw on a page before it is scanned."""
    pages = enumerate(drawn(pdf, dpi), 1)
    return bound((scan(change(number, picture), dpi, seed * 1000 + number) for number, picture in pages), dpi)


# -- a small contract as a PDF, and what comes back ---------------------------------------------

SIZE, LEFT, TOP, STEP = 11, 72, 700, 16  # points
PAGE = (0, 372, 612, 792)  # the page's box: half as tall as others, and read in half the time
RULE = "_" * 34
CONTRACT = (
    (
        "DOG WALKING AGREEMENT",
        "This Agreement is between the Town of Bark and Casey Example.",
        "Article 1  Walking",
        "1.1  The Walker must use a leash of 6 feet on each public street.",
        "1.2  The Walker must not enter a garden without the consent of its owner.",
        "1.3  The Town may end this Agreement after 30 days of written notice.",
        "1.4  The Walker must report each bite within three days to the Town.",
        "1.5  This Agreement begins on July 1, 2026 and ends on June 30, 2027.",
        "Page 1 of 2",
    ),
    (
        "Article 2  Payment",
        "2.1  The Town must pay $96,000 for each year of the term.",
        "2.2  The Walker sends an invoice in January and again in September.",
        "2.3  No payment is due for a day on which the Walker did not walk a Dog.",
        "Signatures",
        "",
        f"By: {RULE}",
        "Name: Casey Example",
        "",
        f"By: {RULE}",
        "Name: Robin Sample",
        "Page 2 of 2",
    ),
)
CERTIFICATE = (
    "Certificate Of Completion",
    "Envelope Id: 3F25-04E0",
    "Signer Events: Casey Example",
    "Status: Completed",
)
ENVELOPE = "Envelope ID: 3F2504E0-4F89-11D3"
Piece = tuple[float, float, float, str]  # from the left, from the bottom, size, words


def paper(
    pages: Iterable[Iterable[str]],
    stamps: Mapping[int, Iterable[Piece]] | None = None,
    pictures: Mapping[int, tuple[Image.Image, Sequence[float]]] | None = None,
    *,
    mode: int = 0,
    whole: Sequence[Image.Image] = (),
) -> bytes:
    """Write a PDF of lines, with stamps and a picture in places of their own on pages, counted from 1.

    `mode` is how the lines are drawn: 3 leaves them unseen. `whole` are pictures of whole pages, below the lines.
    """
    out = PdfWriter()
    for number, lines in enumerate(pages, 1):
        page = out.add_blank_page(612, 792)
        page.mediabox = RectangleObject(PAGE)
        drawn_ones = [(whole[number - 1], PAGE)] if whole else []
        drawn_ones += [pictures[number]] if pictures and number in pictures else []
        pieces = [(LEFT, TOP - STEP * at, SIZE, line) for at, line in enumerate(lines)]
        stamped = list((stamps or {}).get(number, ()))
        before = "".join(_shown(name, box) for name, (_, box) in enumerate(drawn_ones) if whole)
        after = "".join(_shown(name, box) for name, (_, box) in enumerate(drawn_ones) if not whole)
        text = (
            before + "".join(_set(piece, mode) for piece in pieces) + "".join(_set(each, 0) for each in stamped) + after
        )
        content = DecodedStreamObject()
        content.set_data(text.encode("cp1252"))
        page[NameObject("/Contents")] = out._add_object(content)  # noqa: SLF001  # pypdf has no public name for it
        font = dictionary(Type="/Font", Subtype="/Type1", BaseFont="/Times-Roman", Encoding="/WinAnsiEncoding")
        images = DictionaryObject(
            {NameObject(f"/I{name}"): _image(out, each) for name, (each, _) in enumerate(drawn_ones)}
        )
        resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
        resources[NameObject("/XObject")] = images
        page[NameObject("/Resources")] = resources
    return _bytes(out)


def drawn_on(pdf: bytes, drawing: str) -> bytes:
    """Draw on the first page of a PDF, in the language of PDFs."""
    out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    page = out.pages[0]
    content = DecodedStreamObject()
    content.set_data(page["/Contents"].get_object().get_data() + drawing.encode())
    page[NameObject("/Contents")] = out._add_object(content)  # noqa: SLF001  # as above
    return _bytes(out)


def noted(pdf: bytes, drawing: str, flags: int) -> bytes:
    """Put a note over the first page of a PDF, drawn in the language of PDFs; its flags say when it is drawn."""
    out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    page = out.pages[0]
    look = DecodedStreamObject()
    look.set_data(drawing.encode())
    look.update(dictionary(Type="/XObject", Subtype="/Form"))
    look[NameObject("/BBox")] = ArrayObject(map(NumberObject, PAGE))
    note = dictionary(Type="/Annot", Subtype="/Stamp")
    note[NameObject("/Rect")], note[NameObject("/F")] = look["/BBox"], NumberObject(flags)
    note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): out._add_object(look)})  # noqa: SLF001  # as above
    page[NameObject("/Annots")] = ArrayObject([out._add_object(note)])  # noqa: SLF001  # as above
    return _bytes(out)


def annotated(pdf: bytes, page: int = 0, box: Sequence[float] = PAGE, **entries: object) -> bytes:
    """Put a note without a look of its own on a page of a PDF; text becomes its words, and what begins / a name."""
    out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    note = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/F"): NumberObject(4)})
    note[NameObject("/Rect")] = ArrayObject(map(FloatObject, box))
    for name, value in entries.items():
        kept = value if not isinstance(value, str) else (NameObject if value[:1] == "/" else TextStringObject)(value)
        note[NameObject(f"/{name}")] = kept
    out.pages[page][NameObject("/Annots")] = ArrayObject([out._add_object(note)])  # noqa: SLF001  # as above
    return _bytes(out)


def holding(pdf: bytes, **entries: str) -> bytes:
    """Add to a PDF an object to which nothing on its pages leads."""
    out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    out.root_object[NameObject("/PieceInfo")] = out._add_object(dictionary(**entries))  # noqa: SLF001  # as above
    return _bytes(out)


def ticked(pdf: bytes) -> bytes:
    """Say in a PDF's layer that its currency signs are empty boxes, and its yen signs ticked ones."""
    out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    codes = DecodedStreamObject()
    codes.set_data(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF>"
        b" endcodespacerange 2 beginbfchar <A4> <2610> <A5> <2612> endbfchar endcmap end end"
    )
    for page in out.pages:
        page["/Resources"]["/Font"]["/F"][NameObject("/ToUnicode")] = out._add_object(codes)  # noqa: SLF001  # as above
    return _bytes(out)


def layered(pdf: bytes, drawing: str, shown: str, printed: str) -> bytes:
    """Draw on the first page of a PDF in a layer that is /ON or /OFF where it is shown, and where it is printed."""
    out = PdfWriter(clone_from=PdfReader(io.BytesIO(drawn_on(pdf, f"/OC /L BDC {drawing} EMC"))))
    layer = dictionary(Type="/OCG")
    layer[NameObject("/Name")] = TextStringObject("layer")
    uses = {"View": dictionary(ViewState=shown), "Print": dictionary(PrintState=printed)}
    layer[NameObject("/Usage")] = DictionaryObject({NameObject(f"/{name}"): use for name, use in uses.items()})
    known = ArrayObject([out._add_object(layer)])  # noqa: SLF001  # as above
    rules = [dictionary(Event=f"/{name}") for name in uses]
    for name, rule in zip(uses, rules, strict=True):
        rule[NameObject("/OCGs")], rule[NameObject("/Category")] = known, ArrayObject([NameObject(f"/{name}")])
    settings = DictionaryObject({NameObject("/AS"): ArrayObject(rules), NameObject("/ON"): known})
    out.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): known, NameObject("/D"): settings}
    )
    resources = out.pages[0]["/Resources"]
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/L"): known[0]})
    return _bytes(out)


def turned(pdf: bytes, degrees: int, *, content: bool) -> bytes:
    """Turn the pages of a PDF: as they are shown or, with their content turned as well, as a printer may keep them."""
    out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for page in out.pages:
        page.rotate(degrees)
        if content:
            page.transfer_rotation_to_content()
            page.rotate(360 - degrees)
    return _bytes(out)


def cropped(pdf: bytes, *box: float) -> bytes:
    """Crop the pages of a PDF to what is within a box: left, bottom, right, top, in points."""
    out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for page in out.pages:
        page.cropbox = RectangleObject(box)
    return _bytes(out)


def widened(pdf: bytes) -> bytes:
    """Make the pages of a PDF larger than any paper."""
    out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for page in out.pages:
        page.mediabox = RectangleObject((0, 0, 90000, 90000))
    return _bytes(out)


def _bytes(out: PdfWriter) -> bytes:
    made = io.BytesIO()
    out.write(made)
    return made.getvalue()


def dictionary(**entries: str) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): NameObject(value) for name, value in entries.items()})


def _set(piece: Piece, mode: int) -> str:
    x, y, size, words = piece
    told = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F {size} Tf {mode} Tr {x} {y} Td ({told}) Tj ET\n"


def _shown(name: int, box: Sequence[float]) -> str:
    left, bottom, right, top = box
    return f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm /I{name} Do Q\n"


def _image(out: PdfWriter, picture: Image.Image) -> object:
    made = DecodedStreamObject()
    made.set_data(picture.convert("L").tobytes())
    made.update(dictionary(Type="/XObject", Subtype="/Image", ColorSpace="/DeviceGray"))
    for name, value in (("Width", picture.width), ("Height", picture.height), ("BitsPerComponent", 8)):
        made[NameObject(f"/{name}")] = NumberObject(value)
    return out._add_object(made)  # noqa: SLF001  # as above


def changed(*changes: tuple[str, str], pages: Iterable[Iterable[str]] = CONTRACT) -> list[list[str]]:
    """Return the pages of the contract with words replaced; each of them must be there."""
    text = "\f".join("\n".join(lines) for lines in pages)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return [page.split("\n") for page in text.split("\f")]


def written(words: str, size: int = 44) -> Image.Image:
    """Return a picture of words, black on white."""
    font = ImageFont.load_default(size)
    picture = Image.new("L", (round(font.getlength(words)) + 16, size + 16), 255)
    ImageDraw.Draw(picture).text((8, 4), words, fill=0, font=font)
    return picture
