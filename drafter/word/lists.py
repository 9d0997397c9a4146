"""Finds the paragraphs of a contract that start a list again, where the list of their style would continue.

One rule: on each side of a redline, items count as that contract numbers them. A list that is the same on both has one
number in Word; a paragraph that changes lists remembers the old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from drafter.comparing.lines import Side
from drafter.comparing.marked import MarkedParagraph, MarkedSection, Redline
from drafter.contract import Paragraph
from drafter.values import dataclass

Area = Literal["opening", "article", "exhibit"]
ITEMS = {"item": "Item", "subitem": "Subitem"}
TEXTS: Mapping[Area, str] = {"opening": "Opening Text", "article": "Section Text", "exhibit": "Exhibit Text"}
FIRST = ("(a)", "A.")  # the numbers at which an item or recital starts its list again

Place = tuple[int, int]  # a section and a block, counted as they are printed
Nums = Mapping[tuple[Place, Side], int | None]


@dataclass(frozen=True, slots=True)
class List:
    """A list of one contract: the style that leads it, its place among the lists, and whether Word must restart it."""

    leader: str
    place: int
    restarts: bool


def style_name(style: str, area: Area) -> str:
    """Return the name of the Word style of a paragraph."""
    if style in ITEMS:
        return ("Section " if area == "article" else "Exhibit ") + ITEMS[style]
    return {"recital": "Recital", "quote": "Quoted Policy"}.get(style, TEXTS[area])


def areas(redline: Redline) -> Iterator[tuple[Area, MarkedSection]]:
    """Yield the sections as they are printed, each with the part of the contract that it is in."""
    yield from (("opening", section) for section in (*redline.opening, *redline.recitals))
    yield from (("article", section) for article in redline.articles for section in article.sections)
    yield from (("exhibit", section) for exhibit in redline.exhibits for section in exhibit.sections)


def printed(redline: Redline) -> Iterator[MarkedSection]:
    """Yield the sections that print something, each where it is now: those that can have a comment."""
    for area, section in areas(redline):
        if (section.blocks or area == "article") and section.of.mark != "moved from":
            yield section


def numbered(redline: Redline, first: int) -> tuple[Nums, tuple[str, ...]]:
    """Return the Word list of each paragraph on each side, counted from `first` (None: its style's own list).

    The second value is the style that each of these lists restarts.
    """
    old, new = (dict(_lists(redline, side)) for side in ("base", "revised"))
    same: dict[List, List] = {}  # a list of the base, and the list of the revision that it became
    for place, found in new.items():
        if place in old and old[place] not in same and found not in same.values():
            same[old[place]] = found
    restarting = {found for found in new.values() if found.restarts}
    restarting |= {same.get(found, _only(found)) for found in old.values() if found.restarts}
    order: dict[List, int] = {}
    places = sorted({*old, *new})
    merged = [(place, [_names(side, place, old, new, same) for side in ("base", "revised")]) for place in places]
    for _, names in merged:
        for name in reversed(names):
            if name in restarting and name is not None:
                order.setdefault(name, first + len(order))
    nums: dict[tuple[Place, Side], int | None] = {}
    for place, (before, after) in merged:
        nums[place, "base"] = order.get(before) if before else None
        nums[place, "revised"] = order.get(after) if after else None
    return nums, tuple(name.leader for name in order)


def _names(
    side: str, place: Place, old: Mapping[Place, List], new: Mapping[Place, List], same: Mapping[List, List]
) -> List | None:
    if side == "revised":
        return new.get(place)
    found = old.get(place)
    return None if found is None else same.get(found, _only(found))


def _only(found: List) -> List:
    """Return a list of the base that the revision lacks, made different from any of the revision's."""
    return List(found.leader, -1 - found.place, found.restarts)


def _lists(redline: Redline, side: Side) -> Iterator[tuple[Place, List]]:
    """Yield the places of the numbered paragraphs of one side, each with its list."""
    current: dict[str, List] = {}
    count = 0
    for number, (area, section) in enumerate(areas(redline)):
        if (section.of.base if side == "base" else section.of.revised) is None:
            continue
        current.pop("Section Item", None)  # Word itself restarts them below each section's heading
        for place, block in _paragraphs(section, side):
            if not block.number:
                continue
            leader = style_name(block.style, area).replace("Subitem", "Item")
            if block.number in FIRST and block.style != "subitem":
                count += 1
                current[leader] = List(leader, count, leader in current)
            if leader in current:
                yield (number, place), current[leader]


def _paragraphs(section: MarkedSection, side: Side) -> Iterator[tuple[int, Paragraph]]:
    for place, block in enumerate(section.blocks):
        if isinstance(block, MarkedParagraph):
            found = block.of.base if side == "base" else block.of.revised
            if found is not None:
                yield place, found
