"""Builds the template of the contract, agreement.docx: styles, lists, cover, header and footer, signature page.

The same bytes each time. A firm needs this script only to see how the template came about; it changes the file itself
in Word (docs/word-template.md).

    python templates/build_agreement.py [OUT]
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Inches, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from lxml import etree
from plain import settings  # beside this file

from drafter.word.oxml import elements, package, traces
from drafter.word.oxml.elements import Element, element

if TYPE_CHECKING:
    from docx.document import Document as File
    from docx.section import _Header
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FACE = "Cambria"  # Caladea, which LibreOffice takes for it, has the same widths
SUBSTITUTE = "Caladea"
RULE, DARK_RULE, LIGHT_RULE = "8C8C8C", "404040", "BFBFBF"
SHADE = "EDEDED"
BLANK = "FFEE80"  # light enough that the words stay black when it is printed in grey
LEFT, CENTER, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
TEXT_WIDTH = 6.5  # inches


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph style looks: sizes and spaces in points, indents in inches, `hang` to the left of `left`.

    `keep` holds its lines together, and on the page of what follows. `rule` is the side that has a thin rule.
    `number` is the list that it prints and the level, counted from 0.
    """

    name: str
    size: float = 11
    before: float = 0
    after: float = 0
    left: float = 0
    hang: float = 0
    right: float = 0
    bold: bool = False
    center: bool = False
    keep: bool = False
    page: bool = False
    line: float = 1.1
    rule: str = ""
    number: tuple[int, int] | None = None


LOOKS = (
    Look("header", 9, line=1),
    Look("footer", 9, line=1, center=True),
    Look("Contract Title", 26, 170, 22, 0.9, 0, 0.9, bold=True, center=True, line=1.1),
    Look("Cover Rule", 4, 0, 20, 2.5, 0, 2.5, rule="top", line=1),
    Look("Contract Caption", 13, 4, 8, 0.6, 0, 0.6, center=True),
    Look("Cover Status", 11, 44, 0, 0.6, 0, 0.6, center=True),
    Look("Contents Heading", 15, 0, 12, bold=True, page=True, keep=True, rule="bottom"),
    Look("toc 1", 10, 5, 1, 1.0, 1.0, bold=True, line=1.05),
    Look("toc 2", 10, 0, 1, 1.5, 0.5, line=1.05),
    Look("Agreement Title", 16, 0, 18, bold=True, center=True, page=True, keep=True),
    Look("Agreement Status", 11, 0, 14, center=True),
    Look("Opening Text", 11, 5, 4),
    Look("Recitals Heading", 13, 20, 6, bold=True, keep=True, rule="bottom"),
    Look("Recital", 11, 3, 5, 0.5, 0.5, number=(2, 0)),
    Look("Heading 1", 13, 20, 5, 1.0, 1.0, bold=True, keep=True, rule="bottom", number=(1, 0)),
    Look("Heading 2", 11, 11, 0, 0.5, 0.5, bold=True, keep=True, number=(1, 1)),
    Look("Section Text", 11, 4, 3, 0.5),
    Look("Section Item", 11, 2, 2, 1.0, 0.5, number=(1, 2)),
    Look("Section Subitem", 11, 1, 3, 1.5, 0.5, number=(1, 3)),
    Look("Quoted Policy", 10, 5, 7, 0.8, 0, 0.5, rule="left"),
    Look("Table Text", 9.5, 3, 3, line=1.05),
    Look("Table Header", 9.5, 3, 3, bold=True, keep=True, line=1.05),
    Look("Signature Heading", 13, 20, 6, bold=True, keep=True, rule="bottom"),
    Look("Signature Lead", 11, 2, 3, keep=True),
    Look("Signature Party", 11, 8, 3, bold=True),
    Look("Signature Line", 10, 18, 1, line=1),
    Look("Signature Text", 10, 1, 2),
    Look("Exhibit Title", 15, 0, 12, 1.2, 1.2, bold=True, page=True, keep=True, rule="bottom", number=(3, 0)),
    Look("Exhibit Heading", 11, 13, 4, 0.5, 0.5, bold=True, keep=True, number=(3, 1)),
    Look("Exhibit Text", 11, 6, 3),
    Look("Exhibit Item", 11, 3, 3, 0.5, 0.5, number=(4, 0)),
    Look("Exhibit Subitem", 11, 1, 3, 1.0, 0.5, number=(4, 1)),
)
BUILT_IN = {"header", "footer", "toc 1", "toc 2", "Heading 1", "Heading 2"}
OUTLINE = {"Heading 1": 0, "Heading 2": 1, "Exhibit Title": 0}  # by these the table of contents finds the headings
FOLLOWING = {  # the style of the paragraph that Word begins after one of these
    "Recitals Heading": "Recital",
    "Heading 1": "Heading 2",
    "Heading 2": "Section Text",
    "Exhibit Title": "Exhibit Text",
    "Exhibit Heading": "Exhibit Text",
}

# Each list: its levels, as numerals and text. A level prints the style whose look names it.
LISTS = {
    1: (("decimal", "Article %1"), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)")),
    2: (("upperLetter", "%1."),),
    3: (("upperLetter", "Exhibit %1"), ("decimal", "%1-%2")),
    4: (("lowerLetter", "(%1)"), ("lowerRoman", "(%2)")),
}


# -- styles -------------------------------------------------------------------------------------


def styles(file: File) -> None:
    """Replace all styles of a new document by ours."""
    root = file.styles.element
    for child in list(root):
        root.remove(child)
    root.append(_defaults())
    root.append(element("latentStyles", defUIPriority=99, defSemiHidden=1, defUnhideWhenUsed=1, defQFormat=0))
    normal = file.styles.add_style("Normal", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    normal.element.set(f"{{{elements.W}}}default", "1")
    normal.paragraph_format.widow_control = True
    for look in LOOKS:
        _paragraph_style(file, look)
    for name, following in FOLLOWING.items():
        _style(file, name).next_paragraph_style = _style(file, following)
    _character_styles(file)
    root.append(contract_table())


def _style(file: File, name: str) -> ParagraphStyle:
    found = file.styles[name]
    assert isinstance(found, ParagraphStyle)  # noqa: S101  # for the type checker
    return found


def _defaults() -> Element:
    fonts = element("rFonts", ascii=FACE, hAnsi=FACE, eastAsia=FACE, cs="Times New Roman")
    language = element("lang", val="en-US", eastAsia="en-US", bidi="ar-SA")
    run = element("rPr", fonts, element("sz", val=22), element("szCs", val=22), language)
    return element("docDefaults", element("rPrDefault", run), element("pPrDefault", element("pPr")))


def _paragraph_style(file: File, look: Look) -> None:
    style = file.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=look.name in BUILT_IN)
    style.base_style = file.styles["Normal"]
    style.hidden = False
    style.quick_style = look.name not in BUILT_IN or look.name.startswith("Heading")
    style.font.size, style.font.bold = Pt(look.size), look.bold or None
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(look.before), Pt(look.after), look.line
    layout.keep_with_next = layout.keep_together = look.keep or None
    layout.page_break_before = look.page or None
    layout.alignment = CENTER if look.center else None
    if look.left or look.right:
        layout.left_indent, layout.right_indent = Inches(look.left), Inches(look.right)
        layout.first_line_indent = Inches(-look.hang) if look.hang else None
    _finish(style.element.get_or_add_pPr(), look)
    if look.name.startswith("toc"):
        layout.tab_stops.add_tab_stop(Inches(look.left))
        layout.tab_stops.add_tab_stop(Inches(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _finish(properties: Element, look: Look) -> None:
    """Add what python-docx has no names for, each at its place in the schema."""
    later = ("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "jc", "outlineLvl")
    if look.number:
        num, level = look.number
        numbered = element("numPr", *([element("ilvl", val=level)] if level else []), element("numId", val=num))
        _insert(properties, numbered, "pBdr", *later)
    if look.rule:
        wide, space = {"left": (12, 10), "top": (6, 1), "bottom": (4, 3)}[look.rule]
        line = element(look.rule, val="single", sz=wide, space=space, color=RULE)
        _insert(properties, element("pBdr", line), *later)
    if look.name in OUTLINE:
        properties.append(element("outlineLvl", val=OUTLINE[look.name]))


def _insert(parent: Element, new: Element, *later: str) -> None:
    """Put a child before the first of those that the schema has after it."""
    names = {f"{{{elements.W}}}{name}" for name in later}
    place = next((place for place, child in enumerate(parent) if child.tag in names), len(parent))
    parent.insert(place, new)


def _character_styles(file: File) -> None:
    term, blank = (file.styles.add_style(name, WD_STYLE_TYPE.CHARACTER) for name in ("Defined Term", "Blank"))
    term.font.bold = True
    shade = element("shd", val="clear", color="auto", fill=BLANK)  # Word ignores highlighting in a style
    blank.element.get_or_add_rPr().append(shade)
    for style in (term, blank):
        style.quick_style, style.hidden = True, False
    link = file.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.color.rgb = RGBColor(0, 0, 0)


def contract_table() -> Element:
    """Make the style of the contract's tables."""
    edges = [_line(side, 8, DARK_RULE) for side in ("top", "bottom")]
    widths = (("top", 20), ("left", 90), ("bottom", 20), ("right", 90))
    margins = element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in widths))
    borders = element("tblBorders", *edges, _line("insideH", 4, LIGHT_RULE))
    shade = element("shd", val="clear", color="auto", fill=SHADE)
    first = element("tcPr", element("tcBorders", _line("bottom", 8, DARK_RULE)), shade)
    return element(
        "style",
        element("name", val="Contract Table"),
        element("uiPriority", val=99),
        element("qFormat"),
        element("tblPr", element("tblInd", w=0, type="dxa"), borders, margins),
        element("tblStylePr", element("rPr", element("b")), first, type="firstRow"),
        type="table",
        customStyle=1,
        styleId="ContractTable",
    )


def _line(side: str, width: int, color: str) -> Element:
    return element(side, val="single", sz=width, space=0, color=color)


# -- lists --------------------------------------------------------------------------------------


def lists(file: File) -> None:
    """Replace the lists of a new document by ours; each level numbers the style that names it."""
    root = file.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for number, levels in LISTS.items():
        made = [_level(file, number, place, *level) for place, level in enumerate(levels)]
        nsid, tmpl = element("nsid", val=f"0D0C000{number}"), element("tmpl", val=f"0D0C001{number}")
        kind = element("multiLevelType", val="multilevel")
        root.append(element("abstractNum", nsid, kind, tmpl, *made, abstractNumId=number))
    for number in LISTS:
        root.append(element("num", element("abstractNumId", val=number), numId=number))


def _level(file: File, number: int, place: int, numerals: str, text: str) -> Element:
    look = next(look for look in LOOKS if look.number == (number, place))
    return element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=numerals),
        element("pStyle", val=file.styles[look.name].style_id),
        element("suff", val="tab"),
        element("lvlText", val=text),
        element("lvlJc", val="left"),
        element("pPr", element("ind", left=round(look.left * 1440), hanging=round(look.hang * 1440))),
        ilvl=place,
    )


# -- pages --------------------------------------------------------------------------------------


def page(file: File) -> None:
    """Set the page: US Letter, one inch around, a first page without header, and without footer if it is a cover."""
    section = file.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
    section.header_distance = section.footer_distance = Inches(0.5)
    section.different_first_page_header_footer = True
    _header(file, section.header)
    _page_number(file, section.footer.paragraphs[0])
    first = section.first_page_footer
    _page_number(file, first.paragraphs[0])
    first.paragraphs[0].insert_paragraph_before("{%p if no_cover %}", style=_style(file, "footer"))
    for text in ("{%p endif %}", ""):  # a footer has a paragraph, whatever is left out
        first.add_paragraph(text, style=_style(file, "footer"))


def _page_number(file: File, footer: Paragraph) -> None:
    footer.style = _style(file, "footer")
    for part in (elements.run("Page "), *_number("PAGE"), elements.run(" of "), *_number("NUMPAGES")):
        footer._p.append(part)  # noqa: SLF001


def _number(name: str) -> list[Element]:
    return elements.field(name, [elements.run("1")])


def _header(file: File, header: _Header) -> None:
    table = header.add_table(1, 2, Inches(TEXT_WIDTH))
    _frame(table, (3.9, 2.6), "bottom")
    for cell, text, align in zip(table.rows[0].cells, ("{{ title }}", "{{ status }}"), (LEFT, RIGHT), strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style, paragraph.alignment = _style(file, "header"), align
        paragraph.add_run(text)
    header._element.remove(header.paragraphs[0]._p)  # noqa: SLF001
    last = header.add_paragraph(style=_style(file, "header"))
    last.paragraph_format.line_spacing = Pt(6)


def _frame(table: Table, widths: Iterable[float], rule: str, below: int = 0) -> None:
    """Give a table its widths, no side margins, space below each row, and one kind of rule."""
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
        for cell in column.cells:
            cell.width = Inches(width)
    properties = table._tbl.tblPr  # noqa: SLF001
    borders = element("tblBorders", _line(rule, 4, RULE))
    _insert(properties, borders, "shd", "tblLayout", "tblCellMar", "tblLook")
    margins = [element(side, w=w, type="dxa") for side, w in (("left", 0), ("bottom", below), ("right", 0))]
    _insert(properties, element("tblCellMar", *margins), "tblLook")


# -- words --------------------------------------------------------------------------------------

Lines = tuple[tuple[str, str], ...]
FRONT: Lines = (
    ("Contract Title", "{%p if has_cover %}"),
    ("Contract Title", "{{ title }}"),
    ("Cover Rule", ""),
    ("Contract Caption", "{%p for line in caption %}"),
    ("Contract Caption", "{{ line }}"),
    ("Contract Caption", "{%p endfor %}"),
    ("Cover Status", "{%p if status %}"),
    ("Cover Status", "{{ status }}"),
    ("Cover Status", "{%p endif %}"),
    ("Contract Title", "{%p endif %}"),
    ("Contents Heading", "{%p if has_contents %}"),
    ("Contents Heading", "Contents"),
    ("toc 1", "{{ contents }}"),
    ("Contents Heading", "{%p endif %}"),
    ("Agreement Title", "{{ title }}"),
    ("Agreement Status", "{%p if no_cover %}"),
    ("Agreement Status", "{%p if status %}"),
    ("Agreement Status", "{{ status }}"),
    ("Agreement Status", "{%p endif %}"),
    ("Agreement Status", "{%p endif %}"),
    ("Opening Text", "{{ opening }}"),
    ("Recitals Heading", "{%p if has_recitals %}"),
    ("Recitals Heading", "Recitals"),
    ("Opening Text", "{{ recitals }}"),
    ("Recitals Heading", "{%p endif %}"),
    ("Section Text", "{{ articles }}"),
    ("Signature Heading", "{%p if signatures %}"),
    ("Signature Heading", "Signatures"),
    ("Signature Lead", "The Parties sign this Agreement on the dates written below."),
)
PARTY: Lines = (
    ("Signature Party", "{{ block.party }}"),
    ("Signature Text", "{%p if block.note %}"),
    ("Signature Text", "{{ block.note }}"),
    ("Signature Text", "{%p endif %}"),
)
SIGNER: Lines = (
    ("Signature Text", "{%p for signer in block.signers %}"),
    ("Signature Line", "By:\t\t"),
    ("Signature Text", "Name:\t{{ signer.name }}"),
    ("Signature Text", "Title:\t{{ signer.title }}"),
    ("Signature Text", "Date:\t\t"),
    ("Signature Text", "{%p endfor %}"),
)
BACK: Lines = (("Signature Text", "{%p endif %}"), ("Exhibit Text", "{{ exhibits }}"))


def body(file: File) -> None:
    """Write the template's own words and its fields."""
    _paragraphs(file, file, FRONT)
    _signatures(file)
    _paragraphs(file, file, BACK)


def _paragraphs(file: File, place: File | _Cell, lines: Lines) -> None:
    for style, text in lines:
        place.add_paragraph(text, style=_style(file, style))


def _signatures(file: File) -> None:
    """Write the signature page: a row for each party, never broken, its name and note left, its signers right."""
    table = file.add_table(3, 2)
    _frame(table, (2.9, 3.6), "insideH", 140)
    opening, row, closing = table.rows
    opening.cells[0].paragraphs[0].add_run("{%tr for block in signatures %}")
    closing.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    row._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001
    for cell, lines in zip(row.cells, (PARTY, SIGNER), strict=True):
        empty = cell.paragraphs[0]._p  # noqa: SLF001
        _paragraphs(file, cell, lines)
        cell._tc.remove(empty)  # noqa: SLF001
    for name in ("Signature Line", "Signature Text"):
        stops = _style(file, name).paragraph_format.tab_stops
        stops.add_tab_stop(Inches(0.55))
        stops.add_tab_stop(Inches(3.6), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)


# -- the file -----------------------------------------------------------------------------------


def fonts() -> Element:
    """Make the table of fonts, with the one to use where ours is missing."""
    kind = (element("altName", val=SUBSTITUTE), element("family", val="roman"), element("pitch", val="variable"))
    return element("fonts", element("font", *kind, name=FACE))


def build() -> bytes:
    """Make the template."""
    file = Document()
    styles(file)
    lists(file)
    page(file)
    body(file)
    for key in [key for key, rel in file.part.rels.items() if rel.reltype.endswith(("/theme", "/webSettings"))]:
        del file.part.rels[key]
    made = io.BytesIO()
    file.save(made)
    parts = package.unpack(made.getvalue())
    parts |= {name: package.serialize(_plain(package.parse(xml))) for name, xml in parts.items() if name[:5] == "word/"}
    parts |= {"word/settings.xml": package.serialize(settings()), "word/fontTable.xml": package.serialize(fonts())}
    return package.pack(traces.scrub(parts, "Agreement"))


def _plain(root: Element) -> Element:
    """Take out the namespaces that a new document declares but doesn't use."""
    root.attrib.pop("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", "")
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return root


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("agreement.docx")
    out.write_bytes(build())
