"""Finds a question, or a field of a list of records, by its id or a few of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from drafter.base import spelling
from drafter.base.problems import DraftingError, Place, Problem
from drafter.drafting.finding import matching
from drafter.reading.library import other_form
from drafter.reading.questionnaire import Question, Questionnaire
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A question, or a field of the list of records `within`; `id` is what it is called: "walker", "dogs.size"."""

    id: str
    question: Question
    within: str = ""


def question(asked: Questionnaire, words: str, place: Place) -> Named:
    """Return the one question or field that words name. DraftingError, at a place, where there is none, or several."""
    return only(find(asked, words), words, place, asked)


def find(asked: Questionnaire, words: str) -> tuple[Named, ...]:
    """Return the questions and fields that words name, in the questionnaire's order.

    They are found by the first of these that finds any: the id; the end of an id; the whole prompt or label; the
    beginning of one; words of them; words of help, reason and options too.
    """
    return () if words.strip() in asked.elsewhere else among(every(asked), words)


def every(asked: Questionnaire) -> tuple[Named, ...]:
    """Return every question, and every field of each list of records."""
    return tuple(
        named
        for q in asked.questions.values()
        for named in (Named(q.id, q), *(Named(f"{q.id}.{f.id}", f, q.id) for f in q.fields))
    )


def among(known: Iterable[Named], words: str) -> tuple[Named, ...]:
    """Return those of some questions and fields that words name."""
    each = tuple(known)
    wanted, text = matching.query(words), words.strip()

    def of(test: Callable[[Named], bool]) -> tuple[Named, ...]:
        return tuple(filter(test, each))

    return (
        of(lambda n: n.id == text)
        or of(lambda n: n.id.endswith(f".{text}"))
        or of(lambda n: is_called(n, words))
        or of(lambda n: any(matching.starts(wanted, title) for title in _titles(n)))
        or of(lambda n: matching.holds(wanted, " ".join(_titles(n))))
        or of(lambda n: matching.holds(wanted, " ".join((*_titles(n), *_more(n)))))
    )


def is_called(named: Named, words: str) -> bool:
    """Say whether words are the id, the prompt or the label of a question: capitals and punctuation apart."""
    return any(matching.same(words.replace("_", " "), title) for title in _titles(named))


def _titles(named: Named) -> tuple[str, ...]:
    spoken = named.id.replace("_", " ")
    return spoken.replace(".", " "), spoken.rpartition(".")[2], named.question.label, named.question.prompt


def _more(named: Named) -> tuple[str, ...]:
    question = named.question
    return question.help, question.why, *(option.label for option in question.options)


def only(found: tuple[Named, ...], words: str, place: Place, asked: Questionnaire) -> Named:
    """Return the one question found. DraftingError, at a place, where there is none, or several."""
    if len(found) == 1:
        return found[0]
    if found:
        listed = matching.listed([f"{n.id} ({n.question.prompt})" for n in found])
        what = f"'{words}' fits {len(found)} questions: {listed}"
        raise DraftingError(Problem("several-questions", place, what, f"type the one you mean, as {found[0].id}"))
    if forms := asked.elsewhere.get(words.strip()):
        raise DraftingError(other_form(f"the question '{words.strip()}'", forms, place))
    prompts = {n.id: n.question.prompt for n in every(asked)}
    hint = spelling.meant_by_title(words, prompts, "questionnaire.yaml lists them")
    raise DraftingError(Problem("unknown-question", place, f"there is no question '{words}'", hint))
