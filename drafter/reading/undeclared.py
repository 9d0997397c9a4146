"""Finds the sentences of wordings that could take back what a contract says, and that nobody has declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from drafter.base import english
from drafter.reading import definitions, saying
from drafter.reading.library import Alternative, Clause, Declared, Library
from drafter.reading.prose import Grid, Prose, duties, sentences
from drafter.reading.prose.duties import Duties
from drafter.reading.prose.forbidden import Forbidden
from drafter.reading.sources.source import Said
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence of a wording by itself: folded, as written, the folded lead-in that it hangs under, and its line.

    What stands in a cell of a table hangs under nothing (an empty text); a sentence of a paragraph has no lead-in.
    """

    words: str
    written: str
    lead: str | None
    line: int


def spoken(text: Prose) -> Iterator[Spoken]:
    """Yield the sentences of a wording, each by itself, those in the cells of its tables included."""
    lines = sentences.lines_of(text)
    for block, line, above in zip(text, lines, sentences.governing(lines), strict=True):
        if isinstance(block, Grid):
            cells = (
                *((cell, block.line) for cell in block.header),
                *((c, r.line) for r in block.rows for c in r.cells),
            )
            for cell, number in cells:
                for words, written in sentences.folded_and_written(sentences.written(cell)):
                    yield Spoken(words, written, "", number)
        else:
            hangs = line.style != "text" and above
            lead = sentences.folded(sentences.last(lines[above[0]].words)) if hangs else None
            for words, written in sentences.folded_and_written(line.words):
                yield Spoken(words, written, lead, block.line)


@dataclass(frozen=True, slots=True)
class Undeclared:
    """A sentence of a wording that nobody has declared: as written, and the words in it that could take something back.

    It has no such words where it is looked at because it is not plainly one more duty. `needs_limits` says that it
    gives leave to do what is forbidden, so that its declaration must name what it limits.
    """

    sentence: str
    words: tuple[str, ...]
    line: int
    needs_limits: bool = False


class Exceptions:
    """Finds the sentences of a library that could take back what it says, and are neither operative nor declared.

    In the home clauses, in the clauses that can undo them, and in those that define a term of an operative sentence,
    these are all sentences but plain duties. In every other clause they are those with a counter-word that speak of a
    clause where something is said, or of what is forbidden there. Where the policy's file names no actors, nothing is
    known of duties, and only sentences with a counter-word are found, in the first two and in the definitions.
    """

    def __init__(self, library: Library) -> None:
        """Look up, once for a library, which clauses are read whole, what is operative there, and what is held."""
        self._operative: dict[str, list[Said]] = {}
        for requirement in library.requirements:
            for said in requirement.says:
                self._operative.setdefault(said.clause or requirement.home, []).append(said)
        held = (said for those in library.policy.terms.values() for said in those)
        self._held = frozenset(words for said in held for words in _lines_of(said))
        self.terms = saying.operative_terms(library)  # the defined terms that operative sentences rest on
        homes = frozenset((*self._operative, *library.policy.can_undo))
        defining = (c.id for c in library.clauses.values() if not self.terms.isdisjoint(definitions.defined((c,))))
        whole = homes.union(defining) if library.policy.actors else homes
        self.whole = whole.intersection(library.clauses)  # the clauses that are read whole
        self._figures = tuple(f"policy.{one.id} " for one in library.policy.figures)
        self._duties = Duties(library.policy.actors) if library.policy.actors else None
        bans = _bans(library)
        banned = _banned(library, self.terms, bans)
        self._touches = _Touching(library, homes, banned)
        self._forbidden = Forbidden(bans, banned, _definitions(library), map(str.lower, library.policy.actors))

    def undeclared(self, clause: Clause, alternative: Alternative) -> Iterator[Undeclared]:
        """Yield the sentences of a wording that should be declared and are not."""
        from drafter.reading.prose import counter_words  # its pattern is slow to compile, and no draft needs it

        known, defining = self._known(clause, alternative), self._defining(alternative)
        is_whole, harmless = clause.id in self.whole, self._harmless(clause, alternative)
        read = tuple(spoken(alternative.text))
        timed = is_whole and self._beside_figure(read)
        altered = _altered(read, self._said_in(clause, alternative))
        for said in read:
            if said.words in known or said.words in altered:
                continue
            one = self._as_duty(said)
            if is_whole or said.words in defining or self._reaches(one.words):
                found = counter_words.found(one.words) or (duties.times(one.words) if timed and one.lead != "" else ())
                if found or (is_whole and not self._is_harmless(one, harmless | defining)):
                    yield Undeclared(one.written, found, one.line, self._forbidden.is_allowed(one.words))

    def _beside_figure(self, read: Iterable[Spoken]) -> bool:
        """Say whether a wording prints a date or a number of the policy, beside which another one is looked at."""
        return self._duties is not None and any(figure in one.words for one in read for figure in self._figures)

    def _as_duty(self, said: Spoken) -> Spoken:
        """Return a sentence that says what nobody may do as the duty that it is; any other as it is."""
        words = self._duties.as_duty(said.words) if self._duties else said.words
        return said if words == said.words else replace(said, words=words)

    def _is_harmless(self, one: Spoken, harmless: frozenset[str]) -> bool:
        """Say whether a sentence is declared or held, plainly one more duty, or a part of such a list."""
        if self._duties is None or one.words in harmless:
            return self._duties is None or one.words in self._held or not self._forbidden.is_told(one.words)
        if one.lead == "":
            return not _FIXED.search(_FIELD.sub("", one.words))
        is_part = one.lead is not None and (one.lead in harmless or duties.binds(one.lead))
        return self._duties.only_adds(one.words, is_part=is_part) and not self._forbidden.is_asked(one.words)

    def _reaches(self, words: str) -> bool:
        """Say whether a sentence of a clause that is not read whole speaks of one that is."""
        return self._duties is not None and self._touches(words)

    def _defining(self, alternative: Alternative) -> frozenset[str]:
        """Return the sentences of a wording that define a term of an operative sentence."""
        found = (d for d in definitions.definitions(alternative.text) if not self.terms.isdisjoint(d.terms))
        return frozenset(sentences.unguarded(key) for one in found for key in one.said)

    def _known(self, clause: Clause, alternative: Alternative) -> frozenset[str]:
        """Return the sentences of a wording that are operative, or declared with a reason."""
        return frozenset(
            (
                *(words for one in (*clause.exceptions, *alternative.exceptions) for words in self._declared(one)),
                *(sentences.as_written(words) for _, those in alternative.says for words in those),
                *self._said_in(clause, alternative),
            )
        )

    def _said_in(self, clause: Clause, alternative: Alternative) -> Iterator[str]:
        """Yield the operative sentences of a wording, folded, and the words of the lines that they are read from."""
        here = self._operative.get(clause.id, ())
        for said in (one for one in here if not one.alternatives or alternative.id in one.alternatives):
            yield from _own(said)

    def _declared(self, one: Declared) -> Iterator[str]:
        """Yield a declared sentence, unless it gives leave to do what is forbidden and limits nothing."""
        words = sentences.as_written(one.sentence)
        if one.limits or self._duties is None or words in self._held or not self._forbidden.is_allowed(words):
            yield words

    def _harmless(self, clause: Clause, alternative: Alternative) -> frozenset[str]:
        """Return the sentences of a wording that need no reason where they have no counter-word."""
        here = self._operative.get(clause.id, ())
        items = (words for said in here for words in (*_items_of(said), *_columns_of(said)))
        return self._held.union(map(sentences.as_written, (*clause.adds, *alternative.adds)), items)


_FIELD = re.compile(r"\{\{[^}'\"]*\}\}")  # without words of its own
_FIXED = re.compile(r"\w")


def _altered(read: Sequence[Spoken], operative: Iterable[str]) -> frozenset[str]:
    """Return the sentences that have the words of an operative one in another order, or with other marks.

    The operative sentence itself is then a problem where it is not said. Where it is, these are looked at.
    """
    there = frozenset(one.words for one in read)
    lacking = {_bag(words) for words in operative if words not in there}
    return frozenset(words for words in there if _bag(words) in lacking) if lacking else frozenset()


def _bag(words: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"[\w.]*\w", words)))


def _own(said: Said) -> Iterator[str]:
    """Yield an operative sentence and the words of each line that it is read from."""
    written = sentences.as_written(said.sentence)
    yield from (written, *written.split(": "))


def _items_of(said: Said) -> Iterator[str]:
    """Yield each sentence of the items that hang under an operative sentence."""
    for item in said.items:
        yield from map(sentences.as_written, english.sentences(sentences.unguarded(item)))


def _columns_of(said: Said) -> Iterator[str]:
    yield from (sentences.as_written(words) for c in said.columns for words in (c.header, c.cell))


def _lines_of(said: Said) -> Iterator[str]:
    yield from (sentences.as_written(said.sentence), *_items_of(said))


class _Touching:
    """Finds sentences that speak of a clause where something is said, of the policy, or of what is forbidden there."""

    def __init__(self, library: Library, homes: frozenset[str], banned: Sequence[str]) -> None:
        groups = (("article", library.articles), ("exhibit", library.exhibits))
        named = (f"{kind}:{g.id}" for kind, those in groups for g in those if not homes.isdisjoint(g.clauses))
        self._references = tuple(f"[[{name}" for name in (*homes, *named))
        self._banned = (*banned, sentences.folded(library.policy.citation))
        self.whole = re.compile(rf"\b(?:{'|'.join(map(re.escape, self._banned))})\b")

    def __call__(self, words: str) -> bool:
        """Say whether a folded sentence does."""
        if duties.reaches_contract(words) or (any(t in words for t in self._banned) and self.whole.search(words)):
            return True
        return "[[" in words and any(f"{name}{end}" in words for name in self._references for end in ("]]", "."))


def _bans(library: Library) -> str:
    """Return the operative sentences that forbid something, folded."""
    said = (sentences.folded(s.sentence) for r in library.requirements for s in r.says)
    return "\n".join(words for words in said if "must not" in words)


def _banned(library: Library, terms: Iterable[str], bans: str) -> tuple[str, ...]:
    """Return the forms of the terms in what is forbidden; those that name an actor are left out."""
    actors = {form for name in library.policy.actors for form in english.plurals(name.lower())}
    found = (term for term in map(sentences.folded, terms) if term not in actors and saying.finds(term).search(bans))
    return tuple(form for term in sorted(found) for form in english.plurals(term))


def _definitions(library: Library) -> dict[str, tuple[str, ...]]:
    """Return the sentences that the policy's file holds of each term, folded."""
    terms = library.policy.terms.items()
    return {sentences.folded(term): tuple(w for one in those for w in _lines_of(one)) for term, those in terms}
