"""The pages of a list of records: its table, one of its records, and the question whether to remove one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter.asking import entries, interview, spoken
from drafter.asking.interview import Interview
from drafter.asking.pages import question
from drafter.asking.pages.page import ALWAYS, Command, Line, Move, Page
from drafter.base import english
from drafter.matters.editing.answer_lines import Written
from drafter.reading.sources.source import squeezed

MOST_CELLS = 3  # fields of a record in its table
MOST_ITEMS = 8  # entries shown before they are added


def table(here: Interview, name: str, last: Written = None) -> Page:
    """Return the page of a list: its records, and lines to add one and to be done.

    `last` is the list of another contract, which is offered while this one has no answer.
    """
    made = question.page(here, entries.of_question(here, name), last)
    one, count = singular(here, name), len(interview.records(here, name))
    lines = [Line(tuple(_cells(here, name, n)), move=Move("open", str(n))) for n in range(1, count + 1)]
    lines.append(Line((f"Add another {one}" if count else f"Add the first {one}",), move=Move("add")))
    if last and not interview.is_answered(here, name):
        words = spoken.written(here.question(name), last)
        lines.append(Line((f"Start from last time's list ({words})",), move=Move("last")))
    lines.append(Line(("Done" if count else "Leave it blank",), move=Move("next")))
    defaults: tuple[Command, ...] = ("defaults",) if "defaults" in made.commands else ()
    commands: tuple[Command, ...] = (*ALWAYS, *defaults, "add", *(("remove",) if count else ()))
    return replace(
        made,
        kind="menu",
        lines=tuple(lines),
        cursor=len(lines) - 1 if count else 0,
        offer="",
        offered="",
        items=one if here.question(name).fields[0].type == "text" else "",
        commands=commands,
    )


def singular(here: Interview, name: str) -> str:
    """Return what one record of a list is called."""
    return here.question(name).singular or "entry"


def _cells(here: Interview, name: str, number: int) -> Iterator[str]:
    """Yield the cells of a record: its number, its first fields, and how complete it is."""
    record = interview.record(here, name, number)
    missing = interview.record_blanks(here, name, record)
    yield str(number)
    for field in here.question(name).fields[:MOST_CELLS]:
        yield "[blank]" if field.id in missing else spoken.brief(field, record.values.get(field.id))
    yield english.counted(len(missing), "blank") if missing else "complete"


def record(here: Interview, name: str, number: int) -> Page:
    """Return the page of one record: its fields to open, and a line to fill in what is blank."""
    made, one = question.page(here, entries.of_question(here, name)), singular(here, name)
    values = interview.record(here, name, number)
    asked, missing = interview.fields(here, name, values), interview.record_blanks(here, name, values)
    lines = [
        Line(
            (f.prompt, f"[{f.label}]" if f.id in missing else spoken.brief(f, values.values.get(f.id))),
            move=Move("open", f.id),
        )
        for f in asked
    ]
    if missing:
        what = "the blank" if len(missing) == 1 else english.counted(len(missing), "blank")
        lines.insert(0, Line((f"Fill in {what}",), move=Move("fill")))
    lines.append(Line((f"Done with this {one}",), move=Move("next")))
    return replace(
        made,
        about=f"{name}[{number}]",
        kind="menu",
        title=f"{made.title}; {one} {number}",
        help="",
        offer="",
        offered="",
        lines=tuple(lines),
        cursor=0 if missing else len(lines) - 1,
        commands=tuple(c for c in ALWAYS if c != "skip"),
    )


def addition(here: Interview, name: str, items: Sequence[str]) -> Page:
    """Return the page that asks whether what was typed or pasted in a table is to be added to it."""
    made, one = question.page(here, entries.of_question(here, name)), singular(here, name)
    field = here.question(name).fields[0]
    what = f"this {one}" if len(items) == 1 else english.counted(len(items), "entry", "entries")
    rest = [f"... and {len(items) - MOST_ITEMS} more"] if len(items) > MOST_ITEMS else []
    return replace(
        made,
        kind="menu",
        prompt=f"Add {what} to the list?",
        help="\n".join([*(_short(f"“{item}”", 200) for item in items[:MOST_ITEMS]), *rest]),
        lines=(
            Line(("Yes",), f"It is the answer to: {field.prompt}", move=Move("add")),
            Line(("No",), "Nothing is added.", move=Move("next")),
        ),
        cursor=-1,
        offer="",
        offered="",
        items=one,
        escapes=True,
        reasons=(),
        commands=("back", "leave"),
    )


def removal(here: Interview, name: str, number: int) -> Page:
    """Return the page that asks whether to remove a record."""
    made, one = question.page(here, entries.of_question(here, name)), singular(here, name)
    values = filter(None, interview.records(here, name)[number - 1].values())
    fields = (value if isinstance(value, str) else ", ".join(value) for value in values)
    return replace(
        made,
        kind="menu",
        prompt=f"Remove {one} {number}?",
        help=_short(", ".join(fields), 200),
        lines=(Line((f"Keep the {one}",), move=Move("next")), Line((f"Remove the {one}",), move=Move("remove"))),
        cursor=0,
        offer="",
        offered="",
        escapes=True,
        reasons=(),
        commands=("back", "leave"),
    )


def _short(text: str, longest: int) -> str:
    """Return text in one line of at most so many characters."""
    line = squeezed(text)
    return line if len(line) <= longest else line[: longest - 3] + "..."
