"""The versions of a contract that can be compared: a recorded round, a contract saved as JSON, or a matter's draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drafter import contract
from drafter.base import characters, disk, english
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.matters import filing, rounds
from drafter.matters.rounds import Round
from drafter.papers import remarks
from drafter.papers.remarks import Compared, Known

if TYPE_CHECKING:  # two saved contracts are compared without it
    from drafter.drafting.draft import Draft


def compare(  # noqa: PLR0913  # what a redline says of itself
    base: Known | Draft,
    revised: Known | Draft,
    on: date,
    *,
    reader: str = "",
    author: str = "Drafter",
    cite: bool = False,
) -> Compared:
    """Compare two versions of a contract, drafts or `Known` ones, as a redline of a day by an author.

    With a `reader` ("internal", "board", or the other side by any name) each changed section has a comment for that
    reader; `cite` lets those for the other side cite the policy.
    """
    old, new = (side if isinstance(side, Known) else of_draft(side) for side in (base, revised))
    return remarks.compared(old, new, reader, author, on, cite=cite)


def known(path: Path, draft: Callable[[Path], Draft]) -> Known:
    """Return what is at a path as a side of a comparison; `draft` drafts a matter.

    DraftingError where it can't be read, is not as it was recorded, or can't be drafted.
    """
    if rounds.is_round(path):
        return of_round(path)
    if path.suffix.lower() == ".json":
        return _saved(path)
    if path.suffix.lower() == ".docx":
        what = "this is a Word file; a redline compares recorded rounds, matters, and contracts saved as JSON"
        hint = "'drafter verify' says whether a Word file is the contract in a packet"
        raise DraftingError(Problem("unreadable-contract", Place(str(path)), what, hint))
    return of_draft(draft(path), path.stem)


def of_draft(made: Draft, name: str = "") -> Known:
    """Return a draft as a side of a comparison."""
    return Known(made.contract, made.selection, made.public_coverage, name, reasons=made.reasons)


def of_round(path: Path) -> Known:
    """Read a recorded round as a side of a comparison. DraftingError if it is not as recorded, or is one that came."""
    facts, found = rounds.read(path)
    if found is None:
        what = "this round is what came back; only rounds that were sent have a contract to compare"
        raise DraftingError(Problem("unreadable-contract", Place(str(path)), what))
    name = f"round {facts.number} (to {facts.party}, {english.long_date(facts.on)})"
    reasons = {k.clause: k.because for k in facts.kept if k.because}
    return Known(found, name=name, public_name=public_name(facts), reasons=reasons, library=facts.library)


def of_number(matter: Path, number: int) -> Known:
    """Return the round of a number that a matter sent. DraftingError where none was."""
    filing.stop_at_no_folder(matter)
    folder = matter / filing.ROUNDS
    found = next((r for r in rounds.read_all(folder) if r.number == number and r.direction == "to"), None)
    if found is None:
        what = f"no round {number} was sent"
        raise DraftingError(Problem("unknown-round", Place(str(folder)), what, "'drafter history' lists the rounds"))
    return of_round(folder / found.name)


def public_name(sent: Round) -> str:
    """Return what any reader may know of a round that a redline is compared with."""
    return f"the draft of {english.long_date(sent.on)}"


def _saved(path: Path) -> Known:
    try:
        text = disk.read_text(path, str(path))
        made = Known(contract.from_json(text), name=path.stem)
        written = json.dumps(json.loads(text), ensure_ascii=False) if "\\u" in text else ""  # reading it saw the others
    except ValueError:
        what = "this is not a contract that Drafter saved as JSON"
        raise DraftingError(Problem("unreadable-contract", Place(str(path)), what)) from None
    stop_at(characters.problems_in(written, str(path)))
    return made
