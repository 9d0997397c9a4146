"""What the own wordings of a matter say that they meet, and what of that no attorney has read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from drafter.drafting.draft import Draft
from drafter.matters import filing
from drafter.reading import own_wordings
from drafter.reading.reviewing import review
from drafter.replying.decisions import Decision
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """An own wording in a contract: its file, the requirements that it says it meets, and those not read so."""

    file: Path
    meets: tuple[str, ...]
    unread: tuple[str, ...]


def in_force(made: Draft) -> dict[str, Claim]:
    """Return what each own wording in a draft says that it meets, by the clauses."""
    library, now = made.library, made.selection.in_force
    asked = {requirement.id: requirement for requirement in library.requirements}
    found = {}
    for name, choice in made.selection.choices.items():
        one = choice.alternative
        if one.is_own:
            file = made.matter.place / filing.WORDING / own_wordings.name_of(name, one.id)
            meets = tuple(wanted for wanted in one.satisfies if wanted in asked)
            unread = (w for w in meets if not review.is_read(library, asked[w], choice.clause, one, now))
            found[name] = Claim(file, meets, tuple(unread))
    return found


def of(answered: Mapping[str, Decision], made: Draft) -> dict[str, Claim]:
    """Return what the own wordings say that they meet that answers put in, by the keys of the changes."""
    there = in_force(made)
    return {key: there[one.clause] for key, one in answered.items() if one.wording and one.clause in there}
