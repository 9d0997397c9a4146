"""Builds the template of the changed sections of a packet, changes.docx: its page, its styles, and its fields.

The same bytes each time. A firm changes the file itself in Word (docs/packet.md). The styles of the contract's text
have the names and the looks that they have in the contract's template; their numbers are words.

    python templates/build_changes.py [OUT]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import build_agreement  # beside this file
import plain
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt, RGBColor
from plain import Lines, finished, lines, page_number, repeated

from drafter.word.oxml.elements import Element, element

if TYPE_CHECKING:
    from docx.document import Document as File

FACE = "Cambria"
RULE, SHADE = "8C8C8C", "F2F2F2"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph style looks: sizes and spaces in points, indents in inches, `hang` to the left of `left`."""

    name: str
    size: float = 11
    before: float = 0
    after: float = 0
    left: float = 0
    hang: float = 0
    bold: bool = False
    keep: bool = False
    rule: str = ""
    shade: bool = False


LOOKS = (
    Look("Changes Title", 20, 0, 6, bold=True, keep=True),
    Look("Changes Text", 10.5, 0, 5),
    Look("Changes Group", 13, 18, 4, bold=True, keep=True, rule="bottom"),
    Look("Changes Heading", 11.5, 13, 4, bold=True, keep=True),
    Look("Changes Note", 9.5, 1, 1, 0.15, keep=True, shade=True),
    Look("Section Text", 11, 4, 3, 0.15),
    Look("Section Item", 11, 2, 2, 0.65, 0.5),
    Look("Section Subitem", 11, 1, 3, 1.15, 0.5),
    Look("Recital", 11, 3, 5, 0.65, 0.5),
    Look("Quoted Policy", 10, 5, 7, 0.8, rule="left"),
    Look("Table Text", 9.5, 3, 3),
    Look("Table Header", 9.5, 3, 3, bold=True, keep=True),
)
OUTLINE = {"Changes Title": 0, "Changes Group": 1, "Changes Heading": 2}


def styles(file: File) -> None:
    """Make the styles of the words around the sections, and of the contract's own text."""
    plain.tidy(file)
    normal = file.styles["Normal"]
    normal.font.size = Pt(11)
    fonts = element("rFonts", ascii=FACE, hAnsi=FACE, eastAsia=FACE, cs="Times New Roman")
    normal.element.get_or_add_rPr().insert(0, fonts)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.1
    normal.paragraph_format.widow_control = True
    for look in LOOKS:
        _style(file, look)
    term, blank, label = (
        file.styles.add_style(name, WD_STYLE_TYPE.CHARACTER) for name in ("Defined Term", "Blank", "Changes Label")
    )
    term.font.bold = label.font.bold = True
    blank.element.get_or_add_rPr().append(element("shd", val="clear", color="auto", fill=build_agreement.BLANK))
    file.styles.element.append(build_agreement.contract_table())


def _style(file: File, look: Look) -> None:
    style = file.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = file.styles["Normal"], True
    style.font.size, style.font.bold = Pt(look.size), look.bold or None
    style.font.color.rgb = RGBColor(0, 0, 0)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.keep_with_next = look.keep or None
    layout.left_indent = Inches(look.left) if look.left else None
    layout.first_line_indent = Inches(-look.hang) if look.hang else None
    if look.hang:
        layout.tab_stops.add_tab_stop(Inches(look.left))
    properties = style.element.get_or_add_pPr()
    if look.shade:
        _before(properties, element("shd", val="clear", color="auto", fill=SHADE), "tabs", "spacing")
    if look.rule:
        wide, space = {"left": (12, 10), "bottom": (6, 2)}[look.rule]
        line = element(look.rule, val="single", sz=wide, space=space, color=RULE)
        _before(properties, element("pBdr", line), "shd", "tabs", "spacing")
    if look.name in OUTLINE:
        properties.append(element("outlineLvl", val=OUTLINE[look.name]))


def _before(parent: Element, new: Element, *names: str) -> None:
    """Put a child before the first of some names, at its place in the schema."""
    found = (n for n, child in enumerate(parent) if child.tag.rpartition("}")[2] in names)
    parent.insert(next(found, len(parent)), new)


def page(file: File) -> None:
    """Set the margins, and the page number at the foot."""
    section = file.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    section.top_margin, section.bottom_margin = Inches(0.8), Inches(0.7)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("Changed sections, page ")
    foot._p.append(page_number("PAGE", size=17))  # noqa: SLF001
    foot.add_run(" of ")
    foot._p.append(page_number("NUMPAGES", size=17))  # noqa: SLF001
    for run in foot.runs:
        run.font.size = Pt(8.5)


NOTES = (("state", "Change"), ("said", "Before"), ("now", "Now"), ("why", "Why"))
TOP: Lines = (("Changes Title", "Changed sections"), ("Changes Text", "{{ title }}"))


def body(file: File) -> None:
    """Write the headings and labels, and the fields."""
    lines(file, (*TOP, *repeated("Changes Text", "summary")))
    lines(file, [("Changes Text", "{%p for group in groups %}"), ("Changes Group", "{{ group.title }}")])
    lines(file, [("Changes Text", "{%p for section in group.sections %}")])
    lines(file, _optional("Changes Heading", "section.heading"))
    for field, label in NOTES:
        note(file, f"{{%p if section.{field} %}}", label, f"{{{{ section.{field} }}}}", "{%p endif %}")
    note(file, "{%p for line in section.policy %}", "Policy", "{{ line }}", "{%p endfor %}")
    lines(file, [("Section Text", "{{ section.text }}")])
    lines(file, [("Changes Text", "{%p endfor %}"), ("Changes Text", "{%p endfor %}")])


def _optional(style: str, field: str) -> Lines:
    return ((style, f"{{%p if {field} %}}"), (style, f"{{{{ {field} }}}}"), (style, "{%p endif %}"))


def note(file: File, before: str, label: str, field: str, after: str) -> None:
    """Write a line of what is said of a section, between two tags."""
    lines(file, [("Changes Note", before)])
    line = file.add_paragraph(style="Changes Note")
    line.add_run(f"{label}: ", style="Changes Label")
    line.add_run(field)
    lines(file, [("Changes Note", after)])


def build() -> bytes:
    """Make the template."""
    file = Document()
    styles(file)
    page(file)
    body(file)
    return finished(file, "Changed sections")


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("changes.docx")
    out.write_bytes(build())
