"""Measures how the time of load, lint, prove and draft grows with a library, for libraries of several shapes.

    python benchmarks/growth.py [SHAPE [SMALL LARGE]]

A shape is a kind of library that makes one thing many: clauses, alternatives of one clause, conditions in one clause,
questions in one condition, requirements on one clause, references, checks, questions that decide others. Each is made
at two sizes, and the exponent says how the processor time grows: 1 is in step with the size, 2 is its square.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import proof as mixed

from drafter import draft
from drafter.matters.matter import Matter
from drafter.proving import proof
from drafter.proving.linting import lint
from drafter.reading import loading

ARTICLE = 50  # clauses
LEAST = 0.05  # seconds: less is noise, and has no exponent


def library(root: Path, questions: list[str], clauses: list[str], requirements: list[str], checks: list[str]) -> Path:
    """Write a library to a folder: one line for each question, requirement and check, one file for each clause."""
    (root / "clauses").mkdir(parents=True)
    (root / "sources").mkdir()
    for number, text in enumerate(clauses):
        (root / "clauses" / f"c{number}.md").write_text(text, encoding="utf-8")
    groups = [range(start, min(start + ARTICLE, len(clauses))) for start in range(0, len(clauses), ARTICLE)]
    articles = "\n".join(
        f"  - {{id: a{n}, title: A, clauses: [{', '.join(f'c{number}' for number in group)}]}}"
        for n, group in enumerate(groups)
    )
    asked = "\n".join(f"      - {question}" for question in questions)
    files = {
        "sources/policy.yaml": 'number: "1"\ntitle: T\ncitation: Policy 1\nbody: D\nstatus: adopted\n'
        'date: "2026-01-01"\n'
        "paragraphs:\n  - {id: P, text: It must hold.}\n"
        + ("requirements:\n" + "\n".join(f"  - {r}" for r in requirements) if requirements else "requirements: []")
        + "\n",
        "agreement.yaml": f"title: T\narticles:\n{articles}\n",
        "authorities.yaml": "authorities:\n  - {id: a, citation: A, confidence: A}\n",
        "questionnaire.yaml": f"sections:\n  - id: s\n    title: S\n    questions:\n{asked}\n"
        + ("checks:\n" + "\n".join(f"  - {check}" for check in checks) + "\n" if checks else ""),
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def clause(alternatives: list[str], bodies: list[tuple[str, str]], head: str = "") -> str:
    """Return the text of a clause file from its alternatives, a line each, and their bodies."""
    listed = "\n".join(f"  {entry}" for entry in alternatives)
    wordings = "\n".join(f"## {name}\n\n{text}\n" for name, text in bodies)
    return f"---\ntitle: C\nauthority: [a]\n{head}alternatives:\n{listed}\n---\n\n{wordings}"


ONLY = ["only: {label: Only, position: preferred}"]


def yes_no(size: int, default: str = '"no"') -> list[str]:
    """Return that many yes/no questions."""
    return [f"{{id: q{n}, type: yes-no, prompt: Yes?, default: {default}}}" for n in range(size)]


def many_alternatives(root: Path, size: int) -> Path:
    """Write a library with one clause of that many alternatives, each for one option of a question."""
    options = ", ".join(f"{{value: v{n}, label: V}}" for n in range(size))
    entries = [
        f"v{n}: {{label: V, position: {place}, concedes: S, guidance: S, when: q == 'v{n}'}}"
        for n in range(size)
        for place in ("preferred" if n == 0 else "fallback",)
    ]
    question = f"{{id: q, type: choice, prompt: Q?, default: v0, options: [{options}]}}"
    return library(root, [question], [clause(entries, [(f"v{n}", f"It is {n}.") for n in range(size)])], [], [])


def many_conditions(root: Path, size: int) -> Path:
    """Write a library with one clause in which each paragraph has a condition of its own question."""
    text = "\n".join(f"1. {{when: q{n}}} It is {n}." for n in range(size))
    return library(root, yes_no(size), [clause(ONLY, [("only", f"It is so:\n\n{text}")])], [], [])


def long_conditions(root: Path, size: int) -> Path:
    """Write a library with clauses whose condition is as many questions as fit into one expression."""
    each = 60
    whens = [" and ".join(f"q{i}" for i in range(start, start + each)) for start in range(0, size, each)]
    texts = [clause(ONLY, [("only", "It is so.")], f"when: {when}\n") for when in whens]
    return library(root, yes_no(size + each), texts, [], [])


def many_requirements(root: Path, size: int) -> Path:
    """Write a library with one clause that meets that many requirements, half of them under a condition."""
    text = "\n".join(f"1. It must hold {n}x." for n in range(size))
    wanted = [
        f"{{id: R{n}, paragraph: P, level: {'if' if n % 2 else 'must'}, asks: It., quote: It must,"
        f" home: c0, says: ['It is so: It must hold {n}x.']{f', applies_when: q{n}' if n % 2 else ''}}}"
        for n in range(size)
    ]
    met = ", ".join(f"R{n}" for n in range(size))
    entries = [f"only: {{label: Only, position: preferred, satisfies: [{met}]}}"]
    return library(root, yes_no(size), [clause(entries, [("only", f"It is so:\n\n{text}")])], wanted, [])


def deep_references(root: Path, size: int) -> Path:
    """Write a library in which each clause refers to the one before it, to its item and to their article."""
    seen = [f" See [[c{n - 1}]], [[c{n - 1}.i]] and [[article:a{n // ARTICLE}]]." if n else "" for n in range(size)]
    texts = [clause(ONLY, [("only", f"1. {{#i}} It is so.{see}")], f"when: q{n // 9}\n") for n, see in enumerate(seen)]
    return library(root, yes_no(size, "yes"), texts, [], [])


def many_checks(root: Path, size: int) -> Path:
    """Write a library with a check and a clause for each pair of questions."""
    texts = [clause(ONLY, [("only", "It is so.")], f"when: q{n}\n") for n in range(size)]
    checks = [f"{{id: k{n}, holds: not q{n} or q{n + 1}, message: M}}" for n in range(0, size, 2)]
    return library(root, yes_no(size + 1), texts, [], checks)


def asked_in_turn(root: Path, size: int) -> Path:
    """Write a library in which each question is asked only after the one before it, ten deep."""
    asked = [
        f"{{id: q{n}, type: yes-no, prompt: Yes?, default: yes{f', ask_when: q{n - 1}' if n % 10 else ''}}}"
        for n in range(size)
    ]
    texts = [clause(ONLY, [("only", "It is so.")], f"when: q{n}\n") for n in range(size)]
    return library(root, asked, texts, [], [])


SHAPES: dict[str, tuple[Callable[[Path, int], Path], int, int]] = {
    "mixed": (mixed.build, 1_000, 4_000),
    "alternatives": (many_alternatives, 40, 160),
    "conditions": (many_conditions, 500, 2_000),
    "long conditions": (long_conditions, 500, 2_000),
    "requirements": (many_requirements, 500, 2_000),
    "references": (deep_references, 500, 2_000),
    "checks": (many_checks, 500, 2_000),
    "asked in turn": (asked_in_turn, 500, 2_000),
}


def measured(build: Callable[[Path, int], Path], size: int) -> dict[str, float]:
    """Return the seconds of processor time of each stage for a library of that size."""
    taken: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = build(Path(folder) / "library", size)
        started = time.process_time()
        found = loading.read(root, "library")
        taken["load"] = time.process_time() - started
        loaded = found.library
        stages: dict[str, Callable[[], object]] = {
            "lint": lambda: lint.lint(found),
            "prove": lambda: proof.prove(loaded),
            "draft": lambda: draft(Matter(Path("answers.yaml"), "", (), loaded)),
        }
        for name, stage in stages.items():
            started = time.process_time()
            stage()
            taken[name] = time.process_time() - started
    return taken


def main(wanted: str, sizes: tuple[int, ...]) -> None:
    """Print a row for each shape and stage: seconds at both sizes, and the exponent of the growth."""
    print(f"{'shape':<16} {'stage':<6} {'small':>6} {'large':>6} {'small s':>8} {'large s':>8} {'exponent':>9}")
    for name, (build, small, large) in SHAPES.items():
        if wanted not in ("", name):
            continue
        less, more = sizes or (small, large)
        before, after = measured(build, less), measured(build, more)
        for stage, seconds in after.items():
            grown = math.log(seconds / max(before[stage], 1e-6)) / math.log(more / less)
            shown = f"{grown:>9.2f}" if seconds >= LEAST else f"{'-':>9}"
            print(f"{name:<16} {stage:<6} {less:>6} {more:>6} {before[stage]:>8.2f} {seconds:>8.2f} {shown}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "", tuple(map(int, sys.argv[2:4])))
