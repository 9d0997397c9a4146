"""A Word file that someone made to take long is read, compared and screened in a time that grows with its size alone.

Each kind here once took the square of its size: every word asked anew for what a long style, table, row, cell or
paragraph around it has. Time is the processor's, and the bound is several times what is needed.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from drafter.base.problems import Place
from drafter.word import incoming, kinds, reader, screen
from drafter.word.oxml import package
from drafter.word.oxml.package import NotWordError

TEMPLATE = Path(__file__).parents[1] / "templates" / "agreement.docx"
MOST = 6  # seconds of a processor; what grew with the square took several times as long
RUN = "<w:r><w:t>a</w:t></w:r>"
HIDES = "<w:style w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style>"
PARTS = "".join(
    f"<w:tblStylePr w:type='{part}'><w:rPr><w:b/></w:rPr></w:tblStylePr>" for part in ("firstRow", "band1Horz")
)
LOOK = "<w:tblPr><w:tblStyle w:val='X'/><w:tblLook w:val='04A0'/></w:tblPr>"


def p(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def tag(name: str, inside: str) -> str:
    return f"<w:{name}>{inside}</w:{name}>"


def style(inside: str, kind: str = "paragraph") -> str:
    return f"<w:style w:type='{kind}' w:styleId='X'>{inside}</w:style>"


def cell(inside: str, *, row: str = "", of: str = "") -> str:
    return f"<w:tr>{row}<w:tc>{of}{inside}</w:tc></w:tr>"


OF_X = "<w:pStyle w:val='X'/>"
N = 3000
STOPS = "".join(f"<w:tab w:pos='{number}'/>" for number in range(2000))
TAB = "<w:r><w:tab/></w:r>"
FIELD = "<w:r><w:fldChar w:fldCharType='begin'/><w:fldChar w:fldCharType='end'/></w:r>"
WIDE = "<w:tcPr><w:gridSpan w:val='1500'/></w:tcPr>"
LONG = {  # the body, and styles
    "a style of many properties": (p(RUN * N, OF_X), style(tag("rPr", "<w:b/>" * N)) + HIDES),
    "a style of many sets of properties": (p(RUN * N, OF_X), style("<w:rPr><w:b/></w:rPr>" * N) + HIDES),
    "a style of many other things": (p(RUN * N, OF_X), style("<w:aliases w:val='a'/>" * N) + HIDES),
    "a style of many tab stops": (p(RUN + TAB, OF_X) * 2000, style(tag("pPr", tag("tabs", STOPS)))),
    "defaults of many sets": (p(RUN * N), tag("docDefaults", tag("rPrDefault", "<w:rPr/>" * N)) + HIDES),
    "a table style of many parts": (tag("tbl", LOOK + cell(p(RUN)) * 1500), style(PARTS * 1500, "table") + HIDES),
    "a paragraph of many properties": (p(RUN * N, "<w:keepNext/>" * N), ""),
    "a cell of many paragraphs": (tag("tbl", LOOK + cell(p(RUN) * N)), style(PARTS, "table")),
    "a cell of many properties": (tag("tbl", cell(p(RUN) * N, of=tag("tcPr", "<w:noWrap/>" * N))), ""),
    "a row of many properties": (tag("tbl", cell(p(RUN) * N, row=tag("trPr", "<w:cantSplit/>" * N))), ""),
    "a table of many properties": (tag("tbl", tag("tblPr", "<w:jc/>" * N) + cell(p(RUN) * N)), ""),
    "a text box in a long run": (tag("p", tag("r", "<w:tab/>" * N + tag("txbxContent", p(RUN) * N))), HIDES),
    "columns that every cell spans": (
        tag("tbl", tag("tblGrid", "<w:gridCol/>" * 1500) + cell(p(RUN), of=WIDE) * 1500), "",
    ),
    "sections that are closed from the last": (
        "".join(f"<w:bookmarkStart w:id='{n}' w:name='_c_{n:012x}'/>" for n in range(N))
        + "".join(f"{p(RUN)}<w:bookmarkEnd w:id='{n}'/>" for n in reversed(range(N))), "",
    ),
    "fields in a long row": (tag("tbl", cell(tag("p", FIELD * N), row="<w:bookmarkEnd/>" * N)), ""),
}  # fmt: skip


def made(body: str, styles: str = "", links: str = "") -> package.Package:
    """Return the parts of a shipped template with another body, more styles and more links."""
    parts = package.unpack(TEMPLATE.read_bytes())
    head, _, rest = parts["word/document.xml"].partition(b"<w:body>")
    last = rest[rest.rindex(b"<w:sectPr") :]
    parts["word/document.xml"] = head + b"<w:body>" + body.encode() + last
    for name, end, more in (
        ("word/styles.xml", b"</w:styles>", styles),
        ("word/_rels/document.xml.rels", b"</Relationships>", links),
    ):
        parts[name] = parts[name].replace(end, more.encode() + end)
    return parts


def seconds(parts: package.Package) -> float:
    """Return how long a file takes to be read as one that came, and screened as a template."""
    data = package.pack(parts)
    started = time.process_time()
    reader.odd(reader.read(incoming.read(data), ()), {})
    list(screen.problems(parts, kinds.AGREEMENT, Place("long.docx")))
    return time.process_time() - started


@pytest.mark.parametrize("name", LONG)
def test_a_long_file_is_read_and_screened_in_time(name):
    assert seconds(made(*LONG[name])) < MOST


def test_a_header_that_many_links_and_sections_lead_to_is_read_once():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    links = "".join(f"<Relationship Id='x{n}' Type='{kind}' Target='header1.xml'/>" for n in range(2000))
    section = "<w:sectPr><w:headerReference w:type='default' r:id='x1'/></w:sectPr>"
    parts = made(p(RUN, section) * 300, links=links)
    header = parts["word/header1.xml"]
    parts["word/header1.xml"] = header.replace(
        b"</w:hdr>", (p(f"{RUN}<w:r><w:tab/></w:r>") * 3000).encode() + b"</w:hdr>"
    )
    assert seconds(parts) < MOST


# -- styles that are based on one another --------------------------------------------------------


def chain(count: int, last: str = "none") -> str:
    """Return styles, each based on the next."""
    based = [*(f"S{n}" for n in range(1, count)), last]
    return "".join(f"<w:style w:styleId='S{n}'><w:basedOn w:val='{base}'/></w:style>" for n, base in enumerate(based))


@pytest.mark.parametrize(("count", "last"), [(51, "none"), (20_000, "none"), (20_000, "S0"), (100, "S60")])
def test_styles_that_are_based_on_one_another_too_deep_are_refused(count, last):
    data = package.pack(made(p(RUN, "<w:pStyle w:val='S0'/>"), chain(count, last)))
    started = time.process_time()
    with pytest.raises(NotWordError, match="its styles are based on one another more than 50 levels deep"):
        incoming.read(data)
    assert time.process_time() - started < MOST


@pytest.mark.parametrize(("count", "last"), [(50, "none"), (10, "S0"), (1, "S0")])
def test_styles_as_deep_as_any_are_read_circles_too(count, last):
    data = package.pack(made(p(RUN, "<w:pStyle w:val='S0'/>"), chain(count, last)))
    assert "a" in reader.read(incoming.read(data), ()).outside
