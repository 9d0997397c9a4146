"""What was changed in a return: all changes in a list, silent ones first; and one change, with every answer to it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from markupsafe import Markup

from drafter.acts import replying
from drafter.acts.replying import Decided, Open
from drafter.asking.pages import Notice
from drafter.base.problems import DraftingError, Place, Problem
from drafter.comparing import preview
from drafter.drafting import draft
from drafter.replying import merging, saying
from drafter.replying.deciding.basis import Counter
from drafter.replying.deciding.choosing import Chosen
from drafter.replying.decisions import Answer
from drafter.returned.markup import Change
from drafter.telling import called, replied
from drafter.telling.called import Called
from drafter.values import dataclass
from drafter.web.asked import Asked, GoTo, NotThereError, Reply, Shown
from drafter.web.desk import Desk, Note, Undoable
from drafter.web.views import beside, redlined, wrong
from drafter.web.views.rounds import naming
from drafter.web.views.wordings.clause import DEPARTS

ANSWERS: tuple[Answer, ...] = ("accept", "reject", "counter", "later", "reply")
TICK = "tick the box below"  # said where the page has it: what was answered departs from policy


@dataclass(frozen=True, slots=True)
class Row:
    """A change in the list: its key and short name, where, what, by whom, what it is, and what was answered."""

    key: str
    name: str
    where: str
    what: str
    by: str
    means: tuple[str, ...]
    answered: str


def changes(desk: Desk, asked: Asked) -> Reply:
    """Show what was changed in a return; or answer all changes of an author, or all that are known in the library."""
    found = _open(desk, asked)
    if asked.method == "GET":
        return _list(desk, asked, found)
    author = asked.typed("author")
    chosen = Chosen(authors=(author,) if author else (), alternatives=not author, number=found.basis.number)
    return _decided(desk, asked, found, chosen, lambda error: _list(desk, asked, found, error))


def _open(desk: Desk, asked: Asked) -> Open:
    """Return the return of a round with what was answered. NotThereError where the round is no return."""
    place, number = desk.where(asked.names["matter"]), int(asked.names["number"])
    try:
        return replying.opened(place, desk.library, number)
    except DraftingError as error:
        if any(one.code in ("unknown-round", "nothing-returned") for one in error.problems):
            raise NotThereError(str(number)) from None
        raise


def _list(desk: Desk, asked: Asked, found: Open, error: str = "") -> Reply:
    told, titles = found.basis.told, _called(found)
    names = told.short
    beside_it = merging.remarks(found.basis.returns, found.basis.number)
    heads = []
    for head, rows in saying.heads(told):
        lines = [
            Row(
                told.names[name], name, saying.where(change), saying.what(change), ", ".join(change.authors),
                (*saying.means(naming.meaning(meaning, titles), names), *beside_it.get(told.names[name], ())),
                _answered(found, told.names[name], titles),
            )
            for name, change, meaning in rows
        ]  # fmt: skip
        heads.append((head, lines))
    comments = [
        (names[key], list(saying.comment(one)), _answered(found, key, titles), key in found.open)
        for key, one in told.comments.items()
    ]
    authors = list(dict.fromkeys(one for change in told.markup.changes for one in change.authors))
    given = {
        "heads": heads, "count": saying.count(told.markup), "left": len(found.left), "of": len(told.changes),
        "rest": list(saying.rest(told.markup)), "authors": authors, "error": error, "round": found.basis.number,
        "party": naming.party(found.basis.party, found.basis.sent),
        "known": any(one.kind in ("alternative", "answer") for one in told.meanings),
        "notes": _remarks(found), "comments": comments,
        "told": beside.reported(desk, asked),
    }  # fmt: skip
    return Shown("changes.html", given, 422 if error else 200)


def _called(found: Open) -> Called:
    """Return what the clauses of a return are called, as they were when it was sent; ids where that isn't known."""
    drafted = found.basis.drafted
    return called.by_headings(drafted.selection, found.basis.sent) if drafted is not None else Called()


def _answered(found: Open, key: str, names: Called) -> str:
    """Say what was answered to a change, and what words of its own meet; nothing where it is open."""
    if key not in found.answered:
        return ""
    said = saying.answered(naming.decision(found.answered[key], names))
    return f"{said} {replied.claims(found, key, typed=False)}".strip()


def _remarks(found: Open) -> tuple[str, ...]:
    told = found.basis.told
    older = saying.older(told)
    return (*(() if told.is_last else (older,)), *((saying.BY_WORDS,) if told.by_words else ()))


# -- one change ---------------------------------------------------------------------------------


def change(desk: Desk, asked: Asked) -> Reply:
    """Show one change, or answer it and lead to the next one that is open."""
    found = _open(desk, asked)
    told = found.basis.told
    name = asked.names["change"]
    key = told.names.get(name) or told.comment_names.get(name, "")
    if not key:
        raise NotThereError(name)
    shown = _comment if key in told.comments else _one
    if asked.method == "GET":
        return shown(desk, asked, found, key)
    chosen = Chosen(names=(key,), number=found.basis.number)
    return _decided(desk, asked, found, chosen, lambda error: shown(desk, asked, found, key, error))


def _comment(desk: Desk, asked: Asked, found: Open, key: str, error: str = "") -> Reply:
    """Show a comment with its thread, and ask for the reply to it."""
    told = found.basis.told
    first, *rest = saying.comment(told.comments[key])
    given = {
        "name": asked.names["change"], "section": told.comments[key].section, "first": first, "rest": rest,
        "answered": _answered(found, key, _called(found)),
        "round": found.basis.number, "error": error, "typed": {"reply": asked.typed("reply")},
        "told": beside.reported(desk, asked),
    }  # fmt: skip
    return Shown("comment.html", given, 422 if error else 200)


def _one(desk: Desk, asked: Asked, found: Open, key: str, error: str = "") -> Reply:
    told = found.basis.told
    names = told.short
    shown, meaning = told.changes[key], told.meaning[key]
    order = list(told.changes)
    at = order.index(key)
    drafted, titles = found.basis.drafted, _called(found)
    clause = drafted.library.clauses.get(meaning.clause) if drafted is not None else None
    given = {
        "name": names[key], "where": saying.where(shown), "marked": shown.marked, "what": saying.what(shown),
        "by": ", ".join(shown.authors), "theirs": _line(shown),
        "means": list(saying.means(naming.meaning(meaning, titles), names)),
        "history": [f"{one.author}, {one.date}: {one.kind} {saying.quoted(one.words)}" for one in shown.history],
        "comments": [line for one in told.markup.comments if one.id in shown.comments for line in saying.comment(one)],
        "others": [(one.id, one.label, one.position) for one in clause.alternatives] if clause is not None else [],
        "clause": meaning.clause, "answered": _answered(found, key, titles),
        "round": found.basis.number, "at_number": at + 1, "of": len(order), "left": len(found.left),
        "earlier": names[order[at - 1]] if at else "", "later": names[order[at + 1]] if at + 1 < len(order) else "",
        "error": error, "departs": TICK in error,
        "typed": {name: asked.typed(name) for name in ("because", "reply", "words")},
        "wanted": asked.typed("answer"), "alternative": asked.typed("alternative"),
        "told": beside.reported(desk, asked),
    }  # fmt: skip
    return Shown("change.html", given, 422 if error else 200)


def _line(shown: Change) -> Markup:
    """Return the whole lines round the words of a change, with what it deletes and inserts."""
    before, after = shown.before, shown.after
    around = shown.line_before or shown.line_after
    if before and before in shown.line_before:
        head, _, tail = shown.line_before.partition(before)
        return _marked(head, before, after, tail)
    if after and after in shown.line_after:
        head, _, tail = shown.line_after.partition(after)
        return _marked(head, before, after, tail)
    return _marked("", before, after, "" if before or after else around)


def _marked(head: str, before: str, after: str, tail: str) -> Markup:
    pieces: list[preview.Piece] = [("kept", head), ("deleted", before), ("inserted", after), ("kept", tail)]
    return redlined.line(preview.merged(pieces))


def _answer(typed: str) -> Answer:
    found = next((one for one in ANSWERS if one == typed), None)
    if found is None:
        raise DraftingError(
            Problem("no-answer", Place("answer"), "choose an answer: accept, reject, counter, or later")
        )
    return found


def _decided(  # what an answer is made of
    desk: Desk, asked: Asked, found: Open, chosen: Chosen, again: Callable[[str], Reply]
) -> Reply:
    """Record an answer to changes, and lead to the next one that is open, silent ones first."""
    place, matter = desk.where(asked.names["matter"]), asked.names["matter"]
    before = desk.read(matter)
    with tempfile.TemporaryDirectory() as scratch:
        try:
            answer = _answer(asked.typed("answer"))
            counter = _counter(asked, found, chosen, Path(scratch)) if answer == "counter" else None
            made = replying.decide(
                place, desk.library, chosen, answer, desk.today(), counter=counter,
                because=asked.typed("because").strip(), reply=asked.typed("reply").strip(), today=desk.today(),
                allowed=asked.typed("allow") == "yes" and bool(asked.typed("because").strip()),
            )  # fmt: skip
        except DraftingError as error:
            if wrong.is_held(error):  # the page of that keeps what was typed
                raise
            return again(wrong.said(DraftingError(*map(_on_page, error.problems)), _called(found)))
    told = found.basis.told
    names = told.short

    def undo(key: str) -> tuple[Notice, ...]:
        if key not in replying.opened(place, desk.library, found.basis.number, drafted=False).answered:
            return (Notice("saved", "It was gone already, together with an answer that was given with it."),)
        replying.undo(place, desk.library, only=(found.basis.number, key))
        return ()

    for key in made.keys:
        what = f"change {names[key]}, {saying.where(told.changes[key])}" if key in told.changes else names[key]
        desk.shelf(matter).undoable.append(Undoable(f"the answer to {what}", partial(undo, key)))
    said = (f"{names[key]}: {line}" for key in made.keys for line in _said(made, key, _called(found)))
    other = draft.new_values(draft.draft(made.before), draft.draft(made.after))
    did = (
        *map(beside.noticed, replied.did(made)),
        *(Notice("reminder", f"{_called(found).problem(one)}.") for one in other),
    )
    note = Note((*_notices(said, len(made.keys)), *did), beside.changes(before, desk.read(matter)), ours=True)
    number = desk.note(matter, note)
    then = next((names[key] for key in (*made.now.left, *made.now.open) if key not in made.keys), "")
    base = asked.at("rounds", str(found.basis.number), "changes")
    return GoTo(f"{base}/{then}?n={number}" if then and len(chosen.names) == 1 else f"{base}?n={number}")


def _said(made: Decided, key: str, names: Called) -> Iterator[str]:
    """Yield what was answered to a change, and where the contract follows what was accepted."""
    yield _answered(made.now, key, names)
    if key in made.now.basis.told.changes and key in made.now.answered and made.now.answered[key].answer == "accept":
        yield from saying.accepted(made.now.basis.told.meaning[key], draft.draft(made.after).contract)


def _on_page(problem: Problem) -> Problem:
    """Return a problem with what to do on this page about words that the policy forbids."""
    hint = f"if it is to be so all the same, {TICK} and give the reason; otherwise reject or counter it"
    return replace(problem, hint=hint) if problem.code == DEPARTS else problem


def _notices(said: Iterator[str], count: int) -> Iterator[Notice]:
    if not count:
        yield Notice("saved", "No open change is of this kind.")
    yield from (Notice("saved", words) for words in said)


def _counter(asked: Asked, found: Open, chosen: Chosen, scratch: Path) -> Counter:
    """Return what is offered instead: another alternative of the library, or own words."""
    words = asked.typed("words").strip()
    if not words and not asked.typed("alternative"):
        what = "nothing is offered: choose a wording of the library, or type own words for the whole clause"
        raise DraftingError(Problem("no-answer", Place("answer"), what))
    if not words:
        return Counter(alternative=asked.typed("alternative"))
    meaning = found.basis.told.meaning[chosen.names[0]]
    path = scratch / f"{meaning.clause or 'wording'}.md"
    path.write_text(f"---\nlabel: Our counter\nsatisfies: []\n---\n\n{words}\n", encoding="utf-8")
    return Counter(file=path)
