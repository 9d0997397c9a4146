"""What changes of a return are answered from, how, and what that makes of a matter: values alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from pathlib import Path

from drafter.base.problems import DraftingError
from drafter.contract import Contract, Section, sections
from drafter.drafting import draft
from drafter.drafting.draft import Draft
from drafter.matters.matter import Matter
from drafter.replying import decisions, merging
from drafter.replying.decisions import Answer, Decision
from drafter.replying.kept import Told
from drafter.replying.merging import Other
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Basis:
    """What changes are answered from: their round with its day, what was told, and what was sent, also as a draft.

    `returns` are all returns of the matter that could be read, by the numbers of their rounds.
    """

    number: int
    party: str
    came: date
    told: Told
    sent: Contract
    drafted: Draft | None
    returns: Mapping[int, Told] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counter:
    """What we offer instead: an alternative, a file with our own words, or values of questions."""

    alternative: str = ""
    file: Path | None = None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class How:
    """How changes are answered: what is answered, when, why (for us), what they are told, and what we offer instead.

    `for_board` is a reason that anybody may read. `allowed` is whether the contract may depart from the policy then;
    `scratch` is a folder for own wordings.
    """

    answer: Answer
    on: date
    scratch: Path
    because: str = ""
    reply: str = ""
    for_board: str = ""
    counter: Counter = Counter()
    allowed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A matter while changes are answered: the record, and the text of own wordings to be filed, by their names."""

    matter: Matter
    record: tuple[Decision, ...]
    filed: Mapping[str, Path]


class RefusedWordingError(Exception):
    """The policy refuses a wording, which is kept in a file all the same: its problems, its name and its file."""

    def __init__(self, error: DraftingError, name: str, file: Path) -> None:
        """Hold what refuses the wording, and the wording."""
        super().__init__(name)
        self.error, self.name, self.file = error, name, file


@dataclass(frozen=True, slots=True)
class Put:
    """What was put into the contract for an answer."""

    alternative: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    was: tuple[tuple[str, str], ...] = ()


def sent_section(basis: Basis, clause: str) -> Section | None:
    """Return the section of a clause as it was sent; None where it was not there."""
    return next((one for one in sections(basis.sent) if one.id == clause), None)


def answers_of(state: State) -> Mapping[tuple[int, str], Decision]:
    """Return the answers that count, by the round and the key of each change."""
    return decisions.counting(state.record, draft.draft(state.matter))


def accepted(state: State, basis: Basis, clause: str) -> list[str]:
    """Return the keys of the changes of a clause that count as accepted."""
    answers = answers_of(state)
    those = (key for key, change in basis.told.changes.items() if change.clauses == (clause,))
    return [key for key in those if _is_accepted(answers, basis.number, key)]


def accepted_beside(state: State, basis: Basis, clause: str) -> tuple[Other, ...]:
    """Return the changes of a clause in the other returns of the same round that count as accepted."""
    answers = answers_of(state)
    there = merging.others(basis.returns, basis.number) if basis.number in basis.returns else ()
    those = (other for other in there if other.change.clauses == (clause,))
    return tuple(other for other in those if _is_accepted(answers, other.number, other.key))


def _is_accepted(answers: Mapping[tuple[int, str], Decision], number: int, key: str) -> bool:
    found = answers.get((number, key))
    return found is not None and found.answer == "accept"
