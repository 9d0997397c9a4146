"""What belongs together stays on one line wherever a contract is printed, and is plain spaces everywhere else."""

import re
from dataclasses import replace

import docx_text
import pairs
import pytest
import small
from generated import TEMPLATE, small_library
from lxml import etree

from drafter import contract
from drafter.base import english
from drafter.comparing import redline
from drafter.contract import Answer, Paragraph, Reference, Text
from drafter.papers import in_html
from drafter.pdf import paper
from drafter.word import incoming, reader, writer
from drafter.word.oxml import spaces
from drafter.word.oxml.elements import element, run

KEPT = [
    "Exhibit~A", "Article~6", "Section~7.3", "Sections~7.3 and 7.4", "section~471.59, subdivision~3", "§~1", "§§~1",
    "Minn.~Stat.~§~471.59", "Minn.~R.~1300", "St.~Louis Park", "No.~283", "Mr.~Name", "Ms.~Name", "Dr.~Name",
    "5~p.m.", "7:45~a.m. to 3:15~p.m.",
    "July~1, 2026", "Article~IV", "Exhibit~AA", "Exhibit~A’s", "Policy~507.5", "42~U.S.C. 1983",
    "Nos.~3 and 4", "pp.~4 to 6", "subd.~2", "sub-Section~7", "(Rule~3)", "Capt.~Name", "34~C.F.R. part~99", "Ed.~Code",
]  # fmt: skip
LOOSE = [
    "the Article is",
    "no one",
    "No parking",
    "Section by section",
    "a part of it",
    "in part I’m",
    "St Louis",
    "5 pm tomorrow".replace("pm", "people"),
    "may 5",
    "The Exhibit Room",
    "Mr Name",
    "exhibit a",
    "SECTION 7",
    "Education Code",
]


@pytest.mark.parametrize("shown", KEPT)
def test_what_belongs_together_is_not_broken(shown):
    words = shown.replace("~", " ")
    assert list(english.unbroken([words])) == [shown.replace("~", "\u00a0")]
    for cut in range(len(words)):  # whatever pieces it is in
        pieces = [words[:cut], words[cut:]]
        made = list(english.unbroken(pieces))
        assert "".join(made) == shown.replace("~", "\u00a0")
        assert list(map(len, made)) == list(map(len, pieces))


@pytest.mark.parametrize("words", LOOSE)
def test_other_words_are_broken_anywhere(words):
    assert list(english.unbroken([words])) == [words]


def texts(data):
    root = etree.fromstring(docx_text.parts(data)["word/document.xml"])
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return ["".join(node.text or "" for node in p.iter(f"{w}t", f"{w}delText")) for p in root.iter(f"{w}p")]


def test_a_word_file_keeps_references_together_and_the_contract_has_plain_spaces():
    made = small.draft(small_library())[0]
    assert "\u00a0" not in contract.to_text(made) + contract.to_json(made)
    assert "See Section 1.2." in contract.to_text(made) or "Section 1.2" in contract.to_text(made)
    data = writer.write(made, TEMPLATE)
    assert any("Section\u00a01.2" in text for text in texts(data))
    read = reader.read(incoming.read(data), [section.id for section in contract.sections(made)])
    assert "\u00a0" not in repr(read)


def test_a_reference_is_kept_together_in_a_redline_and_on_a_page():
    base, revised = (small.draft(small_library(), small.ANSWERS + more)[0] for more in ("", "bites: yes\n"))
    made = redline.compare(base, revised)
    data = writer.write_redline(made, TEMPLATE, writer.Notes(writer.Stamp("Ann", "2026-01-01T00:00:00Z")))
    assert any("Section\u00a01.2" in text for text in texts(data))
    assert "Section\u00a01.2" in in_html.redline_page(made, "two drafts")


def test_a_paragraph_is_one_text_whatever_its_runs_and_a_break_ends_a_line():
    paragraph = element(
        "p", run("see Section"), run(" "), run("7 and St."), run("\n"), run(" Paul, Exhibit"), run(" A")
    )
    spaces.keep_together(element("body", paragraph))
    words = [node.text for node in paragraph.iter() if node.text]
    assert words == ["see Section", "\u00a0", "7 and St.", " Paul, Exhibit", "\u00a0A"]


def test_a_contract_that_was_recorded_with_no_break_spaces_is_read_with_plain_ones():
    made = small.draft(small_library())[0]
    old = contract.to_json(made).replace('Section "', 'Section\u00a0"')
    assert old != contract.to_json(made)
    assert contract.from_json(old) == made


def test_an_answer_keeps_its_own_no_break_space_in_the_contract():
    made = small.draft(small_library(), small.ANSWERS.replace("walker: Ann", "walker: a\u00a0b"))[0]
    assert Answer("a\u00a0b", "walker") in list(contract.all_runs(made))
    assert {type(run) for run in contract.all_runs(made)} >= {Answer, Text, Reference}


def test_each_reference_is_a_link_on_paper():
    data = writer.write(small.draft(small_library(), small.ANSWERS)[0], TEMPLATE)
    parts = docx_text.parts(paper.together(data))
    links = re.findall(r"<w:hyperlink w:anchor=\"(_r_\w+)", parts["word/document.xml"].decode())
    assert b" REF " not in parts["word/document.xml"]
    before = re.findall(r" REF (\w+)", docx_text.parts(data)["word/document.xml"].decode())
    assert set(before) <= set(links)
    assert re.sub(r" (?=[ \t])", "", docx_text.plain_text(paper.together(data))) == docx_text.plain_text(data)


def kept_fields(parts):
    """Return the words of each reference that is a field and has a no-break space in them."""
    field = r"<w:(?:instrText|delInstrText)[^>]*> REF (?:(?!\"end\").)*?\"end\""
    found = re.findall(field, parts["word/document.xml"].decode(), re.DOTALL)
    return [words for words in found if "\u00a0" in words]


@pytest.mark.parametrize("turned", [False, True])
def test_no_reference_on_paper_is_a_field_that_libreoffice_could_break(turned):
    base = small.draft(small_library(), small.ANSWERS)[0]
    article = base.articles[0]
    more = Paragraph((Text("See "), Reference("Article 1", f"article:{article.id}"), Text(".")))
    first = article.sections[0].id
    revised = pairs.over_sections(base, lambda s: replace(s, blocks=(*s.blocks, more)) if s.id == first else s)
    compared = redline.compare(*((revised, base) if turned else (base, revised)))
    data = writer.write_redline(compared, TEMPLATE, writer.Notes(writer.Stamp("Ann", "2026-01-01")))
    printed = docx_text.parts(paper.tracked(data))
    assert turned or kept_fields(docx_text.parts(data))
    assert not kept_fields(printed)
    assert "Article\u00a01" in "".join(etree.fromstring(printed["word/document.xml"]).itertext())
