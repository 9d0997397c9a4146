"""Helps to build the templates that start from a new document of python-docx: words, tables, and the file itself."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.shared import Inches

from drafter.word.oxml import package, traces
from drafter.word.oxml.elements import Element, element, w

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document as File
    from docx.table import Table, _Cell

KEPT = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer"})
WORD = "http://schemas.microsoft.com/office/word"
UNUSED = ("/theme", "/webSettings", "/numbering")  # parts that a new document has


Lines = Sequence[tuple[str, str]]  # of a paragraph, its style and its text
Row = Sequence[Lines] | str  # the cells; or the tag that repeats the rows up to its end


def lines(place: File | _Cell, content: Lines) -> None:
    """Write paragraphs."""
    for style, text in content:
        place.add_paragraph(text, style=style)


def repeated(style: str, field: str) -> Lines:
    """Return a loop over the lines of a field."""
    return ((style, f"{{%p for line in {field} %}}"), (style, "{{ line }}"), (style, "{%p endfor %}"))


def table(file: File, style: str, widths: Sequence[float], rows: Sequence[Row]) -> Table:
    """Write a table with columns of some widths, in inches; a row with fewer cells spans the last of them."""
    made = file.add_table(len(rows), len(widths), style=style)
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Inches(width)
    for row, content in zip(made.rows, rows, strict=True):
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Inches(width)
        if isinstance(content, str):
            row.cells[0].paragraphs[0].text = content
            continue
        if len(content) < len(widths):
            row.cells[0].merge(row.cells[len(widths) - 1])
        for cell, inside in zip(row.cells, content, strict=False):
            for old in list(cell.paragraphs):
                cell._tc.remove(old._p)  # noqa: SLF001
            lines(cell, inside)
    return made


def page_number(name: str, size: int = 0) -> Element:
    """Make the field of a page's number (PAGE) or of how many there are (NUMPAGES); `size` is in half points."""
    text = element("t")
    text.text = "1"
    look = [element("rPr", element("sz", val=size))] if size else []
    return element("fldSimple", element("r", *look, text), instr=f" {name} ")


def settings() -> Element:
    """Make the settings: Word's present way of laying out, and American English.

    The marks of compatibility are those that Word writes into a new document.
    """
    modes = (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    )
    return element(
        "settings",
        element("zoom", percent=100),
        element("defaultTabStop", val=720),
        element("characterSpacingControl", val="doNotCompress"),
        element("compat", *(element("compatSetting", name=name, uri=WORD, val=value) for name, value in modes)),
        element("themeFontLang", val="en-US"),
        element("decimalSymbol", val="."),
        element("listSeparator", val=","),
    )


def tidy(file: File) -> None:
    """Take out the styles that a new document brings and the template does not use."""
    for style in list(file.styles):
        if style.name not in KEPT:
            style.element.getparent().remove(style.element)


def finished(file: File, title: str, more: Mapping[str, bytes] | None = None) -> bytes:
    """Return the template without parts and links that lead nowhere; `more` are parts in the place of its own."""
    for key in [key for key, rel in file.part.rels.items() if rel.reltype.endswith(UNUSED)]:
        del file.part.rels[key]
    known = {style.get(w("styleId")) for style in file.styles.element.iter(w("style"))}
    for link in [link for link in file.styles.element.iter(w("link")) if link.get(w("val")) not in known]:
        link.getparent().remove(link)  # to a style that is not here
    made = io.BytesIO()
    file.save(made)
    own = {"word/settings.xml": package.serialize(settings()), **(more or {})}
    return package.pack(traces.scrub({**package.unpack(made.getvalue()), **own}, title))
