"""Changes each operative sentence and definition in the ways that take it back, and says what goes unnoticed.

One rule: a change is noticed when the library as changed has a problem that the library did not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from drafter.base import english
from drafter.base.problems import Problem
from drafter.language import Constant
from drafter.proving import laws
from drafter.proving.presence import Presence
from drafter.proving.proof import Trying
from drafter.proving.solving.cases import Cases
from drafter.proving.solving.comparisons import UndecidedError
from drafter.reading import definitions, library_checks, saying
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.prose import Guard, Parts, Passage, Prose, Words, sentences
from drafter.reading.prose.tree import Part
from drafter.reading.sources.source import Requirement, Said
from drafter.reading.undeclared import Exceptions
from drafter.values import dataclass

LEAST = 95  # percent of the changes of each requirement that must be noticed


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of a sentence: of what, in which wording, how, and whether it was noticed.

    `of` is the id of the requirement whose operative sentence it is, or the term in quotation marks that it defines.
    `sentence` is the sentence as the source's file has it.
    """

    of: str
    clause: str
    alternative: str
    change: str
    sentence: str
    noticed: bool


def mutate(library: Library) -> Iterator[Mutant]:
    """Yield every change of every operative sentence and definition of a library, each tried on the whole library."""
    known = Exceptions(library)
    for requirement in library.requirements:
        for clause in filter(None, (library.clauses.get(name) for name in homes(requirement))):
            for alternative in clause.alternatives:
                said = requirement.said_in(clause.id, alternative.id)
                if requirement.id in alternative.satisfies or clause.id != requirement.home:
                    for one in (line for s in said if s.sentence for line in _with_items(s)):
                        tried = partial(_is_noticed, requirement=requirement)
                        yield from _mutants(known, library, requirement.id, clause, alternative, one, tried)
    yield from _of_definitions(known, library)


def _of_definitions(known: Exceptions, library: Library) -> Iterator[Mutant]:
    """Yield every change of the definition of each term that operative sentences use, where definitions are held."""
    terms = saying.operative_terms(library) if library.policy.actors else frozenset()
    for clause in library.clauses.values():
        for alternative in clause.alternatives:
            for definition in definitions.definitions(alternative.text):
                if named := [term for term in definition.terms if term in terms]:
                    for one in definition.said.values():
                        tried = partial(_is_drift, terms=terms, clause=clause.id, alternative=alternative.id)
                        yield from _mutants(known, library, f"“{named[0]}”", clause, alternative, one, tried)


def _with_items(said: Said) -> Iterator[str]:
    yield said.sentence
    yield from (f"{said.sentence.rstrip(':')}: {sentences.unguarded(item)}" for item in said.items)


@dataclass(frozen=True, slots=True)
class Score:
    """How many changes of a requirement's sentences, or of a term's definition, were made, and which went unnoticed."""

    of: str
    made: int
    unnoticed: tuple[Mutant, ...]

    @property
    def percent(self) -> int:
        """Return how many in a hundred were noticed, rounded down."""
        return 100 * (self.made - len(self.unnoticed)) // self.made


def scores(mutants: Iterable[Mutant]) -> tuple[Score, ...]:
    """Return the score of each requirement and of each term, in the order of the changes."""
    by: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by.setdefault(mutant.of, []).append(mutant)
    return tuple(Score(of, len(m), tuple(one for one in m if not one.noticed)) for of, m in by.items())


def problems(found: Iterable[Score], library: Library) -> Iterator[Problem]:
    """Yield a problem for each requirement and each term of which too few changes are noticed."""
    for score in found:
        if score.percent < LEAST:
            place = library.clauses[score.unnoticed[0].clause].place
            what = f"{score.of}: only {score.percent} % of the changes to its sentences are noticed"
            source = library.policy if library.requirement(score.of) is None else library.source_of(score.of)
            hint = f"say it in a sentence by itself in its home clause, and write that sentence in {source.file}"
            yield Problem("unnoticed-change", place, what, hint)


def score_json(score: Score) -> dict[str, object]:
    """Return a score for scripts."""
    unnoticed = [
        {"clause": m.clause, "alternative": m.alternative, "change": m.change, "sentence": m.sentence}
        for m in score.unnoticed
    ]
    return {"of": score.of, "changes": score.made, "percent": score.percent, "unnoticed": unnoticed}


def homes(requirement: Requirement) -> tuple[str, ...]:
    """Return the clauses in which something must be said of a requirement, its home first."""
    return (requirement.home, *saying.elsewhere(requirement))


def _mutants(  # noqa: PLR0913, PLR0917  # what a change is made of
    known: Exceptions,
    library: Library,
    of: str,
    clause: Clause,
    alternative: Alternative,
    sentence: str,
    tried: Callable[[Library], bool],
) -> Iterator[Mutant]:
    before = {one.sentence for one in known.undeclared(clause, alternative)}
    for name, change in CHANGES.items():
        text = _changed(alternative.text, sentence, change)
        if text is not None:
            changed = replace(alternative, text=text)
            others = tuple(changed if a is alternative else a for a in clause.alternatives)
            made = replace(library, clauses={**library.clauses, clause.id: replace(clause, alternatives=others)})
            fresh = {one.sentence for one in known.undeclared(clause, changed)} - before
            yield Mutant(of, clause.id, alternative.id, name, sentence, bool(fresh) or tried(made))


def _is_noticed(made: Library, requirement: Requirement) -> bool:
    """Say whether a changed library does not say a requirement, or not under all answers."""
    if any(True for _ in library_checks.unsaid(made, requirement)):
        return True
    at = Presence(made)
    trying = Trying(made, Cases(at.asked), at)
    try:
        return trying.broken(laws.requirement_met(at, requirement).broken_when) is not None
    except UndecidedError:
        return True


def _is_drift(made: Library, terms: frozenset[str], clause: str, alternative: str) -> bool:
    """Say whether a changed wording defines a term in other words than are held, or no longer defines it."""
    found = made.clauses[clause]
    changed = next(a for a in found.alternatives if a.id == alternative)
    drifted = definitions.drift(made, terms, found, changed)
    return any(True for _ in drifted) or any(True for _ in definitions.undefined(made))


# -- changing a sentence ------------------------------------------------------------------------

# From a sentence to what stands in its place, and to what stands apart, under a condition that is never true.
Change = Callable[[str], tuple[str, str] | None]


def _changed(text: Prose, sentence: str, change: Change) -> Prose | None:
    """Return a text with one of its sentences changed; None where the change does not fit it."""
    whole = sentences.as_written(sentence)
    own = {whole, whole.rpartition(": ")[2]}
    for number, block in enumerate(text):
        if isinstance(block, Passage):
            coded = _coded(block.parts)
            pieces = list(english.sentences(coded))
            for place, piece in enumerate(pieces):
                if sentences.of_line(_decoded(piece, block.parts)) in own:
                    return _with(text, number, pieces, place, change)
    return None


def _with(text: Prose, number: int, pieces: list[str], place: int, change: Change) -> Prose | None:
    """Return a text with one sentence of a passage changed, and what goes apart as a passage that is never printed."""
    block = text[number]
    made = change(pieces[place])
    if made is None or not isinstance(block, Passage):
        return None
    kept, apart = made
    before, after = (" ".join(those) for those in (pieces[:place], pieces[place + 1 :]))
    whole = " ".join(filter(None, (before, kept, after)))
    never = Guard(when=Constant(value=False))
    passages = [replace(block, parts=_decoded(whole, block.parts))] if whole else []
    passages += [replace(block, parts=_decoded(apart, block.parts), guard=never)] if apart else []
    return (*text[:number], *passages, *text[number + 1 :])


def _coded(parts: Parts) -> str:
    """Return a line as one text, with a private character for each part that is not words."""
    return "".join(part.text if isinstance(part, Words) else chr(_FIRST + n) for n, part in enumerate(parts))


def _decoded(coded: str, parts: Parts) -> Parts:
    """Return a coded text as the parts of a line again."""
    found = (piece for piece in re.split(f"([{chr(_FIRST)}-{chr(_FIRST + len(parts))}])", coded) if piece)
    return tuple(_part(piece, parts) for piece in found)


def _part(piece: str, parts: Parts) -> Part:
    number = ord(piece[0]) - _FIRST
    return parts[number] if 0 <= number < len(parts) else Words(piece)


_FIRST = 0xE000  # the private characters of Unicode, which no text of a library may hold


def _ended(sentence: str, more: str) -> str:
    """Return a sentence with more words before its last mark."""
    words, mark = re.fullmatch(r"(.*?)([.;:,]?(?:\s+(?:and|or))?)", sentence, re.DOTALL).groups()  # type: ignore[union-attr]  # it always fits
    return f"{words}{more}{mark}"


def _negated(sentence: str) -> tuple[str, str] | None:
    for found, instead in _NEGATIONS:
        if re.search(found, sentence):
            return re.sub(found, instead, sentence, count=1), ""
    return None


_NEGATIONS = (
    (r"\bmust not\b", "may"),
    (r"\bmust\b", "need not"),
    (r"\bis not\b", "is"),
    (r"\bis\b", "is not"),
    (r"\bare\b", "are not"),
    (r"\bmeans\b", "does not mean"),
    (r"\bsatisfies\b", "does not satisfy"),
    (r"\bauthorizes\b", "does not authorize"),
    (r"\bapplies\b", "does not apply"),
)


def _softened(sentence: str) -> tuple[str, str] | None:
    found = re.search(r"\bmust(?: not)?\b", sentence)
    if found is None:
        return None
    instead = "should avoid to" if found[0].endswith("not") else "should make sure to"
    return f"{sentence[: found.start()]}{instead}{sentence[found.end() :]}", ""


def _other_actor(sentence: str) -> tuple[str, str] | None:
    found = re.match(r"(.+?)\s(?=(?:must|may|is|are|alone)\b)", sentence)
    return (f"Another person {sentence[found.end() :]}", "") if found else None


def _other_number(sentence: str) -> tuple[str, str] | None:
    found = re.search(r"\b\d+\b", sentence)
    if found is None:
        found_word = next((word for word in _NUMBERS if re.search(rf"\b{word}\b", sentence)), None)
        return None if found_word is None else (re.sub(rf"\b{found_word}\b", "ninety", sentence, count=1), "")
    return f"{sentence[: found.start()]}{int(found[0]) + 1}{sentence[found.end() :]}", ""


_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

CHANGES: dict[str, Change] = {
    "deleted": lambda sentence: ("", ""),  # noqa: ARG005  # whatever it says
    "under a condition that is never true": lambda sentence: ("", sentence),
    "negated": _negated,
    "with an exception": lambda sentence: (_ended(sentence, ", unless the other side decides otherwise"), ""),
    "as words that were rejected": lambda s: (f"The Parties considered, and rejected, these words: {s}", ""),
    "quoted from a proposal": lambda sentence: (f"An earlier draft said: “{sentence}”", ""),
    "with a counter-sentence": lambda s: (f"{s} This does not bind a person who sees a reason against it.", ""),
    "with leave to depart from it": lambda s: (f"{s} Either side may set the preceding sentence aside by a note.", ""),
    "with a sentence that calls it guidance": lambda s: (f"{s} This is guidance for the other side.", ""),
    "with a sentence that gives another the last word": lambda s: (f"{s} The other side has the last word on it.", ""),
    "softened": _softened,
    "of another actor": _other_actor,
    "with another number": _other_number,
    "as an aim": lambda sentence: (_ended(sentence, " as far as that is practical"), ""),
}
