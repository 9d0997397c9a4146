"""The questionnaire: what is asked, how one answer is typed, and the reading of its file."""

from drafter.reading.questionnaire.loading import load
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
