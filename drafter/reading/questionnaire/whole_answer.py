"""Types a whole answer of a file, a list of records included, with the place of each part and what does not fit.

One rule: all that does not fit is said at once, by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from drafter.base import characters, english, spelling, yaml_tree
from drafter.base.problems import MOST_PROBLEMS, Place, Problem, short
from drafter.base.yaml_tree import Node, Scalar
from drafter.language import Record, Value
from drafter.reading.questionnaire import dates, one_answer, record_names
from drafter.reading.questionnaire.one_answer import Misfit
from drafter.reading.questionnaire.tree import MOST_RECORDS, Question


@dataclass(slots=True)
class WholeAnswer:
    """What typing one answer finds: its value (None: no answer), the places of its records, and what is wrong."""

    value: Value | None = None
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def typed(question: Question, name: str, node: Node) -> WholeAnswer:
    """Type one answer of a file; an empty one is no answer. What does not fit is in the problems."""
    found = WholeAnswer()
    if question.type != "records":
        found.value = _typed(question, name, name, node, found)
    elif not _is_empty(node):
        try:
            found.value = _records(question, name, node, found)
        except Misfit as misfit:
            found.problems.append(_problem(misfit, name, name, node))
    return found


def _typed(question: Question, name: str, said: str, node: Node, found: WholeAnswer) -> Value | None:
    """Type one answer that is no list of records, or one field of a record, and call it what is `said`."""
    if _is_empty(node):
        return None
    try:
        value = one_answer.typed(question, node)
    except Misfit as misfit:
        found.problems.append(_problem(misfit, name, said, node))
        return None
    found.problems.extend(_remarks(name, said, node, value))
    if one_answer.is_wordless(question, value):
        what = f"{said}: '{short(str(value))}' {WORDLESS}"
        found.problems.append(Problem("odd-answer", node.place, what, EMPTY, "reminder", name))
    return value


def _records(question: Question, name: str, node: Node, found: WholeAnswer) -> tuple[Record, ...]:
    """Read a list of records, each a mapping of the fields."""
    if not isinstance(node, yaml_tree.Sequence):
        raise Misfit("a list is expected here", f"start each {question.singular or 'entry'} with '- '")
    entries = english.counted(len(node.items), "entry", "entries")
    if len(node.items) > MOST_RECORDS:
        raise Misfit(
            f"{entries}; at most {MOST_RECORDS:,} can be read", "attach a longer list as an exhibit of its own"
        )
    low, high = int(question.min or 0), int(question.max or MOST_RECORDS)
    if not low <= len(node.items) <= high:
        raise Misfit(f"{entries}; " + (f"{low} are needed" if low == high else f"{low} to {high} are needed"))
    return tuple(_record(question, i, f"{name}[{i}]", item, found) for i, item in enumerate(node.items, 1))


def _record(question: Question, number: int, name: str, node: Node, found: WholeAnswer) -> Record:
    fields = {entry.id: entry for entry in question.fields}
    given: dict[str, Value] = {}
    found.places[name] = node.place
    entries = node.entries if isinstance(node, yaml_tree.Mapping) else {}
    who = record_names.called(question, {k: n.text for k, n in entries.items() if isinstance(n, Scalar)}, number)
    if not isinstance(node, yaml_tree.Mapping):
        what, hint = f"{who}: this must be lines of 'field: value'", f"the fields are {', '.join(fields)}"
        found.problems.append(Problem("bad-answer", node.place, what, hint, about=name))
        return Record({}, name)
    for key, value in node.entries.items():
        place = node.keys[key]
        found.places[f"{name}.{key}"] = place
        if key not in fields:
            hint = _meant(key, fields, found) or f"the fields are {', '.join(fields)}"
            found.problems.append(
                Problem("unknown-question", place, f"{who}: there is no field '{key}'", hint, about=name)
            )
        elif (inner := _typed(fields[key], f"{name}.{key}", f"{who}, {key}", value, found)) is not None:
            given[key] = inner
    return Record(given, name)


def _problem(misfit: Misfit, name: str, said: str, node: Node) -> Problem:
    return Problem(misfit.code, node.place, f"{said}: {misfit}", misfit.hint, about=name)


def _meant(word: str, known: Iterable[str], found: WholeAnswer) -> str:
    """Suggest what was meant, as long as somebody will read it: comparing words is slow."""
    return spelling.meant(word, known) if len(found.problems) < MOST_PROBLEMS else ""


def _is_empty(node: Node) -> bool:
    return yaml_tree.plain(node) is None or (isinstance(node, Scalar) and not node.text.strip())


WORDLESS = "has no letter and no figure, so a final can't have it as an answer"
EMPTY = "write an answer; or leave it empty, and it prints as a blank until it is answered"
_ODD = re.compile(r"\{\{|\{%|<w:")


def _remarks(name: str, said: str, node: Node, value: Value) -> Iterator[Problem]:
    """Remark on an answer that looks like markup, or reads otherwise than it is, and on how a date was read."""
    text = node.text if isinstance(node, Scalar) else ""
    if isinstance(value, date) and dates.is_guessed(text):
        what = f"{said}: {text.strip()} is read as {english.long_date(value)}"
        hint = f"write {value.isoformat()} if that is right, so that nobody reads it otherwise"
        yield Problem("date-read", node.place, what, hint, "reminder", name)
    for odd in characters.remarks(text):
        yield Problem(odd.code, node.place, f"{said} contains {odd.what}", odd.hint, "reminder", name)
    if found := _ODD.search(text):
        what = f"{said} contains {found.group()} and is printed exactly as it was typed"
        yield Problem("odd-answer", node.place, what, "delete it if it was not meant", "reminder", name)
