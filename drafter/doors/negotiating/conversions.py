"""What convert says: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.doors import phrases, terminal
from drafter.telling.converted import told, unfit
from drafter.telling.rows import from_to

if TYPE_CHECKING:
    from drafter.drafting.converting.conversion import Converted, Row


def converted(made: Converted, *, tried: bool = False) -> None:
    """Print a change of form: what becomes of each clause, what doesn't cross, what is asked, the requirements."""
    old, new = made.forms
    terminal.say((f"{old.id} -> {new.id}", "bold"), f": {old.label} -> {new.label}")
    table = terminal.table("Clause", "Becomes", "Words", "Concedes")
    for row in (row for row in made.rows if row.state != "kept"):
        table.add_row(*map(terminal.text, (row.clause, _becomes(row), from_to(*row.words), row.concedes)))
    if table.row_count:
        terminal.show(table, "")
    terminal.show(terminal.facts(phrases.shown(told(made))))
    if tried:
        terminal.say("Only tried: nothing was written.")


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
        "set_aside": {moved.clause: one.place.path for moved in made.uncrossed if (one := unfit(moved, made))},
        "not_asked": [question.id for question in made.no_longer_asked],
        "now_asked": [question.id for question in made.asked],
        "found": [terminal.problem_json(problem) for problem in made.found],
        "requirements": [{"id": wanted, "was": was, "now": now} for wanted, was, now in made.said_changes],
        "deviations": [row.requirement.id for row in made.after.coverage.unmet],
    }
