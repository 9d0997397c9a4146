"""The commands that record what is exchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.doors.shared import (
    Name,
    agreement_template,
    author_option,
    day_of,
    drafted,
    json_option,
    library_option,
    matter_argument,
    on_option,
    speaks,
    template_option,
)

if TYPE_CHECKING:
    from drafter.base.problems import Problem
    from drafter.drafting.draft import Draft


def party_name(_: click.Context, __: click.Parameter, party: str | None) -> str:
    """Return the short name of a party in small letters; refuse one that can't be part of a folder's name."""
    from drafter.matters import rounds

    name = (party or "").lower()
    if party is not None and not rounds.PARTY.fullmatch(name):
        raise click.BadParameter("a party is named with letters and digits, and '-' between")
    return name


def _late(made: Draft, on: dt.date) -> Iterator[Problem]:
    """Remind of the swaps in a draft that are dated after a day."""
    from drafter.matters import filing, swaps

    return swaps.late(made.swaps, on, str(made.matter.place / filing.SWAPS))


@click.command()
@matter_argument
@click.option(
    "--to", "party", required=True, metavar="PARTY", callback=party_name, help="Who gets it, by a short name."
)
@click.option("--final", is_flag=True, help="Send the final: blanks are refused, and no draft mark is printed.")
@author_option
@on_option
@template_option
@library_option
@json_option
@speaks("; no round was recorded", records=True)
def send(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, party: str, final: bool, author: str, on: dt.datetime | None, template: Path | None,  # noqa: FBT001
    folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Record a round: freeze what is sent to a party.

    The folder rounds/NN-to-PARTY/outgoing then holds what to send: the contract, and from the second round on the
    redline against the last round that the party saw. Everything else in the round stays in house.
    """
    from drafter.doors import terminal
    from drafter.doors.rounds import words
    from drafter.drafting import draft
    from drafter.matters import filing, rounds
    from drafter.sending import negotiation

    filing.stop_at_no_folder(matter)
    with filing.held(matter):
        before = rounds.recorded(matter / filing.ROUNDS)
        made, today = draft.settled(drafted(matter, folder), final=final), day_of(None)
        sent = negotiation.send(
            made, before, party, day_of(on), today, author=author, template=agreement_template(matter, template)
        )
        place = rounds.record(matter / filing.ROUNDS, sent.round, sent.files)
    ahead = before.ahead(sent.round.on, today)
    before = replace(before, reminders=(*before.reminders, *ahead, *_late(made, sent.round.on)))
    terminal.as_json(words.sent_json(sent, before, place)) if as_json else words.sent(sent, made, before, place)


def _odd(file: Path) -> Iterator[Problem]:
    """Remind of what a reader may take for something else in a file's name."""
    from drafter.base import characters
    from drafter.base.problems import Place, Problem

    for found in characters.remarks(file.name):
        yield Problem(found.code, Place(str(file)), f"the file's name has {found.what}", found.hint, "reminder")


@click.command()
@matter_argument
@click.argument("file", type=Name(), metavar="FILE.docx")
@click.option(
    "--from", "party", metavar="PARTY", callback=party_name, help="Who sent it; otherwise the party of the last round."
)
@on_option
@json_option
@speaks("; no round was recorded", records=True)
def receive(matter: Path, file: Path, party: str, on: dt.datetime | None, as_json: bool) -> None:  # noqa: FBT001
    """Record a round: file what came back, unchanged."""
    from drafter.doors import terminal
    from drafter.doors.rounds import words
    from drafter.matters import filing, rounds
    from drafter.sending import negotiation
    from drafter.word import incoming, reader

    filing.stop_at_no_folder(matter)
    content = incoming.load(file)
    came = reader.read(incoming.read(content), ())
    with filing.held(matter):
        before = rounds.recorded(matter / filing.ROUNDS)
        sender = party or (before.rounds[-1].party if before.rounds else "")
        if not sender:
            raise click.UsageError("Nothing was sent yet, so say who this is from: --from PARTY.")
        today = day_of(None)
        made = negotiation.receive(before, sender, day_of(on), today, file.name)
        since = negotiation.compared(before, sender, content)
        odd = _odd(file)
        reminders = (*before.reminders, *before.ahead(made.on, today), *before.unknown_party(sender), *odd)
        place = rounds.record(matter / filing.ROUNDS, made, {negotiation.RECEIVED: content})
    if as_json:
        terminal.as_json(words.received_json(made, place, came, reminders, since))
    else:
        words.received(made, place, came, reminders, since)


@click.command()
@matter_argument
@on_option
@library_option
@json_option
@speaks()
def history(matter: Path, on: dt.datetime | None, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Show the negotiation of MATTER round by round.

    What changed, what was conceded and won back, and how many requirements were said. The last line is the draft as it
    is now. Each round is checked against its manifest: exit code 1 when one has changed since.
    """
    from drafter.doors import terminal
    from drafter.doors.rounds import words
    from drafter.matters import filing, rounds
    from drafter.sending import negotiation

    filing.stop_at_no_folder(matter)
    recorded = rounds.recorded(matter / filing.ROUNDS)
    now = drafted(matter, folder)
    recorded = replace(recorded, reminders=(*recorded.reminders, *_late(now, day_of(on))))
    stages = negotiation.history(recorded, now, day_of(on))
    terminal.as_json(words.history_json(stages)) if as_json else words.history(stages, recorded)
