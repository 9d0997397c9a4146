"""Every kind of Word file that we write is valid; and what validates finds the faults that it is there for."""

from __future__ import annotations

import functools
import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import generated
import pytest
import small
import validated
from commands import run

from drafter.pdf import cover, notes, paper
from drafter.word import writer

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ("minimal", "st-louis-park", "st-louis-park-declined", "st-louis-park-negotiation")
DAY = ("--on", "2026-05-12")


def templates(_: Path) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted((ROOT / "templates").glob("*.docx"))}


def drafts(folder: Path) -> dict[str, bytes]:
    made = {}
    for name in EXAMPLES:
        run("draft", ROOT / "examples" / name, "-o", folder / "new.docx")
        made[name] = (folder / "new.docx").read_bytes()
    return made


def redlines(folder: Path) -> dict[str, bytes]:
    """Write what changed for each reader, and one in which much changed."""
    matter = ROOT / "examples" / EXAMPLES[-1]
    sides = [(matter / "rounds/01-to-city", matter, reader) for reader in ("internal", "board", "city")]
    made = {}
    for base, revised, reader in (*sides, (ROOT / "examples/minimal", ROOT / "examples/st-louis-park-declined", "")):
        cite = ["--cite"] if reader == "city" else []
        run("redline", base, revised, "-o", folder / "new.docx", "--for", reader, *cite, *DAY)
        made[f"for {reader}"] = (folder / "new.docx").read_bytes()
    return made


def matrix(folder: Path) -> dict[str, bytes]:
    run("check", ROOT / "examples" / EXAMPLES[-1], "-o", folder / "new.docx")
    return {"matrix": (folder / "new.docx").read_bytes()}


def packet(folder: Path) -> dict[str, bytes]:
    """Write a packet's files and the negotiator's brief, and what only the PDF is made of."""
    matter = shutil.copytree(ROOT / "examples" / EXAMPLES[-1], folder / "matter")
    run(
        "packet",
        matter,
        "-o",
        folder / "packet",
        "--since",
        "1",
        "--privileged",
        "--changed-pages",
        *DAY,
        PATH="/nowhere",
    )
    made = {path.stem: path.read_bytes() for path in sorted(folder.glob("packet*/*.docx"))}
    front = cover.Cover("Board packet", "Agreement", ("A & B", "<City>"), "May 26, 2026", "DRAFT")
    beside = [("Redline", "2-redline.pdf", 1)]
    made["cover"] = cover.write(front, [("Memorandum", 2), ("Redline", 5)], ROOT / "templates/cover.docx", beside)
    listed = [notes.Note(1, "2.1", ("A word.", "Another."))]
    made["notes"] = notes.write(listed, ROOT / "templates/notes.docx")
    made |= {f"{name} for paper": paper.printable(made[name]).document for name in ("2-redline", "2-changed-sections")}
    return made


def sent(folder: Path) -> dict[str, bytes]:
    matter = shutil.copytree(ROOT / "examples" / EXAMPLES[-1], folder / "matter")
    run("send", matter, "--to", "city", *DAY)
    return {path.stem: path.read_bytes() for path in sorted(matter.glob("rounds/06-to-city/outgoing/*.docx"))}


WRITTEN = {templates: 9, drafts: 4, redlines: 4, matrix: 1, packet: 11, sent: 3}


@pytest.mark.parametrize("write", WRITTEN)
def test_what_is_written_is_valid(write, tmp_path):
    made = write(tmp_path)
    assert len(made) == WRITTEN[write]
    wrong = {name: found for name, data in made.items() if (found := validated.wrong(data))}
    assert wrong == {}


def test_a_signature_block_without_signers_is_valid():
    """Its cell has no paragraph of the template's, and Word calls a file damaged where a cell has none."""
    made = small.draft(generated.small_library())[0]
    blocks = tuple(replace(block, signers=()) for block in made.signatures)
    assert blocks
    assert validated.wrong(writer.write(replace(made, signatures=blocks), generated.TEMPLATE)) == []


# -- what it finds ------------------------------------------------------------------------------

DOCUMENT, STYLES, TYPES = "word/document.xml", "word/styles.xml", "[Content_Types].xml"
TABLE = b"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='99'/></w:tblGrid><w:tr><w:tc>%s</w:tc></w:tr></w:tbl><w:p/>"
MARK = b" w:author='A' w:date='2026-01-01T00:00:00Z'"
LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODIES = {
    "order in w:pPr": b"<w:p><w:pPr><w:jc w:val='left'/><w:keepNext/></w:pPr></w:p>",
    "order in w:rPr": b"<w:p><w:r><w:rPr><w:sz w:val='20'/><w:b/></w:rPr></w:r></w:p>",
    "order in w:tcPr": TABLE % b"<w:tcPr><w:vAlign w:val='top'/><w:tcW w:w='9' w:type='dxa'/></w:tcPr><w:p/>",
    "a cell without a paragraph": TABLE % b"<w:tcPr/>",
    "a change without a number": b"<w:p><w:del" + MARK + b"><w:r><w:delText>a</w:delText></w:r></w:del></w:p>",
    "an unknown element": b"<w:p><w:paragraf/></w:p>",
    "a bad value": b"<w:p><w:pPr><w:jc w:val='middle'/></w:pPr></w:p>",
    "a number that is none": b"<w:p><w:r><w:rPr><w:sz w:val='big'/></w:rPr></w:r></w:p>",
    "a paragraph in a paragraph": b"<w:p><w:p/></w:p>",
    "words straight in a paragraph": b"<w:p>words</w:p>",
    "w:t in a deletion": b"<w:p><w:del w:id='9'" + MARK + b"><w:r><w:t>a</w:t></w:r></w:del></w:p>",
    "two changes of one number": (b"<w:p><w:ins w:id='9'" + MARK + b"><w:r><w:t>a</w:t></w:r></w:ins></w:p>") * 2,
    "two bookmarks of one number": b"<w:p><w:bookmarkStart w:id='1' w:name='x'/><w:bookmarkEnd w:id='1'/></w:p>",
    "two bookmarks of one name": b"".join(
        b"<w:p><w:bookmarkStart w:id='%d' w:name='x'/><w:bookmarkEnd w:id='%d'/></w:p>" % (n, n) for n in (998, 999)
    ),
    "a bookmark without an end": b"<w:p><w:bookmarkStart w:id='999' w:name='x'/></w:p>",
    "a comment's range without the comment": b"<w:p><w:commentRangeStart w:id='9'/><w:commentRangeEnd w:id='9'/></w:p>",
    "a field that is not ended": b"<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>",
    "a link to nowhere": b"<w:p><w:hyperlink w:anchor='nowhere'><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>",
    "a style that is not there": b"<w:p><w:pPr><w:pStyle w:val='Nowhere'/></w:pPr></w:p>",
    "a list that is not there": b"<w:p><w:pPr><w:numPr><w:numId w:val='99'/></w:numPr></w:pPr></w:p>",
}  # fmt: skip
PARTS = {
    "order in the settings": ("word/settings.xml", b"<w:compat>", b"<w:decimalSymbol w:val='.'/><w:compat>"),
    "a relationship to nothing": (
        "word/_rels/document.xml.rels", b"</Relationships>",
        f'<Relationship Id="r9" Type="{LINKED}/footnotes" Target="footnotes.xml"/></Relationships>'.encode(),
    ),
    "a reference to no relationship": (DOCUMENT, b'r:id="', b'r:id="x'),
    "a part without its content type": (TYPES, b"wordprocessingml.styles+xml", b"wordprocessingml.style+xml"),
    "no end": (DOCUMENT, b"</w:body>", b""),
}  # fmt: skip


@functools.cache
def written() -> bytes:
    return writer.write(small.draft(generated.small_library())[0], generated.TEMPLATE)


def changed(part: str, old: bytes, new: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written())) as archive, zipfile.ZipFile(made, "w") as out:
        assert old in archive.read(part)
        for name in archive.namelist():
            content = archive.read(name)
            out.writestr(name, content.replace(old, new, 1) if name == part else content)
    return made.getvalue()


def test_a_file_without_a_fault_has_none():
    assert validated.wrong(written()) == []


@pytest.mark.parametrize("fault", [*BODIES, *PARTS])
def test_a_fault_is_found(fault):
    where = (DOCUMENT, b"<w:body>", b"<w:body>" + BODIES[fault]) if fault in BODIES else PARTS[fault]
    assert validated.wrong(changed(*where))
