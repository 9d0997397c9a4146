"""The pages for a browser: they need nothing else, are well formed, and whatever an answer is comes out as itself."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import generated
import pytest
import small

from drafter import contract
from drafter.comparing import redline
from drafter.contract import Text
from drafter.papers import in_html, matrix

ODD = "<b>&\"'</b>"
EMPTY = {"br", "meta"}  # elements that have no end tag


class Page(HTMLParser):
    """Reads a page: its words, elements and attributes; each element must be closed where it was opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.words: dict[str, list[str]] = {}
        self.attributes: set[tuple[str, str | None]] = set()
        self.doctype = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_decl(self, decl):
        self.doctype = decl

    def handle_starttag(self, tag, attrs):
        assert not (tag in {"p", "h1", "h2", "h3"} and {"p", "h1", "h2", "h3"} & set(self.open))
        self.tags.append(tag)
        self.attributes |= set(attrs)
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.setdefault(self.open[-1] if self.open else "", []).append(data)

    def text(self) -> str:
        text = "".join(word for tag, words in self.words.items() for word in words if tag != "style")
        return text.replace("\u00a0", " ")  # only the page keeps a line together


def drafts(odd: str = ODD):
    """Draft with an answer, and with an odd one in its place and in every other answer of text."""
    plain = small.draft(generated.small_library())
    quoted = generated.to_yaml({"note": odd} if "\n" in odd else {"walker": odd, "note": odd, "town.name": odd})
    return plain, small.draft(generated.small_library(), small.ANSWERS.replace("walker: Ann\n", quoted))


def redline_page(odd: str = ODD) -> str:
    (base, *_), (revised, *_) = drafts(odd)
    return in_html.redline_page(redline.compare(base, revised), odd)


def matrix_page(folder, odd: str = ODD) -> str:
    policy = small.POLICY.replace("asks: The walker uses a leash.", f"asks: {json.dumps(odd)}")
    policy = policy.replace("Two full stops.", json.dumps(odd))
    drafted, coverage, selected = small.draft(small.load(folder, policy=policy))
    return in_html.matrix_page(matrix.make(replace(drafted, title=odd), coverage, selected, small.ALL_READ))


@pytest.fixture(params=["matrix", "redline"])
def page(request, tmp_path) -> str:
    return matrix_page(tmp_path) if request.param == "matrix" else redline_page()


def test_a_page_is_well_formed_and_needs_nothing_else(page):
    read = Page(page)
    assert read.doctype == "DOCTYPE html"
    assert page.startswith("<!DOCTYPE html>\n")
    assert ("lang", "en") in read.attributes
    assert ("charset", "utf-8") in read.attributes
    assert read.tags.count("title") == read.tags.count("h1") == 1
    assert "".join(read.words["title"]).strip()
    assert not {"script", "link", "img", "iframe"} & set(read.tags)
    assert not {"src", "href", "onload", "style"} & {name for name, _ in read.attributes}
    assert "@media print" in page
    assert "url(" not in page


def test_an_answer_comes_out_as_its_characters_and_as_no_element(page):
    read = Page(page)
    assert ODD in read.text()
    assert "b" not in read.tags
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;&#34;&#39;&lt;/b&gt;" in page


def test_the_matrix_has_a_row_a_requirement_and_only_columns_with_words(tmp_path):
    drafted, coverage, selected = small.draft(small.load(tmp_path))
    made = matrix.make(drafted, coverage, selected, small.ALL_READ)
    read = Page(in_html.matrix_page(made))
    assert read.tags.count("tr") == 1 + len(made.rows)
    assert "Wording" in read.words["th"]
    assert "must use a leash" in read.text()
    assert "Two full stops." in read.text()
    assert "adopted, January 2, 2026" in read.text()
    public = Page(in_html.matrix_page(matrix.public(made)))
    assert "Wording" not in public.words["th"]
    assert public.tags.count("td") == 4 * len(made.rows)
    assert read.tags.count("td") == 5 * len(made.rows)


SAID = re.compile('<span class="said">[^<]*</span>')  # what is heard and not seen


def test_the_redline_marks_words_and_holds_the_whole_contract():
    whole = redline_page("Eve")
    read, page = Page(whole), SAID.sub("", whole)
    assert "between <ins>Eve</ins><del>Town of Bark</del>" in page or "<del>Town of Bark</del><ins>Eve</ins>" in page
    assert "<del>Ann</del><ins>Eve</ins>" in page
    for row in (("Rex", "Large"), ("Bit", "a small dog")):  # a table in which nothing changed
        assert "<tr><td>{}</td><td>{}</td></tr>".format(*row) in page
    assert '<tr><th scope="col">Dog</th><th scope="col">Size</th></tr>' in page
    assert read.tags.count("table") == 1
    assert {"h1", "h2", "h3"} <= set(read.tags)


def test_a_change_is_said_in_words_that_are_not_seen():
    page = redline_page("Eve")
    heard = re.sub("<[^>]*>", "", page.partition("</p>")[2].replace("\u00a0", " "))
    assert "[deleted: Ann] [inserted: Eve]" in heard
    assert page.count("<ins") + page.count("<del") == page.count('<span class="said">]')


def test_the_tables_of_a_redline_are_apart_and_each_has_its_header(tmp_path):
    base = small.draft(small.load(tmp_path))[0]
    exhibit = base.exhibits[0]
    (table,) = (block for section in exhibit.sections for block in section.blocks if isinstance(block, contract.Table))
    section = replace(exhibit.sections[0], blocks=(table, table))
    twice = replace(base, exhibits=(replace(exhibit, sections=(section,)), *base.exhibits[1:]))
    page = in_html.redline_page(redline.compare(base, twice), "so")
    assert page.count("<table>") == 2
    assert page.count('<th scope="col">') == 4


def test_the_redline_says_what_has_moved_and_breaks_lines_where_an_answer_does():
    plain = small.draft(generated.small_library())[0]
    article = plain.articles[0]
    turned = replace(article, sections=(*article.sections[1:], article.sections[0]))
    page = in_html.redline_page(redline.compare(plain, replace(plain, articles=(turned, *plain.articles[1:]))), "so")
    assert '<del class="moved">' in page
    assert '<ins class="moved">' in page
    bare = SAID.sub("", page)
    assert bare.count("moved here") == bare.count("moved from here") == 1
    assert "[moved from here: " in page
    assert "[moved to here: " in page
    assert "one<br>two" in redline_page("one\ntwo")


def test_a_contract_without_a_title_has_a_page_with_one():
    bare = contract.Contract("", (), (), (), (), (), ())
    made = replace(bare, title="\n", caption=((Text("One"),),))
    assert "<title>Redline</title>" in in_html.redline_page(redline.compare(bare, made), "")
