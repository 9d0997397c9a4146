"""The rounds of a matter: frozen when they are sent, compared with what was sent, and any changed byte is named."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import docx_changes
import docx_text
import pytest
import small
from commands import files, run
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from drafter.base import manifest
from drafter.base.problems import DraftingError
from drafter.matters import rounds
from drafter.matters.rounds import Kept, Round
from drafter.word.oxml import package, tracking

ROOT = Path(__file__).resolve().parents[1]


pytestmark = pytest.mark.usefixtures("place")


def drafter(*words: str):
    return run(*words, "--library", "lib")


def send(day: str = "2026-09-01", *words: str):
    result = drafter("send", "matter", "--to", "kennel", "--on", day, *words)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def read(name: str) -> bytes:
    return Path("matter/rounds", name).read_bytes()


# -- the facts of a round -----------------------------------------------------------------------


def test_a_round_holds_what_leaves_and_what_stays_and_says_which():
    said = send()
    held = sorted(p.relative_to("matter/rounds").as_posix() for p in Path("matter/rounds").rglob("*") if p.is_file())
    assert held == [
        "01-to-kennel/answers.yaml",
        "01-to-kennel/contract.json",
        "01-to-kennel/manifest.sha256",
        "01-to-kennel/outgoing/contract.docx",
        "01-to-kennel/round.json",
        "01-to-kennel/sources/policy.yaml",
        "rounds.sha256",
    ]
    assert "Send  matter/rounds/01-to-kennel/outgoing/contract.docx" in said
    assert "Round 1, to kennel, September 1, 2026: a draft." in said
    assert read("01-to-kennel/answers.yaml") == Path("matter/answers.yaml").read_bytes()


def test_the_manifest_is_one_that_any_machine_can_check():
    send()
    folder = Path("matter/rounds/01-to-kennel")
    lines = (folder / "manifest.sha256").read_text("utf-8").splitlines()
    assert lines == sorted(lines, key=lambda line: line[66:])
    for line in lines:
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    if shutil.which("sha256sum"):
        told = subprocess.run(["sha256sum", "-c", "manifest.sha256"], cwd=folder, check=False, capture_output=True)  # noqa: S607
        assert told.returncode == 0


def test_the_second_round_has_a_redline_against_the_first_whatever_the_library_now_says(place):
    send()
    shown = read("01-to-kennel/contract.json")
    drafter("swap", "matter", "leash", "long", "--because", "They asked.")
    small.build(place / "lib2", clauses={"dog": small.CLAUSES["dog"].replace("Dog", "Hound", 1)})
    shutil.rmtree("lib")
    Path("lib2").rename("lib")
    said = send("2026-09-08")
    assert "outgoing/redline.docx" in said
    redline = read("02-to-kennel/outgoing/redline.docx")
    assert docx_text.plain_text(docx_changes.reject(redline)) == with_header(
        read("01-to-kennel/outgoing/contract.docx")
    )
    assert docx_text.plain_text(docx_changes.accept(redline)) == docx_text.plain_text(
        read("02-to-kennel/outgoing/contract.docx")
    )
    assert "Hound" in docx_text.plain_text(docx_changes.accept(redline))
    assert read("01-to-kennel/contract.json") == shown


def with_header(data: bytes) -> str:
    """Return a file's text with what the redline's header says."""
    told = "DRAFT, redline of September 8, 2026, compared with the draft of September 1, 2026"
    return docx_text.plain_text(data).replace("\nDRAFT\n", f"\n{told}\n", 1)


def test_each_party_is_compared_with_what_that_party_saw():
    send()
    drafter("swap", "matter", "leash", "long")
    first = drafter("send", "matter", "--to", "walker", "--on", "2026-09-02")
    assert "redline" not in first.stdout
    drafter("swap", "matter", "leash", "short")
    third = send("2026-09-03")
    assert "Since round 1  no section changed" in third
    fourth = drafter("send", "matter", "--to", "walker", "--on", "2026-09-04")
    assert "Since round 2  1 section changed: 1.2 Leash" in fourth.stdout


def test_the_header_says_what_is_compared_and_no_comment_is_in_it():
    send()
    drafter("swap", "matter", "leash", "long")
    send("2026-09-08", "--author", "Counsel for the Town")
    redline = read("02-to-kennel/outgoing/redline.docx")
    told = "redline of September 8, 2026, compared with the draft of September 1, 2026"
    assert any(told in line for line in docx_changes.deleted_lines(redline))
    parts = docx_text.parts(redline)
    assert not [name for name in parts if "comments" in name]
    authors = {name for part in parts.values() for name in re.findall(rb'w:author="([^"]*)"', part)}
    assert authors == {b"Counsel for the Town"}


def test_what_leaves_has_the_tracking_of_changes_on():
    send()
    drafter("swap", "matter", "leash", "long")
    send("2026-09-08")
    for name in ("01-to-kennel/outgoing/contract", "02-to-kennel/outgoing/contract", "02-to-kennel/outgoing/redline"):
        assert b"<w:trackRevisions/>" in docx_text.parts(read(f"{name}.docx"))["word/settings.xml"]
    assert drafter("draft", "matter").exit_code == 0
    assert b"trackRevisions" not in docx_text.parts(Path("matter/contract.docx").read_bytes())["word/settings.xml"]


def test_same_round_same_bytes(place):
    shutil.copytree("matter", "other")
    send()
    shutil.move("matter", "first")
    shutil.move("other", "matter")
    send()
    assert files(place / "first") == files(place / "matter")


def test_a_draft_that_cannot_be_drafted_is_not_sent():
    Path("matter/answers.yaml").write_text("waker: Ann\n", "utf-8")
    result = drafter("send", "matter", "--to", "kennel")
    assert (result.exit_code, "no round was recorded" in result.stderr) == (1, True)
    assert not Path("matter/rounds").exists()


def test_a_final_is_not_sent_with_a_blank():
    Path("matter/answers.yaml").write_text("leash: short\n", "utf-8")
    result = drafter("send", "matter", "--to", "kennel", "--final")
    assert (result.exit_code, "blank" in result.stderr) == (1, True)


@pytest.mark.parametrize("party", ["The City", "../x", "", "a/b", "Ä", "-a"])
def test_a_party_is_named_so_that_it_can_name_a_folder(party):
    assert drafter("send", "matter", "--to", party, "--on", "2026-09-01").exit_code == 2 or not party
    assert not Path("matter/rounds").exists() or party == ""


def test_what_leaves_has_tracking_on_once_though_the_template_has_it_on():
    data = tracking.tracked((ROOT / "templates" / "agreement.docx").read_bytes())
    Path("firm.docx").write_bytes(data)
    result = drafter("send", "matter", "--to", "kennel", "--on", "2026-09-01", "--template", "firm.docx")
    assert result.exit_code == 0, result.stderr
    sent = read("01-to-kennel/outgoing/contract.docx")
    assert docx_text.parts(sent)["word/settings.xml"].count(b"trackRevisions") == 1
    assert tracking.tracked(data) == data


# -- a round that came --------------------------------------------------------------------------


def test_what_came_is_filed_as_it_came():
    send()
    came = read("01-to-kennel/outgoing/contract.docx")
    Path("their draft\u202e.docx").write_bytes(came)
    result = run("receive", "matter", "their draft\u202e.docx", "--on", "2026-09-05")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Round 2, from kennel, September 5, 2026: their draft\\u202e.docx." in result.stdout
    held = sorted(
        p.relative_to("matter/rounds/02-from-kennel").as_posix() for p in Path("matter/rounds").rglob("02*/**/*")
    )
    noted = ["changes.html", "changes.json"]  # what was changed in it, for our own side
    assert held == [*noted, "incoming", "incoming/contract.docx", "manifest.sha256", "round.json"]
    assert read("02-from-kennel/incoming/contract.docx") == came
    assert "2      2026-09-05  from kennel" in drafter("history", "matter").stdout
    again = send("2026-09-09")
    assert "Since round 1  no section changed" in again
    assert "is what came back" in drafter("redline", "matter/rounds/02-from-kennel", "matter").stderr


def test_who_sent_it_must_be_known():
    shutil.copy(ROOT / "templates/agreement.docx", "theirs.docx")
    unknown = run("receive", "matter", "theirs.docx")
    assert (unknown.exit_code, "--from PARTY" in unknown.stderr) == (2, True)
    assert not Path("matter/rounds").exists()
    known = run("receive", "matter", "theirs.docx", "--from", "kennel", "--on", "2026-09-01")
    assert known.exit_code == 0
    assert (Path("matter/rounds/01-from-kennel").is_dir(), known.stderr) == (True, "")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"PK\x03\x04", "it is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word's old format"),
    ],
)
def test_what_is_no_word_file_is_not_filed(place, content, why):
    Path("theirs.docx").write_bytes(content)
    before = files(place)
    result = run("receive", "matter", "theirs.docx", "--from", "kennel")
    assert result.exit_code == 1
    assert why in result.stderr
    assert "no round was recorded" in result.stderr
    assert files(place) == before


def changed_file(name, parts):
    """Write what was sent, with parts changed, and return it."""
    sent = docx_text.parts(read("01-to-kennel/outgoing/contract.docx"))
    types = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    data = package.pack(sent | {package.TYPES: sent[package.TYPES].replace(b"</Types>", types)} | parts)
    Path(name).write_bytes(data)
    return data


def test_what_would_do_harm_in_word_is_filed_and_named_and_recorded():
    send()
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        b' Target="file:///\\\\cityfs01\\t\\City.dotm" TargetMode="External"/></Relationships>'
    )
    came = changed_file("theirs.docx", {"word/_rels/settings.xml.rels": rels, "word/vbaProject.bin": b"\0"})
    result = run("receive", "matter", "theirs.docx", "--on", "2026-09-05")
    assert (result.exit_code, result.stderr) == (0, "")
    said = " ".join(result.stdout.split())
    assert r"word/settings.xml: loads a template from \\cityfs01\t\City.dotm when it is opened" in said
    assert "word/vbaProject.bin: holds macros, which are programs" in said
    assert read("02-from-kennel/incoming/contract.docx") == came
    found = rounds.read_all(Path("matter/rounds"))[-1]
    assert found.harmful == (
        r"word/settings.xml: loads a template from \\cityfs01\t\City.dotm when it is opened",
        "word/vbaProject.bin: holds macros, which are programs",
    )
    told = json.loads(run("receive", "matter", "theirs.docx", "--on", "2026-09-05", "--json").stdout)
    assert (tuple(told["harmful"]), told["unread"]) == (found.harmful, None)
    assert told["since"]["verdict"] == "can't be judged"
    compared = drafter("redline", "matter/rounds/01-to-kennel", "theirs.docx", "--json")
    assert (compared.exit_code, tuple(json.loads(compared.stdout)["harmful"])) == (0, found.harmful)
    said = " ".join(drafter("redline", "matter/rounds/01-to-kennel", "theirs.docx").stdout.split())
    assert "Careful" in said
    assert "word/vbaProject.bin: holds macros, which are programs" in said


def test_a_file_in_which_no_contract_can_be_read_is_filed_and_said():
    send()
    came = changed_file("theirs.docx", {"word/document.xml": b"<w:document"})
    result = run("receive", "matter", "theirs.docx", "--on", "2026-09-05")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "no contract can be read in it: its part 'word/document.xml' is damaged" in " ".join(result.stdout.split())
    assert read("02-from-kennel/incoming/contract.docx") == came
    assert rounds.read_all(Path("matter/rounds"))[-1].unread == "its part 'word/document.xml' is damaged"
    told = json.loads(run("receive", "matter", "theirs.docx", "--on", "2026-09-05", "--json").stdout)
    assert (told["unread"], told["since"]) == ("its part 'word/document.xml' is damaged", None)


# -- comparing with a round ---------------------------------------------------------------------


def test_a_recorded_round_is_a_side_of_a_redline():
    send()
    drafter("swap", "matter", "leash", "long", "--because", "They asked.")
    first = "matter/rounds/01-to-kennel"
    told = drafter("redline", first, "matter")
    assert "{-on each Dog-}{+of [Length] feet+}" in told.stdout
    inside = drafter("redline", first, "matter", "--for", "internal", "-o", "r.docx", "--on", "2026-09-09")
    assert "compared with round 1 (to kennel, September 1, 2026)" in inside.stdout.replace("\n", " ")
    assert any("Because: They asked." in comment[-1] for comment in docx_changes.comments(Path("r.docx").read_bytes()))
    outside = drafter("redline", first, "matter", "--for", "kennel", "-o", "r.docx", "--on", "2026-09-09")
    assert "compared with the draft of September 1, 2026" in outside.stdout.replace("\n", " ")
    same = drafter("redline", first, first)
    assert same.stdout == "Nothing changed.\n"


# -- history ------------------------------------------------------------------------------------


def test_the_history_tells_each_round_what_it_gave_and_what_it_won_back():
    send()
    drafter("swap", "matter", "leash", "long", "--because", "They asked.")
    send("2026-09-08")
    drafter("swap", "matter", "leash", "short")
    said = drafter("history", "matter").stdout
    assert [line.split() for line in said.splitlines()[1:4]] == [
        ["1", "2026-09-01", "to", "kennel", "first", "draft", "1", "of", "1", "said"],
        ["2", "2026-09-08", "to", "kennel", "1", "section", "1", "1", "of", "1", "said"],
        ["now", "1", "section", "1", "1", "of", "1", "said"],
    ]
    assert "1.2 Leash: long (fallback) Something. Because: They asked." in said
    told = json.loads(drafter("history", "matter", "--json").stdout)
    assert [(row["round"], row["changed"]) for row in told] == [(1, []), (2, ["leash"]), (None, ["leash"])]
    assert told[1]["conceded"] == [
        {
            "clause": "leash",
            "alternative": "long",
            "position": "fallback",
            "concedes": "Something.",
            "because": "They asked.",
        }
    ]
    assert [(row["clause"], row["still_concedes"]) for row in told[2]["won_back"]] == [("leash", "")]


def test_a_history_without_rounds_says_how_to_record_the_first():
    said = drafter("history", "matter")
    assert (said.exit_code, "'drafter send MATTER --to PARTY' records the first" in said.stdout) == (0, True)


def kept(**positions: str) -> tuple[Kept, ...]:
    return tuple(Kept(clause, "x", position) for clause, position in positions.items())


def made(number: int, **positions: str) -> Round:
    return Round(number, "to", "kennel", date(2026, 9, number), kept=kept(**positions))


def test_a_concession_is_a_step_down_from_what_the_party_saw():
    first = made(1, a="preferred", b="acceptable", c="fallback")
    assert [k.clause for k in rounds.conceded(None, first)] == ["b", "c"]
    second = made(2, a="acceptable", b="preferred", c="non-standard", d="fallback")
    assert [k.clause for k in rounds.conceded(first, second)] == ["a", "c", "d"]
    assert [k.clause for k in rounds.won_back(first, second)] == ["b"]


# -- nothing changes ----------------------------------------------------------------------------


def changed(path: Path, content: bytes | None) -> str:
    """Change a file of a round, and return what the history says of it."""
    path.unlink() if content is None else path.write_bytes(content)
    result = drafter("history", "matter")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    sending = drafter("send", "matter", "--to", "kennel", "--on", "2026-10-01")
    assert (sending.exit_code, "round-changed" in sending.stderr) == (1, True)
    return result.stderr


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """Return a place with a matter of two rounds."""
    place = tmp_path_factory.mktemp("recorded")
    before = Path.cwd()
    os.chdir(place)
    small.build(place / "lib")
    Path("matter").mkdir()
    Path("matter/answers.yaml").write_text(small.ANSWERS, "utf-8")
    send()
    drafter("swap", "matter", "leash", "long")
    send("2026-09-08")
    os.chdir(before)
    return place


@given(st.data())
@settings(max_examples=often(60), deadline=None)
def test_any_changed_byte_is_found_and_its_file_named(recorded, data):
    folder = recorded / "matter/rounds"
    path = data.draw(st.sampled_from(sorted(p for p in folder.rglob("*") if p.is_file())))
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    path.write_bytes(content[:at] + bytes([content[at] ^ (1 << data.draw(st.integers(0, 7)))]) + content[at + 1 :])
    try:
        with pytest.raises(DraftingError) as error:
            rounds.read_all(folder)
        named = {problem.place.path for problem in error.value.problems}
        assert {problem.code for problem in error.value.problems} == {"round-changed"}
        assert str(path) in named or path.name in ("manifest.sha256", "rounds.sha256")
        assert all(str(path.parents[0]) in name or path.name.startswith("contract.docx") for name in named)
    finally:
        path.write_bytes(content)
    assert len(rounds.read_all(folder)) == 2


def test_a_file_that_is_gone_or_was_added_is_named():
    send()
    folder = Path("matter/rounds/01-to-kennel")
    assert "answers.yaml: round-changed: it is missing" in changed(folder / "answers.yaml", None)
    assert "note.txt: round-changed: it was added after this was recorded" in changed(folder / "note.txt", b"")
    assert "manifest.sha256: round-changed" in changed(folder / "manifest.sha256", b"\xff")


def test_a_manifest_that_is_made_to_fit_is_found_by_the_next_round():
    send()
    drafter("swap", "matter", "leash", "long")
    send("2026-09-08")
    folder = Path("matter/rounds/01-to-kennel")
    (folder / "answers.yaml").write_bytes(b"walker: Bob\n")
    held = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    del held["manifest.sha256"]
    told = changed(folder / "manifest.sha256", manifest.to_text(held).encode())
    assert "02-to-kennel: round-changed: the round before it isn't the one it was recorded after" in told


@pytest.mark.parametrize("name", ["02-to-kennel", "01-from-kennel", "01-to-walker"])
def test_a_round_that_is_renamed_is_found(name):
    send()
    Path("matter/rounds/01-to-kennel").rename(f"matter/rounds/{name}")
    assert "round-changed" in drafter("history", "matter").stderr


def test_a_round_that_is_gone_is_found():
    send()
    drafter("swap", "matter", "leash", "long")
    send("2026-09-08")
    shutil.rmtree("matter/rounds/01-to-kennel")
    assert "round 1 is missing, or recorded twice" in drafter("history", "matter").stderr


def test_a_file_of_a_round_that_became_a_link_or_a_folder_is_found():
    send()
    path = Path("matter/rounds/01-to-kennel/answers.yaml")
    path.unlink()
    path.symlink_to(Path("matter/answers.yaml").absolute())
    assert "it is no longer a file" in drafter("history", "matter").stderr
    path.unlink()
    path.mkdir()
    assert "it is missing" in drafter("history", "matter").stderr


# -- what holds the rounds from outside them ----------------------------------------------------


def recorded_again(folder: Path, name: str, content: bytes) -> None:
    """Change a file of a round and make its manifest fit."""
    (folder / name).write_bytes(content)
    held = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    del held["manifest.sha256"]
    (folder / "manifest.sha256").write_bytes(manifest.to_text(held).encode())


def test_a_last_round_that_is_rewritten_with_its_manifest_is_found():
    send()
    recorded_again(Path("matter/rounds/01-to-kennel"), "answers.yaml", b"walker: Bob\n")
    result = drafter("history", "matter")
    assert result.exit_code == 1
    assert "01-to-kennel: round-changed: this isn't the round that rounds.sha256 lists" in result.stderr


def test_a_last_round_that_is_deleted_is_found():
    send()
    shutil.rmtree("matter/rounds/01-to-kennel")
    for words in (["history", "matter"], ["send", "matter", "--to", "kennel", "--on", "2026-09-02"]):
        result = drafter(*words)
        assert result.exit_code == 1
        assert "01-to-kennel: round-changed: this round is listed in rounds.sha256 and missing" in result.stderr


def test_a_round_that_the_list_lacks_is_said_to_be_and_listed_with_the_next_one():
    send()
    listed = read("rounds.sha256")
    for content in (None, b""):
        Path("matter/rounds/rounds.sha256").unlink(missing_ok=True)
        if content is not None:
            Path("matter/rounds/rounds.sha256").write_bytes(content)
        result = drafter("history", "matter")
        assert result.exit_code == 0
        assert "Remember" in result.stdout
        assert "the next 'drafter send' or 'drafter" in " ".join(result.stdout.split())
    assert "Remember" in send("2026-09-08")
    assert read("rounds.sha256").startswith(listed)
    assert "Remember" not in drafter("history", "matter").stdout


def test_a_list_that_is_missing_beside_several_rounds_is_a_problem_and_can_be_made_again():
    send()
    send("2026-09-08")
    listed = Path("matter/rounds/rounds.sha256")
    content = listed.read_bytes()
    told = changed(listed, None)
    assert "rounds.sha256: round-changed: the list of the rounds is missing" in told
    if shutil.which("sha256sum"):
        command = re.search(r"make it again there: (.*)", told)[1]
        subprocess.run(command, shell=True, cwd="matter/rounds", check=True)  # noqa: S602  # as a user types it
        assert listed.read_bytes() == content
        assert drafter("history", "matter").exit_code == 0


# -- what holds the last round ------------------------------------------------------------------


def lost(*, whole: bool) -> None:
    """Delete the last round with its line in the list, or the whole folder of rounds."""
    folder = Path("matter/rounds")
    if whole:
        shutil.rmtree(folder)
        return
    shutil.rmtree(max(folder.glob("0*")))
    lines = (folder / "rounds.sha256").read_text("utf-8").splitlines(keepends=True)
    (folder / "rounds.sha256").write_text("".join(lines[:-1]), "utf-8")


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("number", [1, 2])
def test_a_last_round_that_is_deleted_with_its_line_is_named_with_its_day(number, whole):
    for day in ("2026-09-01", "2026-09-08")[:number]:
        send(day)
    held = files(Path("matter"))
    lost(whole=whole)
    shutil.copy(ROOT / "templates/agreement.docx", "theirs.docx")
    day = ("September 1", "September 8")[number - 1]
    name = "rounds 1 to 2, the last" if whole and number == 2 else f"round {number}"
    for words in (["history", "matter"], ["send", "matter", "--to", "kennel", "--on", "2026-10-01"]):
        result = drafter(*words)
        assert result.exit_code == 1
        assert f"matter/rounds/0{number}-to-kennel: round-changed: {name} (to kennel, {day}, 2026)" in result.stderr
        assert ("with the whole folder of rounds" in result.stderr) == whole
    assert "round-changed" in run("receive", "matter", "theirs.docx", "--from", "kennel").stderr
    for path, content in held.items():  # what is restored is what was recorded
        Path("matter", path).parent.mkdir(parents=True, exist_ok=True)
        Path("matter", path).write_bytes(content)
    assert drafter("history", "matter").exit_code == 0


def test_a_last_round_that_came_is_held_too():
    send()
    run("receive", "matter", "matter/rounds/01-to-kennel/outgoing/contract.docx", "--on", "2026-09-05")
    lost(whole=False)
    assert "round 2 (from kennel, September 5, 2026) is recorded in matter.yaml and missing" in " ".join(
        drafter("history", "matter").stderr.split()
    )


def test_a_last_round_that_is_rewritten_with_its_manifest_and_its_line_is_found():
    send()
    folder = Path("matter/rounds/01-to-kennel")
    recorded_again(folder, "answers.yaml", b"walker: Bob\n")
    Path("matter/rounds/rounds.sha256").write_text(
        f"{manifest.hash_of(folder)}  01-to-kennel/manifest.sha256\n", "utf-8"
    )
    assert (
        "01-to-kennel: round-changed: this isn't the round that matter.yaml records"
        in drafter("history", "matter").stderr
    )


def test_a_matter_file_that_is_a_round_behind_is_said_and_brought_up_to_date():
    send()
    behind = Path("matter/matter.yaml").read_bytes()
    send("2026-09-08")
    Path("matter/matter.yaml").write_bytes(behind)
    said = drafter("history", "matter")
    assert (said.exit_code, "matter.yaml doesn't record this round" in " ".join(said.stdout.split())) == (0, True)
    assert "Remember" in send("2026-09-09")
    assert "Remember" not in drafter("history", "matter").stdout
    lost(whole=False)
    assert "round 3 (to kennel, September 9, 2026)" in drafter("history", "matter").stderr


def test_what_a_person_wrote_into_the_matters_file_stays():
    mine = b"# Ours\r\ncontract: x\r\npolicy: y\r\nbody: z\r\n"
    Path("matter/matter.yaml").write_bytes(mine)
    shutil.copy(ROOT / "templates/agreement.docx", "theirs.docx")
    for day in ("2026-09-01", "2026-09-02"):
        assert run("receive", "matter", "theirs.docx", "--from", "kennel", "--on", day).exit_code == 0
    held = Path("matter/matter.yaml").read_bytes()
    assert held.startswith(mine)
    assert held.count(b"\r\n") == held.count(b"\n") == 8
    assert held.count(b"last_round:") == 1


def test_a_matter_whose_rounds_were_recorded_before_goes_on():
    send()
    Path("matter/matter.yaml").unlink()
    assert "Remember" not in drafter("history", "matter").stdout
    send("2026-09-08")
    lost(whole=False)
    assert drafter("history", "matter").exit_code == 1


@pytest.mark.parametrize(
    ("was", "then", "said"),
    [
        ("2026-09-01", "soon", "matter.yaml:3: bad-value: 'last_round_day'"),
        ("01-to-kennel", "../x", "matter.yaml: round-changed: 'last_round' is '../x', which is no round"),
        ("last_round: 01-to-kennel\n", "", "matter.yaml:2: missing-key: 'last_round' is missing"),
    ],
)
def test_a_damaged_record_of_the_last_round_is_named(was, then, said):
    send()
    path = Path("matter/matter.yaml")
    path.write_text(path.read_text("utf-8").replace(was, then), "utf-8")
    assert said in drafter("history", "matter").stderr


def test_the_list_of_rounds_is_one_that_any_machine_can_check_and_send_says_its_line():
    said = send()
    assert hashlib.sha256(read("01-to-kennel/manifest.sha256")).hexdigest() in said
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "-c", "rounds.sha256"], cwd="matter/rounds", check=True, capture_output=True)  # noqa: S607


def test_a_hundred_rounds_and_more_are_read_in_their_order(tmp_path):
    before = rounds.recorded(tmp_path)
    for number in range(1, 103):
        made = Round(number, "from", "town", dt.date(2026, 9, 1), before.last_hash, file="contract.docx")
        rounds.record(tmp_path, made, {})
        before = rounds.recorded(tmp_path)
    assert [made.number for made in before.rounds] == [*range(1, 103)]
    assert before.reminders == ()


@pytest.mark.parametrize("words", [["send", "matter", "--to", "kennel"], ["receive", "matter", "came.docx"]])
def test_a_round_is_not_recorded_before_the_last_one(words):
    send("2026-09-08")
    shutil.copy("matter/rounds/01-to-kennel/outgoing/contract.docx", "came.docx")
    result = run(*words, "--on", "2001-01-01", *(["--library", "lib"] if words[0] == "send" else []))
    assert result.exit_code == 1
    assert "earlier-day: round 1 is of September 8, 2026, and this one would be of January 1, 2001" in result.stderr
    assert not Path("matter/rounds/02-to-kennel").exists()


def test_a_round_of_a_day_still_to_come_is_said_and_does_not_close_the_matter():
    ahead = drafter("send", "matter", "--to", "kennel", "--on", "2999-01-01")
    assert (
        ahead.exit_code,
        "this round is of January 1, 2999, a day that is still to come" in ahead.stdout + ahead.stderr,
    ) == (0, True)
    shutil.copy("matter/rounds/01-to-kennel/outgoing/contract.docx", "came.docx")
    came = run("receive", "matter", "came.docx", "--on", "2026-09-08")
    assert (came.exit_code, "still to come" in came.stdout + came.stderr) == (0, False)
    assert "earlier-day" in run("receive", "matter", "came.docx", "--on", "2026-09-01").stderr


def test_a_name_of_a_file_that_came_is_told_by_its_letters():
    send("2026-09-08")
    shutil.copy("matter/rounds/01-to-kennel/outgoing/contract.docx", "\u0430\u0441\u0435.docx")
    came = run("receive", "matter", "\u0430\u0441\u0435.docx", "--on", "2026-09-08")
    assert (came.exit_code, "CYRILLIC" in came.stdout + came.stderr) == (0, True)


def test_a_library_and_a_policy_that_changed_between_rounds_are_said_to_have():
    send()
    assert "has changed since" not in drafter("history", "matter").stdout
    path = Path("lib/sources/policy.yaml")
    path.write_text(path.read_text("utf-8").replace("wants dogs walked well", "wants dogs walked very well"), "utf-8")
    path.write_text(path.read_text("utf-8").replace("quote: dogs walked well", "quote: dogs walked very well"), "utf-8")
    told = json.loads(drafter("history", "matter", "--json").stdout)[-1]
    assert (told["library_changed"], told["sources_changed"]) == (True, {"Policy 7": "changed"})
    said = send("2026-09-08")
    assert "its text or status has changed since the last round sent" in said
    assert "it has changed since the last round sent" in said


def test_a_folder_without_a_manifest_has_no_hash(tmp_path):
    assert manifest.hash_of(tmp_path) == ""
    (tmp_path / manifest.FILE).write_text(manifest.to_text({"a": b"1"}), "utf-8")
    assert len(manifest.hash_of(tmp_path)) == 64


def test_a_word_file_is_no_side_of_a_redline_and_what_to_do_is_said():
    send()
    result = drafter("redline", "matter/rounds/01-to-kennel/outgoing/contract.docx", "matter")
    assert result.exit_code == 1
    assert "unreadable-contract: this is a Word file; a redline compares recorded rounds" in result.stderr
    assert "hint: 'drafter verify' says whether" in result.stderr


# -- parties and days ---------------------------------------------------------------------------


def test_a_party_is_named_with_small_or_capital_letters():
    assert drafter("send", "matter", "--to", "Kennel", "--on", "2026-09-01").exit_code == 0
    assert Path("matter/rounds/01-to-kennel").is_dir()
    came = run("receive", "matter", "matter/rounds/01-to-kennel/outgoing/contract.docx", "--from", "KENNEL", "--json")
    assert json.loads(came.stdout)["party"] == "kennel"
    assert json.loads(came.stdout)["reminders"] == []
    refused = drafter("send", "matter", "--to", "The Kennel", "--on", "2026-09-01")
    assert refused.exit_code == 2
    assert "a party is named with letters and digits, and '-' between" in " ".join(refused.stderr.split())


def test_a_round_from_a_party_to_whom_nothing_was_sent_is_remarked():
    send()
    outgoing = "matter/rounds/01-to-kennel/outgoing/contract.docx"
    came = run("receive", "matter", outgoing, "--from", "kennnel")
    assert came.exit_code == 0
    assert "nothing was ever sent to 'kennnel', only to kennel; did you mean 'kennel'?" in " ".join(came.stdout.split())
    assert Path("matter/rounds/02-from-kennnel").is_dir()


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "soon", "9/1/2026", ""])
@pytest.mark.parametrize(
    "command", ["send matter --to kennel --on", "redline matter matter --on", "packet matter --meeting"]
)
def test_what_is_no_day_is_refused_with_how_to_write_one(command, day):
    refused = drafter(*command.split(), day)
    assert refused.exit_code == 2
    said = " ".join(refused.stderr.replace("\u2502", " ").split())
    assert f"'{day}' is not a day; write year-month-day, as 2026-07-01" in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a POSIX system")
@pytest.mark.parametrize("name", ["rounds.sha256", "01-to-kennel/manifest.sha256", "01-to-kennel/round.json"])
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_pipe_or_a_device_among_the_rounds_is_found_and_never_read(name, make):
    send()
    path = Path("matter/rounds", name)
    path.unlink()
    make(path)
    result = drafter("history", "matter")
    assert (result.exit_code, "round-changed" in result.stderr) == (1, True)


def test_a_round_that_is_a_link_elsewhere_is_found():
    send()
    Path("matter/rounds/01-to-kennel").rename("away")
    Path("matter/rounds/01-to-kennel").symlink_to(Path("../../away"))
    assert "01-to-kennel: round-changed: it is a link" in drafter("history", "matter").stderr


@pytest.mark.parametrize("author", ["", "   "])
def test_a_name_without_words_is_refused(author):
    result = drafter("send", "matter", "--to", "kennel", "--author", author)
    assert (result.exit_code, "it has no words" in result.stderr) == (2, True)


@pytest.mark.parametrize("words", [("send", "matter", "--to", ""), ("receive", "matter", "x.docx", "--from", "")])
def test_a_party_without_a_name_is_refused(words):
    result = run(*words)
    assert (result.exit_code, "a party is named with letters" in result.stderr) == (2, True)
