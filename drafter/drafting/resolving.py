"""Gives the references in a line the numbers that they print, and marks each use of a defined term."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from drafter.base import english
from drafter.base.problems import Place, Problem
from drafter.contract import (
    Contract,
    Definition,
    Reference,
    Run,
    Runs,
    Section,
    Text,
    Use,
    head_runs,
    joined,
    section_runs,
    sections,
    signature_runs,
    targets,
)
from drafter.keeping.once import once
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """What a contract's lines can refer to.

    That is what each target prints, the exhibit of each clause that has one to itself, the clauses that are part of
    one, and what marks the uses of the terms that are defined in a text.
    """

    printed: Mapping[str, str]
    exhibits: Mapping[str, str]
    parts: frozenset[str]
    marked: Callable[[str], Runs]

    def __hash__(self) -> int:
        """Return a number that is the same for those that are equal."""
        return hash((frozenset(self.printed.items()), frozenset(self.exhibits.items()), self.parts, self.marked))

    def only(self, wanted: Iterable[str]) -> Known:
        """Return what is known of some targets alone."""
        clauses = {target: target.partition(".")[0] for target in wanted}
        there = {clause: self.exhibits[clause] for clause in clauses.values() if clause in self.exhibits}
        bases = {there.get(clause, clause) for clause in clauses.values()}
        printed = {one: self.printed[one] for one in (*bases, *clauses) if one in self.printed}
        return Known(printed, there, self.parts & bases, self.marked)

    def has(self, target: str) -> bool:
        """Say whether a reference to this target prints a number."""
        clause, _, label = target.partition(".")
        base = self.exhibits.get(clause, clause)
        return bool(self.printed.get(base)) and (not label or bool(self.printed.get(target)))


def known(contract: Contract) -> Known:
    """Return what lines that go with a numbered contract can refer to."""
    exhibits = {s.id: f"exhibit:{e.id}" for e in contract.exhibits for s in e.sections if not s.number}
    parts = frozenset(s.id for e in contract.exhibits for s in e.sections if s.number)
    terms = _defined((*head_runs(contract), *signature_runs(contract))).union(*map(_defined_in, sections(contract)))
    return Known(targets(contract), exhibits, parts, _marking(terms))


def _defined(runs: Iterable[Run]) -> frozenset[str]:
    return frozenset(run.text for run in runs if isinstance(run, Definition))


@once(1024)  # most sections of one draft are the same as in the one before
def _defined_in(section: Section) -> frozenset[str]:
    return _defined(section_runs(section))


@lru_cache(maxsize=8)  # most drafts of a library define the same terms, and say the same
def _marking(terms: frozenset[str]) -> Callable[[str], Runs]:
    """Return what marks each use of some terms in a text: in the longest form, with its term."""
    forms = {form: term for term in sorted(terms) for form in english.plurals(term)} | {term: term for term in terms}
    longest_first = sorted(forms, key=len, reverse=True)
    first = "".join(sorted({form[:1] for form in forms}))  # a quick look at the first letter spares most of the work
    pattern = re.compile(
        rf"\b(?=[{re.escape(first)}])({'|'.join(map(re.escape, longest_first))})\b" if forms else r"(?!)"
    )

    @lru_cache(maxsize=16_384)
    def marked(text: str) -> Runs:
        pieces = enumerate(pattern.split(text))
        return tuple(Use(piece, forms[piece]) if place % 2 else Text(piece) for place, piece in pieces if piece)

    return marked


def resolved(runs: Runs, found: Known) -> Runs:
    """Return a line with its references resolved, all of which must be known, and its terms marked."""
    if any(isinstance(run, Reference) for run in runs):
        runs = joined(r for run in runs for r in _resolved(run, found))
    made: list[Run] = []
    for run in runs:
        made += found.marked(run.text) if isinstance(run, Text) else (run,)
    return tuple(made)


def dead(target: str, place: Place) -> Problem:
    """Return the problem that a reference points to what isn't in the contract."""
    clause, _, label = target.partition(".")
    what = f"[[{target}]] points to {'an item' if label else 'a clause'} that is not in this draft"
    return Problem("dead-reference", place, what, f"give the sentence the condition of '{target if label else clause}'")


def _resolved(run: Run, found: Known) -> Iterator[Run]:
    """Turn one reference into words and numbers: "Section 5.1" and "(d)", "Article 7", "Exhibit A", "Exhibit A-2"."""
    if not isinstance(run, Reference):
        yield run
        return
    clause, _, label = run.target.partition(".")
    base = found.exhibits.get(clause, clause)
    if not base.startswith(("article:", "exhibit:")):
        yield Text("Exhibit " if base in found.parts else "Section ")
    yield Reference(found.printed[base], base)
    if label:
        yield Reference(found.printed[run.target], run.target)
