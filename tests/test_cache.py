"""A library that is kept comes back equal, is never older than its files, and can neither harm nor stop anything."""

from __future__ import annotations

import io
import os
import pickle
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import SimpleNamespace

import commands
import generated
import pytest
import small

from drafter.base.problems import DraftingError
from drafter.reading import cache, library, loading
from drafter.reading.library import Library


@pytest.fixture
def lib(tmp_path):
    return small.build(tmp_path / "lib")


@pytest.fixture
def reads(monkeypatch):
    """Return the list of the libraries that are read from their files from now on."""
    found = []
    read = loading.load
    monkeypatch.setattr(loading, "load", lambda root, name="": found.append(name) or read(root, name))
    return found


def test_a_library_is_read_from_its_files_once(lib, tmp_path, reads):
    first = cache.load(lib, "lib", tmp_path / "kept")
    again = cache.load(lib, "lib", tmp_path / "kept")
    assert first == again == small.load(tmp_path / "lib")
    assert reads == ["lib", "lib"]  # the second one is the comparison's


def test_the_library_that_is_shipped_comes_back_equal_and_drafts_the_same(tmp_path):
    real = generated.real_library()
    cache.load(generated.CLAUSE_LIBRARY, "clause_library", tmp_path)
    kept = cache.load(generated.CLAUSE_LIBRARY, "clause_library", tmp_path)
    assert kept is not real
    assert kept == real
    assert repr(kept) == repr(real), "equal values may still be of different types"
    text = (generated.CLAUSE_LIBRARY.parent / "examples" / "st-louis-park" / "answers.yaml").read_text("utf-8")
    assert small.draft(kept, text) == small.draft(real, text)


@pytest.mark.parametrize("name", ["policy.yaml", "questionnaire.yaml", "agreement.yaml", "clauses/leash.md"])
def test_a_changed_file_is_read_anew(lib, tmp_path, reads, name):
    cache.load(lib, "lib", tmp_path / "kept")
    path = next(lib.rglob(Path(name).name))
    text = path.read_text("utf-8")
    before = path.stat()
    path.write_text(f"{text}\n", "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # its time says nothing
    cache.load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib", "lib"]


def test_a_file_that_comes_goes_or_is_renamed_is_noticed(lib, tmp_path, reads):
    cache.load(lib, "lib", tmp_path / "kept")
    extra = lib / "clauses" / "more.md"
    extra.write_text("x", "utf-8")
    with pytest.raises(DraftingError):
        cache.load(lib, "lib", tmp_path / "kept")
    extra.unlink()
    cache.load(lib, "lib", tmp_path / "kept")
    clause = next(lib.rglob("leash.md"))
    clause.rename(clause.with_name("lesh.md"))
    with pytest.raises(DraftingError):
        cache.load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib"] * 3


def test_a_library_of_another_name_has_its_own_places(lib, tmp_path):
    assert cache.load(lib, "one", tmp_path / "kept").path == "one"
    assert cache.load(lib, "two", tmp_path / "kept").path == "two"


def test_a_changed_program_reads_anew(lib, tmp_path, reads, monkeypatch):
    cache.load(lib, "lib", tmp_path / "kept")
    (tmp_path / "program").mkdir()
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "program" / "reading" / "cache.py"))
    cache.load(lib, "lib", tmp_path / "kept")
    (tmp_path / "program" / "prose.py").write_text("x = 1\n", "utf-8")
    cache.load(lib, "lib", tmp_path / "kept")
    (tmp_path / "program" / "prose.py").write_text("x = 2\n", "utf-8")
    cache.load(lib, "lib", tmp_path / "kept")
    monkeypatch.setattr(sys, "version", "another")
    cache.load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib"] * 5


def test_a_library_that_is_written_into_while_it_is_read_is_not_kept(lib, tmp_path, reads, monkeypatch):
    read = loading.load

    def writing(root, name):
        with (lib / "authorities.yaml").open("a", encoding="utf-8") as file:
            file.write("# seen\n")
        return read(root, name)

    with monkeypatch.context() as patch:
        patch.setattr(loading, "load", writing)
        cache.load(lib, "lib", tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
    cache.load(lib, "lib", tmp_path / "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 1
    assert reads == ["lib", "lib"]


def test_another_version_of_what_reads_the_files_reads_them_anew(lib, tmp_path, reads, monkeypatch):
    cache.load(lib, "lib", tmp_path / "kept")
    one = tmp_path / "other.py"
    one.write_bytes(b"")
    monkeypatch.setattr(cache, "find_spec", lambda _: SimpleNamespace(origin=str(one)))
    cache.load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib", "lib"]


def test_a_library_with_a_problem_is_not_kept(lib, tmp_path):
    (lib / "policy.yaml").write_text("nothing: here\n", "utf-8")
    for _ in range(2):
        with pytest.raises(DraftingError, match=r"is missing|not known"):
            cache.load(lib, "lib", tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


class Harm:
    """What runs a command when it is unpickled by a reader that lets it."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


def damaged(whole: bytes, mark: Path) -> dict[str, bytes]:
    """Return what may stand in the place of a kept library."""
    return {
        "empty": b"",
        "cut": whole[: len(whole) // 2],
        "flipped": bytes(255 - b if i % 97 == 0 else b for i, b in enumerate(whole)),
        "text": b"not a library",
        "another value": pickle.dumps(1),
        "two values": pickle.dumps((1, 2)),
        "a class of ours": pickle.dumps(library.Group("a", "b", ())),
        "harm": pickle.dumps(Harm(mark)),
        "deep": b"\x80\x04" + b"(" * 100_000 + b".",
    }


@pytest.mark.parametrize("kind", damaged(b"0" * 10, Path("mark")))
def test_what_is_damaged_is_read_anew_and_mended(lib, tmp_path, reads, kind):
    kept = tmp_path / "kept"
    whole = cache.load(lib, "lib", kept)
    [path] = kept.iterdir()
    path.write_bytes(damaged(path.read_bytes(), tmp_path / "mark")[kind])
    assert cache.load(lib, "lib", kept) == whole
    assert not (tmp_path / "mark").exists()
    assert cache.load(lib, "lib", kept) == whole
    assert reads == ["lib", "lib"]


def test_a_function_reached_through_a_module_of_ours_is_not_called(lib, tmp_path, reads):
    kept = tmp_path / "kept"
    whole = cache.load(lib, "lib", kept)
    [path] = kept.iterdir()
    harm = b"\x80\x04\x8c\x15drafter.reading.cache\x8c\x08os.mkdir\x93\x8c" + bytes([len(str(tmp_path / "mark"))])
    path.write_bytes(harm + str(tmp_path / "mark").encode() + b"\x85R.")
    with pytest.raises(pickle.UnpicklingError, match=r"os\.mkdir"):
        cache._Reader(io.BytesIO(path.read_bytes())).load()  # noqa: SLF001  # a refusal is not seen from outside
    assert cache.load(lib, "lib", kept) == whole
    assert not (tmp_path / "mark").exists()
    assert reads == ["lib", "lib"]


def test_a_library_under_the_name_of_another_is_not_taken_for_it(lib, tmp_path):
    kept = tmp_path / "kept"
    cache.load(lib, "one", kept)
    [first] = kept.iterdir()
    cache.load(lib, "two", kept)
    [second] = set(kept.iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    assert cache.load(lib, "two", kept).path == "two"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners")
def test_what_another_user_owns_is_not_read(lib, tmp_path, reads, monkeypatch):
    cache.load(lib, "lib", tmp_path / "kept")
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    cache.load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib", "lib"]


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_nobody_else_can_read_what_is_kept(lib, tmp_path):
    cache.load(lib, "lib", tmp_path / "kept")
    [path] = (tmp_path / "kept").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_the_last_ones_read_are_kept_and_no_more(lib, tmp_path):
    for number in range(cache.MOST + 3):
        cache.load(lib, f"lib{number}", tmp_path / "kept")
    kept = list((tmp_path / "kept").iterdir())
    assert len(kept) == cache.MOST
    paths = {pickle.loads(path.read_bytes())[1].path for path in kept}  # noqa: S301  # made above
    assert paths == {f"lib{n}" for n in range(3, cache.MOST + 3)}


@pytest.mark.parametrize("fault", ["a file", "no room", "no such name"])
def test_where_nothing_can_be_kept_it_is_read_each_time(lib, tmp_path, reads, monkeypatch, fault):
    kept = tmp_path / "kept"
    match fault:
        case "a file":
            kept.write_bytes(b"")
        case "no room":
            monkeypatch.setattr(os, "fdopen", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
        case _:
            kept = tmp_path / ("x" * 300)
    for _ in range(2):
        assert cache.load(lib, "lib", kept).path == "lib"
    assert reads == ["lib", "lib"]
    assert fault != "no room" or not list(kept.iterdir())


def test_only_what_a_library_is_read_from_is_looked_at(lib, tmp_path, reads):
    cache.load(lib, "lib", tmp_path / "kept")
    (lib / "notes.md").write_text("x", "utf-8")
    (lib / "drafts" / "deep").mkdir(parents=True)
    os.mkfifo(lib / "drafts" / "deep" / "policy.yaml")
    cache.load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib"]


def test_a_folder_that_is_large_and_no_library_is_told_at_once(tmp_path):
    with pytest.raises(DraftingError, match="missing-file"):
        cache.load(Path("/"), "/", tmp_path / "kept")


@pytest.mark.parametrize("what", ["too long", "a pipe", "a loop", "nothing"])
def test_a_folder_that_is_no_library_is_told_as_ever(lib, tmp_path, what):
    kept = tmp_path / "kept"
    match what:
        case "too long":
            lib = Path("x" * 5000)
        case "a pipe":
            os.mkfifo(lib / "clauses" / "pipe.md")
        case "a loop":
            (lib / "loop").symlink_to(lib)
            (lib / "policy.yaml").unlink()
        case _:
            lib = tmp_path / "nowhere"
    with pytest.raises(DraftingError) as told:
        cache.load(lib, "lib", kept)
    with pytest.raises(DraftingError) as expected:
        loading.load(lib, "lib")
    assert told.value.problems == expected.value.problems


def test_a_draft_is_the_same_with_and_without_what_is_kept(place, tmp_path):
    env = {"XDG_CACHE_HOME": str(tmp_path / "caches")}
    for name in ("first", "second"):
        done = commands.process("draft", "matter", "--library", "lib", "-o", f"{name}.docx", **env)
        assert done.returncode == 0, done.stderr
    assert (place / "first.docx").read_bytes() == (place / "second.docx").read_bytes()
    assert len(list((tmp_path / "caches" / "drafter").iterdir())) == 1


def test_what_is_kept_holds_no_answer(place, tmp_path):
    answers = place / "matter" / "answers.yaml"
    answers.write_text(answers.read_text("utf-8").replace("walker: ", "walker: Zebulon-"), "utf-8")
    done = commands.process("draft", "matter", "--library", "lib", XDG_CACHE_HOME=str(tmp_path / "caches"))
    assert done.returncode == 0, done.stderr
    [kept] = (tmp_path / "caches" / "drafter").iterdir()
    assert b"Zebulon" in answers.read_bytes()
    assert b"Zebulon" not in kept.read_bytes()


def test_every_value_of_a_library_can_be_kept():
    """A value of a class from elsewhere would be read anew each time, and nobody would notice but by the clock."""
    seen: set[type] = set()

    def look(value: object) -> None:
        if is_dataclass(value):
            seen.add(type(value))
            for field in fields(value):
                look(getattr(value, field.name))
        elif isinstance(value, dict):
            for one in value.values():
                look(one)
        elif isinstance(value, (tuple, list)):
            for one in value:
                look(one)

    look(generated.real_library())
    assert Library in seen
    assert all(kind.__module__.startswith("drafter.") for kind in seen)
