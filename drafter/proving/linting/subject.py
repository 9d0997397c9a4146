"""A library with what several checks need of it: its texts, terms and sentences, and what tries its formulas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from drafter.base.problems import Place
from drafter.proving import terms
from drafter.proving.blocks import Text
from drafter.proving.presence import Presence
from drafter.proving.proof import Trying
from drafter.proving.solving.cases import Cases
from drafter.proving.terms import Defined, Use
from drafter.reading import prose
from drafter.reading.library import Clause, Library

GAP = "…"  # what a field or a reference is within a sentence


class Subject:
    """A library with what several checks need of it, each worked out once, when it is first needed."""

    def __init__(self, library: Library) -> None:
        """Take the library."""
        self.library = library
        self.at = Presence(library)

    @cached_property
    def trying(self) -> Trying:
        """Return what tries formulas over all answers."""
        return Trying(self.library, Cases(self.at.asked), self.at)

    @cached_property
    def texts(self) -> tuple[tuple[Clause, str, Text], ...]:
        """Return every text of every wording, with its clause and the path of its file."""
        return tuple((clause, a.place.path, text) for clause, a, _, text in self.at.all_texts())

    @cached_property
    def defined(self) -> Mapping[str, Defined]:
        """Return each term with where it is defined."""
        return terms.definitions(self.at)

    @cached_property
    def used(self) -> tuple[tuple[str, Use], ...]:
        """Return the uses of the terms, in the order of the outline."""
        return tuple(terms.uses(self.at, self.defined))

    @cached_property
    def sentences(self) -> tuple[tuple[Place, str], ...]:
        """Return every sentence of the texts, each once, with fields and references as one small word."""
        found: dict[tuple[Place, str], None] = {}
        for _, path, text in self.texts:
            words = "".join(map(_shown, text.parts))
            for sentence in re.split(r"(?<=[.;:?])\s+(?=[A-Z“(]|\w+;)", words):
                found[Place(path, text.line), sentence.strip()] = None
        return tuple(found)


def _shown(part: prose.Part) -> str:
    match part:
        case prose.Words(text=text):
            return text
        case prose.Term(text=text, parts=parts):
            return "".join(map(_shown, parts)) if parts else text
        case _:
            return GAP
