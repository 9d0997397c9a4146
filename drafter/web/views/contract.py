"""The whole contract: to read and print, as a Word file, and as a PDF."""

from __future__ import annotations

from pathlib import Path

from drafter.documents import designs
from drafter.drafting import draft
from drafter.web.asked import Asked, Reply, Sent, Shown
from drafter.web.desk import Desk, Known
from drafter.web.views import beside

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def contract(desk: Desk, asked: Asked) -> Reply:
    """Show the contract alone."""
    known = desk.read(asked.names["matter"])
    return Shown("contract.html", beside.page(desk, asked, known))


def design(known: Known) -> Path:
    """Return the Word template of a matter's contract."""
    return designs.find(known.place, known.library.folder, None).of("agreement")


def docx(desk: Desk, asked: Asked) -> Reply:
    """Send the contract as the Word file that 'drafter draft' writes."""
    known = desk.read(asked.names["matter"])
    made = draft.settled(known.drafted)
    content = made.to_docx(design(known))
    return Sent(f"{asked.names['matter']} contract.docx", content, WORD)


def pdf(desk: Desk, asked: Asked) -> Reply:
    """Send the contract as a PDF."""
    from drafter.pdf import office  # slow to import

    known = desk.read(asked.names["matter"])
    made = draft.settled(known.drafted)
    content = office.to_pdf(made.contract, design(known))
    return Sent(f"{asked.names['matter']} contract.pdf", content, "application/pdf", inline=True)
