"""Finds what nobody has recorded as read, or what rests on words that have changed since.

There are two kinds of reading. A wording is read against a requirement: that it says what is asked. And each wording is
read by itself: that it takes nothing back of what the sources ask. So are the outline's own words, and what a source is
said to ask nothing in. Nothing here judges a wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from drafter.keeping.once import once
from drafter.reading import saying
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.memo import memo_text
from drafter.reading.reviewing.marks import Mark, Own, Reviewed, Texts, hashed
from drafter.reading.sources.source import Requirement
from drafter.values import dataclass

if TYPE_CHECKING:
    from drafter.reading.reviewing.basis import Basis

OUTLINE = "agreement.yaml"  # what the reading of the outline's own words is called
MEMO = memo_text.MEMO.file
PAPERS = tuple(paper.file for paper in memo_text.PAPERS)  # what says something of a contract, and is no text of it
InForce = Mapping[str, str]  # the alternative of each clause in a contract
RestsOn = Callable[[], Texts]  # works out what a reading rests on, when that is needed


@dataclass(frozen=True, slots=True)
class Change:
    """A text that a reading rests on: what it is, its words when they were read (empty: none), and its words now."""

    what: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A wording that somebody has to read against a requirement, and what changed since it was read.

    `mark` is the record of the last reading; None where nobody has read it, and then nothing is known to have changed.
    `is_own` is whether it is a matter's own wording, of which the matter keeps the record. Where what is to be read is
    that two sources ask the same, there is no clause, and the wording is called "same as" the other requirement.
    """

    requirement: Requirement
    clause: str
    alternative: str
    wording: str
    file: str
    mark: Mark | None
    changes: tuple[Change, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class UnreadAlone:
    """A wording that somebody has to read by itself, and what changed since it was read.

    `wording` is its name. The outline's own words, and what is said of a source, are called by their file and have no
    clause.
    """

    clause: str
    alternative: str
    wording: str
    file: str
    mark: Mark | None
    changes: tuple[Change, ...]
    is_own: bool


def wording(clause: Clause, alternative: Alternative) -> str:
    """Return what a mark calls a wording: "leash.short"."""
    return f"{clause.id}.{alternative.id}"


def links(library: Library) -> tuple[tuple[Requirement, Clause, Alternative], ...]:
    """Return each wording with each requirement that it claims or says part of, in the order of the outline."""
    return _readings(library).links


def _links(library: Library) -> Iterator[tuple[Requirement, Clause, Alternative]]:
    known = {requirement.id: requirement for requirement in library.requirements}
    partly = {clause for requirement in library.requirements for clause in saying.elsewhere(requirement)}
    for clause, alternative in every_wording(library):
        claimed = [known[wanted] for wanted in alternative.satisfies if wanted in known]
        of_part = _said_in_part(library, clause, alternative) if clause.id in partly else ()
        wanted = {requirement.id: requirement for requirement in (*claimed, *of_part)}
        yield from ((requirement, clause, alternative) for requirement in wanted.values())


def _said_in_part(library: Library, clause: Clause, alternative: Alternative) -> Iterator[Requirement]:
    """Yield the requirements of which a wording says a part outside their home; an own one may, whatever it says."""
    for requirement in library.requirements:
        if clause.id in saying.elsewhere(requirement):
            yield from (requirement,) if alternative.is_own or requirement.said_in(clause.id, alternative.id) else ()


def same(library: Library) -> Iterator[tuple[Requirement, Requirement]]:
    """Yield each requirement that asks the same as one of another source, with that one."""
    for requirement in library.requirements:
        others = (library.requirement(wanted) for wanted in requirement.same_as)
        yield from ((requirement, other) for other in others if other is not None)


def same_as(other: Requirement) -> str:
    """Return what a mark calls the judgement that a requirement asks the same as another: "same as II"."""
    return f"same as {other.lasting}"


def every(library: Library) -> Iterator[tuple[Requirement, str]]:
    """Yield each requirement with what a mark calls what is read against it: a wording, another requirement."""
    return ((requirement, name) for requirement, name, _ in read_against(library))


def every_wording(library: Library) -> tuple[tuple[Clause, Alternative], ...]:
    """Return each wording with its clause, in the order of the outline."""
    return _readings(library).wordings


def every_alone(library: Library) -> Iterator[str]:
    """Yield the names of all that is read by itself: wordings, the outline, what is said of each source."""
    return (name for name, _ in read_alone(library))


def read_against(library: Library, own: Own = frozenset()) -> Iterator[tuple[Requirement, str, RestsOn]]:
    """Yield the same as `every`, each with what works out the texts that reading it rests on."""
    known = _readings(library)
    for requirement, clause, alternative in links(library):
        yield requirement, wording(clause, alternative), partial(known.link, requirement, clause, alternative, own)
    for requirement, other in same(library):
        yield requirement, same_as(other), partial(known.same, requirement)


def read_alone(library: Library, own: Own = frozenset()) -> Iterator[tuple[str, RestsOn]]:
    """Yield the same as `every_alone`, each with what works out the texts that reading it rests on."""
    known = _readings(library)
    for clause, alternative in every_wording(library):
        yield wording(clause, alternative), partial(known.alone, clause, alternative, own)
    yield from ((name, partial(known.file, name)) for name in files(library))


def texts_of_file(library: Library, name: str) -> Texts:
    """Return what reading the outline, or what is said of a source, rests on, by the name of its file."""
    return _readings(library).file(name)


def files(library: Library) -> Iterator[str]:
    """Yield the files that are read by themselves: the outline's, each source's, the papers'."""
    yield OUTLINE
    yield from (one.file for one in library.sources)
    yield from (text.of.file for text in library.paper_texts)


# -- what is unread -----------------------------------------------------------------------------


def unread(library: Library, in_force: InForce | None = None) -> tuple[Unread, ...]:
    """Return what nobody has read as it is now: wordings against requirements, and what asks the same as another.

    With the wordings in force in a contract, only those are looked at, and a matter's own definitions among them count.
    """
    own = own_in_force(library, in_force)
    found = (
        *(_unread(library, *link, own) for link in links(library) if _counts(in_force, link[1], link[2])),
        *(_unread_same(library, *both) for both in same(library)),
    )
    return tuple(one for one in found if one is not None)


def unread_alone(library: Library, in_force: InForce | None = None) -> tuple[UnreadAlone, ...]:
    """Return what nobody has read by itself as it is now, of a library or, as `unread`, of a contract."""
    own = own_in_force(library, in_force)
    found = (
        *(_unread_alone(library, *one, own) for one in every_wording(library) if _counts(in_force, *one)),
        *(_unread_file(library, name) for name in files(library)),
    )
    return tuple(one for one in found if one is not None)


def unread_in_matter(library: Library, in_force: InForce) -> tuple[tuple[Unread, ...], tuple[UnreadAlone, ...]]:
    """Return what a matter's own wordings in force leave to read: these, and what their definitions made unread."""
    own = own_in_force(library, in_force)
    without = {clause: one for clause, one in in_force.items() if (clause, one) not in own}
    links = {(one.requirement.id, one.wording) for one in unread(library, without)}
    alone = {one.wording for one in unread_alone(library, without)}
    return (
        tuple(one for one in unread(library, in_force) if (one.requirement.id, one.wording) not in links),
        tuple(one for one in unread_alone(library, in_force) if one.wording not in alone),
    )


def is_read(
    library: Library, requirement: Requirement, clause: Clause, alternative: Alternative, in_force: InForce
) -> bool:
    """Say whether somebody has read a wording, as it is now in a contract, against a requirement."""
    return _unread(library, requirement, clause, alternative, own_in_force(library, in_force)) is None


def last_reading(
    library: Library, requirement: Requirement, clause: Clause, alternative: Alternative
) -> Mark | None:  # fmt: skip
    """Return the record of who read a wording last against a requirement, if it read so or not; None for nobody."""
    return next(_marks(library, requirement, wording(clause, alternative)), None)


def _counts(in_force: InForce | None, clause: Clause, alternative: Alternative) -> bool:
    return in_force is None or in_force.get(clause.id) == alternative.id


def own_in_force(library: Library, in_force: InForce | None) -> Own:
    """Return a matter's own wordings among those in force; none where nothing is known to be."""
    named = ((name, library.clauses[name].alternative(one)) for name, one in (in_force or {}).items())
    return frozenset((name, one.id) for name, one in named if one is not None and one.is_own)


def _unread(
    library: Library, requirement: Requirement, clause: Clause, alternative: Alternative, own: Own
) -> Unread | None:
    name, known = wording(clause, alternative), _readings(library)
    texts = partial(known.link, requirement, clause, alternative, own)
    found = known.since((requirement.id, name, own), _marks(library, requirement, name), texts)
    file = alternative.place.path if alternative.is_own else clause.file
    return found and Unread(requirement, clause.id, alternative.id, name, file, *found, alternative.is_own)


def _unread_same(library: Library, requirement: Requirement, other: Requirement) -> Unread | None:
    name, known = same_as(other), _readings(library)
    marks = _marks(library, requirement, name)
    found = known.since((requirement.id, name, frozenset()), marks, partial(known.same, requirement))
    return found and Unread(requirement, "", "", name, library.source_of(requirement.id).file, *found, is_own=False)


def _unread_alone(library: Library, clause: Clause, alternative: Alternative, own: Own) -> UnreadAlone | None:
    name, known = wording(clause, alternative), _readings(library)
    found = known.since(("", name, own), _alone(library, name), partial(known.alone, clause, alternative, own))
    file = alternative.place.path if alternative.is_own else clause.file
    return found and UnreadAlone(clause.id, alternative.id, name, file, *found, alternative.is_own)


def _unread_file(library: Library, name: str) -> UnreadAlone | None:
    known = _readings(library)
    found = known.since(("", name, frozenset()), _alone(library, name), partial(known.file, name))
    return found and UnreadAlone("", "", name, name, *found, is_own=False)


def _changes(library: Library, mark: Mark, texts: Texts) -> Iterator[Change]:
    """Yield the texts that are not those which a reading rested on."""
    rested = mark.of(library.form.id)
    for what in dict.fromkeys((*rested, *texts)):
        was = rested.get(what, "")
        if was != (hashed(texts[what]) if what in texts else ""):
            before = next((one.texts[was] for one in _records(library) if was in one.texts), "")
            yield Change(what, before, texts.get(what, ""))


def _records(library: Library) -> tuple[Reviewed, ...]:
    return library.own_reviewed, library.reviewed


def _marks(library: Library, requirement: Requirement, name: str) -> Iterator[Mark]:
    """Yield the records of a reading, which are kept under the requirement's name, or were under its id before."""
    for reviewed in _records(library):
        mark = reviewed.mark(requirement.lasting, name) or reviewed.mark(requirement.id, name)
        yield from () if mark is None else (mark,)


def _alone(library: Library, name: str) -> Iterator[Mark]:
    return (one.alone[name] for one in _records(library) if name in one.alone)


_Since = tuple[Mark | None, tuple[Change, ...]]


class _Readings:
    """What the readings of one library rest on, and what was found of each; worked out once, where it is needed."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.found: dict[tuple[str, str, Own], _Since | None] = {}

    @cached_property
    def wordings(self) -> tuple[tuple[Clause, Alternative], ...]:
        known = self.library.clauses
        placed = (known[name] for name in dict.fromkeys(self.library.order()) if name in known)
        return tuple((clause, alternative) for clause in placed for alternative in clause.alternatives)

    @cached_property
    def links(self) -> tuple[tuple[Requirement, Clause, Alternative], ...]:
        return tuple(_links(self.library))

    @cached_property
    def basis(self) -> Basis:
        from drafter.reading.reviewing.basis import Basis  # needed only where something was read

        return Basis(self.library)

    def link(self, requirement: Requirement, clause: Clause, alternative: Alternative, own: Own) -> Texts:
        return self.basis.of(requirement, clause, alternative, own)

    def same(self, requirement: Requirement) -> Texts:
        return self.basis.of_same(requirement)

    def alone(self, clause: Clause, alternative: Alternative, own: Own) -> Texts:
        return self.basis.alone(clause, alternative, own)

    def file(self, name: str) -> Texts:
        if name in PAPERS:
            return self.basis.of_paper(name)
        sources = (source for source in self.library.sources if source.file == name)
        return next(map(self.basis.of_source, sources), self.basis.outline)

    def since(self, key: tuple[str, str, Own], marks: Iterable[Mark], texts: RestsOn) -> _Since | None:
        """Return the last reading of something and what changed since; None where a reading holds."""
        if key not in self.found:
            self.found[key] = self._since(marks, texts)
        return self.found[key]

    def _since(self, marks: Iterable[Mark], texts: RestsOn) -> _Since | None:
        last: _Since = (None, ())
        for mark in marks:
            changes = tuple(_changes(self.library, mark, texts()))
            if not changes:
                return None
            if last[0] is None or mark.on > last[0].on:
                last = mark, changes
        return last


@once(4)  # a matter's library and the one that it is drafted from; each form of a library
def _readings(library: Library) -> _Readings:
    return _Readings(library)
