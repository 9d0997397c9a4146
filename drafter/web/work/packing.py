"""Makes a board packet as a process of its own, and says on standard output what it is doing; a page shows that.

Its words are those of `drafter.acts.packing`; exit code 1 where it can't be made, or no PDF can.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

from drafter.acts import packing
from drafter.base import disk
from drafter.base.problems import DraftingError
from drafter.drafting import draft
from drafter.matters import matter
from drafter.telling import called, packed
from drafter.telling.called import Called
from drafter.web.work import saying


def main(words: list[str]) -> int:
    """Make a packet as the words of a command say; return the exit code."""
    read = argparse.ArgumentParser()
    for name in ("place", "library", "on", "meeting", "since"):
        read.add_argument(name)
    for name in ("changed-pages", "final", "privileged"):
        read.add_argument(f"--{name}", action="store_true")
    given = read.parse_args(words)
    place = Path(given.place)
    folder = disk.unused(place / f"packet-{given.meeting or given.on}", beside="-privileged")  # an earlier one stays
    try:
        made = packing.pack(
            place, Path(given.library) if given.library else None, folder, date.fromisoformat(given.on), saying.doing,
            meeting=date.fromisoformat(given.meeting) if given.meeting else None,
            since=int(given.since) if given.since else None,
            privileged=given.privileged, final=given.final, changed_pages=given.changed_pages,
        )  # fmt: skip
    except DraftingError as error:
        saying.failed(error, place, _names(place, given.library))
        return 1
    except SystemExit:  # it was stopped
        saying.say("Nothing was written.")
        raise
    saying.say(f"Wrote {made.place.name}:")
    for row in packed.told(made, by_hand=False):
        saying.say(f"{row.heading}: {row.text}")
    saying.say(packed.notes(made))
    if made.beside is not None:
        saying.say(f"Wrote {made.beside.name}: the negotiator's brief, privileged, not for the packet.")
    if made.missing is not None:
        saying.failed(made.missing)
        saying.say("The Word files were written.")
        return 1
    return 0


def _names(place: Path, library: str) -> Called:
    """Return what the clauses of a matter are called, as far as it can be read."""
    with suppress(DraftingError):
        made = draft.draft(matter.open(place, Path(library) if library else None))
        return called.by_headings(made.selection, made.contract)
    return called.BY_IDS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
