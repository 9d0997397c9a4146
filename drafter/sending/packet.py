"""Makes the board packet: memo, redline, clean copy and matrix.

A packet is public. Nothing made here is for our own side alone; the negotiator's brief is made separately, in another
folder, and is never among the files of a packet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path

from drafter import contract
from drafter.base import english, manifest
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.contract import Contract, sections, words
from drafter.documents import matrix_docx, memo_docx
from drafter.drafting import assembly, selection, ways
from drafter.drafting.draft import Draft
from drafter.matters import checks
from drafter.papers import matrix, memo, remarks
from drafter.papers.remarks import Known
from drafter.pdf import binding, notes, office, paper
from drafter.pdf.cover import Cover
from drafter.pdf.notes import Note
from drafter.pdf.office import Written
from drafter.pdf.paper import Sheet
from drafter.reading import readers
from drafter.reading.memo import memo_text
from drafter.reading.sources.source import Source
from drafter.values import dataclass
from drafter.word import writer

MEMO, REDLINE, CONTRACT, MATRIX = "1-memo.docx", "2-redline.docx", "3-contract.docx", "4-matrix.docx"
WHOLE, MEMO_PDF, CONTRACT_PDF, FACTS = "packet.pdf", "1-memo.pdf", "3-contract.pdf", "packet.json"
TITLES = {MEMO: "Memorandum", REDLINE: "Redline", CONTRACT: "Clean copy", MATRIX: "Compliance matrix"}
NOTES = "Notes to the redline"
OPENING = "the opening draft"  # how a packet names the draft in which every clause has its best wording
LANGUAGE = "en-US"


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet's contract, its Word files by name, the notes to its redline, what its cover says, and its facts.

    `heading` says what its redline is, `reminders` are about the day of the meeting.
    """

    contract: Contract
    documents: Mapping[str, bytes]
    notes: tuple[Note, ...]
    heading: str
    cover: Cover
    facts: bytes
    reminders: tuple[Problem, ...] = ()


# -- what a packet holds ------------------------------------------------------------------------


def make(  # what a packet is made of
    made: Draft, base: Known | None, templates: Path, *, meeting: date | None, on: date
) -> Packet:
    """Make the Word files of a packet from a settled draft.

    `base` is the version that the board saw last; without one, the redline is against the opening draft. There is no
    redline against a contract of another form, in which nearly every word would be marked: the memo says what became of
    each section.
    `templates` is the folder of the Word templates, `meeting` the day of the board's meeting, `on` the day of
    the redline's changes; its heading has the meeting's, where there is one.
    """
    text = made.library.memo
    if text is None:
        place = Place(f"{made.library.path}/{memo_text.FILE}")
        raise DraftingError(
            Problem("missing-file", place, "there is no such file", "a packet needs it: see docs/memo.md")
        )
    found = checks.problems(made.library.questionnaire, made.answers, made.selection.values, meeting)
    of_meeting = checks.fresh(made.found, found)
    stop_at(of_meeting)
    before = base or Known(opening(made), public_name=OPENING)
    known = Known(made.contract, made.selection, made.public_coverage)
    compared = remarks.compared(before, known, "board", "Drafter", on, heading_day=meeting)
    since = before.public_name
    letter = memo.make(
        text, made.selection, made.contract, made.public_coverage, compared.redline, since, meeting,
        seen=base is not None,
    )  # fmt: skip
    comments = remarks.remarks(compared.redline, before, known, "board", said=memo.changes_said(letter))
    compared = replace(compared, comments=comments)
    agreement = templates / "agreement.docx"
    has_redline = not contract.other_form(before.contract, made.contract)
    documents = {
        MEMO: memo_docx.write(letter, templates / "memo.docx"),
        **({REDLINE: compared.to_docx(agreement)} if has_redline else {}),
        CONTRACT: made.to_docx(agreement),
        MATRIX: matrix_docx.write(matrix.public(matrix.of(made)), templates / "matrix.docx"),
    }
    cover = Cover(
        title="Board packet",
        contract=words(made.contract.title),
        parties=tuple(contract.words(line) for line in made.contract.caption),
        meeting=english.long_date(meeting) if meeting else "",
        status=writer.status(made.contract),
    )
    listed = notes.listed(compared.redline, compared.comments) if has_redline else ()
    return Packet(made.contract, documents, listed, compared.heading, cover, _facts(made, meeting), of_meeting)


def opening(made: Draft) -> Contract:
    """Return the contract in which every clause of a draft has its best wording, as far as they fit together.

    A clause that only another fact would change stays as it is.
    """
    known = readers.readers(made.library, made.answers.chosen)
    selected, given, best = made.selection, made.answers, made.contract
    for choice in made.selection.choices.values():
        first = choice.clause.alternatives[0]
        if first is choice.alternative or first.position != "preferred":
            continue
        way = ways.way(selected, given, choice.clause, first, known)
        if ways.obstacle(way, "", choice.clause.place) is not None:
            continue
        try:
            then = selection.select(made.library, way.given(given))
            best = assembly.assemble(then)
        except DraftingError:  # another clause refers to what only the present wording has
            continue
        selected, given = then, way.given(given)
    return best


def _marks(made: Contract) -> list[str]:
    """Return what a copy of a contract may say of its status: the other side's doesn't say what it departs from."""
    copies = (
        copy
        for listed in (made.deviations, ())
        for copy in (replace(made, status="draft", deviations=listed), replace(made, status="final", deviations=listed))
    )
    return list(dict.fromkeys(filter(None, map(writer.status, copies))))


def _facts(made: Draft, meeting: date | None) -> bytes:
    """Return what a packet's file is known by later: the sections of the contract, with their numbers and headings."""
    numbered = [{"id": s.id, "number": s.number, "heading": words(s.heading)} for s in sections(made.contract)]
    sources = made.library.sources
    facts = {
        "contract": words(made.contract.title),
        "status": made.contract.status,
        "meeting": meeting.isoformat() if meeting else None,
        "policy": _source(sources[0]),
        "sources": [{"name": source.name, **_source(source)} for source in sources],
        "marks": _marks(made.contract),
        "sections": numbered,
    }
    return (json.dumps(facts, indent=1, ensure_ascii=False) + "\n").encode()


def _source(source: Source) -> dict[str, str]:
    return {"citation": source.citation, "status": source.status, "date": source.date.isoformat()}


def printed(made: Packet, templates: Path, during: Callable[[str], AbstractContextManager[object]]) -> dict[str, bytes]:
    """Lay a packet out as PDF and return the files: memo, contract, and the whole. `during` shows what is being done.

    DraftingError when LibreOffice is missing, fails, or takes too long.
    """
    with during("Laying out the packet with LibreOffice ..."):
        laid = binding.laid(made.cover, dict(_parts(made, templates)), templates / "cover.docx")
    with during("Putting the packet together ..."):
        alone = {
            file: laid.files[TITLES[name]].written() for file, name in ((MEMO_PDF, MEMO), (CONTRACT_PDF, CONTRACT))
        }
        return {**alone, WHOLE: binding.bound(laid, language=LANGUAGE)}


def _parts(made: Packet, templates: Path) -> Iterator[tuple[str, Written]]:
    """Yield the parts of the whole with their titles; each says how it is written for the layout."""
    for name, document in made.documents.items():
        if name == CONTRACT:  # with page numbers in its table of contents
            yield TITLES[name], office.paged(made.contract, templates / "agreement.docx", TITLES[name])
        elif name == REDLINE:
            yield TITLES[name], _always(paper.printable(document, made.heading))
            if made.notes:
                yield NOTES, _always(Sheet(notes.write(made.notes, templates / "notes.docx")))
        else:
            yield TITLES[name], _always(Sheet(paper.together(document)))


def _always(sheet: Sheet) -> Written:
    return lambda _: sheet


def files(made: Packet, laid: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a packet's files with its manifest."""
    return manifest.added({**made.documents, **laid, FACTS: made.facts})
