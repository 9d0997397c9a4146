"""Finds where a library's texts type the id of a paragraph or a requirement, as "III.C(a)", and writes another there.

One rule: only what can mean nothing else is written otherwise. Words of a source are never touched, nor is a number
that may be another document's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from drafter.values import dataclass

_PART = r"(?:(?:paragraph|subdivision|clause|item|requirement)s?\s+)?"
_CITED = re.compile(
    rf"(?:policy|rule|section|article|exhibit|chapter|title)s?\s+#?[\w.()-]+,?\s*{_PART}$", re.IGNORECASE
)
_CUE = re.compile(
    r"\b(?:paragraph|subdivision|requirement)s?\s+(?:[\w.()]+(?:,|,? and|,? or|,? to)\s+)*$", re.IGNORECASE
)
_LISTED = re.compile(r"\b(?:satisfies|limits|same_as):\s*\[([^\]]*)\]")
_LIST = re.compile(r"\s*(?:satisfies|limits|same_as):\s*$")
_ENTRY = re.compile(r"\s*-\s*([\"']?)([^\"'\n]+)\1\s*$")


@dataclass(frozen=True, slots=True)
class Found:
    """An id that a line has: where it begins and ends, whether it may mean something else, whether it is in a list."""

    start: int
    end: int
    id: str
    is_doubtful: bool = False
    is_listed: bool = False


@dataclass(frozen=True)
class Ids:
    """The ids of one source as a library's texts type them.

    `citation` is how the source is cited, `verbatim` are words of sources, in which an id is the source's own word.
    """

    known: frozenset[str]
    citation: str
    verbatim: tuple[str, ...] = ()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.known, key=len, reverse=True)
        alternatives = "|".join(map(re.escape, longest_first)) or r"(?!)"
        return re.compile(rf"(?<![\w.#/(-])(?<!\[\[)(?:{alternatives})(?![\w(/]|\.\w|-\w)")

    def found(self, line: str) -> Iterator[Found]:
        """Yield the ids in a line of a text; a number such as "II" only after "paragraph", or in a list of ids."""
        listed = [(m.start(1), m.end(1)) for m in _LISTED.finditer(line)]
        hidden = [(m.start(), m.end()) for words in self.verbatim if words in line for m in _places(words, line)]
        for match in self._pattern.finditer(line):
            start, end = match.span()
            if any(a <= start and end <= b for a, b in listed):
                yield Found(start, end, match[0], is_listed=True)
                continue
            before = line[:start]
            own = re.search(rf"{re.escape(self.citation)},?\s*{_PART}$", before) is not None
            if _is_plain(match[0]) and not (own or _CUE.search(before)):
                continue
            other = not own and _CITED.search(before) is not None
            quoted = any(a <= start and end <= b for a, b in hidden)
            yield Found(start, end, match[0], is_doubtful=other or quoted)


def _is_plain(wanted: str) -> bool:
    """Say whether an id may be any number: "II", or "2(c)", which every text may have."""
    return not re.search(r"[.(/]", wanted) or (wanted[0].isdigit() and "/" not in wanted)


def _places(words: str, line: str) -> Iterator[re.Match[str]]:
    return re.finditer(re.escape(words), line)


def lines_with(ids: Ids, lines: Iterable[str]) -> Iterator[tuple[int, str, Found]]:
    """Yield each id that some lines have, with the number of its line, from 1, and the line."""
    in_list = False
    for number, line in enumerate(lines, 1):
        entry = _ENTRY.fullmatch(line) if in_list else None
        if entry is not None and entry[2].strip() in ids.known:
            start = entry.start(2)
            yield number, line, Found(start, start + len(entry[2].rstrip()), entry[2].strip(), is_listed=True)
            continue
        in_list = _LIST.fullmatch(line) is not None or (in_list and entry is not None)
        yield from ((number, line, found) for found in ids.found(line))


def written(lines: Sequence[str], ids: Ids, new: Callable[[Found], str | None]) -> Iterator[str]:
    """Yield some lines with new ids in the place of old ones, all at once, so that two may change places.

    `new` gives the new id of one that was found, None where it stays, "" where it is taken out of its list.
    """
    by_line: dict[int, list[Change]] = {}
    for number, _, found in lines_with(ids, lines):
        if (now := new(found)) is not None:
            by_line.setdefault(number, []).append((found.start, found.end, now))
    made = [replaced(line, by_line.get(number, ())) for number, line in enumerate(lines, 1)]
    for number in sorted(by_line):
        if not made[number - 1]:
            made[number - 1] = _empty_list(made, number - 1, lines[number - 1].index("-"))
    yield from made


def _empty_list(lines: Sequence[str], at: int, indent: int) -> str:
    """Return what is written where an entry was: an empty list where it was the last that its list had, else ""."""
    before = next((one for one in reversed(lines[:at]) if one.strip()), "")
    after = next((one for one in lines[at + 1 :] if one.strip()), "")
    goes_on = _ENTRY.fullmatch(after) and after.index("-") == indent
    return "" if goes_on or not _LIST.fullmatch(before) else f"{' ' * indent}  []"


Change = tuple[int, int, str]  # where a line changes, from and to, and what is written there


def replaced(line: str, those: Iterable[Change]) -> str:
    """Return a line with other words between some places, none of which overlap; without words, a list is shorter."""
    for start, end, words in sorted(those, reverse=True):
        line = f"{line[:start]}{words}{line[end:]}" if words else _taken_out(line, start, end)
    return line


def _taken_out(line: str, start: int, end: int) -> str:
    """Return a line without an entry of a list: of a list in one line its comma goes too, else all of the line."""
    before, after = line[:start].rstrip("\"'"), line[end:].lstrip("\"'")
    if not after.strip():
        return ""
    if re.match(r"\s*,", after):
        return before + re.sub(r"^\s*,\s*", "", after)
    return re.sub(r",\s*$", "", before) + after
