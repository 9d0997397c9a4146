"""The list of the clauses of a contract, with the wording that each has, found by words or by number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter import contract
from drafter.base.problems import DraftingError
from drafter.contract import SectionName
from drafter.drafting.draft import Draft
from drafter.drafting.finding import clauses, texts
from drafter.values import dataclass
from drafter.web.asked import Asked, Reply, Shown
from drafter.web.desk import Desk
from drafter.web.views import beside


@dataclass(frozen=True, slots=True)
class Row:
    """A clause in the list: its id, what it is called, the wording in force, and how many others there are."""

    clause: str
    name: str
    label: str
    position: str
    others: int
    found: tuple[str, ...] = ()  # the lines that hold the words that were looked for


def listed(desk: Desk, asked: Asked) -> Reply:
    """Show the clauses, those that were looked for, or those whose wording is not the preferred one."""
    known = desk.read(asked.names["matter"])
    words, only = asked.query.get("find", "").strip(), asked.query.get("only", "")
    rows = tuple(_rows(known.drafted, words))
    if only == "given":
        rows = tuple(row for row in rows if row.position != "preferred")
    given = {"rows": rows, "find": words, "only": only, "told": beside.reported(desk, asked)}
    return Shown("wordings.html", given)


def _rows(made: Draft, words: str) -> Iterator[Row]:
    called = contract.names(made.contract)
    if not words:
        yield from (_row(made, called, name) for name in made.selection.choices)
        return
    by_name = _named(made, words)
    hits = texts.search(made.library, words, made.contract)
    lines = {hit.clause.id: tuple(one.text for one in hit.lines[:3] if one.where in _OPEN) for hit in hits}
    for name in dict.fromkeys((*by_name, *lines)):
        if name in made.selection.choices:
            yield _row(made, called, name, lines.get(name, ()))


_OPEN = ("wording", "contract", "requirement", "label")  # guidance is for our own side, and stands elsewhere


def _named(made: Draft, words: str) -> tuple[str, ...]:
    """Return the clauses that words name, by number or heading."""
    try:
        return tuple(one.id for one in clauses.find(made.library, words, made.contract))
    except DraftingError:
        return ()


def _row(made: Draft, called: dict[str, SectionName], name: str, found: Iterable[str] = ()) -> Row:
    choice = made.selection.choices[name]
    chosen = choice.alternative
    title = called[name].words if name in called else made.selection.named(choice.clause.title)
    return Row(name, title, chosen.label, chosen.position, len(choice.clause.alternatives) - 1, tuple(found))
