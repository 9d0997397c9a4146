"""Leads through an interview page by page: yields a page, takes a reply, and has saved the answer before the next page.

One rule: what is on a page is decided in `pages`, and how it looks by whoever shows it; only the way through is here.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal

from drafter.asking import carrying, entries, interview
from drafter.asking.interview import Interview
from drafter.asking.lists import ask_list
from drafter.asking.pages import Move, Page, Reply, chosen, overview
from drafter.asking.saving import Store
from drafter.asking.sitting import Sitting, Talk, ask_entry, sure
from drafter.base import spelling, yaml_tree
from drafter.base.problems import DraftingError, Place, Problem
from drafter.reading.library import Library

End = Literal["draft", "leave"]


def begin(  # noqa: PLR0913  # each option of the command is one
    library: Library,
    store: Store,
    name: str,
    *,
    section: str = "",
    only_missing: bool = False,
    other: yaml_tree.Mapping | None = None,
) -> Dialogue:
    """Begin or resume the interview of an answers file; carry over what still applies from another one.

    `section` is the id or the title of one. DraftingError if there is no such section, or the file is wrong.
    """
    wanted = _section(library, section) if section else ""
    with store.held():
        text = store.read()
        carried = carrying.carry(library, text, name, other) if other else None
        if carried and carried.text != text:
            store.write(carried.text)
    sitting = Sitting(interview.begin(library, carried.text if carried else text, name), store)
    if carried:
        sitting.last, sitting.notices = carried.last, tuple(carrying.notices(sitting.here, carried))
    return Dialogue(sitting, wanted, only_missing)


def _section(library: Library, wanted: str) -> str:
    """Return the id of the section that has this id or title. DraftingError if no section has."""
    sections = {key: s.id for s in library.questionnaire.sections for key in (s.title.lower(), s.id)}
    if wanted.lower() in sections:
        return sections[wanted.lower()]
    near = spelling.nearest(wanted.lower(), sections, 0.5)
    known = ", ".join(s.id for s in library.questionnaire.sections)
    hint = f"did you mean '{sections[near]}'?" if near else f"the sections are {known}"
    place = Place(f"{library.path}/questionnaire.yaml")
    raise DraftingError(Problem("unknown-section", place, f"there is no section '{wanted}'", hint))


@dataclass(slots=True)
class Dialogue:
    """The way through an interview: the sitting, which questions are asked in it, and the section that it is in."""

    sitting: Sitting
    section: str = ""
    only_missing: bool = False
    within: str = ""  # the section whose questions are asked one by one, even if they are answered

    @property
    def here(self) -> Interview:
        """Return the interview as it is now."""
        return self.sitting.here

    def talk(self) -> Generator[Page, Reply, End]:
        """Lead through the questions to the review, page by page; return whether to draft, or to leave."""
        self.within = self.section
        name = self._next("")
        while True:
            move = yield from self._ask(name) if name else self._review()
            if move.step == "jump":
                move = yield from self._sections(name)
            match move:
                case Move("draft"):
                    return "draft"
                case Move("leave"):
                    return "leave"
                case Move("next"):
                    name = self._next(name)
                case Move("back"):
                    name = self._back(name)
                case Move("section", section):
                    self.within = section
                    name = next(q for q in self.here.asked if interview.section(self.here, q).id == section)
                case Move("review"):
                    name = ""
                case Move("defaults"):
                    name = self._with_defaults(name)
                case Move(_, to):
                    name = to

    def _next(self, name: str) -> str:
        """Return the question to ask after one; empty for the review."""
        rest = interview.following(self.here, name, self.section)
        if self.only_missing:
            return next((q for q in rest if interview.blanks(self.here, q)), "")
        if self.within and rest and interview.section(self.here, rest[0]).id == self.within:
            return rest[0]
        if name:
            self.within = ""
        return interview.still_open(self.here, rest)

    def _with_defaults(self, name: str) -> str:
        """Take the defaults that are left in a question's section; return the question to ask then."""
        try:
            self.sitting.take_defaults(interview.section(self.here, name).id)
        except DraftingError as found:
            self.sitting.report(self.sitting.error(found), "problem")
        self.within = ""
        return self._next(name) if interview.is_answered(self.here, name) else name

    def _back(self, name: str) -> str:
        """Return the question before one, or before the review."""
        if not name:
            rest = interview.following(self.here, "", self.section)
            return rest[-1] if rest else ""
        earlier = interview.before(self.here, name, self.section)
        if not earlier:
            self.sitting.report("This is the first question.")
        return earlier or name

    def _ask(self, name: str) -> Talk:
        if self.here.question(name).type == "records":
            return (yield from ask_list(self.sitting, name))
        return (yield from ask_entry(self.sitting, entries.of_question(self.here, name)))

    def _sections(self, name: str) -> Talk:
        """Ask for a section to go to; a reply that chooses none leads back to the question."""
        page = overview.sections(self.here, name, self.section)
        reply = yield self.sitting.shown(page)
        move = chosen(page, reply)
        return move if move and move.step in ("section", "review", "leave") else Move("go", name)

    def _review(self) -> Talk:
        """Show what was said and what is missing, and offer to draft."""
        page = overview.review(self.here)
        reply = yield self.sitting.shown(page)
        move = chosen(page, reply)
        if move == Move("draft"):
            move = yield from sure(self.sitting.shown(overview.drafting(self.here)))
            return move if move in (Move("draft"), Move("leave")) else Move("review")
        return move if move and move.step in ("back", "jump", "leave", "go") else Move("review")
