"""Judges a file that came back: which round it is of, what was changed in it, and what each change is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import drafter.matters.matter
from drafter.base import disk
from drafter.base.problems import DraftingError, Place, Problem
from drafter.contract import Contract, sections
from drafter.drafting import compliance, draft
from drafter.drafting.compliance import UNMET, Covered
from drafter.drafting.draft import Draft
from drafter.matters import answers, filing, rounds
from drafter.matters.matter import Matter
from drafter.matters.rounds import Recorded, Round
from drafter.replying import meaning, terms, theirs
from drafter.replying.kept import Told
from drafter.returned import margins, reading
from drafter.returned.markup import Change, Return
from drafter.values import dataclass
from drafter.word import incoming
from drafter.word.incoming import printed
from drafter.word.oxml import package
from drafter.word.oxml.package import Package

_REDLINE = f"{rounds.OUTGOING}/redline.docx"


def judged(  # noqa: PLR0913, PLR0917  # what a return is judged by
    place: Path, library: Path | None, before: Recorded, party: str, content: bytes, template: Path, on: date
) -> Told | None:
    """Judge a file that came from a party; None where it was sent nothing. DraftingError where it can't be read.

    A PDF is compared by its words. What came is of the round whose contract has the fewest changes without a mark, the
    last one first.
    """
    last = rounds.last_sent(before.rounds, party)
    if last is None:
        return None
    by_words = printed.is_pdf(content)
    parts = printed.as_word(content) if by_words else _parts(content)
    best: tuple[int, Round, Contract, Return] | None = None
    for one in (one for one in reversed(before.rounds) if one.direction == "to" and one.party == party):
        contract = before.contract_of(one)
        if contract is None:
            continue
        folder = before.folder / one.name
        found = reading.against(contract, template, parts, ours(folder), margin(folder))
        silent = sum(len(c.before) + len(c.after) for c in found.changes if not c.marked and c.kind != "format")
        if best is None or silent < best[0]:
            best = silent, one, contract, found
        if not silent:
            break
    if best is None:
        return None
    _, of, contract, found = best
    made = as_sent(place, library, before.folder / of.name)
    return Told(of.number, found, meaning.meanings(found, contract, made, on), of == last, by_words)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a Word file does with a requirement that applies: it is said there, or not said, or to be read.

    `sections` are those of the matter's contract that meet it; `changes` are the sections with changes to be read.
    """

    requirement: str
    status: Literal["said", "not said", "to read"]
    sections: tuple[str, ...]
    changes: tuple[str, ...] = ()


def spoken(made: Draft, found: Return) -> tuple[Spoken, ...]:
    """Say of each requirement that applies whether a Word file says it, by its changes against a matter's contract.

    One is said only where no section that says it differs; words that have no section leave all to be read.
    """
    laid = theirs.version(made.contract, found.changes)
    there = {section.id for section in sections(laid.contract)}
    choices = {name: choice for name, choice in made.selection.choices.items() if name in there}
    rows = compliance.check(laid.contract, replace(made.selection, choices=choices)).rows
    touched = [change for change in found.changes if change.kind != "format"]
    loose = laid.unlaid or found.unplaced
    reached = {change.id: _reached(made.contract, change) for change in touched}
    return tuple(
        _spoken(was, now, [one for one in touched if reached[one.id] & {*was.clauses}], is_loose=bool(loose))
        for was, now in zip(made.coverage.rows, rows, strict=True)
        if was.status not in ("does not apply", "nothing to draft")
    )


def _reached(contract: Contract, change: Change) -> frozenset[str]:
    """Return the clauses that a change is in, and those that use a term which it defines."""
    there = [section for section in sections(contract) if section.id in change.clauses]
    anew = {term for section in there for term in terms.defined(section, change)}
    return frozenset(change.clauses) | terms.using(contract, anew)


def _spoken(was: Covered, now: Covered, changes: Sequence[Change], *, is_loose: bool) -> Spoken:
    where = tuple(dict.fromkeys(change.section for change in changes))
    if now.status in UNMET:
        return Spoken(was.requirement.id, "not said", was.places, where)
    return Spoken(was.requirement.id, "to read" if where or is_loose else "said", was.places, where)


def _parts(content: bytes) -> Package:
    looked = incoming.examined(content)
    if looked.unread:
        raise DraftingError(Problem("unreadable-contract", Place("the file"), looked.unread))
    return looked.parts


def as_sent(place: Path, library: Path | None, folder: Path) -> Draft | None:
    """Draft a matter with the answers that a round kept; None where that can't be done any more."""
    try:
        path = folder / filing.ANSWERS
        text = disk.read_text(path, str(path))
        loaded = drafter.matters.matter.library_of(place, library, answers.form_of(text))
        made = drafter.matters.matter.with_own_wordings(loaded, place)
        return draft.draft(Matter(place, text, filing.recorded(place), made))
    except DraftingError:
        return None


def ours(folder: Path) -> frozenset[tuple[str, str]]:
    """Return the authors and dates of the tracked changes in the redline that a round sent; none where it sent none."""
    path = folder / _REDLINE
    if not (rounds.is_round(folder) and path.is_file()):
        return frozenset()
    return reading.marks(incoming.read(incoming.load(path)))


def margin(folder: Path) -> reading.Margins:
    """Return what the headers and footers said of the contract and the redlines that a round sent."""
    sent = sorted((folder / rounds.OUTGOING).glob("*.docx")) if rounds.is_round(folder) else []
    made = (path for path in sent if path.stem == "contract" or path.stem.startswith("redline"))
    return frozenset(line for path in made for line in margins.known(package.unpack(path.read_bytes())))
