"""An interview to pages: what is shown, what may be replied, and what a reply does. A terminal or a web page is a door.

One rule: whatever a page takes is saved before the next page is shown.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from drafter.asking import interview, telling
from drafter.asking.interview import Interview
from drafter.asking.pages import ALWAYS, Command, Line, Move, Notice, Page, Reply, Store, Tone
from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem
from drafter.base.yaml_tree import Mapping as Tree
from drafter.language import Record, Value
from drafter.matters.editing.answer_lines import Written
from drafter.reading.library import Library
from drafter.reading.questionnaire import Question, QuestionSection

MOST_CELLS = 3  # fields of a record in its table
Talk = Generator[Page, Reply, Move]


@dataclass(frozen=True, slots=True)
class _Spot:
    """One thing to answer: a question, or a field of a record; how it stands, and how it is saved."""

    name: str
    question: Question
    title: str
    standing: Written
    by_default: bool
    save: Callable[[Written], None]
    last: Written = None


@dataclass(slots=True)
class Dialogue:
    """The talk with one attorney: where it stands and what is still to be told. It lives as long as the talk."""

    here: Interview
    store: Store
    section: str = ""
    only_missing: bool = False
    last: Mapping[str, Written] = field(default_factory=dict)  # last year's answers, which are asked again
    notices: tuple[Notice, ...] = ()
    within: str = ""  # the section that is gone through, answered questions included

    # -- the way through ------------------------------------------------------------------------

    def talk(self) -> Generator[Page, Reply, Command]:
        """Go through the questions to the review, page by page; end with "draft" or "leave"."""
        self.within = self.section
        name = self._next("")
        while True:
            move = yield from self._ask(name) if name else self._review()
            match move.command:
                case "draft" | "leave":
                    return move.command
                case "next":
                    name = self._next(name)
                case "back":
                    name = self._back(name)
                case "jump":
                    jumped = yield from self._sections(name)
                    if jumped.command == "leave":
                        return "leave"
                    name = jumped.to
                case "review":
                    name = ""
                case _:
                    name = move.to

    def _next(self, name: str) -> str:
        """Return the question to ask after one, empty where the review comes."""
        rest = interview.following(self.here, name, self.section)
        if self.only_missing:
            return next((q for q in rest if interview.blanks(self.here, q)), "")
        if self.within and rest and interview.section(self.here, rest[0]).id == self.within:
            return rest[0]
        if name:
            self.within = ""
        return next((q for q in rest if not interview.is_answered(self.here, q)), "")

    def _back(self, name: str) -> str:
        if not name:
            rest = interview.following(self.here, "", self.section)
            return rest[-1] if rest else ""
        earlier = interview.before(self.here, name, self.section)
        if not earlier:
            self._tell("saved", "This is the first question.")
        return earlier or name

    def _ask(self, name: str) -> Talk:
        if self.here.question(name).type == "records":
            return (yield from self._records(name))
        return (yield from self._entry(self._spot(name)))

    def _tell(self, tone: Tone, text: str) -> None:
        self.notices = (*self.notices, Notice(tone, text))

    def _told(self) -> tuple[Notice, ...]:
        """Return what is to be told, once."""
        told, self.notices = self.notices, ()
        return told

    # -- saving ---------------------------------------------------------------------------------

    def _save(self, name: str, words: Written, said: str = "") -> None:
        """Save an answer, and keep what there is to tell of it. DraftingError where it can't be."""
        text = self.store.read()
        if text != self.here.text:
            self.here = interview.begin(self.here.library, text, self.here.answers.path)
            self._tell("saved", "The answers file was changed elsewhere meanwhile; those changes are kept.")
        old, self.here = self.here, self._kept(name, words)
        self._tell("saved", f"Saved: {said}" if said or words is not None else "The answer is taken out.")
        self.notices = (*self.notices, *telling.told(self.here, interview.change(old, self.here, name)))

    def _kept(self, name: str, words: Written) -> Interview:
        new = interview.answer(self.here, name, words)
        if new.text != self.here.text:
            self.store.write(new.text)
        return new

    # -- one question ---------------------------------------------------------------------------

    def _spot(self, name: str) -> _Spot:
        question = self.here.question(name)
        at = interview.progress(self.here, name)

        def save(words: Written) -> None:
            self._save(name, words, telling.said(question, words))

        given = interview.is_answered(self.here, name)
        standing = interview.written(self.here, name)
        title = f"{at.section.title}, {at.place} of {at.of}"
        return _Spot(name, question, title, standing, not given, save, self.last.get(name))

    def _entry(self, spot: _Spot) -> Talk:
        """Ask for one answer until there is a fitting one, or another way to go."""
        page = self._entry_page(spot)
        while True:
            reply = yield page
            if reply.command in ("back", "jump", "review", "leave"):
                return Move(reply.command)
            try:
                if reply.command == "clear":
                    spot.save(None)
                    return Move("go", spot.name)
                if reply.command == "skip":
                    self._skipped(spot)
                    return Move("next")
                words, value = _taken(spot, page, reply)
                typed_date = spot.question.type == "date" and bool(reply.text)
                if typed_date and not (page.readback and reply.text == page.typed):
                    read = interview.in_words(spot.question, value)
                    page = replace(page, typed=reply.text, readback=read, error="", notices=())
                    continue
                if spot.by_default or words != spot.standing:
                    spot.save(words)
                return Move("next")
            except DraftingError as error:
                page = replace(page, typed=reply.text, error=telling.trouble(self.here, error), readback="", notices=())

    def _skipped(self, spot: _Spot) -> None:
        left = f"The draft shows the blank [{spot.question.label}]."
        if spot.standing is not None:
            left = "The default applies." if spot.by_default else "The answer stays as it was."
        elif spot.question.optional:
            left = "No answer is owed here."
        self._tell("saved", f"Skipped. {left}")

    def _entry_page(self, spot: _Spot) -> Page:
        question = spot.question
        at = interview.progress(self.here, spot.name.partition("[")[0])
        offer, editable = telling.said(question, spot.standing), telling.in_field(spot.standing)
        offered = "the default" if spot.by_default else "your answer"
        if spot.by_default and spot.last is not None:
            editable = telling.in_field(spot.last)
        page = Page(
            about=spot.name,
            kind="lines" if question.type in ("paragraph", "address") else "text",
            title=spot.title,
            progress=f"{at.answered} of {at.asked} answered",
            done=(at.answered, at.asked),
            prompt=question.prompt,
            help=" ".join(filter(None, (telling.flat(question.help), self._last_words(spot)))),
            notices=self._told(),
            offer=offer,
            offered=offered if offer else "",
            editable=editable,
            reasons=interview.reasons(self.here.library, question, spot.name.partition("[")[0]),
            commands=(*ALWAYS, "clear") if not spot.by_default else ALWAYS,
        )
        if question.type in ("choice", "choices", "yes-no"):
            return self._options(page, spot)
        return page

    def _last_words(self, spot: _Spot) -> str:
        said = telling.said(spot.question, spot.last) if spot.by_default and spot.last is not None else ""
        return f"Last time: {said}. It is asked again because it is seldom the same." if said else ""

    def _options(self, page: Page, spot: _Spot) -> Page:
        values = telling.values(spot.question)
        standing = spot.standing if isinstance(spot.standing, tuple) else (spot.standing,)
        spoken = [telling.spoken(words) for words in standing if isinstance(words, str)]
        chosen = [n for n, value in enumerate(values) if value in spoken]
        lines = tuple(
            Line((label,), detail, self._selects(spot, value) if spot.question.type != "choices" else "")
            for value, label, detail in telling.options(spot.question)
        )
        kind: Literal["menu", "marks"] = "marks" if spot.question.type == "choices" else "menu"
        marked = frozenset(chosen) if kind == "marks" else frozenset()
        return replace(page, kind=kind, lines=lines, cursor=chosen[0] if chosen else -1, marked=marked)

    def _selects(self, spot: _Spot, value: str) -> str:
        """Say which alternatives an option would select, for a question that decides clauses."""
        if "[" in spot.name or not interview.decided_by(self.here.library, spot.name):
            return ""
        read: Value = {"yes": True, "no": False}[value] if spot.question.type == "yes-no" else value
        there = interview.tried(self.here, spot.name, read)
        decided = [d for d in interview.change(self.here, there, spot.name).decided if d.after or d.is_new]
        told = [f"“{d.clause.title}”: {telling.selected(d.after)}" for d in decided[: telling.MOST_TOLD]]
        return "\n".join([*told, *telling.more(len(decided) - telling.MOST_TOLD, "clause")])

    # -- lists of records -----------------------------------------------------------------------

    def _records(self, name: str) -> Talk:
        """Show a list as a table; add, edit and remove, until it is done."""
        error = ""
        while True:
            page = self._table(name, error)
            error, count, last = "", len(self._listed(name)), len(page.lines) - 1
            reply = yield page
            if reply.command in ("back", "jump", "review", "leave"):
                return Move(reply.command)
            if reply.command == "enter" and reply.line < 0:  # nothing is chosen
                continue
            try:
                move = Move("next")
                if reply.command == "remove":
                    move = yield from self._remove(name, reply.line)
                elif reply.command == "add" or (reply.command == "enter" and reply.line == count):
                    move = yield from self._record(name, count)
                elif reply.command == "enter" and reply.line < count:
                    move = yield from self._record_menu(name, reply.line)
                elif reply.command == "enter" and reply.line < last:
                    self._save(name, self.last[name], "last time's list. Go through each entry.")
                else:
                    return self._list_done(name, skipped=reply.command == "skip")
                if move.command != "next":
                    return move
            except DraftingError as problem:
                error = telling.trouble(self.here, problem)

    def _listed(self, name: str) -> tuple[Mapping[str, str], ...]:
        words = interview.written(self.here, name)
        return tuple(item for item in words if isinstance(item, Mapping)) if isinstance(words, tuple) else ()

    def _record_at(self, name: str, place: int) -> Record:
        records = self.here.values.get(name)
        found = records[place] if isinstance(records, tuple) and place < len(records) else None
        return found if isinstance(found, Record) else Record({}, f"{name}[{place + 1}]")

    def _list_done(self, name: str, *, skipped: bool) -> Move:
        question, listed = self.here.question(name), self._listed(name)
        if not listed:
            self._tell("saved", f"Left open. The draft shows the blank [{question.label}].")
        elif not interview.is_answered(self.here, name) and not skipped:
            self._save(name, listed, telling.said(question, listed))
        missing = interview.blanks(self.here, name)
        if listed and missing:
            self._tell("reminder", f"{english.counted(missing, 'blank')} left in this list; the draft shows them.")
        return Move("next")

    def _table(self, name: str, error: str) -> Page:
        question = self.here.question(name)
        page = self._entry_page(self._spot(name))
        one = question.singular or "entry"
        count = len(self._listed(name))
        lines = [Line(tuple(self._cells(name, n))) for n in range(count)]
        lines.append(Line((f"Add {'another' if count else 'a'} {one}" if count else f"Add the first {one}",)))
        if self.last.get(name) and not interview.is_answered(self.here, name):
            lines.append(Line((f"Take last time's list ({telling.said(question, self.last[name])}) and change it",)))
        lines.append(Line(("Done" if count else "Leave it open",)))
        commands: tuple[Command, ...] = (*ALWAYS, "add", *(("remove",) if count else ()))
        page = replace(page, kind="menu", error=error, offer="", offered="", commands=commands)
        return replace(page, lines=tuple(lines), cursor=len(lines) - 1 if count else 0)

    def _cells(self, name: str, place: int) -> Iterator[str]:
        question, record = self.here.question(name), self._record_at(name, place)
        missing = interview.record_blanks(self.here, name, record)
        yield f"{place + 1}"
        for entry in question.fields[:MOST_CELLS]:
            value = record.values.get(entry.id)
            yield "[blank]" if entry.id in missing else telling.brief(entry, value)
        yield english.counted(len(missing), "blank") if missing else "complete"

    def _remove(self, name: str, place: int) -> Talk:
        """Take a record out, once it is sure that this is meant."""
        question, listed = self.here.question(name), self._listed(name)
        if not 0 <= place < len(listed):
            return Move("next")
        one = question.singular or "entry"
        what = telling.short(", ".join(filter(None, listed[place].values())), 200)
        lines = (Line((f"Keep the {one}",)), Line((f"Remove the {one}",)))
        page = replace(self._entry_page(self._spot(name)), kind="menu", prompt=f"Remove {one} {place + 1}?", help=what)
        reply = yield replace(page, lines=lines, offer="", reasons=(), commands=("back", "leave"))
        if reply.command == "enter" and reply.line == 1:
            kept = [item for n, item in enumerate(listed) if n != place]
            self._save(name, _filled_up(question, kept), f"{one} {place + 1} is removed.")
        return Move("leave" if reply.command == "leave" else "next")

    def _record(self, name: str, place: int) -> Talk:
        """Ask for the fields of a record one by one, but for those that it has already."""
        listed, at = self._listed(name), ""
        known = frozenset(listed[place]) if place < len(listed) else frozenset()
        while True:
            asked = [f.id for f in interview.fields(self.here, name, self._record_at(name, place)) if f.id not in known]
            rest = asked[asked.index(at) + 1 :] if at in asked else asked
            if not rest:
                return Move("next")
            at = rest[0]
            move = yield from self._field(name, place, at)
            place_of = asked.index(at)
            if move.command == "back" and not place_of:
                return Move("next")
            if move.command in ("back", "go"):
                again = place_of - (2 if move.command == "back" else 1)
                at = asked[again] if again >= 0 else ""
            elif move.command != "next":
                return move

    def _record_menu(self, name: str, place: int) -> Talk:
        """Show one record, field by field, to change any of them."""
        while True:
            record = self._record_at(name, place)
            asked, missing = interview.fields(self.here, name, record), interview.record_blanks(self.here, name, record)
            reply = yield self._record_page(name, place, asked, missing)
            chosen = reply.line - bool(missing)
            if reply.command in ("jump", "review", "leave"):
                return Move(reply.command)
            if reply.command == "enter" and reply.line < 0:
                continue
            if reply.command != "enter" or chosen >= len(asked):
                return Move("next")
            move = yield from self._field(name, place, asked[chosen].id) if chosen >= 0 else self._record(name, place)
            if move.command in ("jump", "review", "leave"):
                return move

    def _record_page(self, name: str, place: int, asked: tuple[Question, ...], missing: tuple[str, ...]) -> Page:
        record, one = self._record_at(name, place), self.here.question(name).singular or "entry"
        page = self._entry_page(self._spot(name))
        said = (
            (f.prompt, f"[{f.label}]" if f.id in missing else telling.brief(f, record.values.get(f.id))) for f in asked
        )
        lines = [Line(cells) for cells in said]
        if missing:
            lines.insert(0, Line((f"Fill in the {english.counted(len(missing), 'blank')}",)))
        lines.append(Line((f"Done with this {one}",)))
        cursor, title = 0 if missing else len(lines) - 1, f"{page.title}; {one} {place + 1}"
        commands = tuple(c for c in ALWAYS if c != "skip")
        return replace(
            page, kind="menu", title=title, help="", offer="", lines=tuple(lines), cursor=cursor, commands=commands
        )

    def _field(self, name: str, place: int, wanted: str) -> Talk:
        """Ask for one field of a record."""
        question, record, listed = self.here.question(name), self._record_at(name, place), self._listed(name)
        entry = next(f for f in question.fields if f.id == wanted)
        asked = [f.id for f in interview.fields(self.here, name, record)]
        where = f"{question.singular or 'entry'} {place + 1}, {asked.index(wanted) + 1} of {len(asked)}"
        title = f"{interview.section(self.here, name).title}; {where}"
        standing = listed[place].get(wanted) if place < len(listed) else None

        def save(words: Written) -> None:
            items = [dict(item) for item in self._listed(name)]
            changed = {**(items[place] if place < len(items) else {}), wanted: str(words or "")}
            items[place : place + 1] = [{key: text for key, text in changed.items() if text}]
            self._save(name, _filled_up(question, items), telling.said(entry, words))

        given = bool(standing) and interview.is_answered(self.here, name)
        return (yield from self._entry(_Spot(f"{name}[{place + 1}].{wanted}", entry, title, standing, not given, save)))

    # -- the sections and the review ------------------------------------------------------------

    def _page(self, about: str, title: str, prompt: str, lines: list[Line], commands: tuple[Command, ...]) -> Page:
        done = sum(interview.is_answered(self.here, q) for q in self.here.asked)
        asked = len(self.here.asked)
        progress, notices = f"{done} of {asked} answered", self._told()
        return Page(
            about, "menu", title, progress, (done, asked), prompt, "", notices, "", tuple(lines), commands=commands
        )

    def _sections(self, name: str) -> Talk:
        """Let the attorney go to another section; move to its first question, or back to the old one."""
        sections = [s for s in self.here.library.questionnaire.sections if self.section in ("", s.id)]
        found = [(s, [q.id for q in s.questions if q.id in self.here.asked]) for s in sections]
        found = [(section, members) for section, members in found if members]
        lines = [self._section_line(section, members) for section, members in found]
        at = next((n for n, (_, members) in enumerate(found) if name in members), len(found))
        lines.append(Line(("Review everything",)))
        reply = yield replace(
            self._page("sections", "Sections", "Where do you want to go?", lines, ("back", "review", "leave")),
            cursor=at,
        )
        if reply.command == "review" or (reply.command == "enter" and reply.line >= len(found)):
            return Move("go")
        if reply.command != "enter":
            return Move(reply.command, name)
        self.within = found[reply.line][0].id
        return Move("go", found[reply.line][1][0])

    def _section_line(self, section: QuestionSection, members: list[str]) -> Line:
        done = sum(interview.is_answered(self.here, q) for q in members)
        blank = sum(interview.blanks(self.here, q) for q in members)
        state = f"{done} of {len(members)} answered"
        return Line((section.title, state, english.counted(blank, "blank") if blank else ""))

    def _review(self) -> Talk:
        """Show what was said and what is missing, and offer to draft."""
        lines, goals = self._review_lines()
        page = self._page("review", "Review", self._summary(), lines, ("back", "jump", "leave"))
        reply = yield page
        if reply.command != "enter":
            return Move(reply.command if reply.command in ("back", "jump", "leave") else "review")
        goal = goals[reply.line]
        return Move("draft") if goal == "draft" else Move("leave") if goal == "leave" else Move("go", goal)

    def _summary(self) -> str:
        wrong = [p for p in self.here.found if p.level == "problem"]
        count = sum(interview.blanks(self.here, q) for q in self.here.asked)
        blanks = english.counted(count, "blank")
        if wrong:
            return f"{english.counted(len(wrong), 'problem')} to mend before a draft can be made; {blanks} left."
        return f"{blanks.capitalize()} left: {'the draft shows each' if count else 'everything is answered'}."

    def _review_lines(self) -> tuple[list[Line], list[str]]:
        """Return the lines of the review, and with each the question it leads to."""
        made: list[tuple[Line, str]] = [(Line(("Leave; everything is saved",)), "leave")]
        if not any(p.level == "problem" for p in self.here.found):
            made.insert(0, (Line(("Draft the contract now",)), "draft"))
        for level, heading in (("problem", "Wrong"), ("reminder", "To remember")):
            told = [p for p in self.here.found if p.level == level]
            lines = [Line((telling.spelled(self.here, p.message),), p.hint) for p in told]
            made += _under(heading, lines, [interview.asked_of(self.here, p) for p in told])
        rows = interview.review(self.here)
        blank = [row for row in rows if row.blanks]
        made += _under("Missing", [_row(r, telling.missing(r)) for r in blank], [r.question.id for r in blank])
        for section in self.here.library.questionnaire.sections:
            its = [r for r in rows if r.section.id == section.id]
            goals = [r.question.id if r.status != "not asked" else "" for r in its]
            made += _under(section.title, [_row(r, telling.answered(r)) for r in its], goals)
        return [line for line, _ in made], [goal for _, goal in made]


def _row(row: interview.Row, words: str) -> Line:
    return Line((row.question.prompt, telling.flat(words)))


def _under(heading: str, lines: list[Line], goals: list[str]) -> list[tuple[Line, str]]:
    """Return lines with what they lead to, below a heading; nothing where there are none."""
    return [(Line((heading,), heading=True), ""), *zip(lines, goals, strict=True)] if lines else []


# -- beginning ----------------------------------------------------------------------------------


def begin(  # noqa: PLR0913  # each option of the command is one
    library: Library,
    store: Store,
    name: str,
    *,
    section: str = "",
    only_missing: bool = False,
    other: Tree | None = None,
) -> Dialogue:
    """Begin or resume the talk over an answers file; carry over what still applies of another one.

    `section` is the id or the title of one. DraftingError where there is no such section, or the file is wrong.
    """
    wanted = _section(library, section) if section else ""
    text = store.read()
    carried = interview.carry(library, text, name, other) if other else None
    if carried and carried.text != text:
        store.write(carried.text)
    here = interview.begin(library, carried.text if carried else text, name)
    notices = tuple(_carried(here, carried)) if carried else ()
    return Dialogue(here, store, wanted, only_missing, carried.again if carried else {}, notices)


def _section(library: Library, wanted: str) -> str:
    sections = {key: s.id for s in library.questionnaire.sections for key in (s.title.lower(), s.id)}
    if wanted.lower() in sections:
        return sections[wanted.lower()]
    close = difflib.get_close_matches(wanted.lower(), sections, 1, 0.5)
    known = ", ".join(s.id for s in library.questionnaire.sections)
    hint = f"did you mean '{sections[close[0]]}'?" if close else f"the sections are {known}"
    place = Place(f"{library.path}/questionnaire.yaml")
    raise DraftingError(Problem("unknown-section", place, f"there is no section '{wanted}'", hint))


def _carried(here: Interview, carried: interview.Carried) -> Iterator[Notice]:
    """Say what came over from another contract's answers, and what did not."""
    yield Notice("saved", f"Taken over from the other contract: {english.counted(len(carried.taken), 'answer')}.")
    if carried.again:
        yield Notice(
            "asked", f"Asked again, because it is seldom the same: {english.counted(len(carried.again), 'question')}."
        )
    for name, trouble in carried.left.items():
        yield Notice("reminder", f"Not taken over: {here.question(name).prompt} {trouble}")
    if carried.unknown:
        yield Notice("reminder", f"Not taken over, because it is asked no more: {', '.join(carried.unknown)}.")
    if carried.chosen:
        told = "Alternatives chosen in that negotiation are not taken over; 'drafter swap' chooses them again"
        yield Notice("reminder", f"{told}: {', '.join(carried.chosen)}.")


# -- replies ------------------------------------------------------------------------------------


def _taken(spot: _Spot, page: Page, reply: Reply) -> tuple[Written, Value | None]:
    """Return the answer that a reply gives, as the file keeps it, and its value; an empty reply takes the offer."""
    question = spot.question
    if page.kind == "menu" and reply.line >= 0:
        return interview.reading(question, telling.values(question)[reply.line])
    if page.kind == "marks":
        return tuple(telling.values(question)[n] for n in sorted(reply.marked)) or None, None
    if reply.text.strip() and page.kind != "menu":
        return interview.reading(question, reply.text)
    if spot.standing is not None and page.kind != "menu":
        return spot.standing, None
    verb = "Choose a line" if page.kind == "menu" else "Type an answer"
    what = f"{verb}, or skip the question: the draft then shows the blank [{question.label}]."
    raise DraftingError(Problem("no-answer", Place(spot.name), what))


def _filled_up(question: Question, records: Sequence[Mapping[str, str]]) -> tuple[Mapping[str, str], ...] | None:
    """Return a list with as many empty records at its end as it must have at least; None where all are empty.

    So a list that is not complete yet can be saved: what is missing in it is blank.
    """
    if not any(records):
        return None
    made = list(records)
    while made and not made[-1]:
        made.pop()
    return (*made, *({} for _ in range(int(question.min or 0) - len(made))))
