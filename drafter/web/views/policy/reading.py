"""What an attorney has still to read of a matter, word for word, and the record of who has read it.

It is what the matter keeps the record of, as `drafter review -m` does: its own wordings, what they reach, its answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from drafter import contract
from drafter.acts import reviewing
from drafter.acts.reviewing import ToRead
from drafter.asking.pages import Notice
from drafter.base import english
from drafter.drafting.draft import Draft
from drafter.reading.library import Library
from drafter.reading.reviewing import in_forms, written
from drafter.reading.reviewing.naming import Named
from drafter.reading.reviewing.review import Unread, UnreadAlone
from drafter.telling import called
from drafter.telling.called import Called
from drafter.values import dataclass
from drafter.web.asked import Asked, GoTo, Reply, Shown
from drafter.web.desk import Desk, Note
from drafter.web.views import beside, printed


@dataclass(frozen=True, slots=True)
class Item:
    """Something to read: its key, what it is, the rows of what is read, and what changed since it was read last."""

    key: str
    title: str
    rows: tuple[tuple[str, str], ...]
    since: tuple[str, ...] = ()
    address: str = ""  # of the question, for an answer


def read(desk: Desk, asked: Asked) -> Reply:
    """Show what is to be read, or record who has read some of it."""
    known = desk.read(asked.names["matter"])
    made = known.drafted
    items = tuple(_items(asked, reviewing.of(made.selection, made.contract), made))
    if asked.method == "GET":
        return _page(desk, asked, items)
    there = {one.key for one in items}
    chosen = [key for key in asked.form.get("read", ()) if key in there]
    by = " ".join(asked.typed("by").split())
    if not by or not chosen:
        error = "Say what you have read: tick it." if by else "Say who has read it: your name."
        return _page(desk, asked, items, error)
    links = frozenset((one[0], one[1]) for key in chosen if len(one := key.split("|")) == LINK)
    alone = frozenset(key.removeprefix("alone|") for key in chosen if key.startswith("alone|"))
    answers = tuple(key.removeprefix("answer|") for key in chosen if key.startswith("answer|"))
    left = reviewing.read(known.place, desk.library, Named(links, alone), answers, by, desk.today())
    said = f"{english.counted(len(chosen), 'text')} recorded as read by {by}."
    open_ = sum(map(len, left.unread))
    rest = (
        f"{english.counted(open_, 'text')} left to read in this matter." if open_ else "Nothing is left to read here."
    )
    number = desk.note(asked.names["matter"], Note((Notice("saved", said), Notice("decided", rest))))
    return GoTo(f"{asked.at('check', 'read')}?n={number}" if open_ else f"{asked.at('check')}?n={number}")


_REFERENCE = re.compile(r"\[\[([^\]]+)\]\]")
LINK = 3  # parts of the key of a wording that is read against a requirement: both, and a mark


def count(made: Draft) -> int:
    """Return how many texts of a matter are still to be read."""
    return sum(map(len, reviewing.of(made.selection, made.contract).unread))


def _page(desk: Desk, asked: Asked, items: tuple[Item, ...], error: str = "") -> Reply:
    given = {
        "items": items, "error": error, "by": asked.typed("by"), "chosen": asked.form.get("read", ()),
        "told": beside.reported(desk, asked),
    }  # fmt: skip
    return Shown("read.html", given, 422 if error else 200)


def _items(asked: Asked, found: ToRead, made: Draft) -> Iterator[Item]:
    """Yield what nobody has read as it is now: against requirements, by itself, and the answers."""
    names, library = called.by_headings(made.selection, made.contract), found.library
    links, alone, answers = found.unread
    pointed = contract.targets(made.contract) | dict(names.clauses)
    for one in links:
        rows = (*_asks(one, library), *_words(one, library, pointed))
        title = f"{_name(one, names)}: whether it says what {one.requirement.id} asks"
        yield Item(f"{one.requirement.id}|{one.wording}|link", title, rows, _since(one))
    for other in alone:
        title = f"{_name(other, names)}: whether it takes back what the sources ask"
        yield Item(f"alone|{other.wording}", title, tuple(_words(other, library, pointed)), _since(other))
    asks = library.questionnaire.questions
    for answer in answers:
        question = asks[answer.name.partition("[")[0].partition(".")[0]] if answer.name not in asks else None
        prompt = asks[answer.name].prompt if question is None else question.prompt
        loose = ", ".join(answer.loose)
        rows = (
            ("The answer", answer.words),
            *((("Look at", f"it has {loose}, which could take something back"),) if loose else ()),
        )
        yield Item(
            f"answer|{answer.name}", prompt, rows, address=printed.asked_at(asked.at(), quote(answer.name, "[]."))
        )


def _name(one: Unread | UnreadAlone, names: Called) -> str:
    if not one.clause:
        return one.wording
    return f"{names.clause(one.clause)}, {names.wording_of(one.clause, one.alternative)}"


def _asks(one: Unread, library: Library) -> Iterator[tuple[str, str]]:
    source = library.source_of(one.requirement.id)
    yield f"The {source.kind}", f"“{one.requirement.quote}”" if one.requirement.quote else one.requirement.asks


def _words(one: Unread | UnreadAlone, library: Library, pointed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the words to be read; what they refer to is called as the contract calls it."""
    found = in_forms.wording((library,), one.clause, one.alternative)
    if found is not None:
        words = written.words(*found)
        yield "The wording", _REFERENCE.sub(lambda to: f"[{pointed.get(to[1], to[1])}]", words)
        return
    for _, texts in in_forms.texts_of_file((library,), one.wording):
        yield from ((what.capitalize(), words) for what, words in texts.items())


def _since(one: Unread | UnreadAlone) -> tuple[str, ...]:
    if one.mark is None:
        return ()
    read = f"It was read by {one.mark.by} on {english.long_date(one.mark.on)}. Since then this was changed:"
    return (
        read,
        *(
            f"{change.what}: “{change.before or 'nothing'}” is now “{change.now or 'nothing'}”"
            for change in one.changes
        ),
    )
