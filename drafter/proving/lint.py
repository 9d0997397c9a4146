"""A library to problems: all that is wrong in it, at once, by file and line.

One rule: what must hold stands apart from style, and a check only looks. What must hold for a draft to be made at
all is checked when the library is loaded (`library_checks.CHECKS`); the checks here ask for more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from drafter import language
from drafter.base.problems import Place, Problem
from drafter.drafting import resolving
from drafter.proving import cases, division, formulas, laws
from drafter.proving.presence import Presence, Standing
from drafter.proving.proof import Trying
from drafter.reading import policy, prose, questionnaire
from drafter.reading.library import Clause, Library
from drafter.reading.loading import Reading

LONGEST_SENTENCE = 50  # words
PLACE = "…"  # stands for a field or a reference within a sentence


class Subject:
    """A library with what several checks need of it, each made once and when it is first asked for."""

    def __init__(self, library: Library) -> None:
        """Take a library in."""
        self.library = library
        self.at = Presence(library)

    @cached_property
    def trying(self) -> Trying:
        """Return what tries formulas over all answers."""
        return Trying(self.library, cases.Cases(self.library.questionnaire), self.at)

    @cached_property
    def texts(self) -> tuple[tuple[Clause, str, Standing], ...]:
        """Return every text of every wording, with its clause and the path of its file."""
        return tuple((clause, a.place.path, text) for clause, a, _, text in self.at.all_texts())

    @cached_property
    def defined(self) -> dict[str, tuple[str, Place]]:
        """Return each term with the clause that defines it, and where."""
        found: dict[str, tuple[str, Place]] = {}
        for clause, path, text in self.texts:
            for part in text.parts:
                if isinstance(part, prose.Term):
                    found.setdefault(part.text, (clause.id, Place(path, text.line)))
        return found

    @cached_property
    def used(self) -> dict[str, list[tuple[Clause, Place]]]:
        """Return the uses of each term, in the order of the outline."""
        words = laws.Words(tuple(self.defined))
        found: dict[str, list[tuple[Clause, Place]]] = {}
        for clause, path, text in self.texts:
            for part in text.parts:
                if isinstance(part, prose.Words):
                    for term in words.used(part.text):
                        found.setdefault(term, []).append((clause, Place(path, text.line)))
        return found

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
    return part.text if isinstance(part, prose.Words | prose.Term) else PLACE


# -- what must hold -----------------------------------------------------------------------------


def unreachable_alternative(subject: Subject) -> Iterator[Problem]:
    """Find an alternative that no answers select: its condition is never true, or a better one always is."""
    for clause in subject.at.clauses():
        for alternative in clause.alternatives:
            try:
                case = subject.trying.broken(subject.at.selected(clause.id, alternative.id))
            except division.UndecidedError:
                continue
            if case is None:
                what = f"no answers select '{alternative.id}'"
                hint = "change its condition, or that of a better one, or take it out"
                yield Problem("unreachable-alternative", alternative.place, what, hint)


def two_alternatives(subject: Subject) -> Iterator[Problem]:
    """Find two alternatives of one clause and one position that some answers both fit, so that chance decides."""
    yield from _broken(subject, laws.one_alternative, "two-alternatives")


def unasked_field(subject: Subject) -> Iterator[Problem]:
    """Find a text that can stand where a question it prints is not asked: a blank that nobody can fill."""
    yield from _broken(subject, laws.fields_asked, "unasked-field")


def _broken(subject: Subject, law: Callable[[Presence], Iterator[laws.Claim]], code: str) -> Iterator[Problem]:
    """Yield the problems of a law's claims of one code that some answers break."""
    for claim in law(subject.at):
        try:
            if claim.problem.code == code and subject.trying.broken(claim.broken_when) is not None:
                yield claim.problem
        except division.UndecidedError:
            continue  # the proof names it


def ambiguous_reference(subject: Subject) -> Iterator[Problem]:
    """Find a reference to one of several clauses of an exhibit: it prints the exhibit's letter, which they share."""
    shared = {c: g.id for g in subject.library.exhibits for c in g.clauses if len(g.clauses) > 1}
    for _, path, text in subject.texts:
        for part in text.parts:
            if isinstance(part, prose.Link) and part.target.partition(".")[0] in shared:
                exhibit = shared[part.target.partition(".")[0]]
                what = f"[[{part.target}]] prints the letter of the exhibit '{exhibit}', which has several clauses"
                hint = f"refer to [[exhibit:{exhibit}]] and say in words which part is meant"
                yield Problem("ambiguous-reference", Place(path, part.line), what, hint)


def undefined_term(subject: Subject) -> Iterator[Problem]:
    """Find words that are written as a defined term, with capitals, and that no clause defines.

    Names are no terms: what authorities.yaml, the policy or the questionnaire write with capitals, and what the
    library never writes without them.
    """
    lower = {word for _, sentence in subject.sentences for word in re.findall(r"\b[a-z][a-z'-]+\b", sentence)}
    names = _names(subject.library)
    forms = sorted({form for term in subject.defined for form in _forms(term)}, key=len, reverse=True)
    known = re.compile(rf"\b({'|'.join(map(re.escape, forms))})\b") if forms else None
    for place, sentence in subject.sentences:
        rest = known.sub("x", sentence) if known else sentence
        for found in _CAPITALS.finditer(rest):
            words = [word for word in found.group().split() if word[0].isupper()]
            if (
                all(word.lower() in lower for word in words)
                and found.group() not in names
                and words[0] not in _NUMBERED
            ):
                what = f"“{found.group()}” is written as a defined term, and no clause defines it"
                yield Problem("undefined-term", place, what, "define it, or write it without capitals")


_CAPITALS = re.compile(
    r"(?<=[a-z0-9,;)’] )[A-Z][a-z][\w-]*(?:(?: (?:of|and|for|on|in|the))* [A-Z][a-z][\w-]*)*"
)  # within a sentence
_STARTS = {"A", "An", "Any", "Each", "Every", "If", "In", "It", "No", "The", "This"}  # of a sentence after a field
_NUMBERED = {"Section", "Sections", "Article", "Articles", "Exhibit", "Exhibits", "Agreement"}


def _forms(term: str) -> tuple[str, ...]:
    first, of, rest = term.partition(" of ")
    return (*resolving.plurals(term), *(f"{form}{of}{rest}" for form in resolving.plurals(first) if of))


def _names(library: Library) -> str:
    """Return the texts in which names are written with capitals."""
    options = (o.text or o.label for q in library.questionnaire.questions.values() for o in q.options)
    return "\n".join(
        [
            *(f"{a.citation} {a.title} {a.cited_for}" for a in library.authorities.values()),
            *(f"{p.heading} {p.text}" for p in library.policy.paragraphs),
            *(clause.title for clause in library.clauses.values()),
            *(group.title for group in (*library.articles, *library.exhibits)),
            *options,
            library.policy.title,
            library.policy.district,
            library.title,
        ]
    )


def unused_term(subject: Subject) -> Iterator[Problem]:
    """Find a term that is defined and never used."""
    for term, (_, place) in subject.defined.items():
        if term not in subject.used:
            yield Problem("unused-term", place, f"“{term}” is defined and never used", "take the definition out")


def early_term(subject: Subject) -> Iterator[Problem]:
    """Find a term that is used in an article before the one that defines it, and without a reference to it.

    The article with the most definitions defines for the whole contract.
    """
    group = {c: g.id for g in (*subject.library.articles, *subject.library.exhibits) for c in g.clauses}
    counts = Counter(group.get(clause, "") for clause, _ in subject.defined.values())
    main = counts.most_common(1)[0][0] if counts else ""
    order = {clause: number for number, clause in enumerate(subject.library.order())}
    links = ((c.id, part.target) for c, _, text in subject.texts for part in text.parts if isinstance(part, prose.Link))
    pointing = {(use, target.partition(".")[0]) for use, target in links}
    for term, (clause, _) in subject.defined.items():
        home = group.get(clause, "")
        for use, place in subject.used.get(term, []) if home not in ("", main) else ():
            pointed = {(use.id, clause), (use.id, f"article:{home}"), (use.id, f"exhibit:{home}")} & pointing
            if order[use.id] < order[clause] and group.get(use.id, "") != home and not pointed:
                what = f"“{term}” is used before the article '{home}', which defines it"
                yield Problem("early-term", place, what, f"refer to [[{clause}]] where it is first used")
                break


def unused_question(subject: Subject) -> Iterator[Problem]:
    """Find a question whose answer nothing uses: no text, no condition, no requirement, no check."""
    asked = subject.library.questionnaire
    used = set(_names_used(subject))
    waiting = list(used)
    while waiting:
        condition = asked.ask_when.get(waiting.pop())
        for name in language.names(condition) - used if condition is not None else ():
            used.add(name)
            waiting.append(name)
    for name in asked.questions:
        if name not in used:
            hint = "use it in a clause, or take it out"
            yield Problem("unused-question", asked.places[name], f"nothing uses the answer to '{name}'", hint)


def _names_used(subject: Subject) -> Iterator[str]:
    at, library = subject.at, subject.library
    whens = [c.when for c in at.clauses()] + [a.when for c in at.clauses() for a in c.alternatives]
    checks = [
        e for check in library.questionnaire.checks for e in (check.holds, check.when, check.each and check.each[1])
    ]
    found = [*whens, *checks, *library.conditions.values()]
    standing = [*(text for _, _, text in subject.texts), *at.outline()]
    for text in standing:
        found.extend(part.expression for part in text.parts if isinstance(part, prose.Field))
        found.extend([text.each.expression] if text.each else [])
        for formula in (text.when, text.outer):
            yield from formulas.names(formula)
    for expression in found:
        if expression is not None:
            yield from language.names(at.expanded(expression))


def missing_guidance(subject: Subject) -> Iterator[Problem]:
    """Find a fallback without guidance: a negotiator must know when to offer it."""
    for clause in subject.at.clauses():
        for alternative in clause.alternatives:
            if alternative.position == "fallback" and not alternative.guidance:
                what = f"the fallback '{alternative.id}' has no guidance"
                yield Problem(
                    "missing-guidance", alternative.place, what, "say when to offer it, and what to ask for it"
                )


def missing_concession(subject: Subject) -> Iterator[Problem]:
    """Find a fallback that does not say what it gives up."""
    for clause in subject.at.clauses():
        for alternative in clause.alternatives:
            if alternative.position == "fallback" and not alternative.concedes:
                what = f"the fallback '{alternative.id}' says nothing under 'concedes'"
                yield Problem("missing-concession", alternative.place, what, "say what it gives up")


def unknown_authority(subject: Subject) -> Iterator[Problem]:
    """Find a question that rests on an authority which authorities.yaml does not list."""
    asked = subject.library.questionnaire
    entries: list[tuple[str, questionnaire.Question]] = list(asked.questions.items())
    entries += [(f"{name}.{entry.id}", entry) for name, q in asked.questions.items() for entry in q.fields]
    for name, question in entries:
        for wanted in question.authority:
            if wanted not in subject.library.authorities:
                what = f"no authority is called '{wanted}'"
                yield Problem("unknown-authority", asked.places[name], what, "add it to authorities.yaml")


def actorless_duty(subject: Subject) -> Iterator[Problem]:
    """Find a duty that names nobody who owes it: "must" without a subject, or "must be given" without "by"."""
    for place, sentence in subject.sentences:
        found = _NO_SUBJECT.match(sentence) or _PASSIVE.search(sentence)
        if found and not re.search(r"\bby (?!(?:then|that|the end)\b)", sentence[found.end() :]):
            what = f"“{_short(sentence)}” does not say who owes this"
            yield Problem("actorless-duty", place, what, "name the actor before 'must'")


_NO_SUBJECT = re.compile(r"(Must|Shall|There (must|shall))\b")
_PASSIVE = re.compile(
    r"\b(must|shall) (not )?be (completed|delivered|given|kept|maintained|made|notified|paid|provided|recorded|"
    r"reported|reviewed|sent|told|trained)\b"
)

# -- style --------------------------------------------------------------------------------------


def duty_word(subject: Subject) -> Iterator[Problem]:
    """Find "shall", and "will" for a duty, where the library says "must"."""
    terms = "|".join(re.escape(term) for term in sorted(subject.defined, key=len, reverse=True)) or r"(?!)"
    owed = re.compile(rf"(The|Each|An?|Every|This)? ?({terms}|Party|Parties|{PLACE})('s|’s)?( \w+)? will\b")
    for place, sentence in subject.sentences:
        if found := re.search(r"\b[Ss]hall\b", sentence) or owed.match(sentence):
            what = f"“{found.group()}” in “{_short(sentence)}”"
            yield Problem("duty-word", place, what, "write 'must' for a duty and 'must not' for a ban", "reminder")


def long_sentence(subject: Subject) -> Iterator[Problem]:
    """Find a sentence that is too long to read in one go."""
    for place, sentence in subject.sentences:
        if (words := len(sentence.split())) > LONGEST_SENTENCE:
            what = f"a sentence of {words} words: “{_short(sentence)}”"
            yield Problem("long-sentence", place, what, "make it two, or a list", "reminder")


def _short(sentence: str) -> str:
    squeezed = policy.squeezed(sentence)
    return squeezed if len(squeezed) <= 70 else squeezed[:67].rsplit(" ", 1)[0] + " ..."  # noqa: PLR2004


Check = Callable[[Subject], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    unreachable_alternative,
    two_alternatives,
    unasked_field,
    ambiguous_reference,
    undefined_term,
    unused_term,
    early_term,
    unused_question,
    missing_guidance,
    missing_concession,
    unknown_authority,
    actorless_duty,
)
STYLE: tuple[Check, ...] = (duty_word, long_sentence)


@dataclass(frozen=True, slots=True)
class Linted:
    """What a library's checks found: what must be mended, and remarks on style."""

    library: Library
    wrong: tuple[Problem, ...]
    style: tuple[Problem, ...]


def lint(found: Reading) -> Linted:
    """Make every check on a library that could be read; what its loading found wrong is among what it finds."""
    subject = Subject(found.library)
    wrong, style = ([p for check in checks for p in check(subject)] for checks in (CHECKS, STYLE))
    return Linted(found.library, _sorted([*found.wrong, *wrong]), _sorted(style))


def _sorted(found: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(found), key=lambda p: (p.place, p.code, p.message)))
