"""The whole contract: to read and print, as a Word file, and as a PDF."""

from __future__ import annotations

from pathlib import Path

from drafter.documents import designs
from drafter.drafting import draft
from drafter.web import jobs
from drafter.web.asked import Asked, GoTo, Reply, Sent, Shown
from drafter.web.desk import Desk, Known
from drafter.web.jobs import Work
from drafter.web.views import beside, progress
from drafter.web.work import laying

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def contract(desk: Desk, asked: Asked) -> Reply:
    """Show the contract alone."""
    known = desk.read(asked.names["matter"])
    given = {"wrong": progress.problems(desk, asked, known)}
    return Shown("contract.html", {**beside.page(desk, asked, known), **given})


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
    """Send the contract as a PDF, or lead to the job that makes one of it as it reads now."""
    return laid_out(desk, asked, "contract", asked.at("contract"), asked.at("contract.pdf"))


def laid_out(desk: Desk, asked: Asked, what: str, back: str, shows: str) -> Reply:
    """Send a document as a PDF, or lead to the job that makes one of it as it is now, and then back."""
    name, known = asked.names["matter"], desk.read(asked.names["matter"])
    document = laying.DOCUMENTS[what](known.drafted, designs.find(known.place, known.library.folder, None))
    wanted = laying.name_of(document)
    made = desk.jobs.of_kind(name, what)
    for job in made:
        place = Path(job.work.place) / wanted
        if not job.is_running and place.is_file():
            return Sent(f"{name} {what}.pdf", place.read_bytes(), "application/pdf", inline=True)
    running = next((one for one in made if one.is_running), None)
    job = running or desk.jobs.start(_laying(desk, known, what, back, shows))
    return GoTo(asked.at("jobs", str(job.number)))


def _laying(desk: Desk, known: Known, what: str, back: str, shows: str) -> Work:
    scratch = jobs.scratch()
    words = (str(known.place.absolute()), str(desk.library or ""), scratch, what)
    return Work(
        known.place.name, what, f"The {what} as a PDF", "Reading the matter ...", "drafter.web.work.laying", words,
        back, shows=shows, place=scratch,
    )  # fmt: skip
