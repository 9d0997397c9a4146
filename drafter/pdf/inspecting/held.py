"""Reads what a PDF holds beside what its pages show: notes, values of fields, files, scripts, layers.

One rule: every object of the file is looked at, wherever it hangs. What a program does with it later isn't tried.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from drafter.values import dataclass

if TYPE_CHECKING:
    from pypdf import PdfReader

HIDDEN = 2  # the flag of a note that is neither shown nor printed
# What a note, a bookmark or a file itself may do when it is opened, pressed or printed; going to a page is harmless.
_ACTIONS = {
    "/JavaScript", "/Launch", "/Rendition", "/Hide", "/SetOCGState", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR",
    "/RichMediaExecute", "/Movie", "/Sound", "/ResetForm", "/Trans", "/GoTo3DView",
}  # fmt: skip
_WORDS = ("/Contents", "/RC", "/OverlayText")
_TAG = re.compile(r"<[^>]*>|\s+")
_Where = tuple[float, float, float, float]
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a page, or a field: what kind it is, its words, if it has a look of its own and is hidden.

    `there` is its box, `box` the page's, both as the file has them: left, bottom, right, top, in points. `turned` is by
    how many degrees the page is shown.
    """

    page: int
    kind: str
    words: str
    there: _Where
    box: _Where
    turned: int
    looks: bool
    hidden: bool


UNREAD = "what it holds beside its pages can't be read"


def notes(data: bytes) -> tuple[Note, ...]:
    """Return the notes and fields on the pages of a PDF; none where it can't be read, which `others` tells."""
    return tuple(_read(data, _notes) or ())


def others(data: bytes, count: int) -> tuple[str, ...]:
    """Return what else may show itself in a PDF, in words; another program reads so many pages of it."""

    def told(reader: PdfReader) -> Iterator[str]:
        yield from _others(reader)
        for _ in _notes(reader):
            pass
        if len(reader.pages) != count:
            yield "programs find different pages in it"

    found = _read(data, told)
    return (UNREAD,) if found is None else tuple(dict.fromkeys(found))


def _read(data: bytes, looking: Callable[[PdfReader], Iterator[_Found]]) -> list[_Found] | None:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")
        return list(looking(reader))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return None


def _others(reader: PdfReader) -> Iterator[str]:
    for one in _dictionaries(reader):
        does = str(one.get("/S", ""))
        if "/JS" in one or does == "/JavaScript":
            yield "it holds a script"
        elif does in _ACTIONS and "/K" not in one:
            yield f"it holds an action ('{does[1:]}')"
        if "/Alternates" in one or "/OPI" in one:
            yield "a picture in it stands for another one, which may be printed instead"
        if "/EF" in one:
            yield f"a file is within it: '{_text(one.get('/UF', one.get('/F', '')))}'"
        if "/XFA" in one:
            yield "it holds a form (XFA) that some programs show instead of its pages"
        if one.get("/Type") == "/OCG":
            yield f"it has a layer that can be shown or not: '{_text(one.get('/Name', ''))}'"
        if isinstance(said := one.get("/ActualText"), str) and said.strip():
            yield f"it is read aloud in other words than are drawn: '{_text(said)[:60]}'"


def _dictionaries(reader: PdfReader) -> Iterator[Any]:
    """Yield every dictionary of a file, also of what nothing leads to."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    kept = {(number, generation) for generation, each in reader.xref.items() for number in each if number}
    kept |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(kept):
        waiting: list[Any] = [reader.get_object(IndirectObject(number, generation, reader))]
        while waiting:
            one = waiting.pop()
            if isinstance(one, DictionaryObject):
                yield one
                waiting += [each for each in one.values() if isinstance(each, (DictionaryObject, ArrayObject))]
            elif isinstance(one, ArrayObject):
                waiting += [each for each in one if isinstance(each, (DictionaryObject, ArrayObject))]


def _notes(reader: PdfReader) -> Iterator[Note]:
    for number, page in enumerate(reader.pages, 1):
        box = _box(page.cropbox)
        turned = int(page.rotation) % 360
        for each in page.get("/Annots") or ():
            note = each.get_object()
            if note is None:
                continue
            kind = str(note.get("/Subtype", ""))[1:]
            looks = "/AP" in note and "/N" in note["/AP"].get_object()
            hidden = bool(int(note.get("/F", 0)) & HIDDEN)
            yield Note(
                number, kind, _said(note, kind), _box(note.get("/Rect", (0, 0, 0, 0))), box, turned, looks, hidden
            )


def _said(note: Any, kind: str) -> str:  # noqa: ANN401  # from a library
    """Return the words of a note: of a field its value, of a link the address that it leads to."""
    if kind == "Widget":
        value, above = note.get("/V"), note
        while value is None and "/Parent" in above:
            above = above["/Parent"].get_object()
            value = above.get("/V")
        value = value.get_object() if value is not None else None
        listed = value if isinstance(value, list) else [value]
        return " ".join(_text(one) for one in listed if isinstance(one, (str, bytes)) and not _name(one))
    if kind == "Link":
        return _text((note.get("/A") or {}).get("/URI", ""))
    texts = [_text(note[name].get_object()) for name in _WORDS if name in note]
    held_there = note.get("/FS")
    if held_there is not None:
        named = held_there.get_object()
        texts.append(_text(named if isinstance(named, str) else named.get("/UF", named.get("/F", ""))))
    return " ".join(dict.fromkeys(filter(None, texts)))


def _name(value: object) -> bool:
    from pypdf.generic import NameObject

    return isinstance(value, NameObject)


def _text(value: object) -> str:
    from pypdf.generic import StreamObject

    if isinstance(value, StreamObject):
        value = value.get_data()
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return _TAG.sub(" ", text).strip()


def _box(sides: Sequence[Any]) -> _Where:
    first, second, third, fourth = (float(side) for side in sides)
    return min(first, third), min(second, fourth), max(first, third), max(second, fourth)
