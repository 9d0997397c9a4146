"""Answers that are chosen among what another answer lists: which there are, and what is wrong with one that isn't."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.base import spelling
from drafter.base.problems import Problem, short
from drafter.language import Record, Value
from drafter.matters.answers import Answers
from drafter.reading.questionnaire import Option, Question, Questionnaire, in_words, one_answer

MOST_SHOWN = 8  # entries of a list in a message
MOST_COMPARED = 200  # entries that a misspelled one is compared with
MOST_SUGGESTED = 20  # answers for which the one that may be meant is looked for


def options(question: Question, values: Mapping[str, Value]) -> tuple[Option, ...]:
    """Return what a question can be answered with: its own options, after what the list that it names has now.

    `values` is the scope of a draft. While the list has nothing, there are none.
    """
    field = question.among.rpartition(".")[2]
    records = values.get(_list(question))
    found = (r.values.get(field) for r in records if isinstance(r, Record)) if isinstance(records, tuple) else ()
    names = dict.fromkeys(one for one in found if isinstance(one, str) and one)
    own = {option.value for option in question.options}
    listed = tuple(Option(value=one, label=one) for one in names if one not in own)
    return (*listed, *question.options) if names else ()


def problems(questionnaire: Questionnaire, given: Answers, values: Mapping[str, Value]) -> Iterator[Problem]:
    """Yield a problem for each answer that is not among what it must be among, with the one that may be meant."""
    found = 0
    for question, answers in chosen(questionnaire, values):
        known = [option.value for option in options(question, values)]
        for name, one in ((name, one) for name, those in answers for one in those) if known else ():
            if one not in known:
                found += 1
                hint = _hint(question, one, known, suggest=found <= MOST_SUGGESTED)
                what = f"{in_words(questionnaire, name, values)}: '{short(one)}' is not in the list '{_list(question)}'"
                place = given.places.get(name, given.place(name.partition("[")[0]))
                yield Problem("unlisted-answer", place, what, hint, about=name)


def chosen(
    questionnaire: Questionnaire, values: Mapping[str, Value]
) -> Iterator[tuple[Question, list[tuple[str, tuple[str, ...]]]]]:
    """Yield each question or field that is answered among a list, with its answers by the names of where they are."""
    for name, question in questionnaire.questions.items():
        if question.among:
            yield question, [(name, _texts(values.get(name)))]
        fields = [field for field in question.fields if field.among]
        listed = values.get(name) if fields else None
        records = [r for r in listed if isinstance(r, Record)] if isinstance(listed, tuple) else []
        for field in fields:
            yield field, [(f"{record.question}.{field.id}", _texts(record.values.get(field.id))) for record in records]


def _texts(value: Value | None) -> tuple[str, ...]:
    return tuple(one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str))


def _list(question: Question) -> str:
    return question.among.rpartition(".")[0]


def _hint(question: Question, word: str, known: list[str], *, suggest: bool) -> str:
    """Suggest what was meant, as long as somebody will read it: comparing words is slow."""
    by_case = {name.casefold(): name for name in known[:MOST_COMPARED]} if suggest else {}
    near = spelling.nearest(word.casefold(), by_case)
    several = [name for case, name in by_case.items() if case in word.casefold()]
    if question.type == "choices" and len(several) > 1:
        return f"write a list: {one_answer.written(tuple(several))}"
    shown = "; ".join(known[:MOST_SHOWN])
    return (
        f"did you mean '{by_case[near]}'?" if near else f"'{_list(question)}' has {shown}; or add '{short(word)}' to it"
    )
