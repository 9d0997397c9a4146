"""A redline on paper: what is drawn, what is said, and where its addresses lead; before LibreOffice sees it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import docx_changes
import docx_text
import pairs
import pytest
import small
from lxml import etree

from drafter.comparing import preview, redline
from drafter.contract import Paragraph, Reference, Table, Text
from drafter.pdf import paper
from drafter.pdf.preparing import addresses, marks, spacing
from drafter.word import writer
from drafter.word.oxml import package
from drafter.word.oxml.elements import element, run, w

ROOT = Path(__file__).resolve().parents[1]
AGREEMENT = ROOT / "templates" / "agreement.docx"
W = f'xmlns:w="{w("p")[1:].partition("}")[0]}"'


@pytest.fixture(scope="module")
def dogs(tmp_path_factory):
    return small.draft(small.load(tmp_path_factory.mktemp("library")), small.ANSWERS)[0]


def compared(made, base, revised):
    """Return a redline of a contract with other blocks in its first section."""
    first = made.articles[0].sections[0].id
    sides = (
        pairs.over_sections(made, lambda s, more=more: replace(s, blocks=(*s.blocks, *more)) if s.id == first else s)
        for more in (base, revised)
    )
    return redline.compare(*sides)


def table(*rows: tuple[str, ...]) -> Table:
    header, *others = (tuple((Text(cell),) for cell in row) for row in rows)
    return Table(header, tuple(others))


def written(made) -> bytes:
    return writer.write_redline(made, AGREEMENT, writer.Notes(writer.Stamp("A. B.", "2026-05-26"), ""))


def body(document: bytes):
    return etree.fromstring(package.unpack(document)["word/document.xml"])


def text(line: str) -> Paragraph:
    return Paragraph((Text(line),))


HEAD, LEASH, MUZZLE, WHISTLE = (
    ("Item", "Figure"),
    ("Leash", "six feet, ask leash@example.org"),
    ("Muzzle", "one for each dog"),
    ("Whistle", "a loud one"),
)


# -- rows that have moved -----------------------------------------------------------------------


def test_a_row_that_moved_is_told_and_drawn_as_moved_and_in_word_is_deleted_and_inserted(dogs):
    made = compared(dogs, [table(HEAD, LEASH, MUZZLE, WHISTLE)], [table(HEAD, MUZZLE, LEASH, ("Bell", "none"))])
    text_of = preview.to_text(made)
    assert "{<Leash<} | {<six feet, ask leash@example.org<}" in text_of
    assert "{>Leash>} | {>six feet, ask leash@example.org>}" in text_of
    assert "{-Whistle-} | {-a loud one-}" in text_of
    data = written(made)
    assert not list(body(data).iter(w("moveFrom"), w("moveTo")))
    sheet = paper.printable(data)
    found = [(change.kind, change.words) for change in sheet.changes]
    assert ("MovedFrom", "Leash") in found
    assert ("MovedTo", "Leash") in found
    assert ("Del", "Whistle") in found
    assert ("Ins", "Bell") in found
    clean = writer.write(redline.accept(made), AGREEMENT)
    assert docx_text.plain_text(docx_changes.accept(data)) == docx_text.plain_text(clean)


def test_a_table_that_moved_with_its_section_has_rows_that_moved(dogs):
    article = dogs.articles[0]
    first, *others = article.sections
    short = replace(first, blocks=(table(HEAD, LEASH),))
    base, revised = (
        replace(dogs, articles=(replace(article, sections=sections), *dogs.articles[1:]))
        for sections in ((short, *others), (*others, short))
    )
    sheet = paper.printable(written(redline.compare(base, revised)))
    kinds = [change.kind for change in sheet.changes if change.words == "leash@example.org"]
    assert kinds == ["MovedFrom", "MovedTo"]


# -- what is drawn is what is said --------------------------------------------------------------


def test_on_paper_nothing_is_tracked_and_each_change_has_the_look_of_its_kind(dogs):
    home, leash = text("The walker must bring the dog home before it is dark."), text("It is held on a leash.")
    made = compared(dogs, [leash, home, text("It is six feet.")], [home, leash, text("It is nine feet.")])
    sheet = paper.printable(written(made))
    root = body(sheet.document)
    assert not list(root.iter(*marks.TRACKED, w("delText"), w("moveFromRangeStart"), w("pPrChange")))
    known = {change.name.replace(" ", ""): change for change in sheet.changes}
    seen = set()
    for node in root.iter(w("r")):
        style = node.find(f"{w('rPr')}/{w('rStyle')}")
        change = known.get(style.get(w("val"))) if style is not None else None
        if change is not None:
            seen.add(change.kind)
            kind = marks.KINDS[change.kind]
            looks = {name: node.find(f"{w('rPr')}/{w(name)}").get(w("val")) for name, _ in kind.looks}
            assert looks == dict(kind.looks)
            assert node.find(f"{w('rPr')}/{w('color')}").get(w("val")) == kind.colour
            assert node.find(f"{w('rPr')}/{w('rPrChange')}") is not None  # the bar beside its lines
    assert seen == {"Del", "Ins", "MovedFrom", "MovedTo"}


# -- colours ------------------------------------------------------------------------------------

CONTRAST = 4.5  # WCAG 2.1, 1.4.3, for text of any size


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[place : place + 2]) for place in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def grey(colour: str) -> str:
    """Return a color as a copier that knows no colors prints it."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02X}" * 3


def template_colours():
    """Yield each color of words that a shipped template has, with the shade that is behind it."""
    for path in sorted((ROOT / "templates").glob("*.docx")):
        for name in (*package.texts(parts := package.unpack(path.read_bytes())), "word/styles.xml"):
            root = etree.fromstring(parts[name])
            fills = {shade.get(w("fill")) for shade in root.iter(w("shd"))} - {"auto", None}
            pale = {fill for fill in fills if luminance(fill) > 0.5} | {"FFFFFF"}
            for colour in root.iter(w("color")):
                words = colour.get(w("val"))
                own = colour.getparent().getparent().find(f".//{w('shd')}")
                behind = {own.get(w("fill"))} if own is not None else pale if words != "FFFFFF" else fills - pale
                yield from ((f"{path.stem}: {words} on {fill}", words, fill) for fill in sorted(behind))


def html_colours():
    """Yield each color of words on the pages for a browser."""
    for path in sorted((ROOT / "drafter").glob("**/*.html")):
        for found in re.findall(r"[{; ]color: #([0-9a-f]+)", path.read_text("utf-8")):
            words = (found if len(found) == 6 else "".join(each * 2 for each in found)).upper()
            yield f"{path.stem}: {words}", words, "FFFFFF"


def test_every_color_of_words_stands_out_from_what_is_behind_it_in_color_and_in_grey():
    of_changes = [(kind.said, kind.colour, "FFFFFF") for kind in marks.KINDS.values()]
    of_moves = ("moves as LibreOffice draws them", "008000", "FFFFFF")  # in the Word file, opened there
    every = [*of_changes, of_moves, *template_colours(), *html_colours()]
    assert len(every) > 40
    for what, words, behind in every:
        assert contrast(words, behind) >= CONTRAST, what
        assert contrast(grey(words), grey(behind)) >= CONTRAST, f"{what}, in grey"


def test_no_two_kinds_of_change_differ_by_color_alone():
    assert all(one.looks != other.looks for one, other in itertools.combinations(marks.KINDS.values(), 2))


# -- addresses ----------------------------------------------------------------------------------


def links(document: bytes) -> list[str]:
    codes = (node.text or "" for node in body(document).iter(w("instrText")))
    return [code.split('"')[1] for code in codes if "HYPERLINK" in code]


def test_an_address_in_a_changed_passage_or_row_is_a_link_and_a_change_by_itself(dogs):
    made = compared(
        dogs,
        [table(HEAD, MUZZLE), text("Write to ann@example.org, or see https://example.org/a."), text("It is red.")],
        [
            table(HEAD, LEASH, MUZZLE),
            text("Write to bob@example.org, or see https://example.org/b."),
            text("It is red."),
        ],
    )
    sheet = paper.printable(written(made))
    found = {change.name.split()[1]: (change.kind, change.words) for change in sheet.changes}
    led = [link.partition("/change/")[2].partition("/")[::2] for link in links(sheet.document)]
    assert [(found[number], target) for number, target in led] == [
        (("Ins", "leash@example.org"), "mailto:leash@example.org"),
        (("Del", "ann@example.org"), "mailto:ann@example.org"),
        (("Ins", "bob@example.org"), "mailto:bob@example.org"),
        (("Del", "https://example.org/a"), "https://example.org/a"),
        (("Ins", "https://example.org/b"), "https://example.org/b"),
    ]


def test_an_address_of_which_a_part_is_in_another_run_is_no_link():
    styles = etree.fromstring(f"<w:styles {W}/>")
    paragraph = element("p", run("ann.lee@example"), run(".org or "), run("x"), run("bob@example.org"), run(", end"))
    addresses.link(element("body", paragraph), styles)
    assert not list(paragraph.iter(w("instrText")))
    whole = element("p", run("Ask "), run("bob@example.org"), run(", end"))
    addresses.link(element("body", whole), styles)
    assert [node.text for node in whole.iter(w("instrText"))] == [' HYPERLINK "mailto:bob@example.org" ']


# -- words that a tab parts ---------------------------------------------------------------------


def test_a_space_is_before_each_tab_that_parts_two_words():
    paragraph = element("p", run("1.1\tPurpose\t"), run("5"), run(" \tb"), element("del", run("c\td")))
    spacing.before_tabs(element("body", paragraph))
    spacing.before_tabs(element("body", paragraph))  # once is enough
    said = "".join(
        "\t" if node.tag == w("tab") else node.text for node in paragraph.iter(w("t"), w("delText"), w("tab"))
    )
    assert said == "1.1 \tPurpose \t5 \tbc \td"


def test_a_space_is_after_each_number_that_a_list_prints_before_a_tab():
    levels = (("%1.", ""), ("%1.%2", "tab"), ("", ""), ("(%3)", "space"), ("%4 ", "tab"))
    numbering = element(
        "numbering",
        *(
            element("lvl", *([element("suff", val=suffix)] if suffix else []), element("lvlText", val=words))
            for words, suffix in levels
        ),
    )
    spacing.after_numbers(numbering)
    assert [node.get(w("val")) for node in numbering.iter(w("lvlText"))] == ["%1. ", "%1.%2 ", "", "(%3)", "%4 "]


# -- references ---------------------------------------------------------------------------------


def referring(*numbers: tuple[str, str]) -> Paragraph:
    runs = [run for number, target in numbers for run in (Reference(number, target), Text(". "))]
    return Paragraph((Text("See "), *runs, Text("It ends.")))


def test_of_references_side_by_side_each_is_marked_by_itself(dogs):
    made = compared(
        dogs,
        [referring(("Exhibit B", "exhibit:cost"), ("Exhibit A", "exhibit:map"))],
        [referring(("Exhibit C", "exhibit:cost"), ("Exhibit B", "exhibit:map"))],
    )
    assert "See {-Exhibit B-}{+Exhibit C+}. {-Exhibit A-}{+Exhibit B+}. It ends." in preview.to_text(made)


@pytest.mark.parametrize(
    ("old", "new"),
    [("See Section 7, then stop.", "See Section 8, then stop."), ("In May 5 dogs ran.", "In May the 5 dogs ran.")],
)
def test_an_accepted_redline_has_the_no_break_spaces_of_the_clean_copy(dogs, old, new):
    made = compared(dogs, [text(old)], [text(new)])
    kept, clean = (
        ["".join(node.text or "" for node in p.iter(w("t"))) for p in body(data).iter(w("p"))]
        for data in (docx_changes.accept(written(made)), writer.write(redline.accept(made), AGREEMENT))
    )
    assert list(filter(None, kept)) == list(filter(None, clean))
