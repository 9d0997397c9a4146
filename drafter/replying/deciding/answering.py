"""Answers changes of a return: accepts, rejects or counters them, and says what that makes of the matter.

One rule: what a section reads is made from what it was when it was sent and from all of its changes that are accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from drafter.asking.answering import changing
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.contract import Section
from drafter.drafting import draft, swapping
from drafter.drafting.finding import named
from drafter.replying import merging, theirs
from drafter.replying.deciding import putting, refusing
from drafter.replying.deciding.basis import (
    Basis,
    How,
    Put,
    RefusedWordingError,
    State,
    accepted,
    accepted_beside,
    answers_of,
    sent_section,
)
from drafter.replying.decisions import Decision


def decide(state: State, basis: Basis, keys: Sequence[str], how: How) -> State:
    """Answer changes of a return, named by their keys.

    DraftingError where a change can't be put into the contract, or where the policy doesn't allow it;
    RefusedWordingError where it doesn't allow the words of an own wording.
    """
    entry = Decision(basis.number, "", "", how.answer, how.on, because=how.because, reply=how.reply)
    by_clause: dict[str, list[str]] = {}
    for key in (key for key in keys if key in basis.told.comments):
        said = replace(entry, change=key, section=basis.told.comments[key].section)
        state = replace(state, record=(*state.record, said))
    for key in (key for key in keys if key in basis.told.changes):
        change = basis.told.changes[key]
        by_clause.setdefault(change.clauses[0] if len(change.clauses) == 1 else "", []).append(key)
    for clause, those in by_clause.items():
        try:
            state, put = _answered(state, basis, clause, those, how)
        except RefusedWordingError as refused:
            error = refusing.departing(refused.error, basis.told.changes[those[0]], how.answer)
            raise RefusedWordingError(error, refused.name, refused.file) from None
        except DraftingError as error:
            raise refusing.departing(error, basis.told.changes[those[0]], how.answer) from None
        for key in those:
            change = basis.told.changes[key]
            one = replace(
                entry, change=key, section=change.section, clause=clause, alternative=put.alternative,
                questions=put.questions, was=put.was,
            )  # fmt: skip
            state = replace(state, record=(*state.record, one))
    return state


def _answered(state: State, basis: Basis, clause: str, those: Sequence[str], how: How) -> tuple[State, Put]:
    """Put what is answered to changes of a clause into the contract, in the place of what was answered before."""
    state = _released(state, basis, clause, those, how)
    if how.answer == "counter":
        return _countered(state, basis, clause, how)
    return _put(state, basis, clause, those, how)


def _put(state: State, basis: Basis, clause: str, those: Sequence[str], how: How) -> tuple[State, Put]:
    """Put what is accepted of a clause into the contract, or take out of it what no longer is."""
    before = accepted(state, basis, clause) if clause else []
    chosen = set(before) - set(those) | (set(those) if how.answer == "accept" else set())
    if how.answer != "accept" and not set(before) & set(those):
        return state, Put()
    keys = [key for key in basis.told.changes if key in chosen]
    section = sent_section(basis, clause)
    changes = [basis.told.changes[key] for key in keys]
    beside = accepted_beside(state, basis, clause) if clause else ()
    stop_at(
        refusing.clashing(basis.told.changes[key], other)
        for key in (those if how.answer == "accept" else ())
        for other in beside
        if merging.clash(basis.told.changes[key], other.change)
    )
    if section is None:
        stop_at(refusing.refused(basis.told.changes[key], state.matter) for key in those)
        return state, Put()
    stop_at(
        refusing.refused(change, state.matter)
        for key, change in zip(keys, changes, strict=True)
        if key in those and change.kind in ("move", "heading")
    )
    whole = merging.together(changes, [other.change for other in beside])
    is_word = [change for change in whole if change.kind != "format" and change.before != change.after]
    if not is_word:
        return _back(state, section, before, basis, how)
    target, left = theirs.changed(section, is_word)
    no_place = "has no place in the words that were sent, so it can't be accepted"
    stop_at(refusing.problem(change, f"the change to {change.section} {no_place}") for change in left)
    if target is None:
        return putting.leave_out(state, basis, is_word, how)
    return putting.put_changes(state, basis, section, is_word, how)


def _countered(state: State, basis: Basis, clause: str, how: How) -> tuple[State, Put]:
    """Put what we offer instead into the contract. DraftingError where it is what was sent, or answers no clause."""
    if how.counter.values:
        return putting.put_answers(state, how.counter.values, how)
    if not clause:
        what, hint = "this change is in no one clause, so no wording of a clause answers it", "accept or reject it"
        raise DraftingError(Problem("not-acceptable", Place(str(state.matter.place)), what, hint))
    if how.counter.file is not None:
        return putting.put_file(state, clause, how.counter.file, how)
    wanted = named.to_swap(state.matter, clause, how.counter.alternative).id
    sent = sent_section(basis, clause)
    if sent is not None and sent.alternative == wanted:
        what = f"'{wanted}' is the wording that was sent, so it is no counter"
        raise DraftingError(Problem("not-acceptable", Place(clause), what, "reject the change instead"))
    return putting.put_alternative(state, clause, wanted, how)


def _released(state: State, basis: Basis, clause: str, those: Sequence[str], how: How) -> State:
    """Take out of the contract what earlier answers to changes put in, where another answer takes their place."""
    if how.answer == "counter":
        state, _ = _put(state, basis, clause, those, replace(how, answer="reject"))
    answers = answers_of(state)
    held = [key for key in those if answers.get((basis.number, key)) == "counter"]
    return _back(state, sent_section(basis, clause), held, basis, how)[0] if held else state


def _back(state: State, section: Section | None, before: Iterable[str], basis: Basis, how: How) -> tuple[State, Put]:
    """Put a clause back as it was sent, where its changes had been accepted."""
    counting = {one.change: one for one in state.record if one.round == basis.number}
    entries = [counting[key] for key in before if key in counting]
    was = {name: value for one in entries for name, value in one.was}
    if was:
        state, _ = putting.put_answers(state, tuple(was.items()), how)
    if section is not None and any(one.alternative for one in entries):
        state, _ = putting.put_alternative(state, section.id, section.alternative, how)
    return state, Put()


def taken_back(state: State, record: Sequence[Decision]) -> tuple[State, tuple[Decision, ...]]:
    """Return a matter without the last answer to a change, and the entries that go: all that were put in as one."""
    last = record[-1]
    put = (last.round, last.clause, last.alternative, last.questions)
    count = 1
    while (last.alternative or last.questions) and count < len(record):
        one = record[-1 - count]
        if (one.round, one.clause, one.alternative, one.questions) != put:
            break
        count += 1
    left, gone = tuple(record[:-count]), tuple(record[-count:])
    matter = state.matter
    if last.was:
        matter = changing.answer(
            matter, [(name, value or None) for name, value in last.was], last.on, allowed=True
        ).after
    in_force = draft.draft(matter).selection.in_force
    if last.alternative and in_force.get(last.clause) == last.alternative:
        matter = swapping.undo(matter, last.clause).after.matter
    return replace(state, matter=matter, record=left), gone
