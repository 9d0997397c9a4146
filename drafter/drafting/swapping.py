"""Swaps one alternative for another, or takes a swap back, and says what that changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from drafter import language
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.comparing import redline
from drafter.comparing.marked import Redline
from drafter.drafting import draft
from drafter.drafting.compliance import Coverage
from drafter.drafting.draft import Draft
from drafter.drafting.selection import Choice
from drafter.matters import swaps
from drafter.matters.answers import ALTERNATIVES
from drafter.matters.editing import answers_text
from drafter.matters.matter import Matter
from drafter.matters.swaps import Swap
from drafter.reading.library import unknown_alternative


@dataclass(frozen=True, slots=True)
class Swapped:
    """A swap: the clause, and the matter drafted before and after it."""

    clause: str
    before: Draft
    after: Draft

    @property
    def choices(self) -> tuple[Choice | None, Choice | None]:
        """Return the clause's choice before and after; None where the clause is left out."""
        return self.before.selection.choices.get(self.clause), self.after.selection.choices.get(self.clause)

    @property
    def is_new(self) -> bool:
        """Say whether the answers file did not choose this alternative already."""
        return self.before.answers.chosen.get(self.clause) != self.after.answers.chosen.get(self.clause)

    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]:
        """Return each requirement whose status changed, with the old and the new status."""
        pairs = zip(self.before.coverage.rows, self.after.coverage.rows, strict=True)
        return tuple((a.requirement.id, a.status, b.status) for a, b in pairs if a.status != b.status)

    @property
    def redline(self) -> Redline:
        """Return the contract before the swap compared with the one after it."""
        return redline.compare(self.before.contract, self.after.contract)

    @property
    def place(self) -> Place:
        """Return the line that changed, or the file where the line was taken out."""
        return self.after.answers.place(f"{ALTERNATIVES}.{self.clause}")

    @property
    def unselected(self) -> str:
        """Return the condition under which the answers alone would select it, empty where they do or it has none."""
        new = self.choices[1].alternative if self.choices[1] else None
        when = new.when if new and not new.is_own else None
        holds = when is None or language.holds(when, self.after.selection.values)
        return "" if when is None or holds else language.explain(when)


def swap(  # noqa: PLR0913  # what a swap is made of
    matter: Matter, clause: str, alternative: str, on: date, because: str = "", *, allowed: bool = False
) -> Swapped:
    """Choose another alternative of a clause; the matter after it has the changed text and the record with this swap.

    DraftingError where there is no such clause or alternative, or where a requirement would no longer be met and that
    is not `allowed`.
    """
    before = draft.draft(matter)
    found = matter.library.clause(clause)
    if found.alternative(alternative) is None:
        raise DraftingError(unknown_alternative(found, alternative))
    text = answers_text.with_alternative(matter.text, matter.name, clause, alternative)
    after = draft.draft(replace(matter, text=text))
    departures = tuple(_fresh_departures(before, after, clause))
    stop_at(() if allowed else departures)
    if text == matter.text and not because:
        return Swapped(clause, before, after)
    chosen = before.answers.chosen
    entry = Swap(clause, chosen.get(clause, ""), alternative, on, because, deviation=bool(departures))
    return Swapped(clause, before, _recorded(after, (*swaps.settled(matter.swaps, chosen), entry)))


def undo(matter: Matter, clause: str = "") -> Swapped:
    """Take back the last swap, or the last one of a clause. DraftingError where there is none that counts."""
    before = draft.draft(matter)
    chosen = before.answers.chosen
    kept = swaps.settled(matter.swaps, chosen)
    entry = next((s for s in reversed(swaps.counting(kept, chosen)) if clause in ("", s.clause)), None)
    if entry is None:
        what = f"no swap of '{clause}' is recorded that still counts" if clause else "no swap is recorded that counts"
        hint = "'drafter clauses -m MATTER' shows what is chosen; swap back by name"
        raise DraftingError(Problem("nothing-to-undo", Place(matter.name), what, hint))
    text = answers_text.with_alternative(matter.text, matter.name, entry.clause, entry.before)
    record = tuple(s for s in kept if s is not entry)
    return Swapped(entry.clause, before, draft.draft(replace(matter, text=text, swaps=record)))


def _recorded(made: Draft, record: tuple[Swap, ...]) -> Draft:
    """Return a draft whose matter has another record of swaps."""
    return replace(made, matter=replace(made.matter, swaps=record), swaps=swaps.counting(record, made.answers.chosen))


def _fresh_departures(before: Draft, after: Draft, clause: str) -> Iterator[Problem]:
    """Find the requirements that the swap leaves unmet, or that the clause left unmet before it."""
    unmet = {row.requirement.id for row in before.coverage.unmet if clause not in row.clauses}
    rows = tuple(row for row in after.coverage.rows if row.requirement.id not in unmet)
    for problem in draft.departures(replace(after, coverage=Coverage(rows))):
        hint = "choose a wording that meets it, or swap with --allow-deviation --because REASON"
        yield replace(problem, hint=hint)
