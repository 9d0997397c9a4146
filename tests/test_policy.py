"""A policy is its paragraphs verbatim and what is taken from them; a requirement rests on words that are there."""

import datetime as dt
import re
from pathlib import Path

import pytest
import small
import wrong
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from drafter import language
from drafter.base.problems import Place
from drafter.reading.sources import source, source_files
from drafter.reading.sources.source import Said


def written(tmp_path, *changes):
    """Write the small library's policy, with each (old, new) change made once."""
    text = small.POLICY
    for old, new in changes:
        assert text.count(old) >= 1
        text = text.replace(old, new, 1)
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "policy.yaml"


def line(words, *changes):
    """Return the line of the (changed) policy that is these words, the last where there are two."""
    text = small.POLICY
    for old, new in changes:
        text = text.replace(old, new, 1)
    return max(n for n, one in enumerate(text.split("\n"), 1) if re.fullmatch(rf"[ {{-]*{re.escape(words)}(,.*)?", one))


def test_the_policy_is_read_word_for_word(tmp_path):
    read, places = source_files.load(written(tmp_path), "lib/policy.yaml")
    assert (read.number, read.title, read.status, read.date) == ("7", "Dogs", "adopted", dt.date(2026, 1, 2))
    assert read.paragraphs[0] == source.Paragraph(
        id="I", number="I.", heading="PURPOSE", text="The town wants dogs walked well. ."
    )
    assert [r.id for r in read.requirements] == list(places) == ["II", "III", "I"]
    assert places["III"] == Place("lib/policy.yaml", line("id: III"))
    assert read.anomalies[0].paragraphs == ("I",)


def test_a_requirement_is_found_by_its_id(tmp_path):
    read, _ = source_files.load(written(tmp_path), "p")
    assert (read.requirement("III").home, read.requirement("III").says) == (
        "muzzle",
        (Said(sentence="The walker must use a muzzle."),),
    )
    assert read.requirement("IV") is None


def test_what_an_alternative_says_of_a_requirement_is_what_names_it_or_names_none(tmp_path):
    says = (
        "A leash is held.",
        {"sentence": "It is short.", "alternatives": ["short"]},
        {"rows": "dogs", "clause": "list"},
        {"sentence": "It is listed.", "clause": "list", "alternatives": ["long"]},
    )
    (tmp_path / "policy.yaml").write_text(small.saying("II", *says), encoding="utf-8")
    read = source_files.load(tmp_path / "policy.yaml", "p")[0].requirement("II")
    held, short = Said(sentence="A leash is held."), Said(sentence="It is short.", alternatives=("short",))
    assert (read.said_in("leash", "short"), read.said_in("leash", "long")) == ((held, short), (held,))
    assert read.said_in("list", "short") == (Said(rows="dogs", clause="list"),)
    assert [said.sentence for said in read.said_in("list", "long")] == ["", "It is listed."]
    assert read.said_in("muzzle", "short") == ()


def test_the_names_of_the_policy_have_values(tmp_path):
    read, _ = source_files.load(written(tmp_path), "p")
    values = source.values(read)
    assert values.keys() == source.NAMES.keys()
    assert (values["policy.citation"], values["policy.date"]) == ("Policy 7", dt.date(2026, 1, 2))


def test_a_quote_may_break_its_lines_otherwise(tmp_path):
    change = ("text: A walker must use a leash.", "text: |\n      A walker must\n      use  a leash.")
    assert source_files.load(written(tmp_path, change), "p")[0].requirements[0].quote == "must use a leash"


QUOTE = "quote: must use a leash"
MUZZLED = "    says: [The walker must use a muzzle.]\n"
SECOND = ("  - id: I\n    paragraph: I\n", "  - id: II\n    paragraph: I\n")


@pytest.mark.parametrize(
    ("change", "code", "at", "words"),
    [
        ((QUOTE, "quote: must use a lead"), "misquoted-policy", "id: II", "of II are not in paragraph II"),
        ((QUOTE, "quote: Must use a leash"), "misquoted-policy", "id: II", "of II are not in paragraph II"),
        (("paragraph: III", "paragraph: IX"), "unknown-paragraph", "id: III", "no paragraph 'IX'"),
        (("paragraphs: [I]", "paragraphs: [I, IX]"), "unknown-paragraph", "id: stops", "no paragraph 'IX'"),
        (("level: if", "level: must"), "bad-requirement", "id: III", "III is 'must', but has an applies_when"),
        (("    applies_when: bites\n", ""), "bad-requirement", "id: III", "III is 'if', but has no applies_when"),
        (("    home: leash\n", ""), "bad-requirement", "id: II", "II needs a home clause and what is said there"),
        ((MUZZLED, ""), "bad-requirement", "id: III", "III needs a home clause and what is said there (home, says)"),
        ((MUZZLED, "    says: []\n"), "bad-requirement", "id: III", "III needs a home clause and what is said there"),
        (
            ("asks: Nothing.", "asks: Nothing.\n    home: muzzle\n    says: [Dogs.]"),
            "bad-requirement",
            "id: I",
            "I asks nothing, but has a home clause and what is said there",
        ),
        (("[The walker must use a muzzle.]", "[7: 8]"), "unknown-key", "says: [7: 8]", "'7' is not known here"),
        (
            ("asks: Nothing.", "asks: Nothing.\n    home: muzzle"),
            "bad-requirement",
            "id: I",
            "I asks nothing, but has a home clause and what is said there",
        ),
        (
            (MUZZLED, "    says: [{items: [a]}]\n"),
            "bad-requirement",
            "id: III",
            "III has an entry under says that needs a sentence or rows, and not both",
        ),
        (
            (MUZZLED, "    says: [{sentence: Dogs., rows: dogs}]\n"),
            "bad-requirement",
            "id: III",
            "III has an entry under says that needs a sentence or rows, and not both",
        ),
        (SECOND, "duplicate-id", "id: II", "requirement II is listed twice (first on line 19)"),
        (
            ("- id: III\n", "- id: II # 2\n"),
            "duplicate-id",
            "id: II # 2",
            "paragraph II is listed twice (first on line 12)",
        ),
        (("level: must", "level: should"), "bad-value", "level: should", "'level' is 'should', not must, if or info"),
        (('date: "2026-01-02"', "date: soon"), "bad-value", "date: soon", "'date' should be a day, as 2026-07-01, not"),
        (("status: adopted", "status:"), "missing-key", "status:", "'status' has no value"),
        (("title: Dogs\n", ""), "missing-key", 'number: "7"', "'title' is missing"),
        (("asks: Nothing.", "asks: Nothing.\n    ask: x"), "unknown-key", "ask: x", "'ask' is not known here"),
    ],
)
def test_what_is_wrong_in_a_policy_is_reported_at_its_line(tmp_path, change, code, at, words):
    found = wrong.problems(source_files.load, written(tmp_path, change), "lib/policy.yaml")
    problem = next(p for p in found if p.code == code)
    assert problem.place == Place("lib/policy.yaml", line(at, change))
    assert words in problem.message


def test_all_problems_of_a_policy_are_reported_at_once(tmp_path):
    changes = (
        ("quote: must use a leash", "quote: x"),
        ("paragraph: III", "paragraph: IX"),
        ("level: if", "level: info"),
    )
    assert [code for code, _ in wrong.places(source_files.load, written(tmp_path, *changes), "p")] == [
        "misquoted-policy",
        "bad-requirement",
        "bad-requirement",
        "unknown-paragraph",
    ]


def test_a_policy_that_is_not_there_is_missing(tmp_path):
    assert wrong.places(source_files.load, tmp_path / "policy.yaml", "lib/policy.yaml") == [
        ("missing-file", "lib/policy.yaml")
    ]


@settings(max_examples=often(50))
@given(st.lists(st.text(" \t\n\xa0ab.", max_size=6), max_size=6))
def test_squeezed_text_has_single_spaces_and_the_same_words(parts):
    text = source.squeezed(" ".join(parts))
    assert text.split() == " ".join(parts).split()
    assert text == source.squeezed(text) == " ".join(text.split())


def test_the_engine_reads_the_policy_that_is_shipped():
    root = Path(__file__).resolve().parents[1] / "clause_library"
    read, places = source_files.load(root / "sources" / "policy.yaml", "policy.yaml")
    assert len(places) == len(read.requirements)
    assert all(language.parse(r.applies_when) for r in read.requirements if r.applies_when)


FIGURES = "figures:\n  - {id: limit, paragraph: II, quote: QUOTE, value: VALUE}\n"


@pytest.mark.parametrize(
    ("quote", "value", "fits"),
    [
        ("within sixty (60) days", "60", True),
        ("within sixty (60) days", "61", False),
        ("within Sixty days", "60", True),
        ("within sixty days", "61", False),
        ("within sixteen days", "6", False),
        ("within 160 days", "60", False),
        ("within 60 (16) days", "60", False),
        ("before June 1, 2027", "2027-06-01", True),
        ("before June 1, 2027", "2027-06-02", False),
        ("before June 11, 2027", "2027-06-01", False),
    ],
)
def test_a_figure_has_the_value_of_its_words(tmp_path, quote, value, fits):
    text = small.POLICY.replace("A walker must use a leash.", f"A walker must use a leash {quote}.")
    figures = FIGURES.replace("QUOTE", f'"{quote}"').replace("VALUE", value)
    (tmp_path / "policy.yaml").write_text(f"{text}{figures}", "utf-8")
    found = [code for code, _ in wrong.places(source_files.load, tmp_path / "policy.yaml", "p")] if not fits else []
    assert found == ([] if fits else ["misquoted-policy"])
    if fits:
        assert source_files.load(tmp_path / "policy.yaml", "p")[0].figures[0].id == "limit"
