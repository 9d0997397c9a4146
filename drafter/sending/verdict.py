"""Says whether a Word file is the contract in a board packet, and if not, what differs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from drafter.base import manifest
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.sending.packet import CONTRACT, FACTS
from drafter.values import dataclass
from drafter.word import incoming, reader
from drafter.word.reader import Read


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a file compares with the contract of a packet.

    `differences` are the sections that differ, each by number and heading, with what is so; `outside` the lines that
    are in only one of the two files, outside the sections: the title, the caption, signature blocks; `frame`
    those that say that a draft is one, and other words of headers and footers; `hidden` the words that the file holds
    and doesn't show; `odd` what in its words reads otherwise than it is, each by where it is and what it is.
    """

    same_bytes: bool
    differences: tuple[tuple[str, str], ...] = ()
    outside: tuple[str, ...] = ()
    frame: tuple[str, ...] = ()
    tracked: bool = False
    comments: int = 0
    hidden: tuple[str, ...] = ()
    odd: tuple[tuple[str, str], ...] = ()

    @property
    def same_words(self) -> bool:
        """Say whether every word of the contract is the packet's; headers and footers are no words of it.

        Words that the file holds and doesn't show make it another contract: one click in Word shows them. So do words
        that read otherwise than they are.
        """
        return not (self.differences or self.outside or self.hidden or self.odd)


def verify(folder: Path, file: Path) -> Verdict:
    """Compare a file with the contract of a packet.

    DraftingError where the packet has changed since it was made, or the file can't be read.
    """
    if not os.path.lexists(folder / manifest.FILE):
        what, hint = "this isn't a board packet", "name the folder that 'drafter packet' wrote"
        raise DraftingError(Problem("missing-file", Place(str(folder)), what, hint))
    stop_at(_changed(place, what) for place, what in manifest.differences(folder))
    try:
        facts = json.loads((folder / FACTS).read_bytes())
        marks = set(facts["marks"])
        named = {s["id"]: f"{s['number']} {s['heading']}".strip() or s["id"] for s in facts["sections"]}
        approved = incoming.load(folder / CONTRACT)
    except (OSError, ValueError, KeyError, TypeError):
        raise DraftingError(_changed(folder / FACTS, "these aren't the facts of a packet")) from None
    data = incoming.load(file)
    if data == approved:
        return Verdict(same_bytes=True)
    ours, theirs = (reader.read(incoming.read(each), named) for each in (approved, data))
    outside = _apart(ours.outside, theirs.outside)
    frame = _apart((*ours.headers, *ours.footers), (*theirs.headers, *theirs.footers))
    return Verdict(
        same_bytes=False,
        differences=tuple(_differences(ours, theirs, named)),
        outside=tuple(line for line in outside if line[2:] not in marks),
        frame=(*(line for line in outside if line[2:] in marks), *frame),
        tracked=theirs.tracked,
        comments=theirs.comments,
        hidden=tuple(words for words in theirs.hidden if words not in ours.hidden),
        odd=tuple(found for found in reader.odd(theirs, named) if found not in reader.odd(ours, named)),
    )


def _changed(path: Path, what: str) -> Problem:
    hint = "a packet is the proof of what was approved; restore the copy that was made"
    return Problem("packet-changed", Place(str(path)), what, hint)


def _differences(ours: Read, theirs: Read, named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, section in ours.sections.items():
        other = theirs.sections.get(name)
        if other is None:
            yield named.get(name, name), "is not in the file"
        elif other != section:
            yield named.get(name, name), "differs"
    for name in theirs.sections:
        if name not in ours.sections:
            yield theirs.sections[name].heading or name, "is not in the packet"
    order = [name for name in ours.sections if name in theirs.sections]
    there = [name for name in theirs.sections if name in ours.sections]
    if order != there:
        moved = next(name for name, other in zip(there, order, strict=True) if name != other)
        yield named.get(moved, moved), "is in another place"


def _apart(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines that only one of the two has."""
    return (
        *(f"- {line}" for line in ours if line not in theirs),
        *(f"+ {line}" for line in theirs if line not in ours),
    )
