"""Makes the board packet: memo, redline or changed sections, clean copy, matrix, agenda line and public notice.

A packet is public. Nothing made here is for our own side alone; the negotiator's brief is made separately, in another
folder, and is never among the files of a packet.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

from drafter import contract
from drafter.base import english, manifest
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.contract import Contract, sections, words
from drafter.documents import changes_docx, matrix_docx, memo_docx, notice_docx
from drafter.documents.designs import Designs
from drafter.drafting import assembly, selection, ways
from drafter.drafting.draft import Draft
from drafter.matters import checks, filing, rounds
from drafter.matters.rounds import Round
from drafter.papers import changed_sections, matrix, memo, remarks
from drafter.papers.remarks import Known
from drafter.papers.texts import agenda, notice
from drafter.pdf import notes, office, paper
from drafter.pdf.cover import Beside, Cover
from drafter.pdf.notes import Note
from drafter.pdf.office import Written
from drafter.pdf.paper import Sheet
from drafter.reading import readers
from drafter.reading.memo import memo_text
from drafter.reading.sources.source import Source
from drafter.sending.names import (
    AGENDA,
    CHANGES,
    CONTRACT,
    CONTRACT_PDF,
    FACTS,
    MATRIX,
    MEMO,
    MEMO_PDF,
    NOTES,
    NOTICE,
    NOTICE_PDF,
    REDLINE,
    REDLINE_PDF,
    TITLES,
    WHOLE,
)
from drafter.values import dataclass
from drafter.word import writer
from drafter.word.oxml.changes import Stamp

AUTHOR = "Drafter"  # whose the changes of a redline are
OPENING = "the opening draft"  # how a packet names the draft of `opening`
LANGUAGE = "en-US"
BESIDE = (  # with the sections that changed
    Beside("Redline of the whole contract", REDLINE_PDF, (TITLES[REDLINE], NOTES), "Redline page {page} of {pages}"),
    Beside("Clean copy of the whole contract", CONTRACT_PDF, (TITLES[CONTRACT],)),
)

During = Callable[[str], AbstractContextManager[object]]  # shows, while it lasts, what is being done


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet's contract, its Word files by name, the notes to its redline, what its cover says, and its facts.

    `heading` says what its redline is, `reminders` are about the day of the meeting and about own wordings beside
    other values, and `agenda` is the line on its agenda, which may be empty. With `CHANGES` among the files, the
    redline and the clean copy are beside the one file in which all others are.
    """

    contract: Contract
    documents: Mapping[str, bytes]
    notes: tuple[Note, ...]
    heading: str
    cover: Cover
    facts: bytes
    reminders: tuple[Problem, ...] = ()
    agenda: str = ""


# -- what a packet holds ------------------------------------------------------------------------


def make(  # noqa: PLR0913  # what a packet is made of
    made: Draft, base: Known | None, designs: Designs, *, meeting: date | None, on: date, changed_pages: bool = False
) -> Packet:
    """Make the Word files of a packet from a settled draft.

    `base` is the version that the board saw last; without one, the redline is against the opening draft. There is no
    redline against a contract of another form, in which nearly every word would be marked: the memo says what became of
    each section.
    `designs` are the Word templates, `meeting` the day of the board's meeting, `on` the day of the redline's changes;
    its heading has the meeting's, where there is one. With `changed_pages`, the sections that changed are shown whole.
    """
    text = made.library.memo
    if text is None:
        place = Place(f"{made.library.path}/{memo_text.MEMO.file}")
        raise DraftingError(
            Problem("missing-file", place, "there is no such file", "a packet needs it: see docs/memo.md")
        )
    reminders = (*of_meeting(made, meeting), *made.other_values)
    stop_at(reminders)
    before = base or Known(opening(made), public_name=OPENING, library=made.library.fingerprint)
    known = Known(made.contract, made.selection, made.public_coverage)
    compared = remarks.compared(before, known, "board", AUTHOR, on, heading_day=meeting)
    since = before.public_name
    letter = memo.make(
        text, made.selection, made.contract, made.public_coverage, compared.redline, since, meeting,
        seen=base is not None, record=made.matter.swaps,
    )  # fmt: skip
    comments = remarks.remarks(compared.redline, before, known, "board", said=memo.changes_said(letter))
    compared = replace(compared, comments=comments)
    agreement = designs.of("agreement")
    has_redline = not contract.other_form(before.contract, made.contract)
    shown: dict[str, bytes] = {}
    if has_redline and changed_pages:
        said = changed_sections.said_before(text, before.contract) if before.library == made.library.fingerprint else {}
        told = changed_sections.Told(letter.changes, said, made.public_reasons)
        sections_shown = changed_sections.make(compared.redline, before, known, told)
        shown[CHANGES] = changes_docx.write(sections_shown, designs.of("changes"), Stamp(AUTHOR, on.isoformat()))
    documents = {
        MEMO: memo_docx.write(letter, designs.of("memo")),
        **shown,
        **({REDLINE: compared.to_docx(agreement)} if has_redline else {}),
        CONTRACT: made.to_docx(agreement),
        MATRIX: matrix_docx.write(matrix.public(matrix.of(made)), designs.of("matrix")),
        **_notice(made, designs, meeting),
    }
    cover = Cover(
        title="Board packet",
        contract=words(made.contract.title),
        parties=tuple(contract.words(line) for line in made.contract.caption),
        meeting=english.long_date(meeting) if meeting else "",
        status=writer.status(made.contract),
    )
    listed = notes.listed(compared.redline, compared.comments) if has_redline else ()
    facts, line = _facts(made, meeting), agenda.text(letter)
    return Packet(
        made.contract, documents, listed, compared.heading, cover, facts, (*reminders, *made.other_values), line
    )


def of_meeting(made: Draft, meeting: date | None) -> tuple[Problem, ...]:
    """Return what the questionnaire's checks find about the day of the meeting, and not without it."""
    found = checks.problems(made.library.questionnaire, made.answers, made.selection.values, _days(made, meeting))
    return checks.fresh(made.found, found)


def _days(made: Draft, meeting: date | None) -> Mapping[str, date]:
    """Return the days about which the questionnaire may check a packet: the meeting's, and the last round's before it.

    Rounds that can't be read are for the commands that rest on them to speak of.
    """
    if meeting is None:
        return {}
    recorded: tuple[Round, ...] = ()
    with contextlib.suppress(DraftingError):
        recorded = rounds.read_all(made.matter.place / filing.ROUNDS) if filing.is_folder(made.matter.place) else ()
    return {memo_text.MEETING: meeting, **({memo_text.LAST_ROUND: recorded[-1].on} if recorded else {})}


def _notice(made: Draft, designs: Designs, meeting: date | None) -> dict[str, bytes]:
    """Write the notice to the public, where the library has the texts of one."""
    text = made.library.papers.get(memo_text.NOTICE.name)
    if text is None:
        return {}
    said = notice.make(text, made.selection, made.contract, meeting)
    return {NOTICE: notice_docx.write(said, designs.of("notice"))}


def opening(made: Draft) -> Contract:
    """Return the contract in which every clause of a draft has its best wording, as far as they fit together.

    A clause that only another fact, or the wording of another clause, would change stays as it is.
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


def printed(made: Packet, designs: Designs, during: During) -> dict[str, bytes]:
    """Lay a packet out as PDF and return the files: memo, contract, and the whole. `during` shows what is being done.

    With the sections that changed, the redline is a file of its own, and the cover names it and the clean copy.
    DraftingError when LibreOffice is missing, fails, or takes too long.
    """
    from drafter.pdf import binding  # loads pypdf

    beside = BESIDE if CHANGES in made.documents else ()
    with during("Laying out the packet with LibreOffice ..."):
        apart = {NOTICE: _alone(made.documents[NOTICE])} if NOTICE in made.documents else {}  # it is for other readers
        laid = binding.laid(made.cover, dict(_parts(made, designs)), designs.of("cover"), beside, apart)
    with during("Putting the packet together ..."):
        alone = {
            file: laid.files[TITLES[name]].written() for file, name in ((MEMO_PDF, MEMO), (CONTRACT_PDF, CONTRACT))
        }
        alone |= {NOTICE_PDF: laid.files[NOTICE].written()} if apart else {}
        others = {one.file: binding.bound_beside(laid, one, language=LANGUAGE) for one in beside if one.numbered}
        return {**alone, **others, WHOLE: binding.bound(laid, language=LANGUAGE)}


def _parts(made: Packet, designs: Designs) -> Iterator[tuple[str, Written]]:
    """Yield the parts of the whole with their titles; each says how it is written for the layout."""
    for name, document in made.documents.items():
        if name == NOTICE:
            continue
        if name == CONTRACT:  # with page numbers in its table of contents
            yield TITLES[name], office.paged(made.contract, designs.of("agreement"), TITLES[name])
        elif name in {REDLINE, CHANGES}:
            yield TITLES[name], _always(paper.printable(document, made.heading))
        else:
            yield TITLES[name], _alone(document)
        if name == REDLINE and made.notes:
            yield NOTES, _always(Sheet(notes.write(made.notes, designs.of("notes"))))


def _alone(document: bytes) -> Written:
    return _always(Sheet(paper.together(document)))


def _always(sheet: Sheet) -> Written:
    return lambda _: sheet


def files(made: Packet, laid: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a packet's files with its manifest."""
    said = {AGENDA: made.agenda.encode()} if made.agenda else {}
    return manifest.added({**made.documents, **laid, **said, FACTS: made.facts})
