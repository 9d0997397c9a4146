"""Changes the form of a matter's contract: first what would become of each clause, and with a button for good."""

from __future__ import annotations

from drafter.acts import converting
from drafter.asking.pages import Notice
from drafter.base import english
from drafter.base.problems import DraftingError
from drafter.drafting.converting import conversion
from drafter.drafting.converting.conversion import Converted
from drafter.matters import filing
from drafter.telling import called, converted
from drafter.telling.called import Called
from drafter.telling.rows import Row, from_to
from drafter.values import dataclass
from drafter.web.asked import Asked, GoTo, NotThereError, Reply, Shown
from drafter.web.desk import Desk, Known, Note, Undoable
from drafter.web.views import beside, wrong

UNFIT = "other-form"  # the code of an own wording that the form can't use


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of a clause: its name, what it becomes, its words before and after, and what that concedes."""

    name: str
    becomes: str
    words: str
    concedes: str


def form(desk: Desk, asked: Asked) -> Reply:
    """Show the forms and what another one would change, or change to it."""
    known = desk.read(asked.names["matter"])
    to = asked.typed("to") or asked.query.get("to", "")
    if to and to not in {one.id for one in known.library.forms}:
        raise NotThereError(to)
    if asked.method == "GET":
        return _page(desk, asked, known, to)
    because, aside = asked.typed("because").strip(), asked.typed("aside") == "yes"
    try:
        made = converting.convert(known.place, desk.library, to, desk.today(), because=because, aside=aside)
    except DraftingError as error:
        if wrong.is_held(error):
            raise
        return _page(desk, asked, desk.read(asked.names["matter"]), to, error)
    return _went(desk, asked, known, made)


def _went(desk: Desk, asked: Asked, known: Known, made: Converted) -> Reply:
    """Report a change of form, and keep how it is taken back."""
    matter, old, new = asked.names["matter"], *made.forms

    def undo() -> tuple[Notice, ...]:
        last = filing.converted(known.place)[-1:]
        if last != made.record[-1:]:
            raise DraftingError(wrong.changed_since(matter, "the form was changed again since", "change it by hand"))
        back = converting.undo(known.place, desk.library)
        return tuple(map(beside.noticed, _rows(back)))

    desk.shelf(matter).undoable.append(Undoable(f"the change of form to “{new.label}”", undo, ours=True))
    first = Notice("saved", f"The contract was in the form “{old.label}”, and is in “{new.label}” now.")
    number = desk.note(matter, Note((first, *map(beside.noticed, _rows(made))), ours=True))
    return GoTo(f"{asked.at('form')}?n={number}")


def _page(desk: Desk, asked: Asked, known: Known, to: str, error: DraftingError | None = None) -> Reply:
    """Return the page, with what another form would do where one is named."""
    now, made, aside = known.library.form, None, asked.typed("aside") == "yes"
    if to and to != now.id:
        try:
            made = converting.convert(known.place, desk.library, to, desk.today(), aside=aside, tried=True)
        except DraftingError as found:
            error = error or found
    names = called.by_headings(known.drafted.selection, known.drafted.contract)
    given = {
        "forms": known.library.forms, "now": now, "to": to, "aside": aside,
        "label": next((one.label for one in known.library.forms if one.id == to), ""),
        "rows": _rows(made) if made is not None else (), "lines": _lines(made) if made is not None else (),
        "error": wrong.said(error, names) if error is not None else "",
        "unfit": error is not None and all(one.code == UNFIT for one in error.problems),
        "because": asked.typed("because"), "told": beside.reported(desk, asked),
    }  # fmt: skip
    return Shown("form.html", given, 422 if error is not None and asked.method == "POST" else 200)


def _names(made: Converted) -> Called:
    return called.by_headings(made.before.selection, made.after.contract, made.before.contract)


def _rows(made: Converted) -> tuple[Row, ...]:
    return converted.told(made, _names(made))


def _lines(made: Converted) -> tuple[Line, ...]:
    """Return what becomes of each clause that the change doesn't keep."""
    names = _names(made)
    return tuple(
        Line(names.clause(one.clause), _becomes(made, one), from_to(*one.words), one.concedes)
        for one in made.rows if one.state != "kept"
    )  # fmt: skip


def _becomes(made: Converted, one: conversion.Row) -> str:
    if one.state in {"left out", "added"}:
        return one.state
    libraries = (made.before.library, made.after.library)
    labels = [
        found.label
        for library, name in zip(libraries, one.alternatives, strict=True)
        if name
        and one.clause in library.clauses
        and (found := library.clauses[one.clause].alternative(name)) is not None
    ]
    said = english.listing(list(dict.fromkeys(f"“{label}”" for label in labels)))
    return f"{one.state}: {said}" if labels else one.state
