"""Finds what was changed in the headers and footers of a returned file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.comparing import alignment
from drafter.returned import changes
from drafter.returned.file import pieces, texts
from drafter.returned.file.pieces import Known, Piece
from drafter.returned.markup import Change
from drafter.returned.sent import FRONT, Sent
from drafter.word.oxml import package, story
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening.looks import Looks

_SIDES: tuple[texts.Side, texts.Side] = ("old", "new")
_PAGES = frozenset({"Page", "of", "page", "|", "-", texts.BREAK})


def known(parts: Package) -> frozenset[tuple[str, ...]]:
    """Return the tokens of each line and cell in the headers and footers of a file, with its marks and without."""
    main = package.main(parts)
    roots = (story.settled(parts[name]) for kind in ("header", "footer") for name in package.find(parts, kind, main))
    read = [pieces.read(root, Looks(()), Known({})) for root in roots]
    lines = {" ".join(line.text.split()) for found in read for side in _SIDES for line in texts.lines(found, side)}
    return frozenset(_keyed(said) for line in lines for said in (line, *line.split(pieces.CELL)))


def _keyed(said: str) -> tuple[str, ...]:
    """Return the tokens of a line of words; of one that counts the pages, those of any page."""
    found = texts.keys(said)
    is_count = all(key in _PAGES or key.isdecimal() for key in found)
    return tuple(key for key in found if not key.isdecimal()) if is_count else found


def is_of_page(sent: Sent, change: Change) -> bool:
    """Say whether what is new without a mark is only what is printed on each page, as where a program makes it text."""
    if change.marked or change.before or not sent.margins:
        return False
    return all(_keyed(line) in sent.margins for line in change.after.split("\n"))


def changes_in(sent: Sent, parts: Package, ours: frozenset[tuple[str, str]]) -> Iterator[Change]:
    """Yield the changes in headers and footers, each once: the same header may be in the file several times."""
    seen: set[tuple[str, str, str, bool]] = set()
    for kind in ("header", "footer"):
        for change in _found(sent, parts, kind, ours):
            key = (kind, change.before, change.after, change.marked)
            if key not in seen:
                seen.add(key)
                yield change


def _found(sent: Sent, parts: Package, kind: str, ours: frozenset[tuple[str, str]]) -> Iterator[Change]:
    main = package.main(parts)
    looks = Looks([package.parse(parts[name]) for name in package.find(parts, "styles", main)[:1]])
    known = {line.keys[:-1] for line in sent.lines} | {()}
    common = {key for line in sent.lines if sent.parts[line.section].name in FRONT for key in line.keys} | _PAGES
    for name in package.find(parts, kind, main):
        found = pieces.read(story.settled(parts[name]), looks, Known(sent.printed, ours))
        for line in texts.lines(found, "old"):
            is_known = line.keys[:-1] in known or _keyed(line.text) in sent.margins
            if not is_known and not all(key in common or key.isdecimal() for key in line.keys):
                yield _change(kind, "", line.text, found, marked=False)
        before, after = _said(found, "old"), _said(found, "new")
        if before != after and not all(_keyed(line) in sent.margins for line in f"{before}\n{after}".split("\n")):
            yield _change(kind, before, after, found, marked=True)


def _said(found: list[Piece], side: texts.Side) -> str:
    return "\n".join(" ".join(line.text.split()) for line in texts.lines(found, side))


def _change(kind: str, before: str, after: str, found: list[Piece], *, marked: bool) -> Change:
    marks = (
        [m for piece in found for m in piece.marks if m.kind != "format" and piece.old != piece.new] if marked else []
    )
    authors = tuple(dict.fromkeys(mark.author for mark in marks))
    lines = before, after
    before, after = _apart(before, after)
    return Change(
        id=changes.hashed((kind,), before, after, authors), sections=(kind,), clauses=(), heading="",
        kind="replace" if before and after else ("insert" if after else "delete"), marked=marked, before=before,
        after=after, authors=authors, dates=tuple(dict.fromkeys(mark.date for mark in marks)), place=kind,
        line_before=lines[0], line_after=lines[1],
    )  # fmt: skip


def _apart(before: str, after: str) -> tuple[str, str]:
    """Return what differs between two texts, without the words with which both begin and end."""
    one, two = (re.findall(r"\s*\S+", text) for text in (before, after))
    start, stop = alignment.ends(one, two)
    before, after = ("".join(words[start : len(words) - stop]).strip() for words in (one, two))
    return before, after
