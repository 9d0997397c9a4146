"""Builds two templates of a packet: cover.docx, with the list of the parts, and notes.docx, the notes to a redline.

The same bytes each time. A firm changes the files themselves in Word (docs/packet-pdf.md).

    python templates/build_packet.py [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Inches, Pt, RGBColor
from plain import Lines, finished, lines, repeated, tidy  # beside this file

from drafter.word.oxml.elements import element

if TYPE_CHECKING:
    from docx.document import Document as File

FACE = "Cambria"
WIDTH = 6.5  # inches between the margins

# name, size, space before and after in points, bold, colour
LOOKS = (
    ("Packet Title", 26, 150, 18, True, "000000"),
    ("Packet Contract", 16, 0, 24, False, "000000"),
    ("Packet Party", 12, 0, 3, False, "000000"),
    ("Packet Facts", 11, 14, 0, False, "000000"),
    ("Packet Heading", 18, 0, 14, True, "000000"),
    ("Packet Entry", 12, 0, 8, False, "000000"),
    ("Packet Note Heading", 11, 12, 3, True, "000000"),
    ("Packet Note", 11, 0, 3, False, "000000"),
)
HEADINGS = {"Packet Title": 0, "Packet Heading": 0, "Packet Note Heading": 1}  # and in the bookmarks


def styles(file: File) -> None:
    """Make the styles of the cover, the list and the notes."""
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(11)
    normal.paragraph_format.space_after = Pt(0)
    for name, size, before, after, bold, colour in LOOKS:
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold = Pt(size), bold
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = name.endswith("Heading")
        if name in HEADINGS:
            style.element.get_or_add_pPr().append(element("outlineLvl", val=HEADINGS[name]))
    file.styles["Packet Entry"].paragraph_format.tab_stops.add_tab_stop(
        Inches(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    file.styles["Packet Note"].paragraph_format.left_indent = Inches(0.3)
    # Without a character style of this name on its runs, LibreOffice makes no link in a PDF.
    file.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)


FRONT: Lines = (
    ("Packet Title", "{{ title }}"),
    ("Packet Contract", "{{ contract }}"),
    *repeated("Packet Party", "parties"),
    ("Packet Facts", "{%p if meeting %}"),
    ("Packet Facts", "Meeting: {{ meeting }}"),
    ("Packet Facts", "{%p endif %}"),
    ("Packet Facts", "{%p if status %}"),
    ("Packet Facts", "Status of the contract: {{ status }}"),
    ("Packet Facts", "{%p endif %}"),
)
NOTES: Lines = (
    ("Packet Heading", "Notes to the redline"),
    ("Packet Note Heading", "{%p for note in notes %}"),
)
BESIDE: Lines = (
    ("Packet Note Heading", "{%p if beside %}"),
    ("Packet Note Heading", "Beside this packet"),
    ("Packet Note", "{%p for file in beside %}"),
    ("Packet Note", "{{ file.title }}: {{ file.file }}, {{ file.pages }}"),
    ("Packet Note", "{%p endfor %}"),
    ("Packet Note Heading", "{%p endif %}"),
)
EACH: Lines = (
    *repeated("Packet Note", "note.lines"),
    ("Packet Note Heading", "{%p endfor %}"),
)


def front(file: File) -> None:
    """Write the words and fields of the cover, and on the next page the list of the parts."""
    lines(file, FRONT)
    heading = file.add_paragraph("Contents", style="Packet Heading")
    heading.paragraph_format.page_break_before = True
    lines(file, [("Packet Entry", "{%p for part in parts %}")])
    entry = file.add_paragraph(style="Packet Entry")
    entry.add_run("{{ part.title }}\t{{ part.page }}", style="Hyperlink")
    lines(file, [("Packet Entry", "{%p endfor %}")])
    lines(file, BESIDE)


def page(file: File) -> None:
    """Lay out the page: letter, an inch at each edge."""
    section = file.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches((8.5 - WIDTH) / 2)
    section.top_margin = section.bottom_margin = Inches(1)


def opened() -> File:
    """Begin a template with the page and the styles of both."""
    file = Document()
    tidy(file)
    styles(file)
    page(file)
    return file


def cover() -> bytes:
    """Make the template of the cover."""
    file = opened()
    front(file)
    return finished(file, "Cover of a packet")


def notes() -> bytes:
    """Make the template of the notes."""
    file = opened()
    lines(file, NOTES)
    heading = file.add_paragraph(style="Packet Note Heading")
    heading.add_run("[Note {{ note.number }}]  {{ note.place }}", style="Hyperlink")
    lines(file, EACH)
    return finished(file, "Notes to a redline")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    (folder / "cover.docx").write_bytes(cover())
    (folder / "notes.docx").write_bytes(notes())
