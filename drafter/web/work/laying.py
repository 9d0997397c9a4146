"""Lays the contract or the matrix of a matter out as a PDF, as a process of its own; exit code 1 where it can't."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from drafter.base import disk
from drafter.base.problems import DraftingError
from drafter.documents import designs
from drafter.documents.designs import Designs
from drafter.drafting import draft
from drafter.drafting.draft import Draft
from drafter.matters import matter
from drafter.papers import matrix
from drafter.web.work import saying


def main(place: str, library: str, folder: str, what: str) -> int:
    """Write the PDF of a matter's contract or matrix into a folder, by the name that its Word file gives it."""
    from drafter.pdf import office, paper  # slow to import, and a page needs the name alone

    try:
        made = draft.draft(matter.open(Path(place), Path(library) if library else None))
        where = designs.find(Path(place), made.library.folder, None)
        document = DOCUMENTS[what](made, where)
        with saying.doing(f"Laying out the {what} with LibreOffice ..."):
            content = (
                office.converted(paper.together(document))
                if what == MATRIX
                else office.to_pdf(draft.settled(made).contract, where.of("agreement"))
            )
        disk.write(Path(folder) / name_of(document), content)
    except DraftingError as error:
        saying.failed(error, Path(place))
        return 1
    return 0


def _matrix(made: Draft, where: Designs) -> bytes:
    from drafter.documents import matrix_docx  # slow to import

    return matrix_docx.write(matrix.of(made), where.of("matrix"))


MATRIX = "matrix"
DOCUMENTS: Mapping[str, Callable[[Draft, Designs], bytes]] = {
    "contract": lambda made, where: draft.settled(made).to_docx(where.of("agreement")),
    MATRIX: _matrix,
}  # what can be laid out: each as its Word file


def name_of(document: bytes) -> str:
    """Return the name of the PDF of a document, by its Word file: one that was changed since has another."""
    return f"{hashlib.sha256(document).hexdigest()}.pdf"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
