"""Begins a matter: its name, the form of its contract, and another matter whose answers it takes over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from drafter.acts import beginning, interviewing
from drafter.asking.pages import Notice
from drafter.base import disk
from drafter.base.problems import DraftingError
from drafter.matters import answers, filing
from drafter.reading import opening
from drafter.reading.library import Form, Library
from drafter.web import folder
from drafter.web.asked import Asked, GoTo, Reply, Shown
from drafter.web.desk import Desk, Note
from drafter.web.views import designing, wrong


def new(desk: Desk, asked: Asked) -> Reply:
    """Show the form that begins a matter, or begin it."""
    others = [one.name for one in folder.matters(desk.place)]
    library = opening.load_library(desk.library, None)
    forms, found = library.forms, designing.choices(desk, None, library)
    given = {
        "others": others,
        "forms": forms,
        "name": asked.typed("name"),
        "other": asked.typed("other") or asked.query.get("from", ""),
        "form": asked.typed("form") or ("" if others or not forms else forms[0].id),
        "choices": designing.listed(found),
        "template": asked.typed("template") or designing.FOUND,
        "error": "",
    }
    if asked.method == "GET":
        return Shown("new.html", given)
    try:
        name, note = _begin(desk, asked, others, designing.wanted(asked.typed("template"), found))
    except DraftingError as error:
        return Shown("new.html", given | {"error": wrong.error(desk, asked, error)}, wrong.status(error))
    return GoTo(f"{asked.root}/m/{quote(name)}/?n={desk.note(name, note)}")


def _begin(desk: Desk, asked: Asked, others: list[str], template: Path | None) -> tuple[str, Note]:
    """Begin a matter, and carry over answers of another one; return its name, and what that did."""
    place = folder.new(desk.place, asked.typed("name"))
    other = asked.typed("other") if asked.typed("other") in others else ""
    theirs = _form_of(desk, other) if other else None
    loaded = opening.load_form(desk.library, asked.typed("form") or (theirs.id if theirs else ""))
    beginning.stop_at_unfit(template)
    beginning.begin(place / filing.ANSWERS, loaded, desk.library, template)
    if not other:
        return place.name, Note((Notice("saved", "The matter was begun."),))
    sitting = interviewing.begin(place, loaded, desk.library, other=desk.where(other)).sitting
    desk.shelf(place.name).last_time = sitting.last
    first = Notice("saved", f"The matter was begun with answers of {other}.")
    notices = (first, *_differs(loaded, theirs, other), *sitting.notices)
    return place.name, Note(notices, ours=True, whole=True)


def _form_of(desk: Desk, name: str) -> Form | None:
    """Return the form of the contract of another matter, where this library has forms."""
    path = filing.answers_path(desk.where(name))
    meant = opening.load_library(desk.library, answers.form_of(disk.read_text(path, str(path)))).form
    return meant if meant.id else None


def _differs(loaded: Library, theirs: Form | None, other: str) -> Iterator[Notice]:
    """Say that another matter is in another form of the contract, which asks and says other things."""
    if theirs is not None and theirs.id != loaded.form.id:
        what = f"This contract is in the form “{loaded.form.label}”, that of {other} in the form “{theirs.label}”"
        yield Notice("reminder", f"{what}. What only the other form has is not in this one.")
