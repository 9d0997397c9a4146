"""Puts what a section reads into the contract: by an alternative, by answers, or by an own wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from drafter.asking.answering import changing
from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem
from drafter.contract import Section, sections
from drafter.drafting import assembly, draft, swapping
from drafter.drafting.selection import Choice
from drafter.matters import filing
from drafter.matters.matter import with_wording
from drafter.reading import own_wordings
from drafter.replying import meaning, theirs, wording
from drafter.replying.deciding import refusing
from drafter.replying.deciding.basis import Basis, How, Put, RefusedWordingError, State
from drafter.replying.meaning import Finder, Meaning
from drafter.replying.valued import values
from drafter.returned.markup import Change


def leave_out(state: State, basis: Basis, changes: Sequence[Change], how: How) -> tuple[State, Put]:
    """Leave a section out by the answer that does so and changes nothing else. DraftingError where there is none."""
    change = next(one for one in changes if one.whole and one.kind == "delete")
    found = values.leaving_out(basis.drafted, change.clauses[0], how.on) if basis.drafted is not None else None
    if found is not None and not found.also:
        return put_answers(state, found.given.typed, how)
    if found is None:
        what = f"{change.section} is deleted, and no answer leaves it out of the contract"
        hint = "reject it, or counter with an alternative or with words of ours that say less (--wording FILE.md)"
        raise DraftingError(replace(refusing.problem(change, what), hint=hint))
    (name, value), *_ = found.given.typed
    what = f"{change.section} is deleted, and the answer that leaves it out changes {english.listing(found.also)} too"
    hint = f"reject it, or counter with that answer if all of this is meant: --value {name}={value}"
    raise DraftingError(replace(refusing.problem(change, what), hint=hint))


def put_changes(state: State, basis: Basis, section: Section, changes: Sequence[Change], how: How) -> tuple[State, Put]:
    """Make a section read as it does with changes: by an alternative, by answers, or by an own wording."""
    target = theirs.changed(section, changes)[0] or section
    finder = Finder(basis.told.markup.changes, basis.sent, basis.drafted, how.on)
    if choice := finder.alternative(target):
        return _put_choice(state, choice, how)
    told = {one.change: one for one in basis.told.meanings if one.kind == "answer"}
    meanings = {id(change): told.get(change.id) or finder.of(change) for change in changes}
    answered = [change for change in changes if meanings[id(change)].kind == "answer"]
    words = [change for change in changes if meanings[id(change)].kind != "answer"]
    put = Put()
    if answered:
        typed = tuple(dict(pair for change in answered for pair in meanings[id(change)].answers).items())
        state, put = put_answers(state, typed, how)
    if not words:
        return state, put
    words += [change for change in answered if is_of_list(meanings[id(change)])]
    target = theirs.changed(section, words)[0] or section
    if choice := finder.alternative(target):
        state, found = _put_choice(state, choice, how)
    else:
        state, found = _own(state, basis, section, target, how)
    return state, replace(put, alternative=found.alternative)


def is_of_list(meaning: Meaning) -> bool:
    """Say whether a change is the answer of a record in a list: a wording has its words, and no field for them."""
    return any("[" in name for name, _ in meaning.answers)


def _put_choice(state: State, choice: Choice, how: How) -> tuple[State, Put]:
    """Put an alternative in, or an own wording that was filed before, whatever it says by now that it meets."""
    if not choice.alternative.is_own:
        return put_alternative(state, choice.clause.id, choice.alternative.id, how)
    name = own_wordings.name_of(choice.clause.id, choice.alternative.id)
    return put_file(state, choice.clause.id, state.matter.place / filing.WORDING / name, how)


def put_alternative(state: State, clause: str, alternative: str, how: How) -> tuple[State, Put]:
    """Put an alternative of a clause in. DraftingError as `swapping.swap`."""
    made = swapping.swap(state.matter, clause, alternative, how.on, how.because, allowed=how.allowed)
    made = swapping.with_public_reason(made, how.for_board)
    return replace(state, matter=made.after.matter), Put(alternative)


def put_answers(state: State, typed: Sequence[tuple[str, str]], how: How) -> tuple[State, Put]:
    """Put answers in, an empty one taken out. DraftingError as `changing.answer`."""
    made = changing.answer(
        state.matter, [(name, value or None) for name, value in typed], how.on, how.because, allowed=how.allowed
    )
    made = changing.with_public_reason(made, how.for_board)
    was = tuple(
        (name, one.was if isinstance(one.was, str) else "") for (name, _), one in zip(typed, made.given, strict=True)
    )
    return replace(state, matter=made.after), Put("", tuple(typed), was)


def _own(state: State, basis: Basis, section: Section, target: Section, how: How) -> tuple[State, Put]:
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


def put_file(state: State, clause: str, file: Path, how: How) -> tuple[State, Put]:
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
    return replace(state, matter=made.after.matter, filed={**state.filed, name: file}), Put(wanted)


def _stop_at_other_words(state: State, basis: Basis, target: Section, file: Path) -> None:
    """Raise DraftingError where a file doesn't read as a section did, with the answers that were sent."""
    name = filing.filed_wording(state.matter.place, target.id, file)
    wanted = own_wordings.alternative_of(name)
    try:
        clause = with_wording(state.matter, name, file).library.clause(target.id)
    except DraftingError:
        raise DraftingError(refusing.unwritable(state.matter)) from None
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
        raise DraftingError(refusing.unwritable(state.matter))
