"""Builds the template that is shipped, agreement.docx: every style, the lists, the cover, header, footer, signature page.

The same bytes each time. A firm needs this script only to see how the template came about; it restyles the
file itself in Word (docs/word-template.md).

    python templates/build.py [OUT]
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Inches, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from lxml import etree

from drafter.word import oxml, package
from drafter.word.oxml import Element, element

FACE = "Cambria"  # Caladea, which LibreOffice takes for it, has the same widths
SUBSTITUTE = "Caladea"
RULE = "8C8C8C"  # grey of the thin rules
LEFT, CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph style looks; sizes and spaces in points, indents in inches, `hang` to the left of `left`."""

    name: str
    size: float = 11
    before: float = 0
    after: float = 0
    left: float = 0
    hang: float = 0
    right: float = 0
    bold: bool = False
    align: WD_ALIGN_PARAGRAPH = LEFT
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    line: float = 1.15
    outline: int | None = None
    rule: str = ""  # the side that has a thin rule
    number: tuple[int, int] | None = None  # the list, and the level counted from 0
    following: str = ""


LOOKS = (
    Look("Contract Title", 26, 170, 22, 0.9, 0, 0.9, bold=True, align=CENTER, line=1.1),
    Look("Contract Caption", 13, 4, 8, 0.6, 0, 0.6, align=CENTER),
    Look("Cover Rule", 4, 0, 20, 2.5, 0, 2.5, rule="top", line=1),
    Look("Cover Status", 11, 44, 0, 0.6, 0, 0.6, align=CENTER),
    Look("Contents Heading", 15, 0, 12, bold=True, new_page=True, keep_next=True, rule="bottom"),
    Look("toc 1", 10, 5, 1, 1.0, 1.0, bold=True, keep_lines=True, line=1.05),
    Look("toc 2", 10, 0, 1, 1.5, 0.5, keep_lines=True, line=1.05),
    Look("Agreement Title", 16, 0, 18, bold=True, align=CENTER, new_page=True, keep_next=True),
    Look("Opening Text", before=4, after=5),
    Look("Recitals Heading", 13, 20, 6, bold=True, keep_next=True, rule="bottom", following="Recital"),
    Look("Recital", before=3, after=5, left=0.5, hang=0.5, number=(2, 0)),
    Look(
        "Heading 1",
        13,
        24,
        6,
        1.0,
        1.0,
        bold=True,
        keep_next=True,
        keep_lines=True,
        rule="bottom",
        outline=0,
        number=(1, 0),
        following="Heading 2",
    ),
    Look(
        "Heading 2",
        11,
        12,
        2,
        0.5,
        0.5,
        bold=True,
        keep_next=True,
        keep_lines=True,
        outline=1,
        number=(1, 1),
        following="Section Text",
    ),
    Look("Section Text", before=4, after=4, left=0.5),
    Look("Section Item", before=2, after=3, left=1.0, hang=0.5, number=(1, 2)),
    Look("Section Subitem", before=1, after=3, left=1.5, hang=0.5, number=(1, 3)),
    Look("Quoted Policy", 10, 5, 7, 0.8, 0, 0.5, rule="left"),
    Look("Signature Heading", 13, 24, 8, bold=True, keep_next=True, keep_lines=True, rule="bottom"),
    Look("Signature Party", before=8, after=3, bold=True, keep_next=True, keep_lines=True),
    Look("Signature Line", 10, 28, after=1, keep_next=True, keep_lines=True, line=1),
    Look("Signature Text", 10, 1, 2, keep_lines=True),
    Look(
        "Exhibit Title",
        15,
        0,
        12,
        1.2,
        1.2,
        bold=True,
        keep_next=True,
        keep_lines=True,
        new_page=True,
        rule="bottom",
        outline=0,
        number=(3, 0),
        following="Exhibit Text",
    ),
    Look("Exhibit Heading", 11, 12, 2, bold=True, keep_next=True, keep_lines=True, following="Exhibit Text"),
    Look("Exhibit Text", before=3, after=4),
    Look("Exhibit Item", before=2, after=3, left=0.5, hang=0.5, number=(4, 0)),
    Look("Exhibit Subitem", before=1, after=3, left=1.0, hang=0.5, number=(4, 1)),
    Look("Table Text", 9.5, 3, 3, line=1.05),
    Look("Table Header", 9.5, 3, 3, bold=True, keep_next=True, keep_lines=True, line=1.05),
    Look("header", 9, line=1),
    Look("footer", 9, line=1, align=CENTER),
)
BUILT_IN = {"toc 1", "toc 2", "Heading 1", "Heading 2", "header", "footer"}

# Each list: its levels, as numerals and text. A level is bound to the style whose look names it.
LISTS = {
    1: (("decimal", "Article %1"), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)")),
    2: (("upperLetter", "%1."),),
    3: (("upperLetter", "Exhibit %1"),),
    4: (("lowerLetter", "(%1)"), ("lowerRoman", "(%2)")),
}


# -- styles -------------------------------------------------------------------------------------


def styles(document: Any) -> None:
    """Put our styles in the place of all that a new document has."""
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    root.append(_defaults())
    root.append(
        element(
            "latentStyles",
            defLockedState=0,
            defUIPriority=99,
            defSemiHidden=1,
            defUnhideWhenUsed=1,
            defQFormat=0,
            count=376,
        )
    )
    normal = document.styles.add_style("Normal", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    normal.element.set(_w("default"), "1")
    normal.paragraph_format.widow_control = True
    for look in LOOKS:
        _paragraph_style(document, look)
    for look in LOOKS:
        if look.following:
            document.styles[look.name].next_paragraph_style = document.styles[look.following]
    _character_styles(document)
    root.append(_table_style())


def _w(name: str) -> str:
    return f"{{{oxml.W}}}{name}"


def _defaults() -> Element:
    fonts = element("rFonts", ascii=FACE, hAnsi=FACE, eastAsia=FACE, cs="Times New Roman")
    run = element(
        "rPr",
        fonts,
        element("sz", val=22),
        element("szCs", val=22),
        element("lang", val="en-US", eastAsia="en-US", bidi="ar-SA"),
    )
    return element("docDefaults", element("rPrDefault", run), element("pPrDefault", element("pPr")))


def _paragraph_style(document: Any, look: Look) -> None:
    style: ParagraphStyle = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=look.name in BUILT_IN)
    style.base_style = document.styles["Normal"]
    style.quick_style = look.name not in BUILT_IN or look.name.startswith("Heading")
    style.hidden = False
    style.font.size = Pt(look.size)
    style.font.bold = look.bold or None
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(look.before), Pt(look.after), look.line
    layout.alignment = look.align if look.align != LEFT else None
    layout.keep_with_next = look.keep_next or None
    layout.keep_together = look.keep_lines or None
    layout.page_break_before = look.new_page or None
    if look.left or look.right or look.hang:
        layout.left_indent, layout.right_indent = Inches(look.left), Inches(look.right)
        layout.first_line_indent = Inches(-look.hang) if look.hang else None
    _more(style.element.get_or_add_pPr(), look)
    if look.name.startswith("toc"):
        layout.tab_stops.add_tab_stop(Inches(look.left))
        layout.tab_stops.add_tab_stop(Inches(6.5), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _more(properties: Any, look: Look) -> None:
    """Add what python-docx has no words for, each at its place in the schema."""
    later = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    if look.number:
        num, level = look.number
        numbered = element("numPr", *([element("ilvl", val=level)] if level else []), element("numId", val=num))
        properties.insert_element_before(numbered, "w:pBdr", *later)
    if look.rule:
        wide = {"left": (12, 10), "top": (6, 1), "bottom": (4, 3)}[look.rule]
        line = element(look.rule, val="single", sz=wide[0], space=wide[1], color=RULE)
        properties.insert_element_before(element("pBdr", line), *later)
    if look.outline is not None:
        properties.append(element("outlineLvl", val=look.outline))


def _character_styles(document: Any) -> None:
    term = document.styles.add_style("Defined Term", WD_STYLE_TYPE.CHARACTER)
    term.font.bold = True
    blank = document.styles.add_style("Blank", WD_STYLE_TYPE.CHARACTER)
    # Shading, not highlighting, which Word ignores in a style; light enough that the words stay black in grey.
    blank.element.get_or_add_rPr().append(element("shd", val="clear", color="auto", fill="FFEE80"))
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.color.rgb = RGBColor(0, 0, 0)
    for style in (term, blank):
        style.quick_style, style.hidden = True, False


def _table_style() -> Element:
    edges = [element(side, val="single", sz=8, space=0, color="404040") for side in ("top", "bottom")]
    inner = element("insideH", val="single", sz=4, space=0, color="BFBFBF")
    margins = [
        element(side, w=wide, type="dxa") for side, wide in (("top", 20), ("left", 90), ("bottom", 20), ("right", 90))
    ]
    first = element(
        "tblStylePr",
        element("rPr", element("b")),
        element(
            "tcPr",
            element("tcBorders", element("bottom", val="single", sz=8, space=0, color="404040")),
            element("shd", val="clear", color="auto", fill="EDEDED"),
        ),
        type="firstRow",
    )
    return element(
        "style",
        element("name", val="Contract Table"),
        element("uiPriority", val=99),
        element("qFormat"),
        element(
            "tblPr",
            element("tblInd", w=0, type="dxa"),
            element("tblBorders", edges[0], edges[1], inner),
            element("tblCellMar", *margins),
        ),
        first,
        type="table",
        customStyle=1,
        styleId="ContractTable",
    )


# -- lists --------------------------------------------------------------------------------------


def lists(document: Any) -> None:
    """Put our lists in the place of those of a new document; each level prints the style that names it."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for number, levels in LISTS.items():
        made = [_level(document, number, place, *level) for place, level in enumerate(levels)]
        kind = element("multiLevelType", val="multilevel")
        root.append(
            element(
                "abstractNum",
                element("nsid", val=f"0D0C000{number}"),
                kind,
                element("tmpl", val=f"0D0C001{number}"),
                *made,
                abstractNumId=number,
            )
        )
    for number in LISTS:
        root.append(element("num", element("abstractNumId", val=number), numId=number))


def _level(document: Any, number: int, place: int, numerals: str, text: str) -> Element:
    look = next(look for look in LOOKS if look.number == (number, place))
    left, hang = round(look.left * 1440), round(look.hang * 1440)
    return element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=numerals),
        element("pStyle", val=document.styles[look.name].style_id),
        element("suff", val="tab"),
        element("lvlText", val=text),
        element("lvlJc", val="left"),
        element("pPr", element("ind", left=left, hanging=hang)),
        ilvl=place,
    )


# -- pages --------------------------------------------------------------------------------------


def page(document: Any) -> None:
    """Set the page: US Letter, one inch around, and a first page without header and footer."""
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
    section.header_distance = section.footer_distance = Inches(0.5)
    section.different_first_page_header_footer = True
    _header(document, section.header)
    footer = section.footer.paragraphs[0]
    footer.style = document.styles["footer"]
    for part in (oxml.run("Page "), *_number("PAGE"), oxml.run(" of "), *_number("NUMPAGES")):
        footer._p.append(part)  # noqa: SLF001


def _number(name: str) -> list[Element]:
    return oxml.field(name, [oxml.run("1")])


def _header(document: Any, header: Any) -> None:
    table = header.add_table(1, 2, Inches(6.5))
    _frame(table, (3.9, 2.6), bottom=True)
    for cell, text, align in zip(
        table.rows[0].cells, ("{{ title }}", "{{ status }}"), (LEFT, WD_ALIGN_PARAGRAPH.RIGHT), strict=True
    ):
        paragraph = cell.paragraphs[0]
        paragraph.style, paragraph.alignment = document.styles["header"], align
        paragraph.add_run(text)
    first = header.paragraphs[0]
    header._element.remove(first._p)  # noqa: SLF001
    last = header.add_paragraph(style=document.styles["header"])
    last.paragraph_format.line_spacing = Pt(6)


def _frame(table: Any, widths: Iterable[float], *, bottom: bool) -> None:
    """Give a table its widths, no side margins, and rules: below it, or above each row."""
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
        for cell in column.cells:
            cell.width = Inches(width)
    properties = table._tbl.tblPr  # noqa: SLF001
    sides = ("bottom",) if bottom else ("insideH",)
    borders = element("tblBorders", *(element(side, val="single", sz=4, space=0, color=RULE) for side in sides))
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    below = [] if bottom else [element("bottom", w=200, type="dxa")]
    margins = element("tblCellMar", element("left", w=0, type="dxa"), *below, element("right", w=0, type="dxa"))
    properties.insert_element_before(margins, "w:tblLook")


# -- words --------------------------------------------------------------------------------------

FRONT = (
    ("Contract Title", "{{ title }}"),
    ("Cover Rule", ""),
    ("Contract Caption", "{%p for line in caption %}"),
    ("Contract Caption", "{{ line }}"),
    ("Contract Caption", "{%p endfor %}"),
    ("Cover Status", "{%p if status %}"),
    ("Cover Status", "{{ status }}"),
    ("Cover Status", "{%p endif %}"),
    ("Contents Heading", "Contents"),
    ("toc 1", "{{ contents }}"),
    ("Agreement Title", "{{ title }}"),
    ("Opening Text", "{{ opening }}"),
    ("Recitals Heading", "{%p if has_recitals %}"),
    ("Recitals Heading", "Recitals"),
    ("Recital", "{{ recitals }}"),
    ("Recitals Heading", "{%p endif %}"),
    ("Section Text", "{{ articles }}"),
    ("Signature Heading", "{%p if signatures %}"),
    ("Signature Heading", "Signatures"),
)
SIGNER = (
    ("Signature Text", "{%p for signer in block.signers %}"),
    ("Signature Line", "By:\t\t"),
    ("Signature Text", "Name:\t{{ signer.name }}"),
    ("Signature Text", "Title:\t{{ signer.title }}"),
    ("Signature Text", "Date:\t\t"),
    ("Signature Text", "{%p endfor %}"),
)
PARTY = (
    ("Signature Party", "{{ block.party }}"),
    ("Signature Text", "{%p if block.note %}"),
    ("Signature Text", "{{ block.note }}"),
    ("Signature Text", "{%p endif %}"),
)
BACK = (("Signature Text", "{%p endif %}"), ("Exhibit Text", "{{ exhibits }}"))


def body(document: Any) -> None:
    """Write the template's own words and its fields."""
    _paragraphs(document, document, FRONT)
    _signatures(document)
    _paragraphs(document, document, BACK)


def _paragraphs(document: Any, place: Any, lines: Iterable[tuple[str, str]]) -> None:
    for style, text in lines:
        place.add_paragraph(text, style=document.styles[style])


def _signatures(document: Any) -> None:
    table = document.add_table(3, 2)
    _frame(table, (2.9, 3.6), bottom=False)
    opening, row, closing = table.rows
    for tag, at in (("{%tr for block in signatures %}", opening), ("{%tr endfor %}", closing)):
        at.cells[0].paragraphs[0].add_run(tag)
    row._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001
    for cell, lines in zip(row.cells, (PARTY, SIGNER), strict=True):
        first = cell.paragraphs[0]._p  # noqa: SLF001
        _paragraphs(document, cell, lines)
        first.getparent().remove(first)
    for name in ("Signature Line", "Signature Text"):
        tabs = document.styles[name].paragraph_format.tab_stops
        tabs.add_tab_stop(Inches(0.55))
        tabs.add_tab_stop(Inches(3.6), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)


# -- the file -----------------------------------------------------------------------------------

SETTINGS = element(
    "settings",
    element("zoom", percent=100),
    element("defaultTabStop", val=720),
    element("characterSpacingControl", val="doNotCompress"),
    element(
        "compat",
        element("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
    ),
    element("themeFontLang", val="en-US"),
    element("decimalSymbol", val="."),
    element("listSeparator", val=","),
)
FONTS = element(
    "fonts",
    element(
        "font",
        element("altName", val=SUBSTITUTE),
        element("family", val="roman"),
        element("pitch", val="variable"),
        name=FACE,
    ),
)


def build() -> bytes:
    """Make the template."""
    document = Document()
    styles(document)
    lists(document)
    page(document)
    body(document)
    for key in [key for key, rel in document.part.rels.items() if rel.reltype.endswith(("/theme", "/webSettings"))]:
        del document.part.rels[key]
    made = io.BytesIO()
    document.save(made)
    parts = package.unpack(made.getvalue())
    parts |= {name: package.serialize(_plain(package.parse(xml))) for name, xml in parts.items() if name[:5] == "word/"}
    parts |= {"word/settings.xml": package.serialize(SETTINGS), "word/fontTable.xml": package.serialize(FONTS)}
    return package.pack(package.scrub(parts, "Agreement"))


def _plain(root: Element) -> Element:
    """Take out the namespaces that a new document declares and does not use."""
    root.attrib.pop("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", "")
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return root


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("agreement.docx")
    out.write_bytes(build())
