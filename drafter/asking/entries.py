"""One thing to answer: a question, or a field of one of its records; how it is answered, and what an answer changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from drafter.asking import interview
from drafter.asking.interview import Interview
from drafter.matters import listed
from drafter.matters.editing.answer_lines import Written, WrittenRecord
from drafter.reading.questionnaire import Question, Type, one_answer
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to answer: what is asked, and the question's name; of a field also the number of its record.

    A record as a whole has its number and the question of its list.
    """

    asked: Question
    name: str
    number: int = 0  # counted from 1

    @property
    def about(self) -> str:
        """Return the name of what is asked: "walker", "dogs[2].size", "dogs[2]"."""
        field = "" if self.asked.type == "records" else f".{self.asked.id}"
        return f"{self.name}[{self.number}]{field}" if self.number else self.name


def of_question(here: Interview, name: str) -> Entry:
    """Return a question as an entry."""
    return Entry(choosing(here, here.question(name)), name)


def of_field(here: Interview, name: str, number: int, field: str) -> Entry:
    """Return a field of a record as an entry; the record, counted from 1, may be one that is still to be added."""
    return Entry(choosing(here, next(f for f in here.question(name).fields if f.id == field)), name, number)


def choosing(here: Interview, question: Question) -> Question:
    """Return a question that is answered among what a list has as a choice; one to be typed while the list is empty."""
    if not question.among:
        return question
    options = listed.options(question, here.values)
    kind: Type = "choices" if question.type == "choices" else "choice"
    return replace(question, type=kind, options=options, among="") if options else replace(question, options=())


def written(here: Interview, entry: Entry) -> Written:
    """Return an answer as the file has it, or its default; None if there is neither."""
    if not entry.number:
        return interview.written(here, entry.name)
    records = interview.records(here, entry.name)
    return records[entry.number - 1].get(entry.asked.id) if entry.number <= len(records) else None


def state(here: Interview, entry: Entry) -> str:
    """Return what tells whether an answer in the file is still the one that was shown; of a field, its whole record.

    A record has no name of its own, so one that was changed may be another one in its place.
    """
    found: object = None
    if entry.number and entry.asked.type != "records":
        records = interview.records(here, entry.name)
        found = records[entry.number - 1] if entry.number <= len(records) else None
    elif interview.is_answered(here, entry.name):
        found = interview.written(here, entry.name)
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()


def is_answered(here: Interview, entry: Entry) -> bool:
    """Say whether the answers file answers an entry; a default does not count."""
    given = interview.is_answered(here, entry.name)
    return given and bool(written(here, entry)) if entry.number else given


def answered(here: Interview, entry: Entry, words: Written) -> Interview:
    """Answer an entry, or with None clear its answer. DraftingError with what is wrong with the answer."""
    if not entry.number:
        return interview.answer(here, entry.name, words)
    records = [dict(record) for record in interview.records(here, entry.name)]
    old = records[entry.number - 1] if entry.number <= len(records) else {}
    given = words if isinstance(words, str) else tuple(map(str, words or ()))
    changed = {**old, entry.asked.id: given}
    records[entry.number - 1 : entry.number] = [{key: value for key, value in changed.items() if value}]
    return interview.answer(here, entry.name, filled_up(here.question(entry.name), records))


def with_items(here: Interview, name: str, items: Sequence[str]) -> tuple[WrittenRecord, ...] | None:
    """Return a list with more records, of which each has its first field. DraftingError where one does not fit."""
    question, listed = of_question(here, name).asked, list(interview.records(here, name))
    first = question.fields[0]
    while listed and not listed[-1]:
        listed.pop()
    added = [{first.id: str(one_answer.as_kept(first, item)[0])} for item in items]
    return filled_up(question, [*listed, *added])


def without(here: Interview, name: str, number: int) -> tuple[WrittenRecord, ...] | None:
    """Return a list without one of its records, counted from 1."""
    kept = [record for n, record in enumerate(interview.records(here, name), 1) if n != number]
    return filled_up(of_question(here, name).asked, kept)


def filled_up(question: Question, records: Sequence[WrittenRecord]) -> tuple[WrittenRecord, ...] | None:
    """Return a list with as many empty records at its end as it needs to have its least number; None if all are empty.

    So a list that is not complete yet can be saved: what is missing in it is blank.
    """
    if not any(records):
        return None
    made = list(records)
    while made and not made[-1]:
        made.pop()
    return (*made, *({} for _ in range(int(question.min or 0) - len(made))))
