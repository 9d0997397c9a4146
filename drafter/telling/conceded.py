"""What to concede when the other side rejects wordings: each change, why, what it gives, and what it sets off."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.base import english
from drafter.proving.conceding import breaches
from drafter.proving.conceding.concessions import Change, Changed, Concession
from drafter.reading.library import direction, gives
from drafter.telling import rows
from drafter.telling.called import BY_IDS, Called
from drafter.telling.rows import Row, Words


def comes_down(found: Concession) -> str:
    """Say how many clauses a choice changes, and how many of them for the worse."""
    cost = found.cost
    lower = [(cost.fallbacks, "a fallback"), (cost.acceptables, "acceptable")]
    said = [f"{count} to {position}" for count, position in lower if count]
    changes = f"{english.counted(cost.changes, 'clause')} to change"
    return f"{changes}, {' and '.join(said)}" if said else f"{changes}, none for the worse"


def told(change: Change, found: Concession, called: Called = BY_IDS) -> tuple[Row, ...]:
    """Return a change of a choice: the wording before and after, and all that goes with it."""
    first = rows.row(
        called.clause(change.clause.id), *_sides(Changed(change.clause, change.before, change.after), called)
    )
    made = (
        rows.row("Because", called.said(breaches.reason(change.because, found.library))),
        *_gives(change, called),
        *(rows.row("Changes too", f"{called.clause(one.clause.id)}: ", *_sides(one, called)) for one in change.follows),
        *(rows.row("Now asked", called.asked(question)) for question in change.asked),
    )
    return first, *(row for row in made if row.words)


def _sides(one: Changed, called: Called) -> tuple[Words, ...]:
    return *rows.side(one.before, called), Words(" -> "), *rows.side(one.after, called)


def _gives(change: Change, called: Called) -> Iterator[Row]:
    """Yield what a change concedes or wins back, what to ask for in return, and whose approval it needs."""
    every = (Changed(change.clause, change.before, change.after), *change.follows)
    for one in (one for one in every if one.before is not one.after):
        about = "" if one.clause is change.clause else f"{called.clause(one.clause.id)}: "
        for heading, words in gives(one.before, one.after):
            if words:
                yield rows.row(heading, about + rows.paragraphs(words))
        if one.after is not None:
            approval = one.after.approval
            measured = one.before if one.before is not None and not one.before.is_own else None
            is_given = direction(measured, one.after) == "concedes"
            asked = about + rows.paragraphs(one.after.guidance) if one.after.guidance and is_given else ""
            yield rows.row("In return", asked)
            yield rows.row("Approval", about + approval if approval else "")
