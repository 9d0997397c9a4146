"""Compares a file with the contract in a packet, as a process of its own, in a folder that is this job's alone.

The file is in `CAME`, apart from what is written: `FOUND` has the words that 'drafter verify' says, and `REPORT` the
pictures of what is to be looked at. The exit code is that of 'drafter verify'.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
from collections.abc import Iterable
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.acts import verifying
from drafter.base import disk, manifest
from drafter.base.problems import DraftingError
from drafter.sending import approval
from drafter.telling import verified
from drafter.telling.rows import Row, Words
from drafter.values import dataclass
from drafter.web.work import saying
from drafter.web.work.saying import CALLED, CAME, FOUND, PICTURES, PLACES, REPORT

if TYPE_CHECKING:  # a Word file is compared without what reads a scan
    from drafter.signed.verdict import Verdict

READ = "read.pickle"  # what was read, for when a person has looked at the places
LOOKED = "--looked"  # the first word where they have
UNREAD = 2  # the exit code where it can't be judged


@dataclass(frozen=True, slots=True)
class Found:
    """What a comparison found: its headline, its rows, and its report as a page, empty without anything to see."""

    headline: Words
    rows: Iterable[Row]
    page: str
    code: int
    places: list[dict[str, object]] = field(default_factory=list)


def main(packet: str, name: str) -> int:
    """Compare a file that came with the contract in a packet."""
    place = Path.cwd()
    os.chdir(CAME)  # it is named as the user knows it
    try:
        found = _read(Path(packet), Path(name), place) if _is_pdf(Path(name)) else _compared(Path(packet), Path(name))
    except DraftingError as error:
        saying.failed(error, Path(packet).parent)
        return UNREAD
    _write(found, place)
    return found.code


def _write(found: Found, place: Path) -> None:
    """Write what was found for the page of the job."""
    if found.page:
        _lay_out(found.page, place / REPORT)
    if found.places:
        disk.write(place / PLACES, json.dumps(found.places).encode())
    disk.write(place / FOUND, json.dumps(as_data(found.headline, found.rows)).encode())


def as_data(headline: Words, rows: Iterable[Row]) -> dict[str, object]:
    """Return words as they are written for the page of the job."""
    return {
        "headline": [headline.text, headline.kind],
        "rows": [[row.heading, [[one.text, one.kind] for one in row.words]] for row in rows],
    }


def _is_pdf(file: Path) -> bool:
    from drafter.signed import verdict  # slow to import

    return verdict.is_pdf(file)


def _compared(packet: Path, file: Path) -> Found:
    done = verifying.word(approval.read(packet), file, saying.doing)
    page = verifying.beside(done, file.name) if done.laid is not None and _has_parts() else ""
    return Found(verified.headline(done.found), verified.told(done.found), page, done.found.exit_code)


def _has_parts() -> bool:
    """Say whether what draws pages is installed: without it the words are said all the same."""
    from drafter.signed import verdict

    try:
        verdict.stop_at_missing_parts()
    except DraftingError:
        return False
    return True


def _read(packet: Path, file: Path, place: Path) -> Found:
    from drafter.signed import verdict

    saying.say("Reading the pages; this takes some seconds for each ...")
    found = verdict.verify(packet, file, during=saying.say)
    if found.judged.places:
        (place / READ).write_bytes(pickle.dumps(found))
        _picture(found, packet, file, place)
    return _told(found, packet, file)


def _picture(found: Verdict, packet: Path, file: Path, place: Path) -> None:
    """Write the pictures of the places to look at."""
    (place / PICTURES).mkdir()
    called = dict[str, tuple[str, str]]()
    for number, made in enumerate(verifying.pictures(found, packet, file), 1):
        for which, (title, content, words) in enumerate(made, 1):
            called[f"{number}-{which}.png"] = title, words
            disk.write(place / PICTURES / f"{number}-{which}.png", content)
    disk.write(place / PICTURES / CALLED, json.dumps(called).encode())


def looked(packet: str, name: str) -> int:
    """Say what was found in a file, which was read before, now that a person has looked at places of it."""
    from drafter.signed import looks

    place = Path.cwd()
    os.chdir(CAME)
    file = Path(name)
    try:
        before: Verdict = pickle.loads((place / READ).read_bytes())  # noqa: S301  # in a folder of this desk alone
        found = replace(before, record=looks.read(file, file.read_bytes(), manifest.hash_of(Path(packet))))
        told = _told(found, Path(packet), file)
    except DraftingError as error:
        saying.failed(error, Path(packet).parent)
        return UNREAD
    _write(told, place)
    return told.code


def _told(found: Verdict, packet: Path, file: Path) -> Found:
    page = verifying.report(found, packet, file) if found.judged.places else ""
    rows = verified.told_of_read(found, "they are all below")
    return Found(verified.read(found), rows, page, found.exit_code, as_places(found))


def as_places(found: Verdict) -> list[dict[str, object]]:
    """Return the places to look at: the key of each, what it is, and what was seen there."""
    return [
        {"key": key, "says": says, "seen": seen} for key, says, seen in verified.places(found)
    ]  # fmt: skip


def _lay_out(page: str, place: Path) -> None:
    """Write the report; where it can't be laid out, say why."""
    from drafter.pdf import office

    try:
        with saying.doing("Laying out the report with LibreOffice ..."):
            disk.write(place, office.page_converted(page))
    except DraftingError as error:
        saying.failed(error)


if __name__ == "__main__":
    sys.exit(looked(*sys.argv[2:]) if sys.argv[1] == LOOKED else main(*sys.argv[1:]))
