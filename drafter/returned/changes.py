"""Makes changes of what differs between two texts: the section of each, its kind, its words, who made it and when."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from drafter.returned import counted
from drafter.returned.counted import Raw, Texts
from drafter.returned.differing import At
from drafter.returned.file.pieces import Mark
from drafter.returned.file.texts import BREAK, Line
from drafter.returned.markup import Change, Kind, Step
from drafter.returned.sent import Sent

NOWHERE = "before all that was sent"
_BRACKETS = re.compile(r"\s*[\[{<]")
_CELLS = re.compile(r"\s*\n \| ")  # between the cells of a row, whose paragraphs end
_WORDS = {"ins": "inserted", "moveTo": "inserted", "del": "deleted", "moveFrom": "deleted"}


def between(texts: Texts, sent: Sent) -> list[Change]:
    """Return the changes between two texts, in the order of what was sent."""
    made = _Making(texts, sent)
    return [made.change(raw) for raw in counted.count(texts, sent)]


def told_apart(found: Iterable[Change]) -> Iterator[Change]:
    """Yield changes, each with an id of its own: of those that are alike in all that it rests on, by their order."""
    seen: Counter[str] = Counter()
    for change in found:
        seen[change.id] += 1
        again = seen[change.id]
        yield replace(change, id=f"{change.id}-{again}") if again > 1 else change


class _Making:
    """Makes changes of what was counted between two texts."""

    def __init__(self, texts: Texts, sent: Sent) -> None:
        self.texts, self.sent = texts, sent
        self.base, self.revised = texts.base, texts.revised
        self.of = {i: group for group in texts.groups for i in group.base}

    def change(self, raw: Raw) -> Change:
        """Return a change in its final form."""
        parts = [self.sent.parts[part] for part in self._parts(raw)]
        lines = self._lines(raw)
        before, after = _said(self.base, raw.base), _said(self.revised, raw.revised)
        if not (before + after).replace(BREAK, "").strip():
            before, after = lines  # only where a line ends: the words are those of the lines
        names = tuple(dict.fromkeys(part.name for part in parts))
        authors = tuple(dict.fromkeys(mark.author for mark, _ in raw.marks))
        question = self._question(raw)
        return Change(
            id=hashed(names, before, after, authors), sections=names,
            clauses=tuple(dict.fromkeys(part.clause for part in parts if part.clause)), heading=parts[0].heading,
            kind=self._kind(raw, before, after, question), marked=self.texts.marked, before=before, after=after,
            authors=authors, dates=tuple(dict.fromkeys(mark.date for mark, _ in raw.marks if mark.date)),
            whole=raw.whole, place=self._place(raw), question=question, line_before=lines[0], line_after=lines[1],
            comments=raw.comments, history=history(raw.marks),
            possible="" if self.texts.marked else raw.look or ("in brackets" if _BRACKETS.match(after) else ""),
            certainty=round(raw.likeness, 2),
        )  # fmt: skip

    def _parts(self, raw: Raw) -> list[int]:
        """Return the parts of what was sent that a change is of: two where it joins them."""
        parts = self.texts.parts
        if raw.base:
            lines = sorted({i for i, _ in raw.base})
            found = [parts[i] for i in lines]
            last = lines[-1]
            ends = raw.base[-1][1] + 1 == len(self.base[last].keys)
            if raw.inner and ends:  # its end is gone: it was joined with the next that is left
                found += [parts[i] for i in self.of[last].base if i > last][:1]
            return list(dict.fromkeys(found))
        at = max(raw.after, 0)
        is_title = self.texts.kinds[at] == "heading" and self.sent.parts[parts[at]].name.startswith("Article")
        return [parts[at + 1] if is_title and not raw.inner and at + 1 < len(parts) else parts[at]]

    def _kind(self, raw: Raw, before: str, after: str, question: str) -> Kind:
        rows = {self.base[i].end.row for i, _ in raw.base} | {self.revised[j].end.row for j, _ in raw.revised}
        kinds = {self.texts.kinds[i] for i in {i for i, _ in raw.base} or ({raw.after} if raw.inner else set())}
        if raw.moved:
            return "move"
        if raw.whole:
            return "delete" if raw.base else "insert"
        if kinds == {"heading"}:
            return "heading"
        if raw.base and raw.revised and self._refers(raw):
            return "reference"
        if question:
            return "value"
        if rows == {True} and not raw.inner:
            return "row"
        return "replace" if before and after else ("delete" if before else "insert")

    def _refers(self, raw: Raw) -> bool:
        pieces = self.texts.pieces if self.texts.marked else self.sent.pieces
        return all(pieces[self.base[i].origins[at][0]].target for i, at in raw.base)

    def _question(self, raw: Raw) -> str:
        found = {self.texts.asked.get(at, "") for at in raw.base}
        return next(iter(found)) if raw.inner and raw.revised and len(found) == 1 else ""

    def _place(self, raw: Raw) -> str:
        at = raw.base[0][0] if raw.base else raw.after
        if raw.moved:
            return self._moved(raw)
        if at < 0:
            return NOWHERE
        if raw.whole and not raw.base:
            return f"after {self.sent.parts[self.texts.parts[at]].name}"
        said = self.texts.places[at]
        return said if raw.base or raw.inner else f"after {said}"

    def _moved(self, raw: Raw) -> str:
        """Say where words are that moved: after which section, or where in it."""
        if raw.to < 0:
            return "first"
        parts = self.texts.parts
        name = self.sent.parts[parts[raw.to]].name
        is_same = parts[raw.to] == parts[raw.base[0][0]]
        if raw.whole or (not is_same and parts[raw.to] not in parts[raw.to + 1 : raw.to + 2]):
            return f"after {name}"
        return f"{'within' if is_same else 'to'} {name}, after {self._named(raw.to)}"

    def _named(self, i: int) -> str:
        """Return what a line is called in its section: by its number, where no other line there has it."""
        texts = self.texts
        number = texts.numbers[i]
        alike = sum(
            part == texts.parts[i] and said == number for part, said in zip(texts.parts, texts.numbers, strict=True)
        )
        if texts.kinds[i] == "heading":
            return "the heading"
        return number if number and alike == 1 and number != self.sent.parts[texts.parts[i]].name else texts.places[i]

    def _lines(self, raw: Raw) -> tuple[str, str]:
        if not raw.inner:
            return "", ""
        group = self.of[raw.base[0][0] if raw.base else raw.after]
        before = "\n".join(one_row(self.base[i].text) for i in group.base)
        return before, "\n".join(one_row(self.revised[j].text) for j in group.revised)


def one_row(text: str) -> str:
    """Return the text of a line; of a row on one line, whose cells end with paragraphs of their own in a Word file."""
    return _CELLS.sub(" | ", text).strip()


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
    return _CELLS.sub(" | ", "\n".join(made)).strip()


def history(marks: Sequence[tuple[Mark, str]]) -> tuple[Step, ...]:
    """Return the steps of marks, each with its words: those of one author and minute are one."""
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
