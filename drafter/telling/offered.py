"""What another wording of a clause would do, if it were put in."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.drafting.options import Option
from drafter.reading.library import Alternative, gives
from drafter.telling import rows
from drafter.telling.called import BY_IDS, Called
from drafter.telling.rows import Row, Words


def told(now: Alternative, option: Option, called: Called = BY_IDS) -> tuple[Row, ...]:
    """Return the effect of an option in place of the alternative now: first its position and the requirements."""
    found = (_first(option, called), *_then(now, option, called))
    return tuple(row for row in found if row.words)


def _first(option: Option, called: Called) -> Row:
    parts = [rows.position(option.alternative.position)]
    if option.forbidden:
        parts.append(Words(f" can't be drafted with these answers: {called.said(option.forbidden)}", "bad"))
    elif not option.said:
        parts.append(Words(" every requirement as before"))
    for one in option.said:
        parts += [Words(" "), *rows.status(*one)]
    parts += [Words(f"; adds the blanks {', '.join(option.blanks)}")] if option.blanks else []
    return rows.row("", *parts)


def _then(now: Alternative, option: Option, called: Called) -> Iterator[Row]:
    other = option.alternative
    yield from (rows.row(heading, rows.paragraphs(said)) for heading, said in gives(now, other))
    yield rows.row("Approval", other.approval)
    yield from (rows.row(p.level.capitalize(), Words(called.problem(p), "mixed")) for p in option.found)
