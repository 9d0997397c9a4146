"""The words that a Word template has of its own are said to be covered by no reading."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
import small
from commands import run

from drafter.base import shipped
from drafter.word import template

WORDS = "This contract is a statement of intent. Articles 6 to 8 bind no officer."


@pytest.fixture
def firm(tmp_path, monkeypatch) -> Path:
    """A firm's template with words of its own in its first paragraph."""
    monkeypatch.chdir(tmp_path)
    document = docx.Document(str(shipped.template("agreement")))
    document.paragraphs[0].insert_paragraph_before(WORDS)
    document.save("firm.docx")
    small.build(tmp_path / "lib")
    Path("matter").mkdir()
    Path("matter/answers.yaml").write_text(small.ANSWERS, "utf-8")
    return tmp_path / "firm.docx"


@pytest.mark.parametrize("name", shipped.TEMPLATES)
def test_a_shipped_template_has_no_words_that_are_not_the_products(name):
    assert template.own_words(shipped.template(name)) == ()


def test_a_changed_copy_of_a_shipped_template_has_the_changed_lines_alone(firm):
    assert template.own_words(firm) == (WORDS,)
    copied = firm.with_name("copy.docx")
    copied.write_bytes(shipped.template("agreement").read_bytes())
    assert template.own_words(copied) == ()


@pytest.mark.usefixtures("firm")
def test_template_check_and_draft_list_them():
    assert (
        f"No reading covers the template's own words: “{WORDS}”."
        in run("template", "check", "firm.docx", COLUMNS="500").stdout
    )
    words = ("draft", "matter", "--library", "lib", "--template", "firm.docx")
    assert WORDS in " ".join(run(*words).stdout.split())
    assert json.loads(run(*words, "--json").stdout)["unread_template"] == [WORDS]
    plain = ("draft", "matter", "--library", "lib", "--json")
    assert json.loads(run(*plain).stdout)["unread_template"] == []
