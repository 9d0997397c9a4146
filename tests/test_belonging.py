"""A matter records the library and the template that it belongs to, and is drafted from no other library."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import small
from commands import run

import drafter

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def place(tmp_path, monkeypatch):
    small.build(tmp_path / "lib")
    small.build(tmp_path / "other", policy=small.POLICY.replace("Town of Bark", "Town of Meow"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(*words: str) -> None:
    result = run("new", "matter", "--library", "lib", *words)
    assert result.exit_code == 0, result.stderr
    Path("matter/answers.yaml").write_text(small.ANSWERS, "utf-8")


@pytest.mark.usefixtures("place")
def test_a_matter_is_drafted_and_sent_from_its_own_library_without_naming_it():
    made()
    assert run("draft", "matter").exit_code == 0
    assert run("send", "matter", "--to", "kennel", "--on", "2026-09-01").exit_code == 0
    assert run("check", "matter").stdout.startswith("Requirements of Policy 7 ")


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("words", [["draft"], ["check"], ["send", "--to", "kennel"], ["swap", "leash", "long"]])
def test_another_library_is_refused_and_said_as_one_thing(words):
    made()
    result = run(words[0], "matter", *words[1:], "--library", "other")
    assert result.exit_code == 1
    assert result.stderr.startswith("matter/matter.yaml: other-library: this matter belongs to 'Dog")
    assert "1 problem" in result.stderr
    assert not Path("matter/rounds").exists()


@pytest.mark.usefixtures("place")
def test_a_matter_and_its_library_may_move_together():
    made()
    Path("elsewhere").mkdir()
    shutil.move("matter", "elsewhere/matter")
    shutil.move("lib", "elsewhere/lib")
    assert run("draft", "elsewhere/matter").exit_code == 0


@pytest.mark.usefixtures("place")
def test_a_library_that_is_gone_is_named():
    made()
    shutil.rmtree("lib")
    result = run("draft", "matter")
    assert result.exit_code == 1
    assert "matter.yaml: missing-file: this matter's library is recorded as" in result.stderr
    assert run("draft", "matter", "--library", "other").exit_code == 1


@pytest.mark.usefixtures("place")
def test_a_matter_records_its_template():
    shutil.copy(ROOT / "templates" / "agreement.docx", "firm.docx")
    made("--template", "firm.docx")
    assert run("draft", "matter").exit_code == 0
    Path("firm.docx").unlink()
    result = run("draft", "matter")
    assert result.exit_code == 1
    assert "firm.docx: missing-file" in result.stderr


@pytest.mark.usefixtures("place")
def test_an_older_matter_records_nothing_and_is_drafted_as_before():
    made()
    Path("matter/matter.yaml").unlink()
    assert run("draft", "matter", "--library", "lib").exit_code == 0


@pytest.mark.usefixtures("place")
def test_a_library_given_as_a_value_is_refused_too():
    made()
    with pytest.raises(drafter.DraftingError, match="this matter belongs to 'Dog"):
        drafter.open(Path("matter"), drafter.load_library(Path("other")))
    assert drafter.open(Path("matter"), drafter.load_library(Path("lib"))).library.path == "lib"


@pytest.mark.usefixtures("place")
def test_an_answers_file_alone_belongs_to_no_library():
    Path("alone.yaml").write_text(small.ANSWERS, "utf-8")
    assert run("draft", "alone.yaml", "--library", "lib").exit_code == 0
