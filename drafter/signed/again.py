"""Reads again, larger and straightened, the places that didn't read as approved.

One rule: what was read surely the first time is taken back only where it is drawn as approved, dot by dot, and read so
again; drawn so and not read so, it is for a person to look at. Else a place is as approved if it is drawn so, or if it
is read so: twice, where a contract turns on the word. What is read surely and otherwise twice, the same both times, and
drawn otherwise, is otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.signed import reading
from drafter.signed.reading import Spot
from drafter.signed.sheets import likeness, recognition, words
from drafter.signed.sheets.words import Word
from drafter.values import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

ABOVE, BESIDE, BETWEEN = 3.0, 10.0, 14  # points around a strip; dots between two strips
STRICTLY = 2  # readings that must agree about a strict word, or about another one in its place
OTHERWISE = 0.47  # of the ink's blackness: what is drawn so much otherwise is another letter, digit or point
DOUBT = 0.24  # of the ink's blackness: a number that is drawn so much otherwise is read again
ANOTHER, ANOTHER_COARSE = 0.38, 0.55  # of the ink's blackness: so much otherwise another letter is drawn
SHORTEST = 3  # letters of a name
ENLARGED = 420  # dots an inch of what is read again


@dataclass(frozen=True, slots=True)
class _Strip:
    """A piece of the page: its box in points, and where it begins in the picture that is read, in dots."""

    left: float
    top: float
    right: float
    bottom: float
    at: int = 0


def unread(  # noqa: PLR0913, PLR0917
    picture: Image,
    meant: Image | None,
    dpi: int,
    spots: Sequence[Spot],
    approved: Sequence[Word],
    known: Collection[str],
    doubted: Collection[Word] = (),
) -> tuple[Spot, ...]:
    """Return the spots that still don't read as approved.

    `picture` lies on the approved page, which is drawn as `meant`, or None where it is laid out otherwise. The approved
    words that are `doubted` are read again as well.
    """
    from PIL import ImageFilter

    told = {word for spot in spots for word in spot.approved}
    if meant:
        spots = [replace(spot, sure=spot.sure and not _speck(spot, picture, meant, dpi, known)) for spot in spots]
    alike = {id(spot) for spot in spots if meant and _drawn(spot, picture, meant, dpi)}
    spots = [spot for spot in spots if spot.sure or id(spot) not in alike]
    spots += _alone([word for word in doubted if word not in told], approved)
    open_ones = {id(spot) for spot in spots if not spot.sure or id(spot) in alike}
    if not open_ones:
        return tuple(spots)
    lines = words.rows(word for word in approved if word.plain)
    rules = [word for word in approved if words.rule(word)]
    clean = without(picture, dpi, rules)
    sharp = clean.filter(ImageFilter.UnsharpMask(2, 150, 3))
    seen = {id(spot): 0 for spot in spots}
    others: dict[int, Counter[str]] = {id(spot): Counter() for spot in spots}
    for wide, sharpened, layout in _WAYS:
        waiting = [spot for spot in spots if id(spot) in open_ones and seen[id(spot)] < _wanted(spot)]
        if not waiting:
            break
        strips = [_strip(spot, lines[spot.line], wide=wide) for spot in waiting]
        for spot, read in zip(waiting, _read(sharp if sharpened else clean, dpi, strips, layout), strict=True):
            ours = lines[spot.line] if wide else spot.approved
            if ours and _agrees(spot, read, ours, known):
                seen[id(spot)] += 1
            elif ours and (other := _otherwise(spot, read, ours, known)):
                others[id(spot)][other] += 1
    found: list[Spot] = []
    for spot in spots:
        if id(spot) not in open_ones:
            found.append(spot)
        elif seen[id(spot)] < _wanted(spot):
            twice = not seen[id(spot)] and max(others[id(spot)].values(), default=0) >= STRICTLY
            sure = twice and id(spot) not in alike and (meant is None or _unlike(spot, picture, meant, dpi))
            found.append(replace(spot, sure=sure))
    return tuple(found)


# Whole lines or only the words, sharpened or not, and what tesseract takes the strips for.
_WAYS = (
    (True, False, recognition.SPARSE),
    (False, False, recognition.LINES),
    (True, True, recognition.SPARSE),
    (False, True, recognition.LINES),
)


def doubtful(picture: Image, meant: Image, dpi: int, read: Sequence[Word], approved: Sequence[Word]) -> frozenset[Word]:
    """Return the numbers with points or commas that are to be read again: no first reading of so small a sign is sure.

    Those are that have a comma, that were read with other signs, or that aren't drawn quite as approved.
    """
    numbers = [word for word in approved if word.plain and words.parted(word.text)]
    return frozenset(
        word for word in numbers
        if "," in words.parted(word.text)
        or words.parted(word.text) != words.parted("".join(each.text for each in read if _meets(each, word)))
        or likeness.off(picture, meant, words.box([word]), dpi) > DOUBT
    )  # fmt: skip


def misdrawn(  # noqa: PLR0913
    picture: Image, meant: Image, dpi: int, spots: Sequence[Spot], approved: Sequence[Word], *, coarse: bool
) -> tuple[Spot, ...]:
    """Return the names and terms that read as approved and aren't drawn so: a program reads "Hansen" for "Hanson".

    In a `coarse` scan letters are drawn less well.
    """
    told = {word for spot in spots for word in spot.approved}
    least = ANOTHER_COARSE if coarse else ANOTHER
    names = [word for word in approved if word not in told and _name(word.text)]
    return tuple(_alone([word for word in names
                         if likeness.another(picture, meant, words.box([word]), dpi, least)], approved))  # fmt: skip


def _name(text: str) -> bool:
    bare = text.strip(".,;:()[]\"'’“”")
    return bare[:1].isupper() and len(bare) >= SHORTEST and not any(map(str.isdigit, bare))


def _meets(word: Word, other: Word) -> bool:
    x, y = word.middle
    return other.left < x < other.right and abs(y - other.middle[1]) < reading.DOWN


def _alone(each: Collection[Word], approved: Sequence[Word]) -> list[Spot]:
    lines = enumerate(words.rows(word for word in approved if word.plain))
    return [Spot(number, (word,), ()) for number, row in lines for word in row if word in each]


def _drawn(spot: Spot, picture: Image, meant: Image, dpi: int) -> bool:
    """Say whether the words of a spot, and what is between them, are drawn as approved."""
    return bool(spot.approved) and likeness.same(picture, meant, words.box((*spot.approved, *spot.read)), dpi)


def _speck(spot: Spot, picture: Image, meant: Image, dpi: int, known: Collection[str]) -> bool:
    """Say whether a speck may have made a word of no meaning of an approved one: nothing of that is gone."""
    strange = all(word.plain not in known and not any(map(str.isdigit, word.plain)) for word in spot.read)
    if not (strange and len(spot.approved) == len(spot.read)):
        return False
    return not any(likeness.another(picture, meant, words.box([word]), dpi, ANOTHER) for word in spot.approved)


def _unlike(spot: Spot, picture: Image, meant: Image, dpi: int) -> bool:
    """Say whether the words of a spot are drawn so much otherwise that they are other words."""
    return likeness.off(picture, meant, words.box(spot.approved), dpi) > OTHERWISE


def _otherwise(spot: Spot, read: Sequence[Word], ours: Sequence[Word], known: Collection[str]) -> str:
    """Return the words that were surely read in place of those approved; empty where none were."""
    left, _, right, _ = words.box((*spot.approved, *spot.read))
    for one in reading.placed(read, ours, known)[0]:
        there = [word for word in one.read if left < word.middle[0] < right]
        if one.sure and one.approved and there and all(_meant(word, known) for word in there):
            return words.together(there)
    return ""


def _meant(word: Word, known: Collection[str]) -> bool:
    """Say whether a reading is a number or a word of the contract: a name that isn't may be a slip."""
    return reading.surely(word, known) and (word.plain in known or word.plain.strip("$%.").isdecimal())


def _wanted(spot: Spot) -> int:
    if reading.same_signs(spot.approved, spot.read):
        return 1
    return STRICTLY if any(words.strict(word.text) for word in (*spot.approved, *spot.read)) else 1


def _agrees(spot: Spot, read: Sequence[Word], ours: Sequence[Word], known: Collection[str]) -> bool:
    left, _, right, _ = words.box((*spot.approved, *spot.read))
    left_over, _ = reading.placed(read, ours, known)
    there = "".join(word.text for word in sorted(read, key=lambda word: word.left) if left < word.middle[0] < right)
    if words.parted("".join(word.text for word in spot.approved)) != words.parted(there):
        return False
    return not any(
        other[0] < right and other[2] > left for other in (words.box((*one.approved, *one.read)) for one in left_over)
    )


def _strip(spot: Spot, line: Sequence[Word], *, wide: bool) -> _Strip:
    left, top, right, bottom = words.box(line if wide else (*spot.approved, *spot.read))
    return _Strip(left - BESIDE, top - ABOVE, right + BESIDE, bottom + ABOVE)


def without(picture: Image, dpi: int, rules: Sequence[Word]) -> Image:
    """Return a picture without lines to write on and leaders, which a program reads as letters."""
    clean = picture.copy()
    for word in rules:
        left, top, right, bottom = (round(side * dpi / 72) for side in (word.left, word.top, word.right, word.bottom))
        clean.paste(255, (left + 1, top, max(right - 1, left + 1), bottom))
    return clean


def _read(picture: Image, dpi: int, strips: Sequence[_Strip], layout: int) -> Iterator[tuple[Word, ...]]:
    """Read strips, put one below the other, and return the words of each at their places on the page."""
    from PIL import Image as Images

    factor = ENLARGED / dpi
    cut: list[Image] = []
    for strip in strips:
        sides = (strip.left, strip.top, strip.right, strip.bottom)
        piece = picture.crop(tuple(round(side * dpi / 72) for side in sides))  # type: ignore[arg-type]
        size = (max(round(piece.width * factor), 1), max(round(piece.height * factor), 1))
        cut.append(piece.resize(size, Images.Resampling.BICUBIC))
    sheet = Images.new("L", (max(one.width for one in cut) + 80, sum(one.height + BETWEEN for one in cut) + 40), 255)
    starts: list[int] = []
    at = 20
    for piece in cut:
        starts.append(at)
        sheet.paste(piece, (40, at))
        at += piece.height + BETWEEN
    found = recognition.read(sheet, ENLARGED, layout)
    for strip, start, piece in zip(strips, starts, cut, strict=True):
        first, last = start * 72 / ENLARGED, (start + piece.height) * 72 / ENLARGED
        inside = [word for word in found if first <= word.middle[1] <= last]
        across, down = strip.left - 40 * 72 / ENLARGED, strip.top - first
        yield tuple(
            Word(word.text, word.left + across, word.top + down, word.right + across, word.bottom + down, word.sure)
            for word in inside
        )
