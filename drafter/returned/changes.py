"""Turns what differs between two texts into changes, as a lawyer counts them."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from drafter.returned import differing
from drafter.returned.aligning import Group
from drafter.returned.differing import At, Difference, Hunk
from drafter.returned.file.pieces import Mark, Piece
from drafter.returned.file.texts import BREAK, Line
from drafter.returned.markup import Change, Kind, Step
from drafter.returned.sent import Sent
from drafter.values import dataclass

NOWHERE = "before all that was sent"
_BRACKETS = re.compile(r"\s*[\[{<]")
_WORDS = {"ins": "inserted", "moveTo": "inserted", "del": "deleted", "moveFrom": "deleted", "format": "formatted"}


@dataclass(frozen=True, slots=True)
class Texts:
    """Two texts that are compared: their lines, which are which, and the part of what was sent that each belongs to.

    `pieces` are those of the file; `marked` says that the two are its sides, so that what differs was tracked. `asked`
    gives the question that a token of the base answers, `kinds` what each line of the base is.
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


@dataclass(slots=True)
class _Raw:
    """A change while it is put together: its tokens on both sides, and after which line of the base it is."""

    base: list[At]
    revised: list[At]
    after: int
    inner: bool = False  # in a line that stays
    moved: bool = False
    parts: tuple[int, ...] = ()
    whole: bool = False
    marks: list[tuple[Mark, str]] = field(default_factory=list)
    comments: tuple[str, ...] = ()
    likeness: float = 1.0
    to: int = -1
    look: str = ""


def between(texts: Texts, sent: Sent) -> list[Change]:
    """Return the changes between two texts, in the order of what was sent."""
    made = _Between(texts, sent)
    return [made.change(raw) for raw in made.found()]


class _Between:
    def __init__(self, texts: Texts, sent: Sent) -> None:
        self.texts, self.sent = texts, sent
        self.base, self.revised = texts.base, texts.revised
        self.of = {i: group for group in texts.groups for i in group.base}
        self.back = {j: group for group in texts.groups for j in group.revised}
        self.styles = self._headings()

    # -- finding --------------------------------------------------------------------------------

    def found(self) -> list[_Raw]:
        raws = [*self.moves(), *self.inner(), *self.outer()]
        for raw in raws:
            self.tell(raw)
        raws.sort(key=lambda raw: (raw.base[0][0] if raw.base else raw.after + 0.5, raw.after))
        return raws

    def inner(self) -> Iterable[_Raw]:
        """Yield what differs in lines that stay; runs of one author and minute in one sentence are one."""
        compare = differing.by_pieces if self.texts.marked else differing.by_words
        for group in self.texts.groups:
            if len(group.base) == len(group.revised) == 1 and self._same(group):
                continue
            found = compare(self.base, self.revised, group.base, group.revised)
            waiting: Hunk | None = None
            for hunk in found.hunks:
                if waiting and self._are_one(found, waiting, hunk):
                    waiting = Hunk(waiting.start, hunk.stop, waiting.first, hunk.last)
                    continue
                if waiting:
                    yield self._raw(found, waiting, group)
                waiting = hunk
            if waiting:
                yield self._raw(found, waiting, group)

    def _raw(self, found: Difference, hunk: Hunk, group: Group) -> _Raw:
        at = found.base[hunk.start if hunk.stop > hunk.start else max(hunk.start - 1, 0)]
        base, revised = found.base[hunk.start : hunk.stop], found.revised[hunk.first : hunk.last]
        raw = _Raw(list(base), list(revised), at[0], inner=True, likeness=group.likeness)
        self.tell(raw)
        return raw

    def _are_one(self, found: Difference, one: Hunk, two: Hunk) -> bool:
        """Say whether two runs are one change: of one author and minute, in one sentence."""
        if not differing.is_one_sentence(self.base, found.base[one.stop : two.start]):
            return False
        group = self.texts.groups[0]
        return self._who(self._raw(found, one, group)) == self._who(self._raw(found, two, group))

    def _same(self, group: Group) -> bool:
        one, two = self.base[group.base[0]], self.revised[group.revised[0]]
        return one.keys == two.keys and (not self.texts.marked or one.origins == two.origins)

    def _who(self, raw: _Raw) -> set[tuple[str, str]]:
        return {(mark.author, mark.date[:16]) for mark, _ in raw.marks}

    def outer(self) -> Iterable[_Raw]:
        """Yield lines that are gone and new ones; those next to each other are one, a whole section by itself."""
        gone = [i for i in range(len(self.base)) if i not in self.of and i not in self.texts.optional]
        whole = self._whole(gone)
        new: dict[int, list[int]] = defaultdict(list)
        last = -1
        for j in range(len(self.revised)):
            if j in self.back:
                group = self.back[j]
                last = last if group.moved else max(group.base)
            else:
                new[last].append(j)
        raws: list[_Raw] = []
        for i in range(-1, len(self.base)):
            if i >= 0 and i not in self.of and i not in self.texts.optional:
                raw = _Raw(self._all(self.base, [i]), [], i - 1, whole=self.texts.parts[i] in whole)
                self.tell(raw)
                if raws and self._next(raws[-1], raw, i):
                    raws[-1] = replace(raws[-1], base=[*raws[-1].base, *raw.base], marks=[*raws[-1].marks, *raw.marks])
                else:
                    raws.append(raw)
            for j in new.get(i, ()):
                raw = _Raw([], self._all(self.revised, [j]), i)
                self.tell(raw)
                if raws and self._next_new(raws[-1], raw, i, j):
                    raws[-1] = replace(
                        raws[-1], revised=[*raws[-1].revised, *raw.revised], marks=[*raws[-1].marks, *raw.marks]
                    )
                else:
                    raws.append(raw)
        return raws

    def _next(self, before: _Raw, raw: _Raw, i: int) -> bool:
        """Say whether a line that is gone belongs to the change before it."""
        if not before.base or before.base[-1][0] != i - 1 or before.inner or before.revised:
            return False
        parts = self.texts.parts
        if (before.whole or raw.whole) and parts[i] != parts[i - 1]:
            return False
        return self._who(before) == self._who(raw)

    def _next_new(self, before: _Raw, raw: _Raw, i: int, j: int) -> bool:
        """Say whether a new line belongs to the change before it."""
        if before.whole or self._who(before) != self._who(raw) or self._heads(j):
            return False
        if before.revised:
            return before.revised[-1][0] == j - 1
        return bool(before.base) and before.base[-1][0] == i

    def _heads(self, j: int) -> bool:
        """Say whether a new line is the heading of a new section, by the style that the headings of sections have."""
        style = self.revised[j].end.style
        return bool(style) and style in self.styles

    def _headings(self) -> frozenset[str]:
        """Return the styles that most headings of sections have in the revised."""
        found = {
            self.revised[group.revised[0]].end.style
            for group in self.texts.groups
            if self.texts.kinds[group.base[0]] == "heading" and not self.revised[group.revised[0]].end.row
        }
        others = {
            self.revised[group.revised[0]].end.style
            for group in self.texts.groups
            if self.texts.kinds[group.base[0]] == "paragraph"
        }
        return frozenset(found - others)

    def _whole(self, gone: Sequence[int]) -> frozenset[int]:
        """Return the parts of which all lines are among some, and that have more than one or a heading."""
        count: dict[int, int] = defaultdict(int)
        for part in self.texts.parts:
            count[part] += 1
        have: dict[int, int] = defaultdict(int)
        for i in gone:
            have[self.texts.parts[i]] += 1
        return frozenset(
            part for part, number in have.items() if number == count[part] and self.sent.parts[part].clause
        )

    def moves(self) -> Iterable[_Raw]:
        """Yield what moved: lines that were next to each other and still are, as one."""
        moved = [group for group in self.texts.groups if group.moved]
        whole = self._whole([i for group in moved for i in group.base])
        raws: list[_Raw] = []
        for group in moved:
            last = raws[-1] if raws else None
            parts = self.texts.parts
            raw = _Raw(
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
                raws[-1] = replace(
                    last, base=[*last.base, *raw.base], revised=[*last.revised, *raw.revised],
                    marks=[*last.marks, *raw.marks],
                )  # fmt: skip
            else:
                raws.append(raw)
        return raws

    def _to(self, j: int) -> int:
        """Return the part after whose words a line is now."""
        for k in range(j - 1, -1, -1):
            if k in self.back and not self.back[k].moved:
                return self.texts.parts[max(self.back[k].base)]
        return -1

    def _all(self, lines: Sequence[Line], numbers: Iterable[int]) -> list[At]:
        return [(number, at) for number in numbers for at in range(len(lines[number].keys))]

    # -- telling --------------------------------------------------------------------------------

    def tell(self, raw: _Raw) -> None:
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
                raw.marks += [(mark, words) for mark in piece.marks if mark.kind != "format"]
            raw.look = raw.look or piece.look
        raw.comments = tuple(comments)

    def _pieces(self, lines: Sequence[Line], at: At) -> range:
        line = lines[at[0]]
        first = line.origins[at[1]][0]
        if at[1] + 1 == len(line.keys):
            return range(first, first + 1)
        place, offset = line.origins[at[1] + 1]
        return range(first, max(place + (offset > 0), first + 1))

    def change(self, raw: _Raw) -> Change:
        """Return a change in its final form."""
        parts = self._parts(raw)
        before, after = _said(self.base, raw.base), _said(self.revised, raw.revised)
        if raw.inner and {*before, *after} <= {BREAK, "\n", " "}:
            before, after = before.strip(), after.strip()
        names = tuple(dict.fromkeys(self.sent.parts[part].name for part in parts))
        authors = tuple(dict.fromkeys(mark.author for mark, _ in raw.marks))
        one = self.sent.parts[parts[0]] if parts else None
        line = self._line(raw)
        question = self._question(raw)
        return Change(
            id=hashed(names, before, after, authors),
            sections=names,
            clauses=tuple(
                dict.fromkeys(self.sent.parts[part].clause for part in parts if self.sent.parts[part].clause)
            ),
            heading=one.heading if one else "",
            kind=self._kind(raw, before, after, question),
            marked=self.texts.marked,
            before=before,
            after=after,
            authors=authors,
            dates=tuple(dict.fromkeys(mark.date for mark, _ in raw.marks if mark.date)),
            whole=raw.whole,
            place=self._place(raw),
            question=question,
            line_before=line[0],
            line_after=line[1],
            comments=raw.comments,
            history=_history(raw.marks),
            possible="" if self.texts.marked else raw.look or ("in brackets" if _BRACKETS.match(after) else ""),
            certainty=round(raw.likeness, 2),
        )

    def _parts(self, raw: _Raw) -> tuple[int, ...]:
        parts = self.texts.parts
        if raw.base:
            lines = sorted({i for i, _ in raw.base})
            found = [parts[i] for i in lines]
            if raw.inner and raw.base[-1][1] + 1 == len(self.base[lines[-1]].keys) and lines[-1] + 1 < len(parts):
                group = self.of[lines[-1]]
                if lines[-1] + 1 in group.base:  # its end is gone: it was joined with the next
                    found.append(parts[lines[-1] + 1])
            return tuple(dict.fromkeys(found))
        at = raw.after
        if at < 0:
            return (0,)
        part = parts[at]
        is_article = not self.sent.parts[part].clause and self.texts.kinds[at] == "heading" and not raw.inner
        if is_article and at + 1 < len(parts) and self.sent.parts[part].name.startswith("Article"):
            part = parts[at + 1]
        return (part,)

    def _kind(self, raw: _Raw, before: str, after: str, question: str) -> Kind:
        if raw.moved:
            return "move"
        lines = {i for i, _ in raw.base} | ({raw.after} if raw.inner else set())
        kinds = {self.texts.kinds[i] for i in lines}
        if not raw.whole and kinds == {"heading"} and (raw.inner or raw.base):
            return "heading"
        if raw.base and raw.revised and self._refers(raw):
            return "reference"
        if question:
            return "value"
        rows = {self.base[i].end.row for i, _ in raw.base} | {self.revised[j].end.row for j, _ in raw.revised}
        if rows == {True} and not raw.inner:
            return "row"
        if raw.whole:
            return "delete"
        return "replace" if before and after else ("delete" if before else "insert")

    def _refers(self, raw: _Raw) -> bool:
        pieces = self.texts.pieces if self.texts.marked else self.sent.pieces
        return all(pieces[self.base[i].origins[at][0]].target for i, at in raw.base)

    def _question(self, raw: _Raw) -> str:
        found = {self.texts.asked.get(at, "") for at in raw.base}
        return next(iter(found)) if raw.inner and raw.revised and len(found) == 1 else ""

    def _place(self, raw: _Raw) -> str:
        if raw.moved:
            return f"after {self.sent.parts[raw.to].name}" if raw.to >= 0 else "first"
        if not raw.base and not raw.inner and raw.revised and self._heads(raw.revised[0][0]):
            return f"after {self.sent.parts[self.texts.parts[raw.after]].name}" if raw.after >= 0 else "first"
        at = raw.base[0][0] if raw.base else raw.after
        if at < 0:
            return NOWHERE
        said = self.texts.places[at]
        return said if raw.base or raw.inner else f"after {said}"

    def _line(self, raw: _Raw) -> tuple[str, str]:
        if not raw.inner:
            return "", ""
        group = self.of[raw.base[0][0] if raw.base else raw.after]
        one = "\n".join(self.base[i].text.strip() for i in group.base)
        return one, "\n".join(self.revised[j].text.strip() for j in group.revised)


def _said(lines: Sequence[Line], tokens: Sequence[At]) -> str:
    """Return the words of tokens as they are in their lines; a line's end alone as a sign of its own."""
    made: list[str] = []
    held: dict[int, list[int]] = defaultdict(list)
    for number, at in tokens:
        held[number].append(at)
    for number, those in held.items():
        line = lines[number]
        ends = those[-1] + 1 == len(line.keys)
        words = those[:-1] if ends else those
        said = line.text[line.spans[words[0]][0] : line.spans[words[-1]][1]] if words else ""
        whole = ends and len(those) == len(line.keys)
        made.append(said if whole or not ends else f"{said}{BREAK}")
    return "\n".join(made).strip()


def _history(marks: Sequence[tuple[Mark, str]]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for mark, words in marks:
        last = steps[-1] if steps else None
        kind = _WORDS.get(mark.kind, mark.kind)
        if last and (last.author, last.date, last.kind) == (mark.author, mark.date, kind):
            steps[-1] = replace(last, words=last.words + words.replace(BREAK, "\n"))
        else:
            steps.append(Step(mark.author, mark.date, kind, words.replace(BREAK, "\n")))
    return tuple(step for step in steps if step.words.strip())


def hashed(names: Sequence[str], before: str, after: str, authors: Sequence[str]) -> str:
    """Return an id that is the same for the same sections, words and authors."""
    text = "\n".join((*names, before, after, *authors))
    return hashlib.sha256(text.encode()).hexdigest()[:8]
