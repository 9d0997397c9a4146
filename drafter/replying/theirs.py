"""Makes the contract that some changes of a return would make: their version, or ours with what was accepted.

A section that changes keeps each answer, reference and term whose words stay; other words are plain text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from drafter.comparing import alignment
from drafter.contract import (
    Blank,
    Block,
    Contract,
    Definition,
    Paragraph,
    Run,
    Runs,
    Section,
    Table,
    Text,
    joined,
    names,
    sections,
    title,
)  # fmt: skip
from drafter.drafting import assembly
from drafter.returned.file import texts
from drafter.returned.file.pieces import CELL
from drafter.returned.file.texts import BREAK
from drafter.returned.markup import Change
from drafter.values import dataclass

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_PLACE = re.compile(r"(after )?(paragraph|row) (\d+)")
_NUMBER = re.compile(r"\(?(?:[a-z]{1,4}|\d{1,2})[).]\s+")


@dataclass(frozen=True, slots=True)
class Theirs:
    """A contract with changes in it, and those of the changes that have no place in it."""

    contract: Contract
    unlaid: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A line of a section: its words, the block that it is of, its row there, and what it was when it was sent.

    `at` is its number among the lines as sent; 0 for a new one, which has the block of the line before it.
    """

    text: str
    block: int
    row: int = -1
    at: int = 0


def version(sent: Contract, changes: Iterable[Change]) -> Theirs:
    """Return a contract with some changes of a return of it, given in the order of the return."""
    held: dict[str, list[Change]] = {}
    places = {name.place: name.clause for name in names(sent).values()}
    unlaid: list[Change] = []
    moves: list[Change] = []
    for change in changes:
        if change.kind == "move" and change.whole and change.clauses:
            moves.append(change)
        elif len(change.clauses) == 1:
            held.setdefault(change.clauses[0], []).append(change)
        elif change.kind != "format":
            unlaid.append(change)
    made: dict[str, Section | None] = {}
    for section in sections(sent):
        if section.id in held:
            made[section.id], left = changed(section, held[section.id])
            unlaid += left
    contract = _mapped(sent, lambda section: made.get(section.id, section))
    for move in moves:
        after = places.get(move.place.removeprefix("after "), "")
        contract = _moved(contract, move.clauses[0], after) if after else contract
        unlaid += [] if after else [move]
    return Theirs(contract, tuple(unlaid))


def changed(section: Section, changes: Sequence[Change]) -> tuple[Section | None, tuple[Change, ...]]:
    """Return a section with some changes in it, None where it is deleted, and the changes that have no place in it."""
    slots = _slots(section)
    heading = section.heading
    unlaid: list[Change] = []
    for change in changes:
        if change.kind == "format" or (change.before, change.after) == ("", ""):
            continue
        if change.whole and change.kind == "delete":
            return None, tuple(unlaid)
        if change.kind == "heading" or (change.place == "heading" and change.line_before):
            heading = title((Text(change.line_after or change.after),))
        elif (found := _laid(slots, change)) is None:
            unlaid.append(change)
        else:
            slots = found
    return replace(section, heading=heading, blocks=tuple(_numbered(_blocks(section, slots)))), tuple(unlaid)


# -- lines --------------------------------------------------------------------------------------


def _slots(section: Section) -> list[_Slot]:
    made: list[_Slot] = []
    for number, block in enumerate(section.blocks):
        if isinstance(block, Paragraph):
            made.append(_Slot(shown(block.runs), number))
        else:
            rows = (block.header, *block.rows)
            made += (_Slot(CELL.join(map(shown, row)), number, at) for at, row in enumerate(rows))
    count = 0
    for at, slot in enumerate(made):
        count += bool(keys(slot.text))
        made[at] = replace(slot, at=count if keys(slot.text) else 0)
    return made


def shown(runs: Runs) -> str:
    """Return the words of runs as a Word file has them, without bold and the like."""
    return "".join(map(_shown, runs))


def _shown(run: Run) -> str:
    return f"“{run.text}”" if isinstance(run, Definition) else f"[{run.text}]" if isinstance(run, Blank) else run.text


def _laid(slots: list[_Slot], change: Change) -> list[_Slot] | None:
    """Return lines with a change in them; None where it has no place there."""
    found = _PLACE.fullmatch(change.place)
    at = int(found[3]) if found else 0
    if change.line_before or change.line_after:
        return _inside(slots, change, at)
    old = [line for line in change.before.split("\n") if keys(line)]
    new = [line for line in change.after.split("\n") if keys(line)]
    if change.kind == "move":
        new = []  # where it went to is not known by the line
    if old:
        first = _found(slots, old, at)
        if first is None:
            return None
        made = [replace(slots[min(first, len(slots) - 1)], text=line, at=0) for line in new]
        return [*slots[:first], *made, *slots[first + len(old) :]]
    first = next((n + 1 for n, slot in reversed(list(enumerate(slots))) if slot.at == at and at), None)
    if first is None:
        first = 0 if change.place == "after heading" else len(slots)
    while first < len(slots) and not slots[first].at and slots[first - 1].at:  # after what was put there before
        first += 1
    beside_it = slots[first - 1] if first else slots[0] if slots else _Slot("", 0)
    return [*slots[:first], *(replace(beside_it, text=line, at=0) for line in new), *slots[first:]]


def _inside(slots: list[_Slot], change: Change, at: int) -> list[_Slot] | None:
    """Return lines with a change within one of them, or with lines split or joined."""
    old, new = change.line_before.split("\n"), change.line_after.split("\n")
    first = _found(slots, old, at)
    if first is not None and (len(old) != 1 or len(new) != 1):
        texts_now = [*new, *[""] * (len(old) - len(new))]
        kept = [*slots[first : first + len(old)]]
        kept += [replace(kept[-1], at=0)] * (len(new) - len(old))
        made = [replace(slot, text=text) for slot, text in zip(kept, texts_now, strict=True) if text.strip()]
        return [*slots[:first], *made, *slots[first + len(old) :]]
    if first is None and not change.place.startswith("after "):  # else it is in a new line, which is not there
        first = next((n for n, slot in enumerate(slots) if slot.at == at and at), None)
    if first is None:
        return None
    text = edited(slots[first].text, change)
    return None if text is None else [*slots[:first], replace(slots[first], text=text), *slots[first + 1 :]]


def _found(slots: Sequence[_Slot], lines: Sequence[str], at: int) -> int | None:
    """Return where lines follow each other, nearest to a number among the lines as sent."""
    wanted = [keys(line) for line in lines]
    have = [keys(slot.text) for slot in slots]
    places = [n for n in range(len(have) - len(wanted) + 1) if have[n : n + len(wanted)] == wanted]
    return min(places, key=lambda n: abs(slots[n].at - at), default=None)


def edited(text: str, change: Change) -> str | None:
    """Return a line with one change in it, also where others of the line were not made; None where it doesn't fit."""
    start, end, there = _span(text, change)
    if start < 0:  # a value is told whole, also where another change of it was not made
        less = _without_the_same(change)
        return edited(text, less) if less is not None else None
    before, after = text[:start], text[end:]
    new = change.after.replace(BREAK, "")
    if not new:
        return f"{before.rstrip()}{after}" if before[-1:].isspace() or not after.strip() else before + after.lstrip()
    left, right = change.line_after[there - 1 : there] if there else "", change.line_after[there + len(new) :][:1]
    opening = " " if left.isspace() and before and not before[-1].isspace() else ""
    closing = " " if right.isspace() and after and not after[0].isspace() else ""
    return f"{before}{opening}{new}{closing}{after}"


def _without_the_same(change: Change) -> Change | None:
    """Return a change without the words at its ends that stay; None where there are none."""
    old, new = _TOKEN.findall(change.before), _TOKEN.findall(change.after)
    start, end = alignment.ends(old, new)
    if not start and not end:
        return None
    before, after = ("".join(those[start : len(those) - end]) for those in (old, new))
    return replace(change, before=before, after=after) if before else None


def span(text: str, change: Change) -> tuple[int, int]:
    """Return where in a line the words are that a change replaces; (-1, -1) where they are not there."""
    return _span(text, change)[:2]


def _span(text: str, change: Change) -> tuple[int, int, int]:
    """Return where the words are that a change replaces, and where the new ones are in the line afterwards."""
    before, after = change.before.replace(BREAK, ""), change.after.replace(BREAK, "")

    def shared(pair: tuple[int, int]) -> int:
        start, there = pair
        left, right = change.line_after[:there], change.line_after[there + len(after) :]
        old = text[:start], text[start + len(before) :]
        return _alike(old[0].rstrip()[::-1], left.rstrip()[::-1]) + _alike(old[1].lstrip(), right.lstrip())

    pairs = itertools.product(_places(text, before), _places(change.line_after, after))
    start, there = max(pairs, key=shared, default=(-1, -1))
    return start, start + len(before) if start >= 0 else -1, there


def _places(text: str, words: str) -> list[int]:
    """Return where some words are in a text; where there are none, every place between two of its words."""
    if words:
        return [found.start() for found in re.finditer(re.escape(words), text)]
    return sorted({0, len(text), *(found.start() for found in _TOKEN.finditer(text))})


def _alike(one: str, other: str) -> int:
    most = min(len(one), len(other))
    return next((n for n in range(most) if one[n] != other[n]), most)


# -- blocks -------------------------------------------------------------------------------------


def _blocks(section: Section, slots: Sequence[_Slot]) -> Iterable[Block]:
    """Yield the blocks of a section from its lines."""
    rows: dict[int, list[tuple[Runs, ...]]] = {}
    made: list[tuple[int, Block]] = []
    for slot in slots:
        old = section.blocks[slot.block] if section.blocks else Paragraph(())
        if isinstance(old, Table):
            if slot.block not in rows:
                made.append((slot.block, old))
            rows.setdefault(slot.block, []).append(_row(old, slot))
        else:
            made.append((slot.block, _paragraph(old, slot)))
    for number, block in made:
        if isinstance(block, Table):
            head, *rest = rows[number]
            yield replace(block, header=head, rows=tuple(rest))
        else:
            yield block


def _numbered(blocks: Iterable[Block]) -> Iterable[Block]:
    """Yield blocks with their items counted again: (a), (b), and below them (i), (ii)."""
    item = subitem = 0
    for block in blocks:
        if isinstance(block, Paragraph) and block.style == "item" and block.number:
            item, subitem = item + 1, 0
            yield replace(block, number=f"({assembly.letters(item).lower()})")
        elif isinstance(block, Paragraph) and block.style == "subitem" and block.number:
            subitem += 1
            yield replace(block, number=f"({assembly.roman(subitem)})")
        else:
            yield block


def _paragraph(old: Paragraph, slot: _Slot) -> Paragraph:
    if slot.at or not keys(slot.text):
        return old if shown(old.runs) == slot.text else replace(old, runs=relaid(old.runs, slot.text))
    style = old.style if old.style in ("item", "subitem", "recital") else "text"
    text = _NUMBER.sub("", slot.text, count=1) if style != "text" and _NUMBER.match(slot.text) else slot.text
    return Paragraph((Text(text),), style, old.number if style != "text" else "", "")


def _row(old: Table, slot: _Slot) -> tuple[Runs, ...]:
    was = (old.header, *old.rows)[slot.row] if slot.at else tuple(() for _ in old.header)
    cells = (slot.text.split(CELL) + [""] * len(was))[: len(was)]
    return tuple(relaid(runs, cell.strip()) for runs, cell in zip(was, cells, strict=True))


def relaid(runs: Runs, text: str) -> Runs:
    """Return runs with other words: each answer, reference and term whose words are all kept is kept."""
    held = [(number, word) for number, run in enumerate(runs) for word in _TOKEN.findall(_shown(run))]
    first = {number: place for place, (number, _) in reversed(list(enumerate(held)))}
    size = {number: sum(one == number for one, _ in held) for number in first}
    words = _TOKEN.findall(text)
    of = {j: i for i, j in alignment.common([_key(word) for _, word in held], list(map(_key, words)))}
    made: list[Run] = []
    at = 0
    while at < len(words):
        number = held[of[at]][0] if at in of else -1
        whole = number >= 0 and all(of.get(at + n) == first[number] + n for n in range(size[number]))
        if whole:
            made.append(runs[number])
            at += size[number]
        else:
            made.append(Text(words[at]))
            at += 1
    return joined(made)


@lru_cache(maxsize=16_384)  # most words of a contract recur
def _key(word: str) -> str:
    return " " if word.isspace() else "".join(texts.keys(word)) or word


@lru_cache(maxsize=16_384)  # a line is compared with every alternative, and for every change of its section
def keys(text: str) -> tuple[str, ...]:
    """Return the words of a text by the keys that they are compared by."""
    return texts.keys(text)


# -- sections -----------------------------------------------------------------------------------


def _mapped(contract: Contract, made: Callable[[Section], Section | None]) -> Contract:
    def of(those: Sequence[Section]) -> tuple[Section, ...]:
        return tuple(found for one in those if (found := made(one)) is not None)

    return replace(
        contract,
        opening=of(contract.opening),
        recitals=of(contract.recitals),
        articles=tuple(replace(one, sections=of(one.sections)) for one in contract.articles),
        exhibits=tuple(replace(one, sections=of(one.sections)) for one in contract.exhibits),
    )


def _moved(contract: Contract, name: str, after: str) -> Contract:
    """Return a contract with a section after another one."""
    moved = next((section for section in sections(contract) if section.id == name), None)
    if moved is None or name == after:
        return contract

    def of(those: Sequence[Section]) -> tuple[Section, ...]:
        left = (one for one in those if one.id != name)
        return tuple(put for one in left for put in ((one, moved) if one.id == after else (one,)))

    return replace(
        contract,
        articles=tuple(replace(one, sections=of(one.sections)) for one in contract.articles),
        exhibits=tuple(replace(one, sections=of(one.sections)) for one in contract.exhibits),
    )


def said(section: Section) -> tuple[tuple[str, ...], ...]:
    """Return the words of a section's lines by the keys that they are compared by: without numbers and layout."""
    return tuple(found for slot in _slots(section) if (found := keys(slot.text)))
