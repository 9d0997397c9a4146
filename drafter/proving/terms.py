"""Says of each defined term where it is defined and where it is used, over all answers: the laws on terms.

One rule: a definition uses no term by itself. It counts only where something else uses the term that it defines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field

from drafter.base import english
from drafter.base.problems import Place, Problem
from drafter.proving import blocks
from drafter.proving.blocks import Block, Text
from drafter.proving.laws import Claim
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas
from drafter.proving.solving.formulas import FALSE, TRUE, Formula
from drafter.reading import prose
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a term is defined or used: in which wording (none in the outline), and when.

    `within` are the terms of whose definition it is a part; an operative text has none.
    """

    clause: str
    alternative: str
    selected: Formula
    printed: Formula
    place: Place
    file: str
    within: tuple[str, ...] = ()


_Places = dict[str, dict[str, list[Formula]]]  # when something is printed, by clause and alternative


@dataclass(frozen=True, slots=True)
class Defined:
    """Where a term is defined: every place, and the clause, place and file of its first definition."""

    clause: str
    place: Place
    file: str
    places: _Places = field(default_factory=dict)


def definitions(at: Presence) -> dict[str, Defined]:
    """Return where each term is defined; a term that an answer names is left out."""
    found: dict[str, Defined] = {}
    for clause, alternative, selected, text in at.all_texts():
        for term in _defined_in(text.parts):
            place = Place(alternative.place.path, text.line)
            use = Use(clause.id, alternative.id, selected, text.present, place, clause.file)
            _add(found.setdefault(term, Defined(clause.id, place, clause.file)).places, use)
    return found


def uses(at: Presence, terms: Iterable[str]) -> Iterator[tuple[str, Use]]:
    """Yield the uses of terms, in the order of the outline; those in the fixed words of fields are included."""
    words = Words(terms)
    for clause in at.clauses():
        for alternative in clause.alternatives:
            selected = at.selected(clause.id, alternative.id)
            for text, within in _with_definitions(at.blocks(clause, alternative)):
                place = Place(alternative.place.path, text.line)
                for term, printed in _used_in(text, words, at):
                    yield term, Use(clause.id, alternative.id, selected, printed, place, clause.file, within)
    outline = Place(f"{at.library.path}/agreement.yaml")
    for text in at.outline():
        for term, printed in _used_in(text, words, at):
            yield term, Use("", "", TRUE, printed, outline, "agreement.yaml")


def _uses(at: Presence) -> tuple[tuple[str, Use], ...]:
    """Return the uses of all terms that are defined."""
    return tuple(uses(at, at.once(definitions)))


def _used_in(text: Text, words: Words, at: Presence) -> Iterator[tuple[str, Formula]]:
    for said, formula in blocks.sayings(text.parts, at):
        found = words.used(said)
        if found:
            printed = text.with_true(formula)
            yield from ((term, printed) for term in found)


# -- definitions --------------------------------------------------------------------------------


def _with_definitions(found: Sequence[Block]) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """Yield each text of a wording with the terms of whose definition it is a part.

    A definition is a paragraph, an item or a row of a table, with the items and the table under it.
    """
    paragraph: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    for block in found:
        rows = {text.line: own for text in block.texts if (own := _definition(text.parts))}
        own = rows.get(block.line, ())
        match block.style:
            case "text":
                paragraph = item = over = own
            case "item":
                item = over = own or paragraph
            case "subitem":
                over = own or item
            case _:
                yield from ((text, rows.get(text.line, paragraph)) for text in block.texts)
                continue
        yield from ((text, over) for text in block.texts)


def _defined_in(parts: prose.Parts) -> tuple[str, ...]:
    return tuple(part.text for part in parts if isinstance(part, prose.Term) and not part.parts)


def _definition(parts: prose.Parts) -> tuple[str, ...]:
    """Return the terms that a text is the definition of: it says what a term in it means, or is nothing else.

    A term in parentheses gives a name to what an operative text says, and so does one after a whole sentence.
    """
    for number, part in enumerate(parts):
        if isinstance(part, prose.Words) and _SENTENCE.search(part.text):
            return ()
        if isinstance(part, prose.Term):
            after = parts[number + 1] if number + 1 < len(parts) else None
            is_said = isinstance(after, prose.Words) and _MEANS.match(after.text) is not None
            if is_said or len(parts) == 1:
                return _defined_in(parts)
    return ()


_SENTENCE = re.compile(r"[.!?][”’\"')]*\s")
_MEANS = re.compile(
    r"[”’\"']?(?:\s*\([^)]*\))?\s*(?:,[^,.;]*,\s*)?"  # “X”, X (a kind of Y), X, as used here,
    r"(?:[:=–—]|(?:(?:shall|will|does not|do not)\s+)?"
    r"(?:means?|includes?|refers?\s+to|denotes?|describes?|covers?|stands?\s+for|ha(?:s|ve)\s+the\s+(?:same\s+)?meaning|"
    r"(?:is|are)\s+(?:an?|the|any|each|every|all|that|those|what|where|when|one|not)|(?:is|are)\s+defined)\b)"
)

# -- the laws -----------------------------------------------------------------------------------


def terms_defined(at: Presence) -> Iterator[Claim]:
    """Every defined term that is used has its definition in the contract."""
    defined = at.once(definitions)
    undefined = {term: formulas.opposite(_somewhere(at, found.places)) for term, found in defined.items()}
    yield from (Claim(FALSE, _undefined(term, Place("")), ()) for term, f in undefined.items() if f is FALSE)
    open_ = {term for term, formula in undefined.items() if formula is not FALSE}
    for term, use in at.once(_uses) if open_ else ():
        if term in open_:
            files = tuple(dict.fromkeys((use.file, defined[term].file)))
            broken = formulas.all_of(use.selected, use.printed, undefined[term])
            yield Claim(broken, _undefined(term, use.place), files)


def _undefined(term: str, place: Place) -> Problem:
    what = f"“{term}” can be used in a contract that lacks its definition"
    hint = "define it in a text without a condition, or give this text the condition of the definition"
    return Problem("undefined-term", place, what, hint, about=term)


def terms_used(at: Presence) -> Iterator[Claim]:
    """Every defined term is used in the contract that defines it, by more than definitions that nothing uses."""
    reach = _Reach(at)
    for term, found in reach.defined.items():
        what = f"“{term}” can be defined in a contract that never uses it"
        if reach.by_definitions.get(term):
            what += ", but for definitions of terms that nothing else uses"
        hint = "give the definition the condition of the texts that use the term"
        yield Claim(reach.unused(term), Problem("unused-term", found.place, what, hint), (found.file,))


class _Reach:
    """Says when each term is used: by an operative text, or by the definition of a term that is used.

    `certain` are the terms that every contract uses which defines them. Where the definition of such a term is printed,
    what it uses is used.
    """

    def __init__(self, at: Presence) -> None:
        self.defined = at.once(definitions)
        operative: dict[str, _Places] = {}
        within: dict[str, dict[tuple[str, ...], _Places]] = {}
        found = at.once(_uses)
        self.reached = reached(found)
        for term, use in found:
            of = (
                within.setdefault(term, {}).setdefault(use.within, {}) if use.within else operative.setdefault(term, {})
            )
            _add(of, use)
        self.there = {term: _somewhere(at, found.places) for term, found in self.defined.items()}
        self.operative = {term: _somewhere(at, operative.get(term, {})) for term in self.defined}
        self.by_definitions = {
            term: [(terms, _somewhere(at, places)) for terms, places in those.items() if terms != (term,)]
            for term, those in within.items()
        }
        self.certain = self._certain()
        self._known: dict[tuple[str, frozenset[str]], Formula] = {}

    def unused(self, term: str) -> Formula:
        """Return the formula that a contract defines a term and does not use it."""
        if term in self.certain:
            return FALSE
        used = self._used(term, frozenset()) if term in self.reached else FALSE
        return formulas.all_of(self.there[term], formulas.opposite(used))

    def _certain(self) -> set[str]:
        leads = {term: {of for terms, _ in those for of in terms} for term, those in self.by_definitions.items()}
        to: dict[str, list[str]] = {}
        for term, those in leads.items():
            for of in those:
                to.setdefault(of, []).append(term)
        found: set[str] = set()
        waiting = list(self.defined)
        while waiting:
            term = waiting.pop()
            if term in found:
                continue
            known = (formula for terms, formula in self.by_definitions.get(term, ()) if not found.isdisjoint(terms))
            used = formulas.any_of(self.operative[term], *known)
            if formulas.all_of(self.there[term], formulas.opposite(used)) is FALSE:
                found.add(term)
                waiting += to.get(term, ())
        return found

    def _used(self, term: str, avoided: frozenset[str]) -> Formula:
        """Return the formula that a term is used, by other definitions than those of the terms that are avoided."""
        key = (term, avoided)
        if key not in self._known:
            rest = avoided | {term}
            ways = (
                formulas.all_of(printed, self._one_used(terms, rest))
                for terms, printed in self.by_definitions.get(term, ())
            )
            self._known[key] = formulas.any_of(self.operative[term], *ways)
        return self._known[key]

    def _one_used(self, terms: Iterable[str], avoided: frozenset[str]) -> Formula:
        if not self.certain.isdisjoint(terms):
            return TRUE
        return formulas.any_of(*(self._used(term, avoided) for term in terms if term in self.reached - avoided))


def reached(found: Iterable[tuple[str, Use]]) -> frozenset[str]:
    """Return the terms that uses reach, whatever their conditions: from operative texts, and on through definitions."""
    leads: dict[str, list[str]] = {}
    known: set[str] = set()
    for term, use in found:
        for of in use.within:
            leads.setdefault(of, []).append(term)
        if not use.within:
            known.add(term)
    waiting = list(known)
    while waiting:
        new = set(leads.get(waiting.pop(), ())) - known
        known |= new
        waiting += new
    return frozenset(known)


def _add(places: _Places, use: Use) -> None:
    places.setdefault(use.clause, {}).setdefault(use.alternative, []).append(use.printed)


def _somewhere(at: Presence, places: _Places) -> Formula:
    """Return the formula that what is printed at one of these places is in the contract.

    What every alternative of a clause prints is there whenever the clause is.
    """
    found: list[Formula] = []
    for clause, by in places.items():
        if not clause:
            found.append(formulas.any_of(*by[""]))
            continue
        selected = {a.id: at.selected(clause, a.id) for a in at.library.clauses[clause].alternatives}
        printed = {a: formulas.any_of(*by.get(a, ())) for a, formula in selected.items() if formula is not FALSE}
        if printed and all(formula is TRUE for formula in printed.values()):
            found.append(at.included(clause))
        else:
            found.extend(formulas.all_of(selected[a], formula) for a, formula in printed.items())
    return formulas.any_of(*found)


LAWS: tuple[Callable[[Presence], Iterator[Claim]], ...] = (terms_defined, terms_used)

# -- words --------------------------------------------------------------------------------------


class Words:
    """The forms in which defined terms are used, by their first word and their length."""

    def __init__(self, terms: Iterable[str], forms: Callable[[str], Iterable[str]] = english.plurals) -> None:
        """Take the terms in, each with its other forms; the longest form that fits counts."""
        self._forms = {f: term for term in sorted(terms) for f in forms(term)} | {t: t for t in terms}
        lengths: dict[str, set[int]] = {}
        for form in self._forms:
            first = _WORD.match(form)
            lengths.setdefault(first.group() if first else form, set()).add(len(form))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._used: dict[str, tuple[str, ...]] = {}  # many fields print the same few words

    def used(self, text: str) -> tuple[str, ...]:
        """Return the terms that a text uses, as often as it does."""
        if text not in self._used:
            self._used[text] = tuple(term for _, _, term in self._found(text))
        return self._used[text]

    def without(self, text: str) -> str:
        """Return a text with one small letter in place of each term."""
        kept, last = [], 0
        for start, end, _ in self._found(text):
            kept += [text[last:start], "x"]
            last = end
        return "".join((*kept, text[last:]))

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        end = 0
        for found in _WORD.finditer(text):
            lengths = self._lengths.get(found[0])
            if lengths is None or (start := found.start()) < end:
                continue
            for length in lengths:
                term = self._forms.get(text[start : start + length])
                if term is not None and not _is_word(text[start + length : start + length + 1]):
                    end = start + length
                    yield start, end, term
                    break


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


_WORD = re.compile(r"\w+")
