"""With LibreOffice: what it saves again is the same contract, and what is printed otherwise is seen on the pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import alterations
import libreoffice
import pytest
import small
import test_accessible
import test_packet_pdf
from alterations import STYLES, cell, paragraph, put, run
from commands import run as command

from drafter.pdf import office
from drafter.signed import verdict as signed_verdict
from drafter.verifying import layout, verdict
from drafter.word import writer
from drafter.word.oxml import package

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


@pytest.fixture(scope="module")
def contract(tmp_path_factory):
    drafted, _, _ = small.draft(small.load(tmp_path_factory.mktemp("verify") / "lib"))
    return writer.write(drafted, ROOT / "templates" / "agreement.docx")


@pytest.fixture(scope="module")
def firms(tmp_path_factory):
    """Return a contract in a firm's template, with a picture and a footnote."""
    folder = tmp_path_factory.mktemp("firm")
    drafted, _, _ = small.draft(small.load(folder / "lib"))
    return writer.write(drafted, test_accessible.firms(folder))


@pytest.mark.parametrize(("by", "template", "kinds"), [
    ("docx", "firms", {"saved again"}), ("odt", "contract", {"saved again"}),
    ("rtf", "contract", {"saved again", "printed otherwise"}),
])  # fmt: skip
def test_what_libreoffice_saves_again_is_the_same_contract(request, tmp_path, by, template, kinds):
    contract = request.getfixturevalue(template)
    (tmp_path / "contract.docx").write_bytes(contract)
    again = libreoffice.resaved(tmp_path / "contract.docx", tmp_path, by).read_bytes()
    found = verdict.compare(contract, again, layout=layout.findings)
    assert found.kind in kinds, found
    assert found.laid_out
    assert "saved by LibreOffice" in " ".join(found.added)


SEEN = {  # what LibreOffice draws otherwise, and how that is told
    "another word": (put("must use", "may use"), "its lines are others"),
    "a larger size": (run('<w:sz w:val="60"/>'), ""),
    "another font": (run('<w:rFonts w:ascii="Liberation Mono" w:hAnsi="Liberation Mono"/>'), ""),
    "another colour": (run('<w:color w:val="FF0000"/>'), "looks otherwise"),
    "an indent": (paragraph('<w:ind w:left="2000"/>'), "is in another place"),
    "a border": (
        paragraph('<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="1" w:color="000000"/></w:pBdr>'),
        "its lines and boxes",
    ),
    "a shade": (cell(alterations.shaded("C0C0C0")), "its lines and boxes"),
    "a page more": (paragraph("<w:pageBreakBefore/>"), "pages"),
    "a style that hides": (put('<w:tblStylePr w:type="firstRow">', '<w:tblStylePr w:type="firstRow"><w:rPr><w:vanish/>'
                               "</w:rPr>", STYLES), ""),
}  # fmt: skip


def test_what_is_drawn_otherwise_is_told_by_its_page(contract):
    parts = package.unpack(contract)
    files = [package.pack(change(dict(parts))) for change, _ in SEEN.values()]
    approved, *made = office.laid_out([contract, *files])
    for (name, (_, said)), other in zip(SEEN.items(), made, strict=True):
        found = list(layout.compared(approved, other))
        assert any(said in one.what for one in found) or not said, (name, found)
        assert {one.kind for one in found} <= {"printed"}
    assert list(layout.compared(approved, approved)) == []


def test_of_many_pages_that_differ_the_first_are_told():
    approved, other = (test_packet_pdf.made(name, [(612, 792)] * (layout.MOST + 3)) for name in ("Dogs", "Cats"))
    *told, last = layout.compared(approved, other)
    assert {one.place for one in told} == {f"page {n}" for n in range(1, layout.MOST + 1)}
    assert (last.place, f"from page {layout.MOST + 1} on" in last.what) == ("the pages", True)


def test_verify_lays_both_files_out(tmp_path, monkeypatch):
    import test_memo
    from commands import matter

    monkeypatch.chdir(tmp_path)
    matter(tmp_path)
    Path("lib/memo.md").write_text(test_memo.DOGS, "utf-8")
    command("packet", "matter", "-o", "made", "--on", "2026-05-12", "--library", "lib", PATH="/nowhere")
    data = package.unpack(Path("made/3-contract.docx").read_bytes())
    Path("again.docx").write_bytes(package.pack(data | {"docProps/core.xml": data["docProps/core.xml"] + b"\n"}))
    result = command("verify", "made", "again.docx", "--pictures", "shown")
    assert (result.exit_code, "laid out with LibreOffice and compared" in result.stdout) == (0, True), result.output
    assert not Path("shown").exists()  # no page is printed otherwise
    result = command("verify", "made", "again.docx", PATH="/nowhere")
    assert (result.exit_code, "not laid out" in result.stdout) == (0, True), result.output
    monkeypatch.setattr(signed_verdict, "PARTS", {"no_such_module": "pypdfium2"})
    result = command("verify", "made", "again.docx", "--pictures", "shown")
    assert (result.exit_code, "needs pypdfium2" in result.stderr) == (2, True), result.output  # 1 is: it differs


def test_pages_that_are_printed_otherwise_are_shown_beside_the_approved_ones(tmp_path, monkeypatch):
    import test_memo
    from commands import matter

    monkeypatch.chdir(tmp_path)
    matter(tmp_path)
    Path("lib/memo.md").write_text(test_memo.DOGS, "utf-8")
    command("packet", "matter", "-o", "made", "--on", "2026-05-12", "--library", "lib", PATH="/nowhere")
    data = package.unpack(Path("made/3-contract.docx").read_bytes())
    Path("<again>.docx").write_bytes(package.pack(data | {"docProps/core.xml": data["docProps/core.xml"] + b"\n"}))
    size = (612, 792)
    laid = [test_packet_pdf.made(name, [size] * pages) for name, pages in (("Dogs", 2), ("Cats", 3))]
    monkeypatch.setattr(office, "laid_out", lambda _documents: laid)
    result = command("verify", "made", "<again>.docx", "--pictures", "shown")
    assert (result.exit_code, "shown/printed-otherwise.html" in result.stdout) == (1, True), result.output
    page = Path("shown/printed-otherwise.html").read_text("utf-8")
    assert re.findall(r'alt="([^"]*)" width="\d+" src="data:image/png;base64,', page) == [
        "As approved, page 1", "In the file, page 1", "As approved, page 2", "In the file, page 2",
        "In the file, page 3",
    ]  # fmt: skip
    assert "<li>the pages: 2 pages are 3 in the file</li>" in page
    assert ("<h1>&lt;again&gt;.docx" in page, "There is no such page." in page) == (True, True)
