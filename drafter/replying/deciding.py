"""Answers changes of a return: accepts, rejects or counters them, and says what that makes of the matter.

One rule: what a section reads is made from what it was when it was sent and from all of its changes that are accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path

from drafter.asking.answering import changing
from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.contract import Contract, Section, sections
from drafter.drafting import assembly, draft, swapping
from drafter.drafting.draft import Draft
from drafter.drafting.finding import named
from drafter.drafting.selection import Choice
from drafter.matters import filing
from drafter.matters.matter import Matter, with_wording
from drafter.reading import own_wordings
from drafter.replying import decisions, meaning, merging, refusing, theirs, wording
from drafter.replying.decisions import Answer, Decision
from drafter.replying.kept import Told
from drafter.replying.meaning import Finder
from drafter.replying.merging import Other
from drafter.replying.valued import values
from drafter.returned.markup import Change
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Basis:
    """What changes are answered from: the number of their round, what was told, and what was sent, also as a draft.

    `returns` are all returns of the matter that could be read, by the numbers of their rounds.
    """

    number: int
    party: str
    told: Told
    sent: Contract
    drafted: Draft | None
    returns: Mapping[int, Told] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counter:
    """What we offer instead: an alternative, a file with our own words, or values of questions."""

    alternative: str = ""
    file: Path | None = None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class How:
    """How changes are answered: what is answered, when, why (for us), what they are told, and what we offer instead.

    `for_board` is a reason that anybody may read. `allowed` is whether the contract may depart from the policy then;
    `scratch` is a folder for own wordings.
    """

    answer: Answer
    on: date
    scratch: Path
    because: str = ""
    reply: str = ""
    for_board: str = ""
    counter: Counter = Counter()
    allowed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A matter while changes are answered: the record, and the text of own wordings to be filed, by their names."""

    matter: Matter
    record: tuple[Decision, ...]
    filed: Mapping[str, Path]


class RefusedWordingError(Exception):
    """The policy refuses a wording, which is kept in a file all the same: its problems, its name and its file."""

    def __init__(self, error: DraftingError, name: str, file: Path) -> None:
        """Hold what refuses the wording, and the wording."""
        super().__init__(name)
        self.error, self.name, self.file = error, name, file


def decide(state: State, basis: Basis, keys: Sequence[str], how: How) -> State:
    """Answer changes of a return, named by their keys.

    DraftingError where a change can't be put into the contract, or where the policy doesn't allow it.
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
        state = _released(state, basis, clause, those, how)
        is_counter = how.answer == "counter"
        state, put = (
            _countered(state, basis, clause, those, how) if is_counter else _put(state, basis, clause, those, how)
        )
        for key in those:
            change = basis.told.changes[key]
            one = replace(
                entry, change=key, section=change.section, clause=clause, alternative=put.alternative,
                questions=put.questions, was=put.was,
            )  # fmt: skip
            state = replace(state, record=(*state.record, one))
    return state


@dataclass(frozen=True, slots=True)
class _Put:
    """What was put into the contract for an answer."""

    alternative: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    was: tuple[tuple[str, str], ...] = ()


def _sent(basis: Basis, clause: str) -> Section | None:
    """Return the section of a clause as it was sent; None where it was not there."""
    return next((one for one in sections(basis.sent) if one.id == clause), None)


def _answers(state: State) -> Mapping[tuple[int, str], Answer]:
    """Return the answers that count, by the round and the key of each change."""
    return {at: one.answer for at, one in decisions.counting(state.record, draft.draft(state.matter)).items()}


def accepted(state: State, basis: Basis, clause: str) -> list[str]:
    """Return the keys of the changes of a clause that count as accepted."""
    answers = _answers(state)
    those = (key for key, change in basis.told.changes.items() if change.clauses == (clause,))
    return [key for key in those if answers.get((basis.number, key)) == "accept"]


def accepted_beside(state: State, basis: Basis, clause: str) -> tuple[Other, ...]:
    """Return the changes of a clause in the other returns of the same round that count as accepted."""
    answers = _answers(state)
    there = merging.others(basis.returns, basis.number) if basis.number in basis.returns else ()
    those = (other for other in there if other.change.clauses == (clause,))
    return tuple(other for other in those if answers.get((other.number, other.key)) == "accept")


def _put(state: State, basis: Basis, clause: str, those: Sequence[str], how: How) -> tuple[State, _Put]:
    """Put what is accepted of a clause into the contract, or take out of it what no longer is."""
    if not clause:
        return _beside_clauses(state, basis, those, how)
    before = accepted(state, basis, clause)
    chosen = set(before) - set(those) | (set(those) if how.answer == "accept" else set())
    if how.answer != "accept" and not set(before) & set(those):
        return state, _Put()
    keys = [key for key in basis.told.changes if key in chosen]
    section = _sent(basis, clause)
    changes = [basis.told.changes[key] for key in keys]
    beside = accepted_beside(state, basis, clause)
    stop_at(
        refusing.clashing(basis.told.changes[key], other)
        for key in (those if how.answer == "accept" else ())
        for other in beside
        if merging.clash(basis.told.changes[key], other.change)
    )
    if section is None:
        stop_at(refusing.refused(basis.told.changes[key], state.matter) for key in those)
        return state, _Put()
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
        return _left_out(state, basis, is_word, how)
    return _reads(state, basis, section, is_word, how)


def _beside_clauses(state: State, basis: Basis, those: Sequence[str], how: How) -> tuple[State, _Put]:
    """Put in the answers that changes in no one clause are, as in the caption. DraftingError where one is none."""
    if how.answer != "accept":
        answers = _answers(state)
        held = [key for key in those if answers.get((basis.number, key)) == "accept"]
        return _back(state, None, held, basis, how)
    found = [basis.told.meaning[key] for key in those]
    stop_at(
        refusing.refused(basis.told.changes[key], state.matter)
        for key, one in zip(those, found, strict=True)
        if one.kind != "answer"
    )
    return _answered(state, tuple(dict(pair for one in found for pair in one.answers).items()), how)


def _left_out(state: State, basis: Basis, changes: Sequence[Change], how: How) -> tuple[State, _Put]:
    """Leave a section out by the answer that does so and changes nothing else. DraftingError where there is none."""
    change = next(one for one in changes if one.whole and one.kind == "delete")
    found = values.leaving_out(basis.drafted, change.clauses[0], how.on) if basis.drafted is not None else None
    if found is not None and not found.also:
        return _answered(state, found.given.typed, how)
    if found is None:
        what = f"{change.section} is deleted, and no answer leaves it out of the contract"
        hint = "reject it, or counter with an alternative or with words of ours that say less (--wording FILE.md)"
        raise DraftingError(replace(refusing.problem(change, what), hint=hint))
    (name, value), *_ = found.given.typed
    what = f"{change.section} is deleted, and the answer that leaves it out changes {english.listing(found.also)} too"
    hint = f"reject it, or counter with that answer if all of this is meant: --value {name}={value}"
    raise DraftingError(replace(refusing.problem(change, what), hint=hint))


def _reads(state: State, basis: Basis, section: Section, changes: Sequence[Change], how: How) -> tuple[State, _Put]:
    """Make a section read as it does with changes: by an alternative, by answers, or by an own wording."""
    target = theirs.changed(section, changes)[0] or section
    finder = Finder(basis.told.markup.changes, basis.sent, basis.drafted, how.on)
    if choice := finder.alternative(target):
        return _swapped(state, section.id, choice.alternative.id, how)
    told = {one.change: one for one in basis.told.meanings if one.kind == "answer"}
    meanings = {id(change): told.get(change.id) or finder.of(change) for change in changes}
    answered = [change for change in changes if meanings[id(change)].kind == "answer"]
    words = [change for change in changes if meanings[id(change)].kind != "answer"]
    put = _Put()
    if answered:
        typed = tuple(dict(pair for change in answered for pair in meanings[id(change)].answers).items())
        state, put = _answered(state, typed, how)
    if not words:
        return state, put
    target = theirs.changed(section, words)[0] or section
    if choice := finder.alternative(target):
        state, found = _swapped(state, section.id, choice.alternative.id, how)
    else:
        state, found = _own(state, basis, section, target, how)
    return state, replace(put, alternative=found.alternative)


def _swapped(state: State, clause: str, alternative: str, how: How) -> tuple[State, _Put]:
    made = swapping.swap(state.matter, clause, alternative, how.on, how.because, allowed=how.allowed)
    made = swapping.with_public_reason(made, how.for_board)
    return replace(state, matter=made.after.matter), _Put(alternative)


def _answered(state: State, typed: Sequence[tuple[str, str]], how: How) -> tuple[State, _Put]:
    made = changing.answer(
        state.matter, [(name, value or None) for name, value in typed], how.on, how.because, allowed=how.allowed
    )
    made = changing.with_public_reason(made, how.for_board)
    held = _held(state) if any(one.was == one.now for one in made.given) else {}
    was = tuple(
        (name, held[name] if one.was == one.now and name in held else one.was if isinstance(one.was, str) else "")
        for (name, _), one in zip(typed, made.given, strict=True)
    )
    return replace(state, matter=made.after), _Put("", tuple(typed), was)


def _held(state: State) -> Mapping[str, str]:
    """Return what the answers that changes put in were before; so that the same answer to another is taken back too."""
    counting = decisions.counting(state.record, draft.draft(state.matter)).values()
    return {name: was for one in counting for name, was in one.was}


def _own(state: State, basis: Basis, section: Section, target: Section, how: How) -> tuple[State, _Put]:
    """Put their words in as a wording of the matter's own."""
    clause = state.matter.library.clause(section.id)
    if others := meaning.referring(draft.draft(state.matter).contract, section, target):
        where = Place(str(state.matter.place))
        what = f"what is deleted is referred to in {english.listing(others)}"
        hint = "take the reference out there first, by a change that you accept or with 'drafter swap'; or reject it"
        raise DraftingError(Problem("not-acceptable", where, what, hint))
    said = wording.text(
        target, f"Round {basis.number}, from {basis.party}", basis.drafted, clause.alternative(section.alternative)
    )
    file = how.scratch / f"{section.id}.{len(state.filed)}.md"
    file.write_text(said, "utf-8")
    _stop_at_other_words(state, basis, target, file)
    return put_file(state, section.id, file, how)


def put_file(state: State, clause: str, file: Path, how: How) -> tuple[State, _Put]:
    """Put a file in as an own wording of a clause. RefusedWordingError where the policy doesn't allow it."""
    name = filing.filed_wording(state.matter.place, clause, file)
    wanted = own_wordings.alternative_of(name)
    matter = with_wording(state.matter, name, file)
    try:
        made = swapping.swap(matter, clause, wanted, how.on, how.because, allowed=how.allowed)
    except DraftingError as error:
        if all(problem.code == "deviation" for problem in error.problems):
            raise RefusedWordingError(error, name, file) from None
        raise
    made = swapping.with_public_reason(made, how.for_board)
    return replace(state, matter=made.after.matter, filed={**state.filed, name: file}), _Put(wanted)


def _stop_at_other_words(state: State, basis: Basis, target: Section, file: Path) -> None:
    """Raise DraftingError where a file doesn't read as a section did, with the answers that were sent."""
    name = filing.filed_wording(state.matter.place, target.id, file)
    wanted = own_wordings.alternative_of(name)
    try:
        clause = with_wording(state.matter, name, file).library.clause(target.id)
    except DraftingError:
        raise DraftingError(_unwritable(state.matter)) from None
    alternative = clause.alternative(wanted)
    if basis.drafted is None or alternative is None:
        return
    selected = basis.drafted.selection
    now = draft.draft(state.matter).selection.choices
    own = {name: choice for name, choice in now.items() if choice.alternative.is_own}  # may refer to less
    choices = {**selected.choices, **own, clause.id: Choice(clause, alternative, "negotiator")}
    made = assembly.assemble(replace(selected, choices=choices))
    section = next((one for one in sections(made) if one.id == target.id), None)
    if section is None or theirs.said(section) != theirs.said(target):
        raise DraftingError(_unwritable(state.matter))


def _unwritable(matter: Matter) -> Problem:
    what = "a wording can't hold these words as they are, since they would be taken for markup"
    hint = "write them into a file in other words, and counter with it: --wording FILE.md"
    return Problem("unwritable-words", Place(str(matter.place)), what, hint)


def _countered(state: State, basis: Basis, clause: str, those: Sequence[str], how: How) -> tuple[State, _Put]:
    """Put what we offer instead into the contract. DraftingError where it is what was sent, or answers no clause."""
    if how.counter.values:
        try:
            return _answered(state, how.counter.values, how)
        except DraftingError as error:
            raise refusing.unanswerable(error, basis.told, those) from None
    if not clause:
        what, hint = "this change is in no one clause, so no wording of a clause answers it", "accept or reject it"
        raise DraftingError(Problem("not-acceptable", Place(str(state.matter.place)), what, hint))
    if how.counter.file is not None:
        return put_file(state, clause, how.counter.file, how)
    wanted = named.to_swap(state.matter, clause, how.counter.alternative).id
    sent = _sent(basis, clause)
    if sent is not None and sent.alternative == wanted:
        what = f"'{wanted}' is the wording that was sent, so it is no counter"
        raise DraftingError(Problem("not-acceptable", Place(clause), what, "reject the change instead"))
    return _swapped(state, clause, wanted, how)


def _released(state: State, basis: Basis, clause: str, those: Sequence[str], how: How) -> State:
    """Take out of the contract what earlier answers to changes put in, where another answer takes their place."""
    if how.answer == "counter":
        state, _ = _put(state, basis, clause, those, replace(how, answer="reject"))
    answers = _answers(state)
    held = [key for key in those if answers.get((basis.number, key)) == "counter"]
    return _back(state, _sent(basis, clause), held, basis, how)[0] if held else state


def _back(state: State, section: Section | None, before: Iterable[str], basis: Basis, how: How) -> tuple[State, _Put]:
    """Put a clause back as it was sent, where its changes had been accepted."""
    counting = {one.change: one for one in state.record if one.round == basis.number}
    entries = [counting[key] for key in before if key in counting]
    was = {name: value for one in entries for name, value in one.was}
    if was:
        state, _ = _answered(state, tuple(was.items()), how)
    if section is not None and any(one.alternative for one in entries):
        state, _ = _swapped(state, section.id, section.alternative, how)
    return state, _Put()


def taken_back(state: State, record: Sequence[Decision]) -> tuple[State, tuple[Decision, ...]]:
    """Return a matter without the last answer to a change, and the entries that go: all that were put in as one."""
    last = record[-1]
    put = _as_put(last)
    count = 1
    while (last.alternative or last.questions) and count < len(record) and _as_put(record[-1 - count]) == put:
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


def _as_put(one: Decision) -> tuple[object, ...]:
    """Return what tells whether two entries were put in as one: an answer may be printed by several clauses."""
    return one.round, one.clause if one.alternative else "", one.alternative, one.questions, one.was
