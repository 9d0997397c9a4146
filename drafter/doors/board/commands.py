"""The commands for the board."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from drafter.doors.shared import (
    UNWRITTEN,
    Day,
    Name,
    Numbers,
    day_of,
    drafted,
    json_option,
    library_option,
    matter_argument,
    on_option,
    speaks,
)

if TYPE_CHECKING:
    from drafter.base.problems import DraftingError
    from drafter.drafting.draft import Draft


@click.command()
@matter_argument
@click.option("-o", "--output", type=Name(), metavar="FOLDER", help="Where to write the packet.")
@click.option("--meeting", type=Day(), metavar="DATE", help="The day of the board's meeting.")
@click.option("--since", type=int, metavar="ROUND", help="The number of the round that the board saw last.")
@click.option("--privileged", is_flag=True, help="Make the negotiator's brief too, in a folder of its own.")
@click.option("--final", is_flag=True, help="Put in the final: blanks are refused.")
@on_option
@library_option
@json_option
@speaks(UNWRITTEN)
def packet(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, output: Path | None, meeting: dt.datetime | None, since: int | None, privileged: bool, final: bool,  # noqa: FBT001
    on: dt.datetime | None, folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Make the board packet of MATTER.

    Memo, redline, clean copy and compliance matrix as Word files, and all of them in one PDF. The redline is against
    the round that the board saw last, or against the opening draft. A packet is public: nothing that is for our own
    side alone is in it. The negotiator's brief, which is not public, goes into another folder.
    """
    from drafter.base import disk, shipped
    from drafter.doors import terminal
    from drafter.doors.board import words
    from drafter.drafting import draft
    from drafter.matters import filing
    from drafter.sending import packet, versions

    day, meets = day_of(on), meeting.date() if meeting else None
    place = output or filing.answers_path(matter).parent / f"packet-{meets or day}"
    stop_at_there([place])
    beside = place.with_name(f"{place.name}-privileged") if privileged else None
    stop_at_there([beside] if beside else [])
    filing.stop_at_unwritable([place, *([beside] if beside else [])], None if output else place.parent)
    made = draft.settled(drafted(matter, folder), final=final)
    base = versions.of_number(matter, since) if since is not None else None
    templates = shipped.path("templates")
    with terminal.waiting("Writing memo, redline, clean copy and matrix ..."):
        found = packet.make(made, base, templates, meeting=meets, on=day)
        brief = brief_of(made) if beside else b""
    laid, missing = laid_out(lambda: packet.printed(found, templates, terminal.waiting))
    written = {place: packet.files(found, laid)}
    if beside:
        pages, _ = laid_out(lambda: {"brief.pdf": brief_pages(brief)}) if laid else ({}, None)
        written[beside] = {"brief.docx": brief, **pages}
    disk.write_folders(written)
    terminal.as_json(words.packet_json(place, beside, found, laid)) if as_json else words.packet(
        place, beside, found, laid
    )
    for made_here in written.values():
        terminal.unclaimed(made_here)
    if missing is not None:
        terminal.problems(missing.problems, "; the Word files were written")
        raise SystemExit(1)


def stop_at_there(places: Iterable[Path]) -> None:
    """Raise DraftingError where something is already: a packet is never written over."""
    from drafter.base.problems import Place, Problem, stop_at

    what, hint = (
        "something of this name already exists",
        "name another folder with -o; the earlier one is never overwritten",
    )
    stop_at(Problem("file-exists", Place(str(place)), what, hint) for place in places if os.path.lexists(place))


def brief_of(made: Draft) -> bytes:
    """Write the negotiator's brief of a matter as a Word file."""
    from drafter.base import shipped
    from drafter.documents import brief_docx
    from drafter.drafting import options
    from drafter.matters import filing, rounds
    from drafter.papers import brief

    place = made.matter.place
    recorded = rounds.read_all(place / filing.ROUNDS) if filing.is_folder(place) else ()
    found = options.options(made)
    content = brief.make(made.selection, made.contract, made.coverage, found, made.reasons, recorded)
    return brief_docx.write(content, shipped.template("brief"))


def brief_pages(document: bytes) -> bytes:
    """Lay out the negotiator's brief, with a message on the terminal while it runs."""
    from drafter.doors import terminal
    from drafter.pdf import office, paper

    with terminal.waiting("Laying out the brief with LibreOffice ..."):
        return office.converted(paper.together(document))


def laid_out(layout: Callable[[], dict[str, bytes]]) -> tuple[dict[str, bytes], DraftingError | None]:
    """Return the PDF files of a layout, or none and why: without LibreOffice the Word files are made all the same."""
    from drafter.base.problems import DraftingError

    try:
        return layout(), None
    except DraftingError as error:
        return {}, error


@click.command()
@click.argument("place", metavar="PACKET", type=Name())
@click.argument("file", type=Name(), metavar="FILE")
@click.option("--no-layout", is_flag=True, help="Of a Word file: don't lay both files out to compare their pages.")
@click.option(
    "--pictures", "report", type=Name(), metavar="FOLDER", help="For a PDF: where to write the places, with pictures."
)
@click.option("--as-approved", type=Numbers(), metavar="N,N", help="For a PDF: places that a person read as approved.")
@click.option("--otherwise", type=Numbers(), metavar="N,N", help="For a PDF: places that a person read otherwise.")
@click.option("--by", metavar="NAME", default="", help="Who looked at the places.")
@click.option(
    "--trust", type=Name(), metavar="ROOTS.pem", help="For a PDF: certificates that its signatures may rest on."
)
@on_option
@json_option
@speaks()
def verify(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    place: Path, file: Path, no_layout: bool, report: Path | None, as_approved: tuple[int, ...] | None,  # noqa: FBT001
    otherwise: tuple[int, ...] | None, by: str, trust: Path | None, on: dt.datetime | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Say whether FILE is the contract in PACKET.

    Of a Word file: labels, words, fields, looks and tables are compared by a closed list, and the pages as LibreOffice
    lays them out. Exit code 0 for the same file, or the same contract saved again; 1 where words differ or are printed
    otherwise; 2 where it can't be judged or can't be read.

    Of a PDF, signed or scanned: whether every word was read as approved, which places a person must look at, what was
    added, and whose its digital signatures are. Exit code 1 where it differs, 2 where that can't be said.
    """
    from drafter.base.problems import DraftingError
    from drafter.doors import phrases, terminal
    from drafter.doors.board import signed, words
    from drafter.sending import approval
    from drafter.verifying import layout

    if (as_approved or otherwise) and not by.strip():
        raise click.UsageError("--as-approved and --otherwise need the name of who looked: --by 'N. N.'")
    if signed.is_for(file):
        looked = signed.Looked(as_approved or (), otherwise or (), by, day_of(on))
        code = signed.check(place, file, looked=looked, trust=trust, report=report, as_json=as_json)
        raise SystemExit(code)
    approved = approval.read(place)
    try:
        with terminal.waiting("Comparing the contracts ..."):
            found = approved.verdict(file, None if no_layout else layout.findings)
    except DraftingError as error:
        unreadable(error, as_json=as_json)
    terminal.as_json(phrases.verdict_json(found)) if as_json else words.verdict(found, file)
    raise SystemExit(found.exit_code)


def unreadable(error: DraftingError, *, as_json: bool) -> NoReturn:
    """Print why a file can't be read, and end with exit code 2: it can't be judged."""
    from drafter.doors import terminal

    if as_json:
        terminal.as_json({"problems": [terminal.problem_json(problem) for problem in error.problems]})
    terminal.problems(error.problems)
    raise SystemExit(2)
