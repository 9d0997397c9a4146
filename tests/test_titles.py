"""A title has fields as all text has: filled wherever it is shown, checked when it is read, and under the proof."""

import re

import docx_text
import pytest
import small
from generated import TEMPLATE

from drafter import contract
from drafter.base.problems import DraftingError
from drafter.comparing import redline
from drafter.contract import Answer, Blank
from drafter.drafting import selection
from drafter.drafting.finding import reasons
from drafter.matters import answers
from drafter.papers import in_html
from drafter.proving.linting import lint
from drafter.reading import loading
from drafter.word import writer

AGREEMENT = (
    small.AGREEMENT.replace("title: Dog Walking Agreement", 'title: "Dog Walking for {{ walker }}"')
    .replace("title: Walking", 'title: "Walks with {{ walker }}"')
    .replace("title: The Policy", 'title: "Policy of {{ town.name }}"')
)
LEASH = small.CLAUSES["leash"].replace("title: Leash", 'title: "Leash of {{ walker }}"')


def loaded(folder, **parts):
    return small.load(folder, **{"agreement": AGREEMENT, "clauses": {"leash": LEASH}, **parts})


def drafted(library, walker="Ann"):
    return small.draft(library, small.ANSWERS.replace("Ann", walker))[0]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return loaded(tmp_path_factory.mktemp("titles"))


def test_a_title_is_filled_everywhere_that_it_is_shown(library):
    made = drafted(library)
    assert contract.words(made.title) == "Dog Walking for Ann"
    text = contract.to_text(made)
    for said in ("DOG WALKING FOR ANN", "WALKS WITH ANN", "Leash of Ann", "POLICY OF TOWN OF BARK"):
        assert said in text
    written = writer.write(made, TEMPLATE)
    lines = [line.text for line in docx_text.lines(written)]
    for said in ("Dog Walking for Ann", "Walks with Ann", "Leash of Ann", "Policy of Town of Bark"):
        assert len([line for line in lines if said in line]) >= (1 if "Dog" in said else 2)  # and in the contents
    assert b"Dog Walking for Ann" in docx_text.parts(written)["docProps/core.xml"]
    assert "{{" not in text + "".join(lines)
    assert contract.names(made)["leash"].in_full == "Section 1.2, Leash of Ann"


def test_a_title_is_filled_in_a_redline_and_both_sides_come_back(library):
    base, revised = drafted(library), drafted(library, "Bob")
    made = redline.compare(base, revised)
    assert (redline.reject(made), redline.accept(made)) == (base, revised)
    page = re.sub("<span[^>]*>[^<]*</span>", "", in_html.redline_page(made, "two drafts"))
    assert "Leash of <del>Ann</del><ins>Bob</ins>" in page
    assert "{{" not in page


def test_the_run_of_a_title_says_which_question_it_answers_and_json_keeps_it(library):
    made = drafted(library)
    assert Answer("Ann", "walker") in contract.title_runs(made.title)
    assert contract.from_json(contract.to_json(made)) == made


def test_a_title_without_a_field_is_plain_words_whatever_its_characters(tmp_path):
    made = drafted(small.load(tmp_path))
    assert made.title == "Dog Walking Agreement"
    assert '"title":"Dog Walking Agreement"' in contract.to_json(made)


@pytest.mark.parametrize("answer", ["{{ 7*7 }}", "{% if x %}", "[[leash]]", "**a**", "<w:p>", "&amp;", "# a", "| b |"])
def test_an_answer_typed_in_a_title_comes_out_as_its_characters(library, answer):
    made = small.draft(library, small.ANSWERS.replace("walker: Ann", f'walker: "{answer}"'))[0]
    assert contract.words(made.title) == f"Dog Walking for {answer}"
    lines = [line.text for line in docx_text.lines(writer.write(made, TEMPLATE))]
    assert f"Leash of {answer}" in lines


def test_a_title_without_its_answer_shows_a_blank_that_a_final_cannot_have(library):
    made = small.draft(library, small.ANSWERS.replace("walker: Ann\n", ""))[0]
    assert contract.title_runs(made.title)[-1] == Blank("Walker's name", "walker")
    assert "walker" in [blank.question for blank in contract.blanks(made)]
    spans = [span for line in docx_text.lines(writer.write(made, TEMPLATE)) for span in line.spans if span.blank]
    assert "[Walker's name]" in [span.text for span in spans]


def test_a_heading_that_is_not_printed_has_no_blank(tmp_path):
    list_ = small.CLAUSES["list"].replace("title: List", 'title: "List for {{ fee }}"')
    assert list_ != small.CLAUSES["list"]
    made = small.draft(loaded(tmp_path, clauses={"list": list_}), "walker: Ann\n")[0]
    assert contract.words(made.exhibits[0].sections[0].heading) == "List for [Fee]"
    assert len(made.exhibits[0].sections) == 1
    assert "List for" not in contract.to_text(made)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("{{ wlker }}", "bad-expression"),
        ("{{ dogs }}", "bad-text"),
        ("{{ walker | date }}", "bad-expression"),
        ("{{ walker", "bad-text"),
        ("See [[price]]", "bad-text"),
        ("**Bold**", "bad-text"),
        ("{when: bites} Leash", "bad-text"),
    ],
)
@pytest.mark.parametrize("where", ["contract", "article", "exhibit", "clause"])
def test_what_is_wrong_in_a_title_is_said_by_file_and_line(tmp_path, where, title, code):
    titles = {"contract": "Dog Walking Agreement", "article": "Walking,", "exhibit": "The Policy,", "clause": "Leash"}
    plain = f"title: {titles[where]}"
    own = f"title: '{title}'{',' if plain.endswith(',') else ''}"
    if where == "clause":
        text, parts = small.CLAUSES["leash"], {"clauses": {"leash": small.CLAUSES["leash"].replace(plain, own)}}
    else:
        text, parts = small.AGREEMENT, {"agreement": small.AGREEMENT.replace(plain, own)}
    with pytest.raises(DraftingError) as caught:
        small.load(tmp_path, **parts)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.place.path.endswith("leash.md" if where == "clause" else "agreement.yaml")
    assert problem.place.line == 1 + text[: text.index(plain)].count("\n")


def test_a_question_that_may_be_unasked_is_found_in_a_title(tmp_path):
    notes = small.CLAUSES["notes"].replace("title: Notes", 'title: "Leash of {{ length }} Feet"')
    agreement = small.AGREEMENT.replace("title: General", 'title: "Leash of {{ length }} Feet"')
    small.load(tmp_path, agreement=agreement, clauses={"notes": notes})
    found = lint.lint(loading.read(tmp_path, "lib")).wrong
    assert [(p.code, p.place.path) for p in found if p.code == "unasked-field"] == [
        ("unasked-field", "lib/agreement.yaml"),
        ("unasked-field", "lib/clauses/notes.md"),
    ]


def test_a_question_that_only_a_title_uses_is_used(tmp_path):
    asked = small.QUESTIONNAIRE.replace(
        "      - {id: fee,", "      - {id: extra, type: text, prompt: More?}\n      - {id: fee,"
    )
    used = small.AGREEMENT.replace("title: General", 'title: "General {{ extra }}"')
    for agreement, codes in ((small.AGREEMENT, ["unused-question"]), (used, [])):
        folder = tmp_path / str(len(codes))
        folder.mkdir()
        small.load(folder, questionnaire=asked, agreement=agreement)
        assert [p.code for p in lint.lint(loading.read(folder, "lib")).wrong] == codes


@pytest.mark.parametrize(
    ("file", "plain"),
    [
        ("questionnaire", "label: Short"),
        ("questionnaire", "text: a small dog"),
        ("questionnaire", "It ends before it starts."),
        ("questionnaire", "default: Town of Bark"),
        ("clause", "label: The standard one"),
        ("clause", "guidance: Guidance on standard."),
    ],
)
def test_a_field_where_nothing_fills_it_is_refused_by_file_and_line(tmp_path, file, plain):
    key, _, words = plain.rpartition(": ")
    own = f"{key}: '{{{{ walker }}}}'" if key else "'{{ walker }}'"
    text = small.CLAUSES["notes"] if file == "clause" else small.QUESTIONNAIRE
    assert plain in text
    changed = text.replace(plain, own)
    with pytest.raises(DraftingError) as caught:
        small.load(tmp_path, **({"clauses": {"notes": changed}} if file == "clause" else {"questionnaire": changed}))
    assert words
    assert {(p.code, p.place.line) for p in caught.value.problems} == {
        ("bad-text", 1 + text[: text.index(plain)].count("\n"))
    }


def test_a_title_is_called_by_its_blanks_where_no_answers_are_known(library):
    assert library.named(library.title) == "Dog Walking for [Walker's name]"
    given = answers.parse(small.ANSWERS, "answers.yaml", library.questionnaire)
    made = selection.select(library, given)
    assert dict(reasons.explain(made, given, "leash", "matter"))["Clause"] == "Leash of Ann (leash)"


def test_a_defined_term_is_filled(tmp_path):
    notes = small.CLAUSES["notes"] + "\nIt is called the **{{ walker }} Plan**.\n"
    library = small.load(tmp_path, clauses={"notes": notes})
    assert "“Ann Plan”" in contract.to_text(drafted(library))
    blank = small.draft(library, "fee: 5\n")[0]
    assert "“[Walker's name] Plan”" in contract.to_text(blank)
    assert [p.code for p in lint.lint(loading.read(tmp_path, "lib")).wrong] == []
