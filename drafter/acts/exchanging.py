"""Records what is exchanged: a round that is sent, and one that came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import drafter.matters.matter
from drafter.base import characters
from drafter.base.problems import Place, Problem
from drafter.documents.designs import Designs
from drafter.drafting import draft
from drafter.drafting.draft import Draft
from drafter.matters import filing, rounds, swaps
from drafter.matters.rounds import Recorded, Round
from drafter.sending import negotiation
from drafter.sending.negotiation import Sent
from drafter.values import dataclass
from drafter.verifying.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Sending:
    """A round that was sent and recorded, its folder, what was drafted for it, and the rounds before it."""

    sent: Sent
    place: Path
    drafted: Draft
    before: Recorded


@dataclass(frozen=True, slots=True)
class Receiving:
    """A round that came and was recorded, its folder, what to remember, and how it compares with what was sent last."""

    round: Round
    place: Path
    reminders: tuple[Problem, ...]
    since: tuple[Round, Verdict] | None


class NoSenderError(Exception):
    """Nothing was sent yet, and nobody said who sent what came."""


def send(  # noqa: PLR0913  # what a round is made of
    place: Path, library: Path | None, party: str, on: date, today: date, *, final: bool, author: str, designs: Designs,
    message: str = "",
) -> Sending:  # fmt: skip
    """Record the next round of a matter to a party: what is sent is frozen. DraftingError as `negotiation.send`."""
    filing.stop_at_no_folder(place)
    with filing.held(place):
        before = rounds.recorded(place / filing.ROUNDS)
        made = draft.settled(draft.draft(drafter.matters.matter.open(place, library)), final=final)
        sent = negotiation.send(made, before, party, on, today, author=author, designs=designs, message=message)
        folder = rounds.record(place / filing.ROUNDS, sent.round, sent.files)
    ahead = before.ahead(sent.round.on, today)
    before = replace(before, reminders=(*before.reminders, *ahead, *late(made, sent.round.on), *sent.reminders))
    return Sending(sent, folder, made, before)


def late(made: Draft, on: date) -> Iterator[Problem]:
    """Remind of the swaps in a draft that are dated after a day."""
    return swaps.late(made.swaps, on, str(made.matter.place / filing.SWAPS))


def receive(place: Path, file: str, content: bytes, party: str, on: date, today: date) -> Receiving:  # noqa: PLR0913, PLR0917  # as above
    """Record what came from a party, or from that of the last round, unchanged; `file` is what it came as.

    DraftingError as `negotiation.receive`; NoSenderError where no party is named and nothing was sent.
    """
    filing.stop_at_no_folder(place)
    with filing.held(place):
        before = rounds.recorded(place / filing.ROUNDS)
        sender = party or (before.rounds[-1].party if before.rounds else "")
        if not sender:
            raise NoSenderError
        made = negotiation.receive(before, sender, on, today, Path(file).name, content)
        since = negotiation.compared(before, sender, content)
        reminders = (*before.reminders, *before.ahead(made.on, today), *before.unknown_party(sender), *_odd(file))
        folder = rounds.record(place / filing.ROUNDS, made, {negotiation.RECEIVED: content})
    return Receiving(made, folder, reminders, since)


def _odd(file: str) -> Iterator[Problem]:
    """Remind of what a reader may take for something else in a file's name."""
    for found in characters.remarks(Path(file).name):
        yield Problem(found.code, Place(file), f"the file's name has {found.what}", found.hint, "reminder")
