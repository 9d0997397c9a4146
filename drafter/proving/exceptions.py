"""Finds what could take back what a contract says and is not declared: sentences, titles, and changed definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from drafter import language
from drafter.base import yaml_text
from drafter.base.problems import Place, Problem
from drafter.proving.laws import Claim
from drafter.proving.presence import Presence
from drafter.proving.solving.formulas import FALSE, TRUE
from drafter.reading import definitions, prose, undeclared
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.prose import duties, sentences
from drafter.reading.prose.wordings import parts_of
from drafter.reading.undeclared import Undeclared

if TYPE_CHECKING:
    from drafter.proving.linting.subject import Subject  # which needs the proof, and the proof these laws


def exceptions_declared(at: Presence) -> Iterator[Claim]:
    """Every sentence that could take back what a contract says is declared with a reason."""
    for clause, alternative, problem in _undeclared(at):
        selected = at.selected(clause.id, alternative.id)
        if selected is not FALSE:
            yield Claim(selected, problem, (clause.file,))
    for problem in _printed(at.library, at.once(_exceptions).whole):
        yield Claim(TRUE, problem, (problem.place.path.removeprefix(f"{at.library.path}/"),))


def definitions_held(at: Presence) -> Iterator[Claim]:
    """Every definition of a term, and phrase, that operative sentences use is the one that policy.yaml holds."""
    for clause, alternative, problem in _drifted(at):
        selected = at.selected(clause.id, alternative.id)
        if selected is not FALSE:
            yield Claim(selected, problem, (clause.file, at.library.policy.file))
    yield from (Claim(TRUE, problem, (at.library.policy.file,)) for problem in definitions.unheld(at.library))


def undeclared_exception(subject: Subject) -> Iterator[Problem]:
    """Find a sentence that could take back what is said and is not declared.

    In the home clauses of the requirements, in the clauses that policy.yaml lists under can_undo, and in those that
    define a term of an operative sentence, that is every sentence which is not plainly one more duty of an actor. In
    other clauses it is one with an exception, leave or another's judgement that speaks of such a clause, of what is
    forbidden or of the whole contract. A title is declared in a clause below it; options, phrases, the contract's own
    title, the caption and signature blocks can't be declared.
    """
    yield from (problem for _, _, problem in _undeclared(subject.at))
    yield from _printed(subject.library, subject.at.once(_exceptions).whole)


def changed_definition(subject: Subject) -> Iterator[Problem]:
    """Find a definition of a term, or a phrase, of operative sentences that is not the one that policy.yaml holds."""
    yield from (problem for _, _, problem in _drifted(subject.at))
    yield from definitions.unheld(subject.library)


def _drifted(at: Presence) -> Iterator[tuple[Clause, Alternative, Problem]]:
    terms = at.once(_exceptions).terms
    for clause in at.clauses():
        for alternative in clause.alternatives:
            for problem in definitions.drift(at.library, terms, clause, alternative):
                yield clause, alternative, problem


_OUTLINE = "agreement.yaml"
_SOFT = re.compile(
    r"\b(?:guidance|guidelines?|advi[cs]\w+|examples?|optional|voluntary|recommend\w*|suggest\w*|drafts?|propos\w+|"
    r"former\w*|expired|information|not binding|non-?binding|aspir\w+|aims?|goals?|ideals?|best|preferred|"
    r"wish\w*|intent\w*|discuss\w+|reserved|repealed|tentative|sample|(?:from|until|after|before|since) (?:19|20)\d\d|"
    r"histor\w+|sketch\w*|questions?|texts?|notes?|talking points?|hopes?|summar\w+|overviews?|comments?|thoughts?|"
    r"myths?|where|when|if|someday|later|trial|pilot|future|only|partly|partial\w*|draft\w*)\b"
)
_NEGATION = re.compile(r"\b(?:no|not|none|never|nor|neither|cannot|without)\b")


def _printed(library: Library, whole: AbstractSet[str]) -> Iterator[Problem]:
    """Find words that are printed with operative sentences: titles, options, phrases, the caption and signatures."""
    yield from _phrases(library)
    yield from _own_title(library)
    yield from _around(library)
    yield from _titles(library, whole)
    yield from _options(library, whole)


def _titles(library: Library, whole: AbstractSet[str]) -> Iterator[Problem]:
    """Find a title over what a requirement needs said that could take it back, and that no clause below it declares."""
    outline = Place(f"{library.path}/{_OUTLINE}")
    groups = (g for g in (*library.articles, *library.exhibits) if not whole.isdisjoint(g.clauses))
    titles = [(library.named(title), group.clauses, outline) for group in groups for title in group.titles]
    titles += [(library.named(c.title), (c.id,), c.place) for c in (library.clauses[name] for name in sorted(whole))]
    for title, below, place in titles:
        clauses = (library.clauses[name] for name in below if name in library.clauses)
        declared = {sentences.as_written(one.sentence) for clause in clauses for one in clause.exceptions}
        words = sentences.folded(title)
        if words not in declared and (found := _softened(words)):
            what = f"{_listed(found)} in the title “{title}” could take back what a requirement needs said below it"
            hint = (
                "give it a title that says what it is about, or declare the title under exceptions of a clause below it"
            )
            yield Problem("undeclared-exception", place, what, hint)


_BINDS = re.compile(r"\b(?:agreement|contract|lease|licen[cs]e|deed|covenant|amendment|memorandum of understanding)\b")


def _own_title(library: Library) -> Iterator[Problem]:
    """Find a title of the contract itself that makes less of it, or calls it no agreement; it can't be declared."""
    words, title = sentences.folded(library.named(library.title)), library.named(library.title)
    place = Place(f"{library.path}/{_OUTLINE}")
    if found := (*_softened(words), *_NEGATION.findall(words)):
        what = f"{_listed(found)} in the contract's title “{title}” could take back what the contract says"
        yield Problem("undeclared-exception", place, what, "give it a title that says what it is about")
    elif not _BINDS.search(words):
        what = f"the contract's title “{title}” does not call it an agreement or a contract"
        yield Problem("undeclared-exception", place, what, "call it one, as in “Dog Walking Agreement”")


def _around(library: Library) -> Iterator[Problem]:
    """Find words of the caption or of a signature block that could take back the contract; they can't be declared."""
    blocks = (parts for one in library.signatures for parts in (one.party, one.note, one.name, one.title))
    for parts in (*library.caption, *blocks):
        words = sentences.folded(sentences.written(parts))
        found = [word for word in (*_softened(words), *_NEGATION.findall(words)) if not word.startswith("approv")]
        if found or duties.reaches_contract(words):
            named = f"{_listed(found)} in " if found else ""
            where = f"“{sentences.written(parts)}”, in the caption or a signature block"
            what = f"{named}{where}, could take back what the contract says"
            hint = "say it in a clause, where it is read with what it speaks of"
            yield Problem("undeclared-exception", Place(f"{library.path}/{_OUTLINE}"), what, hint)


def _softened(words: str) -> tuple[str, ...]:
    """Return the words of a title or a caption, folded, that could make less of what it is printed with."""
    from drafter.reading.prose import counter_words  # its pattern is slow to compile, and no draft needs it

    return tuple(dict.fromkeys((*counter_words.found(words), *_SOFT.findall(words))))


def _listed(found: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in dict.fromkeys(found))


def _options(library: Library, whole: AbstractSet[str]) -> Iterator[Problem]:
    """Find an option whose words a clause prints among what a requirement needs said, and which could take it back."""
    from drafter.reading.prose import counter_words  # its pattern is slow to compile, and no draft needs it

    alternatives = (a for name in sorted(whole) for a in library.clauses[name].alternatives)
    lines = ((a.place.path, parts) for a in alternatives for parts in parts_of(a.text))
    for path, part in ((path, part) for path, parts in lines for part in prose.fields(parts)):
        for words in part.kind.options.values():
            if found := counter_words.found(sentences.folded(words)):
                what = f"{_listed(found)} in the option “{words}” could take back what a requirement needs said"
                hint = "give the option other words, or print a sentence of the library instead"
                yield Problem("undeclared-exception", Place(path, part.line), what, hint)


def _phrases(library: Library) -> Iterator[Problem]:
    """Find a phrase whose own words could take back the sentences that print it; it can't be declared."""
    from drafter.reading.prose import counter_words  # its pattern is slow to compile, and no draft needs it

    for name, (expression, _) in library.phrases.items():
        words = sentences.folded(language.explain(expression))
        if found := (*counter_words.found(f"{{{{ {words} }}}}"), *_NEGATION.findall(words)):
            what = (
                f"the phrase '{name}' can print {_listed(found)}, which could take back what a requirement needs said"
            )
            hint = "write the words into the wordings, where they are read with their sentence"
            yield Problem("undeclared-exception", Place(f"{library.path}/{_OUTLINE}"), what, hint)


def _exceptions(at: Presence) -> undeclared.Exceptions:
    return undeclared.Exceptions(at.library)


def _undeclared(at: Presence) -> Iterator[tuple[Clause, Alternative, Problem]]:
    found = at.once(_exceptions)
    for clause in at.clauses():
        for alternative in clause.alternatives:
            for one in found.undeclared(clause, alternative):
                yield clause, alternative, _problem(alternative, one)


def _problem(alternative: Alternative, one: Undeclared) -> Problem:
    pasted = yaml_text.scalar(one.sentence)
    if one.words:
        what = f"{_listed(one.words)} could take back what a requirement needs said: “{one.sentence}”"
        limits = ", limits: [...]" if one.needs_limits else ""
        hint = (
            "take it out, or declare it in the front matter, under exceptions, with the reason why it may stand: "
            f"{{sentence: {yaml_text.scalar(one.sentence, flow=True)}, because: ...{limits}}}"
        )
    else:
        what = f"this is neither operative nor plainly one more duty of an actor: “{one.sentence}”"
        hint = f"take it out, or declare it in the front matter, under adds if it takes nothing back: - {pasted}"
    return Problem("undeclared-exception", Place(alternative.place.path, one.line), what, hint)


def unused_exception(subject: Subject) -> Iterator[Problem]:
    """Find a declared sentence that no wording says, or that is declared without a reason that says anything."""
    for clause in subject.at.clauses():
        for one in clause.exceptions:
            if len(re.findall(r"[^\W\d_]{2,}", one.because)) < FEWEST:
                what = f"“{one.because}” is no reason why this may stand: “{one.sentence}”"
                yield Problem("unused-exception", clause.place, what, "say under because why it takes nothing back")
        said = frozenset((*_said(clause), *_titled(subject.library, clause)))
        for declared in (*(one.sentence for one in clause.exceptions), *clause.adds):
            if sentences.as_written(declared) not in said:
                what = f"a sentence is declared that no wording says: “{declared}”"
                yield Problem("unused-exception", clause.place, what, "declare the sentence as it is, or delete this")


FEWEST = 2  # words of a reason


def _titled(library: Library, clause: Clause) -> Iterator[str]:
    """Yield the titles above a clause, folded."""
    groups = (g for g in (*library.articles, *library.exhibits) if clause.id in g.clauses)
    titles = (clause.title, *(title for group in groups for title in group.titles))
    yield from (sentences.folded(library.named(title)) for title in titles)


def _said(clause: Clause) -> Iterator[str]:
    for alternative in clause.alternatives:
        yield from (one.words for one in undeclared.spoken(alternative.text))
