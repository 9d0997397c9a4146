"""Finds what is unread in any form of a library's contract: each reading once, with what changed in which form.

One rule: what was read is read in every form, so a reading holds where it holds in each form that has the wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from drafter.base import english
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.reviewing import review
from drafter.reading.reviewing.marks import Texts
from drafter.reading.reviewing.review import Change, Unread, UnreadAlone

U = TypeVar("U", Unread, UnreadAlone)


def unread(libraries: Sequence[Library]) -> tuple[Unread, ...]:
    """Return what nobody has read, as it is now in each of some forms, against requirements."""
    found = {one.form.id: {(u.requirement.id, u.wording): u for u in review.unread(one)} for one in libraries}
    having = {one.form.id: {(r.id, name) for r, name in review.every(one)} for one in libraries}
    return _merged(found, having)


def unread_alone(libraries: Sequence[Library]) -> tuple[UnreadAlone, ...]:
    """Return what nobody has read by itself, as it is now in each of some forms."""
    found = {one.form.id: {("", u.wording): u for u in review.unread_alone(one)} for one in libraries}
    having = {one.form.id: {("", name) for name in review.every_alone(one)} for one in libraries}
    return _merged(found, having)


def wording(libraries: Iterable[Library], clause: str, alternative: str) -> tuple[Clause, Alternative] | None:
    """Return a wording with its clause, from the first form that has it; None where none has."""
    placed = (
        (one.clauses[clause], one.clauses[clause].alternative(alternative))
        for one in libraries
        if clause in one.clauses
    )
    return next(((home, found) for home, found in placed if found is not None), None)


def texts_of_file(libraries: Iterable[Library], name: str) -> Iterable[tuple[str, Texts]]:
    """Yield what reading a file rests on with the form's label, once for forms in which it is the same."""
    found: dict[str, Texts] = {}
    for one in libraries:
        texts = review.texts_of_file(one, name)
        if texts not in found.values():
            found[one.form.label] = texts
    return found.items()


def _merged(
    found: Mapping[str, Mapping[tuple[str, str], U]], having: Mapping[str, set[tuple[str, str]]]
) -> tuple[U, ...]:
    """Return each unread reading once, in the order of the forms; a change that not every form has says which do."""
    made: dict[tuple[str, str], U] = {}
    for key, one in ((key, one) for those in found.values() for key, one in those.items()):
        if key not in made:
            forms = [form for form, known in having.items() if key in known]
            made[key] = replace(one, changes=tuple(_changes({form: found[form].get(key) for form in forms})))
    return tuple(made.values())


def _changes(by_form: Mapping[str, Unread | UnreadAlone | None]) -> Iterable[Change]:
    forms: dict[Change, list[str]] = {}
    for form, one in by_form.items():
        for change in one.changes if one is not None else ():
            forms.setdefault(change, []).append(form)
    for change, those in forms.items():
        named = english.listing([f"'{form}'" for form in those])
        yield change if len(those) == len(by_form) else replace(change, what=f"{change.what}, in the form {named}")
