"""Lays a page out in lines of a given width, with less detail where there is less room."""

from __future__ import annotations

from collections.abc import Iterator

from prompt_toolkit.utils import get_cwidth

from drafter.asking import pages
from drafter.asking.pages import LEADS, Line, Notice, Page
from drafter.doors import terminal
from drafter.doors.interview.wrapping import Row, columns, fitted, wrapped
from drafter.telling.rows import paragraphs
from drafter.values import dataclass

BRIEFER = ((True, 0), (False, 0), (False, 1), (False, 2), (False, 3))  # if all lines have details, and how much is cut
WITHOUT_HELP = 2  # where so much is cut, the help is left out


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters that are drawn."""

    full: str = "━"
    rest: str = "─"
    pointer: str = "❯"
    side: str = "│"
    on: str = "●"
    off: str = "○"
    arrows: str = "↑↓"


ASCII = Marks("=", "-", ">", "|", "x", "o", "Up Down")


@dataclass(frozen=True, slots=True)
class View:
    """A page as it is shown: how wide, which line is current, which are marked, and whether its reasons are shown."""

    page: Page
    cursor: int
    marked: frozenset[int]
    width: int
    marks: Marks
    why: bool = False

    @property
    def is_list(self) -> bool:
        """Say whether lines are chosen from, and nothing is typed."""
        return self.page.kind in ("menu", "marks")

    @property
    def numbered(self) -> list[int]:
        """Return the lines that have numbers: options, but not the records of a table, which have their own."""
        options = self.page.about != "review" and "add" not in self.page.commands
        return [n for n, line in enumerate(self.page.lines) if not line.is_heading] if options else []

    @property
    def has_numbers(self) -> bool:
        """Say whether any line is shown with a number, by which it can be chosen."""
        return bool(self.numbered) or any(line.is_record for line in self.page.lines)

    def named(self, typed: str) -> tuple[int, ...]:
        """Return the lines that a typed number or words name."""
        numbers = [n for n, line in enumerate(self.page.lines) if line.is_record] or self.numbered
        number = int(typed) if typed.isdecimal() and len(typed) <= len("1000") else 0
        return (numbers[number - 1],) if 1 <= number <= len(numbers) else pages.named(self.page, typed)


def head(view: View) -> list[Row]:
    """Return the title with how many questions are answered, the end of its line, and the two parts of the bar."""
    page, width = view.page, view.width
    room = width - get_cwidth(page.progress) - 3
    title = fitted(page.title, room) if room > 8 else ""  # noqa: PLR2004  # fewer say nothing
    full = width * page.done[0] // max(page.done[1], 1)
    return [
        ("class:title", fitted(f" {title} {page.progress}", width)),
        ("", "\n"),
        ("class:bar", view.marks.full * full),
        ("class:rest", view.marks.rest * (width - full)),
    ]


def body(view: View, room: int) -> tuple[list[Row], int]:
    """Return the lines of a page, and the number of the line to keep in sight.

    If they are more than there is room for, first only the current line keeps its detail, then notices are cut and the
    help is left out.
    """
    if view.why:
        return list(_reasons(view)), 0
    rows: list[Row] = []
    for details, cut in BRIEFER:
        rows = list(_question(view, cut))
        lines, current = _lines(view, details=details)
        if len(rows) + len(lines) <= room:
            break
    if not view.is_list:
        return rows, len(rows) - 1
    return [*rows, *lines], len(rows) + current if current else 0


def below(view: View, typed: str) -> list[Row]:
    """Return the lines under the field or the list: what is wrong, a date in words, or what Enter takes."""
    page, width = view.page, view.width - 1
    if view.why:
        return []
    if page.error:
        return list(wrapped(page.error, width, "class:error", " " if view.is_list else "   "))
    if view.is_list:
        return []
    if page.readback and typed == page.typed:
        confirm = f"{page.readback}. Press Enter again if that is right, or change it."
        return list(wrapped(confirm, width, "class:readback", "   "))
    return list(wrapped(page.on_enter if not typed else "", width, "class:dim", "   "))


# -- the parts of a page ------------------------------------------------------------------------


def _question(view: View, cut: int) -> Iterator[Row]:
    """Yield the notices, the prompt and the help; the more is cut, the less of them."""
    page, width = view.page, view.width - 1
    for notice in page.notices:
        yield from _notice(notice, width, view.marks.side, cut)
    yield "", ""
    yield from wrapped(page.prompt, width, "class:prompt", " ")
    if page.help and cut < WITHOUT_HELP:
        yield from wrapped(page.help, width, "class:help", " ")
    yield "", ""


def _notice(notice: Notice, width: int, side: str, cut: int) -> list[Row]:
    """Return the lines of a notice, at most one or two of them if notices are cut: problems and reminders first."""
    style, first = f"class:{notice.tone}", notice.tone in ("problem", "reminder")
    rows = list(wrapped(LEADS[notice.tone] + notice.text, width, style, f" {side} "))
    most = 1 if cut and first else (len(rows), len(rows), 2, 1)[cut]
    return rows if len(rows) <= most else [*rows[: most - 1], (style, rows[most - 1][1][: width - 1] + "…")]


def _lines(view: View, *, details: bool) -> tuple[list[Row], int]:
    """Return the lines to choose, and the number of the last row of the current one; 0 if it is the first line."""
    lines, current = view.page.lines, 0
    rows: list[Row] = []
    for n, text in enumerate(columns([line.cells for line in lines], view.width - 9)):
        line = lines[n]
        if line.is_heading:
            rows += [("", ""), ("class:heading", f" {terminal.one_line(text)}")]
            continue
        rows += _line(view, n, _whole(line, text) if n == view.cursor else text, details=details)
        if n == view.cursor and n:
            current = len(rows) - 1
    return rows, current


def _whole(line: Line, text: str) -> str:
    """Return the whole text of a line whose cells were cut to fit their columns."""
    cells = [terminal.one_line(cell) for cell in line.cells if cell]
    return text if all(cell in text for cell in cells) else "  ".join(cells)


def _line(view: View, n: int, text: str, *, details: bool) -> Iterator[Row]:
    """Yield a line to choose, with its detail if there is room, and with what it would select if it is current."""
    line, here, width, marks = view.page.lines[n], n == view.cursor, view.width - 1, view.marks
    mark = f"{marks.on if n in view.marked else marks.off} " if view.page.kind == "marks" else ""
    numbered = view.numbered
    number = f"{numbered.index(n) + 1:>{len(str(len(numbered)))}} " if n in numbered else ""
    lead = f" {marks.pointer if here else ' '} {number}{mark}"
    blank = " " * get_cwidth(lead)
    yield from wrapped(text, width, "class:chosen" if here else "", lead, blank)
    if line.detail and (details or here):
        yield from wrapped(line.detail, width, "class:detail", blank)
    if line.selects and here:
        yield from wrapped(line.selects, width, "class:decided", f"{blank}{marks.side} ")


def _reasons(view: View) -> Iterator[Row]:
    """Yield what the last answer did, and why the question is asked."""
    page, width = view.page, view.width - 1
    yield "", ""
    if page.notices:
        yield from wrapped("What the last answer did", width, "class:heading", " ")
        for notice in page.notices:
            yield from wrapped(LEADS[notice.tone] + notice.text, width, f"class:{notice.tone}", " ")
        yield "", ""
    for heading, words in page.reasons:
        yield from wrapped(heading, width, "class:heading", " ")
        yield from wrapped(paragraphs(words), width, "", " ")
        yield "", ""
