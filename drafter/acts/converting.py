"""Changes the form of a matter's contract, or takes the last change of form back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import drafter.reading.opening
from drafter.acts import opening
from drafter.drafting import recording
from drafter.drafting.converting import conversion
from drafter.drafting.converting.conversion import Converted
from drafter.matters import filing
from drafter.matters.matter import library_of, with_own_wordings
from drafter.reading.library import Library


def convert(  # noqa: PLR0913  # what a change of form is made of
    place: Path, library: Path | None, form: str, on: date, *,
    because: str = "", aside: bool = False, tried: bool = False,
) -> Converted:  # fmt: skip
    """Change the form of a matter's contract, and record it.

    DraftingError as `conversion.convert`, and where the library has no such form; nothing is written then.
    """
    with opening.opened(place, library, records=bool(because), tried=tried) as before:
        record, to = filing.converted(place), _in_form(place, library, form)
        made = conversion.convert(before, to, record, on, because, aside=aside)
        if not tried:
            recording.record_form(made.before.matter, made.after.matter, made.record)
    return made


def undo(place: Path, library: Path | None, *, tried: bool = False) -> Converted:
    """Take back the last change of form of a matter. DraftingError as `conversion.undo`."""
    with opening.opened(place, library, records=True, tried=tried) as before:
        record = filing.converted(place)
        to = _in_form(place, library, conversion.last_of(before, record).before)
        made = conversion.undo(before, to, record)
        if not tried:
            recording.record_form(made.before.matter, made.after.matter, made.record, undone=True)
    return made


def _in_form(place: Path, library: Path | None, form: str) -> Library:
    """Return the library of a matter in a form, with the matter's own wordings. DraftingError."""
    found = library_of(place, library, form)
    drafter.reading.opening.stop_at_other_form(found, form)
    return with_own_wordings(found, place)
