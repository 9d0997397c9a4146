"""Finds the page of a name: that of a question, of one record of a list, or of one of its fields."""

from __future__ import annotations

import re

from drafter.asking import entries, interview
from drafter.asking.interview import Interview
from drafter.asking.pages import listing, question
from drafter.asking.pages.page import Page
from drafter.matters.editing.answer_lines import Written

_OF_RECORD = re.compile(r"(.+)\[([1-9][0-9]{0,5})\](?:\.(.+))?")  # dogs[2].size


def page(here: Interview, about: str, last: Written = None, *, tried: bool = True) -> Page:
    """Return the page that is about a name, as `Page.about` has it: "walker", "dogs", "dogs[2]", "dogs[2].size".

    A field may be that of a record which is still to be added. `last` is another contract's answer to a question, to be
    asked for again. Unless its options are `tried`, they don't say what they would select, which takes the longest.
    KeyError where nothing of this name can be asked.
    """
    found = _OF_RECORD.fullmatch(about)
    if found is None and here.question(about).type == "records":
        return listing.table(here, about, last)
    if found is None:
        return question.page(here, entries.of_question(here, about), last, tried=tried)
    name, number, field = found[1], int(found[2]), found[3]
    count = len(interview.records(here, name)) if here.question(name).type == "records" else -1
    if field is None and number <= count:
        return listing.record(here, name, number)
    if number > count + 1 or field not in {
        f.id for f in interview.fields(here, name, interview.record(here, name, number))
    }:
        raise KeyError(about)
    return question.page(here, entries.of_field(here, name, number, field))
