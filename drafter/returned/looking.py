"""Finds what may be meant as a change though it is none of words: formats that were tracked, and marks by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from drafter.returned import changes
from drafter.returned.counted import Texts
from drafter.returned.file import texts
from drafter.returned.file.formats import STRUCK
from drafter.returned.file.pieces import Piece
from drafter.returned.markup import Change, Possible, is_unreadable
from drafter.returned.sent import Sent

FEW, MOST = 3, 0.9  # words that recur by chance; of the references: so many are kept where nobody lost them
MANY = 20  # sections: a program that compares files marks the looks of everything


def _is_gone(look: str) -> bool:
    return look == STRUCK or is_unreadable(look)


def set_aside(pieces: Iterable[Piece]) -> None:
    """Take words that are struck through by hand, or that can't be read, off both sides: they are meant to be gone.

    What was made so under tracking is gone only where that is accepted.
    """
    for piece in pieces:
        if _is_gone(piece.look):
            tracked = piece.old and piece.new and any(mark.kind == "format" for mark in piece.marks)
            piece.old, piece.new = piece.old and tracked, False


def runs(pieces: Sequence[Piece]) -> Iterator[tuple[str, int, str]]:
    """Yield words that look like a mark by hand: the look, the place of the first piece, and the words."""
    look, first, words = "", 0, ""
    for place, piece in enumerate((*pieces, Piece("", old=False, new=False))):
        same = piece.end is None and piece.look == look
        if not same or place == len(pieces):
            if look and words.strip():
                yield look, first, " ".join(words.split())
            look, first, words = piece.look, place, ""
        words += piece.text


def possible(pieces: Sequence[Piece], places: Mapping[int, str]) -> tuple[Possible, ...]:
    """Return words that may be meant as a proposal, by how they look; those that can't be read are told as changes."""
    return tuple(
        Possible(places.get(first, ""), look, words) for look, first, words in runs(pieces) if not is_unreadable(look)
    )


def explained(found: Iterable[Change], pieces: Sequence[Piece]) -> Iterator[Change]:
    """Yield silent changes; one whose words are still there and can't be read, or are struck through, says so."""
    gone = [(look, texts.keys(words)) for look, _, words in runs(pieces) if _is_gone(look)]
    for change in found:
        words = texts.keys(change.before)
        look = next((look for look, keys in gone if words and (_within(words, keys) or _within(keys, words))), "")
        yield replace(change, possible=look) if look and not change.possible else change


def _within(one: Sequence[str], two: Sequence[str]) -> bool:
    return f" {' '.join(one)} " in f" {' '.join(two)} "


def unreadable(sent: Sent, silent: Texts, told: Sequence[Change]) -> Iterator[Change]:
    """Yield words that were put in so that nobody sees them: hidden, white or tiny; marked where they were tracked.

    Words that were sent and were made so are told as deleted; those that are `told` already are left out.
    """
    for look, first, words in runs(silent.pieces):
        keys = texts.keys(words)
        is_told = any(_within(keys, texts.keys(one.before)) for one in told if one.before and one.possible == look)
        if not is_unreadable(look) or is_told or not keys:
            continue
        marks = [mark for mark in silent.pieces[first].marks if mark.kind in ("ins", "moveTo")]
        at = max((j for j, line in enumerate(silent.revised) if line.origins[0][0] <= first), default=-1)
        group = next((group for group in reversed(silent.groups) if min(group.revised) <= at), None)
        i = max(group.base) if group is not None else 0
        part = sent.parts[silent.parts[i]]
        authors = tuple(dict.fromkeys(mark.author for mark in marks))
        yield Change(
            changes.hashed((part.name,), "", words, (*authors, look)), (part.name,), (part.clause,) * bool(part.clause),
            part.heading, "insert", marked=bool(marks), before="", after=words, authors=authors,
            dates=tuple(dict.fromkeys(mark.date for mark in marks if mark.date)), place=f"after {silent.places[i]}",
            possible=look,
        )  # fmt: skip


def unmarked(pieces: Sequence[Piece], silent: Iterable[Change]) -> tuple[Possible, ...]:
    """Take the marks off words that were sent and are marked as inserted, as a conversion does; return which they are.

    `silent` are the changes without a mark: words that are gone where every mark is rejected.
    """
    gone = {texts.keys(one.before): one.section for one in silent if one.before and not one.after}
    made: list[Possible] = []
    held: list[Piece] = []
    for piece in (*pieces, Piece("", old=True, new=True)):
        if piece.new and not piece.old and piece.end is None:
            held.append(piece)
            continue
        words = "".join(one.text for one in held)
        if (section := gone.get(texts.keys(words), "")) and len(texts.keys(words)) > FEW:
            made.append(Possible(section, "marked as inserted, though it was sent", words.strip()))
            for one in held:
                one.old, one.marks = True, ()
        held = []
    return tuple(made)


def typed(sent: Sent, silent: Texts) -> Iterator[Change]:
    """Yield references that were changed without a mark though the words are the same.

    They were typed over and no longer count by themselves, or point to what has another number: that they print when a
    program counts again. In a file that has lost most of its references, a program did that, and none is a change.
    """
    all_kept = {piece.target for piece in silent.pieces if piece.target}
    all_sent = {piece.target for piece in sent.pieces if piece.target}
    if len(all_kept & all_sent) < MOST * len(all_sent):
        return
    for group in silent.groups:
        i, j = group.base[0], group.revised[0]
        one, two = silent.base[i], silent.revised[j]
        if one.keys != two.keys:
            continue
        told: set[int] = set()  # a reference has several words: "Article 6"
        for at, (place, _) in enumerate(one.origins[:-1]):
            piece = sent.pieces[place]
            here = silent.pieces[two.origins[at][0]]
            if piece.target and place not in told and (now := _now(sent, piece, here)):
                told.add(place)
                part = sent.parts[silent.parts[i]]
                yield Change(
                    changes.hashed((part.name,), piece.text, "typed" if now == piece.text else now, ()), (part.name,),
                    (part.clause,) * bool(part.clause), part.heading, "reference", marked=False,
                    before=piece.text, after=now,
                    place=silent.places[i], line_before=one.text, line_after=two.text,
                )  # fmt: skip


def _now(sent: Sent, piece: Piece, here: Piece) -> str:
    """Return what a reference prints that was typed over or points elsewhere; empty where it points where it did."""
    if not here.target:
        return piece.text
    said = sent.printed.get(here.target, piece.text)
    return "" if texts.keys(said) == texts.keys(piece.text) else said


def formats(sent: Sent, pieces: Sequence[Piece], places: Mapping[int, int]) -> Iterator[Change]:
    """Yield what was tracked of looks alone, as one change for each author."""
    parts: dict[str, dict[int, None]] = {}
    dates: dict[str, dict[str, None]] = {}
    for place, piece in enumerate(pieces):
        for mark in piece.marks:
            if mark.kind == "format" and piece.old and piece.new and (piece.text.strip() or piece.end):
                parts.setdefault(mark.author, {})[places[place]] = None
                dates.setdefault(mark.author, {})[mark.date] = None
    for author, found in parts.items():
        if len(found) > MANY:
            continue
        names = tuple(dict.fromkeys(sent.parts[part].name for part in sorted(found)))
        yield Change(
            id=changes.hashed(names, "", "format", (author,)), sections=names,
            clauses=tuple(sent.parts[part].clause for part in sorted(found) if sent.parts[part].clause),
            heading=sent.parts[min(found)].heading if len(names) == 1 else "", kind="format", marked=True, before="",
            after="", authors=(author,), dates=tuple(filter(None, dates[author])), place="format",
        )  # fmt: skip
