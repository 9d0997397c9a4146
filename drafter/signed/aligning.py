"""Compares a contract that another program laid out: word after word, wherever a line or a page ends.

One rule: nothing is forgiven here that isn't forgiven by places. The layer is compared with the contract, and what is
drawn with the layer of its own page, so that a layer that lies is found.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from statistics import median

from drafter.signed import additions, again, comparing, reading
from drafter.signed.comparing import Both, Taken
from drafter.signed.places import Means, Place
from drafter.signed.sheets import contents, picture, recognition, speech, words
from drafter.signed.sheets.pages import Sheet
from drafter.signed.sheets.words import Word
from drafter.values import dataclass

AGREES = 0.7  # of a page's words are at their places where it is laid out as approved
ALIKE = 0.8  # of the contract's words must be in a file that is compared word after word
OFTEN, FEWEST = 0.6, 3  # of the pages, and pages, that have a line which is no part of the text
_BOX = "☐"  # any box to tick stands for any other, until their signs are compared
LONGEST = 60  # words of a place that are shown

Read = Sequence[tuple[Sheet, Sequence[Word]]]  # pages with the words that were read of each


@dataclass(frozen=True, slots=True)
class At:
    """A word, and the page on which it is."""

    page: int
    word: Word


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the contract that aren't there, and words that are there instead; what follows them on both sides."""

    gone: tuple[At, ...]
    new: tuple[At, ...]
    ours: At
    theirs: At


def otherwise_laid(
    both: Both, pairs: Iterable[tuple[Sheet, Sheet, Taken]], ours: Iterable[Sheet], read: Iterable[Taken]
) -> bool:
    """Say whether a file holds most of the contract's words, and most of its pages have them at other places."""
    wanted = Counter(word.plain for sheet in ours for word in sheet.words if word.plain)
    there = Counter(word.plain for page in read for word in page.words if word.plain)
    if (wanted & there).total() < ALIKE * wanted.total():
        return False
    return median([_agreement(both, *pair) for pair in pairs] or [0.0]) < AGREES


def _agreement(both: Both, sheet: Sheet, ours: Sheet, read: Taken) -> float:
    """Return how much of an approved page's words a page has at their places, from 0 to 1."""
    total = sum(1 for word in ours.words if word.plain)
    lies = comparing.shifted(sheet, ours) if sheet.kind == "text" else reading.fitted(read.words, ours.words)
    if lies is None or not total:
        return 0.0
    spots, _ = reading.placed(map(lies.laid, read.words), ours.words, both.known)
    return 1 - sum(len(spot.approved) for spot in spots) / total


def compared(both: Both, ours: Sequence[Sheet], pages: Read) -> tuple[list[Place], list[str], int]:
    """Compare a file's words with the approved ones, in the order in which they are read.

    Return the places to look at, what was added where that is allowed, and how many approved words aren't there.
    """
    approved: Read = [(sheet, sheet.words) for sheet in ours]
    running = _running(approved)
    numbered = contents.entries((sheet.number, words.rows(page)) for sheet, page in approved)
    theirs = contents.entries(((sheet.number, words.rows(page)) for sheet, page in pages), contents.named(numbered))
    left_out = [frozenset(At(entry.page, entry.number) for entry in listed) for listed in (numbered, theirs)]
    layers = frozenset(sheet.number for sheet, _ in pages if sheet.kind == "text")
    changes = list(_changes(_text(approved, running, left_out[0]), _text(pages, _running(pages), left_out[1]), layers))
    zones = {sheet.number: additions.zones(page) for sheet, page in pages}
    signed = [change for change in changes if not change.gone and _in_zone(change.new, zones)
              and additions.signing(each.word for each in change.new)]  # fmt: skip
    places = [_place(both, change, layers) for change in changes if change not in signed]
    allowed = [f"page {change.theirs.page}, where it is signed: {_said(change.new)}" for change in signed]
    for line, at in _running(pages).items():
        if line not in running:
            stamp = _at_edge(at, pages) and not speech.binds(_said(at))
            allowed += [f"on nearly every page: {_said(at)}"] if stamp else []
            places += [] if stamp else [_place(both, Change((), at, At(1, ours[0].words[0]), at[0]), layers)]
    missing = [line for line in running if line not in _running(pages)]
    places += [_place(both, Change(running[line], (), running[line][0], At(1, running[line][0].word)), layers)
               for line in missing]  # fmt: skip
    lost = sum(len(change.gone) for change in changes) + sum(len(running[line]) for line in missing)
    return places, allowed, lost


def drawn(both: Both, sheet: Sheet) -> list[Place]:
    """Compare what is drawn on a page of text with its own layer, and return the places at which they don't agree."""
    seen = both.file.drawn(sheet.number, comparing.DRAWN)
    leaders = [word for word in sheet.words if words.leader(word)]
    seen = picture.strengthened(seen, comparing.DRAWN)  # nothing but its own ink is on a page that is drawn
    clean = again.without(seen, comparing.DRAWN, leaders)
    read = recognition.read(clean, comparing.DRAWN, recognition.COLUMN if leaders else recognition.PAGE)
    spots, outside = reading.placed(read, sheet.words, both.known)
    spots = again.unread(seen, None, comparing.DRAWN, spots, sheet.words, both.known)
    zones = additions.zones(sheet.words)
    rest = [
        word for word in outside
        if word.sure >= reading.SURELY and word.plain and not additions.in_zone(word, zones)
        and not additions.at_edge(word, sheet.width, sheet.height)
    ]  # fmt: skip
    found = [(spot.approved, spot.read, spot.sure) for spot in spots]
    found += [((), row, True) for row in words.rows(rest)]
    marks = [mark for mark in _marks(both, sheet) if not comparing.over(mark, rest)
             and not additions.in_zone(mark, zones)]  # fmt: skip
    return [
        Place(
            sheet.number, 0, (), words.said(ours), words.said(theirs), _means(ours, sure=sure),
            words.box((*ours, *theirs)), words.box((*ours, *theirs)),
        )
        for ours, theirs, sure in found
    ] + [
        Place(sheet.number, 0, (), "", "", "is drawn there", words.box([mark]), words.box([mark])) for mark in marks
    ]  # fmt: skip


def _marks(both: Both, sheet: Sheet) -> Iterator[Word]:
    """Yield what is drawn on a page of text, however pale, and is no word of its layer and no line; and pale words."""
    seen = both.file.drawn(sheet.number, comparing.DRAWN, grey=False)
    inked = picture.without(picture.traces(seen, scanned=False), sheet.words, comparing.DRAWN)
    found = picture.blobs(picture.strokes(inked), comparing.DRAWN, picture.TRACE)
    yield from (mark for mark in found if not comparing.over(mark, sheet.words))
    tones = picture.darkness(seen.convert("L"))
    for word in sheet.words:
        if words.boxed(word.text) and picture.hollow(word, tones, comparing.DRAWN) is not words.hollow(word.text):
            yield word
    shown = [(word, picture.darkest(word, tones, comparing.DRAWN)) for word in sheet.words if word.plain]
    yield from (word for word, tone in shown if 0 < tone < picture.LEGIBLE)


def _running(pages: Read) -> dict[str, tuple[At, ...]]:
    """Return the lines that most pages have, as headers and page numbers are, with where each is first."""
    found: dict[str, list[tuple[At, ...]]] = {}
    for sheet, page in pages:
        for row in words.rows(page):
            found.setdefault(_name(row), []).append(tuple(At(sheet.number, word) for word in row))
    least = max(OFTEN * len(pages), FEWEST)
    return {name: rows[0] for name, rows in found.items() if name and len(rows) >= least}


def _name(row: Iterable[Word]) -> str:
    return re.sub(r"\d+", "#", words.together(row))


def _text(pages: Read, running: Iterable[str], numbers: Collection[At]) -> list[At]:
    """Return the words of pages in order, without running lines and page numbers of a table of contents."""
    left_out = set(running)
    rows = [(sheet.number, row) for sheet, page in pages for row in words.rows(page) if _name(row) not in left_out]
    found = (At(number, word) for number, row in rows for word in row if word.plain or words.boxed(word.text))
    return [at for at in found if at not in numbers]


def _changes(wanted: Sequence[At], there: Sequence[At], layers: Collection[int]) -> Iterator[Change]:
    """Yield where words differ; on the pages of the file that have a text layer, each sign of them counts."""
    from rapidfuzz.distance import Indel

    steps = Indel.opcodes([each.word.plain or _BOX for each in wanted], [each.word.plain or _BOX for each in there])
    for changed, grouped in itertools.groupby(steps, key=lambda step: step.tag != "equal"):
        group = list(grouped)
        first, last = group[0], group[-1]
        gone = wanted[first.src_start : last.src_end]
        new = there[first.dest_start : last.dest_end]
        pairs = [(gone, new)] if changed else [([one], [other]) for one, other in zip(gone, new, strict=True)]
        start = first.src_start, first.dest_start
        for number, (one, other) in enumerate(pairs):
            if (
                _together(one) != _together(other)
                or _boxed(one) != _boxed(other)
                or not _same_signs(one, other, layers)
            ):
                ours = wanted[min(start[0] + number, len(wanted) - 1)]
                theirs = there[min(start[1] + number, len(there) - 1)]
                yield Change(tuple(one), tuple(other), ours, theirs)


def _same_signs(gone: Iterable[At], new: Iterable[At], layers: Collection[int]) -> bool:
    """Say whether words have the same signs, which only a layer tells; a hyphen may be where a line ends."""
    gone, new = list(gone), list(new)
    if not all(each.page in layers for each in new):
        return True
    signs = ["".join(words.signs(each.word.text) for each in one) for one in (gone, new)]
    if len(gone) != len(new):
        signs = [each.replace("-", "") for each in signs]
    return signs[0] == signs[1]


def _boxed(each: Iterable[At]) -> list[bool]:
    return [True for one in each if words.boxed(one.word.text)]


def _in_zone(each: Iterable[At], zones: Mapping[int, Sequence[additions.Zone]]) -> bool:
    return all(additions.in_zone(one.word, zones[one.page]) for one in each)


def _together(each: Iterable[At]) -> str:
    return words.together(one.word for one in each)


def _said(each: Iterable[At]) -> str:
    shown = [one.word for one in each]
    return words.said(shown[:LONGEST]) + (" ..." if len(shown) > LONGEST else "")


def _place(both: Both, change: Change, layers: Collection[int]) -> Place:
    ours = [each.word for each in change.gone if each.page == change.ours.page] or [change.ours.word]
    theirs = [each.word for each in change.new if each.page == change.theirs.page] or [change.theirs.word]
    if change.new:
        sure = any(each.page in layers or reading.surely(each.word, both.known) for each in change.new)
    else:
        sure = not all(words.boxed(each.word.text) for each in change.gone)  # no program reads boxes
    return Place(
        change.theirs.page, change.ours.page, (), _said(change.gone), _said(change.new),
        _means(change.gone, sure=sure), words.box(ours), words.box(theirs),
    )  # fmt: skip


def _means(approved: Sequence[object], *, sure: bool) -> Means:
    return "could not be read" if not sure else "reads otherwise" if approved else "was added"


def _at_edge(row: Iterable[At], pages: Read) -> bool:
    sizes = {sheet.number: (sheet.width, sheet.height) for sheet, _ in pages}
    return all(additions.at_edge(each.word, *sizes[each.page]) for each in row)
