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
    because: str = "", allowed: bool = False, tried: bool = False,
) -> Answered:  # fmt: skip
    """Give answers to a matter at once: each names what is asked, and has what was typed, or None to clear it.

    DraftingError as `changing.answer`; nothing is written then.
    """
    with opening.opened(place, library, records=bool(because), tried=tried) as before:
        made = changing.answer(before, wanted, on, because, allowed=allowed)
        if not tried:
            recording.record(made.before, made.after)
    return made
