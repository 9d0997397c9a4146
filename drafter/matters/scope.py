"""The scope of a draft: the value of every question, given, by default, or missing.

One rule: what is missing stays visible as `Missing`, and a question that is not asked is missing too, even when it
was answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drafter import language
from drafter.keeping.once import once
from drafter.language import Missing, Record, Value
from drafter.matters.answers import Answers
from drafter.reading.questionnaire import Question, Questionnaire


def values(questionnaire: Questionnaire, given: Answers, wanted: Iterable[str] | None = None) -> Mapping[str, Value]:
    """Return the value of every question as a draft sees it: given, by default, or `Missing` (also when not asked).

    With `wanted`, return the values of these questions and of those that decide whether they are asked.
    """
    found: dict[str, Value] = {}
    for name in _every(questionnaire) if wanted is None else _with_deciding(questionnaire, wanted):
        question, condition = questionnaire.questions[name], questionnaire.ask_when.get(name)
        is_asked = condition is None or language.holds(condition, found)
        found[name] = _settled(questionnaire, given, question) if is_asked else missing(question, name)
    return found


@once(4)  # each draft, and each answer that is tried, asks for all questions of the same questionnaire
def _every(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return every question, after those that decide whether it is asked."""
    return _with_deciding(questionnaire, questionnaire.questions)


def _with_deciding(questionnaire: Questionnaire, wanted: Iterable[str]) -> tuple[str, ...]:
    """Return some questions, each once and after those that decide whether it is asked."""
    found: dict[str, None] = {}
    waiting = list(reversed(list(wanted)))
    while waiting:
        name = waiting[-1]
        condition = questionnaire.ask_when.get(name) if name not in found else None
        needed = language.names(condition) if condition is not None else ()
        first = [n for n in needed if n not in found and n in questionnaire.questions]
        if first:
            waiting.extend(first)
            continue
        waiting.pop()
        if name in questionnaire.questions:
            found.setdefault(name)
    return tuple(found)


def _settled(questionnaire: Questionnaire, given: Answers, question: Question) -> Value:
    value = given.given.get(question.id)
    if value is None:
        value = questionnaire.defaults.get(question.id)
    if value is None:
        return missing(question, question.id)
    if question.type == "records" and isinstance(value, tuple):
        return tuple(_whole_record(questionnaire, question, r) for r in value if isinstance(r, Record))
    return value


def unanswered(questionnaire: Questionnaire, question: Question, name: str) -> Value:
    """Return the value of a question ("town.name") or a record's field ("dogs.size") that is asked and left open.

    That is its default, or `Missing`.
    """
    if question.type == "records":
        return _settled(questionnaire, Answers({}, {}, ""), question)
    value = questionnaire.defaults.get(name)
    return missing(question, name) if value is None else value


def _whole_record(questionnaire: Questionnaire, question: Question, record: Record) -> Record:
    """Give every field of a record a value; fields that are not asked are missing even when they were answered."""
    found: dict[str, Value] = {}
    for entry in question.fields:
        value = record.values.get(entry.id)
        if value is None:
            value = questionnaire.defaults.get(f"{question.id}.{entry.id}")
        found[entry.id] = missing(entry, f"{record.question}.{entry.id}") if value is None else value
    for entry in question.fields:
        condition = questionnaire.field_conditions.get(f"{question.id}.{entry.id}")
        if condition is not None and not language.holds(condition, found):
            found[entry.id] = missing(entry, f"{record.question}.{entry.id}")
    return Record(found, record.question)


def missing(question: Question, name: str) -> Missing:
    """Return the blank of a question; a list of records has one record of blanks."""
    if question.type != "records":
        return Missing(question.label, name)
    fields: dict[str, Value] = {entry.id: missing(entry, f"{name}[1].{entry.id}") for entry in question.fields}
    return Missing(question.label, name, Record(fields, f"{name}[1]"))


def is_asked(questionnaire: Questionnaire, name: str, values: Mapping[str, Value]) -> bool:
    """Say whether a question ("buyer.name", "people[2].reason") is asked, given the scope of a draft."""
    head, _, rest = name.partition("[")
    condition = questionnaire.ask_when.get(head)
    if condition is not None and not language.holds(condition, values):
        return False
    records = values.get(head)
    place = rest.partition("]")
    if not rest or not isinstance(records, tuple):
        return True
    of_field = questionnaire.field_conditions.get(f"{head}{place[2]}")
    if of_field is None:
        return True
    record = records[int(place[0]) - 1]
    return isinstance(record, Record) and language.holds(of_field, record.values)


def newly_asked(questionnaire: Questionnaire, then: Mapping[str, Value], now: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the questions that were not asked in one scope, are in another, and have no answer there but need one."""
    return tuple(
        name
        for name, question in questionnaire.questions.items()
        if isinstance(now[name], Missing)
        and not question.optional
        and is_asked(questionnaire, name, now)
        and not is_asked(questionnaire, name, then)
    )
