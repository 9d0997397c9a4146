"""The interview: a page for each question, with the contract beside it; what is answered is saved at once."""

from __future__ import annotations

from dataclasses import replace

from drafter import contract
from drafter.asking import effects, entries, interview, pages, saving, spoken
from drafter.asking.entries import Entry
from drafter.asking.interview import Interview
from drafter.asking.pages import Move, Notice, Page, finding, overview, question
from drafter.asking.saving import Saved
from drafter.base.problems import DraftingError, Place, Problem
from drafter.matters.editing.answer_lines import Written
from drafter.web.asked import Asked, GoTo, NotThereError, Parts, Reply, Shown
from drafter.web.desk import Desk, Known, Note, Undoable
from drafter.web.rendering import rendered
from drafter.web.views import beside, printed, progress, wrong
from drafter.web.views.interview import going, lists

Change = tuple[Saved, tuple[Notice, ...]]  # what was saved, and what that did


def first(desk: Desk, asked: Asked) -> Reply:
    """Lead to the first question that is open."""
    known = desk.read(asked.names["matter"])
    return GoTo(going.address(asked, interview.still_open(known.here, known.here.asked)))


def ask(desk: Desk, asked: Asked) -> Reply:
    """Ask a question, or save its answer and lead to the next one."""
    known, name = desk.read(asked.names["matter"]), asked.names["question"]
    if name not in known.library.questionnaire.questions:
        raise NotThereError(name)
    if name not in known.here.asked and not interview.is_answered(known.here, name):
        return _not_asked(desk, asked, known, name)
    if known.here.question(name).type == "records":
        return lists.table(desk, asked, known)
    entry = entries.of_question(known.here, name)
    if asked.method == "GET":
        return shown(desk, asked, known, page_of(desk, asked, known, name))
    return _answered(desk, asked, known, entry)


def record(desk: Desk, asked: Asked) -> Reply:
    """Ask for one record of a list, or save it."""
    return lists.record(desk, asked, desk.read(asked.names["matter"]))


def sections(desk: Desk, asked: Asked) -> Reply:
    """Show the sections of the interview, and how far each is."""
    known = desk.read(asked.names["matter"])
    lines = [
        (line.cells, line.move.to, interview.following(known.here, "", line.move.to)[0])
        for line in overview.sections(known.here).lines
        if line.move is not None and line.move.step == "section"
    ]
    return Shown("sections.html", {"lines": lines, "counted": progress.counted(known.here)})


def review(desk: Desk, asked: Asked) -> Reply:
    """Show every answer, what is missing and what is wrong, each with a link to its question."""
    known = desk.read(asked.names["matter"])
    made = overview.review(known.here)
    groups = list[tuple[str, list[tuple[tuple[str, ...], str, str]]]]()
    for line in made.lines:
        if line.is_heading:
            groups.append((line.cells[0], []))
        elif line.move is not None and line.move.step == "go" and groups:
            groups[-1][1].append((line.cells, line.detail, line.move.to))
    given = {"summary": made.prompt, "groups": groups, "counted": progress.counted(known.here, left=False)}
    return Shown("review.html", given | dict(beside.page(desk, asked, known)))


def shown(  # noqa: PLR0913  # what a page is made of
    desk: Desk, asked: Asked, known: Known, made: Page, *, typed: str = "", held: bool = False, status: int = 200
) -> Reply:
    """Return the page of a question; `typed` is what was typed and is not saved, as another program `held` the matter.

    What was chosen is kept as what was typed is.
    """
    given = _given(asked, known, made, typed) | {"held": held}
    if held:
        sent = asked.form.get("answer", ())
        given["lines"] = [(line, to, to in sent) for line, to, _ in given["lines"]]  # type: ignore[attr-defined]
    if asked.in_part:
        main = rendered("question.html", **given, **_common(desk, asked))
        return Parts({"main": main, "error": made.error, "title": _titled(asked, made)}, status)
    return Shown("ask.html", given | dict(beside.page(desk, asked, known)), status)


def page_of(desk: Desk, asked: Asked, known: Known, name: str) -> Page:
    """Return the page of a question, with the answer of the contract that this one was begun with."""
    return finding.page(known.here, name, desk.shelf(asked.names["matter"]).last_time.get(name))


def _common(desk: Desk, asked: Asked) -> dict[str, object]:
    return {"at": asked.at(), "key": desk.keys.form}


def _given(asked: Asked, known: Known, made: Page, typed: str) -> dict[str, object]:
    """Return what the template of a question is given."""
    within = going.within(asked.query, known.here)
    name = made.about.partition("[")[0]
    back = interview.before(known.here, name)
    lines = [
        (line, line.move.to, number in chosen_lines(made))
        for number, line in enumerate(made.lines)
        if line.move is not None
    ]
    return {
        "page": made,
        "lines": lines,
        "typed": typed or (made.editable if made.offer else ""),  # what is asked again is typed again
        "name": name,
        "within": within,
        "back": going.address(asked, back, within=within) if back else asked.at("sections"),
        "asked": known.here.question(name),
    }


def chosen_lines(made: Page) -> frozenset[int]:
    """Return the lines of a page that are chosen as it is shown: those marked, or the one that the answer is."""
    return made.marked if made.kind == "marks" else frozenset([made.cursor])


def _not_asked(desk: Desk, asked: Asked, known: Known, name: str) -> Reply:
    given = {"prompt": known.here.question(name).prompt}
    return Shown("notasked.html", given | dict(beside.page(desk, asked, known)))


# -- saving -------------------------------------------------------------------------------------


def _answered(desk: Desk, asked: Asked, known: Known, entry: Entry) -> Reply:
    """Save what was sent, and go on; where it doesn't fit, ask again with what was typed."""
    made = finding.page(known.here, entry.about, tried=False)
    do, was = asked.typed("do") or "save", asked.typed("was") or made.was
    try:
        if do == "skip":
            return went(desk, asked, known, skipped(desk, asked, known, entry), entry.name)
        if do == "defaults":
            return went(desk, asked, known, defaults(desk, asked, known, entry.name), entry.name, stay=True)
        words = None if do == "clear" else _words(known.here, entry, made, asked)
        saved = saving.save(desk.store(asked.names["matter"]), known.here, entry, words, was)
    except DraftingError as error:
        again = replace(page_of(desk, asked, known, entry.about), was=was, error=wrong.error(desk, asked, error))
        typed, held = asked.typed("answer"), wrong.is_held(error)
        return shown(desk, asked, known, again, typed=typed, held=held, status=wrong.status(error))
    if saved.is_refused:
        return _both(desk, asked, saved, entry, words)
    return went(desk, asked, known, answer_saved(desk, asked, saved, entry, words), entry.name, stay=do == "clear")


def _words(here: Interview, entry: Entry, made: Page, asked: Asked) -> Written:
    """Return the answer that was sent, as the file keeps it. DraftingError where there is none, or it doesn't fit."""
    sent = asked.form.get("answer", ())
    if made.kind in ("menu", "marks"):
        lines = [n for n, line in enumerate(made.lines) if line.move is not None and line.move.to in sent]
        reply = pages.Reply("enter", line=lines[0] if lines else -1, marked=frozenset(lines))
    else:
        reply = pages.Reply("enter", text=asked.typed("answer"))
        if not reply.text.strip() and made.offered:
            what = "The field is empty. Type an answer, or choose “Clear” to take the answer out"
            raise DraftingError(Problem("no-answer", Place(entry.about), what))
    return question.answer(here, entry, made, reply)[0]


def answer_saved(  # noqa: PLR0913, PLR0917  # what an answer is told by
    desk: Desk, asked: Asked, saved: Saved, entry: Entry, words: Written, said: str = ""
) -> Change:
    """Keep how an answer that was saved is taken back, and return what it did."""
    matter, before = asked.names["matter"], entries.written(saved.before, entry)
    was = before if entries.is_answered(saved.before, entry) else None
    state = entries.state(saved.after, entry)

    def undo() -> tuple[Notice, ...]:
        known = desk.read(matter)
        back = saving.save(desk.store(matter), known.here, entry, was, state)
        if back.is_refused:
            what, hint = "the answer was changed again since", "change it by hand"
            raise DraftingError(wrong.changed_since(entry.about, what, hint))
        desk.went_on(matter, back.after)
        return tuple(effects.saved(back.before, back.after, entry, was))[1:]

    if saved.before.text != saved.after.text:
        desk.shelf(matter).undoable.append(Undoable(f"the answer to “{entry.asked.prompt}”", undo))
    return saved, tuple(effects.saved(saved.before, saved.after, entry, words, said))


def skipped(desk: Desk, asked: Asked, known: Known, entry: Entry) -> Change:
    """Leave a question open, and say what the draft shows for it."""
    is_there = entries.is_answered(known.here, entry)

    def skip(now: Interview) -> Interview:
        return now if entries.is_answered(now, entry) else interview.skip(now, entry.name)

    saved = saving.change(desk.store(asked.names["matter"]), known.here, skip)
    left = "The answer is unchanged." if is_there else f"The draft shows the blank [{entry.asked.label}]."
    if entries.written(saved.after, entry) is not None and not is_there:
        left = "The default applies."
    elif entry.asked.optional and not is_there:
        left = "No answer is needed here."
    return saved, (Notice("saved", f"Skipped. {left}"),)


def defaults(desk: Desk, asked: Asked, known: Known, name: str) -> Change:
    """Answer the questions left in a section that have defaults with them."""
    section, taken = interview.section(known.here, name).id, list[str]()
    again = desk.shelf(asked.names["matter"]).last_time

    def take(now: Interview) -> Interview:
        while left := [q for q in interview.defaults_left(now, section) if q not in taken and q not in again]:
            for one in left:
                now = interview.answer(now, one, interview.written(now, one))
            taken.extend(left)
        return now

    saved = saving.change(desk.store(asked.names["matter"]), known.here, take)
    now = saved.after
    said = [f"{now.question(q).prompt} {spoken.said(now.question(q), now.answers.given.get(q))}" for q in taken]
    return saved, (Notice("saved", f"{len(taken)} taken as the questionnaire has them. {'; '.join(said)}"),)


def went(  # noqa: PLR0913  # what a change is reported by
    desk: Desk, asked: Asked, known: Known, change: Change, name: str, *, stay: bool = False, to: str = ""
) -> Reply:
    """Report a change that was saved, and lead on: to the next question, or to the same one again."""
    saved, notices = change
    matter = asked.names["matter"]
    after = desk.went_on(matter, saved.after)
    note = Note((*notices, *effects.elsewhere(known.here, saved.before)), beside.changes(known, after))
    number = desk.note(matter, note)
    within = asked.typed("in")
    then = name if stay and name in after.here.asked else going.after(after.here, name, within)
    address = f"{to}?n={number}" if to else going.address(asked, then, number, within)
    if not asked.in_part or to or not then or after.here.question(then).type == "records":
        return GoTo(address)
    return _parts(desk, asked, known, after, then, note, address)


def _parts(  # noqa: PLR0913, PLR0917  # what is put into the page that is open
    desk: Desk, asked: Asked, known: Known, after: Known, then: str, note: Note, address: str
) -> Reply:
    """Return the next question and the sections that changed, for the page that is open."""
    next_asked = replace(asked, query={"in": asked.typed("in")}, names={**asked.names, "question": then})
    made = page_of(desk, asked, after, then)
    old, new = known.contract, after.contract
    alike = old is not None and new is not None and printed.outline(old) == printed.outline(new)
    main = rendered(
        "question.html", **_given(next_asked, after, made, ""), **_common(desk, asked), told=beside.told(note, after)
    )
    changed = (
        printed.of_sections(new, _otherwise(known, after), asked.at(), beside.choosable(after))
        if alike and new is not None else {}
    )  # fmt: skip
    return Parts(
        {
            "at": address,
            "title": _titled(asked, made),
            "main": main,
            "sections": changed,
            "lit": list(note.sections),
            "contract": "" if alike else str(beside.whole(desk, asked, after)),
            "status": beside.status(note, after),
            **shelf_undo(desk, asked),
        }
    )


def shelf_undo(desk: Desk, asked: Asked) -> dict[str, str]:
    """Return what would be taken back, in words, and by what it is known; empty for nothing."""
    last = desk.shelf(asked.names["matter"]).last
    return {"undo": last.what if last else "", "undoes": str(last.number) if last else ""}


def _otherwise(known: Known, after: Known) -> frozenset[str]:
    """Return the sections that are printed otherwise, if only by a number."""
    if known.contract is None or after.contract is None:
        return frozenset()
    before = {one.id: one for one in contract.sections(known.contract)}
    return frozenset(one.id for one in contract.sections(after.contract) if before.get(one.id) != one)


def _titled(asked: Asked, made: Page) -> str:
    """Return the title of a question's page, as its template has it."""
    return f"{'Error: ' if made.error else ''}{made.prompt} – {asked.names['matter']} – Drafter"


def _both(desk: Desk, asked: Asked, saved: Saved, entry: Entry, words: Written) -> Reply:
    """Ask which answer is meant: the one that was given elsewhere in the meantime, or the one given here."""
    after = desk.went_on(asked.names["matter"], saved.after)
    made = question.both(after.here, entry, words)
    sent = asked.form.get("answer", ())
    lines = [line for line in made.lines if line.move is not None]
    keep = next(line.cells[0] for line in lines if line.move == Move("next"))
    mine = next(line.cells[0] for line in lines if line.move == Move("answer"))
    given: dict[str, object] = {
        "page": made, "keep": keep, "mine": mine, "sent": sent, "within": asked.typed("in"),
        "next": going.address(asked, going.after(after.here, entry.name, asked.typed("in"))),
    }  # fmt: skip
    if asked.in_part:
        main = rendered("both.html", **given, **_common(desk, asked))
        return Parts({"main": main, "title": _titled(asked, replace(made, error="conflict")), "status": made.help}, 409)
    return Shown("conflict.html", given | dict(beside.page(desk, asked, after)), 409)
