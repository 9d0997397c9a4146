"""Finds where else a contract prints the answers that a change is about, and what the other side left there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from drafter.comparing import instead
from drafter.contract import Contract, Section, names, prints, sections
from drafter.contract.prints import Print
from drafter.returned.markup import Change
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Left:
    """A place that prints an answer, and that the other side left as it was: its clause, the place, and the words."""

    clause: str
    place: str
    words: str
    question: str


def standing(sent: Contract, version: Contract, changes: Sequence[Change]) -> tuple[Left, ...]:
    """Return every place where the other side's version of a contract prints an answer as it was sent.

    `changes` are all of that version.
    """
    called = {name: one.place for name, one in names(sent).items()}
    was = _printed(sent)
    changed = {change.section for change in changes if not change.clauses}  # none of these is in the version
    found = (
        Left(clause, called.get(clause, f"the {clause.lower()}"), one.words, one.question)
        for clause, printed in _printed(version).items()
        for one in printed
        if one in was.get(clause, ()) and (clause in called or clause not in changed)
    )
    return tuple(dict.fromkeys(found))


def left(places: Collection[Left], asked: Collection[str], after: Contract | None = None) -> tuple[Left, ...]:
    """Return the places that print answers to some questions.

    With a contract `after` these were answered otherwise, only where that prints something else.
    """
    found = [one for one in places if one.question in asked]
    now = _printed(after) if after is not None and found else None
    return tuple(
        one
        for one in found
        if now is None or (one.clause in now and Print(one.words, one.question) not in now[one.clause])
    )


def _printed(contract: Contract) -> dict[str, list[Print]]:
    """Return what the answers print in each section of a contract, by its id, and beside the sections."""
    found = {section.id: list(prints.answered(section)) for section in sections(contract)}
    for part, line in prints.beside(contract):
        found.setdefault(part, []).extend(prints.answers(line))
    return found


def replaced(section: Section, target: Section) -> frozenset[str]:
    """Return the questions whose answers a section prints, and for which it has other words in the target."""
    return frozenset(one.question for one, _ in instead.instead(section, target))


def following(places: Collection[Left], made: Contract) -> Iterator[tuple[Left, str]]:
    """Yield the places that a contract by now prints otherwise than the other side left them, with what it prints."""
    there = _printed(made)
    for one in places:
        printed = [each.words for each in there.get(one.clause, ()) if each.question == one.question]
        if printed and one.words not in printed:
            yield one, printed[0]
