"""Turns pieces into lines: the words of each paragraph and row of one side, cut into tokens that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from drafter.returned.file.pieces import CELL, START, STOP, End, Piece
from drafter.values import dataclass

Side = Literal["old", "new"]
BREAK = "¶"  # the token of a line's end
_CELL = CELL.strip()
_MANY = 3  # lines in a cell, which then is not one of a list
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\s_]")
_PLAIN = str.maketrans("“”„’‘–—\u2011−\xa0\u202f\u2009", '"""\'\'----   ')  # what programs change by themselves
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\ufeff")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or row of one side: its words, and its tokens by the key that they are compared by.

    `spans` are the tokens' places in `text`, `origins` the pieces that each begins in with the place there. The last
    token is the line's end.
    """

    text: str
    keys: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    origins: tuple[tuple[int, int], ...]
    end: End
    section: int = -1


def lines(pieces: Sequence[Piece], side: Side, known: dict[tuple[int, ...], list[Line]] | None = None) -> list[Line]:
    """Return the lines of one side that have words; those of the other that are `known` are not read again."""
    known = {} if known is None else known
    made: list[Line] = []
    held: list[tuple[int, Piece]] = []
    outer: list[list[tuple[int, Piece]]] = []
    for place, piece in enumerate(pieces):
        is_on = piece.old if side == "old" else piece.new
        if piece.end is None:
            if is_on and piece.text:
                held.append((place, piece))
        elif piece.end.area == START:
            outer.append(held)
            held = []
        elif piece.end.area == STOP:
            made += one(held, End(area="box"), place)
            held = outer.pop()
        elif piece.end.row:
            made += _row(held, piece.end, place)
            held = []
        elif piece.end.area == "table" or is_on:
            of = (*[at for at, _ in held], place)
            if of not in known:
                known[of] = one(held, piece.end, place)
            made += known[of]
            held = []
    return [*made, *one(held, End(), len(pieces))]


def _row(held: Sequence[tuple[int, Piece]], end: End, place: int) -> list[Line]:
    """Return a row as one line; one that has cells of several lines, as those for signatures, as these lines."""
    parts: list[list[tuple[int, Piece]]] = [[]]
    ends: list[int] = []
    lengths = [0]
    for at, piece in held:
        if piece.text in ("\n", CELL):
            parts.append([])
            ends.append(at)
            lengths += [0] if piece.text == CELL else []
        else:
            lengths[-1] += not parts[-1] and bool(piece.text.strip())
            parts[-1].append((at, piece))
    if max(lengths) < _MANY:
        return one(held, end, place)
    plain = replace(end, row=False)
    return [line for part, at in zip(parts, (*ends, place), strict=True) if part for line in one(part, plain, at)]


def one(held: Iterable[tuple[int, Piece]], end: End, place: int, section: int = -1) -> list[Line]:
    """Return the line of some pieces, each with its place; none where it has no words, as an empty row."""
    text = ""
    starts: list[tuple[int, int]] = []
    for at, piece in held:
        starts.append((len(text), at))
        text += said(piece)
    plain = text if text.isascii() else text.translate(_PLAIN)
    found = [match.span() for match in _TOKEN.finditer(plain)]
    if not found or (end.row and all(plain[start:stop] == _CELL for start, stop in found)):
        return []
    origins, at = [], 0
    for start, _ in found:
        while at + 1 < len(starts) and starts[at + 1][0] <= start:
            at += 1
        origins.append((starts[at][1], start - starts[at][0]))
    keys = (*[plain[start:stop] for start, stop in found], BREAK)
    size = len(text.rstrip())
    return [Line(text, keys, (*found, (size, size)), (*origins, (place, 0)), end, section)]


def is_cell(line: Line, at: int) -> bool:
    """Say whether a token of a line stands between two cells of a row."""
    return line.end.row and line.keys[at] == _CELL


def said(piece: Piece) -> str:
    """Return the words of a piece as its line has them."""
    return piece.text if piece.text.isascii() else piece.text.translate(_UNSEEN)


def keys(text: str) -> tuple[str, ...]:
    """Return the tokens of some words by the keys that they are compared by."""
    return tuple(_TOKEN.findall(text if text.isascii() else text.translate(_UNSEEN).translate(_PLAIN)))


def within(said: Sequence[str], words: Sequence[str]) -> bool:
    """Say whether some tokens stand in others, one after the other; no tokens do anywhere."""
    return not said or f" {' '.join(said)} " in f" {' '.join(words)} "


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Return the tokens of some words by the keys that they are compared by, each with where it starts and stops."""
    return [(match.group(), *match.span()) for match in _TOKEN.finditer(text.translate(_PLAIN))]
