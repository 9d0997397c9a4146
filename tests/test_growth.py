"""The work of each stage grows in step with the library, whatever it has many of.

What is counted is calls of functions, which don't depend on the machine.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from drafter import draft
from drafter.matters.matter import Matter
from drafter.proving import proof
from drafter.proving.linting import lint
from drafter.reading import loading

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def growth(monkeypatch):
    """Return the benchmark that makes libraries of many shapes."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("growth")


def calls(work) -> int:
    """Return how many functions are called in some work, those written in C included."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def work(build, root, size):
    """Return the calls of each stage for a library of that size."""
    found = loading.read(build(root, size), "library")
    assert (found.unread, found.wrong) == ((), ())
    matter = Matter(root / "answers.yaml", "", (), found.library)
    return {
        "lint": calls(lambda: lint.lint(found)),
        "prove": calls(lambda: proof.prove(found.library)),
        "draft": calls(lambda: draft(matter)),
    }


def test_the_library_that_the_proof_is_measured_on_is_proved(growth, tmp_path):
    found = proof.prove(loading.load(growth.SHAPES["mixed"][0](tmp_path, 20), "library"))
    assert (found.holes, found.undecided) == ((), ())


SHAPES = ("mixed", "requirements", "references", "checks")


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_library_is_about_twice_the_work(growth, shape, tmp_path):
    build = growth.SHAPES[shape][0]
    once, twice = (work(build, tmp_path / str(size), size) for size in (60, 120))
    assert {stage: round(twice[stage] / once[stage], 1) for stage in once if twice[stage] > 2.5 * once[stage]} == {}


def test_the_work_for_the_alternatives_of_one_clause_grows_no_faster_than_their_pairs(growth, tmp_path):
    build = growth.SHAPES["alternatives"][0]
    once, twice = (work(build, tmp_path / str(size), size) for size in (20, 40))
    assert {stage: round(twice[stage] / once[stage], 1) for stage in once if twice[stage] > 4.2 * once[stage]} == {}
