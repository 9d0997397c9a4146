"""What a command writes onto: devices, pipes, folders, odd names, and a standard output that takes nothing."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import commands
import pytest
import small
from commands import run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX system")
FULL = Path("/dev/full")


@pytest.fixture
def place(tmp_path, monkeypatch):
    small.build(tmp_path / "lib")
    (tmp_path / "matter").mkdir()
    (tmp_path / "matter" / "answers.yaml").write_text(small.ANSWERS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shell(line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in which `drafter` is the program under test."""
    said = {**os.environ, "DRAFTER": f"{sys.executable} -P -m drafter", "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    return subprocess.run(["/bin/sh", "-c", line], check=False, capture_output=True, text=True, timeout=60, env=said)


def quiet(made: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    assert "Traceback" not in made.stderr, made.stderr
    return made


@pytest.mark.usefixtures("place")
def test_a_device_is_written_into_and_stays_a_device():
    Path("nothing.docx").symlink_to("/dev/null")
    assert quiet(shell("$DRAFTER draft matter --library lib -o nothing.docx")).returncode == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert Path("nothing.docx").is_symlink()


@pytest.mark.usefixtures("place")
def test_a_pipe_is_written_into():
    os.mkfifo("pipe.docx")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe.docx").read_bytes()), daemon=True)
    reader.start()
    assert quiet(shell("$DRAFTER draft matter --library lib -o pipe.docx")).returncode == 0
    reader.join(timeout=30)
    assert read
    assert read[0].startswith(b"PK")


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("name", [".", "/", "..", "matter"])
def test_a_packet_is_not_made_of_a_folder_that_exists(name):
    made = run("packet", "matter", "--library", "lib", "--privileged", "-o", name)
    assert made.exit_code == 1
    assert "file-exists" in made.stderr


@pytest.mark.usefixtures("place")
def test_a_name_that_is_not_utf8_is_written_and_said():
    made = quiet(shell("$DRAFTER draft matter --library lib -o \"$(printf 'a\\377.docx')\""))
    assert made.returncode == 0
    assert b"a\xff.docx" in {os.fsencode(path.name) for path in Path().iterdir()}
    assert "a\\udcff.docx" in made.stdout


@pytest.mark.usefixtures("place")
@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", ["draft matter", "check matter --json", "lint lib", "clauses", "prove lib"])
def test_a_full_standard_output_is_said_in_one_line(words):
    lib = "" if words.startswith(("lint", "prove")) else "--library lib"
    made = quiet(shell(f"$DRAFTER {words} {lib} > /dev/full"))
    assert made.returncode == 1
    assert made.stderr.startswith("standard output can't be written: No space left on device")


@pytest.mark.usefixtures("place")
@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize("output", [">&-", "> /dev/full", "| true"])
def test_a_round_that_was_recorded_ends_well_whatever_became_of_its_words(output):
    line = f"$DRAFTER send matter --to kennel --library lib --on 2026-09-01 {output}"
    assert quiet(shell(f"set -e; {line}")).returncode == 0
    assert [path.name for path in sorted(Path("matter/rounds").glob("0*"))] == ["01-to-kennel"]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("words", ["--help", "draft matter --library lib", "clauses --library lib"])
def test_a_closed_standard_output_changes_nothing_else(words):
    assert quiet(shell(f"$DRAFTER {words} >&-")).returncode == 0


@pytest.mark.usefixtures("place")
def test_a_reader_that_has_gone_is_no_message():
    made = quiet(shell("$DRAFTER clauses --library lib | head -1"))
    assert made.stderr == ""


@pytest.mark.usefixtures("place")
def test_the_umask_is_kept_for_folders_too():
    assert quiet(shell("umask 077; $DRAFTER send matter --to kennel --library lib --on 2026-09-01")).returncode == 0
    for path in [Path("matter/rounds/01-to-kennel"), *Path("matter/rounds/01-to-kennel").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


LINKED = {
    "contract.docx": ("draft", "matter"),
    "redline.docx": ("redline", "matter", "matter", "--format", "docx"),
    "answers.yaml": ("answer", "matter", "note", "Bring a towel."),
    "swaps.yaml": ("swap", "matter", "leash", "strict", "--because", "Asked."),
    ".drafter.lock": ("swap", "matter", "leash", "strict"),
}


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("name", LINKED)
def test_what_a_command_writes_unasked_never_goes_through_a_link_out_of_the_matter(name):
    place, outside = Path("matter", name), Path("outside")
    outside.write_bytes(place.read_bytes() if place.exists() else b"mine")
    before = commands.files(outside.parent)
    place.unlink(missing_ok=True)
    place.symlink_to(Path("..", "outside"))
    result = run(*LINKED[name], "--library", "lib")
    assert result.exit_code == 1
    assert f"{place}: link-out: this link leads out of the matter" in result.stderr
    assert {k: v for k, v in commands.files(outside.parent).items() if "outside" in k} == {
        k: v for k, v in before.items() if "outside" in k
    }


@pytest.mark.usefixtures("place")
def test_a_link_that_the_user_names_is_written_through():
    Path("outside.docx").write_bytes(b"mine")
    Path("named.docx").symlink_to("outside.docx")
    assert run("draft", "matter", "-o", "named.docx", "--library", "lib").exit_code == 0
    assert Path("outside.docx").read_bytes() != b"mine"


@pytest.mark.parametrize(
    "words",
    [
        ("draft", "matter", "-o", "{}/01-to-kennel/outgoing/contract.docx"),
        ("redline", "matter", "matter", "-o", "{}/01-to-kennel/redline.docx"),
        ("check", "matter", "-o", "{}/01-to-kennel/x.csv"),
        ("packet", "matter", "-o", "{}/99-to-board"),
        ("packet", "matter", "-o", "{}"),
    ],
)
@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("folder", ["matter/rounds", "linked"])
def test_nothing_is_written_among_recorded_rounds(words, folder):
    assert run("send", "matter", "--to", "kennel", "--library", "lib").exit_code == 0
    Path("linked").symlink_to("matter/rounds")
    before = commands.files(Path("matter"))
    result = run(*(word.format(folder) for word in words), "--library", "lib")
    assert result.exit_code == 1
    assert commands.files(Path("matter")) == before


@pytest.mark.parametrize("words", ["--help", "--version", "draft --help", "template check -h", "-h"])
def test_a_page_of_help_on_a_full_disk_is_said_to_be_lost_in_one_line(words):
    made = shell(f"$DRAFTER {words} > {FULL}")
    assert (made.returncode, made.stderr.count("\n")) == (1, 1)
    assert "No space left on device" in made.stderr


@pytest.mark.usefixtures("place")
def test_a_matter_that_was_made_ends_well_whatever_became_of_its_words():
    made = shell(f"$DRAFTER new other --library lib > {FULL}")
    assert made.returncode == 0
    assert Path("other/answers.yaml").exists()


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    "words", [["draft", "matter", "-o", "named.docx"], ["redline", "matter", "matter", "-o", "named.docx"]]
)
def test_a_link_into_a_folder_that_is_not_there_is_called_by_the_name_that_was_typed(words):
    Path("named.docx").symlink_to("no/such/outside.docx")
    result = run(*words, "--library", "lib")
    assert result.exit_code == 1
    assert "\nnamed.docx: unwritable-file: this link leads to '" in f"\n{result.stderr}"
    assert "outside.docx', and the file can't be written: No such file or directory" in result.stderr
    assert Path("named.docx").is_symlink()


# -- options without a word ---------------------------------------------------------------------

EMPTY = ["", " \u00a0", "\u200b", "\u3164"]
# Each option and argument that takes words or a name, at its command.
SAID = [
    "send matter --to kennel --author", "redline matter matter --author", "redline matter matter --for",
    "swap matter leash long --because", "answer matter walker Ann --because", "review --all --by",
    "clauses --find", "concede matter --reject", "ask matter --section",
]  # fmt: skip
NAMED = [
    "draft matter -o", "draft matter --library", "draft matter --template", "draft", "check matter -o",
    "packet matter -o",
    "redline matter matter -o", "redline matter", "prove -o", "prove -m", "prove", "lint", "receive matter", "receive",
    "swap matter leash --wording", "clauses -m", "ask matter --from", "policy diff lib/sources/policy.yaml",
    "policy diff a b --matters", "template check", "verify packet", "new", "history", "send --to kennel",
]  # fmt: skip


@pytest.mark.parametrize("empty", EMPTY)
@pytest.mark.parametrize("line", [*SAID, *NAMED])
def test_an_option_or_a_name_without_anything_to_see_is_refused(place, line, empty):
    before = commands.files(place)
    result = run(*line.split(), empty)
    assert result.exit_code == 2, result.output
    assert any(why in result.stderr for why in ("it has no words", "the name is empty", "it contains U+"))
    assert commands.files(place) == before


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("signs", ["-", "...", "?!"])
@pytest.mark.parametrize("line", SAID)
def test_words_that_are_signs_alone_are_refused(line, signs):
    result = run(*line.split(), signs)
    assert (result.exit_code, "it has no words" in result.stderr) == (2, True)
