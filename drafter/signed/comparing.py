"""Compares one page of a file with the approved page: its layer, its drawing, and what else is drawn on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.signed import additions, again, reading
from drafter.signed.reading import Spot
from drafter.signed.sheets import likeness, picture, recognition, words
from drafter.signed.sheets.lying import Map
from drafter.signed.sheets.pages import COARSEST, Opened, Sheet
from drafter.signed.sheets.words import Word
from drafter.values import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

    from drafter.signed.sheets.picture import Ink, Tone

DRAWN, FINEST = (
    200,
    300,
)  # dots an inch at which a page is drawn and first read, and the most for a second look at a scan
CLOSE, LOOSE = 1, 5  # dots at 200 an inch by which ink may be off: of the same layout, and of a scan
STRAIGHT = 0.002  # by which a page of text may be stretched or turned, and still lie as approved
FITS = 1.0  # points by which a page may reach over the approved one
EXACT = 2.5  # points by which a word of a text layer may be off
TURNS = (180, 90, 270)


@dataclass(frozen=True, slots=True)
class Both:
    """The two open files, the contract's vocabulary, and why no picture can be read; empty where it can."""

    approved: Opened
    file: Opened
    known: frozenset[str]
    blind: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read of a page: the words, at which dots an inch, how far it had to be turned, if anything is drawn."""

    words: tuple[Word, ...]
    dpi: int = DRAWN
    turn: int = 0
    inked: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on one page: where it doesn't agree, what else is on it, and how it lies."""

    number: int
    approved: Sheet
    lies: Map
    turn: int = 0
    spots: tuple[Spot, ...] = ()
    outside: tuple[Word, ...] = ()
    drawn: tuple[Word, ...] = ()
    unjudged: str = ""


def taken(both: Both, sheet: Sheet) -> Taken:
    """Read a page: its layer, or, where it is a picture, what a program reads of that, whichever way up it is."""
    if sheet.kind in {"text", "empty"}:
        return Taken(sheet.words)
    if both.blind or 0 < sheet.dpi < COARSEST:
        return Taken(())
    dpi = min(max(sheet.dpi, DRAWN), FINEST)
    drawn = both.file.drawn(sheet.number, DRAWN)
    if not _inked(both, sheet, drawn, DRAWN):
        return Taken((), dpi)
    drawn = picture.strengthened(drawn, DRAWN)
    upright = Taken(recognition.read(drawn, DRAWN), dpi, inked=True)
    if _clear(upright.words, both.known):
        return upright
    turn = _turn(picture.fullest(drawn), both.known)
    turned = Taken(recognition.read(drawn.rotate(turn, expand=True), DRAWN), dpi, turn, inked=True) if turn else upright
    return max(upright, turned, key=lambda one: _known(one.words, both.known))


def _turn(sample: Image, known: frozenset[str]) -> int:
    """Return by how many degrees a part of a page must be turned for its words to be read; 0 where none can be."""
    found = {0: 0}
    for turn in TURNS:
        read = recognition.read(sample.rotate(turn, expand=True), DRAWN)
        found[turn] = _known(read, known)
        if _clear(read, known):
            break
    return max(found, key=lambda turn: found[turn])


def _clear(read: Sequence[Word], known: frozenset[str]) -> bool:
    """Say whether most of the words that were read are the contract's; leaders and numbers say nothing of that."""
    return _known(read, known) > sum(len(word.plain) > 2 for word in read) / 2  # noqa: PLR2004


def _inked(both: Both, sheet: Sheet, drawn: Image, dpi: int) -> bool:
    """Say whether there is more on a page than dust, of any colour."""
    if next(picture.blobs(picture.ink(drawn), dpi, picture.DUST), None):
        return True
    coloured = both.file.drawn(sheet.number, dpi, grey=False)
    faint = picture.traces(coloured, scanned=sheet.dpi > 0, darker=picture.FAINTEST)
    return next(picture.blobs(faint, dpi, picture.DUST), None) is not None


def _known(read: Iterable[Word], known: frozenset[str]) -> int:
    return sum(len(word.plain) > 2 and word.plain in known for word in read)  # noqa: PLR2004


def compared(both: Both, sheet: Sheet, ours: Sheet, read: Taken) -> Page:
    """Compare a page of a file with the approved page that it is."""
    if sheet.kind != "text":
        return _scan(both, sheet, ours, read)
    lies = shifted(sheet, ours)
    there, unseen = tuple(map(lies.laid, sheet.words)), map(lies.laid, sheet.unseen)
    spots, outside = reading.placed(there, ours.words, both.known, EXACT)
    spots = (*(replace(spot, sure=True) for spot in spots), *_signs(there, ours.words))
    hidden = tuple(word for word in unseen if word.plain and not any(_same(word, other) for other in ours.words))
    page = Page(sheet.number, ours, lies, spots=spots, outside=(*outside, *hidden))
    return page if both.blind else _drawn(both, page, sheet)


def shifted(sheet: Sheet, ours: Sheet) -> Map:
    """Return how a page of text lies on the approved one: by whole dots, as when its margins were cropped."""
    found = reading.fitted(sheet.words, ours.words)
    if found is None or max(abs(found.a - 1), abs(found.b), abs(found.d), abs(found.e - 1)) > STRAIGHT:
        return Map()
    return Map(c=round(found.c * DRAWN / 72) * 72 / DRAWN, f=round(found.f * DRAWN / 72) * 72 / DRAWN)


def _laid(both: Both, page: Page, *, grey: bool = True) -> tuple[Image, Image]:
    """Draw a page of text, laid on the approved one, and the approved one."""
    wanted = both.approved.drawn(page.approved.number, DRAWN, grey=grey)
    seen = both.file.drawn(page.number, DRAWN, grey=grey)
    if page.lies != Map() or seen.size != wanted.size:
        seen = picture.straight(seen, page.lies, wanted.size, DRAWN)
    return seen, wanted


def _signs(there: Sequence[Word], approved: Sequence[Word]) -> Iterator[Spot]:
    """Yield where a layer has the approved word with other points or strokes, which only a layer tells surely."""
    for number, row in enumerate(words.rows(word for word in approved if word.plain)):
        for word in row:
            other = next((other for other in there if _same(word, other)), None)
            if other is not None and words.exact(other.text) != words.exact(word.text):
                yield Spot(number, (word,), (other,), sure=True)
    for number, word in _boxes(approved):
        other = next((other for other in there if _same(word, other) and words.boxed(other.text)), None)
        if other is not None and words.exact(other.text) != words.exact(word.text):
            yield Spot(number, (word,), (other,), sure=True)


def _boxes(approved: Sequence[Word]) -> Iterator[tuple[int, Word]]:
    """Yield the boxes to tick on a page, each with the number of the line that it is nearest to."""
    levels = [words.box(row)[3] for row in words.rows(word for word in approved if word.plain)]
    for word in approved:
        if words.boxed(word.text):
            yield min(range(len(levels)), key=lambda at: abs(levels[at] - word.bottom), default=0), word


def _ticked(seen: Image, meant: Image, dpi: int, approved: Sequence[Word]) -> Iterator[Spot]:
    """Yield the boxes to tick that aren't drawn as approved in a scan: no program reads them."""
    for number, word in _boxes(approved):
        if not likeness.same(seen, meant, words.box([word]), dpi):
            yield Spot(number, (word,), ())


def _same(word: Word, other: Word) -> bool:
    """Say whether two words are compared as one, and lie at one place."""
    off = max(abs(word.left - other.left), abs(word.middle[1] - other.middle[1]))
    return off <= EXACT and word.plain == other.plain


def _scan(both: Both, sheet: Sheet, ours: Sheet, read: Taken) -> Page:
    """Compare a page that is a picture with the approved one."""
    lies, dpi = reading.fitted(read.words, ours.words), read.dpi
    if lies is None:
        return Page(sheet.number, ours, Map(), read.turn, unjudged="too little of it can be read")
    meant, laid = both.approved.drawn(ours.number, dpi), _scanned(both, sheet, read, lies, ours)
    seen = laid.convert("L") if dpi == DRAWN else _turned(both, sheet, read, lies, meant.size)
    tones, approved = picture.darkness(seen), picture.darkness(meant)
    extra = picture.added(tones > picture.DARKER, approved > picture.DARKER, round(LOOSE * dpi / DRAWN))
    raw, seen = seen, picture.strengthened(seen, dpi)
    leaders = [word for word in ours.words if words.leader(word)]
    if leaders:  # they are read as letters, with the words beside them
        there = recognition.read(again.without(seen, dpi, leaders), dpi, recognition.COLUMN)
    else:
        there = tuple(map(lies.laid, read.words))
    if seen is not raw:  # nothing is read surely of a pale page
        there = tuple(replace(word, sure=min(word.sure, reading.SURELY - 1)) for word in there)
    spots, outside = reading.placed(there, ours.words, both.known)
    least = round(picture.LETTER * (dpi / DRAWN) ** 2)
    outside = tuple(word for word in outside if picture.touched(word, extra, dpi, least=least))
    spots = tuple(spot for spot in spots if spot.approved
                  or any(picture.touched(word, extra, dpi, least=least) for word in spot.read))  # fmt: skip
    doubted = again.doubtful(seen, meant, dpi, there, ours.words)
    spots = again.unread(seen, meant, dpi, spots, ours.words, both.known, doubted)
    spots = (*spots, *_ticked(seen, meant, dpi, ours.words))
    if seen is raw:
        coarse = 0 < sheet.dpi < 0.9 * DRAWN
        names = again.misdrawn(seen, meant, dpi, spots, ours.words, coarse=coarse)
        where = additions.zones(ours.words)
        crossed = [spot for spot in names if additions.in_zone(spot.approved[0], where)
                   and picture.touched(spot.approved[0], extra, dpi, least=least)]  # fmt: skip
        spots = (*spots, *(spot for spot in names if spot not in crossed))  # a signature may cross a name
    if dpi != DRAWN:
        approved = picture.darkness(both.approved.drawn(ours.number, DRAWN))
    if dpi != DRAWN or len(laid.getbands()) > 1:
        tones = picture.darkness(laid)
    found = [*picture.blobs(extra, dpi, picture.DUST), *_pale(laid, tones, approved)]
    marks = tuple(mark for mark in found if not additions.at_edge(mark, ours.width, ours.height))
    return Page(sheet.number, ours, lies, read.turn, spots, outside, marks)


def _turned(both: Both, sheet: Sheet, read: Taken, lies: Map, size: tuple[int, int]) -> Image:
    """Draw a scan in grey, as finely as it is read again, laid on the approved page of a size in dots."""
    upright = both.file.drawn(sheet.number, read.dpi).rotate(read.turn, expand=True)
    return picture.straight(upright, lies, size, read.dpi)


def _scanned(both: Both, sheet: Sheet, read: Taken, lies: Map, ours: Sheet) -> Image:
    """Draw a scan in its colours, if it has any, laid on the approved page."""
    whole = picture.plainest(both.file.drawn(sheet.number, DRAWN, grey=False)).rotate(read.turn, expand=True)
    size = math.ceil(ours.width * DRAWN / 72), math.ceil(ours.height * DRAWN / 72)
    return picture.straight(whole, lies, size, DRAWN)


def _pale(laid: Image, tones: Tone, approved: Tone) -> Iterator[Word]:
    """Yield what is drawn on a scan, in any colour: strokes, and ink that is farther than a bit from the approved.

    `tones` are those of the scan as it is laid, and the approved page's.
    """
    faint = approved > picture.FAINT
    found = picture.added(picture.traces(laid, scanned=True), faint, LOOSE)
    yield from picture.blobs(found | picture.struck(tones > picture.DARKER, faint), DRAWN, picture.DUST)


def _drawn(both: Both, page: Page, sheet: Sheet) -> Page:
    """Compare the drawing of a page of text with the approved page's, and read what isn't drawn as approved."""
    ours, lies = page.approved, page.lies
    beyond = max(-lies.c, -lies.f, lies.c + sheet.width - ours.width, lies.f + sheet.height - ours.height)
    if beyond > FITS:
        return replace(page, unjudged="it is larger than the approved page")
    seen, wanted = _laid(both, page)
    extra, gone = _otherwise(both, page), picture.paler(seen, wanted, CLOSE)
    changed = [word for word in ours.words if picture.touched(word, extra | gone, DRAWN, least=3)]
    marks = tuple(picture.blobs(extra | gone, DRAWN, picture.TRACE))
    if not changed and not marks:
        return page
    where = additions.zones(ours.words)
    lost = [word for word in changed if not additions.in_zone(word, where)
            or picture.touched(word, gone, DRAWN, least=3)]  # fmt: skip
    read = recognition.read(_bands(seen, (*changed, *marks)), DRAWN)
    spots, outside = reading.placed(read, ours.words, both.known)
    spots = tuple(spot for spot in spots if any(word in lost for word in spot.approved)
                  or (not spot.approved and any(over(word, marks) for word in spot.read)))  # fmt: skip
    layer = (*page.outside, *(word for spot in page.spots for word in spot.read))
    outside = tuple(word for word in outside if over(word, marks) and not over(word, layer))
    told = {word for spot in page.spots for word in (*spot.approved, *spot.read)}
    spots = tuple(spot for spot in spots if not any(over(word, told) for word in (*spot.approved, *spot.read)))
    spots = again.unread(seen, wanted, DRAWN, spots, ours.words, both.known)
    return replace(page, spots=(*page.spots, *spots), outside=(*page.outside, *outside), drawn=marks)


def _otherwise(both: Both, page: Page) -> Ink:
    """Return the ink of a page of text, of any colour, that the approved page hasn't."""
    seen, wanted = _laid(both, page, grey=False)
    dark = picture.added(picture.ink(seen), picture.ink(wanted), CLOSE)
    pale = picture.added(picture.traces(seen, scanned=False), picture.traces(wanted, scanned=False), CLOSE)
    found: Ink = dark | pale
    return found


def _bands(seen: Image, parts: Iterable[Word]) -> Image:
    """Return a picture of only those lines of a page in which something differs."""
    from PIL import Image as Images

    made = Images.new("L", seen.size, 255)
    for part in parts:
        top, bottom = (round((side * DRAWN) / 72) for side in (part.top - 4, part.bottom + 4))
        band = (0, max(top, 0), seen.width, min(bottom, seen.height))
        made.paste(seen.crop(band), band)
    return made


def over(word: Word, others: Iterable[Word]) -> bool:
    """Say whether a word lies over one of others, at least in part."""
    return any(
        word.left < other.right + 1 and other.left < word.right + 1
        and word.top < other.bottom + 1 and other.top < word.bottom + 1
        for other in others
    )  # fmt: skip
