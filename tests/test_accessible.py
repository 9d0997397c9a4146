"""A PDF is read by everyone: its tags, its claim, and what a redline says aloud."""

from __future__ import annotations

import io
import re
import shutil
import struct
import subprocess
import sys
import zlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import accessible
import docx_text
import pairs
import pikepdf
import pytest
import read_aloud
import small
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from test_packet_pdf import made

from drafter.comparing import marked, redline
from drafter.contract import Paragraph, Table, Text, words
from drafter.documents import changes_docx
from drafter.doors import terminal
from drafter.papers import changed_sections
from drafter.papers.remarks import Known
from drafter.pdf import binding, notes, office, page_numbers, paper
from drafter.pdf.cover import Cover
from drafter.pdf.finishing import changes, checking, drawing, finish
from drafter.pdf.paper import Sheet
from drafter.word import writer
from drafter.word.oxml import package

ROOT = Path(__file__).resolve().parents[1]
AGREEMENT, CHANGES, COVER, NOTES, MATRIX = (
    ROOT / "templates" / f"{n}.docx" for n in ("agreement", "changes", "cover", "notes", "matrix")
)
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


# -- what is drawn ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"0 0 m 9 9 l S", [("a line", b"0 0 m 9 9 l S")]),
        (b"q 1 w 0 0 m 9 9 l S Q 1 2 3 4 re f*", [("a line", b"0 0 m 9 9 l S"), ("a line", b"1 2 3 4 re f*")]),
        (b"/Artifact BMC 0 0 m 9 9 l S EMC", []),
        (b"/P <</MCID 0>> BDC /Span BMC EMC 1 2 3 4 re f EMC", []),
        (b"0 0 9 9 re W* n", []),  # clips, and paints nothing
        (b"0 0 9 9 re W n 1 1 m 2 2 l S", [("a line", b"1 1 m 2 2 l S")]),
        (b"BT (a (S) \\) f) Tj ET", [("text", b"(a (S) \\) f) Tj")]),
        (b"[(S) -3 <53>] TJ % 0 0 m S\n/Im1 Do", [("text", b"[(S) -3 <53>] TJ"), ("a picture", b"/Im1 Do")]),
    ],
)
def test_what_is_painted_outside_of_the_tags_is_found(content, found):
    assert [(each.what, content[each.start : each.end]) for each in drawing.outside(content)] == found


@pytest.mark.parametrize("content", [b"BI /W 1 ID x EI", b"(never closed Tj", b"BT ) Tj"])
def test_content_that_can_t_be_read_is_never_guessed_at(content):
    with pytest.raises(ValueError, match="can't be read"):
        list(drawing.outside(content))


def test_the_widths_of_the_page_number_are_those_of_its_font():
    font = TTFont(page_numbers.FACE)
    names, widths, whole = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    own = tuple(
        round(widths[names[sign]][0] * 1000 / whole) for sign in range(page_numbers.FIRST, page_numbers.LAST + 1)
    )
    assert own == page_numbers.WIDTHS
    assert "SIL Open Font License" in font["name"].getDebugName(13)


@pytest.mark.parametrize(
    ("kind", "words", "spoken"),
    [
        ("Del", "twice", "[deleted: twice]"),
        ("Ins", " in every month ", " [inserted: in every month] "),
        ("MovedFrom", "a", "[moved from here: a]"),
        ("MovedTo", "a", "[moved to here: a]"),
        ("Ins", " ", " "),
    ],
)
def test_a_change_is_said_in_words_with_its_spaces_outside(kind, words, spoken):
    assert changes.spoken(kind, words) == spoken


@pytest.mark.parametrize(
    ("tagged", "why"),
    [
        (True, {"page 1: the font Courier isn't in the file", "a link has no words that say what it is"}),
        (False, {"not all of it has tags"}),
    ],
)
def test_a_file_with_a_lack_that_is_not_mended_makes_no_claim_and_says_why(tagged, why, capsys):
    pdf = finish.finished(made("Plain", tagged=tagged))
    assert set(checking.unclaimed(pdf)) == why
    assert b"pdfuaid:part" not in pdf
    terminal.unclaimed({"plain.pdf": pdf, "plain.docx": b""})
    said = capsys.readouterr().err
    assert said.startswith("plain.pdf doesn't claim to be accessible (PDF/UA-1): ")
    assert all(reason in said for reason in why)


# -- a packet -----------------------------------------------------------------------------------


def sides(folder: Path):
    """Return two small contracts; besides other words, the second has another address and a row that moved."""
    library = small.load(folder)
    given = (small.ANSWERS, small.ANSWERS + "leash: long\n")
    bowl, bell = (tuple((Text(cell),) for cell in row) for row in (("Bowl", "one each"), ("Bell", "none")))
    drafts = [small.draft(library, text)[0] for text in given]
    return [with_more(drafts[0], "ann", bowl, bell), with_more(drafts[1], "bob", bell, bowl)]


def with_more(contract, name: str, *rows):
    """Return a contract with a paragraph and a table behind its section on the leash."""
    table = Table(((Text("Item"),), (Text("Figure"),)), rows)
    more = (Paragraph((Text(f"Write to {name}@example.org today."),)), table)
    return pairs.over_sections(contract, lambda s: replace(s, blocks=(*s.blocks, *more)) if s.id == "leash" else s)


NAMESPACES = " ".join(
    f'xmlns:{name}="http://schemas.openxmlformats.org/{place}"'
    for name, place in (
        ("w", "wordprocessingml/2006/main"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("a", "drawingml/2006/main"),
        ("pic", "drawingml/2006/picture"),
        ("r", "officeDocument/2006/relationships"),
    )
)
FOOTNOTES = f"""<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>
</w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>
</w:footnote><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> See the law.</w:t>
</w:r></w:p></w:footnote></w:footnotes>"""
PICTURE = f"""<w:p><w:r><w:drawing><wp:inline {NAMESPACES} distT="0" distB="0" distL="0" distR="0">
<wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="Seal" descr="The seal of the town"/><a:graphic><a:graphicData
uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="Seal"/>
<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="r8"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>
</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""


def dot() -> bytes:
    """Make a picture of one red dot."""
    pieces = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff\0\0")),
        (b"IEND", b""),
    )
    made = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in pieces
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def firms(folder: Path) -> Path:
    """Return the contract's template as a firm has changed it: another face, a footnote, a picture with its words."""
    parts = package.unpack(AGREEMENT.read_bytes())
    office_ = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    body = parts["word/document.xml"].replace(
        b"<w:t>Recitals</w:t></w:r>", b'<w:t>Recitals</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>', 1
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/>'
    types += '<Default Extension="png" ContentType="image/png"/>'
    links = f'<Relationship Id="r9" Type="{office_}/footnotes" Target="footnotes.xml"/>'
    links += f'<Relationship Id="r8" Type="{office_}/image" Target="media/dot.png"/>'
    parts |= {
        "word/document.xml": body.replace(b"<w:sectPr", PICTURE.encode() + b"<w:sectPr", 1),
        "word/styles.xml": parts["word/styles.xml"].replace(b"Cambria", b"Carlito"),
        "word/footnotes.xml": FOOTNOTES.encode(),
        "word/media/dot.png": dot(),
        "[Content_Types].xml": parts["[Content_Types].xml"].replace(b"</Types>", f"{types}</Types>".encode()),
        "word/_rels/document.xml.rels": parts["word/_rels/document.xml.rels"].replace(
            b"</Relationships>", f"{links}</Relationships>".encode()
        ),
    }
    path = folder / "firm.docx"
    path.write_bytes(package.pack(parts))
    return path


def restyled(folder: Path, template: Path) -> Path:
    """Return a template in another face and with other colours and sizes."""
    parts = package.unpack(template.read_bytes())
    looks = parts["word/styles.xml"].replace(b"Cambria", b"Carlito").replace(b'w:val="000000"', b'w:val="1F3864"')
    path = folder / template.name
    path.write_bytes(package.pack(parts | {"word/styles.xml": looks.replace(b'w:sz w:val="22"', b'w:sz w:val="21"')}))
    return path


def redlined(base, revised, said: str = "Ask a.b@example.org.") -> tuple[bytes, tuple]:
    """Return a redline with a note on each section that changed, and the notes."""
    compared = redline.compare(base, revised)
    comments = {s.of.shown.id: said for s in marked.sections(compared) if marked.changed(s)}
    stamp = writer.Stamp("A. B.", "2026-05-26")
    data = writer.write_redline(compared, AGREEMENT, writer.Notes(stamp, "", comments))
    return data, notes.listed(compared, comments)


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    """The parts of a packet of a small contract, and the two contracts."""
    folder = tmp_path_factory.mktemp("library")
    base, revised = sides(folder)
    data, listed = redlined(base, revised)
    compared = redline.compare(base, revised)
    told = changed_sections.Told((), {}, {"leash": "The town asked for it."})
    shown = changed_sections.make(compared, Known(base), Known(revised), told)
    changed = changes_docx.write(shown, restyled(folder, CHANGES), writer.Stamp("A. B.", "2026-05-26"))
    parts = {
        "Changed sections": lambda _: paper.printable(changed),
        "Redline": lambda _: paper.printable(data),
        "Notes to the redline": lambda _: Sheet(paper.together(notes.write(listed, NOTES))),
        "Clean copy": office.paged(revised, firms(folder), "Clean copy"),
    }
    made = binding.laid(Cover("Board packet", "Dogs", ("Town",)), parts, COVER)
    alone = {title: made.files[title].written() for title in parts}
    return base, revised, alone, binding.bound(made, language="en-US")


@pytest.fixture(scope="module")
def packet(laid):
    return laid[3]


@pytest.mark.office
@needs_office
def test_a_packet_and_its_parts_pass_both_checkers_and_claim_it(laid, packet, tmp_path):
    for pdf in (packet, *laid[2].values()):
        assert accessible.wrong(pdf, tmp_path) == set()
        assert checking.left_in(pdf) == ()
        assert b"pdfuaid:part>1<" in PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_data()


@pytest.mark.office
@needs_office
def test_a_redline_read_aloud_says_the_words_of_both_sides(laid, tmp_path):
    base, revised, parts, _ = laid
    for side, contract in (("base", base), ("revised", revised)):
        blocks = read_aloud.blocks(parts["Redline"], tmp_path, side)
        heard = read_aloud.words_of((block.text for block in blocks), side)
        lines = docx_text.body(writer.write(contract, AGREEMENT))
        assert heard == read_aloud.words_of(f"{line.number} {line.text}" for line in lines)
    for part in ("Redline", "Changed sections"):
        said = [block.text for block in read_aloud.blocks(parts[part], tmp_path)]
        assert "The walker must use a leash [deleted: on each Dog] [inserted: of [Length] feet]:" in said
        assert "Write to [deleted: ann@example.org] [inserted: bob@example.org] today." in said
        assert {"[moved from here: Bell]", "[moved to here: Bell]"} <= set(said)


@pytest.mark.office
@needs_office
def test_every_link_of_a_contract_leads_somewhere(laid):
    with pikepdf.open(io.BytesIO(laid[2]["Clean copy"])) as file:
        tags = [e for e in every(file) if e["/S"] == "/Link"]
        places = [link for page in file.pages for link in page.get("/Annots", [])]
    assert len(tags) == len(places)
    said = {str(link["/Contents"]).replace("\xa0", " ") for link in places}
    assert "Exhibit A" in said  # a reference that may not be broken over lines
    assert all("/Dest" in link or "/A" in link for link in places)


@pytest.mark.office
@needs_office
def test_a_number_is_a_word_of_its_own_to_who_hears_it(laid, tmp_path):
    told = [(block.kind, block.text) for block in read_aloud.blocks(laid[2]["Clean copy"], tmp_path)]
    assert ("H2", "1.2 Leash") in told
    assert any(kind == "TOCI" and re.fullmatch(r"1\.2 Leash \d+", line) for kind, line in told)
    assert any(line.startswith("(a) ") for _, line in told)


@pytest.mark.office
@needs_office
def test_a_note_and_its_number_in_the_redline_lead_to_each_other(packet):
    reader = PdfReader(io.BytesIO(packet))
    places = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    found = {}
    for number, page in enumerate(reader.pages):
        for link in (each.get_object() for each in page.get("/Annots", [])):
            if "[Note 1]" in link["/Contents"]:
                found[number] = places[link["/Dest"][0].idnum]
    (here, there), (back, again) = found.items()
    assert (here, there) == (again, back)
    links = (each.get_object() for page in reader.pages for each in page.get("/Annots", []))
    led = {link["/A"]["/URI"] for link in links if "/A" in link}
    assert {f"mailto:{name}@example.org" for name in ("a.b", "ann", "bob")} <= led
    assert b"packet.invalid" not in packet


@pytest.mark.office
@needs_office
def test_a_title_that_is_in_no_table_of_contents_is_a_heading_and_the_parts_are_listed_in_one(laid, packet, tmp_path):
    for part in ("Redline", "Clean copy"):
        heard = [block.text for block in read_aloud.blocks(laid[2][part], tmp_path) if block.kind == "H1"]
        assert heard[0] == words(laid[1].title)
        assert {"Contents", "Signatures"} <= set(heard)
    with pikepdf.open(io.BytesIO(packet)) as file:
        entries = next(e for e in every(file) if e["/S"] == "/TOC")["/K"]
    assert len(entries) == len(laid[2])
    listed = [block.text for block in read_aloud.blocks(packet, tmp_path)]
    assert re.fullmatch(r"Changed sections \d+", listed[listed.index("Contents") + 1])


@pytest.mark.office
@needs_office
def test_each_part_begins_with_its_first_heading_and_leaves_no_level_out(laid):
    for title, pdf in laid[2].items():
        with pikepdf.open(io.BytesIO(pdf)) as file:
            levels = [int(str(e["/S"])[2:]) for e in every(file) if re.fullmatch("/H[1-6]", str(e["/S"]))]
        assert levels[0] == 1, title
        assert all(after <= before + 1 for before, after in pairwise(levels)), title


PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Places to look at</title></head><body>
<h1>It is not as approved</h1><h2>Places to look at</h2><h3>Place 1</h3><p>page 2: reads "90"</p></body></html>"""


@pytest.mark.office
@needs_office
def test_a_page_for_a_browser_passes_both_checkers_as_a_pdf(tmp_path):
    pdf = office.page_converted(PAGE)
    assert accessible.wrong(pdf, tmp_path) == set()
    assert read_aloud.blocks(pdf, tmp_path)[0] == read_aloud.Block("H1", "It is not as approved")


def test_the_benchmark_checks_with_the_program_that_knows_the_rules():
    code = "import runpy, sys; sys.path.insert(0, sys.argv[1]); runpy.run_path(sys.argv[1] + '/tagged.py'); import page"
    command = [sys.executable, "-c", f"{code}; page.validate_pdf_bytes", str(ROOT / "benchmarks")]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


# -- what the checks find -----------------------------------------------------------------------


def every(file: pikepdf.Pdf):
    """Yield the elements of a file's structure, in order."""
    waiting = [file.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, pikepdf.Array):
            waiting = [*node, *waiting]
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            waiting = [node.get("/K"), *waiting]


def first(file: pikepdf.Pdf, kind: str):
    return next(element for element in every(file) if element["/S"] == f"/{kind}")


def link_of(file: pikepdf.Pdf):
    return next(page.Annots[0] for page in file.pages if "/Annots" in page)


def fonts(file: pikepdf.Pdf):
    return [font for page in file.pages for font in page.Resources.Font.values()]


def without(holder, *names: str) -> None:
    for name in names:
        if name in holder:
            del holder[name]


def renamed(kind: str, new: str):
    def fault(file: pikepdf.Pdf) -> None:
        first(file, kind)["/S"] = pikepdf.Name(f"/{new}")

    return fault


def painted(words: bytes):
    def fault(file: pikepdf.Pdf) -> None:
        file.pages[-1].contents_add(file.make_stream(words))

    return fault


def of_metadata(old: bytes, new: bytes):
    def fault(file: pikepdf.Pdf) -> None:
        text = file.Root.Metadata.read_bytes()
        assert re.search(old, text, re.DOTALL)
        file.Root.Metadata = file.make_stream(
            re.sub(old, new, text, flags=re.DOTALL), Type=pikepdf.Name("/Metadata"), Subtype=pikepdf.Name("/XML")
        )

    return fault


def no_headers(file: pikepdf.Pdf) -> None:
    for element in every(file):
        if element["/S"] == "/TH":
            element["/S"] = pikepdf.Name("/TD")


def untagged_text(file: pikepdf.Pdf) -> None:
    words = file.pages[-1].Contents
    data = b"\n".join(each.read_bytes() for each in (words if isinstance(words, pikepdf.Array) else [words]))
    changed, count = re.subn(rb"/\S+ ?<<\s*/MCID 0\s*>>\s*BDC(.*?)EMC", rb"\1", data, count=1, flags=re.DOTALL)
    assert count
    file.pages[-1].Contents = file.make_stream(changed)


def no_program(file: pikepdf.Pdf) -> None:
    for font in fonts(file):
        for each in font.get("/DescendantFonts", [font]):
            without(each.FontDescriptor, "/FontFile2", "/FontFile3")


def no_unicode(file: pikepdf.Pdf) -> None:
    for font in fonts(file):
        without(font, "/ToUnicode")


def later_heading(file: pikepdf.Pdf) -> None:
    first(file, "H2")["/S"] = pikepdf.Name("/H4")


FAULTS = {
    "no language": lambda f: without(f.Root, "/Lang"),
    "no metadata": lambda f: without(f.Root, "/Metadata"),
    "not marked": lambda f: without(f.Root, "/MarkInfo"),
    "a header without scope": lambda f: [without(e, "/A") for e in every(f) if e["/S"] == "/TH"],
    "a level left out": later_heading,
    "no order of tabs": lambda f: [without(p.obj, "/Tabs") for p in f.pages],
    "a link without words": lambda f: without(link_of(f), "/Contents"),
    "a link without a tag": lambda f: without(link_of(f), "/StructParent"),
    "an unknown kind": renamed("P", "Foo"),
    "a font that is not there": no_program,
    "letters without meaning": no_unicode,
    "text outside of the tags": untagged_text,
    "a line outside of the tags": painted(b"0 0 m 9 9 l S"),
    "no title": of_metadata(rb"<dc:title>.*</dc:title>", b""),
    "a picture without words": lambda f: without(first(f, "Figure"), "/Alt"),
    "a footnote without an id": lambda f: without(first(f, "Note"), "/ID"),
    "no claim": of_metadata(rb"<pdfuaid:part>1</pdfuaid:part>", b""),
    "a title that is not shown": lambda f: without(f.Root, "/ViewerPreferences"),
    "an item outside of a list": renamed("P", "LI"),
    "a row outside of a table": renamed("P", "TR"),
    "no tags": lambda f: without(f.Root, "/StructTreeRoot"),
    "a table without headers": no_headers,
    "a link that is a paragraph": renamed("Link", "P"),
}
NOT_BY_RULES = {"a table without headers", "a link that is a paragraph"}  # what a validator of the rules can't see


@pytest.mark.office
@needs_office
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught(packet, tmp_path, name):
    with pikepdf.open(io.BytesIO(packet)) as file:
        FAULTS[name](file)
        saved = io.BytesIO()
        file.save(saved)
    data = saved.getvalue()
    by_rules = accessible.failed_rules(data)
    assert name in NOT_BY_RULES or by_rules
    assert by_rules or accessible.complaints(data, tmp_path, ("error",)) or checking.left_in(data)


@pytest.mark.office
@needs_office
def test_a_page_and_its_words_are_as_libreoffice_made_them(tmp_path, monkeypatch):
    base, revised = sides(tmp_path)
    sheet = paper.printable(redlined(base, revised)[0])
    kept, settled = [], finish.settled
    monkeypatch.setattr(finish, "settled", lambda pdf, *more: kept.append(pdf) or settled(pdf, *more))
    done = office.printed(sheet)
    old, new = (PdfReader(io.BytesIO(pdf)) for pdf in (kept[0], done))
    assert [page.extract_text() for page in old.pages] == [page.extract_text() for page in new.pages]
    assert [page.mediabox for page in old.pages] == [page.mediabox for page in new.pages]
    marks = re.compile(rb"/Artifact BMC\n|\nEMC")
    for before, after in zip(old.pages, new.pages, strict=True):
        bare = [b"".join(marks.sub(b"", drawing.content(page)).split()) for page in (before, after)]
        assert bare[0] == bare[1]
