"""The interview line by line, for a screen reader: nothing moves, nothing is drawn, and every command is a word."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Generator, Iterator

from drafter.asking.pages import LEADS, Command, Line, Page, Reply, is_new, named
from drafter.base import characters
from drafter.doors.interview import pasting

WORDS: dict[str, Command] = {
    "/back": "back", "/skip": "skip", "/defaults": "defaults", "/sections": "jump", "/review": "review",
    "/clear": "clear", "/add": "add", "/remove": "remove", "/quit": "leave", "/leave": "leave",
}  # fmt: skip
WHY = ("/why", "/help")


def run(talk: Generator[Page, Reply, str], waiting: Callable[[], str] = str, *, begun: bool = False) -> str:
    """Print each page and read a reply, until the interview ends or its input does.

    `waiting` returns what was typed before, up to Enter. `begun` says that pages were printed before.
    """
    try:
        page, typed = next(talk), waiting()
        if not begun:
            _write("Every line that you type is an answer. Commands begin with a slash; /why lists them.")
        _print(page)
        early = _taken(typed)
        while True:
            reply = _read(page, early)
            early = ""
            if reply is not None:
                page = talk.send(reply)
                _print(page)
    except StopIteration as ended:
        end: str = ended.value
        return end
    except (EOFError, KeyboardInterrupt):
        _write("")
        return "leave"


def _taken(early: str) -> str:
    """Return what was typed before a page was printed; none of it where it is several lines that are not one paste."""
    if not pasting.is_several(early) or pasting.START in early:
        return early
    pasting.leave_out()
    _write("Left out, since it was typed before this page and has several lines:", *early.splitlines())
    return ""


def _print(page: Page) -> None:
    """Print a page: what the last answer did, where we are, the question, and what can be chosen."""
    for notice in page.notices:
        _write(LEADS[notice.tone] + notice.text)
    if page.error:
        _write(f"Not accepted: {page.error}")
    elif page.readback:
        _write(f"{page.readback}. Press Enter if that is right, or type another answer.")
        if not any(map(str.isdigit, page.typed)):  # no date, but a word like a command
            _write(_commands(page))
    else:
        _write(f"\n{'. '.join(filter(None, (page.title, page.progress)))}.", page.prompt, page.help)
        for number, line in enumerate(page.lines):
            _print_line(page, number, line)
        if page.kind != "menu":
            _write(page.on_enter)
        if page.items:
            _write(f"Type the number of a line, or a new {page.items}.")


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


def _read(page: Page, early: str) -> Reply | None:
    """Read one line, or take an early one, and turn it into a reply; None if it was a question about the page."""
    typed, is_pasted = pasting.read("> ", early)
    word, _, rest = ("", "", "") if is_pasted else typed.strip().partition(" ")  # what is pasted is never a command
    if word in WHY and not rest:
        _write(*(f"{heading}: {words}" for heading, words in page.reasons), _commands(page))
        return None
    command = WORDS.get(word) if not rest or (word == "/remove" and rest.strip().isdecimal()) else None
    if command:
        if command == "leave" or command in page.commands:
            return Reply(command, line=int(rest) - 1 if rest else page.cursor)
        _write(f"{word} does nothing here. {_commands(page)}")
        return None
    if page.kind == "menu":
        return _choice(page, typed.strip())
    if page.kind == "marks":
        return _marked(page, typed.strip())
    return Reply("enter", page.typed if page.readback and not typed.strip() else typed)


def _commands(page: Page) -> str:
    """Say which commands a page has; they begin with a slash, since every other word is an answer."""
    words = [word for word, command in WORDS.items() if command in page.commands and command != "leave"]
    return f"Commands: {', '.join(['/why', *words, '/quit'])}."


def _choice(page: Page, typed: str) -> Reply | None:
    """Return the reply that chooses a line by its number or words, or that gives a new entry of a list."""
    found = _lines(page, typed) if typed else [page.cursor] if page.cursor >= 0 else []
    if len(found) == 1 and found[0] < len(page.lines):
        return Reply("enter", line=found[0])
    if is_new(page, typed) and not found:
        return Reply("enter", typed)
    _not_chosen(page, typed, len(found))
    return None


def _marked(page: Page, typed: str) -> Reply | None:
    """Return the reply that marks lines by their numbers or words; None where one of them names no line."""
    if not typed:
        return Reply("enter", marked=page.marked)
    numbers = typed.replace(",", " ").split()
    several = numbers if all(map(str.isdecimal, numbers)) else re.split("[,;]", typed)
    words = [typed] if _lines(page, typed) else [word.strip() for word in several]
    found = [(word, _lines(page, word)) for word in words if word]
    for word, lines in found:
        if len(lines) != 1:
            _not_chosen(page, word, len(lines))
            return None
    return Reply("enter", marked=frozenset(lines[0] for _, lines in found))


def _lines(page: Page, typed: str) -> list[int]:
    """Return the lines that a number or words name."""
    if typed.isdecimal():
        number = int(typed[:6])
        return [number - 1] if 1 <= number <= len(page.lines) and not page.lines[number - 1].is_heading else []
    return list(named(page, typed))


def _not_chosen(page: Page, typed: str, found: int) -> None:
    what = f"{found} lines have “{typed}”. " if found else f"No line is called “{typed}”. " if typed else ""
    _write(f"{what}Type the number of a line, 1 to {len(page.lines)}, or its words; /why for help.")


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
