"""A packet keeps what its parts had, pages, links, outlines and structure, and numbers its pages throughout."""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import re
import runpy
import shutil
import tempfile
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from unittest.mock import Mock

import accessible
import docx_changes
import docx_text
import generated
import pairs
import pytest
import read_aloud
import small
from commands import run
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    Fit,
    NameObject,
    NumberObject,
    TextStringObject,
)

from drafter.base.problems import DraftingError
from drafter.comparing import marked, redline
from drafter.papers import remarks
from drafter.papers.remarks import Known
from drafter.pdf import binding, cover, merging, notes, office, page_numbers, paper
from drafter.pdf.cover import Cover
from drafter.pdf.finishing import finish
from drafter.pdf.notes import Note
from drafter.pdf.paper import Sheet
from drafter.pdf.preparing import between
from drafter.pdf.taking import Part
from drafter.word import writer
from drafter.word.oxml import package

ROOT = Path(__file__).resolve().parents[1]
COVER, NOTES = (ROOT / "templates" / f"{name}.docx" for name in ("cover", "notes"))
AGREEMENT = ROOT / "templates" / "agreement.docx"
TOLD = Cover("Packet for the Meeting", "Dog Agreement", ("The Town", "The Owner"), "May 26, 2026", "DRAFT")


def dictionary(**entries):
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def added(out: PdfWriter, node):
    return out._add_object(node)  # noqa: SLF001  # pypdf has no public name for it


def stream(data: bytes) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    return made


def made(name: str, sizes=((612, 792),), turn: int = 0, *, tagged: bool = True) -> bytes:
    """Make a PDF: a page a size that says its name; headings, and a link by name from the first page to the last."""
    out = PdfWriter()
    face = dictionary(Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Courier"))
    font = added(out, face)
    for count, (width, height) in enumerate(sizes, 1):
        page = out.add_blank_page(width, height)
        words = f"/Body <</MCID 0>> BDC BT /F1 12 Tf 72 300 Td ({name}, its page {count}) Tj ET EMC".encode()
        page[NameObject("/Contents")] = added(out, stream(words))
        page[NameObject("/Resources")] = dictionary(Font=dictionary(F1=font))
        if turn:
            page.rotate(turn)
    out.add_named_destination("last", len(sizes) - 1)
    heading = out.add_outline_item(title=f"Heading of {name}", page_number=0)
    out.add_outline_item(title=f"Last of {name}", page_number=len(sizes) - 1, parent=heading)
    link = out.add_annotation(0, Link(rect=(72, 290, 200, 310), target_page_index=0, fit=Fit.fit()))
    link[NameObject("/Dest")] = TextStringObject("last")
    out.add_metadata({"/Author": "A. Person", "/CreationDate": "D:20260526120000", "/Title": name})
    if tagged:
        tag(out, link, name)
    data = io.BytesIO()
    out.write(data)
    return data.getvalue()


def tag(out: PdfWriter, link: DictionaryObject, kind: str) -> None:
    """Add a structure: a paragraph a page, of a kind with a name of its own, and the link."""
    root = dictionary(Type=NameObject("/StructTreeRoot"), RoleMap=dictionary(Body=NameObject(f"/{kind}")))
    root["/RoleMap"].update({NameObject(f"/{kind}"): NameObject("/P"), NameObject("/TD"): NameObject("/TD")})
    place = added(out, root)
    document = dictionary(Type=NameObject("/StructElem"), S=NameObject("/Document"), P=place)
    there = added(out, document)
    under, nums = ArrayObject(), ArrayObject()
    for count, page in enumerate(out.pages):
        page[NameObject("/StructParents")] = NumberObject(count)
        element = dictionary(Type=NameObject("/StructElem"), S=NameObject("/Body"), P=there, K=NumberObject(0))
        element[NameObject("/Pg")] = page.indirect_reference
        under.append(added(out, element))
        nums += [NumberObject(count), ArrayObject([under[-1]])]
    link[NameObject("/StructParent")] = NumberObject(len(under))
    held = dictionary(Type=NameObject("/OBJR"), Obj=link.indirect_reference, Pg=out.pages[0].indirect_reference)
    element = dictionary(Type=NameObject("/StructElem"), S=NameObject("/Link"), P=there, K=ArrayObject([held]))
    under.append(added(out, element))
    nums += [NumberObject(len(under) - 1), under[-1]]
    document[NameObject("/K")] = under
    root[NameObject("/K")] = there
    root[NameObject("/ParentTree")] = added(out, dictionary(Nums=nums))
    out.root_object[NameObject("/StructTreeRoot")] = place
    out.root_object[NameObject("/Lang")] = TextStringObject("en-GB")


TALL, WIDE = (612, 792), (792, 612)
PARTS = (
    Part("Redline", made("Red", [TALL] * 3)),
    Part("Contract", made("Clean", [TALL] * 2)),
    Part("Matrix", made("Matrix", [WIDE] * 2)),
)
COUNTS = (("Red", 3), ("Clean", 2), ("Matrix", 2))


def merged(parts=PARTS, front=None, **options) -> bytes:
    return merging.merged(parts, front, title="A Packet", language="en-US", **options)


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def tree(reader: PdfReader, entries=None) -> list:
    """Return the outline: title and page of each entry, and in a list what stands under it."""
    found = []
    for entry in reader.outline if entries is None else entries:
        if isinstance(entry, list):
            found.append(tree(reader, entry))
        else:
            found.append((entry.title, reader.get_destination_page_number(entry) + 1))
    return found


# -- merging ------------------------------------------------------------------------------------


def test_the_pages_of_all_parts_follow_each_other_and_are_numbered():
    texts = [page.extract_text() for page in read(merged()).pages]
    own = [f"{name}, its page {page}" for name, last in COUNTS for page in range(1, last + 1)]
    assert [text.split("\n")[0] for text in texts] == own
    assert [text.split("\n")[-1] for text in texts] == [f"Packet page {page} of 7" for page in range(1, 8)]


def test_a_cover_comes_first():
    reader = read(merged(front=made("Front")))
    assert reader.pages[0].extract_text().startswith("Front")
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)][:2] == ["A Packet", "Redline"]


def test_the_outline_has_the_parts_at_the_top_closed_and_their_own_outlines_below():
    reader = read(merged())
    assert tree(reader) == [
        *(("Redline", 1), [("Heading of Red", 1), [("Last of Red", 3)]]),
        *(("Contract", 4), [("Heading of Clean", 4), [("Last of Clean", 5)]]),
        *(("Matrix", 6), [("Heading of Matrix", 6), [("Last of Matrix", 7)]]),
    ]
    outline = reader.trailer["/Root"]["/Outlines"]
    assert (outline["/Count"], outline["/First"]["/Count"], outline["/First"]["/First"]["/Count"]) == (3, -1, -1)


def test_a_heading_that_is_the_title_of_its_part_is_no_second_bookmark():
    out = PdfWriter()
    out.add_blank_page(*TALL)
    out.add_outline_item(title="Notes", page_number=0)
    out.add_outline_item(title="More", page_number=0)
    data = io.BytesIO()
    out.write(data)
    assert tree(read(merged([Part("Notes", data.getvalue())]))) == [("Notes", 1), [("More", 1)]]


def test_links_by_a_name_that_two_parts_have_go_to_the_page_of_their_own_part():
    reader = read(merged())
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}
    found = {}
    for number, page in enumerate(reader.pages, 1):
        for link in page.get("/Annots", []):
            found[number] = pages[link.get_object()["/Dest"][0].idnum]
    assert found == {1: 3, 4: 5, 6: 7}
    assert reader.named_destinations == {}


def test_the_properties_are_the_title_and_the_language_alone():
    data = merged()
    reader = read(data)
    root = reader.trailer["/Root"]
    assert dict(reader.metadata) == {"/Title": "A Packet"}
    assert (root["/Lang"], root["/PageMode"]) == ("en-US", "/UseOutlines")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    for trace in (b"A. Person", b"Producer", b"CreationDate", b"ModDate", b"D:20", b"pypdf"):
        assert trace not in data


def test_equal_parts_make_equal_bytes():
    assert merged() == merged()


def two_pages(change) -> bytes:
    """Make a PDF of two pages, each with an entry in the outline; `change` gets the writer before it is written."""
    out = PdfWriter()
    for number in range(2):
        out.add_blank_page(612, 792)
        out.add_outline_item(title=f"Page {number + 1}", page_number=number)
    change(out)
    data = io.BytesIO()
    out.write(data)
    return data.getvalue()


def merged_with(data: bytes) -> PdfReader:
    made = merging.merged(
        [Part("First", two_pages(lambda _: None)), Part("Memo", data)], None, title="All", language="en-US"
    )
    return PdfReader(io.BytesIO(made), strict=True)


def test_a_page_keeps_the_size_that_it_had_from_the_pages_above_it():
    def wide(out: PdfWriter) -> None:
        tree = out.root_object["/Pages"].get_object()
        for page in out.pages:
            tree[NameObject("/MediaBox")] = page.pop("/MediaBox")
        tree["/MediaBox"][2] = tree["/MediaBox"][3]

    sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in merged_with(two_pages(wide)).pages]
    assert sizes == [(612, 792), (612, 792), (792, 792), (792, 792)]


def test_a_link_whose_destination_is_named_elsewhere_in_the_file_goes_to_its_page():
    def linked(out: PdfWriter) -> None:
        out.add_named_destination("last", 1)
        link = DictionaryObject(
            {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link")}
        )
        link[NameObject("/Dest")] = added(out, TextStringObject("last"))
        out.pages[0][NameObject("/Annots")] = ArrayObject([added(out, link)])

    reader = merged_with(two_pages(linked))
    (link,) = reader.pages[2]["/Annots"]
    assert link.get_object()["/Dest"][0].get_object() == reader.pages[3]


def test_an_outline_that_comes_back_to_itself_is_told_by_the_title_of_its_part():
    def circle(out: PdfWriter) -> None:
        last = out.root_object["/Outlines"]["/Last"].get_object()
        last[NameObject("/Next")] = out.root_object["/Outlines"].get_object().raw_get("/First")

    with pytest.raises(DraftingError) as caught:
        merged_with(two_pages(circle))
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("unreadable-file", "Memo")
    assert problem.message == "its PDF can't be read: the outline leads back to itself"


# -- page numbers -------------------------------------------------------------------------------


def numbers(reader: PdfReader):
    """Return where each page's number stands, as the page is held: from the left and from the lower edge."""
    for page in reader.pages:
        content = page.get_contents().get_data().decode("latin-1")
        across, up = map(float, re.findall(r"([\d.]+) ([\d.]+) Td \(Packet", content)[0])
        a, b, c, d, e, f = map(float, re.findall(r"BDC q ([-\d. ]+) cm", content)[-1].split())
        x, y = a * across + c * up + e, b * across + d * up + f
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        yield {0: (x, y), 90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}[page.rotation]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [TALL, WIDE])
def test_a_number_stands_at_the_lower_right_of_a_page_as_it_is_held(size, turn):
    ((across, up),) = numbers(read(merged([Part("Turned", made("Turned", [size], turn))])))
    width = size[0] if turn in (0, 180) else size[1]
    assert up == pytest.approx(page_numbers.UP)
    assert width / 2 < across < width - page_numbers.RIGHT - 50  # what it says is some 60 points long


def test_a_number_is_an_artifact_and_the_content_before_it_leaves_nothing_behind():
    content = read(merged()).pages[0].get_contents().get_data()
    assert re.fullmatch(rb"q\s.*\sQ\s/Artifact <</Type /Pagination[^>]*>> BDC q .* ET Q EMC\s*", content, re.DOTALL)


def test_a_number_says_what_it_is_told_to_or_nothing():
    assert read(merged(numbered="({page}/{pages})")).pages[1].extract_text().endswith("(2/7)")
    assert "Packet" not in read(merged(numbered="")).pages[1].extract_text()


def test_pages_without_content_or_resources_are_numbered_too():
    out = PdfWriter()
    out.add_blank_page(*TALL)
    data = io.BytesIO()
    out.write(data)
    assert read(merged([Part("Blank", data.getvalue())])).pages[0].extract_text() == "Packet page 1 of 1"


# -- structure ----------------------------------------------------------------------------------


def structure(reader: PdfReader):
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    nums = root["/ParentTree"]["/Nums"]
    return root, dict(zip(nums[::2], [value.get_object() for value in nums[1::2]], strict=True))


def test_the_structures_are_joined_and_every_key_leads_to_its_own_element():
    reader = read(merged())
    root, known = structure(reader)
    document = root["/K"]
    assert document["/S"] == "/Document"
    parts = [part.get_object() for part in document["/K"]]
    assert [(part["/S"], part["/T"], part["/Lang"]) for part in parts] == [
        ("/Part", "Redline", "en-GB"),
        ("/Part", "Contract", "en-GB"),
        ("/Part", "Matrix", "en-GB"),
    ]
    assert sorted(known) == list(range(10))
    assert root["/ParentTreeNextKey"] == 10
    for page in reader.pages:
        element = known[page["/StructParents"]][0].get_object()
        assert (element["/S"], element["/K"]) == ("/P", 0)
        assert element.raw_get("/Pg").idnum == page.indirect_reference.idnum
        for link in page.get("/Annots", []):
            element = known[link.get_object()["/StructParent"]]
            assert element["/S"] == "/Link"
            assert element["/K"][0]["/Obj"] == link.get_object()
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    kinds = ("/Del", "/Ins", "/MovedFrom", "/MovedTo")  # of a redline, which the standard hasn't
    assert root["/RoleMap"] == dict.fromkeys(kinds, "/Span")


def test_with_a_part_that_has_no_structure_the_file_does_not_say_that_it_is_tagged():
    reader = read(merged([PARTS[0], Part("Plain", made("Plain", tagged=False))]))
    root, _ = structure(reader)
    assert [part.get_object()["/T"] for part in root["/K"]["/K"]] == ["Redline"]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is False


def test_without_any_structure_there_is_none():
    assert "/StructTreeRoot" not in read(merged([Part("Plain", made("Plain", tagged=False))])).trailer["/Root"]


@pytest.mark.parametrize("data", [b"", b"no PDF", made("Cut")[:400]])
def test_a_part_that_is_no_pdf_is_told_by_its_title(data):
    with pytest.raises(DraftingError) as caught:
        merged([PARTS[0], Part("Memo", data)])
    assert [(p.code, str(p.place)) for p in caught.value.problems] == [("unreadable-file", "Memo")]


# -- the cover and the notes --------------------------------------------------------------------


def told(data: bytes) -> list[str]:
    return [line.text for line in docx_text.body(data) if line.text.strip()]


def test_the_templates_are_made_by_their_script():
    build = runpy.run_path(str(ROOT / "templates" / "build_packet.py"))
    assert (build["cover"](), build["notes"]()) == (COVER.read_bytes(), NOTES.read_bytes())


def test_the_cover_says_what_it_is_told_and_lists_the_parts():
    assert told(cover.write(TOLD, [("Memo", 3), ("Redline", 12)], COVER)) == [
        "Packet for the Meeting",
        "Dog Agreement",
        "The Town",
        "The Owner",
        "Meeting: May 26, 2026",
        "Status of the contract: DRAFT",
        "Contents",
        "Memo\t3",
        "Redline\t12",
    ]


def test_a_line_whose_field_is_empty_is_left_out():
    lines_ = told(cover.write(replace(TOLD, meeting="", status="", parties=()), [("Memo", 3)], COVER))
    assert lines_ == ["Packet for the Meeting", "Dog Agreement", "Contents", "Memo\t3"]


def test_what_a_cover_is_told_is_never_read_as_a_field():
    told_ = replace(TOLD, title="{{ contract }} & <b>", parties=("{{ nothing }}",))
    assert told(cover.write(told_, [("{{ page }}", 3)], COVER))[::2][0] == "{{ contract }} & <b>"
    assert "{{ page }}\t3" in told(cover.write(told_, [("{{ page }}", 3)], COVER))


def with_document(tmp_path, old: str, new: str) -> Path:
    parts = package.unpack(COVER.read_bytes())
    assert old in parts["word/document.xml"].decode()
    changed = parts["word/document.xml"].decode().replace(old, new)
    path = tmp_path / "cover.docx"
    path.write_bytes(package.pack(parts | {"word/document.xml": changed.encode()}))
    return path


def test_a_field_that_word_has_cut_into_runs_is_filled(tmp_path):
    path = with_document(tmp_path, "{{ contract }}", "On {{ con</w:t></w:r><w:r><w:t>tract }}, again {{ contract }}.")
    assert "On Dog Agreement, again Dog Agreement." in told(cover.write(TOLD, [("Memo", 3)], path))


def test_the_lines_of_the_cover_may_be_put_in_another_order_and_in_a_table(tmp_path):
    path = with_document(
        tmp_path,
        "<w:body>",
        "<w:body><w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='9000'/></w:tblGrid><w:tr><w:tc><w:p><w:r>"
        "<w:t>{%p for part in parts %}</w:t></w:r></w:p><w:p><w:r><w:t>{{ part.page }}: {{ part.title }}</w:t></w:r>"
        "</w:p><w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    )
    data = cover.write(TOLD, [("Memo", 3), ("Redline", 12)], path)
    assert told(data)[:2] == ["3: Memo", "12: Redline"]
    xml = package.unpack(data)["word/document.xml"].decode()
    assert re.findall(r"HYPERLINK .(\S+?). ", xml)[:2] == [f"{between.LINK}1", f"{between.LINK}2"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("{{ part.page }}", "", ("missing-field", "the field 'parts.page' is nowhere in the template")),
        ("{{ meeting }}", "{{ meting }}", ("unknown-field", "the body uses the field 'meting', which doesn't exist")),
        ("{%p for line in parties %}", "{%p if parties %}", ("template-syntax", None)),
        ("{{ contract }}", "{{ parties }}", ("misplaced-field", "the body prints 'parties', which isn't text")),
    ],
)
def test_a_template_with_a_field_too_few_or_too_many_is_refused(tmp_path, old, new, problem):
    with pytest.raises(DraftingError) as caught:
        cover.write(TOLD, [("Memo", 3)], with_document(tmp_path, old, new))
    code, message = problem
    assert [(p.code, message and p.message) for p in caught.value.problems] == [(code, message)]


def test_a_template_that_is_no_word_file_is_refused(tmp_path):
    for path in (tmp_path / "none.docx", tmp_path / "text.docx"):
        if path.stem == "text":
            path.write_text("no Word file")
        with pytest.raises(DraftingError) as caught:
            cover.write(TOLD, [("Memo", 3)], path)
        assert [p.code for p in caught.value.problems] == [
            "unreadable-template" if path.stem == "text" else "missing-file"
        ]


def test_the_notes_have_the_numbers_of_the_comments_in_the_redline(tmp_path):
    library = small.load(tmp_path)
    base, revised = (small.draft(library, text)[0] for text in (small.ANSWERS, small.ANSWERS + "leash: long\n"))
    compared = redline.compare(base, revised)
    comments = {s.of.shown.id: f"Why {s.of.shown.id}.\nSo." for s in marked.sections(compared) if marked.changed(s)}
    comments |= {s.of.shown.id: "More." for s in list(marked.sections(compared))[-1:]}
    data = writer.write_redline(compared, AGREEMENT, writer.Notes(writer.Stamp("A. B.", "2026-05-26"), "", comments))
    listed = notes.listed(compared, comments)
    assert len(listed) == len(comments) >= 2
    numbered = told(paper.tracked(data))
    for note in listed:
        (line,) = (line for line in numbered if line.endswith(f"[Note {note.number}]"))
        heading = " \t".join(note.place.split(" ", 1))
        assert line in (f"{heading} [Note {note.number}]", f"As it stands: [Note {note.number}]")
    assert b"commentReference" not in package.unpack(paper.tracked(data))["word/document.xml"]
    heading = next(s for s in marked.sections(compared) if marked.changed(s))
    assert listed[0].lines == (f"Why {heading.of.shown.id}.", "So.")
    assert listed[0].place.startswith(heading.of.shown.number)


def test_the_number_of_a_note_on_a_deleted_section_is_no_deletion(tmp_path):
    library = small.load(tmp_path)
    revised = small.draft(library, small.ANSWERS)[0]
    whole = revised.articles[-1]
    section = replace(whole.sections[0], id="gone", heading="Gone")
    base = replace(revised, articles=(*revised.articles[:-1], replace(whole, sections=(*whole.sections, section))))
    compared = redline.compare(base, revised)
    stamp = writer.Stamp("A. B.", "2026-05-26")
    data = writer.write_redline(compared, AGREEMENT, writer.Notes(stamp, "", {"gone": "It went."}))
    xml = package.unpack(paper.tracked(data))["word/document.xml"].decode()
    before = xml[: xml.index("[Note 1]")]
    opened = len(re.findall(r"<w:del [^>]*[^/]>", before))
    assert opened == before.count("</w:del>") > 0
    assert notes.listed(compared, {"gone": "It went."})[0].place == f"({section.number}) Gone"


def test_a_comment_on_a_deleted_section_names_it_and_its_note_does_so_once(tmp_path):
    library = small.load(tmp_path)
    revised = small.draft(library, small.ANSWERS)[0]
    whole = revised.articles[-1]
    section = replace(whole.sections[0], id="gone", number="9.9", heading="Gone")
    base = replace(revised, articles=(*revised.articles[:-1], replace(whole, sections=(*whole.sections, section))))
    made = remarks.compared(Known(base), Known(revised), "board", "A. B.", dt.date(2026, 5, 26))
    said = package.unpack(made.to_docx(AGREEMENT))["word/comments.xml"].decode()
    assert "Section 9.9, Gone: This section is left out." in said.replace("\xa0", " ")
    (note,) = notes.listed(made.redline, made.comments)
    assert (note.place, note.lines[0]) == ("(9.9) Gone", "This section is left out.")


def test_on_paper_what_a_redline_is_compared_with_is_not_struck_through(tmp_path):
    library = small.load(tmp_path)
    base, revised = (small.draft(library, text)[0] for text in (small.ANSWERS, small.ANSWERS + "leash: long\n"))
    made = remarks.compared(Known(base), Known(revised), "", "A. B.", dt.date(2026, 5, 26))
    data = made.to_docx(AGREEMENT)
    on_paper = paper.tracked(data, made.heading)
    struck, left = (" ".join(docx_changes.deleted_lines(file)).replace("\xa0", " ") for file in (data, on_paper))
    assert made.heading in struck
    assert left
    assert made.heading not in left
    shown = " ".join(package.unpack(on_paper)[n].decode() for n in package.texts(package.unpack(on_paper)))
    assert made.heading in shown.replace("\xa0", " ")


COMPARED = ("st-louis-park", "st-louis-park-declined")


def compared_examples():
    return [small.draft(generated.real_library(), generated.example(name))[0] for name in COMPARED]


def written(base, revised) -> bytes:
    said = writer.Notes(writer.Stamp("A. B.", "2026-05-26"), "")
    return writer.write_redline(redline.compare(base, revised), AGREEMENT, said)


def test_a_deleted_reference_keeps_the_number_that_it_had():
    data = written(*compared_examples())
    before, after = (package.unpack(file)["word/document.xml"].decode() for file in (data, paper.tracked(data)))
    assert before.count("delInstrText") > 0 == after.count("delInstrText")
    was, printed = (re.findall(r"<w:delText[^>]*>([^<]*)", xml) for xml in (before, after))
    assert [text for text in printed if not re.fullmatch(r"\S+ ", text) or text in was] == was  # without the numbers
    assert after.count('"begin"') == after.count('"end"') == 0  # which LibreOffice would compute again


def numbered_pair(number):
    """Return a contract made at random, and the same edited; every third with articles and exhibits turned round."""
    r = random.Random(number)  # noqa: S311  # nothing is secret
    base = pairs.told_apart(pairs.renumbered(pairs.tree(r)))
    revised = pairs.edited(r, pairs.edited(r, base))
    if number % 3 == 0:
        revised = replace(base, articles=base.articles[::-1], exhibits=base.exhibits[::-1])
    return base, pairs.told_apart(pairs.renumbered(revised))


@pytest.mark.parametrize("number", range(16))
def test_on_paper_each_side_has_the_numbers_and_references_of_its_contract(number):
    sides = numbered_pair(number)
    printed = paper.tracked(written(*sides))
    assert b"REF _" not in package.unpack(printed)["word/document.xml"]
    for side, contract, take in zip(
        ("base", "revised"), sides, (docx_changes.reject, docx_changes.accept), strict=True
    ):
        lines = docx_text.plain_text(take(printed)).splitlines()
        clean = docx_text.plain_text(writer.write(contract, AGREEMENT)).splitlines()
        assert read_aloud.words_of(lines, side) == read_aloud.words_of(clean)


def test_the_page_of_notes_lists_each_with_its_section_and_lines():
    listed = (Note(1, "1.2 Leash", ("Reworded.", "Policy 7 is met.")), Note(2, "", ("New.",)))
    assert told(notes.write(listed, NOTES)) == [
        "Notes to the redline",
        "[Note 1]  1.2 Leash",
        "Reworded.",
        "Policy 7 is met.",
        "[Note 2]  ",
        "New.",
    ]


# -- LibreOffice --------------------------------------------------------------------------------


def fake(tmp_path, script: str) -> str:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(tmp_path, monkeypatch):
    program = fake(tmp_path, f"sh -c 'sleep 3; touch {tmp_path}/late' & sleep 60")
    monkeypatch.setattr(shutil, "which", lambda _name: program)
    monkeypatch.setattr(office, "TIMEOUT", 1.0)
    with pytest.raises(DraftingError) as caught:
        office.printed(Sheet(b"", ()))
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == (
        "libreoffice-failed",
        "LibreOffice hasn't finished after 1 seconds",
    )
    assert "close LibreOffice and try again" in problem.hint
    time.sleep(2.5)
    assert not (tmp_path / "late").exists()


def test_libreoffice_adds_no_look_to_changes_and_no_signs_for_comments(tmp_path, monkeypatch):
    script = f'cp "$7"/profile0/user/* "{tmp_path}"; echo "$*" > "{tmp_path}/arguments"'
    monkeypatch.setattr(shutil, "which", lambda _name: fake(tmp_path, script))
    with pytest.raises(DraftingError, match="made no PDF"):
        office.printed(Sheet(b"", ()))
    assert '"ExportNotes": {"type": "boolean", "value": "false"}' in (tmp_path / "arguments").read_text()
    settings = (tmp_path / "registrymodifications.xcu").read_text()
    found = re.findall(r'TextDisplay/(\w+)"><prop oor:name="(\w+)".*?<value>(-?\d+)<', settings)
    none = str(int.from_bytes(bytes.fromhex("80FFFFFF"), signed=True))
    assert found == [("ChangedAttribute", "Attribute", "0"), ("ChangedAttribute", "Color", none)]


def test_documents_are_laid_out_together_and_again_while_their_words_change(tmp_path, monkeypatch):
    (tmp_path / "made.pdf").write_bytes(made("Dogs", [(612, 792)] * 3))
    copying = f'for each in "$@"; do case $each in *.docx) cp "{tmp_path}/made.pdf" "${{each%.docx}}.pdf";; esac; done'
    script = f'{copying}; echo "$*" | grep -o "[0-9]*.docx" | xargs >> "{tmp_path}/starts"'
    monkeypatch.setenv("PATH", f"{Path(fake(tmp_path, script)).parent}:{os.environ['PATH']}")
    counted = Mock(side_effect=lambda laid: Sheet(b"%d" % sum(len(read(pdf).pages) for pdf in laid.values())))
    found = office.settled({"small": lambda _: Sheet(b"1"), "counted": counted, "big": lambda _: Sheet(b"1" * 9)})
    assert list(found) == ["small", "counted", "big"]
    assert [len(read(each.written()).pages) for each in found.values()] == [3, 3, 3]
    # The two small ones go together, the big one alone; then only the one is laid out again whose words changed.
    assert sorted((tmp_path / "starts").read_text().splitlines()) == ["0.docx", "0.docx 1.docx", "2.docx"]
    assert counted.call_count == 3


def test_a_part_that_was_not_written_yet_is_bound_as_one_that_was():
    def parts() -> dict[str, finish.Finished]:
        return {title: finish.settled(made(title)) for title in ("Memo", "Contract")}

    written = [Part(title, each.written()) for title, each in parts().items()]
    opened = [Part(title, each.opened) for title, each in parts().items()]
    both = [merging.merged(each, made("Cover"), title="Packet", language="en") for each in (written, opened)]
    assert both[0] == both[1]


def test_a_folder_that_can_t_be_cleared_does_not_fail_a_conversion(tmp_path, monkeypatch):
    (tmp_path / "made.pdf").write_bytes(made("Held"))
    program = fake(tmp_path, f'cp "{tmp_path}/made.pdf" "$7/0.pdf"')
    monkeypatch.setattr(shutil, "which", lambda _name: program)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def held(*_words, **_more):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as windows:
        windows.setattr(os, "rmdir", held)
        assert len(read(office.converted(b"")).pages) == 1
    assert list(tmp_path.glob("drafter-*"))


def test_a_pdf_that_can_t_be_read_is_a_problem_like_any_other(tmp_path, monkeypatch):
    program = fake(tmp_path, 'printf %s "%PDF-" > "$7/0.pdf"')
    monkeypatch.setattr(shutil, "which", lambda _name: program)
    with pytest.raises(DraftingError) as caught:
        office.converted(b"")
    assert [problem.code for problem in caught.value.problems] == ["unreadable-file"]


def test_a_packed_libreoffice_works_in_the_home_folder(tmp_path, monkeypatch):
    (tmp_path / "snap" / "bin").mkdir(parents=True)
    program = fake(tmp_path / "snap" / "bin", f'echo "$7" > "{tmp_path}/used"')
    monkeypatch.setattr(shutil, "which", lambda _name: program)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    with pytest.raises(DraftingError, match="made no PDF"):
        office.converted(b"")
    assert Path((tmp_path / "used").read_text().strip()).parent == tmp_path


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_pdf_is_the_same_in_every_time_zone(monkeypatch):
    document = (ROOT / "templates" / "cover.docx").read_bytes()
    made = []
    for zone in ("Asia/Tokyo", "America/Chicago"):
        monkeypatch.setenv("TZ", zone)
        made.append(office.converted(document))
    assert made[0] == made[1]


def entries(contract):
    """Yield the entries of a contract's table of contents, as they are read aloud."""
    for article in contract.articles:
        yield f"Article {article.number} {article.title}"
        yield from (f"{section.number} {section.heading}" for section in article.sections if section.heading)
    yield from (f"Exhibit {exhibit.number} {exhibit.title}" for exhibit in contract.exhibits)


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("turned", [False, True])
def test_on_paper_every_number_is_the_section_s_new_and_old_one_and_both_sides_are_read(turned, tmp_path):
    base, revised = compared_examples()[:: -1 if turned else 1]
    data = office.printed(paper.printable(written(base, revised)))
    text = "\n".join(page.extract_text() for page in read(data).pages).replace("\t", " ")
    text = text.replace("\xa0", " ")  # what stays together in a line
    old, new = ({s.heading: s.number for a in side.articles for s in a.sections} for side in (base, revised))
    found = re.findall(r"^(\d+\.\d+)\[(\d+\.\d+)\] *(.+?) *$", text, re.MULTILINE)
    assert found
    assert {(new.get(heading), old.get(heading)) for _, _, heading in found} == {(n, o) for n, o, _ in found}
    for heading, number in new.items():
        assert re.search(rf"^{re.escape(number)}(\[.*\])? *{re.escape(heading)}", text, re.MULTILINE), heading
    assert accessible.failed_rules(data) == set()
    for side, contract in (("base", base), ("revised", revised)):
        lines = docx_text.body(writer.write(contract, AGREEMENT))
        clean = read_aloud.words_of(f"{line.number} {line.text}" for line in lines)
        heard = read_aloud.blocks(data, tmp_path, side)
        assert read_aloud.words_of((block.text for block in heard), side) == clean
        assert [block.text for block in heard if block.kind == "TOCI"] == list(entries(contract))


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_packet_of_real_parts_is_the_same_twice(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    example = str(ROOT / "examples" / "minimal")
    assert run("draft", example, "-o", "contract.docx").exit_code == 0
    assert run("check", example, "-o", "matrix.docx").exit_code == 0
    contract = (tmp_path / "contract.docx").read_bytes()

    def assembled() -> bytes:
        parts = {
            "Redline": lambda _: paper.printable(contract),
            "Contract": lambda _: Sheet(contract),
            "Compliance matrix": lambda _: Sheet((tmp_path / "matrix.docx").read_bytes()),
        }
        return binding.bound(binding.laid(TOLD, parts, COVER), language="en-US")

    data, again = assembled(), assembled()
    reader = read(data)
    texts = [page.extract_text() for page in reader.pages]
    assert texts == [page.extract_text() for page in read(again).pages]
    assert data == again
    feet = [f"Packet page {number} of {len(texts)}" for number in range(1, len(texts) + 1)]
    assert [text.split("\n")[-1] for text in texts] == feet
    top = [(title, page) for title, page in (entry for entry in tree(reader) if not isinstance(entry, list))]
    assert [title for title, _ in top] == [TOLD.title, "Redline", "Contract", "Compliance matrix"]
    for title, page in top[1:]:
        assert re.search(rf"{title}[ .\t]*{page}\b", texts[1])
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}
    listed = [link.get_object()["/Dest"][0].idnum for link in reader.pages[1]["/Annots"]]
    assert sorted(pages[place] for place in listed) == [page for _, page in top[1:]]
    for (_, first), (_, last) in pairwise(top[1:]):  # the links of a part stay in it
        found = [link.get_object() for page in reader.pages[first - 1 : last - 1] for link in page.get("/Annots", [])]
        assert found
        assert {first <= pages[link["/Dest"][0].idnum] < last for link in found if "/Dest" in link} == {True}
    root, known = structure(reader)
    assert [part.get_object()["/T"] for part in root["/K"]["/K"]] == [title for title, _ in top]
    for page in reader.pages:
        elements = known[page["/StructParents"]]
        for mark in map(int, re.findall(rb"/MCID\s+(\d+)", page.get_contents().get_data())):
            assert holds(elements[mark].get_object(), mark, page.indirect_reference.idnum)


def holds(element: DictionaryObject, mark: int, page: int) -> bool:
    """Say whether an element holds a stretch of marked content of a page."""
    held = element["/K"] if isinstance(element["/K"], ArrayObject) else [element["/K"]]
    for each in (entry.get_object() for entry in held):
        if each == mark and element.raw_get("/Pg").idnum == page:
            return True
        if isinstance(each, DictionaryObject) and each.get("/MCID") == mark and each.raw_get("/Pg").idnum == page:
            return True
    return False
