"""Answers questions of a matter, and records the wordings that the answers decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from drafter.acts import opening
from drafter.asking.answering import changing
from drafter.asking.answering.changing import Answered
from drafter.drafting import recording


def answer(  # noqa: PLR0913  # what an answer is made of
    place: Path, library: Path | None, wanted: Sequence[tuple[str, str | None]], on: date, *,
    because: str = "", for_board: str = "", allowed: bool = False, tried: bool = False,
) -> Answered:  # fmt: skip
    """Give answers to a matter at once: each names what is asked, and has what was typed, or None to clear it.

    `because` is a reason for our own side, `for_board` one that anybody may read.
    DraftingError as `changing.answer`; nothing is written then.
    """
    with opening.opened(place, library, records=bool(because or for_board), tried=tried) as before:
        made = changing.with_public_reason(changing.answer(before, wanted, on, because, allowed=allowed), for_board)
        if not tried:
            recording.record(made.before, made.after)
    return made
