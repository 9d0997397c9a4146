"""The page of a matter: what there is to do, how far each part of it is, and what to do next."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from drafter.asking import interview
from drafter.base import english
from drafter.base.problems import DraftingError
from drafter.matters import filing, rounds
from drafter.telling import tallies
from drafter.values import dataclass
from drafter.web.asked import Asked, Parts, Reply, Shown
from drafter.web.desk import Desk, Known
from drafter.web.views import beside
from drafter.web.views.board import packets
from drafter.web.views.rounds import history


@dataclass(frozen=True, slots=True)
class Task:
    """A part of the work on a matter: what it is called, its address, how far it is, and what to know of it."""

    name: str
    address: str
    state: str
    notes: tuple[str, ...] = ()


def overview(desk: Desk, asked: Asked) -> Reply:
    """Show the parts of a matter."""
    known = desk.read(asked.names["matter"])
    tasks = list(_tasks(asked, known))
    note = beside.reported(desk, asked)
    wrong = [one for one in known.here.found if one.level == "problem"]
    return Shown("overview.html", {"tasks": tasks, "told": note, "wrong": wrong, "next": _next(asked, known)})


def state(desk: Desk, asked: Asked) -> Reply:
    """Return what tells a page that is open whether the matter is still as it shows it."""
    desk.read(asked.names["matter"])
    return Parts({"state": hashlib.sha256(repr(desk.shelf(asked.names["matter"]).stamp).encode()).hexdigest()})


def _tasks(asked: Asked, known: Known) -> Iterator[Task]:
    done, of = interview.done(known.here)
    blank = sum(interview.blanks(known.here, name) for name in known.here.asked)
    state = f"{done} of {of} questions answered" + (f", {english.counted(blank, 'blank')}" if blank else "")
    yield Task("Interview", asked.at("ask"), state)
    yield Task("Review the answers", asked.at("review"), "")
    yield Task("Contract", asked.at("contract"), "to read, to print, as Word and as PDF")
    try:
        made = known.drafted
    except DraftingError as error:
        yield Task("Policy", asked.at("check"), f"can't be told: {error.problems[0].message}")
        return
    count = len(made.not_preferred)
    state = (
        f"{english.counted(count, 'clause')} not in the preferred wording" if count else "all in the preferred wording"
    )
    yield Task("Wordings", asked.at("wordings"), state)
    for source, words in tallies.tallies(made):
        yield Task(f"{source.citation}", asked.at("check"), "".join(one.text for one in words))
    yield from _exchanged(asked, known)


def _exchanged(asked: Asked, known: Known) -> Iterator[Task]:
    """Yield the rounds and the packets, each with how far they are."""
    try:
        recorded = rounds.recorded(known.place / filing.ROUNDS)
        yield Task("Rounds", asked.at("rounds"), history.turn(recorded))
    except DraftingError as error:
        yield Task("Rounds", asked.at("rounds"), f"something is wrong: {error.problems[0].message}")
    made = packets.folders(known.place)
    yield Task("Board packet", asked.at("packet"), f"the last one is {made[0].name}" if made else "none was made yet")


def _next(asked: Asked, known: Known) -> tuple[str, str]:
    """Return what to do next: its words, and its address."""
    left = interview.still_open(known.here, known.here.asked)
    if left:
        section = interview.section(known.here, left)
        return f"Go on with the interview: {section.title}", asked.at("ask", left)
    return "Read the contract", asked.at("contract")
