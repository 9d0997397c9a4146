"""Finds the lines of a table of contents, also of one that has lost its field: they only repeat headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from drafter.returned.file import texts
from drafter.returned.file.texts import Line
from drafter.returned.sent import Sent

_NUMBERED = re.compile(r"\s*(?:Article \w+\.?|Exhibit \w+\.?|[A-Z]?-?\d+(?:\.\d+)*)?\s*((.*?)[\s.]*\d*)\s*", re.DOTALL)
_STYLE = re.compile(r"(?:toc|contents)\s*\d", re.IGNORECASE)
_LEAST, _LONGEST = 5, 60  # lines in a row that are headings, and tokens of one


def without_contents(sent: Sent, lines: Sequence[Line]) -> list[Line]:
    """Return lines without those of a table of contents."""
    headings = {line.keys for line, kind in zip(sent.lines, sent.kinds, strict=True) if kind == "heading"}
    lines = [line for line in lines if not line.end.contents]
    is_listed = [_lists(line, headings) for line in lines]
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and is_listed[end]:
            end += 1
        kept += lines[at:end] if end - at < _LEAST else []
        kept += lines[end : end + 1]
        at = end + 1
    return kept


def _lists(line: Line, headings: Collection[tuple[str, ...]]) -> bool:
    """Say whether a line is a heading as a table of contents prints it: with a number before it and a page after."""
    if line.end.row or len(line.keys) > _LONGEST:
        return False
    if _STYLE.match(line.end.style):
        return True
    found = _NUMBERED.fullmatch(line.text)
    words = (found.group(1), found.group(2)) if found else ()
    return any((*texts.keys(said), texts.BREAK) in headings for said in words if said)
