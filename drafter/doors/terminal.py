"""Prints text, tables and problems on a terminal, as wide as it is.

No line is wider than the terminal, and nothing that a file holds can steer it. Text for people goes to standard output,
problems to standard error.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Union, cast

from drafter.base import english
from drafter.base.characters import is_unseen, spelled
from drafter.base.problems import Problem
from drafter.doors.output import OUTPUT

if TYPE_CHECKING:  # slow to import, and a line without styles needs none of it
    from rich.console import Console, RenderableType
    from rich.status import Status
    from rich.table import Table
    from rich.text import Text

SHOWN = 3  # reasons of a list of any length
WIDEST = 100  # characters of a line; longer ones are hard to read

Words = Union[str, tuple[str, str], "Text"]  # plain, with a style, or made before


def one_line(text: str) -> str:
    """Return text as it is shown within a line: its own line breaks spelled out."""
    return spelled(text).replace("\n", "\\n").replace("\t", "\\t")


def text(*parts: Words) -> Text:
    """Join words to a text; only its own styles count, no markup in the words."""
    from rich.text import Text

    made = Text()
    for part in parts:
        if isinstance(part, Text):
            made.append_text(part)
        elif isinstance(part, str):
            made.append(spelled(part))
        else:
            made.append(spelled(part[0]), part[1])
    return made


def console(*, stderr: bool = False) -> Console:
    """Return a console as wide as the terminal, within bounds; without colour where NO_COLOR is set or no terminal."""
    from rich.console import Console

    file = None if stderr else cast("IO[str]", OUTPUT)
    made = Console(file=file, stderr=stderr, markup=False, highlight=False, emoji=False)
    made.width = min(made.width, WIDEST)
    return made


def show(*things: RenderableType) -> None:
    """Print things to standard output, each on lines of its own, without spaces at the ends of lines."""
    out = console()
    with out.capture() as captured:
        for thing in things:
            out.print(thing)
    OUTPUT.write(re.sub(r" +$", "", captured.get(), flags=re.MULTILINE))


def say(*parts: Words) -> None:
    """Print one line, however long it is: it may be a path or a command to be copied."""
    plain = [part for part in parts if isinstance(part, str)]
    if len(plain) == len(parts):
        OUTPUT.write("".join(map(spelled, plain)) + "\n")
    else:
        console().print(text(*parts), soft_wrap=True)


def table(*columns: str) -> Table:
    """Return a table without lines, which wraps its cells to the width of the terminal."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=bool(columns), header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def beside(mark: Words, thing: RenderableType, indent: int = 0) -> Table:
    """Return a thing with a mark before it; its lines are aligned."""
    from rich.table import Table

    table = Table.grid(padding=(0, 1, 0, 0), pad_edge=False)
    table.add_row(text(" " * indent, mark), thing)
    return table


def facts(rows: Iterable[tuple[str, RenderableType]], indent: int = 2) -> Table:
    """Return labels with words beside them, the labels aligned and the words wrapped; a repeated label shown once."""
    from rich.console import Group

    made = table()
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    for label, group in itertools.groupby(rows, key=lambda row: row[0]):
        members = [spelled(thing) if isinstance(thing, str) else thing for _, thing in group]
        shown = members if len(members) == 1 else [beside("-", member) for member in members]
        made.add_row(text(" " * indent, (label, "bold")), Group(*shown))
    return made


def waiting(text: str) -> Status:
    """Show on a terminal that something takes a while."""
    return console(stderr=True).status(text)


def as_json(value: object) -> None:
    """Print a value as JSON, whatever characters it holds; those that can't be seen as JSON's own escapes."""
    written = json.dumps(value, indent=2, ensure_ascii=False)
    unseen = {ord(character): json.dumps(character)[1:-1] for character in set(written) if is_unseen(character)}
    shown = written.translate(unseen)
    OUTPUT.write(shown.encode(OUTPUT.encoding, "backslashreplace").decode(OUTPUT.encoding) + "\n")


def problems(found: Sequence[Problem], closing: str = "") -> None:
    """Print problems to standard error as compilers do, and their number: place, code, what, and what to do."""
    out = console(stderr=True)
    for problem in found:
        hanging(out, text((one_line(str(problem.place)), "bold"), ": ", (problem.code, "red"), ": ", problem.message))
        if problem.hint:
            hanging(out, text("  hint: ", problem.hint), style="dim")
    hanging(out, text((english.counted(len(found), "problem") + closing, "red")))


def unclaimed(files: Mapping[str, bytes]) -> None:
    """Say on standard error, for each PDF among some files, why it doesn't claim to be accessible, if it doesn't."""
    printed = {name: content for name, content in files.items() if name.lower().endswith(".pdf")}
    if not printed:
        return
    from drafter.pdf.finishing import checking  # loads pypdf

    for name, content in printed.items():
        if left := checking.unclaimed(content):
            more = f", and {english.counted(len(left) - SHOWN, 'more reason')}" if len(left) > SHOWN else ""
            why = f"{'; '.join(left[:SHOWN])}{more}"
            console(stderr=True).print(text(f"{name} doesn't claim to be accessible (PDF/UA-1): {why}"), soft_wrap=True)


def hanging(out: Console, words: Text, *, style: str = "", always: bool = False) -> None:
    """Print a text wrapped with an indent; in one line where a program reads it, unless it is `always` for people."""
    from rich.text import Text

    words = Text(" ").join(words.split("\n")) if "\n" in words.plain else words
    if not out.is_terminal and not always:
        out.print(words, style=style, soft_wrap=True)
        return
    for number, line in enumerate(words.wrap(out, out.width - 4)):
        out.print(text("    ", line) if number else line, style=style, soft_wrap=True)


def problem_json(problem: Problem) -> dict[str, object]:
    """Return a problem for scripts."""
    return {
        "code": problem.code,
        "level": problem.level,
        "file": problem.place.path,
        "line": problem.place.line or None,
        "message": problem.message,
        "hint": problem.hint,
    }
