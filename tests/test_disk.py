"""Files are read whole or refused with a reason, and written whole or not at all."""

import stat
import sys
from pathlib import Path

import pytest
import wrong

from drafter.base import disk, system
from drafter.base.problems import MOST_PROBLEMS, DraftingError


def written(tmp_path: Path, raw: bytes) -> Path:
    (tmp_path / "a.yaml").write_bytes(raw)
    return tmp_path / "a.yaml"


# -- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [b"a\r\nb\rc\n", b"\xef\xbb\xbfa\nb\nc\n"])
def test_line_ends_are_newlines_and_a_byte_order_mark_is_left_out(tmp_path, raw):
    assert disk.read_text(written(tmp_path, raw)) == "a\nb\nc\n"


def test_a_file_that_is_not_there_is_missing(tmp_path):
    path = tmp_path / "a.yaml"
    assert wrong.places(disk.read_text, path) == [("missing-file", str(path))]
    assert wrong.places(disk.read_text, path, "lib/a.yaml") == [("missing-file", "lib/a.yaml")]


def test_a_folder_is_no_file(tmp_path):
    problem = wrong.only(disk.read_text, tmp_path, "lib")
    assert (problem.code, str(problem.place)) == ("unreadable-file", "lib")


def test_a_file_of_three_megabytes_is_too_large(tmp_path):
    assert wrong.places(disk.read_text, written(tmp_path, b"#" * 3_000_000), "a") == [("too-large", "a")]
    assert len(disk.read_text(written(tmp_path, b"#" * disk.LARGEST_FILE))) == disk.LARGEST_FILE


@pytest.mark.parametrize(
    ("raw", "line"),
    [("a: ü\n".encode("utf-16"), 1), (b"a: 1\nb: 2\nc: \xfcber\n", 3), (b"a: 1\r\nb: \xed\xa0\x80", 2), (b"\xff", 1)],
)
def test_a_file_that_is_not_utf8_says_its_line(tmp_path, raw, line):
    problem = wrong.only(disk.read_text, written(tmp_path, raw), "a")
    assert (problem.code, problem.place.line) == ("not-utf8", line)
    assert "Save As" in problem.hint


def test_utf16_without_its_mark_is_full_of_nulls(tmp_path):
    problem = wrong.problems(disk.read_text, written(tmp_path, "a: b\n".encode("utf-16-le")), "a")[0]
    assert (problem.code, str(problem.place)) == ("control-character", "a:1")
    assert "U+0000 NULL" in problem.message


def test_each_control_character_is_named_with_its_line(tmp_path):
    raw = b"a: 1\nb: \x00\nc: \x0b\x0c\nd: 4\n\x1f\n"
    assert wrong.places(disk.read_text, written(tmp_path, raw), "a") == [
        ("control-character", f"a:{line}") for line in (2, 3, 3, 5)
    ]
    assert len(wrong.problems(disk.read_text, written(tmp_path, b"\x00\n" * 1000))) == MOST_PROBLEMS


# -- writing ------------------------------------------------------------------------------------


def test_a_file_is_written_whole_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "a.docx"
    disk.write_atomically(path, b"one")
    path.chmod(0o640)
    disk.write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_a_problem_and_leaves_nothing(tmp_path):
    path = tmp_path / "there" / "a.docx"
    assert wrong.places(disk.write_atomically, path, b"x") == [("unwritable-file", str(path))]
    folder = tmp_path / "folder"
    folder.mkdir()
    assert wrong.places(disk.write_atomically, folder, b"x") == [("unwritable-file", str(folder))]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_is_made_with_those_above_it_or_is_a_problem(tmp_path):
    path = tmp_path / "a" / "b"
    disk.make_folder(path)
    disk.make_folder(path)
    assert path.is_dir()
    (path / "file").write_text("x")
    assert wrong.places(disk.make_folder, path / "file" / "c") == [("unwritable-file", str(path / "file" / "c"))]


# -- files that another program holds -----------------------------------------------------------


@pytest.fixture
def held(monkeypatch):
    """Return a function that makes a method of Path fail some times, as on Windows while another program holds it."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(system, "PAUSES", (0, 0, 0, 0))

    def hold(name, times):
        move, left = getattr(Path, name), [None] * times

        def held(path, target):
            if left:
                left.pop()
                raise PermissionError(13, "Permission denied")
            return move(path, target)

        monkeypatch.setattr(Path, name, held)

    return hold


def test_a_file_that_is_held_for_a_moment_is_written(tmp_path, held):
    held("replace", 2)
    disk.write_atomically(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"


def test_a_folder_that_is_held_for_a_moment_is_written(tmp_path, held):
    held("rename", 2)
    disk.write_folders({tmp_path / "a": {"b": b"x"}, tmp_path / "c": {"d": b"y"}})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]
    assert (tmp_path / "c" / "d").read_bytes() == b"y"


def test_folders_that_are_being_written_when_the_program_is_stopped_are_gone(tmp_path, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(disk, "write_through", stopped)
    with pytest.raises(KeyboardInterrupt):
        disk.write_folders({tmp_path / "a": {"b": b"x"}, tmp_path / "c": {"d": b"y"}})
    assert list(tmp_path.iterdir()) == []


def test_a_contract_that_is_open_in_word_stays_and_the_hint_says_to_close_it(tmp_path, held):
    (tmp_path / "a.docx").write_bytes(b"old")
    held("replace", 99)
    problem = wrong.only(disk.write_atomically, tmp_path / "a.docx", b"new")
    assert (problem.code, problem.hint) == ("unwritable-file", "if it is open in Word, close it there, and try again")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.docx", b"old")]


def test_a_link_that_leads_round_in_a_circle_stays(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(DraftingError, match="leads round in a circle"):
        disk.write(tmp_path / "a", b"x")
    assert (tmp_path / "a").is_symlink()


def test_a_name_that_is_taken_or_whose_companion_is_gets_a_number(tmp_path):
    wanted = tmp_path / "scan.pdf"
    assert disk.unused(wanted) == wanted
    wanted.touch()
    (tmp_path / "scan-2.pdf").touch()
    assert disk.unused(wanted).name == "scan-3.pdf"
    (tmp_path / "packet-ours").mkdir()
    assert disk.unused(tmp_path / "packet", beside="-ours").name == "packet-2"
