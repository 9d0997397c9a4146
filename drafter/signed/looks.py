"""Keeps what a person saw of the places that a program could not read: a small file beside the signed one.

One rule: what a person saw belongs to one file by its hash, to one packet by its, and to one place by its words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from drafter.base import disk
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.signed import places
from drafter.values import dataclass

ENDING = ".looks.json"


@dataclass(frozen=True, slots=True)
class Look:
    """What a person saw at a place: whether it reads as approved, who looked, and on which day."""

    place: str
    approved: bool
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Record:
    """The looks at one file, by the hash of the file and of the packet's manifest."""

    file: str
    packet: str
    looks: tuple[Look, ...] = ()

    def of(self, place: places.Place) -> Look | None:
        """Return the last look at a place, or None."""
        return next((look for look in reversed(self.looks) if look.place == key(place)), None)


def key(place: places.Place) -> str:
    """Return what a place is known by in a record: its page, its lines, what was approved and what was read there."""
    known = json.dumps(
        [place.page, place.approved_page, place.lines, place.approved, place.read, list(map(round, place.box))]
    )
    return f"page {place.page}, {hashlib.sha256(known.encode()).hexdigest()[:16]}"


def path(file: Path) -> Path:
    """Return where the looks at a file are kept."""
    return file.with_name(file.name + ENDING)


def read(file: Path, data: bytes, packet: str) -> Record:
    """Read the looks at a file; there are none where the file or the packet has changed since.

    DraftingError when the record can't be read.
    """
    digest = hashlib.sha256(data).hexdigest()
    at = path(file)
    try:
        kept = json.loads(disk.read_bytes(at))
        looks = tuple(
            Look(str(one["place"]), one["approved"] is True, str(one["by"]), date.fromisoformat(one["on"]))
            for one in kept["looks"]
        )
        same = (kept["file"], kept["packet"]) == (digest, packet)
    except FileNotFoundError:
        return Record(digest, packet)
    except (OSError, ValueError, KeyError, TypeError):
        hint = "put the record back as it was, or remove it and look at the places again"
        what = "it can't be read as the record of who looked at which place"
        raise DraftingError(Problem("bad-looks", Place(str(at)), what, hint)) from None
    return Record(digest, packet, looks if same else ())


def added(  # noqa: PLR0913
    record: Record, there: Sequence[places.Place], *, approved: Collection[int], otherwise: Collection[int],
    by: str, on: date,
) -> Record:  # fmt: skip
    """Add looks at places, given by their numbers from 1. DraftingError for a number that no place has."""
    stop_at(_no_place(number, len(there)) for number in (*approved, *otherwise) if not 0 < number <= len(there))
    stop_at(_both(number) for number in sorted({*approved} & {*otherwise}))
    seen: Iterable[tuple[int, bool]] = ((number, number in set(approved)) for number in (*approved, *otherwise))
    new = tuple(Look(key(there[number - 1]), yes, by, on) for number, yes in seen)
    return Record(record.file, record.packet, (*record.looks, *new))


def _no_place(number: int, count: int) -> Problem:
    what = f"there is no place {number}: there are {count} to look at"
    return Problem("no-such-place", Place("--as-approved, --otherwise"), what, "give the numbers that verify prints")


def _both(number: int) -> Problem:
    what = f"place {number} is named as approved and as otherwise"
    return Problem("no-such-place", Place("--as-approved, --otherwise"), what, "name it once")


def text(record: Record) -> bytes:
    """Return a record as its file holds it."""
    looks = [
        {"place": look.place, "approved": look.approved, "by": look.by, "on": look.on.isoformat()}
        for look in record.looks
    ]
    kept = {"file": record.file, "packet": record.packet, "looks": looks}
    return (json.dumps(kept, indent=1, ensure_ascii=False) + "\n").encode()
