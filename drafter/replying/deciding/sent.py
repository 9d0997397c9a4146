"""Finds what the other side was told already of the changes of a return, and in which round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from drafter.matters.rounds import Round
from drafter.replying import decisions
from drafter.replying.decisions import Decision
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer that the other side was told: the answer, the party, and the number and the day of the round."""

    answer: Decision
    party: str
    number: int
    on: date

    def says(self, other: Decision) -> bool:
        """Say whether another answer tells the other side the same."""
        return _told(self.answer) == _told(other)


def answers(folder: Path, found: Sequence[Round], number: int) -> dict[str, Sent]:
    """Return the last answer that a party was told to each change of the return of a number, by the changes' keys.

    With the first of the rounds in `folder` that it went with. What was left for later, or was no longer in the
    contract that was sent, was told as open.
    """
    party = next((one.party for one in found if one.number == number), "")
    told: dict[str, Sent] = {}
    for one in (one for one in found if one.direction == "to" and one.party == party and one.number > number):
        wordings = {kept.clause: kept.alternative for kept in one.kept}
        for key, answer in {e.change: e for e in decisions.read(folder / one.name) if e.round == number}.items():
            is_there = not answer.wording or wordings.get(answer.clause) == answer.wording
            is_new = key not in told or not told[key].says(answer)
            if answer.answer != "later" and is_there and is_new:
                told[key] = Sent(answer, party, one.number, one.on)
    return told


def anew(answered: dict[str, Decision], told: dict[str, Sent]) -> frozenset[str]:
    """Return the keys of the changes of a return to which the other side was not told the answer that counts."""
    return frozenset(
        key for key, one in answered.items() if one.answer != "later" and (key not in told or not told[key].says(one))
    )


def _told(one: Decision) -> tuple[object, ...]:
    return one.answer, one.reply, one.wording, one.questions
