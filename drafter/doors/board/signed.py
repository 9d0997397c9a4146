"""What verify does with a signed PDF: reads it, says what was read, keeps what a person saw, writes the report."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import disk
from drafter.base.problems import DraftingError
from drafter.doors import terminal
from drafter.doors.board import words
from drafter.telling import verified
from drafter.values import dataclass

if TYPE_CHECKING:
    from drafter.acts.verifying import Compared
    from drafter.signed.verdict import Verdict

REPORT, REPORT_PDF, BESIDE = "looked-at.html", "looked-at.pdf", "printed-otherwise.html"
_UNJUDGED = ("unreadable-pdf", "no-scan")  # problems that say nothing of the contract: it can't be judged


@dataclass(frozen=True, slots=True)
class Looked:
    """What a person saw: the numbers of the places that read as approved, and of those that don't; who, and when."""

    approved: Collection[int]
    otherwise: Collection[int]
    by: str
    on: date


def is_for(file: Path) -> bool:
    """Say whether a file is read as a PDF."""
    from drafter.signed import verdict

    return verdict.is_pdf(file)


def stop_at_missing_parts() -> None:
    """Raise DraftingError when a program library is missing that draws the pages of a PDF."""
    from drafter.signed import verdict

    verdict.stop_at_missing_parts()


def check(  # noqa: PLR0913  # what the command was given
    packet: Path, file: Path, *, looked: Looked, trust: Path | None, report: Path | None, as_json: bool
) -> int:  # fmt: skip
    """Say whether a PDF reads as the contract in a packet, and return the exit code."""
    from drafter.signed import verdict

    try:
        with terminal.waiting("Reading the pages; this takes some seconds for each ..."):
            found = verdict.verify(packet, file, trust=trust, during=lambda _: None)
    except DraftingError as error:
        if any(problem.code not in _UNJUDGED for problem in error.problems):
            raise
        if as_json:
            terminal.as_json({"problems": [terminal.problem_json(problem) for problem in error.problems]})
        terminal.problems(error.problems)
        return 2  # it can't be judged
    if looked.approved or looked.otherwise:
        found = _kept(found, file, looked)
    written = _report(found, packet, file, report) if report else []
    if as_json:
        terminal.as_json(as_data(found))
    else:
        rows = verified.told_of_read(found, "--pictures shows all")
        words.verdict(file, verified.read(found), rows, written)
    return found.exit_code


def _kept(found: Verdict, file: Path, looked: Looked) -> Verdict:
    """Keep what a person saw in the small file beside the signed one."""
    from dataclasses import replace

    from drafter.signed import looks

    record = looks.added(
        found.record, found.judged.places, approved=looked.approved, otherwise=looked.otherwise,
        by=looked.by.strip(), on=looked.on,
    )  # fmt: skip
    disk.write(looks.path(file), looks.text(record))
    return replace(found, record=record)


def _report(found: Verdict, packet: Path, file: Path, folder: Path) -> list[str]:
    """Write the report into a folder, as a page and, with LibreOffice, as a PDF; return the paths."""
    from drafter.acts import verifying
    from drafter.pdf import office

    page = verifying.report(found, packet, file)
    made = {REPORT: page.encode()}
    try:
        with terminal.waiting("Laying out the report with LibreOffice ..."):
            made[REPORT_PDF] = office.page_converted(page)
    except DraftingError as error:
        terminal.problems(error.problems, "; the report for a browser was written")
    disk.write_all({folder / name: content for name, content in made.items()})
    return [str(folder / name) for name in made]


def beside(done: Compared, name: str, folder: Path) -> list[str]:
    """Write the pages of a Word file that are printed otherwise, each beside the approved one; return the path.

    Nothing is written where no page differs.
    """
    from drafter.acts import verifying

    page = verifying.beside(done, name)
    if not page:
        return []
    disk.write_all({folder / BESIDE: page.encode()})
    return [str(folder / BESIDE)]


def as_data(found: Verdict) -> dict[str, object]:
    """Return the verdict for scripts."""
    from drafter.signed import saying

    judged, matched = found.judged, found.judged.matched
    return {
        "verdict": found.says,
        "says": saying.headline(found),
        "same_bytes": found.same_bytes,
        "words": judged.words,
        "read_as_approved": judged.read,
        "laid_out_otherwise": judged.laid_out,
        "kinds": [sheet.kind for sheet in judged.sheets],
        "pages": {
            "missing": list(matched.missing), "doubled": list(matched.doubled), "moved": list(matched.moved),
            "added": list(judged.other_pages),
        },
        "places": [
            {
                "place": number, "page": place.page, "approved": place.approved, "read": place.read,
                "means": place.means, "looked_at": saying.look(found, place) or None,
            }
            for number, place in enumerate(judged.places, 1)
        ],
        "added": list(judged.added),
        "not_judged": list(judged.unjudged),
        "signatures": [
            {
                "signer": one.signer, "issuer": one.issuer, "when": one.when.isoformat() if one.when else None,
                "whole_file": one.whole, "state": one.state, "trusted": one.trusted, "timestamp": one.stamped,
            }
            for one in found.signatures
        ],
    }  # fmt: skip
