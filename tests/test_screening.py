"""A template that someone else made: what its readers would not see, what Word would fetch, and what would be lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drafter.base.problems import DraftingError
from drafter.word import filling, kinds
from drafter.word.oxml import package, roots
from drafter.word.oxml.screening import colours
from drafter.word.oxml.screening.word_fields import ALLOWED

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
BODY, HEADER, FOOTER = "word/document.xml", "word/header1.xml", "word/footer1.xml"
STYLES, NUMBERING, SETTINGS = "word/styles.xml", "word/numbering.xml", "word/settings.xml"
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in roots.URIS.items())


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def table(rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{rows}</w:tbl>"


def row(content: str, properties: str = "", cell: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>{content}</w:tc></w:tr>"


def changed(target: Path, name: str = "agreement", **parts: tuple[str, str]) -> Path:
    """Copy a shipped template with words of some parts replaced, by the ends of the parts' names."""
    whole = package.unpack((TEMPLATES / f"{name}.docx").read_bytes())
    for end, (old, new) in parts.items():
        place = next(part for part in whole if part.endswith(f"/{end}.xml"))
        text = whole[place].decode()
        assert old in text, old
        whole[place] = text.replace(old, new, 1).encode()
    target.write_bytes(package.pack(whole))
    return target


def with_more(target: Path, more: str, name: str = "agreement") -> Path:
    """Copy a shipped template with more at the start of its body."""
    return changed(target, name, document=("<w:body>", f"<w:body>{more}"))


def with_part(target: Path, kind: str, inside: str) -> Path:
    """Copy a shipped template with a part more."""
    whole = package.unpack((TEMPLATES / "agreement.docx").read_bytes())
    root, entry = {
        "footnotes": ("footnotes", "footnote w:id='9'"),
        "endnotes": ("endnotes", "endnote w:id='9'"),
        "comments": ("comments", "comment w:id='9' w:author='A'"),
        "document.glossary": ("glossaryDocument", "docParts"),
    }[kind]
    xml = f"<w:{root} {NAMESPACES}><w:{entry}>{inside}</w:{entry.split()[0]}></w:{root}>"
    link = f"{roots.URIS['r']}/{'glossaryDocument' if '.' in kind else kind}"
    made = package.added(whole, BODY, f"word/{kind}.xml", (link, f"{WORDML}.{kind}+xml"), xml.encode())
    target.write_bytes(package.pack(made))
    return target


def told(path: Path) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in filling.check(path)]


# -- hidden text --------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["vanish", "specVanish", "webHidden"])
@pytest.mark.parametrize("kind", [kind.name for kind in kinds.ALL])
def test_hidden_text_is_named_in_each_kind_of_template(kind, mark, tmp_path):
    more = paragraph(run("open ") + run("for our", f"<w:{mark}/>") + run(" eyes", f'<w:{mark} w:val="on"/>'))
    found = told(with_more(tmp_path / "t.docx", more, kind))
    assert found == [("hidden-text", "the body has hidden text: 'for our eyes'")]


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_what_is_not_hidden_after_all_is_no_problem(value, tmp_path):
    more = paragraph(run("seen", f'<w:vanish w:val="{value}"/>'))
    assert told(with_more(tmp_path / "t.docx", more)) == []


PARTS = {
    "header1": "a header",
    "footer1": "a footer",
    "footnotes": "a footnote",
    "endnotes": "an endnote",
    "comments": "a comment",
    "document.glossary": "the glossary of building blocks",
}


@pytest.mark.parametrize("part", PARTS)
def test_hidden_text_and_fields_are_named_in_every_part(part, tmp_path):
    inside = paragraph(run("secret", "<w:vanish/>") + '<w:fldSimple w:instr="USERNAME"><w:r/></w:fldSimple>')
    path = tmp_path / "t.docx"
    if part[-1] == "1":
        root = "hdr" if part == "header1" else "ftr"
        changed(path, **{part: (f"</w:{root}>", f"{inside}</w:{root}>")})
    else:
        with_part(path, part, inside)
    assert told(path) == [
        ("hidden-text", f"{PARTS[part]} has hidden text: 'secret'"),
        ("word-field", f"{PARTS[part]} has the Word field 'USERNAME': it tells who opened or saved the file"),
    ]


STYLE = '<w:style w:type="{}" w:styleId="X"><w:name w:val="Ours"/>{}</w:style></w:styles>'
HIDING = "<w:rPr><w:vanish/></w:rPr>"


@pytest.mark.parametrize(
    ("part", "old", "new", "owner"),
    [
        ("styles", "</w:styles>", STYLE.format("paragraph", HIDING), "the style 'Ours'"),
        ("styles", "</w:styles>", STYLE.format("character", HIDING), "the style 'Ours'"),
        (
            "styles", "</w:styles>",
            STYLE.format("table", f'<w:tblStylePr w:type="lastRow">{HIDING}</w:tblStylePr>'), "the style 'Ours'",
        ),
        ("styles", "<w:rPrDefault><w:rPr>", "<w:rPrDefault><w:rPr><w:vanish/>", "the defaults of all styles"),
        ("numbering", "<w:lvlJc ", f"{HIDING}<w:lvlJc ", "level 1 of a list"),
    ],
)  # fmt: skip
def test_a_style_that_hides_is_named(part, old, new, owner, tmp_path):
    assert told(changed(tmp_path / "t.docx", **{part: (old, new)})) == [("hidden-text", f"{owner} hides text")]


def test_a_hidden_end_of_a_paragraph_is_named(tmp_path):
    more = paragraph(run("One"), "<w:rPr><w:vanish/></w:rPr>")
    found = told(with_more(tmp_path / "t.docx", more))
    assert found == [("hidden-text", "the body has a paragraph whose end is hidden: 'One'")]


def test_an_entry_of_contents_may_be_hidden_in_a_browser(tmp_path):
    link = f'<w:hyperlink w:anchor="_Toc1">{run("1", "<w:webHidden/>")}</w:hyperlink>'
    assert told(with_more(tmp_path / "t.docx", paragraph(link))) == []


def box(inside: str, extent: str = 'cx="900000" cy="900000"', *, across: int = 0, more: str = "") -> str:
    content = f"<wps:txbx><w:txbxContent>{paragraph(inside)}</w:txbxContent></wps:txbx>"
    place = f"<wp:positionH><wp:posOffset>{across}</wp:posOffset></wp:positionH>"
    anchor = f'<wp:anchor>{place}<wp:extent {extent}/><wp:docPr id="1" name="x"{more}/>{content}</wp:anchor>'
    return f"<w:r><w:drawing>{anchor}</w:drawing></w:r>"


def old_box(inside: str, style: str) -> str:
    content = f"<v:textbox><w:txbxContent>{paragraph(inside)}</w:txbxContent></v:textbox>"
    return f'<w:r><w:pict><v:shape style="{style}">{content}</v:shape></w:pict></w:r>'


WHITE = '<w:color w:val="FFFFFF"/>'
FILL = '<w14:solidFill><w14:schemeClr w14:val="{}"/></w14:solidFill>'
SECRET = run("secret")
UNSEEN = {
    "white": (paragraph(run("secret", WHITE)), "in the color of what is behind them"),
    "nearly white": (paragraph(run("secret", '<w:color w:val="F4F4F4"/>')), "in the color of what is behind them"),
    "black on black": (
        paragraph(run("secret", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')),
        "in the color of what is behind them",
    ),
    "white on a white highlight": (
        paragraph(run("secret", f'{WHITE}<w:highlight w:val="white"/>')), "in the color of what is behind them",
    ),
    "white by an effect": (
        paragraph(run("secret", f'<w14:textFill>{FILL.format("bg1")}</w14:textFill>')),
        "in the color of what is behind them",
    ),
    "faded": (paragraph(run("secret", "<w14:textFill><w14:noFill/></w14:textFill>")), "in the color of what is"),
    "half a point": (paragraph(run("secret", '<w:sz w:val="1"/>')), "too small to be read (0.5 points)"),
    "narrow": (paragraph(run("secret", '<w:w w:val="1"/>')), "too narrow to be read"),
    "condensed": (paragraph(run("secret", '<w:spacing w:val="-300"/>')), "printed over each other"),
    "no line": (paragraph(SECRET, '<w:spacing w:line="1" w:lineRule="exact"/>'), "in lines without a height"),
    "indent": (paragraph(SECRET, '<w:ind w:left="30000"/>'), "off the page"),
    "frame off": (paragraph(SECRET, '<w:framePr w:x="20000" w:y="1"/>'), "in a frame off the page"),
    "frame flat": (paragraph(SECRET, '<w:framePr w:h="1" w:hRule="exact"/>'), "in a frame without a size"),
    "row hidden": (table(row(paragraph(SECRET), "<w:hidden/>")), "in a hidden row of a table"),
    "row flat": (
        table(row(paragraph(SECRET), '<w:trHeight w:val="1" w:hRule="exact"/>')),
        "in a row of a table without a height",
    ),
    "table off": (table(row(paragraph(SECRET)), '<w:tblpPr w:tblpX="20000"/>'), "in a table off the page"),
    "box flat": (paragraph(box(SECRET, 'cx="0" cy="0"')), "in a text box without a size"),
    "box off": (paragraph(box(SECRET, across=20_000_000)), "in a text box off the page"),
    "box hidden": (paragraph(box(SECRET, more=' hidden="1"')), "in a hidden text box"),
    "old box hidden": (paragraph(old_box(SECRET, "width:99pt;visibility:hidden")), "in a hidden text box"),
    "old box flat": (paragraph(old_box(SECRET, "width:0;height:0")), "in a text box without a size"),
    "old box off": (paragraph(old_box(SECRET, "margin-left:-9999pt;width:99pt")), "in a text box off the page"),
    "hidden in a box": (paragraph(box(run("secret", "<w:vanish/>"))), "hidden text"),
}  # fmt: skip


@pytest.mark.parametrize("way", UNSEEN)
def test_words_that_are_not_seen_are_named(way, tmp_path):
    more, why = UNSEEN[way]
    [(code, message)] = told(with_more(tmp_path / "t.docx", more + "<w:p/>"))
    assert code == "hidden-text"
    assert message.startswith("the body has ")
    assert why in message
    assert "secret" in message


UNSEEN |= {
    "white by the theme": (
        paragraph(run("secret", '<w:color w:val="000000" w:themeColor="background1"/>')), "in the color of what is",
    ),
    "nearly white by the theme": (
        paragraph(run("secret", '<w:color w:val="0" w:themeColor="text1" w:themeTint="08"/>')), "in the color",
    ),
    "black on black by the theme": (
        paragraph(run("secret", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="FFFFFF" w:themeFill="text1"/>')),
        "in the color of what is",
    ),
    "white on a faint pattern": (
        paragraph(run("secret", f'{WHITE}<w:shd w:val="pct5" w:color="000000" w:fill="FFFFFF"/>')), "in the color",
    ),
    "lowered": (paragraph(run("secret", '<w:position w:val="-3000"/>')), "far above or below their line"),
    "small from right to left": (
        paragraph(run("\u05d0 secret", '<w:rtl/><w:szCs w:val="2"/>')), "too small to be read (1 points)",
    ),
    "fitted": (paragraph(run("secret", '<w:fitText w:val="1"/>')), "too narrow to be read"),
    "a column without a width": (
        table(row(paragraph(SECRET), cell='<w:tcW w:w="1" w:type="dxa"/>')), "in a column of a table without a width",
    ),
    "a grid without a width": (
        table(row(paragraph(SECRET))).replace("<w:tblGrid/>", '<w:tblGrid><w:gridCol w:w="1"/></w:tblGrid>'),
        "in a column of a table without a width",
    ),
    "a reading in small letters": (
        paragraph(
            f'<w:r><w:ruby><w:rubyPr><w:hps w:val="2"/></w:rubyPr><w:rt>{SECRET}</w:rt><w:rubyBase>{run("a")}'
            "</w:rubyBase></w:ruby></w:r>"
        ),
        "too small to be read (1 points)",
    ),
    "hidden in a formula": (
        paragraph("<m:oMath><m:r><w:rPr><w:vanish/></w:rPr><m:t>secret</m:t></m:r></m:oMath>"), "hidden text",
    ),
    "a phantom": (
        paragraph(
            '<m:oMath><m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e><m:r><m:t>secret</m:t></m:r></m:e>'
            "</m:phant></m:oMath>"
        ),
        "hidden text",
    ),
    **{
        f"{name} on {name}": (
            paragraph(run("secret", f'<w:color w:val="{digits}"/><w:highlight w:val="{name}"/>')), "in the color",
        )
        for name, digits in colours.HIGHLIGHTS.items()
    },
    "turned over": (
        paragraph(f'<w:bdo w:val="rtl">{run("secret 501")}</w:bdo>'), "words that are turned to run from right to left",
    ),
    "turned round": (paragraph(f'<w:dir w:val="rtl">{run("secret 5")}</w:dir>'), "words that are turned to run"),
    "a run from right to left": (paragraph(run("secret 12-34", "<w:rtl/>")), "words that are turned to run"),
    "a paragraph from right to left": (paragraph(run("secret 12 - 34"), "<w:bidi/>"), "words that are turned to run"),
    "in a font of signs": (
        paragraph(run("secret", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')), "words in Wingdings, a font",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("font", "char"), [("Symbol", "F035"), ("Symbol", "F061"), ("Arial", "0035"), ("Symbol", "what")]
)
def test_a_sign_that_prints_as_a_figure_is_named(font, char, tmp_path):
    more = paragraph(run("pay ") + f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>')
    message = f"the body has a sign that prints as a letter or a figure ({font} {char}): ''"
    assert told(with_more(tmp_path / "t.docx", more)) == [("hidden-text", message)]


STYLED = (
    '<w:style w:type="table" w:styleId="T"><w:name w:val="T"/>{}</w:style></w:styles>',
    '<w:tblStyle w:val="T"/><w:tblLook w:val="0420"/>',
)
BLACK = '<w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr>'


def condition(kind: str, properties: str) -> str:
    return f'<w:tblStylePr w:type="{kind}">{properties}</w:tblStylePr>'


def in_table(target: Path, style: str, *texts: str) -> list[tuple[str, str]]:
    """Say what is told of a table in a style, with a row for each text."""
    rows = "".join(row(text) for text in texts)
    return told(
        changed(
            target,
            styles=("</w:styles>", STYLED[0].format(style)),
            document=("<w:body>", f"<w:body>{table(rows, STYLED[1])}<w:p/>"),
        )
    )


LOST = "the body has words in the color of what is behind them: '{}'"


@pytest.mark.parametrize(
    ("style", "lost"),
    [
        (f"<w:rPr>{WHITE}</w:rPr>", "one two three"),
        (condition("firstRow", f"<w:rPr>{WHITE}</w:rPr>"), "one"),
        (condition("firstRow", f"<w:rPr>{WHITE}</w:rPr>{BLACK}"), ""),
        (f"<w:rPr>{WHITE}</w:rPr>{condition('firstRow', BLACK)}", "two three"),
        (f"<w:rPr>{WHITE}</w:rPr>{condition('lastRow', BLACK)}", "one two three"),  # the look doesn't ask for it
        (condition("band2Horz", f"<w:rPr>{WHITE}</w:rPr>"), "two three"),
        (condition("lastRow", f"<w:rPr>{WHITE}</w:rPr>"), ""),
        (condition("wholeTable", f"<w:rPr>{WHITE}</w:rPr>{BLACK}"), ""),
        (f"<w:rPr>{WHITE}</w:rPr>{BLACK}", ""),
    ],
)
def test_words_are_looked_at_as_the_style_of_their_table_makes_them(style, lost, tmp_path):
    found = in_table(tmp_path / "t.docx", style, *(paragraph(run(text)) for text in ("one", "two", "three")))
    said = [message.rpartition(": ")[2].strip("'") for _, message in found]
    assert sorted(said) == sorted(lost.split())
    assert all(message == LOST.format(words) for (_, message), words in zip(found, said, strict=True))


def test_a_cell_of_another_shade_hides_no_white_words(tmp_path):
    found = in_table(
        tmp_path / "t.docx", condition("firstRow", BLACK), paragraph(run("one")), paragraph(run("b", WHITE))
    )
    assert found == [("hidden-text", LOST.format("b"))]


def test_the_contracts_own_tables_are_looked_at(tmp_path):
    old = '<w:name w:val="Contract Table"/>'
    path = changed(tmp_path / "t.docx", styles=(old, f"{old}<w:rPr>{WHITE}</w:rPr>"))
    assert [message for _, message in told(path)] == [
        f"the style '{name}' has words in the color of what is behind them" for name in ("Table Header", "Table Text")
    ]


def test_a_dark_page_loses_the_words_whose_colour_word_chooses(tmp_path):
    path = changed(tmp_path / "t.docx", document=("<w:body>", '<w:background w:color="000000"/><w:body>'))
    assert all("in the color of what is behind them" in message for _, message in told(path))
    assert told(path)
    pale = changed(tmp_path / "u.docx", document=("<w:body>", '<w:background w:color="FFFFF0"/><w:body>'))
    assert told(pale) == []


def drawing(place: str, size: str = "900000", inside: str = "<wp:docPr id='1' name='x'/>", behind: str = "0") -> str:
    anchor = f'<wp:anchor behindDoc="{behind}"><wp:extent cx="{size}" cy="900000"/>{place}{inside}</wp:anchor>'
    return paragraph(f"<w:r><w:drawing>{anchor}</w:drawing></w:r>")


def old_drawing(style: str) -> str:
    return paragraph(f'<w:r><w:pict><v:rect style="{style}"/></w:pict></w:r>')


@pytest.mark.parametrize(
    ("more", "count"),
    [
        (drawing("<wp:wrapNone/>"), 1),
        (drawing("<wp:wrapNone/>", behind="1"), 0),
        (drawing("<wp:wrapNone/>", size="9525"), 0),
        (drawing('<wp:wrapSquare wrapText="bothSides"/>'), 0),
        (
            drawing(
                "<wp:wrapNone/>", inside=f"<wps:txbx><w:txbxContent>{paragraph(SECRET)}</w:txbxContent></wps:txbx>"
            ),
            0,
        ),
        (old_drawing("position:absolute;width:99pt;height:99pt;z-index:1"), 1),
        (old_drawing("position:absolute;width:99pt;height:99pt;z-index:-1"), 0),
        (old_drawing("width:99pt;height:99pt"), 0),
    ],
)
def test_a_picture_in_front_of_the_text_is_named(more, count, tmp_path):
    message = "the body has a picture or a drawing in front of the text, which may cover words"
    assert told(with_more(tmp_path / "t.docx", more)) == [("hidden-text", message)] * count


DARK = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'
SEEN = {
    "white on a dark run": paragraph(run("seen", f"{WHITE}{DARK}")),
    "white on a dark paragraph": paragraph(run("seen", WHITE), DARK),
    "white in a dark cell": table(row(paragraph(run("seen", WHITE)), cell=DARK)),
    "white on a pattern": paragraph(run("seen", f'{WHITE}<w:shd w:val="pct75" w:color="000000" w:fill="FFFFFF"/>')),
    "black by the theme": paragraph(run("seen", '<w:color w:val="FFFFFF" w:themeColor="text1"/>')),
    "white by the theme on black": paragraph(
        run("seen", '<w:color w:val="0" w:themeColor="background1"/><w:shd w:val="clear" w:themeFill="text1"/>')
    ),
    "a superscript": paragraph(run("seen", '<w:position w:val="10"/>')),
    "a narrow column": table(row(paragraph(run("seen")), cell='<w:tcW w:w="300" w:type="dxa"/>')),
    "a cell of any width": table(row(paragraph(run("seen")), cell='<w:tcW w:w="0" w:type="auto"/>')),
    "a box to be ticked": paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'),
    "words from right to left": paragraph(run("\u05d0\u05d1", "<w:rtl/>"), "<w:bidi/>"),
    "white on a colour": paragraph(run("seen", f'{WHITE}<w:highlight w:val="black"/>')),
    "white in a box, whose fill is not known": paragraph(box(run("seen", WHITE))),
    "grey": paragraph(run("seen", '<w:color w:val="A6A6A6"/>')),
    "its own colour": paragraph(run("seen", '<w:color w:val="auto"/>')),
    "small print": paragraph(run("seen", '<w:sz w:val="10"/>')),
    "a small tag": paragraph(run("{%p if title %}", '<w:sz w:val="2"/>')) + paragraph(run("{%p endif %}", WHITE)),
    "an empty line": paragraph(
        "<w:r><w:rPr><w:sz w:val='2'/></w:rPr></w:r>", '<w:spacing w:line="1" w:lineRule="exact"/>'
    ),
    "a box": paragraph(box(run("seen"), across=3_000_000)),
    "an old box": paragraph(old_box(run("seen"), "position:absolute;margin-left:20pt;width:2in;height:3cm")),
}


@pytest.mark.parametrize(("other", "count"), [("seen", 0), ("else", 1), ("", 1)])
def test_a_box_that_says_other_words_to_other_programs_is_named(other, count, tmp_path):
    one, two = (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{paragraph(run(text))}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict>"
        for text in ("seen", other)
    )
    both = f'<mc:Choice Requires="wps">{one}</mc:Choice><mc:Fallback>{two}</mc:Fallback>'
    more = paragraph(f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>")
    message = f"the body has other words for other programs: 'seen' and '{other}'"
    assert told(with_more(tmp_path / "t.docx", more)) == [("hidden-text", message)] * count


@pytest.mark.parametrize("way", SEEN)
def test_words_that_are_seen_are_no_problem(way, tmp_path):
    assert told(with_more(tmp_path / "t.docx", SEEN[way] + "<w:p/>")) == []


def test_a_style_of_the_contract_in_which_nothing_is_seen_is_named(tmp_path):
    parts = package.unpack((TEMPLATES / "agreement.docx").read_bytes())[STYLES].decode()
    style = parts[parts.index('w:styleId="SectionText"') :].partition("</w:style>")[0]
    small = f'<w:rPr>{WHITE}<w:sz w:val="2"/></w:rPr>'
    path = changed(tmp_path / "t.docx", styles=(style, re.sub(r"<w:rPr>.*</w:rPr>", "", style) + small))
    assert told(path) == [
        ("hidden-text", "the body has words in the color of what is behind them: '{{ articles }}'"),
        ("hidden-text", "the body has words too small to be read (1 points): '{{ articles }}'"),
        ("hidden-text", "the style 'Section Text' has words in the color of what is behind them"),
        ("hidden-text", "the style 'Section Text' has words too small to be read (1 points)"),
    ]


# -- fields of Word -----------------------------------------------------------------------------


def simple(code: str) -> str:
    return paragraph(f'<w:fldSimple w:instr="{code}">{run("1")}</w:fldSimple>')


def sign(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def complex_field(*pieces: str, result: str = "1") -> str:
    """Return a field with its code in several runs; a piece that is markup is left as it is."""
    code = "".join(p if p.startswith("<") else f"<w:r><w:instrText>{p}</w:instrText></w:r>" for p in pieces)
    return sign("begin") + code + sign("separate") + (result if result[0] == "<" else run(result)) + sign("end")


REFUSED = {
    "fetches": "INCLUDETEXT INCLUDEPICTURE INCLUDE IMPORT LINK EMBED DATABASE RD",
    "tells who": "USERNAME USERINITIALS USERADDRESS AUTHOR LASTSAVEDBY",
    "tells where": "FILENAME TEMPLATE FILESIZE",
    "another day": "DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME REVNUM",
    "a property": "TITLE SUBJECT KEYWORDS COMMENTS DOCPROPERTY DOCVARIABLE INFO NUMWORDS NUMCHARS",
    "words of its own": "QUOTE IF = COMPARE SET ASK FILLIN MERGEFIELD NEXT SKIPIF ADDRESSBLOCK GREETINGLINE",
    "start something": "MACROBUTTON GOTOBUTTON PRINT PRIVATE ADDIN CONTROL HTMLACTIVEX",
    "own Word keeps": "AUTOTEXT AUTOTEXTLIST GLOSSARY",
    "draws or moves": "ADVANCE EQ SYMBOL BARCODE DISPLAYBARCODE",
    "part of a form": "FORMTEXT FORMCHECKBOX FORMDROPDOWN",
    "hidden entries": "TC XE TA INDEX TOA BIBLIOGRAPHY CITATION",
    "no reference knows": "AUTONUM AUTONUMLGL AUTONUMOUT LISTNUM BIDIOUTLINE",
    "not on the list": "SOMETHING _Ref123 WORDSTAR",
}


@pytest.mark.parametrize(("why", "code"), [(why, code) for why, codes in REFUSED.items() for code in codes.split()])
def test_a_field_that_is_not_on_the_list_is_refused_with_its_reason(why, code, tmp_path):
    more = simple(f" {code.lower()} x ") + paragraph(complex_field(f" {code}", " \\* MERGEFORMAT "))
    found = told(with_more(tmp_path / "t.docx", more))
    assert [code for code, _ in found] == ["word-field", "word-field"]
    assert all(message.startswith("the body has the Word field '") and why in message for _, message in found)


@pytest.mark.parametrize(
    "code",
    [
        "PAGE", "page \\* roman", "PAGE \\* Arabic \\* MERGEFORMAT", "NUMPAGES", "SECTION", "SECTIONPAGES \\# 0",
        "REF _Ref1 \\r \\h", "PAGEREF _Toc1 \\h", "NOTEREF _Ref2 \\h", "STYLEREF &quot;Heading 1&quot; \\n",
        "SEQ Table \\* ARABIC", "TOC \\o &quot;1-2&quot; \\h \\z \\u", "HYPERLINK &quot;https://example.org&quot;",
        "HYPERLINK \\l &quot;_Toc1&quot;", "HYPERLINK &quot;mailto:ann@example.org&quot; \\o &quot;write&quot;",
    ],
)  # fmt: skip
def test_a_field_on_the_list_is_no_problem(code, tmp_path):
    more = simple(f" {code} ") + paragraph(complex_field(*code.replace(" ", "| ").split("|")))
    assert told(with_more(tmp_path / "t.docx", more)) == []


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("PAGE \\# &quot;'30 days'&quot;", "its switch '\\#' may show other words"),
        ("PAGE \\* Secret", "its switch '\\*' may show other words"),
        ("SEQ Table \\h", "its switch '\\h' may show other words"),
        ("REF _Ref1 \\d &quot;words&quot;", "its switch '\\d' may show other words"),
        ("HYPERLINK &quot;file:///C:/x.docx&quot;", "no web or mail address"),
        ("HYPERLINK \\\\server\\x", "no web or mail address"),
        ("HYPERLINK", "no web or mail address"),
    ],
)
def test_an_allowed_field_that_shows_more_is_refused(code, why, tmp_path):
    [(problem, message)] = told(with_more(tmp_path / "t.docx", simple(code)))
    assert problem == "word-field"
    assert why in message


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (complex_field("INCL", "UDET", "EXT x.docx"), "INCLUDETEXT x.docx"),
        (complex_field(run("INCLUDETEXT"), " x.docx"), "INCLUDETEXT x.docx"),
        (complex_field("PAGE", result=complex_field("USERNAME")), "USERNAME"),
        (complex_field("PAGE ", result=f'<w:fldSimple w:instr="AUTHOR">{run("x")}</w:fldSimple>'), "AUTHOR"),
        (complex_field(complex_field("PAGE"), " x"), "x"),
        (complex_field(" "), ""),
        (sign("begin") + "<w:r><w:instrText>USERNAME</w:instrText></w:r>", "USERNAME"),
        (box(complex_field("FILENAME \\p")), "FILENAME \\p"),
        (f'<w:hyperlink w:anchor="x">{complex_field("TIME")}</w:hyperlink>', "TIME"),
    ],
)
def test_a_field_is_found_however_it_is_written(content, code, tmp_path):
    found = told(with_more(tmp_path / "t.docx", paragraph(content)))
    assert [problem for problem, _ in found] == ["word-field"]
    assert found[0][1].startswith(f"the body has the Word field '{code}")


def test_a_field_over_paragraphs_is_read_whole(tmp_path):
    opened = sign("begin") + "<w:r><w:instrText>INCLUDE</w:instrText></w:r>"
    closed = "<w:r><w:instrText>PICTURE</w:instrText></w:r>" + sign("separate") + sign("end")
    [(code, message)] = told(with_more(tmp_path / "t.docx", paragraph(opened) + paragraph(closed)))
    assert (code, "'INCLUDEPICTURE'" in message) == ("word-field", True)


def test_every_allowed_and_refused_field_is_on_the_page():
    page = (TEMPLATES.parent / "docs" / "word-template.md").read_text("utf-8")
    assert [name for name in ALLOWED if f"`{name}`" not in page] == []
    listed = [name for names in REFUSED.values() for name in names.split() if names != REFUSED["not on the list"]]
    assert [name for name in listed if f"`{name}`" not in page] == []


# -- what comes from elsewhere ------------------------------------------------------------------

CONTROL = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("<w:altChunk/>", "another document inside it"),
        (paragraph("<w:subDoc/>"), "another document inside it"),
        (paragraph("<w:r><w:object/></w:r>"), "an embedded object"),
        (paragraph("<w:r><w:object><w:control/></w:object></w:r>"), "a control (ActiveX)"),
        (
            CONTROL.format("<w:dataBinding w:xpath='/x'/>"),
            "a content control that takes its words from data in the file",
        ),
        (
            CONTROL.format("<w15:dataBinding/>"),
            "a content control that takes its words from data in the file",
        ),
    ],
)
def test_words_from_elsewhere_are_refused(more, what, tmp_path):
    assert ("foreign-content", f"the body holds {what}") in told(with_more(tmp_path / "t.docx", more))


def test_a_picture_that_would_be_fetched_is_refused(tmp_path):
    more = paragraph('<w:r><w:pict><v:shape><v:imagedata src="http://example.org/x.png"/></v:shape></w:pict></w:r>')
    assert told(with_more(tmp_path / "t.docx", more)) == [
        ("outside-file", "the template links to 'http://example.org/x.png'")
    ]


@pytest.mark.parametrize(
    ("source", "kind"),
    [("", "webextensiontaskpanes"), ("", "extensibility"), (BODY, "chart"), (BODY, "diagramData"), (BODY, "video")],
)
def test_what_no_document_needs_is_refused(source, kind, tmp_path):
    whole = package.unpack((TEMPLATES / "agreement.docx").read_bytes())
    link = f"http://schemas.example.org/relationships/{kind}"
    made = package.added(whole, source, "word/more.xml", (link, "application/xml"), b"<x/>")
    (tmp_path / "t.docx").write_bytes(package.pack(made))
    assert told(tmp_path / "t.docx") == [
        ("foreign-content", f"the template holds something that no document needs ({kind})")
    ]


def test_a_tag_in_an_endnote_is_refused_since_none_is_filled_there(tmp_path):
    path = with_part(tmp_path / "t.docx", "endnotes", paragraph(run("See {{ title }}.")))
    assert told(path) == [("misplaced-field", "an endnote has '{{ title }}', which is not filled there")]


# -- tab stops ----------------------------------------------------------------------------------

LETTER = '<w:pgSz w:w="12240" w:h="15840"/>'
A4 = '<w:pgSz w:w="11906" w:h="16838"/>'
STOPS = '<w:tabs><w:tab w:val="center" w:pos="4000"/><w:tab w:val="right" w:pos="9360"/></w:tabs>'
TAB = "<w:r><w:tab/></w:r>"


def tabs(path: Path) -> list[str]:
    assert {code for code, _ in told(path)} <= {"tab-stop"}
    return [message.partition(" has a tab stop at ")[0] for _, message in told(path)]


def test_the_contents_of_a_template_on_a4_are_named_and_where_its_text_ends(tmp_path):
    path = changed(tmp_path / "t.docx", document=(LETTER, A4))
    assert tabs(path) == ["the style 'toc 1'", "the style 'toc 2'"]
    [first, _] = filling.check(path)
    assert first.message.endswith("at 6.50 inches (16.5 cm), but the text is 6.27 inches (15.9 cm) wide")
    assert "set it at 6.27 inches (15.9 cm)" in first.hint


@pytest.mark.parametrize("page", ['w:right="2000"', 'w:left="1600" w:right="1440"', 'w:right="1440" w:gutter="300"'])
def test_other_margins_are_as_narrow(page, tmp_path):
    old = 'w:right="1440" w:bottom="1440" w:left="1440"'
    whole = package.unpack((TEMPLATES / "agreement.docx").read_bytes())[BODY].decode()
    margins = whole[whole.index("<w:pgMar") :].partition("/>")[0]
    assert old in margins
    path = changed(tmp_path / "t.docx", document=(margins, f'<w:pgMar w:top="1440" {page}'))
    assert tabs(path) == ["the style 'toc 1'", "the style 'toc 2'"]


def test_a_template_on_a4_whose_contents_fit_is_in_order(tmp_path):
    path = changed(tmp_path / "t.docx", document=(LETTER, A4))
    parts = package.unpack(path.read_bytes())
    path.write_bytes(package.pack(parts | {STYLES: parts[STYLES].replace(b'w:pos="9360"', b'w:pos="9026"')}))
    assert told(path) == []


def test_a_template_without_contents_may_have_any_stops_in_their_styles(tmp_path):
    path = changed(tmp_path / "t.docx", document=("{{ contents }}", ""))
    parts = package.unpack(path.read_bytes())
    path.write_bytes(package.pack(parts | {BODY: parts[BODY].replace(LETTER.encode(), A4.encode())}))
    assert told(path) == []


@pytest.mark.parametrize(
    ("content", "count"), [("", 0), (TAB, 0), (TAB * 2, 1), (f"{run('a')}{TAB}{TAB}{run('b')}", 1)]
)
@pytest.mark.parametrize("part", ["header1", "footer1"])
def test_a_stop_beyond_the_text_counts_in_a_header_where_a_tab_gets_to_it(part, content, count, tmp_path):
    """Word's own header style has a stop at 6.5 inches on any paper; most headers don't use it."""
    end = "</w:hdr>" if part == "header1" else "</w:ftr>"
    path = changed(tmp_path / "t.docx", **{part: (end, paragraph(content, STOPS.replace("9360", "9500")) + end)})
    assert tabs(path) == [f"a {part[:-1]}"] * count


def test_each_section_has_its_own_width_and_the_header_of_the_one_before(tmp_path):
    narrow = f'<w:sectPr>{LETTER}<w:pgMar w:left="2000" w:right="2000"/></w:sectPr>'
    own = paragraph(run("a") + TAB, '<w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs>')
    path = with_more(tmp_path / "t.docx", own + paragraph("", narrow) + own)
    assert tabs(path) == ["a paragraph of the body"]


def test_a_template_with_any_of_it_is_refused_wherever_it_is_used(tmp_path):
    path = with_more(tmp_path / "t.docx", paragraph(run("secret", "<w:vanish/>")), "notes")
    with pytest.raises(DraftingError) as caught:
        filling.document(kinds.NOTES, {"notes": ()}, path, "")
    assert [problem.code for problem in caught.value.problems] == ["hidden-text"]


@pytest.mark.parametrize(
    "change",
    ['<w:ins w:id="1">{}</w:ins>', '<w:del w:id="1" w:author="">{}</w:del>', '<w:moveTo w:id="1">{}</w:moveTo>'],
)
def test_tracked_changes_without_a_name_are_refused(change, tmp_path):
    found = told(with_more(tmp_path / "t.docx", paragraph(change.format(run("words")))))
    assert found == [("template-changes", "the template holds tracked changes")]


@pytest.mark.parametrize("tag", ["{% raw %}", "{%- raw -%}", "{%+ raw %}"])
def test_a_tag_that_prints_tags_as_they_are_is_refused(tag, tmp_path):
    found = told(with_more(tmp_path / "t.docx", paragraph(run(f"{tag}{{{{ title }}}}{{% endraw %}}"))))
    assert found == [("template-refused", f"the body has a tag that prints tags as they are: '{tag}'")]
