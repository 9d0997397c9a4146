"""Builds the template of the compliance matrix, matrix.docx: a landscape page, its styles, its words and its fields.

The same bytes each time. A firm changes the file itself in Word (docs/matrix.md).

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
from plain import Lines, Row, finished, lines, page_number, repeated, table, tidy  # beside this file

from drafter.word.oxml.elements import element

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
OUTLINE = {"Matrix Title": 0, "Matrix Heading": 1}  # headings, for who can't see the page, and for the bookmarks


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
        if name in OUTLINE:
            style.element.get_or_add_pPr().append(element("outlineLvl", val=OUTLINE[name]))
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
    foot._p.append(page_number("PAGE", size=16))  # noqa: SLF001
    for run in foot.runs:
        run.font.size = Pt(8)


# -- words --------------------------------------------------------------------------------------

COLUMNS = ("Id", "What it asks", "Status", "In the contract", "Wording", "Authority")
FRONT: Lines = (
    ("Matrix Title", "Compliance matrix"),
    ("Matrix Facts", "{{ title }} ({{ contract_status }})"),
    ("Matrix Facts", "{%p for source in sources %}"),
    ("Matrix Facts", "Measured against {{ source.citation }} ({{ source.status }}, {{ source.date }})"),
    ("Matrix Facts", "{%p endfor %}"),
    ("Matrix Facts", "{%p if governs %}"),
    ("Matrix Facts", "{{ governs }}"),
    ("Matrix Facts", "{%p endif %}"),
    ("Matrix Facts", "{%p if unread %}"),
    ("Matrix Facts", "{{ unread }}"),
    ("Matrix Facts", "{%p endif %}"),
)
SOURCE: Lines = (
    ("Matrix Heading", "{{ source.citation }} ({{ source.status }}, {{ source.date }})"),
    ("Matrix Facts", "{{ source.standing }}"),
    ("Matrix Facts", "{{ source.count }}: {{ source.counts }}."),
    ("Matrix Facts", "{%p if source.quiet %}"),
    ("Matrix Facts", "Listed for information, since nothing is asked of a contract there: {{ source.quiet }}."),
    ("Matrix Facts", "{%p endif %}"),
)
CELLS: tuple[Lines, ...] = (
    (("Matrix Id", "{{ row.id }}"),),
    (
        ("Matrix Words", "{%p if row.quote %}"),
        ("Matrix Words", "“{{ row.quote }}”"),
        ("Matrix Words", "{%p endif %}"),
        ("Matrix Text", "{{ row.asks }}"),
    ),
    (
        ("Matrix Good", "{{ row.status }}"),  # takes the style of its status
        *repeated("Matrix Text", "row.remarks"),
    ),
    repeated("Matrix Text", "row.places"),
    repeated("Matrix Text", "row.wordings"),
    repeated("Matrix Text", "row.authorities"),
)
INTERNAL = (1.15, 2.35, 2.1, 1.6, 1.55, 1.55)  # the widths of the columns, in inches
PUBLIC = (1.15, 2.55, 3.0, 1.8, 0, 1.8)  # without wordings


def words(file: File) -> None:
    """Write for each source a table for our own side, one for the public without wordings, and the remarks."""
    lines(file, (*FRONT, ("Matrix Heading", "{%p for source in sources %}"), *SOURCE))
    lines(file, [("Matrix Facts", "{%p if has_wordings %}")])
    rows(file, INTERNAL)
    lines(file, [("Matrix Facts", "{%p else %}")])
    rows(file, PUBLIC)
    lines(file, [("Matrix Facts", "{%p endif %}"), ("Matrix Heading", "{%p if source.anomalies %}")])
    lines(file, [("Matrix Heading", "In its own text"), ("Matrix Heading", "{%p endif %}")])
    lines(file, [("Matrix Note", "{%p for anomaly in source.anomalies %}")])
    note = file.add_paragraph(style="Matrix Note")
    note.add_run("{{ anomaly.paragraphs }}. ").bold = True
    note.add_run("{{ anomaly.text }} {{ anomaly.handling }}")
    lines(file, [("Matrix Note", "{%p endfor %}"), ("Matrix Note", "{%p endfor %}")])


def rows(file: File, widths: tuple[float, ...]) -> None:
    """Write a table of the columns that have a width."""
    kept = [column for column, width in enumerate(widths) if width]
    head: Row = [[("Matrix Header", COLUMNS[column])] for column in kept]
    each: Row = [CELLS[column] for column in kept]
    content = [head, "{%tr for row in source.rows %}", each, "{%tr endfor %}"]
    made = table(file, "Matrix Table", [widths[column] for column in kept], content)
    for number, name in ((0, "tblHeader"), (2, "cantSplit")):
        made.rows[number]._tr.get_or_add_trPr().append(element(name))  # noqa: SLF001


def build() -> bytes:
    """Make the template."""
    file = Document()
    tidy(file)
    styles(file)
    page(file)
    words(file)
    return finished(file, "Compliance matrix")


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("matrix.docx")
    out.write_bytes(build())
