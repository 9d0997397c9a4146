"""A hole: a claim that some answers break, with the smallest such answers, as a file to draft from and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.base import yaml_text
from drafter.language import Missing, Record, Value
from drafter.matters.answers import ALTERNATIVES, FORM
from drafter.proving.laws import Claim
from drafter.proving.presence import parted
from drafter.proving.solving import formulas
from drafter.reading.library import Library
from drafter.reading.questionnaire import one_answer
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Hole:
    """A claim that is not true: the smallest answers that break it, and the value of every question involved."""

    claim: Claim
    given: Mapping[str, Value]
    values: Mapping[str, Value]


def answers_text(hole: Hole, chosen: Mapping[str, str], form: str = "") -> str:
    """Return the text of an answers file that shows a hole when it is drafted; `chosen` has alternatives by clause.

    `form` is the form of the contract that has the hole, where there are several.
    """
    problem, requirement = hole.claim.problem, hole.claim.requirement
    lines = [f"# {yaml_text.in_comment(f'{problem.code}: {problem.message}')}"]
    if requirement is not None and requirement.quote:
        lines.append(f"# The policy: {yaml_text.in_comment(requirement.quote)}")
    lines.append("# A question that is not answered here has its default, or none.")
    lines += [f"{FORM}: {form}"] if form else []
    given, tried = parted(hole.given)
    chosen = {**chosen, **tried}
    for name, value in given.items():
        lines.extend(_answer_lines(name, value))
    if chosen:
        lines.append(f"{ALTERNATIVES}:")
        lines += [f"  {yaml_text.scalar(clause)}: {yaml_text.scalar(chosen[clause])}" for clause in sorted(chosen)]
    return "\n".join(lines) + "\n"


def _answer_lines(name: str, value: Value) -> Iterator[str]:
    key = yaml_text.scalar(name)
    if not isinstance(value, tuple) or not _is_list_of_records(value):
        yield f"{key}: {one_answer.written(value)}"
        return
    yield f"{key}:"
    for record in value:
        pairs = list(record.values.items()) if isinstance(record, Record) else []
        for number, (field, inner) in enumerate(pairs):
            yield f"  {'  ' if number else '- '}{yaml_text.scalar(field)}: {one_answer.written(inner)}"
        if not pairs:
            yield "  - {}"


def _is_list_of_records(value: Value) -> bool:
    return isinstance(value, tuple) and any(isinstance(item, Record) for item in value)


# -- in words -----------------------------------------------------------------------------------


def given_in_words(hole: Hole) -> dict[str, str]:
    """Return the answers that show a hole by question: records in words, all else as an answers file has it."""
    return {
        name: _in_words(value) if _is_list_of_records(value) else one_answer.written(value)
        for name, value in hole.given.items()
    }


def described(hole: Hole, library: Library) -> tuple[tuple[str, str], ...]:
    """Return the answers behind a hole as (question, words) pairs, those that are by default included."""
    rows = []
    apart = parted(hole.values)[0]
    for name, value in hole.values.items():
        if name not in apart and name not in hole.given:
            continue  # nothing is chosen: the answers decide
        if isinstance(value, Missing):
            words = "not answered" if _is_asked(name, hole, library) else "not asked"
        else:
            words = _in_words(value) + ("" if name in hole.given else " (by default)")
        rows.append((name, words))
    return tuple(sorted(rows, key=lambda row: (row[0] not in hole.given, row[0])))


def _is_asked(name: str, hole: Hole, library: Library) -> bool:
    condition = library.questionnaire.ask_when.get(name)
    return condition is None or formulas.holds(formulas.test(condition), hole.values)


def _in_words(value: Value) -> str:
    if isinstance(value, tuple) and _is_list_of_records(value):
        return "; ".join(map(_in_words, value))
    if isinstance(value, Record):
        given = [f"{n}: {one_answer.written(v)}" for n, v in value.values.items() if not isinstance(v, Missing)]
        return ", ".join(given) or "one without answers"
    return one_answer.written(value) if value != () else "none"


def files(hole: Hole, library: Library) -> tuple[str, ...]:
    """Return the paths of the files to look at."""
    return tuple(f"{library.path}/{file}" for file in dict.fromkeys(hole.claim.files))
