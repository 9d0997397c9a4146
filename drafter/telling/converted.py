"""What a change of form did: what crosses and what doesn't, what is asked now, and the requirements."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.base import english
from drafter.base.problems import Problem
from drafter.drafting.converting.conversion import Converted
from drafter.matters.conversions import Moved
from drafter.telling import rows
from drafter.telling.called import BY_IDS, Called
from drafter.telling.rows import Row, Words


def told(made: Converted, called: Called = BY_IDS) -> tuple[Row, ...]:
    """Return what a change of form did, but for what became of each clause that it didn't keep."""
    kept = [row for row in made.rows if row.state == "kept"]
    counted = f"{english.counted(len(kept), 'clause')}, but for the numbers of what they refer to" if kept else ""
    found = (
        rows.row("Kept", counted),
        rows.row("Words", rows.from_to(*made.words)),
        rows.row("Because", made.because),
        *(rows.row("Doesn't cross", *_uncrossed(one, made, called), clause=one.clause) for one in made.uncrossed),
        *_questions(made, called),
        *(rows.row(p.level.capitalize(), called.problem(p)) for p in made.found),
        *rows.requirements(made.said_changes),
        *(rows.row("Deviations", *rows.departure(one)) for one in made.after.coverage.unmet),
    )
    return tuple(row for row in found if row.words)


def _questions(made: Converted, called: Called) -> Iterator[Row]:
    for one in made.no_longer_asked:
        yield rows.row("Not asked now", f"{called.asked(one)} The answer stays in the file.")
    yield from (rows.row("Now asked", called.asked(one)) for one in made.asked)


def _uncrossed(moved: Moved, made: Converted, called: Called) -> tuple[Words | str, ...]:
    """Return what doesn't cross, and where an own wording stays."""
    what = f"{called.clause(moved.clause)}: {called.wording_of(moved.clause, moved.before)}"
    if one := unfit(moved, made):
        return f"{what}, set aside: {one.message}. It stays in ", Words(one.place.path, "line"), "."
    return (f"{what}, which the form {called.form(made.forms[1])} has not",)


def unfit(moved: Moved, made: Converted) -> Problem | None:
    """Return why the form can't use an own wording that doesn't cross, None where it is none or for another reason."""
    clause = made.after.library.clauses.get(moved.clause)
    return next(iter(clause.unfit.get(moved.before, ())), None) if clause is not None else None
