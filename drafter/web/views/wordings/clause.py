"""The page of one clause: its wordings, best first, what each would do, and the contract redlined with one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from drafter import contract
from drafter.acts import choosing
from drafter.asking import spoken
from drafter.asking.pages import Notice
from drafter.base.problems import DraftingError, Problem
from drafter.comparing import marked, redline
from drafter.drafting import options, swapping
from drafter.drafting.draft import Draft
from drafter.drafting.finding import reasons
from drafter.drafting.options import Option
from drafter.drafting.swapping import Swapped
from drafter.reading.library import Alternative
from drafter.telling import called, offered, swapped
from drafter.telling.called import Called
from drafter.telling.rows import Row
from drafter.values import dataclass
from drafter.web.asked import Asked, GoTo, NotThereError, Reply, Shown
from drafter.web.desk import Desk, Known, Note, Undoable
from drafter.web.views import beside, printed, redlined, wrong

OURS = ("Position", "Concedes")  # the reasons that say what a wording gives away
CHANGED = 409
DEPARTS = "deviation"  # the code of a problem that only leave to depart from policy answers


@dataclass(frozen=True, slots=True)
class Offer:
    """A wording on the page of its clause: whether it is in force, what it would do, and our own side's guidance."""

    id: str
    label: str
    position: str
    in_use: bool
    effect: tuple[Row, ...]
    guidance: str
    needs: tuple[tuple[str, str], ...] = ()  # the questions by whose answers alone it is put in: names and prompts


@dataclass(frozen=True, slots=True)
class Tried:
    """What one wording would do: the redline, what is said of it, and why it can't be put in just so."""

    redline: Markup
    words: int
    rows: tuple[Row, ...]
    refused: str
    departs: bool


def clause(desk: Desk, asked: Asked) -> Reply:
    """Show a clause, and what one of its wordings would do; or put that wording in."""
    known, name = desk.read(asked.names["matter"]), asked.names["clause"]
    if name not in known.library.clauses:
        raise NotThereError(name)
    if asked.method == "GET":
        return page(desk, asked, known, asked.query.get("with", ""))
    wanted = asked.typed("alternative")
    try:
        made = choosing.swap(
            known.place, desk.library, name, wanted, desk.today(), because=asked.typed("because"),
            for_board=asked.typed("for_board"), allowed=asked.typed("allow") == "yes" and _is_said(asked),
            seen=asked.typed("was"),
        )  # fmt: skip
    except DraftingError as error:
        return page(desk, asked, desk.read(asked.names["matter"]), wanted, refused=error)
    return went(desk, asked, known, made)


def _is_said(asked: Asked) -> bool:
    return bool(asked.typed("because").strip())


def status(error: DraftingError) -> int:
    """Return the status of a page that says why a wording was not put in."""
    codes = {one.code for one in error.problems}
    return CHANGED if choosing.CHANGED_SINCE in codes else wrong.status(error)


def went(desk: Desk, asked: Asked, known: Known, made: Swapped) -> Reply:
    """Report a wording that was put in, keep how it is taken back, and lead to the page of its clause."""
    matter, name = asked.names["matter"], made.clause
    title, entry = named(made).clause(name), choosing.recorded(made)

    def undo() -> tuple[Notice, ...]:
        back = choosing.undo(known.place, desk.library, name, only=entry)
        return tuple(notices(back))

    if made.is_new and entry is not None:  # of a wording that is in no contract now no record is kept
        desk.shelf(matter).undoable.append(Undoable(f"the wording of “{title}”", undo, ours=True))
    sections = contract.changed(made.before.contract, made.after.contract)
    number = desk.note(matter, Note(tuple(notices(made)), sections, ours=True))
    return GoTo(f"{asked.at('wordings', name)}?n={number}")


def named(made: Swapped) -> Called:
    """Return what the clauses of both contracts of a swap are called."""
    return called.by_headings(made.after.selection, made.after.contract, made.before.contract)


def notices(made: Swapped) -> Iterator[Notice]:
    """Yield what a swap did, in words."""
    names = named(made)
    title = "".join(one.text for one in swapped.title(made, names))
    yield Notice("saved", f"{title}." if made.is_new else f"{title}: {swapped.unchanged(made, tried=False)}")
    for row in swapped.told(made, (), called=names):
        if row.heading not in ("Changed", "Unchanged"):
            yield beside.noticed(row)


def page(
    desk: Desk, asked: Asked, known: Known, wanted: str, *, refused: DraftingError | None = None
) -> Reply:  # fmt: skip
    """Return the page of a clause, with what one of its wordings would do where one is named."""
    name, made = asked.names["clause"], known.drafted
    found = made.library.clause(name)
    choice = made.selection.choices.get(name)
    if wanted and found.alternative(wanted) is None:
        raise NotThereError(wanted)
    in_use = choice.alternative.id if choice else ""
    would = tried(desk, known, name, wanted) if wanted and wanted != in_use else None
    code = 200 if refused is None else status(refused)
    is_changed = code == CHANGED
    if would is not None and refused is not None and not is_changed:
        departs = all(one.code == DEPARTS for one in refused.problems)
        would = replace(would, refused=_said(refused.problems, made), departs=departs)
    names, why = called.by_headings(made.selection, made.contract), reasons.in_words(made.selection, name)
    given = {
        "name": names.clause(name),
        "clause": name,
        "offers": list(_offers(made, name)),
        "wanted": wanted,
        "tried": would,
        "label": next((one.label for one in found.alternatives if one.id == wanted), ""),
        "was": in_use,
        "changed": _said(refused.problems, made) if refused is not None and (is_changed or would is None) else "",
        "wrong": refused is not None,
        "why": [row for row in why if row[0] not in OURS],
        "our_why": [row for row in why if row[0] in OURS],
        "section": printed.alone(made.contract, name, asked.at()),
        "told": beside.reported(desk, asked),
        "because": asked.typed("because"),
        "for_board": asked.typed("for_board"),
        "missing": refused is not None and asked.typed("allow") == "yes" and not _is_said(asked),
    }
    return Shown("clause.html", given, code)


def _offers(made: Draft, name: str) -> Iterator[Offer]:
    """Yield the wordings of a clause, best first, with what each other one would do."""
    choice = made.selection.choices.get(name)
    now = choice.alternative if choice is not None else None
    others = {one.alternative.id: one for one in options.of_clause(made, name)}
    names = called.by_headings(made.selection, made.contract)
    for one in made.library.clause(name).alternatives:
        option = others.get(one.id)
        needs = _needs(option) if option is not None and option.forbidden else ()
        effect = () if needs else _effect(now, option, names)
        yield Offer(one.id, one.label, one.position, one is now, effect, one.guidance, needs)


def _needs(option: Option) -> tuple[tuple[str, str], ...]:
    """Return the questions whose answers put a wording in that no swap puts in: facts, or several answers."""
    return tuple((question.id, question.prompt) for question, _ in (option.way.together or option.way.answers))


def _effect(now: Alternative | None, option: Option | None, names: Called) -> tuple[Row, ...]:
    if now is None or option is None:
        return ()
    first, *rest = offered.told(now, option, names)
    return replace(first, words=first.words[1:]), *rest  # its position stands beside its name


def tried(desk: Desk, known: Known, name: str, wanted: str) -> Tried:
    """Return what a wording would do; whether the policy allows it is said, and nothing is written."""
    try:
        made = swapping.swap(known.matter, name, wanted, desk.today(), allowed=True)
    except DraftingError as error:
        return Tried(Markup(""), 0, (), _said(error.problems, known.drafted), departs=False)
    departures = tuple(swapping.fresh_departures(made.before, made.after, name))
    found = redline.compare(made.before.contract, made.after.contract)
    refused, told = _said(departures, made.before), swapped.told(made, (), tried=True, called=named(made))
    rows = tuple(row for row in told if row.heading not in ("Would change", "Unchanged"))
    return Tried(redlined.changes(found), marked.marked_words(found), rows, refused, departs=bool(departures))


def _said(problems: tuple[Problem, ...], made: Draft) -> str:
    """Return what is wrong, without the commands of a terminal and its ids."""
    names = called.by_headings(made.selection, made.contract)
    return " ".join(spoken.sentence(names.said(one.message)) for one in problems)
