"""The questionnaire: what is asked, how one answer is typed, and the reading of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.reading.questionnaire.record_names import in_words
from drafter.reading.questionnaire.tree import (
    MOST_RECORDS,
    Check,
    CheckEntry,
    Option,
    Question,
    Questionnaire,
    QuestionSection,
    Type,
    kind,
)

if TYPE_CHECKING:
    from drafter.reading.questionnaire.loading import load

__all__ = [
    "MOST_RECORDS",
    "Check",
    "CheckEntry",
    "Option",
    "Question",
    "QuestionSection",
    "Questionnaire",
    "Type",
    "in_words",
    "kind",
    "load",
]


def __getattr__(name: str) -> object:
    """Import what reads the file when it is first used: a draft of a library that is kept doesn't."""
    if name == "load":
        from drafter.reading.questionnaire import loading

        return loading.load
    raise AttributeError(name)
