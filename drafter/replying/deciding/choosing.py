"""Finds the changes and comments that a person names: by short name, id or section as sent, by author, or all known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from drafter.base import english, spelling
from drafter.base.problems import Place, Problem, stop_at
from drafter.drafting.finding import numbers
from drafter.replying.decisions import Answer
from drafter.replying.kept import Told
from drafter.returned.markup import Change
from drafter.values import dataclass

Kind = Literal["change", "comment", "either"]
_BETWEEN = re.compile(r"\s*[,;]\s*|\s+(?:and|&)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which changes are answered: by what they are called, or of those left by author, or all that are known.

    A change is called by its short name (c1), by its id, or by the number of its section as sent (14.2), where nothing
    else was changed there. Comments are named too (comment1); they take a reply alone.

    With `alternatives` those that are an alternative of the library, or another answer. `number` is that of the round
    in which they came, the last one without it.
    """

    names: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    alternatives: bool = False
    number: int | None = None


def chosen(told: Told, number: int, left: Sequence[str], choose: Chosen, answer: Answer) -> tuple[str, ...]:
    """Return the keys of the changes or comments of a return that are chosen, of a round with a number.

    With a change that is accepted as the answer of a question go those that are the same answer elsewhere.

    `left` are the keys of the changes that are not answered. DraftingError where a name is unknown, or where what it
    names can't be answered so.
    """
    place = Place(f"round {number}")
    keys = set(named(told, number, choose.names, "comment" if answer == "reply" else "change"))
    stop_at(_not_so(told, key, answer, place) for key in keys if (key in told.comments) != (answer == "reply"))
    stop_at(problem for author in choose.authors for problem in _unknown_author(told, left, author, place))
    by = {author.casefold() for author in choose.authors}
    for key in left if by or choose.alternatives else ():
        is_theirs = not by or any(author.casefold() in by for author in told.changes[key].authors)
        if is_theirs and (not choose.alternatives or told.meaning[key].kind in ("alternative", "answer")):
            keys.add(key)
    if answer == "accept":
        keys |= {other for key in keys if told.meaning[key].kind == "answer" for other in told.meaning[key].together}
    return tuple(key for key in (*told.changes, *told.comments) if key in keys)


def _not_so(told: Told, key: str, answer: Answer, place: Place) -> Problem:
    """Return that a comment takes a reply alone, and a change another answer."""
    if answer != "reply":
        what = f"'{told.short[key]}' is a comment, which takes a reply and nothing else"
        return Problem("not-acceptable", place, what, "reply to it")
    what, hint = f"'{told.short[key]}' is a change", "accept, reject or counter it, with a reply"
    return Problem("not-acceptable", place, what, hint)


def named(told: Told, number: int, names: Iterable[str], kind: Kind = "either") -> tuple[str, ...]:
    """Return the keys of what is called so in a return of a round with a number, in the order in which it is told.

    A section stands for the one change there or, where that `kind` is wanted, comment; for "either", for all that is
    there. DraftingError for each name that calls nothing, or several changes where one is meant.
    """
    place = Place(f"round {number}")
    found = [one for phrase in _phrases(" ".join(names)) for one in _called(told, phrase, kind, place)]
    stop_at(one for one in found if isinstance(one, Problem))
    return tuple(key for key in (*told.changes, *told.comments) if key in found)


def _phrases(typed: str) -> Iterator[str]:
    """Yield what is typed between commas and "and"."""
    yield from (" ".join(phrase.split()) for phrase in _BETWEEN.split(typed) if phrase.strip())


def _called(told: Told, phrase: str, kind: Kind, place: Place) -> Iterator[str | Problem]:
    """Yield the keys that the words of a phrase name, one after the other, or what is wrong with a name."""
    short = {name.casefold(): key for name, key in (*told.names.items(), *told.comment_names.items())}
    short |= {key.casefold(): key for key in (*told.changes, *told.comments)}
    rest = phrase
    while rest:
        word, _, after = rest.partition(" ")
        if (key := short.get(word.casefold())) is not None:
            yield key
            rest = after
        elif (cited := _cited(rest)) is not None:
            yield from _in_section(told, cited[0], kind, place)
            rest = cited[1]
        elif _of_section(told, rest, "either"):  # such as "title", which has no number
            yield from _one_of(told, rest, kind, place)
            rest = ""
        else:
            yield Problem("unknown-change", place, f"no change '{word}'", _listed(told))
            rest = after


def _cited(words: str) -> tuple[numbers.Cited, str] | None:
    """Return the section that words start with, and what follows; a number alone is none, or c4 could be article 4."""
    found = numbers.read(words)
    return None if found is None or (found[0].part == "Article" and words[0].isdigit()) else found


def _in_section(told: Told, cited: numbers.Cited, kind: Kind, place: Place) -> Iterator[str | Problem]:
    """Yield the change in a section, or all that is there; or what is wrong with naming it so."""
    name = cited.number if cited.part == "Section" else cited.words
    keys = _of_section(told, name, kind)
    if cited.item and keys and kind != "either":
        what, hint = f"no change is called {name}{cited.item}", f"{name} has {_named(told, keys)}"
        yield Problem("unknown-change", place, what, hint)
    else:
        yield from _one_of(told, name, kind, place)


def _one_of(told: Told, name: str, kind: Kind, place: Place) -> Iterator[str | Problem]:
    """Yield the keys that the name of a section stands for; or that there is nothing, or more than is meant."""
    of, keys = "comment" if kind == "comment" else "change", _of_section(told, name, kind)
    if not keys:
        yield Problem("unknown-change", place, f"no {of} in {name}", _listed(told))
    elif len(keys) > 1 and kind != "either":
        what = f"{name} has {english.counted(len(keys), of)}: {_named(told, keys)}"
        yield Problem("unknown-change", place, what, f"name each that is meant, such as {told.short[keys[0]]}")
    else:
        yield from keys


def _of_section(told: Told, name: str, kind: Kind) -> tuple[str, ...]:
    """Return the keys of the changes and the comments of a section, as it was called when it was sent."""
    wanted = name.casefold()
    changes = (key for key, one in told.changes.items() if wanted in map(str.casefold, one.sections))
    comments = (key for key, one in told.comments.items() if one.section.casefold() == wanted)
    return (*(changes if kind != "comment" else ()), *(comments if kind != "change" else ()))


def _named(told: Told, keys: Iterable[str]) -> str:
    return english.listing([told.short[key] for key in keys])


def _listed(told: Told) -> str:
    """Return the hint that lists what a return has: "there are c1 (7.2), c2 (12.3) and comment1 (8.6)"."""
    sections = {key: one.section for key, one in told.changes.items()}
    sections |= {key: one.section for key, one in told.comments.items()}
    listed = [f"{name} ({sections[key]})" if sections[key] else name for key, name in told.short.items()]
    if not listed:
        return "nothing was changed"
    return f"there {'is' if len(listed) == 1 else 'are'} {english.listing(listed)}"


def _unknown_author(told: Told, left: Sequence[str], author: str, place: Place) -> Iterator[Problem]:
    """Find an author who made no change that is left to answer."""
    every, there = _authors(told.changes.values()), _authors(told.changes[key] for key in left)
    wanted = author.casefold()
    if wanted in there:
        return
    listed = f"changes that are not answered are by {english.listing(list(there.values()))}" if there else ""
    if wanted in every:
        theirs = [name for name, key in told.names.items() if every[wanted] in told.changes[key].authors]
        what = f"every change by {every[wanted]} is answered"
        hint = f"to answer one anew, name it: {english.listing(theirs)}"
        yield Problem("unknown-author", place, what, f"{hint}; {listed}" if listed else hint)
        return
    what = f"'{author}' made no change that is to be answered"
    alike = [name for folded, name in every.items() if wanted in folded] or _near(author, every)
    quoted = " or ".join(f"'{name}'" for name in alike)
    meant = f"did you mean {quoted}?" if alike else ""
    hint = " ".join(filter(None, (meant, f"{listed[:1].upper()}{listed[1:]}" if meant else listed)))
    unmarked = "every change is answered" if not left else "a change without a mark has no author; name it, as c1"
    yield Problem("unknown-author", place, what, hint or unmarked)


def _near(author: str, known: Mapping[str, str]) -> list[str]:
    near = spelling.nearest(author.casefold(), known)
    return [known[near]] if near else []


def _authors(changes: Iterable[Change]) -> dict[str, str]:
    """Return the authors of changes, each by the name in small letters."""
    return {author.casefold(): author for change in changes for author in change.authors}
