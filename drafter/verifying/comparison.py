"""Compares two files' sequences of lines, and says what differs, each with its place in the approved one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal

from drafter.base import characters
from drafter.base.problems import short
from drafter.values import dataclass
from drafter.verifying.cascade import Look
from drafter.verifying.lines import Line, Link, Read
from drafter.verifying.listed import Context, Row, Rows
from drafter.verifying.parts import pictures

Kind = Literal["differs", "printed", "unjudged", "mark"]
_AROUND = 6  # words that are shown before and after a difference
_LONG = 4_000_000  # pairs of lines, or of words
_LARGEST = 72  # half points that a status may have, where the approved contract has none to compare it with
_MOST = 24  # words that are shown of one


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that differs: where, by the approved contract, and what.

    `kind` is "differs" for words that are read otherwise, "printed" for looks, "unjudged" for what the closed list
    doesn't name, and "mark" for the status that a copy may say of itself.
    """

    kind: Kind
    place: str
    what: str


def findings(ours: Read, theirs: Read, rows: Rows, marks: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """Yield what differs between an approved file and another; `marks` are what a copy may say of its status."""
    places = _places(ours.lines)
    pairs: dict[int, int] = {}
    starting: dict[int, list[tuple[int, int, int, int]]] = {}
    for tag, a, b, c, d in _aligned(ours.lines, theirs.lines):
        if tag == "equal" or (b - a == d - c and _kinds(ours.lines[a:b]) == _kinds(theirs.lines[c:d])):
            pairs |= dict(zip(range(c, d), range(a, b), strict=True))
        else:
            starting.setdefault(a, []).append((a, b, c, d))
    met = {a: c for c, a in pairs.items()}
    for number, line in enumerate(ours.lines):
        for _, b, c, d in starting.get(number, ()):
            yield from _gap(ours.lines[number:b], theirs.lines[c:d], places, number, (marks, rows))
        if number in met:
            other = theirs.lines[met[number]]
            place = places[number]
            if line.words != other.words:
                found = _changed(line, other, place, marks)
                yield found
                yield from _showy(other, line, place, rows) if found.kind == "mark" else ()
            yield from _pair(line, other, place, rows, (ours, theirs, pairs))
    for a, b, c, d in starting.get(len(ours.lines), ()):
        yield from _gap(ours.lines[a:b], theirs.lines[c:d], places, a, (marks, rows))


# -- which line is which ------------------------------------------------------------------------


def _aligned(ours: Sequence[Line], theirs: Sequence[Line]) -> Iterator[tuple[str, int, int, int, int]]:
    one, other = ([(line.kind, line.words, line.where) for line in lines] for lines in (ours, theirs))
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    if start:
        yield "equal", 0, start, 0, start
    middle = _matcher(one[start : len(one) - end], other[start : len(other) - end])
    for tag, a, b, c, d in middle.get_opcodes():
        yield tag, a + start, b + start, c + start, d + start
    if end:
        yield "equal", len(one) - end, len(one), len(other) - end, len(other)


def _matcher(one: Sequence[Hashable], other: Sequence[Hashable]) -> SequenceMatcher[Hashable]:
    """Return what aligns two sequences; in long ones, what is there very often doesn't count, or it takes too long."""
    return SequenceMatcher(None, one, other, autojunk=len(one) * len(other) > _LONG)


def _kinds(lines: Sequence[Line]) -> list[tuple[Context, str, bool]]:
    return [(line.kind, line.where, line.contents) for line in lines]


def _places(lines: Sequence[Line]) -> list[str]:
    """Return what a lawyer calls the place of each line, and at last that of what follows them all."""
    found: list[str] = []
    heading = "the cover"
    for line in lines:
        if not line.where and not line.contents and line.level >= 0:
            heading = " ".join(line.words.split())
        found.append(line.where or ("the table of contents" if line.contents else heading))
    return [*found, heading]


# -- what differs -------------------------------------------------------------------------------


def _gap(
    ours: Sequence[Line], theirs: Sequence[Line], places: Sequence[str], at: int, known: tuple[frozenset[str], Rows]
) -> Iterator[Finding]:
    marks, rows = known
    for offset, line in enumerate(ours):
        if line.words.strip() and line.kind == "paragraph":
            said = f"'{_short(line.words)}' is not in the file"
            yield Finding("mark" if line.words.strip() in marks else "differs", places[at + offset], said)
        yield from (_lost(places[at + offset], one.what) for one in line.odd)
    for line in theirs:
        place = line.where or places[min(at, len(places) - 1)]
        if line.words.strip() and line.kind == "paragraph":
            status = _may_have(place, line, marks)
            yield Finding("mark" if status else "differs", place, f"'{_short(line.words)}' was added")
            yield from _showy(line, None, place, rows) if status else ()
        yield from (_unjudged(place, one.what, one.written) for one in line.odd)
    if not any((line.words.strip() and line.kind == "paragraph") or line.odd for line in (*ours, *theirs)):
        kinds = {line.kind for line in (*ours, *theirs)} - {"paragraph"}
        what = (
            "a table is made otherwise"
            if kinds - {"page"}
            else "its pages are made otherwise"
            if kinds
            else "an empty line"
        )
        yield Finding("differs" if kinds else "printed", places[at], what)


def _changed(ours: Line, theirs: Line, place: str, marks: frozenset[str]) -> Finding:
    both = {ours.words.strip(), theirs.words.strip()}
    if both <= marks | {""} and (ours.words.strip() or _may_have(place, theirs, marks)):
        return Finding("mark", place, f"'{ours.words}' is '{theirs.words}' in the file")
    one, other = ours.words.split(), theirs.words.split()
    codes = [code for code in _matcher(one, other).get_opcodes() if code[0] != "equal"]
    if not codes:
        return Finding("differs", place, f"'{_short(ours.words)}' is divided otherwise into lines or words")
    a, b, c, d = codes[0][1], codes[-1][2], codes[0][3], codes[-1][4]
    before, after = " ".join(one[max(0, a - _AROUND) : a]), " ".join(one[b : b + _AROUND])
    said = f"{_between(before, one[a:b], after)} reads {_between(before, other[c:d], after)}"
    strange = sorted({letter for letter in theirs.words if not letter.isascii()} - set(ours.words))
    with_ = f" (with {', '.join(map(characters.named, strange[:_AROUND]))})" if strange else ""
    return Finding("differs", place, f"{said}{with_}")


def _may_have(place: str, line: Line, marks: frozenset[str]) -> bool:
    """Say whether a line is what a copy may say of its status, where it says that: on the cover or on each page."""
    return line.words.strip() in marks and (bool(line.where) or place == "the cover")


def _showy(line: Line, approved: Line | None, place: str, rows: Rows) -> Iterator[Finding]:
    """Yield what would let a status lie on other words: a copy is compared on its pages without it."""
    usual: Look = approved.pieces[0][1] if approved is not None and approved.pieces else {}
    for _, look in line.pieces:
        for key, said in look.items():
            row = _row("run", key, rows)
            was = usual.get(key, "" if row is None else row.usual)
            small = key == "w:sz" and said.isdigit() and int(said) <= _LARGEST
            if said not in (was, "off") and not small and (row is None or key in _COVERING):
                yield _look("run", key, was, said, place, rows, line.words)
    for key, said in line.looks.items() if approved is None else ():
        row = _row("paragraph", key, rows)
        if said not in ("", "off") and (row is None or (key, said) == ("w:spacing.lineRule", "exact")):
            yield _look("paragraph", key, "" if row is None else row.usual, said, place, rows, "")


_COVERING = frozenset(("w:sz", "w:position", "w:spacing", "w:w", "w:shd", "w:highlight"))


def _between(before: str, words: Sequence[str], after: str) -> str:
    said = (
        " ".join(words)
        if len(words) <= _MOST
        else f"{' '.join(words[: _MOST // 2])} ... {' '.join(words[-_MOST // 2 :])}"
    )
    return f"'{characters.spelled(' '.join(filter(None, (before, said, after))))}'"


def _pair(
    ours: Line, theirs: Line, place: str, rows: Rows, files: tuple[Read, Read, Mapping[int, int]]
) -> Iterator[Finding]:
    mine = list(ours.odd)
    for one in theirs.odd:
        same = next((each for each in mine if pictures.are_alike(each, one)), None)
        if same is None:
            yield _unjudged(place, one.what, one.written)
        else:
            mine.remove(same)
    for one in mine:
        yield _lost(place, one.what)
    for key, (was, now) in _differing(ours.looks, theirs.looks, ours.kind, rows).items():
        yield _look(ours.kind, key, was, now, place, rows, "")
    if ours.words == theirs.words:
        yield from _pieces(ours, theirs, place, rows)
    yield from _links(ours, theirs, place, files)


def _pieces(ours: Line, theirs: Line, place: str, rows: Rows) -> Iterator[Finding]:
    """Compare how the words of a line look, which are the same in both."""
    seen: set[tuple[str, str, str]] = set()
    left, right, at = list(ours.pieces), list(theirs.pieces), 0
    while left and right:
        (mine, look), (other, their) = left[0], right[0]
        shared = min(len(mine), len(other))
        for key, (one, two) in _differing(look, their, "run", rows).items():
            if (key, one, two) not in seen:
                seen.add((key, one, two))
                yield _look("run", key, one, two, place, rows, _from(ours.words, at, shared))
        at += shared
        for pieces, said, how in ((left, mine, look), (right, other, their)):
            pieces[0] = (said[shared:], how)
            if not pieces[0][0]:
                del pieces[0]


def _from(words: str, at: int, length: int) -> str:
    """Return a part of words, which begins after some letters and has a number of them, spaces not counted."""
    places = [place for place, letter in enumerate(words) if not letter.isspace()]
    return words[places[at] : places[at + length - 1] + 1]


def _differing(ours: Look, theirs: Look, context: Context, rows: Rows) -> dict[str, tuple[str, str]]:
    if ours == theirs:
        return {}
    found = {}
    for key in dict.fromkeys((*ours, *theirs)):
        row = _row(context, key, rows)
        if row is not None and row.how == "dropped":
            continue
        usual = row.usual if row is not None else ""
        one, other = ours.get(key, usual), theirs.get(key, usual)
        if not _alike(one, other, row) and not (row is None and {one, other} <= {"", "off"}):
            found[key] = (one, other)
    return found


def _row(context: Context, key: str, rows: Rows) -> Row | None:
    return rows.get((context, key)) or rows.get((context, key.partition(" ")[0]))


def _alike(one: str, other: str, row: Row | None) -> bool:
    if one == other:
        return True
    if row is None or not row.near:
        return False
    try:
        return abs(float(one) - float(other)) <= row.near
    except ValueError:
        return False


def _look(context: Context, key: str, one: str, other: str, place: str, rows: Rows, words: str) -> Finding:  # noqa: PLR0913, PLR0917  # what is said
    row = _row(context, key, rows)
    of = f" of '{_short(words)}'" if words else ""
    if row is None:
        return Finding(
            "unjudged", place, f"{_CONTEXTS[context]}{of} has '{key}', which isn't compared: {short(other or 'none')}"
        )
    kind: Kind = "differs" if row.grave else "printed"
    return Finding(kind, place, f"{row.why}{of}: '{short(one)}' is '{short(other)}' in the file")


_CONTEXTS: Mapping[Context, str] = {
    "run": "the look",
    "paragraph": "a paragraph",
    "table": "a table",
    "row": "a row of a table",
    "cell": "a cell of a table",
    "page": "a page",
    "setting": "the file's settings",
    "words": "the words",
}


def _links(ours: Line, theirs: Line, place: str, files: tuple[Read, Read, Mapping[int, int]]) -> Iterator[Finding]:
    """Compare the fields and links of a line: what they are told, and the lines that they name."""
    one = [_resolved(link, files[0], None) for link in ours.links]
    other = [_resolved(link, files[1], files[2]) for link in theirs.links]
    if ours.contents or theirs.contents:
        one, other = ([said for said in each if said[0] not in ("contents", "")] for each in (one, other))
        other = [said for said in other if not said[0].startswith("PAGEREF")]
        one = [said for said in one if not said[0].startswith("PAGEREF")]
        led = {_resolved(link, files[0], None)[2] for link in ours.links}
        entries = [link for link in theirs.links if link.said == "contents" and not _is_heading(link, theirs, files[1])]
        if any(_resolved(link, files[1], files[2])[2] not in led for link in entries):
            yield Finding("differs", place, f"'{_short(theirs.words)}' leads to another heading")
    for said in other:
        if said in one:
            one.remove(said)
        else:
            yield _field(said, ours, place)
    for code, printed, _ in one:
        if not any(found[0] == code and found[1] == printed for found in other):
            yield Finding(
                "unjudged", place, f"the field '{short(code)}' is no longer one: '{_short(printed)}' is typed"
            )


def _field(said: tuple[str, str, object], ours: Line, place: str) -> Finding:
    code, printed, _ = said
    same = [link for link in ours.links if link.said == code and link.printed == printed]
    if same:
        return Finding("differs", place, f"'{_short(printed or code)}' refers to another place")
    return Finding("unjudged", place, f"a field or link that the approved contract doesn't have: '{short(code)}'")


def _resolved(link: Link, file: Read, pairs: Mapping[int, int] | None) -> tuple[str, str, object]:
    """Return a field with the lines that it names, numbered as in the approved file."""
    found = file.marks.get(link.names, ()) if link.names else ()
    lines = tuple(dict.fromkeys(number if pairs is None else pairs.get(number, -1) for number in found))
    code = link.said
    if link.names.startswith("_toc") and link.names in code.casefold():
        code = code[: code.casefold().index(link.names)] + "_toc"
    return code, link.printed, lines or ("nothing" if link.names else "")


def _is_heading(link: Link, entry: Line, file: Read) -> bool:
    """Say whether an entry of the contents leads to the heading whose words it has."""
    found = dict.fromkeys(file.lines[number].words for number in file.marks.get(link.names, ()))
    return [" ".join(words.split()) for words in found] == [" ".join(entry.words.split())]


def _unjudged(place: str, what: str, written: str) -> Finding:
    shown = "" if not written or written.startswith(("<", pictures.START)) else f": '{_short(written)}'"
    return Finding("unjudged", place, f"{what} that the approved contract doesn't have{shown}")


def _lost(place: str, what: str) -> Finding:
    return Finding("unjudged", place, f"{what}, which the approved contract has, is not as it was")


def _short(words: str) -> str:
    return characters.spelled(short(" ".join(words.split())))
