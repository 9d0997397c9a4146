"""One sitting of an interview: asks for an answer until there is one that fits, and saves it.

One rule: whatever a page takes is saved before the next page is shown.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import field, replace

from drafter.asking import effects, entries, interview, saving, spoken
from drafter.asking.entries import Entry
from drafter.asking.interview import Interview
from drafter.asking.pages import Move, Notice, Page, Reply, Tone, chosen, finding, question
from drafter.asking.saving import Saved, Store
from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem
from drafter.matters.editing.answer_lines import Written
from drafter.values import dataclass

CHOOSE = "Choose a line: type its number or its words, or use the arrow keys."
Talk = Generator[Page, Reply, Move]  # shows pages until a reply leads elsewhere


@dataclass(slots=True)
class Sitting:
    """The interview as it is now, where it is saved, last time's answers, and what the next page is to report.

    It changes with each answer, and lives as long as someone is there to answer.
    """

    here: Interview
    store: Store
    last: Mapping[str, Written] = field(default_factory=dict)  # another contract's answers, which are asked again
    notices: tuple[Notice, ...] = ()

    def report(self, text: str, tone: Tone = "saved") -> None:
        """Keep something for the next page to report."""
        self.notices = (*self.notices, Notice(tone, text))

    def shown(self, page: Page) -> Page:
        """Return a page with what there is to report, which is reported once."""
        notices, self.notices = self.notices, ()
        return replace(page, notices=notices)

    def page(self, about: str) -> Page:
        """Return the page that is about a name, with what there is to report."""
        return self.shown(finding.page(self.here, about, self.last.get(about)))

    def save(self, entry: Entry, words: Written, was: str, saved: str = "") -> bool:
        """Save an answer, and report what it did; `was` is the state of the answer that was shown, `saved` words it.

        Return whether it was saved, which it isn't where the file has another answer by now. DraftingError if it can't
        be saved, and where another list is there than was shown.
        """
        made = saving.save(self.store, self.here, entry, words, was)
        self._go_on(made)
        if made.is_refused and self.here.question(entry.name).type == "records":
            what = "the list was changed elsewhere in the meantime; go back and check it"
            raise DraftingError(Problem("list-changed", Place(entry.about), what))
        if made.is_refused:
            return False
        self.notices = (*self.notices, *effects.saved(made.before, made.after, entry, words, saved))
        return True

    def skip(self, entry: Entry) -> None:
        """Leave a question open, and report what the draft shows; the file keeps that it was left open on purpose."""
        failed = ""
        if not (entry.number or entries.is_answered(self.here, entry) or interview.is_skipped(self.here, entry.name)):
            try:
                self._go_on(saving.change(self.store, self.here, lambda now: _skipped(now, entry)))
            except DraftingError as found:
                failed = self.error(found)
        self.report(f"Skipped. {_left(self.here, entry)}")
        if failed:
            self.report(f"The file does not keep that it was skipped: {failed}", "reminder")

    def take_defaults(self, section: str) -> None:
        """Answer the questions left in a section that have defaults with them, and report what was taken.

        An answer may ask further questions, whose defaults are taken too. DraftingError if it can't be saved.
        """
        taken = list[str]()

        def answered(now: Interview) -> Interview:
            again = {*taken, *self.last}
            while left := [name for name in interview.defaults_left(now, section) if name not in again]:
                for name in left:
                    now = interview.answer(now, name, interview.written(now, name))
                taken.extend(left)
                again.update(left)
            return now

        made = saving.change(self.store, self.here, answered)
        self._go_on(made)
        now = made.after
        said = (f"{now.question(q).prompt} {spoken.said(now.question(q), now.answers.given.get(q))}" for q in taken)
        self.report(f"{english.counted(len(taken), 'default')} taken. {'; '.join(said)}.")
        found = effects.notices(now, effects.of(made.before, now, ""))
        self.notices = (*self.notices, *(notice for notice in found if notice.tone != "decided"))

    def _go_on(self, made: Saved) -> None:
        """Go on with an interview as it was saved, and report that others changed it."""
        self.notices = (*self.notices, *effects.elsewhere(self.here, made.before))
        self.here = made.after

    def error(self, found: DraftingError) -> str:
        """Return what is wrong as sentences."""
        return spoken.error(found)


def _skipped(here: Interview, entry: Entry) -> Interview:
    """Leave a question open, unless somebody else answered it in the meantime."""
    return here if entries.is_answered(here, entry) else interview.skip(here, entry.name)


def ask_entry(sitting: Sitting, entry: Entry) -> Talk:
    """Ask for one answer until there is one that fits, or a reply leads elsewhere."""
    page = sitting.page(entry.about)
    while True:
        reply = yield page
        try:
            match reply.command:
                case "back" | "jump" | "review" | "leave" | "defaults":
                    return Move(reply.command)
                case "clear":
                    is_saved = sitting.save(entry, None, page.was)
                    return Move("go", entry.name) if is_saved else (yield from _one_of_both(sitting, entry, None))
                case "skip":
                    sitting.skip(entry)
                    return Move("next")
            if _is_like_command(entry, reply) and not _is_confirmed(page, reply):
                read = f"“{reply.text.strip()}” looks like a command, but typed here it is the answer"
                page = replace(page, typed=reply.text, readback=read, error="", notices=())
                continue
            words, value = question.answer(sitting.here, entry, page, reply)
            if entry.asked.type == "date" and reply.text.strip() and not _is_confirmed(page, reply):
                read = spoken.said(entry.asked, value)
                page = replace(page, typed=reply.text, readback=read, error="", notices=())
                continue
            if words != entries.written(sitting.here, entry) or not entries.is_answered(sitting.here, entry):
                is_saved = sitting.save(entry, words, page.was)
                return Move("next") if is_saved else (yield from _one_of_both(sitting, entry, words))
            return Move("next")
        except DraftingError as found:
            page = replace(page, typed=reply.text, error=sitting.error(found), readback="", notices=())


def _one_of_both(sitting: Sitting, entry: Entry, words: Written) -> Talk:
    """Ask which answer is meant where somebody else gave another one in the meantime, and save the one chosen."""
    error = ""
    while True:
        page = replace(sitting.shown(question.both(sitting.here, entry, words)), error=error)
        move = yield from sure(page)
        if move.step != "answer":
            return move if move.step in ("next", "leave") else Move("go", entry.name)
        try:
            if sitting.save(entry, words, page.was):
                return Move("next")
            error = ""
        except DraftingError as found:
            error = sitting.error(found)


def sure(page: Page) -> Talk:
    """Ask whether something is meant until a line is chosen; Enter alone chooses none where no line is current."""
    while (move := chosen(page, (yield page))) is None:
        page = replace(page, error=CHOOSE, notices=())
    return move


_COMMANDS = {
    "?", "add", "back", "clear", "default", "defaults", "done", "draft", "end", "exit", "go", "help", "jump", "leave",
    "next", "quit", "remove", "review", "save", "sections", "skip", "undo", "why",
}  # fmt: skip


def _is_like_command(entry: Entry, reply: Reply) -> bool:
    """Say whether what was typed into a field may be meant as a command: "back", "?", ":q", "/bakc", "/review me"."""
    text = reply.text.strip().lower()
    takes_any = entry.asked.type in ("text", "paragraph", "address") and not entry.asked.options
    return takes_any and (text in _COMMANDS or bool(re.fullmatch(r"[/:\\][a-z]+(\s.*)?|:?[a-z]!?", text, re.DOTALL)))


def _is_confirmed(page: Page, reply: Reply) -> bool:
    """Say whether an answer comes back as it was read back."""
    return bool(page.readback) and reply.text == page.typed


def _left(here: Interview, entry: Entry) -> str:
    """Say what a skipped question leaves in the draft."""
    if entries.is_answered(here, entry):
        return "The answer is unchanged."
    if entries.written(here, entry) is not None:
        return "The default applies."
    blank = f"The draft shows the blank [{entry.asked.label}] wherever it needs this answer."
    return "No answer is needed here." if entry.asked.optional else blank
