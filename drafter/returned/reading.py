"""Reads a returned file against what was sent: which words were changed, where, by whom, and with or without a mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from drafter.comparing import alignment
from drafter.returned import aligning, changes, pieces, texts
from drafter.returned.changes import Texts
from drafter.returned.differing import At
from drafter.returned.markup import Return
from drafter.returned.pieces import Piece
from drafter.returned.sent import Sent
from drafter.returned.texts import Line
from drafter.word.oxml import package, story
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening.looks import Looks

_NUMBERED = re.compile(r"\s*(?:Article \w+\.?|Exhibit \w+\.?|[A-Z]?-?\d+(?:\.\d+)*)?\s*((.*?)[\s.]*\d*)\s*", re.DOTALL)
_CONTENTS = re.compile(r"(?:toc|contents)\s*\d", re.IGNORECASE)
_LISTED, _LONGEST = 5, 60  # lines in a row that are headings, and tokens of one


def read(sent: Sent, parts: Package, ours: Iterable[tuple[str, str]] = ()) -> Return:
    """Read the parts of a returned file against what was sent.

    `ours` are the authors and dates of tracked changes that what was sent had already: they are taken as accepted.
    """
    found = _pieces(sent, parts, frozenset(ours))
    old, new = (_kept(sent, texts.lines(found, side)) for side in ("old", "new"))
    laid = aligning.by_words(sent.lines, old)
    silent = Texts(
        sent.lines,
        old,
        laid,
        [line.section for line in sent.lines],
        sent.kinds,
        sent.places,
        _asked(sent),
        (),
        sent.optional,
    )
    marked = _marked(sent, silent, old, new, found)
    return Return((*changes.between(silent, sent), *changes.between(marked, sent)), (), (), ())


def _pieces(sent: Sent, parts: Package, ours: frozenset[tuple[str, str]]) -> list[Piece]:
    main = package.main(parts)
    styles = [package.parse(parts[name]) for name in package.find(parts, "styles", main)[:1]]
    return pieces.read(story.settled(parts[main]), Looks(styles), "", ours, sent.printed)


def _kept(sent: Sent, lines: Sequence[Line]) -> list[Line]:
    """Return lines without those of a table of contents, also of one that has lost its field."""
    headings = {line.keys for line, kind in zip(sent.lines, sent.kinds, strict=True) if kind == "heading"}
    listed = [line.end.contents or _lists(line, headings) for line in lines]
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and listed[end]:
            end += 1
        kept += [line for line in lines[at:end] if not line.end.contents] if end - at < _LISTED else []
        kept += lines[end : end + 1]
        at = end + 1
    return kept


def _lists(line: Line, headings: Collection[tuple[str, ...]]) -> bool:
    """Say whether a line is a heading as a table of contents prints it: with a number before it and a page after."""
    if line.end.row or len(line.keys) > _LONGEST:
        return False
    if _CONTENTS.match(line.end.style):
        return True
    found = _NUMBERED.fullmatch(line.text)
    words = (found.group(1), found.group(2)) if found else ()
    return any((*texts.keys(said), texts.BREAK) in headings for said in words if said)


def _asked(sent: Sent) -> dict[At, str]:
    return {
        (i, at): sent.questions[place]
        for i, line in enumerate(sent.lines)
        for at, (place, _) in enumerate(line.origins[:-1])
        if place in sent.questions
    }


def _marked(sent: Sent, silent: Texts, old: Sequence[Line], new: Sequence[Line], found: Sequence[Piece]) -> Texts:
    """Return the two sides of the file as texts to compare; each line of the rejected has the part of what it was."""
    of: dict[int, int] = {j: group.base[0] for group in silent.groups for j in group.revised}
    last, line_of = 0, []
    for j in range(len(old)):
        last = of.get(j, last)
        line_of.append(last)
    asked: dict[At, str] = {}
    for group in silent.groups:
        for j in group.revised:
            asked |= _carried(silent, sent.lines[group.base[0]], group.base[0], old[j], j)
    return Texts(
        old, new, aligning.by_pieces(old, new), [silent.parts[i] for i in line_of],
        [sent.kinds[i] for i in line_of], [sent.places[i] for i in line_of], asked, found,
    )  # fmt: skip


def _carried(silent: Texts, line: Line, i: int, other: Line, j: int) -> dict[At, str]:
    """Return which tokens of a line in the file answer a question, by those of the line that was sent."""
    known = {at: silent.asked[i, at] for at in range(len(line.keys)) if (i, at) in silent.asked}
    if not known:
        return {}
    pairs = (
        ((at, at) for at in range(len(line.keys)))
        if line.keys == other.keys
        else alignment.common(line.keys, other.keys)
    )
    return {(j, there): known[here] for here, there in pairs if here in known}
