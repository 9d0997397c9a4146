"""Checks that a library takes its sources whole: every sentence, and each date and number of the policy once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress

from drafter import language
from drafter.base import english
from drafter.base.problems import Place, Problem
from drafter.proving.exceptions import FEWEST
from drafter.proving.linting.subject import Subject
from drafter.proving.solving.comparisons import UndecidedError
from drafter.reading import saying
from drafter.reading.prose import Words
from drafter.reading.questionnaire.tree import Check
from drafter.reading.sources.source import Figure, Paragraph, Source, squeezed


def unquoted_sentence(subject: Subject) -> Iterator[Problem]:
    """Find a sentence of a source, or a part of one, that no requirement quotes and asks_nothing does not list.

    A heading is such a sentence. Of a paragraph that is only summed up, find whether nothing is taken from it at all.
    """
    hint = "take a requirement from it, or list it under asks_nothing with the reason"
    for source in subject.library.sources:
        place = Place(f"{subject.library.path}/{source.file}")
        for paragraph in source.paragraphs:
            name = paragraph.id or paragraph.number
            for sentence, left in _left(source, paragraph):
                of = f" of “{sentence}”" if left != sentence.strip(" ,;:.") else ""
                part = "these words" if of else "this sentence"
                what = f"no requirement quotes {part} of paragraph {name}: “{left}”{of}"
                more = "quote them with the words beside them, " if of else ""
                yield Problem("unquoted-sentence", place, what, f"{more}{hint}")
            listed = [squeezed(one.sentence) for one in source.asks_nothing if one.paragraph == paragraph.id]
            if paragraph.heading and squeezed(paragraph.heading) not in listed:
                what = f"asks_nothing does not list the heading of paragraph {name}: “{squeezed(paragraph.heading)}”"
                yield Problem("unquoted-sentence", place, what, "list it there with the reason why it asks nothing")
            taken = {*(r.paragraph for r in source.requirements), *(one.paragraph for one in source.asks_nothing)}
            if not paragraph.text.strip() and paragraph.summary and paragraph.id not in taken:
                summary = squeezed(paragraph.summary)
                what = f"no requirement is taken from paragraph {name}, which is only summed up: “{summary}”"
                yield Problem("unquoted-sentence", place, what, hint)


def revisable_requirement(subject: Subject) -> Iterator[Problem]:
    """Find a requirement that rests on an exhibit which may be revised: what is met today could be gone tomorrow."""
    library = subject.library
    loose = {clause: group for group in library.exhibits if group.revisable for clause in group.clauses}
    for requirement in library.requirements if loose else ():
        homes = (requirement.home, *saying.elsewhere(requirement))
        for clause in (name for name in dict.fromkeys(homes) if name in loose):
            group = loose[clause]
            what = (
                f"{requirement.id} is said in '{clause}', and the exhibit '{group.id}' may be revised by "
                f"{squeezed(group.revisable)}"
            )
            hint = "say it in a clause that only an amendment can change, or take out 'revisable'"
            yield Problem("revisable-requirement", library.place_of(requirement.id), what, hint)


def _left(source: Source, paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """Yield the words of a paragraph that nothing is taken from, in one piece each, after their sentence."""
    text = squeezed(paragraph.text)
    quotes = [r.quote for r in source.requirements if r.paragraph == paragraph.id]
    quotes += [one.sentence for one in source.asks_nothing if one.paragraph == paragraph.id]
    taken = [False] * len(text)
    for quote in filter(None, map(squeezed, quotes)):
        for found in re.finditer(re.escape(quote), text):
            taken[found.start() : found.end()] = [True] * len(quote)
    at = 0
    for sentence in map(squeezed, english.sentences(text)):
        at = text.index(sentence, at)
        left = "".join("\0" if taken[at + n] else character for n, character in enumerate(sentence))
        pieces = (piece.strip(" ,;:.") for piece in left.split("\0"))
        yield from ((sentence, piece) for piece in pieces if re.search(r"\w", piece) and piece not in _JOINING)
        at += len(sentence)


_JOINING = ("and", "or")  # what ends a line of a list


def quoted_twice(subject: Subject) -> Iterator[Problem]:
    """Find words of a source that asks_nothing lists although a requirement quotes them."""
    for source in subject.library.sources:
        for one in source.asks_nothing:
            for requirement in source.requirements:
                words, quote = squeezed(one.sentence), squeezed(requirement.quote)
                if requirement.paragraph == one.paragraph and quote and (quote in words or words in quote):
                    what = f"asks_nothing lists what {requirement.id} quotes: “{words}”"
                    hint = "list only the words that no requirement quotes"
                    yield Problem("quoted-twice", Place(f"{subject.library.path}/{source.file}"), what, hint)


def never_applies(subject: Subject) -> Iterator[Problem]:
    """Find a requirement that applies to no contract, because no answers make its condition true."""
    for source in subject.library.sources:
        for requirement in source.requirements:
            condition = subject.library.conditions.get(requirement.id)
            if condition is None:
                continue
            with suppress(UndecidedError):
                if subject.trying.broken(subject.at.formula(condition)) is None:
                    what = f"{requirement.id} applies to no contract: no answers make its condition true"
                    hint = f"correct applies_when: {requirement.applies_when}"
                    yield Problem("never-applies", Place(f"{subject.library.path}/{source.file}"), what, hint)


def open_to_do(subject: Subject) -> Iterator[Problem]:
    """Find what is still to do since the text of a source was put in the place of an earlier one."""
    for source in subject.library.sources:
        for one in source.to_do:
            place = Place(f"{subject.library.path}/{source.file}")
            yield Problem("open-to-do", place, one, "do it, and delete its line under to_do")


def weakened_check(subject: Subject) -> Iterator[Problem]:
    """Find a check that carries a requirement and is gone, holds something else or less often, or only reminds."""
    asked = subject.library.questionnaire
    entries = {check.entry.id: check.entry for check in asked.checks}
    listed = ((s, r, name, c) for s in subject.library.sources for r in s.requirements for name, c in r.checks.items())
    for source, requirement, name, carried in listed:
        entry = entries.get(name)
        if entry is None:
            place = Place(f"{subject.library.path}/{source.file}")
            what = f"{requirement.id} rests on the check '{name}', which the questionnaire does not have"
            yield Problem("weakened-check", place, what, "put the check back, or take it out of the requirement")
            continue
        keys = ("holds", "when", "each")
        other = [key for key in keys if squeezed(getattr(entry, key)) != squeezed(getattr(carried, key))]
        if other or entry.level != "problem":
            now = [f"now has {key}: {squeezed(getattr(entry, key)) or 'nothing'}" for key in other]
            now += ["is now only a reminder"] if entry.level != "problem" else []
            what = f"{requirement.id} rests on the check '{name}', which {' and '.join(now)}"
            wanted = "; ".join(f"{key}: {getattr(carried, key) or 'nothing'}" for key in (other or ["holds"]))
            hint = f"{source.file} has it as a problem, with {wanted}"
            yield Problem("weakened-check", asked.places[f"checks.{name}"], what, hint)


def uncarried_check(subject: Subject) -> Iterator[Problem]:
    """Find a check that stops a contract, that no requirement carries, and that does not say why none does.

    No reason is enough for one that is made only in a case which a requirement's condition tells apart. Where the
    policy's file names no actors, only such checks are found.
    """
    library = subject.library
    told = {path for condition in library.conditions.values() for path in _told_apart(condition)}
    carried = {name for requirement in library.requirements for name in requirement.checks}
    for check in library.questionnaire.checks:
        entry = check.entry
        if entry.level == "problem" and entry.id not in carried:
            place = library.questionnaire.places[f"checks.{entry.id}"]
            hint = f"write it under checks of the requirement whose rule it holds: {entry.id}"
            read = _read_when(check)
            if read and read <= told:
                looked = english.listing(sorted(read))
                what = f"the check looks at {looked}, which decides when a requirement applies, and none carries it"
                yield Problem("uncarried-check", place, what, hint)
            elif library.policy.actors and len(re.findall(r"[^\W\d_]{2,}", entry.carries_nothing)) < FEWEST:
                what = f"no requirement carries the check '{entry.id}', and it does not say why"
                yield Problem("uncarried-check", place, what, f"{hint}; or say why none: carries_nothing: ...")


def _read_when(check: Check) -> set[str]:
    """Return the questions, and the fields of records, by which it is decided whether a check is made."""
    name, listed = check.each or ("", None)
    of = "" if listed is None else next(iter(language.names(listed)), "")
    paths = language.names(check.when) if check.when is not None else frozenset[str]()
    return {re.sub(rf"^{name}\.", f"{of}.", path) if name else path for path in paths}


def _told_apart(condition: language.Expression) -> Iterator[str]:
    """Yield the questions, and the fields of records, by which a condition tells cases apart."""
    match condition:
        case language.Filter(name="having", operand=language.Name(path=path), arguments=(field, *_)):
            yield f"{path}.{field}"
        case language.Both(left=left, right=right) | language.Either(left=left, right=right):
            yield from (*_told_apart(left), *_told_apart(right))
        case language.Not(operand=inner):
            yield from _told_apart(inner)
        case _:
            yield from language.names(condition)


def literal_figure(subject: Subject) -> Iterator[Problem]:
    """Find a date or number of the policy that a wording writes out instead of printing the policy's figure.

    Find a date of the policy's text, too, that no figure is.
    """
    policy = subject.library.policy
    if policy.figures:
        quoted = [squeezed(figure.quote) for figure in policy.figures]
        for paragraph in policy.paragraphs:
            for date in english.long_dates(squeezed(paragraph.text)):
                if not any(date in quote for quote in quoted):
                    what = f"“{date}” in paragraph {paragraph.id or paragraph.number} is a date that no figure quotes"
                    hint = "write it under figures, so that the library's texts print it"
                    yield Problem("literal-figure", Place(f"{subject.library.path}/{policy.file}"), what, hint)
    figures = [(figure, re.compile(_pattern(figure), re.IGNORECASE)) for figure in subject.library.policy.figures]
    for _, path, text in subject.texts if figures else ():
        for part in (part for part in text.parts if isinstance(part, Words)):
            for figure, pattern in figures:
                if found := pattern.search(part.text):
                    what = f"“{found[0]}” is the policy's own figure ({figure.paragraph}), written out"
                    hint = f"print it as {{{{ policy.{figure.id} }}}}, so that it changes with the policy"
                    yield Problem("literal-figure", Place(path, text.line), what, hint)


def _pattern(figure: Figure) -> str:
    """Return what finds a figure where it is written out: "June 1, 2027", "six months", "60-month"."""
    if isinstance(figure.value, dt.date):
        return rf"\b{re.escape(english.long_date(figure.value))}\b"
    number = rf"(?:{figure.value}|{english.in_words(figure.value)})"
    return rf"\b{number}[ -]{re.escape(figure.unit)}" if figure.unit else rf"\b{number}\b"
