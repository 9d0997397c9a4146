"""The page of a matter: what there is to do, how far each part of it is, and what to do next."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from drafter import contract
from drafter.asking import interview
from drafter.base import english
from drafter.base.problems import DraftingError
from drafter.matters import filing, rounds
from drafter.telling import tallies
from drafter.values import dataclass
from drafter.web.asked import Asked, Parts, Reply, Shown
from drafter.web.desk import Desk, Known
from drafter.web.views import beside, progress
from drafter.web.views.board import packets, worked
from drafter.web.views.rounds import history


@dataclass(frozen=True, slots=True)
class Task:
    """A part of the work on a matter: what it is called, its address, how far it is, and what to know of it."""

    name: str
    address: str
    label: str  # in a word
    state: str = ""
    ours: str = ""  # what is for our own side alone


def overview(desk: Desk, asked: Asked) -> Reply:
    """Show the parts of a matter."""
    known = desk.read(asked.names["matter"])
    given = {
        "tasks": list(_tasks(asked, known)), "told": beside.reported(desk, asked), "next": _next(asked, known),
        "wrong": progress.problems(desk, asked, known), "jobs": worked.listed(desk, asked),
    }  # fmt: skip
    return Shown("overview.html", given)


def state(desk: Desk, asked: Asked) -> Reply:
    """Return what tells a page that is open whether the matter is still as it shows it."""
    desk.read(asked.names["matter"])
    return Parts({"state": hashlib.sha256(repr(desk.shelf(asked.names["matter"]).stamp).encode()).hexdigest()})


def _tasks(asked: Asked, known: Known) -> Iterator[Task]:
    yield Task("Interview", asked.at("review"), progress.state(known.here), progress.counted(known.here))
    try:
        made = known.drafted
    except DraftingError as error:
        yield Task("Contract", asked.at("contract"), "Wrong", error.problems[0].message)
        return
    blank, fix = len(contract.blanks(made.contract)), len(made.wrong)
    label = "Wrong" if fix else "Open" if blank else "Complete"
    state = english.counted(blank, "blank") if blank else "no blank is left"
    yield Task("Contract", asked.at("contract"), label, f"{english.counted(fix, 'problem')} to fix" if fix else state)
    count = len(made.not_preferred)
    state = f"{english.counted(count, 'clause')} not in the preferred wording" if count else ""
    yield Task("Wordings", asked.at("wordings"), "Chosen", "", state or "all in the preferred wording")
    for source, words in tallies.tallies(made):
        label = "Open" if any(one.kind == "bad" for one in words) else "Said"
        yield Task(f"{source.citation}", asked.at("check"), label, "".join(one.text for one in words))
    yield from _exchanged(asked, known)


def _exchanged(asked: Asked, known: Known) -> Iterator[Task]:
    """Yield the rounds and the packets, each with how far they are."""
    try:
        recorded = rounds.recorded(known.place / filing.ROUNDS)
        last = recorded.rounds[-1] if recorded.rounds else None
        label = "Unsent" if last is None else "Theirs" if last.direction == "to" else "Ours"
        yield Task("Rounds", asked.at("rounds"), label, history.turn(recorded, known.contract))
    except DraftingError as error:
        yield Task("Rounds", asked.at("rounds"), "Wrong", error.problems[0].message)
    made = packets.folders(known.place)
    if not made:
        yield Task("Board packet", asked.at("packet"), "None")
        return
    is_current = packets.is_current(known, made[0])
    state = "as the contract reads now" if is_current else "the contract was changed since"
    label = "Current" if is_current else "Outdated"
    yield Task("Board packet", asked.at("packet"), label, f"{packets.called(made[0])}: {state}")


def _next(asked: Asked, known: Known) -> tuple[str, str]:
    """Return what to do next: its words, and its address."""
    left = interview.still_open(known.here, known.here.asked)
    if left and progress.state(known.here) != "Complete":
        section = interview.section(known.here, left)
        return f"Go on with the interview: {section.title}", asked.at("ask", left)
    return "Read the contract", asked.at("contract")
