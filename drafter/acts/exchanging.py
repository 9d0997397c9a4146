"""Records what is exchanged: a round that is sent, and one that came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from pathlib import Path

import drafter.matters.matter
from drafter.base import characters, shipped
from drafter.base.problems import DraftingError, Place, Problem
from drafter.documents.designs import Designs
from drafter.drafting import draft
from drafter.drafting.draft import Draft
from drafter.matters import belonging, filing, rounds, swaps
from drafter.matters.rounds import Recorded, Round
from drafter.replying import judging, kept, opened, sheets
from drafter.replying.kept import Told
from drafter.sending import negotiation, recognising
from drafter.sending.negotiation import Sent
from drafter.values import dataclass
from drafter.verifying.verdict import Verdict
from drafter.word.incoming import printed


@dataclass(frozen=True, slots=True)
class Sending:
    """A round that was sent and recorded, its folder, what was drafted for it, and the rounds before it."""

    sent: Sent
    place: Path
    drafted: Draft
    before: Recorded


@dataclass(frozen=True, slots=True)
class Receiving:
    """A round that came and was recorded, its folder, what to remember, and how it compares with what was sent last.

    `told` is what was changed in it; where that couldn't be read, `unjudged` says why. `returns` are
    all returns that could be read, by the numbers of their rounds.
    """

    round: Round
    place: Path
    reminders: tuple[Problem, ...]
    since: tuple[Round, Verdict] | None
    told: Told | None = None
    unjudged: str = ""
    returns: Mapping[int, Told] = field(default_factory=dict)


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
        drafted = draft.draft(drafter.matters.matter.open(place, library))
        returns = tuple(opened.waiting(drafted, before, party))
        left = [problem for one in returns for problem in opened.unanswered(one, drafted, final=final)]
        wrong = tuple(problem for problem in left if problem.level == "problem")
        made = draft.settled(replace(drafted, found=(*drafted.found, *wrong)), final=final)
        sent = negotiation.send(
            made, before, party, on, today, author=author, designs=designs, message=message, returns=returns
        )
        folder = rounds.record(place / filing.ROUNDS, sent.round, sent.files)
    left = [problem for problem in left if problem.level == "reminder"]
    reminders = (*before.reminders, *left, *before.ahead(sent.round.on, today))
    before = replace(before, reminders=(*reminders, *late(made, sent.round.on), *sent.reminders))
    return Sending(sent, folder, made, before)


def late(made: Draft, on: date) -> Iterator[Problem]:
    """Remind of the swaps in a draft that are dated after a day."""
    return swaps.late(made.swaps, on, str(made.matter.place / filing.SWAPS))


def receive(  # noqa: PLR0913, PLR0917  # as above
    place: Path, file: str, content: bytes, party: str, on: date, today: date, *, library: Path | None = None,
    template: Path | None = None, anyway: bool = False,
) -> Receiving:  # fmt: skip
    """Record what came from a party, or from that of the last round, unchanged; `file` is what it came as.

    Beside it the round keeps what was changed in it; a file whose changes can't be read is recorded all the same.
    DraftingError as `negotiation.receive`, and where the file is no version of the contract, unless it is to be
    recorded `anyway`; NoSenderError where no party is named and nothing was sent.
    """
    filing.stop_at_no_folder(place)
    with filing.held(place):
        before = rounds.recorded(place / filing.ROUNDS)
        sender = party or (before.rounds[-1].party if before.rounds else "")
        if not sender:
            raise NoSenderError
        is_pdf = printed.is_pdf(content)
        made = negotiation.receive(before, sender, on, today, Path(file).name, content)
        other = recognising.came(before, sender, content, template or _template(place))
        if not anyway:
            recognising.stop_at(other, file)
        reminders = (*before.reminders, *before.ahead(made.on, today), *before.unknown_party(sender), *_odd(file))
        if other is None or other.is_like:
            told, unjudged = _judged(place, library, before, sender, content, template, on)
        else:
            told, unjudged = None, other.what
        of = told.of if told is not None else None
        since = negotiation.compared(before, sender, content, of) if not (is_pdf or other) else None
        files = _told_files(told, before, made, template or _template(place)) if told is not None else {}
        folder = rounds.record(
            place / filing.ROUNDS,
            made,
            {negotiation.RECEIVED_PDF if is_pdf else negotiation.RECEIVED: content, **files},
        )
    returns = kept.all_of(place / filing.ROUNDS, before.rounds) | ({made.number: told} if told is not None else {})
    return Receiving(made, folder, reminders, since, told, unjudged, returns)


def _template(place: Path) -> Path:
    return belonging.template_of(place) or shipped.template("agreement")


def _told_files(told: Told, before: Recorded, made: Round, template: Path) -> dict[str, bytes]:
    """Return what a round keeps of a return for our own side: its changes, as data, as a page and as a Word copy."""
    sent = before.contract_of(next(one for one in before.rounds if one.number == told.of))
    files = {
        kept.FILE: kept.to_json(told).encode(),
        "changes.html": sheets.page(told, made.number, made.party).encode(),
    }
    if sent is not None and told.changes:
        files["changes.docx"] = sheets.copy(told, sent, made.on, template)
    return files


def _judged(  # noqa: PLR0913, PLR0917  # what a return is judged by
    place: Path, library: Path | None, before: Recorded, party: str, content: bytes, template: Path | None, on: date
) -> tuple[Told | None, str]:
    """Judge what came; where that fails, whatever fails it, say why, since the file is recorded all the same."""
    try:
        return judging.judged(place, library, before, party, content, template or _template(place), on), ""
    except DraftingError as error:
        return None, "; ".join(problem.message for problem in error.problems)
    except Exception as error:  # noqa: BLE001  # a hostile file must not keep itself from being filed
        return None, f"the file can't be read as a contract ({type(error).__name__})"


def _odd(file: str) -> Iterator[Problem]:
    """Remind of what a reader may take for something else in a file's name."""
    for found in characters.remarks(Path(file).name):
        yield Problem(found.code, Place(file), f"the file's name has {found.what}", found.hint, "reminder")
