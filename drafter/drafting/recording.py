"""Writes what a swap or an answer changes into a matter's folder.

Whatever interrupts it, the matter is afterwards as it was before, or as it is after the change.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from drafter.base import disk
from drafter.matters import conversions, filing, swaps
from drafter.matters.conversions import Conversion
from drafter.matters.matter import Matter


def record(before: Matter, after: Matter, filed: Mapping[str, Path] | None = None) -> None:
    """Write the record of swaps first and the answers second, since an entry counts only once the answers agree.

    `filed` has own wordings that are not in the folder yet, by their names there; they are copied before both.
    """
    for name, file in (filed or {}).items():
        if not os.path.lexists(before.place / filing.WORDING / name):
            disk.make_folder(before.place / filing.WORDING)
            disk.write(before.place / filing.WORDING / name, file.read_bytes())
    _record_swaps(before, after)
    _change_answers(before, after)


def record_form(before: Matter, after: Matter, record: tuple[Conversion, ...], *, undone: bool = False) -> None:
    """Write the records of swaps and of changes of form, and the answers, which alone say the form.

    The answers come last, or first where a change is taken back: while they say the form, its entry must be there.
    """
    if undone:
        _change_answers(before, after)
    _record_swaps(before, after)
    if filing.is_folder(before.place):
        disk.write(before.place / filing.FORMS, conversions.to_text(record).encode())
    _change_answers(before, after)


def record_undone(before: Matter, after: Matter) -> None:
    """Write the answers first and the record second: while the answers still choose it, the entry must be there."""
    _change_answers(before, after)
    _record_swaps(before, after)


def _record_swaps(before: Matter, after: Matter) -> None:
    if after.swaps != before.swaps and filing.is_folder(before.place):
        disk.write(before.place / filing.SWAPS, swaps.to_text(after.swaps).encode())


def _change_answers(before: Matter, after: Matter) -> None:
    if after.text != before.text:
        disk.write(before.path, disk.encoded_like(after.text, before.path.read_bytes()))
