"""How far a matter is: its questions, and what stands in the way of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from drafter.asking import interview
from drafter.asking.interview import Interview
from drafter.base import english
from drafter.base.problems import DraftingError
from drafter.web.asked import Asked
from drafter.web.desk import Desk, Known
from drafter.web.views import wrong

State = Literal["Complete", "Open", "Wrong"]


def state(here: Interview) -> State:
    """Say in a word whether anything is left to be done in the interview."""
    if any(one.level == "problem" for one in here.found):
        return "Wrong"
    return "Open" if interview.tally(here).blank or interview.to_confirm(here) else "Complete"


def counted(here: Interview, *, left: bool = True) -> str:
    """Say how the questions that are asked stand: those left first, unless that is said otherwise."""
    made = interview.tally(here)
    return f"{', '.join(_parts(here, made, left=left))}; {english.counted(made.asked, 'question')} asked"


def _parts(here: Interview, made: interview.Tally, *, left: bool) -> Iterator[str]:
    """Yield how many questions are of each kind, without those of which there are none."""
    confirm = len(interview.to_confirm(here))
    if made.blank and left:
        yield f"{made.blank} blank"
    if confirm and left:
        yield f"{english.counted(confirm, 'usual answer')} to confirm"
    yield f"{made.answered} answered"
    if made.usual > confirm:
        yield f"{made.usual - confirm} by the usual answer"
    if made.optional:
        yield f"{made.optional} optional and left out"


def problems(desk: Desk, asked: Asked, known: Known) -> list[tuple[str, str]]:
    """Return what is to be fixed before a draft can be made, in words, each with the address of its question."""
    found = (one for one in known.here.found if one.level == "problem")
    return [(wrong.error(desk, asked, DraftingError(one)), wrong.question(desk, asked, one)) for one in found]
