"""Rows of words, each with a heading and what kind of words they are; and the words that several rows have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from drafter.values import dataclass

if TYPE_CHECKING:  # two saved contracts are compared without any of them
    from drafter.drafting.compliance import Covered
    from drafter.reading.library import Alternative
    from drafter.telling.called import Called

MOST_NAMED = 12  # changed sections that are named; the redline has them all
TONES = {
    "met": "good", "met by a fallback": "mixed", "said": "good", "said by a fallback": "mixed",
    "deviates": "bad", "missing": "bad",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Some words, and what they are, by which a door sets them off.

    The kind is a position of an alternative; "good", "mixed", "bad" or "quiet"; "strong" for a name; "line" for what is
    shown within a line, whatever line breaks it has; empty for plain words.
    """

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A heading and the words beside it, in paragraphs where they have empty lines; and the clause they are about."""

    heading: str
    words: tuple[Words, ...]
    clause: str = ""

    @property
    def text(self) -> str:
        """Return the words alone."""
        return "".join(one.text for one in self.words)


def row(heading: str, *words: Words | str, clause: str = "") -> Row:
    """Return a row of words, plain ones among them."""
    made = (Words(one) if isinstance(one, str) else one for one in words)
    return Row(heading, tuple(one for one in made if one.text), clause)


def paragraphs(text: str) -> str:
    """Return text with the lines of each paragraph joined, and one empty line between paragraphs."""
    return "\n\n".join(" ".join(block.split()) for block in re.split(r"\n\s*\n", text.strip()))


def position(of: str) -> Words:
    """Return a position in brackets."""
    return Words(f"({of})", of)


def side(chosen: Alternative | None, called: Called | None = None) -> tuple[Words, ...]:
    """Return an alternative with its position, or that the clause is left out."""
    if chosen is None:
        return (Words("left out"),)
    return Words(f"{called.wording(chosen) if called else chosen.id} "), position(chosen.position)


def status(wanted: str, was: str, now: str) -> tuple[Words, ...]:
    """Return a requirement whose status changed, with the old and the new one."""
    return Words(f"{wanted}: {was} -> "), Words(now, TONES.get(now, "quiet"))


def requirements(changed: tuple[tuple[str, str, str], ...]) -> Iterator[Row]:
    """Yield a row for each requirement whose status changed, or one that says that none did."""
    yield from (row("Requirements", *status(*one)) for one in changed)
    if not changed:
        yield row("Requirements", "as before")


def departure(unmet: Covered) -> tuple[Words, ...]:
    """Return a requirement that is not met, with the reason."""
    remark = f"{unmet.remark[:1].upper()}{unmet.remark[1:]}."
    return Words(unmet.requirement.id, "bad"), Words(f": {unmet.requirement.asks} {remark}")


def change(*, is_new: bool, tried: bool) -> str:
    """Return the heading of the place that was changed, would be changed, or was left as it was."""
    return "Unchanged" if not is_new else "Would change" if tried else "Changed"


def from_to(before: int, after: int) -> str:
    """Return how a number of words changed."""
    return f"{before:,} -> {after:,}"


def named(names: Sequence[str]) -> str:
    """Name the first few, and count the rest."""
    left = len(names) - MOST_NAMED
    return "; ".join(names[:MOST_NAMED]) + (f"; and {left} more" if left > 0 else "")
