"""The desk chooses the Word template of a contract, and writes copies of the shipped ones, as the commands do."""

import shutil

import commands
import desks
import pytest

from drafter.base import shipped

PAGE = "/m/matter/template"


@pytest.fixture
def desk(tmp_path):
    with desks.small_desk(tmp_path) as found:
        yield found


def recorded(desk):
    path = desk.folder / "matter" / "matter.yaml"
    return path.read_text("utf-8") if path.exists() else ""


def test_copies_are_written_and_one_of_them_is_chosen_and_taken_back(desk, tmp_path):
    assert "agreement.docx, which comes with Drafter" in desk.get(PAGE).words
    assert "9 templates were written" in desks.followed(desk, desk.post(PAGE, {"do": "export"})).words
    there = desk.folder / "matter" / "templates"
    assert (there / "memo.docx").read_bytes() == shipped.template("memo").read_bytes()
    again = desk.post(PAGE, {"do": "export"})
    assert again.status == 422
    assert "already exists" in again.words
    shutil.copyfile(there / "agreement.docx", there / "ours.docx")
    before = recorded(desk)
    page = desk.get(PAGE)
    assert 'value="matter/ours.docx"' in page.text
    assert 'value="matter/memo.docx"' not in page.text
    then = desks.followed(desk, desk.post(PAGE, {"template": "matter/ours.docx", "do": "choose"}))
    assert "The contract is written in ours.docx from now on." in then.words
    assert "template: templates/ours.docx\n" in recorded(desk)
    assert "ours.docx, in the templates of this matter" in desk.get(PAGE).words
    output = tmp_path / "made.docx"
    library = ("--library", tmp_path / "lib")
    assert commands.run("draft", desk.folder / "matter", "-o", output, *library).exit_code == 0
    assert desk.get("/m/matter/contract.docx").body == output.read_bytes()
    assert "Taken back: the choice of the contract" in desks.followed(desk, desk.post("/m/matter/undo")).words
    assert "template:" not in recorded(desk)
    assert set(before.splitlines()) <= set(recorded(desk).splitlines())


def test_what_is_no_template_of_a_contract_is_refused_and_nothing_is_changed(desk):
    there = desk.folder / "matter" / "templates"
    there.mkdir()
    shutil.copyfile(shipped.template("memo"), there / "agreement.docx")
    before = recorded(desk)
    for wanted in ("matter/agreement.docx", "matter/../../lib.docx", "library/none.docx"):
        made = desk.post(PAGE, {"template": wanted, "do": "choose"})
        assert made.status == 422, wanted
        assert "Nothing was changed" in made.words
    assert recorded(desk) == before


def test_a_new_matter_gets_a_template_of_the_folder(desk):
    there = desk.folder / "templates"
    there.mkdir()
    shutil.copyfile(shipped.template("agreement"), there / "firm.docx")
    assert 'value="folder/firm.docx"' in desk.get("/new").text
    made = desk.post("/new", {"name": "Next", "template": "folder/firm.docx"})
    assert made.status == 303, made.words
    assert 'template: "../templates/firm.docx"' in (desk.folder / "Next" / "matter.yaml").read_text("utf-8")
    assert desk.get("/m/Next/template").text.count('value="folder/firm.docx" checked') == 1
