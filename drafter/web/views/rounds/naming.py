"""Rounds, changes and answers as a page calls what is in them: clauses by headings, wordings by labels, questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from drafter import contract
from drafter.contract import Contract
from drafter.contract.tree import Definition
from drafter.replying.decisions import Decision
from drafter.replying.meaning import Meaning
from drafter.sending.negotiation import Stage
from drafter.telling.called import Called


def meaning(found: Meaning, names: Called) -> Meaning:
    """Return what a change is, with its wording and its answers called as people do."""
    wording = names.wording_of(found.clause, found.alternative)
    return replace(found, alternative=wording, answers=_answers(found.answers, names))


def decision(made: Decision, names: Called) -> Decision:
    """Return what was answered to a change, with the wording and the answers called as people do."""
    wording = names.wording_of(made.clause, made.alternative)
    return replace(made, alternative=wording, questions=_answers(made.questions, names))


def stage(found: Stage, names: Called) -> Stage:
    """Return a round with its wordings called as people do; its sections are called as they were in it."""
    conceded, won = (
        tuple(replace(one, alternative=names.wording_of(one.clause, one.alternative)) for one in those)
        for those in (found.conceded, found.won)
    )
    sections = tuple(replace(one, name=replace(one.name, clause=one.name.words)) for one in found.sections)
    return replace(found, conceded=conceded, won=won, sections=sections)


def party(name: str, made: Contract | None) -> str:
    """Return what a party is called in a sentence: by its defined term in the contract, else by its short name."""
    runs = contract.all_runs(made) if made is not None else ()
    terms = (run.text for run in runs if isinstance(run, Definition))
    return next((f"the {term}" for term in terms if term.lower().replace(" ", "-") == name), name)


def _answers(those: Iterable[tuple[str, str]], names: Called) -> tuple[tuple[str, str], ...]:
    asked = names.library.questionnaire.questions if names.library is not None else {}
    return tuple((asked[name].prompt if name in asked else name, _value(name, value, names)) for name, value in those)


def _value(name: str, value: str, names: Called) -> str:
    asked = names.library.questionnaire.questions.get(name) if names.library is not None else None
    labels = {option.value: option.label for option in asked.options} if asked is not None else {}
    return labels.get(value, value)
