"""Finds the answers that choose an entry of a list by a name that is being changed, and what they become."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.asking import entries
from drafter.asking.entries import Entry
from drafter.asking.interview import Interview
from drafter.matters import listed


def following(old: Interview, new: Interview, given: Entry) -> Iterator[tuple[str, str]]:
    """Yield each answer that still chooses the name which an entry of a list had, and what it becomes, as it is typed.

    There are none while another entry has that name.
    """
    was, now = (entries.written(here, given) for here in (old, new))
    if not given.number or not isinstance(was, str) or not isinstance(now, str) or was == now:
        return
    for question, answers in listed.chosen(new.library.questionnaire, new.values):
        is_of_it = question.among == f"{given.name}.{given.asked.id}"
        if is_of_it and was not in {option.value for option in listed.options(question, new.values)}:
            for name, chosen in answers:
                if was in chosen:
                    yield name, "; ".join(now if one == was else one for one in chosen)
