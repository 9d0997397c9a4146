"""Changes one answer of a matter by itself, as the interview would, and records what it decides as swaps.

One rule: where an answer decides the wording of clauses, each clause whose wording changed gets an entry in the record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from drafter.asking import entries, interview
from drafter.asking.answering import values
from drafter.asking.entries import Entry
from drafter.asking.interview import Interview
from drafter.base import yaml_tree
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.drafting import draft, swapping, ways
from drafter.drafting.changes import Changed
from drafter.drafting.draft import Draft
from drafter.drafting.selection import Choice
from drafter.matters import answers, scope, swaps
from drafter.matters.editing import answers_text
from drafter.matters.editing.answer_lines import Written
from drafter.matters.matter import Matter
from drafter.matters.swaps import Swap
from drafter.reading import readers


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that was changed: what was asked, the matter before and after it, and the answer as the file has it.

    `changed` says what it does to the contract, and is None where the matter could not be drafted before; `left` is
    what still prevents a contract. `decided` are the clauses that the question decides, with their choices now.
    """

    entry: Entry
    before: Matter
    after: Matter
    here: Interview
    was: Written
    now: Written
    changed: Changed | None = None
    left: tuple[Problem, ...] = ()
    decided: tuple[Choice, ...] = ()

    @property
    def is_new(self) -> bool:
        """Say whether the answers file changed."""
        return self.before.text != self.after.text

    @property
    def is_asked(self) -> bool:
        """Say whether the question is asked with these answers, so that the contract can depend on it."""
        return scope.is_asked(self.here.library.questionnaire, self.entry.name, self.here.values)

    @property
    def place(self) -> Place:
        """Return the line that changed, or the file where there is none."""
        return self.here.answers.places.get(self.entry.about, self.here.answers.place(self.entry.name))

    @property
    def recorded(self) -> tuple[Swap, ...]:
        """Return the entries that it added to the record of swaps."""
        known = {id(swap) for swap in self.before.swaps}
        return tuple(swap for swap in self.after.swaps if id(swap) not in known)


def answer(  # noqa: PLR0913  # what an answer is made of
    matter: Matter, entry: Entry, value: str | None, on: date, because: str = "", *, allowed: bool = False
) -> Answered:
    """Answer a question of a matter with what was typed, or clear the answer with None.

    DraftingError where the value does not fit, where no contract could be drafted any more, or where a requirement
    would no longer be met and that is not `allowed`; but a fact is a fact, and is always taken.
    """
    now = None if value is None else values.typed(entry, value, matter)
    text = _text(matter, entry, now)
    here = interview.begin(matter.library, text, matter.name)
    after = replace(matter, text=text)
    was = _was(matter, entry)
    before = _drafted(matter)
    if before is None:
        return Answered(entry, matter, after, here, was, now, left=_prevents(after))
    then = draft.draft(after)
    hint = "give another answer, or this one with --allow-deviation --because REASON"
    departures = tuple(replace(problem, hint=hint) for problem in swapping.fresh_departures(before, then))
    stop_at(() if allowed or entry.asked.fact else departures)
    names = _decided(matter, entry, then)
    record = _record(Changed(before, then), entry, names, on, because, allowed=allowed)
    changed = Changed(before, swapping.recorded(then, record))
    decided = tuple(choice for name, choice in then.selection.choices.items() if name in names)
    return Answered(entry, matter, changed.after.matter, here, was, now, changed, decided=decided)


def _drafted(matter: Matter) -> Draft | None:
    try:
        return draft.draft(matter)
    except DraftingError:
        return None


def _prevents(matter: Matter) -> tuple[Problem, ...]:
    """Return what prevents a contract of a matter."""
    try:
        draft.draft(matter)
    except DraftingError as error:
        return error.problems
    return ()


def _was(matter: Matter, entry: Entry) -> Written:
    """Return the answer before, as the file has it; None where it has none."""
    tree = yaml_tree.parse(matter.text, matter.name)
    found = answers_text.plain_of(yaml_tree.at(tree, entry.name.split(".")))
    if not entry.number or not isinstance(found, tuple):
        return found
    record = found[entry.number - 1] if entry.number <= len(found) else None
    if isinstance(record, str) or record is None:
        return None
    return (record,) if entry.asked.type == "records" else record.get(entry.asked.id)


def _text(matter: Matter, entry: Entry, now: Written) -> str:
    """Return the text of the answers file with the answer, and without the lines in `alternatives:` that it decides."""
    here = interview.begin(matter.library, matter.text, matter.name)
    if entry.number:
        changed = _without(here, entry) if entry.asked.type == "records" else entries.answered(here, entry, now)
        return changed.text
    text = interview.answer(here, entry.name, now).text
    for clause in _chosen_against(matter, text, entry):
        text = answers_text.with_alternative(text, matter.name, clause, "")
    return text


def _without(here: Interview, entry: Entry) -> Interview:
    """Take one record out of its list."""
    left = [record for n, record in enumerate(interview.records(here, entry.name), 1) if n != entry.number]
    return interview.answer(here, entry.name, entries.filled_up(entry.asked, left))


def _chosen_against(matter: Matter, text: str, entry: Entry) -> tuple[str, ...]:
    """Return the clauses whose chosen alternative an answer decides, so that it can't be chosen apart from it."""
    library = matter.library
    chosen = answers.parse(text, matter.name, library.questionnaire).chosen
    known = readers.readers(library, chosen) if chosen else {}
    bound = ways.bound(library, chosen, (entry.name,), ways.deciding(library, chosen, known))
    return tuple(clause.id for clause in bound)


def _decided(matter: Matter, entry: Entry, then: Draft) -> frozenset[str]:
    """Return the clauses whose alternatives a question decides."""
    known = readers.readers(matter.library, then.answers.chosen)
    clauses = matter.library.clauses.values()
    return frozenset(c.id for c in clauses if entry.name in readers.decided(matter.library, c, known).questions)


def _record(  # noqa: PLR0913  # what a record is made of
    changed: Changed, entry: Entry, decided: frozenset[str], on: date, because: str, *, allowed: bool
) -> tuple[Swap, ...]:
    """Return the record of swaps with an entry for each clause whose wording the answer decides and changed.

    The answer to a field of a list is not recorded, since a swap is taken back by one whole answer. An answer that is
    given again adds its reason to the entries of the answer. They may depart from the policy only where that is
    `allowed`.
    """
    before, matter = changed.before, changed.before.matter
    if entry.number or entry.asked.type == "records":
        return matter.swaps
    if not changed.is_new:
        known = {id(swap) for swap in before.swaps if swap.question == entry.name}
        return tuple(swaps.with_reason(s, because, on) if id(s) in known else s for s in matter.swaps)
    unmet = changed.after.coverage.unmet if allowed else ()
    was = _was(matter, entry)
    typed = ", ".join(item for item in was if isinstance(item, str)) if isinstance(was, tuple) else was or ""
    departs = {name: tuple(row.requirement.id for row in unmet if name in row.clauses) for name in decided}
    made = tuple(
        Swap(clause, old.alternative.id, new.alternative.id, on, because, departs[clause], entry.name, typed)
        for clause, old, new in changed.clauses
        if clause in decided and old is not None and new is not None
    )
    return (*swaps.settled(matter.swaps, before.selection.in_force), *made) if made else matter.swaps
