"""Records in a matter who has read what it keeps the record of: its own wordings, what they reach, and its answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from drafter.base import disk
from drafter.contract import Contract
from drafter.drafting import assembly, selection
from drafter.drafting.selection import Selection
from drafter.matters import answers, filing
from drafter.matters.matter import form_said, library_of, with_own_wordings
from drafter.reading.library import Library
from drafter.reading.reviewing import in_answers, marks, naming, recording, review
from drafter.reading.reviewing.in_answers import FreeAnswer
from drafter.reading.reviewing.naming import Named
from drafter.reading.reviewing.review import Unread, UnreadAlone
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class ToRead:
    """What somebody must read of a matter: its library with the record, the wordings in force, and the answers.

    `answers` has those that were read as well.
    """

    library: Library
    in_force: Mapping[str, str]
    answers: tuple[FreeAnswer, ...]

    @property
    def unread(self) -> tuple[tuple[Unread, ...], tuple[UnreadAlone, ...], tuple[FreeAnswer, ...]]:
        """Return what nobody has read as it is now: against requirements, by itself, and of the answers."""
        links, alone = review.unread_in_matter(self.library, self.in_force)
        return links, alone, tuple(one for one in self.answers if not one.is_read)


def of(selected: Selection, made: Contract) -> ToRead:
    """Return what somebody must read of a matter, by its selection and its contract."""
    free = in_answers.to_read(selected.library, selected.values, made)
    return ToRead(selected.library, selected.in_force, free)


def opened(place: Path, library: Path | None) -> ToRead:
    """Return what somebody must read of a matter, as its files have it. DraftingError."""
    found = with_own_wordings(library_of(place, library, form_said(place)), place)
    selected = selection.select(found, answers.load(filing.answers_path(place), found.questionnaire))
    return of(selected, assembly.assemble(selected))


def read(  # noqa: PLR0913, PLR0917  # what a record is made of
    place: Path, library: Path | None, wanted: Named, names: Collection[str], by: str, on: date
) -> ToRead:
    """Record that somebody has read some wordings, and some answers by their names; return what is left.

    What a matter keeps no record of is left out. DraftingError where it is in use, or is no folder.
    """
    filing.stop_at_no_folder(place)
    with filing.held(place):
        found = opened(place, library)
        links = naming.within(wanted, found.library, found.in_force)
        made = recording.recorded(
            found.library, links.links, by, on, alone=links.alone, in_force=found.in_force, forms=(found.library,)
        )
        those = tuple(one for one in found.answers if one.name in names)
        made = recording.with_answers(made, those, by, on) if those else made
        if those or links != naming.NOTHING:
            disk.write(filing.reviewed(place), marks.to_text(made.own_reviewed).encode())
    return opened(place, library)
