"""Puts answers, and what is wrong with them, in words for an attorney."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from drafter.base import english
from drafter.base.problems import DraftingError, Problem
from drafter.language import Missing, Record, Value
from drafter.matters.editing.answer_lines import Written
from drafter.reading.questionnaire import Question, one_answer
from drafter.reading.sources.source import squeezed


def said(question: Question, value: Value | None) -> str:
    """Return an answer as people say it: Wednesday, July 1, 2026; $12,500; the option's label; 2: Rex; Bit."""
    match value:
        case None | Missing():
            return ""
        case bool():
            return "Yes" if value else "No"
        case date():
            return f"{english.weekday(value)}, {english.long_date(value)}"
        case Decimal() if question.type == "money":
            return english.money(value)
        case int() | Decimal():
            return english.plain_number(value) + (" percent" if question.type == "percent" else "")
        case tuple():
            return _listed(question, value)
        case Record():
            return ", ".join(filter(None, (said(f, value.values.get(f.id)) for f in question.fields)))
        case str():
            return next((option.label for option in question.options if option.value == value), value)


def _listed(question: Question, value: tuple[Value, ...]) -> str:
    if question.type != "records":
        return ", ".join(said(question, item) for item in value)
    names = [_first(question, record) for record in value if isinstance(record, Record)]
    return f"{len(value)}: {'; '.join(filter(None, names))}" if names else "none"


def _first(question: Question, record: Record) -> str:
    return next(filter(None, (said(f, record.values.get(f.id)) for f in question.fields)), "")


def brief(question: Question, value: Value | None) -> str:
    """Return an answer for a cell: a date without its weekday, and no line breaks."""
    return english.long_date(value) if isinstance(value, date) else squeezed(said(question, value))


def written(question: Question, words: Written) -> str:
    """Return an answer, as a file has it, as people say it."""
    match words:
        case None | "" | ():
            return ""
        case str():
            try:
                return said(question, one_answer.as_kept(question, words)[1])
            except DraftingError:
                return words
        case _ if question.type == "records":
            return f"{len(words)}: {first(words)}"
        case _:
            labels = {option.value: option.label for option in question.options}
            return ", ".join(labels.get(str(item), str(item)) for item in words)


def first(words: Written) -> str:
    """Return what the records of a list, as a file has them, are known by: the first answer of each."""
    records = (item for item in words or () if isinstance(item, Mapping))
    firsts = (next(filter(None, record.values()), "") for record in records)
    return "; ".join(one if isinstance(one, str) else ", ".join(one) for one in firsts)


_FIELD = re.compile(r"(.+)\[\d+\]\.(.+)")


def by_prompt(asks: Mapping[str, Question], found: Problem) -> Problem:
    """Return a problem of an answer with what its question asks, where its message calls that by its id."""
    inner = _FIELD.fullmatch(found.about)
    if found.about in asks:
        name, prompt = rf"^{re.escape(found.about)}", asks[found.about].prompt
    elif inner and inner[1] in asks:
        field = next((one for one in asks[inner[1]].fields if one.id == inner[2]), None)
        if field is None:
            return found
        name, prompt = rf"(?<=, ){re.escape(field.id)}", field.prompt
    else:
        return found
    said = re.sub(rf"{name}(?=: | contains )", lambda _: f"“{prompt}”", found.message, count=1)
    return replace(found, message=said)


def problem(found: Problem) -> str:
    """Return the message of a problem with a capital letter."""
    return _capital(found.message)


def error(found: DraftingError) -> str:
    """Return what is wrong, and what to do, as sentences."""
    return " ".join(sentence(text) for p in found.problems for text in (p.message, p.hint) if text)


def sentence(text: str) -> str:
    """Return words as a sentence, which begins with a capital letter and ends once."""
    return _capital(text) if text.endswith((".", "?", "!")) else f"{_capital(text)}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
