"""Types an interview: which keys to press on each page so that it gives the answers of a file.

It knows pages, keys and the answers wanted; it is the other side of `drafter.asking.dialogue`.
"""

from __future__ import annotations

from collections.abc import Iterator

from drafter.asking import interview
from drafter.asking.dialogue import Dialogue
from drafter.asking.pages import Move, Page, Reply
from drafter.base import yaml_tree
from drafter.matters.editing import answers_text

ADD, ENTER, SKIP = "\x0e", "\r", "\x13"
MOST_PAGES = 1000
Keys = list[str]  # one string a key pressed


def presses(talk: Dialogue, wanted: yaml_tree.Mapping) -> Iterator[tuple[Page, Keys]]:
    """Lead the dialogue, and yield each page with the keys that answer it; the last page is the review."""
    going = talk.talk()
    page = next(going)
    for _ in range(MOST_PAGES):
        if page.about == "review":
            break
        assert not page.error, f"{page.about}: {page.error}"
        reply, keys = _replied(talk, page, wanted)
        yield page, keys
        page = going.send(reply)
    yield page, []


def _replied(talk: Dialogue, page: Page, wanted: yaml_tree.Mapping) -> tuple[Reply, Keys]:
    name, _, rest = page.about.partition("[")
    aim = answers_text.plain_of(yaml_tree.at(wanted, name.split(".")))
    question = talk.here.question(name)
    if question.type != "records":
        return _one(page, aim)
    if not rest:
        return _list(talk, page, name, aim)
    number, _, key = rest.partition("]")
    if not key:
        return _record(talk, page, name, aim, int(number))
    records = aim if isinstance(aim, tuple) else ()
    record = records[int(number) - 1] if int(number) <= len(records) else {}
    field = next(f for f in question.fields if f".{f.id}" == key)
    return _one(page, record.get(field.id))


def _one(page: Page, aim) -> tuple[Reply, Keys]:
    """Answer a question: type it, choose it, take the default, or skip it."""
    if page.kind == "menu":
        line = [line.move.to for line in page.lines].index(aim) if aim else page.cursor
        if line < 0:
            return Reply("skip"), [SKIP]
        if line == page.cursor:
            return Reply("enter", line=line), [ENTER]
        return Reply("enter", line=line), [*str(line + 1), ENTER]
    if page.kind == "marks":
        wanted = (aim,) if isinstance(aim, str) else aim
        moves = [line.move.to for line in page.lines]
        marked = page.marked if wanted is None else frozenset(map(moves.index, wanted))
        keys = [key for line in sorted(marked ^ page.marked) for key in (*str(line + 1), " ")]
        return Reply("enter", line=page.cursor, marked=marked), [*keys, ENTER]
    if page.readback:
        return Reply("enter", page.typed), [ENTER]
    if aim is None and not page.offer:
        return Reply("skip"), [SKIP]
    if aim in (None, page.offer, page.editable):
        return Reply("enter"), [ENTER]
    return Reply("enter", aim), [*aim, ENTER]


def _list(talk: Dialogue, page: Page, name: str, aim) -> tuple[Reply, Keys]:
    """Go on with the first record that differs, add the next one, or be done."""
    now = interview.records(talk.here, name)
    for place, record in enumerate(aim or ()):
        if place >= len(now):
            return Reply("add"), [ADD]
        if dict(record) != dict(now[place]):
            return Reply("enter", line=place), [*str(place + 1), ENTER]
    return Reply("enter", line=page.cursor), [ENTER]


def _record(talk: Dialogue, page: Page, name: str, aim, number: int) -> tuple[Reply, Keys]:
    """Fill in what is blank, change what differs, or be done with the record."""
    now, record = dict(interview.records(talk.here, name)[number - 1]), dict(aim[number - 1])
    moves = [line.move for line in page.lines]
    if Move("fill") in moves and record.keys() - now.keys():
        wanted = Move("fill")
    else:
        fields = (field.id for field in talk.here.question(name).fields)
        differing = next((f for f in fields if f in record and record[f] != now.get(f)), "")
        wanted = Move("open", differing) if differing else Move("next")
    line = moves.index(wanted)
    return Reply("enter", line=line), _to(page, line)


def _to(page: Page, line: int) -> Keys:
    if line == page.cursor:
        return [ENTER]
    return [*str(line + 1), ENTER]
