"""Says of each requirement of the policy whether it applies, and which sections of a contract meet it.

One rule: a section meets a requirement when its alternative claims it and its words contain the
requirement's evidence. A claim alone is not enough, and neither is an answer that holds the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from drafter import language
from drafter.base.problems import DraftingError, Place, Problem, command
from drafter.contract import (
    Answer,
    Blank,
    Contract,
    Reference,
    Run,
    Section,
    SectionName,
    block_runs,
    names,
    run_text,
    sections,
)
from drafter.drafting.selection import Selection
from drafter.matters import filing
from drafter.reading.library import Library
from drafter.reading.policy import Requirement, Status
from drafter.reading.prose.wordings import folded

UNMET: tuple[Status, ...] = ("deviates", "missing")


@dataclass(frozen=True, slots=True)
class Covered:
    """One requirement in one contract: its status, the sections that meet it, and a remark.

    `clauses` are those of the sections; of a requirement that isn't met, those that could meet it.
    """

    requirement: Requirement
    status: Status
    sections: tuple[SectionName, ...]
    clauses: tuple[str, ...]
    remark: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """Return where the sections are, each place once: "7.4", "Exhibit D", "Recitals"."""
        return tuple(dict.fromkeys(name.place for name in self.sections))

    @property
    def cited(self) -> str:
        """Return the same for a sentence: "Section 7.4, Exhibit D"."""
        return ", ".join(dict.fromkeys(name.cited for name in self.sections))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every requirement of the policy, in the policy's order."""

    rows: tuple[Covered, ...]

    @property
    def unmet(self) -> tuple[Covered, ...]:
        """Return the rows that apply and are not met."""
        return tuple(row for row in self.rows if row.status in UNMET)


def check(contract: Contract, selection: Selection) -> Coverage:
    """Say for every requirement whether the contract meets it, and where."""
    called = names(contract)
    claims: dict[str, list[Section]] = {}
    blanks: dict[str, tuple[str, ...]] = {}
    requirements = {r.id: r for r in selection.library.policy.requirements}
    for section in sections(contract):
        words = folded(_own_words(section)) if section.requirements else ""
        blanks[section.id] = _blanks(section) if section.requirements else ()
        for wanted in section.requirements:
            requirement = requirements.get(wanted)
            if requirement and all(folded(e) in words for e in requirement.evidence):
                claims.setdefault(wanted, []).append(section)
    rows = (_row(r, claims.get(r.id, []), blanks, called, selection) for r in selection.library.policy.requirements)
    return Coverage(tuple(rows))


def _own_words(section: Section) -> str:
    """Return the library's words in a section: an answer proves nothing, whatever it says."""

    def shown(run: Run) -> str:
        return "\ufffc" if isinstance(run, Answer | Blank | Reference) else run_text(run)

    own = (
        block for block in section.blocks if getattr(block, "style", "") != "quote"
    )  # the policy quoted is no promise
    return " \ufffc ".join("".join(map(shown, runs)) for block in own for runs in block_runs(block))


def _row(
    requirement: Requirement,
    claiming: list[Section],
    blanks: Mapping[str, tuple[str, ...]],
    called: Mapping[str, SectionName],
    selection: Selection,
) -> Covered:
    met = tuple(called[s.id] for s in claiming)
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
            named = ", ".join(f"{c}: {selection.choices[c].alternative.id}" for c in chosen)
            return Covered(requirement, "deviates", (), able, f"the alternative chosen does not meet it ({named})")
        return Covered(requirement, "missing", (), able, "no section of the contract meets it")
    if not requirement.evidence:
        remark = "no words can show it; a person must read the sections that claim to meet it"
        return Covered(requirement, "needs a person's judgement", met, ids, remark)
    fallback = all(s.position == "fallback" for s in claiming)
    open_ = dict.fromkeys(label for section in claiming for label in blanks[section.id])
    remark = "; ".join(f"blank: {label}" for label in open_)
    return Covered(requirement, "met by a fallback" if fallback else "met", met, ids, remark)


def changes(before: Coverage, after: Coverage) -> tuple[tuple[str, str, str], ...]:
    """Return each requirement whose status differs between two drafts of a library, with both statuses."""
    pairs = zip(before.rows, after.rows, strict=True)
    return tuple((a.requirement.id, a.status, b.status) for a, b in pairs if a.status != b.status)


def able_clauses(library: Library, wanted: str) -> tuple[str, ...]:
    """Return the clauses that have an alternative which satisfies a requirement, in the order of the outline."""
    return tuple(c for c in library.order() if any(wanted in a.satisfies for a in library.clauses[c].alternatives))


def _blanks(section: Section) -> tuple[str, ...]:
    """Return the labels of the blanks in a section, each once."""
    found = (
        run.text for block in section.blocks for runs in block_runs(block) for run in runs if isinstance(run, Blank)
    )
    return tuple(dict.fromkeys(found))


def deviations(coverage: Coverage, contract: Contract, allowed: tuple[str, ...], path: str) -> Contract:
    """Return the contract with the requirements that it departs from; DraftingError for each that is not allowed.

    A departure is allowed when one of the clauses that could meet the requirement is named in `allowed`.
    """
    problems = [
        Problem("deviation", Place(path), _what(row), _way_out(row, path))
        for row in coverage.unmet
        if not set(allowed) & set(row.clauses)
    ]
    if problems:
        raise DraftingError(*problems)
    return replace(contract, deviations=tuple(row.requirement.id for row in coverage.unmet))


def _what(row: Covered) -> str:
    return f"the contract would not meet {row.requirement.id}: {row.requirement.asks.rstrip('.')} ({row.remark})"


def _way_out(row: Covered, path: str) -> str:
    clause = row.clauses[0] if row.clauses else "CLAUSE"
    step = command("draft", filing.matter_of(path), "--allow-deviation", clause)
    return f"choose a wording that meets it, or depart from policy with: {step}"
