"""Judges a text by its characters: what no honest text holds, and what an honest one may hold and be misread.

One rule: what no honest text holds is refused (`faults`); what an honest text may hold and a reader may mistake is said
(`remarks`); both by the character's own name. Honest are names in any one script, accents composed or not, and joiners
and selectors where an orthography or an emoji needs them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from drafter.base.characters import letters, table
from drafter.base.problems import Place, Problem, short
from drafter.values import dataclass

MOST = 200  # of what is found in one text
MOST_MARKS = 4  # combining marks on one letter; Unicode Technical Standard 39, 5.4, allows no more either
AROUND = 20  # characters on each side of one that are looked at for its word


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text: the code of the problem, what the text contains, and what to do about it."""

    code: str
    what: str
    hint: str


_REFUSED = {  # what is said after the character's name
    "no_xml": Fault(code="control-character", what="which no Word file can hold", hint="delete the character"),
    "control": Fault(code="control-character", what="which is no text", hint="delete the character"),
    "direction": Fault(
        code="direction-character",
        what="which changes the order in which words and figures are shown",
        hint="delete it: a word of a script that is written from right to left needs none",
    ),
    "hidden": Fault(
        code="hidden-character",
        what="which can't be seen",
        hint="delete it, or type the words again: it may have come with a text that was copied",
    ),
    "private": Fault(
        code="private-character",
        what="which means something in one font only",
        hint="delete it, or write what it shows: it may be a sign of a symbol font",
    ),
    "twin": Fault(code="mixed-letters", what="which looks like another character", hint="type it again"),
}


# -- what is refused ----------------------------------------------------------------------------


def faults(text: str) -> tuple[Fault, ...]:
    """Return what a text holds that no honest text does, each once; the first 200."""
    if text.isascii():
        return tuple(islice(dict.fromkeys(_single(text)), MOST)) if table.ASCII_CONTROL.search(text) else ()
    if not any(map(_is_notable, set(text) - table.PLAIN)):
        return ()
    return tuple(
        islice(dict.fromkeys((*islice(_single(text), MOST), *_marks(text), *_mixed(text), *_disguised(text))), MOST)
    )


@lru_cache(maxsize=4096)
def _is_notable(character: str) -> bool:
    """Say whether a text that holds a character must be looked at: not for letters as in English, signs and spaces."""
    kind = unicodedata.category(character)
    if table.is_unseen(character) or character in table.TWIN or kind[0] == "M":
        return True
    if letters.is_enclosed(character) or letters.is_small_capital(character):
        return True
    return kind[0] in "LN" and letters.script(character) not in ("", letters.LATIN)


def _single(text: str) -> Iterator[Fault]:
    """Find the characters that are refused wherever they are."""
    for found in table.pattern().finditer(text):
        if found.lastgroup and found.lastgroup != "honest":
            refused = _REFUSED[found.lastgroup]
            word = "" if refused.code == "control-character" else _in_word(text, found.start())
            yield replace(refused, what=f"{table.named(found.group())}, {refused.what}{word}")


def _in_word(text: str, index: int) -> str:
    """Return ", in 'word'" for a character of a text; nothing where it is alone."""
    before = re.split(r"\s", text[max(0, index - AROUND) : index])[-1]
    after = re.split(r"\s", text[index + 1 : index + 1 + AROUND])[0]
    return f", in '{table.spelled(before + text[index] + after)}'" if before + after else ""


def _marks(text: str) -> Iterator[Fault]:
    """Find combining marks that strike words out, are on nothing, or are too many to be accents."""
    composed = letters.composed(text)
    marks = frozenset(c for c in set(composed) if table.is_mark(c))
    count, before = 0, " "
    for index, character in enumerate(composed if marks else ""):
        count = count + 1 if character in marks else 0
        if count and (
            table.is_overlay(character)
            or (character == table.KEYCAP and not table.is_key(composed[max(0, index - 2) : index]))
        ):
            why = "which strikes out or encloses what it is on"
        elif count == 1 and before.isspace():
            why = "an accent with no letter to be on"
        elif count == MOST_MARKS + 1:
            why = f"one of more than {MOST_MARKS} accents on one letter"
        else:
            why = ""
        before = character
        if why:
            what = f"{table.named(character)}, {why}{_in_word(composed, index)}"
            yield Fault(code="stray-mark", what=what, hint="delete it, or type the word again")


def problems_in(text: str, path: str) -> Iterator[Problem]:
    """Find what no honest text holds, by the lines of a file's text."""
    if not faults(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        for found in faults(line):
            yield Problem(found.code, Place(path, number), f"the line contains {found.what}", found.hint)


# -- letters of several scripts -----------------------------------------------------------------


def _mixed(text: str) -> Iterator[Fault]:
    """Find words that mix letters which look alike, numbers that mix digits, and letters of formulas."""
    for word, scripts in letters.words(text):
        if letters.FONT in scripts:
            what = f"{_quoted(word)}, which has {table.named(scripts[letters.FONT])}, a sign of formulas"
            yield Fault(code="mixed-letters", what=what, hint="write plain letters and figures")
        elif letters.misleads(word, scripts):
            hint = "type the word again with the letters of one script; put a space between words of two"
            yield Fault(code="mixed-letters", what=_mixture(word, scripts), hint=hint)


_FLAG = re.compile("(?:[\U0001f1e6-\U0001f1ff]{2})+")


def _disguised(text: str) -> Iterator[Fault]:
    """Find words and numbers that are made of signs: enclosed letters and figures, and capitals in small."""
    for word in dict.fromkeys(text.split()):
        signs = letters.enclosed(word)
        others = sum(c.isalnum() for c in word if c not in signs)
        if signs and others + len(signs) > 1 and not _FLAG.fullmatch("".join(signs)):
            what = f"{_quoted(word)}, which has {table.named(signs[0])}, a sign that prints as a letter or a figure"
            yield Fault(code="mixed-letters", what=what, hint="write plain letters and figures")
        small = [c for c in word if letters.is_small_capital(c)]
        if 2 * len(small) > max(2, sum(map(str.isalpha, word))):
            what = f"{_quoted(word)}, which has {table.named(small[0])}, a letter of phonetics"
            yield Fault(code="mixed-letters", what=what, hint="write plain letters")


def _mixture(word: str, scripts: Mapping[str, str]) -> str:
    return f"{_quoted(word)}, which mixes {' with '.join(map(table.named, scripts.values()))}"


def _quoted(word: str) -> str:
    return f"'{short(table.spelled(word))}'"


# -- what is said -------------------------------------------------------------------------------


def remarks(text: str) -> tuple[Fault, ...]:
    """Return what an honest text may hold and a reader may take for something else, each once; the first 200."""
    if text.isascii():
        return ()
    hint = "it is printed as it was typed; type it again if it was not meant"
    return tuple(
        Fault(code="odd-letters", what=what, hint=hint) for what in islice(dict.fromkeys(_remarkable(text)), MOST)
    )


def reminders_in(text: str, path: str) -> Iterator[Problem]:
    """Find what a reader may take for something else, by the lines of a file's text."""
    for number, line in enumerate(() if text.isascii() else text.split("\n"), 1):
        for found in remarks(line):
            what = f"the line contains {found.what}"
            yield Problem(found.code, Place(path, number), what, found.hint, "reminder")


def _remarkable(text: str) -> Iterator[str]:
    for character in sorted(c for c in set(text) if unicodedata.category(c) == "Cn"):
        yield f"{table.named(character)}, which most fonts can't show"
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in set(text)) and any(c.isdecimal() for c in text):
        yield "words written from right to left and figures, which may be shown in another order than they are typed in"
    for mark in sorted(c for c in set(text) if letters.is_line(c)):
        yield f"{table.named(mark)}, which draws a line under or over what it is on"
    for sign in sorted({sign[0] for sign in letters.enclosed(text)}):
        yield f"{table.named(sign)}, which prints as a letter or a figure and is none"
    for mark in sorted(set(letters.BETWEEN_FIGURES.findall(text))):
        yield f"{table.named(mark)} between figures, where it looks like a plain mark and is none"
    plain = {letters.script(c) for c in set(text) if c not in letters.LATIN_LIKE}  # scripts that are there beyond doubt
    for word, scripts in letters.words(text):
        foreign = letters.figures(word) - {letters.LATIN}
        if len(scripts) > 1 and not foreign:
            yield _mixture(word, scripts)
        elif foreign and not letters.misleads(word, scripts):
            read = "".join(str(unicodedata.decimal(c, c)) for c in word)
            first = table.named(letters.foreign(word))
            yield f"{_quoted(word)}, figures of another script that mean {short(read)}: {first}"
        elif scripts.keys() - plain and all(c in letters.LATIN_LIKE for c in word if letters.script(c)):
            yield f"{_quoted(word)}, which looks like Latin letters and is {table.named(next(iter(scripts.values())))}"
        elif rare := scripts.keys() - letters.COMMON:
            yield f"{_quoted(word)}, whose letters are of another script: {table.named(scripts[min(rare)])}"
        elif "FULLWIDTH" in scripts:
            yield f"{_quoted(word)}, which has {table.named(scripts['FULLWIDTH'])}"
        elif found := [c for c in word if c in letters.PHONETIC or letters.is_small_capital(c) or letters.is_old(c)]:
            yield f"{_quoted(word)}, which has {table.named(found[0])}"
