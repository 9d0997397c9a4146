"""Drafter turns a board's policy and a questionnaire's answers into a contract that provably meets the policy.

One straight line:

    clause_library/ ─loading.load─▶ Library ─┐
                                             ├selection.select─▶ Selection ─assembly.assemble─▶ Contract
    answers.yaml ───answers.load──▶ Answers ─┘                                                    │
                     compliance.check(contract, selection) ─▶ Coverage ◀──────────────────────────┤
                                     .docx ◀─ word.writer.write(contract, template) ◀─────────────┘

Each folder is a room; imports point down this list and never up it:

    contract       the Contract tree; imports nothing of ours
    base           places and problems, YAML, files, English
    language       the closed expression language: tree, parsing, checking, evaluation, explaining
    comparing      two contracts to a redline, and back
    reading        clause_library/ to Library: prose, policy, questionnaire, outline, clauses, review marks, cache
    matters        a matter's folder: answers, swaps, own wordings, rounds, the lock
    drafting       Library + Answers to a draft: selection, contract, coverage, and what a swap changes
    proving        over all answers: presence, laws, proof, lint, concessions
    papers         memo, matrix, brief, remarks: values that know no Word
    word           the only OOXML: templates, writer, reader, incoming and outgoing files
    pdf            LibreOffice, and parts bound into one file
    asking         the interview as a value, and its pages
    sending        rounds to send, and the board packet
    doors          the command line, the terminal, JSON

Nothing here knows of a state, a statute or a subject: that is the library's, and another policy is
another folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.base.problems import DraftingError, Place, Problem
    from drafter.contract import Contract
    from drafter.drafting.compliance import Coverage
    from drafter.drafting.selection import Selection
    from drafter.matters.answers import Answers
    from drafter.reading.library import Library

__version__ = "0.1.0"

_HOME = {
    "Answers": "matters.answers",
    "Contract": "contract",
    "Coverage": "drafting.compliance",
    "DraftingError": "base.problems",
    "Library": "reading.library",
    "Place": "base.problems",
    "Problem": "base.problems",
    "Selection": "drafting.selection",
}
__all__ = [
    "Answers",
    "Contract",
    "Coverage",
    "DraftingError",
    "Library",
    "Place",
    "Problem",
    "Selection",
    "__version__",
]


def __getattr__(name: str) -> object:
    """Import a public value when it is first asked for, so that `drafter --help` stays instant."""
    if name in _HOME:
        import importlib

        return getattr(importlib.import_module(f"drafter.{_HOME[name]}"), name)
    raise AttributeError(name)
