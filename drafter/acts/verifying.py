"""Compares a file with the contract in a packet, and makes the page with pictures of what is to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.sending.approval import Approved
from drafter.sending.packet import During
from drafter.values import dataclass
from drafter.verifying import layout
from drafter.verifying.comparison import Finding
from drafter.verifying.verdict import Verdict

if TYPE_CHECKING:  # a Word file is compared without what reads a scan
    from drafter.signed import verdict


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
    from drafter.signed import report, verdict
    from drafter.signed.sheets import pages

    with (
        pages.opened(verdict.approved_pdf(packet), str(packet)) as approved,
        pages.opened(file.read_bytes(), str(file)) as theirs,
    ):
        return report.page(found, file.name, approved, theirs)
