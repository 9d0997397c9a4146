"""The history of a negotiation: a round a row, what each changed, its files, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafter.acts import exchanging
from drafter.base import english, manifest
from drafter.base.problems import DraftingError
from drafter.contract import Contract
from drafter.drafting.draft import Draft
from drafter.matters import filing, rounds
from drafter.matters.rounds import Recorded, Round
from drafter.replying import kept
from drafter.sending import negotiation
from drafter.sending.negotiation import Stage
from drafter.telling import called, exchanged, tallies
from drafter.telling.rows import Row
from drafter.values import dataclass
from drafter.web import folder
from drafter.web.asked import Asked, NotThereError, Reply, Sent, Shown
from drafter.web.desk import Desk
from drafter.web.views import beside, wrong
from drafter.web.views.contract import WORD
from drafter.web.views.rounds import naming

OPEN = ("outgoing/", "incoming/")  # what crossed the table; all else in a round is for our own side
TYPES = {".docx": WORD, ".pdf": "application/pdf"}

UNTYPED = {"to": "", "from": "", "on": "", "message": "", "what": "", "other": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """A round in the list: its number (0 for the draft now), what it was, what it changed, and its files.

    `details` are for our own side, `ours` the files that are.
    """

    number: int
    title: str
    changed: str
    requirements: str
    details: tuple[Row, ...]
    files: tuple[tuple[str, str], ...]
    ours: tuple[tuple[str, str], ...]
    changes: str  # how many changes it brought, and what was answered; empty where it brought none
    redline: str = ""  # the query of what it is redlined against, empty where nothing was sent before it
    compared: str = ""  # the words of that link


def history(desk: Desk, asked: Asked) -> Reply:
    """Show the rounds, and what can be done next."""
    known = desk.read(asked.names["matter"])
    recorded, made = rounds.recorded(known.place / filing.ROUNDS), known.drafted
    late = (*recorded.reminders, *exchanging.late(made, desk.today()))
    return shown(desk, asked, made, replace(recorded, reminders=late), {})


def shown(  # noqa: PLR0913, PLR0917  # what the page is made of
    desk: Desk, asked: Asked, made: Draft, recorded: Recorded, typed: dict[str, str], error: str = "", status: int = 200
) -> Reply:
    """Return the page of the rounds, with what was typed into its forms and could not be done."""
    stages = negotiation.history(recorded, made, desk.today())
    names = called.by_headings(made.selection, made.contract)
    lines = [
        _line(asked, recorded, naming.stage(stage, names), made.contract, is_read=_is_read(recorded, stage))
        for stage in reversed(stages)
    ]
    parties = list(dict.fromkeys(one.party for one in reversed(recorded.rounds)))
    reminders = [wrong.said(DraftingError(one), names) for one in (*recorded.reminders, *made.other_values)]
    given = {
        "lines": lines, "parties": parties, "reminders": reminders,
        "told": beside.reported(desk, asked), "turn": turn(recorded, made.contract), "error": error,
        "today": desk.today().isoformat(), "typed": UNTYPED | typed,
    }  # fmt: skip
    return Shown("rounds.html", given, status)


def turn(recorded: Recorded, made: Contract | None) -> str:
    """Say whose turn it is."""
    last = recorded.rounds[-1] if recorded.rounds else None
    if last is None:
        return "Nothing was sent yet."
    day, party = english.long_date(last.on), naming.party(last.party, made)
    if last.direction == "to":
        return f"It is the turn of {party}: round {last.number} was sent on {day}."
    return f"It is our turn: round {last.number} came from {party} on {day}."


def _is_read(recorded: Recorded, stage: Stage) -> bool:
    """Say whether the changes of a return could be read."""
    number = stage.round.number
    if not number or stage.round.direction != "from":
        return False
    return number in kept.all_of(recorded.folder, [stage.round])


def _line(asked: Asked, recorded: Recorded, stage: Stage, made: Contract, *, is_read: bool) -> Line:
    facts = stage.round
    day = english.long_date(facts.on)
    party = naming.party(facts.party, made)
    title = f"Round {facts.number}, {facts.direction} {party}, {day}" if facts.number else "The draft now"
    is_sent = facts.direction == "to"
    files = list(_files(asked, recorded, stage)) if facts.number else []
    return Line(
        facts.number, title, _changed(stage) if is_sent else "",
        "".join(one.text for one in tallies.of_round(facts)) if is_sent else "",
        tuple(exchanged.details(stage)),
        tuple((name, address) for name, address, is_open in files if is_open),
        tuple((name, address) for name, address, is_open in files if not is_open),
        (exchanged.tally(stage.tally) if stage.tally is not None else "no change was found") if is_read else "",
        *_redline(recorded, facts),
    )  # fmt: skip


def _redline(recorded: Recorded, facts: Round) -> tuple[str, str]:
    """Return the query and the words of the link to the redline of a round, or of the draft now; empty without one."""
    if facts.number and facts.direction != "to":
        return "", ""
    last = rounds.last_sent(recorded.rounds)
    since = facts.since if facts.number else last.number if last is not None else None
    if not since:
        return "", ""
    return f"base={since}&revised={facts.number or 'now'}", f"Redline against round {since}"


def _changed(stage: Stage) -> str:
    """Say how much a round that was sent changed."""
    facts = stage.round
    if stage.form:
        return "the form changed"
    return (
        f"{english.counted(len(facts.changed), 'section')} changed"
        if facts.since or not facts.number
        else "first draft"
    )


def _files(asked: Asked, recorded: Recorded, stage: Stage) -> Iterator[tuple[str, str, bool]]:
    """Yield the Word and PDF files of a round, and pages: the name, the address, and whether it crossed the table."""
    for name in manifest.names(recorded.folder / stage.round.name):
        is_open = name.startswith(OPEN)
        if name.endswith((".docx", ".pdf", ".html")):
            side = () if is_open else ("ours",)
            yield (
                name.removeprefix("outgoing/").removeprefix("incoming/"),
                asked.at(*side, "rounds", str(stage.round.number), "file", name),
                is_open,
            )


def file(desk: Desk, asked: Asked) -> Reply:
    """Send a file of a round that crossed the table."""
    return _sent(desk, asked, is_open=True)


def our_file(desk: Desk, asked: Asked) -> Reply:
    """Send a file of a round that is for our own side."""
    return _sent(desk, asked, is_open=False)


def _sent(desk: Desk, asked: Asked, *, is_open: bool) -> Reply:
    """Send a file of a round by its name in the manifest, and no other file."""
    place, name = desk.where(asked.names["matter"]), asked.names["file"]
    found = {str(one.number): one for one in rounds.read_all(place / filing.ROUNDS)}.get(asked.names["number"])
    if found is None or name.startswith(OPEN) is not is_open:
        raise NotThereError(name)
    if name not in manifest.names(place / filing.ROUNDS / found.name):
        raise NotThereError(name)
    path = folder.inside(place, f"{filing.ROUNDS}/{found.name}/{name}")
    kind = TYPES.get(path.suffix, "application/octet-stream")
    return Sent(
        f"{asked.names['matter']} {found.name} {path.name}", path.read_bytes(), kind, inline=path.suffix == ".pdf"
    )
