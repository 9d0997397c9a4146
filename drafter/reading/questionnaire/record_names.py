"""Says what a record of a list is called: by its name, or by its number where it has none."""

from __future__ import annotations

from collections.abc import Mapping

from drafter.base.problems import short
from drafter.language import Record, Value
from drafter.reading.questionnaire.tree import Question, Questionnaire


def called(question: Question, values: Mapping[str, object], number: int) -> str:
    """Return what a record is called: "Rex", "Rule 519", "Toy “a red ball”"; without a name, "Dog 2".

    Its name is the first text among its fields; `number` is counted from 1.
    """
    naming = next((field for field in question.fields if field.type in ("text", "paragraph")), None)
    value = values.get(naming.id) if naming else None
    name = short(" ".join(value.split())) if isinstance(value, str) else ""
    if naming and naming.type == "text" and name[:1].isupper():
        return name
    named = f"“{name}”" if any(map(str.isalpha, name)) else name or str(number)
    noun = question.singular
    return f"{noun[:1].upper()}{noun[1:]} {named}" if noun else f"Entry {named} of {question.id}"


def in_words(asked: Questionnaire, name: str, values: Mapping[str, Value]) -> str:
    """Return what a message calls an answer: "dogs[2]" is "Rex", "dogs[2].size" is "Rex, size"; others by their id.

    `values` has the answers, by question.
    """
    head, _, rest = name.partition("[")
    place, _, field = rest.partition("]")
    if not rest or head not in asked.questions or not place.isdecimal():
        return name
    records = values.get(head)
    listed = records if isinstance(records, tuple) else ()
    record = listed[int(place) - 1] if int(place) <= len(listed) else None
    who = called(asked.questions[head], record.values if isinstance(record, Record) else {}, int(place))
    return f"{who}, {field[1:]}" if field else who
