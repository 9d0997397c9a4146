"""The ledger of scripts/mutate lists only changes that the script still makes, each by the words around it."""

from __future__ import annotations

from pathlib import Path

import pytest
import scripted

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def mutate():
    return scripted.load("mutate")


def words(mutate, source: str) -> list[str]:
    return [mutant.words for mutant in mutate.mutants(source)[1]]


def test_each_line_of_the_ledger_is_a_change_that_the_script_makes(mutate):
    made = {
        f"{module}.{change}"
        for named in mutate.TESTS
        for module in mutate.modules(named)
        for change in words(mutate, (ROOT / mutate.file_of(module)).read_text("utf-8"))
    }
    assert [line for line in mutate.ledger() if line not in made] == []
    assert set(mutate.ledger().values()) == {"equivalent", "survives"}


def test_the_fast_tests_of_each_module_are_there(mutate):
    assert [name for tests in mutate.TESTS.values() for name in tests if not (ROOT / name).is_file()] == []


def test_a_change_is_described_by_the_words_around_it(mutate):
    source = "def f(a, b):\n    if a < b:\n        return a + 1\n    raise ValueError\n"
    assert words(mutate, source) == [
        "f: if a <⟦ → =⟧ b:",
        "f: return ⟦a + 1 → None⟧",
        "f: return a ⟦+ → -⟧ 1",
        "f: return a + ⟦1 → 2⟧",
        "f: ⟦raise ValueError → pass⟧",
    ]


def test_two_changes_that_read_the_same_are_numbered(mutate):
    assert words(mutate, "def f(a):\n    g(a)\n    g(a)\n") == ["f: ⟦g(a) → pass⟧", "f: ⟦g(a) → pass⟧ (2)"]


def test_the_name_of_a_package_stands_for_its_modules(mutate):
    assert mutate.modules("language") == sorted(mutate.modules("language"))
    assert "language.parsing" in mutate.modules("language")
    assert mutate.modules("drafting.selection") == ["drafting.selection"]
    assert mutate.tests_of("language.parsing") == mutate.TESTS["language"]
