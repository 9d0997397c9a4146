"""What the Word file says is what the contract says, read by `docx_text`, which shares nothing with the writer."""

import importlib.util
import io
import re
import shutil
import string
import subprocess
import sys
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import accessible
import docx_text
import pairs
import pytest
import small
from docx_text import W
from generated import small_library
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from often import often

from drafter import contract
from drafter.base.problems import DraftingError
from drafter.contract import (
    Answer,
    Article,
    Blank,
    Contract,
    Definition,
    Exhibit,
    Paragraph,
    Reference,
    Section,
    SignatureBlock,
    Signer,
    Table,
    Text,
    Use,
    joined,
    words,
)
from drafter.pdf import office
from drafter.word import filling, writer

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "templates" / "agreement.docx"


def runs(*parts):
    return joined(Text(part) if isinstance(part, str) else part for part in parts)


def text(*parts):
    return Paragraph(runs(*parts))


def item(number, *parts, label=""):
    return Paragraph(runs(*parts), "item", number, label)


def subitem(number, *parts, label=""):
    return Paragraph(runs(*parts), "subitem", number, label)


def section(name, number, heading, *blocks):
    return Section(name, number, heading, "standard", "preferred", ("IV.F(a)",), (), f"clauses/{name}.md", blocks)


OPENING = section(
    "parties",
    "",
    "",
    text("This agreement (the ", Definition("Agreement"), ") is between ", Answer("ISD 283", "district.name"), " at "),
    text(Blank("District address", "district.address"), " and ", Answer("the City", "city.name"), "."),
)
RECITALS = section(
    "background",
    "",
    "Background",
    Paragraph(runs("The District has a policy."), "recital", "A."),
    Paragraph(runs("The City has officers."), "recital", "B."),
)
FORCE = section(
    "force",
    "1.1",
    "Standard for force",
    text("The ", Use("SRO", "SRO"), " must not:"),
    item("(a)", "use force solely to enforce a school rule;"),
    item("(b)", "use prone restraint, save under Section ", Reference("2.1", "pay"), ":", label="force.prone"),
    subitem("(i)", "in an emergency, or"),
    subitem("(ii)", "as ", Reference("Exhibit A", "exhibit:contacts"), " says."),
    text("The parties also agree:"),
    item("(c)", "paragraph ", Reference("(b)", "force.prone"), " of Section ", Reference("1.1", "force"), " survives."),
)
QUOTE = section(
    "quote",
    "1.2",
    "The policy",
    text("Policy 507.5 says:"),
    Paragraph(runs("Ideally any contract will prohibit the use of prone restraint."), "quote"),
    item("(a)", "A new section starts at (a) again."),
)
PAY = section(
    "pay",
    "2.1",
    "Payment",
    text("The District must pay:"),
    Table(
        (runs("Year"), runs("Fee")),
        (
            (runs("2026"), runs(Answer("$120,000", "fee"))),
            (runs("2027"), runs("see ", Reference("Article 1", "article:force"))),
        ),
    ),
    text("Subject to ", Reference("Article 2", "article:pay"), "."),
)
CONTACTS = Exhibit(
    "contacts",
    "A",
    "Contacts",
    (
        section(
            "people", "", "People", text("Each school:"), item("(a)", "one"), subitem("(i)", "deep"), item("(b)", "two")
        ),
        section(
            "changes",
            "",
            "Changes",
            item("(a)", "again"),
            subitem("(i)", "and deep", label="changes.deep"),
            item("(b)", "b"),
        ),
        section("grid", "", "Grid", Table((runs("A"),), ((runs("1"),),)), Table((runs("B"),), ((runs("2"),),))),
    ),
)
POLICY = Exhibit("policy", "B", "The Policy", (section("policy", "", "Hidden", text("Text."), item("(a)", "last")),))
SIGNATURES = (
    SignatureBlock(
        runs(Answer("ISD 283", "district.name")),
        runs("By order of the board."),
        (Signer(runs(Blank("Chair", "chair")), runs("Chair")), Signer(runs("Kim Lee"), runs("Clerk"))),
    ),
    SignatureBlock(runs("City"), (), (Signer(runs("Pat Roe"), runs("Mayor")),)),
)
CONTRACT = Contract(
    title="School Resource Officer Agreement",
    caption=(runs("between"), runs(Answer("ISD 283", "district.name")), runs("and"), runs(Blank("City", "city.name"))),
    opening=(OPENING,),
    recitals=(RECITALS,),
    articles=(Article("force", "1", "Use of Force", (FORCE, QUOTE)), Article("pay", "2", "Payment", (PAY,))),
    signatures=SIGNATURES,
    exhibits=(CONTACTS, POLICY),
)


@pytest.fixture(scope="module")
def written():
    return writer.write(CONTRACT, TEMPLATE)


def of_style(data, *names):
    return [line for line in docx_text.body(data) if line.style in names]


def changed_template(folder, **changes):
    """Copy the shipped template with each `old` text of its body replaced by `new`; keys name other parts."""
    path = folder / "changed.docx"
    parts = docx_text.parts(TEMPLATE.read_bytes())
    for part, replaced in changes.items():
        name = f"word/{part}.xml"
        for old, new in replaced:
            assert old in parts[name].decode(), old
            parts[name] = parts[name].decode().replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


# -- words and numbers --------------------------------------------------------------------------


def expected_lines(made):
    """Every paragraph between the title page and the signatures, and of the exhibits: number and text."""
    for part in (*made.opening, *made.recitals):
        yield from expected_section(part)
    for article in made.articles:
        yield f"Article {article.number}", article.title
        for part in article.sections:
            yield part.number, part.heading
            yield from expected_section(part)
    for exhibit in made.exhibits:
        yield f"Exhibit {exhibit.number}", exhibit.title
        for part in exhibit.sections:
            if len(exhibit.sections) > 1:
                yield part.number, part.heading
            yield from expected_section(part)


def expected_section(part):
    for block in part.blocks:
        if isinstance(block, Paragraph):
            yield block.number, words(block.runs)
        else:
            yield from (("", words(cell)) for row in (block.header, *block.rows) for cell in row)


FRONT = (
    "Contract Title",
    "Cover Rule",
    "Contract Caption",
    "Cover Status",
    "Contents Heading",
    "Agreement Title",
    "toc 1",
    "toc 2",
)
SIGNED = tuple(f"Signature {name}" for name in ("Heading", "Lead", "Party", "Line", "Text"))
WITHOUT = (*FRONT, "Recitals Heading", *SIGNED)


def body_lines(data):
    """Number and text of what is not the template's own, empty paragraphs after tables left out."""
    return [(x.number, x.text) for x in docx_text.body(data) if x.style not in WITHOUT and (x.text or x.cell)]


def test_the_file_says_what_the_contract_says_and_word_computes_its_numbers(written):
    assert body_lines(written) == list(expected_lines(CONTRACT))


def test_each_kind_of_paragraph_has_its_style(written):
    styles = {line.text: line.style for line in docx_text.body(written)}
    assert styles["The City has officers."] == "Recital"
    assert styles["The SRO must not:"] == "Section Text"
    assert styles["use force solely to enforce a school rule;"] == "Section Item"
    assert styles["in an emergency, or"] == "Section Subitem"
    assert styles["Ideally any contract will prohibit the use of prone restraint."] == "Quoted Policy"
    assert styles["Each school:"] == "Exhibit Text"
    assert styles["People"] == "Exhibit Heading"
    assert styles["two"] == "Exhibit Item"
    assert styles["deep"] == "Exhibit Subitem"
    assert styles["Year"] == "Table Header"
    assert styles["$120,000"] == "Table Text"


def test_the_heading_of_an_exhibits_only_section_is_left_out(written):
    assert "Hidden" not in docx_text.plain_text(written)


def test_an_item_without_a_number_prints_none():
    part = section("force", "1.1", "Force", item("", "bare"), item("(a)", "first"))
    made = replace(CONTRACT, articles=(Article("force", "1", "Force", (part,)),))
    assert body_lines(writer.write(made, TEMPLATE))[6:8] == [("", "bare"), ("(a)", "first")]


def test_a_second_list_in_one_section_starts_again_when_the_contract_says_so():
    part = section(
        "force", "1.1", "Force", item("(a)", "x"), item("(b)", "x"), text("y"), item("(a)", "x"), item("(b)", "x")
    )
    after = section("next", "1.2", "Next", item("(a)", "z"))
    made = replace(CONTRACT, recitals=(), articles=(Article("force", "1", "Force", (part, after)),), exhibits=())
    numbers = [line.number for line in of_style(writer.write(made, TEMPLATE), "Section Item")]
    assert numbers == ["(a)", "(b)", "(a)", "(b)", "(a)"]


def test_definitions_are_bold_inside_quotation_marks(written):
    line = next(line for line in docx_text.body(written) if line.text.startswith("This agreement"))
    assert [(span.text, span.bold) for span in line.spans][:3] == [
        ("This agreement (the “", False),
        ("Agreement", True),
        ("”) is between ISD 283 at ", False),
    ]


def test_blanks_are_marked_wherever_they_stand(written):
    assert [span.text for line in docx_text.lines(written) for span in line.spans if span.blank] == [
        "[City]",
        "[District address]",
        "[Chair]",
    ]


# -- references and bookmarks -------------------------------------------------------------------


def test_the_cached_text_of_each_reference_is_the_number_of_the_paragraph_that_its_bookmark_marks(written):
    numbers = docx_text.targets(written)
    found = docx_text.references(written)
    assert found == [(text_, writer.target_mark(target)) for text_, target in contract_references(CONTRACT)]
    assert len(found) == 6
    for shown, bookmark in found:
        assert shown == numbers[bookmark]


def contract_references(made):
    return [(run.text, run.target) for run in contract.all_runs(made) if isinstance(run, Reference)]


def test_every_target_of_the_contract_has_its_bookmark(written):
    numbers = docx_text.targets(written)
    assert {target: numbers[writer.target_mark(target)] for target in contract.targets(CONTRACT)} == contract.targets(
        CONTRACT
    )


def test_a_reference_to_what_is_not_in_the_contract_is_plain_text():
    lost = replace(CONTRACT, opening=(section("parties", "", "", text("See ", Reference("9.9", "nowhere"), ".")),))
    data = writer.write(lost, TEMPLATE)
    assert "See 9.9." in docx_text.plain_text(data)
    assert writer.target_mark("nowhere") not in docx_text.parts(data)["word/document.xml"].decode()


def test_every_section_is_wrapped_in_a_bookmark_of_its_own(written):
    wrapped = {}
    for line in docx_text.body(written):
        for name in line.sections:
            wrapped.setdefault(name, []).append(line.text)
    for part in contract.sections(CONTRACT):
        lines = wrapped.pop(writer.section_mark(part.id))
        own = [words(cell) for block in part.blocks for cell in contract.block_runs(block)]
        assert [line for line in lines if line][-len(own) :] == own
        assert len([line for line in lines if line]) - len(own) == (
            1 if part.number or part.heading not in ("", "Hidden", "Background") else 0
        )
    assert not wrapped


def test_bookmarks_are_paired_numbered_once_and_short(written):
    root = etree.fromstring(docx_text.parts(written)["word/document.xml"])
    starts = [(node.get(W + "id"), node.get(W + "name")) for node in root.iter(W + "bookmarkStart")]
    ends = [node.get(W + "id") for node in root.iter(W + "bookmarkEnd")]
    assert len({key for key, _ in starts}) == len({name for _, name in starts}) == len(starts)
    assert sorted(key for key, _ in starts) == sorted(ends)
    assert all(re.fullmatch(r"_[cr]_[0-9a-f]{12}", name) for _, name in starts)


# -- pages --------------------------------------------------------------------------------------


def test_the_contents_list_every_article_section_and_exhibit(written):
    assert [line.text for line in of_style(written, "toc 1", "toc 2")] == [
        "Article 1\tUse of Force",
        "1.1\tStandard for force",
        "1.2\tThe policy",
        "Article 2\tPayment",
        "2.1\tPayment",
        "Exhibit A\tContacts",
        "Exhibit B\tThe Policy",
    ]
    assert rb'TOC \o "1-2" \h \z \u' in docx_text.parts(written)["word/document.xml"]


def test_with_pages_the_contents_show_them():
    data = writer.write(CONTRACT, TEMPLATE, {"article:force": 3, "pay": 12})
    entries = [line.text for line in of_style(data, "toc 1", "toc 2")]
    assert entries[0] == "Article 1\tUse of Force\t3"
    assert entries[1] == "1.1\tStandard for force"
    assert entries[4] == "2.1\tPayment\t12"


@pytest.mark.parametrize(
    ("status", "deviations", "shown"),
    [
        ("draft", (), "DRAFT"),
        ("draft", ("IV.F(b)",), "DRAFT, departs from requirement IV.F(b)"),
        ("draft", ("IV.C(a)", "V.A"), "DRAFT, departs from requirements IV.C(a), V.A"),
        ("final", (), ""),
        ("final", ("V.A",), "departs from requirement V.A"),
    ],
)
def test_header_and_cover_show_the_status(status, deviations, shown):
    lines = docx_text.lines(writer.write(replace(CONTRACT, status=status, deviations=deviations), TEMPLATE))
    header = [line.text for line in lines if line.where == "header" and line.cell]
    assert header == [CONTRACT.title, shown]
    assert [line.text for line in lines if line.style == "Cover Status"] == ([shown] if shown else [])


def test_footer_counts_pages(written):
    footers = [line.text for line in docx_text.lines(written) if line.where == "footer"]
    assert footers == ["Page 1 of 1", ""]  # the second is the first page's, which a contract with a cover leaves empty
    footer = docx_text.parts(written)["word/footer1.xml"].decode()
    assert [code.strip() for code in re.findall(r"<w:instrText[^>]*>([^<]*)", footer)] == ["PAGE", "NUMPAGES"]


def test_the_cover_has_the_title_and_every_line_of_the_caption(written):
    assert [line.text for line in of_style(written, "Contract Title", "Contract Caption")] == [
        CONTRACT.title,
        *map(words, CONTRACT.caption),
    ]


def test_without_recitals_their_heading_is_left_out(written):
    assert [line.text for line in of_style(written, "Recitals Heading")] == ["Recitals"]
    assert not of_style(writer.write(replace(CONTRACT, recitals=()), TEMPLATE), "Recitals Heading", "Recital")


def test_each_party_has_its_row_of_signatures_which_never_breaks(written):
    root = etree.fromstring(docx_text.parts(written)["word/document.xml"])
    rows = [row for row in root.iter(W + "tr") if "By:" in "".join(row.itertext())]
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, True]
    told = [
        "".join(line.text for line in docx_text.body(written) if line.cell and line.cell[:2] == (1, row))
        for row in (0, 1)
    ]
    for words_ in ("ISD 283", "By order of the board.", "[Chair]", "Kim Lee", "Clerk"):
        assert words_ in told[0]
    assert "Pat Roe" in told[1]
    assert "Kim Lee" not in told[1]


def test_headings_and_the_text_before_items_stay_with_what_follows(written):
    stays = {line.text: line.keep_next for line in docx_text.body(written)}
    for words_ in (
        "Use of Force",
        "Standard for force",
        "The SRO must not:",
        "The District must pay:",
        "People",
        "Signatures",
        "The Parties sign this Agreement on the dates written below.",
        "Year",
    ):
        assert stays[words_], words_
    assert not stays["Subject to Article 2."]


def test_tables_repeat_their_header_and_no_row_breaks(written):
    root = etree.fromstring(docx_text.parts(written)["word/document.xml"])
    tables = [t for t in root.iter(W + "tbl") if t.find(f"{W}tblPr/{W}tblStyle[@{W}val='ContractTable']") is not None]
    assert len(tables) == 3
    for table in tables:
        rows = table.findall(W + "tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        widths = [int(column.get(W + "w")) for column in table.iter(W + "gridCol")]
        assert sum(widths) == int(table.find(f"{W}tblPr/{W}tblW").get(W + "w"))
        assert min(widths) > 0


def widths_of(*rows):
    """Return the widths of the columns of a table with these rows."""
    cells = [tuple((Text(cell),) for cell in row) for row in rows]
    made = small.draft(small_library())[0]
    first = made.articles[0].sections[0]
    table = Table(cells[0], tuple(cells[1:]))
    made = pairs.over_sections(made, lambda s: replace(s, blocks=(*s.blocks, table)) if s.id == first.id else s)
    root = etree.fromstring(docx_text.parts(writer.write(made, TEMPLATE))["word/document.xml"])
    (found,) = (t for t in root.iter(W + "tbl") if rows[1][0] in "".join(t.itertext()).replace("\u00a0", " "))
    return [int(column.get(W + "w")) for column in found.iter(W + "gridCol")]


LONG_CELL = (
    "No course with an open seat was offered between the appointment and the first day of duties of this officer."
)
CAMBRIA = 85  # the width of the average letter of a text, in twentieths of a point at 9.5 points


@pytest.mark.parametrize("short", ["Officer Lee Specimen", "St. Louis Park High School"])
def test_a_short_cell_has_one_line_beside_a_long_one(short):
    name, *_, why, more = widths_of(("Officer", "Days", "Why", "More"), (short, "25", LONG_CELL, LONG_CELL))
    assert name >= CAMBRIA * len(short) + 180
    assert min(why, more) > name / 2
    assert abs(why - more) < 2


def test_no_word_of_a_cell_breaks_where_there_is_room():
    address = "superintendent.of.schools@example.org"
    columns = widths_of(("Name", "Email", "Why", "More"), ("Patrick Roe", address, LONG_CELL, LONG_CELL))
    assert columns[1] >= CAMBRIA * len(address) + 180
    wide = widths_of(("WWWWWWWWWW", "iiiiiiiiii", "x"), ("a cell", "b", LONG_CELL))
    assert wide[0] > 2 * (wide[1] - 220) + 220 > 440


def test_tables_never_touch_and_never_end_the_body():
    made = replace(CONTRACT, exhibits=CONTRACT.exhibits[:1])
    body = etree.fromstring(docx_text.parts(writer.write(made, TEMPLATE))["word/document.xml"]).find(W + "body")
    tags = [child.tag.removeprefix(W) for child in body if child.tag in (W + "p", W + "tbl", W + "sectPr")]
    assert ("tbl", "tbl") not in pairwise(tags)
    assert tags[-2:] == ["p", "sectPr"]


# -- the package --------------------------------------------------------------------------------


def test_two_writes_give_equal_bytes(written):
    assert writer.write(CONTRACT, TEMPLATE) == written


def test_the_zip_is_fixed(written):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.compress_type, entry.create_system) for entry in entries} == {(zipfile.ZIP_STORED, 0)}


def test_the_file_tells_nothing_of_who_wrote_it_where_or_when(written):
    parts = docx_text.parts(written)
    assert etree.fromstring(parts["docProps/core.xml"]).xpath("string()") == CONTRACT.title
    assert not [name for name in parts if name.startswith(("customXml", "docProps/thumb", "docProps/custom"))]
    facts = {etree.QName(node).localname for node in etree.fromstring(parts["docProps/app.xml"])}
    assert facts == {"DocSecurity", "ScaleCrop", "SharedDoc"}  # neither a program, a company nor a template
    known = (
        str(ROOT),
        str(Path.home()),
        Path.home().name + "/",
        "python-docx",
        "rsid",
        "clauses/",
        "IV.F(a)",
        "preferred",
    )
    for name, content in parts.items():
        for secret in known:
            assert secret.encode() not in content, (name, secret)


def test_a_templates_traces_do_not_reach_the_contract(tmp_path):
    path = changed_template(
        tmp_path,
        document=[("<w:body><w:p>", '<w:body><w:p w:rsidR="00AB12CD"><w:commentRangeStart w:id="7"/>')],
        settings=[("</w:settings>", '<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids></w:settings>')],
    )
    parts = docx_text.parts(writer.write(CONTRACT, path))
    for content in parts.values():
        assert b"00AB12CD" not in content
        assert b"commentRange" not in content


def test_the_language_is_american_english(written):
    assert b'<w:lang w:val="en-US"' in docx_text.parts(written)["word/styles.xml"]


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr tabs spacing ind jc outlineLvl sectPr",
    "rPr": "rStyle rFonts b i color sz szCs highlight shd lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW tcBorders shd",
}


def test_properties_stand_in_the_order_of_the_schema(written):
    for content in docx_text.parts(written).values():
        for node in etree.fromstring(content).iter():
            if (name := str(node.tag).removeprefix(W)) in ORDER:
                places = [ORDER[name].split().index(child.tag.removeprefix(W)) for child in node]
                assert places == sorted(places), etree.tostring(node)


def test_the_shipped_template_is_what_its_script_builds():
    spec = importlib.util.spec_from_file_location("build", ROOT / "templates" / "build_agreement.py")
    build = sys.modules["build"] = importlib.util.module_from_spec(spec)  # its dataclass looks itself up there
    spec.loader.exec_module(build)
    assert build.build() == TEMPLATE.read_bytes()


# -- answers stay what was typed ----------------------------------------------------------------

DIRECTION = "\u061c\u200e\u200f" + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
XML = st.characters(
    exclude_categories=["Cs"],
    exclude_characters="".join(map(chr, {*range(32)} - {9, 10, 13})) + "\ufffe\uffff" + DIRECTION,
)
TRICKS = st.sampled_from(
    [
        "{{ 7*7 }}",
        "{_{",
        "}_}",
        "{%",
        "{%p if x %}",
        "{#",
        "<w:p>",
        "&amp;",
        "]]>",
        "*",
        "שלום",
        "🏫👩‍🏫",
        "a\nb",
        "a\r\nb",
        "\t",
        "\ue0000\ue001",
        " ",
        "",
        "\u00a0",
    ]
)
ANSWERS = st.lists(st.one_of(TRICKS, st.text(XML, max_size=12)), max_size=6).map("".join)


def shown(answer):
    """An answer as a Word file says it: with its line ends, and with spaces, whatever keeps a line together."""
    return answer.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")


@settings(max_examples=often(60), deadline=None)
@given(ANSWERS)
def test_an_answer_of_any_characters_comes_out_as_those_characters_and_nowhere_else(answer):
    said = runs("<", Answer(answer, "q"), ">")
    made = replace(
        CONTRACT,
        title=f"T{answer}",
        caption=(said,),
        opening=(section("parties", "", "", Paragraph(said), Table((said,), ((said,),))),),
        articles=(
            Article(
                "force", "1", f"A{answer}", (section("force", "1.1", f"H{answer}", Paragraph(said, "item", "(a)")),)
            ),
        ),
        signatures=(SignatureBlock(said, said, (Signer(said, said),)),),
    )
    data = writer.write(made, TEMPLATE)
    plain = replace(made, title="T", caption=(runs("<>"),))
    lines = docx_text.lines(data)
    want = shown(answer)
    assert [line.text for line in lines if line.style in ("Contract Title", "Agreement Title")] == [f"T{want}"] * 2
    assert next(line.text for line in lines if line.where == "header") == f"T{want}"
    assert [line.text for line in lines if line.style == "Contract Caption"] == [f"<{want}>"]
    assert body_lines(data) == [(number, shown(line)) for number, line in expected_lines(plain)]
    assert sum(line.text.count(f"<{want}>") for line in lines if line.style.startswith("Signature")) == 4


def letters(count):
    return [f"({letter})" for letter in string.ascii_lowercase[:count]]


ROMANS = [f"({roman})" for roman in ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]]


@st.composite
def numbered(draw, name):
    """Blocks as a section has them: items that go on across texts, subitems that start again below each item."""
    blocks, items, subitems = [], 0, 0
    for kind in draw(st.lists(st.sampled_from(["text", "item", "subitem", "quote", "table"]), max_size=10)):
        if kind == "item":
            items, subitems = items + 1, 0
            blocks.append(item(letters(26)[items - 1], "an item"))
        elif kind == "subitem" and items:
            subitems += 1
            blocks.append(subitem(ROMANS[subitems - 1], "a subitem"))
        elif kind == "table":
            blocks.append(Table((runs("head"),), ((runs("cell"),),)))
        else:
            blocks.append(Paragraph(runs("words"), "quote" if kind == "quote" else "text"))
    return section(name, "", name, *blocks)


def with_parts(exhibit):
    """Give the sections of an exhibit their numbers, where there are several."""
    parts = [replace(part, number=f"{exhibit.number}-{n}") for n, part in enumerate(exhibit.sections, 1)]
    return replace(exhibit, sections=tuple(parts)) if len(parts) > 1 else exhibit


@st.composite
def contracts(draw):
    articles = tuple(
        Article(
            f"a{a}",
            str(a),
            "Title",
            tuple(
                replace(draw(numbered(f"s{a}{s}")), number=f"{a}.{s}") for s in range(1, draw(st.integers(0, 3)) + 1)
            ),
        )
        for a in range(1, draw(st.integers(0, 3)) + 1)
    )
    exhibits = tuple(
        Exhibit(f"e{e}", "ABC"[e], "Title", tuple(draw(numbered(f"x{e}{s}")) for s in range(draw(st.integers(1, 3)))))
        for e in range(draw(st.integers(0, 3)))
    )
    if draw(st.booleans()):  # of an earlier version of the program otherwise
        exhibits = tuple(map(with_parts, exhibits))
    opening = tuple(draw(numbered(f"o{o}")) for o in range(draw(st.integers(0, 2))))
    return Contract("T", (), opening, (RECITALS,), articles, (), exhibits)


@settings(max_examples=often(60), deadline=None)
@given(contracts())
def test_word_computes_the_numbers_of_any_contract(made):
    assert body_lines(writer.write(made, TEMPLATE)) == list(expected_lines(made))


# -- templates ----------------------------------------------------------------------------------


def test_the_shipped_template_is_in_order():
    assert filling.check(TEMPLATE) == ()


WRONG = [
    ("document", "{{ articles }}", "{{ artikles }}", "unknown-field", "artikles", "did you mean 'articles'?"),
    ("document", "{{ articles }}", "", "missing-field", "'articles'", "{{ articles }}"),
    ("document", "for block in signatures", "for block in caption", "unknown-field", "'party'", "word-template.md"),
    ("document", "{{ exhibits }}", "Exhibits", "missing-field", "'exhibits'", "{{ exhibits }}"),
    ("document", "{{ signer.title }}", "{{ signer.tilte }}", "unknown-field", "tilte", "did you mean 'title'?"),
    ("document", "{{ signer.title }}", "{{ signer.party }}", "unknown-field", "party", ""),
    ("header1", "{{ status }}", "{{ state }}", "unknown-field", "a header", "status"),
    ("document", "{{ articles }}", "See {{ articles }}", "misplaced-field", "'articles'", "paragraph of its own"),
    (
        "document",
        "{{ opening }}",
        "{{ opening[:2] }}",
        "template-refused",
        "a part of a field, which can't work: '{{ opening[:2] }}'",
        "",
    ),
    ("document", "{{ line }}", "{{ line }", "template-syntax", "the body", ""),
    ("document", "{%p endfor %}", "", "template-syntax", "", ""),
    ("document", "{%tr endfor %}", "{% endfor %}", "template-syntax", "", ""),
    ("document", "{{ line }}", "{{ line.__class__.__mro__ }}", "unknown-field", "__class__", ""),
    ("document", "{{ line }}", "{{ ''['__class__'] }}", "template-refused", "a part of a field, which can't work", ""),
    ("document", "{{ line }}", "{{ 1 / 0 }}", "template-refused", "a calculation, which can't work: '{{ 1 / 0 }}'", ""),
    (
        "document",
        "{{ line }}",
        "{{ range(999999999) }}",
        "template-refused",
        "a call, which can't work: '{{ range(999999999) }}'",
        "",
    ),
    (
        "styles",
        '<w:name w:val="Section Item"/>',
        '<w:name w:val="Section Items"/>',
        "missing-style",
        "'Section Item'",
        "section items",
    ),
    (
        "styles",
        '<w:name w:val="Blank"/>',
        '<w:name w:val="Empty"/>',
        "missing-style",
        "character style 'Blank'",
        "shipped",
    ),
    ("styles", '<w:name w:val="Contract Table"/>', '<w:name w:val="Grid"/>', "missing-style", "table style", ""),
    ("numbering", 'w:val="(%3)"', 'w:val="%3."', "style-numbering", "'Section Item'", "(%3)"),
    ("numbering", '<w:pStyle w:val="Recital"/>', "", "style-numbering", "'Recital' has no list number", "%1."),
    (
        "document",
        "{{ line }}",
        '</w:t></w:r><w:ins w:id="9" w:author="Pat Roe"><w:r><w:t>x</w:t></w:r></w:ins><w:r><w:t>{{ line }}',
        "template-changes",
        "Pat Roe",
        "Accept",
    ),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong[2][:40])
def test_a_wrong_template_is_told_by_name_and_never_written(tmp_path, wrong):
    part, old, new, code, told, hint = wrong
    path = changed_template(tmp_path, **{part: [(old, new)]})
    problems = filling.check(path)
    assert code in [problem.code for problem in problems], problems
    assert told in str(problems)
    assert hint in " ".join(problem.hint for problem in problems)
    assert {problem.place.path for problem in problems} == {str(path)}
    with pytest.raises(DraftingError):
        writer.write(CONTRACT, path)


def test_all_problems_of_a_template_are_told_at_once(tmp_path):
    changes = {"document": [("{{ title }}", "{{ titel }}")], "styles": [('w:val="Recital"/>', 'w:val="Whereas"/>')]}
    codes = [problem.code for problem in filling.check(changed_template(tmp_path, **changes))]
    assert codes == ["missing-style", "unknown-field"]


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 broken", "docm", "empty zip"])
def test_what_is_not_a_word_file_is_refused(tmp_path, content):
    path = tmp_path / "agreement.docx"
    if content == "docm":
        parts = docx_text.parts(TEMPLATE.read_bytes())
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )
    if isinstance(content, str):
        with zipfile.ZipFile(path, "w") as archive:
            for name, part in parts.items() if content == "docm" else ():
                archive.writestr(name, part)
    else:
        path.write_bytes(content)
    assert [problem.code for problem in filling.check(path)] == ["unreadable-template"]


def test_a_missing_template_is_a_problem(tmp_path):
    assert [problem.code for problem in filling.check(tmp_path / "none.docx")] == ["missing-file"]


@settings(max_examples=often(60), deadline=None)
@given(st.data())
def test_a_damaged_template_gives_problems_and_never_another_exception(tmp_path_factory, data):
    whole = TEMPLATE.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + data.draw(st.binary(max_size=8)) + whole[place + data.draw(st.integers(0, 8)) :]
    path = tmp_path_factory.mktemp("damaged") / "agreement.docx"
    path.write_bytes(damaged)
    try:
        writer.write(CONTRACT, path)
    except DraftingError as error:
        assert error.problems  # noqa: PT017


def test_fields_may_be_split_by_words_own_marks(tmp_path):
    path = changed_template(
        tmp_path,
        document=[
            ("{{ line }}", '{{ li</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>ne }}')
        ],
    )
    assert docx_text.plain_text(writer.write(CONTRACT, path)) == docx_text.plain_text(writer.write(CONTRACT, TEMPLATE))


def test_a_field_takes_the_look_of_the_run_it_stands_in(tmp_path):
    path = changed_template(
        tmp_path,
        document=[
            (
                "<w:r><w:t>{{ line }}",
                '<w:r><w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr><w:t xml:space="preserve">Party: {{ line }} ',
            )
        ],
    )
    lines = of_style(writer.write(CONTRACT, path), "Contract Caption")
    assert [line.text for line in lines] == [f"Party: {words(line)} " for line in CONTRACT.caption]
    assert all(span.bold for line in lines for span in line.spans)
    assert [span.text for span in lines[3].spans if span.blank] == ["[City]"]


def test_a_firms_list_may_be_a_style_of_its_own(tmp_path):
    link = '<w:multiLevelType w:val="multilevel"/><w:numStyleLink w:val="Legal"/></w:abstractNum>'
    num = '<w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num>'
    legal = '<w:name w:val="Legal"/><w:pPr><w:numPr><w:numId w:val="8"/></w:numPr></w:pPr>'
    path = changed_template(
        tmp_path,
        numbering=[
            (
                '<w:abstractNum w:abstractNumId="1">',
                f'<w:abstractNum w:abstractNumId="9">{link}<w:abstractNum w:abstractNumId="1">',
            ),
            ('<w:num w:numId="1"><w:abstractNumId w:val="1"/>', '<w:num w:numId="1"><w:abstractNumId w:val="9"/>'),
            ("</w:numbering>", f"{num}</w:numbering>"),
        ],
        styles=[("</w:styles>", f'<w:style w:type="numbering" w:styleId="Legal">{legal}</w:style></w:styles>')],
    )
    assert filling.check(path) == ()


def test_a_template_may_use_private_characters_itself(tmp_path):
    path = changed_template(tmp_path, document=[("Contents", "\ue0000\ue001 Contents")])
    assert "\ue0000\ue001 Contents" in docx_text.plain_text(writer.write(CONTRACT, path))


# -- other programs -----------------------------------------------------------------------------

in_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def converted(folder, data, kind):
    (folder / "contract.docx").write_bytes(data)
    out = folder / "out"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(out),
        str(folder / "contract.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (out / f"contract.{kind}").read_bytes()


def told(data):
    return [(line.number, line.text) for line in docx_text.body(data) if line.text.strip()]


@in_office
@pytest.mark.office
def test_libreoffice_reads_the_same_words_numbers_and_references(tmp_path, written):
    again = converted(tmp_path, written, "docx")
    assert told(again) == told(written)
    assert [shown for shown, _ in docx_text.references(again)] == [shown for shown, _ in docx_text.references(written)]
    names = {name for line in docx_text.body(again) for name in (*line.bookmarks, *line.sections)}
    assert {writer.section_mark(part.id) for part in contract.sections(CONTRACT)} <= names


@in_office
@pytest.mark.office
def test_libreoffice_recomputes_each_reference_to_the_number_that_is_cached(tmp_path, written):
    parts = docx_text.parts(written)
    stale = re.sub(
        rb'(REF _r_.*?"separate"/></w:r><w:r><w:t xml:space="preserve">)[^<]*', rb"\1??", parts["word/document.xml"]
    )
    path = io.BytesIO()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (parts | {"word/document.xml": stale}).items():
            archive.writestr(name, content)
    again = docx_text.plain_text(converted(tmp_path, path.getvalue(), "docx"))
    assert "??" not in again
    for sentence in (
        "save under Section 2.1:",
        "as Exhibit A says.",
        "paragraph (b) of Section 1.1 survives.",
        "see Article 1",
    ):
        assert sentence in again


@in_office
@pytest.mark.office
def test_the_pdf_has_page_numbers_in_its_contents_and_headings_in_its_outline():
    from pypdf import PdfReader

    data = office.to_pdf(CONTRACT, TEMPLATE)
    assert accessible.failed_rules(data) == set()
    reader = PdfReader(io.BytesIO(data))
    pages = [page.extract_text() for page in reader.pages]
    contents = pages[1].replace("\t", " ")
    for heading, words_ in (
        ("Use of Force", "Standard for force"),
        ("Contacts", "Each school"),
        ("The Policy", "last"),
    ):
        number = int(re.search(rf"{heading}[ .]*(\d+)", contents).group(1))
        assert heading in pages[number - 1]
        assert words_ in pages[number - 1]
    titles = [entry.title.replace("\xa0", " ") for entry in reader.outline if not isinstance(entry, list)]
    assert titles == ["Article 1 Use of Force", "Article 2 Payment", "Exhibit A Contacts", "Exhibit B The Policy"]
    assert reader.metadata.title == CONTRACT.title
    assert data == office.to_pdf(CONTRACT, TEMPLATE)


def test_without_libreoffice_a_problem_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(DraftingError) as caught:
        office.to_pdf(CONTRACT, TEMPLATE)
    assert [problem.code for problem in caught.value.problems] == ["no-libreoffice"]
    assert "install LibreOffice" in caught.value.problems[0].hint


@pytest.mark.parametrize(("script", "told"), [("sleep 60", "after 1 seconds"), ("exit 0", "made no PDF")])
def test_a_libreoffice_that_hangs_or_fails_is_ended_and_told(tmp_path, monkeypatch, script, told):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _name: str(program))
    monkeypatch.setattr(office, "TIMEOUT", 1.0)
    with pytest.raises(DraftingError, match=told):
        office.to_pdf(CONTRACT, TEMPLATE)
