"""Builds the template of the negotiator's brief, brief.docx: page, styles, words, fields, and the mark on every page.

The same bytes each time. A firm changes the file itself in Word, and puts its own words on the mark (docs/brief.md).

    python templates/build_brief.py [OUT]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt, RGBColor
from plain import Lines, finished, lines, page_number, repeated, tidy  # beside this file

from drafter.word.oxml import elements
from drafter.word.oxml.elements import Element, element

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
# In the navigation, and for a reader who doesn't see the page.
LEVELS = {"Brief Title": 0, "Brief Part": 0, "Brief Part New Page": 0, "Brief Heading": 1, "Brief Clause": 1}


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
    number._p.append(page_number("PAGE"))  # noqa: SLF001
    number.add_run(" of ")
    number._p.append(page_number("NUMPAGES"))  # noqa: SLF001


# -- words --------------------------------------------------------------------------------------

WIDTH = 9648  # between the margins, in twentieths of a point
Column = tuple[str, float, Lines]  # its heading, its share of the width, and the paragraphs of its cell in a row


def words(file: File) -> None:
    """Write the words and the fields."""
    summary(file)
    standing(file)
    asks(file)
    ladders(file)


def summary(file: File) -> None:
    """Write the first page."""
    lines(file, [("Brief Title", "Negotiator’s brief"), ("Brief Facts", "{{ title }} ({{ status }})")])
    lines(file, [("Brief Facts", "{{ caption }}")])
    lines(file, [("Brief Facts", "{{ policy }} ({{ policy_status }}, {{ policy_date }})")])
    lines(file, [("Brief Heading", "In short")])
    name = [("Brief Label", "{{ row.name }}")]
    table(file, "points", (("Point", 1.4, name), ("How it stands", 5.3, cell("words"))))
    lines(file, [("Brief Heading", "Ask for first")])
    place = [("Brief Label", "{{ row.place }}")]
    now, better = ([("Brief Text", f"{{{{ row.{field} }}}}")] for field in ("now", "better"))
    columns = (("No.", 0.4, NUMBER), ("Section", 1.9, place), ("We have", 2.2, now), ("Ask for", 2.2, better))
    table_or_none(file, "first", columns)
    lines(file, [("Brief Quiet", "{%p if more %}"), ("Brief Quiet", "{{ more }}"), ("Brief Quiet", "{%p endif %}")])


def standing(file: File) -> None:
    """Write what is not in its best position, what departs from the policy, the blanks and the rounds."""
    lines(file, [("Brief Part New Page", "Where we stand"), ("Brief Heading", "Not in the best position")])
    columns = ("Section", 1.9, cell("place")), ("Now", 2.4, cell("now")), ("Concedes", 2.4, cell("concedes"))
    table_or_none(file, "given", columns)
    lines(file, [("Brief Heading", "Departures from the policy")])
    wanted = [("Brief Bad", "{{ row.requirement }}")]
    places = ("Could be met in", 2.0, cell("places"))
    table_or_none(file, "departures", (("Requirement", 0.9, wanted), ("What it asks", 3.8, cell("asks")), places))
    lines(file, [("Brief Heading", "Blanks")])
    label = [("Brief Text", "{{ row.label }}")]
    table_or_none(file, "gaps", (("Blank", 3.0, label), ("Section", 3.7, cell("places"))))
    lines(file, [("Brief Heading", "Rounds")])
    columns = ("Round", 1.5, cell("round")), ("Section", 1.9, cell("place")), ("Came to", 1.65, cell("came_to"))
    table_or_none(file, "rounds", (*columns, ("Concedes", 1.65, cell("concedes"))))


def asks(file: File) -> None:
    """Write what could be won back, and what is closed."""
    lines(file, [("Brief Part", "What to ask for next")])
    columns = (
        ("No.", 0.4, NUMBER),
        ("Section, requirements", 1.55, cell("place")),
        ("We have", 1.6, cell("now")),
        ("Ask for", 1.6, cell("better")),
        ("No longer given up", 1.55, cell("wins")),
    )
    table_or_none(file, "asks", columns)
    lines(file, [("Brief Heading", "{%p if closed %}"), ("Brief Heading", "Nothing better is open")])
    place = [("Brief Label", "{{ row.place }}")]
    table(file, "closed", (("Section", 1.7, place), ("We have", 1.8, cell("now")), ("Why not", 3.2, cell("why"))))
    lines(file, [("Brief Heading", "{%p endif %}")])


def ladders(file: File) -> None:
    """Write each clause with its alternatives and the guidance on them."""
    lines(file, [("Brief Part New Page", "The ladder"), ("Brief Text", "{%p for clause in ladders %}")])
    lines(file, [("Brief Clause", "{{ clause.place }}")])
    columns = (
        ("No.", 0.55, cell("number")),
        ("Alternative", 2.3, cell("label")),
        ("Position, effect", 1.55, cell("position")),
        ("Concedes", 2.3, cell("concedes")),
    )
    table(file, "clause.rungs", columns, together=True)
    lines(file, ADVICE)
    lines(file, [("Brief Text", "{%p endfor %}"), ("Brief Part", "{%p if single %}")])
    lines(file, [("Brief Part", "Clauses with one alternative"), ("Brief Part", "{%p endif %}")])
    lines(file, [("Brief Text", "{%p for clause in single %}"), ("Brief Clause", "{{ clause.place }}")])
    lines(file, [*ADVICE, ("Brief Text", "{%p endfor %}")])


NUMBER: Lines = [("Brief Label", "{{ row.number }}")]
ADVICE: Lines = (
    ("Brief Advice", "{%p for advice in clause.advice %}"),
    ("Brief Advice", "{{ advice.heading }}"),
    *repeated("Brief Guidance", "advice.paragraphs"),
    ("Brief Advice", "{%p endfor %}"),
)


def cell(field: str) -> Lines:
    """Return the lines of a field of a row; each brings its own style."""
    return repeated("Brief Text", f"row.{field}")


def table_or_none(file: File, rows: str, columns: Iterable[Column]) -> None:
    """Write a table, or "None." where it would have no rows."""
    lines(file, [("Brief Text", f"{{%p if {rows} %}}")])
    table(file, rows, columns)
    lines(file, [("Brief Text", "{%p else %}"), ("Brief Text", "None."), ("Brief Text", "{%p endif %}")])


def table(file: File, rows: str, columns: Iterable[Column], *, together: bool = False) -> None:
    """Write a table as wide as the page, with a row for each entry of a list, which is never broken.

    `together` keeps all its rows on one page.
    """
    headings, shares, cells = zip(*columns, strict=True)
    widths = tuple(round(share / sum(shares) * WIDTH) for share in shares)
    style = {name: file.styles[name].style_id for name in ("Brief Table", "Brief Header")}

    def paragraph(text: str, name: str) -> Element:
        return elements.paragraph(file.styles[name].style_id, [elements.run(text)], keep_next=together)

    header = [elements.paragraph(style["Brief Header"], [elements.run(text)]) for text in headings]
    tags = [
        [paragraph(tag if place == 0 else "", "Brief Text") for place in range(len(widths))]
        for tag in (f"{{%tr for row in {rows} %}}", "{%tr endfor %}")
    ]
    each = [[paragraph(text, name) for name, text in inside] for inside in cells]
    frame = elements.Frame(style["Brief Table"], 0, widths)
    made = elements.table(frame, header, (tags[0], [first for first, *_ in each], tags[1]))
    for first, *rest in each:
        for node in reversed(rest):
            first.addnext(node)
    file.element.body.sectPr.addprevious(made)


def build() -> bytes:
    """Make the template."""
    file = Document()
    tidy(file)
    styles(file)
    page(file)
    words(file)
    return finished(file, "Negotiator's brief")


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("brief.docx")
    out.write_bytes(build())
