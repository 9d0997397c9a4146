"""Makes the questionnaire's own checks on the answers of a matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from drafter import language
from drafter.base.problems import Place, Problem
from drafter.language import Missing, Record, Value
from drafter.matters import listed
from drafter.matters.answers import Answers
from drafter.reading.questionnaire import Check, Questionnaire


def problems(questionnaire: Questionnaire, given: Answers, values: Mapping[str, Value]) -> Iterator[Problem]:
    """Yield the reminders of the answers, and what is wrong with them: what is in no list, and each check that fails.

    `values` is the scope of the draft. A check about a question without an answer is not made.
    """
    yield from given.reminders
    yield from listed.problems(questionnaire, given, values)
    for check in questionnaire.checks:
        yield from (_failed(check, given, name) for name in failing(check, values))


def fresh(before: Iterable[Problem], after: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems and reminders of which there were none of the same code and about the same before."""
    known = {(problem.code, problem.about) for problem in before}
    return tuple(problem for problem in after if (problem.code, problem.about) not in known)


def failing(check: Check, values: Mapping[str, Value]) -> Iterator[str]:
    """Yield what a check does not hold of: the name of each record that it fails, or of its first question."""
    for scope_of_one, name in _cases(check, values):
        if check.when is not None and not language.holds(check.when, scope_of_one):
            continue
        if any(_is_missing(needed, scope_of_one) for needed in language.open_names(check.holds)):
            continue
        if not language.holds(check.holds, scope_of_one):
            yield name


def _cases(check: Check, values: Mapping[str, Value]) -> Iterator[tuple[Mapping[str, Value], str]]:
    if check.each is None:
        yield values, next(iter(check.entry.questions), "")
        return
    name, listed = check.each
    records = language.evaluate(listed, values)
    for record in records if isinstance(records, tuple) else ():
        if isinstance(record, Record):
            yield {**values, name: record}, record.question


def _is_missing(name: str, values: Mapping[str, Value]) -> bool:
    return isinstance(language.evaluate(language.Name(name), values), Missing)


def _failed(check: Check, given: Answers, name: str) -> Problem:
    entry = check.entry
    message = f"{name}: {entry.message}" if check.each else entry.message
    place = next((given.places[q] for q in (name, *entry.questions) if q in given.places), Place(given.path))
    return Problem(entry.id, place, message, entry.hint, entry.level, name)
