"""A text is cut into what it says by itself; the proof and the draft agree on which sentences a contract has."""

import dataclasses
import itertools
import tempfile
from pathlib import Path

import pytest
import small
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from often import often

from drafter import contract
from drafter.base import english
from drafter.drafting import assembly, compliance, selection
from drafter.matters import answers
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas
from drafter.reading import prose
from drafter.reading.prose import sentences
from drafter.reading.prose.sentences import Line
from drafter.reading.sources.source import Said


def text(words: str) -> Line:
    return Line("text", words)


def item(words: str) -> Line:
    return Line("item", words)


def subitem(words: str) -> Line:
    return Line("subitem", words)


def said(*lines: Line) -> list[str]:
    return [sentence.words for sentence in sentences.sentences(lines)]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("A dog barks. It bites! Does it? No.", ["A dog barks.", "It bites!", "Does it?", "No."]),
        ("The City of St. Louis Park pays. It is Dr. Bark.", ["The City of St. Louis Park pays.", "It is Dr. Bark."]),
        ("See Minn. Stat. § 1.2, No. 3. Then go.", ["See Minn. Stat. § 1.2, No. 3.", "Then go."]),
        ("Section 1.2 applies at 3.30 p.m. daily. It ends.", ["Section 1.2 applies at 3.30 p.m. daily.", "It ends."]),
        ("It said “Stop.” The dog went.", ["It said “Stop.”", "The dog went."]),
        ("It ends (as it began.) It is over.", ["It ends (as it began.)", "It is over."]),
        ("It is {{ a | otherwise('None. Nothing') }}. So.", ["It is {{ a | otherwise('None. Nothing') }}.", "So."]),
        ("{{ a }} pays. {{ b }} walks.", ["{{ a }} pays.", "{{ b }} walks."]),
        ("It is due. 12 days later it is not.", ["It is due.", "12 days later it is not."]),
        ("One sentence without an end", ["One sentence without an end"]),
        ("", [""]),
    ],
)  # fmt: skip
def test_a_line_is_cut_where_a_sentence_ends_and_the_next_begins(words, parts):
    assert [part.strip() for part in english.sentences(words)] == parts
    assert sentences.last(words).strip() == parts[-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The  Dog\u00a0must\nbark.", "the dog must bark"),
        ("The Dog’s “Lead”;", 'the dog\'s "lead"'),
        ("it barks; and", "it barks"),
        ("it barks, or", "it barks"),
        ("it barks and", "it barks and"),
        ("The walker must:", "the walker must"),
        ("It pays {{ fee }} .", "it pays {{ fee }}"),
    ],
)
def test_sentences_are_compared_without_case_marks_at_the_end_and_kinds_of_quotes(one, other):
    assert sentences.folded(one) == other


def test_what_is_written_in_a_file_is_compared_with_its_terms_and_fields():
    assert sentences.as_written("**Dog** means {{fee | money}}.") == sentences.folded("“Dog” means {{ fee | money }}.")
    assert sentences.unfilled("pay {{ fee }} by [[leash]], then go") == "pay by, then go"


def test_an_item_is_read_after_its_lead_in_and_a_subitem_after_both():
    lines = (
        text("Be quick. The walker must:"),
        item("hold on; and"),
        item("see:"),
        subitem("the dog."),
        text("So be it."),
    )
    assert said(*lines) == [
        "be quick", "the walker must", "the walker must: hold on", "the walker must: see",
        "the walker must: see: the dog",
        "so be it",
    ]  # fmt: skip


def test_a_paragraph_after_a_colon_is_never_read_by_itself():
    assert said(text("These words were rejected:"), text("The walker must bark. It is so.")) == [
        "these words were rejected", "these words were rejected: the walker must bark",
        "these words were rejected: it is so",
    ]  # fmt: skip
    assert (
        said(text("Rejected:"), item("one:"), text("The walker must bark."))[-1]
        == "rejected: one: the walker must bark"
    )


def test_a_paragraph_that_is_no_lead_in_has_nothing_hanging_under_it():
    assert said(text("Words."), item("an item."), subitem("more.")) == ["words", "an item", "more"]
    assert said(text("These:"), text("one."), text("Two.")) == ["these", "these: one", "two"]
    assert said(text("These:"), text(""), text("Two.")) == ["these", "two"]


def test_a_quoted_sentence_is_no_sentence():
    assert "the walker must bark" not in said(text("Someone said “The walker must bark.” It is not so."))


def test_the_lines_of_a_sentence_are_those_it_is_read_from():
    lines = text("The walker must:"), item("see:"), item("hold:"), subitem("on.")
    assert [sentence.lines for sentence in sentences.sentences(lines)] == [(0,), (0, 1), (0, 2), (0, 2, 3)]


def test_a_line_that_can_be_left_out_leaves_each_way_to_read_what_follows():
    lines = text("Not agreed:"), dataclasses.replace(text("But this:"), always=False), text("Bark.")
    assert {one.words for one in sentences.possible(lines)} == {
        "not agreed", "not agreed: but this", "not agreed: but this: bark", "not agreed: bark",
    }  # fmt: skip
    first = dataclasses.replace(text("Not agreed:"), always=False), text("Bark.")
    assert [one.words for one in sentences.possible(first)] == ["not agreed", "not agreed: bark", "bark"]


def test_a_table_and_the_policys_text_say_nothing_and_cut_a_lead_in_off():
    words = "As follows:\n\n{policy}\n\nThe walker must bark.\n\nThese:\n\n| a |\n|---|\n| Bark. |\n\nBark on."
    parsed, problems = prose.parse(words, "x.md", 1, {})
    assert problems == ()
    lines = sentences.lines_of(parsed)
    assert said(*lines) == ["as follows", "the walker must bark", "these", "bark on"]


# -- the proof and the draft --------------------------------------------------------------------

WORDS = (
    "The walker must bark.", "The walker must:", "Not agreed:", "It is {{ fee | money }}. {{ walker }} pays.",
    "bark; or",
    "See [[leash]]. The walker must bark.", "the **Lead**:", "Pay {{ fee }} by [[exhibit:dogs]]:", "St. Bernard barks.",
    "“No.” It is {{ note | otherwise('None. Nothing at all') }}, so. Bark.", "{{ 'The walker must bark.' }} Bark.",
)  # fmt: skip
GUARDS = ("", "", "{when: bites} ", "{when: not bites} ", "{when: fee > 5} ", "{each: d in dogs} ")


@st.composite
def wordings(draw: st.DrawFn) -> str:
    """Draw a wording: paragraphs, items and nested items, with and without conditions; some end in a colon."""
    blocks, was = [], "text"
    for _ in range(draw(st.integers(1, 6))):
        able = ("text", "item", "subitem") if was in ("item", "subitem") else ("text", "item", "table")
        style = draw(st.sampled_from(able))
        guard = draw(st.sampled_from(GUARDS if style == "item" else GUARDS[:-1]))
        words = draw(st.sampled_from(WORDS))
        if "**Lead**" in words and any("**Lead**" in block for block in blocks):
            words = "a Lead:"
        if style == "table":
            blocks.append(f"| a |\n|---|\n| {words} |")
        else:
            mark = {"text": "", "item": "1. ", "subitem": "   1. "}[style]
            blocks.append(f"{mark}{guard}{words}")
        was = "table" if style == "table" else "each" if "each" in guard else style
    out = blocks[0]
    for before, block in itertools.pairwise(blocks):
        nested = block.lstrip().startswith("1. ") and before.lstrip().startswith("1. ")
        out += ("\n" if nested else "\n\n") + block
    return out


def told(library, given: str) -> tuple[set[str], set[str]]:
    """Return what a draft's notes say, and what the proof says that they say, what is filled in left out."""
    parsed = answers.parse(given, "answers.yaml", library.questionnaire)
    selected = selection.select(library, parsed)
    notes = next(s for s in contract.sections(assembly.assemble(selected)) if s.id == "notes")
    drafted = set(compliance.said_by(notes))
    at, clause = Presence(library), library.clauses["notes"]
    (alternative,) = clause.alternatives
    possible = {one.words for one in sentences.possible(sentences.lines_of(alternative.text))}
    proved = {
        sentences.unfilled(words)
        for words in possible
        if formulas.holds(at.says(clause, alternative, Said(sentence=words)), selected.values)
    }
    return drafted, proved


@settings(
    max_examples=often(40), deadline=None, phases=set(Phase) - {Phase.shrink}, suppress_health_check=list(HealthCheck)
)
@given(
    wording=wordings(),
    bites=st.sampled_from(("yes", "no")),
    fee=st.sampled_from(("", "fee: 1\n", "fee: 9\n")),
    note=st.sampled_from(("", "note: Bark. The walker must bark.\n")),
    dogs=st.sampled_from(("", "dogs: [{name: Rex}]\n", "dogs: [{name: Rex}, {name: Bit}]\n")),
)
def test_the_draft_says_what_the_proof_says_it_does(wording, bites, fee, note, dogs):
    with tempfile.TemporaryDirectory() as folder:
        library = small.load(Path(folder), clauses={"notes": small.clause("Notes", f"standard|preferred|||{wording}")})
    drafted, proved = told(library, f"bites: {bites}\n{fee}{note}{dogs}")
    assert drafted == proved
