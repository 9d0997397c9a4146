"""Opens a matter to be changed: it is read while it is locked, and stays locked until the change is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import drafter.matters.matter
from drafter.matters import filing
from drafter.matters.matter import Matter


@contextmanager
def opened(place: Path, library: Path | None, *, records: bool = False, tried: bool = False) -> Iterator[Matter]:
    """Open a matter, locked until the block ends; what is only `tried` locks nothing.

    `library` is the folder of a library other than the one that the matter belongs to. DraftingError where the matter
    is in use or can't be read, and where what is done `records` something that an answers file alone has no place for.
    """
    if records:
        filing.stop_at_no_folder(place)
    with nullcontext() if tried else filing.held(filing.answers_path(place).parent):
        yield drafter.matters.matter.open(place, library)
