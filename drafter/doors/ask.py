"""The interview on a terminal: page by page for the eye (`screen`), or line by line for a screen reader.

One rule: what is decided here is how a page is said and which words mean which reply; the rest is `dialogue`'s.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from dataclasses import dataclass

from drafter.asking.dialogue import Dialogue
from drafter.asking.pages import LEADS, Command, Line, Page, Reply
from drafter.doors import terminal


def is_terminal() -> bool:
    """Say whether there is a terminal on both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def run(dialogue: Dialogue, *, plain: bool) -> Command:
    """Hold the talk on the terminal until it is done or left; return "draft" or "leave"."""
    if plain or os.environ.get("TERM", "") in ("", "dumb"):
        return Plain(dialogue.talk()).run()
    from drafter.doors.screen import Screen

    return Screen(dialogue.talk()).run()


# -- line by line -------------------------------------------------------------------------------


WORDS: dict[str, Command] = {
    "/back": "back", "/skip": "skip", "/sections": "jump", "/review": "review", "/quit": "leave", "/leave": "leave",
    "/clear": "clear", "/add": "add", "/remove": "remove",
}  # fmt: skip


@dataclass
class Plain:
    """The same talk as plain lines: nothing moves, nothing is drawn, and every command is a word."""

    talk: Generator[Page, Reply, Command]

    def run(self) -> Command:
        """Say the first page, and each that follows, until the talk ends."""
        try:
            page = next(self.talk)
            self._say(page)
            while True:
                reply = self._asked(page)
                if reply is not None:
                    page = self.talk.send(reply)
                    self._say(page)
        except StopIteration as end:
            done: Command = end.value
            return done
        except (EOFError, KeyboardInterrupt):
            _write("")
            return "leave"

    def _say(self, page: Page) -> None:
        """Say a page: what the last answer did, where we are, the question, and what can be chosen."""
        for notice in page.notices:
            _write(LEADS[notice.tone] + notice.text)
        if page.error:
            _write(f"Not taken: {page.error}")
        elif page.readback:
            _write(f"{page.readback}. Press Enter if that is right, or type the date again.")
        else:
            _write(f"\n{page.title}. {page.progress}.", page.prompt, page.help)
            for number, line in enumerate(page.lines):
                self._say_line(page, number, line)
            if page.offer and page.kind != "menu":
                _write(f"Enter takes {page.offered}: {page.offer}")

    def _say_line(self, page: Page, number: int, line: Line) -> None:
        if line.heading:
            _write(f"{line.cells[0]}:")
            return
        marked = " (marked)" if number in page.marked else ""
        taken = " (taken with Enter)" if page.kind == "menu" and number == page.cursor else ""
        cells = line.cells[1:] if "add" in page.commands and len(line.cells) > 1 else line.cells
        joined = " ".join(c if c.endswith(("?", ".", ":")) else f"{c}," for c in cells if c).removesuffix(",")
        _write(f"{number + 1}. {joined}{marked}{taken}", line.detail)
        if line.selects:
            _write(*(f"   Selects {text}" for text in line.selects.split("\n")))

    def _asked(self, page: Page) -> Reply | None:
        """Read one line and make a reply of it; None where it was a question about the page."""
        typed = input("> ")
        word, _, rest = typed.strip().partition(" ")
        if word == "?":
            _write(*(f"{heading}: {words}" for heading, words in page.reasons))
            _write("Commands: /back, /skip, /sections, /review, /clear, /quit.")
            return None
        command = WORDS.get(word)
        if command and (command == "leave" or command in page.commands):
            return Reply(command, line=int(rest) - 1 if rest.isdigit() else page.cursor)
        if page.kind == "menu":
            return self._menu(page, typed.strip())
        if page.kind == "marks":
            marked = (
                frozenset(int(n) - 1 for n in typed.replace(",", " ").split() if n.isdigit())
                if typed.strip()
                else page.marked
            )
            return Reply("enter", marked=frozenset(n for n in marked if n < len(page.lines)))
        text = page.typed if page.readback and not typed.strip() else typed
        return Reply("enter", text)

    def _menu(self, page: Page, typed: str) -> Reply | None:
        yes_no = {"y": 0, "yes": 0, "n": 1, "no": 1} if [x.cells[0] for x in page.lines] == ["Yes", "No"] else {}
        line = page.cursor if not typed else yes_no.get(typed.lower(), int(typed) - 1 if typed.isdigit() else -1)
        if not 0 <= line < len(page.lines) or page.lines[line].heading:
            _write(f"Type the number of a line, 1 to {len(page.lines)}, or ? for help.")
            return None
        return Reply("enter", line=line)


def _write(*lines: str) -> None:
    """Print lines as they are: a screen reader, not we, breaks them."""
    for line in lines:
        if line or lines == ("",):
            sys.stdout.write(terminal.visible(line) + "\n")
    sys.stdout.flush()
