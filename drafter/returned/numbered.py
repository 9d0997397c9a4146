"""Reads a Word file as what was sent: its sections by the numbers that it prints, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from drafter.returned import margins
from drafter.returned.file import counting, pieces, remarks, texts
from drafter.returned.file.pieces import Known
from drafter.returned.file.texts import Line
from drafter.returned.sent import Part, Sent
from drafter.word.oxml import package, story
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening.looks import Looks

_SECTION = re.compile(
    r"(?:Article|Section|Exhibit|Schedule|Appendix)\s+\w+(?:-\d+)?|\d+(?:\.\d+)+|[A-Z]-\d+|\d+\.(?!\d)"
)
_TITLE = re.compile(r"(?:heading|title)\s*\d*$", re.IGNORECASE)
_LONGEST, _ENDS = 15, frozenset(".;:,?!")  # tokens of a heading, and what none ends with
_START = "the start"  # the part before the first number


def of_file(parts: Package) -> Sent:
    """Return a Word file as what was sent, with its own tracked changes accepted."""
    main = package.main(parts)
    looks = Looks([package.parse(parts[name]) for name in package.find(parts, "styles", main)[:1]])
    known = Known({}, notes=remarks.notes(parts, main), labels=counting.labels(parts, main))
    found = pieces.read(story.settled(parts[main]), looks, known)
    lines = [line for line in texts.lines(found, "new") if not line.end.contents]
    made: list[Part] = [Part(_START, "", "")]
    sections, kinds, places, count, rows = [], [], [], 0, 0
    is_listed = any(line.end.label and _number(line) for line in lines)
    plain = {line.end.style for line in lines if not line.end.row and not _number(line) and not _is_title(line)}
    for line in lines:
        if (part := _started(line, made, plain, is_listed=is_listed)) is not None:
            made.append(part)
            count = 0
        is_first = part is not None and (bool(part.heading) or not _number(line))
        rows = rows + 1 if line.end.row else 0  # those of one table
        count += not is_first and not rows
        is_heading = is_first and bool(_number(line))  # others are no line of a table of contents
        kind = "heading" if is_heading else "row" if line.end.row else "paragraph"
        sections.append(len(made) - 1)
        kinds.append("section" if part is not None and not is_first else kind)
        places.append(kind if is_first else f"{kind} {rows or count}")
    printed = {piece.target: piece.text for piece in found if piece.target and piece.new}
    return Sent(
        tuple(made), tuple(_placed(lines, sections)), tuple(found), {}, tuple(kinds),
        tuple(line.end.label for line in lines), tuple(places), printed, {}, frozenset(), margins.known(parts),
    )  # fmt: skip


def _placed(lines: Sequence[Line], sections: Sequence[int]) -> list[Line]:
    return [
        Line(line.text, line.keys, line.spans, line.origins, line.end, section)
        for line, section in zip(lines, sections, strict=True)
    ]


def _started(line: Line, made: Sequence[Part], plain: Collection[str], *, is_listed: bool) -> Part | None:
    """Return the part that starts with a line: one that a list numbers, with a heading of its own, or a typed number.

    Typed numbers count where no list numbers a section, each where it is first.
    """
    number, said = _number(line), line.text.strip()
    if number and (line.end.label or (not is_listed and all(part.name != number for part in made))):
        return Part(number, "", said if _heads(line, plain) else "")
    if number or not _is_title(line):
        return None
    is_front = "title" in line.end.style.lower() and not any(_SECTION.match(part.name) for part in made)
    return Part(_START if is_front else _one_line(said), "", "")


def _number(line: Line) -> str:
    """Return the number of a section that is printed before a line, or typed at its start."""
    found = _SECTION.match(line.end.label or line.text)
    return _one_line(found.group()).rstrip(".") if found and not line.end.row else ""


def _is_title(line: Line) -> bool:
    """Say whether a line without a number is a heading of its own, such as that of the signatures, by its style."""
    return bool(_TITLE.search(line.end.style)) and not line.end.row and not line.end.area


def _heads(line: Line, plain: Collection[str]) -> bool:
    """Say whether a numbered line is a heading: by a style that no text has or, where it has none, by its words."""
    if line.end.style:
        return line.end.style not in plain
    return len(line.keys) <= _LONGEST and line.keys[-2] not in _ENDS


def _one_line(text: str) -> str:
    return " ".join(text.split())
