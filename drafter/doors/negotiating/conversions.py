"""What convert says: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.base import english
from drafter.doors import phrases, terminal

if TYPE_CHECKING:
    from rich.console import RenderableType

    from drafter.base.problems import Problem
    from drafter.drafting.converting.conversion import Converted, Row
    from drafter.matters.conversions import Moved


def converted(made: Converted, *, tried: bool = False) -> None:
    """Print a change of form: what becomes of each clause, what doesn't cross, what is asked, the requirements."""
    old, new = made.forms
    terminal.say((f"{old.id} -> {new.id}", "bold"), f": {old.label} -> {new.label}")
    kept = [row for row in made.rows if row.state == "kept"]
    table = terminal.table("Clause", "Becomes", "Words", "Concedes")
    for row in (row for row in made.rows if row.state != "kept"):
        table.add_row(*map(terminal.text, (row.clause, _becomes(row), phrases.from_to(*row.words), row.concedes)))
    if table.row_count:
        terminal.show(table, "")
    rows: list[tuple[str, RenderableType]] = [
        ("Kept", f"{english.counted(len(kept), 'clause')}, but for the numbers of what they refer to" if kept else ""),
        ("Words", phrases.from_to(*made.words)),
        ("Because", made.because),
        *(("Doesn't cross", _uncrossed(m, made)) for m in made.uncrossed),
        *(("Not asked now", f"{q.id}: {q.prompt} The answer stays in the file.") for q in made.no_longer_asked),
        *(("Now asked", f"{q.id}: {q.prompt}") for q in made.asked),
        *((p.level.capitalize(), f"{p.message} {p.hint}") for p in made.found),
    ]
    for wanted, was, now in made.said_changes:
        rows.append(("Requirements", terminal.text(f"{wanted}: {was} -> ", (now, phrases.STYLES.get(now, "dim")))))
    rows += [("Requirements", "as before")] if not made.said_changes else []
    rows += [("Deviations", phrases.departure(row)) for row in made.after.coverage.unmet]
    terminal.show(terminal.facts(row for row in rows if row[1]))
    if tried:
        terminal.say("Only tried: nothing was written.")


def _uncrossed(moved: Moved, made: Converted) -> str:
    """Return what doesn't cross, and where an own wording stays."""
    what = f"{moved.clause}: {moved.before}"
    if one := _unfit(moved, made):
        return f"{what}, set aside: {one.message}. It stays in {terminal.one_line(one.place.path)}."
    return f"{what}, which the form '{made.forms[1].id}' has not"


def _unfit(moved: Moved, made: Converted) -> Problem | None:
    """Return why the form can't use an own wording that doesn't cross, None where it is none or for another reason."""
    clause = made.after.library.clauses.get(moved.clause)
    return next(iter(clause.unfit.get(moved.before, ())), None) if clause is not None else None


def _becomes(row: Row) -> str:
    used = dict.fromkeys(filter(None, row.alternatives))
    return row.state if row.state in {"left out", "added"} else f"{row.state}: {' -> '.join(used)}"


def converted_json(made: Converted) -> dict[str, object]:
    """Return a change of form for scripts."""
    old, new = made.forms
    return {
        "from": old.id,
        "to": new.id,
        "because": made.because,
        "words": list(made.words),
        "clauses": [
            {
                "clause": row.clause,
                "heading": row.heading,
                "state": row.state,
                "words": list(row.words),
                "before": row.alternatives[0] or None,
                "after": row.alternatives[1] or None,
                "concedes": row.concedes,
            }
            for row in made.rows
        ],
        "uncrossed": {moved.clause: moved.before for moved in made.uncrossed},
        "set_aside": {moved.clause: one.place.path for moved in made.uncrossed if (one := _unfit(moved, made))},
        "not_asked": [question.id for question in made.no_longer_asked],
        "now_asked": [question.id for question in made.asked],
        "found": [terminal.problem_json(problem) for problem in made.found],
        "requirements": [{"id": wanted, "was": was, "now": now} for wanted, was, now in made.said_changes],
        "deviations": [row.requirement.id for row in made.after.coverage.unmet],
    }
