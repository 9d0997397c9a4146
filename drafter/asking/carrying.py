"""Carries answers of another contract over into a new one, and asks again for those that rarely stay the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from drafter.asking import interview, spoken
from drafter.asking.interview import Interview
from drafter.asking.pages import Notice
from drafter.base import english, yaml_tree
from drafter.base.problems import DraftingError
from drafter.base.yaml_tree import Node, Scalar
from drafter.matters import answers
from drafter.matters.editing import answers_text
from drafter.matters.editing.answer_lines import Written
from drafter.reading.library import OWN, Library
from drafter.reading.questionnaire import Question, one_answer
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Carried:
    """A new answers file made from another one: its text, what was carried over, what is asked again, what is lost.

    `again` has the other contract's answers to what is asked again, and `last` those of them that may be offered: a
    fact, such as what the other side said, must be found out for each contract. `left` has the reason for each answer
    that does not fit, `unknown` what is not asked here, `chosen` the alternative that each clause got in a negotiation.
    """

    text: str
    taken: tuple[str, ...]
    again: Mapping[str, Written]
    last: Mapping[str, Written]
    left: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)


def carry(library: Library, text: str, name: str, other: yaml_tree.Mapping) -> Carried:
    """Carry answers of another file over into one that lacks them; some are listed to be asked again instead."""
    asked = library.questionnaire
    known = answers.parse(text, name, asked).given
    taken: list[str] = []
    again: dict[str, Written] = {}
    left: dict[str, str] = {}
    for question in asked.questions.values():
        node = yaml_tree.at(other, question.id.split("."))
        words = answers_text.plain_of(node)
        if node is None or words is None or question.id in known:
            continue
        if misfit := _misfit(library, question, node):
            left[question.id] = misfit
        elif interview.is_fresh(question):
            again[question.id] = words
        else:
            text = answers_text.with_answer(text, name, asked, question.id, words)
            taken.append(question.id)
    chosen = other.entries.get(answers.ALTERNATIVES)
    entries = chosen.entries if isinstance(chosen, yaml_tree.Mapping) else {}
    clauses = {name: node.text for name, node in entries.items() if isinstance(node, Scalar)}
    last = {name: words for name, words in again.items() if not asked.questions[name].fact}
    return Carried(text, tuple(taken), again, last, left, tuple(_unknown(library, other, "")), clauses)


def notices(here: Interview, carried: Carried) -> Iterator[Notice]:
    """Say what was carried over from another contract's answers, and what was not; `here` has them already."""
    yield Notice(
        "saved",
        f"Carried over from the other contract: {english.counted(len(carried.taken), 'answer')}.",
        carried.taken,
    )
    asked = here.library.questionnaire.questions
    yield from _given(here)
    if facts := tuple(name for name in carried.again if name not in carried.last):
        what = "Not carried over, because it must be found out for each contract"
        yield Notice("reminder", f"{what}: {'; '.join(_called(asked[name]) for name in facts)}.", facts)
    if carried.last:
        labels = "; ".join(_called(asked[name]) for name in carried.last)
        yield Notice("asked", f"Asked again, because the answer rarely stays the same: {labels}.", tuple(carried.last))
    for name, misfit in carried.left.items():
        yield Notice("reminder", f"Not carried over: {asked[name].prompt} {misfit}", (name,))
    elsewhere = [name for name in carried.unknown if name in here.library.questionnaire.elsewhere]
    if elsewhere:
        what = "Not carried over, because only another form asks for it"
        yield Notice("reminder", f"{what}: {english.counted(len(elsewhere), 'answer')}.")
    if unknown := [name for name in carried.unknown if name not in elsewhere]:
        yield Notice("reminder", f"Not carried over, because it is not asked here: {', '.join(unknown)}.")
    if carried.chosen:
        what = "Wordings chosen for that contract are not carried over; choose again those that are to stand"
        named = (_chosen(here, clause, name) for clause, name in carried.chosen.items())
        yield Notice("reminder", f"{what}: {'; '.join(named)}.", clauses=tuple(carried.chosen))


def _given(here: Interview) -> Iterator[Notice]:
    """Say which clauses have another than the preferred wording, as the answers select it."""
    chosen = here.selection.choices.values() if here.selection is not None else ()
    if given := [one for one in chosen if one.alternative.position != "preferred"]:
        named = (_chosen(here, one.clause.id, one.alternative.id) for one in given)
        count = "1 clause is" if len(given) == 1 else f"{len(given)} clauses are"
        what = f"With these answers {count} not in the preferred wording: {'; '.join(named)}."
        yield Notice("reminder", what, clauses=tuple(one.clause.id for one in given))


def _chosen(here: Interview, clause: str, alternative: str) -> str:
    """Return a clause and one of its wordings as people call them."""
    found = here.library.clauses.get(clause)
    if found is None:
        absent = here.library.elsewhere.get(clause)
        return f"“{absent.title}”, which is not in this form of the contract" if absent is not None else clause
    title = here.selection.named(found.title) if here.selection is not None else clause
    wording = found.alternative(alternative)
    own = "own words" if alternative.startswith(OWN) else "a wording that is not in this form of the contract"
    return f"“{title}”: {f'{wording.label} ({wording.position})' if wording is not None else own}"


def _called(question: Question) -> str:
    """Return what a question is called among others: what its blank prints, else what it asks."""
    return question.blank or f"“{question.prompt}”"


def _unknown(library: Library, tree: yaml_tree.Mapping, prefix: str) -> Iterator[str]:
    """Find the answers to questions that are not asked here."""
    questions = library.questionnaire.questions
    for key, node in tree.entries.items():
        name = prefix + key
        if name in questions or name in (answers.FORM, answers.ALTERNATIVES, answers.SKIPPED):
            continue
        if isinstance(node, yaml_tree.Mapping) and any(q.startswith(f"{name}.") for q in questions):
            yield from _unknown(library, node, f"{name}.")
        elif yaml_tree.plain(node) is not None:
            yield name


def _misfit(library: Library, question: Question, node: Node) -> str:
    """Say why an answer of another file can't be one here; empty if it can."""
    asked = library.questionnaire
    try:
        if question.type != "records":
            one_answer.read(question, node)
        alone = answers_text.with_answer("", "", asked, question.id, answers_text.plain_of(node))
        answers.parse(alone, "", asked)
    except DraftingError as error:
        return spoken.problem(error.problems[0])
    return ""
