"""Records that a person has read something: a new mark for it, with the words that it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from drafter.reading.library import Library
from drafter.reading.reviewing import review
from drafter.reading.reviewing.marks import Mark, Reviewed, Texts, hashed
from drafter.reading.reviewing.review import InForce


def recorded(  # noqa: PLR0913  # what a record is made of
    library: Library, wanted: Iterable[tuple[str, str]], by: str, on: date,
    *, alone: Collection[str] = (), in_force: InForce | None = None,
) -> Library:  # fmt: skip
    """Return a library with readings recorded: of links, each a requirement and a name, and of what was read `alone`.

    Other marks stay as they were; those of what no longer exists are dropped. With the wordings in force in a matter it
    is the matter's record.
    """
    before = library.reviewed if in_force is None else library.own_reviewed
    own, now, writing = review.own_in_force(library, in_force), set(wanted), _Writing(by, on, before.texts)
    marks: dict[str, dict[str, Mark]] = {requirement.lasting: {} for requirement in library.requirements}
    for requirement, name, texts in review.read_against(library, own):
        kept = before.mark(requirement.lasting, name) or before.mark(requirement.id, name)
        if mark := writing.mark(texts()) if (requirement.id, name) in now else kept:
            marks[requirement.lasting][name] = mark
    singly: dict[str, Mark] = {}
    for name, texts in review.read_alone(library, own):
        if mark := writing.mark(texts()) if name in alone else before.alone.get(name):
            singly[name] = mark
    made = Reviewed(marks=marks, alone=singly, texts=writing.texts)
    return replace(library, reviewed=made) if in_force is None else replace(library, own_reviewed=made)


class _Writing:
    """Makes the marks of one person on one day, and keeps the words that they rest on by their hash."""

    def __init__(self, by: str, on: date, texts: Mapping[str, str]) -> None:
        self.by, self.on, self.texts = by, on, dict(texts)

    def mark(self, read: Texts) -> Mark:
        self.texts |= {hashed(words): words for words in read.values()}
        return Mark(by=self.by, on=self.on, rests_on={what: hashed(words) for what, words in read.items()})
