"""Reads the value of one answer from a command line, and says what is expected where it does not fit."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import replace

from drafter.asking import entries, interview
from drafter.asking.entries import Entry
from drafter.base.problems import DraftingError, Place, Problem
from drafter.drafting.finding import matching
from drafter.matters.editing.answer_lines import Written
from drafter.matters.matter import Matter
from drafter.reading.questionnaire import Option, Question, dates, in_words, one_answer


def typed(entry: Entry, value: str, matter: Matter) -> Written:
    """Return a value as the answers file keeps it. DraftingError, with what is expected, where it does not fit.

    It is read as the interview reads it; an option may be named by its value or words of its label, and several are
    separated by commas.
    """
    question, place = entry.asked, Place(matter.name)
    if question.among:
        question = entries.choosing(interview.begin(matter.library, matter.text, matter.name), question)
    if question.type == "records":
        listed = interview.records(interview.begin(matter.library, matter.text, matter.name), entry.name)
        field = f"{entry.name}[{entry.number or len(listed) + 1}].{question.fields[0].id}"
        named = ", ".join(f.id for f in question.fields)
        what = f"'{entry.name}' is a list of {question.singular or 'record'}s, of which one field is answered at a time"
        step = shlex.join(["drafter", "answer", str(matter.place), field, "VALUE"])
        hint = f"{'' if entry.number else 'to add one: '}{step}; its fields are {named}"
        raise DraftingError(Problem("bad-answer", place, what, hint, about=entry.about))
    try:
        if question.type == "choices":
            chosen = [_picked(question, one) for one in _several(question, value)]
            kept = tuple(str(one_answer.as_kept(replace(question, type="choice"), one)[0]) for one in chosen)
            return kept[0] if len(kept) == 1 else kept
        return one_answer.as_kept(question, _picked(question, value))[0]
    except DraftingError as error:
        hint = expected(question)
        here = interview.begin(matter.library, matter.text, matter.name)
        said = in_words(matter.library.questionnaire, entry.about, here.values)
        raise DraftingError(
            *(
                replace(p, place=place, message=f"{said}: {p.message}", hint=_hint(p, hint), about=entry.about)
                for p in error.problems
            )
        ) from None


def _hint(found: Problem, expects: str) -> str:
    """Return what was meant, if that was found, and what the question expects."""
    if not expects or not found.hint.startswith("did you mean"):
        return expects or found.hint
    return f"{found.hint} Or {expects}"


def _several(question: Question, value: str) -> tuple[str, ...]:
    """Return the options that words name, as they were typed: all of them are one, or commas are between them."""
    if _found(question, value):
        return (value,)
    return tuple(one.strip() for one in re.split("[;,]", value) if one.strip())


def _picked(question: Question, words: str) -> str:
    """Return the value of the one option that words name, or the words where they name none, or several."""
    found = _found(question, words)
    return found[0].value if len(found) == 1 else words.strip()


def _found(question: Question, words: str) -> tuple[Option, ...]:
    """Return the options that words name: by value or label, by their first words, or by any of them."""
    wanted = matching.query(words)

    def of(test: Callable[[Option], bool]) -> tuple[Option, ...]:
        return tuple(filter(test, question.options))

    return (
        one_answer.meant(question, words.strip())
        or of(lambda o: matching.starts(wanted, o.value) or matching.starts(wanted, o.label))
        or of(lambda o: matching.holds(wanted, f"{o.value} {o.label}"))
    )


def expected(question: Question) -> str:
    """Return what a question expects, as a hint; empty where any words will do."""
    options = "; ".join(o.value if o.value == o.label else f"{o.value} ({o.label})" for o in question.options)
    between = " and ".join(filter(None, _limits(question)))
    match question.type:
        case "choice":
            return f"type one of: {options}"
        case "choices":
            return f"type some of these, with commas between them: {options}"
        case "yes-no":
            return "type yes or no"
        case "date":
            return f"type a date like {dates.SPELLINGS}{f', {between}' if between else ''}"
        case "number" | "money" | "percent" as kind:
            what = {"number": "a whole number", "money": "an amount, as 12,500", "percent": "a percentage, as 3.5"}
            return f"type {what[kind]}{f', {between}' if between else ''}"
        case "email":
            return "type an e-mail address, as name@example.org"
        case "phone":
            return "type a telephone number, as 555-010-0199"
        case _:
            return ""


def _limits(question: Question) -> Iterator[str]:
    yield f"at least {question.min}" if question.min else ""
    yield f"at most {question.max}" if question.max else ""
