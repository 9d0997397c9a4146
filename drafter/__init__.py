"""Drafter turns a board's policy and a questionnaire's answers into a contract that provably meets the policy.

One straight line:

    clause_library/ ─library.load─▶ Library ─┐
                                             ├selection.select─▶ Selection ─assembly.assemble─▶ Contract
    answers.yaml ───answers.load──▶ Answers ─┘                                                    │
                     compliance.check(contract, selection) ─▶ Coverage ◀──────────────────────────┤
                                     .docx ◀─ word.writer.write(contract, template) ◀─────────────┘

Each module makes one value, or holds one skill; imports point up this list and never down it:

    source         a file and a line; Problem; DraftingError; YAML read with its places kept
    english        dates, money and numbers in words
    expressions    the closed expression language of conditions and fields
    contract       the Contract tree; knows nothing of clauses or files
    prose          clause text to paragraphs, with fields and references left as leaves
    policy         policy.yaml to Policy: paragraphs verbatim, requirements, anomalies
    questionnaire  questionnaire.yaml to Questionnaire: questions and checks
    answers        answers.yaml to Answers: typed, or a list of problems
    matter         the text of an answers file: a new one, or one line of it changed
    library        clause_library/ to Library: all of the above, the outline, the clauses
    selection      Library + Answers to Selection: one alternative a clause, and why
    assembly       Selection to Contract: filled, numbered, references and terms resolved
    compliance     Contract + Policy to Coverage: each requirement, and the sections that meet it
    word/          the only OOXML: writer, template, pdf
    outcome        what a command brings about: a draft, a swap, and both as JSON
    report         what the commands say on a terminal
    cli            one command a function

Nothing here knows of a state, a statute or a subject: that is the library's, and another policy is
another folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.answers import Answers
    from drafter.compliance import Coverage
    from drafter.contract import Contract
    from drafter.library import Library
    from drafter.selection import Selection
    from drafter.source import DraftingError, Problem, Source

__version__ = "0.1.0"

_HOME = {
    "Answers": "answers",
    "Contract": "contract",
    "Coverage": "compliance",
    "DraftingError": "source",
    "Library": "library",
    "Problem": "source",
    "Selection": "selection",
    "Source": "source",
}
__all__ = [
    "Answers",
    "Contract",
    "Coverage",
    "DraftingError",
    "Library",
    "Problem",
    "Selection",
    "Source",
    "__version__",
]


def __getattr__(name: str) -> object:
    """Import a public value when it is first asked for, so that `drafter --help` stays instant."""
    if name in _HOME:
        import importlib

        return getattr(importlib.import_module(f"drafter.{_HOME[name]}"), name)
    raise AttributeError(name)
