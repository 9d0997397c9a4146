"""Keeps what an answer prints whole: a sum with its figures, a date or a name is changed as one, never cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from drafter.base import english
from drafter.returned.differing import At, Difference, Hunk
from drafter.returned.file.texts import Line

MOST = 30  # tokens of an answer that is told whole; in a longer one, or one of several sentences, the words count
_SENTENCE = re.compile(r"[a-z]{3}[.;?!]$")  # an answer that ends so is prose; one that ends in "p.m." is not
_BETWEEN = "("  # what may stand between two prints of one answer: thirty (30)
_CLOSES = ")"


def asked(lines: Sequence[Line], found: Mapping[At, str]) -> dict[At, str]:
    """Return the question that each token answers, with the brackets round the second print of an answer."""
    made = dict(found)
    for (i, at), question in found.items():
        keys = lines[i].keys
        if keys[at + 1] == _BETWEEN and found.get((i, at + 2)) == question:
            made[i, at + 1] = question
    for (i, at), question in list(made.items()):
        keys = lines[i].keys
        if keys[at + 1] == _CLOSES and (i, at + 1) not in made:
            start = at
            while (i, start - 1) in made and made[i, start - 1] == question:
                start -= 1
            held = keys[start : at + 1]
            if held.count(_BETWEEN) > held.count(_CLOSES):
                made[i, at + 1] = question
    return made


def widened(
    found: Difference, base: Sequence[Line], revised: Sequence[Line], questions: Mapping[At, str]
) -> list[Hunk]:
    """Return the runs in which lines differ, each with the whole of the answers that it is in.

    `questions` has the one that each token of the base answers. What is put in right beside an answer, without a
    space, is in it: the "-five" of forty-five.
    """
    units = list(_units(found.base, base, questions)) if found.hunks else []
    groups: list[tuple[int, int, list[Hunk]]] = []  # where runs that are one begin and end in the base
    for hunk in found.hunks:
        start, stop = _span(hunk, units, found, revised)
        if groups and start < groups[-1][1]:
            first, last, those = groups.pop()
            groups.append((min(first, start), max(last, stop), [*those, hunk]))
        else:
            groups.append((start, stop, [hunk]))
    return [
        Hunk(start, stop, those[0].first - (those[0].start - start), those[-1].last + stop - those[-1].stop)
        for start, stop, those in groups
    ]


def is_answer(found: Difference, hunk: Hunk, questions: Mapping[At, str]) -> bool:
    """Say whether a run is the whole of what an answer prints, with something in its place."""
    said = {questions.get(at, "") for at in found.base[hunk.start : hunk.stop]}
    beside = (*found.base[max(hunk.start - 1, 0) : hunk.start], *found.base[hunk.stop : hunk.stop + 1])
    is_one = len(said) == 1 and "" not in said and hunk.first < hunk.last
    return is_one and not any(questions.get(at, "") in said for at in beside)


def _units(tokens: Sequence[At], base: Sequence[Line], questions: Mapping[At, str]) -> Iterator[tuple[int, int]]:
    """Yield where the answers are among some tokens, those that are told whole."""
    start = 0
    while start < len(tokens):
        (number, first), question, stop = tokens[start], questions.get(tokens[start], ""), start + 1
        while stop < len(tokens) and tokens[stop][0] == number and questions.get(tokens[stop], "") == question:
            stop += 1
        if question and stop - start <= MOST:
            line = base[number]
            said = line.text[line.spans[first][0] : line.spans[tokens[stop - 1][1]][1]]
            if len(english.sentences(said)) == 1 and not _SENTENCE.search(said):
                yield start, stop
        start = stop


def _span(hunk: Hunk, units: Sequence[tuple[int, int]], found: Difference, revised: Sequence[Line]) -> tuple[int, int]:
    """Return where a run is in the base, with the whole of the answers that it is in."""
    a, b = hunk.start, hunk.stop
    for start, stop in units:
        is_in = start < hunk.stop and hunk.start < stop if hunk.start < hunk.stop else start < hunk.start < stop
        if is_in or (hunk.start == hunk.stop and _is_glued(hunk, start, stop, found, revised)):
            a, b = min(a, start), max(b, stop)
    return a, b


def _is_glued(hunk: Hunk, start: int, stop: int, found: Difference, revised: Sequence[Line]) -> bool:
    """Say whether words that are put in touch an answer, without a space between."""
    if hunk.start == stop:
        pair, inner = found.revised[hunk.first - 1 : hunk.first + 1], 1
    elif hunk.start == start:
        pair, inner = found.revised[hunk.last - 1 : hunk.last + 1], 0
    else:
        return False
    if len(pair) < 2 or pair[0][0] != pair[1][0]:  # noqa: PLR2004  # the two tokens that may touch
        return False
    line = revised[pair[0][0]]
    (_, left), (right, _) = line.spans[pair[0][1]], line.spans[pair[1][1]]
    key = line.keys[pair[inner][1]]
    return left == right and (key == "-" or key[0].isalnum())
