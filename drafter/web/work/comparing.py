"""Compares a file with the contract in a packet, as a process of its own, in a folder that is this job's alone.

The file is in `CAME`, apart from what is written: `FOUND` has the words that 'drafter verify' says, and `REPORT` the
pictures of what is to be looked at. The exit code is that of 'drafter verify'.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from drafter.acts import verifying
from drafter.base import disk
from drafter.base.problems import DraftingError
from drafter.sending import approval
from drafter.telling import verified
from drafter.telling.rows import Row, Words
from drafter.values import dataclass
from drafter.web.work import saying
from drafter.web.work.saying import CAME, FOUND, REPORT

UNREAD = 2  # the exit code where it can't be judged


@dataclass(frozen=True, slots=True)
class Found:
    """What a comparison found: its headline, its rows, and its report as a page, empty without anything to see."""

    headline: Words
    rows: Iterable[Row]
    page: str
    code: int


def main(packet: str, name: str) -> int:
    """Compare a file that came with the contract in a packet."""
    place = Path.cwd()
    os.chdir(CAME)  # it is named as the user knows it
    try:
        found = _read(Path(packet), Path(name)) if _is_pdf(Path(name)) else _compared(Path(packet), Path(name))
    except DraftingError as error:
        saying.failed(error)
        return UNREAD
    if found.page:
        _lay_out(found.page, place / REPORT)
    disk.write(place / FOUND, json.dumps(as_data(found.headline, found.rows)).encode())
    return found.code


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


def _read(packet: Path, file: Path) -> Found:
    from drafter.signed import verdict

    saying.say("Reading the pages; this takes some seconds for each ...")
    found = verdict.verify(packet, file, during=saying.say)
    page = verifying.report(found, packet, file) if found.judged.places else ""
    return Found(verified.read(found), verified.told_of_read(found, "the report has them all"), page, found.exit_code)


def _lay_out(page: str, place: Path) -> None:
    """Write the report; where it can't be laid out, say why."""
    from drafter.pdf import office

    try:
        with saying.doing("Laying out the report with LibreOffice ..."):
            disk.write(place, office.page_converted(page))
    except DraftingError as error:
        saying.failed(error)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
