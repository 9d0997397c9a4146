"""Chooses wordings of a matter: swaps an alternative for another, files an own wording, takes a swap back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from drafter.acts import opening
from drafter.base.problems import DraftingError, Place, Problem
from drafter.drafting import recording, swapping
from drafter.drafting.finding import named
from drafter.drafting.swapping import Swapped
from drafter.matters import filing
from drafter.matters.matter import with_wording
from drafter.matters.swaps import Swap
from drafter.reading import own_wordings

CHANGED_SINCE = "changed-since"  # the code of a problem: what was looked at was changed in the meantime


def swap(  # noqa: PLR0913  # what a swap is made of
    place: Path, library: Path | None, clause: str, alternative: str, on: date, *,
    because: str = "", for_board: str = "", allowed: bool = False, tried: bool = False, seen: str = "",
) -> Swapped:  # fmt: skip
    """Put another alternative of a clause into a matter, both named by id, number or words, and record it.

    `because` is a reason for our own side, `for_board` one that anybody may read. `seen` is the wording that was in the
    contract when this was decided. DraftingError as `swapping.swap`, where words name nothing or several things, and
    where the contract has another wording than `seen` by now; nothing is written then.
    """
    with opening.opened(place, library, records=bool(because or for_board), tried=tried) as before:
        name = named.clause(before, clause).id
        wanted = named.to_swap(before, name, alternative).id
        swapped = swapping.swap(before, name, wanted, on, because, allowed=allowed)
        _stop_where_changed(swapped, seen)
        made = swapping.with_public_reason(swapped, for_board)
        if not tried:
            recording.record(made.before.matter, made.after.matter)
    return made


def put_own(  # noqa: PLR0913  # as above
    place: Path, library: Path | None, clause: str, file: Path, on: date, *,
    because: str = "", for_board: str = "", allowed: bool = False, tried: bool = False, seen: str = "",
) -> Swapped:  # fmt: skip
    """File a matter's own wording of a clause and put it into the contract, and record it.

    DraftingError as `swap`, and where the wording can't be used.
    """
    with opening.opened(place, library, records=True, tried=tried) as before:
        name = named.clause(before, clause).id
        filed = filing.filed_wording(place, name, file)
        wanted = own_wordings.alternative_of(filed)
        swapped = swapping.swap(with_wording(before, filed, file), name, wanted, on, because, allowed=allowed)
        _stop_where_changed(swapped, seen)
        made = swapping.with_public_reason(swapped, for_board)
        if not tried:
            recording.record(made.before.matter, made.after.matter, {filed: file})
    return made


def put_own_text(  # noqa: PLR0913  # as above
    place: Path, library: Path | None, clause: str, text: str, on: date, *,
    because: str = "", for_board: str = "", allowed: bool = False, tried: bool = False, seen: str = "",
) -> Swapped:  # fmt: skip
    """File a text as a matter's own wording of a clause, as `put_own` does with a file."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / f"{Path(clause).name}.md"
        file.write_text(text, encoding="utf-8", newline="\n")
        return put_own(
            place, library, clause, file, on, because=because, for_board=for_board, allowed=allowed, tried=tried,
            seen=seen,
        )  # fmt: skip


def undo(
    place: Path, library: Path | None, clause: str = "", *, tried: bool = False, only: Swap | None = None
) -> Swapped:
    """Take back the last swap of a matter, or the last one of a clause.

    DraftingError as `swapping.undo`, and where that swap is by now another one than `only`.
    """
    with opening.opened(place, library, records=True, tried=tried) as before:
        made = swapping.undo(before, named.clause(before, clause).id if clause else "")
        if only is not None and not _is_same(only, made.undone):
            what = "the wording was changed again since, by something else"
            raise DraftingError(Problem(CHANGED_SINCE, Place(str(place)), what, "choose the wording that is wanted"))
        if not tried:
            recording.record_undone(made.before.matter, made.after.matter)
    return made


def recorded(made: Swapped) -> Swap | None:
    """Return the record of a swap that was made; None where it has none."""
    return next((one for one in made.after.swaps if one.clause == made.clause), None)


def _is_same(one: Swap, other: Swap | None) -> bool:
    """Say whether two records are of one swap; its reasons may have been added to since."""
    return other is not None and replace(one, **_REASONS) == replace(other, **_REASONS)


_REASONS: Mapping[str, Any] = {"because": "", "for_board": "", "departs": ()}


def _stop_where_changed(made: Swapped, seen: str) -> None:
    """Raise DraftingError where a contract has another wording by now than the one that was seen."""
    choice = made.choices[0]
    if seen and choice is not None and choice.alternative.id != seen:
        what = f"another wording was put in since: {choice.alternative.label}"
        raise DraftingError(Problem(CHANGED_SINCE, made.place, what, "look at what would change now, and choose again"))
