"""The pages of an interview: values made from an interview and what is asked, which a terminal or a browser shows.

One rule: a page holds everything that is needed to show it, and each of its lines says what choosing it does.
"""

from drafter.asking.pages.page import (
    ALWAYS,
    LEADS,
    Command,
    Line,
    Move,
    Notice,
    Page,
    Reply,
    Step,
    Tone,
    chosen,
    is_new,
    named,
)

__all__ = [
    "ALWAYS",
    "LEADS",
    "Command",
    "Line",
    "Move",
    "Notice",
    "Page",
    "Reply",
    "Step",
    "Tone",
    "chosen",
    "is_new",
    "named",
]
