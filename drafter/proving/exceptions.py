"""Finds sentences that could take back what a contract says, and that the library does not declare with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter import language
from drafter.base.problems import Place, Problem
from drafter.proving.laws import Claim
from drafter.proving.presence import Presence
from drafter.proving.solving.formulas import FALSE, TRUE
from drafter.reading import saying
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.prose import sentences
from drafter.reading.saying import Undeclared

if TYPE_CHECKING:
    from drafter.proving.linting.subject import Subject  # which needs the proof, and the proof these laws


def exceptions_declared(at: Presence) -> Iterator[Claim]:
    """Every sentence that could take back what a contract says is declared with a reason."""
    for clause, alternative, problem in _undeclared(at):
        selected = at.selected(clause.id, alternative.id)
        if selected != FALSE:
            yield Claim(selected, problem, (clause.file,))
    yield from (Claim(TRUE, problem, (_OUTLINE,)) for problem in _phrases(at.library))


def undeclared_exception(subject: Subject) -> Iterator[Problem]:
    """Find a sentence with an exception, leave or another's judgement that no declaration gives a reason for.

    It is looked for in the home clauses of the requirements, in the clauses that policy.yaml lists under can_undo, and
    in the definitions of the terms that operative sentences use; and in the phrases that sentences print.
    """
    yield from (problem for _, _, problem in _undeclared(subject.at))
    yield from _phrases(subject.library)


_OUTLINE = "agreement.yaml"
_NEGATION = re.compile(r"\b(?:no|not|none|never|nor|neither|cannot)\b")


def _phrases(library: Library) -> Iterator[Problem]:
    """Find a phrase whose own words could take back the sentences that print it; it can't be declared."""
    from drafter.reading.prose import counter_words  # its pattern is slow to compile, and no draft needs it

    for name, (expression, _) in library.phrases.items():
        words = sentences.folded(language.explain(expression))
        if found := (*counter_words.found(f"{{{{ {words} }}}}"), *_NEGATION.findall(words)):
            listed = ", ".join(f"“{word}”" for word in dict.fromkeys(found))
            what = f"the phrase '{name}' can print {listed}, which could take back what a requirement needs said"
            hint = "write the words into the wordings, where they are read with their sentence"
            yield Problem("undeclared-exception", Place(f"{library.path}/{_OUTLINE}"), what, hint)


def _undeclared(at: Presence) -> Iterator[tuple[Clause, Alternative, Problem]]:
    found = saying.Exceptions(at.library)
    for clause in at.clauses():
        for alternative in clause.alternatives:
            for one in found.undeclared(clause, alternative):
                yield clause, alternative, _problem(alternative, one)


def _problem(alternative: Alternative, one: Undeclared) -> Problem:
    listed = ", ".join(f"“{words}”" for words in one.words)
    what = f"{listed} could take back what a requirement needs said: “{one.sentence}”"
    hint = (
        "take it out, or declare the sentence in the front matter, under exceptions, with the reason why it may stand"
    )
    return Problem("undeclared-exception", Place(alternative.place.path, one.line), what, hint)


def unused_exception(subject: Subject) -> Iterator[Problem]:
    """Find a declared exception that no wording says."""
    for clause in subject.at.clauses():
        said = frozenset(_said(clause))
        for declared in clause.exceptions:
            if sentences.as_written(declared.sentence) not in said:
                what = f"an exception is declared that no wording says: “{declared.sentence}”"
                yield Problem("unused-exception", clause.place, what, "declare the sentence as it is, or delete this")


def _said(clause: Clause) -> Iterator[str]:
    for alternative in clause.alternatives:
        for line in sentences.lines_of(alternative.text):
            yield from sentences.said(line)
