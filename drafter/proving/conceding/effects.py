"""What each wording does: the requirements it meets, the terms it defines and uses, the references it makes.

One rule: a wording is judged as the laws that are proved judge it, and by itself: no other wording has a part in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from drafter.language import Value
from drafter.proving import laws
from drafter.proving.blocks import Text
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas
from drafter.proving.solving.formulas import Formula
from drafter.reading import prose
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.prose.wordings import folded


@dataclass(frozen=True, slots=True)
class Effects:
    """What a wording does under the answers at hand.

    The requirements it meets, the terms it defines and uses, the targets it points to, the labels it has, and the
    questions it prints though they are not asked.
    """

    meets: frozenset[str] = frozenset()
    defines: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Possible:
    """Things of one kind that a wording does when it is selected, and under which answers."""

    kind: Literal["meets", "defines", "uses", "points", "labels", "fields"]
    names: tuple[str, ...]
    when: Formula


@dataclass(slots=True)
class Wordings:
    """What each wording of a library does, for all answers; worked out when it is first needed, and kept."""

    library: Library
    at: Presence
    _words: laws.Words | None = None
    _known: dict[tuple[str, str], tuple[_Possible, ...]] = field(default_factory=dict)

    def effects(self, clause: Clause, alternative: Alternative, values: Mapping[str, Value]) -> Effects:
        """Return what a wording does under these answers."""
        key = (clause.id, alternative.id)
        if key not in self._known:
            self._known[key] = tuple(self._possible(clause, alternative))
        found: dict[str, set[str]] = {}
        for one in self._known[key]:
            if formulas.holds(one.when, values):
                found.setdefault(one.kind, set()).update(one.names)
        return Effects(**{kind: frozenset(names) for kind, names in found.items()})

    def _possible(self, clause: Clause, alternative: Alternative) -> Iterator[_Possible]:
        """Yield what a wording can do, each judged as the law that is proved of it does."""
        for wanted in alternative.satisfies:
            requirement = self.library.policy.requirement(wanted)
            if requirement is not None:
                evidence = (self.at.says(clause, alternative, folded(words)) for words in requirement.evidence)
                yield _Possible("meets", (wanted,), formulas.all_of(*evidence))
        for text in self.at.texts(clause, alternative):
            when = text.present
            yield _Possible("defines", tuple(p.text for p in text.parts if isinstance(p, prose.Term)), when)
            yield _Possible("uses", tuple(self._used(text)), when)
            yield _Possible("points", points(text), when)
            yield _Possible("labels", (f"{clause.id}.{text.label}",) if text.label else (), when)
        alone = Presence(_alone(self.library, clause, alternative), {clause.id: alternative.id})
        for claim in laws.fields_asked(alone):
            yield _Possible("fields", (claim.problem.about,), claim.broken_when)

    def _used(self, text: Text) -> Iterator[str]:
        if self._words is None:
            parts = (p for _, _, _, every in self.at.all_texts() for p in every.parts if isinstance(p, prose.Term))
            self._words = laws.Words(tuple(dict.fromkeys(part.text for part in parts)))
        for part in text.parts:
            if isinstance(part, prose.Words):
                yield from self._words.used(part.text)


def points(text: Text) -> tuple[str, ...]:
    """Return the targets of the references in a text."""
    return tuple(p.target for p in text.parts if isinstance(p, prose.Link))


def _alone(library: Library, clause: Clause, alternative: Alternative) -> Library:
    """Return a library of one wording, so that the claims made of it are claims of that wording."""
    only = replace(clause, when=None, alternatives=(alternative,))
    return replace(
        library, caption=(), opening=(clause.id,), recitals=(), agreement=(), articles=(), exhibits=(), signatures=(),
        clauses={clause.id: only},
    )  # fmt: skip
