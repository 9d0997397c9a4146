"""Makes a board packet as a process of its own, and says on standard output what it is doing; a page shows that.

Its words are those of `drafter.acts.packing`; exit code 1 where it can't be made, or no PDF can.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from drafter.acts import packing
from drafter.asking import spoken
from drafter.base.problems import DraftingError


def main(words: list[str]) -> int:
    """Make a packet as the words of a command say; return the exit code."""
    read = argparse.ArgumentParser()
    for name in ("place", "library", "on", "meeting", "since"):
        read.add_argument(name)
    for name in ("changed-pages", "final", "privileged"):
        read.add_argument(f"--{name}", action="store_true")
    given = read.parse_args(words)
    try:
        made = packing.pack(
            Path(given.place), Path(given.library) if given.library else None, None, date.fromisoformat(given.on),
            _doing,
            meeting=date.fromisoformat(given.meeting) if given.meeting else None,
            since=int(given.since) if given.since else None,
            privileged=given.privileged, final=given.final, changed_pages=given.changed_pages,
        )  # fmt: skip
    except DraftingError as error:
        _say(spoken.error(error))
        return 1
    except KeyboardInterrupt:
        _say("Stopped; nothing was written.")
        return 1
    for place in made.folders:
        _say(f"Wrote {place.name}.")
    for one in made.packet.reminders:
        _say(f"Remember: {spoken.error(DraftingError(one))}")
    if made.missing is not None:
        _say(f"{spoken.error(made.missing)} The Word files were written.")
        return 1
    return 0


@contextmanager
def _doing(words: str) -> Iterator[None]:
    _say(words)
    yield


def _say(words: str) -> None:
    sys.stdout.write(f"{' '.join(words.split())}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
