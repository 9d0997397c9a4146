"""Sends a round to a party, and files what came from one: by the acts that the commands use."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from drafter.acts import exchanging
from drafter.acts.exchanging import Receiving, Sending
from drafter.asking.pages import Notice
from drafter.base import english, manifest
from drafter.base.problems import DraftingError, Place, Problem
from drafter.contract import Contract
from drafter.documents import designs
from drafter.matters import filing, rounds
from drafter.reading.questionnaire import dates
from drafter.replying import saying
from drafter.telling import exchanged
from drafter.telling.called import Called
from drafter.web.asked import Asked, GoTo, Reply
from drafter.web.desk import Desk, Note
from drafter.web.views import contract, wrong
from drafter.web.views.rounds import history, naming
from drafter.word import incoming
from drafter.word.incoming import printed

LONGEST = 120  # bytes of a file's name that are kept: a folder takes some 250


def send(desk: Desk, asked: Asked) -> Reply:
    """Record the next round: what is sent is frozen."""
    if asked.method == "GET":
        return GoTo(asked.at("rounds"))
    known = desk.read(asked.names["matter"])
    try:
        made = exchanging.send(
            known.place, desk.library, _party(asked.typed("to")), _day(desk, asked), desk.today(),
            final=asked.typed("final") == "yes", author=asked.typed("author").strip(),
            designs=designs.find(known.place, known.library.folder, None), message=asked.typed("message").strip(),
        )  # fmt: skip
    except DraftingError as error:
        return _again(desk, asked, error, "send")
    number = desk.note(asked.names["matter"], Note(tuple(_sent(made, wrong.names(desk, asked)))))
    return GoTo(f"{asked.at('rounds')}?n={number}")


def receive(desk: Desk, asked: Asked) -> Reply:
    """File what came, unchanged, and tell what was changed in it."""
    if asked.method == "GET":
        return GoTo(asked.at("rounds"))
    known = desk.read(asked.names["matter"])
    try:
        made = _received(desk, asked, known.place, contract.design(known))
    except DraftingError as error:
        return _again(desk, asked, error, "receive")
    number = desk.note(asked.names["matter"], Note(tuple(_came(made, wrong.names(desk, asked), known.contract))))
    to = asked.at("rounds", str(made.round.number), "changes") if made.told is not None else asked.at("rounds")
    return GoTo(f"{to}?n={number}")


def _received(desk: Desk, asked: Asked, place: Path, design: Path) -> Receiving:
    """Read the file that came through the door for such files, and record it. DraftingError."""
    if asked.file is None or not asked.file.content:
        raise DraftingError(Problem("missing-file", Place("file"), "no file was chosen", "choose the file that came"))
    name = name_of(asked.file.name)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / name
        path.write_bytes(asked.file.content)
        try:
            content = incoming.contents(path) if printed.is_pdf_file(path) else incoming.received(path)[0]
        except DraftingError as error:
            raise DraftingError(*(_named(problem, path, name) for problem in error.problems)) from None
    party = _party(asked.typed("from"), needed=False)
    try:
        return exchanging.receive(
            place, name, content, party, _day(desk, asked), desk.today(), library=desk.library, template=design,
            anyway=asked.typed("anyway") == "yes",
        )  # fmt: skip
    except exchanging.NoSenderError:
        what, hint = "nothing was sent yet, so nobody knows who this is from", "say who sent it"
        raise DraftingError(Problem("no-sender", Place(name), what, hint)) from None


def name_of(given: str) -> str:
    """Return the name of a file that came, without the folders that some browsers send with it."""
    name = PurePosixPath(given.replace("\\", "/")).name
    kept = "".join(one for one in name if one.isprintable()).encode(errors="ignore")[-LONGEST:].decode(errors="ignore")
    return kept.lstrip(". ") or "file"


def _named(problem: Problem, path: Path, name: str) -> Problem:
    """Return a problem that names a file as the user knows it."""
    shown = problem.place.path.replace(str(path), name)
    return Problem(
        problem.code, Place(shown, problem.place.line), problem.message.replace(str(path), name), problem.hint
    )


def _party(typed: str, *, needed: bool = True) -> str:
    """Return the short name of a party. DraftingError where it can't be part of a folder's name."""
    party = typed.strip().lower().removeprefix("the ").replace(" ", "-")
    if not (rounds.PARTY.fullmatch(party) or (not party and not needed)):
        what = "a party has a short name here, of letters and digits with “-” between" if party else "nobody is named"
        raise DraftingError(
            Problem("bad-party", Place(typed or "party"), what, "write it in one word, as in the list of rounds")
        )
    return party


def _day(desk: Desk, asked: Asked) -> date:
    """Return the day that was typed, today where none was. DraftingError."""
    typed = asked.typed("on").strip()
    try:
        return dates.read(typed) if typed else desk.today()
    except ValueError as error:
        raise DraftingError(Problem("bad-date", Place(typed), str(error))) from None


def _again(desk: Desk, asked: Asked, error: DraftingError, what: str) -> Reply:
    """Show the rounds again, with what is wrong and what was typed."""
    known = desk.read(asked.names["matter"])
    recorded = rounds.recorded(known.place / filing.ROUNDS)
    typed = {name: asked.typed(name) for name in ("to", "from", "on", "message")} | {"what": what}
    if any(problem.code == "not-the-contract" for problem in error.problems):
        typed |= {"other": "yes"}
        hint = "choose the contract that came, or say below that this file is to be filed all the same"
        error = DraftingError(*(replace(problem, hint=hint) for problem in error.problems))
    return history.shown(
        desk, asked, known.drafted, recorded, typed, wrong.error(desk, asked, error), wrong.status(error)
    )


def _sent(made: Sending, names: Called) -> Iterator[Notice]:
    """Say what was sent, and what is left to do by hand."""
    facts = made.sent.round
    party = naming.party(facts.party, made.drafted.contract)
    yield Notice("saved", f"Round {facts.number} is recorded, to {party}, {english.long_date(facts.on)}.")
    if facts.since:
        changed = english.counted(len(facts.changed), "section")
        yield Notice("saved", f"Since round {facts.since}: {changed} changed.")
    yield Notice("saved", f"Fingerprint: {manifest.hash_of(made.place)}. Keep it elsewhere too.")
    for one in made.before.reminders:
        yield Notice("reminder", wrong.said(DraftingError(one), names))


def _came(made: Receiving, names: Called, contract_: Contract | None) -> Iterator[Notice]:
    """Say what came, whether it was changed, and what is odd about it."""
    facts = made.round
    party = naming.party(facts.party, contract_)
    yield Notice("saved", f"Round {facts.number} is recorded, from {party}, {english.long_date(facts.on)}.")
    if made.since is not None:
        yield Notice("saved", f"Since round {made.since[0].number}: {exchanged.since(made.since[1])}.")
    if made.told is not None:
        yield Notice("saved", f"{saying.count(made.told.markup)}.")
        yield from [] if made.told.is_last else [Notice("reminder", saying.older(made.told))]
    if facts.unread:
        yield Notice("problem", f"No contract can be read in it: {facts.unread}.")
    if made.unjudged:
        yield Notice("problem", f"Its changes couldn't be read: {made.unjudged}.")
    for one in facts.harmful:
        yield Notice("problem", f"Do not open it in Word before somebody has looked at it: {one}.")
    for reminder in made.reminders:
        yield Notice("reminder", wrong.said(DraftingError(reminder), names))
