"""Compares the ink of a page with that of the approved page: what was drawn over it, and what is no longer there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from drafter.signed.sheets.lying import Map
from drafter.signed.sheets.words import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Ink = NDArray[np.bool_]
    Tone = NDArray[np.int16]
    Dots = TypeVar("Dots", Ink, Tone)

DARKER = 60  # of 255: ink is as much darker than the paper around it
FAINT, FAINT_SCANNED = 8, 30  # of 255, in any colour: a trace of ink on a page that is drawn, and on a scan
PALE, PALEST = 85, 20  # of 255: a page whose ink is paler can't be read as it is; paler ink can't be told from noise
FADED = 2  # times paler than approved: a word that is has something over it
FAINTEST = 18  # of 255: on a page of a scan that is to be empty there is no ink as dark
_TILE, _CELL = 32, 8  # dots: the paper's tone is measured in tiles, what was added is gathered in cells
LEGIBLE = 100  # of 255: words of a text are at least as dark
DUST, TRACE = (60, 14), (12, 5)  # dots of ink, and across or down, at 200 an inch: less is dust, or a trace of drawing
LETTER = 16  # dots of ink at 200 an inch: where nothing is approved, a reading of less is of dust
LINE = 80  # dots at 200 an inch: ink as long and straight is no letter
STROKE, WHOLE, PARTLY = 28, 0.94, 0.85  # dots of a stroke; how much of it is ink, and of approved ink at most
NEAR = 6  # dots by which a line may be off
_SPECK = 6  # dots of ink in a cell that count


def straight(picture: Image, lies: Map, size: tuple[int, int], dpi: int) -> Image:
    """Lay a page's picture on the approved page, whose size is given in dots."""
    from PIL import Image as Images

    a, b, c, d, e, f = lies.back()
    scale = dpi / 72
    data = (a, b, c * scale, d, e, f * scale)
    return picture.transform(
        size, Images.Transform.AFFINE, data, Images.Resampling.BICUBIC, fillcolor=(255,) * len(picture.getbands())
    )


def strengthened(picture: Image, dpi: int) -> Image:
    """Return a page in grey with its ink darkened, and its noise softened, where it is too pale to be read."""
    import numpy as np
    from PIL import ImageFilter

    faintest, paper = (float(tone) for tone in np.percentile(np.asarray(picture)[::3, ::3], (0.05, 50)))
    if paper - faintest >= PALE:
        return picture
    soft = picture.filter(ImageFilter.GaussianBlur(0.6 * dpi / 200))
    even = np.asarray(soft.filter(ImageFilter.BoxBlur(1)))[::3, ::3]
    darkest = float(np.percentile(even, 0.1))
    if paper - darkest < PALEST:  # there is nothing but noise
        return picture
    gain = 255 / (paper - 10 - darkest)
    return soft.point([round(min(max(255 + (tone - paper + 10) * gain, 0), 255)) for tone in range(256)])


def fullest(picture: Image) -> Image:
    """Return the quarter of a page that has the most ink."""
    marks = ink(picture)
    high, wide = picture.height // 2, picture.width // 2
    corners = [(top, left) for top in (0, high) for left in (0, wide)]
    top, left = max(corners, key=lambda at: int(marks[at[0] : at[0] + high, at[1] : at[1] + wide].sum()))
    return picture.crop((left, top, left + wide, top + high))


def plainest(picture: Image) -> Image:
    """Return a picture in grey if it has no colour, and as it is otherwise."""
    from PIL import ImageChops

    red, green, blue = picture.split()
    same = not ImageChops.difference(red, green).getbbox() and not ImageChops.difference(red, blue).getbbox()
    return red if same else picture


def ink(picture: Image, darker: int = DARKER) -> Ink:
    """Return which dots are darker, in any colour that the picture has, than the paper around them."""
    found: Ink = darkness(picture) > darker
    return found


def traces(picture: Image, *, scanned: bool, darker: int = FAINT_SCANNED) -> Ink:
    """Return which dots have any ink, however pale; in a scan, any that its own noise doesn't explain."""
    from PIL import ImageFilter

    if scanned:
        return ink(picture.filter(ImageFilter.BoxBlur(1)), darker)
    return ink(picture, FAINT)


def darkness(picture: Image) -> Tone:
    """Return by how much each dot is darker than the paper around it, from 0 to 255; in the colour that shows most."""
    import numpy as np

    found: Tone = np.maximum.reduce([_darker(np.asarray(band, dtype=np.int16)) for band in picture.split()])
    return found


def _darker(grey: Tone) -> Tone:
    import numpy as np

    high, wide = (-(-size // _TILE) * _TILE for size in grey.shape)
    padded = np.pad(grey, ((0, high - grey.shape[0]), (0, wide - grey.shape[1])), mode="edge")
    tiles = padded.reshape(high // _TILE, _TILE, wide // _TILE, _TILE)
    paper = np.percentile(tiles[:, ::4, :, ::4], 75, axis=(1, 3)).astype(np.int16)
    paper = np.maximum(paper, np.int16(np.median(paper)) - 40)  # a tile full of ink has paper around it
    around = paper.repeat(_TILE, axis=0).repeat(_TILE, axis=1)[: grey.shape[0], : grey.shape[1]]
    found: Tone = np.maximum(around - grey, 0)
    return found


def unlike(one: Image, other: Image) -> Ink:
    """Return which dots of two pictures of one page differ, in any colour; none where they are the same picture."""
    import numpy as np

    first, second = (np.asarray(each, dtype=np.int16) for each in (one, other))
    found: Ink = np.abs(first - second).max(axis=2) > FAINT
    return found


def paler(there: Image, approved: Image, tolerance: int) -> Ink:
    """Return the approved ink around which nothing nearly as dark is there: it is gone, or has a veil over it."""
    found: Ink = darkness(approved) > FADED * spread(darkness(there), tolerance) + 2 * FAINT
    return found


def grown(marks: Ink, by: int) -> Ink:
    """Return ink that is wider by some dots on every side."""
    return spread(marks, by)


def spread(tones: Dots, by: int) -> Dots:
    """Return for each dot the darkest that is at most some dots from it."""
    import numpy as np

    found = tones.copy()
    for axis in (0, 1):
        one = found.copy()
        for step in range(1, by + 1):
            ahead = [slice(None), slice(None)]
            behind = [slice(None), slice(None)]
            ahead[axis], behind[axis] = slice(step, None), slice(None, -step)
            for into, of in ((tuple(ahead), tuple(behind)), (tuple(behind), tuple(ahead))):
                np.maximum(found[into], one[of], out=found[into])
    return found


def added(there: Ink, approved: Ink, tolerance: int) -> Ink:
    """Return the ink that is farther than some dots from any approved ink."""
    found: Ink = there & ~grown(approved, tolerance)
    return found


def struck(there: Ink, approved: Ink) -> Ink:
    """Return the ink of strokes through or under words, at 200 dots an inch, that the approved page hasn't.

    A stroke runs on, nearly level, through the white in letters and between them, where the approved ink doesn't.
    """
    import numpy as np

    full = _along(_taller(there, 1)) >= WHOLE * STROKE
    if not full.any():
        return np.zeros_like(there)
    lines = _taller(_along(approved) >= WHOLE * STROKE, NEAR)  # a line to sign on may be a bit off
    found = full & ~lines & (_along(_taller(grown(approved, 1), 2)) < PARTLY * STROKE)
    wide = np.zeros_like(there)
    for row, start in np.argwhere(found):
        wide[row, start : start + STROKE] = True
    return wide


def _taller(marks: Ink, by: int) -> Ink:
    """Return ink that is wider by some dots above and below."""
    found = marks.copy()
    for step in range(1, by + 1):
        found[step:] |= marks[:-step]
        found[:-step] |= marks[step:]
    return found


def _along(marks: Ink) -> NDArray[np.int16]:
    """Return how many dots of each piece of a row, as long as a stroke, are ink."""
    import numpy as np

    sums = np.pad(marks.cumsum(axis=1, dtype=np.int16), ((0, 0), (1, 0)))
    found: NDArray[np.int16] = sums[:, STROKE:] - sums[:, :-STROKE]
    return found


def blobs(marks: Ink, dpi: int, least: tuple[int, int]) -> Iterator[Word]:
    """Find what was drawn, larger than the least that counts: the box of each piece, as a word without letters."""
    import numpy as np

    high, wide = (size // _CELL * _CELL for size in marks.shape)
    cells = marks[:high, :wide].reshape(high // _CELL, _CELL, wide // _CELL, _CELL).sum(axis=(1, 3))
    waiting = {(int(y), int(x)) for y, x in np.argwhere(cells >= _SPECK)}
    scale, factor = 72 / dpi, dpi / 200
    while waiting:
        group = _together(waiting)
        rows, columns = [y for y, _ in group], [x for _, x in group]
        top, left = min(rows) * _CELL, min(columns) * _CELL
        bottom, right = (max(rows) + 1) * _CELL, (max(columns) + 1) * _CELL
        inked = np.argwhere(marks[top:bottom, left:right])
        (first, start), (last, end) = inked.min(axis=0), inked.max(axis=0)
        size = max(last - first, end - start) + 1
        if len(inked) >= least[0] * factor**2 and size >= least[1] * factor:
            yield Word(
                "", (left + start) * scale, (top + first) * scale, (left + end) * scale, (top + last) * scale, 0.0
            )


def strokes(marks: Ink) -> Ink:
    """Return ink without the long straight lines that frame tables and underline headings."""
    import numpy as np

    found = marks.copy()
    for lines in (marks, marks.T):
        padded = np.pad(lines, ((0, 0), (1, 1))).astype(np.int8)
        starts, ends = (np.argwhere(np.diff(padded, axis=1) == step) for step in (1, -1))
        for (row, start), (_, end) in zip(starts, ends, strict=True):
            if end - start >= LINE:
                (found if lines is marks else found.T)[row, start:end] = False
    return found


def _together(waiting: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take the cells of one piece out of those that wait: neighbours, and cells one apart."""
    group = [waiting.pop()]
    for y, x in group:
        for near in [(y + down, x + across) for down in range(-2, 3) for across in range(-2, 3)]:
            if near in waiting:
                waiting.remove(near)
                group.append(near)
    return group


def without(marks: Ink, words: Iterable[Word], dpi: int) -> Ink:
    """Return ink without what is in the boxes of words."""
    found = marks.copy()
    for word in words:
        found[_within(word, dpi)] = False
    return found


def darkest(word: Word, tones: Tone, dpi: int) -> int:
    """Return how dark the darkest dot in a word's box is, from 0 to 255."""
    return int(tones[_within(word, dpi)].max(initial=0))


def hollow(word: Word, tones: Tone, dpi: int) -> bool:
    """Say whether there is ink in a word's box, and none in the middle of that ink."""
    import numpy as np

    inked = tones[_within(word, dpi)] > DARKER
    places = np.argwhere(inked)
    if not len(places):
        return False
    (top, left), (bottom, right) = places.min(axis=0), places.max(axis=0) + 1
    high, wide = (bottom - top) * 3 // 10, (right - left) * 3 // 10
    return not inked[top + high : bottom - high, left + wide : right - wide].any()


def touched(word: Word, marks: Ink, dpi: int, *, least: int) -> bool:
    """Say whether ink is in a word's box, in at least so many dots."""
    return int(marks[_within(word, dpi)].sum()) >= least


def _within(word: Word, dpi: int) -> tuple[slice, slice]:
    left, top, right, bottom = (
        max(round(side * dpi / 72), 0) for side in (word.left, word.top, word.right, word.bottom)
    )
    return slice(max(top - 1, 0), bottom + 1), slice(max(left - 1, 0), right + 1)
