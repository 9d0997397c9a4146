"""The interview on the whole terminal: one page at a time, laid out again for each key and each new size."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.input.typeahead import get_typeahead, store_typeahead
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    VSplit,
    Window,
)
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style

from drafter.asking.pages import Command, Page, Reply, is_new
from drafter.doors import terminal
from drafter.doors.interview import keys, layout, pasting
from drafter.doors.interview.layout import Marks, View
from drafter.doors.interview.wrapping import NARROWEST, Row

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding.key_processor import KeyPress

LONGEST = 60  # characters of what was typed, in a message
STYLE = Style.from_dict(
    {
        "title": "bold reverse",
        "bar": "ansigreen",
        "rest": "ansibrightblack",
        "prompt": "bold",
        "help": "",
        "chosen": "bold ansicyan",
        "detail": "",
        "dim": "ansibrightblack",
        "heading": "bold underline",
        "saved": "ansigreen",
        "decided": "ansicyan",
        "asked": "ansiblue",
        "reminder": "ansiyellow",
        "problem": "bold ansired",
        "error": "bold ansired",
        "readback": "bold ansigreen",
        "key": "reverse",
    }
)


@dataclass
class Screen:
    """One page at a time on the whole terminal; it changes, since it is the state of the terminal."""

    talk: Generator[Page, Reply, str]
    marks: Marks
    page: Page = field(init=False)
    cursor: int = 0
    marked: frozenset[int] = frozenset()
    why: bool = False
    scroll: int = 0
    buffer: Buffer = field(init=False)
    app: Application[str] = field(init=False)

    def run(self) -> str:
        """Show the first page, and each that follows, until the interview ends or the terminal closes."""
        self.buffer = Buffer(
            multiline=Condition(lambda: self.page.kind == "lines"), on_text_changed=lambda _: self._follow()
        )
        self._show(next(self.talk))
        plain = "NO_COLOR" in os.environ
        self.app = Application(
            layout=self._layout(), key_bindings=keys.bindings(self), style=STYLE, full_screen=True,
            color_depth=ColorDepth.DEPTH_1_BIT if plain else None,
        )  # fmt: skip
        self.app.ttimeoutlen = 0.05
        try:
            self._take()
            return self.app.run()
        except (EOFError, KeyboardInterrupt):
            return "leave"

    @property
    def view(self) -> View:
        """Return the page as it is shown now."""
        width = max(min(self.app.output.get_size().columns, terminal.WIDEST), NARROWEST)
        return View(self.page, self.cursor, self.marked, width, self.marks, self.why)

    def _take(self) -> None:
        """Take the keys that were pressed before the page was shown, also those that the screen before it had left."""
        left = "".join(press.data for press in get_typeahead(self.app.input))
        pressed: list[KeyPress] = []
        parser = Vt100Parser(pressed.append)
        parser.feed(pasting.as_paste(left + pasting.early()))
        parser.flush()
        store_typeahead(self.app.input, pressed)

    def _show(self, page: Page) -> None:
        self.page, self.cursor, self.marked = page, page.cursor, page.marked
        self.why, self.scroll = False, 0
        self.buffer.text = page.typed
        self.buffer.cursor_position = len(page.typed)
        self.page = page  # with its error, which goes with the next key

    # -- what the keys do -----------------------------------------------------------------------

    def reply(self, command: Command, line: int | None = None) -> None:
        """Send a reply, and show what comes next."""
        reply = Reply(command, self.buffer.text, self.cursor if line is None else line, self.marked)
        try:
            self._show(self.talk.send(reply))
        except StopIteration as ended:
            self.app.exit(result=ended.value)
        except Exception as error:  # noqa: BLE001  # shown by the caller, once the terminal is as it was
            self.app.exit(exception=error)

    def step(self, steps: int) -> None:
        """Go some lines down, or up for a number below 0, past the headings and no further than the last line."""
        lines, way = self.page.lines, 1 if steps > 0 else -1
        beyond = range(self.cursor + way, len(lines) if way > 0 else -1, way)
        found = [n for n in beyond if not lines[n].is_heading][: abs(steps)]
        self.cursor = found[-1] if found else self.cursor
        self._forget()

    def enter(self) -> None:
        """Choose in a list: the current line, or what was typed; on a page of marks, mark what was typed."""
        typed = self.buffer.text.strip()
        found = self.view.named(typed) if typed else (self.cursor,)
        if typed and len(found) == 1 and self.page.kind == "marks":
            self.mark()
        elif len(found) == 1:
            self.buffer.text = ""
            self.reply("enter", found[0])
        elif is_new(self.page, typed) and not found:
            self.reply("enter", -1)
        else:
            self._ask_again(typed, len(found))

    def _ask_again(self, typed: str, found: int) -> None:
        """Say that what was typed names no line, or several."""
        shown = terminal.one_line(typed if len(typed) <= LONGEST else f"{typed[:LONGEST]}…")
        what = f"{found} lines have “{shown}”" if found else f"No line is called “{shown}”"
        self.buffer.text = ""
        how = "the number of a line or its words" if self.view.has_numbers else "words of a line"
        self.page = replace(self.page, error=f"{what}. Type {how}, or use the arrow keys.")

    def escape(self) -> None:
        """Delete what was typed in a list; if nothing was, go back from a page that only asks a question."""
        if self.buffer.text:
            self.buffer.text = ""
        elif self.page.escapes:
            self.reply("back")

    def _follow(self) -> None:
        """Move to the line that is being typed."""
        if self.buffer.text:
            self._forget()
        found = self.view.named(self.buffer.text.strip()) if self.view.is_list and self.buffer.text.strip() else ()
        if len(found) == 1:
            self.cursor = found[0]

    def _forget(self) -> None:
        """Take away what was wrong with the last choice in a list, since another one is being made."""
        if self.view.is_list and self.page.error:
            self.page = replace(self.page, error="")

    def mark(self) -> None:
        """Mark the current line, or the one that was typed, or take its mark away."""
        self.buffer.text = ""
        self._forget()
        if self.cursor >= 0:
            self.marked ^= {self.cursor}

    def show_why(self) -> None:
        """Show why the question is asked and what the last answer did, if there is anything to show."""
        self.why, self.scroll = bool(self.page.reasons or self.page.notices), 0

    def hide_why(self) -> None:
        """Show the question again."""
        self.why = False

    def scroll_by(self, lines: int) -> None:
        """Scroll through the reasons, no further than to their last line."""
        rows, _ = layout.body(self.view, self._room)
        self.scroll = max(0, min(self.scroll + lines, len(rows) - self._room))

    # -- what is drawn --------------------------------------------------------------------------

    def _layout(self) -> Layout:
        body = FormattedTextControl(
            lambda: _joined(self._laid()[0]), get_cursor_position=self._in_sight, show_cursor=False, focusable=True
        )
        entry = Window(
            BufferControl(self.buffer), height=Dimension(min=1, max=5), wrap_lines=True, dont_extend_height=True
        )
        pointer = Window(FormattedTextControl(lambda: [("class:chosen", f" {self.marks.pointer} ")]), width=3, height=1)
        typing = Condition(lambda: self._is_typing)
        rows = [
            Window(FormattedTextControl(lambda: list(layout.head(self.view))), height=2),
            Window(body, height=lambda: Dimension(min=1, preferred=len(self._laid()[0])), dont_extend_height=True),
            ConditionalContainer(VSplit([pointer, entry]), typing),
            _window(lambda: _joined(self._below())),
            Window(),
            _window(lambda: _keys(self._foot())),
        ]
        return Layout(HSplit(rows), focused_element=entry)

    @property
    def _is_typing(self) -> bool:
        """Say whether the field is shown: in a list, only what was typed."""
        return not self.why and (not self.view.is_list or bool(self.buffer.text))

    def _below(self) -> list[Row]:
        return layout.below(self.view, self.buffer.text)

    def _foot(self) -> list[list[tuple[str, str]]]:
        return keys.foot(self.view, self.buffer.text)

    @property
    def _room(self) -> int:
        """Return how many lines there are for the body."""
        taken = 2 + len(self._foot()) + len(self._below()) + (2 if self._is_typing else 0)
        return self.app.output.get_size().rows - taken

    def _laid(self) -> tuple[list[Row], int]:
        """Return the lines of the body, and the number of the one to keep in sight."""
        rows, current = layout.body(self.view, self._room)
        return (rows[self.scroll :], 0) if self.why else (rows, current)

    def _in_sight(self) -> Point:
        rows, current = self._laid()
        return Point(0, max(0, min(current, len(rows) - 1)))


def _window(text: Callable[[], StyleAndTextTuples]) -> Window:
    """Return a window that is as high as its text."""

    def height() -> Dimension:
        drawn = "".join(part[1] for part in text())
        return Dimension.exact(drawn.count("\n") + 1 if drawn else 0)

    return Window(FormattedTextControl(text), height=height, dont_extend_height=True)


def _joined(rows: Iterable[Row]) -> StyleAndTextTuples:
    made: StyleAndTextTuples = []
    for style, text in rows:
        made += [("", "\n")] if made else []
        made.append((style, text))
    return made


def _keys(lines: Iterable[Iterable[tuple[str, str]]]) -> StyleAndTextTuples:
    made: StyleAndTextTuples = []
    for line in lines:
        made += [("", "\n")] if made else []
        for key, label in line:
            made += [("class:key", f" {key} "), ("class:dim", f" {label}  ")]
    return made
