"""What was read of a library in one form of its contract, with all that is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.base.problems import Problem
from drafter.reading.library import Library
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A library as far as it could be read, what couldn't be read, and which checks fail.

    Where `unread_memo` has problems, the library is without its memo, and nobody knows what that would read.
    """

    library: Library
    unread: tuple[Problem, ...]
    wrong: tuple[Problem, ...]
    unread_memo: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return everything for which no contract is drafted from the library."""
        return (*self.unread, *self.wrong, *self.unread_memo)


def in_form(found: Sequence[Reading], form: str | None) -> Reading:
    """Return the reading of a library in a form.

    Without a form, in the first one; with one that it doesn't have, or an empty one, in that which the library names
    for answers that say none.
    """
    known = {one.library.form.id: one for one in found}
    said = None if form is None else known.get(form) or known.get(found[0].library.unsaid)
    return said or found[0]
