"""Makes the questionnaire's own checks on the answers of a matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from drafter import language
from drafter.base.problems import Place, Problem
from drafter.language import Expression, Filter, Missing, Record, Value
from drafter.matters import listed
from drafter.matters.answers import Answers
from drafter.reading.memo.memo_text import DAYS
from drafter.reading.questionnaire import Check, Questionnaire, in_words

# What checks may name and no answer says.
UNKNOWN: Mapping[str, Value] = {name: Missing(label, name) for name, label in DAYS.items()}
NONE: Mapping[str, date] = {}


def problems(
    questionnaire: Questionnaire, given: Answers, values: Mapping[str, Value], days: Mapping[str, date] = NONE
) -> Iterator[Problem]:
    """Yield the reminders of the answers, and what is wrong with them: what is in no list, and each check that fails.

    `values` is the scope of the draft, `days` are those of `memo_text.DAYS` that are known. A check about a question
    without an answer, or about a day that is not known, is not made.
    """
    yield from given.reminders
    yield from listed.problems(questionnaire, given, values)
    known = {**UNKNOWN, **values, **days}
    for check in questionnaire.checks:
        for name in failing(check, known):
            yield _failed(check, given, name, _who(questionnaire, name, values))


def _who(questionnaire: Questionnaire, name: str, values: Mapping[str, Value]) -> str:
    """Return how people call what a check is about: a record by its name, a line of text by its words."""
    question, value = questionnaire.questions.get(name), values.get(name)
    is_said = question is not None and question.type == "text" and isinstance(value, str)
    return str(value) if is_said else in_words(questionnaire, name, values)


def fresh(before: Iterable[Problem], after: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems and reminders of which there were none of the same code and about the same before.

    What says the same of a record that now has another number is not new.
    """
    known = {key for problem in before for key in _keys(problem)}
    return tuple(problem for problem in after if known.isdisjoint(_keys(problem)))


def _keys(problem: Problem) -> tuple[tuple[str, str, str], ...]:
    return (problem.code, "about", problem.about), (problem.code, "says", problem.message)


def failing(check: Check, values: Mapping[str, Value]) -> Iterator[str]:
    """Yield what a check does not hold of: the name of each record that it fails, or of its first question."""
    for scope_of_one, name in _cases(check, values):
        if check.when is not None and not language.holds(check.when, scope_of_one):
            continue
        if language.evaluate(check.holds, scope_of_one):
            continue
        if not any(_is_missing(needed, scope_of_one) for needed in language.open_names(check.holds)):
            yield from _clashing(check.holds, scope_of_one) or (name,)


def _cases(check: Check, values: Mapping[str, Value]) -> Iterator[tuple[Mapping[str, Value], str]]:
    if check.each is None:
        yield values, next(iter(check.entry.questions), "")
        return
    name, listed = check.each
    records = language.evaluate(listed, values)
    for record in records if isinstance(records, tuple) else ():
        if isinstance(record, Record):
            yield {**values, name: record}, record.question


def _clashing(holds: Expression, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the names of the records that are not distinct, where that is what a check asks; none otherwise."""
    if not isinstance(holds, Filter) or holds.name not in language.DISTINCT:
        return ()
    again = language.repeated if holds.name == "distinct" else language.named_again
    found = again(language.evaluate(holds.operand, values), *map(str, holds.arguments))
    return tuple(record.question for record in found)


def _is_missing(name: str, values: Mapping[str, Value]) -> bool:
    return isinstance(language.evaluate(language.Name(name), values), Missing)


def _failed(check: Check, given: Answers, name: str, said: str) -> Problem:
    """Return the problem of an answer; one of a record says which, as people call it."""
    entry = check.entry
    message = entry.message if said == name else f"{said}: {entry.message}"
    place = next((given.places[q] for q in (name, *entry.questions) if q in given.places), Place(given.path))
    return Problem(entry.id, place, message, entry.hint, entry.level, name)
