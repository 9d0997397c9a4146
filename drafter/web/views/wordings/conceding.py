"""What to concede when the other side rejects the wording of a clause; for our own side only."""

from __future__ import annotations

from drafter import contract
from drafter.proving.conceding import breaches, concessions, rejecting
from drafter.proving.conceding.concessions import Concession
from drafter.telling import conceded
from drafter.telling.rows import Row
from drafter.values import dataclass
from drafter.web.asked import Asked, NotThereError, Reply, Shown
from drafter.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of wordings that still says what is asked: what it comes down to, and its changes."""

    title: str
    changes: tuple[tuple[str, str, tuple[Row, ...]], ...]  # the clause, the wording to see there, what is said of it


def concede(desk: Desk, asked: Asked) -> Reply:
    """Show which wordings to change if the one that a clause has is rejected."""
    known, name = desk.read(asked.names["matter"]), asked.names["clause"]
    made = known.drafted
    if name not in made.selection.choices:
        raise NotThereError(name)
    found = concessions.concede(made.library, made.answers, rejecting.found_as(made, [name]))
    called = contract.names(made.contract)
    given = {
        "name": called[name].words if name in called else name,
        "clause": name,
        "complies": found.complies,
        "choices": [_choice(one) for one in (found, *found.others)] if found.complies else [],
        "in_the_way": [breaches.obstacle(one, found.library) for one in found.in_the_way],
        "otherwise": _choice(found.otherwise) if found.otherwise is not None else None,
        "supposing": _supposing(found.otherwise),
    }
    return Shown("concede.html", given)


def _choice(found: Concession) -> Choice:
    changes = ((one.clause.id, one.after.id if one.after else "", conceded.told(one, found)) for one in found.changes)
    return Choice(conceded.comes_down(found), tuple(changes))


def _supposing(found: Concession | None) -> tuple[str, str]:
    """Return the question whose other answer would help: its name and what it asks."""
    if found is None or found.supposing is None:
        return "", ""
    return found.supposing[0].id, found.supposing[0].prompt
