"""The commands for the board."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from drafter.doors.shared import (
    UNWRITTEN,
    Day,
    Name,
    Numbers,
    day_of,
    json_option,
    library_option,
    matter_argument,
    on_option,
    speaks,
)

if TYPE_CHECKING:
    from drafter.base.problems import DraftingError


@click.command()
@matter_argument
@click.option("-o", "--output", type=Name(), metavar="FOLDER", help="Where to write the packet.")
@click.option("--meeting", type=Day(), metavar="DATE", help="The day of the board's meeting.")
@click.option("--since", type=int, metavar="ROUND", help="The number of the round that the board saw last.")
@click.option(
    "--changed-pages", is_flag=True, help="Put in the sections that changed, whole, in place of redline and clean copy."
)
@click.option(
    "--template", type=Name(), metavar="DIR|FILE", help="A folder of Word templates, or the contract's template."
)
@click.option("--privileged", is_flag=True, help="Make the negotiator's brief too, in a folder of its own.")
@click.option("--final", is_flag=True, help="Put in the final: blanks are refused.")
@on_option
@library_option
@json_option
@speaks(UNWRITTEN)
def packet(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, output: Path | None, meeting: dt.datetime | None, since: int | None, changed_pages: bool,  # noqa: FBT001
    template: Path | None, privileged: bool, final: bool, on: dt.datetime | None, folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Make the board packet of MATTER.

    Memo, redline, clean copy and compliance matrix as Word files, and all of them in one PDF. The redline is against
    the round that the board saw last, or against the opening draft. A packet is public: nothing that is for our own
    side alone is in it. The negotiator's brief, which is not public, goes into another folder.
    """
    from drafter.acts import packing
    from drafter.doors import terminal
    from drafter.doors.board import words

    meets = meeting.date() if meeting else None
    made = packing.pack(
        matter,
        folder,
        output,
        day_of(on),
        terminal.waiting,
        meeting=meets,
        since=since,
        privileged=privileged,
        final=final,
        template=template,
        changed_pages=changed_pages,
    )
    terminal.as_json(words.packet_json(made)) if as_json else words.packet(made)
    for written in made.folders.values():
        terminal.unclaimed(written)
    if made.missing is not None:
        terminal.problems(made.missing.problems, "; the Word files were written")
        raise SystemExit(1)


@click.command()
@click.argument("place", metavar="PACKET", type=Name())
@click.argument("file", type=Name(), metavar="FILE")
@click.option("--no-layout", is_flag=True, help="Of a Word file: don't lay both files out to compare their pages.")
@click.option(
    "--pictures", "report", type=Name(), metavar="FOLDER", help="Where to write the places or pages, with pictures."
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

    Of a Word file: labels, words, fields, looks and tables are compared, and the pages as LibreOffice lays them out; a
    difference in anything else can't be judged. Exit code 0 for the same file, or the same contract saved again; 1
    where words differ or are printed otherwise; 2 where it can't be judged or can't be read.

    Of a PDF, signed or scanned: whether every word was read as approved, which places a person must look at, what was
    added, and whose its digital signatures are. Exit code 1 where it differs, 2 where that can't be said.
    """
    from drafter.acts import verifying
    from drafter.base.problems import DraftingError
    from drafter.doors import phrases, terminal
    from drafter.doors.board import signed, words
    from drafter.sending import approval
    from drafter.telling import verified

    if (as_approved or otherwise) and not by.strip():
        raise click.UsageError("--as-approved and --otherwise need the name of who looked: --by 'N. N.'")
    if signed.is_for(file):
        looked = signed.Looked(as_approved or (), otherwise or (), by, day_of(on))
        code = signed.check(place, file, looked=looked, trust=trust, report=report, as_json=as_json)
        raise SystemExit(code)
    approved = approval.read(place)
    try:
        if report:
            signed.stop_at_missing_parts()
        done = verifying.word(approved, file, terminal.waiting, lay_out=not no_layout)
    except DraftingError as error:
        unreadable(error, as_json=as_json)
    written = signed.beside(done, file.name, report) if report else []
    if as_json:
        terminal.as_json(phrases.verdict_json(done.found))
    else:
        words.verdict(file, verified.headline(done.found), verified.told(done.found), written)
    raise SystemExit(done.found.exit_code)


def unreadable(error: DraftingError, *, as_json: bool) -> NoReturn:
    """Print why a file can't be read, and end with exit code 2: it can't be judged."""
    from drafter.doors import terminal

    if as_json:
        terminal.as_json({"problems": [terminal.problem_json(problem) for problem in error.problems]})
    terminal.problems(error.problems)
    raise SystemExit(2)
