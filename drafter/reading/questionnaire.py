"""Reads questionnaire.yaml: what the attorney is asked, in sections, and the checks over the answers.

One rule: every condition in it is checked against the questions when it is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from drafter import language
from drafter.base import disk, fitting, yaml_tree
from drafter.base.fitting import FromFile, Words
from drafter.base.problems import Place, Problem, stop_at
from drafter.base.yaml_tree import Node
from drafter.language import Expression, ExpressionError, Kind
from drafter.reading import policy, prose

TYPES = "text paragraph yes-no choice choices number money percent date email phone address records"
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
    """What is asked. `blank` labels a missing answer, `optional` needs none, `fresh` is asked for each contract."""

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
    """A check over the answers, as the file words it."""

    id: str
    holds: str
    message: str
    hint: Words = ""
    each: Words = ""
    when: Words = ""
    questions: tuple[str, ...] = ()
    level: Literal["problem", "reminder"] = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class _File(FromFile):
    sections: tuple[QuestionSection, ...]
    checks: tuple[CheckEntry, ...] = ()


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
    such as "dogs.chain".
    """

    sections: tuple[QuestionSection, ...]
    questions: Mapping[str, Question]
    schema: Mapping[str, Kind]
    ask_when: Mapping[str, Expression]
    field_conditions: Mapping[str, Expression]
    defaults: Mapping[str, Node]
    checks: tuple[Check, ...]
    places: Mapping[str, Place]


def kind(question: Question) -> Kind:
    """Return the kind of a question's answer."""
    options = {option.value: option.text or option.label for option in question.options}
    if question.type == "choices":
        return Kind("choices", options=options, item=Kind("choice", options=options))
    if question.type == "records":
        return Kind("records", fields={entry.id: kind(entry) for entry in question.fields})
    return Kind(question.type, options=options)


def load(path: Path, name: str) -> Questionnaire:
    """Read questionnaire.yaml. DraftingError with all problems, each at its line."""
    tree = yaml_tree.parse(disk.read_text(path, name), name)
    file = fitting.fit(tree, _File)
    problems: list[Problem] = list(prose.unfilled(tree, ()))
    places, defaults = _places(tree, file)
    questions = {question.id: question for section in file.sections for question in section.questions}
    asked = {q.id: kind(q) for q in questions.values()}
    schema = {**asked, **policy.NAMES}
    problems.extend(_duplicates(file, places))
    for question in questions.values():
        problems.extend(_question_problems(question, places, asked))
    stop_at(problems)
    ask_when = {q.id: language.check(language.parse(q.ask_when), asked)[0] for q in questions.values() if q.ask_when}
    problems.extend(_loops(ask_when, places))
    checks: list[Check] = []
    for number, entry in enumerate(file.checks):
        try:
            checks.append(_check(entry, schema))
        except ExpressionError as error:
            place = yaml_tree.locate(tree, ("checks", number))
            problems.append(Problem("bad-expression", place, f"check {entry.id}: {error}", error.hint))
    stop_at(problems)
    conditions = {name: condition for question in questions.values() for name, condition in _field_conditions(question)}
    return Questionnaire(file.sections, questions, schema, ask_when, conditions, defaults, tuple(checks), places)


def _field_conditions(question: Question) -> Iterator[tuple[str, Expression]]:
    schema = {entry.id: kind(entry) for entry in question.fields}
    for entry in question.fields:
        if entry.ask_when:
            yield f"{question.id}.{entry.id}", language.check(language.parse(entry.ask_when), schema)[0]


def _places(tree: yaml_tree.Mapping, file: _File) -> tuple[dict[str, Place], dict[str, Node]]:
    places: dict[str, Place] = {}
    defaults: dict[str, Node] = {}

    def add(question: Question, prefix: str, path: tuple[str | int, ...]) -> None:
        places.setdefault(prefix + question.id, yaml_tree.locate(tree, path))
        if (node := yaml_tree.at(tree, (*path, "default"))) is not None and yaml_tree.plain(node) is not None:
            defaults[prefix + question.id] = node
        for number, entry in enumerate(question.fields):
            add(entry, f"{prefix}{question.id}.", (*path, "fields", number))

    for number, section in enumerate(file.sections):
        for place, question in enumerate(section.questions):
            add(question, "", ("sections", number, "questions", place))
    for number, check in enumerate(file.checks):
        places[f"checks.{check.id}"] = yaml_tree.locate(tree, ("checks", number))
    return places, defaults


def _duplicates(file: _File, places: Mapping[str, Place]) -> Iterator[Problem]:
    seen: set[str] = set()
    ids = [question.id for section in file.sections for question in section.questions]
    for wanted in ids:
        if wanted in seen:
            yield Problem("duplicate-id", places[wanted], f"the question '{wanted}' is asked twice")
        seen.add(wanted)
        parts = wanted.split(".")
        for end in range(1, len(parts)):
            if ".".join(parts[:end]) in ids:
                what = f"'{'.'.join(parts[:end])}' is a question and also the first part of '{wanted}'"
                yield Problem("duplicate-id", places[wanted], what)
    checks: set[str] = set()
    for entry in file.checks:
        if entry.id in checks:
            yield Problem("duplicate-id", places[f"checks.{entry.id}"], f"the check '{entry.id}' is listed twice")
        checks.add(entry.id)


def _question_problems(
    question: Question, places: Mapping[str, Place], schema: Mapping[str, Kind]
) -> Iterator[Problem]:
    """Check one question, and the fields of its records."""
    place = places[question.id]
    if not _ID.fullmatch(question.id) or question.id.partition(".")[0] in _TAKEN:
        yield Problem(
            "bad-question",
            place,
            f"'{question.id}' can't be the id of a question",
            "use lowercase letters, digits and _",
        )
    if question.type == "records" and not question.fields:
        yield Problem("bad-question", place, f"'{question.id}' is a list of records, but it has no fields")
    if question.type != "records" and question.fields:
        yield Problem("bad-question", place, f"'{question.id}' has fields, but it isn't a list of records")
    yield from _entry_problems(question, question.id, place, schema)
    inner: dict[str, Kind] = {}
    for entry in question.fields:
        name = f"{question.id}.{entry.id}"
        if entry.id in inner:
            yield Problem("duplicate-id", places[name], f"the field '{name}' is asked twice")
        inner[entry.id] = kind(entry)
    for entry in question.fields:
        name = f"{question.id}.{entry.id}"
        if entry.type == "records":
            yield Problem("bad-question", places[name], f"the field '{name}' can't be a list of records itself")
        if not _ID.fullmatch(entry.id) or "." in entry.id:
            what = f"'{entry.id}' can't be the id of a field"
            yield Problem("bad-question", places[name], what, "use lowercase letters, digits and _")
        yield from _entry_problems(entry, name, places[name], inner)


def _entry_problems(question: Question, name: str, place: Place, schema: Mapping[str, Kind]) -> Iterator[Problem]:
    """Check what questions and the fields of records have in common."""
    values = [option.value for option in question.options]
    if question.type in ("choice", "choices") and not values:
        yield Problem("bad-question", place, f"'{name}' is of type {question.type}, but it has no options")
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield Problem("duplicate-id", place, f"'{name}' has the option '{value}' twice")
    for key, text in (("min", question.min), ("max", question.max)):
        if text and not _is_limit(question.type, text):
            what = f"'{key}' of '{name}' is '{text}', which can't limit a question of type {question.type}"
            yield Problem("bad-question", place, what)
    if question.ask_when:
        try:
            language.check(language.parse(question.ask_when), schema)
        except ExpressionError as error:
            yield Problem("bad-expression", place, f"ask_when of '{name}': {error}", error.hint)


_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_TAKEN = ("policy", "alternatives")  # the names of the policy's values, and of the negotiator's choices
_LIMITS = {
    "number": r"-?[0-9]+", "records": r"[0-9]+", "money": r"-?[0-9]+(\.[0-9]+)?", "percent": r"-?[0-9]+(\.[0-9]+)?",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}  # fmt: skip


def _is_limit(of: Type, text: str) -> bool:
    if not re.fullmatch(_LIMITS.get(of, r"(?!)"), text):
        return False
    try:
        return of != "date" or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _loops(ask_when: Mapping[str, Expression], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Find questions that are asked only if they have already been answered."""
    for start in ask_when:
        seen: set[str] = set()
        todo = [start]
        while todo:
            for name in language.names(ask_when[todo.pop()]):
                if name == start:
                    yield Problem(
                        "circular-question", places[start], f"'{start}' is asked only if it has already been answered"
                    )
                    todo.clear()
                    break
                if name in ask_when and name not in seen:
                    seen.add(name)
                    todo.append(name)


def _check(entry: CheckEntry, schema: Mapping[str, Kind]) -> Check:
    each = None
    known = schema
    if entry.each:
        name, _, listed = entry.each.partition(" in ")
        expression, of = language.check(language.parse(listed), schema)
        if of.name != "records" or not name.strip().isidentifier():
            raise ExpressionError(f"'{entry.each}' doesn't name a list of records", "write each: person in people")
        if not language.is_free(name.strip(), schema):
            raise ExpressionError(f"'{name.strip()}' is the name of a question", "give the record another name")
        each = (name.strip(), expression)
        known = {**schema, name.strip(): Kind("record", fields=of.fields)}
    for question in entry.questions:
        language.kind_of(question, schema)
    when = language.check(language.parse(entry.when), known)[0] if entry.when else None
    return Check(entry, language.check(language.parse(entry.holds), known)[0], when, each)
