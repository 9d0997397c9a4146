"""Answers changes of a return: accepts, rejects or counters them, and says what that makes of the matter.

One rule: what a section reads is made from what it was when it was sent and from all of its changes that are accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from drafter.asking.answering import changing
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.drafting import draft, swapping
from drafter.drafting.finding import named
from drafter.replying import decisions, merging, theirs
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
from drafter.replying.meaning import Meaning


def decide(state: State, basis: Basis, keys: Sequence[str], how: How) -> State:
    """Answer changes of a return, named by their keys.

    DraftingError where a change can't be put into the contract, or where the policy doesn't allow it;
    RefusedWordingError where it doesn't allow the words of an own wording.
    """
    entry = Decision(basis.number, "", "", how.answer, how.on, because=how.because, reply=how.reply)
    for key in (key for key in keys if key in basis.told.comments):
        said = replace(entry, change=key, section=basis.told.comments[key].section)
        state = replace(state, record=(*state.record, said))
    for clause, those, as_one in _by_clause(basis, keys):
        try:
            state, put = _answered(state, basis, clause, those, how)
        except RefusedWordingError as refused:
            error = refusing.departing(refused.error, basis.told.changes[those[0]], how.answer)
            raise RefusedWordingError(error, refused.name, refused.file) from None
        except DraftingError as error:
            raise refusing.departing(error, basis.told.changes[those[0]], how.answer) from None
        together = as_one if len(as_one) > 1 and (put.alternative or put.questions) else ()
        for key in those:
            section = basis.told.changes[key].section
            one = replace(entry, change=key, section=section, clause=clause, together=together)
            state = replace(state, record=(*state.record, _with(one, put, basis.told.meaning[key])))
    return state


def _by_clause(basis: Basis, keys: Sequence[str]) -> Iterator[tuple[str, list[str], tuple[str, ...]]]:
    """Yield the changes among keys by their clause, with all that are put in as one; none has a clause "" of its own.

    Those of one clause are put in as one, and those of several that are the same answer.
    """
    by_clause: dict[str, list[str]] = {}
    for key in (key for key in keys if key in basis.told.changes):
        change = basis.told.changes[key]
        by_clause.setdefault(change.clauses[0] if len(change.clauses) == 1 else "", []).append(key)
    left = dict(by_clause)
    while left:
        as_one = [next(iter(left))]
        for clause in as_one:  # grows by the clauses that have an answer of one that is in it
            asked = set(_asked(basis, left.pop(clause)))
            as_one += [other for other in left if other not in as_one and asked & set(_asked(basis, left[other]))]
        every = tuple(key for clause in as_one for key in by_clause[clause])
        yield from ((clause, by_clause[clause], every) for clause in as_one)


def _asked(basis: Basis, those: Sequence[str]) -> Iterator[str]:
    """Yield the questions that changes answer."""
    yield from (name for key in those for name, _ in basis.told.meaning[key].answers)


def _with(one: Decision, put: Put, meaning: Meaning) -> Decision:
    """Return an entry with what its change alone put in: of several accepted at once, each its words or its answers."""
    mine = {name for name, _ in meaning.answers} & {name for name, _ in put.questions}
    if one.answer == "accept" and mine:
        questions, was = (tuple(pair for pair in pairs if pair[0] in mine) for pairs in (put.questions, put.was))
        words = put.alternative if putting.is_of_list(meaning) else ""
        return replace(one, alternative=words, questions=questions, was=was)
    if one.answer == "accept" and put.alternative:
        return replace(one, alternative=put.alternative)
    return replace(one, alternative=put.alternative, questions=put.questions, was=put.was)


def _answered(state: State, basis: Basis, clause: str, those: Sequence[str], how: How) -> tuple[State, Put]:
    """Put what is answered to changes of a clause into the contract, in the place of what was answered before."""
    before, answers = state, answers_of(state)
    earlier = ((key, answers.get((basis.number, key))) for key in those)
    leaving = {key: one for key, one in earlier if one is not None and one.answer in ("accept", "counter")}
    of_round = [one for one in state.record if one.round == basis.number]
    stay = accepted(state, basis, clause) if clause else []
    back = Put()
    if was := decisions.values_before(of_round, leaving):
        state, back = putting.put_answers(state, tuple(was.items()), how)
    keys = [key for key in stay if key not in those]
    are_in_words = any(answers[basis.number, key].wording for key in keys)
    of_list = are_in_words and any(putting.is_of_list(basis.told.meaning[key]) for key in leaving)
    words_go = of_list or any(one.wording for one in leaving.values())
    if how.answer == "accept" and not clause:
        state, put = _beside_clauses(state, basis, those, how)
        return state, _since(put, back)
    if how.answer == "accept":
        _stop_at_refused(state, basis, clause, those)
        _stop_at_other_wording(before, basis, clause, those, how)
        every = [key for key in basis.told.changes if key in (*keys, *those)]
        is_counter = any(one.answer == "counter" for one in leaving.values())
        state, put = _rebuilt(state, basis, clause, every, how, goes=words_go and is_counter)
        return state, _since(put, back)
    if words_go and how.answer != "counter":
        _stop_at_other_wording(before, basis, clause, those, how)
    put = Put()
    if words_go and not (how.answer == "counter" and not how.counter.values):
        state, put = _rebuilt(state, basis, clause, keys, how, goes=True)
    if how.answer != "counter":
        return state, replace(back, alternative=put.alternative)
    try:
        state, offered = _countered(state, basis, clause, how)
    except DraftingError as error:
        raise refusing.unanswerable(error, basis.told, those) from None
    return state, _since(replace(offered, alternative=offered.alternative or put.alternative), back)


def _since(put: Put, back: Put) -> Put:
    """Return what was put in, with what each answer was before an earlier one of the same change was put back."""
    before = dict(back.was)
    return replace(put, was=tuple((name, before.get(name, value)) for name, value in put.was))


def _beside_clauses(state: State, basis: Basis, those: Sequence[str], how: How) -> tuple[State, Put]:
    """Put in the answers that changes in no one clause are, as in the caption. DraftingError where one is none."""
    found = {key: basis.told.meaning[key] for key in those}
    other = (key for key, one in found.items() if one.kind != "answer")
    stop_at(refusing.refused(basis.told.changes[key], state.matter) for key in other)
    return putting.put_answers(state, tuple(dict(pair for one in found.values() for pair in one.answers).items()), how)


def _stop_at_refused(state: State, basis: Basis, clause: str, those: Sequence[str]) -> None:
    """Raise DraftingError where changes can't be accepted: by what they are, or beside another return's."""
    changes = basis.told.changes
    beside = accepted_beside(state, basis, clause) if clause else ()
    stop_at(
        refusing.clashing(changes[key], other)
        for key in those
        for other in beside
        if merging.clash(changes[key], other.change)
    )
    is_there = sent_section(basis, clause) is not None
    refused = (key for key in those if not is_there or refusing.is_refused(changes[key], basis.told.meaning[key]))
    stop_at(refusing.refused(changes[key], state.matter) for key in refused)


def _stop_at_other_wording(state: State, basis: Basis, clause: str, those: Sequence[str], how: How) -> None:
    """Raise DraftingError where a section has another wording now than was sent or put in by answers to its changes.

    What is accepted is put into the words that were sent, and what goes leaves those, so a wording that was agreed
    since, as by an answer to a newer return, would be lost without a word. A value stands beside whatever the section
    says now.
    """
    if basis.drafted is None or all(basis.told.meaning[key].kind == "answer" for key in those):
        return
    rounds = {basis.number, *(other.number for other in accepted_beside(state, basis, clause))}
    known = {one.alternative for one in state.record if one.round in rounds and one.clause == clause}
    known.add(basis.drafted.selection.in_force.get(clause, ""))
    choice = draft.draft(state.matter).selection.choices.get(clause)
    if choice is not None and choice.by == "negotiator" and (now := choice.alternative.id) not in known:
        where = basis.told.changes[those[0]]
        raise DraftingError(refusing.worded_since(where, basis.told.of, state.matter, now, how.answer))


def _rebuilt(  # noqa: PLR0913  # what a section is made from
    state: State, basis: Basis, clause: str, keys: Sequence[str], how: How, *, goes: bool
) -> tuple[State, Put]:
    """Put a clause together from what was sent and from its changes that are accepted.

    Where none of them is of its words, and those `goes` that are in it, it gets the wording that was sent.
    """
    section = sent_section(basis, clause)
    beside = accepted_beside(state, basis, clause) if clause else ()
    whole = merging.together([basis.told.changes[key] for key in keys], [other.change for other in beside])
    is_word = [change for change in whole if change.kind != "format" and change.before != change.after]
    if section is None:
        return state, Put()
    target, left = theirs.changed(section, is_word)
    no_place = "has no place in the words that were sent, so it can't be accepted"
    stop_at(refusing.problem(change, f"the change to {change.section} {no_place}") for change in left)
    put = Put()
    if target is None:
        return putting.leave_out(state, basis, is_word, how)
    if is_word:
        state, put = putting.put_changes(state, basis, section, is_word, how)
    if goes and not put.alternative:
        state, back = putting.put_alternative(state, section.id, section.alternative, how)
        put = replace(put, alternative=back.alternative)
    return state, put


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


def taken_back(state: State, record: Sequence[Decision]) -> tuple[State, tuple[Decision, ...]]:
    """Return a matter without the last answer to a change, and the entries that go: all that were put in as one."""
    last = record[-1]
    one_step = takewhile(lambda one: (one.round, one.together) == (last.round, last.together), reversed(record))
    count = len(list(one_step)) if last.together else 1
    left, gone = tuple(record[:-count]), tuple(record[-count:])
    matter = state.matter
    if was := {name: value for one in reversed(gone) for name, value in one.was}:
        typed = [(name, value or None) for name, value in was.items()]
        matter = changing.answer(matter, typed, last.on, allowed=True).after
    for clause in dict.fromkeys(one.clause for one in reversed(gone)):
        now = draft.draft(matter).selection.in_force.get(clause)
        put = next((one.alternative for one in reversed(left) if one.alternative and one.clause == clause), "")
        if now != put and any(one.alternative == now and one.clause == clause for one in gone):
            matter = swapping.undo(matter, clause).after.matter
    return replace(state, matter=matter, record=left), gone
