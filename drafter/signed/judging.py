"""Judges a signed PDF against the approved contract of a packet: pages first, then each word, then what was added."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from drafter.signed import additions, aligning, comparing, places
from drafter.signed.comparing import Both, Page, Taken
from drafter.signed.places import Place
from drafter.signed.sheets import matching, recognition, words
from drafter.signed.sheets.lying import Map
from drafter.signed.sheets.matching import Matched
from drafter.signed.sheets.pages import COARSEST, Opened, Sheet
from drafter.values import dataclass

READ_ENOUGH = 0.95  # of a page's words must be read, or the page can't be judged


@dataclass(frozen=True, slots=True)
class Judged:
    """What was read of a file: its pages, how many approved words there are and were read, and the places to look at.

    `added` are additions where they are allowed, `unjudged` why something couldn't be judged, `maps` how each page of
    the file lies on the approved one, with how far it had to be turned. `laid_out` says that another program laid it
    out, so that it was compared word after word.
    """

    sheets: tuple[Sheet, ...]
    approved_pages: int
    matched: Matched
    words: int
    read: int
    places: tuple[Place, ...]
    added: tuple[str, ...]
    other_pages: tuple[str, ...]
    unjudged: tuple[str, ...]
    maps: Mapping[int, tuple[Map, int]]
    laid_out: bool = False


def judged(approved: Opened, file: Opened, during: Callable[[str], object] = lambda _: None) -> Judged:
    """Read every page of a file and compare it with the approved contract; `during` is told what is being done."""
    ours, sheets = approved.sheets(), file.sheets()
    known = words.vocabulary(sheet.words for sheet in ours)
    both = Both(approved, file, known, recognition.missing(os.environ.get("PATH", "")))
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        during("Reading the pages ...")
        read = dict(
            zip((sheet.number for sheet in sheets), pool.map(partial(comparing.taken, both), sheets), strict=True)
        )
        found = matching.matched([sheet.words for sheet in ours], [read[sheet.number].words for sheet in sheets])
        during("Comparing them with the approved ones ...")
        work = [(sheets[number - 1], ours[page - 1], read[number]) for number, page in found.pairs.items()]
        if aligning.otherwise_laid(both, work, ours, read.values()):
            texts = [sheet for sheet in sheets if sheet.kind == "text" and not both.blind]
            lying = [place for places in pool.map(partial(aligning.drawn, both), texts) for place in places]
            summed = _aligned(both, ours, sheets, found, read, lying)
        else:
            pages = list(pool.map(lambda one: comparing.compared(both, *one), work))
            summed = _summed(ours, sheets, found, pages, read, both.blind)
        printed = [place for listed in pool.map(partial(places.printed, file), sheets) for place in listed]
    return _noted(replace(summed, places=(*summed.places, *printed)), both, ours)


def _noted(judged: Judged, both: Both, ours: Sequence[Sheet]) -> Judged:
    """Add what a file holds beside what its pages show."""
    if judged.laid_out:
        zones = {sheet.number: additions.zones(sheet.words) for sheet in judged.sheets}
        zones = {number: where for number, where in zones.items() if number in judged.matched.pairs}
    else:
        zones = {number: additions.zones(ours[page - 1].words) for number, page in judged.matched.pairs.items()}
    found = places.held(both.approved, both.file, zones, judged.maps)
    return replace(
        judged, places=(*judged.places, *found.places), added=(*judged.added, *found.allowed),
        unjudged=(*judged.unjudged, *found.unjudged),
    )  # fmt: skip


def _aligned(  # noqa: PLR0913, PLR0917
    both: Both, ours: Sequence[Sheet], sheets: Sequence[Sheet], found: Matched, taken: Mapping[int, Taken],
    lying: Sequence[Place],
) -> Judged:  # fmt: skip
    """Judge a file that another program laid out; `lying` are the places where a layer isn't what is drawn."""
    text = (sheet.number for sheet in sheets if sheet.number not in found.blank)
    last = max((number for number in text if not additions.certificate(taken[number].words)), default=0)
    pages = [(sheet, taken[sheet.number].words) for sheet in sheets if sheet.number <= last]
    listed, allowed, lost = aligning.compared(both, ours, pages)
    after = tuple(sheet.number for sheet in sheets if sheet.number > last and sheet.number not in found.blank)
    extra, others = _extra(replace(found, pairs={last: 0}, added=after), taken, len(ours))
    count = sum(1 for sheet in ours for word in sheet.words if word.plain)
    return Judged(
        tuple(sheets), len(ours), Matched(found.pairs, blank=found.blank), count, max(count - lost, 0),
        (*listed, *lying), (*allowed, *extra), others, tuple(_unjudged(sheets, (), both.blind)),
        {number: (Map(), page.turn) for number, page in taken.items()}, laid_out=True,
    )  # fmt: skip


def _summed(  # noqa: PLR0913, PLR0917
    ours: Sequence[Sheet], sheets: Sequence[Sheet], found: Matched, pages: Sequence[Page],
    taken: Mapping[int, Taken], blind: str,
) -> Judged:  # fmt: skip
    edges = {page.number: [words.said(row) for row in words.rows(places.edge(page))] for page in pages}
    common = additions.repeated(edges)
    allowed = [f"on nearly every page: {line}" for line in common]
    listed: list[Place] = []
    for page in pages:
        found_there, forgiven = places.told(page, common)
        listed += found_there
        allowed += forgiven
    extra, others = _extra(found, taken, len(ours))
    lost = sum(len(place.approved.split()) for place in listed)
    count = sum(1 for sheet in ours for word in sheet.words if word.plain)
    gone = sum(1 for sheet in ours if sheet.number in found.missing for word in sheet.words if word.plain)
    return Judged(
        tuple(sheets), len(ours), found, count, max(count - lost - gone, 0), tuple(listed), (*allowed, *extra), others,
        tuple(_unjudged(sheets, pages, blind)), {page.number: (page.lies, page.turn) for page in pages},
    )  # fmt: skip


def _extra(found: Matched, taken: Mapping[int, Taken], count: int) -> tuple[list[str], tuple[str, ...]]:
    """Return the pages that were added where that is allowed, after the last one, and those that weren't."""
    last = max(found.pairs, default=0)
    allowed: list[str] = []
    others: list[str] = []
    for number in found.added:
        page = taken[number].words
        told = f"page {number} was added: {additions.title(page)}"
        (allowed if number > last and count and additions.certificate(page) else others).append(told)
    drawn = [number for number in found.blank if taken[number].inked]
    others += [f"page {number} was added: no word of it can be read" for number in drawn]
    return allowed + [f"page {number} is blank" for number in found.blank if number not in drawn], tuple(others)


def _unjudged(sheets: Sequence[Sheet], pages: Sequence[Page], blind: str) -> Iterator[str]:
    if blind:
        yield f"the picture was not read: {blind}"
    for sheet in sheets:
        if 0 < sheet.dpi < COARSEST:
            yield f"page {sheet.number}: its picture has {sheet.dpi} dots an inch; at least {COARSEST} can be read"
    for page in pages:
        total = sum(1 for word in page.approved.words if word.plain)
        unread = sum(len(spot.approved) for spot in page.spots if not spot.sure)
        if page.unjudged:
            yield f"page {page.number}: {page.unjudged}"
        elif unread > (1 - READ_ENOUGH) * total:
            yield f"page {page.number}: only {1 - unread / total:.0%} of its words could be read"
