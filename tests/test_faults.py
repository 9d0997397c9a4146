"""Disks that are full, folders that are closed, strange names and links out of a matter: told, and nothing is lost.

A process that is ended at any moment is in test_filing; what an interview saves is in test_ask.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import re
import shutil
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import test_filing
from commands import files, run
from often import some
from terminal import Terminal

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes, links and limits")
ENTER = "\r"

pytestmark = pytest.mark.usefixtures("place")

# What writes, each with the files that it needs: those of test_filing, and the packet with its brief.
COMMANDS = {
    **test_filing.COMMANDS,
    "privileged": [*test_filing.COMMANDS["packet"], "--privileged"],
    "new": ["new", "another"],
}


# -- a disk that is full, or closed, from some moment on ----------------------------------------

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Disk:
    """The calls that change files, of which those from the n-th on fail; unlinking works unless `closed`."""

    def __init__(self, monkeypatch, at: int, why: int) -> None:
        self.calls, self.at, self.why = 0, at, why
        calls = ["mkdir", "rename", "replace", "fsync", *(["unlink", "rmdir", "chmod"] if why != errno.ENOSPC else [])]
        for name in calls:
            monkeypatch.setattr(os, name, self._failing(getattr(os, name)))
        opened = os.open
        monkeypatch.setattr(
            os, "open", lambda path, flags, *more, **named: (
                self._count() if flags & WRITING else None, opened(path, flags, *more, **named)
            )[1],
        )  # fmt: skip

    def _count(self) -> None:
        self.calls += 1
        if self.calls >= self.at:
            raise OSError(self.why, os.strerror(self.why))

    def _failing(self, do):
        def call(*args, **named):
            self._count()
            return do(*args, **named)

        return call


def one(name: str, **env: str):
    words = COMMANDS[name]
    library = [] if words[0] == "receive" else ["--library", "lib"]
    return run(*words, *library, **test_filing.NO_PDF, **env)


@POSIX
@pytest.mark.parametrize("why", some([errno.ENOSPC, errno.EROFS]), ids=some(["full", "closed"]))
@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_fails_at_any_write_leaves_the_matter_as_before_or_after(place, name, why, monkeypatch):
    test_filing.prepared(name)
    held, before = files(place), test_filing.shown(place)
    ends = one(name).exit_code
    after, then = files(place), test_filing.shown(place)
    assert held != after
    for at in range(1, 100):
        test_filing.restored(place, held)
        with monkeypatch.context() as patch:
            disk = Disk(patch, at, why)
            result = one(name)
        now = files(place)
        if disk.calls < at:
            assert (result.exit_code, now) == (ends, after)
            break
        left = {name: now.pop(name) for name in list(now) if ".drafter" in name}
        # An unlink that fails leaves what it would have taken away; the lock is then nobody's.
        assert why != errno.ENOSPC or not left, left
        if result.exit_code == 0:  # a round that couldn't be listed is recorded all the same: rounds.py
            listed = dict.fromkeys(("matter/rounds/rounds.sha256", "matter/matter.yaml"), b"")
            assert now == after or {**now, **listed} == {**after, **listed}
        else:
            assert result.exit_code == 1
            assert re.search(r"can't be (written|made|locked)", result.stderr), result.stderr
            assert "Traceback" not in result.output
            # A swap's record and wording may stand without its answer: they say nothing then (swaps.py). And a disk
            # that is closed between two moves keeps a packet whose brief never came: nothing can take it away.
            packet = {path: content for path, content in after.items() if "privileged" not in path}
            assert now in (held, packet) or test_filing.shown(place) in (before, then)
    assert at > 2


@contextlib.contextmanager
def no_byte() -> Iterator[None]:
    """Let no file of this process grow, as on a full disk."""
    import resource  # not on every system

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@POSIX
@pytest.mark.parametrize("name", COMMANDS)
def test_no_file_may_have_a_byte(place, name):
    test_filing.prepared(name)
    before = files(place)
    with no_byte():
        result = one(name, XDG_CACHE_HOME=str(place / "caches"))
    if name == "undo":  # it only takes away
        assert result.exit_code in (0, 1)
    else:
        assert result.exit_code == 1
        assert re.search(r"(file|folder) can't be (written|made|locked): ", result.stderr), result.stderr
    assert "Traceback" not in result.stderr
    assert files(place) == before or name == "undo"


@POSIX
def test_an_interview_on_a_full_disk_says_so_and_goes_on_when_there_is_room(place):
    import resource  # not on every system

    def limit(size: int) -> None:
        resource.prlimit(person.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    shutil.rmtree("matter")
    with Terminal("ask", "matter", "--library", "lib", folder=place) as person:
        person.wait("What is the town called?")
        before = files(place)
        limit(0)
        person.press(ENTER)
        person.wait("can't be written")
        assert files(place) == before
        limit(resource.RLIM_INFINITY)
        person.press(ENTER)
        person.wait("Saved: Town of Bark")
    assert "name: Town of Bark" in Path("matter/answers.yaml").read_text("utf-8")


@POSIX
def test_an_interview_that_cannot_begin_says_why(place):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))"
    shutil.rmtree("matter")
    with Terminal("ask", "matter", "--library", "lib", folder=place, before=limit) as person:
        assert person.end() == 1
        assert "can't be written" in person.shown
    assert not list(place.rglob("answers.yaml"))


# -- rights -------------------------------------------------------------------------------------


OVERRIDING = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: capabilities(7)
THIS_THREAD = struct.pack("Ii", 0x20080522, 0)  # capget(2)


@contextlib.contextmanager
def lessened() -> Iterator[None]:
    """Do what follows without what only the superuser may; skip where there is no way."""
    if os.getuid():
        yield
        return
    if sys.platform != "linux":
        pytest.skip("the superuser may do everything, and there is no way to do less")
    system, held = ctypes.CDLL(None, use_errno=True), ctypes.create_string_buffer(24)
    assert system.capget(THIS_THREAD, held) == 0
    effective, *rest = struct.unpack("6I", held.raw)
    assert system.capset(THIS_THREAD, struct.pack("6I", effective & ~OVERRIDING, *rest)) == 0
    try:
        yield
    finally:
        assert system.capset(THIS_THREAD, held.raw) == 0


def lesser(name: str):
    with lessened():
        return one(name)


@pytest.fixture
def closed():
    """Return a function that takes rights away; they come back at the end."""
    before = {}

    def close(path: str, mode: int) -> None:
        before.setdefault(path, Path(path).stat().st_mode)
        Path(path).chmod(mode)

    yield close
    for path, mode in before.items():
        Path(path).chmod(mode)


@POSIX
@pytest.mark.parametrize("name", [n for n in COMMANDS if n != "new"])
def test_a_matter_that_may_only_be_read_is_told_and_stays(place, closed, name):
    test_filing.prepared(name)
    for folder in ("matter", *(str(p) for p in Path("matter").rglob("*") if p.is_dir())):
        closed(folder, 0o500)
    before = files(place)
    result = lesser(name)
    assert result.exit_code == 1
    assert re.search(
        r"matter\S*: unwritable-file: the (file|folder) can't be (written|locked): Permission", result.stderr
    )
    assert "Traceback" not in result.stderr
    assert files(place) == before


@POSIX
@pytest.mark.parametrize(
    ("name", "shut"),
    [
        *((name, "matter/answers.yaml") for name in COMMANDS if name not in ("new", "receive", "undo")),
        *((name, "lib/sources/policy.yaml") for name in COMMANDS if name != "receive"),
        ("draft", "matter"), ("swap", "matter"), ("send", "matter"), ("packet", "matter"), ("receive", "matter"),
        ("undo", "matter/swaps.yaml"), ("draft", "matter/swaps.yaml"),
        ("receive", "theirs.docx"), ("wording", "own.md"), ("packet", "lib/memo.md"),
        ("send", "matter/rounds"), ("send", "matter/rounds/01-to-kennel"),
        ("send", "matter/rounds/01-to-kennel/contract.json"), ("send", "matter/rounds/01-to-kennel/manifest.sha256"),
    ],
)  # fmt: skip
def test_what_may_not_be_read_is_told_by_name(place, closed, name, shut):
    test_filing.prepared(name)
    if shut == "matter/swaps.yaml" and not Path(shut).exists():
        test_filing.prepared("undo")
    before = files(place)
    closed(shut, 0)
    result = lesser(name)
    assert result.exit_code in (1, 2)  # click itself refuses some of them
    assert Path(shut).name in result.stderr
    assert "Traceback" not in result.stderr
    Path(shut).chmod(0o700)
    assert files(place) == before


# -- names --------------------------------------------------------------------------------------

NAMES = [
    "St. Louis Park – Übung",
    "a  b",
    "line\nbreak",
    "quote'\"s",
    "$(touch harm)",
    "%s {{ x }}",
    "~",
    "ⅷ﷽\u0301",
    "-o",
]


@POSIX
@pytest.mark.parametrize("name", NAMES)
def test_a_matter_of_any_name_is_worked_on(place, name):
    test_filing.prepared("swap")
    Path("matter").rename(name)
    shutil.copy("theirs.docx", f"{name}.docx")
    ours = ["--library", "lib"]
    for words in (
        ["draft", *ours, "--", name],
        ["check", *ours, "--", name],
        ["swap", *ours, "--because", f"For {name}", "--on", "2026-09-01", "--", name, "leash", "long"],
        ["send", "--to", "kennel", "--on", "2026-09-01", *ours, "--", name],
        ["receive", "--anyway", "--on", "2026-09-02", "--", name, f"{name}.docx"],
        ["history", *ours, "--", name],
        ["redline", *ours, "--", f"./{name}/rounds/01-to-kennel", name],
    ):
        result = run(*words)
        assert result.exit_code == 0, (words, result.stderr)
    made = run("packet", "-o", f"./{name}/{name}", "--on", "2026-09-03", *ours, "--", name, **test_filing.NO_PDF)
    assert made.exit_code == 1, "there is no LibreOffice"
    same = run("verify", "--", f"./{name}/{name}", f"./{name}/contract.docx")
    assert same.exit_code in (0, 1)
    assert sorted(p.name for p in Path(name).iterdir()) == sorted(
        ["answers.yaml", "contract.docx", "matter.yaml", "rounds", "swaps.yaml", name]
    )
    assert sorted(p.name for p in place.iterdir()) == sorted([name, f"{name}.docx", "lib", "own.md", "theirs.docx"])


@pytest.mark.parametrize("party", ["../kennel", "/etc", "..", "ken/nel", "ken nel", ".", "a\nb"])
def test_a_party_is_a_word_and_no_path(place, party):
    before = files(place)
    result = run("send", "matter", "--to", party, "--library", "lib")
    assert result.exit_code == 2
    assert files(place) == before


@pytest.mark.parametrize("clause", ["../leash", "/etc/passwd", "leash/../../x", "leash.md"])
def test_a_clause_is_a_name_and_no_path(place, clause):
    Path("own.md").write_text(test_filing.OWN, "utf-8")
    before = files(place)
    for more in (["long"], ["--wording", "own.md"]):
        result = run("swap", "matter", clause, *more, "--library", "lib")
        assert result.exit_code == 1
        assert "unknown-clause: " in result.stderr
    assert files(place) == before


# -- links --------------------------------------------------------------------------------------


@POSIX
def test_a_wording_that_leads_out_of_the_matter_is_not_followed(place):
    Path("secret.md").write_text("The walker must use a leash: the secret.\n\n1. {#hold} held.\n", "utf-8")
    Path("matter/wording").mkdir()
    Path("matter/wording/leash.md").symlink_to(place / "secret.md")
    for words in (["draft", "matter"], ["send", "matter", "--to", "kennel"], ["check", "matter"]):
        result = run(*words, "--library", "lib")
        assert result.exit_code == 1
        assert "matter/wording/leash.md: link-out: " in result.stderr
        assert "secret" not in result.output.replace("secret.md", "")
    assert not Path("matter/rounds").exists()


@POSIX
def test_a_wording_that_leads_to_another_file_of_the_matter_is_read():
    Path("matter/wording").mkdir()
    Path("matter/kept.md").write_text(test_filing.OWN, "utf-8")
    Path("matter/wording/leash.md").symlink_to("../kept.md")
    assert run("draft", "matter", "--library", "lib").exit_code == 0


@POSIX
def test_rounds_may_be_kept_elsewhere_by_a_link(place):
    Path("elsewhere").mkdir()
    Path("matter/rounds").symlink_to(place / "elsewhere")
    assert one("first").exit_code == 0
    assert sorted(p.name for p in Path("elsewhere").iterdir()) == ["01-to-kennel", "rounds.sha256"]
    assert run("history", "matter", "--library", "lib").exit_code == 0


@POSIX
def test_a_packet_is_not_written_through_a_link(place):
    Path("elsewhere").mkdir()
    Path("lib/memo.md").write_text(test_filing.test_memo.DOGS, "utf-8")
    Path("packet").symlink_to(place / "elsewhere")
    result = run("packet", "matter", "-o", "packet", "--library", "lib", **test_filing.NO_PDF)
    assert result.exit_code == 1
    assert "something" in result.stderr
    assert list(Path("elsewhere").iterdir()) == []
