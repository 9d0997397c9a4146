"""Changes an answer of a matter, or several at once, as the interview would, and records what they decide as swaps.

One rule: where an answer decides the wording of clauses, each clause whose wording changed gets an entry in the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from drafter.asking import entries, interview
from drafter.asking.answering import naming, renaming, values
from drafter.asking.entries import Entry
from drafter.asking.interview import Interview
from drafter.base import yaml_tree
from drafter.base.problems import DraftingError, Place, Problem, command, stop_at
from drafter.drafting import changes, draft, swapping, ways
from drafter.drafting.changes import Changed
from drafter.drafting.draft import Draft
from drafter.drafting.selection import Choice
from drafter.matters import answers, scope, swaps
from drafter.matters.editing import answers_text
from drafter.matters.editing.answer_lines import Written
from drafter.matters.matter import Matter
from drafter.matters.swaps import Swap
from drafter.reading import readers
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that was given: what was asked, and the answer before and now, as the file has it."""

    entry: Entry
    was: Written
    now: Written


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers that were changed together, and the matter before and after them; `here` has all answers now.

    `changed` says what they do to the contract, and is None where the matter could not be drafted before; `left` is
    what prevents a contract now. `decided` are the clauses that the questions decide, with their choices now.
    """

    given: tuple[Given, ...]
    before: Matter
    after: Matter
    here: Interview
    changed: Changed | None = None
    left: tuple[Problem, ...] = ()
    decided: tuple[Choice, ...] = ()

    @property
    def is_new(self) -> bool:
        """Say whether the answers file changed."""
        return self.before.text != self.after.text

    def is_asked(self, entry: Entry) -> bool:
        """Say whether a question is asked with these answers, so that the contract can depend on it."""
        return scope.is_asked(self.here.library.questionnaire, entry.name, self.here.values)

    @property
    def place(self) -> Place:
        """Return the line of the first answer, or the file where there is none."""
        entry = self.given[0].entry
        return self.here.answers.places.get(entry.about, self.here.answers.place(entry.name))

    @property
    def recorded(self) -> tuple[Swap, ...]:
        """Return the entries that were added to the record of swaps."""
        known = {id(swap) for swap in self.before.swaps}
        return tuple(swap for swap in self.after.swaps if id(swap) not in known)


def answer(
    matter: Matter, wanted: Sequence[tuple[str, str | None]], on: date, because: str = "", *, allowed: bool = False
) -> Answered:
    """Give answers to a matter at once: each names what is asked, and has what was typed, or None to clear it.

    DraftingError where one does not fit, where no contract could be drafted any more, where a check would refuse the
    answers, or where a requirement would no longer be met and that is not `allowed`; but a fact is a fact: where all
    of them are, only the first two are refused.
    """
    given, after = _typed(matter, wanted)
    here = interview.begin(matter.library, after.text, matter.name)
    before = _drafted(matter)
    if before is None:
        return Answered(given, matter, after, here, left=_prevents(after))
    then = draft.draft(after)
    if not all(one.entry.asked.fact for one in given):
        stop_at((*_refused(Changed(before, then), wanted, given), *(() if allowed else _departures(before, then))))
    names = {clause: one for one in reversed(given) for clause in _decided(matter, one.entry, then)}
    record = _record(Changed(before, then), given, names, on, because, allowed=allowed)
    changed = Changed(before, swapping.recorded(then, record))
    decided = tuple(choice for name, choice in then.selection.choices.items() if name in names)
    return Answered(given, matter, changed.after.matter, here, changed, then.wrong, decided)


def with_public_reason(answered: Answered, reason: str) -> Answered:
    """Return answers with the reason that anybody may read on the record of each clause that they decide.

    As they were where they changed no wording, and none is recorded of them.
    """
    names = {one.entry.name for one in answered.given if _is_whole(one.entry)}
    counting = answered.recorded if answered.is_new or answered.changed is None else answered.changed.before.swaps
    about = {(swap.clause, swap.question) for swap in counting if swap.question in names}
    record = tuple(
        replace(swap, for_board=reason) if reason and (swap.clause, swap.question) in about else swap
        for swap in answered.after.swaps
    )
    return replace(answered, after=replace(answered.after, swaps=record))


def holds(matter: Matter, wanted: Sequence[tuple[str, str | None]]) -> bool:
    """Say whether a matter has answers, as they are typed, already. What can't be asked any more, it doesn't have."""
    try:
        return all(one.was == one.now for one in _typed(matter, wanted)[0])
    except DraftingError:
        return False


def _typed(matter: Matter, wanted: Sequence[tuple[str, str | None]]) -> tuple[tuple[Given, ...], Matter]:
    """Return what is answered, and the matter with all of it; each answer may rest on those before it."""
    made, after = list[Given](), matter
    for words, value in wanted:
        entry = naming.entry(after, words)
        now = None if value is None else values.typed(entry, value, after)
        made.append(Given(entry, _was(after, entry), now))
        after = replace(after, text=_text(after, entry, now))
    return tuple(made), after


def _refused(
    changed: Changed, wanted: Sequence[tuple[str, str | None]], given: tuple[Given, ...]
) -> tuple[Problem, ...]:
    """Return what checks find wrong with the answers and did not before, with how another is changed with them."""
    pairs = zip(given, wanted, strict=True)
    typed = [(one.entry.about, value) for one, (_, value) in pairs if value is not None]
    found = changes.prevented(changed, typed)
    return _with_names(changed.before, typed, found) if found else ()


def _with_names(before: Draft, typed: Sequence[tuple[str, str]], found: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return problems; those that come of a new name have the command that changes it wherever it is chosen."""
    try:
        whole = _following(before.matter, typed)
        _, after = _typed(before.matter, whole)
        left = [p for p in Changed(before, draft.draft(after)).found if p.level == "problem"]
    except DraftingError:
        return found
    still = {(p.code, p.about) for p in left}
    if len(whole) == len(typed) or still - {(p.code, p.about) for p in found}:
        return found
    step = command("answer", before.matter.place, *(word for pair in whole for word in pair))
    hint = f"the name that it had is still chosen; this changes it wherever it is: {step}"
    return tuple(p if (p.code, p.about) in still else replace(p, hint=hint) for p in found)


def _following(matter: Matter, typed: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return answers, and after them those that choose a name which they change, and those that choose that one."""
    old, whole = interview.begin(matter.library, matter.text, matter.name), dict(typed)
    while True:
        given, after = _typed(matter, list(whole.items()))
        new = interview.begin(matter.library, after.text, matter.name)
        more = {name: value for one in given for name, value in renaming.following(old, new, one.entry)}
        if not more.keys() - whole.keys():
            return list(whole.items())
        whole |= {name: value for name, value in more.items() if name not in whole}


def _departures(before: Draft, then: Draft) -> tuple[Problem, ...]:
    hint = "give another answer, or this one with --allow-deviation --because REASON"
    return tuple(replace(problem, hint=hint) for problem in swapping.fresh_departures(before, then))


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
        is_whole = entry.asked.type == "records"
        left = entries.without(here, entry.name, entry.number) if is_whole else None
        changed = interview.answer(here, entry.name, left) if is_whole else entries.answered(here, entry, now)
        return changed.text
    text = interview.answer(here, entry.name, now).text
    for clause in _chosen_against(matter, text, entry):
        text = answers_text.with_alternative(text, matter.name, clause, "")
    return text


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
    changed: Changed, given: tuple[Given, ...], decided: Mapping[str, Given], on: date, because: str, *, allowed: bool
) -> tuple[Swap, ...]:
    """Return the record of swaps with an entry for each clause whose wording an answer decides and changed.

    The answer to a field of a list is not recorded, since a swap is taken back by one whole answer. Answers that are
    given again add their reason to their entries. They may depart from the policy only where that is `allowed`.
    """
    before, matter = changed.before, changed.before.matter
    if not changed.is_new:
        names = {one.entry.name for one in given if _is_whole(one.entry)}
        known = {id(swap) for swap in before.swaps if swap.question in names}
        return tuple(swaps.with_reason(s, because, on) if id(s) in known else s for s in matter.swaps)
    unmet = changed.after.coverage.unmet if allowed else ()
    made = tuple(
        Swap(
            clause,
            old.alternative.id,
            new.alternative.id,
            on,
            because,
            tuple(row.requirement.id for row in unmet if clause in row.clauses),
            one.entry.name,
            _in_line(one),
            before.library.form.id,
        )
        for clause, old, new in changed.clauses
        if (one := decided.get(clause)) and _is_whole(one.entry) and old is not None and new is not None
    )
    return (
        (*swaps.settled(matter.swaps, before.selection.in_force, before.library.form.id), *made)
        if made
        else matter.swaps
    )


def _is_whole(entry: Entry) -> bool:
    return not entry.number and entry.asked.type != "records"


def _in_line(one: Given) -> str:
    """Return the answer before as a record of swaps has it; several with commas between them."""
    if isinstance(one.was, tuple):
        return ", ".join(item for item in one.was if isinstance(item, str))
    return one.was or ""
