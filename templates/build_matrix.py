"""Builds the template of the compliance matrix, matrix.docx: a landscape page, its styles, header and footer.

The same bytes each time. A firm restyles the file itself in Word.

    python templates/build_matrix.py [OUT]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt, RGBColor
from plain import finished, tidy  # beside this file

from drafter.word.oxml import Element, element

if TYPE_CHECKING:
    from docx.document import Document as File

FACE = "Cambria"
RULE, DARK_RULE, SHADE = "BFBFBF", "404040", "EDEDED"

# name, size, space before and after in points, bold, italic, colour
LOOKS = (
    ("Matrix Title", 20, 0, 6, True, False, "000000"),
    ("Matrix Facts", 10, 0, 2, False, False, "000000"),
    ("Matrix Heading", 12, 16, 4, True, False, "000000"),
    ("Matrix Header", 9, 3, 3, True, False, "000000"),
    ("Matrix Text", 8.5, 2, 2, False, False, "404040"),
    ("Matrix Id", 9, 2, 2, True, False, "000000"),
    ("Matrix Words", 8.5, 2, 1, False, True, "000000"),
    ("Matrix Good", 9, 2, 1, True, False, "1D6B32"),
    ("Matrix Mixed", 9, 2, 1, True, False, "7A5200"),
    ("Matrix Bad", 9, 2, 1, True, False, "A11616"),
    ("Matrix Quiet", 9, 2, 1, True, False, "5D5D5D"),
    ("Matrix Note", 9, 2, 3, False, False, "000000"),
)


def styles(file: File) -> None:
    """Make the styles that the matrix is written in."""
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(10)
    normal.paragraph_format.space_after = Pt(0)
    for name, size, before, after, bold, italic, colour in LOOKS:
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = name in ("Matrix Title", "Matrix Facts", "Matrix Heading")
    table = file.styles.add_style("Matrix Table", WD_STYLE_TYPE.TABLE)
    edges = [element(side, val="single", sz=size, space=0, color=colour) for side, size, colour in _EDGES]
    margins = [element(side, w=width, type="dxa") for side, width in (("left", 80), ("right", 80))]
    table.element.append(element("tblPr", element("tblBorders", *edges), element("tblCellMar", *margins)))
    head = element(
        "tblStylePr", element("tcPr", element("shd", val="clear", color="auto", fill=SHADE)), type="firstRow"
    )
    table.element.append(head)


_EDGES = (("top", 8, DARK_RULE), ("bottom", 8, DARK_RULE), ("insideH", 4, RULE))


def page(file: File) -> None:
    """Lay the page across, with the page number at its foot."""
    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Inches(11), Inches(8.5)
    section.left_margin = section.right_margin = Inches(0.35)
    section.top_margin = section.bottom_margin = Inches(0.7)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("Compliance matrix, page ")
    foot._p.append(_field("PAGE"))  # noqa: SLF001
    for run in foot.runs:
        run.font.size = Pt(8)


def _field(name: str) -> Element:
    text = element("t")
    text.text = "1"
    return element("fldSimple", element("r", element("rPr", element("sz", val=16)), text), instr=f" {name} ")


def build() -> bytes:
    """Make the template."""
    file = Document()
    tidy(file)
    styles(file)
    page(file)
    return finished(file, "Compliance matrix")


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("matrix.docx")
    out.write_bytes(build())
