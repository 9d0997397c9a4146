"""The desk records who has read what, changes the form of the contract, and makes the matrix as a PDF."""

import json
import re

import commands
import desks
import forms
import pytest

from drafter.matters import filing

READ = "/m/matter/check/read"
OWN = """\
---
label: Ours
satisfies: [II]
says: {II: [The walker must use a rope.]}
---
The walker must use a rope.

1. {#hold} held.
"""


@pytest.fixture
def desk(tmp_path):
    with desks.small_desk(tmp_path) as found:
        yield found


def left(desk):
    """Return what the command says is still to be read of the matter."""
    library = ("--library", desk.folder.parent / "lib")
    return json.loads(commands.run("review", "-m", desk.folder / "matter", "--json", *library).stdout)


def test_who_has_read_an_own_wording_and_an_answer_is_recorded_as_by_the_command(desk, tmp_path):
    (tmp_path / "own.md").write_text(OWN, "utf-8")
    library = ("--library", tmp_path / "lib")
    matter = desk.folder / "matter"
    made = commands.run("swap", matter, "leash", "--wording", tmp_path / "own.md", *library)
    assert made.exit_code == 0, made.output
    desk.post("/m/matter/ask/walker", {"answer": "Cy unless it rains"})
    page = desk.get(READ)
    keys = re.findall(r'name="read" id="[^"]*" value="([^"]*)"', page.text)
    assert len(keys) == len(left(desk)) > 2
    assert "The walker must use a rope." in page.words
    assert f"{len(keys)} texts of this matter to be read" in desk.get("/m/matter/check").words
    for fields in ({"read": keys[0]}, {"by": "N. N."}, {"read": "II|leash.long|link", "by": "N. N."}):
        again = desk.post(READ, fields)
        assert again.status == 422
        assert "Nothing was recorded" in again.words
    assert not filing.reviewed(matter).exists()
    then = desks.followed(desk, desk.post(READ, {"read": keys[:1], "by": "N. N."}))
    assert "1 text recorded as read by N. N." in then.words
    assert len(left(desk)) == len(keys) - 1
    then = desks.followed(desk, desk.post(READ, {"read": keys[1:], "by": "N. N."}))
    assert "Nothing is left to read here." in then.words
    assert left(desk) == []
    assert "Read by N. N. on" in desk.get("/m/matter/check").words


def test_the_form_is_tried_changed_and_taken_back_with_the_report_of_the_command(desk, tmp_path):
    matter, library = desk.folder / "matter", ("--library", tmp_path / "lib")
    forms.build(tmp_path / "lib")
    path = matter / "answers.yaml"
    path.write_text("form: whole\n" + path.read_text("utf-8") + "alternatives:\n  notes: standard\n", "utf-8")
    before = path.read_bytes()
    assert "See what would change in: Short" in desk.get("/m/matter/form").words
    page = desk.get("/m/matter/form?to=short")
    assert path.read_bytes() == before
    assert "2.1 Notes Left out" in page.words
    assert "The walker&#39;s notes." in page.words
    assert "Doesn&#39;t cross 2.1 Notes: “" in page.words
    assert "The walker's notes" not in desks.public(page.text)
    then = desks.followed(desk, desk.post("/m/matter/form", {"to": "short", "because": "They asked."}))
    assert "The contract was in the form “Whole”, and is in “Short” now." in then.words
    command = tmp_path / "other"
    command.mkdir()
    (command / "answers.yaml").write_bytes(before)
    assert commands.run("convert", command, "--to", "short", "--because", "They asked.", *library).exit_code == 0
    assert path.read_bytes() == (command / "answers.yaml").read_bytes()
    assert (matter / "forms.yaml").read_bytes() == (command / "forms.yaml").read_bytes()
    assert "Taken back: the change of form to “Short”" in desks.followed(desk, desk.post("/m/matter/undo")).words
    assert commands.run("convert", command, "--undo", *library).exit_code == 0
    assert path.read_bytes() == (command / "answers.yaml").read_bytes()
    assert desk.get("/m/matter/form?to=none").status == 404


def test_the_matrix_as_a_pdf_is_a_job(desk, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))  # no LibreOffice
    made = desk.get("/m/matter/check/matrix.pdf")
    assert made.status == 303
    assert "The matrix as a PDF" in desks.followed(desk, made).words
