"""What to concede when the other side rejects the wording of a clause; for our own side only."""

from __future__ import annotations

from drafter.proving.conceding import breaches, concessions, rejecting
from drafter.proving.conceding.concessions import Concession
from drafter.telling import called, conceded
from drafter.telling.called import Called
from drafter.telling.rows import Row
from drafter.values import dataclass
from drafter.web.asked import Asked, NotThereError, Reply, Shown
from drafter.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of wordings that still says what is asked: what it comes down to, and its changes."""

    title: str
    changes: tuple[tuple[str, str, str, tuple[Row, ...]], ...]  # a clause, its name, the wording to see, what is said


def concede(desk: Desk, asked: Asked) -> Reply:
    """Show which wordings to change if the one that a clause has is rejected."""
    known, name = desk.read(asked.names["matter"]), asked.names["clause"]
    made = known.drafted
    if name not in made.selection.choices:
        raise NotThereError(name)
    found = concessions.concede(made.library, made.answers, rejecting.found_as(made, [name]))
    names = called.by_headings(made.selection, made.contract)
    given = {
        "name": names.clause(name),
        "clause": name,
        "complies": found.complies,
        "choices": [_choice(one, names) for one in (found, *found.others)] if found.complies else [],
        "in_the_way": [names.said(breaches.obstacle(one, found.library)) for one in found.in_the_way],
        "otherwise": _choice(found.otherwise, names) if found.otherwise is not None else None,
        "supposing": _supposing(found.otherwise),
    }
    return Shown("concede.html", given)


def _choice(found: Concession, names: Called) -> Choice:
    changes = (
        (one.clause.id, names.clause(one.clause.id), one.after.id if one.after else "",
         conceded.told(one, found, names))
        for one in found.changes
    )  # fmt: skip
    return Choice(conceded.comes_down(found), tuple(changes))


def _supposing(found: Concession | None) -> tuple[str, str]:
    """Return the question whose other answer would help: its name and what it asks."""
    if found is None or found.supposing is None:
        return "", ""
    return found.supposing[0].id, found.supposing[0].prompt
