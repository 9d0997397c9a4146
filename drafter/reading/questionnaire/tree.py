"""Holds a questionnaire: its questions, their conditions and defaults, and the checks over the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal

from drafter.base.fitting import FromFile, Words
from drafter.base.problems import Place
from drafter.base.yaml_tree import Node
from drafter.language import Expression, Kind, Value
from drafter.values import dataclass

MOST_RECORDS = 1_000  # in one list
Type = Literal[
    "text", "paragraph", "yes-no", "choice", "choices", "number", "money", "percent", "date", "email", "phone",
    "address", "records",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(FromFile):
    """One of the answers to a choice: its value, its label on the screen, and its words in the contract."""

    value: str
    label: str
    text: Words = ""
    leads_to: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(FromFile):
    """What is asked. `blank` labels a missing answer, `optional` needs none, `fresh` is asked for each contract.

    `fact` marks what somebody must find out, such as what another said: no swap may change it. `among` names a field
    of a list, "dogs.name": the answer is one of what it has there, or of the options.
    """

    id: str
    type: Type
    prompt: str
    help: Words = ""
    why: Words = ""
    authority: tuple[str, ...] = ()
    default: Any = None
    blank: Words = ""
    ask_when: Words = ""
    optional: bool = False
    fresh: bool = False
    fact: bool = False
    among: Words = ""
    options: tuple[Option, ...] = ()
    fields: tuple[Question, ...] = ()
    singular: Words = ""
    min: Words = ""
    max: Words = ""

    @property
    def label(self) -> str:
        """Return what a blank prints in brackets."""
        return self.blank or self.id.rpartition(".")[2].replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSection(FromFile):
    """A page of questions."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEntry(FromFile):
    """A check over the answers, as the file words it.

    `carries_nothing` is the reason why no requirement rests on it.
    """

    id: str
    holds: str
    message: str
    hint: Words = ""
    each: Words = ""
    when: Words = ""
    questions: tuple[str, ...] = ()
    level: Literal["problem", "reminder"] = "problem"
    carries_nothing: Words = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A check with its expressions read: for each record `each` names, where `when`, `holds` must be true."""

    entry: CheckEntry
    holds: Expression
    when: Expression | None
    each: tuple[str, Expression] | None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Everything that is asked. `schema` has the kind of each question and of the policy's names.

    `ask_when` has the condition of each question that has one, `field_conditions` that of a record's field, by names
    such as "dogs.chain". `defaults` has the default of each question or field that has one, `written_defaults` the same
    as the file words it.

    Where the library has several forms of the contract, these are the questions of `form`; `forms` has the label of
    each, and `elsewhere` the questions that only other forms ask, each with those forms.
    """

    sections: tuple[QuestionSection, ...]
    questions: Mapping[str, Question]
    schema: Mapping[str, Kind]
    ask_when: Mapping[str, Expression]
    field_conditions: Mapping[str, Expression]
    defaults: Mapping[str, Value]
    written_defaults: Mapping[str, Node]
    checks: tuple[Check, ...]
    places: Mapping[str, Place]
    form: str = ""
    forms: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def kind(question: Question) -> Kind:
    """Return the kind of a question's answer."""
    options = {option.value: option.text or option.label for option in question.options}
    if question.type == "choices":
        if question.among:
            return Kind("list", item=Kind("text", options=options))
        return Kind("choices", options=options, item=Kind("choice", options=options))
    if question.type == "records":
        return Kind("records", fields={entry.id: kind(entry) for entry in question.fields})
    return Kind(question.type, options=options)
