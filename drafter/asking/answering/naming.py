"""Finds what is to be answered: a question, or a field of one record of a list, by id, number or words.

"dogs[2].size" and "dogs[Rex].size" name a field of one record; so do "Rex size", and "size" where there is one dog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.asking import interview
from drafter.asking.entries import Entry
from drafter.asking.interview import Interview
from drafter.base.problems import DraftingError, Place, Problem, command
from drafter.drafting.finding import matching, numbers, questions
from drafter.drafting.finding.questions import Named
from drafter.matters.matter import Matter
from drafter.reading.questionnaire import Question

_OF_RECORD = re.compile(r"([^\[\]]+)\[([^\[\]]+)\](?:[. ]\s*([^\[\]]+))?")  # dogs[2].size


def entry(matter: Matter, words: str) -> Entry:
    """Return the one thing that words name. DraftingError where there is none, or several."""
    asked, place = matter.library.questionnaire, Place(matter.name)
    if found := _OF_RECORD.fullmatch(words.strip()):
        return _of_record(matter, *(part.strip() for part in found.groups(default="")))
    named = questions.find(asked, words)
    if len(named) == 1 and not named[0].within:
        return Entry(named[0].question, named[0].id)
    if named and not all(n.within for n in named):
        questions.only(named, words, place, asked)
    here = interview.begin(matter.library, matter.text, matter.name)
    fields = [(n, number) for n in named for number in range(1, max(1, len(interview.records(here, n.within))) + 1)]
    fields = fields or list(_by_record(here, words))
    if len(fields) == 1:
        one, number = fields[0]
        return Entry(one.question, one.within, number)
    if not fields and (cited := numbers.read(words)) is not None:
        what = f"'{words}' is {cited[0].words} of the contract, and no question"
        hint = f"this says which answers select its wording: {command('explain', matter.place, words)}"
        raise DraftingError(Problem("unknown-question", place, what, hint))
    if not fields:
        questions.only((), words, place, asked)
    listed = [_called(here, one, number) for one, number in fields]
    what = f"'{words}' fits {len(fields)} answers: {'; '.join(listed[: matching.MOST_LISTED])}"
    hint = f"type the one you mean, as '{listed[0].partition(' (')[0]}'"
    raise DraftingError(Problem("several-questions", place, what, hint))


def _called(here: Interview, field: Named, number: int) -> str:
    """Return "dogs[2].size (Rex)"."""
    who = _first(here.question(field.within), here, number)
    return f"{field.within}[{number}].{field.question.id}{f' ({who})' if who else ''}"


def _first(question: Question, here: Interview, number: int) -> str:
    """Return the first field of a record, by which it is known; empty where it has none."""
    records = interview.records(here, question.id)
    first = records[number - 1].get(question.fields[0].id, "") if number <= len(records) else ""
    return first if isinstance(first, str) else ", ".join(first)


def _of_record(matter: Matter, name: str, which: str, field: str) -> Entry:
    """Return a field of a record, or, without a field, the record."""
    asked, place = matter.library.questionnaire, Place(matter.name)
    lists = tuple(Named(q.id, q) for q in asked.questions.values() if q.type == "records")
    question = questions.only(questions.among(lists, name), name, place, asked).question
    here = interview.begin(matter.library, matter.text, matter.name)
    number = _number(here, question, which, place)
    if not field:
        return Entry(question, question.id, number)
    fields = tuple(Named(f"{question.id}.{f.id}", f, question.id) for f in question.fields)
    return Entry(questions.only(questions.among(fields, field), field, place, asked).question, question.id, number)


def _number(here: Interview, question: Question, which: str, place: Place) -> int:
    """Return the number of the record that is named by it, or by words of its first field."""
    records = interview.records(here, question.id)
    wanted = matching.query(which)
    firsts = [_first(question, here, number) for number in range(1, len(records) + 1)]
    if which.isdecimal() and 1 <= int(which[:6]) <= len(records) + 1:
        return int(which[:6])
    found = [n for n, first in enumerate(firsts, 1) if not which.isdecimal() and matching.holds(wanted, first)]
    if len(found) == 1:
        return found[0]
    listed = "; ".join(f"{question.id}[{n}] ({first})" for n, first in enumerate(firsts, 1)) or "none yet"
    what = f"'{which}' names no single one of '{question.id}', which has {listed}"
    hint = f"the next to be added would be {question.id}[{len(records) + 1}]"
    raise DraftingError(Problem("unknown-question", place, what, hint))


def _by_record(here: Interview, words: str) -> Iterator[tuple[Named, int]]:
    """Yield each field that words name together with the first field of its record: "Rex size"."""
    for question in here.library.questionnaire.questions.values():
        fields = tuple(Named(f"{question.id}.{f.id}", f, question.id) for f in question.fields)
        for number in range(1, len(interview.records(here, question.id)) + 1):
            who = _first(question, here, number)
            each = [(word, matching.query(word)) for word in words.replace("'s ", " ").split()]
            rest = [word for word, one in each if not matching.holds(one, f"{question.singular} {who}")]
            if any(matching.holds(one, who) for _, one in each) and rest:
                yield from ((found, number) for found in questions.among(fields, " ".join(rest)))
