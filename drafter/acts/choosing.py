"""Chooses wordings of a matter: swaps an alternative for another, files an own wording, takes a swap back."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from drafter.acts import opening
from drafter.drafting import recording, swapping
from drafter.drafting.finding import named
from drafter.drafting.swapping import Swapped
from drafter.matters import filing
from drafter.matters.matter import with_wording
from drafter.reading import own_wordings


def swap(  # noqa: PLR0913  # what a swap is made of
    place: Path, library: Path | None, clause: str, alternative: str, on: date, *,
    because: str = "", for_board: str = "", allowed: bool = False, tried: bool = False,
) -> Swapped:  # fmt: skip
    """Put another alternative of a clause into a matter, both named by id, number or words, and record it.

    `because` is a reason for our own side, `for_board` one that anybody may read.
    DraftingError as `swapping.swap`, and where words name nothing or several things; nothing is written then.
    """
    with opening.opened(place, library, records=bool(because or for_board), tried=tried) as before:
        name = named.clause(before, clause).id
        wanted = named.to_swap(before, name, alternative).id
        swapped = swapping.swap(before, name, wanted, on, because, allowed=allowed)
        made = swapping.with_public_reason(swapped, for_board)
        if not tried:
            recording.record(made.before.matter, made.after.matter)
    return made


def put_own(  # noqa: PLR0913  # as above
    place: Path, library: Path | None, clause: str, file: Path, on: date, *,
    because: str = "", for_board: str = "", allowed: bool = False, tried: bool = False,
) -> Swapped:  # fmt: skip
    """File a matter's own wording of a clause and put it into the contract, and record it.

    DraftingError as `swap`, and where the wording can't be used.
    """
    with opening.opened(place, library, records=True, tried=tried) as before:
        name = named.clause(before, clause).id
        filed = filing.filed_wording(place, name, file)
        wanted = own_wordings.alternative_of(filed)
        swapped = swapping.swap(with_wording(before, filed, file), name, wanted, on, because, allowed=allowed)
        made = swapping.with_public_reason(swapped, for_board)
        if not tried:
            recording.record(made.before.matter, made.after.matter, {filed: file})
    return made


def put_own_text(  # noqa: PLR0913  # as above
    place: Path, library: Path | None, clause: str, text: str, on: date, *,
    because: str = "", for_board: str = "", allowed: bool = False, tried: bool = False,
) -> Swapped:  # fmt: skip
    """File a text as a matter's own wording of a clause, as `put_own` does with a file."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / f"{Path(clause).name}.md"
        file.write_text(text, encoding="utf-8", newline="\n")
        return put_own(
            place, library, clause, file, on, because=because, for_board=for_board, allowed=allowed, tried=tried
        )


def undo(place: Path, library: Path | None, clause: str = "", *, tried: bool = False) -> Swapped:
    """Take back the last swap of a matter, or the last one of a clause. DraftingError as `swapping.undo`."""
    with opening.opened(place, library, records=True, tried=tried) as before:
        made = swapping.undo(before, named.clause(before, clause).id if clause else "")
        if not tried:
            recording.record_undone(made.before.matter, made.after.matter)
    return made
