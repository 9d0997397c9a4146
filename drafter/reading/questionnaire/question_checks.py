"""What must be true of the questions of a questionnaire.

Each check yields what is wrong, at the line of the question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from drafter import language
from drafter.base import spelling
from drafter.base.problems import Place, Problem, short
from drafter.language import Expression, ExpressionError, Kind
from drafter.reading.questionnaire.tree import MOST_RECORDS, CheckEntry, Question, Type, kind


def duplicates(ids: Sequence[str], checks: Iterable[CheckEntry], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Find a question or check that has the name of another, and a question that is named like a group of others."""
    known = set(ids)
    seen: set[str] = set()
    for wanted in ids:
        if wanted in seen:
            yield Problem("duplicate-id", places[wanted], f"the question '{wanted}' is asked twice")
        seen.add(wanted)
        parts = wanted.split(".")
        for end in range(1, len(parts)):
            if ".".join(parts[:end]) in known:
                what = f"'{'.'.join(parts[:end])}' is a question and also the first part of '{wanted}'"
                yield Problem("duplicate-id", places[wanted], what)
    listed: set[str] = set()
    for entry in checks:
        if entry.id in listed:
            yield Problem("duplicate-id", places[f"checks.{entry.id}"], f"the check '{entry.id}' is listed twice")
        listed.add(entry.id)


def wrong(question: Question, places: Mapping[str, Place], schema: Mapping[str, Kind]) -> Iterator[Problem]:
    """Find what is wrong with one question, and with the fields of its records."""
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
    if question.type in ("choice", "choices") and not values and not question.among:
        yield Problem("bad-question", place, f"'{name}' is of type {question.type}, but it has no options")
    for value in values:
        if value != value.strip() or len(value.splitlines()) > 1:
            what = f"'{name}' has the option '{short(value)}', which no answer can be"
            yield Problem("bad-question", place, what, "write it on one line, without spaces around it")
    for value in sorted(value for value, times in Counter(values).items() if times > 1):
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


def unlisted(questions: Mapping[str, Question], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Find a question or a field that is to be answered among what no list has."""
    entries = [(name, question) for name, question in questions.items()]
    entries += [(f"{name}.{field.id}", field) for name, question in entries for field in question.fields]
    known = [f"{listed}.{field.id}" for listed, q in questions.items() for field in q.fields if _is_name(field)]
    for name, question in entries:
        if question.among and question.type not in ("text", "choices"):
            what = f"'{name}' is of type {question.type}, which can't be answered among the entries of a list"
            hint = "write type: text for one of them, or type: choices for several"
            yield Problem("bad-question", places[name], what, hint)
        elif question.among and question.among not in known:
            what = f"'among' of '{name}' is '{short(question.among)}', which is no text in a list of records"
            hint = spelling.meant(question.among, known, "write LIST.FIELD, as dogs.name")
            yield Problem("bad-question", places[name], what, hint)


def _is_name(field: Question) -> bool:
    """Say whether a field holds a text that another answer can repeat."""
    return field.type in ("text", "choice", "email", "phone")


_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_TAKEN = ("policy", "alternatives", "skipped")  # the policy's values, the negotiator's choices, what is left open
_LIMITS = {
    "number": r"-?[0-9]+", "records": r"[0-9]+", "money": r"-?[0-9]+(\.[0-9]+)?", "percent": r"-?[0-9]+(\.[0-9]+)?",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}  # fmt: skip


def _is_limit(of: Type, text: str) -> bool:
    if not re.fullmatch(_LIMITS.get(of, r"(?!)"), text):
        return False
    if of == "records" and int(text) > MOST_RECORDS:
        return False
    try:
        return of != "date" or bool(date.fromisoformat(text))
    except ValueError:
        return False


def loops(ask_when: Mapping[str, Expression], places: Mapping[str, Place]) -> Iterator[Problem]:
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
