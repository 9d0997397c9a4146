"""Turns what English asks of a list into claims: how each of its items ends, and what comes after it.

One rule: two items are judged by what is printed, one right after the other; an item left out is not there to end a
list.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from drafter.base.problems import Problem
from drafter.language import Compare, Constant, Filter
from drafter.proving import blocks, laws
from drafter.proving.blocks import Block, Ending, Text
from drafter.proving.laws import Claim, Wording
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas
from drafter.proving.solving.formulas import FALSE, TRUE, Formula
from drafter.reading import prose
from drafter.reading.prose import sentences
from drafter.values import dataclass

FOLLOW = "let its ending follow what is left out: {{ '; and' if CONDITION else '.' }}"
FIXED = "end each item in a semicolon, the last but one in “; and” or “; or”, and the last in a full stop"
JOINING: tuple[Ending, ...] = ("; and", "and", ";")  # how an item ends that others follow in one sentence


def shown(block: Block) -> str:
    """Return the last words of a paragraph or item, in quotation marks."""
    words = sentences.written(block.texts[0].parts)
    return f"“{words}”" if len(words) <= 40 else f"“... {words[-40:].partition(' ')[2]}”"  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a list with what hangs under it: when it is there, how it can end, and if it can be there twice."""

    number: int
    block: Block
    present: Formula
    ends: Mapping[Ending, Formula]
    twice: Formula
    here: Wording

    def ending(self, *wanted: Ending) -> Formula:
        """Return the formula that the item is there and ends in one of these ways."""
        return formulas.any_of(*(self.ends[ending] for ending in wanted if ending in self.ends))


@dataclass(frozen=True, slots=True)
class _List:
    """The items of a list; `is_inner` where the last of them also ends the item that they hang under.

    `goes_on` where the sentence goes on after the list; `is_loose` where the items are paragraphs, of which others may
    follow.
    """

    items: tuple[_Item, ...]
    is_inner: bool = False
    goes_on: bool = False
    is_loose: bool = False

    @property
    def is_joined(self) -> bool:
        """Say whether a semicolon or a conjunction joins the items to one sentence."""
        return any(ending in item.ends for item in self.items for ending in JOINING)

    @property
    def is_marked(self) -> bool:
        """Say whether a mark joins the items, so that each needs one; without marks a list may be in plain words."""
        return any(ending in item.ends for item in self.items for ending in ("; and", ";"))

    def ends_outer(self, number: int) -> bool:
        """Say whether an item also ends the item that the list hangs under, and so ends as that one does."""
        return self.is_inner and number == len(self.items) - 1


def lists_end(at: Presence) -> Iterator[Claim]:
    """Every list ends as a list does: no “; or” at its end, and a conjunction before its last item."""
    lists = (found for here in laws.wordings(at) for found in _lists(here, at))
    for found in (*lists, *_recitals(at)):
        neighbours = _neighbours(found) if found.is_joined else ()
        for item, near in zip(found.items, neighbours, strict=False):
            breaks = [(what, formula) for what, formula in _breaks(found, item, near) if formula is not FALSE]
            for what, broken in breaks or [("out of place", FALSE)]:
                message = f"{shown(item.block)} can be {what}"
                hint = FIXED if all(one.present is TRUE for one in found.items) else FOLLOW
                yield item.here.claim(broken, Problem("broken-list", item.here.at(item.block.line), message, hint))


# -- what is right before and right after an item -----------------------------------------------


@dataclass(frozen=True, slots=True)
class _Near:
    """What can be right before and right after an item, each as a formula.

    Before it, that is an item which ends in a semicolon or a conjunction. After it, that is nothing, an item which ends
    in a conjunction, one which ends in a semicolon and has others after it, or the last item, where no conjunction is
    before it.
    """

    begun: Formula
    nothing: Formula
    conjoined: Formula
    open: Formula
    unjoined: Formula


def _neighbours(found: _List) -> Iterator[_Near]:
    nothing = _nothing_after(found.items)
    for number in range(len(found.items)):
        conjoined: list[Formula] = []
        open_: list[Formula] = []
        unjoined: list[Formula] = []
        is_told = not found.is_loose  # where paragraphs have no conjunction at all, they may go on without one
        for gap, other in _following(found.items, number):
            ends_outer = found.ends_outer(other.number)
            if not ends_outer:
                conjoined.append(formulas.all_of(gap, other.ending("; and", "and")))
                more = formulas.opposite(nothing[other.number]) if found.goes_on else TRUE
                open_.append(formulas.all_of(gap, other.ending(";"), more))
            if is_told:
                last = other.present if ends_outer else _ends_list(found, other)
                unjoined.append(formulas.all_of(gap, last, nothing[other.number]))
            is_told = is_told or "; and" in other.ends or "and" in other.ends
        begun = (formulas.all_of(gap, other.ending(*JOINING)) for gap, other in _preceding(found.items, number))
        after = (formulas.any_of(*those) for those in (conjoined, open_, unjoined))
        yield _Near(formulas.any_of(*begun), nothing[number], *after)


def _ends_list(found: _List, item: _Item) -> Formula:
    """Return the formula that an item ends as the last one may; where it can't, another claim says so."""
    return item.ending(".", "word", "", *((";",) if found.goes_on and not found.is_loose else ()))


def _nothing_after(items: Sequence[_Item]) -> list[Formula]:
    """Return for each item the formula that nothing of its list comes after it."""
    found: list[Formula] = [TRUE]
    for item in reversed(items[1:]):
        found.append(formulas.all_of(found[-1], formulas.opposite(item.present)))
    return found[::-1]


def _following(items: Sequence[_Item], number: int) -> Iterator[tuple[Formula, _Item]]:
    """Yield the items after one, each with the formula that none between the two is there."""
    return _with_gaps(items[number + 1 :])


def _preceding(items: Sequence[_Item], number: int) -> Iterator[tuple[Formula, _Item]]:
    """Yield the items before one, the nearest first, each with the formula that none between the two is there."""
    return _with_gaps(items[:number][::-1])


def _with_gaps(items: Sequence[_Item]) -> Iterator[tuple[Formula, _Item]]:
    gap: Formula = TRUE
    for item in items:
        if gap is FALSE:
            return
        yield gap, item
        gap = formulas.all_of(gap, formulas.opposite(item.present))


# -- how a list breaks --------------------------------------------------------------------------


def _breaks(found: _List, item: _Item, near: _Near) -> Iterator[tuple[str, Formula]]:
    """Yield how a list can break at one of its items, with the formula that it does."""
    if found.ends_outer(item.number):
        return
    conjunction, open_ = item.ending("; and", "and"), item.ending(";")
    what = "the last of its list, though it ends in a conjunction"
    yield what, formulas.all_of(conjunction, near.nothing)
    after = [near.open] if found.is_loose else [near.open, near.conjoined, item.twice]
    what = "followed by one that is not the last, though it ends in a conjunction"
    yield what, formulas.all_of(conjunction, formulas.any_of(*after))
    again = formulas.all_of(item.twice, near.nothing)
    is_last = formulas.any_of(near.unjoined, again) if found.goes_on and not found.is_loose else near.unjoined
    yield "followed by the last of its list without “and” or “or”", formulas.all_of(open_, is_last)
    if not (found.is_inner or found.goes_on):
        what = "the last of its list, though it ends in a semicolon"
        yield what, formulas.all_of(open_, near.nothing)
    if not found.is_loose:
        yield from _breaks_off(found, item, near)


def _breaks_off(found: _List, item: _Item, near: _Near) -> Iterator[tuple[str, Formula]]:
    """Yield how an item of a list can end the sentence too early, or in no mark among others that end in one."""
    more = formulas.any_of(item.twice, formulas.opposite(near.nothing))
    goes_on = formulas.any_of(near.conjoined, near.open, formulas.all_of(near.begun, more))
    what = "followed by another item, though it ends the sentence"
    yield what, formulas.all_of(item.ending("."), goes_on)
    if found.is_marked:
        what = "followed by another item, though it ends in no mark"
        yield what, formulas.all_of(item.ending("word"), goes_on)
        if not (found.is_inner or found.goes_on):
            what = "the last of its list, though it ends in no mark"
            yield what, formulas.all_of(item.ending("word"), near.begun, near.nothing)


# -- the lists of a wording ---------------------------------------------------------------------


def _recitals(at: Presence) -> Iterator[_List]:
    """Yield the paragraphs of all recitals as one list, where a semicolon joins them: a sentence may go on."""
    items: list[_Item] = []
    placed = set(at.library.recitals)
    for here in (here for here in laws.wordings(at) if here.clause in placed):
        free = replace(here, selected=TRUE)
        for block in here.blocks:
            if block.style == "text":
                text = replace(block.texts[0], outer=formulas.all_of(here.selected, block.texts[0].outer))
                items.append(_item(len(items), replace(block, present=text.present, texts=(text,)), (), at, free))
    yield _List(tuple(items), goes_on=True, is_loose=True)


def _lists(here: Wording, at: Presence) -> Iterator[_List]:
    """Yield the lists of a text: its items, the items under each, and paragraphs that a semicolon joins."""
    if not any(_can_join(text.parts) for block in here.blocks for text in block.texts[:1]):
        return
    groups = [(kind, list(those)) for kind, those in itertools.groupby(here.blocks, key=lambda b: _KIND[b.style])]
    for number, (kind, group) in enumerate(groups):
        after = groups[number + 1][1][0] if number + 1 < len(groups) else None
        if kind == "list":
            units = list(_units(group))
            for _, inner in units:
                yield _List(tuple(_item(n, block, (), at, here) for n, block in enumerate(inner)), is_inner=True)
            made = tuple(_item(n, head, inner, at, here) for n, (head, inner) in enumerate(units))
            yield _List(made, goes_on=after is not None and _goes_on(after))
        elif kind == "text" and here.clause not in at.library.recitals:
            items = tuple(_item(n, block, (), at, here) for n, block in enumerate(group))
            yield _List(items, goes_on=after is not None, is_loose=True)


def _can_join(parts: prose.Parts) -> bool:
    """Say whether a line may end in a semicolon or a conjunction: a quick look, without formulas."""
    last = next((p for p in reversed(parts) if not isinstance(p, prose.Words) or p.text.strip()), None)
    if isinstance(last, prose.Words):
        return not last.text.rstrip().endswith((".", ":"))
    return isinstance(last, prose.Field)


_KIND = {"text": "text", "item": "list", "subitem": "list", "table": "table", "policy": "table"}


def _units(group: Sequence[Block]) -> Iterator[tuple[Block, list[Block]]]:
    """Yield each item with the items under it."""
    for number, block in enumerate(group):
        if block.style == "item":
            yield block, list(itertools.takewhile(lambda b: b.style == "subitem", group[number + 1 :]))


def _item(number: int, head: Block, inner: Sequence[Block], at: Presence, here: Wording) -> _Item:
    found: dict[Ending, list[Formula]] = {}
    last: Formula = TRUE
    for block in (*reversed(inner), head):
        for ending, formula in blocks.ends(block, at).items():
            found.setdefault(ending, []).append(formulas.all_of(last, formula))
        last = formulas.all_of(last, formulas.opposite(block.present))
    ends = {ending: formulas.any_of(*those) for ending, those in found.items()}
    return _Item(number, head, head.present, ends, _twice(head.texts[0]), here)


def _twice(text: Text) -> Formula:
    """Return the formula that a repeated text is there more than once, unless it asks something of each."""
    if text.each is None or any(name.startswith(f"{text.each.name}.") for name in formulas.names(text.when)):
        return FALSE
    counted = formulas.test(Compare(Filter("count", text.each.expression), "gt", Constant(1)))
    return formulas.all_of(text.outer, text.when, counted)


def _goes_on(block: Block) -> bool:
    """Say whether a paragraph goes on with the sentence before it: it starts with a small letter."""
    first = block.texts[0].parts[:1] if block.style == "text" else ()
    return any(isinstance(part, prose.Words) and part.text.lstrip()[:1].islower() for part in first)
