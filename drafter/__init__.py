"""Drafter turns a board's policy and a questionnaire's answers into a contract that provably meets the policy.

One straight line:

    clause_library/ ─loading.load─▶ Library ─┐
                                             ├selection.select─▶ Selection ─assembly.assemble─▶ Contract
    answers.yaml ───answers.load──▶ Answers ─┘                                                    │
                     compliance.check(contract, selection) ─▶ Coverage ◀──────────────────────────┤
                                     .docx ◀─ word.writer.write(contract, template) ◀─────────────┘

Each module makes one value, or holds one skill; imports point up this list and never down it:

    source         a file and a line; Problem; DraftingError; YAML read with its places kept
    english        dates, money and numbers in words
    expressions    the closed expression language of conditions and fields
    contract       the Contract tree; knows nothing of clauses or files
    alignment      two sequences to what they have in common, in order
    lines          two versions of a line to one line with its words marked
    marked         the tree of a redline: two contracts in one, each part marked; accept, reject
    redline        Contract + Contract to Redline: sections by id, paragraphs by words, words one by one
    preview        a redline as text, and as a page for a browser
    prose          clause text to paragraphs, with fields and references left as leaves
    policy         policy.yaml to Policy: paragraphs verbatim, requirements, anomalies
    questionnaire  questionnaire.yaml to Questionnaire: questions and checks
    answers        answers.yaml to Answers: typed, or a list of problems
    answers_text   the text of an answers file with one answer set, added or taken out
    matter         the text of an answers file: a new one, or one line of it changed
    swaps          the record of a matter's swaps: what, when, why
    manifest       the hashes of a folder's files, and what is not as they say
    filing         a matter's folder: what stands where, and one process at a time that changes it
    library        the Library: all of the above, the outline, the clauses with their alternatives
    loading        clause_library/ to Library, or all that is wrong in it; a matter's own wordings
    cache          a library that was read before, by the hash of its files
    selection      Library + Answers to Selection: one alternative a clause, and why
    rounds         the recorded rounds of a matter, and that none has changed since
    assembly       Selection to Contract: filled, numbered, references and terms resolved
    compliance     Contract + Policy to Coverage: each requirement, and the sections that meet it
    remarks        what the comments of a redline say, to each reader
    memo           a contract, its coverage and a redline to what a board is told before it votes
    formulas       conditions joined, turned round and simplified
    division       the answers to a question, divided into the few that stand for all
    cases          the smallest answers under which a formula holds, or none after every case was tried
    presence       when each clause, wording and paragraph stands in the contract, as formulas
    laws           what must be so of every contract, each as claims that can be tried
    proof          Library to Proof: the laws tried over all answers, and the smallest answers that break one
    lint           Library to problems: all that is wrong in it, at once
    review         the links from wordings to the policy that a person reviewed, and those that are suspect
    options        Selection to its options: every clause that could read otherwise, and what that would do
    concessions    a matter and rejected wordings to the choice that concedes least, or what stands in the way
    brief          a selection and its options to what a negotiator takes into the room
    matrix         Coverage to Matrix: each requirement with its words, status, place, wording and authority
    word/          the only OOXML: writer, template, pdf
    interview      Library + answers' text to Interview: what is asked, what is next, what an answer changes
    pages          what an interview shows at once, and what comes back, as values
    telling        what an answer did, and how it stands, in words
    dialogue       Interview to pages, one after the other, each answer saved before the next is shown
    outcome        what a command brings about: a draft, a swap, and both as JSON
    negotiation    a draft and the rounds before it to the next round; the history
    packet         the board packet; whether a file is the contract in one
    report         what the commands say on a terminal
    desk           what the commands share: files, a matter and its library, values made into files
    screen         a page on the whole terminal, and the keys
    ask            the interview on a terminal, page by page or line by line
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
