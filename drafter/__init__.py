"""Drafter turns a board's policy and a questionnaire's answers into a contract that provably says what it asks.

    clause_library/ ─load_library─▶ Library ─┐
                                             ├─open─▶ Matter ─draft─▶ Draft ─to_docx─▶ .docx
    the matter's folder ─────────────────────┘

Each folder is a room; imports point down this list and never up it:

    values         how a class of values is made
    contract       the Contract tree; imports nothing else of ours
    base           places and problems, YAML, files, English
    keeping        what was made once, kept for the next time
    language       the closed expression language: tree, parsing, checking, evaluation, explaining
    comparing      two contracts to a redline, and back
    word           contracts and redlines as Word files, and back: templates, writer, reader, what comes in and goes out
    reading        clause_library/ to Library: prose, sources, questionnaire, outline, clauses, review marks, cache
    matters        a matter's folder to Matter: answers, swaps, own wordings, rounds, the lock
    drafting       Matter to Draft: selection, contract, coverage; what a swap changes
    proving        over all answers: presence, laws, proof, lint, concessions
    amending       a source that changes: what differs, what rests on it, what can be carried over
    papers         memo, matrix, brief, remarks: values that know no Word
    documents      memo, matrix and brief as Word files
    pdf            LibreOffice, and parts bound into one file
    asking         the interview as a value, and its pages
    verifying      a Word file against the one that was approved, by a closed list and by its pages
    returned       a Word file that came back: its changes, where each is, marked or not, and its comments
    replying       what a return means to a matter, and what is answered to each of its changes
    sending        rounds to send, and the board packet
    signed         a signed PDF or a scan, read against the packet's contract
    acts           what every door does to a matter: locked, from reading to writing
    telling        what every door says of a matter, in rows of words without colours
    web            the desk: pages on this machine, for a browser
    doors          the command line, by job; the terminal; JSON

Nothing here knows of a state, a statute or a subject: that belongs to the library, and another policy is another
folder. `docs/python.md` shows how to use the names below.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.base.problems import DraftingError, Place, Problem
    from drafter.contract import Contract
    from drafter.drafting.compliance import Coverage
    from drafter.drafting.draft import Draft, check, draft
    from drafter.drafting.selection import Selection
    from drafter.matters.answers import Answers
    from drafter.matters.matter import Matter, open  # noqa: A004  # `drafter.open`, as `gzip.open`
    from drafter.papers.remarks import Compared
    from drafter.proving.conceding.concessions import Concession, concede
    from drafter.proving.proof import Proof, prove
    from drafter.reading.library import Library
    from drafter.reading.opening import load_library
    from drafter.sending.versions import compare

__version__ = "0.1.0"

_HOME = {
    "Answers": "matters.answers",
    "Compared": "papers.remarks",
    "Concession": "proving.conceding.concessions",
    "Contract": "contract",
    "Coverage": "drafting.compliance",
    "Draft": "drafting.draft",
    "DraftingError": "base.problems",
    "Library": "reading.library",
    "Matter": "matters.matter",
    "Place": "base.problems",
    "Problem": "base.problems",
    "Proof": "proving.proof",
    "Selection": "drafting.selection",
    "check": "drafting.draft",
    "compare": "sending.versions",
    "concede": "proving.conceding.concessions",
    "draft": "drafting.draft",
    "load_library": "reading.opening",
    "open": "matters.matter",
    "prove": "proving.proof",
}
__all__ = [
    "Answers",
    "Compared",
    "Concession",
    "Contract",
    "Coverage",
    "Draft",
    "DraftingError",
    "Library",
    "Matter",
    "Place",
    "Problem",
    "Proof",
    "Selection",
    "__version__",
    "check",
    "compare",
    "concede",
    "draft",
    "load_library",
    "open",
    "prove",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `drafter --help` stays instant."""
    if name in _HOME:
        return getattr(importlib.import_module(f"drafter.{_HOME[name]}"), name)
    raise AttributeError(name)
