"""The places of a page to look at, and what was added to it where that is allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from drafter.pdf.inspecting.held import Note
from drafter.signed import additions, comparing, reading
from drafter.signed.additions import Zone
from drafter.signed.comparing import Page
from drafter.signed.reading import Spot
from drafter.signed.sheets import picture, speech, words
from drafter.signed.sheets.lying import Map
from drafter.signed.sheets.pages import Opened, Sheet, shown
from drafter.signed.sheets.words import Word
from drafter.values import dataclass

Means = Literal["reads otherwise", "could not be read", "was added", "is drawn there", "prints otherwise"]

INITIALS = 4  # letters at most
# Marks that say something of the words below them, whoever draws them or doesn't.
_MARKS = {
    "Caret": "a mark to insert words", "Redact": "a mark to remove words", "StrikeOut": "a mark through words",
    "FileAttachment": "a file that is attached",
}  # fmt: skip
_SILENT = {"Popup", "Link", "Widget"}  # of themselves these show nothing
PRINTED = 100  # dots an inch at which what is printed is compared with what is shown


@dataclass(frozen=True, slots=True)
class Place:
    """A place to look at: its page in the file, the approved page and lines, and what was approved and read there.

    `box` is where it is on the approved page, in points; `means` is what the program holds of it. In a file that is
    laid out otherwise `there` is where it is in the file, and the approved page is 0 where only the file itself
    doesn't agree.
    """

    page: int
    approved_page: int
    lines: tuple[int, ...]
    approved: str
    read: str
    means: Means
    box: tuple[float, float, float, float]
    there: tuple[float, float, float, float] | None = None

    @property
    def otherwise(self) -> bool:
        """Say whether the words there are surely not those approved."""
        return self.means in {"reads otherwise", "was added", "prints otherwise"}


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds beside its pages: places, what was added where that is allowed, why the rest isn't judged."""

    places: tuple[Place, ...] = ()
    allowed: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()


def edge(page: Page) -> list[Word]:
    """Return the words in the margin that printers and services write in."""
    return [word for word in page.outside if additions.at_edge(word, page.approved.width, page.approved.height)]


def told(page: Page, common: Sequence[str]) -> tuple[list[Place], list[str]]:
    """Return the places of a page to look at, and what was added where that is allowed."""
    where = additions.zones(page.approved.words)
    lines = {word: words.said(row) for row in words.rows(edge(page)) for word in row}
    outside = [word for word in page.outside if not (word in lines and additions.known_line(lines[word], common))]
    stamped = [word for word in page.outside if word not in outside]
    signed = [word for word in outside if additions.in_zone(word, where)]
    here = [word for spot in page.spots if not spot.approved for word in spot.read if additions.in_zone(word, where)]
    speaking = {word for row in words.rows([*signed, *here]) if not additions.signing(row) for word in row}
    signed = [word for word in signed if word not in speaking]
    spots: list[Spot] = []
    for spot in page.spots:
        inside = tuple(word for word in spot.read if additions.in_zone(word, where) and word not in speaking)
        signed += inside if not spot.approved else ()
        kept = spot.read if spot.approved else tuple(word for word in spot.read if word not in inside)
        if spot.approved or kept:
            spots.append(replace(spot, read=kept))
    places = [_place(page, group) for group in _grouped(spots)]
    others = [word for word in outside if word not in signed and _letters(word)]
    places += [_added(page, row) for row in words.rows(others)]
    known = [*stamped, *others, *signed, *(word for spot in spots for word in (*spot.approved, *spot.read))]
    marks = [mark for mark in page.drawn if not additions.in_zone(mark, where) and not comparing.over(mark, known)]
    places += [_mark(page, group) for group in _by_paragraph(marks, words.paragraphs(page.approved.words))]
    written = [f"page {page.number}, where it is signed: {words.said(row)}" for row in words.rows(signed)]
    if not written and any(additions.in_zone(mark, where) for mark in page.drawn):
        written = [f"page {page.number}, where it is signed: something is drawn"]
    return places, written


def printed(file: Opened, sheet: Sheet) -> list[Place]:
    """Return where a page prints otherwise than it is shown, as notes and layers for only one of both do."""
    if not file.varies(sheet.number):
        return []
    shown, on_paper = (file.drawn(sheet.number, PRINTED, grey=False, printed=printed) for printed in (False, True))
    found = picture.blobs(picture.unlike(shown, on_paper), PRINTED, picture.TRACE)
    boxes = [words.box([each]) for each in found]
    return [Place(sheet.number, 0, (), "", "", "prints otherwise", box, box) for box in boxes]


def _letters(word: Word) -> bool:
    """Say whether a reading off the lines is more than dust."""
    return (len(word.plain) > 1 and word.sure >= 50) or (word.sure >= reading.SURELY and bool(word.plain))  # noqa: PLR2004


def _grouped(spots: Sequence[Spot]) -> Iterator[list[Spot]]:
    """Group spots of lines that follow each other: an inserted word moves all that come after it."""
    group: list[Spot] = []
    for spot in sorted(spots, key=lambda spot: spot.line):
        if group and spot.line > group[-1].line + 1:
            yield group
            group = []
        group.append(spot)
    if group:
        yield group


def _place(page: Page, group: Sequence[Spot]) -> Place:
    approved = tuple(word for spot in group for word in spot.approved)
    read = tuple(word for spot in group for word in spot.read)
    sure = any(spot.sure for spot in group)
    means: Means = "could not be read" if not sure else "reads otherwise" if approved else "was added"
    lines = tuple(dict.fromkeys(spot.line for spot in group))
    return Place(
        page.number, page.approved.number, lines, words.said(approved), words.said(read), means,
        words.box((*approved, *read)),
    )  # fmt: skip


def _added(page: Page, row: Sequence[Word]) -> Place:
    sure = any(word.sure >= reading.SURELY for word in row) and not _initials(page, row)
    means: Means = "was added" if sure else "could not be read"
    return Place(page.number, page.approved.number, (), "", words.said(row), means, words.box(row))


def _initials(page: Page, row: Sequence[Word]) -> bool:
    """Say whether a row beside the text may be initials, as signers put on each page: a person must look at them."""
    left, _, right, _ = words.box(page.approved.words)
    signs = "".join(sign for word in row for sign in word.text if sign.isalnum())
    beside = all(word.right < left or word.left > right for word in row)
    return beside and len(signs) <= INITIALS and signs.isalpha() and signs.isupper() and not words.strict(signs.lower())


def _mark(page: Page, marks: Sequence[Word]) -> Place:
    return Place(page.number, page.approved.number, (), "", "", "is drawn there", words.box(marks))


def _by_paragraph(marks: Iterable[Word], paragraphs: Sequence[Sequence[Word]]) -> Iterator[list[Word]]:
    """Group what is drawn over one paragraph: a little space more or less there moves every word. Yield the groups."""
    groups: dict[int, list[Word]] = {}
    for mark in marks:
        over = (number for number, each in enumerate(paragraphs) if comparing.over(mark, each))
        number = next(over, None)
        if number is None:
            yield [mark]
        else:
            groups.setdefault(number, []).append(mark)
    yield from groups.values()


def held(
    approved: Opened, file: Opened, zones: Mapping[int, Sequence[Zone]], maps: Mapping[int, tuple[Map, int]]
) -> Held:
    """Judge what a file holds and the approved contract doesn't.

    `zones` are where each page that is one of the contract's may be signed; `maps` say how it lies on the approved one.
    """
    known = Counter((note.kind, note.words) for note in approved.notes())
    places: list[Place] = []
    allowed: list[str] = []
    for note in file.notes():
        if note.words and known[note.kind, note.words] > 0:
            known[note.kind, note.words] -= 1
            continue
        where = zones.get(note.page)
        lies = maps.get(note.page, (Map(), 0))[0]
        signing = where is not None and additions.in_zone(lies.laid(_there(note)), where)
        if _harmless(note, signing=signing, own=where is not None):
            allowed += _listed(note)
        else:
            places.append(_note(note))
    others = file.others()
    if others:
        usual = approved.others()
        others = tuple(each for each in others if each not in usual)
    return Held(tuple(places), tuple(dict.fromkeys(allowed)), others)


def _harmless(note: Note, *, signing: bool, own: bool) -> bool:
    """Say whether a note may be there; `own` says that its page is one of the contract's."""
    if note.kind == "Link":
        return True
    if note.kind in _MARKS:
        return note.hidden
    if note.words:
        return (signing or not own) and not speech.binds(note.words, certificate=not own)
    return note.looks or note.hidden or note.kind in _SILENT  # what is drawn of it is compared with the page


def _listed(note: Note) -> Iterator[str]:
    if note.kind == "Link":
        if note.words:
            yield f"page {note.page}: a link to {note.words}"
    elif note.hidden:
        yield f"page {note.page}: a hidden note: {note.words or note.kind}"
    elif note.words:
        yield f"page {note.page}, where it is signed: {note.words}"


def _note(note: Note) -> Place:
    said = " ".join(filter(None, (_MARKS.get(note.kind, ""), note.words)))
    box = words.box([_there(note)])
    return Place(note.page, 0, (), "", said, "was added" if said else "is drawn there", box, box)


def _there(note: Note) -> Word:
    """Return where a note is on its page as that is shown."""
    return Word("", *shown(note.there, note.box, note.turned))
