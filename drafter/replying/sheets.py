"""Makes the papers of a return: for our own side a page and a Word copy with notes, for the other side a reply.

One rule: what is for the other side holds their changes, our answers and what they are told; never a reason of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from drafter.base import english
from drafter.comparing import redline
from drafter.contract import Contract, Paragraph, Runs, Section, Table, Text
from drafter.papers import in_html
from drafter.papers.in_html import Entry
from drafter.replying import decisions, saying, theirs
from drafter.replying.decisions import Decision
from drafter.replying.kept import Told
from drafter.returned.markup import Change, Comment
from drafter.values import dataclass
from drafter.word import writer

PRIVILEGED = "Privileged and confidential. For our own side only."
SAID: Mapping[str, str] = {"accept": "Accepted", "reject": "Not accepted", "counter": "Countered", "later": "Open"}
UNMARKED = " (without a mark in your version)"


@dataclass(frozen=True, slots=True)
class Answering:
    """A return with what was answered to its changes: its number, its party and day, and their version of it.

    Where the other side was told the answers before, `anew` are the keys of those that it wasn't told; nothing else
    goes to it then.
    """

    number: int
    party: str
    on: date
    told: Told
    version: Contract
    answered: Mapping[str, Decision]
    anew: frozenset[str] | None = None

    @property
    def has_answers(self) -> bool:
        """Say whether there is anything to answer: a change or a comment."""
        return any(map(self.is_told, (*self.told.changes, *self.told.comments)))

    def is_told(self, key: str) -> bool:
        """Say whether the other side is told our answer to a change or a comment, or that it is open."""
        return self.anew is None or key in self.anew

    @property
    def left(self) -> tuple[str, ...]:
        """Return the keys of the changes that are not answered, or were left for later, of those that are told."""
        return decisions.left(filter(self.is_told, self.told.changes), self.answered)


# -- for our own side ---------------------------------------------------------------------------


def page(told: Told, number: int, party: str) -> str:
    """Return what was changed in a return as a page for a browser, with what each change is and does."""
    comments = [Entry("", line) for _, lines in saying.comments(told, {}) for line in lines]
    rest = ((head, [Entry("", line) for line in lines]) for head, lines in saying.rest(told.markup))
    heads = [*_heads(told), *([(saying.COMMENTS, comments)] if comments else []), *rest]
    return in_html.changes_page(f"Round {number}, from {party}", PRIVILEGED, saying.count(told.markup), heads)


def _heads(told: Told) -> Iterator[tuple[str, list[Entry]]]:
    names = told.short
    for head, rows in saying.heads(told):
        yield (
            head,
            [
                Entry(
                    f"{name}  {saying.where(change)}{saying.by(change)}",
                    saying.what(change),
                    tuple(saying.means(meaning, names)),
                )
                for name, change, meaning in rows
            ],
        )


def copy(told: Told, sent: Contract, on: date, template: Path) -> bytes:
    """Return their changes as a Word file for our own side: tracked, with our notes as a comment beside each."""
    made = redline.compare(sent, theirs.version(sent, told.markup.changes).contract)
    beside: dict[str, list[tuple[str, str]]] = {}
    names = told.short
    for name, change, meaning in zip(told.names, told.markup.changes, told.meanings, strict=True):
        mark = "" if change.marked else "WITHOUT A MARK. "
        first = f"{name}: {mark}{saying.what(change)}{saying.by(change)}"
        text = "\n".join((PRIVILEGED, first, *saying.means(meaning, names)))
        for clause in change.clauses[:1]:
            beside.setdefault(clause, []).append((_words(change), text))
    heading = f"Their changes, with our notes. {PRIVILEGED}"
    notes = writer.Notes(writer.Stamp("Drafter", on.isoformat()), heading, beside=beside)
    return writer.write_redline(made, template, notes)


def _words(change: Change) -> str:
    """Return words by which the paragraph of a change is found: of the new ones, or of those that go."""
    return max((change.after or change.before).split("\n"), key=len).strip()


# -- for the other side -------------------------------------------------------------------------


def reply(returns: Sequence[Answering], title: str, template: Path) -> bytes:
    """Return the table of their changes, our answers, and what they are told, as a Word file."""
    blocks: list[Paragraph | Table] = []
    for one in returns:
        opening = _opening("changes", one)
        blocks += [Paragraph(_runs(opening)), _table(one)] if any(map(one.is_told, one.told.changes)) else []
        blocks += list(_comments(one))
    section = Section("reply", "", "", "", "", (), (), "", tuple(blocks))
    made = Contract(
        title=f"Reply to your changes: {title}", caption=(), opening=(section,), recitals=(), articles=(),
        signatures=(), exhibits=(), status="final", cover="no", contents="no",
    )  # fmt: skip
    return writer.write(made, template)


def _opening(what: str, one: Answering) -> str:
    again = ", as far as our answer is new" if one.anew is not None else ""
    return f"Your {what} in the version that came on {english.long_date(one.on)}{again}:"


def _table(one: Answering) -> Table:
    rows = [
        tuple(map(_runs, (saying.where(change), _offered(change), _said(one, key), _told(one, key))))
        for key, change in one.told.changes.items()
        if one.is_told(key)
    ]
    return Table(tuple(map(_runs, ("Section", "Your change", "Our answer", "Reply"))), tuple(rows))


def _offered(change: Change) -> str:
    """Say what they changed, and where they did so without a mark."""
    is_looks = change.kind == "format"
    said = saying.what(change, "becomes")
    return f"{said[:1].upper()}{said[1:]}{UNMARKED if not change.marked and not is_looks else ''}"


def _comments(one: Answering) -> Iterator[Paragraph | Table]:
    """Yield the table of their comments, each with its thread and what we say to it, where there are any."""
    if told := [(key, comment) for key, comment in one.told.comments.items() if one.is_told(key)]:
        opening = _opening("comments", one)
        rows = [tuple(map(_runs, (comment.section, _thread(comment), _response(one, key)))) for key, comment in told]
        yield Paragraph(_runs(opening))
        yield Table(tuple(map(_runs, ("Section", "Your comment", "Reply"))), tuple(rows))


def _thread(comment: Comment) -> str:
    """Say what they wrote: on which words, and what they replied to each other."""
    on = f"On {saying.quoted(comment.words)}: " if comment.words else ""
    said = ((comment.author, comment.text), *((reply.author, reply.text) for reply in comment.replies))
    return f"{on}{' '.join(f'{author}: {saying.quoted(text)}' for author, text in said)}"


def _response(one: Answering, key: str) -> str:
    """Say what we say to a comment: a reply of its own, the answer to the change that it is on, or nothing yet."""
    comment = one.told.comments[key]
    if key in one.answered:
        return _told(one, key)
    beside_it = [name for name, change in one.told.changes.items() if comment.id in change.comments]
    if beside_it and not set(beside_it) & set(one.left):
        return "See our answer to the change that it is on."
    return "Resolved in your version." if comment.done else "No answer yet."


def _said(one: Answering, key: str) -> str:
    found = one.answered.get(key)
    return SAID[found.answer] if found is not None else SAID["later"]


def _told(one: Answering, key: str) -> str:
    found = one.answered.get(key)
    return found.reply if found is not None else ""


def _runs(words: str) -> Runs:
    return (Text(words),) if words else ()


# -- counted ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tally:
    """How many changes of a return were marked, were made without a mark, and were answered in which way.

    And how many comments there are, and how many of them were replied to.
    """

    offered: int = 0
    silent: int = 0
    comments: int = 0
    accepted: int = 0
    rejected: int = 0
    countered: int = 0
    later: int = 0
    replied: int = 0


def tally(told: Told, answers: Iterable[Decision]) -> Tally:
    """Count the changes of a return and the answers to them."""
    every = list(answers)
    said = [one.answer for one in every if one.change in told.changes]
    silent = sum(not change.marked for change in told.markup.changes)
    return Tally(
        len(told.markup.changes) - silent, silent, len(told.markup.comments), said.count("accept"),
        said.count("reject"), said.count("counter"), len(told.markup.changes) - len(said) + said.count("later"),
        sum(one.change in told.comments for one in every),
    )  # fmt: skip
