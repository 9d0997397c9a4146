"""A matter records the library and the template that it belongs to, and is drafted from no other library."""

from __future__ import annotations

import json
import re
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


# -- a matter without a record that goes on under another library -------------------------------


@pytest.fixture
def sent(place):
    """Make a matter without a record that was sent under one library."""
    Path("matter").mkdir()
    Path("matter/answers.yaml").write_text(small.ANSWERS, "utf-8")
    assert run("send", "matter", "--to", "kennel", "--on", "2026-09-01", "--library", "lib").exit_code == 0
    agreement = small.AGREEMENT.replace("title: Dog Walking Agreement", "title: Cat Walking Agreement")
    small.build(place / "cats", agreement=agreement)
    small.build(place / "cited", policy=small.POLICY.replace("citation: Policy 7", "citation: Policy 8"))
    return place


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("library", "now"),
    [
        ("other", "'Dog Walking Agreement' under Policy 7 of Town of Meow"),
        ("cats", "'Cat Walking Agreement' under Policy 7 of Town of Bark"),
        ("cited", "'Dog Walking Agreement' under Policy 8 of Town of Bark"),
    ],
)
def test_another_library_after_a_round_is_refused_in_plain_words_and_allowed_where_it_is_asked_for(library, now):
    was = "'Dog Walking Agreement' under Policy 7 of Town of Bark"
    for words in (["send", "matter", "--to", "kennel"], ["history", "matter"], ["draft", "matter"]):
        result = run(*words, "--library", library)
        assert result.exit_code == 1
        assert f"other-library: this matter was last sent as {was}; this library makes {now}" in result.stderr
    lines = re.findall(r"'((?:contract|policy|body): [^']+)'", result.stderr)
    path = Path("matter/matter.yaml")
    path.write_text("\n".join([*lines, path.read_text("utf-8")]), "utf-8")
    said = run("send", "matter", "--to", "kennel", "--on", "2026-09-08", "--library", library)
    assert said.exit_code == 0, said.stderr
    told = run("history", "matter", "--library", library)
    for output in (said.stdout, told.stdout):
        assert f"drafted from {was} before, and from {now} now" in " ".join(output.split())
    assert "this matter belongs to" in run("draft", "matter", "--library", "lib").stderr


@pytest.mark.usefixtures("sent")
def test_the_same_library_elsewhere_and_changed_in_its_words_goes_on():
    clauses = {"dog": small.CLAUSES["dog"].replace("Dog", "Hound", 1)}
    small.build(Path("elsewhere"), clauses=clauses)
    result = run("send", "matter", "--to", "kennel", "--on", "2026-09-08", "--library", "elsewhere")
    assert result.exit_code == 0, result.stderr
    assert "it has changed since the last round sent" in result.stdout


@pytest.mark.usefixtures("sent")
def test_a_round_of_long_ago_without_sources_says_nothing_of_its_library():
    folder = Path("matter/rounds/01-to-kennel")
    facts = json.loads((folder / "round.json").read_text("utf-8"))
    del facts["sources"], facts["contract"]
    (folder / "round.json").write_text(json.dumps(facts), "utf-8")
    assert run("draft", "matter", "--library", "other").exit_code == 0
