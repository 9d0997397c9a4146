"""Lists the comments of a redline as numbered notes, for a reader who has it on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from drafter.comparing import lines
from drafter.comparing.lines import Line
from drafter.comparing.marked import Redline
from drafter.contract import words
from drafter.pdf.preparing.between import FROM_NOTE
from drafter.values import dataclass
from drafter.word import filling, kinds, lists

TITLE = "Notes to the redline"


@dataclass(frozen=True, slots=True)
class Note:
    """A comment of a redline: its number, the number and heading of its section, and its lines."""

    number: int
    place: str
    lines: tuple[str, ...]


def listed(compared: Redline, comments: Mapping[str, str]) -> tuple[Note, ...]:
    """Return a redline's comments, which are given by section, in the order and with the numbers of its file."""
    found: dict[str, tuple[str, str]] = {}
    titles = {id(section): exhibit for exhibit in compared.exhibits for section in exhibit.sections}
    for section in lists.printed(compared):
        shown = section.of.shown
        if comments.get(shown.id):
            left_out = section.of.mark == "deleted"  # it has its earlier number, in parentheses
            own = _named(f"({shown.number})" if left_out and shown.number else shown.number, section.heading)
            if (exhibit := titles.get(id(section))) is not None and shown.number:
                own = f"Exhibit {own}"
            elif exhibit is not None:
                title = _named("", exhibit.title)
                own = " ".join([f"Exhibit {exhibit.of.shown.number}", *dict.fromkeys(filter(None, (title, own)))])
            found.setdefault(shown.id, (own, comments[shown.id]))
    return tuple(Note(n, place, tuple(text.split("\n"))) for n, (place, text) in enumerate(found.values(), 1))


def _named(number: str, heading: Line) -> str:
    """Return a number and a heading as they read in the revision, or in the base where that is all there is."""
    title = words(lines.take(heading, "revised")) or words(lines.take(heading, "base"))
    return f"{number} {title}".strip()


def write(listed: Sequence[Note], template: Path) -> bytes:
    """Write notes as a Word file, each a link to its number in the redline. DraftingError for the template."""
    notes = [
        {
            "number": filling.said(str(note.number), link=f"{FROM_NOTE}{note.number}"),
            "place": note.place,
            "lines": note.lines,
        }
        for note in listed
    ]
    return filling.document(kinds.NOTES, {"notes": notes}, template, TITLE)
