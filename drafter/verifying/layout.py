"""Compares two Word files as LibreOffice lays them out: the words of each page by place and look, rules and pictures.

One rule: both are laid out by one program, so that what it draws otherwise is what the files say otherwise.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from drafter.base.problems import short
from drafter.pdf import office
from drafter.values import dataclass
from drafter.verifying import fields
from drafter.verifying.comparison import Finding
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, drop, element, w

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

NEAR = 1.5  # points that words or rules may be moved by: a program that saves a file again rounds its measures
MOST = 12  # pages that differ; where there are more, words have moved on, and to read them all takes long
_LINE = re.compile(rb"(-?[\d.]+) (-?[\d.]+) m\s+((?:-?[\d.]+ -?[\d.]+ l\s*)+)")
_BOX = re.compile(rb"(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re\s+(\S+)")
_POINT = re.compile(rb"(-?[\d.]+) (-?[\d.]+) l")
_COLOURS = {b"rg", b"g", b"k"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of words on a page: where it starts, in points, its words without spaces, and the look of each letter."""

    across: float
    up: float
    words: str
    looks: tuple[tuple[str, ...], ...]


def findings(approved: bytes, other: bytes) -> Iterator[Finding]:
    """Yield where the pages of two files differ. DraftingError where LibreOffice is missing or lays neither out."""
    yield from compared(*laid_out(approved, other))


def laid_out(approved: bytes, other: bytes) -> tuple[bytes, bytes]:
    """Lay two Word files out as PDFs. DraftingError where LibreOffice is missing or lays neither out."""
    ours, theirs = office.laid_out([_plain(approved), _plain(other)])
    return ours, theirs


def differing(approved: bytes, other: bytes) -> tuple[int, ...]:
    """Return the numbers, from 1, of the pages of two PDFs that differ, and of those that only one of them has."""
    ours, theirs = (_opened(pdf).pages for pdf in (approved, other))
    both = zip(ours, theirs, strict=False)
    found = [n for n, (one, two) in enumerate(both, 1) if _drawn(one) != _drawn(two) and any(pages(one, two, ""))]
    least, most = sorted((len(ours), len(theirs)))
    return (*found, *range(least + 1, most + 1))


def _opened(pdf: bytes) -> PdfReader:
    from pypdf import PdfReader  # slow to import

    return PdfReader(io.BytesIO(pdf))


def _plain(document: bytes) -> bytes:
    """Return a file whose table of contents has no pages, and whose notes' numbers all look alike.

    The pages are counted when the contents are updated, and LibreOffice gives the numbers a style of its own.
    """
    parts = package.unpack(document)
    main = package.main(parts)
    root = package.parse(parts[main])
    fields.simplify_contents(root)
    made = {main: root}
    notes = [name for kind in ("footnotes", "endnotes") for name in package.find(parts, kind, main)]
    made |= {name: package.parse(parts[name]) for name in notes}
    numbers = [node for one in made.values() for node in one.iter(*_NUMBERS)]
    for name in package.find(parts, "styles", main)[:1] if numbers else ():
        made[name] = package.parse(parts[name])
        named, look = element("name", val="footnote reference"), element("vertAlign", val="superscript")
        made[name].append(element("style", named, element("rPr", look), type="character", styleId=_NUMBER))
    for node in numbers:
        _restyle(node)
    return package.pack(parts | {name: package.serialize(one) for name, one in made.items()})


_NUMBERS = tuple(map(w, ("footnoteRef", "endnoteRef", "footnoteReference", "endnoteReference")))
_NUMBER = "the-number-of-a-note"


def _restyle(number: Element) -> None:
    """Give the number of a note the look that it has in most files, where it is alone in its run."""
    run = number.getparent()
    if run is None or run.tag != w("r") or any(one.tag not in (*_NUMBERS, w("rPr")) for one in run):
        return
    for node in run.findall(w("rPr")):
        drop(node)
    run.insert(0, element("rPr", element("rStyle", val=_NUMBER)))


def compared(approved: bytes, other: bytes) -> Iterator[Finding]:
    """Yield where the pages of two PDFs differ that one program has made; no more than the first `MOST` of them."""
    ours, theirs = (_opened(pdf).pages for pdf in (approved, other))
    if len(ours) != len(theirs):
        yield Finding("printed", "the pages", f"{len(ours)} pages are {len(theirs)} in the file")
        return
    differ = 0
    for number, (one, two) in enumerate(zip(ours, theirs, strict=True), 1):
        if _drawn(one) == _drawn(two):
            continue
        if differ == MOST:
            yield Finding(
                "printed", "the pages", f"from page {number} on they were not compared: {MOST} differ already"
            )
            return
        found = list(pages(one, two, f"page {number}"))
        yield from found
        differ += bool(found)


def pages(ours: PageObject, theirs: PageObject, place: str) -> Iterator[Finding]:
    """Yield how a page differs from the approved one: its size, rows of words, rules and pictures."""
    if any(abs(float(a) - float(b)) > NEAR for a, b in zip(ours.mediabox, theirs.mediabox, strict=True)):
        yield Finding("printed", place, "the page has another size")
    mine, other = rows(ours), rows(theirs)
    if [row.words for row in mine] != [row.words for row in other]:
        lost = [row.words for row in mine if row.words not in {one.words for one in other}]
        new = [row.words for row in other if row.words not in {one.words for one in mine}]
        said = f": '{short((new or lost)[0])}'" if new or lost else ""
        yield Finding("printed", place, f"its lines are others, or in another order{said}")
    else:
        for one, two in zip(mine, other, strict=True):
            if abs(one.across - two.across) > NEAR or abs(one.up - two.up) > NEAR:
                yield Finding("printed", place, f"'{short(one.words)}' is in another place")
            elif one.looks != two.looks:
                look = next((b for a, b in zip(one.looks, two.looks, strict=True) if a != b), ())
                yield Finding("printed", place, f"'{short(one.words)}' looks otherwise: {', '.join(look)}")
    if not _near(_rules(ours), _rules(theirs)):
        yield Finding("printed", place, "its lines and boxes are others, or in other places")
    if _pictures(ours) != _pictures(theirs):
        yield Finding("printed", place, "its pictures are others")


def rows(page: PageObject) -> list[Row]:
    """Read the rows of words of a page, from top to bottom."""
    found: list[tuple[float, float, str, tuple[str, ...]]] = []
    colour = "0 0 0"

    def paint(operator: bytes, operands: Sequence[object], *_: object) -> None:
        nonlocal colour
        if operator in _COLOURS:
            colour = " ".join(f"{float(str(one)):.2f}" for one in operands)

    def take(words: str, _: object, matrix: Sequence[float], font: Mapping[str, object] | None, size: float) -> None:
        bare = "".join(words.split())
        if bare:
            name = str((font or {}).get("/BaseFont", "")).rpartition("+")[2]
            found.append((matrix[4], matrix[5], bare, (name, f"{size:.1f} points", f"colour {colour}")))

    page.extract_text(visitor_operand_before=paint, visitor_text=take)
    return _grouped(found)


def _grouped(found: Sequence[tuple[float, float, str, tuple[str, ...]]]) -> list[Row]:
    groups: list[list[tuple[float, float, str, tuple[str, ...]]]] = []
    for one in sorted(found, key=lambda each: (-each[1], each[0])):
        if groups and abs(groups[-1][0][1] - one[1]) <= NEAR:
            groups[-1].append(one)
        else:
            groups.append([one])
    made = []
    for group in groups:
        group.sort(key=lambda each: each[0])
        looks = tuple(look for _, _, words, look in group for _ in words)
        made.append(Row(group[0][0], group[0][1], "".join(each[2] for each in group), looks))
    return made


def _drawn(page: PageObject) -> tuple[bytes, tuple[str, ...], tuple[str, ...]]:
    """Return all that is drawn on a page: where two are equal, nothing else has to be looked at."""
    contents = page.get_contents()
    return b"" if contents is None else contents.get_data(), tuple(map(str, page.mediabox)), _pictures(page)


def _rules(page: PageObject) -> list[tuple[float, ...]]:
    """Return the lines and boxes of a page; lines that go on in each other are one."""
    contents = page.get_contents()
    drawn = b"" if contents is None else re.sub(rb"BT.*?ET", b"", contents.get_data(), flags=re.DOTALL)
    found: list[tuple[float, ...]] = []
    for match in _LINE.finditer(drawn):
        points = [(float(match[1]), float(match[2])), *((float(x), float(y)) for x, y in _POINT.findall(match[3]))]
        found += [(*min(a, b), *max(a, b)) for a, b in pairwise(points)]
    boxes = (tuple(map(float, match.groups()[:4])) for match in _BOX.finditer(drawn) if not match[5].startswith(b"W"))
    found += [(x, y, x + wide, y + high) for x, y, wide, high in boxes]
    return _joined(found)


def _joined(found: Sequence[tuple[float, ...]]) -> list[tuple[float, ...]]:
    made: list[tuple[float, ...]] = []
    for one in sorted(found, key=lambda each: (round(each[1]), round(each[3]), each[0])):
        last = made[-1] if made else None
        if last and abs(last[1] - one[1]) <= NEAR and abs(last[3] - one[3]) <= NEAR and one[0] <= last[2] + NEAR:
            made[-1] = (last[0], last[1], max(last[2], one[2]), last[3])
        else:
            made.append(one)
    return made


def _near(ours: Sequence[tuple[float, ...]], theirs: Sequence[tuple[float, ...]]) -> bool:
    """Say whether each rule has one near it in the other list."""

    def has(one: tuple[float, ...], others: Sequence[tuple[float, ...]]) -> bool:
        return any(all(abs(a - b) <= NEAR for a, b in zip(one, two, strict=True)) for two in others)

    return all(has(one, theirs) for one in ours) and all(has(one, ours) for one in theirs)


def _pictures(page: PageObject) -> tuple[str, ...]:
    resources = page.get("/Resources")
    objects = {} if resources is None else resources.get_object().get("/XObject", {})
    found = (one.get_object() for one in (objects.get_object() if hasattr(objects, "get_object") else objects).values())
    return tuple(sorted(hashlib.sha256(one.get_data()).hexdigest() for one in found))
