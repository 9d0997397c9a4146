"""Whether a file is the contract of a packet: each difference is named; a packet that was changed proves nothing."""

import json
import shutil
from pathlib import Path

import pytest
import test_filing
import test_memo
from commands import departing, run
from small import AGREEMENT, ANSWERS, build

from drafter.base import manifest
from drafter.sending import packet

ROOT = Path(__file__).resolve().parents[1]


def drafter(*words):
    return run(*words, "--library", "lib")


@pytest.fixture
def made(place):
    """Make a packet of the matter beside the small library, and return its folder."""
    (place / "lib" / "memo.md").write_text(test_memo.DOGS, "utf-8")
    run("packet", "matter", "-o", "made", "--on", "2026-05-12", "--library", "lib", PATH="/nowhere")
    assert (place / "made" / packet.CONTRACT).exists()
    return place / "made"


def other(place: Path, text: str = ANSWERS, **parts: str) -> str:
    """Draft another contract beside the packet, and return its name."""
    build(place / "lib", **parts)
    (place / "other.yaml").write_text(text, "utf-8")
    assert drafter("draft", "other.yaml", "-o", "other.docx").exit_code == 0
    return "other.docx"


def test_a_section_that_the_packet_lacks_is_named_by_its_heading(place, made):
    result = run("verify", made, other(place, ANSWERS + "bites: yes\n"))
    assert result.exit_code == 1
    assert "Muzzle: is not in the packet" in result.stdout


def test_a_section_in_another_place_is_named(place, made):
    turned = AGREEMENT.replace("[dog, leash, muzzle, price]", "[dog, price, leash, muzzle]")
    told = json.loads(run("verify", made, other(place, agreement=turned), "--json").stdout)
    assert {"section": "1.3 Price", "what": "is in another place"} in told["sections"]


def test_of_many_lines_outside_the_sections_the_first_are_shown_and_the_rest_counted(place, made):
    lines = ", ".join(f"Line {number}" for number in range(1, 11))
    captioned = AGREEMENT.replace('caption: ["{{ town.name }}"]', f'caption: ["{{{{ town.name }}}}", {lines}]')
    result = run("verify", made, other(place, agreement=captioned))
    assert result.exit_code == 1
    assert "- + Line 8\n" in result.stdout
    assert "Line 9" not in result.stdout
    assert "- and 2 more lines" in result.stdout


def test_tracked_changes_and_comments_in_a_file_are_mentioned(place, made):
    drafter("swap", "matter", "leash", "long")
    (place / "before.yaml").write_text(ANSWERS, "utf-8")
    redlined = drafter("redline", "before.yaml", "matter", "-o", "redline.docx", "--for", "board", "--on", "2026-05-12")
    assert redlined.exit_code == 0
    result = run("verify", made, "redline.docx")
    assert result.exit_code == 1
    told = " ".join(result.stdout.split())
    assert "Changes the file has tracked changes; it was read as if all were accepted" in told
    assert "Comments 1 comment in the file" in told


@pytest.mark.parametrize("facts", ["[]", "{}", '{"marks": [], "sections": [{"id": "a"}]}', "no JSON"])
def test_a_folder_whose_manifest_fits_but_that_is_no_packet_proves_nothing(place, made, facts):
    kept = {packet.CONTRACT: (made / packet.CONTRACT).read_bytes(), packet.FACTS: facts.encode()}
    (place / "odd").mkdir()
    for name, content in manifest.added(kept).items():
        (place / "odd" / name).write_bytes(content)
    result = run("verify", "odd", made / packet.CONTRACT)
    assert result.exit_code == 1
    assert "odd/packet.json: packet-changed: these aren't the facts of a packet" in result.stderr


def test_what_was_sent_of_a_draft_with_a_deviation_is_the_contract_in_its_packet(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples" / "st-louis-park-comprehensive", tmp_path / "matter")
    monkeypatch.chdir(tmp_path)
    words = ["--wording", departing(tmp_path), "--allow-deviation", "--because", "The other side insists."]
    assert run("swap", "matter", "prone-restraint", *words).exit_code == 0
    assert run("send", "matter", "--to", "them", "--on", "2026-09-01").exit_code == 0
    run("packet", "matter", "-o", "packet", "--on", "2026-09-01", **test_filing.NO_PDF)
    result = run("verify", "packet", "matter/rounds/01-to-them/outgoing/contract.docx", "--json")
    assert (result.exit_code, json.loads(result.stdout)["same_words"]) == (0, True)
