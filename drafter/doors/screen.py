"""A page on the whole terminal: how it is laid out at any width, and which key means which reply."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
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
from prompt_toolkit.utils import get_cwidth

from drafter.asking.pages import LEADS, Command, Line, Page, Reply
from drafter.doors import terminal

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples

WIDEST = 100  # characters of a line; longer ones are hard to read
NARROWEST = 20
MOST_DIGITS = 9  # lines that one digit can choose

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
MARKS = {"utf": ("━", "─", "❯", "│", "●", "○"), "ascii": ("=", "-", ">", "|", "x", "o")}

# -- the words of a page ------------------------------------------------------------------------

Row = tuple[str, str]  # a style and the text of one line


def wrapped(text: str, width: int, style: str, first: str = "", rest: str | None = None) -> Iterator[Row]:
    """Break a text into lines of a width, with something before the first line and before the others."""
    after = first if rest is None else rest
    blocks = terminal.visible(text).split("\n")
    lead = first
    for block in blocks:
        lines = textwrap.wrap(block, max(width - get_cwidth(after), NARROWEST // 2), break_on_hyphens=False) or [""]
        for line in lines:
            yield style, lead + line
            lead = after


def table(lines: Sequence[Line], width: int) -> list[str]:
    """Return the cells of each line in columns that fit the width; a line of one cell is left as it is."""
    rows = [line.cells for line in lines if len(line.cells) > 1]
    columns = max((len(cells) for cells in rows), default=0)
    widths = [max((get_cwidth(cells[n]) for cells in rows if n < len(cells)), default=0) for n in range(columns)]
    room = width - 2 * max(columns - 1, 0)
    while sum(widths) > room and max(widths) > 4:  # noqa: PLR2004  # narrower columns say nothing
        widths[widths.index(max(widths))] -= 1
    return [
        "  ".join(_fitted(c, w) for c, w in zip(x.cells, widths, strict=False)).rstrip()
        if len(x.cells) > 1
        else x.cells[0]
        for x in lines
    ]


def _fitted(text: str, width: int) -> str:
    """Return text cut or filled to a width, counted as the terminal does."""
    text = terminal.one_line(text)
    while get_cwidth(text) > width:
        text = text[: -2 if text.endswith("…") else -1].rstrip() + "…" if len(text) > 1 else ""
    return text + " " * (width - get_cwidth(text))


# -- a screen -----------------------------------------------------------------------------------


@dataclass
class Screen:
    """One page at a time on the whole terminal; mutable, since it is the terminal's state."""

    talk: Generator[Page, Reply, Command]
    page: Page = field(init=False)
    cursor: int = 0
    marked: frozenset[int] = frozenset()
    why: bool = False
    scroll: int = 0
    buffer: Buffer = field(init=False)
    app: Application[Command] = field(init=False)
    marks: tuple[str, ...] = MARKS["utf"]

    def run(self) -> Command:
        """Show the first page, and each that follows, until the talk ends or the terminal closes."""
        utf = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
        self.marks = MARKS["utf" if utf else "ascii"]
        self.buffer = Buffer(multiline=Condition(lambda: self.page.kind == "lines"))
        self._show(next(self.talk))
        plain = "NO_COLOR" in os.environ
        self.app = Application(
            layout=Layout(self._layout(), focused_element=self.field), key_bindings=self._keys(), style=STYLE,
            full_screen=True, color_depth=ColorDepth.DEPTH_1_BIT if plain else None,
        )  # fmt: skip
        self.app.ttimeoutlen = 0.05
        try:
            return self.app.run()
        except (EOFError, KeyboardInterrupt):
            return "leave"

    def _show(self, page: Page) -> None:
        self.page, self.cursor, self.marked = page, page.cursor, page.marked
        self.why, self.scroll = False, 0
        self.buffer.text = page.typed
        self.buffer.cursor_position = len(page.typed)
        self.anchor = 0

    def _reply(self, command: Command, line: int | None = None) -> None:
        """Send a reply, and show what comes next."""
        reply = Reply(command, self.buffer.text, self.cursor if line is None else line, self.marked)
        try:
            self._show(self.talk.send(reply))
        except StopIteration as end:
            self.app.exit(result=end.value)
        except Exception as error:  # noqa: BLE001  # shown by the caller, once the terminal is as it was
            self.app.exit(exception=error)

    # -- layout ---------------------------------------------------------------------------------

    @property
    def _is_list(self) -> bool:
        return self.page.kind in ("menu", "marks")

    @property
    def _width(self) -> int:
        return max(min(self.app.output.get_size().columns, WIDEST), NARROWEST)

    def _layout(self) -> HSplit:
        writes = Condition(lambda: not self._is_list and not self.why)
        self.field = Window(
            BufferControl(self.buffer), height=Dimension(min=1, max=5), wrap_lines=True, dont_extend_height=True
        )
        body = FormattedTextControl(
            self._body, get_cursor_position=self._body_cursor, show_cursor=False, focusable=True
        )
        self.rows: list[Row] = []
        return HSplit(
            [
                Window(FormattedTextControl(self._head), height=2),
                Window(
                    body,
                    wrap_lines=False,
                    dont_extend_height=True,
                    height=lambda: Dimension(min=1, preferred=len(self._lay())),
                ),
                ConditionalContainer(
                    VSplit(
                        [
                            Window(
                                FormattedTextControl(lambda: [("class:chosen", f" {self.marks[2]} ")]),
                                width=3,
                                height=1,
                                dont_extend_height=True,
                            ),
                            self.field,
                        ]
                    ),
                    writes,
                ),
                Window(
                    FormattedTextControl(lambda: _fragments(self._below())),
                    height=lambda: Dimension.exact(len(self._below())),
                    dont_extend_height=True,
                ),
                Window(),
                Window(FormattedTextControl(lambda: self._foot()[0]), height=lambda: Dimension.exact(self._foot()[1])),
            ]
        )

    def _head(self) -> StyleAndTextTuples:
        width, page = self._width, self.page
        room = width - get_cwidth(page.progress) - 3
        title = _fitted(terminal.one_line(page.title), room) if room > 8 else ""  # noqa: PLR2004  # fewer say nothing
        full = width * page.done[0] // max(page.done[1], 1)
        return [
            ("class:title", _fitted(f" {title} {page.progress}", width)),
            ("", "\n"),
            ("class:bar", self.marks[0] * full),
            ("class:rest", self.marks[1] * (width - full)),
        ]

    def _foot(self) -> tuple[StyleAndTextTuples, int]:
        """Return the keys that count on this page, in as many lines as they take, and that number."""
        made: StyleAndTextTuples = []
        used, lines = 0, 1
        for key, label in self._hints():
            size = get_cwidth(key) + len(label) + 5
            if used and used + size > self._width + 2:
                made.append(("", "\n"))
                used, lines = 0, lines + 1
            made += [("class:key", f" {key} "), ("class:dim", f" {label}  ")]
            used += size
        return made, lines

    def _hints(self) -> Iterator[tuple[str, str]]:
        if self.why:
            yield from (("Enter", "back to the question"), ("↑↓" if self.marks[0] != "=" else "Up Down", "scroll"))
            return
        page, commands = self.page, self.page.commands
        control = "" if self._is_list else "^"
        yield (
            "Enter",
            "choose"
            if self._is_list
            else "accept"
            if not page.offer or self.buffer.text
            else f"take {page.offered}"
            if page.offered == "the default"
            else "keep it",
        )
        if page.kind == "marks":
            yield "Space", "mark"
        if page.editable and not self._is_list:
            yield "Tab", "edit"
        if page.kind == "lines":
            yield "Alt-Enter", "new line"
        if "add" in commands:
            yield "a", "add"
        if "remove" in commands:
            yield "x", "remove"
        if page.reasons:
            yield "?" if self._is_list or not self.buffer.text else "F1", "why"
        names: tuple[tuple[Command, str, str], ...] = (
            ("back", "b", "back"), ("skip", "s", "skip"), ("jump", "g", "go to"), ("review", "r", "review"),
        )  # fmt: skip
        yield from (
            (f"{control}{key.upper() if control else key}", told) for command, key, told in names if command in commands
        )
        if "clear" in commands:
            yield "^X", "clear"
        yield "^C", "leave"

    def _below(self) -> list[Row]:
        """Return what stands under the field: what Enter takes, the date in words, or what is wrong."""
        page, width = self.page, self._width - 1
        if self.why:
            return []
        if page.error and not self._is_list:
            return list(wrapped(page.error, width, "class:error", "   "))
        if page.readback and self.buffer.text == page.typed:
            return list(
                wrapped(f"{page.readback}. Enter again if that is right, or change it.", width, "class:readback", "   ")
            )
        if page.offer and not self._is_list and not self.buffer.text:
            return list(wrapped(f"Enter takes {page.offered}: {page.offer}", width, "class:dim", "   "))
        return [("", "")] if not self._is_list else []

    # -- the body -------------------------------------------------------------------------------

    def _body(self) -> StyleAndTextTuples:
        return _fragments(self._lay())

    def _body_cursor(self) -> Point:
        rows = self._lay()
        if self.why:
            return Point(0, min(self.scroll, max(len(rows) - 1, 0)))
        if not self._is_list:
            return Point(0, max(len(rows) - 1, 0))
        return Point(0, min(self.anchor, max(len(rows) - 1, 0)))

    def _lay(self) -> list[Row]:
        """Lay the page out; where it is too high, with the details of the chosen line only, then without help."""
        if self.why:
            return list(self._reasons())
        rows_free = (
            self.app.output.get_size().rows - 2 - self._foot()[1] - len(self._below()) - (0 if self._is_list else 2)
        )
        for details, brief in ((True, 0), (False, 0), (False, 1), (False, 2)):
            laid = self._rows(details=details, brief=brief)
            if len(laid) <= rows_free:
                break
        return laid

    def _rows(self, *, details: bool, brief: int) -> list[Row]:
        """Return the lines of a page; the briefer it must be, the less of the notices and the help stands there."""
        page, width = self.page, self._width - 1
        rows: list[Row] = []
        for notice in page.notices:
            most = (99, 1 if notice.tone in {"problem", "reminder"} else 99, 1 if notice.tone == "reminder" else 2)[
                brief
            ]
            style = f"class:{notice.tone}"
            told = list(wrapped(LEADS[notice.tone] + notice.text, width, style, f" {self.marks[3]} "))
            rows += told if len(told) <= most else [*told[: most - 1], (style, told[most - 1][1][: width - 1] + "…")]
        rows.append(("", ""))
        rows += wrapped(page.prompt, width, "class:prompt", " ")
        if page.help and brief < 2:  # noqa: PLR2004  # the last of the steps above
            rows += wrapped(page.help, width, "class:help", " ")
        rows.append(("", ""))
        if self._is_list:
            if page.error:
                rows += [*wrapped(page.error, width, "class:error", " "), ("", "")]
            self._list(rows, details=details)
        return rows

    def _list(self, rows: list[Row], *, details: bool) -> None:
        """Add the lines to choose, and note where the chosen one stands."""
        page, width = self.page, self._width - 1
        numbered = self._numbered()
        for n, (line, text) in enumerate(zip(page.lines, table(page.lines, width - 8), strict=True)):
            if line.heading:
                rows += [("", ""), ("class:heading", f" {terminal.one_line(text)}")]
                continue
            here = n == self.cursor
            pointer = self.marks[2] if here else " "
            mark = f"{self.marks[4] if n in self.marked else self.marks[5]} " if page.kind == "marks" else ""
            number = f"{numbered.index(n) + 1} " if n in numbered else ""
            lead = f" {pointer} {number}{mark}"
            blank = " " * get_cwidth(lead)
            rows += wrapped(text, width, "class:chosen" if here else "", lead, blank)
            if line.detail and (details or here):
                rows += wrapped(line.detail, width, "class:detail", blank)
            if here:
                if line.selects:
                    rows += wrapped(line.selects, width, "class:decided", f"{blank}{self.marks[3]} ")
                self.anchor = len(rows) - 1 if n else 0

    def _numbered(self) -> list[int]:
        """Return the lines that a digit chooses: options, but not the rows of a table, which have their own number."""
        plain = [n for n, line in enumerate(self.page.lines) if not line.heading]
        options = self.page.about != "review" and "add" not in self.page.commands
        return plain if options and len(plain) <= MOST_DIGITS else []

    def _reasons(self) -> Iterator[Row]:
        width = self._width - 1
        yield "", ""
        if self.page.notices:
            yield from wrapped("What the last answer did", width, "class:heading", " ")
            for notice in self.page.notices:
                yield from wrapped(LEADS[notice.tone] + notice.text, width, f"class:{notice.tone}", " ")
            yield "", ""
        for heading, words in self.page.reasons:
            yield from wrapped(heading, width, "class:heading", " ")
            yield from wrapped(terminal.paragraphs(words), width, "", " ")
            yield "", ""

    # -- keys -----------------------------------------------------------------------------------

    def _step(self, way: int) -> None:
        lines = self.page.lines
        found = range(self.cursor + way, len(lines) if way > 0 else -1, 1 if way > 0 else -1)
        self.cursor = next((n for n in found if not lines[n].heading), self.cursor)

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        lists = Condition(lambda: self._is_list and not self.why)
        fields = Condition(lambda: not self._is_list and not self.why)
        empty = Condition(lambda: not self._is_list and not self.buffer.text)
        why = Condition(lambda: self.why)
        self._bind_commands(keys, lists)
        self._bind_lists(keys, lists)
        self._bind_field(keys, fields)

        @keys.add("?", filter=(lists | empty) & ~why)
        @keys.add("f1", filter=~why)
        def _(_: KeyPressEvent) -> None:
            self.why, self.scroll = bool(self.page.reasons or self.page.notices), 0

        @keys.add("enter", filter=why, eager=True)
        @keys.add("escape", filter=why, eager=True)
        @keys.add("?", filter=why, eager=True)
        @keys.add("q", filter=why, eager=True)
        @keys.add("f1", filter=why, eager=True)
        def _(_: KeyPressEvent) -> None:
            self.why = False

        for name, way in (("up", -1), ("down", 1), ("pageup", -10), ("pagedown", 10), (" ", 10)):

            @keys.add(name, filter=why, eager=True)
            def _(_: KeyPressEvent, way: int = way) -> None:
                self.scroll = max(0, min(self.scroll + way, len(self._lay()) - 1))

        return keys

    def _bind_commands(self, keys: KeyBindings, lists: Condition) -> None:
        """Bind the keys that mean the same everywhere: a control key, and in lists the letter alone."""
        for command, letter in (
            ("back", "b"),
            ("skip", "s"),
            ("jump", "g"),
            ("review", "r"),
            ("leave", "q"),
            ("clear", "x"),
        ):

            def reply(_: KeyPressEvent, command: Command = command) -> None:  # type: ignore[assignment]
                if command == "leave" or command in self.page.commands:
                    self._reply(command)

            keys.add(f"c-{letter}", eager=True)(reply)
            if command != "clear":
                keys.add(letter, filter=lists)(reply)
        keys.add("c-c", eager=True)(lambda _: self._reply("leave"))

        @keys.add("c-l", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.renderer.clear()

    def _bind_lists(self, keys: KeyBindings, lists: Condition) -> None:
        for name, way in (("up", -1), ("down", 1), ("k", -1), ("j", 1), ("s-tab", -1), ("tab", 1)):

            @keys.add(name, filter=lists, eager=True)
            def _(_: KeyPressEvent, way: int = way) -> None:
                self._step(way)

        for name, steps in (("pageup", -10), ("pagedown", 10), ("home", -10000), ("end", 10000)):

            @keys.add(name, filter=lists, eager=True)
            def _(_: KeyPressEvent, steps: int = steps) -> None:
                for _step in range(min(abs(steps), len(self.page.lines))):
                    self._step(1 if steps > 0 else -1)

        for digit in range(1, MOST_DIGITS + 1):

            @keys.add(str(digit), filter=lists)
            def _(_: KeyPressEvent, digit: int = digit) -> None:
                self._digit(digit)

        for letter, place in (("y", 0), ("n", 1)):

            @keys.add(letter, filter=lists)
            def _(_: KeyPressEvent, place: int = place) -> None:
                if [line.cells[0] for line in self.page.lines] == ["Yes", "No"]:
                    self._reply("enter", place)

        @keys.add("enter", filter=lists, eager=True)
        def _(_: KeyPressEvent) -> None:
            self._reply("enter")

        @keys.add(" ", filter=lists)
        def _(_: KeyPressEvent) -> None:
            if self.page.kind == "marks":
                self.marked ^= {self.cursor}

        @keys.add("a", filter=lists)
        def _(_: KeyPressEvent) -> None:
            if "add" in self.page.commands:
                self._reply("add")

        @keys.add("x", filter=lists)
        @keys.add("delete", filter=lists)
        def _(_: KeyPressEvent) -> None:
            if "remove" in self.page.commands:
                self._reply("remove")

    def _digit(self, digit: int) -> None:
        numbered = self._numbered()
        if digit <= len(numbered):
            self.cursor = numbered[digit - 1]
            if self.page.kind == "marks":
                self.marked ^= {self.cursor}
            else:
                self._reply("enter")
        elif "add" in self.page.commands and digit < len(self.page.lines) - 1:
            self._reply("enter", digit - 1)

    def _bind_field(self, keys: KeyBindings, fields: Condition) -> None:
        @keys.add("enter", filter=fields, eager=True)
        def _(_: KeyPressEvent) -> None:
            self._reply("enter")

        @keys.add("escape", "enter", filter=fields)
        def _(_: KeyPressEvent) -> None:
            if self.page.kind == "lines":
                self.buffer.insert_text("\n")

        @keys.add("tab", filter=fields, eager=True)
        def _(_: KeyPressEvent) -> None:
            if not self.buffer.text:
                self.buffer.insert_text(self.page.editable)


def _fragments(rows: Sequence[Row]) -> StyleAndTextTuples:
    made: StyleAndTextTuples = []
    for number, (style, text) in enumerate(rows):
        made += [("", "\n")] if number else []
        made.append((style, text))
    return made
