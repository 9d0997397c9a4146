"""What verify does with a signed PDF: reads it, says what was read, keeps what a person saw, writes the report."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import disk
from drafter.base.problems import DraftingError
from drafter.doors import terminal
from drafter.values import dataclass

if TYPE_CHECKING:
    from rich.console import RenderableType

    from drafter.signed.verdict import Verdict

REPORT, REPORT_PDF, BESIDE = "looked-at.html", "looked-at.pdf", "printed-otherwise.html"
MOST_PLACES = 20  # that a terminal shows
_STYLES = {"as approved": "green", "as approved, looked at": "green", "otherwise": "bold red"}


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
        if any(problem.code != "unreadable-pdf" for problem in error.problems):
            raise
        if as_json:
            terminal.as_json({"problems": [terminal.problem_json(problem) for problem in error.problems]})
        terminal.problems(error.problems)
        return 2  # it can't be judged
    if looked.approved or looked.otherwise:
        found = _kept(found, file, looked)
    written = _report(found, packet, file, report) if report else []
    terminal.as_json(as_data(found)) if as_json else _say(found, file, written)
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
    from drafter.pdf import office
    from drafter.signed import report, verdict
    from drafter.signed.sheets import pages

    with (
        pages.opened(verdict.approved_pdf(packet), str(packet)) as approved,
        pages.opened(file.read_bytes(), str(file)) as theirs,
    ):
        page = report.page(found, file.name, approved, theirs)
    made = {REPORT: page.encode()}
    try:
        with terminal.waiting("Laying out the report with LibreOffice ..."):
            made[REPORT_PDF] = office.page_converted(page)
    except DraftingError as error:
        terminal.problems(error.problems, "; the report for a browser was written")
    disk.write_all({folder / name: content for name, content in made.items()})
    return [str(folder / name) for name in made]


def beside(said: Iterable[str], name: str, laid: tuple[bytes, bytes], folder: Path) -> str:
    """Write the pages of a Word file that are printed otherwise, each beside the approved one; return the path.

    `said` is what was found, in words; `laid` are both as PDFs, the approved one first. Nothing is written where no
    page differs, and the path is empty.
    """
    from drafter.signed import report
    from drafter.signed.sheets import pages
    from drafter.verifying import layout

    numbers = layout.differing(*laid)
    if not numbers:
        return ""
    with pages.opened(laid[0], "the approved contract") as approved, pages.opened(laid[1], name) as theirs:
        page = report.beside(name, said, numbers, approved, theirs)
    disk.write_all({folder / BESIDE: page.encode()})
    return str(folder / BESIDE)


def _say(found: Verdict, file: Path, written: Collection[str]) -> None:
    from drafter.signed import saying

    terminal.say(
        (terminal.one_line(str(file)), "bold"), ": ", (saying.headline(found), _STYLES.get(found.says, "yellow")), "."
    )
    rows: list[tuple[str, RenderableType]] = [("Words", saying.counts(found)), ("Pages", saying.kinds(found))]
    rows += [("Pages", line) for line in saying.pages(found)]
    rows += [("Not judged", reason) for reason in found.judged.unjudged]
    for number, place in enumerate(found.judged.places[:MOST_PLACES], 1):
        seen = saying.look(found, place)
        rows.append((f"Place {number}", terminal.one_line(saying.place(place)) + (f" ({seen})" if seen else "")))
    if len(found.judged.places) > MOST_PLACES:
        rows.append(("Places", f"and {len(found.judged.places) - MOST_PLACES} more; --pictures shows all"))
    rows += [("Added", terminal.one_line(line)) for line in found.judged.added]
    rows += [("Signature", terminal.one_line(line)) for line in saying.signatures(found.signatures)]
    if found.laid:
        rows.append(("Packet", "it keeps no PDF of its contract; its Word file was laid out for this"))
    rows += [("Wrote", path) for path in written]
    terminal.show(terminal.facts(rows))


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
