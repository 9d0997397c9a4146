"""Says what each change of a return is in the library: an alternative, an answer, or their own wording.

One rule: words are compared whole and in their place. Nothing becomes met by words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from drafter import language
from drafter.base.problems import DraftingError
from drafter.comparing import alignment
from drafter.contract import Contract, Paragraph, Reference, Section, block_runs, names, section_runs, sections
from drafter.drafting import assembly, compliance
from drafter.drafting.compliance import UNMET
from drafter.drafting.draft import Draft
from drafter.drafting.selection import Choice
from drafter.reading import prose
from drafter.reading.library import Alternative
from drafter.reading.prose import Parts, ProseBlock
from drafter.replying import terms, theirs
from drafter.replying.valued import filled, standing, values
from drafter.replying.valued.standing import Left
from drafter.replying.valued.values import Given
from drafter.returned.markup import Change, Return
from drafter.values import dataclass

Is = Literal["alternative", "answer", "own wording", "as sent", "moved", "beside the clauses"]
_END = re.compile(r"(?<=[.;:?!])\s+")
TO_READ, NOT_MET = "to read", "unmet"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to a requirement: "unmet" or "to read"; one that is not listed keeps its status."""

    requirement: str
    status: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a change is: its id, the clause, and what it is there.

    `alternative` is the one that it is, or of an own wording the nearest, with its `position`, what it `concedes`, and
    the sentences of it that are `missing`. `answers` are the questions with the values that it is, as they are typed.
    `together` are the ids of the other changes of the section that it takes to be that, or of an answer, those that are
    the same answer elsewhere. `refers` names the sections, as sent, that refer to what it deletes. `left` are the other
    places that print what it changes, as they left them; `unlike` are the ids of changes that give its question another
    answer. `disagree` are numbers in words, each with other figures. `terms` are those that it defines anew, and
    `by_terms` the requirements that other sections say with them: to be read, all of them.
    """

    change: str
    clause: str
    kind: Is
    alternative: str = ""
    position: str = ""
    concedes: str = ""
    missing: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    together: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    refers: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    unlike: tuple[str, ...] = ()
    disagree: tuple[tuple[str, str], ...] = ()
    terms: tuple[str, ...] = ()
    by_terms: tuple[str, ...] = ()


def meanings(found: Return, sent: Contract, made: Draft | None, on: date) -> tuple[Meaning, ...]:
    """Return what each change of a return is, under the answers of the draft that was sent.

    Where that draft can't be made any more, nothing is known but own wordings.
    """
    finder = Finder(found.changes, sent, made, on)
    return finder.all_of()


class Finder:
    """Finds what changes of one return are; each alternative of a touched clause is drafted once."""

    def __init__(self, changes: Sequence[Change], sent: Contract, made: Draft | None, on: date) -> None:
        """Begin with the changes of a return, what was sent, and its draft where that can still be made."""
        self.changes, self.sent, self.made, self.on = changes, sent, made, on
        self.sections = {section.id: section for section in sections(sent)}
        self.wholes: dict[str, tuple[list[Change], Section | None]] = {}
        self.drafted: dict[str, list[tuple[Choice, Section]]] = {}
        self.given: dict[str, Given] = {}

    def all_of(self) -> tuple[Meaning, ...]:
        """Return what each change is, with the others that are the same answer, and what was left elsewhere."""
        first = [self.of(change) for change in self.changes]
        found = [self.alike(*each) for each in zip(self.changes, first, strict=True)]
        version = theirs.version(self.sent, self.changes).contract
        places = standing.standing(self.sent, version, self.changes)
        return tuple(self.beside(*each, places) for each in zip(self.changes, found, strict=True))

    def alike(self, change: Change, found: Meaning) -> Meaning:
        """Return a change as the answer that another one is, where its section reads so with that answer too."""
        given, section = self.given.get(change.id), self.sections.get(found.clause)
        target = theirs.changed(section, (change,))[0] if given is not None and section is not None else None
        if given is None or section is None or target is None:
            return found
        asked = {name for name, _ in given.typed}
        for other in self.given.values():
            is_of_it = other is not given and {name for name, _ in other.typed} == asked
            if is_of_it and values.reads(section, other.after, target, asked):
                self.given[change.id] = other
                return replace(found, answers=other.typed)
        return found

    def beside(self, change: Change, found: Meaning, places: Sequence[Left]) -> Meaning:
        """Return what a change is, with what else is the same answer, and which `places` they left as they were."""
        if found.kind == "answer" and (given := self.given.get(change.id)) is not None:
            now = given.after.answers.given
            others = {key: other for key, other in self.given.items() if key != change.id}
            same = tuple(key for key, other in others.items() if other.after.answers.given == now)
            asked = frozenset(name for name, value in given.typed if value)
            unlike = (key for key, one in others.items() if asked & dict(one.typed).keys() and key not in same)
            left = standing.left(places, asked, given.after.contract)
            return replace(found, together=same, left=left, unlike=tuple(unlike))
        if found.kind != "own wording" or len(change.clauses) != 1 or change.kind in ("move", "heading"):
            return found
        section = self.sections[found.clause]
        target = theirs.changed(section, (change,))[0]
        if target is None:
            return found
        left = standing.left(places, standing.replaced(section, target))
        return replace(found, left=left, disagree=filled.disagreeing(section, target))

    def of(self, change: Change) -> Meaning:
        """Return what one change is."""
        clause = change.clauses[0] if change.clauses else ""
        section = self.sections.get(clause)
        if section is None:
            return self.beside_clauses(change)
        if change.kind == "format":
            return Meaning(change.id, clause, "as sent")
        if change.kind == "move" and change.whole:
            return Meaning(change.id, clause, "moved", effects=tuple(self.effects(change, section)))
        if len(change.clauses) > 1 or change.kind in ("move", "heading"):
            return self.own(change, section, None)
        target, left = theirs.changed(section, (change,))
        if left:
            return self.own(change, section, section)
        return self.known(change, section, target) or self.own(change, section, target)

    def beside_clauses(self, change: Change) -> Meaning:
        """Return what a change is that is in no clause: the answer that is printed there, or nothing that is known."""
        given = values.beside(self.made, change, self.on) if self.made is not None and not change.clauses else None
        if given is None:
            return Meaning(change.id, change.clauses[0] if change.clauses else "", "beside the clauses")
        self.given[change.id] = given
        return Meaning(change.id, "", "answer", answers=given.typed, effects=_fallen(self.made, given.after))

    def known(self, change: Change, section: Section, target: Section | None) -> Meaning | None:
        """Return the alternative or the answer that a change is, alone or with the others of its section."""
        if target is None:
            return self.left_out(change, section)
        if theirs.said(target) == theirs.said(section):
            return Meaning(change.id, section.id, "as sent")
        beside, whole = self.whole(section)
        others = tuple(one.id for one in beside if one is not change)
        for wanted, together in ((target, ()), (whole, others)):
            is_it = self.alternative(wanted) if wanted is not None else None
            if is_it is not None:
                found = Meaning(change.id, section.id, "alternative", together=together)
                return self.as_alternative(found, section, is_it)
        given = values.answers(self.made, section, change, target, self.on) if self.made is not None else None
        if given is None:
            return None
        self.given[change.id] = given
        return Meaning(change.id, section.id, "answer", answers=given.typed, effects=_fallen(self.made, given.after))

    def left_out(self, change: Change, section: Section) -> Meaning | None:
        """Return the answer that leaves a deleted section out, and changes nothing else."""
        found = values.leaving_out(self.made, section.id, self.on) if self.made is not None else None
        if found is None or found.also:
            return None
        given = found.given
        return Meaning(change.id, section.id, "answer", answers=given.typed, effects=_fallen(self.made, given.after))

    def whole(self, section: Section) -> tuple[list[Change], Section | None]:
        """Return all changes of a section, and how it reads with them; None with fewer than two."""
        if section.id not in self.wholes:
            beside = [one for one in self.changes if one.clauses == (section.id,) and one.kind != "format"]
            whole = theirs.changed(section, beside)[0] if len(beside) > 1 else None
            self.wholes[section.id] = beside, whole
        return self.wholes[section.id]

    def alternative(self, wanted: Section) -> Choice | None:
        """Return the alternative that a section is, word for word."""
        words = theirs.said(wanted)
        return next((choice for choice, drafted in self.all(wanted.id) if theirs.said(drafted) == words), None)

    def all(self, clause: str) -> list[tuple[Choice, Section]]:
        """Return each alternative of a clause, as it would have been sent."""
        if clause not in self.drafted:
            self.drafted[clause] = list(self._all(clause)) if self.made is not None else []
        return self.drafted[clause]

    def _all(self, name: str) -> Iterator[tuple[Choice, Section]]:
        clause = self.made.library.clauses.get(name) if self.made is not None else None
        if clause is None or self.made is None:
            return
        for one in clause.alternatives:
            choice = Choice(clause, one, "negotiator")
            is_sent = self.made.selection.in_force.get(name) == one.id
            other = not is_sent and _is_filled_by_it(one)
            drafted = values.with_alternative(self.made, name, one.id, self.on) if other else None
            try:
                made = drafted.contract if drafted else self.made.contract if is_sent else _assembled(self.made, choice)
            except DraftingError:  # it refers to what isn't in this contract
                continue
            yield from ((choice, section) for section in sections(made) if section.id == name)

    def as_alternative(self, found: Meaning, section: Section, choice: Choice) -> Meaning:
        """Return what a change is that makes a section read as an alternative."""
        one = choice.alternative
        lost = (wanted for wanted in section.requirements if wanted not in one.satisfies)
        return replace(
            found, alternative=one.id, position=one.position, concedes=" ".join(one.concedes.split()),
            effects=tuple(Effect(wanted, NOT_MET) for wanted in lost),
        )  # fmt: skip

    def own(self, change: Change, section: Section, target: Section | None) -> Meaning:
        """Return a change as their own wording, with the nearest alternative and what is missing of it."""
        nearest, missing = self.nearest(section, target) if target is not None else (None, ())
        found, defined = tuple(self.effects(change, target)), terms.defined(section, change)
        using = terms.using(self.sent, defined)
        said = dict.fromkeys(r for one in self.sections.values() if one.id in using for r in one.requirements)
        touched = {one.requirement for one in found}
        return Meaning(
            change.id, section.id, "own wording",
            alternative=nearest.alternative.id if nearest else "",
            position=nearest.alternative.position if nearest else "",
            missing=missing,
            effects=found, refers=self.refers(change, section, target), terms=tuple(sorted(defined)),
            by_terms=tuple(one for one in said if one not in touched),
        )  # fmt: skip

    def nearest(self, section: Section, target: Section) -> tuple[Choice | None, tuple[str, ...]]:
        """Return the alternative that is nearest, and what is missing of it.

        That is one that has a sentence into which one was changed; else the one that was sent, unless from another
        fewer than half as many words were changed.
        """
        theirs_now, was = _sentences(target), _sentences(section)
        new, gone = theirs_now.keys() - was.keys(), was.keys() - theirs_now.keys()
        became = {key for key in new if any(alignment.common_length(key, old) > len(old) / 2 for old in gone)}
        best: tuple[tuple[int, int], Choice, dict[tuple[str, ...], str]] | None = None
        for choice, drafted in self.all(section.id):
            have, is_sent = _sentences(drafted), choice.alternative.id == section.alternative
            changed = _changed(drafted, target)
            rank = (-len(became & have.keys()), changed if is_sent else 2 * changed + 1)
            if best is None or rank < best[0]:
                best = rank, choice, have
        if best is None:
            return None, ()
        return best[1], tuple(words for key, words in best[2].items() if key not in theirs_now)

    def effects(self, change: Change, target: Section | None) -> Iterator[Effect]:
        """Yield what a change of words does to the requirements of its sections."""
        wanted = dict.fromkeys(one for clause in change.clauses for one in self.sections[clause].requirements)
        gone = self.gone(change, target)
        yield from (Effect(one, NOT_MET if one in gone else TO_READ) for one in wanted)

    def gone(self, change: Change, target: Section | None) -> frozenset[str]:
        """Return the requirements whose section or operative sentence a change deletes."""
        if change.after or change.kind not in ("delete", "row", "replace") or self.made is None:
            return frozenset()
        del target
        left = theirs.version(self.sent, (change,))
        if left.unlaid:
            return frozenset()
        there = {section.id for section in sections(left.contract)}
        choices = {name: choice for name, choice in self.made.selection.choices.items() if name in there}
        rows = compliance.check(left.contract, replace(self.made.selection, choices=choices)).rows
        was = {row.requirement.id: row.status for row in self.made.coverage.rows}
        return frozenset(
            row.requirement.id for row in rows if row.status in UNMET and was[row.requirement.id] not in UNMET
        )

    def refers(self, change: Change, section: Section, target: Section | None) -> tuple[str, ...]:
        """Return the sections that refer to a section or an item that a change deletes."""
        if change.after or change.kind not in ("delete", "replace"):
            return ()
        return referring(self.sent, section, target if target is not None or change.whole else section)


def referring(contract: Contract, section: Section, target: Section | None) -> tuple[str, ...]:
    """Return the sections of a contract that refer to what a section no longer has, or to one that goes."""
    lost = set(_labels(section)) - (set(_labels(target)) if target is not None else set())
    lost |= {section.id} if target is None else set()
    places = {clause: name.place for clause, name in names(contract).items()}
    found = (other for other in sections(contract) if lost & set(_targets(other)))
    return tuple(places[other.id] for other in found if other.id != section.id or target is not None)


def _is_filled_by_it(alternative: Alternative) -> bool:
    """Say whether a field of an alternative is filled by an answer that selects it, so that both change together."""
    by = language.names(alternative.when) if alternative.when is not None else frozenset()
    parts = (parts for block in alternative.text for parts in _parts(block))
    return any(by & language.names(field.expression) for line in parts for field in prose.fields(line))


def _parts(block: ProseBlock) -> Iterator[Parts]:
    match block:
        case prose.Passage(parts=parts):
            yield parts
        case prose.Grid(header=header, rows=rows):
            yield from header
            yield from (cell for row in rows for cell in row.cells)


def _assembled(made: Draft, choice: Choice) -> Contract:
    selected = made.selection
    return assembly.assemble(replace(selected, choices={**selected.choices, choice.clause.id: choice}))


def _fallen(before: Draft | None, after: Draft) -> tuple[Effect, ...]:
    """Return the requirements that an answer leaves unmet."""
    changed = compliance.changes(before.coverage, after.coverage) if before is not None else ()
    return tuple(Effect(wanted, NOT_MET) for wanted, _, now in changed if now in UNMET)


def _labels(section: Section) -> Iterable[str]:
    return (block.label for block in section.blocks if isinstance(block, Paragraph) and block.label)


def _targets(section: Section) -> Iterator[str]:
    yield from (run.target for run in section_runs(section) if isinstance(run, Reference))


def _sentences(section: Section) -> dict[tuple[str, ...], str]:
    """Return the sentences of a section by their words."""
    found: dict[tuple[str, ...], str] = {}
    for block in section.blocks:
        for runs in block_runs(block):
            found |= {theirs.keys(words): words for words in _END.split(theirs.shown(runs)) if words.strip()}
    return found


def _changed(one: Section, other: Section) -> int:
    """Return how many words are in one of two sections alone."""
    words = [[key for line in theirs.said(section) for key in line] for section in (one, other)]
    return len(words[0]) + len(words[1]) - 2 * alignment.common_length(*words)
