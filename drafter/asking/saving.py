"""Saves what an interview takes: the answers are read again and written while they are locked, and at no other time.

One rule: what others changed in the meantime is kept, and an answer is never written over one that was not shown.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from drafter.asking import entries, interview
from drafter.asking.entries import Entry
from drafter.asking.interview import Interview
from drafter.base.problems import DraftingError, Place, Problem
from drafter.matters.editing.answer_lines import Written
from drafter.reading.library import Library
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Store:
    """Where the answers are kept: how their text is read, and how a changed one is saved, whole or not at all.

    `held` locks them, and `library` returns the library for a text that somebody else changed, who may have chosen a
    wording that is new, or another form of the contract.
    """

    read: Callable[[], str]
    write: Callable[[str], None]
    held: Callable[[], AbstractContextManager[object]] = nullcontext
    library: Callable[[str], Library] | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """An interview as it was read again, with what others changed, and as it is saved now.

    `is_refused` says that nothing was saved, since the file has another answer by now than the one that was shown.
    """

    before: Interview
    after: Interview
    is_refused: bool = False


def save(store: Store, here: Interview, entry: Entry, words: Written, was: str) -> Saved:
    """Save an answer, or with None clear it; `was` is the state of the answer that was shown, as of `entries.state`.

    DraftingError if the answer does not fit, or it can't be saved.
    """
    refused = False

    def answered(now: Interview) -> Interview:
        nonlocal refused
        refused = entries.state(now, entry) != was and entries.written(now, entry) != words
        return now if refused else entries.answered(now, entry, words)

    saved = change(store, here, answered)
    return replace(saved, is_refused=refused)


def change(store: Store, here: Interview, make: Callable[[Interview], Interview]) -> Saved:
    """Save what `make` makes of an interview as the file has it now. DraftingError if it can't be read or saved."""
    with store.held():
        now = again(store, here)
        made = make(now)
        if made.text != now.text:
            store.write(made.text)
    return Saved(now, made)


def again(store: Store, here: Interview) -> Interview:
    """Return an interview as the file has it now.

    DraftingError if the file can't be read any more, or the form of the contract was changed.
    """
    text, path = store.read(), here.answers.path
    if text == here.text:
        return here
    try:
        library = store.library(text) if store.library else here.library
        if library.form.id == here.library.form.id:
            return interview.begin(library, text, path)
    except DraftingError as error:
        what = "the answers were changed elsewhere in the meantime, and can't be read now"
        raise DraftingError(*(replace(p, message=f"{what}: {p.place}: {p.message}") for p in error.problems)) from None
    what = f"the contract was changed to the form '{library.form.id}' elsewhere in the meantime"
    hint = "nothing more can be saved here; leave, and begin again: every answer that was saved is kept"
    raise DraftingError(Problem("other-form", Place(path), what, hint))
