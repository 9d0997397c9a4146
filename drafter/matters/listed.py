"""Answers that are chosen among what another answer lists: which there are, and what is wrong with one that isn't."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.base import spelling
from drafter.base.problems import MOST_PROBLEMS, Problem, short
from drafter.language import Missing, Record, Value
from drafter.matters.answers import Answers
from drafter.reading.questionnaire import Option, Question, Questionnaire

_SHOWN = 8  # entries of a list in a message


def options(question: Question, values: Mapping[str, Value]) -> tuple[Option, ...]:
    """Return what a question can be answered with: its own options, after what the list that it names has now.

    `values` is the scope of a draft. While the list has nothing, there are none.
    """
    name, _, field = question.among.rpartition(".")
    records = values.get(name)
    found = (r.values.get(field) for r in records if isinstance(r, Record)) if isinstance(records, tuple) else ()
    names = dict.fromkeys(one for one in found if isinstance(one, str) and one)
    own = {option.value for option in question.options}
    listed = tuple(Option(value=one, label=one) for one in names if one not in own)
    return (*listed, *question.options) if names else ()


def problems(questionnaire: Questionnaire, given: Answers, values: Mapping[str, Value]) -> Iterator[Problem]:
    """Yield a problem for each answer that is not among what it must be among, with the one that may be meant."""
    for name, question in questionnaire.questions.items():
        if question.among:
            yield from _unlisted(question, name, values.get(name), values, given)
        records = values.get(name)
        for field in question.fields if isinstance(records, tuple) else ():
            for record in records if field.among and isinstance(records, tuple) else ():
                if isinstance(record, Record):
                    about = f"{record.question}.{field.id}"
                    yield from _unlisted(field, about, record.values.get(field.id), values, given)


def _unlisted(
    question: Question, name: str, value: Value | None, values: Mapping[str, Value], given: Answers
) -> Iterator[Problem]:
    known = [option.value for option in options(question, values)]
    chosen = value if isinstance(value, tuple) else (value,)
    for one in chosen if known and not isinstance(value, Missing) else ():
        if not isinstance(one, str) or one in known:
            continue
        place = given.places.get(name, given.place(name.partition("[")[0]))
        listed = question.among.rpartition(".")[0]
        hint = _meant(one, known) or f"'{listed}' has {'; '.join(known[:_SHOWN])}; or add '{short(one)}' to it"
        yield Problem(
            "unlisted-answer", place, f"{name}: '{short(one)}' is not in the list '{listed}'", hint, about=name
        )


def _meant(word: str, known: list[str]) -> str:
    """Suggest what was meant, if it is quick to find: comparing many words is slow."""
    by_case = {name.casefold(): name for name in known[:MOST_PROBLEMS]}
    near = spelling.nearest(word.casefold(), by_case)
    return f"did you mean '{by_case[near]}'?" if near else ""
