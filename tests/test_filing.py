"""A matter's folder is changed by one process at a time, and a process that is ended leaves it as before or after."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import forms
import pytest
import small
import test_memo
from commands import TERMINAL, files, run

from drafter.acts import interviewing
from drafter.asking import pages
from drafter.matters import answers, conversions, filing, rounds, swaps
from drafter.reading import loading

ROOT = Path(__file__).resolve().parents[1]
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals")


pytestmark = pytest.mark.usefixtures("place")


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "drafter", *words, "--library", "lib"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **TERMINAL},
    )  # fmt: skip


def test_who_comes_second_is_told_and_nothing_is_written(place, monkeypatch):
    monkeypatch.setattr(filing, "WAIT", 0.2)
    with filing.held(Path("matter")):
        before = files(place)
        for command in (["swap", "matter", "leash", "long"], ["send", "matter", "--to", "kennel"]):
            result = run(*command, "--library", "lib")
            assert result.exit_code == 1
            assert "matter-in-use: another command is changing this matter" in result.stderr
        assert run("draft", "matter", "--library", "lib", "-o", "elsewhere.docx").exit_code == 0  # it changes nothing
        Path("elsewhere.docx").unlink()
        assert files(place) == before
    assert run("swap", "matter", "leash", "long", "--library", "lib").exit_code == 0
    assert not Path("matter", filing.LOCK).exists()


def test_many_at_once_lose_nothing():
    both = [started("swap", "matter", "leash", ("long", "short")[n % 2], "--because", f"Reason {n}.") for n in range(4)]
    both += [started("send", "matter", "--to", "kennel", "--on", "2026-09-01") for _ in range(3)]
    ends = [(p.communicate(timeout=120), p.returncode) for p in both]
    done = sum(code == 0 and "Unchanged" not in said for (said, _), code in ends)  # two swaps may say the same
    refused = [said for (_, said), code in ends if code]
    assert all("matter-in-use" in said for said in refused), refused
    recorded = rounds.read_all(Path("matter/rounds"))
    record = swaps.parse(Path("matter/swaps.yaml").read_text("utf-8"), "swaps.yaml")
    assert len(recorded) + len(record) == done
    assert [r.number for r in recorded] == list(range(1, len(recorded) + 1))
    assert not list(Path("matter").rglob(".drafter*"))


# -- killed -------------------------------------------------------------------------------------

CALLS = ("mkdir", "rename", "replace", "unlink", "chmod", "fsync", "close", "rmdir")


def done(*words: str):
    return run(*words, *([] if words[0] == "receive" else ["--library", "lib"]), **NO_PDF)


def killed(at: int, do: Callable[[], int]) -> int:
    """Do something in a copy of this process that is ended before the n-th change of a file; return how it ends."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    calls = 0

    def dying(kept):
        def call(*args, **kwargs):
            nonlocal calls
            calls += 1
            if calls == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return kept(*args, **kwargs)

        return call

    for name in CALLS:
        setattr(os, name, dying(getattr(os, name)))
    os._exit(do())


ROPE = "The walker must use a leash of rope."
OWN = f"---\nsatisfies: [II]\nsays: {{II: [{ROPE}]}}\n---\n{ROPE}\n\n1. {{#hold}} held.\n"
COMMANDS = {
    "answer": ["answer", "matter", "leash", "long", "--because", "x", "--on", "2026-09-01"],
    "swap": ["swap", "matter", "leash", "long", "--because", "x", "--on", "2026-09-01"],
    "undo": ["swap", "matter", "--undo"],
    "wording": ["swap", "matter", "leash", "--wording", "own.md", "--on", "2026-09-01"],
    "first": ["send", "matter", "--to", "kennel", "--on", "2026-09-01"],
    "send": ["send", "matter", "--to", "kennel", "--on", "2026-09-02"],
    "receive": ["receive", "matter", "theirs.docx", "--from", "kennel", "--on", "2026-09-01"],
    "packet": ["packet", "matter", "-o", "matter/packet", "--on", "2026-09-01"],
    "draft": ["draft", "matter"],
    "convert": ["convert", "matter", "--to", "short", "--because", "x", "--on", "2026-09-01"],
    "back": ["convert", "matter", "--undo"],
}
NO_PDF = {"PATH": "/nowhere"}  # a packet is then its Word files, and ends with exit code 1


def shown(place: Path) -> tuple[object, ...]:
    """Return the matter as the next command sees it: its contract, its rounds, and what counts of its records."""
    matter = place / "matter"
    text = (matter / "answers.yaml").read_text("utf-8")
    chosen = dict(re.findall(r"^  (leash): (\S+)$", text, re.MULTILINE))
    result = run("draft", "matter", "--library", "lib", "-o", "shown.json")
    assert result.exit_code == 0, result.stderr
    contract = Path("shown.json").read_bytes()
    Path("shown.json").unlink()
    draft = matter / "contract.docx"
    form = answers.form_of(text)
    counting = swaps.counting(filing.recorded(matter), chosen, form)
    converted = conversions.counting(filing.converted(matter), form)
    packet = matter / "packet"
    made = files(packet) if packet.exists() else {}
    return (
        text,
        contract,
        counting,
        converted,
        rounds.read_all(matter / "rounds"),
        draft.exists() and draft.read_bytes(),
        made,
    )


def prepared(name: str) -> None:
    Path("own.md").write_text(OWN, "utf-8")
    Path("lib/memo.md").write_text(test_memo.DOGS, "utf-8")
    shutil.copy(ROOT / "templates" / "agreement.docx", "theirs.docx")
    if name == "undo":
        assert run(*COMMANDS["swap"], "--library", "lib").exit_code == 0
    if name == "send":
        assert run(*COMMANDS["first"], "--library", "lib").exit_code == 0
        assert run(*COMMANDS["swap"], "--library", "lib").exit_code == 0
    if name in {"convert", "back"}:  # for the second time; a swap crosses, and a choice doesn't
        forms.build(Path("lib"))
        Path("matter/answers.yaml").write_text(f"form: short\n{small.ANSWERS}", "utf-8")
        assert run("convert", "matter", "--to", "whole", "--on", "2026-08-31", "--library", "lib").exit_code == 0
        assert run(*COMMANDS["swap"], "--library", "lib").exit_code == 0
        text = Path("matter/answers.yaml").read_text("utf-8")
        chosen = text.replace("alternatives:", "alternatives:\n  notes: standard")
        Path("matter/answers.yaml").write_text(chosen, "utf-8")
    if name == "back":
        assert run(*COMMANDS["convert"], "--library", "lib").exit_code == 0
    if name == "draft":
        Path("matter/contract.docx").write_bytes(b"the draft of yesterday")


def left_by(place: Path) -> frozenset[tuple[str, bytes | None]]:
    """Return every file with what it holds, and every folder, by names without what is drawn at random in them."""
    paths = ((re.sub(r"(/\.drafter-.*-)\w{8}(?=/|$)", r"\1", str(p.relative_to(place))), p) for p in place.rglob("*"))
    return frozenset((name, p.read_bytes() if p.is_file() else None) for name, p in paths)


def restored(place: Path, held: dict[str, bytes]) -> None:
    for name in files(place):
        (place / name).unlink()
    for folder in sorted((p for p in (place / "matter").rglob("*") if p.is_dir()), reverse=True):
        folder.rmdir()
    for name, content in held.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)


@POSIX
@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_any_moment_a_matter_is_as_before_or_after(place, name):
    prepared(name)
    held, before = files(place), shown(place)
    ends = 1 if name == "packet" else 0
    assert done(*COMMANDS[name]).exit_code == ends
    after = shown(place)
    assert before != after
    seen, met = set(), set()
    for at in range(1, 200):
        restored(place, held)
        end = killed(at, lambda: done(*COMMANDS[name]).exit_code)
        if end == ends:
            break
        assert end == -signal.SIGKILL
        if (state := left_by(place)) in met:  # as after another moment: what follows depends on nothing else
            continue
        met.add(state)
        now = shown(place)
        assert now in (before, after)
        seen.add(now == after)
        with filing.held(Path("matter")):  # the next command clears away what was left
            pass
        left = list(Path("matter").rglob(".drafter*"))
        assert [p.name for p in left if not re.search("contract.docx|packet", p.name)] == []
        for path in left:  # of a draft or a packet, which another process may still be writing, until it is old
            os.utime(path, (0, 0))
        with filing.held(Path("matter")):
            assert [p.name for p in Path("matter").rglob(".drafter*")] == [filing.LOCK]
        assert done(*COMMANDS[name]).exit_code in (0, 1)
    assert at > 3
    assert False in seen


def answered() -> list[str]:
    """Answer two questions of the interview; return the answers file before, between and after."""
    matter = Path("matter")
    path = matter / "answers.yaml"
    texts = [path.read_text("utf-8")]
    begun = interviewing.begin(matter, loading.load(Path("lib"), "lib"), Path("lib"), section="parties")
    talk = begun.talk()
    next(talk)
    for words in ("Barkville", "Bo Walker"):
        with filing.held(matter):  # which nobody has while somebody thinks
            texts.append(path.read_text("utf-8"))
        talk.send(pages.Reply("enter", words))
    return [*texts, path.read_text("utf-8")]


@POSIX
def test_an_interview_killed_at_any_moment_has_kept_each_answer_whole(place):
    held, texts = files(place), answered()
    assert [texts.index(text) for text in texts] == [0, 0, 2, 3]
    seen = set()
    for at in range(1, 100):
        restored(place, held)
        end = killed(at, lambda: len(answered()) - len(texts))
        if end == 0:
            break
        assert end == -signal.SIGKILL
        now = Path("matter/answers.yaml").read_text("utf-8")
        assert now in texts
        seen.add(now)
        with filing.held(Path("matter")):
            assert [p.name for p in Path("matter").rglob(".drafter*")] == [filing.LOCK]
    assert seen == set(texts)


def test_a_folder_that_is_not_there_is_not_made():
    with filing.held(Path("nowhere")):
        assert not Path("nowhere").exists()
