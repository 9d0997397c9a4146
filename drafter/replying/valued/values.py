"""Finds the answers that words in a contract are, by their place in it: those of a value, or of rows of a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from drafter import language
from drafter.asking.answering import changing
from drafter.base.problems import DraftingError
from drafter.contract import (  # fmt: skip
    Answer,
    Blank,
    Contract,
    Reference,
    Run,
    Runs,
    Section,
    Table,
    block_runs,
    names,
    prints,
    sections,
    words,
)
from drafter.drafting import swapping
from drafter.drafting.draft import Draft
from drafter.replying import theirs
from drafter.replying.valued import filled
from drafter.returned.file.pieces import CELL
from drafter.returned.markup import Change
from drafter.values import dataclass

_RECORD = re.compile(r"(\w+)\[(\d+)\]\.(.+)")


@dataclass(frozen=True, slots=True)
class Given:
    """Answers as they are typed, a value None where a record goes; and the draft with them."""

    typed: tuple[tuple[str, str], ...]
    after: Draft


def answers(made: Draft, section: Section, change: Change, target: Section, on: date) -> Given | None:
    """Return the answers that a change is, with which its section reads as the target; None where there are none.

    Where an answer is printed several times in the section, the target may have it in one place only.
    """
    for typed in _candidates(section, change, target):
        after = with_answers(made, typed, on)
        if after is not None and reads(section, after, target, {name for name, _ in typed}):
            return Given(typed, after)
    return None


def reads(section: Section, after: Draft, target: Section, names: Collection[str]) -> bool:
    """Say whether a section as it was sent reads as a target with the answers of another draft to some questions.

    Places that print the same answers need not be changed.
    """
    then = next((one for one in sections(after.contract) if one.id == section.id), None)
    return then is not None and _fits(section, then, target, names)


def beside(made: Draft, change: Change, on: date) -> Given | None:
    """Return the answers that a change beside the sections is, as in the caption; None where there are none."""
    old, new = change.line_before or change.before, change.line_after or change.after
    sent = [line for _, line in prints.beside(made.contract)]
    at = next((n for n, line in enumerate(sent) if words(line) and old.endswith(words(line))), None)
    if at is None or not new.startswith(start := old.removesuffix(words(sent[at]))):
        return None
    wanted = new.removeprefix(start)  # what stands before it is the template's, as "Name:"
    pieces = prints.prints(sent[at])
    there = filled.within(pieces, wanted) or ()
    asked = (one for one in pieces if one.question)
    changed = [(one, said) for one, said in zip(asked, there, strict=False) if not filled.same(one.words, said)]
    for typed in filled.typed(changed):
        after = with_answers(made, typed, on)
        lines = [line for _, line in prints.beside(after.contract)] if after is not None else []
        if after is not None and len(lines) == len(sent) and filled.same(words(lines[at]), wanted):
            return Given(typed, after)
    return None


def _fits(sent: Section, then: Section, target: Section, names: Collection[str]) -> bool:
    """Say whether a section reads as the target, but for places that print the same answers and were not changed."""
    if theirs.said(then) == theirs.said(target):
        return True
    was, now, wanted = (list(prints.lines(one)) for one in (sent, then, target))
    if not len(was) == len(now) == len(wanted):
        return False
    return all(_fits_line(*lines, names) for lines in zip(was, now, wanted, strict=True))


def _fits_line(sent: Runs, then: Runs, target: Runs, names: Collection[str]) -> bool:
    if theirs.keys(words(then)) == theirs.keys(words(target)):
        return True
    pieces = prints.prints(sent)
    now, wanted = (filled.within(pieces, words(line)) for line in (then, target))
    if now is None or wanted is None:
        return False
    asked = (one for one in pieces if one.question)
    return all(
        theirs.keys(there) == theirs.keys(here) or (one.question in names and filled.same(there, one.words))
        for one, here, there in zip(asked, now, wanted, strict=True)
    )


def with_answers(made: Draft, typed: Sequence[tuple[str, str]], on: date) -> Draft | None:
    """Return a draft with other answers, an empty one taken out; None where they don't fit."""
    try:
        found = changing.answer(made.matter, [(name, value or None) for name, value in typed], on, allowed=True)
    except DraftingError:
        return None
    return found.changed.after if found.changed is not None else None


def with_alternative(made: Draft, clause: str, alternative: str, on: date) -> Draft | None:
    """Return a draft with another alternative of a clause; None where no swap puts it in."""
    try:
        return swapping.swap(made.matter, clause, alternative, on, "-", allowed=True).after
    except DraftingError:
        return None


# -- a section that is left out -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Without:
    """An answer with which a contract leaves a section out, and the places of the other sections that it changes."""

    given: Given
    also: tuple[str, ...]


def leaving_out(made: Draft, clause: str, on: date) -> Without | None:
    """Return the answer with which a section is left out, the one that changes the fewest others; None without one.

    A section of which only a reference is counted again is not changed.
    """
    found = []
    for typed in _deciding(made, clause):
        after = with_answers(made, (typed,), on)
        if after is not None and clause not in _texts(after.contract):
            found.append(Without(Given((typed,), after), _also(made.contract, after.contract, clause)))
    return min(found, key=lambda one: len(one.also), default=None)


def _deciding(made: Draft, clause: str) -> Iterator[tuple[str, str]]:
    """Yield each question with a closed list of answers that decides whether a clause is in, with each answer."""
    found = made.library.clauses.get(clause)
    for name in sorted(language.names(found.when)) if found is not None and found.when is not None else ():
        question = made.library.questionnaire.questions.get(name)
        if question is not None and question.type in ("yes-no", "choice"):
            listed = tuple(option.value for option in question.options)
            yield from ((name, value) for value in (listed or ("no", "yes")))


def _also(before: Contract, after: Contract, clause: str) -> tuple[str, ...]:
    was, now = _texts(before), _texts(after)
    places = {name: one.place for contract in (after, before) for name, one in names(contract).items()}
    changed = (name for name in {**was, **now} if name != clause and was.get(name) != now.get(name))
    return tuple(dict.fromkeys(places[name] for name in changed))


def _texts(contract: Contract) -> dict[str, tuple[str, ...]]:
    """Return the words of each section, without the numbers of what it refers to."""
    return {
        section.id: tuple(
            theirs.shown(tuple(run for run in line if not isinstance(run, Reference)))
            for block in section.blocks
            for line in block_runs(block)
        )
        for section in sections(contract)
    }


# -- where the answers are ----------------------------------------------------------------------


def _candidates(section: Section, change: Change, target: Section) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield the answers that a change may be."""
    is_inner = change.line_before or change.line_after
    if not is_inner and (change.kind == "row" or change.place.removeprefix("after ").startswith("row")):
        yield from _rows(section, change)
    yield from filled.typed(filled.changed(section, target) or ())


def _rows(section: Section, change: Change) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield the records of a list that go with rows, and those that come with new ones."""
    gone = [line for line in change.before.split("\n") if line.strip()]
    new = [line for line in change.after.split("\n") if line.strip()]
    for table in (block for block in section.blocks if isinstance(block, Table)):
        found = [(row, _record(row)) for row in table.rows]
        records = [record for _, record in found if record]
        if not records:
            continue
        name, last = records[-1][0], max(number for _, number in records)
        out = [
            record
            for row, record in found
            if record and any(theirs.keys(CELL.join(map(theirs.shown, row))) == theirs.keys(line) for line in gone)
        ]
        if len(out) != len(gone):
            continue
        fields = _fields(next(row for row, record in found if record == records[-1]))
        typed = [(f"{one}[{number}]", "") for one, number in sorted(out, key=lambda one: -one[1])]
        first = last - len(out) + 1
        for at, line in enumerate(new, first):
            cells = line.split(CELL)
            typed += [(f"{name}[{at}].{field}", cells[n].strip()) for n, field in fields if n < len(cells)]
        if typed:
            yield tuple(typed)


def _record(row: Sequence[tuple[Run, ...]]) -> tuple[str, int] | None:
    for run in (run for cell in row for run in cell):
        if isinstance(run, Answer | Blank) and (found := _RECORD.fullmatch(run.question)):
            return found[1], int(found[2])
    return None


def _fields(row: Sequence[tuple[Run, ...]]) -> list[tuple[int, str]]:
    """Return the fields that fill a row, each with the number of its cell."""
    found: dict[str, int] = {}
    for n, cell in enumerate(row):
        for run in cell:
            if isinstance(run, Answer | Blank) and (named := _RECORD.fullmatch(run.question)):
                found.setdefault(named[3], n)
    return [(n, field) for field, n in found.items()]
