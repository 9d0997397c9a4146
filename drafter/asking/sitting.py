"""One sitting of an interview: asks for an answer until there is one that fits, and saves it.

One rule: whatever a page takes is saved before the next page is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from dataclasses import field, replace

from drafter.asking import effects, entries, interview, spoken
from drafter.asking.entries import Entry
from drafter.asking.interview import Interview
from drafter.asking.pages import Move, Notice, Page, Reply, Tone, chosen, question
from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem
from drafter.matters.editing.answer_lines import Written, WrittenRecord
from drafter.values import dataclass

CHOOSE = "Choose a line: type its number or its words, or use the arrow keys."
Talk = Generator[Page, Reply, Move]  # shows pages until a reply leads elsewhere


@dataclass(frozen=True, slots=True)
class Store:
    """Where the answers file is kept: how its text is read, and how a changed one is saved, whole or not at all."""

    read: Callable[[], str]
    write: Callable[[str], None]


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

    def save(self, entry: Entry, words: Written, saved: str = "") -> None:
        """Save an answer, and report what it did; `saved` words it. DraftingError if it can't be saved."""
        before = self.here
        self._refresh()
        if _records(before, entry) != _records(self.here, entry):
            what = "the list was changed elsewhere in the meantime; go back and check it"
            raise DraftingError(Problem("list-changed", Place(entry.about), what))
        new = entries.answered(self.here, entry, words)
        old = self.here
        self._keep(new)
        said = saved or spoken.written(entry.asked, words)
        self.report(f"Saved: {said}" if said or words is not None else "Answer cleared.")
        self.notices = (*self.notices, *effects.notices(new, effects.of(old, new, entry.name)))

    def skip(self, entry: Entry) -> None:
        """Leave a question open, and report what the draft shows; the file keeps that it was left open on purpose."""
        self.report(f"Skipped. {_left(self.here, entry)}")
        if entry.number or entries.is_answered(self.here, entry) or interview.is_skipped(self.here, entry.name):
            return
        try:
            self._refresh()
            self._keep(interview.skip(self.here, entry.name))
        except DraftingError as found:
            self.report(f"The file does not keep that it was skipped: {self.error(found)}", "reminder")

    def take_defaults(self, section: str) -> None:
        """Answer the questions left in a section that have defaults with them, and report what was taken.

        An answer may ask further questions, whose defaults are taken too. DraftingError if it can't be saved.
        """
        self._refresh()
        old, now, taken = self.here, self.here, list[str]()
        while left := [name for name in interview.defaults_left(now, section) if name not in taken]:
            for name in left:
                now = interview.answer(now, name, interview.written(now, name))
            taken += left
        self._keep(now)
        said = (f"{now.question(q).prompt} {spoken.said(now.question(q), now.answers.given.get(q))}" for q in taken)
        self.report(f"{english.counted(len(taken), 'default')} taken. {'; '.join(said)}.")
        found = effects.notices(now, effects.of(old, now, ""))
        self.notices = (*self.notices, *(notice for notice in found if notice.tone != "decided"))

    def _keep(self, new: Interview) -> None:
        """Save an interview, if its text has changed."""
        if new.text != self.here.text:
            self.store.write(new.text)
        self.here = new

    def _refresh(self) -> None:
        text = self.store.read()
        if text != self.here.text:
            self.here = interview.begin(self.here.library, text, self.here.answers.path)
            self.report("The answers file was changed elsewhere in the meantime; those changes are kept.")

    def error(self, found: DraftingError) -> str:
        """Return what is wrong as sentences."""
        return spoken.error(found)


def _records(here: Interview, entry: Entry) -> tuple[WrittenRecord, ...]:
    return interview.records(here, entry.name) if here.question(entry.name).type == "records" else ()


def ask_entry(sitting: Sitting, entry: Entry) -> Talk:
    """Ask for one answer until there is one that fits, or a reply leads elsewhere."""
    last = None if entry.number else sitting.last.get(entry.name)
    page = sitting.shown(question.page(sitting.here, entry, last))
    while True:
        reply = yield page
        try:
            match reply.command:
                case "back" | "jump" | "review" | "leave" | "defaults":
                    return Move(reply.command)
                case "clear":
                    sitting.save(entry, None)
                    return Move("go", entry.name)
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
                sitting.save(entry, words)
            return Move("next")
        except DraftingError as found:
            page = replace(page, typed=reply.text, error=sitting.error(found), readback="", notices=())


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
