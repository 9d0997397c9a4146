"""Finds what an answer reaches: sections and exhibits of a contract, questions, checks, requirements, the memo."""

from __future__ import annotations

from drafter.base.problems import Place
from drafter.contract import names
from drafter.drafting.draft import Draft
from drafter.matters import scope
from drafter.reading import readers
from drafter.reading.readers import Reader, ReaderKind
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Reached:
    """Something that an answer reaches.

    `kinds` say how: several for a section, such as its choice of wording and its text. `number` is the section's or
    exhibit's place in this contract (empty: none), `said` its heading, prompt or message, and `now` whether it is in
    the contract, asked or set off now, None where that can't be said; `status` is a requirement's.
    """

    kinds: tuple[ReaderKind, ...]
    name: str
    number: str
    said: str
    place: Place
    now: bool | None = None
    status: str = ""


def reached(made: Draft, question: str) -> tuple[Reached, ...]:
    """Return what the answer to a question reaches: sections in the contract's order first, then everything else."""
    found = readers.readers(made.library, made.answers.chosen)[question]
    clauses: dict[str, list[Reader]] = {}
    for reader in found:
        if reader.kind in ("wording", "clause", "text"):
            clauses.setdefault(reader.name, []).append(reader)
    of_clauses = (_section(made, clause, tuple(those)) for clause, those in clauses.items())
    decided = [clause for clause, those in clauses.items() if any(reader.kind != "text" for reader in those)]
    others = [reader for reader in found if reader.kind not in ("wording", "clause", "text")]
    others += readers.of_wordings(made.library, decided)
    once: dict[tuple[ReaderKind, str], Reader] = {}
    for reader in others:
        once.setdefault((reader.kind, reader.name), reader)
    return (*of_clauses, *(_other(made, reader) for reader in once.values()))


def _section(made: Draft, clause: str, those: tuple[Reader, ...]) -> Reached:
    called = names(made.contract).get(clause)
    title = made.selection.named(made.library.clauses[clause].title)
    number, heading = (called.place, called.heading) if called else ("", title)
    kinds = tuple(reader.kind for reader in those)
    return Reached(kinds, clause, number, heading, those[0].place, called is not None)


def _other(made: Draft, reader: Reader) -> Reached:
    one = (reader.kind,)
    match reader.kind:
        case "question":
            asked = made.library.questionnaire
            is_asked = scope.is_asked(asked, reader.name, made.selection.values)
            return Reached(one, reader.name, "", asked.questions[reader.name].prompt, reader.place, is_asked)
        case "check":
            entry = next(c.entry for c in made.library.questionnaire.checks if c.entry.id == reader.name)
            is_set_off = any(problem.code == reader.name for problem in made.found)
            return Reached(one, reader.name, "", entry.message, reader.place, is_set_off)
        case "requirement":
            row = next(row for row in made.coverage.rows if row.requirement.id == reader.name)
            is_due = row.status != "does not apply"
            return Reached(one, reader.name, "", row.requirement.asks, reader.place, is_due, made.statuses[reader.name])
        case "outline":
            return Reached(one, reader.name, "", "the caption or the signature blocks", reader.place, now=True)
        case _:
            return Reached(one, reader.name, "", reader.name, reader.place)
