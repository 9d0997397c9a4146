"""Whether a file is the contract of a packet: each difference is named; a packet that was changed proves nothing."""

import json
import shutil
from pathlib import Path

import alterations
import pytest
import test_filing
import test_memo
from commands import departing, run
from small import AGREEMENT, ANSWERS, build

from drafter.base import manifest
from drafter.sending import names
from drafter.word.oxml import package

ROOT = Path(__file__).resolve().parents[1]


def drafter(*words):
    return run(*words, "--library", "lib")


@pytest.fixture
def made(place):
    """Make a packet of the matter beside the small library, and return its folder."""
    (place / "lib" / "memo.md").write_text(test_memo.DOGS, "utf-8")
    run("packet", "matter", "-o", "made", "--on", "2026-05-12", "--library", "lib", PATH="/nowhere")
    assert (place / "made" / names.CONTRACT).exists()
    return place / "made"


def other(place: Path, text: str = ANSWERS, **parts: str) -> str:
    """Draft another contract beside the packet, and return its name."""
    build(place / "lib", **parts)
    (place / "other.yaml").write_text(text, "utf-8")
    assert drafter("draft", "other.yaml", "-o", "other.docx").exit_code == 0
    return "other.docx"


def judged(made, file) -> dict:
    return json.loads(run("verify", made, file, "--json", "--no-layout").stdout)


def test_a_section_that_the_packet_lacks_is_told_with_its_words(place, made):
    result = run("verify", made, other(place, ANSWERS + "bites: yes\n"), "--no-layout")
    assert result.exit_code == 1
    assert "'1.3 Muzzle' was added" in " ".join(result.stdout.split())


def test_a_section_in_another_place_is_told(place, made):
    turned = AGREEMENT.replace("[dog, leash, muzzle, price]", "[dog, price, leash, muzzle]")
    told = judged(made, other(place, agreement=turned))
    assert told["verdict"] == "differs"
    assert any("Price" in one["what"] for one in told["findings"])


def test_of_many_findings_the_first_are_shown_and_the_rest_counted(place, made):
    lines = ", ".join(f"Line {number}" for number in range(1, 17))
    captioned = AGREEMENT.replace('caption: ["{{ town.name }}"]', f'caption: ["{{{{ town.name }}}}", {lines}]')
    result = run("verify", made, other(place, agreement=captioned), "--no-layout")
    assert result.exit_code == 1
    assert "'Line 12' was added" in result.stdout
    assert "Line 13" not in result.stdout
    assert "and 4 more" in result.stdout


def test_a_place_is_named_by_number_and_heading_and_the_words_around_it(place, made):
    told = judged(made, other(place, ANSWERS.replace("12,500.50", "12,500.51")))
    (one,) = told["findings"]
    assert one["place"] == "1.3 Price"
    assert one["what"] == (
        "'pays twelve thousand five hundred and 50/100 dollars ($12,500.50) from August 31, 2026.' reads "
        "'pays twelve thousand five hundred and 51/100 dollars ($12,500.51) from August 31, 2026.'"
    )


def test_tracked_changes_and_comments_can_not_be_judged(place, made):
    drafter("swap", "matter", "leash", "long")
    (place / "before.yaml").write_text(ANSWERS, "utf-8")
    redlined = drafter("redline", "before.yaml", "matter", "-o", "redline.docx", "--for", "board", "--on", "2026-05-12")
    assert redlined.exit_code == 0
    told = judged(made, "redline.docx")
    said = [one["what"] for one in told["findings"] if one["kind"] == "unjudged"]
    for what in ("a tracked insertion", "a tracked deletion", "a comment"):
        assert any(one.startswith(what) for one in said), what


@pytest.mark.parametrize(("change", "step"), [
    (alterations.setting('<w:documentProtection w:edit="forms" w:enforcement="1"/>'), "turn the protection off"),
    (alterations.setting('<w:view w:val="web"/>'), "View, Print Layout"),
    (alterations.put("<w:body>", "<w:body><w:altChunk/>"), "copy its words into the contract that was sent"),
])  # fmt: skip
def test_what_can_not_be_judged_comes_with_what_to_do(place, made, change, step):
    file = package.pack(change(package.unpack((made / names.CONTRACT).read_bytes())))
    (place / "other.docx").write_bytes(file)
    result = run("verify", made, "other.docx", "--no-layout")
    said = " ".join(result.stdout.split())
    assert (result.exit_code, step in said) == (2, True), said
    assert f"open the packet's own {names.CONTRACT} and sign that" in said
    assert any(step in one for one in judged(made, "other.docx")["next"])


def test_what_can_not_be_read_is_exit_code_two_and_what_is_no_packet_one(place, made):
    (place / "x.docx").write_bytes(b"PK")
    assert run("verify", made, "x.docx").exit_code == 2
    assert run("verify", "lib", made / names.CONTRACT).exit_code == 1


def test_what_came_back_as_it_was_sent_is_said_to_be_unchanged(place):
    assert drafter("send", "matter", "--to", "kennel", "--on", "2026-05-01").exit_code == 0
    sent = "matter/rounds/01-to-kennel/outgoing/contract.docx"
    result = run("receive", "matter", sent, "--on", "2026-05-02")
    assert "nothing was changed: it is the file that was sent" in " ".join(result.stdout.split())
    changed = package.pack(alterations.put("must use", "may use")(package.unpack(Path(sent).read_bytes())))
    (place / "changed.docx").write_bytes(changed)
    result = run("receive", "matter", "changed.docx", "--on", "2026-05-03")
    assert "1 change, 1 without a mark" in result.stdout
    assert "Answer each: 'drafter decide matter accept c1'" in result.stdout
    told = json.loads(run("receive", "matter", "changed.docx", "--on", "2026-05-04", "--json").stdout)
    assert (told["since"]["round"], told["since"]["verdict"]) == (1, "differs")


def test_what_was_sent_must_be_as_it_was_recorded_before_anything_is_compared_with_it(place):
    assert drafter("send", "matter", "--to", "kennel", "--on", "2026-05-01").exit_code == 0
    sent = place / "matter/rounds/01-to-kennel/outgoing/contract.docx"
    sent.write_bytes(package.pack(alterations.put("must use", "may use")(package.unpack(sent.read_bytes()))))
    result = run("receive", "matter", sent, "--on", "2026-05-02")
    assert (result.exit_code, "nothing was changed" in result.output) == (1, False)
    assert "contract.docx: round-changed: it has changed since it was recorded" in " ".join(result.stderr.split())


@pytest.mark.parametrize("facts", ["[]", "{}", '{"marks": [], "sections": [{"id": "a"}]}', "no JSON"])
def test_a_folder_whose_manifest_fits_but_that_is_no_packet_proves_nothing(place, made, facts):
    kept = {names.CONTRACT: (made / names.CONTRACT).read_bytes(), names.FACTS: facts.encode()}
    (place / "odd").mkdir()
    for name, content in manifest.added(kept).items():
        (place / "odd" / name).write_bytes(content)
    result = run("verify", "odd", made / names.CONTRACT)
    assert result.exit_code == 1
    assert "odd/packet.json: packet-changed: these aren't the facts of a packet" in result.stderr


def test_what_was_sent_of_a_draft_with_a_deviation_is_the_contract_in_its_packet(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples" / "st-louis-park-comprehensive", tmp_path / "matter")
    monkeypatch.chdir(tmp_path)
    words = ["--wording", departing(tmp_path), "--allow-deviation", "--because", "The other side insists."]
    assert run("swap", "matter", "prone-restraint", *words).exit_code == 0
    assert run("send", "matter", "--to", "them", "--on", "2026-09-01").exit_code == 0
    run("packet", "matter", "-o", "packet", "--on", "2026-09-01", **test_filing.NO_PDF)
    result = run("verify", "packet", "matter/rounds/01-to-them/outgoing/contract.docx", "--json", "--no-layout")
    assert (result.exit_code, json.loads(result.stdout)["same_contract"]) == (0, True)


def test_another_paper_of_the_packet_and_another_document_are_told_in_one_line(made):
    told = judged(made, made / names.MEMO)
    said = "it is this packet's memorandum (1-memo.docx), not its contract"
    assert (told["verdict"], [one["what"] for one in told["findings"]]) == ("differs", [said])
    shutil.copy(ROOT / "templates" / "matrix.docx", "other.docx")
    result = run("verify", made, "other.docx", "--no-layout")
    assert result.exit_code == 1
    assert "hardly any words of the contract are in it" in " ".join(result.stdout.split())
    assert run("verify", made, made / names.CONTRACT, "--no-layout").exit_code == 0
