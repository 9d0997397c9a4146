"""Reads the notes and the comments of a file: threads with their replies, and the words that each is on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drafter.returned.file.pieces import Piece
from drafter.returned.markup import Comment, Reply
from drafter.values import dataclass
from drafter.word.oxml import package, spaces, story
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package
from drafter.word.oxml.roots import URIS

_ID, _W15 = f"{{{URIS['w14']}}}paraId", f"{{{URIS['w15']}}}"
_TRUE = {"1", "true", "on"}


@dataclass(frozen=True, slots=True)
class _Remark:
    """A comment or a reply as the file holds it, and the ids of its paragraphs."""

    id: str
    author: str
    date: str
    text: str
    paragraphs: tuple[str, ...]


def read(parts: Package, pieces: Sequence[Piece], places: Mapping[int, str]) -> tuple[Comment, ...]:
    """Return the threads of a file, in the order of the words that they are on.

    `places` gives the sections of pieces. A comment on no words is in the section that it is in.
    """
    main = package.main(parts)
    found = [one for name in package.find(parts, "comments", main) for one in _remarks(package.parse(parts[name]))]
    parents: dict[str, str] = {}
    done: set[str] = set()
    for name in package.find(parts, "commentsExtended", main):
        for node in package.parse(parts[name]).iter(f"{_W15}commentEx"):
            this = node.get(f"{_W15}paraId", "")
            if parent := node.get(f"{_W15}paraIdParent"):
                parents[this] = parent
            if node.get(f"{_W15}done") in _TRUE:
                done.add(this)
    by_paragraph = {this: one for one in found for this in one.paragraphs}
    above = {
        one.id: by_paragraph[parents[this]].id
        for one in found
        for this in one.paragraphs
        if parents.get(this) in by_paragraph
    }
    on: dict[str, list[int]] = {}
    for place, piece in enumerate(pieces):
        for name in piece.comments:
            on.setdefault(name, []).append(place)
    made: list[Comment] = []
    for one in (one for one in found if one.id not in above):
        at = on.get(one.id, ())
        replies = (Reply(r.author, r.date, r.text) for r in found if r.id != one.id and _root(above, r.id) == one.id)
        is_done = any(this in done for this in one.paragraphs)
        words, where = _words(pieces, at), _place(at, places)
        made.append(Comment(one.id, one.author, one.date, one.text, words, where, is_done, tuple(replies)))
    return tuple(sorted(made, key=lambda one: on.get(one.id, [len(pieces)])[0]))


def _root(above: Mapping[str, str], name: str) -> str:
    seen: set[str] = set()
    while name in above and name not in seen:
        seen.add(name)
        name = above[name]
    return name


def _remarks(root: Element) -> Iterator[_Remark]:
    for node in root.iter(w("comment")):
        paragraphs = list(node.iter(w("p")))
        text = "\n".join("".join(t.text or "" for t in paragraph.iter(w("t"))) for paragraph in paragraphs)
        ids = tuple(name for paragraph in paragraphs if (name := paragraph.get(_ID)))
        yield _Remark(
            node.get(w("id"), ""), node.get(w("author"), ""), node.get(w("date"), ""), spaces.read(text).strip(), ids
        )


def _words(pieces: Sequence[Piece], places: Sequence[int]) -> str:
    """Return the words of some pieces; those that were deleted apart from those in their place."""
    said = ""
    before: Piece | None = None
    for piece in (pieces[at] for at in places):
        is_other = before is not None and (before.old, before.new) == (piece.new, piece.old) != (piece.old, piece.new)
        said += " " if piece.end is not None or is_other else ""
        said += piece.text
        before = piece
    return " ".join(said.split())


def _place(places: Sequence[int], sections: Mapping[int, str]) -> str:
    return next((sections[at] for at in places if sections.get(at)), "")


def notes(parts: Package, main: str) -> Mapping[str, Element]:
    """Return the notes of a file by their kind and id."""
    return {
        f"{kind} {node.get(w('id'), '')}": node
        for kind, name in (("footnotes", "footnote"), ("endnotes", "endnote"))
        for part in package.find(parts, kind, main)
        for node in story.settled(parts[part]).iter(w(name))
    }
