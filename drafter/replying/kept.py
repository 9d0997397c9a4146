"""What a round keeps of a return: its changes, its comments, and what each change is, as it was said then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import disk
from drafter.base.problems import DraftingError, Place, Problem
from drafter.matters import ledger
from drafter.matters.rounds import Round
from drafter.replying.meaning import Meaning
from drafter.returned.markup import Change, Comment, Return
from drafter.values import dataclass

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FILE = "changes.json"


@dataclass(frozen=True, slots=True)
class Told:
    """A return as it was read: the number of the round that it is of, what it says, and what each change is.

    `is_last` is whether that is the round which the party was sent last, `by_words` whether it is a PDF, which was
    compared by its words alone.
    """

    of: int
    markup: Return
    meanings: tuple[Meaning, ...]
    is_last: bool = True
    by_words: bool = False

    @property
    def names(self) -> Mapping[str, str]:
        """Return the key of each change by its short name: c1, c2, ... in the order in which they are told."""
        return {f"c{number}": key for number, key in enumerate(keys(self.markup.changes), 1)}

    @property
    def changes(self) -> Mapping[str, Change]:
        """Return each change by its key."""
        return dict(zip(keys(self.markup.changes), self.markup.changes, strict=True))

    @property
    def comments(self) -> Mapping[str, Comment]:
        """Return each comment by its key."""
        return {f"comment-{one.id}": one for one in self.markup.comments}

    @property
    def comment_names(self) -> Mapping[str, str]:
        """Return the key of each comment by its short name: comment1, comment2, ... in the order of the contract."""
        return {f"comment{number}": key for number, key in enumerate(self.comments, 1)}

    @property
    def short(self) -> Mapping[str, str]:
        """Return the short name of each change and of each comment, by its key."""
        return {key: name for names in (self.names, self.comment_names) for name, key in names.items()}

    @property
    def alone(self) -> tuple[str, ...]:
        """Return the keys of the open comments that are on no change, which is answered with it."""
        held = {name for change in self.markup.changes for name in change.comments}
        return tuple(key for key, one in self.comments.items() if not one.done and one.id not in held)

    @property
    def meaning(self) -> Mapping[str, Meaning]:
        """Return what each change is, by its key."""
        return dict(zip(keys(self.markup.changes), self.meanings, strict=True))


def keys(changes: Sequence[Change]) -> tuple[str, ...]:
    """Return a key for each change: its id, and for a second one of the same id its number."""
    count: Counter[str] = Counter()
    made = []
    for change in changes:
        count[change.id] += 1
        made.append(change.id if count[change.id] == 1 else f"{change.id}-{count[change.id]}")
    return tuple(made)


def to_json(told: Told) -> str:
    """Return a return as JSON."""
    return _json().dump_json(told, indent=1).decode() + "\n"


def read(folder: Path, made: Round) -> Told:
    """Read what a round keeps of a return. DraftingError where it keeps nothing, or it can't be read."""
    path = folder / made.name / FILE
    if not path.exists():
        what = f"no changes are recorded of round {made.number}"
        hint = (
            "it was recorded by an earlier version, or its file couldn't be read; "
            "'drafter redline ROUND FILE.docx' lists the changes of a Word file"
        )
        raise DraftingError(Problem("no-changes", Place(str(path.parent)), what, hint))
    try:
        return _json().validate_json(disk.read_bytes(path))
    except (OSError, ValueError):
        raise DraftingError(ledger.changed(path, "it can't be read")) from None


def last(folder: Path, found: Sequence[Round], number: int | None = None) -> tuple[Round, Told]:
    """Return the last round that came, or that of a number, and what it keeps. DraftingError where there is none."""
    came = [one for one in found if one.direction == "from"]
    asked = [one for one in came if number in (None, one.number)]
    if not asked:
        what = _not_there(found, came, number)
        hint = "'drafter history' lists the rounds; 'drafter receive' records what came back"
        raise DraftingError(Problem("unknown-round", Place(str(folder)), what, hint))
    return asked[-1], read(folder, asked[-1])


def _not_there(found: Sequence[Round], came: Sequence[Round], number: int | None) -> str:
    """Say that no such round came, whether it was sent, and which came last."""
    if number is None:
        return "nothing came back yet"
    is_sent = any(one.number == number for one in found)
    what = f"round {number} was sent by us" if is_sent else f"there is no round {number}"
    return f"{what}; {f'the last that came is {came[-1].number}' if came else 'nothing came back yet'}"


def all_of(folder: Path, found: Sequence[Round]) -> dict[int, Told]:
    """Return what is kept of each return that could be read, by the number of its round."""
    made: dict[int, Told] = {}
    for one in found:
        if one.direction == "from":
            with suppress(DraftingError):
                made[one.number] = read(folder, one)
    return made


def sent_of(folder: Path, found: Sequence[Round], told: Told) -> Path:
    """Return the folder of the round that a return is of."""
    return folder / next(one.name for one in found if one.number == told.of)


@cache
def _json() -> TypeAdapter[Told]:
    from pydantic import TypeAdapter  # slow to import, and only needed here

    return TypeAdapter(Told)
