"""The commands that record what is exchanged."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import click

from drafter.doors.shared import (
    Name,
    agreement_template,
    anyway_option,
    author_option,
    day_of,
    designs_of,
    drafted,
    json_option,
    library_option,
    matter_argument,
    on_option,
    plain_words,
    speaks,
    template_option,
)


def party_name(_: click.Context, __: click.Parameter, party: str | None) -> str:
    """Return the short name of a party in small letters; refuse one that can't be part of a folder's name."""
    from drafter.matters import rounds

    name = (party or "").lower()
    if party is not None and not rounds.PARTY.fullmatch(name):
        raise click.BadParameter("a party is named with letters and digits, and '-' between")
    return name


@click.command()
@matter_argument
@click.option(
    "--to", "party", required=True, metavar="PARTY", callback=party_name, help="Who gets it, by a short name."
)
@click.option("--final", is_flag=True, help="Send the final: blanks are refused, and no draft mark is printed.")
@author_option
@click.option(
    "--message",
    default="",
    metavar="TEXT",
    callback=plain_words,
    help="What the letter says to the party besides, such as a reason; it leaves the house.",
)
@on_option
@template_option
@library_option
@json_option
@speaks("; no round was recorded", records=True)
def send(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, party: str, final: bool, author: str, message: str, on: dt.datetime | None,  # noqa: FBT001
    template: Path | None, folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Record a round: freeze what is sent to a party.

    The folder rounds/NN-to-PARTY/outgoing then holds what to send: the contract, and from the second round on the
    redline against the last round that the party saw, with a letter that says what changed, where the library has the
    texts of one. Everything else in the round stays in house.
    """
    from drafter.acts import exchanging
    from drafter.doors import terminal
    from drafter.doors.rounds import words

    designs = designs_of(matter, folder, template)
    made = exchanging.send(
        matter, folder, party, day_of(on), day_of(None), final=final, author=author, designs=designs, message=message
    )
    terminal.as_json(words.sent_json(made)) if as_json else words.sent(made)


@click.command()
@matter_argument
@click.argument("file", type=Name(), metavar="FILE")
@click.option(
    "--from", "party", metavar="PARTY", callback=party_name, help="Who sent it; otherwise the party of the last round."
)
@anyway_option
@on_option
@template_option
@library_option
@json_option
@speaks("; no round was recorded", records=True)
def receive(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, file: Path, party: str, anyway: bool, on: dt.datetime | None, template: Path | None,  # noqa: FBT001
    folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Record a round: file what came back, unchanged, and tell what was changed in it.

    Changes without a mark come first; of a PDF only the words are compared. 'drafter changes' shows them again, and
    'drafter decide' answers them. A paper that we sent ourselves, or a file with hardly any words of the contract, is
    named and not filed, unless with --anyway.
    """
    from drafter.acts import exchanging
    from drafter.doors import terminal
    from drafter.doors.rounds import words
    from drafter.matters import filing
    from drafter.word import incoming, reader
    from drafter.word.incoming import printed

    filing.stop_at_no_folder(matter)
    is_pdf = printed.is_pdf_file(file)
    content, looked = (incoming.contents(file), None) if is_pdf else incoming.received(file)
    came = None if looked is None else reader.read(looked.parts, ()) if not looked.unread else reader.NOTHING
    try:
        made = exchanging.receive(
            matter, str(file), content, party, day_of(on), day_of(None), library=folder,
            template=agreement_template(matter, folder, template), anyway=anyway,
        )  # fmt: skip
    except exchanging.NoSenderError:
        raise click.UsageError("Nothing was sent yet, so say who this is from: --from PARTY.") from None
    terminal.as_json(words.received_json(made, came)) if as_json else words.received(made, came)


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
    from drafter.acts import exchanging
    from drafter.doors import terminal
    from drafter.doors.rounds import words
    from drafter.matters import filing, rounds
    from drafter.sending import negotiation

    filing.stop_at_no_folder(matter)
    recorded = rounds.recorded(matter / filing.ROUNDS)
    now = drafted(matter, folder)
    recorded = replace(recorded, reminders=(*recorded.reminders, *exchanging.late(now, day_of(on))))
    stages = negotiation.history(recorded, now, day_of(on))
    terminal.as_json(words.history_json(stages)) if as_json else words.history(stages, recorded)
