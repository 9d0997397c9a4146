"""Lays the contract of a matter out as a PDF, as a process of its own; exit code 1 where that can't be done."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from drafter.base import disk
from drafter.base.problems import DraftingError
from drafter.documents import designs
from drafter.drafting import draft
from drafter.matters import matter
from drafter.web.work import saying


def main(place: str, library: str, folder: str) -> int:
    """Write the PDF of a matter's contract into a folder, by the name that its Word file gives it."""
    from drafter.pdf import office  # slow to import, and a page needs the name alone

    try:
        made = draft.settled(draft.draft(matter.open(Path(place), Path(library) if library else None)))
        design = designs.find(Path(place), made.library.folder, None).of("agreement")
        name = name_of(made.to_docx(design))
        with saying.doing("Laying out the contract with LibreOffice ..."):
            content = office.to_pdf(made.contract, design)
        disk.write(Path(folder) / name, content)
    except DraftingError as error:
        saying.failed(error)
        return 1
    return 0


def name_of(document: bytes) -> str:
    """Return the name of the PDF of a contract, by its Word file: one that was changed since has another."""
    return f"{hashlib.sha256(document).hexdigest()}.pdf"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
