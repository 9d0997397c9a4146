"""Judges a signed PDF against the approved contract of a packet: pages first, then each word, then what was added."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from drafter.signed import additions, comparing, matching, places
from drafter.signed.comparing import Both, Page, Taken
from drafter.signed.matching import Matched
from drafter.signed.places import Place
from drafter.signed.sheets import recognition, words
from drafter.signed.sheets.lying import Map
from drafter.signed.sheets.pages import COARSEST, Opened, Sheet
from drafter.values import dataclass

READ_ENOUGH = 0.95  # of a page's words must be read, or the page can't be judged


@dataclass(frozen=True, slots=True)
class Judged:
    """What was read of a file: its pages, how many approved words there are and were read, and the places to look at.

    `added` are additions where they are allowed, `unjudged` why something couldn't be judged, `maps` how each page of
    the file lies on the approved one, with how far it had to be turned.
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
        pages = list(pool.map(lambda one: comparing.compared(both, *one), work))
    return _summed(ours, sheets, found, pages, read, both.blind)


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
    return allowed + [f"page {number} is blank" for number in found.blank], tuple(others)


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
