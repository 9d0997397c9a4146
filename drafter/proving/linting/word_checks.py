"""Checks the words of a library: its defined terms, who owes each duty, and style."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from drafter.base import characters, disk, english
from drafter.base.problems import Place, Problem
from drafter.proving import terms
from drafter.proving.linting.subject import GAP, Subject
from drafter.reading import library, prose
from drafter.reading.library import Library, files
from drafter.reading.memo import memo_text
from drafter.reading.prose import typed
from drafter.reading.sources import source

LONGEST_SENTENCE = 50  # words

# -- characters ---------------------------------------------------------------------------------


def odd_letters(subject: Subject) -> Iterator[Problem]:
    """Find words that a reader may take for others, anywhere in the library's files."""
    root = subject.library.folder
    for path in (*files(root), *(root / paper.file for paper in memo_text.PAPERS)):
        if path.is_file():
            name = f"{subject.library.path}/{path.relative_to(root).as_posix()}"
            yield from characters.reminders_in(disk.read_text(path, name), name)


# -- terms --------------------------------------------------------------------------------------


def undefined_term(subject: Subject) -> Iterator[Problem]:
    """Find words with capitals, like a defined term, that no clause defines.

    Names are not terms: words with capitals in authorities.yaml, the policy or the questionnaire, and words that the
    library always writes with them.
    """
    lower = {word for _, sentence in subject.sentences for word in re.findall(r"\b[a-z][a-z'-]+\b", sentence)}
    names = _names(subject.library)
    known = terms.Words(subject.defined, _forms)
    for place, sentence in subject.sentences:
        for found in _CAPITALS.finditer(known.without(sentence)):
            words = [word for word in found.group().split() if word[0].isupper()]
            if (
                all(word.lower() in lower for word in words)
                and found.group() not in names
                and words[0] not in _NUMBERED
            ):
                what = f"“{found.group()}” has capitals like a defined term, but no clause defines it"
                yield Problem("undefined-term", place, what, "define it, or write it without capitals")


_CAPITALS = re.compile(
    r"(?<=[a-z0-9,;)’] )[A-Z][a-z][\w-]*(?:(?: (?:of|and|for|on|in|the))* [A-Z][a-z][\w-]*)*"
)  # within a sentence
_NUMBERED = {"Section", "Sections", "Article", "Articles", "Exhibit", "Exhibits", "Agreement"}


def _forms(term: str) -> tuple[str, ...]:
    first, of, rest = term.partition(" of ")
    return (*english.plurals(term), *(f"{form}{of}{rest}" for form in english.plurals(first) if of))


def _names(library: Library) -> str:
    """Return the texts that names with capitals come from."""
    options = (o.text or o.label for q in library.questionnaire.questions.values() for o in q.options)
    return "\n".join(
        [
            *(f"{a.citation} {a.title} {a.cited_for}" for a in library.authorities.values()),
            *(f"{p.heading} {p.text}" for p in library.policy.paragraphs),
            *(library.named(clause.title) for clause in library.clauses.values()),
            *(library.named(group.title) for group in (*library.articles, *library.exhibits)),
            *options,
            library.policy.title,
            library.policy.body,
            library.named(library.title),
        ]
    )


def unused_term(subject: Subject) -> Iterator[Problem]:
    """Find a term that is defined and never used, or only in definitions of terms that nothing else uses."""
    used = {term for term, _ in subject.used}
    reached = terms.reached(subject.used)
    for term, found in subject.defined.items():
        if term not in used:
            what = f"“{term}” is defined and never used"
            yield Problem("unused-term", found.place, what, "delete the definition")
        elif term not in reached:
            what = f"“{term}” is used only in its own definition, or in those of terms that nothing else uses"
            hint = "delete the definition, or put what must be done into a paragraph of its own"
            yield Problem("unused-term", found.place, what, hint)


def early_term(subject: Subject) -> Iterator[Problem]:
    """Find a term that is used in an article before the one that defines it, without a reference to it.

    The article with the most definitions counts for the whole contract.
    """
    group = {c: g.id for g in (*subject.library.articles, *subject.library.exhibits) for c in g.clauses}
    counts = Counter(group.get(found.clause, "") for found in subject.defined.values())
    main = counts.most_common(1)[0][0] if counts else ""
    order = {clause: number for number, clause in enumerate(subject.library.order())}
    links = ((c.id, part.target) for c, _, text in subject.texts for part in text.parts if isinstance(part, prose.Link))
    pointing = {(use, target.partition(".")[0]) for use, target in links}
    told: set[str] = set()
    for term, use in subject.used:
        clause = subject.defined[term].clause
        home = group.get(clause, "")
        if home in ("", main) or not use.clause or term in told:
            continue
        pointed = {(use.clause, clause), (use.clause, f"article:{home}"), (use.clause, f"exhibit:{home}")} & pointing
        if order[use.clause] < order[clause] and group.get(use.clause, "") != home and not pointed:
            told.add(term)
            what = f"“{term}” is used before the article '{home}', which defines it"
            yield Problem("early-term", use.place, what, f"refer to [[{clause}]] where it is first used")


def typed_reference(subject: Subject) -> Iterator[Problem]:
    """Find a reference to a place in the contract that is typed, such as "Section 7.3", so that nothing numbers it."""
    made, outline = subject.library, f"{subject.library.path}/agreement.yaml"
    lines = [(path, text.line, text.parts) for _, path, text in subject.texts]
    lines += [(outline, 0, parts) for parts in made.caption]
    lines += [(outline, 0, parts) for block in made.signatures for parts in (block.party, block.note, block.title)]
    for path, line, parts in lines:
        for words in typed.references(parts):
            yield library.typed_reference(words, Place(path, line))


# -- duties -------------------------------------------------------------------------------------


def actorless_duty(subject: Subject) -> Iterator[Problem]:
    """Find a duty that nobody is named for: "must" without a subject, or "must be given" without "by"."""
    for place, sentence in subject.sentences:
        found = _NO_SUBJECT.match(sentence) or _PASSIVE.search(sentence)
        if found and not re.search(r"\bby (?!(?:then|that|the end)\b)", sentence[found.end() :]):
            what = f"“{_short(sentence)}” does not say who must do this"
            yield Problem("actorless-duty", place, what, "name the actor before 'must'")


_NO_SUBJECT = re.compile(r"(Must|Shall|There (must|shall))\b")
_PASSIVE = re.compile(
    r"\b(must|shall) (not )?be (completed|delivered|given|kept|maintained|made|notified|paid|provided|recorded|"
    r"reported|reviewed|sent|told|trained)\b"
)

# -- style --------------------------------------------------------------------------------------


def duty_word(subject: Subject) -> Iterator[Problem]:
    """Find "shall", or "will" for a duty, where the library says "must"."""
    bound = {*subject.defined, "Party", "Parties", GAP}
    for place, sentence in subject.sentences:
        found = re.search(r"\b[Ss]hall\b", sentence)
        if words := found.group() if found else _promise(sentence, bound):
            what = f"“{words}” in “{_short(sentence)}”"
            yield Problem("duty-word", place, what, "write 'must' for a duty and 'must not' for a ban", "reminder")


def _promise(sentence: str, bound: AbstractSet[str]) -> str:
    """Return the start of a sentence in which somebody who is bound "will" do something; empty where none does."""
    for found in re.finditer(r" will\b", sentence):
        before = sentence[: found.start()]
        for owner in (before, re.sub(r" \w+$", "", before)):
            bare = re.sub(r"['’]s$", "", owner)
            if not bound.isdisjoint((bare, _ARTICLE.sub("", bare))):
                return sentence[: found.end()]
    return ""


_ARTICLE = re.compile(r"^(The|Each|An?|Every|This)? ?")


def long_sentence(subject: Subject) -> Iterator[Problem]:
    """Find a sentence that is too long to read in one go."""
    for place, sentence in subject.sentences:
        if (words := len(sentence.split())) > LONGEST_SENTENCE:
            what = f"a sentence of {words} words: “{_short(sentence)}”"
            yield Problem("long-sentence", place, what, "make it two, or a list", "reminder")


def _short(sentence: str) -> str:
    squeezed = source.squeezed(sentence)
    return squeezed if len(squeezed) <= 70 else squeezed[:67].rsplit(" ", 1)[0] + " ..."  # noqa: PLR2004
