"""What the reader finds in a Word file is what the contract says, whoever saved it last and whatever is tracked."""

from __future__ import annotations

import functools
import random
import re
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import docx_text
import generated
import pairs
import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from often import often

from drafter import contract
from drafter.comparing import redline
from drafter.contract import Paragraph, Table, Text, words
from drafter.word import incoming, reader, writer
from drafter.word.oxml import elements, package, story
from drafter.word.oxml.screening.looks import Looks

ROOT = Path(__file__).parents[1]
TEMPLATE = generated.TEMPLATE
NOTES = writer.Notes(writer.Stamp("Ann Attorney", "2026-11-24"))
DOCUMENT = "word/document.xml"
SLOW = list(HealthCheck)


@functools.cache
def example(name):
    return small.draft(generated.real_library(), generated.example(name))[0]


@functools.cache
def standard(name):
    text = (ROOT / "examples" / name / "answers.yaml").read_text("utf-8")
    return small.draft(generated.real_library("standard"), text)[0]


def ids(*made):
    return {section.id for one in made for section in contract.sections(one)}


def read(data, *made, **side):
    return reader.read(incoming.read(data), ids(*made), **side)


def told(section):
    """What a contract says in a section, as the reader tells it."""
    for block in section.blocks:
        rows = [(block.runs,)] if isinstance(block, Paragraph) else (block.header, *block.rows)
        for row in rows:
            cells = [words(runs).replace("\r\n", "\n").replace("\r", "\n").strip() for runs in row]
            if any(cells):
                yield " | ".join(cells).strip() if isinstance(block, Paragraph) else " | ".join(cells)


def expected(made):
    headed = {part.id for article in made.articles for part in article.sections}
    headed |= {part.id for exhibit in made.exhibits for part in exhibit.sections if len(exhibit.sections) > 1}
    found = {
        part.id: reader.ReadSection(part.heading.strip() if part.id in headed else "", tuple(told(part)))
        for part in contract.sections(made)
    }
    return {name: part for name, part in found.items() if part.heading or part.lines}


# -- what the writer wrote ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["st-louis-park", "st-louis-park-declined", "minimal"])
def test_a_draft_says_in_each_section_what_the_contract_says(name):
    made = example(name)
    found = read(writer.write(made, TEMPLATE), made)
    assert found.sections == expected(made)
    assert list(found.sections) == list(expected(made))
    assert not found.tracked
    assert found.comments == 0


def test_what_stands_in_no_section_is_told_apart():
    made = small.draft(generated.real_library(), generated.example("st-louis-park"))[0]
    found = read(writer.write(made, TEMPLATE), made)
    titles = [part.title for part in (*made.articles, *made.exhibits)]
    assert found.outside[0] == made.title
    assert [line for line in found.outside if line in titles] == titles
    assert {words(line).strip() for line in made.caption} <= set(found.outside)
    assert any(words(made.signatures[0].signers[0].name) in line for line in found.outside)
    assert found.footers == ("Page # of #",)
    assert made.title in found.headers[0]
    assert found.contents[:2] == (f"Article 1\t{titles[0]}", f"1.1\t{made.articles[0].sections[0].heading}")


def test_pages_in_the_table_of_contents_make_no_difference():
    made = example("minimal")
    pages = dict.fromkeys(contract.targets(made), 7)
    assert read(writer.write(made, TEMPLATE, pages), made) == read(writer.write(made, TEMPLATE), made)


def without_notes(found):
    return found.sections, found.outside, found.contents, found.headers, found.footers


@pytest.mark.parametrize("pair", [("st-louis-park", "st-louis-park-declined"), ("st-louis-park-declined", "minimal")])
@pytest.mark.parametrize("turned", [False, True])
def test_a_redline_says_what_the_revised_contract_says(pair, turned):
    base, revised = map(example, reversed(pair) if turned else pair)
    comments = dict.fromkeys(list(ids(revised))[:5], "Why.")
    notes = writer.Notes(NOTES.stamp, "", comments)
    found = read(writer.write_redline(redline.compare(base, revised), TEMPLATE, notes), base, revised)
    assert without_notes(found) == without_notes(read(writer.write(revised, TEMPLATE), base, revised))
    assert found.sections == expected(revised)
    assert found.tracked
    assert found.comments == 5
    back = read(writer.write_redline(redline.compare(base, revised), TEMPLATE, notes), base, revised, side="rejected")
    assert without_notes(back) == without_notes(read(writer.write(base, TEMPLATE), base, revised))
    assert back.tracked


@settings(max_examples=often(25), suppress_health_check=SLOW)
@given(st.integers(0, 10**9))
def test_the_redline_of_any_pair_says_what_the_revised_contract_says(number):
    base, revised = pairs.pair(number)
    found = read(writer.write_redline(redline.compare(base, revised), TEMPLATE, NOTES), base, revised)
    assert without_notes(found) == without_notes(read(writer.write(revised, TEMPLATE), base, revised))
    assert found.sections == expected(revised)


def test_a_section_that_is_none_of_the_contracts_is_told_by_its_bookmark():
    made = small.draft(generated.small_library())[0]
    found = reader.read(incoming.read(writer.write(made, TEMPLATE)), [])
    assert list(found.sections) == [writer.section_mark(name) for name in expected(made)]


# -- what a program saved -----------------------------------------------------------------------


def resaved(folder, files):
    """Open Word files in LibreOffice, save them, and return what it saved."""
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "out")]
    paths = [str(folder / f"{name}.docx") for name in files]
    subprocess.run([*command, *paths], check=True, capture_output=True, timeout=240)
    return {name: folder / "out" / f"{name}.docx" for name in files}


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saves_is_well_and_says_the_same(tmp_path):
    little = small.draft(generated.small_library())[0]
    clean = {
        "little": little,
        "tables": with_tables(little),
        "comprehensive": example("st-louis-park"),
        "standard": standard("st-louis-park"),
    }
    files = {name: writer.write(made, TEMPLATE) for name, made in clean.items()}
    for form, draw in {"comprehensive": example, "standard": standard}.items():
        compared = redline.compare(clean[form], draw("st-louis-park-declined"))
        files[f"{form} redline"] = writer.write_redline(
            compared, TEMPLATE, writer.Notes(NOTES.stamp, "", {"term": "Why."})
        )
    every = *clean.values(), example("st-louis-park-declined"), standard("st-louis-park-declined")
    for name, path in resaved(tmp_path, files).items():
        before, after = read(files[name], *every), read(incoming.load(path), *every)
        assert after == before, name


def with_tables(made):
    """End each section with a table, so that the next begins after one."""
    cells = ((Text("One"),), (Text("Two"),))
    return pairs.over_sections(made, lambda part: replace(part, blocks=(*part.blocks, Table(cells, (cells, cells)))))


def starts_after_tables(data):
    """Return the bookmarks that start between a table and a paragraph."""
    blocks = {elements.w("p"), elements.w("tbl")}
    body = package.parse(docx_text.parts(data)[DOCUMENT])[0]
    for start in body.findall(elements.w("bookmarkStart")):
        near = [
            next((e.tag for e in start.itersiblings(preceding=way) if e.tag in blocks), "") for way in (True, False)
        ]
        if near == [elements.w("tbl"), elements.w("p")]:
            yield start.get(elements.w("name"))


def test_no_bookmark_starts_between_a_table_and_a_paragraph_where_libreoffice_would_forget_it():
    little = small.draft(generated.small_library())[0]
    tables = with_tables(little)
    assert sum(block.kind == "table" for part in contract.sections(tables) for block in part.blocks) > 3
    assert not list(starts_after_tables(writer.write(tables, TEMPLATE)))
    assert not list(starts_after_tables(writer.write(standard("st-louis-park"), TEMPLATE)))
    for pair in ((little, tables), (tables, little), (tables, with_tables(tables))):
        data = writer.write_redline(redline.compare(*pair), TEMPLATE, NOTES)
        assert not list(starts_after_tables(data))
        assert read(data, *pair).sections == expected(pair[1])


# -- what people do -----------------------------------------------------------------------------


ONE, TWO = writer.section_mark("one"), writer.section_mark("two")


@functools.cache
def blank():
    return docx_text.parts(writer.write(small.draft(generated.small_library())[0], TEMPLATE))


def file(xml, **more):
    """Return the parts of a file with another body."""
    head = blank()[DOCUMENT].partition(b"<w:body>")[0]
    return blank() | {DOCUMENT: head + b"<w:body>" + xml.encode() + b"</w:body></w:document>"} | more


def said(xml, **side):
    """Return what a body says: the lines of sections one and two, and the others."""
    found = reader.read(file(xml), ["one", "two"], **side)
    lines = [list(found.sections[name].lines) if name in found.sections else [] for name in ("one", "two")]
    return *lines, list(found.outside)


def p(*content, mark="", style="", properties=""):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}<w:rPr>{mark}</w:rPr>{properties}</w:pPr>{''.join(content)}</w:p>"


def r(text, name="t"):
    return f'<w:r><w:{name} xml:space="preserve">{text}</w:{name}></w:r>'


def deleted(text):
    return f"<w:del>{r(text, 'delText')}</w:del>"


def rows(*said):
    """Return a table, of the properties and the cells of each row."""
    return f"<w:tbl>{''.join(f'<w:tr>{own}{cells}</w:tr>' for own, cells in said)}</w:tbl>"


def cell(*content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(*content)}</w:tc>"


def start(number, name):
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'


def end(number):
    return f'<w:bookmarkEnd w:id="{number}"/>'


def char(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def shown(code, *result):
    return char("begin") + r(code, "instrText") + char("separate") + "".join(result) + char("end")


BOOKMARKS = {
    "between paragraphs": start(1, ONE) + p(r("a")) + p(r("b")) + end(1) + start(2, TWO) + p(r("c")) + end(2),
    "inside": p(start(1, ONE), r("a")) + p(r("b"), end(1)) + p(start(2, TWO), r("c"), end(2)),
    "a start at the end before": p(r("x"), start(1, ONE)) + p(r("a")) + p(r("b"), end(1), start(2, TWO))
    + p(r("c"), end(2)),
    "an end at the start after": p(start(1, ONE), r("a")) + p(r("b")) + p(end(1), start(2, TWO), r("c")) + p(end(2)),
    "one in the other": start(1, ONE) + p(r("a")) + p(r("b")) + start(2, TWO) + p(r("c")) + end(2) + end(1),
    "ends that cross": start(1, ONE) + p(r("a")) + p(r("b")) + start(2, TWO) + end(1) + p(r("c")) + end(2),
    "targets among them": start(1, ONE) + p(start(8, "_r_0a1b2c3d4e5f"), r("a"), end(8)) + p(start(9, "Ann"), r("b"))
    + end(9) + end(1) + start(2, TWO) + p(r("c")) + end(2),
    "two starts, as LibreOffice writes": p(start(1, ONE), r("a")) + p(start(2, ONE), r("b"), end(2)) + start(3, TWO)
    + p(r("c")) + end(3),
    "in text that is deleted": start(1, ONE) + p(r("a")) + p(r("b"))
    + p(f"<w:del>{r('x', 'delText')}{end(1)}{start(2, TWO)}</w:del>", mark="<w:del/>") + p(r("c")) + end(2),
    "where it was and where it is": start(1, ONE) + p(r("a")) + end(1) + start(3, ONE.replace("_c_", "_cb_"))
    + p(r("b")) + end(3) + start(2, TWO) + p(r("c")) + end(2),
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKMARKS)
def test_a_paragraph_belongs_to_the_section_in_which_it_starts(name):
    one, two, rest = said(BOOKMARKS[name])
    assert (one, two, set(rest) - {"x"}) == (["a", "b"], ["c"], set())


def test_a_bookmark_without_an_end_is_none():
    assert said(start(1, ONE) + p(r("a")) + start(2, TWO) + p(r("b")) + end(2)) == ([], ["b"], ["a"])


TEXTS = {
    "inserted words are there": (p(r("a"), f"<w:ins>{r('b')}</w:ins>"), ["ab"]),
    "deleted words are not": (p(r("a"), f"<w:del>{r('b', 'delText')}</w:del>"), ["a"]),
    "words that moved are where they are": (
        p(f"<w:moveFrom>{r('a')}</w:moveFrom>", r("x")) + p(f"<w:moveTo>{r('a')}</w:moveTo>"),
        ["x", "a"],
    ),
    "words inserted and deleted again": (p(f"<w:ins>{r('a')}<w:del>{r('b', 'delText')}</w:del></w:ins>"), ["a"]),
    "a paragraph that joins the next": (p(r("a "), mark="<w:del/>") + p(r("b")), ["a b"]),
    "paragraphs that go": (p(f"<w:del>{r('x', 'delText')}</w:del>", mark="<w:del/>") * 3 + p(r("b")), ["b"]),
    "a paragraph that would join a table": (
        p(r("a"), mark="<w:del/>") + f"<w:tbl><w:tr><w:tc>{p(r('b'))}</w:tc></w:tr></w:tbl>",
        ["a", "b"],
    ),
    "a mark that was inserted": (p(r("a"), mark="<w:ins/>") + p(r("b")), ["a", "b"]),
    "rows": (
        (
            f"<w:tbl><w:tr><w:tc>{p(r('a'))}</w:tc><w:tc>{p(r('b'))}{p(r('c'))}</w:tc><w:tc>{p()}</w:tc></w:tr>"
            f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r('x'))}</w:tc></w:tr>"
            f"<w:tr><w:trPr><w:ins/></w:trPr><w:tc>{p(r('d'))}</w:tc></w:tr><w:tr><w:tc>{p()}</w:tc></w:tr></w:tbl>"
        ),
        ["a | b\nc | ", "d"],
    ),
    "a table in a table": (
        (
            "<w:tbl><w:tr><w:tc>"
            f"<w:tbl><w:tr><w:tc>{p(r('a'))}</w:tc><w:tc>{p(r('b'))}</w:tc></w:tr></w:tbl>"
            f"{p(r('c'))}</w:tc><w:tc>{p(r('d'))}</w:tc></w:tr></w:tbl>"
        ),
        ["a | b\nc | d"],
    ),
    "white space": (p("<w:r><w:t> a </w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c </w:t></w:r>"), ["a \tb\nc"]),
    "breaks and hyphens": (
        p('<w:r><w:t>a</w:t><w:br w:type="page"/><w:noBreakHyphen/><w:softHyphen/><w:cr/><w:t>b</w:t></w:r>'),
        ["a\u2011\u00ad\nb"],
    ),
    "a reference": (p(r("Section "), shown(r" REF _r_1 \n \h ", r("2.1")), r(".")), ["Section 2.1."]),
    "a field in one": (p(f'<w:fldSimple w:instr=" REF a ">{r("2.1")}</w:fldSimple>'), ["2.1"]),
    "a field in a field": (p(shown(" IF " + shown(" REF a ", r("x")), r("y"))), ["y"]),
    "a field without a result": (p(r("a"), char("begin"), r(" TC x ", "instrText"), char("end"), r("b")), ["ab"]),
    "half a field": (p(char("begin"), r("a")) + p(r("b")), ["a", "b"]),
    "a field whose end is deleted": (
        p(char("begin"), r(" PAGE ", "instrText"), f"<w:del>{char('end')}</w:del>", r("a")) + p(r("b")),
        ["a", "b"],
    ),
    "a field whose end goes with its row": (
        p(char("begin"), r("a"))
        + f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(char('end'))}</w:tc></w:tr></w:tbl>"
        + p(r("b")),
        ["a", "b"],
    ),
    "a field that was deleted": (p(f"<w:del>{shown(' REF a ', r('x'))}</w:del>", r("a")), ["a"]),
    "a page": (p(r("on "), shown(" PAGE ", r("12")), r(" of "), shown("NUMPAGES", r("iv"))), ["on # of #"]),
    "a page that is none": (p(shown(" PAGEREF a ", r("12 dollars"))), ["12 dollars"]),
    "containers": (
        p(
            f'<w:hyperlink w:anchor="a">{r("a")}</w:hyperlink><w:smartTag><w:smartTagPr/>{r("b")}</w:smartTag>'
            f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{r('c')}</w:sdtContent></w:sdt>"
            f"<w:customXml>{r('d')}</w:customXml><w:unknown>{r('e')}</w:unknown>"
        ),
        ["abcde"],
    ),
    "words that are kept elsewhere": (
        p(f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{r('a')}</w:sdtContent></w:sdt>"),
        ["\ufffda"],
    ),
    "hidden words": (p(r("a"), "<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>"), ["a"]),
    "words that are not hidden": (p('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>a</w:t></w:r>'), ["a"]),
    "a comment of the XML": (p("<w:r><w:t>a<!-- x -->b<?c d?>c</w:t></w:r>"), ["abc"]),
    "a text box": (
        p(r("a"), f"<w:r><w:pict><w:txbxContent>{p(r('b'))}</w:txbxContent></w:pict></w:r>", r("c")),
        ["ac", "b"],
    ),
    "alternatives that are the same": (
        p(
            "<w:r><mc:AlternateContent>"
            f"<mc:Choice><w:drawing><w:txbxContent>{p(r('b'))}</w:txbxContent></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><w:txbxContent>{p(r('b'))}</w:txbxContent></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            r("a"),
        ),
        ["a", "b"],
    ),
    "alternatives that are not": (
        p(
            "<w:r><mc:AlternateContent><mc:Choice><w:t>a</w:t></mc:Choice><mc:Fallback><w:t>b</w:t></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        ),
        ["ab"],
    ),
    "a drop cap": (p(r("D"), properties='<w:framePr w:dropCap="drop" w:lines="3"/>') + p(r("rop it")), ["Drop it"]),
    "a drop cap in the margin": (p(r("D"), properties='<w:framePr w:dropCap="margin"/>') + p(r("rop")), ["Drop"]),
    "a frame that is none": (p(r("a"), properties='<w:framePr w:dropCap="none"/>') + p(r("b")), ["a", "b"]),
    "a cell that goes": (rows(("", cell(r("a")) + cell(deleted("b"), properties="<w:cellDel/>"))), ["a"]),
    "a cell that goes and whose words do not": (
        rows(("", cell(r("a")) + cell(r("b"), properties="<w:cellDel/>"))),
        ["a | b"],
    ),
    "numbers of a list": (p(r("a"), style="SectionItem"), ["a"]),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_told_is_what_is_shown_when_all_changes_are_accepted(name):
    xml, lines = TEXTS[name]
    assert said(xml)[2] == lines
    assert said(start(1, ONE) + xml + end(1))[0] == lines


REJECTED = {
    "inserted words are not there": (p(r("a"), f"<w:ins>{r('b')}</w:ins>"), ["a"]),
    "deleted words are": (p(r("a"), f"<w:del>{r('b', 'delText')}</w:del>"), ["ab"]),
    "words that moved are where they were": (
        p(f"<w:moveFrom>{r('a')}</w:moveFrom>", r("x")) + p(f"<w:moveTo>{r('a')}</w:moveTo>"),
        ["ax"],
    ),
    "words inserted and deleted again": (p(r("a"), f"<w:ins>{r('x')}{deleted('b')}</w:ins>"), ["a"]),
    "a paragraph that was to join the next": (p(r("a "), mark="<w:del/>") + p(r("b")), ["a", "b"]),
    "a paragraph that was divided": (p(r("a "), mark="<w:ins/>") + p(r("b")), ["a b"]),
    "a mark that moved": (p(r("a "), mark="<w:moveTo/>") + p(r("b"), mark="<w:moveFrom/>") + p(r("c")), ["a b", "c"]),
    "a mark inserted and deleted again": (p(r("a "), mark="<w:ins/><w:del/>") + p(r("b")), ["a b"]),
    "rows": (rows(("<w:trPr><w:del/></w:trPr>", cell(r("a"))), ("<w:trPr><w:ins/></w:trPr>", cell(r("x")))), ["a"]),
    "cells": (
        rows(("", cell(f"<w:ins>{r('x')}</w:ins>", properties="<w:cellIns/>") + cell(r("a")))),
        ["a"],
    ),
    "a field that was deleted": (
        p(f"<w:del>{shown(' REF a ', r('2.1', 'delText')).replace('instrText', 'delInstrText')}</w:del>"),
        ["2.1"],
    ),
    "a field that was inserted": (p(r("a"), f"<w:ins>{shown(' REF a ', r('x'))}</w:ins>"), ["a"]),
    "a page that was deleted": (p(f"<w:del>{shown(' PAGE ', r('2', 'delText'))}</w:del>"), ["#"]),
    "words that were hidden": (
        p("<w:r><w:rPr><w:vanish/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>a</w:t></w:r>"),
        ["a"],
    ),
    "words that are shown now": (
        p("<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>x</w:t></w:r>", r("a")),
        ["a"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REJECTED)
def test_what_is_told_of_a_file_with_its_changes_rejected_is_what_it_said_before(name):
    xml, lines = REJECTED[name]
    assert said(xml, side="rejected")[2] == lines
    assert said(start(1, ONE) + xml + end(1), side="rejected")[0] == lines


def test_a_heading_whose_style_was_changed_is_one_again_when_that_is_rejected():
    change = '<w:pPrChange><w:pPr><w:pStyle w:val="Heading2"/></w:pPr></w:pPrChange>'
    parts = file(start(1, ONE) + p(r("Price"), properties=change) + p(r("a")) + end(1))
    assert reader.read(parts, ["one"]).sections["one"].heading == ""
    assert reader.read(parts, ["one"], side="rejected").sections["one"].heading == "Price"
    assert reader.read(parts, ["one"], side="rejected").tracked


PUBLIC = ROOT.parent / "shared" / "returned-markup" / "public"
WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the files are not here")
@pytest.mark.parametrize("side", ["accepted", "rejected"])
def test_files_of_others_say_what_two_other_programs_read_in_them(side):
    differing, ending = [], f".{side.removesuffix('ed')}.txt"
    for text in sorted(PUBLIC.glob(f"*{ending}")):
        parts = package.unpack((PUBLIC / text.name.replace(ending, ".docx")).read_bytes())
        root = story.settled(parts[package.main(parts)], side)
        for box in list(root.iter(elements.w("txbxContent"))):
            elements.drop(box)
        lines = story.lines(root, {}, Looks([]))
        if WORD.findall("\n".join(line.text for line in lines)) != WORD.findall(text.read_text("utf-8")):
            differing.append(text.name)
    assert differing == []


def test_a_heading_is_the_first_paragraph_if_its_style_is_one():
    found = reader.read(file(start(1, ONE) + p(r("Price"), style="Heading2") + p(r("a")) + end(1)), ["one"])
    assert found.sections == {"one": reader.ReadSection("Price", ("a",))}
    found = reader.read(file(start(1, ONE) + p(r("a")) + p(r("Price"), style="Heading2") + end(1)), ["one"])
    assert found.sections == {"one": reader.ReadSection("", ("a", "Price"))}


def test_a_table_of_contents_is_told_apart_but_not_where_it_hides_a_section():
    toc = p(char("begin"), r(" TOC ", "instrText"), char("separate"), r("1\ta\t"), shown("PAGEREF a", r("3")))
    toc += p(r("2\tb"), char("end"))
    found = reader.read(file(toc + start(1, ONE) + toc + end(1)), ["one"])
    assert found.contents == ("1\ta", "2\tb")
    assert found.sections["one"].lines == ("1\ta\t#", "2\tb")


@pytest.mark.parametrize(
    ("xml", "tracked"),
    [
        (p(r("a")), False),
        (p(f"<w:ins>{r('a')}</w:ins>"), True),
        (p(f"<w:del>{r('a', 'delText')}</w:del>"), True),
        (p(f"<w:moveTo>{r('a')}</w:moveTo>"), True),
        (p(r("a"), mark="<w:ins/>"), True),
        ("<w:p><w:pPr><w:pPrChange><w:pPr/></w:pPrChange></w:pPr></w:p>", True),
    ],
)
def test_tracked_changes_are_found(xml, tracked):
    assert reader.read(file(xml), []).tracked is tracked


def test_tracked_changes_in_a_header_are_found_and_its_words_are_told_once():
    lines = p(f"<w:ins>{r('a')}</w:ins>") + p(r("a"))
    header = f'<w:hdr xmlns:w="{docx_text.W[1:-1]}">{lines}</w:hdr>'.encode()
    found = reader.read(file(p(r("a")), **{"word/header1.xml": header}), [])
    assert found.tracked
    assert found.headers == ("a",)


def test_a_note_at_the_foot_is_told():
    note = f'<w:footnote w:id="1">{p(r("But not so."))}</w:footnote>'
    xml = f'<w:footnotes xmlns:w="{docx_text.W[1:-1]}">{note}</w:footnotes>'
    more = {"word/footnotes.xml": xml.encode()}
    rels = "word/_rels/document.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    line = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    more[rels] = blank()[rels].replace(b"</Relationships>", line.encode())
    assert reader.read(file(p(r("a")), **more), []).outside == ("a", "But not so.")


def test_what_has_no_body_is_refused():
    with pytest.raises(package.NotWordError):
        reader.read({}, [])


# -- edits at random ----------------------------------------------------------------------------


def longer(block):
    """Add a word at the end of a paragraph, or of a table's first cell."""
    if isinstance(block, Paragraph):
        return replace(block, runs=contract.joined((*block.runs, Text(" more"))))
    first, *rest = block.header
    return replace(block, header=(contract.joined((*first, Text(" more"))), *rest))


def test_an_edit_shows_in_its_section_and_in_no_other():
    made = example("minimal")
    before = read(writer.write(made, TEMPLATE), made)
    drawn = random.Random(7)  # noqa: S311  # nothing is secret
    for name in drawn.sample([part.id for part in contract.sections(made) if part.blocks], 12):

        def edited(part, name=name):
            return replace(part, blocks=(*part.blocks[:-1], longer(part.blocks[-1]))) if part.id == name else part

        after = read(writer.write(pairs.over_sections(made, edited), TEMPLATE), made)
        assert [key for key in before.sections if before.sections[key] != after.sections.get(key)] == [name]
        assert replace(after, sections=before.sections) == before


# -- bounds -------------------------------------------------------------------------------------

LONG = {
    "paragraphs": p(r("a")) * 30_000,
    "runs": p(r("some words ") * 75_000),
    "fields": p(char("begin") * 20_000, char("end") * 20_000, r("a") * 20_000),
    "instructions": p(char("begin"), r("x", "instrText") * 60_000, char("separate"), r("a") * 25_000, char("end")),
    "bookmarks": "".join(start(n, f"_c_{n:012x}") for n in range(30_000)) + p(r("a")) * 10_000
    + "".join(map(end, range(30_000))),
    "boxes": p("<w:r><w:txbxContent>" + p(r("a")) + "</w:txbxContent></w:r>") * 30_000,
    "rows": "<w:tbl>" + f"<w:tr><w:tc>{p(r('a'))}</w:tc></w:tr>" * 20_000 + "</w:tbl>",
    "paragraphs that join": p(r("a"), mark="<w:del/>") * 30_000 + p(),
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_a_file_of_many_parts_is_read_in_time(name):
    parts = incoming.read(package.pack(file(LONG[name])))
    started = time.monotonic()
    reader.read(parts, ["one"])
    assert time.monotonic() - started < 30


HIDE = "<w:rPr><w:vanish/></w:rPr>"
STYLES = {
    "by a character style": ("<w:style w:type='character' w:styleId='X'>{}</w:style>", "<w:rStyle w:val='X'/>", ""),
    "by a style that it is based on": (
        "<w:style w:styleId='X'><w:basedOn w:val='Y'/></w:style><w:style w:styleId='Y'>{}</w:style>",
        "<w:rStyle w:val='X'/>", "",
    ),
    "by a paragraph style": ("<w:style w:type='paragraph' w:styleId='X'>{}</w:style>", "", "<w:pStyle w:val='X'/>"),
    "by the style of all paragraphs": ("<w:style w:type='paragraph' w:default='1' w:styleId='X'>{}</w:style>", "", ""),
    "by the defaults": ("<w:docDefaults><w:rPrDefault>{}</w:rPrDefault></w:docDefaults>", "", ""),
    "by its own mark": ("", "<w:specVanish/>", ""),
}  # fmt: skip


def styled(styles, xml):
    """Read a file whose only styles are these."""
    sheet = f"<w:styles xmlns:w='{elements.W}'>{styles}</w:styles>"
    return reader.read(file(xml, **{"word/styles.xml": sheet.encode()}), ())


@pytest.mark.parametrize("mark", ["vanish", "specVanish"])
@pytest.mark.parametrize("name", STYLES)
def test_words_that_any_style_hides_are_hidden(name, mark):
    style, own, of = STYLES[name]
    words = f"<w:r><w:rPr>{own}</w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/>"
    seen = f"{words}<w:specVanish w:val='0'/></w:rPr><w:t>seen</w:t></w:r>"
    found = styled(style.format(HIDE.replace("vanish", mark)), f"<w:p><w:pPr>{of}</w:pPr>{seen}</w:p>")
    assert (found.hidden[-1:], found.outside) == (("secret",), ("seen",))


@pytest.mark.parametrize(
    ("style", "row"),
    [
        ("", "<w:hidden/>"),
        ("<w:trPr><w:hidden/></w:trPr>", ""),
        ("<w:tblStylePr w:type='firstRow'><w:trPr><w:hidden/></w:trPr></w:tblStylePr>", ""),
        (HIDE, ""),
        (f"<w:tblStylePr w:type='firstRow'>{HIDE}</w:tblStylePr>", ""),
    ],
)
def test_words_in_a_hidden_row_or_a_table_whose_style_hides_are_hidden(style, row):
    table = (
        "<w:tbl><w:tblPr><w:tblStyle w:val='T'/></w:tblPr>"
        f"<w:tr><w:trPr>{row}</w:trPr><w:tc>{p(r('secret'))}</w:tc></w:tr></w:tbl>"
    )
    shown = "<w:style w:type='paragraph' w:styleId='P'><w:hidden/></w:style>"  # hidden in Word's list of styles
    found = styled(f"<w:style w:type='table' w:styleId='T'>{style}</w:style>{shown}", table + p(r("seen"), style="P"))
    assert (found.hidden[-1:], found.outside) == (("secret",), ("seen",))


def test_a_text_box_in_a_hidden_run_is_hidden():
    box = f"<w:pict><w:txbxContent>{p(r('secret'))}</w:txbxContent></w:pict>"
    found = styled("", p(f"<w:r>{HIDE}{box}</w:r>", r("seen")))
    assert (found.hidden[-1:], found.outside) == (("secret",), ("seen",))


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        ("<w:bdo w:val='rtl'><w:r><w:t>pay 501</w:t></w:r></w:bdo>", "turned to run from right to left: 'pay 501'"),
        ("<w:r><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t>pay</w:t></w:r>", "words in Wingdings, a font"),
        ("<w:r><w:sym w:font='Symbol' w:char='F035'/></w:r>", "prints as a letter or a figure (Symbol F035)"),
    ],
)
def test_words_that_their_format_prints_as_others_are_named(xml, what):
    [(_, found)] = reader.odd(styled("", p(xml)), {})
    assert what in found
