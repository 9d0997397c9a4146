"""Finds the answers in free text that a person must read: those that the contract prints.

One rule: an answer is read as it was given. Where it changes, it is unread again. Any words could take something back;
those that have a word by which it is often done are said by name.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from drafter.base import english
from drafter.contract import (
    Contract,
    Definition,
    Run,
    Section,
    block_runs,
    head_runs,
    section_runs,
    sections,
    signature_runs,
    words,
)
from drafter.keeping.once import once
from drafter.language import Record, Value
from drafter.reading import saying
from drafter.reading.library import Library
from drafter.reading.prose import sentences
from drafter.reading.prose.loose_words import LooseWords
from drafter.reading.questionnaire import Question
from drafter.reading.reviewing.marks import Mark, Texts, hashed
from drafter.reading.sources.source import squeezed
from drafter.values import dataclass

FREE = ("text", "paragraph", "address")  # types of questions whose answer may be any words


@dataclass(frozen=True, slots=True)
class FreeAnswer:
    """An answer that somebody must read: its name ("dogs[2].name"), its words, and those said to take something back.

    `mark` is the record of its last reading, None where there is none, and `is_read` whether that is of these words.
    `clauses` are those whose sections print it.
    """

    name: str
    words: str
    loose: tuple[str, ...]
    clauses: tuple[str, ...]
    mark: Mark | None
    is_read: bool

    @property
    def rests_on(self) -> Texts:
        """Return what reading it rests on."""
        return {"answer": self.words}


def to_read(library: Library, values: Mapping[str, Value], contract: Contract) -> tuple[FreeAnswer, ...]:
    """Return the answers of a contract that somebody must read, whether that was done or not.

    `values` has the value of each question. An answer that the contract doesn't print is none of them, and neither is
    a default, whose words are the library's.
    """
    return _found(library, values, contract, True)  # noqa: FBT003  # `once` goes by position


@once(4)  # several papers of one draft ask the same
def _found(
    library: Library,
    values: Mapping[str, Value],
    contract: Contract,
    any_words: bool,  # noqa: FBT001
) -> tuple[FreeAnswer, ...]:
    found = [one for one in _looked_at(library, values, contract) if one[2] or any_words]
    if not found:
        return ()
    printed = _printed(contract)
    return tuple(
        _answer(library, name, said, because, printed.clauses(said))
        for name, said, because in found
        if printed.has(said)
    )


@once(4)
def _looked_at(
    library: Library, values: Mapping[str, Value], contract: Contract
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return the name and the words of each answer in free text, and those of them that could take something back."""
    given = tuple(_free(library, values.items()))
    words = LooseWords((words for _, words in given), _forbidden(library, contract))
    return tuple((name, said, words.found(said)) for name, said in given)


def unread(library: Library, values: Mapping[str, Value], contract: Contract) -> tuple[FreeAnswer, ...]:
    """Return those of `to_read` that nobody has read as they are now."""
    return tuple(one for one in to_read(library, values, contract) if not one.is_read)


def is_any_unread(library: Library, values: Mapping[str, Value], contract: Contract) -> bool:
    """Say whether there is one that nobody has read: `unread` without what is said of each."""
    marks = library.own_reviewed.answers
    left = [words for name, words in _free(library, values.items()) if not _is_read(marks.get(name), words)]
    return bool(left) and _printed(contract).has(*left)


def loose(library: Library, values: Mapping[str, Value], contract: Contract) -> tuple[FreeAnswer, ...]:
    """Return those of `unread` that have words which could take something back."""
    found = _found(library, values, contract, False)  # noqa: FBT003
    return tuple(one for one in found if not one.is_read)


def _answer(library: Library, name: str, words: str, because: tuple[str, ...], clauses: tuple[str, ...]) -> FreeAnswer:
    mark = library.own_reviewed.answers.get(name)
    return FreeAnswer(name, words, because, clauses, mark, _is_read(mark, words))


def _is_read(mark: Mark | None, words: str) -> bool:
    return mark is not None and mark.rests_on == {"answer": hashed(words)}


def _free(library: Library, values: Iterable[tuple[str, Value]]) -> Iterator[tuple[str, str]]:
    """Yield the name and the words of each answer in free text, those in records too."""
    asked = library.questionnaire
    for name, value in values:
        question = asked.questions.get(name)
        if question is not None and value != asked.defaults.get(name):
            yield from _words(name, value, question)


def _words(name: str, value: Value, question: Question) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        fields = {field.id: field for field in question.fields}
        for one in value:
            if isinstance(one, Record):
                held = ((key, inner) for key, inner in one.values.items() if key in fields)
                yield from (
                    found for key, inner in held for found in _words(f"{one.question}.{key}", inner, fields[key])
                )
            elif isinstance(one, str):
                yield from _words(name, one, question)
    elif isinstance(value, str) and (question.type in FREE or not _is_option(value, question)):
        yield name, value


def _is_option(value: str, question: Question) -> bool:
    """Say whether an answer that isn't free text is one of the options, or has a form that is checked."""
    return question.type in ("email", "phone") or any(value == one.value for one in question.options)


def _forbidden(library: Library, contract: Contract) -> tuple[str, ...]:
    """Return the terms, as the contract defines them, of what operative sentences forbid; not those of actors."""
    bans, actors = _bans(library)
    outside = _defined((*head_runs(contract), *signature_runs(contract)))
    terms = outside.union(*map(_defined_in, sections(contract)))
    able = (term for term in sorted(terms) if term.lower() not in actors and term.lower() in bans)
    return tuple(term for term in able if saying.finds(term.lower()).search(bans))


def _defined(runs: Iterable[Run]) -> frozenset[str]:
    return frozenset(run.text for run in runs if isinstance(run, Definition))


# Most sections of one draft are the same as in the one before.


@once(1024)
def _defined_in(section: Section) -> frozenset[str]:
    return _defined(section_runs(section))


@once(1024)
def _words_in(section: Section) -> str:
    return words(tuple(section_runs(section)))


@once(4)
def _bans(library: Library) -> tuple[str, frozenset[str]]:
    """Return the operative sentences that forbid something, folded, and each form of the names of actors."""
    said = (one.sentence for requirement in library.requirements for one in requirement.says)
    bans = "\n".join(sentence for sentence in map(sentences.folded, said) if "must not" in sentence)
    return bans, frozenset(form.lower() for name in library.policy.actors for form in english.plurals(name))


@once(1024)  # most sections of one draft are the same as in the one before
def _of_section(section: Section) -> str:
    return "\n".join(_folded(words(runs)) for block in section.blocks for runs in block_runs(block))


class _Printed:
    """What a contract prints, folded, so that an answer is found in it."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        there = {section.id: _of_section(section) for section in sections(contract)}
        self._names, self._joined = tuple(there), "\0".join(there.values())
        self._ends = tuple(itertools.accumulate(len(text) + 1 for text in there.values()))

    def has(self, *answers: str) -> bool:
        """Say whether one of some answers is printed: any line of it that has words."""
        lines = tuple(line for answer in answers for line in _lines(answer))
        return any(line in self._joined for line in lines) or any(line in self._all for line in lines)

    @cached_property
    def _all(self) -> str:
        """Return all that is printed, titles too and over the ends of paragraphs; most answers are in a section."""
        made = self._contract
        head, end = words(tuple(head_runs(made))), words(tuple(signature_runs(made)))
        return _folded("".join((head, *map(_words_in, sections(made)), end)))

    def clauses(self, answer: str) -> tuple[str, ...]:
        """Return the clauses whose sections print an answer."""
        found = {place for line in _lines(answer) for place in self._places(line)}
        return tuple(self._names[place] for place in sorted(found))

    def _places(self, line: str) -> Iterator[int]:
        """Yield the places of the sections that have a line, each once."""
        at = self._joined.find(line)
        while at >= 0:
            place = bisect.bisect_right(self._ends, at)
            yield place
            at = self._joined.find(line, self._ends[place])


@once(4)  # which answers must be read, and which have words that could take something back
def _printed(contract: Contract) -> _Printed:
    return _Printed(contract)


def _folded(text: str) -> str:
    return squeezed(text).casefold()


def _lines(answer: str) -> Iterator[str]:
    yield from dict.fromkeys(filter(None, map(_folded, (english.typographic(answer), *answer.splitlines()))))
