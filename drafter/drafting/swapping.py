"""Swaps one alternative for another, or takes a swap back, and says what that changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from drafter.base.problems import DraftingError, Place, Problem, command, stop_at
from drafter.drafting import changes, compliance, draft, ways
from drafter.drafting.changes import Changed
from drafter.drafting.compliance import Coverage, Covered
from drafter.drafting.draft import Draft
from drafter.drafting.selection import Choice
from drafter.drafting.ways import Way
from drafter.matters import swaps
from drafter.matters.answers import ALTERNATIVES
from drafter.matters.editing import answers_text
from drafter.matters.matter import Matter
from drafter.matters.swaps import Swap
from drafter.reading import readers
from drafter.reading.library import unknown_alternative
from drafter.reading.readers import Reader
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Swapped(Changed):
    """A swap: the matter drafted before and after it, the clause, and how its wording was put in.

    `way` is None where a swap was taken back, which `undone` is then.
    """

    clause: str
    way: Way | None = None
    undone: Swap | None = None

    @property
    def choices(self) -> tuple[Choice | None, Choice | None]:
        """Return the clause's choice before and after; None where the clause is left out."""
        return self.before.selection.choices.get(self.clause), self.after.selection.choices.get(self.clause)

    @property
    def others(self) -> tuple[tuple[str, Choice | None, Choice | None], ...]:
        """Return every other clause whose wording changed with it, with its choices before and after."""
        return tuple(changed for changed in self.clauses if changed[0] != self.clause)

    @property
    def place(self) -> Place:
        """Return the line that changed, or the file where the line was taken out."""
        answered = self.way.answers[0][0].id if self.way and self.way.answers else f"{ALTERNATIVES}.{self.clause}"
        return self.after.answers.place(answered)

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Return what goes on reading the answers that the matter's own wording does not follow; none otherwise."""
        return self.way.decided.readers if self.way is not None and self.way.alternative.is_own else ()

    @property
    def in_memo(self) -> tuple[Reader, ...]:
        """Return the lines of the memo that depend on the clause's wording, where that is the matter's own now."""
        is_own = self.way is not None and self.way.alternative.is_own
        return readers.of_wordings(self.after.library, (self.clause,)) if is_own else ()


def swap(  # noqa: PLR0913  # what a swap is made of
    matter: Matter, clause: str, alternative: str, on: date, because: str = "", *, allowed: bool = False
) -> Swapped:
    """Put another alternative of a clause into a matter, by a free choice or by the answer that decides it.

    The matter after it has the changed text and the record with this swap. A wording that is in force already is not
    put in again; a reason is added to its record. DraftingError where there is no such clause or alternative, where
    no single answer puts it in or only a fact would, where a check of the questionnaire would refuse the answers, or
    where a requirement would no longer be met and that is not `allowed`.
    """
    before = draft.draft(matter)
    found = matter.library.clause(clause)
    wanted = found.alternative(alternative)
    if wanted is None:
        raise DraftingError(unknown_alternative(found, alternative))
    known = readers.readers(matter.library, before.answers.chosen)
    way = ways.way(before.selection, before.answers, found, wanted, known)
    if before.selection.in_force.get(clause) == alternative:
        return _repeated(Swapped(before, before, clause, way), on, because, allowed=allowed)
    problem = ways.obstacle(way, str(matter.place), before.answers.place(clause))
    stop_at([problem] if problem is not None else [])
    after = draft.draft(replace(matter, text=_text(matter, way)))
    departures = () if allowed else fresh_departures(before, after, clause)
    typed = tuple((question.id, ways.as_typed(value)) for question, value in way.answers)
    stop_at((*changes.prevented(Changed(before, after), typed), *departures))
    departs = tuple(row.requirement.id for row in _fresh(before, after, clause))
    entry = _entry(before, way, on, because, departs)
    record = (*swaps.settled(matter.swaps, before.selection.in_force, before.library.form.id), entry)
    return Swapped(before, recorded(after, record), clause, way)


def _text(matter: Matter, way: Way) -> str:
    """Return the text of a matter's answers file with an alternative put in; no other line changes."""
    if way.by == "choice":
        return answers_text.with_alternative(matter.text, matter.name, way.clause.id, way.alternative.id)
    text = matter.text
    for clause in (way.clause.id, *way.restated):
        text = answers_text.with_alternative(text, matter.name, clause, "")
    for question, value in way.answers:
        asked = matter.library.questionnaire
        text = answers_text.with_answer(text, matter.name, asked, question.id, ways.as_typed(value))
    return text


def _entry(before: Draft, way: Way, on: date, because: str, departs: tuple[str, ...]) -> Swap:
    """Return the record of a swap that is about to be made."""
    clause, after = way.clause.id, way.alternative.id
    chosen, form = before.answers.chosen.get(clause, ""), before.library.form.id
    if not way.answers:
        return Swap(clause, chosen, after, on, because, departs, form=form)
    question = way.answers[0][0].id
    was = before.answers.given.get(question)
    made = Swap(clause, chosen or before.selection.in_force.get(clause, ""), after, on, because, departs)
    return replace(made, question=question, was="" if was is None else ways.as_typed(was), form=form)


def _repeated(same: Swapped, on: date, because: str, *, allowed: bool) -> Swapped:
    """Add a reason to the record of a wording in force, or what it departs from where that is allowed; no more."""
    before, clause = same.before, same.clause
    entry = next((swap for swap in before.swaps if swap.clause == clause), None)
    unmet = (row.requirement.id for row in before.coverage.unmet if allowed and clause in row.clauses)
    departs = tuple(dict.fromkeys((*(entry.departs if entry else ()), *unmet)))
    if entry is not None:
        added = replace(swaps.with_reason(entry, because, on), departs=departs)
        record = tuple(added if s is entry else s for s in before.matter.swaps)
    elif departs:
        made = Swap(clause, "", before.selection.in_force[clause], on, because, departs, form=before.library.form.id)
        record = (*before.matter.swaps, made)
    else:
        return same
    return replace(same, after=recorded(before, record))


def with_public_reason(swapped: Swapped, reason: str) -> Swapped:
    """Return a swap with the reason that anybody may read on its record; as it was where it has no record."""
    entry = next((swap for swap in swapped.after.swaps if swap.clause == swapped.clause), None)
    if entry is None or not reason:
        return swapped
    record = tuple(replace(s, for_board=reason) if s is entry else s for s in swapped.after.matter.swaps)
    return replace(swapped, after=recorded(swapped.after, record))


def undo(matter: Matter, clause: str = "") -> Swapped:
    """Take back the last swap, or the last one of a clause.

    DraftingError where there is none that counts, or where a check of the questionnaire would refuse the answers.
    """
    before = draft.draft(matter)
    kept = swaps.settled(matter.swaps, before.selection.in_force, before.library.form.id)
    entry = next((s for s in reversed(before.swaps) if clause in ("", s.clause)), None)
    if entry is None:
        what = f"no swap of '{clause}' is recorded that still counts" if clause else "no swap is recorded that counts"
        hint = f"swap back by name; this shows what is chosen: {command('clauses', '-m', matter.place)}"
        raise DraftingError(Problem("nothing-to-undo", Place(matter.name), what, hint))
    after = draft.draft(replace(matter, text=_text_before(matter, entry)))
    now = after.selection.values.get(entry.question) if entry.question else None
    typed = ((entry.question, ways.as_typed(now)),) if isinstance(now, str | bool) else ()
    stop_at(changes.prevented(Changed(before, after), typed))
    left = tuple(s for s in kept if s is not entry)
    # one answer may have been recorded for several clauses
    record = swaps.settled(left, after.selection.in_force, after.library.form.id)
    return Swapped(before, recorded(after, record), entry.clause, undone=entry)


def _text_before(matter: Matter, entry: Swap) -> str:
    """Return the text of a matter's answers file without a swap: the answer or the choice is again what it was."""
    if not entry.question:
        return answers_text.with_alternative(matter.text, matter.name, entry.clause, entry.before)
    own = matter.library.clause(entry.clause).alternative(entry.before)
    chosen = entry.before if own is not None and own.is_own else ""
    text = answers_text.with_alternative(matter.text, matter.name, entry.clause, chosen)
    asked = matter.library.questionnaire
    if not entry.was:
        return answers_text.without_answer(text, matter.name, asked, entry.question)
    question = asked.questions.get(entry.question)
    several = question is not None and question.type == "choices"
    was = tuple(entry.was.split(", ")) if several else entry.was
    return answers_text.with_answer(text, matter.name, asked, entry.question, was)


def recorded(made: Draft, record: tuple[Swap, ...]) -> Draft:
    """Return a draft whose matter has another record of swaps."""
    counting = swaps.counting(record, made.selection.in_force, made.library.form.id)
    return replace(made, matter=replace(made.matter, swaps=record), swaps=counting)


def fresh_departures(before: Draft, after: Draft, clause: str = "") -> Iterator[Problem]:
    """Find the requirements that a change leaves unmet, or that the clause swapped left unmet before it.

    What is said of each names the clauses that the change touched, not others that were chosen before.
    """
    touched = {clause} if clause else {name for name, _, _ in Changed(before, after).clauses}
    rows = tuple(_of_change(row, touched, after) for row in _fresh(before, after, clause))
    for problem in draft.departures(replace(after, coverage=Coverage(rows))):
        hint = "choose a wording that meets it, or swap with --allow-deviation --because REASON"
        yield replace(problem, hint=hint)


def _of_change(row: Covered, touched: set[str], after: Draft) -> Covered:
    """Return a requirement that isn't met with a remark on those clauses alone that a change touched."""
    names = [name for name in row.clauses if name in touched & row.homes and name in after.selection.choices]
    if row.status != "deviates" or row.same or not names:
        return row
    return replace(row, remarks=(compliance.departing(names, after.selection),))


def _fresh(before: Draft, after: Draft, clause: str) -> tuple[Covered, ...]:
    """Return what is not met after a change, without what was not met before it for other clauses' sake."""
    unmet = {row.requirement.id for row in before.coverage.unmet if clause not in row.homes}
    return tuple(row for row in after.coverage.unmet if row.requirement.id not in unmet)
