"""Builds the template of the negotiator's brief, brief.docx: its page, its styles, and the mark on every page.

The same bytes each time. A firm restyles the file itself in Word, and puts its own words on the mark.

    python templates/build_brief.py [OUT]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt, RGBColor
from plain import finished, tidy  # beside this file

from drafter.word.oxml import Element, element

if TYPE_CHECKING:
    from docx.document import Document as File
    from docx.styles.style import ParagraphStyle

MARK = "Privileged and confidential: attorney’s work product. Not for the board packet."
NAME = "Negotiator’s brief, page "
FACE = "Cambria"
RULE, DARK_RULE, SHADE = "BFBFBF", "404040", "EDEDED"
BLACK, GREY, RED, GREEN, AMBER, WHITE, BLUE = "000000", "555555", "A11616", "1D6B32", "7A5200", "FFFFFF", "1F3864"

# name, size, space before and after in points, bold, italic, colour, kept with the next paragraph
LOOKS = (
    ("Brief Mark", 9, 0, 0, True, False, RED, False),
    ("Brief Foot", 8, 2, 0, False, False, GREY, False),
    ("Brief Title", 22, 0, 4, True, False, BLACK, True),
    ("Brief Facts", 10, 0, 2, False, False, BLACK, True),
    ("Brief Part", 16, 20, 6, True, False, BLACK, True),
    ("Brief Part New Page", 16, 0, 6, True, False, BLACK, True),
    ("Brief Heading", 12, 14, 4, True, False, BLACK, True),
    ("Brief Clause", 13, 20, 5, True, False, BLACK, True),
    ("Brief Header", 8.5, 3, 3, True, False, BLACK, True),
    ("Brief Label", 9.5, 2, 2, True, False, BLACK, False),
    ("Brief Text", 9.5, 2, 2, False, False, BLACK, False),
    ("Brief Quiet", 9, 1, 2, False, False, GREY, False),
    ("Brief Now", 8.5, 2, 2, True, False, WHITE, False),
    ("Brief Preferred", 9.5, 2, 2, True, False, GREEN, False),
    ("Brief Acceptable", 9.5, 2, 2, True, False, AMBER, False),
    ("Brief Fallback", 9.5, 2, 2, True, False, RED, False),
    ("Brief Own", 9.5, 2, 2, True, False, BLUE, False),
    ("Brief Bad", 9.5, 2, 2, True, False, RED, False),
    ("Brief Advice", 10, 9, 2, True, False, BLUE, True),
    ("Brief Guidance", 10.5, 0, 5, False, False, BLACK, False),
)
LEVELS = {"Brief Part": 0, "Brief Part New Page": 0, "Brief Heading": 1, "Brief Clause": 1}  # in the navigation


def styles(file: File) -> None:
    """Make the styles that the brief is written in."""
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(10)
    normal.paragraph_format.space_after = Pt(0)
    for name, size, before, after, bold, italic, colour, keep in LOOKS:
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = keep
        style.paragraph_format.widow_control = True
        _details(style)
    link = file.styles.add_style("Brief Link", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor.from_string(BLUE)
    table = file.styles.add_style("Brief Table", WD_STYLE_TYPE.TABLE)
    edges = [element(side, val="single", sz=size, space=0, color=colour) for side, size, colour in _EDGES]
    margins = [element(side, w=width, type="dxa") for side, width in (("left", 80), ("right", 80))]
    table.element.append(element("tblPr", element("tblBorders", *edges), element("tblCellMar", *margins)))
    head = element("tcPr", element("shd", val="clear", color="auto", fill=SHADE))
    table.element.append(element("tblStylePr", head, type="firstRow"))


_EDGES = (("top", 8, DARK_RULE), ("bottom", 8, DARK_RULE), ("insideH", 4, RULE))


def _details(style: ParagraphStyle) -> None:
    """Set what python-docx has no name for, each in the place that the schema gives it."""
    properties = style.element.get_or_add_pPr()
    name = style.name
    style.paragraph_format.page_break_before = True if name == "Brief Part New Page" else None
    if name == "Brief Guidance":
        style.paragraph_format.line_spacing = 1.1
    if name == "Brief Mark":
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if name == "Brief Clause":
        rule = element("top", val="single", sz=6, space=4, color=DARK_RULE)
        _before(properties, element("pBdr", rule), "shd", "spacing")
    if name == "Brief Now":
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _before(properties, element("shd", val="clear", color="auto", fill=DARK_RULE), "spacing")
    if name in LEVELS:
        properties.append(element("outlineLvl", val=LEVELS[name]))


def _before(properties: Element, new: Element, *names: str) -> None:
    for child in properties:
        if child.tag.rpartition("}")[2] in names:
            child.addprevious(new)
            return
    properties.append(new)


def page(file: File) -> None:
    """Lay out the page, with the mark at its head and at its foot."""
    section = file.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(0.9)
    section.top_margin = section.bottom_margin = Inches(0.95)
    section.header_distance = section.footer_distance = Inches(0.45)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (head, foot):
        paragraph.style = "Brief Mark"
        paragraph.add_run(MARK)
    number = section.footer.add_paragraph(style="Brief Foot")
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.add_run(NAME)
    number._p.append(_field("PAGE"))  # noqa: SLF001
    number.add_run(" of ")
    number._p.append(_field("NUMPAGES"))  # noqa: SLF001


def _field(name: str) -> Element:
    text = element("t")
    text.text = "1"
    return element("fldSimple", element("r", text), instr=f" {name} ")


def build() -> bytes:
    """Make the template."""
    file = Document()
    tidy(file)
    styles(file)
    page(file)
    return finished(file, "Negotiator's brief")


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("brief.docx")
    out.write_bytes(build())
