"""Says why a change can't be put into the contract, and what can be done instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem, command
from drafter.matters.matter import Matter
from drafter.replying.decisions import Answer
from drafter.replying.kept import Told
from drafter.replying.meaning import Meaning
from drafter.replying.merging import Other
from drafter.returned.markup import Change


def clashing(change: Change, other: Other) -> Problem:
    """Return that a change has other words in a place than a change of another return, which was accepted."""
    what = f"the change to {change.section} clashes with {other.name} of round {other.number}, which was accepted"
    return replace(problem(change, what), hint=f"reject {other.name} of round {other.number} first, or reject this one")


def is_refused(change: Change, meaning: Meaning) -> bool:
    """Say whether the library decides what a change is: another order, another heading, or a section of its own."""
    is_new = change.whole and change.kind == "insert" and meaning.kind == "own wording"
    return change.kind in ("move", "heading") or is_new


def refused(change: Change, matter: Matter) -> Problem:
    """Return why a change can't be put into the contract by a wording of one clause, and what can be done instead."""
    clauses = [one for one in change.clauses if one in matter.library.clauses]
    if len(change.clauses) > 1:
        what = f"the change is in several sections at once: {change.section}"
        steps = " and ".join(command("swap", matter.place, clause, "--wording", "FILE.md") for clause in clauses)
        hint = "reject it" + (f"; to meet them, put words that you agree to into each section: {steps}" * bool(steps))
    elif change.kind == "move" and change.whole:
        what = f"{change.section} is moved, and the library decides the order of the contract"
        hint = "reject it: the section stays in its place, and its words are as they were"
    elif change.kind == "move" and clauses:
        what = f"words of {change.section} are moved, and it is not certain to which place"
        hint = "reject it, or counter with the words of the section in the order that you agree to (--wording FILE.md)"
    elif change.whole and change.kind == "insert":
        what = f"what is new after {change.section} is a section, and the library decides which sections there are"
        steps = command("swap", matter.place, clauses[0], "--wording", "FILE.md") if clauses else "'drafter swap'"
        hint = f"reject it; to meet them, put words that you agree to into a section beside it: {steps}"
    elif change.kind == "heading" and clauses:
        what = f"the heading of {change.section} is the library's, and no wording changes it"
        file = matter.library.clause(clauses[0]).file
        hint = f"reject it; a title in {file} of the library changes the heading in every contract"
    else:
        what = f"no clause of the library says what is changed in {change.section or 'the file'}"
        hint = "reject it; words that you agree to can go into the wording of a section beside it, with 'drafter swap'"
    return replace(problem(change, what), hint=hint)


def worded_since(change: Change, sent: int, matter: Matter, now: str, answer: Answer) -> Problem:
    """Return that a section has another wording `now` than in the round that was `sent` and then changed."""
    what = f"{change.section} has another wording now than it had in round {sent}, in which this change was made"
    clause, *_ = change.clauses
    otherwise = "reject it, or counter" if answer == "accept" else "counter"
    stand = f"{otherwise} with the words that are to stand (--wording FILE.md)"
    hint = f"{stand}; or take '{now}' back first: {command('swap', matter.place, clause, '--undo')}"
    return replace(problem(change, what), hint=hint)


def departing(error: DraftingError, change: Change, answer: Answer) -> DraftingError:
    """Return why the policy doesn't allow an answer to a change, in the change's section; another error as it is."""
    if any(one.code != "deviation" for one in error.problems):
        return error
    anyway = f"{answer} it with --allow-deviation --because REASON"
    otherwise = "reject it, or counter with a wording that meets it" if answer == "accept" else "answer it otherwise"
    return DraftingError(
        *(replace(one, place=_place(change), hint=f"{otherwise}; or {anyway}") for one in error.problems)
    )


def problem(change: Change, what: str) -> Problem:
    """Return that a change can't be accepted, with what can be done instead."""
    hint = "reject it, or counter with an alternative, a value or words of ours (--wording FILE.md)"
    return Problem("not-acceptable", _place(change), what, hint)


def _place(change: Change) -> Place:
    return Place(f"{change.section} {change.heading}".strip())


def unwritable(matter: Matter) -> Problem:
    """Return that no file of a wording can hold some words."""
    what = "a wording can't hold these words as they are, since they would be taken for markup"
    hint = "write them into a file in other words, and counter with it: --wording FILE.md"
    return Problem("unwritable-words", Place(str(matter.place)), what, hint)


_UNNAMED = ("several-questions", "unknown-question")


def unanswerable(error: DraftingError, told: Told, those: Sequence[str]) -> DraftingError:
    """Return why a value can't be offered instead of changes; with the question to name where none is."""
    asked = list(dict.fromkeys(_asked(told, those)))
    if not asked or not any(one.code in _UNNAMED for one in error.problems):
        return error
    named = english.listing([f"'{name}'" for name in asked])
    hint = f"what is changed here is the answer to {named}: --value '{asked[0]}=VALUE'"
    return DraftingError(*(replace(one, hint=hint) if one.code in _UNNAMED else one for one in error.problems))


def _asked(told: Told, those: Sequence[str]) -> Iterable[str]:
    for key in those:
        yield from (name for name, _ in told.meaning[key].answers)
        yield from filter(None, (told.changes[key].question,))
