"""Says which conditions of a table's style, as "firstRow", apply to one of its cells, and what they set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, product

from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.screening.sheet import Style
from drafter.word.oxml.screening.stories import AROUND, is_tag, number

Way = tuple[str, ...]  # the conditions that apply at once, the strongest first
_LOOK = {
    "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200, "noVBand": 0x400,
}  # fmt: skip


def ways(cell: Element, chain: Iterable[Style]) -> tuple[Way, ...]:
    """Return what may apply to a cell of a table in a style, given with those it is based on.

    Whether a row is odd, and where it is when a loop repeats it, is only known once the template is filled.
    """
    said = {kind for style in chain for kind in style.parts}
    row = next(cell.iterancestors(w("tr")), None)
    table = next(cell.iterancestors(w("tbl")), None)
    if not said or row is None or table is None:
        return ((),)
    look = _look(table)
    rows, kept, cells = _rows(table), _kept(table), of_row(row)
    down = _ends(row, kept, look, ("firstRow", "lastRow"))
    across = _ends(cell, cells, look, ("firstColumn", "lastColumn"))
    places = {down, (), ("firstRow",), ("lastRow",)} if len(kept) < len(rows) else {down}
    places = {tuple(one for one in place if one in look) for place in places}
    found = (
        (*_corners(place, across), *place, *map(_column, across), *horizontal, *vertical)
        for place in sorted(places)
        for horizontal, vertical in product(_bands("Horz", look, place), _bands("Vert", look, across))
    )
    return tuple(dict.fromkeys(tuple(one for one in way if one in said) for way in found))


@lru_cache(maxsize=AROUND)
def of_row(row: Element) -> tuple[Element, ...]:
    """Return the cells of a row, without those of tables in it."""
    return tuple(one for one in row.iter(w("tc")) if next(one.iterancestors(w("tr"))) is row)


@lru_cache(maxsize=AROUND)  # each row of a long table asks for it
def _rows(table: Element) -> tuple[Element, ...]:
    return tuple(one for one in table.iter(w("tr")) if next(one.iterancestors(w("tbl"))) is table)


@lru_cache(maxsize=AROUND)
def _kept(table: Element) -> tuple[Element, ...]:
    return tuple(one for one in _rows(table) if not is_tag(one))


@lru_cache(maxsize=AROUND)
def edges(table: Element) -> tuple[float, ...]:
    """Return where a table's columns begin, and where the last one ends, in twentieths of a point."""
    widths = (number(node, "w") or 0 for node in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}"))
    return tuple(accumulate(widths, initial=0))


@lru_cache(maxsize=AROUND)
def spans(row: Element) -> Mapping[Element, tuple[int, int]]:
    """Return the columns of each cell of a row, from the first to the one after the last."""
    start = int(number(row.find(f"{w('trPr')}/{w('gridBefore')}"), "val") or 0)
    found: dict[Element, tuple[int, int]] = {}
    for cell in of_row(row):
        end = start + int(number(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), "val") or 1)
        found[cell], start = (start, end), end
    return found


def said(chain: Iterable[Style], way: Way, name: str) -> list[Element]:
    """Return the properties of one name, as "rPr", that a table's style sets in a way, the strongest first."""
    styles = tuple(chain)
    parts = (style.parts.get(part, {}) for part in (*way, "wholeTable") for style in styles)
    return [each[name] for each in (*parts, *(style.sets for style in styles)) if name in each]


def _bands(way: str, look: frozenset[str], ends: Way) -> tuple[Way, ...]:
    """Return the bands that a cell may be in; the first and the last rows and columns are in none."""
    return ((),) if ends or f"no{way[0]}Band" in look else ((f"band1{way}",), (f"band2{way}",))


@lru_cache(maxsize=AROUND)
def _look(table: Element) -> frozenset[str]:
    """Return what a table takes of its style; one that doesn't say it takes the bands alone."""
    node = table.find(f"{w('tblPr')}/{w('tblLook')}")
    if node is None:
        return frozenset()
    try:
        value = int(node.get(w("val"), "0"), 16)
    except ValueError:
        value = 0
    return frozenset(
        name
        for name, bit in _LOOK.items()
        if (node.get(w(name), "") in {"1", "true", "on"} if node.get(w(name)) is not None else value & bit)
    )


def _ends(one: Element, every: Sequence[Element], look: frozenset[str], names: tuple[str, str]) -> Way:
    """Return whether one of a row's cells, or of a table's rows, is the first or the last of them."""
    at = [every[0] is one, every[-1] is one] if every else [False, False]
    return tuple(name for name, there in zip(names, at, strict=True) if there and name in look)


def _column(name: str) -> str:
    return {"firstColumn": "firstCol", "lastColumn": "lastCol"}[name]


def _corners(down: Way, across: Way) -> Way:
    sides = {"firstRow": "n", "lastRow": "s", "firstColumn": "w", "lastColumn": "e"}
    return tuple(f"{sides[row]}{sides[column]}Cell" for row in down for column in across)
