"""Finds what defines the terms in some words: every definition of each, and of the terms that those use in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.base import english
from drafter.reading import saying
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.prose import Grid, Passage, Prose, Term
from drafter.reading.reviewing import written
from drafter.reading.reviewing.marks import Own
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class _Definition:
    """The lines that define a term in one wording; `own` is that wording where it is a matter's own."""

    words: str
    own: tuple[str, str] | None


class Definitions:
    """The definitions of a library; what each text uses is looked up once."""

    def __init__(self, library: Library) -> None:
        """Collect the definitions of every term."""
        self._of: dict[str, list[_Definition]] = {}
        for clause in library.clauses.values():
            for alternative in clause.alternatives:
                for term, words in _defined(clause, alternative):
                    own = (clause.id, alternative.id) if alternative.is_own else None
                    self._of.setdefault(term, []).append(_Definition(words, own))
        self._forms = {term: english.plurals(term) for term in self._of}
        self._used: dict[str, tuple[str, ...]] = {}

    def used(self, words: str, own: Own) -> Mapping[str, str]:
        """Return the definitions that some words rest on, by what each is; of own wordings, those in force."""
        found: dict[str, str] = {}
        seen: set[str] = set()
        open_ = [words]
        while open_:
            for term in self._in(open_.pop()):
                if term not in seen:
                    seen.add(term)
                    texts = dict(self._texts(term, own))
                    found |= texts
                    open_ += texts.values()
        return dict(sorted(found.items()))

    def _in(self, words: str) -> tuple[str, ...]:
        if words not in self._used:  # looking for the letters first is quick, and most terms are not there
            there = (term for term, forms in self._forms.items() if any(form in words for form in forms))
            self._used[words] = tuple(term for term in there if "{{" in term or saying.finds(term).search(words))
        return self._used[words]

    def _texts(self, term: str, own: Own) -> Iterator[tuple[str, str]]:
        """Yield the library's definitions of a term as one text, and those of own wordings in force as another."""
        ours = (one.words for one in self._of[term] if one.own is None)
        theirs = (one.words for one in self._of[term] if one.own in own)
        for what, texts in ((f"term {term}", ours), (f"term {term}, in an own wording", theirs)):
            if words := "\n\n".join(dict.fromkeys(texts)):
                yield what, words


def _defined(clause: Clause, alternative: Alternative) -> Iterator[tuple[str, str]]:
    """Yield each term that a wording defines, with the lines that define it and when they hold."""
    for number, block in enumerate(alternative.text):
        if isinstance(block, Passage):
            terms = [written.term(part) for part in block.parts if isinstance(part, Term)]
            whole: Prose = (block, *_under(alternative.text, number)) if terms else ()
        elif isinstance(block, Grid):
            cells = (cell for row in block.rows for cell in row.cells)
            terms = [written.term(part) for cell in cells for part in cell if isinstance(part, Term)]
            whole = (block,)
        else:
            continue
        for term in terms:
            yield term, "\n".join((*written.selected_when(clause, alternative), *written.lines(whole)))


def _under(text: Prose, number: int) -> Iterator[Passage | Grid]:
    """Yield the items, sub-items and tables that hang under a paragraph or an item."""
    block = text[number]
    level = _LEVELS[block.style] if isinstance(block, Passage) else 0
    for after in text[number + 1 :]:
        if not isinstance(after, Passage | Grid) or (isinstance(after, Passage) and _LEVELS[after.style] <= level):
            return
        yield after


_LEVELS = {"text": 0, "item": 1, "subitem": 2}
