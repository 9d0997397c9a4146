"""Lays several returns of one round beside each other: where two people changed the same words, alike or otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drafter.replying.kept import Told
from drafter.returned.file import texts
from drafter.returned.markup import Change
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Other:
    """A change of another return of the same round: the number of its round, its key, its short name, and itself."""

    number: int
    key: str
    name: str
    change: Change


def others(returns: Mapping[int, Told], number: int) -> tuple[Other, ...]:
    """Return the changes of the other returns of the round that a return is of, by the numbers of their rounds."""
    of = returns[number].of
    return tuple(
        Other(came, key, name, told.changes[key])
        for came, told in returns.items()
        if came != number and told.of == of
        for name, key in told.names.items()
    )


def alike(change: Change, other: Change) -> bool:
    """Say whether two changes are the same: the same words in the same place."""
    return (
        change.clauses == other.clauses
        and change.place == other.place
        and texts.keys(change.before) == texts.keys(other.before)
        and texts.keys(change.after) == texts.keys(other.after)
    )


def clash(change: Change, other: Change) -> bool:
    """Say whether two changes can't both be made: they have other words in one place, or one deletes the other's."""
    if not set(change.clauses) & set(other.clauses) or alike(change, other) or "format" in (change.kind, other.kind):
        return False
    if change.whole or other.whole:
        return True
    if change.place != other.place:
        return False
    if not change.line_before or not other.line_before:
        return bool(change.before and other.before)
    return _overlap(change, other)


def _overlap(change: Change, other: Change) -> bool:
    """Say whether two changes replace some of the same words of one line, by what is before and after each."""
    one, two = (_span(each) for each in (change, other))
    return (one[0] < two[1] and two[0] < one[1]) or one == two


def _span(change: Change) -> tuple[int, int]:
    """Return where in the line as sent a change is, counted in its words."""
    line, words = texts.keys(change.line_before), texts.keys(change.before)
    new = texts.keys(change.line_after)
    start = next((n for n in range(min(len(line), len(new))) if line[n] != new[n]), min(len(line), len(new)))
    at = next((n for n in _near(start, len(line)) if line[n : n + len(words)] == words), start)
    return at, at + max(1, len(words))


def _near(start: int, size: int) -> Iterator[int]:
    return iter(sorted(range(size + 1), key=lambda n: abs(n - start)))


def remarks(returns: Mapping[int, Told], number: int) -> dict[str, list[str]]:
    """Return what is said of each change of a return, by its key, where another return has it or clashes with it."""
    found: dict[str, list[str]] = {}
    there = others(returns, number)
    for key, change in returns[number].changes.items():
        for other in there:
            if alike(change, other.change):
                found.setdefault(key, []).append(f"also in round {other.number}, as {other.name}")
            elif clash(change, other.change):
                found.setdefault(key, []).append(f"clashes with {other.name} of round {other.number}")
    return found


def together(mine: Sequence[Change], theirs: Sequence[Change]) -> tuple[Change, ...]:
    """Return changes of several returns of one section, each once."""
    return (*mine, *(one for one in theirs if not any(alike(one, other) for other in mine)))
