"""Reads questionnaire.yaml: what the attorney is asked, in sections, and the checks over the answers.

One rule: every condition and default in it is checked against the questions when it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from drafter import language
from drafter.base import disk, fitting, yaml_tree
from drafter.base.fitting import FromFile
from drafter.base.problems import Place, Problem, stop_at
from drafter.base.yaml_tree import Node
from drafter.language import Expression, ExpressionError, Kind, Value
from drafter.reading import prose
from drafter.reading.memo import memo_text
from drafter.reading.questionnaire import question_checks, whole_answer
from drafter.reading.questionnaire.tree import Check, CheckEntry, Question, Questionnaire, QuestionSection, kind
from drafter.reading.sources import source
from drafter.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _File(FromFile):
    sections: tuple[QuestionSection, ...]
    checks: tuple[CheckEntry, ...] = ()


def load(path: Path, name: str, named: Mapping[str, Kind] = source.NAMES) -> Questionnaire:
    """Read questionnaire.yaml. DraftingError with all problems, each at its line.

    `named` are the names of the policy, which checks and texts may use.
    """
    tree = yaml_tree.parse(disk.read_text(path, name), name)
    file = fitting.fit(tree, _File)
    problems: list[Problem] = list(prose.unfilled(tree, ()))
    places, written = _places(tree, file)
    listed = [question for section in file.sections for question in section.questions]
    questions = {question.id: question for question in listed}
    asked = {q.id: kind(q) for q in questions.values()}
    schema = {**asked, **named}
    problems.extend(question_checks.duplicates([question.id for question in listed], file.checks, places))
    for question in questions.values():
        problems.extend(question_checks.wrong(question, places, asked))
    problems.extend(question_checks.unlisted(questions, places))
    stop_at(problems)
    defaults = _defaults(questions, written, problems)
    ask_when = {q.id: language.check(language.parse(q.ask_when), asked)[0] for q in questions.values() if q.ask_when}
    problems.extend(question_checks.loops(ask_when, places))
    checks: list[Check] = []
    for number, entry in enumerate(file.checks):
        try:
            checks.append(_check(entry, {**schema, **{day: Kind("date") for day in memo_text.DAYS}}))
        except ExpressionError as error:
            place = yaml_tree.locate(tree, ("checks", number))
            problems.append(Problem("bad-expression", place, f"check {entry.id}: {error}", error.hint))
    stop_at(problems)
    conditions = {name: condition for question in questions.values() for name, condition in _field_conditions(question)}
    return Questionnaire(
        file.sections, questions, schema, ask_when, conditions, defaults, written, tuple(checks), places
    )


def _defaults(
    questions: Mapping[str, Question], written: Mapping[str, Node], problems: list[Problem]
) -> dict[str, Value]:
    """Type each default as an answer is typed."""
    entries = {f"{q.id}.{entry.id}": entry for q in questions.values() for entry in q.fields}
    found: dict[str, Value] = {}
    for name, node in written.items():
        typed = whole_answer.typed(questions.get(name) or entries[name], name, node)
        if typed.value is not None:
            found[name] = typed.value
        problems.extend(_of_default(problem) for problem in typed.problems if problem.level == "problem")
    return found


def _of_default(problem: Problem) -> Problem:
    code = "bad-question" if problem.code == "bad-answer" else problem.code
    return replace(problem, code=code, message=f"the default does not fit: {problem.message}")


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
