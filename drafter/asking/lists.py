"""Asks for a list of records: shows it as a table, and adds, fills in, changes and removes records until it is done."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from drafter.asking import entries, interview
from drafter.asking.entries import Entry
from drafter.asking.pages import Move, Page, Reply, chosen, listing
from drafter.asking.sitting import CHOOSE, Sitting, Talk, ask_entry
from drafter.base import english
from drafter.base.problems import DraftingError
from drafter.reading.sources.source import squeezed


def ask_list(sitting: Sitting, name: str) -> Talk:
    """Ask for a list until it is done, or a reply leads elsewhere."""
    error = ""
    while True:
        page = replace(sitting.page(name), error=error)
        reply = yield page
        error = ""
        try:
            if page.items and reply.command == "enter" and reply.line < 0 and reply.text.strip():
                move = _beyond((yield from _add(sitting, name, reply.text)))
            else:
                move = yield from _step(sitting, name, chosen(page, reply), page.was)
        except DraftingError as found:
            error = sitting.error(found)
            continue
        if move is not None:
            return move


def _step(sitting: Sitting, name: str, chosen: Move | None, was: str) -> Generator[Page, Reply, Move | None]:
    """Do what was chosen in the table, whose list `was` as it showed; return where that leads, None if back to it."""
    entry = entries.of_question(sitting.here, name)
    match chosen:
        case None | Move("open" | "remove", ""):  # no record was chosen
            return None
        case Move("back" | "jump" | "review" | "leave" | "defaults"):
            return chosen
        case Move("open", number):
            return _beyond((yield from _record(sitting, name, int(number))))
        case Move("remove", number):
            return _beyond((yield from _remove(sitting, name, int(number))))
        case Move("add"):
            return _beyond((yield from _fill(sitting, name, len(interview.records(sitting.here, name)) + 1)))
        case Move("last"):
            sitting.save(entry, sitting.last[name], was, "last time's list. Check each entry.")
            return None
        case Move(step):
            _finish(sitting, entry, was, skipped=step == "skip")
            return Move("next")


def _beyond(move: Move) -> Move | None:
    """Return a move that leads away from the list, None for one that leads back to its table."""
    return None if move.step == "next" else move


def _finish(sitting: Sitting, entry: Entry, was: str, *, skipped: bool) -> None:
    """Save a list that was only a default, and report what is blank in it."""
    listed = interview.records(sitting.here, entry.name)
    if not listed or (skipped and not entries.is_answered(sitting.here, entry)):
        sitting.skip(entry)
    elif not skipped and not entries.is_answered(sitting.here, entry):
        sitting.save(entry, listed, was)
    missing = interview.blanks(sitting.here, entry.name)
    if listed and missing:
        sitting.report(f"{english.counted(missing, 'blank')} left in this list.", "reminder")


def _fill(sitting: Sitting, name: str, number: int) -> Talk:
    """Ask one by one for the fields that a record does not have yet."""
    listed, at = interview.records(sitting.here, name), ""
    known = frozenset(listed[number - 1]) if number <= len(listed) else frozenset()
    while number <= len(interview.records(sitting.here, name)) + 1:  # others may have made the list shorter
        fields = interview.fields(sitting.here, name, interview.record(sitting.here, name, number))
        asked = [f.id for f in fields if f.id not in known]
        rest = asked[asked.index(at) + 1 :] if at in asked else asked
        if not rest:
            return Move("next")
        at = rest[0]
        move = yield from ask_entry(sitting, entries.of_field(sitting.here, name, number, at))
        place = asked.index(at)
        if move.step == "back" and not place:
            return Move("next")
        if move.step in ("back", "go"):
            again = place - (2 if move.step == "back" else 1)
            at = asked[again] if again >= 0 else ""
        elif move.step != "next":
            return move
    return Move("next")


def _record(sitting: Sitting, name: str, number: int) -> Talk:
    """Show one record, field by field, to change any of them."""
    while number <= len(interview.records(sitting.here, name)):
        page = sitting.page(f"{name}[{number}]")
        reply = yield page
        match chosen(page, reply):
            case None:
                continue
            case Move("fill"):
                move = yield from _fill(sitting, name, number)
            case Move("open", field):
                move = yield from ask_entry(sitting, entries.of_field(sitting.here, name, number, field))
            case Move("jump" | "review" | "leave") as move:
                return move
            case _:
                return Move("next")
        if move.step in ("jump", "review", "leave"):
            return move
    return Move("next")


def _add(sitting: Sitting, name: str, text: str) -> Talk:
    """Add what was typed or pasted in a table, a record a line, once it is sure that this is meant."""
    items, error = _items(text), ""
    while True:
        page = replace(listing.addition(sitting.here, name, items), error=error)
        reply = yield sitting.shown(page)
        if reply.command == "enter" and reply.line < 0 and reply.text.strip():
            items, error = (*items, *_items(reply.text)), ""
            continue
        move = chosen(page, reply)
        if move == Move("add"):
            entry = entries.of_question(sitting.here, name)
            sitting.save(entry, entries.with_items(sitting.here, name, items), page.was, "; ".join(items))
        if move is not None:
            return Move("leave" if reply.command == "leave" else "next")
        error = CHOOSE


def _items(text: str) -> tuple[str, ...]:
    """Return the lines of a text that are not empty; a tab between the cells of a copied table is a space."""
    return tuple(squeezed(line) for line in text.splitlines() if line.strip())


def _remove(sitting: Sitting, name: str, number: int) -> Talk:
    """Remove a record, once it is sure that this is meant."""
    page = listing.removal(sitting.here, name, number)
    reply = yield sitting.shown(page)
    move = chosen(page, reply)
    if move == Move("remove"):
        entry = entries.of_question(sitting.here, name)
        what = f"{listing.singular(sitting.here, name)} {number} removed."
        sitting.save(entry, entries.without(sitting.here, name, number), page.was, what)
    return Move("leave" if reply.command == "leave" else "next")
