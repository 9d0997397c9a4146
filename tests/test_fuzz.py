"""A short run of tests/fuzz.py, the same cases each time; and that it finds what it looks for."""

from __future__ import annotations

from pathlib import Path

import fuzz
import pytest

from drafter.base import disk, yaml_tree
from drafter.base.problems import DraftingError, Place, Problem
from drafter.word import filling

SEED, CASES = 1, 48


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("fuzz"))
        yield fuzz.Place(Path.cwd())


@pytest.mark.parametrize("turn", range(len(fuzz.KINDS)), ids=list(fuzz.KINDS))
def test_no_damage_and_no_answers_bring_a_traceback_or_half_a_file(place, turn):
    for number in range(turn, CASES, len(fuzz.KINDS)):
        outcome = place.tried(fuzz.case(SEED, number, place.held))
        assert not outcome.wrong, f"fuzz.py --seed {SEED} --case {number}: {outcome.wrong}\n{outcome.detail}"


def test_a_case_is_the_same_each_time(place):
    assert fuzz.case(SEED, 7, place.held) == fuzz.case(SEED, 7, place.held) != fuzz.case(SEED + 1, 7, place.held)


DRAFT = fuzz.Case("matter files", {}, [("draft", "matter", *fuzz.LIB)])
CHECK = fuzz.Case("templates", {"firm.docx": b""}, [("template", "check", "firm.docx")])


def raising(*_, **__):
    raise KeyError


def endless(*_):
    while True:
        pass


def half(path, _):
    path.write_bytes(b"half")
    raise DraftingError(Problem("unwritable-file", Place(str(path)), "the disk is full"))


def left(path, content):
    path.with_name(".drafter-x").write_bytes(content)


@pytest.mark.parametrize(
    ("where", "name", "fault", "given", "wrong"),
    [
        (filling, "check", raising, CHECK, "KeyError"),
        (disk, "write_atomically", half, DRAFT, "draft: changed with exit code 1: matter/contract.docx"),
        (disk, "write_atomically", left, DRAFT, "draft: changed with exit code 0: matter/.drafter-x"),
        (filling, "check", endless, CHECK, "slow"),
    ],
)
def test_a_fault_is_found(  # noqa: PLR0913, PLR0917
    place, monkeypatch, where, name, fault, given, wrong
):
    monkeypatch.setattr(where, name, fault)
    monkeypatch.setattr(fuzz, "SECONDS", 3 if fault is endless else fuzz.SECONDS)
    assert place.tried(given).wrong.startswith(wrong)
    monkeypatch.undo()
    assert not place.tried(DRAFT).wrong


def test_a_failing_text_is_made_smaller(place, monkeypatch):
    monkeypatch.setattr(yaml_tree, "parse", raising)
    given = fuzz.Case("matter files", {"matter/answers.yaml": b"walker: Ann\n" * 9}, DRAFT.commands)
    wrong = place.tried(given).wrong
    assert wrong.startswith("KeyError")
    assert fuzz.smaller(place, given, wrong, fuzz.time.monotonic() + 10).changed == {"matter/answers.yaml": b""}
