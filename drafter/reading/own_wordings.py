"""Reads a matter's own wordings, each as one more alternative of the clause that its file is named for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from drafter import language
from drafter.base import disk, fitting, front_matter
from drafter.base.fitting import FromFile, Words
from drafter.base.problems import Place, Problem, stop_at
from drafter.reading import library_checks, prose
from drafter.reading.attempts import Attempts
from drafter.reading.library import OWN, Alternative, Declared, Library, meant
from drafter.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _OwnHead(FromFile):
    label: Words = "The matter's own wording"
    satisfies: tuple[str, ...] = ()
    concedes: Words = ""
    says: dict[str, tuple[str, ...]] = field(default_factory=dict)
    exceptions: tuple[Declared, ...] = ()
    adds: tuple[str, ...] = ()


def added_to(library: Library, files: Mapping[str, Path], *, fitting: bool = False) -> Library:
    """Return the library with a matter's own wordings, each an alternative of the clause that its file is named for.

    `files` has the path of each by the name under which it is filed: `<clause>.md` becomes `own-wording`, a second
    one, `<clause>.2.md`, becomes `own-wording-2`. A wording is the text of the clause, below a front matter that may
    say `label`, `satisfies`, `concedes`, by which sentences it meets a requirement in words of its own (`says`), and
    its `exceptions`. It is never selected by the answers, only by the negotiator.
    One of a clause that only another form of the contract has is kept for that form. DraftingError where one does not
    do as the library's must; with `fitting`, one that can't be used is left out of its clause's alternatives, and the
    clause says why. What is wrong with the library without them is not theirs: a policy's new text may ask less.
    """
    made, problems = _added(library, files)
    wrong = {name: tuple(p for p in problems if p.place.path == str(path)) for name, path in files.items()}
    if fitting and (
        unfit := {name: found for name, found in wrong.items() if found and clause_of(name) in library.clauses}
    ):
        made, problems = _added(library, {name: path for name, path in files.items() if name not in unfit})
        made = _with_unfit(made, unfit)
    known = set(_added(library, {})[1]) if problems else set()
    stop_at(problem for problem in problems if problem not in known)
    return made


def _with_unfit(library: Library, unfit: Mapping[str, tuple[Problem, ...]]) -> Library:
    clauses = dict(library.clauses)
    for name, problems in unfit.items():
        clause = clauses[clause_of(name)]
        clauses[clause.id] = replace(clause, unfit={**clause.unfit, alternative_of(name): problems})
    return replace(library, clauses=clauses)


def _added(library: Library, files: Mapping[str, Path]) -> tuple[Library, tuple[Problem, ...]]:
    """Return the library with own wordings, and everything that is wrong with it then."""
    at = Attempts(Path(), "", [], {**library.questionnaire.schema, **{p: k for p, (_, k) in library.phrases.items()}})
    clauses = dict(library.clauses)
    for name, path in files.items():
        if clause_of(name) in library.elsewhere:
            continue
        own = at.attempt(lambda name=name, path=path: _read(name, path, at))  # type: ignore[misc]  # mypy does not infer such a lambda
        clause = clauses.get(clause_of(name))
        if clause is None:
            hint = meant(clause_of(name), library.clauses)
            at.problems.append(Problem("unknown-clause", Place(str(path)), f"no clause '{clause_of(name)}'", hint))
        elif own is not None:
            clauses[clause.id] = replace(clause, alternatives=(*clause.alternatives, own))
    made = replace(library, clauses=clauses)
    place = Place(f"{library.path}/agreement.yaml")
    return made, (*at.problems, *(p for check in library_checks.CHECKS for p in check(made, place)))


def clause_of(name: str) -> str:
    """Return the clause of the own wording that is filed under a name."""
    return re.sub(r"(\.[0-9]+)?\.md$", "", name)


def alternative_of(name: str) -> str:
    """Return the alternative that the own wording filed under a name makes."""
    numbered = re.search(r"\.([0-9]+)\.md$", name)
    return f"{OWN}-{numbered[1]}" if numbered else OWN


def name_of(clause: str, alternative: str) -> str:
    """Return the name under which the own wording is filed that makes an alternative of a clause."""
    number = alternative.removeprefix(OWN).removeprefix("-")
    return f"{clause}.{number}.md" if number else f"{clause}.md"


def _read(filed: str, path: Path, at: Attempts) -> Alternative:
    name = str(path)
    lines = disk.read_text(path, name).split("\n")
    end = front_matter.end_of(lines)
    tree = front_matter.read(lines, end, name)
    at.unfilled(tree, "says", "sentence", "adds")
    head = fitting.fit(tree, _OwnHead)
    start = end + 1 if end else 0
    text, problems = prose.parse("\n".join(lines[start:]), name, start + 1, at.schema)
    at.problems.extend(problems)
    if not text and not problems:
        at.problems.append(Problem("missing-wording", Place(name, start + 1), "the wording has no text"))
    never = language.Constant(value=False)
    return Alternative(
        alternative_of(filed),
        head.label,
        "non-standard",
        never,
        head.satisfies,
        head.concedes,
        "",
        "",
        text,
        Place(name, 1),
        tuple(head.says.items()),
        head.exceptions,
        head.adds,
    )
