"""A person at the keyboard: what to press on each page so that an interview gives the answers of a file.

It knows pages and keys, and the answers wanted; it is the other side of `drafter.dialogue`.
"""

from __future__ import annotations

from collections.abc import Iterator

from drafter.asking import interview
from drafter.asking.dialogue import Dialogue
from drafter.asking.pages import Page, Reply
from drafter.base import yaml_tree
from drafter.matters.editing import answers_text

UP, DOWN, ENTER, SKIP = "\x1b[A", "\x1b[B", "\r", "\x13"
MOST_PAGES = 1000
Keys = list[str]  # one string a key pressed


def presses(talk: Dialogue, wanted: yaml_tree.Mapping) -> Iterator[tuple[Page, Keys]]:
    """Hold the talk, and yield each page with the keys that answer it; the last page is the review."""
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
    if rest:
        place, _, key = rest.partition("].")
        records = aim if isinstance(aim, tuple) else ()
        record = records[int(place) - 1] if int(place) <= len(records) else {}
        return _one(page, next(f for f in question.fields if f.id == key), record.get(key))
    if question.type != "records":
        return _one(page, question, aim)
    if page.lines[-1].cells[0].startswith("Done with"):
        return _record(talk, page, name, aim)
    return _list(talk, page, name, aim)


def _one(page: Page, question, aim) -> tuple[Reply, Keys]:
    """Answer a question: type it, choose it, take the default, or skip it."""
    if page.kind == "menu":
        values = ["yes", "no"] if question.type == "yes-no" else [o.value for o in question.options]
        line = values.index(aim) if aim else page.cursor
        if line < 0:
            return Reply("skip"), ["s"]
        if line == page.cursor:
            return Reply("enter", line=line), [ENTER]
        return Reply("enter", line=line), [str(line + 1)]
    if page.kind == "marks":
        assert aim is None, "the examples take these answers as offered"
        return Reply("enter", line=page.cursor, marked=page.marked), [ENTER]
    if page.readback:
        return Reply("enter", page.typed), [ENTER]
    if aim is None and not page.offer:
        return Reply("skip"), [SKIP]
    if aim in (None, page.offer, page.editable):
        return Reply("enter"), [ENTER]
    return Reply("enter", aim), [*aim, ENTER]


def _list(talk: Dialogue, page: Page, name: str, aim) -> tuple[Reply, Keys]:
    """Go on with the first record that differs, add the next one, or be done."""
    now = interview.written(talk.here, name) or ()
    for place, record in enumerate(aim or ()):
        if place >= len(now):
            return Reply("add"), ["a"]
        if dict(record) != dict(now[place]):
            return Reply("enter", line=place), [str(place + 1)]
    return Reply("enter", line=page.cursor), [ENTER]


def _record(talk: Dialogue, page: Page, name: str, aim) -> tuple[Reply, Keys]:
    """Fill in what is blank, change what differs, or be done with the record."""
    place = int(page.title.rsplit(" ", 1)[1]) - 1
    now, record = dict(interview.written(talk.here, name)[place]), dict(aim[place])
    blank = page.lines[0].cells[0].startswith("Fill")
    if blank and record.keys() - now.keys():
        return Reply("enter", line=0), _to(page, 0)
    prompts = [line.cells[0] for line in page.lines]
    for field in talk.here.question(name).fields:
        if field.id in record and record[field.id] != now.get(field.id):
            line = prompts.index(field.prompt)
            return Reply("enter", line=line), _to(page, line)
    last = len(page.lines) - 1
    return Reply("enter", line=last), _to(page, last)


def _to(page: Page, line: int) -> Keys:
    if line == page.cursor:
        return [ENTER]
    if len(page.lines) <= 9:
        return [str(line + 1)]
    return [*[DOWN if line > page.cursor else UP] * abs(line - page.cursor), ENTER]
