"""Builds the template of a packet, packet.docx: its cover with the list of the parts, and the notes to a redline.

The same bytes each time. A firm changes the words and the styles of the file itself in Word.

    python templates/build_packet.py [OUT]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Inches, Pt, RGBColor
from plain import finished, tidy  # beside this file

from drafter.word.oxml import element

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
HEADINGS = ("Packet Title", "Packet Heading")  # in the bookmarks


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
            style.element.get_or_add_pPr().append(element("outlineLvl", val=0))
    file.styles["Packet Entry"].paragraph_format.tab_stops.add_tab_stop(
        Inches(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    file.styles["Packet Note"].paragraph_format.left_indent = Inches(0.3)
    # Without a character style of this name on its runs, LibreOffice makes no link in a PDF.
    file.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)


def words(file: File) -> None:
    """Write the words and fields: the cover and the list, and after a section break the notes."""
    file.add_paragraph("{{ title }}", style="Packet Title")
    file.add_paragraph("{{ contract }}", style="Packet Contract")
    file.add_paragraph("{{ parties }}", style="Packet Party")
    file.add_paragraph("Meeting: {{ meeting }}", style="Packet Facts")
    file.add_paragraph("Status of the contract: {{ status }}", style="Packet Facts")
    heading = file.add_paragraph("Contents", style="Packet Heading")
    heading.paragraph_format.page_break_before = True
    file.add_paragraph(style="Packet Entry").add_run("{{ part }}\t{{ page }}", style="Hyperlink")
    file.add_section(WD_SECTION.NEW_PAGE)
    file.add_paragraph("Notes to the redline", style="Packet Heading")
    file.add_paragraph("[Note {{ number }}]  {{ place }}", style="Packet Note Heading")
    file.add_paragraph("{{ text }}", style="Packet Note")


def page(file: File) -> None:
    """Lay out both pages: letter, an inch at each edge."""
    for section in file.sections:
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches((8.5 - WIDTH) / 2)
        section.top_margin = section.bottom_margin = Inches(1)


def build() -> bytes:
    """Make the template."""
    file = Document()
    tidy(file)
    styles(file)
    words(file)
    page(file)
    return finished(file, "Packet")


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("packet.docx")
    out.write_bytes(build())
