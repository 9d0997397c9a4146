"""What stands beside a question: the contract as it reads now, and what the last change did."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from drafter import contract
from drafter.asking.pages.page import LEADS, Notice, Tone
from drafter.telling.rows import Row
from drafter.values import dataclass
from drafter.web.asked import Asked
from drafter.web.desk import Desk, Known, Note
from drafter.web.views import printed

_TONES: Mapping[str, Tone] = {
    "Remember": "reminder", "Reminder": "reminder", "Problem": "problem", "Deviations": "problem",
    "Told before": "reminder", "Fewer sections": "reminder",
}  # fmt: skip
MOST_OPEN = 3  # problems and reminders that are shown at once; more would push the question out of sight


@dataclass(frozen=True, slots=True)
class Told:
    """What a change did, as a page shows it: in a line, what must be seen, what may be, and the sections it changed."""

    line: str
    warnings: tuple[tuple[str, str], ...]
    rest: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]  # the clause and the name of each
    ours: bool = False  # it is for our own side
    whole: bool = False  # each line of it is shown


def told(note: Note, known: Known) -> Told:
    """Return what a change did as a page shows it."""
    called = contract.names(known.contract) if known.contract else {}
    kinds = ("problem", "reminder")
    warnings = [(one.tone, f"{LEADS[one.tone]}{one.text}") for one in note.notices if one.tone in kinds]
    plain = [one.text for one in note.notices if one.tone not in kinds]
    sections = tuple((name, called[name].words) for name in note.sections if name in called)
    most = len(warnings) if note.whole else MOST_OPEN
    rest = (*plain[1:], *(text for _, text in warnings[most:]))
    return Told(plain[0] if plain else "", tuple(warnings[:most]), rest, sections, note.ours, note.whole)


def noticed(row: Row) -> Notice:
    """Return a row of what a change did as a notice; those that must be seen by their headings."""
    return Notice(_TONES.get(row.heading, "decided"), f"{row.heading}: {row.text}")


def reported(desk: Desk, asked: Asked) -> Told:
    """Return what the last change did, where the address of a page names it."""
    matter = asked.names["matter"]
    return told(desk.noted(matter, asked.query.get("n", "")), desk.read(matter))


def status(note: Note, known: Known) -> str:
    """Return what a screen reader is told of a change, in one line."""
    found = told(note, known)
    changed = ", ".join(words for _, words in found.sections[:MOST_OPEN])
    problems = " ".join(text for _, text in found.warnings)
    return " ".join(filter(None, (found.line, f"Changed: {changed}." if changed else "", problems)))


def page(desk: Desk, asked: Asked, known: Known) -> Mapping[str, object]:
    """Return what each page with the contract beside it is given."""
    note = desk.noted(asked.names["matter"], asked.query.get("n", ""))
    return {"told": told(note, known), "contract": whole(desk, asked, known), "lit": note.sections}


def whole(desk: Desk, asked: Asked, known: Known) -> Markup:
    """Return the contract as HTML, or the last one that could be made where the answers make none."""
    if known.contract is not None:
        return printed.whole(known.contract, asked.at(), choosable(known))
    old = desk.shelf(asked.names["matter"]).last_good
    words = Markup('<p class="old">The answers make no contract now. {}</p>').format(
        "This is the last one that could be made:" if old is not None else ""
    )
    return words + printed.whole(old, asked.at(), ()) if old is not None else words


def choosable(known: Known) -> frozenset[str]:
    """Return the clauses that have more than one wording."""
    return frozenset(name for name, one in known.library.clauses.items() if len(one.alternatives) > 1)


def changes(before: Known, after: Known) -> tuple[str, ...]:
    """Return the sections that read otherwise since."""
    if before.contract is None or after.contract is None:
        return ()
    return contract.changed(before.contract, after.contract)
