"""The command that counts words and sentences counts right, and the shipped contracts stay short and plain."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import drafter
from drafter.contract.tree import Contract, Exhibit, Paragraph, Section, Table, Text

ROOT = Path(__file__).parents[1]


@pytest.fixture
def readability(monkeypatch):
    """Return the command."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("readability")


def contract(*blocks) -> Contract:
    section = Section("dog", "A-1", "Dog", "standard", "preferred", (), (), "dog.md", blocks)
    exhibit = Exhibit("dogs", "A", "Dogs", (section,))
    return Contract("Title", (), (), (), (), (), (exhibit,))


def text(words: str, style="text") -> Paragraph:
    return Paragraph((Text(words),), style)


def test_sentences_and_items_are_counted_and_quoted_policies_and_bars_are_not(readability):
    table = Table(((Text("Dog"),),), (((Text("Rex"),),),))
    counted = readability.counted(
        contract(
            text("The dog must: "), text("sit still; and", "item"), text("A b. C d e."), table, text("Old.", "quote")
        )
    )
    assert counted.sentences == (3, 3, 2, 3)
    assert counted.words == 17  # TITLE, EXHIBIT A. DOGS, the sentences, and two cells
    assert counted.with_policy == counted.words + 1


def test_a_sentence_is_long_from_36_words(readability):
    found = readability.counted(contract(text(" ".join(["dog"] * 35) + "."), text(" ".join(["dog"] * 36) + ".")))
    assert (found.mean, found.long) == (35.5, 0.5)


@pytest.mark.parametrize(
    ("word", "number"),
    [("the", 1), ("Force", 1), ("agreement", 3), ("stopped", 1), ("needed", 2), ("schools", 1), ("1,300", 1)],
)
def test_syllables(readability, word, number):
    assert readability.syllables(word) == number


@pytest.mark.parametrize(("example", "most"), [("st-louis-park", 6_300), ("st-louis-park-declined", 7_200)])
def test_the_standard_form_stays_short_and_plain(readability, example, most):
    found = readability.counted(drafter.draft(drafter.open(ROOT / "examples" / example)).contract)
    assert found.words <= most
    assert found.mean <= 18
    assert found.long <= 0.02
    assert found.flesch >= 56


def test_the_comprehensive_form_is_plain(readability):
    place = ROOT / "examples" / "st-louis-park-comprehensive"
    found = readability.counted(drafter.draft(drafter.open(place)).contract)
    assert found.mean <= 18
    assert found.long <= 0.02
    assert found.flesch >= 60
