"""Reads a returned file against what was sent: which words were changed, where, by whom, and with or without a mark."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from drafter.comparing import alignment
from drafter.contract import Contract
from drafter.returned import aligning, changes, furniture, looking, margins, units
from drafter.returned.counted import Texts
from drafter.returned.differing import At
from drafter.returned.file import counting, folding, listed, pieces, remarks, texts
from drafter.returned.file.pieces import Known, Piece
from drafter.returned.file.texts import Line
from drafter.returned.markup import Change, Return, Unplaced
from drafter.returned.sent import Sent, of_contract
from drafter.word.oxml import package, story
from drafter.word.oxml.elements import w
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening.looks import Looks

Margins = frozenset[tuple[str, ...]]
NONE: Margins = frozenset()


def read(sent: Sent, parts: Package, ours: Iterable[tuple[str, str]] = ()) -> Return:
    """Read the parts of a returned file against what was sent.

    `ours` are the authors and dates of tracked changes that what was sent had already: they are taken as accepted.
    """
    known = frozenset(ours)
    found = _pieces(sent, parts, known)
    old, new = _sides(sent, found)
    silent = _silent(sent, old, found)
    is_marked = _is_marked(found)
    sure = looking.unmarked(found, changes.between(silent, sent)) if is_marked else ()
    if (is_marked and looking.parted(silent)) or sure:
        old, new = _sides(sent, found)
        silent = _silent(sent, old, found)
    marked = _marked(sent, silent, old, new, found)
    places = _places(marked)
    named = {at: sent.parts[part].name for at, part in places.items()}
    margin = tuple(margins.changes_in(sent, parts, known))
    unmarked = _cut(sent, looking.explained(changes.between(silent, sent), found, named))
    between = [*looking.explained(changes.between(marked, sent), found, named)]
    told = (*unmarked, *between)
    made = (
        *(one for one in unmarked if one.place != changes.NOWHERE and not margins.is_of_page(sent, one)),
        *looking.unreadable(sent, silent, told),
        *looking.typed(sent, silent),
        *(change for change in margin if not change.marked),
        *between,
        *looking.unreadable(sent, marked, told),
        *(change for change in margin if change.marked),
        *looking.formats(sent, found, places),
    )
    unplaced = tuple(_unplaced(old, change) for change in unmarked if change.place == changes.NOWHERE)
    meant = (*sure, *looking.possible(found, named))
    return Return(tuple(changes.told_apart(made)), remarks.read(parts, found, named), unplaced, meant)


def _is_marked(found: Iterable[Piece]) -> bool:
    return any(piece.new and not piece.old for piece in found)


def marks(parts: Package) -> frozenset[tuple[str, str]]:
    """Return the authors and dates of the tracked changes in a file that was sent: see `ours` of `read`."""
    root = package.parse(parts[package.main(parts)])
    return frozenset(
        (node.get(w("author"), ""), node.get(w("date"), ""))
        for node in root.iter(*map(w, ("ins", "del", "moveFrom", "moveTo")))
    )


def _unplaced(old: Sequence[Line], change: Change) -> Unplaced:
    """Return words that are before all that was sent, with what follows them."""
    texts = [line.text.strip() for line in old]
    after = next((text for text in texts if text and text not in change.after), "")
    return Unplaced(change.after, "", after)


def _cut(sent: Sent, found: Iterable[Change]) -> list[Change]:
    """Return silent changes; where the end of the contract is missing, as of a file that was cut, that is one."""
    made = list(found)
    start = len(made)
    while start and made[start - 1].before and not made[start - 1].after:
        start -= 1
    gone = made[start:]
    last = {sent.parts[-1].name}
    if sum(change.whole for change in gone) < _CUT or last & {*gone[-1].sections} != last:
        return made
    names = tuple(dict.fromkeys(name for change in gone for name in change.sections))
    clauses = tuple(dict.fromkeys(clause for change in gone for clause in change.clauses))
    before = "\n".join(change.before for change in gone)
    cut = Change(
        changes.hashed(names, before, "", ()), names, clauses, "", "delete", marked=False, before=before, after="",
        whole=True, place="the end of the file",
    )  # fmt: skip
    return [*made[:start], cut]


_CUT = 5  # sections at the end of which nothing is there


def against(
    contract: Contract, template: Path, parts: Package, ours: Iterable[tuple[str, str]] = (), margin: Margins = NONE
) -> Return:
    """Read the parts of a returned file against the contract that was sent, as its template prints it.

    `margin` is what the headers and footers of the files that were sent said.
    """
    return read(as_sent(contract, template, margin), parts, ours)


def as_sent(contract: Contract, template: Path, margin: Margins = NONE) -> Sent:
    """Return a contract as it was sent: as its template prints it, with what headers and footers said."""
    return replace(of_contract(contract, furniture.of(template)), margins=margin)


def sides(sent: Sent, parts: Package, ours: Iterable[tuple[str, str]] = ()) -> tuple[list[Line], list[Line]]:
    """Return what a file says with every mark rejected, and with every mark accepted."""
    return _sides(sent, _pieces(sent, parts, frozenset(ours)))


def _sides(sent: Sent, found: list[Piece]) -> tuple[list[Line], list[Line]]:
    looking.set_aside(found)
    known: dict[tuple[int, ...], list[Line]] = {}
    old, new = (
        listed.without_contents(sent, [folding.unglued(line) for line in texts.lines(found, side, known)])
        for side in _SIDES
    )
    if folding.is_broken(sent, old):
        return folding.folded(sent, old), folding.folded(sent, new)
    typed = folding.labelled(sent, old)
    return (folding.without(old, typed), folding.without(new, typed)) if typed else (old, new)


_SIDES: tuple[texts.Side, texts.Side] = ("old", "new")


def _pieces(sent: Sent, parts: Package, ours: frozenset[tuple[str, str]]) -> list[Piece]:
    main = package.main(parts)
    looks = Looks([package.parse(parts[name]) for name in package.find(parts, "styles", main)[:1]])
    root = story.settled(parts[main])
    counts = counting.counted(root, sent.printed, lambda: counting.labels(parts, main))
    return pieces.read(root, looks, Known(sent.printed, ours, remarks.notes(parts, main), counts=counts))


def _silent(sent: Sent, old: Sequence[Line], found: Sequence[Piece]) -> Texts:
    """Return what was sent and what the file says with every mark rejected as texts to compare."""
    asked = units.asked(
        sent.lines,
        {
            (i, at): sent.questions[place]
            for i, line in enumerate(sent.lines)
            for at, (place, _) in enumerate(line.origins[:-1])
            if place in sent.questions
        },
    )
    groups = aligning.by_words(sent.lines, old)
    parts = [line.section for line in sent.lines]
    return Texts(
        sent.lines,
        old,
        groups,
        parts,
        sent.kinds,
        sent.places,
        asked,
        found,
        marked=False,
        optional=sent.optional,
        numbers=sent.numbers,
    )


def _marked(sent: Sent, silent: Texts, old: Sequence[Line], new: Sequence[Line], found: Sequence[Piece]) -> Texts:
    """Return the two sides of the file as texts to compare; each line of the rejected has the part of what it was."""
    of: dict[int, int] = {j: group.base[0] for group in silent.groups for j in group.revised}
    last, line_of, kinds = 0, [], []
    for j in range(len(old)):
        last = of.get(j, last)
        line_of.append(last)
        is_new = j not in of and sent.kinds[last] in ("paragraph", "section")
        kinds.append("" if is_new else sent.kinds[last])
    asked: dict[At, str] = {}
    for group in silent.groups:
        for j in group.revised:
            asked |= _carried(silent, sent.lines[group.base[0]], group.base[0], old[j], j)
    return Texts(
        old, new, aligning.by_pieces(old, new), [silent.parts[i] for i in line_of],
        kinds, [sent.places[i] for i in line_of], asked, found, marked=True,
        numbers=[sent.numbers[i] for i in line_of],
    )  # fmt: skip


def _carried(silent: Texts, line: Line, i: int, other: Line, j: int) -> dict[At, str]:
    """Return which tokens of a line in the file answer a question, by those of the line that was sent."""
    known = {at: silent.asked[i, at] for at in range(len(line.keys)) if (i, at) in silent.asked}
    if not known:
        return {}
    same = line.keys == other.keys
    pairs = ((at, at) for at in known) if same else alignment.common(line.keys, other.keys)
    kept = [(here, there) for here, there in pairs if here in known]
    made = {(j, there): known[here] for here, there in kept}
    for (here, there), (then, after) in itertools.pairwise(kept):  # words within an answer that were changed silently
        if all(known.get(at) == known[here] for at in range(here, then + 1)):
            made |= {(j, at): known[here] for at in range(there, after)}
    return made


def _places(marked: Texts) -> dict[int, int]:
    """Return the part of what was sent that each piece of the file is in."""
    found: dict[int, int] = {}
    groups = {j: group for group in marked.groups for j in group.revised}
    last = 0
    for j, line in enumerate(marked.revised):
        last = marked.parts[groups[j].base[0]] if j in groups else last
        found |= dict.fromkeys(range(line.origins[0][0], line.origins[-1][0] + 1), last)
    for i, line in enumerate(marked.base):
        for place in range(line.origins[0][0], line.origins[-1][0] + 1):
            found.setdefault(place, marked.parts[i])
    last = 0
    for place in range(len(marked.pieces)):
        last = found.setdefault(place, last)
    return found
