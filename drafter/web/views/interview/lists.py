"""The lists of the interview: a page for the table, and one for each of its records with all its fields."""

from __future__ import annotations

from dataclasses import replace

from drafter.asking import entries, interview, pages, saving, spoken
from drafter.asking.entries import Entry
from drafter.asking.interview import Interview
from drafter.asking.pages import Move, Page, finding, listing, question
from drafter.base.problems import DraftingError
from drafter.reading.questionnaire import Question
from drafter.reading.sources.source import squeezed
from drafter.values import dataclass
from drafter.web.asked import Asked, GoTo, NotThereError, Reply, Shown
from drafter.web.desk import Desk, Known
from drafter.web.views import beside, wrong
from drafter.web.views.interview import asking, going


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record on its page: how it is asked, what is in it, and what is wrong with that."""

    id: str
    page: Page
    typed: str
    chosen: frozenset[str]
    error: str
    is_date: bool


def table(desk: Desk, asked: Asked, known: Known) -> Reply:
    """Show a list, or add to it, remove from it, or be done with it."""
    name = asked.names["question"]
    made = asking.page_of(desk, asked, known, name)
    if asked.method == "GET":
        return _table(desk, asked, known, made)
    try:
        return _changed(desk, asked, known, made)
    except DraftingError as error:
        return _table(
            desk, asked, known, replace(made, error=wrong.error(desk, asked, error)), status=wrong.status(error)
        )


def _table(desk: Desk, asked: Asked, known: Known, made: Page, status: int = 200) -> Reply:
    name, within = asked.names["question"], going.within(asked.query, known.here)
    rows = [(line.cells, line.move.to) for line in made.lines if line.is_record and line.move is not None]
    back = interview.before(known.here, name)
    given = {
        "page": made,
        "rows": rows,
        "heads": ["", *(field.label for field in known.here.question(name).fields[: listing.MOST_CELLS]), "State"],
        "one": listing.singular(known.here, name),
        "name": name,
        "within": within,
        "back": going.address(asked, back, within=within) if back else asked.at("sections"),
        "next": str(len(rows) + 1),
        "typed": asked.typed("items"),
        "optional": known.here.question(name).optional,
        "last": next((line.cells[0] for line in made.lines if line.move == Move("last")), ""),
    }
    return Shown("list.html", given | dict(beside.page(desk, asked, known)), status)


def _changed(desk: Desk, asked: Asked, known: Known, made: Page) -> Reply:
    """Do what was asked of a list. DraftingError where something doesn't fit."""
    here, name, do = known.here, made.about, asked.typed("do")
    entry, store = entries.of_question(here, name), desk.store(asked.names["matter"])
    was = asked.typed("was") or made.was
    if do == "skip":
        return asking.went(desk, asked, known, asking.skipped(desk, asked, known, entry), name)
    if do == "clear":
        saved = saving.save(store, here, entry, None, was)
        said = "The list was emptied."
    elif do == "last":
        saved = saving.save(store, here, entry, desk.shelf(asked.names["matter"]).last_time.get(name), was)
        said = "last time's list. Check each entry."
    elif do.startswith("remove "):
        number = int(do.removeprefix("remove ")) if do.removeprefix("remove ").isdecimal() else 0
        if not 0 < number <= len(interview.records(here, name)):
            raise NotThereError(do)
        saved = saving.save(store, here, entry, entries.without(here, name, number), was)
        said = f"{squeezed(listing.singular(here, name)).capitalize()} {number} removed."
    elif do == "add":
        items = tuple(squeezed(line) for line in asked.typed("items").splitlines() if line.strip())
        saved = saving.save(store, here, entry, entries.with_items(here, name, items), was)
        said = f"Added: {'; '.join(items)}."
    else:
        return _done(desk, asked, known, entry, was)
    if saved.is_refused:
        return _again(desk, asked, saved.after, name)
    change = asking.answer_saved(desk, asked, saved, entry, entries.written(saved.after, entry), said)
    return asking.went(desk, asked, known, change, name, to=asked.at("ask", name))


def _done(desk: Desk, asked: Asked, known: Known, entry: Entry, was: str) -> Reply:
    """Be done with a list: one that was only a default is saved, and an empty one is skipped."""
    records = interview.records(known.here, entry.name)
    if not records:
        return asking.went(desk, asked, known, asking.skipped(desk, asked, known, entry), entry.name)
    if not interview.is_answered(known.here, entry.name):
        saved = saving.save(desk.store(asked.names["matter"]), known.here, entry, records, was)
        if saved.is_refused:
            return _again(desk, asked, saved.after, entry.name)
        change = asking.answer_saved(desk, asked, saved, entry, records)
        return asking.went(desk, asked, known, change, entry.name)
    return GoTo(going.address(asked, going.after(known.here, entry.name, asked.typed("in")), 0, asked.typed("in")))


def _again(desk: Desk, asked: Asked, after: Interview, name: str) -> Reply:
    """Show a list that was changed elsewhere in the meantime, with nothing saved here."""
    known = desk.went_on(asked.names["matter"], after)
    what = "The list was changed elsewhere in the meantime, and nothing was saved here. This is how it is now."
    return _table(desk, asked, known, replace(finding.page(known.here, name), error=what), status=409)


# -- one record ---------------------------------------------------------------------------------


def record(desk: Desk, asked: Asked, known: Known) -> Reply:
    """Show a record with all its fields, or save them at once."""
    name, number = asked.names["question"], int(asked.names["number"])
    asks = known.library.questionnaire.questions
    if name not in asks or asks[name].type != "records" or not 0 < number <= len(_records(known.here, name)) + 1:
        raise NotThereError(name)
    if asked.method == "GET":
        return _record(desk, asked, known, {})
    return _saved(desk, asked, known)


def _records(here: Interview, name: str) -> tuple[object, ...]:
    return interview.records(here, name)


def _record(  # noqa: PLR0913, PLR0917  # what its page is made of
    desk: Desk, asked: Asked, known: Known, errors: dict[str, str], status: int = 200, why: str = ""
) -> Reply:
    """Return the page of a record; `errors` are by field, and with some what was sent is in the fields."""
    name, number = asked.names["question"], int(asked.names["number"])
    fields = [_field(asked, known.here, name, number, one, errors) for one in _fields(known.here, name, number)]
    one = listing.singular(known.here, name)
    is_new = number > len(interview.records(known.here, name))
    given = {
        "fields": fields,
        "shown": _state(known.here, name, number),
        "one": one,
        "name": name,
        "number": number,
        "within": going.within(asked.query, known.here),
        "was": entries.state(known.here, Entry(known.here.question(name), name)),
        "heading": f"Add {'an' if one[:1].lower() in 'aeiou' else 'a'} {one}"
        if is_new
        else f"{one.capitalize()} {number}",
        "prompt": known.here.question(name).prompt,
        "errors": [(field.id, field.page.prompt, field.error) for field in fields if field.error],
        "why": why,
        "done": interview.done(known.here),
    }
    return Shown("record.html", given | dict(beside.page(desk, asked, known)), status)


def _state(here: Interview, name: str, number: int) -> str:
    """Return what tells whether a record is still the one that was shown; it has no name but its number."""
    first = here.question(name).fields[0].id
    return entries.state(here, entries.of_field(here, name, number, first))


def _fields(here: Interview, name: str, number: int) -> tuple[Question, ...]:
    return interview.fields(here, name, interview.record(here, name, number))


def _field(  # noqa: PLR0913, PLR0917  # what a field is shown by
    asked: Asked, here: Interview, name: str, number: int, of: Question, errors: dict[str, str]
) -> Field:
    """Return a field as the page of its record shows it."""
    field = of.id
    made = finding.page(here, f"{name}[{number}].{field}")
    sent = asked.form.get(f"f.{field}")
    if asked.method == "POST":
        chosen = frozenset(sent or ())
    else:
        moves = [line.move for n, line in enumerate(made.lines) if n in asking.chosen_lines(made)]
        chosen = frozenset(move.to for move in moves if move is not None)
    typed = asked.typed(f"f.{field}") if asked.method == "POST" else made.editable
    return Field(field, made, typed, chosen, errors.get(field, ""), of.type == "date")


def _saved(desk: Desk, asked: Asked, known: Known) -> Reply:
    """Save a record, all its fields at once; where one doesn't fit, nothing is saved, and all are shown again."""
    name, number = asked.names["question"], int(asked.names["number"])
    whole = entries.of_question(known.here, name)
    is_list_changed = asked.typed("was") not in ("", entries.state(known.here, whole))
    if is_list_changed and asked.typed("shown") != _state(known.here, name, number):
        return _elsewhere(desk, asked, known)
    errors = dict[str, str]()
    made, order = known.here, list[str]()
    for _ in range(2):  # an answer may ask for further fields, which were sent too if they were shown
        for one in _fields(made, name, number):
            is_asked = one.id in {field.id for field in _fields(made, name, number)}  # by what was sent before it
            if is_asked and one.id not in order:
                made = _with_field(asked, made, name, number, one.id, errors, order)
    if errors:
        return _record(desk, asked, known, errors, 422)
    if not any(one for here in (known.here, made) for one in interview.records(here, name)[number - 1 : number]):
        return _record(desk, asked, known, {}, 422, "Nothing is filled in. Fill in a field, or go back to the list.")
    left = [one.id for one in _fields(made, name, number) if f"f.{one.id}" not in asked.form]
    saved = saving.save(
        desk.store(asked.names["matter"]), known.here, whole, interview.records(made, name) or None,
        entries.state(known.here, whole),
    )  # fmt: skip
    if saved.is_refused:
        return _elsewhere(desk, asked, desk.went_on(asked.names["matter"], saved.after))
    words = interview.records(saved.after, name)
    change = asking.answer_saved(desk, asked, saved, whole, words, f"{listing.singular(known.here, name)} {number}")
    to = asked.at("ask", name, str(number)) if left and asked.typed("do") != "done" else asked.at("ask", name)
    return asking.went(desk, asked, known, change, name, to=to)


def _elsewhere(desk: Desk, asked: Asked, known: Known) -> Reply:
    """Show a record as it is now, which was changed elsewhere or is another one, with the words typed beside it."""
    if int(asked.names["number"]) > len(interview.records(known.here, asked.names["question"])) + 1:
        return _again(desk, asked, known.here, asked.names["question"])
    typed = [f"“{asked.typed(name)}”" for name in asked.form if name.startswith("f.") and asked.typed(name).strip()]
    what = "The list was changed elsewhere in the meantime, and nothing was saved. This is what stands here now."
    words = f"{what} You had typed or chosen: {', '.join(typed)}." if typed else what
    return _record(desk, replace(asked, method="GET"), known, {}, 409, words)


def _with_field(  # noqa: PLR0913, PLR0917  # what a field is saved by
    asked: Asked, here: Interview, name: str, number: int, field: str, errors: dict[str, str], order: list[str]
) -> Interview:
    """Return an interview with one field of a record as it was sent; what is wrong with it goes to the errors."""
    sent = asked.form.get(f"f.{field}")
    made, entry = finding.page(here, f"{name}[{number}].{field}"), entries.of_field(here, name, number, field)
    order.append(field)
    try:
        if made.kind in ("menu", "marks"):
            lines = [n for n, line in enumerate(made.lines) if line.move is not None and line.move.to in (sent or ())]
            if not lines:
                return entries.answered(here, entry, None) if entries.is_answered(here, entry) else here
            reply = pages.Reply("enter", line=lines[0], marked=frozenset(lines))
        elif not asked.typed(f"f.{field}").strip():
            return entries.answered(here, entry, None) if entries.is_answered(here, entry) else here
        else:
            reply = pages.Reply("enter", text=asked.typed(f"f.{field}"))
        return entries.answered(here, entry, question.answer(here, entry, made, reply)[0])
    except DraftingError as error:
        errors[field] = spoken.error(error)
        return here
