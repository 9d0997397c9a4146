"""A contract that came back: each change is laid to its section, whoever saved the file, and is told as it was made."""

from __future__ import annotations

import csv
import functools
import json
import re
import textwrap
from html import escape
from pathlib import Path

import commands
import edits
import generated
import pytest
import returns
import small
from edits import Editor

from drafter import contract
from drafter.base import manifest
from drafter.contract import from_json
from drafter.replying import judging, saying
from drafter.returned import differing, furniture, numbered, reading, sent
from drafter.returned.file import pieces, texts
from drafter.returned.file.pieces import End, Known, Piece
from drafter.word import writer
from drafter.word.oxml import package, story
from drafter.word.oxml.screening.looks import Looks

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "returned-markup" / "returns"
TEMPLATE = generated.TEMPLATE
DOCUMENT = "word/document.xml"
WHO = 'w:id="901" w:author="Riley Counsel" w:date="2026-04-13T15:04:00Z"'
LEASH = "The walker must use a leash on each Dog:"
NOTES = "No notes. Dogs and the Town agree."


@functools.cache
def furnished():
    return furniture.of(TEMPLATE)


@functools.cache
def base(form="small"):
    text = (
        small.ANSWERS if form == "small" else (ROOT / "examples" / "st-louis-park" / "answers.yaml").read_text("utf-8")
    )
    made = small.draft(generated.LIBRARIES[form](), text)[0]
    parts = package.unpack(writer.write(made, TEMPLATE))
    return sent.of_contract(made, furnished()), parts, made


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def ins(text, who=WHO):
    return f"<w:ins {who}>{run(text)}</w:ins>"


def gone(text, who=WHO):
    return f'<w:del {who}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def paragraph(content, style="SectionText", mark=""):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:rPr>{mark}</w:rPr></w:pPr>{content}</w:p>'


def came(*pairs, more=()):
    """Read the small contract against itself with some XML, or what patterns find, replaced, and with more parts."""
    base_sent, parts, _ = base()
    xml = parts[DOCUMENT].decode()
    for old, new in pairs:
        pattern = re.compile(re.escape(old)) if isinstance(old, str) else old
        assert pattern.search(xml), old
        xml = pattern.sub(new if callable(new) else lambda _, new=new: new, xml, count=1)
    made = parts | {DOCUMENT: xml.encode()}
    for name, kind, part in more:
        made = package.added(made, DOCUMENT, f"word/{name}.xml", (f"http://x/{kind}", "application/xml"), part.encode())
    return reading.read(base_sent, made)


def whole(text):
    """The run of the small contract that has these words alone."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def block(text, style="SectionText", properties=""):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{whole(text)}</w:p>'


def told(found):
    return [(c.section, c.kind, c.marked, c.before, c.after) for c in found.changes]


# -- nothing changed ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["small", "standard"])
def test_a_file_in_which_nothing_was_changed_has_no_change(form):
    base_sent, parts, _ = base(form)
    found = reading.read(base_sent, parts)
    assert (found.changes, found.comments, found.unplaced, found.possible) == ((), (), (), ())


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: re.sub(r"<w:bookmark(Start|End) [^>]*>", "", xml),
        lambda xml: re.sub(r"<w:pStyle [^>]*>", "", xml),
        lambda xml: re.sub(r"<w:r><w:fldChar [^>]*/></w:r>|<w:r><w:instrText.*?</w:r>", "", xml),
        lambda xml: xml.replace("“", '"').replace("”", '"').replace("’", "'"),
        lambda xml: xml.replace(
            "No notes. Dogs", 'No </w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>notes. Dogs'
        ),
        lambda xml: xml.replace(
            f"{block('No notes. Dogs and the Town agree.')}",
            f"<w:sdt><w:sdtContent>{block('No notes. Dogs and the Town agree.')}</w:sdtContent></w:sdt>",
        ),
    ],
    ids=["bookmarks", "styles", "fields", "quotes", "runs", "control"],
)
def test_what_a_program_does_by_itself_is_no_change(change):
    base_sent, parts, _ = base()
    xml = change(parts[DOCUMENT].decode())
    assert xml != parts[DOCUMENT].decode()
    assert told(reading.read(base_sent, parts | {DOCUMENT: xml.encode()})) == []


def test_numbers_that_were_typed_before_lines_are_no_change():
    found = came(
        (whole("The Town has dogs."), whole("A. The Town has dogs.")), (whole("Leash"), whole("1.2 Leash")),
        (whole("it is held."), whole("(a) it is held.")), (whole("The Policy"), whole("Exhibit BThe Policy")),
    )  # fmt: skip
    assert told(found) == []


def retyped(base_sent, parts, change):
    """The small file or another with each line typed anew, its number before it; `change` gives the lines of one."""
    lines = [
        said
        for line, number in zip(base_sent.lines, base_sent.numbers, strict=True)
        for said in change(number.replace("\xa0", " "), line.text)
    ]
    xml = parts[DOCUMENT].decode()
    body = "".join(f"<w:p>{run(escape(said))}</w:p>" for said in lines)
    return parts | {DOCUMENT: f"{xml[: xml.index('<w:body>')]}<w:body>{body}</w:body></w:document>".encode()}


def test_the_numbers_that_were_typed_after_a_new_item_are_no_change():
    base_sent, parts, _ = base("standard")
    new = "has no pending charge;"
    later = {"(c)": "(d)", "(d)": "(e)", "(e)": "(f)"}
    seen: list[str] = []

    def change(number, text):
        seen.extend([text] if text.startswith(("has at least two years", "The City must not keep")) else [])
        number = later.get(number, number) if len(seen) == 1 else number
        return [f"{number} {text}", *([f"(c) {new}"] if text in seen and len(seen) == 1 else [])]

    found = reading.read(base_sent, retyped(base_sent, parts, change))
    assert told(found) == [("4.2", "insert", False, "", new)]


def test_lines_to_sign_on_are_no_head_of_a_page_that_is_repeated():
    _, parts, _ = base("standard")
    read = numbered.of_file(parts)
    assert told(reading.read(read, retyped(read, parts, lambda number, text: [f"{number} {text}"]))) == []


def test_the_table_of_contents_is_no_text_also_without_its_field():
    base_sent, parts, made = base("standard")
    headings = [s.number + " " + contract.words(s.heading) for a in made.articles for s in a.sections if s.heading]
    listed = "".join(paragraph(run(f"{text}<w:tab/>{number}"), "X") for number, text in enumerate(headings))
    xml = parts[DOCUMENT].decode().replace("<w:body>", f"<w:body>{listed.replace('<w:tab/>', ' ')}", 1)
    assert told(reading.read(base_sent, parts | {DOCUMENT: xml.encode()})) == []


def as_from_a_pdf(base_sent, change):
    """The lines of a contract as a converter makes them of its pages: cut, numbers typed, no styles, heads of pages."""
    made, count = [], 0
    for line, number in zip(base_sent.lines, base_sent.numbers, strict=True):
        for piece in textwrap.wrap(change(f"{number} {line.text}".strip()), 70):
            made.append(piece)
            count += 1
            made += [f"Page {count // 40} of 30", "The Agreement"] if count % 40 == 0 else []
    return "".join(f"<w:p>{run(escape(piece))}</w:p>" for piece in made)


@pytest.mark.parametrize("new", ["must not use", "should not use"])
def test_a_file_that_was_a_pdf_is_put_together_by_its_words(new):
    base_sent, parts, _ = base("standard")
    body = as_from_a_pdf(base_sent, lambda text: text.replace("must not use", new))
    xml = parts[DOCUMENT].decode()
    made = parts | {DOCUMENT: f"{xml[: xml.index('<w:body>')]}<w:body>{body}</w:body></w:document>".encode()}
    found = told(reading.read(base_sent, made))
    changed = sum("must not use" in line.text for line in base_sent.lines) if new != "must not use" else 0
    assert len(found) == changed
    assert {found[1:] for found in found} <= {("replace", False, "must", "should")}


# -- changes of each kind -----------------------------------------------------------------------

CASES = {
    "words": ((whole(NOTES), run("No notes. ") + gone("Dogs") + ins("Cats") + run(" and the Town agree.")),
              [("2.1", "replace", True, "Dogs", "Cats")]),
    "words, silent": ((whole(NOTES), whole("No notes. Cats and the Town agree.")),
                      [("2.1", "replace", False, "Dogs", "Cats")]),
    "two in a sentence": ((whole(NOTES), run("No notes. ") + gone("Dogs") + ins("Cats") + run(" and the ")
                           + gone("Town") + ins("City") + run(" agree.")),
                          [("2.1", "replace", True, "Dogs and the Town", "Cats and the City")]),
    "two sentences": ((whole(NOTES), run("No ") + gone("notes") + ins("papers") + run(". Dogs and the ") + gone("Town")
                       + ins("City") + run(" agree.")),
                      [("2.1", "value", True, "notes", "papers"), ("2.1", "replace", True, "Town", "City")]),
    "the same words": ((whole(NOTES), gone(NOTES) + ins(NOTES)), []),
    "a line": ((block(NOTES), block(NOTES) + paragraph(ins("The Town may bark."), mark=f"<w:ins {WHO}/>")),
               [("2.1", "insert", True, "", "The Town may bark.")]),
    "a line gone": ((block(LEASH, properties="<w:keepNext/>"), ""), [("1.2", "delete", False, LEASH, "")]),
    "a heading": ((whole("Leash"), gone("Leash") + ins("Lead")), [("1.2", "heading", True, "Leash", "Lead")]),
    "a value": ((whole("Rex"), gone("Rex") + ins("Max")), [("Signatures", "value", True, "Rex", "Max")]),
    "a title": ((whole("Dog Walking Agreement"), gone("Dog Walking Agreement") + ins("Dog Walking Contract")),
                [("title", "heading", True, "Dog Walking Agreement", "Dog Walking Contract")]),
    "struck by hand": ((whole(NOTES), run("No notes. ") + run("Dogs and the Town agree.", "<w:strike/>")),
                       [("2.1", "delete", False, "Dogs and the Town agree.", "")]),
    "hidden": ((whole(NOTES), run("No notes. ") + run("Dogs and the Town agree.", "<w:vanish/>")),
               [("2.1", "delete", False, "Dogs and the Town agree.", "")]),
    "brackets": ((whole(NOTES), run(f"{NOTES} [Town: never]")), [("2.1", "insert", False, "", "[Town: never]")]),
    "a block to sign": ((re.compile(r"<w:tbl>(?:(?!</w:tbl>).)*Town of Bark.*?</w:tbl>"), ""),
                        [("Signatures", "delete", False,
                          "Town of Bark\nBy its council\nName:\tRex\nTitle:\tDog\nName:\tBit\nTitle:\tDog", "")]),
    "all but references, as a .doc is saved": (
        (re.compile(r"(?<=<w:p><w:pPr><w:pStyle w:val=.SectionText./></w:pPr>)(?:(?!</w:p>).)*Exhibit.A.*?</w:p>"),
         lambda found: re.sub(r"<w:r>(<w:rPr>[^>]*></w:rPr>)?<w:t [^>]*>(“|Dog|”|[. ][^<]*)</w:t></w:r>",
                              lambda one: gone(one[2]), found[0])),
        [("1.1", "delete", True, "“Dog” means a dog in Exhibit A. See Section 1.2(a).", "")]),
    "an empty row": (
        (re.compile(r"<w:tr>(?:(?!<w:tr>).)*>a small dog<.*?</w:tr>"),
         lambda found: found[0] + re.sub(r"<w:t [^>]*>[^<]*</w:t>", "", found[0])), []),
    "merged": ((block(LEASH, properties="<w:keepNext/>"), paragraph(run(LEASH), mark=f"<w:del {WHO}/>")),
               [("1.2", "replace", True, f"{LEASH}\nit is held.", f"{LEASH}it is held.")]),
    "an end marked too many, as LibreOffice saves it": (
        (block(LEASH, properties="<w:keepNext/>"),
         paragraph(run(LEASH[:-1]) + gone(":") + ins("; and"), mark=f"<w:ins {WHO}/>")
         + paragraph(ins("The walker may bark."), mark=f"<w:ins {WHO}/>")),
        [("1.2", "replace", True, ":", "; and"), ("1.2", "insert", True, "", "The walker may bark.")]),
    "split": ((block(NOTES), paragraph(run("No notes."), mark=f"<w:ins {WHO}/>") + block(" Dogs and the Town agree.")),
              [("2.1", "replace", True, NOTES, "No notes.\nDogs and the Town agree.")]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_told_as_it_was_made(name):
    pair, expected = CASES[name]
    assert told(came(pair)) == expected


def swapped(old, new, marked):
    return gone(old) + ins(new) if marked else run(new)


@pytest.mark.parametrize("marked", [True, False])
def test_a_value_well_apart_from_other_words_of_its_sentence_is_a_change_of_its_own(marked):
    pays = re.compile("<w:r><w:t [^>]*>The Town pays twelve[^<]*</w:t></w:r>")
    between, day = " pays twelve thousand five hundred and 50/100 dollars ($12,500.50) from ", "August 31"
    far = run("The ") + swapped("Town", "City", marked) + run(between)
    date = swapped(day, "October 1", marked) + run(", 2026.")
    found = came((pays, far + date)).changes
    assert [(one.kind, one.marked, one.before, one.after, one.question) for one in found] == [
        ("replace", marked, "Town", "City", ""),
        ("value", marked, f"{day}, 2026", "October 1, 2026", "starts"),
    ]
    near = run(f"The Town{between.removesuffix('from ')}") + swapped("from", "after", marked) + run(" ")
    (one,) = came((pays, near + date)).changes
    assert (one.kind, one.before, one.after) == ("replace", f"from {day}, 2026", "after October 1, 2026")


@pytest.mark.parametrize("marked", [True, False])
def test_the_cells_of_a_row_are_changed_each_by_itself(marked):
    cells = r"<w:r><w:t [^>]*>Bit</w:t></w:r>(?P<between>(?:(?!<w:r>).)*)<w:r><w:t [^>]*>a small dog</w:t></w:r>"
    name, size = swapped("Bit", "Bat", marked), run("a ") + swapped("small", "big", marked) + run(" dog")
    found = came((re.compile(cells), lambda row: name + row["between"] + size)).changes
    assert [(one.kind, one.marked, one.before, one.after, one.question) for one in found] == [
        ("value", marked, "Bit", "Bat", "dogs[2].name"),
        ("value", marked, "a small dog", "a big dog", "dogs[2].size"),
    ]


def test_where_a_paragraph_was_split_or_joined_is_said():
    said = {name: saying.what(came(CASES[name][0]).changes[0]) for name in ("split", "merged")}
    assert said == {
        "split": 'split into 2 paragraphs before "Dogs and the Town agree."',
        "merged": 'joined with the paragraph after it: "it is held."',
    }


@pytest.mark.parametrize(("name", "why"), [("struck by hand",) * 2, ("hidden", "hidden"), ("brackets", "in brackets")])
def test_a_mark_by_hand_may_be_a_proposal(name, why):
    (change,) = came(CASES[name][0]).changes
    assert change.possible.startswith(why.split(" by")[0])


WHITE, TINY = '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'
MADE = {
    "made white": WHITE,
    "made 1 pt": TINY,
    "hidden": "<w:vanish/>",
    "made too narrow to be read": '<w:w w:val="1"/>',
}


@pytest.mark.parametrize("look", MADE)
def test_words_that_nobody_can_read_are_told_by_what_was_done_to_them(look):
    some = whole(NOTES), run("No notes. ") + run("Dogs and the Town agree.", MADE[look])
    (change,) = came(some).changes
    assert (change.kind, change.marked, change.before, change.possible) == (
        "delete", False, "Dogs and the Town agree.", look,
    )  # fmt: skip
    assert saying.what(change) == f'"Dogs and the Town agree." was {look}, so that nobody reads it'
    (new,) = came((whole(NOTES), run(NOTES) + run(" Cats pay.", MADE[look]))).changes
    assert (new.section, new.kind, new.marked, new.after, new.possible) == ("2.1", "insert", False, "Cats pay.", look)
    assert 'so that nobody reads it: "Cats pay."' in saying.what(new)
    tracked = f"<w:ins {WHO}>{run(' Cats pay.', MADE[look])}</w:ins>"
    (new,) = came((whole(NOTES), run(NOTES) + tracked)).changes
    assert (new.marked, new.authors, new.after, new.possible) == (True, ("Riley Counsel",), "Cats pay.", look)
    (line,) = came((block(NOTES), block(NOTES) + paragraph(run("Cats pay.", MADE[look])))).changes
    assert (line.section, line.after, line.possible) == ("2.1", "Cats pay.", look)


TEN = " only if it is made within ten days"


@pytest.mark.parametrize("author", ["", "Riley Counsel"])
@pytest.mark.parametrize(
    ("said", "before", "after"),
    [
        (("No notes. Dogs and the Town agree", TEN, "."), "", TEN.strip()),
        (("No notes. Dogs", " never", " and the Town agree."), "", "never"),
        (("", "Seldom ", NOTES), "", "Seldom"),
        ((NOTES, " No.", ""), "", "No."),
        (("No notes. Dog", "house", "s and the Town agree."), "Dogs", "Doghouses"),
        (("No notes. Dogs and", " and", " the Town agree."), "", "and"),
    ],
)
def test_words_that_nobody_can_read_are_told_where_they_stand_in_the_line(said, before, after, author):
    left, words, right = said
    unseen = run(words, WHITE)
    unseen = f"<w:ins {WHO}>{unseen}</w:ins>" if author else unseen
    (change,) = came((whole(NOTES), run(left) + unseen + run(right))).changes
    kind = "replace" if before else "insert"
    assert (change.kind, change.marked, change.place) == (kind, bool(author), "paragraph 1")
    assert (change.before, change.after, change.possible) == (before, after, "made white")
    assert (change.line_before, change.line_after) == (NOTES, "".join(said))
    assert [step.words.strip() for step in change.history] == [after] * bool(author)
    note = "words of it were made white, so that nobody reads them" if before else "made white, so that nobody reads it"
    assert note in saying.what(change)


def test_of_words_that_nobody_can_read_those_that_were_sent_are_gone_and_only_the_others_are_new():
    some = run("No notes. ") + run("Dogs and the Town agree. Cats pay.", WHITE)
    gone, new = came((whole(NOTES), some)).changes
    assert (gone.kind, gone.before, gone.possible) == ("delete", "Dogs and the Town agree.", "made white")
    assert (new.kind, new.after, new.possible) == ("insert", "Cats pay.", "made white")
    hide = (whole(NOTES), run("No notes. Dogs and the Town ") + run("agree.", WHITE))
    other = (whole("The Town has dogs."), run("The Town has dogs") + run(" agree", WHITE) + run("."))
    assert [(one.kind, one.before or one.after) for one in came(hide, other).changes] == [
        ("delete", "agree."), ("insert", "agree"),
    ]  # fmt: skip


def test_words_that_nobody_can_read_in_a_heading_a_new_line_and_beside_a_visible_change_are_told_there():
    (change,) = came((whole("Leash"), run("Leash") + run(" or Rope", TINY))).changes
    assert (change.kind, change.section, change.place, change.after) == ("heading", "1.2", "heading", "or Rope")
    added = block(NOTES) + paragraph(run("Cats pay") + run(" seldom", WHITE) + run("."))
    line, change = came((block(NOTES), added)).changes
    assert (line.after, change.after, change.place) == ("Cats pay.", "seldom", "after paragraph 1")
    assert (change.line_before, change.line_after) == ("Cats pay.", "Cats pay seldom.")
    beside = run("No notes. Cats and the Town") + run(" never", WHITE) + run(" agree.")
    seen, change = came((whole(NOTES), beside)).changes
    assert (seen.before, seen.after, seen.possible) == ("Dogs", "Cats", "")
    assert (change.after, change.line_after) == ("never", "No notes. Cats and the Town never agree.")


def test_a_visible_change_is_not_called_unreadable_for_a_word_that_is_so_elsewhere():
    white = (whole("The Town has dogs."), run("The Town has dogs") + run(" and", WHITE) + run("."))
    found = came(white, (whole(NOTES), run("No notes.")))
    assert [(one.before, one.after, one.possible) for one in found.changes] == [
        ("Dogs and the Town agree.", "", ""), ("", "and", "made white"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["character", "paragraph"])
@pytest.mark.parametrize("mark", ["strike", "dstrike"])
def test_words_that_a_style_strikes_through_are_gone_as_those_that_are_struck_through_by_hand(kind, mark):
    base_sent, parts, _ = base()
    style = f'<w:style w:type="{kind}" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:{mark}/></w:rPr></w:style>'
    later = f'<w:style w:type="{kind}" w:styleId="Later"><w:name w:val="Later"/><w:basedOn w:val="Gone"/></w:style>'
    styles = parts["word/styles.xml"].decode().replace("</w:styles>", f"{style}{later}</w:styles>")

    def read(properties):
        named = '<w:rStyle w:val="Later"/>' if kind == "character" else ""
        first = run("No notes. ", "" if named else f'<w:{mark} w:val="0"/>')
        second = run("Dogs and the Town agree.", f"{named}{properties}")
        new = paragraph(first + second, "SectionText" if named else "Later")
        xml = parts[DOCUMENT].decode().replace(block(NOTES), new)
        assert xml != parts[DOCUMENT].decode()
        return reading.read(base_sent, parts | {DOCUMENT: xml.encode(), "word/styles.xml": styles.encode()})

    (change,) = read("").changes
    assert (change.section, change.kind, change.marked) == ("2.1", "delete", False)
    assert (change.before, change.possible) == ("Dogs and the Town agree.", "struck through by hand")
    assert read(f'<w:{mark} w:val="0"/>').changes == ()


@pytest.mark.parametrize(
    ("properties", "look"),
    [("<w:vanish/>", "hidden"), ("<w:strike/>", "struck through by hand"), (WHITE, "made white")],
)
def test_words_that_were_hidden_or_struck_through_under_tracking_are_marked_with_their_author(properties, look):
    was = f"{properties}<w:rPrChange {WHO}><w:rPr/></w:rPrChange>"
    found = came((whole(NOTES), run("No notes. ") + run("Dogs and the Town agree.", was)))
    (change,) = found.changes
    assert (change.kind, change.marked, change.possible, found.possible) == ("delete", True, look, ())
    assert (change.before, change.authors) == ("Dogs and the Town agree.", ("Riley Counsel",))
    assert change.dates == ("2026-04-13T15:04:00Z",)


def test_words_that_were_made_white_under_tracking_are_marked_and_words_on_a_dark_shade_are_read():
    was = f"{WHITE}<w:rPrChange {WHO}><w:rPr/></w:rPrChange>"
    found = came((whole(NOTES), run("No notes. ") + run("Dogs and the Town agree.", was))).changes
    assert [(one.kind, one.marked, one.possible) for one in found] == [("delete", True, "made white")]
    assert found[0].authors == ("Riley Counsel",)
    for more in ("<w:b/>", "<w:strike/>"):  # made white without a mark, and only more than that with one
        also = f"{more}{WHITE}<w:rPrChange {WHO}><w:rPr>{WHITE}</w:rPr></w:rPrChange>"
        (change,) = came((whole(NOTES), run("No notes. ") + run("Dogs and the Town agree.", also))).changes
        assert (change.marked, change.authors, change.possible) == (False, (), "made white")
    dark = f'{WHITE}<w:shd w:val="clear" w:fill="000000"/>'
    assert came((whole(NOTES), run("No notes. ") + run("Dogs and the Town agree.", dark))).changes == ()
    shade = '<w:shd w:val="clear" w:fill="000000"/><w:color w:val="000000"/>'
    (change,) = came((whole(NOTES), run("No notes. ") + run("Dogs and the Town agree.", shade))).changes
    assert change.possible == "made the color of what is behind it"


def test_a_word_that_was_hidden_hides_no_change_of_other_words():
    hidden = whole(NOTES), run("No notes. Dogs and ") + run("the", MADE["hidden"]) + run(" Town agree.")
    tracked = whole(LEASH), gone(LEASH) + ins("The walker may use the leash:")
    made = {one.section: one for one in came(hidden, tracked).changes}
    assert {section: (one.marked, one.possible) for section, one in made.items()} == {
        "1.2": (True, ""), "2.1": (False, "hidden"),
    }  # fmt: skip
    assert "may" in made["1.2"].after


def test_two_authors_make_one_final_proposal_with_its_history():
    chief = WHO.replace("Riley Counsel", "Chief Pat").replace("15:04", "16:00")
    layered = gone("Dogs") + f"<w:ins {WHO}>{gone('Cats', chief)}</w:ins>" + ins("Birds", chief)
    (change,) = came((whole(NOTES), run("No notes. ") + layered + run(" and the Town agree."))).changes
    assert (change.before, change.after, change.authors) == ("Dogs", "Birds", ("Riley Counsel", "Chief Pat"))
    assert [(step.author, step.kind, step.words) for step in change.history] == [
        ("Riley Counsel", "deleted", "Dogs"), ("Riley Counsel", "inserted", "Cats"), ("Chief Pat", "deleted", "Cats"),
        ("Chief Pat", "inserted", "Birds"),
    ]  # fmt: skip


def test_a_sentence_that_was_put_in_or_taken_out_is_told_from_its_first_word():
    def line(text):
        return texts.lines([Piece(text, old=True, new=True), Piece("", old=True, new=True, end=End())], "old")

    one, two = (
        line("Dogs bark. Cats sleep. Nothing ends it. All stop."),
        line("Cats sleep. Nothing ends it. All stop. Dogs bark."),
    )
    found = differing.by_words(one, two, [0], [0])
    said = [
        " ".join(side[0].keys[at] for _, at in tokens)
        for hunk in found.hunks
        for side, tokens in (
            (one, found.base[hunk.start : hunk.stop]), (two, found.revised[hunk.first : hunk.last]),
        )
    ]  # fmt: skip
    assert said == ["Dogs bark .", "", "", "Dogs bark ."]


def test_silent_changes_come_first_and_each_has_an_id_of_its_own():
    found = came(
        (whole("The Town has dogs."), gone("The Town has dogs.") + ins("The Town has many dogs.")),
        (whole(NOTES), whole("No notes. Cats and the Town agree.")),
    )
    assert [change.marked for change in found.changes] == [False, True]
    again = came((whole(NOTES), whole("No notes. Cats and the Town agree.")))
    assert again.changes[0].id == found.changes[0].id != found.changes[1].id


def test_a_change_over_a_boundary_is_one_of_both_sections():
    item = '<w:p><w:pPr><w:pStyle w:val="SectionItem"/>'
    found = came((item, f"{item}<w:rPr><w:del {WHO}/></w:rPr>"))
    assert [change.section for change in found.changes] == ["1.2, 1.3"]
    heading = '<w:r><w:t xml:space="preserve">Price</w:t></w:r><w:bookmarkEnd w:id="10"/>'
    found = came(
        (item, f"{item}<w:rPr><w:del {WHO}/></w:rPr>"),
        (re.compile(rf"<w:pStyle w:val=.Heading2./>(?=</w:pPr><w:bookmarkStart [^>]*/>{heading})"),
         lambda found: f"{found[0]}<w:rPr><w:del {WHO}/></w:rPr>"),
        (heading, gone("Price")),
    )  # fmt: skip
    assert [(one.section, one.kind) for one in found.changes] == [("1.2, 1.3", "replace"), ("1.3", "heading")]


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("numbered_as", ["section", "paragraph"])
def test_a_new_section_without_a_heading_is_known_by_its_list(marked, numbered_as):
    base_sent, parts, _ = base("standard")
    xml = parts[DOCUMENT].decode()
    known = re.search(r"<w:p>(<w:pPr><w:pStyle w:val=.SectionText./><w:numPr>.*?</w:numPr></w:pPr>).*?</w:p>", xml)
    assert known is not None
    properties = known[1] if numbered_as == "section" else re.sub(r"<w:numPr>.*</w:numPr>", "", known[1])
    new = f"<w:p>{properties}{run('Dogs may bark.')}</w:p>"
    xml = xml.replace(known[0], known[0] + (tracked(new, "ins") if marked else new), 1)
    (change,) = reading.read(base_sent, parts | {DOCUMENT: xml.encode()}).changes
    assert (change.kind, change.marked, change.after) == ("insert", marked, "Dogs may bark.")
    is_whole = numbered_as == "section"
    assert (change.whole, change.place) == (is_whole, f"after {change.section if is_whole else 'paragraph 1'}")


FIELD = (
    r'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText [^>]*> REF _r_[^<]*</w:instrText></w:r>'
    r'<w:r><w:fldChar w:fldCharType="separate"/></w:r>(<w:r><w:t [^>]*>%s</w:t></w:r>)'
    r'<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize("said", [r"[\d.]+", r"Article.\d+"])
def test_the_same_reference_typed_is_a_change_where_other_references_are_kept(said):
    base_sent, parts, _ = base("standard")
    xml = re.sub(FIELD % said, lambda found: found[1], parts[DOCUMENT].decode(), count=1)
    typed = reading.read(base_sent, parts | {DOCUMENT: xml.encode()})
    assert [(c.kind, c.marked, c.before == c.after) for c in typed.changes] == [("reference", False, True)]


NEW = block("Cats", "Heading2") + block("No cats.")


@pytest.mark.parametrize(
    ("number", "more", "told_as"),
    [
        ("1.3", NEW, []),  # counted again: what it points to has that number by now
        ("1.4", NEW, [("reference", "1.2", "1.4")]),
        ("1.3", "", [("reference", "1.2", "1.3")]),
        ("Section 2.1", "", [("reference", "1.2", "Section 2.1")]),
        ("1.2, if it can,", "", [("insert", "", ", if it can,")]),
    ],
)
def test_what_was_typed_into_a_reference_is_a_change_and_a_number_that_was_counted_again_is_none(number, more, told_as):
    found = came((whole("1.2"), whole(number)), (re.compile(LINE % ("Heading2", "Leash")), lambda one: more + one[0]))
    new = [("1.1", "insert", False, "", "Cats\nNo cats.")] if more else []
    assert told(found) == [("1.1", kind, False, before, after) for kind, before, after in told_as] + new


@pytest.mark.parametrize("marked", [True, False])
def test_what_is_tracked_in_a_reference_is_a_change_unless_it_was_counted_again(marked):
    words = f"{gone('1.2')}{ins('2.1')}" if marked else run("2.1")
    (change,) = came((whole("1.2"), words)).changes
    assert (change.section, change.kind, change.marked, change.before, change.after) == (
        "1.1", "reference", marked, "1.2", "2.1",
    )  # fmt: skip
    found = came(
        (whole("1.2"), gone("1.2") + ins("1.3")), (re.compile(LINE % ("Heading2", "Leash")), lambda one: NEW + one[0])
    )
    assert [one.kind for one in found.changes] == ["insert"]


def test_a_reference_that_points_elsewhere_is_a_change_before_it_is_counted_again():
    base_sent, parts, _ = base("standard")
    xml = parts[DOCUMENT].decode()
    (six, seven) = (re.search(FIELD % f"Article.{number}", xml)[0] for number in (6, 7))
    name = re.search(r"_r_\w+", seven)[0]
    xml = xml.replace(six, re.sub(r"_r_\w+", name, six), 1)
    (change,) = reading.read(base_sent, parts | {DOCUMENT: xml.encode()}).changes
    assert (change.kind, change.marked) == ("reference", False)
    assert (change.before.split()[-1], change.after.split()[-1]) == ("6", "7")


LINE = r"<w:p><w:pPr><w:pStyle w:val=.%s./></w:pPr>(?:(?!</w:p>).)*>%s<.*?</w:p>"
FIRST, NEXT = LINE % ("Heading2", "Price"), LINE % ("SectionText", NOTES)
PRICE = re.compile(f"({FIRST}.*?)(August.31, 2026)(.*?</w:p>)(.*?{NEXT})")
MARKED = f"<w:rPr><w:%s {WHO}/></w:rPr></w:pPr>"


def tracked(xml, kind):
    """Return paragraphs as they are when each is tracked as deleted, "del", or inserted, "ins"."""
    xml = xml.replace("</w:pPr>", MARKED % kind)
    done = re.sub(r"<w:r>.*?</w:r>", lambda one: f"<w:{kind} {WHO}>{one[0]}</w:{kind}>", xml)
    return re.sub(r"\bw:t(?=[ >])", "w:delText", done) if kind == "del" else done


@pytest.mark.parametrize("marked", [True, False])
def test_a_section_that_moved_and_was_edited_is_one_move_with_the_words_apart(marked):
    def moved(found):
        start, date, end, rest = found.groups()
        gone, come = start + date + end, f"{start}September 30, 2026{end}"
        return tracked(gone, "del") + rest + tracked(come, "ins") if marked else rest + come

    move, value = came((PRICE, moved)).changes
    assert (move.section, move.kind, move.whole, move.marked, move.place) == ("1.3", "move", True, marked, "after 2.1")
    assert (value.section, value.kind, value.marked, value.question) == ("1.3", "value", marked, "starts")
    assert (value.before.split()[0], value.after) == ("August", "September 30, 2026")


def rearranged(base_sent, parts, *moves):
    """Read a contract against itself with lines moved: each after another one, both by how they begin."""
    xml = parts[DOCUMENT].decode()
    for said, after in moves:
        one, two = (
            next(one[0] for one in re.finditer(r"<w:(tr|p)[ >].*?</w:\1>", xml) if f">{words}" in one[0])
            for words in (said, after)
        )
        xml = xml.replace(one, "", 1).replace(two, two + one, 1)
    return [(c.section, c.kind, c.place) for c in reading.read(base_sent, parts | {DOCUMENT: xml.encode()}).changes]


def test_what_moved_is_told_with_its_place_in_the_section():
    base_sent, parts, _ = base("standard")
    said = rearranged(base_sent, parts, ("holds a peace officer", "has asked for"))
    assert said == [("4.2", "move", "within 4.2, after (c)")]


def test_rows_are_counted_without_the_paragraphs_round_their_table():
    base_sent, parts, _ = base()
    assert base_sent.places[base_sent.kinds.index("row")] == "row 1"
    read = numbered.of_file(parts)
    assert [place for place in read.places if place.startswith("row")][-3:] == ["row 1", "row 2", "row 3"]
    assert rearranged(base_sent, parts, ("Large<", "a small dog<")) == [
        ("Exhibit A", "row", "row 2"),
        ("Exhibit A", "row", "after row 3"),
    ]


def test_a_note_a_text_box_and_a_header_are_read():
    box = f"<w:r><w:pict><w:txbxContent>{block('A secret box.')}</w:txbxContent></w:pict></w:r>"
    found = came((whole(NOTES), whole(NOTES) + box))
    assert told(found) == [("2.1", "insert", False, "", "A secret box.")]
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = f'<w:footnotes {space}><w:footnote w:id="7">{block("Never on Mondays.")}</w:footnote></w:footnotes>'
    noted = came(
        (whole(NOTES), whole(NOTES) + '<w:r><w:footnoteReference w:id="7"/></w:r>'),
        more=[("notes", "footnotes", notes)],
    )
    assert told(noted) == [("2.1", "insert", False, "", "Never on Mondays.")]
    header = f"<w:hdr {space}>{paragraph(ins('Void unless sealed.'))}</w:hdr>"
    headed = came(more=[("head9", "header", header)])
    assert told(headed) == [("header", "insert", True, "", "Void unless sealed.")]
    footer = f"<w:ftr {space}>{paragraph(run('Page of ') + ins('the City'))}</w:ftr>"
    assert told(came(more=[("foot9", "footer", footer)])) == [("footer", "insert", True, "", "the City")]


def test_formats_that_were_tracked_are_one_line():
    bold = f"<w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange>"
    found = came((whole(NOTES), run(NOTES, bold)), (whole("Leash"), run("Leash", bold)))
    assert [(c.section, c.kind, c.authors) for c in found.changes] == [("1.2, 2.1", "format", ("Riley Counsel",))]


def test_comments_stay_threads_with_the_words_that_they_are_on():
    space = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    )
    said = "".join(
        f'<w:comment w:id="{n}" w:author="{who}" w:date="2026-04-13T15:04:00Z"><w:p w14:paraId="0000000{n}">'
        f"<w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
        for n, who, text in ((1, "Riley", "Why?"), (2, "Ann", "So they agree."), (3, "Riley", "Fine."))
    )
    threads = (
        '<w15:commentEx w15:paraId="00000001" w15:done="1"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000003" w15:paraIdParent="00000001" w15:done="0"/>'
    )
    on = (
        '<w:commentRangeStart w:id="1"/>'
        + gone("Dogs")
        + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    )
    found = came(
        (whole(NOTES), run("No notes. ") + on + run(" and the Town agree.")),
        more=[
            ("comments", "comments", f"<w:comments {space}>{said}</w:comments>"),
            ("commentsExtended", "commentsExtended", f"<w15:commentsEx {space}>{threads}</w15:commentsEx>"),
        ],
    )
    (comment,) = found.comments
    assert (comment.author, comment.text, comment.words, comment.section) == ("Riley", "Why?", "Dogs", "2.1")
    assert comment.done
    assert [(reply.author, reply.text) for reply in comment.replies] == [("Ann", "So they agree."), ("Riley", "Fine.")]
    assert [change.comments for change in found.changes] == [("1",)]


def test_words_before_all_that_was_sent_have_no_place():
    found = came(("<w:body>", f"<w:body>{block('Made by a trial version.')}"))
    assert found.changes == ()
    assert [(line.text, line.after) for line in found.unplaced] == [
        ("Made by a trial version.", "Dog Walking Agreement")
    ]


def test_what_a_redline_had_marked_when_it_was_sent_is_no_change_of_theirs():
    own = 'w:id="9" w:author="Drafter" w:date="2026-04-01T00:00:00Z"'
    base_sent, parts, _ = base()
    xml = parts[DOCUMENT].decode().replace(whole(NOTES), gone("Old notes.", own) + ins(NOTES, own), 1)
    made = parts | {DOCUMENT: xml.encode()}
    assert told(reading.read(base_sent, made, reading.marks(made))) == []
    assert told(reading.read(base_sent, made)) != []


# -- the command --------------------------------------------------------------------------------


def test_the_command_tells_the_changes_of_a_file(tmp_path):
    _, parts, made = base()
    xml = parts[DOCUMENT].decode().replace(whole(NOTES), whole("No notes. Cats and the Town agree."), 1)
    xml = xml.replace(whole("Leash"), gone("Leash") + ins("Lead"), 1)
    (tmp_path / "sent.json").write_text(contract.to_json(made), "utf-8")
    (tmp_path / "came.docx").write_bytes(package.pack(parts | {DOCUMENT: xml.encode()}))
    said = commands.run("redline", tmp_path / "sent.json", tmp_path / "came.docx", "--json")
    found = json.loads(said.stdout)["changes"]
    keys = ("section", "kind", "marked", "authors", "before", "after")
    assert [[change[key] for key in keys] for change in found] == [
        ["2.1", "replace", False, [], "Dogs", "Cats"], ["1.2", "heading", True, ["Riley Counsel"], "Leash", "Lead"],
    ]  # fmt: skip
    shown = commands.run("redline", tmp_path / "sent.json", tmp_path / "came.docx").stdout
    assert shown.index("Without a mark") < shown.index('"Dogs" -> "Cats"') < shown.index("Marked") < shown.index("Lead")


def test_two_word_files_are_compared_by_the_numbers_that_the_first_prints(tmp_path):
    _, parts, _ = base()
    xml = parts[DOCUMENT].decode().replace(whole(NOTES), whole("No notes. Cats and the Town agree."), 1)
    xml = xml.replace(whole("Leash"), gone("Leash") + ins("Lead"), 1)
    (tmp_path / "sent.docx").write_bytes(package.pack(parts))
    (tmp_path / "came.docx").write_bytes(package.pack(parts | {DOCUMENT: xml.encode()}))
    found = json.loads(commands.run("redline", tmp_path / "sent.docx", tmp_path / "came.docx", "--json").stdout)
    assert [(one["section"], one["kind"], one["marked"]) for one in found["changes"]] == [
        ("2.1", "replace", False), ("1.2", "heading", True),
    ]  # fmt: skip
    same = commands.run("redline", tmp_path / "sent.docx", tmp_path / "sent.docx")
    assert same.stdout == "Nothing was changed.\n"


def test_the_sections_of_a_word_file_are_those_that_it_prints():
    _, parts, made = base("standard")
    read = numbered.of_file(parts)
    assert list(dict.fromkeys(part.name for part in read.parts)) == ["the start", "Recitals", *(
        name for article in made.articles
        for name in (f"Article {article.number}", *(section.number for section in article.sections))
    ), "Signatures", "Exhibit A", *(section.number for section in made.exhibits[0].sections), "Exhibit B"]  # fmt: skip
    xml = parts[DOCUMENT].decode()
    for old, new in (("at least 30 days before", "at least 45 days before"), ("Casey Example", "Robin Example"),
                     ("enforcement of criminal laws", "enforcement of laws")):  # fmt: skip
        assert old in xml
        xml = xml.replace(old, new)
    found = reading.read(read, parts | {DOCUMENT: xml.encode()})
    assert told(found) == [
        ("14.2", "replace", False, "30", "45"), ("Signatures", "replace", False, "Casey", "Robin"),
        ("Exhibit B", "delete", False, "criminal", ""),
    ]  # fmt: skip


def test_what_a_word_file_has_already_is_no_change_of_it(tmp_path):
    _, parts, _ = base()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = f'<w:footnotes {space}><w:footnote w:id="7">{block("Never on Mondays.")}</w:footnote></w:footnotes>'
    note = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    xml = parts[DOCUMENT].decode().replace(whole(NOTES), gone("Old notes.") + ins(NOTES) + note, 1)
    made = parts | {DOCUMENT: xml.encode()}
    kind = ("http://x/footnotes", "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml")
    made = package.added(made, DOCUMENT, "word/footnotes.xml", kind, notes.encode())
    (tmp_path / "sent.docx").write_bytes(package.pack(made))
    assert commands.run("redline", tmp_path / "sent.docx", tmp_path / "sent.docx").stdout == "Nothing was changed.\n"
    (tmp_path / "came.docx").write_bytes(package.pack(made | {DOCUMENT: xml.replace("Ann.", "Bea.").encode()}))
    found = json.loads(commands.run("redline", tmp_path / "sent.docx", tmp_path / "came.docx", "--json").stdout)
    assert [(one["section"], one["before"], one["after"]) for one in found["changes"]] == [("the start", "Ann", "Bea")]
    undated = re.sub(r' w:date="[^"]*"', "", xml)  # whose marks these are can't be known
    (tmp_path / "sent.docx").write_bytes(package.pack(made | {DOCUMENT: undated.encode()}))
    assert "Marked" in commands.run("redline", tmp_path / "sent.docx", tmp_path / "sent.docx").stdout
    empty = re.sub(r"<w:body>.*</w:body>", "<w:body/>", xml, flags=re.DOTALL)
    (tmp_path / "sent.docx").write_bytes(package.pack(parts | {DOCUMENT: empty.encode()}))
    said = commands.run("redline", tmp_path / "sent.docx", tmp_path / "came.docx")
    assert "no words are in it" in said.output
    assert said.exit_code == 1


def test_of_a_pdf_the_words_are_listed(tmp_path):
    base_sent, _, made = base()
    lines = [f"{number} {line.text}".strip() for number, line in zip(base_sent.numbers, base_sent.lines, strict=True)]
    (tmp_path / "sent.json").write_text(contract.to_json(made), "utf-8")
    (tmp_path / "came.pdf").write_bytes(returns.printed([line.replace("No notes", "Few notes") for line in lines]))
    said = json.loads(commands.run("redline", tmp_path / "sent.json", tmp_path / "came.pdf", "--json").stdout)
    assert said["by_words"]
    assert [(one["section"], one["before"], one["after"]) for one in said["changes"]] == [("2.1", "No", "Few")]
    assert "This is a PDF" in commands.run("redline", tmp_path / "sent.json", tmp_path / "came.pdf").stdout


def test_the_marks_of_our_own_redline_are_known_by_their_round(tmp_path):
    _, parts, _ = base()
    own = 'w:id="9" w:author="Drafter" w:date="2026-04-01T00:00:00Z"'
    xml = parts[DOCUMENT].decode().replace(whole(NOTES), gone("Old notes.", own) + ins(NOTES, own), 1)
    folder = tmp_path / "01-to-town"
    path = folder / "outgoing/redline.docx"
    path.parent.mkdir(parents=True)
    (folder / manifest.FILE).write_text("")
    assert judging.ours(folder) == frozenset()
    path.write_bytes(package.pack(parts | {DOCUMENT: xml.encode()}))
    assert judging.ours(folder) == {("Drafter", "2026-04-01T00:00:00Z")}


# -- many changes -------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "seed", "count"), [("small", 3, 12), ("standard", 5, 2)])
def test_random_edits_are_laid_to_their_sections(form, seed, count):
    base_sent, parts, made = base(form)
    editor = Editor(parts, made)
    for chosen, ways, bookmarks in edits.batches(editor, seed, count):
        file = editor.made(chosen, ways, bookmarks=bookmarks)
        found = reading.read(base_sent, file)
        said = [(edit.kind, way, sorted(edit.sections)) for edit, way in zip(chosen, ways, strict=True)]
        wanted = {(s, way == "tracked") for edit, way in zip(chosen, ways, strict=True) for s in edit.sections}
        assert {(s, change.marked) for change in found.changes for s in change.sections} == wanted, said
        old, new = ([line.keys for line in side] for side in reading.sides(base_sent, file))
        silent = editor.made(chosen, ["silent"] * len(ways), bookmarks=bookmarks)
        rejected = editor.made(chosen, ["out" if way == "tracked" else way for way in ways], bookmarks=bookmarks)
        assert new == [line.keys for line in reading.sides(base_sent, silent)[1]], said
        assert old == [line.keys for line in reading.sides(base_sent, rejected)[0]], said


# -- files of other programs --------------------------------------------------------------------

RETURNS = (
    []
    if not SHARED.is_dir()
    else list(csv.DictReader((SHARED / "EXPECTED.tsv").read_text("utf-8").splitlines(), delimiter="\t"))
)
CUT = "P10-spire-doc-eval.docx"  # ends before the section that was edited
SILENT = ("A05", "A20", "A27", "A29", "P01", "P09", "P11", "superdoc-untracked")


KINDS = (  # of the change to the first section that is named, by what is said of a file
    (r"\bmoved$", "move"), (r" heading$", "heading"), (r"section deleted|bookmark gone|made hidden|melt", "delete"),
    (r"row deleted, row inserted", "row"), (r"REF field deleted", "reference"), (r"30 ?-> ?\d|replacement", "replace"),
    (r"paragraph after|^inserted |inserted under tracking|typed bracketed", "insert"),
)  # fmt: skip


def kind_of(row):
    """Return the kind that is said of a file with one change; nothing where none is said."""
    found = (
        kind for pattern, kind in KINDS if re.search(pattern, row["true_change"]) or re.search(pattern, row["note"])
    )
    return next(found, "") if "," not in row["true_change"] else ""


@functools.cache
def returned_base():
    return sent.of_contract(from_json((SHARED / "00-SENT-contract.json").read_text("utf-8")), furnished())


@pytest.mark.parametrize("row", RETURNS, ids=[row["file"] for row in RETURNS])
def test_a_returned_file_is_named_exactly(row):
    parts = package.unpack((SHARED / row["file"]).read_bytes())
    found = reading.read(returned_base(), parts)
    if row["file"] == CUT:
        assert [change.place for change in found.changes] == ["the end of the file"]
        return
    wanted = {re.sub(r" (moved|heading)$", "", name) for name in row["true_change"].split(", ")} - {"none"}
    assert {section for change in found.changes for section in change.sections} == wanted
    assert {change.marked for change in found.changes} <= {not row["file"].startswith(SILENT)}
    assert all(bool(change.authors) == change.marked for change in found.changes)
    assert {author for change in found.changes for author in change.authors} == {who for who, _ in reading.marks(parts)}
    assert not kind_of(row) or {change.kind for change in found.changes} == {kind_of(row)}


PUBLIC = SHARED.parent / "public"


def test_both_sides_of_a_file_read_as_other_programs_read_them():
    wrong = []
    for path in sorted(PUBLIC.glob("*.docx")):
        parts = package.unpack(path.read_bytes())
        reading.read(base()[0], parts)  # no file is too odd to be compared
        found = pieces.read(story.settled(parts[package.main(parts)]), Looks(()), Known({}))
        for side, name in (("old", "reject"), ("new", "accept")):
            expected = path.with_name(f"{path.stem}.{name}.txt")
            if expected.exists():
                lines = (line.text for line in texts.lines(found, side) if line.end.area not in {"box", "note"})
                wanted = expected.read_text("utf-8").replace("\u00ad", "")
                words = [re.findall(r"[^\W\d_]{2,}", text) for text in ("\n".join(lines), wanted)]
                wrong += [f"{path.name} {side}"] if words[0] != words[1] else []
    assert wrong == []
