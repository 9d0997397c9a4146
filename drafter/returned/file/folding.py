"""Puts back together what a conversion broke: lines cut where a page or a column ended, and numbers typed before them.

Done only in a file that has lost its paragraphs, as one made from a PDF; elsewhere a line that was cut is a change.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from drafter.comparing import alignment
from drafter.returned.file.pieces import CELL
from drafter.returned.file.texts import BREAK, Line, keys
from drafter.returned.sent import Sent

_LABEL = re.compile(
    r"\s*(?:\([a-z]{1,5}\)|[A-Z]\.|Article \d+\.?|Exhibit [A-Z](?:-\d+)?\.?|[A-Z]-\d+|\d+\.\d+\.?)(?=\s|[A-Z])"
)
_ITEM = re.compile(r"\s*(?:\([a-z]{1,5}\)|[A-Z]\.|\d+\.\d+)")
_GLUED = re.compile(r"\s*(?:Exhibit|Schedule|Appendix) [A-Z](?=[A-Z][a-z])")
_WHOLE, _OFTEN, _RUN = 0.9, 3, 4  # of the lines of what was sent; times that a page repeats a line; words of an anchor
_PAGE = {"Page", "of", BREAK, "DRAFT", CELL.strip()}
_NONE = -2  # of no line that was sent; -1 is of the number of one
_FAR = 1_000_000  # more than a piece has letters: places of words that were put back in order
_WIDEST = 4_000_000  # pairs of words that are compared between two anchors


def unglued(line: Line) -> Line:
    """Return a line with the words of its heading apart from a number that was typed before it: "Exhibit AProgram"."""
    found = _GLUED.match(line.text)
    if found is None or line.spans[1][1] <= found.end():
        return line
    (start, stop), (place, offset), key = line.spans[1], line.origins[1], line.keys[1]
    size = found.end() - start
    return replace(
        line, keys=(line.keys[0], key[:size], key[size:], *line.keys[2:]),
        spans=(line.spans[0], (start, found.end()), (found.end(), stop), *line.spans[2:]),
        origins=(line.origins[0], (place, offset), (place, offset + size), *line.origins[2:]),
    )  # fmt: skip


def labelled(sent: Sent, lines: Sequence[Line]) -> frozenset[tuple[int, int]]:
    """Return the origins of tokens that are a number before a line which was printed by a list when it was sent."""
    known = {line.keys for line in sent.lines}
    gone: set[tuple[int, int]] = set()
    for line in lines:
        count = 0 if line.keys in known else _label(line)
        if count and line.keys[count:] in known:
            gone.update(line.origins[:count])
    return frozenset(gone)


def _label(line: Line) -> int:
    """Return how many tokens of a line are a number of a list at its start."""
    found = _LABEL.match(line.text)
    return sum(1 for start, _ in line.spans[:-1] if start < found.end()) if found else 0


def without(lines: Sequence[Line], gone: frozenset[tuple[int, int]]) -> list[Line]:
    """Return lines without the tokens of some origins at their starts."""
    made: list[Line] = []
    for line in lines:
        at = next((at for at, origin in enumerate(line.origins) if origin not in gone), 0)
        made.append(
            replace(line, keys=line.keys[at:], spans=line.spans[at:], origins=line.origins[at:]) if at else line
        )
    return [line for line in made if line.keys != (BREAK,)]


def is_broken(sent: Sent, lines: Sequence[Line]) -> bool:
    """Say whether a file has lost its paragraphs: few lines are there as they were, and about all words are."""
    if any(line.end.vote for line in lines):
        return False
    have = Counter(line.keys for line in lines)
    whole = sum(1 for line in sent.lines if have[line.keys])
    if whole >= _WHOLE * len(sent.lines):
        return False
    words = Counter(key for line in lines for key in line.keys if key != BREAK)
    wanted = Counter(key for line in sent.lines for key in line.keys if key != BREAK)
    return sum((words & wanted).values()) >= 0.9 * wanted.total()


def folded(sent: Sent, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a broken file as they were sent, by the words that they share; others stay as they are."""
    lines = _without_pages(sent, lines)
    wanted: list[tuple[str, int]] = []  # the words that were sent, with the number of their line, or -1 for a label
    starts: set[int] = set()
    for i, line in enumerate(sent.lines):
        wanted += [(key, -1) for key in keys(sent.numbers[i])]
        starts.add(len(wanted))
        wanted += [(key, i) for key in line.keys[:-1]]
    tokens = [(j, at) for j, line in enumerate(lines) for at in range(len(line.keys) - 1)]
    found = [lines[j].keys[at] for j, at in tokens]
    pairs = {b: a for a, b in _pairs([key for key, _ in wanted], found)}
    of: dict[int, int] = {b: wanted[a][1] for b, a in pairs.items()}
    of |= _counted_on(lines, of, {b for b, a in pairs.items() if a in starts})
    kinds = list(zip(sent.lines, sent.kinds, strict=True))
    bare = {key for line, kind in kinds if kind in ("heading", "own") for key in line.keys} | _PAGE
    bare |= {key for number in sent.numbers for key in keys(number)}
    own = {key for line, kind in kinds if kind == "own" and len(line.keys) <= _RUN for key in line.keys}
    made = list(_made(lines, tokens, of, own))
    is_bare = [of_line < 0 and all(key in bare or key.isdecimal() for key in line.keys) for of_line, line in made]
    return list(_rows(sent, [line for _, line in made], is_bare))


def _counted_on(lines: Sequence[Line], of: Mapping[int, int], starts: Collection[int]) -> dict[int, int]:
    """Return the words that are the number of an item, though another one than was sent: an item before it is new.

    `starts` are the words with which a line that was sent begins. A new line has a number, too.
    """
    made: dict[int, int] = {}
    first = 0
    for line in lines:
        size = len(line.keys) - 1
        count = _label(line) if _ITEM.match(line.text) else 0
        label, rest = range(first, first + count), range(first + count, first + size)
        if rest and all(of.get(number, -1) < 0 for number in label):
            is_new = all(of.get(number, -1) < 0 for number in rest)
            made |= dict.fromkeys(label, -1) if is_new or rest[0] in starts else {}
        first += size
    return made


def _rows(sent: Sent, lines: Sequence[Line], is_bare: Sequence[bool]) -> Iterator[Line]:
    """Yield lines; those that together have the words of some that were sent, in another order, as these.

    The cells of a row that was cut are side by side: its words are no longer in their order. Lines that have only words
    of headings and pages are left out.
    """
    ids: dict[tuple[str, ...], int] = {}
    one, two = ([ids.setdefault(line.keys, len(ids)) for line in side] for side in (sent.lines, lines))
    a = b = 0
    for i, j in (*alignment.common(one, two), (len(one), len(two))):
        rest = [line for line, bare in zip(lines[b:j], is_bare[b:j], strict=True) if not bare]
        if rest and _words(sent.lines[a:i]) in (_words(lines[b:j]), _words(rest)):
            place, count = lines[b].origins[0][0], _FAR
            for line in sent.lines[a:i]:
                yield replace(line, origins=tuple((place, count + at) for at in range(len(line.keys))), section=-1)
                count += len(line.keys)
        else:
            yield from rest
        yield from lines[j : j + 1]
        a, b = i + 1, j + 1


def _words(lines: Sequence[Line]) -> Counter[str]:
    return Counter(key for line in lines for key in line.keys if key not in (BREAK, CELL.strip()))


def _without_pages(sent: Sent, lines: Sequence[Line]) -> list[Line]:
    """Return lines without those that each page repeats, and that were not sent as often."""
    counted = Counter(_page(line) for line in lines) - Counter(_page(line) for line in sent.lines)
    often = {said for said, count in counted.items() if count > _OFTEN and count > max(counted.values()) / 2}
    return [line for line in lines if _page(line) not in often]


def _page(line: Line) -> tuple[str, ...]:
    return tuple("#" if key.isdecimal() else key for key in line.keys)


def _pairs(one: Sequence[str], two: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of words that both have, in order: those of runs that are once in each, and what is between."""
    anchors = _anchors(one, two)
    a = b = 0
    for i, j in (*anchors, (len(one), len(two))):
        if i > a and j > b and (i - a) * (j - b) <= _WIDEST:
            yield from ((a + x, b + y) for x, y in alignment.common(one[a:i], two[b:j]))
        if i < len(one):
            yield i, j
        a, b = i + 1, j + 1


def _anchors(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
    first, second = ({run: at for run, at in places.items() if at >= 0} for places in (_once(one), _once(two)))
    found = sorted((at, second[run]) for run, at in first.items() if run in second)
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(found):
        at = bisect_left(ends, j)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1], last[at : at + 1] = [j], [number]
    chain: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(found[number])
        number = before[number]
    return chain[::-1]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the place of each run of words; -1 where it is not the only one."""
    found: dict[tuple[str, ...], int] = {}
    for at in range(len(words) - _RUN + 1):
        run = tuple(words[at : at + _RUN])
        found[run] = -1 if run in found else at
    return found


def _made(
    lines: Sequence[Line], tokens: Sequence[tuple[int, int]], of: Mapping[int, int], own: Collection[str]
) -> Iterator[tuple[int, Line]]:
    """Yield a line for each that was sent, of the words that are its, and for each run of words that are of none."""
    after = _after(tokens, of)
    held: list[tuple[int, int]] = []
    last = -1
    for number, token in enumerate(tokens):
        line = of.get(number, _NONE)
        key = lines[token[0]].keys[token[1]]
        if line == -1 or (line == _NONE and (key == CELL.strip() or key in own)):
            continue  # the number that a list printed, a cell that was none, or a word on a line to sign
        is_new = bool(held) and held[-1][0] != token[0]
        if line == _NONE:  # of no line that was sent: of the one that it is within, else of a line of its own
            line = last if last == after[number] or not is_new else -1
            line = after[number] if line == -1 and after[number] == _next(tokens, of, number) else line
        if held and (line != last or (line == -1 and is_new)):
            yield last, _line(lines, held)
            held = []
        held.append(token)
        last = line
    if held:
        yield last, _line(lines, held)


def _next(tokens: Sequence[tuple[int, int]], of: Mapping[int, int], number: int) -> int:
    """Return the line that was sent of which the rest of a broken line is; -1 for none."""
    for other in range(number, len(tokens)):
        if tokens[other][0] != tokens[number][0]:
            break
        if of.get(other, -1) >= 0:
            return of[other]
    return -1


def _after(tokens: Sequence[tuple[int, int]], of: Mapping[int, int]) -> list[int]:
    """Return for each word the line of the next one that has one."""
    found: list[int] = []
    line = -1
    for number in range(len(tokens) - 1, -1, -1):
        line = of[number] if of.get(number, -1) >= 0 else line
        found.append(line)
    return found[::-1]


def _line(lines: Sequence[Line], tokens: Sequence[tuple[int, int]]) -> Line:
    text, spans = "", []
    for number, (j, at) in enumerate(tokens):
        start, stop = lines[j].spans[at]
        if number:
            before = tokens[number - 1]
            near = before[0] == j and lines[j].spans[before[1]][1] == start
            text += "" if near else " "
        spans.append((len(text), len(text) + stop - start))
        text += lines[j].text[start:stop]
    origins = [lines[j].origins[at] for j, at in tokens]
    found = tuple(lines[j].keys[at] for j, at in tokens)
    end = replace(lines[tokens[-1][0]].end, row=False)
    last = lines[tokens[-1][0]].origins[-1]
    return Line(text, (*found, BREAK), (*spans, (len(text), len(text))), (*origins, last), end)
