"""What another wording of a clause would do, if it were put in."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.drafting.options import Option
from drafter.reading.library import Alternative, gives
from drafter.telling import rows
from drafter.telling.rows import Row, Words


def told(now: Alternative, option: Option) -> tuple[Row, ...]:
    """Return the effect of an option in place of the alternative now: first its position and the requirements."""
    found = (_first(option), *_then(now, option))
    return tuple(row for row in found if row.words)


def _first(option: Option) -> Row:
    parts = [rows.position(option.alternative.position)]
    if option.forbidden:
        parts.append(Words(f" can't be drafted with these answers: {option.forbidden}", "bad"))
    elif not option.said:
        parts.append(Words(" every requirement as before"))
    for one in option.said:
        parts += [Words(" "), *rows.status(*one)]
    parts += [Words(f"; adds the blanks {', '.join(option.blanks)}")] if option.blanks else []
    return rows.row("", *parts)


def _then(now: Alternative, option: Option) -> Iterator[Row]:
    other = option.alternative
    yield from (rows.row(heading, rows.paragraphs(said)) for heading, said in gives(now, other))
    yield rows.row("Approval", other.approval)
    yield from (rows.row(p.level.capitalize(), Words(f"{p.message} {p.hint}", "mixed")) for p in option.found)
