"""Builds the template of the board memo, memo.docx: its page, its styles, its headings, and the fields of a memo.

The same bytes each time. A firm restyles the file itself in Word, and changes its headings and labels there
(docs/memo.md).

    python templates/build_memo.py [OUT]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import plain  # beside this file
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt, RGBColor
from lxml import etree
from plain import Lines, Row, finished, lines, page_number, repeated

from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, element

if TYPE_CHECKING:
    from docx.document import Document as File
    from docx.table import Table

FACE = "Cambria"  # Caladea, which LibreOffice takes for it, has the same widths
SUBSTITUTE = "Caladea"
RULE, DARK_RULE, SHADE = "BFBFBF", "404040", "EDEDED"
BLANK = "FFEE80"  # light enough that the words stay black when it is printed in grey
GREY = "404040"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph style looks: sizes and spaces in points, the indent in inches."""

    name: str
    size: float = 11
    before: float = 0
    after: float = 0
    left: float = 0
    bold: bool = False
    italic: bool = False
    right: bool = False
    keep: bool = False
    rule: str = ""
    colour: str = "000000"


LOOKS = (
    Look("Memo Title", 20, 0, 8, bold=True, keep=True),
    Look("Memo Label", 10.5, 1, 1, bold=True),
    Look("Memo Fact", 10.5, 1, 1),
    Look("Memo Heading", 13, 13, 4, bold=True, keep=True, rule="bottom"),
    Look("Memo Text", 10.5, 0, 5),
    Look("Memo Motion Heading", 10.5, 4, 3, bold=True, keep=True),
    Look("Memo Motion", 10.5, 0, 6, left=0.3, rule="left"),
    Look("Memo Box Heading", 12, 3, 4, bold=True, keep=True),
    Look("Memo Box Label", 10.5, 4, 2, bold=True, keep=True),
    Look("Memo Box Text", 10.5, 2, 3),
    Look("Memo Box Quote", 10.5, 0, 4, left=0.25, italic=True),
    Look("Memo Table Header", 9.5, 2, 2, bold=True, keep=True),
    Look("Memo Table Label", 9.5, 1.5, 1.5, bold=True),
    Look("Memo Table Text", 9.5, 1.5, 1.5),
    Look("Memo Table Amount", 9.5, 1.5, 1.5, right=True),
    Look("Memo Table Total", 9.5, 1.5, 1.5, bold=True, right=True),
    Look("Memo Table Group", 9.5, 4, 1, bold=True, keep=True),
    Look("Memo Table Note", 8.5, 0, 2, colour=GREY),
    Look("Memo Space", 4),
)
TABLES = ("Memo Head", "Memo Box", "Memo Table")
# Headings, by which a reader who can't see the page finds a place, and the bookmarks of a PDF.
OUTLINE = {"Memo Title": 0, "Memo Heading": 1, "Memo Box Heading": 1, "Memo Motion Heading": 2}


# -- styles and page ----------------------------------------------------------------------------


def styles(file: File) -> None:
    """Make the styles that the memo is written in, and take out those that a new document brings."""
    plain.tidy(file)
    normal = file.styles["Normal"]
    normal.font.size = Pt(11)
    fonts_of = element("rFonts", ascii=FACE, hAnsi=FACE, eastAsia=FACE, cs="Times New Roman")
    normal.element.get_or_add_rPr().insert(0, fonts_of)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.1
    normal.paragraph_format.widow_control = True
    for look in LOOKS:
        style = file.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = normal, True
        style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
        style.font.color.rgb = RGBColor.from_string(look.colour)
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
        layout.keep_with_next = look.keep
        layout.left_indent = Inches(look.left) if look.left else None
        layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT if look.right else None
        if look.rule:
            wide, space = {"left": (12, 10), "bottom": (6, 2)}[look.rule]
            line = element(look.rule, val="single", sz=wide, space=space, color="8C8C8C")
            _before(style.element.get_or_add_pPr(), element("pBdr", line), "spacing")
        if look.name in OUTLINE:
            style.element.get_or_add_pPr().append(element("outlineLvl", val=OUTLINE[look.name]))
    blank = file.styles.add_style("Blank", WD_STYLE_TYPE.CHARACTER)
    blank.element.get_or_add_rPr().append(element("shd", val="clear", color="auto", fill=BLANK))
    count = file.styles.add_style("Memo Count", WD_STYLE_TYPE.CHARACTER)
    count.font.color.rgb = RGBColor.from_string(GREY)
    count.font.size = Pt(8.5)
    for name, mark in (("Memo Removed", "strike"), ("Memo Added", "underline")):
        face = file.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        setattr(face.font, mark, True)
    for name, edges, margins in (
        ("Memo Head", (("bottom", 8, DARK_RULE),), (0, 0)),
        ("Memo Box", tuple((side, 18, "000000") for side in ("top", "left", "bottom", "right")), (160, 160)),
        ("Memo Table", (("top", 8, DARK_RULE), ("bottom", 8, DARK_RULE), ("insideH", 4, RULE)), (80, 80)),
    ):
        _table_style(file, name, edges, margins)


def _before(parent: Element, new: Element, name: str) -> None:
    """Put a child before the first of a name, at its place in the schema."""
    place = next((n for n, child in enumerate(parent) if etree.QName(child).localname == name), len(parent))
    parent.insert(place, new)


def _table_style(file: File, name: str, edges: Iterable[tuple[str, int, str]], margins: tuple[int, int]) -> None:
    style = file.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    borders = (element(side, val="single", sz=size, space=0, color=colour) for side, size, colour in edges)
    space = (element(side, w=width, type="dxa") for side, width in zip(("left", "right"), margins, strict=True))
    indent = element("tblInd", w=0, type="dxa")
    style.element.append(element("tblPr", indent, element("tblBorders", *borders), element("tblCellMar", *space)))
    if name == "Memo Table":
        shade = element("tcPr", element("shd", val="clear", color="auto", fill=SHADE))
        style.element.append(element("tblStylePr", shade, type="firstRow"))


def page(file: File, called: str) -> None:
    """Set the margins, and the page number at the foot, after what the paper is called."""
    section = file.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    section.top_margin, section.bottom_margin = Inches(0.8), Inches(0.7)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{called}, page ")
    foot._p.append(page_number("PAGE", size=17))  # noqa: SLF001
    foot.add_run(" of ")
    foot._p.append(page_number("NUMPAGES", size=17))  # noqa: SLF001
    for run in foot.runs:
        run.font.size = Pt(8.5)


# -- words and fields ---------------------------------------------------------------------------


def paragraphs(file: File, style: str, field: str) -> None:
    """Write a loop over the paragraphs of a field."""
    lines(file, repeated(style, field))


def table(file: File, style: str, widths: Sequence[float], rows: Sequence[Row], *, split: Sequence[int] = ()) -> Table:
    """Write a table; its first row is its header where the style has one. `split` are rows that two pages may share."""
    made = plain.table(file, style, widths, rows)
    for number, row in enumerate(made.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        if style != "Memo Box" and number not in split:
            properties.append(element("cantSplit"))
        if number == 0 and style == "Memo Table":
            properties.append(element("tblHeader"))
    return made


def header(*words: str, amount: bool = False) -> Row:
    """Return a header row; a last column of amounts is aligned right."""
    cells = [[("Memo Table Header", word)] for word in words]
    return [*cells[:-1], [("Memo Table Total", words[-1])]] if amount else cells


def heads(*rows: tuple[str, str]) -> list[Row]:
    """Return rows of a label and a field, such as those at the head of a paper."""
    return [[[("Memo Label", label)], [("Memo Fact", f"{{{{ {field} }}}}")]] for label, field in rows]


def asked(label: str, field: str) -> list[Row]:
    """Return a row of a label and a field that is there only where the field has words."""
    return [f"{{%tr if {field} %}}", *heads((label, field)), "{%tr endif %}"]


HEAD = [
    *heads(("To", "to"), ("From", "from"), ("Meeting", "meeting")),
    *asked("Kind of item", "item"),
    *asked("Presenter", "presenter"),
    *heads(("Subject", "subject")),
]
BOX: Lines = (
    ("Memo Box Heading", "This contract does not meet what is asked of it"),
    ("Memo Box Text", "{%p for deviation in deviations %}"),
    ("Memo Box Label", "{{ deviation.requirement }} asks:"),
    ("Memo Box Quote", "{{ deviation.words }}"),
    ("Memo Box Text", "{%p for section in deviation.sections %}"),
    ("Memo Box Text", "{{ section.place }}: {{ section.now }}"),
    ("Memo Box Text", "{%p endfor %}"),
    ("Memo Box Text", "{%p endfor %}"),
)


def body(file: File) -> None:
    """Write the headings and labels, and the fields."""
    lines(file, [("Memo Title", "Memorandum")])
    table(file, "Memo Head", (1.0, 5.5), HEAD)
    lines(file, [("Memo Space", ""), ("Memo Text", "{%p if deviations %}")])
    table(file, "Memo Box", (6.5,), ([BOX],))
    lines(file, [("Memo Text", "{%p endif %}"), ("Memo Heading", "What the board is asked to do")])
    paragraphs(file, "Memo Text", "request")
    lines(file, [("Memo Motion Heading", "Draft motion")])
    paragraphs(file, "Memo Motion", "motion")
    lines(file, [("Memo Heading", "The contract in brief")])
    each = [[("Memo Table Label", "{{ row.label }}")], [("Memo Table Text", "{{ row.words }}")]]
    head = header("Point", "In the contract")
    table(file, "Memo Table", (1.2, 5.3), [head, "{%tr for row in facts %}", each, "{%tr endfor %}"])
    cost(file)
    changes(file)
    differences(file)
    lines(file, [("Memo Heading", "Compliance with the policy")])
    paragraphs(file, "Memo Text", "compliance")
    each = [
        [("Memo Table Label", "{{ row.status }}")], [("Memo Table Text", "{{ row.count }}")],
        [("Memo Table Text", "{{ row.which }}")],
    ]  # fmt: skip
    head = header("Status", "Number", "Requirements")
    group = [[("Memo Table Group", "{{ measured.source }}"), ("Memo Table Note", "{{ measured.standing }}")]]
    rows = [
        head, "{%tr for measured in sources %}", group,
        "{%tr for row in measured.statuses %}", each, "{%tr endfor %}", "{%tr endfor %}",
    ]  # fmt: skip
    table(file, "Memo Table", (1.4, 0.8, 4.3), rows)
    lines(
        file,
        [
            ("Memo Space", ""),
            ("Memo Text", "{%p if governs %}"),
            ("Memo Text", "{{ governs }}"),
            ("Memo Text", "{%p endif %}"),
        ],
    )
    lines(file, [("Memo Space", ""), ("Memo Text", "{%p if limits %}")])
    each = [[("Memo Table Label", "{{ row.requirements }}")], [("Memo Table Text", "{{ row.words }}")]]
    head = header("Requirement", "What limits it in this contract")
    table(file, "Memo Table", (1.4, 5.1), [head, "{%tr for row in limits %}", each, "{%tr endfor %}"])
    lines(file, [("Memo Text", "{%p endif %}")])
    lines(file, [("Memo Heading", "Where the policy stands")])
    paragraphs(file, "Memo Text", "policy")
    lines(file, [("Memo Text", "{%p if anomalies %}")])
    each = [[("Memo Table Label", "{{ row.paragraphs }}")], [("Memo Table Text", "{{ row.words }}")]]
    head = header("Paragraph", "To know before the vote")
    table(file, "Memo Table", (1.2, 5.3), [head, "{%tr for row in anomalies %}", each, "{%tr endfor %}"])
    lines(file, [("Memo Text", "{%p endif %}")])
    blanks(file)
    lines(file, [("Memo Heading", "Next dates")])
    each = [[("Memo Table Label", "{{ row.day }}")], [("Memo Table Text", "{{ row.words }}")]]
    head = header("Date", "What happens")
    made = table(file, "Memo Table", (1.7, 4.8), [head, "{%tr for row in dates %}", each, "{%tr endfor %}"])
    for cell in made.rows[2].cells:  # so short a table stays on one page
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    lines(file, [("Memo Space", "")])


def blanks(file: File) -> None:
    """Write where the contract has blanks, and of what."""
    lines(file, [("Memo Heading", "Open blanks")])
    paragraphs(file, "Memo Text", "blanks_text")
    lines(file, [("Memo Text", "{%p if blanks %}")])
    each = [[("Memo Table Label", "{{ row.place }}")], [("Memo Table Text", "{{ row.labels }}")]]
    head = header("Where", "What is missing")
    table(file, "Memo Table", (2.4, 4.1), [head, "{%tr for row in blanks %}", each, "{%tr endfor %}"])
    lines(file, [("Memo Text", "{%p endif %}")])


def cost(file: File) -> None:
    """Write what it costs: a row for each year, the total, and what each amount rests on."""
    lines(file, [("Memo Heading", "What it costs"), ("Memo Text", "{%p if years %}")])
    each = [
        [("Memo Table Label", "{{ year.name }}")], [("Memo Table Text", "{{ year.formula }}")],
        [("Memo Table Amount", "{{ year.amount }}")],
    ]  # fmt: skip
    total = [[("Memo Table Label", "In total")], [("Memo Table Text", "")], [("Memo Table Total", "{{ total }}")]]
    head = header("Year", "How it is computed", "Amount", amount=True)
    rows = [head, "{%tr for year in years %}", each, "{%tr endfor %}", "{%tr if total %}", total, "{%tr endif %}"]
    table(file, "Memo Table", (1.2, 3.5, 1.8), rows)
    lines(file, [("Memo Space", ""), ("Memo Text", "{%p endif %}"), ("Memo Text", "{%p for cost in bases %}")])
    line = file.add_paragraph(style="Memo Text")
    line.add_run("{{ cost.label }}. ").bold = True
    line.add_run("{{ cost.basis }}")
    lines(file, [("Memo Text", "{%p endfor %}")])
    paragraphs(file, "Memo Text", "cost")


def changes(file: File) -> None:
    """Write what changed: a row for each section, under a row for each article."""
    lines(file, [("Memo Heading", "What changed")])
    paragraphs(file, "Memo Text", "changes_text")
    lines(file, [("Memo Text", "{%p if changes %}")])
    group = [[("Memo Table Group", "{{ group.title }}")]]
    each = [[("Memo Table Text", "{{ change.number }}")], [("Memo Table Text", "{{ change.heading }}")], []]
    rows = [
        header("Section", "Heading", "What changed"), "{%tr for group in changes %}", group,
        "{%tr for change in group.lines %}", each, "{%tr endfor %}", "{%tr endfor %}",
    ]  # fmt: skip
    cell = table(file, "Memo Table", (0.6, 1.9, 4.0), rows, split=(4,)).cell(4, 2)
    cell.add_paragraph("{%p if change.now or change.words %}", style="Memo Table Text")
    line = cell.add_paragraph("{% if change.now %}{{ change.now }} {% endif %}", style="Memo Table Text")
    line.add_run("{{ change.words }}", style="Memo Count")
    cell.add_paragraph("{%p endif %}", style="Memo Table Text")
    for field, label, face in (("removed", "Removed: ", "Memo Removed"), ("added", "Added: ", "Memo Added")):
        cell.add_paragraph(f"{{%p for line in change.{field} %}}", style="Memo Table Note")
        cell.add_paragraph(label, style="Memo Table Note").add_run("{{ line }}", style=face)
        cell.add_paragraph("{%p endfor %}", style="Memo Table Note")
    lines(file, [("Memo Text", "{%p endif %}")])


def differences(file: File) -> None:
    """Write where a section isn't in the opening wording: a row for each, with the policy's words."""
    lines(file, [("Memo Heading", "Sections that are not in the opening wording")])
    paragraphs(file, "Memo Text", "differences_text")
    lines(file, [("Memo Text", "{%p if differences %}")])
    each = [
        [("Memo Table Label", "{{ row.place }}")],
        [
            *repeated("Memo Table Text", "row.now"),
            ("Memo Table Note", "{%p for line in row.asked %}"),
            ("Memo Table Note", "{{ line }}"),
            ("Memo Table Note", "{%p endfor %}"),
        ],
    ]
    head = header("Section", "What it says now")
    table(file, "Memo Table", (2.4, 4.1), [head, "{%tr for row in differences %}", each, "{%tr endfor %}"])
    lines(file, [("Memo Text", "{%p endif %}")])


# -- the file -----------------------------------------------------------------------------------


def fonts() -> Element:
    """Make the table of fonts, with the one to use where ours is missing."""
    kind = (element("altName", val=SUBSTITUTE), element("family", val="roman"), element("pitch", val="variable"))
    return element("fonts", element("font", *kind, name=FACE))


def build() -> bytes:
    """Make the template."""
    file = Document()
    styles(file)
    page(file, "Memorandum to the board")
    body(file)
    return finished(file, "Memorandum to the board", {"word/fontTable.xml": package.serialize(fonts())})


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("memo.docx")
    out.write_bytes(build())
