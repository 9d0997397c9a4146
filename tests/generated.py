"""Answers at random, for any library: strategies of Hypothesis, and the two libraries that the laws are tried on.

Every file that `answers` draws is valid: each answer fits its question. Whether the answers make sense
together is not asked, since the laws hold of those too.
"""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from collections.abc import Iterable
from pathlib import Path

import small
import yaml
from hypothesis import strategies as st

from drafter import library
from drafter.answers import FIRST_DAY, LAST_DAY
from drafter.library import Library
from drafter.questionnaire import Question
from drafter.source import forbidden_in

ROOT = Path(__file__).resolve().parents[1]
CLAUSE_LIBRARY = ROOT / "clause_library"
TEMPLATE = ROOT / "templates" / "agreement.docx"
EXAMPLE = ROOT / "examples" / "st-louis-park" / "answers.yaml"


@functools.cache
def small_library() -> Library:
    """Load the small library, once."""
    with tempfile.TemporaryDirectory() as folder:
        return small.load(Path(folder))


@functools.cache
def real_library() -> Library:
    """Load the library that is shipped, once."""
    return library.load(CLAUSE_LIBRARY, "clause_library")


LIBRARIES = {"small": small_library, "real": real_library}

# -- characters ---------------------------------------------------------------------------------

ODD = (
    "{{ 7*7 }}", "{_{ x }_}", "{% if x %}", "{%p x %}", "{#label}", "{when: bites}", "{policy}", "[[leash]]", "<w:p>",
    "</w:t>", "&amp;", "<!-- -->", "]]>", "*a* **b** _c_", "# a", "1. a", "| a | b |", "\\{{", "a: b # c", "'\"`",
    "---", "no", "null", "~", "01234", "\U0001f415\u200d\U0001f9ba", "\u202eabc\u202c", "\u05e9\u05dc\u05d5\u05dd",
    "\u0645\u0631\u062d\u0628\u0627", "e\u0301", "\ue000\ue0010\ue001", "\ufffc", "\u2028", "Dog", "Section 1.1",
    "$1,000", "%s {0} $x", "\x7f\x80\x9f", "a\u00a0b",
)  # fmt: skip
CHARACTERS = st.characters(exclude_categories=["Cs"]).filter(lambda c: not forbidden_in(c) and c not in "\n\r")


def lines(longest: int = 30) -> st.SearchStrategy[str]:
    """Draw one line of any characters that a Word file can hold, white space at its ends taken off."""
    drawn = st.text(CHARACTERS, min_size=1, max_size=longest)
    return st.one_of(st.sampled_from(ODD), drawn).map(str.strip).filter(bool)


def paragraphs() -> st.SearchStrategy[str]:
    """Draw one to three lines."""
    return st.lists(lines(), min_size=1, max_size=3).map("\n".join)


# -- answers ------------------------------------------------------------------------------------


def _bounded(question: Question, low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(int(question.min or low), int(question.max or high))


def _date(question: Question) -> st.SearchStrategy[str]:
    low, high = (
        dt.date.fromisoformat(day) if day else limit
        for day, limit in ((question.min, FIRST_DAY), (question.max, LAST_DAY))
    )
    near = st.dates(max(low, dt.date(2025, 1, 1)), min(high, dt.date(2027, 12, 31)))
    return st.one_of(near, st.dates(low, high)).map(str)


def _record(question: Question) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional={entry.id: answer(entry) for entry in question.fields})


def answer(question: Question) -> st.SearchStrategy[object]:
    """Draw an answer that fits a question."""
    match question.type:
        case "yes-no":
            return st.sampled_from(("yes", "no", "true", "Off"))
        case "choice":
            return st.sampled_from([option.value for option in question.options])
        case "choices":
            return st.lists(st.sampled_from([option.value for option in question.options]), min_size=1, unique=True)
        case "number":
            return _bounded(question, -1000, 10**12).map(str)
        case "money" | "percent":
            return st.tuples(_bounded(question, 0, 10**6), st.sampled_from(("", ".00"))).map(
                lambda parts: f"{parts[0]:,}{parts[1]}"
            )
        case "date":
            return _date(question)
        case "email":
            return st.sampled_from(("a@b.example", "x+{{y}}@school.example"))
        case "phone":
            return st.sampled_from(("952-555-0100", "(952) 555-0100", "+1 952 555 0100 ext. 7"))
        case "records":
            low = int(question.min or 0)
            return st.lists(_record(question), min_size=low, max_size=min(int(question.max or 9), low + 2))
        case "paragraph" | "address":
            return paragraphs()
        case _:
            return lines()


@st.composite
def given_answers(draw: st.DrawFn, questions: Iterable[Question]) -> dict[str, object]:
    """Draw answers by question id; some questions stay unanswered."""
    found: dict[str, object] = {}
    for question in questions:
        if draw(st.integers(0, 4)):
            found[question.id] = draw(answer(question))
    return found


def alternatives(drafted: Library) -> st.SearchStrategy[dict[str, str]]:
    """Draw alternatives that a negotiator chooses, for up to three clauses."""
    open_to_choice = sorted(c.id for c in drafted.clauses.values() if len(c.alternatives) > 1)
    return st.lists(st.sampled_from(open_to_choice), max_size=3, unique=True).flatmap(
        lambda ids: st.fixed_dictionaries(
            {i: st.sampled_from([a.id for a in drafted.clauses[i].alternatives]) for i in ids}
        )
    )


@st.composite
def answers(draw: st.DrawFn, drafted: Library, *, negotiated: bool = True) -> str:
    """Draw the text of an answers file; with alternatives that a negotiator chose, unless told not to."""
    found = draw(given_answers(drafted.questionnaire.questions.values()))
    chosen = draw(alternatives(drafted)) if negotiated else {}
    return to_yaml(found | ({"alternatives": chosen} if chosen else {}))


def to_yaml(answered: dict[str, object]) -> str:
    """Write answers by question id as the text of an answers file."""
    nested: dict[str, object] = {}
    for name, value in answered.items():
        head, _, rest = name.partition(".")
        if rest:
            nested.setdefault(head, {})[rest] = value
        else:
            nested[head] = value
    return yaml.dump(nested, Dumper=yaml.CSafeDumper, sort_keys=False, width=10**6)
