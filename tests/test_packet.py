"""The board packet: made whole from the three rounds of an example, public, the same each time, told from others."""

from __future__ import annotations

import functools
import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from itertools import pairwise
from pathlib import Path

import accessible
import docx_changes
import docx_text
import generated
import leaks
import libreoffice
import pytest
import small
from commands import departing, files, run
from often import some
from pypdf import PdfReader

from drafter import contract
from drafter.drafting.draft import draft
from drafter.matters.matter import open as open_matter
from drafter.papers import remarks
from drafter.pdf import office
from drafter.sending import packet
from drafter.word.oxml import package

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "st-louis-park-negotiation"
SHORT = "st-louis-park-declined"  # in the standard form, of which all is made in half the time
DAY = ("--meeting", "2026-05-26", "--on", "2026-05-12")
BARE = {"PATH": "/nowhere"}  # a computer without LibreOffice
WORD = ("1-memo.docx", "2-redline.docx", "3-contract.docx", "4-matrix.docx", "5-notice.docx")


@pytest.fixture(scope="module")
def matter(tmp_path_factory):
    place = tmp_path_factory.mktemp("packet") / "matter"
    shutil.copytree(EXAMPLE, place)
    return place


@pytest.fixture(scope="module")
def made(matter):
    """Return the folder of a packet without PDF, and what was said."""
    place = matter.parent / "made"
    result = run("packet", matter, "-o", place, "--since", "1", *DAY, **BARE)
    return place, result


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """Return a function that copies an example and makes its packet in `made` there, without PDF, and only once."""

    @functools.cache
    def make(example: str) -> Path:
        place = tmp_path_factory.mktemp("example") / "matter"
        shutil.copytree(ROOT / "examples" / example, place, ignore=shutil.ignore_patterns("contract.txt"))
        more = ["--privileged"] if example == SHORT else []
        run("packet", place, "-o", place / "made", "--changed-pages", *more, *DAY, **BARE)
        return place

    return make


@pytest.fixture(scope="module")
def short(packed):
    """Return a matter in the standard form, with a packet, and the negotiator's brief beside it."""
    return packed(SHORT)


# -- the Word files -----------------------------------------------------------------------------


def test_without_libreoffice_the_word_files_are_made_and_the_way_to_get_it_is_told(made):
    place, result = made
    assert result.exit_code == 1
    assert "no-libreoffice" in result.stderr
    assert "install LibreOffice" in result.stderr
    assert "1 problem; the Word files were written" in result.stderr
    assert sorted(p.name for p in place.iterdir()) == sorted([*WORD, "agenda.txt", "manifest.sha256", "packet.json"])
    assert "Traceback" not in result.output


def test_the_word_files_are_the_same_each_time(matter, made):
    again = matter.parent / "again"
    run("packet", matter, "-o", again, "--since", "1", *DAY, **BARE)
    assert files(again) == files(made[0])


def test_each_word_file_has_a_language_and_headings_of_which_no_level_is_left_out(made, short):
    folders = (made[0], short / "made-privileged")
    documents = {path.name: path.read_bytes() for folder in folders for path in folder.glob("*.docx")}
    assert documents.keys() == {*WORD, "brief.docx"}
    for name, data in documents.items():
        parts = package.unpack(data)
        assert re.search(rb'<w:rPrDefault>.*<w:lang w:val="en-US"', parts["word/styles.xml"], re.DOTALL), name
        styles = re.findall(
            r'<w:style [^>]*w:styleId="(\w+)"(.*?)</w:style>', parts["word/styles.xml"].decode(), re.DOTALL
        )
        level = {key: found[1] for key, said in styles if (found := re.search(r'w:outlineLvl w:val="([0-8])"', said))}
        used = re.findall(r'<w:pStyle w:val="(\w+)"', parts["word/document.xml"].decode())
        levels = [int(level[style]) for style in used if style in level]
        assert levels[:1] == [0], name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_the_facts_name_every_source(made):
    facts = json.loads((made[0] / "packet.json").read_text("utf-8"))
    assert [source["name"] for source in facts["sources"]] == ["policy", "statute-626.8482"]
    assert facts["policy"]["citation"] == facts["sources"][0]["citation"]


def test_the_manifest_can_be_checked_by_any_machine(made):
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum")
    told = subprocess.run(["sha256sum", "-c", "manifest.sha256"], cwd=made[0], check=False, capture_output=True)  # noqa: S607
    assert told.returncode == 0


def test_the_memo_says_what_changed_what_it_costs_and_what_differs(made):
    text = docx_text.plain_text((made[0] / "1-memo.docx").read_bytes())
    for words in (
        "May 26, 2026", "I move that the School Board adopt resolution", "$96,000", "the draft of March 16, 2026",
        "7.4", "Prone Restraint", "Prone restraint is not prohibited.", "first reading",
    ):  # fmt: skip
        assert words in text, words


def test_the_redline_is_against_the_round_that_the_board_saw(made):
    lines = docx_changes.deleted_lines((made[0] / "2-redline.docx").read_bytes())
    assert any("redline of May 26, 2026, compared with the draft of March 16, 2026" in line for line in lines)


def test_without_a_round_the_redline_is_against_the_opening_draft(packed):
    data = (packed(EXAMPLE.name) / "made/2-redline.docx").read_bytes()
    assert any("compared with the opening draft" in line for line in docx_changes.deleted_lines(data))
    assert "The District owes no fee" in docx_text.plain_text(docx_changes.reject(data))
    assert "The District owes no fee" not in docx_text.plain_text(docx_changes.accept(data))


def test_the_opening_draft_has_the_best_wordings_that_fit_together():
    drafted = draft(open_matter(EXAMPLE))
    best = {s.id: s.position for s in contract.sections(packet.opening(drafted))}
    assert {name for name, position in best.items() if position != "preferred"} == {"prone-restraint"}  # a fact


@pytest.mark.parametrize(("label", "position"), [("{#hold} ", "preferred"), ("", "fallback")])
def test_the_opening_draft_keeps_a_wording_that_another_clause_points_into(tmp_path, label, position):
    short = f"short|preferred||II|The walker must use a leash:\n\n1. {label}it is held."
    long = "long|fallback||II|The walker must use a leash, however long:\n\n1. {#hold} it is held."
    leash = small.clause("Leash", short, long)
    library = small.load(tmp_path, policy=small.saying_as("II", leash), clauses={"leash": leash})
    drafted = small.made(library, small.ANSWERS + "alternatives: {leash: long}\n")
    assert {s.id: s.position for s in contract.sections(packet.opening(drafted))}["leash"] == position


def test_a_departure_stands_at_the_top_of_the_memo_and_in_the_header(matter):
    folder = matter.parent / "departing"
    shutil.copytree(ROOT / "examples/st-louis-park-comprehensive", folder, ignore=shutil.ignore_patterns("contract.*"))
    because = ["--allow-deviation", "--because", "A trial until the council meets."]
    because = ["--wording", departing(folder.parent / "own"), *because]
    assert run("swap", folder, "prone-restraint", *because).exit_code == 0
    run("packet", folder, "-o", folder / "packet", *DAY, **BARE)
    memo = docx_text.plain_text((folder / "packet/1-memo.docx").read_bytes())
    assert "IV.F(b)" in memo[: memo.index("asked to do")]
    clean = docx_text.to_lines((folder / "packet/3-contract.docx").read_bytes())
    assert any("departs from requirement IV.F(b)" in line for line in clean)
    whole = b"".join(b"".join(docx_text.parts(p.read_bytes()).values()) for p in (folder / "packet").glob("*.docx"))
    assert b"A trial until" not in whole


# -- nothing leaks ------------------------------------------------------------------------------


def public_secrets(folder: Path) -> set[str]:
    """Return what a packet must not hold: what was conceded is for our own side, and a departure is told."""
    drafted = draft(open_matter(folder))
    selected = drafted.selection
    shown = [remarks.Known(drafted.contract, selected), remarks.Known(packet.opening(drafted), selected)]
    asked = {" ".join(r.asks.split()).rstrip(".") for r in selected.library.requirements}  # some labels say the same
    hidden = leaks.secrets(*shown) - asked - {"departs from"}
    return hidden | {str(folder), str(folder.parent), "to be verified", "60 was the middle", "answers.yaml"}


EXAMPLES = ("st-louis-park-negotiation", "st-louis-park", "st-louis-park-declined", "minimal")


@pytest.mark.parametrize("example", some(EXAMPLES))
def test_nothing_of_ours_is_in_a_packet(packed, example):
    folder = packed(example)
    hidden = public_secrets(folder)
    is_standard = "form: standard\n" in (folder / "answers.yaml").read_text("utf-8")
    assert len(hidden) > (300 if is_standard else 500)  # the standard form has fewer wordings to hide
    for name in (*WORD, packet.CHANGES):
        assert leaks.found((folder / "made" / name).read_bytes(), hidden, ("2026-05-12",)) == set(), name
    for name in ("packet.json", "agenda.txt"):
        words = (folder / "made" / name).read_text("utf-8")
        assert {secret for secret in hidden if secret in words} == set(), name
    memo = (folder / "made" / "1-memo.docx").read_bytes()
    assert leaks.found(leaks.planted(memo, "word/document.xml", "fallback"), hidden) == {"fallback"}  # it would be seen


def test_the_brief_is_in_a_folder_of_its_own_and_says_what_it_is(short):
    beside = short / "made-privileged"
    assert [p.name for p in beside.iterdir()] == ["brief.docx"]
    brief = (beside / "brief.docx").read_bytes()
    assert "Not for the board packet" in "".join(docx_text.to_lines(brief))
    assert "fallback" in leaks.found(brief, public_secrets(short))  # it is where it all stands


# -- what is refused ----------------------------------------------------------------------------


def test_a_packet_is_never_written_over(matter, made):
    before = files(made[0])
    result = run("packet", matter, "-o", made[0], *DAY, **BARE)
    assert (result.exit_code, "file-exists" in result.stderr) == (1, True)
    assert files(made[0]) == before


def test_a_round_that_was_not_sent_is_told(matter):
    for number in ("2", "9"):
        result = run("packet", matter, "--since", number, *DAY, **BARE)
        assert (result.exit_code, f"no round {number} was sent" in result.stderr) == (1, True)


def test_a_departure_that_is_not_on_the_record_is_refused(tmp_path):
    folder = tmp_path / "matter"
    folder.mkdir()
    text = (ROOT / "examples/st-louis-park-comprehensive/answers.yaml").read_text("utf-8")
    (folder / "answers.yaml").write_text(f"{text}\nalternatives:\n  prone-restraint: own-wording\n", "utf-8")
    departing(folder / "wording")
    result = run("packet", folder, *DAY, **BARE)
    assert (result.exit_code, "deviation" in result.stderr) == (1, True)
    assert sorted(p.name for p in folder.iterdir()) == ["answers.yaml", "wording"]


# -- verify -------------------------------------------------------------------------------------


def edited(data: bytes, old: str, new: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in docx_text.parts(data).items():
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())  # noqa: PLW2901
            archive.writestr(name, content)
    return made.getvalue()


def judged(made, data: bytes) -> dict:
    (made[0].parent / "theirs.docx").write_bytes(data)
    result = run("verify", made[0], made[0].parent / "theirs.docx", "--json", "--no-layout")
    assert result.exit_code in (0, 1, 2), result.output
    told = json.loads(result.stdout)
    assert (result.exit_code == 0) == told["same_contract"]
    return told


def test_the_contract_of_the_packet_is_known_byte_for_byte(made):
    result = run("verify", made[0], made[0] / "3-contract.docx")
    assert (result.exit_code, "byte for byte" in result.stdout) == (0, True)


def test_one_changed_word_is_found_and_its_section_named(made):
    data = (made[0] / "3-contract.docx").read_bytes()
    told = judged(made, edited(data, "This duty begins when", "This duty starts when"))
    (one,) = told["findings"]
    assert (told["verdict"], one["kind"], one["place"]) == ("differs", "differs", "7.4 Prone Restraint")
    result = run("verify", made[0], made[0].parent / "theirs.docx")
    assert "not the contract in the packet" in result.stdout
    assert "This duty starts when" in " ".join(result.stdout.split())


def test_a_change_outside_the_sections_is_found(made):
    data = (made[0] / "3-contract.docx").read_bytes()
    told = judged(made, edited(data, "Taylor Specimen", "Taylor Speciman"))
    assert any("Speciman" in one["what"] for one in told["findings"])


def test_the_final_of_the_same_contract_differs_in_its_header_alone(matter, made):
    final = matter.parent / "final.docx"
    assert run("draft", matter, "--final", "-o", final).exit_code == 0
    told = judged(made, final.read_bytes())
    assert (told["verdict"], told["same_contract"]) == ("saved again", True)
    assert {one["kind"] for one in told["findings"]} == {"mark"}


def test_another_contract_is_told_section_by_section(made, short):
    told = judged(made, (short / "made/3-contract.docx").read_bytes())
    assert any(one["place"] == "7.4 Prone Restraint" for one in told["findings"])
    assert any(one["what"].endswith("is not in the file") for one in told["findings"])


def test_tracked_changes_in_the_file_are_told(made):
    parts = package.unpack((made[0] / "2-redline.docx").read_bytes())
    told = judged(made, package.pack(parts | {"docProps/core.xml": parts["docProps/core.xml"] + b"\n"}))
    said = {one["what"] for one in told["findings"] if one["kind"] == "unjudged"}
    for what in ("a tracked insertion", "a tracked deletion", "a comment"):
        assert any(one.startswith(what) for one in said), what


@pytest.mark.parametrize("name", ["3-contract.docx", "packet.json", "manifest.sha256"])
def test_a_packet_that_was_changed_is_no_proof(made, tmp_path, name):
    place = tmp_path / "packet"
    shutil.copytree(made[0], place)
    (place / name).write_bytes((place / name).read_bytes() + b" ")
    result = run("verify", place, made[0] / "3-contract.docx")
    assert (result.exit_code, "packet-changed" in result.stderr) == (1, True)
    assert name in result.stderr


def test_what_is_no_packet_and_no_word_file_is_told(made, tmp_path):
    assert "missing-file: this isn't a board packet" in run("verify", tmp_path, made[0] / "3-contract.docx").stderr
    (tmp_path / "x.docx").write_bytes(b"PK")
    result = run("verify", made[0], tmp_path / "x.docx")
    assert (result.exit_code, "unreadable-file" in result.stderr) == (2, True)


# -- with LibreOffice ---------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_whole_packet_is_laid_out(short):
    matter, place = short, short / "packet"
    result = run("packet", matter, "-o", place, "--privileged", *DAY)
    assert result.exit_code == 0, result.stderr
    assert sorted(p.name for p in place.iterdir()) == sorted(
        [
            *WORD,
            "1-memo.pdf",
            "3-contract.pdf",
            "5-notice.pdf",
            "agenda.txt",
            "packet.pdf",
            "manifest.sha256",
            "packet.json",
        ]
    )
    reader = PdfReader(place / "packet.pdf")
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    parts = ["Memorandum", "Redline", "Notes to the redline", "Clean copy", "Compliance matrix"]
    assert titles == ["Board packet", *parts]
    texts = [page.extract_text() for page in reader.pages]
    assert all(f"Packet page {n} of {len(texts)}" in text for n, text in enumerate(texts, 1))
    whole = " ".join(" ".join(texts).split())
    assert {s for s in leaks.POSITIONS if s in whole} <= {"acceptable"}
    assert {heading for heading in leaks.HEADINGS if heading in whole} == set()
    assert str(matter) not in whole
    brief = PdfReader(place.with_name("packet-privileged") / "brief.pdf")
    assert all("Not for the board packet" in " ".join(page.extract_text().split()) for page in brief.pages)
    assert "doesn't claim" not in result.stderr
    for made in (
        place / "packet.pdf",
        place / "1-memo.pdf",
        place / "5-notice.pdf",
        place.with_name("packet-privileged") / "brief.pdf",
    ):
        assert accessible.wrong(made.read_bytes(), matter) == set(), made.name
    resaved = libreoffice.resaved(place / "3-contract.docx", matter.parent)
    told = run("verify", place, resaved)
    assert told.exit_code == 0, told.stdout
    assert "the same contract as in the packet, saved again" in told.stdout


def test_a_conversion_that_hangs_is_ended(tmp_path, monkeypatch):
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 600\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "TIMEOUT", 0.5)
    path = f"{program.parent}:/usr/bin:/bin"
    of = of_small(tmp_path)
    result = run("packet", *of, "-o", tmp_path / "packet", PATH=path)
    assert result.exit_code == 1
    assert "libreoffice-failed" in result.stderr
    assert (tmp_path / "packet/1-memo.docx").exists()


# -- the day of the meeting ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-05-26", []),
        ("2026-07-01", ["on-recited-resolution"]),
        ("2026-07-04", ["before-start", "on-recited-resolution", "on-a-weekday"]),
        ("2026-04-24", ["after-recited-resolution", "after-519", "after-last-round"]),
    ],
)
def test_the_day_of_the_meeting_is_compared_with_the_contract(matter, day, codes):
    found = packet.of_meeting(draft(open_matter(matter)), date.fromisoformat(day))
    assert [(one.code, one.level) for one in found] == [(f"meeting-{code}", "reminder") for code in codes]


MET = "  - {id: met, holds: memo.meeting < starts, questions: [starts], message: Met too late., hint: Meet before.}\n"


def of_small(folder, **parts) -> tuple[object, ...]:
    """Write a matter of the small library, and return what names it to a command."""
    small.build(folder / "lib", **parts)
    (folder / "lib" / "memo.md").write_text(generated.memo(), "utf-8")
    (folder / "matter").mkdir()
    (folder / "matter" / "answers.yaml").write_text(small.ANSWERS, "utf-8")
    return folder / "matter", "--library", folder / "lib"


def test_what_is_found_of_the_meeting_is_said(tmp_path):
    reminder = MET.replace("message:", "level: reminder, message:")
    of = of_small(tmp_path, questionnaire=small.QUESTIONNAIRE + reminder)
    made = run("packet", *of, "-o", tmp_path / "late", "--meeting", "2026-08-31", **BARE)
    assert "Remember Met too late. Meet before." in " ".join(made.stdout.split())
    told = run("packet", *of, "-o", tmp_path / "json", "--meeting", "2026-08-31", "--json", **BARE)
    found = json.loads(told.stdout)["reminders"]
    assert [(one["code"], one["level"]) for one in found] == [("met", "reminder")]


def test_a_check_of_the_meeting_can_stop_a_packet_and_stops_nothing_else(tmp_path):
    of = of_small(tmp_path, questionnaire=small.QUESTIONNAIRE + MET)
    late = run("packet", *of, "-o", tmp_path / "late", "--meeting", "2026-08-31", **BARE)
    assert (late.exit_code, (tmp_path / "late").exists()) == (1, False)
    assert "answers.yaml:2: met: Met too late.\n  hint: Meet before." in late.stderr
    for day in ((), ("--meeting", "2026-08-30")):
        made = run("packet", *of, "-o", tmp_path / f"packet{len(day)}", *day, **BARE)
        assert "Met too late" not in made.output
        assert (tmp_path / f"packet{len(day)}" / "1-memo.docx").exists()
    assert run("check", *of).exit_code == 0
    assert run("lint", tmp_path / "lib").exit_code == 0
    assert run("prove", tmp_path / "lib").exit_code == 0
