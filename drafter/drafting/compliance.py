"""A contract and the policy to coverage: each requirement, whether it applies, and the sections that meet it.

One rule: a section meets a requirement when its alternative claims it and its words contain the
requirement's evidence. A claim alone is not enough, and neither is an answer that holds the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from drafter import language
from drafter.base.problems import DraftingError, Place, Problem
from drafter.contract import Answer, Blank, Contract, Reference, Run, Section, block_runs, run_text, sections
from drafter.drafting.selection import Selection
from drafter.reading.library import Library
from drafter.reading.policy import Requirement
from drafter.reading.wordings import folded

Status = Literal[
    "met",
    "met by a fallback",
    "needs a person's judgement",
    "does not apply",
    "deviates",
    "missing",
    "nothing to draft",
]
UNMET: tuple[Status, ...] = ("deviates", "missing")


@dataclass(frozen=True, slots=True)
class Covered:
    """One requirement in one contract: its status, the section numbers (or exhibit) that meet it, and a remark."""

    requirement: Requirement
    status: Status
    places: tuple[str, ...]
    clauses: tuple[str, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every requirement of the policy, in the policy's order, and the clauses that a deviation rests on."""

    rows: tuple[Covered, ...]

    @property
    def unmet(self) -> tuple[Covered, ...]:
        """Return the rows that apply and are not met."""
        return tuple(row for row in self.rows if row.status in UNMET)


def check(contract: Contract, selection: Selection) -> Coverage:
    """Say for every requirement whether the contract meets it, and where."""
    places = _places(contract)
    claims: dict[str, list[Section]] = {}
    for section in sections(contract):
        words = folded(_own_words(section))
        for wanted in section.requirements:
            requirement = selection.library.policy.requirement(wanted)
            if requirement and all(folded(e) in words for e in requirement.evidence):
                claims.setdefault(wanted, []).append(section)
    rows = (_row(r, claims.get(r.id, []), places, selection) for r in selection.library.policy.requirements)
    return Coverage(tuple(rows))


def _own_words(section: Section) -> str:
    """Return the library's words in a section: an answer proves nothing, whatever it says."""

    def shown(run: Run) -> str:
        return "\ufffc" if isinstance(run, Answer | Blank | Reference) else run_text(run)

    own = (
        block for block in section.blocks if getattr(block, "style", "") != "quote"
    )  # the policy quoted is no promise
    return " \ufffc ".join("".join(map(shown, runs)) for block in own for runs in block_runs(block))


def _places(contract: Contract) -> Mapping[str, str]:
    places = {s.id: s.number or "Opening" for s in sections(contract)}
    places |= {s.id: "Recitals" for s in contract.recitals}
    return places | {s.id: f"Exhibit {e.number}" for e in contract.exhibits for s in e.sections}


def _row(requirement: Requirement, claiming: list[Section], places: Mapping[str, str], selection: Selection) -> Covered:
    met = tuple(dict.fromkeys(places[s.id] for s in claiming))
    ids = tuple(s.id for s in claiming)
    if requirement.level == "info":
        return Covered(requirement, "nothing to draft", (), (), requirement.asks)
    condition = selection.library.conditions.get(requirement.id)
    if condition is not None and not language.holds(condition, selection.values):
        remark = f"applies when: {requirement.applies_text or requirement.applies_when}"
        return Covered(requirement, "does not apply", met, ids, remark)
    if not claiming:
        able = tuple(able_clauses(selection.library, requirement.id))
        chosen = [c for c in able if c in selection.choices and selection.choices[c].by == "negotiator"]
        if chosen:
            names = ", ".join(f"{c}: {selection.choices[c].alternative.id}" for c in chosen)
            return Covered(requirement, "deviates", (), able, f"the alternative chosen does not meet it ({names})")
        return Covered(requirement, "missing", (), able, "no section of the contract meets it")
    if not requirement.evidence:
        remark = "no words can show it; a person must read the sections that claim to meet it"
        return Covered(requirement, "needs a person's judgement", met, ids, remark)
    fallback = all(s.position == "fallback" for s in claiming)
    remark = "; ".join(_blank_remarks(claiming))
    return Covered(requirement, "met by a fallback" if fallback else "met", met, ids, remark)


def able_clauses(library: Library, wanted: str) -> tuple[str, ...]:
    """Return the clauses that have an alternative which satisfies a requirement, in the order of the outline."""
    return tuple(c for c in library.order() if any(wanted in a.satisfies for a in library.clauses[c].alternatives))


def _blank_remarks(claiming: list[Section]) -> list[str]:
    found = [r.text for s in claiming for b in s.blocks for rs in block_runs(b) for r in rs if isinstance(r, Blank)]
    return [f"blank: {label}" for label in dict.fromkeys(found)]


def deviations(coverage: Coverage, contract: Contract, allowed: tuple[str, ...], path: str) -> Contract:
    """Return the contract with the requirements that it departs from; DraftingError for each that is not allowed.

    A departure is allowed when one of the clauses that could meet the requirement is named in `allowed`.
    """
    problems = [
        Problem("deviation", Place(path), _told(row), _way_out(row))
        for row in coverage.unmet
        if not set(allowed) & set(row.clauses)
    ]
    if problems:
        raise DraftingError(*problems)
    return replace(contract, deviations=tuple(row.requirement.id for row in coverage.unmet))


def _told(row: Covered) -> str:
    return f"the contract would not meet {row.requirement.id}: {row.requirement.asks.rstrip('.')} ({row.remark})"


def _way_out(row: Covered) -> str:
    return (
        f"choose a wording that meets it, or draft with --allow-deviation {row.clauses[0] if row.clauses else 'CLAUSE'}"
    )
