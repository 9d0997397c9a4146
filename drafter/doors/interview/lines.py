"""The interview line by line, for a screen reader: nothing moves, nothing is drawn, and every command is a word."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Generator, Iterator

from drafter.asking.dialogue import End
from drafter.asking.pages import LEADS, Command, Line, Page, Reply
from drafter.base import characters

WORDS: dict[str, Command] = {
    "/back": "back", "/skip": "skip", "/sections": "jump", "/review": "review", "/quit": "leave", "/leave": "leave",
    "/clear": "clear", "/add": "add", "/remove": "remove",
}  # fmt: skip


def run(talk: Generator[Page, Reply, End]) -> End:
    """Print each page and read a reply, until the interview ends or its input does."""
    try:
        page = next(talk)
        _print(page)
        while True:
            reply = _read(page)
            if reply is not None:
                page = talk.send(reply)
                _print(page)
    except StopIteration as ended:
        end: End = ended.value
        return end
    except (EOFError, KeyboardInterrupt):
        _write("")
        return "leave"


def _print(page: Page) -> None:
    """Print a page: what the last answer did, where we are, the question, and what can be chosen."""
    for notice in page.notices:
        _write(LEADS[notice.tone] + notice.text)
    if page.error:
        _write(f"Not accepted: {page.error}")
    elif page.readback:
        _write(f"{page.readback}. Press Enter if that is right, or type the date again.")
    else:
        _write(f"\n{page.title}. {page.progress}.", page.prompt, page.help)
        for number, line in enumerate(page.lines):
            _print_line(page, number, line)
        if page.kind != "menu":
            _write(page.on_enter)


def _print_line(page: Page, number: int, line: Line) -> None:
    if line.is_heading:
        _write(f"{line.cells[0]}:")
        return
    marked = " (marked)" if number in page.marked else ""
    current = " (Enter chooses this)" if page.kind == "menu" and number == page.cursor else ""
    cells = line.cells[1:] if line.is_record else line.cells
    joined = " ".join(c if c.endswith(("?", ".", ":")) else f"{c}," for c in cells if c).removesuffix(",")
    _write(f"{number + 1}. {joined}{marked}{current}", line.detail)
    if line.selects:
        _write(*(f"   Selects {text}" for text in line.selects.split("\n")))


def _read(page: Page) -> Reply | None:
    """Read one line and turn it into a reply; None if it was a question about the page."""
    typed = input("> ")
    word, _, rest = typed.strip().partition(" ")
    if word == "?":
        _write(*(f"{heading}: {words}" for heading, words in page.reasons))
        _write("Commands: /back, /skip, /sections, /review, /clear, /quit.")
        return None
    command = WORDS.get(word)
    if command and (command == "leave" or command in page.commands):
        return Reply(command, line=int(rest) - 1 if rest.isdecimal() else page.cursor)
    if page.kind == "menu":
        return _choice(page, typed.strip())
    if page.kind == "marks":
        return Reply("enter", marked=_marks(page, typed) if typed.strip() else page.marked)
    return Reply("enter", page.typed if page.readback and not typed.strip() else typed)


def _choice(page: Page, typed: str) -> Reply | None:
    yes_no = {"y": 0, "yes": 0, "n": 1, "no": 1} if page.is_yes_no else {}
    line = page.cursor if not typed else yes_no.get(typed.lower(), int(typed) - 1 if typed.isdecimal() else -1)
    if not 0 <= line < len(page.lines) or page.lines[line].is_heading:
        _write(f"Type the number of a line, 1 to {len(page.lines)}, or ? for help.")
        return None
    return Reply("enter", line=line)


def _marks(page: Page, typed: str) -> frozenset[int]:
    numbers = (int(word) - 1 for word in typed.replace(",", " ").split() if word.isdecimal())
    return frozenset(n for n in numbers if 0 <= n < len(page.lines))


def _write(*lines: str) -> None:
    """Print lines, broken at spaces as a terminal's width demands; whole where a program reads them."""
    width = shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else None
    for line in lines:
        if line or lines == ("",):
            sys.stdout.write("\n".join(_broken(characters.spelled(line), width)) + "\n")
    sys.stdout.flush()


def _broken(text: str, width: int | None) -> Iterator[str]:
    """Yield a text's lines, broken at spaces; a word that is wider than a line is left whole."""
    for line in text.split("\n"):
        if width is None:
            yield line
        else:
            yield from textwrap.wrap(line, max(width, 1), break_long_words=False, break_on_hyphens=False) or [""]
