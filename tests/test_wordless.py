"""Signs alone are no answer: a draft says so, and a final can't have them, whatever asks for words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import small
from commands import run

pytestmark = pytest.mark.usefixtures("place")

ASKED = small.QUESTIONNAIRE.replace(
    "- {id: walker,", "- {id: mail, type: email, prompt: E-mail?, optional: true}\n      - {id: walker,"
).replace(
    "- {id: note, type: paragraph,",
    "- {id: home, type: address, prompt: Where?, optional: true}\n      - {id: note, type: paragraph,",
)


def answered(text: str) -> None:
    small.build(Path("lib"), questionnaire=ASKED)
    Path("matter/answers.yaml").write_text(small.ANSWERS.replace("walker: Ann\n", "") + text, "utf-8")


def drafted(*words: str):
    return run("draft", "matter", "--library", "lib", "-o", "made.docx", *words)


@pytest.mark.parametrize("sign", [".", "-", "?", "--", "...", "____", "\u2014", "/", "(?)", "\u2026", "\u2753"])
def test_signs_are_no_answer_in_a_final_and_named_in_a_draft(sign):
    answered(f"walker: '{sign}'\n")
    said = json.loads(drafted("--json").stdout)["reminders"]
    wanted = f"walker: '{sign}' has no letter and no figure, so a final can't have it as an answer"
    assert wanted in [one["message"] for one in said]
    Path("made.docx").unlink()
    final = drafted("--final")
    assert final.exit_code == 1
    assert f"matter/answers.yaml:7: blank: {wanted}" in final.stderr
    assert "hint: drafter answer matter walker VALUE" in final.stderr
    sent = run("send", "matter", "--to", "kennel", "--final", "--library", "lib")
    assert (sent.exit_code, wanted in sent.stderr) == (1, True)
    assert not Path("made.docx").exists()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("walker: Ann\nnote: '- -'\n", "note"),
        ("walker: Ann\nhome: |\n  -\n  ?\n", "home"),
        ("walker: Ann\nmail: -@-.-\n", "mail"),
    ],
)
def test_it_is_so_of_every_kind_of_words(text, name):
    answered(text)
    final = drafted("--final")
    assert f"{name}: " in final.stderr
    assert "has no letter and no figure" in final.stderr


def test_it_is_so_of_a_field_of_a_record():
    answered("walker: Ann\n")
    path = Path("matter/answers.yaml")
    path.write_text(path.read_text("utf-8").replace("chain: iron", "chain: '?'"), "utf-8")
    final = drafted("--final")
    assert "answers.yaml:4: blank: " in final.stderr
    assert "drafter answer matter 'dogs[1].chain' VALUE" in final.stderr
    path.write_text(path.read_text("utf-8").replace("size: large", "size: small"), "utf-8")  # then nothing asks for it
    assert "has no letter" not in drafted("--final").stderr


@pytest.mark.parametrize("name", ["X", "7", "n/a", "none", "\u738b", "\u0645", "O'-"])
def test_whatever_has_a_letter_or_a_figure_is_an_answer(name):
    answered(f'walker: "{name}"\n')
    assert drafted("--final").exit_code == 0
