"""Carries answers of another contract over into a new one, and asks again for those that rarely stay the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.asking import spoken
from drafter.asking.pages import Notice
from drafter.base import english, yaml_tree
from drafter.base.problems import DraftingError
from drafter.base.yaml_tree import Node
from drafter.matters import answers
from drafter.matters.editing import answers_text
from drafter.matters.editing.answer_lines import Written
from drafter.reading.library import Library
from drafter.reading.questionnaire import Question, one_answer
from drafter.values import dataclass

FRESH = ("date", "money", "percent")  # types of answers that hold for one contract only


@dataclass(frozen=True, slots=True)
class Carried:
    """A new answers file made from another one: its text, what was carried over, what is asked again, what is lost.

    `again` has the other contract's answers to what is asked again, and `last` those of them that may be offered: a
    fact, such as what the other side said, must be found out for each contract. `left` has the reason for each answer
    that does not fit, `unknown` what is not asked here, `chosen` the clauses whose alternative was negotiated there.
    """

    text: str
    taken: tuple[str, ...]
    again: Mapping[str, Written]
    last: Mapping[str, Written]
    left: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()


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
        elif is_fresh(question):
            again[question.id] = words
        else:
            text = answers_text.with_answer(text, name, asked, question.id, words)
            taken.append(question.id)
    chosen = other.entries.get(answers.ALTERNATIVES)
    clauses = tuple(chosen.entries) if isinstance(chosen, yaml_tree.Mapping) else ()
    last = {name: words for name, words in again.items() if not asked.questions[name].fact}
    return Carried(text, tuple(taken), again, last, left, tuple(_unknown(library, other, "")), clauses)


def is_fresh(question: Question) -> bool:
    """Say whether a question is asked again for another contract: dates, money, and what the library marks."""
    return question.fresh or question.type in FRESH or any(map(is_fresh, question.fields))


def notices(library: Library, carried: Carried) -> Iterator[Notice]:
    """Say what was carried over from another contract's answers, and what was not."""
    yield Notice(
        "saved",
        f"Carried over from the other contract: {english.counted(len(carried.taken), 'answer')}.",
        carried.taken,
    )
    asked = library.questionnaire.questions
    if facts := tuple(name for name in carried.again if name not in carried.last):
        what = "Not carried over, because it must be found out for each contract"
        yield Notice("reminder", f"{what}: {'; '.join(_called(asked[name]) for name in facts)}.", facts)
    if carried.last:
        labels = "; ".join(_called(asked[name]) for name in carried.last)
        yield Notice("asked", f"Asked again, because the answer rarely stays the same: {labels}.", tuple(carried.last))
    for name, misfit in carried.left.items():
        yield Notice("reminder", f"Not carried over: {asked[name].prompt} {misfit}", (name,))
    if carried.unknown:
        yield Notice("reminder", f"Not carried over, because it is not asked here: {', '.join(carried.unknown)}.")
    if carried.chosen:
        what = "Alternatives chosen in that negotiation are not carried over; choose them again with 'drafter swap'"
        yield Notice("reminder", f"{what}: {', '.join(carried.chosen)}.", clauses=carried.chosen)


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
