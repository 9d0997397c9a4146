"""Reads the printed numbers of paragraphs ("IV.", "A.", "(2)"), and says which of them a number goes on from.

One rule: a number that can be read in two ways, as "I." or "C.", is read as the one that goes on from what came before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.values import dataclass

NUMBER = re.compile(
    r"""(?P<number> \(?(?:[IVXLC]+|[ivxlc]+|[A-Za-z]|\d{1,3})[.)]      # IV.  A.  a)  (2)
      | \d+(?:\.\d+)+\.?                                            # 4.2.1
      | (?:Subd(?:ivision|\.)?|Section|Sec\.|Paragraph|§)\s*\d+[a-z]?\.?  # Subd. 2.
    )(?:\s+|$)""",
    re.VERBOSE,
)
_ROMAN = re.compile(r"(?=.)C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the numbers above and at a paragraph: how it is written, its value, and the number as printed."""

    style: str
    value: int
    printed: str


Levels = tuple[Level, ...]


def core(printed: str) -> str:
    """Return a printed number without its marks and its word: "A" of "A.", "2" of "Subd. 2."."""
    found = re.search(r"\d+(?:\.\d+)*[a-z]?|[A-Za-z]+(?=\W*$)", printed)
    return found[0] if found else printed.strip("().")


def placed(above: Levels, printed: str) -> Levels | None:
    """Return the levels of a paragraph with a printed number, after one with the levels `above`; None if none fits.

    A number that goes on by one is best, then one that opens a level, then one after a gap.
    """
    read = tuple(_read(printed))
    if "." in core(printed):  # 4.2.1 has all its levels in itself
        parts = core(printed).split(".")
        return tuple(
            Level("dotted" if n else "1#.", int(part), ".".join(parts[: n + 1])) for n, part in enumerate(parts)
        )
    on = [(level.value - above[depth].value, -depth, level) for level in read for depth in _depths(above, level)]
    gap, depth, level = min(on, key=lambda one: one[:2], default=(0, 0, None))
    if level is not None and gap == 1:
        return (*above[:-depth], level) if depth else (level,)
    opened = next((one for one in read if one.value == 1 and all(one.style != a.style for a in above)), None)
    if opened is not None:
        return (*above, opened)
    if level is not None:
        return (*above[:-depth], level) if depth else (level,)
    late = next((one for one in read if all(one.style != a.style for a in above)), None)
    return (*above, late) if late is not None else None


def _depths(above: Levels, level: Level) -> Iterator[int]:
    """Yield the depths at which a number can go on from what is above: the same style, and a smaller value."""
    return (depth for depth, one in enumerate(above) if one.style == level.style and one.value < level.value)


def _read(printed: str) -> Iterator[Level]:
    """Yield each way in which a printed number can be read."""
    inner = core(printed)
    marks = printed.replace(inner, "#", 1).strip()
    if inner.isdigit():
        yield Level(f"1{marks}", int(inner), printed)
        return
    if found := re.fullmatch(r"(\d+)([a-z])", inner):
        yield Level(f"1{marks}", int(found[1]), printed)
        return
    case = "A" if inner.isupper() else "a"
    if _ROMAN.fullmatch(inner):
        yield Level(f"roman {case}{marks}", _roman(inner.upper()), printed)
    if len(inner) == 1:
        yield Level(f"{case}{marks}", ord(inner.lower()) - ord("a") + 1, printed)


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[character] for character in text]
    following = (*values[1:], 0)
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))
