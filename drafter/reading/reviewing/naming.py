"""Says what a name means in 'drafter review': a requirement, a clause, one of its wordings, a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from drafter.base import spelling
from drafter.base.problems import Place, Problem
from drafter.reading.library import Library
from drafter.reading.reviewing import review
from drafter.reading.reviewing.in_answers import FreeAnswer
from drafter.reading.reviewing.review import InForce
from drafter.reading.sources.source import FOLDER
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """What is named: readings against requirements, each a requirement and a name, and what is read by itself."""

    links: frozenset[tuple[str, str]]
    alone: frozenset[str]


NOTHING = Named(frozenset(), frozenset())


def named(library: Library, names: Iterable[str]) -> Named:
    """Return what some names mean; a requirement's id names that requirement and no clause."""
    wanted = tuple(dict.fromkeys(names))
    requirements = {one for one in wanted if library.requirement(one) is not None}
    links = frozenset((r.id, name) for r, name in review.every(library) if r.id in requirements)
    return Named(links, frozenset(one for name in wanted if name not in requirements for one in _alone(library, name)))


def all_of(library: Library) -> Named:
    """Return everything that there is to read."""
    return Named(frozenset((r.id, name) for r, name in review.every(library)), frozenset(review.every_alone(library)))


def answers(found: Iterable[FreeAnswer], names: Iterable[str], *, every: bool = False) -> tuple[FreeAnswer, ...]:
    """Return which of a matter's answers are named, each by itself or, those in a list, by the list's question."""
    wanted = frozenset(names)
    return tuple(one for one in found if every or not wanted.isdisjoint((one.name, one.name.partition("[")[0])))


def in_any(forms: Iterable[Named]) -> Named:
    """Return what is named in any of some forms."""
    every = tuple(forms)
    none = frozenset[str]()
    return Named(
        frozenset[tuple[str, str]]().union(*(one.links for one in every)), none.union(*(one.alone for one in every))
    )


def within(found: Named, library: Library, in_force: InForce) -> Named:
    """Return what is named of that which a matter keeps the record of: its own wordings, and what they reach."""
    own = {f"{clause}.{alternative}" for clause, alternative in review.own_in_force(library, in_force)}
    links, alone = review.unread_in_matter(library, in_force)
    reached = {(one.requirement.id, one.wording) for one in links}
    return Named(
        frozenset(link for link in found.links if link[1] in own or link in reached),
        frozenset(name for name in found.alone if name in own or name in {one.wording for one in alone}),
    )


def _alone(library: Library, name: str) -> tuple[str, ...]:
    clause = library.clauses.get(name)
    if clause is not None:
        return tuple(review.wording(clause, alternative) for alternative in clause.alternatives)
    return tuple(one for one in review.every_alone(library) if one == name)


def shared(libraries: Sequence[Library], names: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each name that a requirement has and a clause too, with what to call the clause's wordings.

    `libraries` are those of each form.
    """
    for name in dict.fromkeys(names):
        others = tuple(dict.fromkeys(other for one in libraries for other in _alone(one, name)))
        if others and libraries[0].requirement(name) is not None:
            yield name, others


def unknown_in_all(libraries: Sequence[Library], names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each name that no requirement, clause, wording or file has in any form."""
    for name in names:
        found = [problem for one in libraries for problem in unknown(one, [name])]
        yield from found[:1] if len(found) == len(libraries) else ()


def unknown(library: Library, names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each name that no requirement, clause, wording or file has."""
    ids = [requirement.id for requirement in library.requirements]
    known = [*ids, *library.clauses, *review.every_alone(library)]
    for name in names:
        if name not in known:
            parts = [one for one in ids if one.startswith((f"{name}(", f"{name}."))]
            otherwise = spelling.meant(name, known, "'drafter clauses --by requirement' lists them")
            hint = f"it is divided into {', '.join(parts)}" if parts else otherwise
            place = Place(f"{library.path}/{FOLDER}")
            yield Problem("unknown-requirement", place, f"there is no requirement or clause '{name}'", hint)
