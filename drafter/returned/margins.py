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

_PAGES = frozenset({"Page", "of", "page", "|", "-", texts.BREAK})


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
    known = {line.keys for line in sent.lines} | {(texts.BREAK,)} | sent.margins
    common = {key for line in sent.lines if sent.parts[line.section].name in FRONT for key in line.keys} | _PAGES
    for name in package.find(parts, kind, main):
        found = pieces.read(story.settled(parts[name]), looks, Known(sent.printed, ours))
        for line in texts.lines(found, "old"):
            if line.keys not in known and not all(key in common or key.isdecimal() for key in line.keys):
                yield _change(kind, "", line.text, found, marked=False)
        before, after = _said(found, "old"), _said(found, "new")
        if before != after:
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
