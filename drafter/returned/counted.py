"""Counts what differs between two texts as a lawyer does: runs of words, lines, whole sections; in, out or moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from drafter.returned import differing, units
from drafter.returned.aligning import Group
from drafter.returned.differing import At, Difference, Hunk
from drafter.returned.file.pieces import Mark, Piece
from drafter.returned.file.texts import BREAK, Line
from drafter.returned.sent import Sent
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """Two texts that are compared: their lines, which are which, and the part of what was sent that each belongs to.

    `pieces` are those of the file; `marked` says that the two are its sides, so that what differs was tracked. `asked`
    gives the question that a token of the base answers, `kinds` what each line of the base is; empty for one that was
    not sent.
    """

    base: Sequence[Line]
    revised: Sequence[Line]
    groups: Sequence[Group]
    parts: Sequence[int]
    kinds: Sequence[str]
    places: Sequence[str]
    asked: Mapping[At, str]
    pieces: Sequence[Piece]
    marked: bool
    optional: frozenset[int] = frozenset()  # lines of the base that need not be there
    numbers: Sequence[str] = ()  # what was printed before each line of the base


@dataclass(slots=True)
class Raw:
    """A change while it is put together: its tokens on both sides, and after which line of the base it is."""

    base: list[At]
    revised: list[At]
    after: int
    inner: bool = False  # in a line that stays
    moved: bool = False
    whole: bool = False
    marks: list[tuple[Mark, str]] = field(default_factory=list)
    comments: tuple[str, ...] = ()
    likeness: float = 1.0
    to: int = -1
    look: str = ""


def count(texts: Texts, sent: Sent) -> list[Raw]:
    """Return what differs between two texts, in the order of what was sent."""
    return _Counting(texts, sent).found()


def beginnings(texts: Texts) -> frozenset[tuple[str, str]]:
    """Return the styles, each with a list's level, that lines which begin a section have in the revised, and no others.

    A heading is known by its style, so that its level is empty here. A line that has the number of a section and no
    heading, as in a short form, has the style of others, and is known by the level of the list that it names.
    """
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for group in texts.groups:
        end = texts.revised[group.revised[0]].end
        if not end.row:
            found[texts.kinds[group.base[0]]].add((end.style, end.level))
    plain = {style for style, _ in found["paragraph"] | found["section"]} | {""}
    levels = {one for one in found["section"] - found["paragraph"] if one[1]}
    return frozenset({(style, "") for style, _ in found["heading"] if style not in plain} | levels)


class _Counting:
    """Two texts while what differs between them is counted."""

    def __init__(self, texts: Texts, sent: Sent) -> None:
        self.texts, self.sent = texts, sent
        self.base, self.revised = texts.base, texts.revised
        self.of = {i: group for group in texts.groups for i in group.base}
        self.back = {j: group for group in texts.groups for j in group.revised}
        self.beginnings = beginnings(texts)

    # -- finding --------------------------------------------------------------------------------

    def found(self) -> list[Raw]:
        """Return what differs, in the order of the base."""
        raws = [*self.moves(), *self.inner(), *self.outer()]
        for raw in raws:
            self.tell(raw)
        raws.sort(key=lambda raw: (raw.base[0][0] if raw.base else raw.after + 0.5, raw.after))
        return raws

    def inner(self) -> Iterator[Raw]:
        """Yield what differs in lines that stay; runs of one author and minute in one sentence are one, mostly."""
        compare = differing.by_pieces if self.texts.marked else differing.by_words
        for group in self.texts.groups:
            if len(group.base) == len(group.revised) == 1 and self._same(group):
                continue
            found = compare(self.base, self.revised, group.base, group.revised)
            waiting: Hunk | None = None
            for hunk in units.widened(found, self.base, self.revised, self.texts.asked):
                if waiting and self._are_one(found, waiting, hunk):
                    waiting = Hunk(waiting.start, hunk.stop, waiting.first, hunk.last)
                    continue
                if waiting:
                    yield self._raw(found, waiting, group)
                waiting = hunk
            if waiting:
                yield self._raw(found, waiting, group)

    def _raw(self, found: Difference, hunk: Hunk, group: Group) -> Raw:
        at = found.base[hunk.start if hunk.stop > hunk.start else max(hunk.start - 1, 0)]
        base, revised = found.base[hunk.start : hunk.stop], found.revised[hunk.first : hunk.last]
        raw = Raw(list(base), list(revised), at[0], inner=True, likeness=group.likeness)
        self.tell(raw)
        return raw

    def _are_one(self, found: Difference, one: Hunk, two: Hunk) -> bool:
        """Say whether two runs are one change: of one author and minute, in one sentence and cell.

        The whole of an answer is a change of its own where it lies well apart from the other run.
        """
        between = found.base[one.stop : two.start]
        if not differing.is_one_sentence(self.base, between) or differing.has_cells(self.base, between):
            return False
        if differing.are_apart(self.base, between) and (
            units.is_answer(found, one, self.texts.asked) or units.is_answer(found, two, self.texts.asked)
        ):
            return False
        group = self.texts.groups[0]
        return self._who(self._raw(found, one, group)) == self._who(self._raw(found, two, group))

    def _same(self, group: Group) -> bool:
        one, two = self.base[group.base[0]], self.revised[group.revised[0]]
        return one.keys == two.keys and (not self.texts.marked or one.origins == two.origins)

    def _who(self, raw: Raw) -> set[tuple[str, str]]:
        return {(mark.author, mark.date[:16]) for mark, _ in raw.marks}

    def outer(self) -> list[Raw]:
        """Return lines that are gone and new ones; those next to each other are one, a whole section by itself."""
        gone = [i for i in range(len(self.base)) if i not in self.of and i not in self.texts.optional]
        whole = self._whole(gone)
        new = self._new()
        raws: list[Raw] = []
        for i in range(-1, len(self.base)):
            if i >= 0 and i not in self.of and i not in self.texts.optional:
                raw = Raw(self._all(self.base, [i]), [], i - 1, whole=self.texts.parts[i] in whole)
                self.tell(raw)
                if raws and self._next(raws[-1], raw, i):
                    _add(raws[-1], raw)
                else:
                    raws.append(raw)
            for j in new.get(i, ()):
                raw = Raw([], self._all(self.revised, [j]), i, whole=self._heads(j))
                self.tell(raw)
                if raws and self._next_new(raws[-1], raw, i, j):
                    _add(raws[-1], raw)
                else:
                    raws.append(raw)
        return raws

    def _new(self) -> dict[int, list[int]]:
        """Return the lines that are only in the revised, by the line of the base after which each is."""
        new: dict[int, list[int]] = defaultdict(list)
        last = -1
        for j, line in enumerate(self.revised):
            if j in self.back:
                group = self.back[j]
                last = last if group.moved else max(group.base)
                continue
            after = last
            while self._is_before(after + 1, last, line):
                after += 1
            new[after].append(j)
        return new

    def _is_before(self, i: int, last: int, line: Line) -> bool:
        """Say whether a line that is gone was before a new one: by the file, or as one of the same section."""
        if i >= len(self.base) or i in self.of:
            return False
        if self.texts.marked:
            return self.base[i].origins[-1][0] < line.origins[-1][0]
        return last >= 0 and self.texts.parts[i] == self.texts.parts[last]

    def _next(self, before: Raw, raw: Raw, i: int) -> bool:
        """Say whether a line that is gone belongs to the change before it."""
        if not before.base or before.inner or before.revised:
            return False
        last, parts = before.base[-1][0], self.texts.parts
        if not all(k in self.texts.optional and k not in self.of for k in range(last + 1, i)):
            return False
        if (before.whole or raw.whole) and parts[i] != parts[last]:
            return False
        return self._who(before) == self._who(raw)

    def _next_new(self, before: Raw, raw: Raw, i: int, j: int) -> bool:
        """Say whether a new line belongs to the change before it."""
        if (before.whole and before.base) or self._who(before) != self._who(raw) or raw.whole:
            return False
        if before.revised:
            return before.revised[-1][0] == j - 1
        return bool(before.base) and before.base[-1][0] == i

    def _heads(self, j: int) -> bool:
        """Say whether a new line begins a new section, by the style and the list that only lines have which do."""
        end = self.revised[j].end
        return not self.beginnings.isdisjoint({(end.style, ""), (end.style, end.level)})

    def _whole(self, gone: Sequence[int]) -> frozenset[int]:
        """Return the parts of which all lines are among some, and that have more than one or a heading."""
        count: dict[int, int] = defaultdict(int)
        for part in self.texts.parts:
            count[part] += 1
        named = any(part.clause for part in self.sent.parts)  # a Word file's parts have no clauses
        have: dict[int, int] = defaultdict(int)
        for i in gone:
            have[self.texts.parts[i]] += 1
        return frozenset(
            part
            for part, number in have.items()
            if number == count[part] and (self.sent.parts[part].clause or not named)
        )

    def moves(self) -> list[Raw]:
        """Return what moved: lines that were next to each other and still are, as one."""
        moved = [group for group in self.texts.groups if group.moved]
        whole = self._whole([i for group in moved for i in group.base])
        raws: list[Raw] = []
        for group in moved:
            last = raws[-1] if raws else None
            parts = self.texts.parts
            raw = Raw(
                self._all(self.base, group.base), self._all(self.revised, group.revised), group.base[0] - 1, moved=True,
                whole=parts[group.base[0]] in whole, to=self._to(group.revised[0]),
            )  # fmt: skip
            self.tell(raw)
            if (
                last is not None
                and last.base[-1][0] == group.base[0] - 1
                and last.revised[-1][0] == group.revised[0] - 1
                and (parts[last.base[-1][0]] == parts[group.base[0]] or not (last.whole or raw.whole))
            ):
                _add(last, raw)
            else:
                raws.append(raw)
        return raws

    def _to(self, j: int) -> int:
        """Return the line of the base after which a line is now; -1 where it is the first."""
        for k in range(j - 1, -1, -1):
            if k in self.back and not self.back[k].moved:
                return max(self.back[k].base)
        return -1

    def _all(self, lines: Sequence[Line], numbers: Iterable[int]) -> list[At]:
        return [(number, at) for number in numbers for at in range(len(lines[number].keys))]

    # -- telling --------------------------------------------------------------------------------

    def tell(self, raw: Raw) -> None:
        """Add who made a change, and the comments on it."""
        if raw.marks:
            return
        marked = self.texts.marked
        places = {place for at in raw.base for place in self._pieces(self.base, at)} if marked else set()
        places |= {place for at in raw.revised for place in self._pieces(self.revised, at)}
        comments: dict[str, None] = {}
        for place in range(min(places), max(places) + 1) if raw.inner and places else sorted(places):
            piece = self.texts.pieces[place]
            comments |= dict.fromkeys(piece.comments)
            if marked and (piece.old != piece.new or not piece.old):
                words = piece.text if piece.end is None else BREAK
                raw.marks += [(mark, words) for mark in piece.marks if piece.tracked or mark.kind != "format"]
            raw.look = raw.look or piece.look
        raw.comments = tuple(comments)

    def _pieces(self, lines: Sequence[Line], at: At) -> range:
        line = lines[at[0]]
        first = line.origins[at[1]][0]
        if at[1] + 1 == len(line.keys):
            return range(first, first + 1)
        place, offset = line.origins[at[1] + 1]
        return range(first, max(place + (offset > 0), first + 1))


def _add(raw: Raw, other: Raw) -> None:
    """Make two neighbours one."""
    raw.base += other.base
    raw.revised += other.revised
    raw.marks += other.marks
    raw.comments = tuple(dict.fromkeys((*raw.comments, *other.comments)))
