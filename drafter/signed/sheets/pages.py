"""Reads the pages of a PDF: how large each is, of which kind, the words of its text layer; and draws them."""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import math
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from drafter.base.problems import DraftingError, Place, Problem
from drafter.pdf.inspecting import held
from drafter.pdf.inspecting.held import Note
from drafter.signed.sheets.words import Word
from drafter.values import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

Kind = Literal["text", "scan", "scan with a text layer", "empty"]
MOST_PAGES = 600
COVERS = 0.5  # of a page: a picture as large is what the page shows
INVISIBLE = (3, 7)  # the modes in which text is in the file and not drawn
COARSEST = 120  # dots an inch: what is coarser can't be read
LONGEST = 3500  # points: no paper is longer
_SCALE = 72.0
_SAMPLED = 7  # every so many signs of a page show which way up it is
_BROKEN = "\ufffe\x02"  # what the library gives for a hyphen at the end of a line
_LEADER = re.compile(r"([._·…])\1{3,}")
_Sign = tuple[str, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number from 1, its size in points, its kind, the words of its layer, and a scan's dots an inch.

    `unseen` are words of the layer that aren't drawn, or lie off the page, as where it is cropped.
    """

    number: int
    width: float
    height: float
    kind: Kind
    words: tuple[Word, ...]
    dpi: int = 0
    unseen: tuple[Word, ...] = ()


class Opened:
    """An open PDF. Its pages are drawn one at a time, since the library for it can do no other."""

    def __init__(self, document: Any, data: bytes, lock: threading.Lock) -> None:  # noqa: ANN401  # it has no types
        """Keep the document, its bytes, and the lock that all documents share."""
        self._document = document
        self._data = data
        self._lock = lock
        self._upright: set[int] = set()
        self._others: tuple[str, ...] | None = None

    def sheets(self) -> tuple[Sheet, ...]:
        """Read every page."""
        with self._lock:
            return tuple(_sheet(self._page(number), number) for number in range(1, len(self._document) + 1))

    def _page(self, number: int) -> Any:  # noqa: ANN401
        """Return a page; one of text that lies on its side or upside down is turned upright."""
        from pypdfium2 import PdfiumError

        page = self._document[number - 1]
        left, bottom, right, top = page.get_bbox()
        if not (right - left > 1 and top - bottom > 1 and max(page.get_size()) <= LONGEST):
            raise PdfiumError("it has no size that can be read")
        if number not in self._upright:
            _stand_up(page)
            self._upright.add(number)
        return page

    @property
    def count(self) -> int:
        """How many pages it has."""
        with self._lock:
            return len(self._document)

    def notes(self) -> tuple[Note, ...]:
        """Return the notes and fields on its pages."""
        return held.notes(self._data)

    def others(self) -> tuple[str, ...]:
        """Return what else may show itself in it, in words."""
        if self._others is None:
            self._others = held.others(self._data, self.count)
        return self._others

    def varies(self, number: int) -> bool:
        """Say whether a page may print otherwise than it is shown: it has notes, or the file has more than pages."""
        from pypdfium2 import raw

        with self._lock:
            page = self._page(number)
            for index in range(raw.FPDFPage_GetAnnotCount(page)):
                note = raw.FPDFPage_GetAnnot(page, index)
                kind = raw.FPDFAnnot_GetSubtype(note)
                raw.FPDFPage_CloseAnnot(note)
                if kind != raw.FPDF_ANNOT_LINK:
                    return True
        return bool(self.others())

    def drawn(self, number: int, dpi: int, *, grey: bool = True, printed: bool = False) -> Image:
        """Draw a page with its notes and form fields, in grey or in its colours, as it is shown or as it is printed."""
        from pypdfium2 import PdfiumError

        with self._lock:
            page = self._page(number)
            how = "print" if printed else None
            try:
                picture: Image = page.render(
                    scale=dpi / _SCALE, grayscale=grey, may_draw_forms=True, optimize_mode=how
                ).to_pil()
            except ValueError as error:  # what is left of it when it is cropped lies off the paper
                raise PdfiumError(str(error)) from None
            page.close()
        return picture.convert("L" if grey else "RGB")


_LOCK = threading.Lock()


@contextlib.contextmanager
def opened(data: bytes, name: str) -> Iterator[Opened]:
    """Open a PDF from its bytes. DraftingError when it is none, is locked by a password, or has too many pages."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        what = "it is locked by a password" if locked else "this isn't a PDF that can be read"
        raise _unreadable(name, what) from None
    with contextlib.closing(document):
        if not 0 < count <= MOST_PAGES:
            raise _unreadable(name, f"it has {count} pages; at most {MOST_PAGES} are read")
        with contextlib.suppress(pypdfium2.PdfiumError):
            document.init_forms()
        try:
            yield Opened(document, data, _LOCK)
        except pypdfium2.PdfiumError:
            raise _unreadable(name, "a page of it can't be read") from None


def _unreadable(name: str, what: str) -> DraftingError:
    hint = "ask for the file again, without a password, or scan the signed paper"
    return DraftingError(Problem("unreadable-pdf", Place(name), what, hint))


def _sheet(page: Any, number: int) -> Sheet:  # noqa: ANN401
    width, height = page.get_size()
    coverage, dpi = _picture(page, width * height)
    seen, unseen = _words(page)
    if coverage >= COVERS:
        return Sheet(number, width, height, "scan with a text layer" if unseen or seen else "scan", (), dpi)
    if seen:
        return Sheet(number, width, height, "text", seen, unseen=unseen)
    blank = next(page.get_objects(max_depth=2), None) is None
    return Sheet(number, width, height, "empty" if blank else "scan", (), dpi)


def _picture(page: Any, area: float) -> tuple[float, int]:  # noqa: ANN401
    """Return how much of a page its pictures cover, and the dots an inch of the largest; 0 without one."""
    import pypdfium2
    from pypdfium2 import raw

    covered, largest, dpi = 0.0, 0.0, 0
    for found in itertools.islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), 500):
        try:
            left, bottom, right, top = found.get_bounds()
            across, down = found.get_px_size()
        except pypdfium2.PdfiumError:
            continue
        size = max(right - left, 0) * max(top - bottom, 0)
        covered += size / max(area, 1)
        if size > largest:
            largest = size
            dots = (across * down / max(size, 1)) ** 0.5 * _SCALE
            dpi = round(dots)
    return covered, dpi


def _stand_up(page: Any) -> None:  # noqa: ANN401
    """Turn a page, as it is kept in memory, so that most of its words are upright; not one that is a picture."""
    from pypdfium2 import raw

    width, height = page.get_size()
    if _picture(page, width * height)[0] >= COVERS:
        return
    text = page.get_textpage()
    angles = [raw.FPDFText_GetCharAngle(text, index) for index in range(0, text.count_chars(), _SAMPLED)]
    text.close()
    turns = Counter(round(-math.degrees(angle) / 90) % 4 * 90 for angle in angles if angle >= 0)
    if turns:
        page.set_rotation(turns.most_common(1)[0][0])


def _words(page: Any) -> tuple[tuple[Word, ...], tuple[Word, ...]]:  # noqa: ANN401
    """Return the visible words of a page's layer, and its invisible ones."""
    from pypdfium2 import raw

    text = page.get_textpage()
    box, rotation = page.get_bbox(), page.get_rotation()
    width, height = page.get_size()
    words: list[Word] = []
    hidden: list[Word] = []
    gathered: list[_Sign] = []
    unseen = False

    def ended() -> None:
        for word in _parted(gathered):
            x, y = word.middle
            (hidden if unseen or not (0 <= x <= width and 0 <= y <= height) else words).append(word)
        gathered.clear()

    bounds = raw.FS_RECTF()
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, index) or 32)
        if sign.isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
            if sign in f"{_BROKEN}-":  # a hyphen at the end of a line
                continue
            ended()
            continue
        mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, index))
        if (mode in INVISIBLE) is not unseen:
            ended()
            unseen = mode in INVISIBLE
        raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(bounds))
        where = (bounds.left, bounds.bottom, bounds.right, bounds.top)
        place: _Sign = ("-" if sign in _BROKEN else sign, *shown(where, box, rotation))
        if gathered and not _follows(gathered[-1], place):
            ended()
        gathered.append(place)
    ended()
    text.close()
    return tuple(words), tuple(hidden)


def shown(
    one: tuple[float, float, float, float], box: Sequence[float], turned: int
) -> tuple[float, float, float, float]:
    """Return where a box of a page is when it is shown, from the top left: a page may be cropped, and turned."""
    left, bottom, right, top = box
    first, low, last, high = one
    return {
        0: (first - left, top - high, last - left, top - low),
        90: (low - bottom, first - left, high - bottom, last - left),
        180: (right - last, low - bottom, right - first, high - bottom),
        270: (top - high, right - last, top - low, right - first),
    }[turned % 360]


def _parted(signs: Sequence[_Sign]) -> Iterator[Word]:
    """Yield the words that signs make: leaders, and a line to write on, are words of their own."""
    text = "".join(sign for sign, *_ in signs)
    ends = sorted({0, len(text), *(end for found in _LEADER.finditer(text) for end in found.span())})
    for first, last in itertools.pairwise(ends):
        _, lefts, tops, rights, bottoms = zip(*signs[first:last], strict=True)
        yield Word(text[first:last], min(lefts), min(tops), max(rights), max(bottoms))


def _follows(before: _Sign, after: _Sign) -> bool:
    """Say whether a sign goes on with the word of the one before it."""
    tall = max(after[4] - after[2], 1.0)
    return -tall < after[1] - before[3] < 0.35 * tall and abs(after[4] - before[4]) < 0.5 * tall
