"""Says which choices, swaps and answers of a matter cross to another form of the contract, and which don't."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from drafter.base.problems import Problem
from drafter.drafting.draft import Draft
from drafter.matters.conversions import Moved
from drafter.matters.swaps import Swap
from drafter.reading.library import Library


def alternative(clause: str, wanted: str, before: Library, after: Library) -> str:
    """Return the alternative of a clause in one form that a form after it has in its place; empty where it has none.

    It is the one of the same id, else the one that is said to be for the other, in either of the two forms.
    """
    here, there = before.clauses.get(clause), after.clauses.get(clause)
    if there is None:
        return ""
    if there.alternative(wanted) is not None:
        return wanted
    was = here.alternative(wanted) if here is not None else None
    found = [a.id for a in there.alternatives if wanted in a.for_ or (was is not None and a.id in was.for_)]
    return found[0] if len(found) == 1 else ""


def choices(made: Draft, after: Library) -> Iterator[Moved]:
    """Yield each choice of a matter's answers file that is another in the form of a library, or has no place in it."""
    for clause, wanted in made.answers.chosen.items():
        found = alternative(clause, wanted, made.library, after)
        if found != wanted:
            yield Moved(clause, wanted, found)


def unfit(made: Draft, after: Library) -> Iterator[Problem]:
    """Find the own wordings in a contract that the form of a library can't use: each with what is wrong with it."""
    for clause, wanted in made.answers.chosen.items():
        there = after.clauses.get(clause)
        for problem in there.unfit.get(wanted, ()) if there is not None else ():
            what = (
                f"the matter's own wording of '{clause}' can't be used in the form '{after.form.id}': {problem.message}"
            )
            hint = (
                "write it for that form and take it with 'drafter swap --wording', or choose another wording of the "
                "clause first; with --set-aside the clause gets the library's wording, and this file stays as it is"
            )
            yield Problem("other-form", problem.place, what, hint)


def swaps(made: Draft, after: Library) -> tuple[Swap, ...]:
    """Return the record of a matter's swaps with those that count once more for the form of a library.

    Each says its form, so that those of the one form are there when the matter is converted back.
    """
    form = made.library.form.id
    kept = tuple(swap if swap.form else replace(swap, form=form) for swap in made.matter.swaps)
    last = {swap.clause: swap for swap in kept if swap.form == after.form.id}
    crossed = _crossed(made.swaps, made.library, after)
    return (*kept, *(swap for swap in crossed if last.get(swap.clause) != swap))


def _crossed(counting: Iterable[Swap], before: Library, after: Library) -> Iterator[Swap]:
    for swap in counting:
        now = alternative(swap.clause, swap.after, before, after)
        was = alternative(swap.clause, swap.before, before, after)
        asked = not swap.question or swap.question in after.questionnaire.questions
        if now and asked and (was or not swap.question):
            yield replace(swap, before=was, after=now, form=after.form.id)
