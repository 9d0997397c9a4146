"""Compares a file with the contract in a packet, and makes the page with pictures of what is to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import disk, manifest
from drafter.matters import filing
from drafter.sending import approval
from drafter.sending.approval import Approved
from drafter.sending.packet import During
from drafter.values import dataclass
from drafter.verifying import layout
from drafter.verifying.comparison import Finding
from drafter.verifying.verdict import Verdict

if TYPE_CHECKING:  # a Word file is compared without what reads a scan
    from drafter.signed import verdict
    from drafter.signed.sheets.pages import Opened

SIGNED = "signed"  # the folder of a matter in which a signed file is kept with the record of who looked at it


@dataclass(frozen=True, slots=True)
class Compared:
    """How a Word file compares with the contract of a packet; and both as PDFs, where they were laid out."""

    found: Verdict
    laid: tuple[bytes, bytes] | None


def word(approved: Approved, file: Path, during: During, *, lay_out: bool = True) -> Compared:
    """Compare a Word file with an approved contract; where the words are the same, the pages too, unless told not to.

    DraftingError where the file can't be read or isn't safe.
    """
    laid: list[tuple[bytes, bytes]] = []

    def look(ours: bytes, theirs: bytes) -> Iterator[Finding]:
        laid.append(layout.laid_out(ours, theirs))
        return layout.compared(*laid[-1])

    with during("Comparing the contracts ..."):
        found = approved.verdict(file, look if lay_out else None)
    return Compared(found, laid[-1] if laid else None)


def beside(done: Compared, name: str) -> str:
    """Return a page with the pages of a Word file that are printed otherwise, each beside the approved one.

    It is empty where no page differs, or none was laid out.
    """
    if done.laid is None or not (numbers := layout.differing(*done.laid)):
        return ""
    from drafter.signed import report
    from drafter.signed.sheets import pages

    ours, theirs = done.laid
    said = [f"{one.place}: {one.what}" for one in done.found.findings]
    with pages.opened(ours, "the approved contract") as approved, pages.opened(theirs, name) as other:
        return report.beside(name, said, numbers, approved, other)


def report(found: verdict.Verdict, packet: Path, file: Path) -> str:
    """Return the report on a PDF as a page: its places, each beside the approved one."""
    from drafter.signed import report

    with _both(packet, file) as (approved, theirs):
        return report.page(found, file.name, approved, theirs)


def pictures(found: verdict.Verdict, packet: Path, file: Path) -> tuple[tuple[tuple[str, bytes, str], ...], ...]:
    """Return the pictures of each place, as `signed.report.pictures` yields them."""
    from drafter.signed import report

    with _both(packet, file) as (approved, theirs):
        return tuple(report.pictures(found, approved, theirs))


@contextmanager
def _both(packet: Path, file: Path) -> Iterator[tuple[Opened, Opened]]:
    """Open the approved contract, and a file."""
    from drafter.signed import verdict
    from drafter.signed.sheets import pages

    with (
        pages.opened(verdict.approved_pdf(packet), str(packet)) as approved,
        pages.opened(file.read_bytes(), str(file)) as theirs,
    ):
        yield approved, theirs


def look(  # noqa: PLR0913, PLR0917  # what a person saw, of what, and when
    matter: Path, packet: Path, file: Path, seen: Mapping[str, bool], by: str, on: date
) -> Path:
    """Keep what a person saw at places of a PDF, by their keys, in the record that the command keeps; return its path.

    The file is kept with it in the matter, in `signed`, where the record counts for it. DraftingError where the packet
    isn't as it was made, or the record can't be read.
    """
    from drafter.signed import looks

    approval.stop_at_changes(packet)
    data = file.read_bytes()
    with filing.held(matter):
        kept = signed_copy(matter, data) or disk.unused(matter / SIGNED / file.name)
        before = looks.read(kept, data, manifest.hash_of(packet))
        new = tuple(looks.Look(place, approved, by, on) for place, approved in seen.items())
        disk.make_folder(kept.parent)
        if not kept.exists():
            disk.write(kept, data)
        disk.write(looks.path(kept), looks.text(replace(before, looks=(*before.looks, *new))))
    return looks.path(kept)


def signed_copy(matter: Path, data: bytes) -> Path | None:
    """Return the copy of a signed file that a matter keeps; None where it keeps none."""
    folder = matter / SIGNED
    found = (path for path in sorted(folder.glob("*")) if path.is_file() and not path.is_symlink())
    alike = (path for path in found if path.stat().st_size == len(data) and path.read_bytes() == data)
    return next(alike, None) if filing.is_folder(folder) and not folder.is_symlink() else None
