"""A text as it is published is laid to the paragraphs that it has, whatever breaks its lines and numbers them."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from drafter.amending import pairing, requirements
from drafter.amending.published import laying, numbering
from drafter.reading.sources import source_files
from drafter.reading.sources.source import Paragraph, Source

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def shipped() -> Source:
    return source_files.load(ROOT / "clause_library/sources/policy.yaml", "policy.yaml")[0]


def published(policy: Source, *, width: int = 0, dashes: bool = False) -> str:
    """Print a policy as a body publishes it."""
    blocks = []
    for one in policy.paragraphs:
        head = f"{one.number} {one.heading}".strip()
        texts = [t for t in (one.text.strip(),) if t]
        if one.heading:
            blocks += [head, *texts]
        else:
            bullet = "- " if (dashes and one.number) or "bullet" in one.called else ""
            blocks.append(bullet + " ".join([head, *texts]).strip())
    filled = (textwrap.fill(block, width, break_on_hyphens=False) if width else block for block in blocks)
    return "\n\n".join(filled) + "\n"


@pytest.mark.parametrize("width", [0, 60, 80, 100])
@pytest.mark.parametrize("dashes", [False, True])
def test_a_policy_that_is_published_is_laid_to_its_paragraphs(shipped, width, dashes):
    assert laying.lay(published(shipped, width=width, dashes=dashes), shipped) == shipped.paragraphs


def test_a_page_break_within_a_sentence_is_none(shipped):
    text = published(shipped).replace(
        "with school administrators to workshop", "with school\n\nPage 3 of 4\n\nadministrators to workshop"
    )
    assert laying.lay(text, shipped) == shipped.paragraphs


SMALL = Source(
    number="1", title="T", citation="Rule 1", body="B", status="s", date="2026-01-01", requirements=(),
    paragraphs=(
        Paragraph(id="I", number="I.", heading="DUTIES"),
        Paragraph(id="I.A", number="A.", text="Dogs are walked each day."),
        Paragraph(id="I.B", number="B.", text="Cats may stay where they like to be."),
        Paragraph(id="I.B-1", called="I.B, first bullet", text="on the roof of the house;"),
    ),
)  # fmt: skip


def ids(text: str) -> list[str]:
    return [paragraph.id for paragraph in laying.lay(text, SMALL)]


DOGS, CATS = "Dogs are walked each day.", "Cats may stay where they like to be."
ROOF, BARN = "- on the roof of the house;", "- in the barn with the hay;"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["I. DUTIES", f"A. {DOGS}", f"B. {CATS}", ROOF], ["I", "I.A", "I.B", "I.B-1"]),
        (["I. DUTIES", "A. Birds fly.", f"B. {DOGS}", f"C. {CATS}", ROOF], ["I", "I.A", "I.B", "I.C", "I.C-1"]),
        (
            ["I. DUTIES", f"A. {DOGS}", "(1) Twice.", "(a) In rain.", "II. CATS"],
            ["I", "I.A", "I.A(1)", "I.A(1)(a)", "II"],
        ),
        (["1. Dogs.", "1.1 Walked.", "1.2 Fed.", "2. Cats."], ["1", "1.1", "1.2", "2"]),
        (["I. DUTIES", f"B. {CATS}", ROOF, BARN], ["I", "I.B", "I.B-1", "I.B-2"]),
        ([f"Subd. 1. {DOGS}", "(a) Twice.", f"Subd. 2. {CATS}"], ["1", "1(a)", "2"]),
    ],
)
def test_ids_follow_the_printed_numbers(lines, expected):
    assert ids("\n".join(lines)) == expected


def test_what_has_no_number_is_called_by_the_new_one_above_it():
    laid = laying.lay("\n".join(["I. DUTIES", "A. Birds fly.", f"B. {DOGS}", f"C. {CATS}", ROOF]), SMALL)
    assert [p.called for p in laid if p.called] == ["I.C, first bullet"]


def test_a_number_on_a_line_of_its_own_has_the_text_below_it():
    laid = laying.lay("I. DUTIES\n\nA.\n\nBirds fly.\n\nB.\n\nC. Fish swim.", SMALL)
    assert [(p.id, p.text) for p in laid] == [("I", ""), ("I.A", "Birds fly."), ("I.B", ""), ("I.C", "Fish swim.")]


def test_the_words_of_a_paragraph_stay_as_they_are():
    laid = laying.lay("I. DUTIES\n\nA. Dogs  are **walked** each\nday. .", SMALL)
    assert laid[1].text == "Dogs are walked each day. ."


def test_a_line_that_begins_with_what_may_be_a_number_goes_on():
    laid = laying.lay("I. DUTIES\nA. Dogs are walked as paragraph\nX. says they are.", SMALL)
    assert len(laid) == 3  # a number that a line begins with is one: the text must not be broken there


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("now", ["Dogs are walked.", "Dogs are walked. They are fed. They sleep.", ""])
def test_a_heading_stays_apart_from_a_text_that_changes(gap, now):
    one = Paragraph(id="II", number="II.", heading="GENERAL CARE", text="Dogs are walked. They are fed.")
    old = replace(SMALL, paragraphs=(SMALL.paragraphs[0], one))
    laid = laying.lay(f"I. DUTIES\n\nII. GENERAL CARE{gap}{now}\n", old)
    assert [(p.id, p.heading, p.text) for p in laid] == [("I", "DUTIES", ""), ("II", "GENERAL CARE", now)]


@pytest.mark.parametrize(
    ("before", "number", "after"),
    [
        (["I."], "II.", "II."),
        (["I.", "A."], "B.", "I. B."),
        (["III.", "H."], "I.", "III. I."),  # the letter
        (["IV.", "G."], "V.", "V."),  # the numeral
        (["I.", "B."], "C.", "I. C."),
        (["I.", "A."], "C.", "I. C."),  # B is gone
        (["I.", "A."], "D.", "I. D."),
        (["I.", "A.", "1."], "2.", "I. A. 2."),
        (["I.", "A.", "7."], "B.", "I. B."),
        (["(a)"], "(i)", "(a) (i)"),
        (["(h)"], "(i)", "(i)"),
        ([], "1.", "1."),
        ([], "C.", "C."),
    ],
)
def test_a_number_is_read_as_the_one_that_goes_on(before, number, after):
    levels: numbering.Levels = ()
    for printed in before:
        levels = numbering.placed(levels, printed) or ()
    found = numbering.placed(levels, number)
    assert found is not None
    assert " ".join(level.printed for level in found) == after


# -- pairing ------------------------------------------------------------------------------------


def kinds(old: Source, *paragraphs: Paragraph) -> list[tuple[str, str, str]]:
    found = pairing.changes(old.paragraphs, paragraphs)
    return [(one.kind, one.was.id if one.was else "", one.now.id if one.now else "") for one in found]


A, B = SMALL.paragraphs[1:3]


def test_paragraphs_are_paired_by_their_words_before_their_numbers():
    one, two = replace(A, id="I.B", number="B."), replace(B, id="I.A", number="A.")
    assert kinds(SMALL, SMALL.paragraphs[0], two, one, SMALL.paragraphs[3]) == [
        ("same", "I", "I"), ("renumbered", "I.B", "I.A"), ("renumbered", "I.A", "I.B"), ("same", "I.B-1", "I.B-1"),
    ]  # fmt: skip


def test_a_paragraph_with_new_words_and_another_number_is_still_the_one_that_it_was():
    made = replace(B, id="I.C", number="C.", text="Cats may not stay where they like to be.")
    new = replace(B, text="Walkers carry water for their dogs in summer.")
    found = kinds(SMALL, SMALL.paragraphs[0], A, new, made, SMALL.paragraphs[3])
    assert ("changed", "I.B", "I.C") in found
    assert ("added", "", "I.B") in found


def test_a_paragraph_of_one_number_with_wholly_other_words_is_one_removed_and_one_added():
    new = replace(B, text="Walkers carry water.")
    found = kinds(SMALL, SMALL.paragraphs[0], A, new, SMALL.paragraphs[3])
    assert [one for one in found if one[0] != "same"] == [("removed", "I.B", ""), ("added", "", "I.B")]


def test_a_paragraph_without_words_that_gets_some_is_changed():
    empty = replace(SMALL, paragraphs=(replace(A, text=""),))
    assert kinds(empty, A) == [("changed", "I.A", "I.A")]


def test_two_paragraphs_with_the_same_words_keep_their_places():
    twice = replace(SMALL, paragraphs=(A, replace(A, id="I.B", number="B.")))
    assert [kind for kind, *_ in kinds(twice, *twice.paragraphs)] == ["same", "same"]


# -- what becomes of the requirements -----------------------------------------------------------

CHANGES = {
    "deleted": lambda sentence: "",  # noqa: ARG005  # whatever it says
    "negated": lambda sentence: f"{sentence[:-1]} not.",
    "with an exception before it": lambda s: f"Unless somebody decides otherwise, {s[0].lower()}{s[1:]}",
    "with an exception after it": lambda s: f"{s.rstrip('.')}, if that is practical.",
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_sentence_that_changes_changes_what_quotes_it_and_nothing_else(shipped, change):
    for place, paragraph in enumerate(shipped.paragraphs):
        for sentence in requirements.sentences(paragraph.text):
            text = " ".join(paragraph.text.split()).replace(sentence, CHANGES[change](sentence))
            made = tuple(replace(p, text=text) if n == place else p for n, p in enumerate(shipped.paragraphs))
            new = replace(shipped, paragraphs=made)
            found = requirements.changes(shipped, new, pairing.changes(shipped.paragraphs, made), own=False)
            touched = {one.was.id for one in found if one.kind != "unchanged"}
            quoting = {
                r.id
                for r in shipped.requirements
                if r.paragraph == paragraph.id
                and r.quote
                and sentence in requirements.overlapped(r.quote, paragraph.text)
            }
            assert touched == quoting, sentence
