"""Finds what may be meant as a change though it is none of words: formats that were tracked, and marks by hand."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from drafter.comparing import alignment
from drafter.returned import changes, differing
from drafter.returned.aligning import Group
from drafter.returned.counted import Texts
from drafter.returned.file import texts
from drafter.returned.file.formats import is_gone
from drafter.returned.file.pieces import Mark, Piece
from drafter.returned.markup import Change, Possible, is_unreadable
from drafter.returned.sent import Sent
from drafter.values import dataclass

FEW, MOST = 3, 0.9  # words that recur by chance; of the references: so many are kept where nobody lost them
MANY = 20  # sections: a program that compares files marks the looks of everything


def set_aside(pieces: Iterable[Piece]) -> None:
    """Take words that are struck through by hand, or that can't be read, off both sides: they are meant to be gone.

    What was made so under tracking is gone only where that is accepted.
    """
    for piece in pieces:
        if is_gone(piece.look):
            piece.old, piece.new = piece.old and piece.tracked, False


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
    """Return words that may be meant as a proposal, by how they look; those of changes that are told are left out.

    These are words that can't be read, and those that were struck through under tracking.
    """
    return tuple(
        Possible(places.get(first, ""), look, words)
        for look, first, words in runs(pieces)
        if not is_unreadable(look) and not pieces[first].tracked
    )


def explained(found: Iterable[Change], pieces: Sequence[Piece], places: Mapping[int, str]) -> Iterator[Change]:
    """Yield changes; one whose words are still there and can't be read, or are struck through, says so.

    Words that stand in the place of others are told as those, whatever became of the others. `places` are the sections
    of the pieces.
    """
    gone: dict[tuple[str, str], str] = {}
    for look, first, text in runs(pieces):
        if is_gone(look):
            at = places.get(first, ""), look
            gone[at] = f"{gone.get(at, '')} {text}"
    for change in found:
        words = texts.keys(change.before)
        of = ((look, said) for (where, look), said in gone.items() if where in change.sections)
        looks = (look for look, said in of if words and texts.within(words, texts.keys(said)))
        look = "" if change.possible else next(looks, "")
        yield replace(change, possible=look) if look else change


@dataclass(frozen=True, slots=True)
class _Unseen:
    """Words that no reader sees, and that are on no side of a file: the places of their pieces, and who put them in."""

    look: str
    first: int
    last: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """The words of a line of the revised with such words in it, and where in its text these start and stop."""

    number: int
    text: str
    start: int
    stop: int


def unreadable(sent: Sent, compared: Texts, told: Sequence[Change]) -> Iterator[Change]:
    """Yield words that were put in so that nobody sees them: hidden, white or tiny; each where it stands in its line.

    Between the sides of a file those that were tracked, else the others. Words that were sent and were made so are told
    as deleted; whole lines of them that are `told` already are left out.
    """
    ends = [*itertools.accumulate((line.origins[-1][0] for line in compared.revised), max)]
    for one in _unseen(compared):
        j = bisect.bisect_left(ends, one.first)
        if j == len(ends) or any(_is_end(compared, place) for place in range(one.first, ends[j])):
            words = " ".join(_words(compared.pieces[one.first : one.last + 1]).split())
            if not _is_told(one.look, texts.keys(words), told):
                yield _new(sent, compared, one, _line_before(compared, one), ("", words))
        else:
            shown = _with(compared, one, j, ends[j - 1] + 1 if j else 0)
            for span in _put_in(compared, shown):
                yield _new_inside(sent, compared, one, shown, span)


def _unseen(compared: Texts) -> Iterator[_Unseen]:
    def alike(place: int) -> tuple[str, tuple[Mark, ...]]:
        piece = compared.pieces[place]
        if not piece.look or piece.end is not None or piece.old or piece.new or not is_unreadable(piece.look):
            return "", ()
        return piece.look, tuple(mark for mark in piece.marks if mark.kind in ("ins", "moveTo"))

    for (look, marks), found in itertools.groupby(range(len(compared.pieces)), alike):
        if look and bool(marks) == compared.marked:
            places = list(found)
            yield _Unseen(look, places[0], places[-1], marks)


def _is_end(compared: Texts, place: int) -> bool:
    """Say whether a line of the revised ends at a piece."""
    end = compared.pieces[place].end
    return end is not None and (bool(end.area) or _is_on(compared, place))


def _is_on(compared: Texts, place: int) -> bool:
    piece = compared.pieces[place]
    return piece.new if compared.marked else piece.old


def _words(pieces: Iterable[Piece]) -> str:
    return "".join(texts.said(piece) for piece in pieces if piece.end is None)


def _is_told(look: str, keys: Sequence[str], told: Iterable[Change]) -> bool:
    """Say whether a line is among those that are told as deleted; so is one without words."""
    lines = (line for one in told if one.possible == look and not one.line_before for line in one.before.split("\n"))
    return not keys or any(keys == texts.keys(line) for line in lines)


def _with(compared: Texts, one: _Unseen, j: int, start: int) -> _Shown:
    """Return a line of the revised, whose pieces begin at a place, with words in it that no reader sees."""
    line = compared.revised[j]
    places = [place for place in range(start, line.origins[-1][0]) if _is_on(compared, place)]
    left = _words(compared.pieces[place] for place in places if place < one.first)
    right = _words(compared.pieces[place] for place in places if place > one.last)
    words = _words(compared.pieces[one.first : one.last + 1])
    at = len(left)
    if not line.text.startswith(left):  # the line was put together again from others
        at = next((span[0] for span, of in zip(line.spans, line.origins, strict=True) if of[0] > one.last), 0)
        at = len(line.text) - len(right) if line.text.endswith(right) else at
    return _Shown(j, f"{line.text[:at]}{words}{line.text[at:]}", at, at + len(words))


def _put_in(compared: Texts, shown: _Shown) -> Iterator[tuple[int, int]]:
    """Yield where the words start and stop that were not sent: all, or runs of them; none where all were sent."""
    found = texts.tokens(shown.text)
    own = [k for k, (_, start, stop) in enumerate(found) if start < shown.stop and stop > shown.start]
    group = _group_of(compared, shown.number)
    new: list[list[int]] = [own] if own else []
    if own and group is not None:
        base = [key for i in group.base for key in compared.base[i].keys]
        lines = [list(compared.revised[j].keys) for j in group.revised]
        less = [key for line in lines for key in line]
        lines[group.revised.index(shown.number)] = [*(key for key, _, _ in found), texts.BREAK]
        before = sum(len(line) for line in lines[: group.revised.index(shown.number)])
        keys = [key for line in lines for key in line]
        was_sent = alignment.common_length(base, keys) - alignment.common_length(base, less)
        kept = {k - before for _, k in alignment.common(base, keys)} if was_sent else set()
        rest = [k for k in own if k not in kept]
        if was_sent and len(rest) == len(own) - was_sent:
            next_to = itertools.groupby(enumerate(rest), lambda pair: pair[1] - pair[0])
            new = [[k for _, k in run] for _, run in next_to]
    yield from ((found[run[0]][1], found[run[-1]][2]) for run in new)


def _group_of(compared: Texts, j: int) -> Group | None:
    return next((group for group in compared.groups if j in group.revised), None)


def _new_inside(sent: Sent, compared: Texts, one: _Unseen, shown: _Shown, words: tuple[int, int]) -> Change:
    """Return words of a line as a change; with the letters that they touch, where they are in the midst of a word."""
    first, last = words
    seen = f"{shown.text[first : max(first, shown.start)]}{shown.text[min(last, shown.stop) : last]}"
    group = _group_of(compared, shown.number)
    i = group.base[0] if group is not None else _line_before(compared, one)
    made = _new(sent, compared, one, i, (seen, shown.text[first:last]))
    here = changes.one_row(shown.text)
    if group is None:  # in a line that is new itself
        return replace(made, line_before=changes.one_row(compared.revised[shown.number].text), line_after=here)
    before = (changes.one_row(compared.base[i].text) for i in group.base)
    after = (here if j == shown.number else changes.one_row(compared.revised[j].text) for j in group.revised)
    return replace(
        made, kind="heading" if compared.kinds[i] == "heading" else made.kind, place=compared.places[i],
        line_before="\n".join(before), line_after="\n".join(after), certainty=round(group.likeness, 2),
    )  # fmt: skip


def _line_before(compared: Texts, one: _Unseen) -> int:
    """Return the line of the base after which words are that have no line there."""
    at = max((j for j, line in enumerate(compared.revised) if line.origins[0][0] <= one.first), default=-1)
    group = next((group for group in reversed(compared.groups) if min(group.revised) <= at), None)
    return max(group.base) if group is not None else 0


def _new(sent: Sent, compared: Texts, one: _Unseen, i: int, words: tuple[str, str]) -> Change:
    """Return words that no reader sees as a change after a line of the base, with those that they replace."""
    part = sent.parts[compared.parts[i]]
    authors = tuple(dict.fromkeys(mark.author for mark in one.marks))
    comments = (name for piece in compared.pieces[one.first : one.last + 1] for name in piece.comments)
    before, after = words
    return Change(
        changes.hashed((part.name,), before, after, (*authors, one.look)), (part.name,),
        (part.clause,) * bool(part.clause), part.heading, "replace" if before else "insert", marked=bool(one.marks),
        before=before, after=after, authors=authors,
        dates=tuple(dict.fromkeys(mark.date for mark in one.marks if mark.date)), place=f"after {compared.places[i]}",
        comments=tuple(dict.fromkeys(comments)), history=changes.history([(mark, after) for mark in one.marks]),
        possible=one.look,
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


def parted(silent: Texts) -> bool:
    """Take the mark off an end between two lines that were sent, and say whether there was one.

    LibreOffice marks the end of a paragraph as inserted, too, where a new one follows words inserted at its end. If it
    is rejected, two lines that were sent become one, which nobody meant: they are apart on every side.
    """
    found = False
    for group in silent.groups:
        if len(group.base) == 1 or any(silent.revised[j].end.row for j in group.revised):
            continue
        made = differing.by_words(silent.base, silent.revised, group.base, group.revised)
        for hunk in made.hunks:
            gone = [silent.base[i].keys[at] for i, at in made.base[hunk.start : hunk.stop]]
            if texts.BREAK not in gone or not 0 < hunk.first <= hunk.last < len(made.revised):
                continue
            first, last = (
                silent.revised[j].origins[at][0] for j, at in (made.revised[hunk.first - 1], made.revised[hunk.last])
            )
            ends = (piece for piece in silent.pieces[first:last] if piece.end and piece.new and not piece.old)
            for piece in itertools.islice(ends, gone.count(texts.BREAK)):
                piece.old, piece.marks, found = True, (), True
    return found


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
