"""Leads through the changes of a return that are left: a page for each, which offers every answer to it.

One rule: an answer is recorded before the next page is shown, and the matter is locked only while it is.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import field
from datetime import date
from pathlib import Path

from drafter.acts import replying
from drafter.acts.replying import Decided, Open
from drafter.asking.pages import Line, Move, Notice, Page, Reply, chosen
from drafter.base import english
from drafter.base.problems import DraftingError
from drafter.drafting import changes, draft
from drafter.replying import saying
from drafter.replying.deciding.basis import Counter
from drafter.replying.deciding.choosing import Chosen
from drafter.replying.decisions import Answer
from drafter.values import dataclass

WORDS: dict[str, Answer] = {"accept": "accept", "reject": "reject", "later": "later"}


@dataclass(slots=True)
class Talk:
    """The way through the changes of a return: the matter, and what was answered so far."""

    place: Path
    library: Path | None
    on: date
    now: Open
    notices: tuple[Notice, ...] = field(default=())

    def run(self) -> Generator[Page, Reply, str]:
        """Yield a page for each change, those left in order, until somebody leaves; return how it ended."""
        while True:
            page = self.overview()
            reply = yield page
            move = chosen(page, reply)
            if reply.command in ("leave", "back") or move is None or move.step == "review":
                return "leave"
            key: str | None = move.to
            while key is not None:
                is_comment = key in self.now.basis.told.comments
                answered = yield from (self.comment(key) if is_comment else self.one(key))
                key = next(iter((*self.now.left, *self.now.open)), None) if answered else None

    def overview(self) -> Page:
        """Return the page of all changes, at the first that is left."""
        told = self.now.basis.told
        keys = list(told.changes)
        lines = [self.line(name, key) for name, key in told.names.items()]
        lines += [self.remark(name, key) for name, key in told.comment_names.items()]
        lines.append(Line(("Stop here",), move=Move("review")))
        left = self.now.left
        waits = (*left, *self.now.open)
        order = [*keys, *told.comments]
        return Page(
            about="changes",
            kind="menu",
            title=f"Round {self.now.basis.number}, from {self.now.basis.party}",
            done=(len(keys) - len(left), len(keys)),
            prompt="Which one do you want to answer?" if waits else "Every change is answered.",
            help=f"{saying.count(told.markup)}.",
            notices=self.noticed(),
            lines=tuple(lines),
            cursor=order.index(waits[0]) if waits else len(order),
            escapes=True,
            commands=("back", "leave"),
        )

    def noticed(self) -> tuple[Notice, ...]:
        """Return what the last answer did, once."""
        notices, self.notices = self.notices, ()
        return notices

    def line(self, name: str, key: str) -> Line:
        """Return the line of a change: its name and section, what was changed, and what was answered."""
        change, found = self.now.basis.told.changes[key], self.now.answered.get(key)
        mark = "" if change.marked else "without a mark: "
        said = found.answer if found is not None else ""
        return Line((f"{name} {saying.where(change)}", f"{mark}{saying.what(change)}", said), move=Move("open", key))

    def remark(self, name: str, key: str) -> Line:
        """Return the line of a comment: its name and section, its words, and what was answered."""
        found = self.now.basis.told.comments[key]
        said = saying.ANSWERED["reply"] if key in self.now.answered else ""
        return Line(
            (f"{name} {found.section}", f"{found.author}: {saying.quoted(found.text)}", said), move=Move("open", key)
        )

    def comment(self, key: str) -> Generator[Page, Reply, bool]:
        """Ask for the reply to a comment; return whether there is one."""
        first, *rest = saying.comment(self.now.basis.told.comments[key])
        told = yield from self.words(key, "What is the other side told?", "\n".join((first, *map(str.strip, rest))))
        if not told:
            return False
        choose = Chosen((key,), number=self.now.basis.number)
        made = replying.decide(self.place, self.library, choose, "reply", self.on, reply=told, today=self.on)
        self.now = made.now
        self.notices = (Notice("saved", "The reply goes with the next round."),)
        return True

    def one(self, key: str) -> Generator[Page, Reply, bool]:
        """Ask what is answered to one change; return whether it was answered."""
        error = ""
        while True:
            page = self.page(key, error)
            reply = yield page
            move = chosen(page, reply)
            if move is None or reply.command in ("back", "leave", "review"):
                return False
            because = yield from self.words(key, "Why? This is for our own side alone.")
            told = "" if move.to == "later" else (yield from self.words(key, "What is the other side told?"))
            if because is None or told is None:
                return False
            try:
                self.decide(key, move, because, told)
            except DraftingError as wrong:
                error = " ".join(f"{problem.message}: {problem.hint}." for problem in wrong.problems)
                continue
            return True

    def page(self, key: str, error: str) -> Page:
        """Return the page of one change, with a line for each answer to it."""
        told = self.now.basis.told
        names = told.short
        change, meaning = told.changes[key], told.meaning[key]
        by = f" by {english.listing(list(change.authors))}" if change.authors else ""
        head = f"{saying.what(change)}{by}" if change.marked else f"WITHOUT A MARK: {saying.what(change)}"
        return Page(
            about=key,
            kind="menu",
            title=f"{names[key]} {saying.where(change)}",
            done=(len(told.changes) - len(self.now.left), len(told.changes)),
            prompt=head,
            help=". ".join(saying.means(meaning, names)),
            notices=self.noticed(),
            error=error,
            lines=tuple(self.answers(key)),
            escapes=True,
            commands=("back", "leave"),
        )

    def answers(self, key: str) -> Iterator[Line]:
        """Yield a line for each answer to a change: accept, reject, each other alternative as a counter, later."""
        yield Line(("Accept",), move=Move("answer", "accept"))
        yield Line(("Reject",), move=Move("answer", "reject"))
        meaning = self.now.basis.told.meaning[key]
        drafted = self.now.basis.drafted
        clause = drafted.library.clauses.get(meaning.clause) if drafted is not None else None
        for one in clause.alternatives if clause is not None else ():
            if meaning.kind != "alternative" or one.id != meaning.alternative:
                yield Line(
                    (f"Counter with {one.id} ({one.position})",), one.label, move=Move("answer", f"with {one.id}")
                )
        yield Line(("Later",), move=Move("answer", "later"))

    def words(self, key: str, prompt: str, above: str = "") -> Generator[Page, Reply, str | None]:
        """Ask for words, which may be none; return None where somebody goes back."""
        told = self.now.basis.told
        title = saying.where(told.changes[key]) if key in told.changes else told.comments[key].section
        page = Page(
            about=key, kind="text", title=title, done=(0, 0), prompt=prompt, help=above or "Enter leaves it out.",
            commands=("back", "skip", "leave"),
        )  # fmt: skip
        reply = yield page
        if reply.command in ("back", "leave"):
            return None
        return " ".join(reply.text.split()) if reply.command == "enter" else ""

    def decide(self, key: str, move: Move, because: str, told: str) -> None:
        """Record an answer, and put it into the matter. DraftingError where it can't be put there."""
        counter = Counter(move.to.removeprefix("with ")) if move.to.startswith("with ") else Counter()
        answer: Answer = "counter" if counter.alternative else WORDS[move.to]
        choose = Chosen((key,), number=self.now.basis.number)
        made = replying.decide(
            self.place,
            self.library,
            choose,
            answer,
            self.on,
            counter=counter,
            because=because,
            reply=told,
            today=self.on,
        )
        self.now = made.now
        self.notices = tuple(_did(made, answer))


def _did(made: Decided, answer: Answer) -> Iterator[Notice]:
    """Yield what an answer did, also to the same value elsewhere."""
    found = made.now.basis.told
    yield Notice("saved", f"{english.listing([found.short[key] for key in made.keys])}: {answer}.")
    before, after = (draft.draft(matter) for matter in (made.before, made.after))
    for key in made.keys if answer == "accept" else ():
        yield from (Notice("saved", f"{line}.") for line in saying.accepted(found.meaning[key], after.contract))
    told = (saying.told_before(found.short[key], one, made.now.answered.get(key)) for key, one in made.told.items())
    moved = map(saying.moved, changes.moved(before, after))
    new = (one.message for one in draft.new_values(before, after))
    yield from (Notice("reminder", f"{text}.") for text in (*told, *moved, *new))
