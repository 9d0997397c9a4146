"""What a board packet is made of, and what to remember about the day of the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.base import english, manifest
from drafter.sending.names import AGENDA, CHANGES, CONTRACT_PDF, FACTS, REDLINE, REDLINE_PDF, TITLES, WHOLE
from drafter.telling import rows
from drafter.telling.rows import Row, Words
from drafter.word import kinds

if TYPE_CHECKING:
    from drafter.acts.packing import Packed


def told(done: Packed, *, by_hand: bool = True) -> Iterator[Row]:
    """Yield what a packet is made of, a row each, the templates that aren't the shipped ones, and the reminders.

    Unless it is worked `by_hand`, in a terminal, no command is named, and no file that nobody opens.
    """
    made = done.packet
    yield from (rows.row(name, TITLES[name]) for name in made.documents)
    if made.agenda:
        yield rows.row(AGENDA, "the line on the agenda, to be pasted")
    if REDLINE not in made.documents:  # nor what changed in it
        yield rows.row("No redline", "the contract is in another form; the memo says what became of each section")
    if CONTRACT_PDF in done.laid:
        yield rows.row(CONTRACT_PDF, "what a signed PDF or a scan is read against")
    if REDLINE_PDF in done.laid:
        yield rows.row(REDLINE_PDF, "the redline with its notes, beside the packet")
    if WHOLE in done.laid:
        inside = "memo, changed sections and matrix" if CHANGES in made.documents else "all of it"
        yield rows.row(WHOLE, f"{inside}, with a cover and bookmarks")
    if by_hand:
        yield rows.row(FACTS, f"what 'drafter verify' reads, and {manifest.FILE} with the hashes")
    for kind, path in done.own.items():
        yield rows.row(f"Template of the {kinds.called(kind)}", Words(str(path) if by_hand else path.name, "line"))
    for one in made.reminders:
        yield rows.row("Remember", Words(one.message, "mixed"), f"\n{one.hint}" if one.hint else "")


def notes(done: Packed) -> str:
    """Say how many notes the redline of a packet has; empty for none."""
    count = len(done.packet.notes)
    return f"The redline has {english.counted(count, 'note')}, one for each section that it marks." if count else ""
