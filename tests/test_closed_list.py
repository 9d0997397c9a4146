"""Each row of the closed list is held by a file: without the row a file passes wrongly, or an honest one is refused."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import alterations
import pytest
import small
import test_accessible
from alterations import (
    NUMBERS,
    PARAGRAPH,
    RUN,
    SETTINGS,
    STYLES,
    both,
    cell,
    everywhere,
    field,
    inline,
    page,
    paragraph,
    put,
    row,
    run,
    setting,
    style,
    swap,
    table,
)

from drafter.verifying import listed, sequence, verdict
from drafter.verifying.comparison import Finding
from drafter.verifying.parts import door
from drafter.word import writer
from drafter.word.oxml import package

ROOT = Path(__file__).resolve().parents[1]
ROWS = listed.ROWS
ALTERED = {key: change for key, change in alterations.ROWS.items() if ROWS[key].how == "compared"}
HONEST = {key: change for key, change in alterations.ROWS.items() if ROWS[key].how != "compared"}


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    loaded = small.load(tmp_path_factory.mktemp("verify") / "lib")
    drafted, _, _ = small.draft(loaded)
    return package.unpack(writer.write(drafted, ROOT / "templates" / "agreement.docx"))


@pytest.fixture(scope="module", autouse=True)
def read_once():
    """Read a file once however often it is compared, above all the approved one: half of the time of these tests."""
    read, known = sequence.read, {}

    def cached(parts, rows):
        if rows is not ROWS:
            return read(parts, rows)
        key = tuple(parts.items())
        if key not in known:
            known[key] = read(parts, rows)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequence, "read", cached)
        yield


def judged(parts, change, rows=ROWS):
    return verdict.compare(package.pack(parts), package.pack(change(dict(parts))), rows=rows)


def in_package(parts, change, rows=ROWS):
    """Return what the package of a file holds that can't be judged, which is found in no time."""
    return list(door.findings(parts, change(dict(parts)), rows))


def test_every_row_is_held_by_a_file():
    assert set(ROWS) == set(alterations.ROWS) | alterations.NEEDED
    assert all(one.why for one in ROWS.values())


@pytest.mark.parametrize("key", ALTERED, ids=" ".join)
def test_what_is_altered_passes_only_where_its_row_is_dropped(parts, key):
    found = judged(parts, ALTERED[key])
    assert found.exit_code == 1, found
    dropped = {**ROWS, key: replace(ROWS[key], how="dropped")}
    assert judged(parts, ALTERED[key], dropped).exit_code == 0


@pytest.mark.parametrize("key", HONEST, ids=" ".join)
def test_what_a_program_adds_passes_and_is_refused_without_its_row(parts, key):
    without = {other: one for other, one in ROWS.items() if other != key}
    if key[0] in ("setting", "part"):
        assert in_package(parts, HONEST[key]) == []
        assert in_package(parts, HONEST[key], without)
        return
    assert judged(parts, HONEST[key]).kind == "saved again"
    assert judged(parts, HONEST[key], without).kind != "saved again"


@pytest.mark.parametrize("key", sorted(alterations.NEEDED), ids=" ".join)
def test_without_a_row_that_every_file_needs_nothing_passes(parts, key):
    def change(found):
        return alterations.put("must", "can", count=1)(found) if key[0] == "words" else alterations.HYPERLINK(found)

    without = {other: one for other, one in ROWS.items() if other != key}
    assert judged(parts, change, without).kind != "saved again"


MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
UNENDED = field('IF 1 = 2 "x"', "").removesuffix('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
OTHERWISE = {  # how else Word or LibreOffice shows other words, other numbers, another order, or hides words
    "another word": put("must use", "may use"),
    "a word less": put("must use", "use"),
    "a space less": put("must use", "mustuse"),
    "a look-alike letter": put("leash on", "le\u0430sh on"),
    "a hidden hyphen": put("leash on", "lea\u00adsh on"),
    "an edge space that doesn't count": swap(
        r'<w:t xml:space="preserve">(The walker must)( use)', r"<w:t>\1 </w:t></w:r><w:r><w:t>\2"
    ),
    "hidden words": run("<w:vanish/>"),
    "words hidden by a style": both(
        style('<w:style w:type="character" w:styleId="Em9"><w:name w:val="Em9"/><w:rPr><w:vanish/></w:rPr></w:style>'),
        run('<w:rStyle w:val="Em9"/>'),
    ),
    "words hidden by a style of a style": both(
        style('<w:style w:type="character" w:styleId="A"><w:name w:val="A"/><w:rPr><w:vanish/></w:rPr></w:style>'),
        style('<w:style w:type="character" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'),
        run('<w:rStyle w:val="B"/>'),
    ),
    "words hidden by the defaults": put("<w:rPrDefault><w:rPr>", "<w:rPrDefault><w:rPr><w:vanish/>", STYLES),
    "words hidden by the paragraph's style": swap(
        r'(w:styleId="SectionText".*?<w:rPr>)', r"\1<w:vanish/>", STYLES
    ),
    "two marks that cancel out in Word": both(
        swap(r'(w:styleId="SectionText".*?<w:rPr>)', r"\1<w:strike/>", STYLES),
        style('<w:style w:type="character" w:styleId="S"><w:name w:val="S"/><w:rPr><w:strike/></w:rPr></w:style>'),
        run('<w:rStyle w:val="S"/>'),
    ),
    "words of a style with properties twice": swap(
        r'(w:styleId="SectionText".*?)(<w:rPr>)', r"\1<w:rPr><w:vanish/></w:rPr>\2", STYLES
    ),
    "a property twice": run('<w:sz w:val="22"/><w:sz w:val="2"/>'),
    "a style twice": put('<w:pStyle w:val="SectionText"/>', '<w:pStyle w:val="SectionText"/><w:pStyle w:val="toc1"/>'),
    "properties twice": run("<w:b/></w:rPr><w:rPr><w:vanish/>"),
    "a hidden end of a paragraph": paragraph("<w:rPr><w:vanish/></w:rPr>"),
    "a deleted end of a paragraph": paragraph('<w:rPr><w:del w:id="9" w:author="x"/></w:rPr>'),
    "an inserted end of a paragraph": paragraph('<w:rPr><w:ins w:id="9" w:author="x"/></w:rPr>'),
    "a tracked change of looks": run('<w:rPrChange w:id="9" w:author="x"><w:rPr><w:b/></w:rPr></w:rPrChange>'),
    "a tracked change of a paragraph": paragraph('<w:pPrChange w:id="9" w:author="x"><w:pPr/></w:pPrChange>'),
    "a tracked insertion": alterations.around('<w:ins w:id="9" w:author="x">', "</w:ins>"),
    "a tracked deletion": inline('<w:del w:id="9" w:author="x"><w:r><w:delText>not</w:delText></w:r></w:del>'),
    "a tracked row": row('<w:del w:id="9" w:author="x"/>'),
    "a hidden row": row("<w:hidden/>"),
    "a row of no height": row('<w:trHeight w:val="1" w:hRule="exact"/>'),
    "a row moved aside": row('<w:gridBefore w:val="1"/>'),
    "a table from right to left": table("<w:bidiVisual/>"),
    "a table that floats": table('<w:tblpPr w:tblpX="20000" w:tblpY="20000"/>'),
    "cells with wide margins": cell('<w:tcMar><w:left w:w="4000" w:type="dxa"/></w:tcMar>'),
    "words turned": cell('<w:textDirection w:val="btLr"/>'),
    "a cell that fits its words": cell("<w:tcFitText/>"),
    "no labels": paragraph('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    "lists that start later": put('<w:start w:val="1"/>', '<w:start w:val="4"/>', NUMBERS),
    "lists with other words": swap(r'Article.%1"', 'Article %1 (void)"', NUMBERS),
    "lists with other letters": put('w:val="lowerLetter"', 'w:val="upperLetter"', NUMBERS),
    "lists in words": put('w:val="lowerLetter"', 'w:val="cardinalText"', NUMBERS),
    "lists in a format of their own": put(
        '<w:numFmt w:val="lowerLetter"/>', '<w:numFmt w:val="lowerLetter" w:format="not %s"/>', NUMBERS
    ),
    "lists with hidden labels": swap(r"(<w:lvl .*?)</w:lvl>", r"\1<w:rPr><w:vanish/></w:rPr></w:lvl>", NUMBERS),
    "lists that begin again": swap(
        r'<w:num w:numId="1">(.*?)</w:num>',
        r'<w:num w:numId="1">\1<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>',
        NUMBERS,
    ),
    "lists that never begin again": swap(
        r'(<w:lvl w:ilvl="1">)', r'\1<w:lvlRestart w:val="0"/>', NUMBERS
    ),
    "a picture as a label": swap(r'(<w:lvl w:ilvl="1">)', r'\1<w:lvlPicBulletId w:val="0"/>', NUMBERS),
    "two styles of one name": style(
        '<w:style w:type="paragraph" w:styleId="SectionText"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr></w:style>'
    ),
    "a field that prints what it likes": inline(field('QUOTE "not"', "")),
    "a field in one element": inline('<w:fldSimple w:instr="QUOTE not"/>'),
    "a field that will be counted again": put('w:fldCharType="begin"/>', 'w:fldCharType="begin" w:dirty="true"/>'),
    "a field of another form": swap(r"REF (_r_\w+) \\n \\h", r"REF \1 \\h"),
    "a field that names another mark": swap(r"REF _r_4d5c24b9c442", "REF _r_3e2b351267da"),
    "a mark in another place": both(
        put('w:name="_r_3e2b351267da"', 'w:name="_x"'),
        put(alterations.RUN, f'<w:bookmarkStart w:id="901" w:name="_r_3e2b351267da"/>{alterations.RUN}'),
    ),
    "a mark twice": put(
        alterations.RUN, f'<w:bookmarkStart w:id="901" w:name="_R_3e2b351267da"/>{alterations.RUN}'
    ),
    "a table of contents with other words": swap(r"(<w:hyperlink .*?>1\.1</w:t><w:tab/><w:t[^>]*>)Dog", r"\1Cat"),
    "a second table of contents": inline(field("TOC \\o", "and not a chain ")),
    "a link to elsewhere": alterations.HYPERLINK,
    "a form field": inline('<w:r><w:fldChar w:fldCharType="begin"><w:ffData/></w:fldChar></w:r>'),
    "a list to choose from": alterations.control('<w:dropDownList w:lastValue="5"/>'),
    "a placeholder": alterations.control("<w:showingPlcHdr/>"),
    "words bound to data": alterations.control('<w:dataBinding w:xpath="/a" w:storeItemID="{0}"/>'),
    "another gallery": alterations.control('<w:docPartObj><w:docPartGallery w:val="Watermarks"/></w:docPartObj>'),
    "a sign by its number": alterations.inside('<w:sym w:font="Wingdings" w:char="F0FC"/>'),
    "a date that Word prints": alterations.inside("<w:yearLong/>"),
    "a drawing": inline("<w:r><w:drawing/></w:r>"),
    "a picture in VML": inline("<w:r><w:pict/></w:r>"),
    "an alternative": inline(
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Fallback><w:r><w:t>not</w:t></w:r></mc:Fallback></mc:AlternateContent>"
    ),
    "a wrapper that a reader may ignore": alterations.around('<x:a xmlns:x="urn:x">', "</x:a>"),
    "a formula": inline('<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/>'),
    "words over words": alterations.inside("<w:ruby/>"),
    "words from right to left": alterations.around('<w:bdo w:val="rtl">', "</w:bdo>"),
    "a run from right to left": run("<w:rtl/>"),
    "a text effect": run(f"<w14:textFill {alterations.W14}><w14:noFill/></w14:textFill>"),
    "a conflict": alterations.around(f"<w14:conflictDel {alterations.W14}>", "</w14:conflictDel>"),
    "fitted words": run('<w:fitText w:val="1"/>'),
    "a frame": paragraph('<w:framePr w:w="1" w:h="1" w:x="20000" w:y="20000"/>'),
    "a comment": inline('<w:r><w:commentReference w:id="0"/></w:r>'),
    "a footnote": inline('<w:r><w:footnoteReference w:id="1"/></w:r>'),
    "a processing instruction": inline("<?mso x?>"),
    "words in a comment of XML": put("must use", "must <!-- not -->may use"),
    "words split by a comment of XML": put("must use", "must<!-- x -->n't use"),
    "custom XML": alterations.around('<w:customXml w:element="x">', "</w:customXml>"),
    "a paragraph in another place": swap(
        r"(<w:p><w:pPr><w:pStyle w:val=\"OpeningText\"/>.*?</w:p>)(.*)(<w:sectPr>)", r"\2\1\3"
    ),
    "a paragraph more": put("<w:sectPr>", "<w:p><w:r><w:t>Notwithstanding this, no leash.</w:t></w:r></w:p><w:sectPr>"),
    "words in the header": put("</w:hdr>", "<w:p><w:r><w:t>VOID</w:t></w:r></w:p></w:hdr>", "word/header1.xml"),
    "an empty page": page('<w:vAlign w:val="bottom"/>'),
    "borders of a page": page("<w:pgBorders/>"),
    "columns of no width": swap(r"<w:cols ([^>]*)/>", r'<w:cols \1><w:col w:w="1"/></w:cols>'),
    "protection": setting('<w:documentProtection w:edit="forms" w:enforcement="1"/>'),
    "merged mail": setting("<w:mailMerge/>"),
    "fields that are counted again": setting("<w:updateFields/>"),
    "another view of changes": setting('<w:revisionView w:markup="0"/>'),
    "pages of two kinds": setting("<w:evenAndOddHeaders/>"),
    "a font kept in the file": put(
        "</w:fonts>", '<w:font w:name="Cambria2"><w:embedRegular/></w:font></w:fonts>', "word/fontTable.xml"
    ),
    "a part that nothing leads to": lambda parts: parts | {"word/other.xml": b"<x/>"},
    "a part of another kind": alterations.added("chart", "word/chart.xml", "application/xml", "<x/>"),
    "two parts with styles": alterations.added("styles", "word/more.xml", f"{alterations.WORDML}.styles+xml", "<x/>"),
    "two headers of one kind": swap(r'(<w:headerReference [^>]*w:type="default"[^>]*/>)', r"\1\1"),
    "a field that never ends": inline(UNENDED),
    "a field that never ends in the header": put("</w:p>", f"{UNENDED}</w:p>", "word/header1.xml"),
    "words for the number of a page": inline(field("NUMPAGES", "1, not binding")),
    "a choice among styles": style(f'<mc:AlternateContent {MC}><mc:Choice Requires="w14"/></mc:AlternateContent>'),
    "a choice in a style": swap(r'(w:styleId="SectionText"[^>]*>)', rf"\1<mc:AlternateContent {MC}/>", STYLES),
    "a choice in the defaults": put("<w:docDefaults>", f"<w:docDefaults><mc:AlternateContent {MC}/>", STYLES),
    "a choice among lists": put("</w:numbering>", f"<mc:AlternateContent {MC}/></w:numbering>", NUMBERS),
    "a choice in a list": swap(r'(<w:num w:numId="1">.*?)</w:num>', rf"\1<mc:AlternateContent {MC}/></w:num>", NUMBERS),
    "a choice in a level": swap(r'(<w:lvl w:ilvl="1">)', rf"\1<mc:AlternateContent {MC}/>", NUMBERS),
    "a level twice": swap(r'(<w:lvl w:ilvl="1">.*?</w:lvl>)', r"\1\1", NUMBERS),
    "two default styles": style('<w:style w:type="paragraph" w:default="1" w:styleId="N2"/>'),
    "two styles but for a capital": style('<w:style w:type="paragraph" w:styleId="sectiontext"/>'),
    "a style of words for a paragraph": both(
        style('<w:style w:type="character" w:styleId="Foo"><w:basedOn w:val="SectionText"/></w:style>'),
        put('<w:pStyle w:val="SectionText"/>', '<w:pStyle w:val="Foo"/>'),
    ),
    "a list whose number is written otherwise": swap(r'<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="01">', NUMBERS),
    "a cell crossed out by the style of its table": swap(
        r'(w:styleId="ContractTable".*?)(<w:tblStylePr)', r"\1<w:tcPr><w:tcBorders><w:tr2bl w:val='single'/>"
        r"</w:tcBorders></w:tcPr>\2", STYLES,
    ),
    "a header row crossed out by the style of its table": swap(
        r'(<w:tblStylePr w:type="firstRow">.*?<w:tcPr>)',
        r"\1<w:tcBorders><w:tl2br w:val='single'/></w:tcBorders>", STYLES,
    ),
    "words pushed out of their cells by the style of their table": swap(
        r'(w:styleId="ContractTable".*?)<w:tblCellMar>.*?</w:tblCellMar>',
        r"\1<w:tblCellMar><w:left w:w='9000' w:type='dxa'/></w:tblCellMar>", STYLES,
    ),
    **{f"a table that its style {does}": swap(
        r'(w:styleId="ContractTable".*?<w:tblPr>)', rf"\1{said}", STYLES
    ) for does, said in {
        "turns": "<w:bidiVisual/>",
        "takes off the page": '<w:tblpPr w:tblpX="20000" w:tblpY="20000"/>',
        "spreads": '<w:tblCellSpacing w:w="5000" w:type="dxa"/>',
    }.items()},
    "a view as a web page": setting('<w:view w:val="web"/>'),
    "colors that are printed in black": put("<w:compat>", "<w:compat><w:printColBlack/>", SETTINGS),
    "an unknown way of an older program": put(
        "</w:compat>", '<w:compatSetting w:name="new" w:uri="urn:x" w:val="1"/></w:compat>', SETTINGS
    ),
    "only the data of forms printed": setting("<w:printFormsData/>"),
    "a protection that is in force": setting('<w:documentProtection w:edit="forms" w:enforcement="true"/>'),
    "styles taken from a template": setting("<w:linkStyles/>"),
    "a template elsewhere": lambda parts: parts | {
        "word/_rels/settings.xml.rels": alterations.own_template("https://example.org/a.dotm")
    },
    "a level of a list for a style that isn't in it": swap(
        r'(.*<w:pStyle w:val=")\w+', r"\1SectionText", NUMBERS
    ),
    "other styles for Word 2010": lambda parts: alterations.ROWS["part", "stylesWithEffects"](
        parts | {STYLES: parts[STYLES].replace(b"<w:sz ", b"<w:vanish/><w:sz ")}
    ) | {STYLES: parts[STYLES]},
    "properties of a cell twice": cell('<w:gridSpan w:val="1"/></w:tcPr><w:tcPr><w:gridSpan w:val="2"/>'),
    "properties of a row twice": row('<w:hidden w:val="0"/></w:trPr><w:trPr><w:hidden/>'),
    "properties of a table twice": table('<w:bidiVisual w:val="0"/></w:tblPr><w:tblPr><w:bidiVisual/>'),
    "a header that is missing": swap(r'(<w:headerReference [^>]*r:id=")[^"]*', r"\1rId999"),
    "a header of even pages that is missing": page('<w:headerReference w:type="even" r:id="rId999"/>'),
    "a header that is no header": page('<w:headerReference w:type="even" r:id="rId3"/>'),
    "a page in a header": put("<w:tbl>", "<w:sectPr><w:titlePg/></w:sectPr><w:tbl>", "word/header1.xml"),
    "a page of a paragraph in a header": put("<w:jc ", "<w:sectPr/><w:jc ", "word/header1.xml"),
    "an empty header with a frame": alterations.headed('<w:framePr w:w="9000" w:h="9000"/>'),
    "an empty header with a shade": alterations.headed(alterations.shaded("000000")),
    "an empty header with a line": alterations.headed('<w:pBdr><w:top w:val="single" w:sz="96"/></w:pBdr>'),
    "an empty header that takes much room": alterations.headed('<w:spacing w:before="9000"/>'),
    "an empty header of many lines": alterations.headed("</w:pPr></w:p><w:p/><w:p/><w:p/><w:p><w:pPr>"),
    "an empty header in large letters": alterations.headed('<w:rPr><w:sz w:val="1000"/></w:rPr>'),
    "stripes over words": run(alterations.patterned("horzStripe")),
    "stripes over a paragraph": paragraph(alterations.patterned("thinHorzStripe")),
    "stripes over a cell": cell(alterations.patterned("diagStripe")),
    "words pushed out of their cell to the left": cell('<w:tcMar><w:left w:w="-9000" w:type="dxa"/></w:tcMar>'),
    "a bar beside a paragraph": paragraph('<w:pBdr><w:bar w:val="single" w:sz="96"/></w:pBdr>'),
    "two headers of one number": alterations.doubled,
    "words in a control of a table of contents": alterations.around(*alterations.in_contents_control()),
    "sections in a control of a table of contents": swap(
        r'(<w:p><w:pPr><w:pStyle w:val="toc1"/>.*)(<w:sectPr>)', r"\1".join(alterations.in_contents_control()) + r"\2"
    ),
    "words in a paragraph and in no run": put(PARAGRAPH, PARAGRAPH.replace("<w:p>", "<w:p>not")),
    "words in a run and in no text": put(RUN, RUN.replace("</w:r>", "not</w:r>")),
    "a field that is divided twice": put(
        '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="separate"/>' * 2
    ),
    "building blocks twice": both(
        alterations.ROWS["part", "glossaryDocument"],
        alterations.added("glossaryDocument", "word/more.xml", f"{alterations.WORDML}.document.glossary+xml", "<x/>"),
    ),
    "two contents of a control": alterations.around(
        "<w:sdt><w:sdtPr/><w:sdtContent>",
        "</w:sdtContent><w:sdtContent><w:r><w:t>not</w:t></w:r></w:sdtContent></w:sdt>",
    ),
    "words in a spelling mark": inline('<w:proofErr w:type="spellStart"><w:r><w:t>not</w:t></w:r></w:proofErr>'),
    "words in a mark": inline('<w:bookmarkEnd w:id="9"><w:r><w:t>not</w:t></w:r></w:bookmarkEnd>'),
    "words in the body and in no paragraph": put(PARAGRAPH, f"not{PARAGRAPH}"),
    "a mark that has no end": put('<w:bookmarkEnd w:id="14"/>', ""),
    "a line through the table of contents": put(
        '<w:pStyle w:val="toc1"/>', '<w:pStyle w:val="toc1"/><w:tabs><w:tab w:val="bar" w:pos="2000"/></w:tabs>'
    ),
    "styles by another name": both(
        put("<w:styles ", "<w:sheet ", STYLES), put("</w:styles>", "</w:sheet>", STYLES)
    ),
    "a font of signs among others": put('"Caladea"', '"Caladea, Webdings"', "word/fontTable.xml"),
    "a font with the letters of signs": put("<w:family ", '<w:charset w:val="2"/><w:family ', "word/fontTable.xml"),
    "defaults that name a list": put(
        "<w:pPrDefault><w:pPr/>", '<w:pPrDefault><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', STYLES
    ),
    "a style of a paragraph that names one of words": swap(
        r'(w:styleId="SectionText".*?<w:rPr>)', r'\1<w:rStyle w:val="DefinedTerm"/>', STYLES
    ),
    "labels hidden by a style of words": both(
        style('<w:style w:type="character" w:styleId="Em9"><w:name w:val="Em9"/><w:rPr><w:vanish/></w:rPr></w:style>'),
        swap(r'(<w:lvl w:ilvl="1">.*?)</w:lvl>', r'\1<w:rPr><w:rStyle w:val="Em9"/></w:rPr></w:lvl>', NUMBERS),
    ),
    "a background": put("<w:body>", '<w:background w:color="000000"/><w:body>'),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_shows_other_words_or_hides_some_never_passes(parts, name):
    found = judged(parts, OTHERWISE[name])
    assert found.exit_code in (1, 2), found
    assert found.findings


@pytest.mark.parametrize("name", alterations.RESAVED)
def test_a_file_that_was_only_saved_again_is_the_same_contract(parts, name):
    found = judged(parts, alterations.RESAVED[name])
    assert (found.kind, found.findings) == ("saved again", ()), found.findings[:3]


@pytest.mark.parametrize("name", alterations.RESAVED)
def test_another_word_in_a_file_that_was_saved_again_is_told(parts, name):
    changed = put("must use", "may use")(dict(parts))
    found = judged(parts, lambda _: alterations.RESAVED[name](changed))
    assert [(one.kind, "may use" in one.what) for one in found.findings] == [("differs", True)]


@pytest.mark.parametrize(("old", "new"), [
    (">Leash<", ">Leashes<"), (r">1\.2<", ">1.3<"), ('w:anchor="(_Toc\\d+)0"', 'w:anchor="\\g<1>1"'),
])  # fmt: skip
def test_an_entry_of_an_updated_table_of_contents_has_the_number_and_words_of_its_heading(parts, old, new):
    found = judged(parts, lambda given: swap(old, new)(alterations.updated(given)))
    assert {(one.kind, one.place) for one in found.findings} == {("differs", "the table of contents")}


def test_a_file_with_another_status_is_laid_out_without_it(parts):
    looked = []

    def layout(*files):
        looked.extend("".join(map(bytes.decode, package.unpack(file).values())) for file in files)
        return [Finding("printed", "page 1", "its pictures are others")]

    unmarked = everywhere(r"<w:t[^>]*>DRAFT</w:t>", "<w:t></w:t>")(dict(parts))
    approved, other, marks = package.pack(parts), package.pack(unmarked), frozenset({"DRAFT"})
    found = verdict.compare(approved, other, marks, layout)
    assert (found.kind, found.laid_out) == ("printed otherwise", True)
    assert {one.kind for one in found.findings} == {"mark", "printed"}
    assert ["DRAFT" in text for text in looked] == [False, False]
    assert "The walker must use" in looked[0]


SHOWY = {
    "a frame": "<w:framePr w:w='9000' w:h='9000'/>",
    "lines of no height": "<w:spacing w:line='20' w:lineRule='exact'/>",
}


@pytest.mark.parametrize("look", SHOWY)
def test_a_status_that_could_lie_on_other_words_is_no_status(parts, look):
    def change(found):
        return swap("(<w:body>)", rf"\1<w:p><w:pPr>{SHOWY[look]}</w:pPr><w:r><w:t>FINAL</w:t></w:r></w:p>")(found)

    plain = put("<w:body>", "<w:body><w:p><w:r><w:t>FINAL</w:t></w:r></w:p>")
    approved, marks = package.pack(parts), frozenset({"FINAL"})
    assert verdict.compare(approved, package.pack(plain(dict(parts))), marks).kind == "saved again"
    assert verdict.compare(approved, package.pack(change(dict(parts))), marks).exit_code > 0


@pytest.mark.parametrize(("field", "change"), [
    ("DOCVARIABLE a", setting('<w:docVars><w:docVar w:name="a" w:val="1"/></w:docVars>')),
    ("AUTOTEXT a", alterations.ROWS["part", "glossaryDocument"]),
    ("DOCPROPERTY a", swap("</cp:coreProperties>", "<cp:category>x</cp:category></cp:coreProperties>",
                           "docProps/core.xml")),
])  # fmt: skip
def test_data_that_the_words_ask_for_is_compared(parts, field, change):
    asking = inline(alterations.field(field, "one"))(dict(parts))
    assert judged(asking, change).kind == "can't be judged"
    assert judged(parts, change).kind == "saved again"


def test_data_that_a_control_shows_is_compared(parts):
    bound = alterations.control('<w:dataBinding w:xpath="/data" w:storeItemID="{0}"/>')(dict(parts))
    held = alterations.ROWS["part", "customXml"](bound)
    assert judged(held, lambda found: found | {"customXml/item1.xml": b"<data>5</data>"}).kind == "can't be judged"


def test_what_was_added_and_changes_nothing_is_named(parts):
    change = both(alterations.ROWS["part", "thumbnail"], alterations.ROWS["setting", "w:documentProtection off"])
    assert judged(parts, change).added[-2:] == (
        "a small picture of its first page added", "a protection that is turned off added",
    )  # fmt: skip


def test_all_that_programs_add_beside_the_words_passes_at_once(parts):
    beside = [change for key, change in HONEST.items() if key[0] == "part" and key[1] not in ("customXml", "theme")]
    found = judged(parts, both(*beside))
    assert (found.kind, found.findings) == ("saved again", ()), found.findings
    assert "building blocks that are not shown added" in found.added


NOTES = "word/footnotes.xml"
IN_NOTES = {
    "another word": put("See the law", "See no law", NOTES),
    "hidden words": put("<w:r><w:t", "<w:r><w:rPr><w:vanish/></w:rPr><w:t", NOTES),
    "words above the notes": put("<w:separator/>", "<w:t>Void</w:t>", NOTES),
    "another number": setting('<w:footnotePr><w:numStart w:val="5"/></w:footnotePr>'),
    "two notes of one number": swap(r'(<w:footnote w:id="1">.*?</w:footnote>)', r"\1\1", NOTES),
    "no note": swap(r'<w:footnote w:id="1">.*</w:footnote>', "", NOTES),
    "a note in itself": swap(r'(<w:footnote w:id="1">.*?)(</w:p></w:footnote>)',
                             r'\1<w:r><w:footnoteReference w:id="1"/></w:r>\2', NOTES),
    "another picture": lambda parts: parts | {"word/media/dot.png": parts["word/media/dot.png"] + b"x"},
    "a larger picture": put('<wp:extent cx="914400"', '<wp:extent cx="9144000"'),
    "a turned picture": put("<a:xfrm>", '<a:xfrm rot="10800000">'),
    "a cropped picture": put("<a:stretch>", '<a:srcRect b="90000"/><a:stretch>'),
    "a picture in a picture": swap(r"(<pic:pic>.*?</pic:pic>)", r"\1\1"),
    "a picture whose bytes are named elsewhere": swap(r"(<a:blip [^>]*/>)(.*?)(<pic:spPr>)", r"\2\3\1"),
    "notes of another type": put(
        "wordprocessingml.footnotes+xml", "wordprocessingml.comments+xml", "[Content_Types].xml"
    ),
    "a picture from elsewhere": put('r:embed="r8"', 'r:embed="r8" r:link="r8"'),
}  # fmt: skip


@pytest.fixture(scope="module")
def firms(tmp_path_factory):
    folder = tmp_path_factory.mktemp("firm")
    drafted, _, _ = small.draft(small.load(folder / "lib"))
    return package.unpack(writer.write(drafted, test_accessible.firms(folder)))


@pytest.mark.parametrize("name", IN_NOTES)
def test_another_note_or_picture_in_a_firm_s_own_template_never_passes(firms, name):
    assert judged(firms, IN_NOTES[name]).exit_code in (1, 2)


def anew(parts):
    """Write a picture and a note as LibreOffice does: other ids, other names, other properties that draw nothing."""
    made = both(
        put('<wp:extent cx="914400" cy="914400"/>', '<wp:extent cx="914400" cy="914400"/><wp:effectExtent l="0" t="0" '
            'r="0" b="0"/>'),
        put('<wp:docPr id="1001" name="Seal"', '<wp:docPr id="1" title="" name="Seal"'),
        put("<pic:spPr>", '<pic:spPr bwMode="auto">'),
        put('<w:footnoteReference w:id="1"/>', '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            '<w:footnoteReference w:id="2"/>'),
        put('<w:footnote w:id="1">', '<w:footnote w:id="2">', NOTES),
        put("<w:p><w:r><w:footnoteRef/></w:r>", '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>'
            '<w:r><w:footnoteRef/></w:r>', NOTES),
        put("See the law", "See </w:t></w:r><w:r><w:t xml:space='preserve'>the law", NOTES),
    )  # fmt: skip
    return made(parts)


def test_a_picture_and_a_note_that_a_program_wrote_anew_are_the_same(firms):
    assert judged(firms, anew).findings == ()


ANCHOR = (
    r'<wp:anchor behindDoc="0" \1><wp:positionH relativeFrom="page"><wp:posOffset>{}</wp:posOffset></wp:positionH>'
    r"<wp:{}/>\2</wp:anchor>"
)


@pytest.mark.parametrize(("across", "wrapped", "same"), [
    (123456, "wrapTopAndBottom", True), (123120, "wrapTopAndBottom", True), (223456, "wrapTopAndBottom", False),
    (123456, "wrapNone", False),
])  # fmt: skip
def test_a_picture_that_floats_is_the_same_where_it_is_at_its_place(firms, across, wrapped, same):
    def floating(place, wrap):
        return swap(r"<wp:inline([^>]*)>(.*?)</wp:inline>", ANCHOR.format(place, wrap))(dict(firms))

    approved = floating(123456, "wrapTopAndBottom")
    assert (judged(approved, lambda _: floating(across, wrapped)).findings == ()) is same


def test_a_contract_in_a_firm_s_own_template_is_the_same_when_it_is_saved_again(firms):
    made = firms  # a font, a picture, a footnote
    for name in ("python-docx", "Word's F9", "runs divided", "styles with other ids"):
        assert judged(made, alterations.RESAVED[name]).kind == "saved again", name
    assert judged(made, put("must use", "may use")).kind == "differs"


def noisy(seed):
    """Return the noise of a word processor: a choice of what honest files hold, of which each row has one."""
    dice = random.Random(seed)  # noqa: S311  # noise is no secret
    chosen = [
        change
        for key, change in HONEST.items()
        if key[0] in ("setting", "page", "row", "part", "attribute", "run") and key != ("part", "stylesWithEffects")
    ]  # a copy of the styles must be made last
    dice.shuffle(chosen)

    def change(found):
        for each in chosen[:30]:
            try:
                found = each(found)
            except AssertionError:  # another change has taken its place
                continue
        return alterations.split(dice)(found)

    return change


@pytest.mark.parametrize("seed", range(20))
def test_the_noise_of_a_word_processor_is_no_change(parts, seed):
    found = judged(parts, noisy(seed))
    assert (found.kind, found.findings) == ("saved again", ()), found


@pytest.mark.parametrize("seed", range(20))
def test_one_changed_letter_under_the_noise_is_told(parts, seed):
    dice = random.Random(seed)  # noqa: S311  # a place is no secret

    def change(found):
        text = found["word/document.xml"].decode()
        places = [m for m in alterations.WORDS.finditer(text) if any(map(str.isalnum, m.group(1)))]
        place = dice.choice(places)
        at = dice.choice([i for i in range(place.start(1), place.end(1)) if text[i].isalnum()])
        other = "7" if text[at] != "7" else "1"
        return noisy(seed)(found | {"word/document.xml": (text[:at] + other + text[at + 1 :]).encode()})

    assert judged(parts, change).kind == "differs"
