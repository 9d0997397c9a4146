"""Knows which characters read otherwise than they are: unseen ones, ones that turn the direction, look-alike letters.

One rule: what no honest text holds is refused (`faults`); what an honest text may hold and a reader may mistake is said
(`remarks`); both by the character's own name. Honest are names in any one script, accents composed or not, and joiners
and selectors where an orthography or an emoji needs them.

Python's Unicode data knows no scripts, but a letter's name starts with its script. That is enough here: the packages
that hold all of Unicode's look-alikes take longer to import than a contract takes to draft, and find neither digits of
two scripts in a number nor a word that is made of look-alikes only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice

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


# -- the table ----------------------------------------------------------------------------------

_NO_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"  # XML 1.0, 2.2
_CONTROL = "\x7f-\x9f\u2028\u2029\ufdd0-\ufdef" + "".join(
    f"{chr(p * 65536 + 0xFFFE)}-{chr(p * 65536 + 0xFFFF)}" for p in range(1, 17)
)
DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # Unicode Standard Annex 9, 2
# What Unicode calls default-ignorable, and what is blank or a mark of other programs: fillers, the blank of Braille, a
# note's head without ink, the marks of annotations and of an object that was left out.
_HIDDEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_TWIN = "\u212a\u037e\u1fef"  # the same as K, ; and ` to Unicode, and no program that looks for those finds them
_OVERLAYS = "\u0334-\u0338\u0488\u0489\u20d2\u20d3\u20d8-\u20da\u20dd-\u20e2\u20e4-\u20e6\u20ea\u20eb"

# Where joiners and selectors belong: after a letter of a script that is written with them, or within an emoji.
_JOINING = "\u0620-\u06ff\u0700-\u07ff\u0840-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17d3\u1820-\u18aa"
_PICTURE = "\u2190-\u2bff\U0001f000-\U0001faff"
_BASE = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u3030\u303d\u3297\u3299" + _PICTURE
_IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HONEST = "|".join(
    (
        rf"(?<=[{_JOINING}])(?<![\d{_HIDDEN}])[\u200c\u200d]",
        rf"(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])",
        rf"(?<=[{_BASE}])[\ufe0e\ufe0f]|(?<=[#*0-9])\ufe0f(?=\u20e3)",
        rf"(?<=[{_IDEOGRAPH}])[\ufe00-\ufe02\U000e0100-\U000e01ef]",
        "(?<=[\u1820-\u18aa])[\u180b-\u180d\u180f]",
    )
)
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


@cache
def _found() -> re.Pattern[str]:
    """Return the pattern of what the table has; it takes as long to make as all else here, and most texts need none."""
    return re.compile(
        f"(?P<honest>{_HONEST})|(?P<no_xml>[{_NO_XML}])|(?P<control>[{_CONTROL}])|(?P<direction>[{DIRECTION}])"
        f"|(?P<hidden>[{_HIDDEN}])|(?P<private>[{_PRIVATE}])|(?P<twin>[{_TWIN}])"
    )


@cache
def _ranges() -> tuple[tuple[str, str], ...]:
    """Return the first and last characters of what nobody sees, or a screen would obey."""
    return _parsed(f"\r{_NO_XML}{_CONTROL}{DIRECTION}{_HIDDEN}{_PRIVATE}{_OVERLAYS}")


@cache
def _parsed(table: str) -> tuple[tuple[str, str], ...]:
    return tuple((found[0], found[-1]) for found in re.findall("(?s).-.|.", table))


@lru_cache(maxsize=4096)
def is_unseen(character: str) -> bool:
    """Say whether a character can't be seen, would steer a screen, or strikes out what it is on."""
    return any(first <= character <= last for first, last in _ranges())


_ASCII_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TURNING = re.compile(f"[{DIRECTION}]")

_CONTROL_NAMES = {
    0: "NULL", 7: "BELL", 8: "BACKSPACE", 11: "LINE TABULATION", 12: "FORM FEED", 13: "CARRIAGE RETURN", 27: "ESCAPE",
    127: "DELETE", 133: "NEXT LINE",
}  # fmt: skip


def named(character: str) -> str:
    """Return a character's code and name: "U+0007 BELL"."""
    code, kind = (
        ord(character),
        "" if re.match(f"[{_NO_XML}{_CONTROL}]", character) else unicodedata.category(character),
    )
    other = {"Co": "private-use character", "Cn": "unassigned character"}.get(kind, "control character")
    return f"U+{code:04X} {unicodedata.name(character, _CONTROL_NAMES.get(code, other))}"


# -- what is shown ------------------------------------------------------------------------------


def spelled(text: str) -> str:
    r"""Return text in which each character that can't be seen, or that would steer a screen, is written "\u200b"."""
    unseen = [character for character in set(text) if is_unseen(character)]
    return text.translate({ord(c): c.encode("unicode-escape").decode() for c in unseen}) if unseen else text


def shown(text: str) -> str:
    """Do as `spelled` does, except for the joiners and selectors that a word or an emoji needs to be shown."""
    if not any(map(is_unseen, set(text))):
        return text
    return _found().sub(lambda found: found.group() if found.lastgroup in ("honest", "twin") else _escaped(found), text)


def unturned(text: str) -> str:
    """Return text in which each character that changes the direction is spelled out."""
    return text if text.isascii() else _TURNING.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found.group().encode("unicode-escape").decode()


def is_seen(text: str) -> bool:
    """Say whether a text has something to see: a letter, a figure, a sign."""
    return any(unicodedata.category(c)[0] in "LNPS" for c in set(text) if not is_unseen(c))


_PLAIN = frozenset("\t\n\r")


# -- what is refused ----------------------------------------------------------------------------


def faults(text: str) -> tuple[Fault, ...]:
    """Return what a text holds that no honest text does, each once; the first 200."""
    if text.isascii():
        return tuple(islice(dict.fromkeys(_single(text)), MOST)) if _ASCII_CONTROL.search(text) else ()
    if not any(map(_is_notable, set(text) - _PLAIN)):
        return ()
    return tuple(islice(dict.fromkeys((*islice(_single(text), MOST), *_marks(text), *_mixed(text))), MOST))


@lru_cache(maxsize=4096)
def _is_notable(character: str) -> bool:
    """Say whether a text that holds a character must be looked at: not for letters as in English, signs and spaces."""
    kind = unicodedata.category(character)
    if is_unseen(character) or character in _TWIN or kind[0] == "M":
        return True
    return kind[0] in "LN" and _script(character) not in ("", _LATIN)


def _single(text: str) -> Iterator[Fault]:
    """Find the characters that are refused wherever they are."""
    for found in _found().finditer(text):
        if found.lastgroup and found.lastgroup != "honest":
            refused = _REFUSED[found.lastgroup]
            word = "" if refused.code == "control-character" else _in_word(text, found.start())
            yield replace(refused, what=f"{named(found.group())}, {refused.what}{word}")


def _in_word(text: str, index: int) -> str:
    """Return ", in 'word'" for a character of a text; nothing where it is alone."""
    before = re.split(r"\s", text[max(0, index - AROUND) : index])[-1]
    after = re.split(r"\s", text[index + 1 : index + 1 + AROUND])[0]
    return f", in '{spelled(before + text[index] + after)}'" if before + after else ""


def _marks(text: str) -> Iterator[Fault]:
    """Find combining marks that strike words out, are on nothing, or are too many to be accents."""
    composed = unicodedata.normalize("NFC", text)
    marks = frozenset(c for c in set(composed) if _is_mark(c))
    count, before = 0, " "
    for index, character in enumerate(composed if marks else ""):
        count = count + 1 if character in marks else 0
        if count and _is_overlay(character):
            why = "which strikes out or encloses what it is on"
        elif count == 1 and before.isspace():
            why = "an accent with no letter to be on"
        elif count == MOST_MARKS + 1:
            why = f"one of more than {MOST_MARKS} accents on one letter"
        else:
            why = ""
        before = character
        if why:
            what = f"{named(character)}, {why}{_in_word(composed, index)}"
            yield Fault(code="stray-mark", what=what, hint="delete it, or type the word again")


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me") and (_is_overlay(character) or not is_unseen(character))


def _is_overlay(character: str) -> bool:
    return any(first <= character <= last for first, last in _parsed(_OVERLAYS))


def problems_in(text: str, path: str) -> Iterator[Problem]:
    """Find what no honest text holds, by the lines of a file's text."""
    if not faults(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        for found in faults(line):
            yield Problem(found.code, Place(path, number), f"the line contains {found.what}", found.hint)


# -- letters of several scripts -----------------------------------------------------------------

_LATIN, _FONT, _CHINESE = "LATIN", "MATHEMATICAL", "CJK"
# Scripts with letters that look like those of another one; a word that mixes two of them can be misread.
_ALIKE = frozenset((
    "LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU", "FULLWIDTH", "ROMAN", "GEORGIAN", "DESERET",
    "OSAGE", "GLAGOLITIC", "GOTHIC", "OLD", "RUNIC", "TIFINAGH", "CANADIAN", "VAI", "CARIAN", "LYCIAN", "LYDIAN",
    "ELBASAN", "WARANG", "MEDEFAIDRIN",
))  # fmt: skip
_SAME = {  # the script, where a letter's name starts with another word
    **dict.fromkeys(("HIRAGANA", "KATAKANA", "HALFWIDTH", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"), _CHINESE),  # as one
    **dict.fromkeys(("ARABIC-INDIC", "EXTENDED"), "ARABIC"),
    **dict.fromkeys(("MICRO", "OHM", "ANGSTROM", "FEMININE", "MASCULINE"), ""),  # signs that count as letters
    "SMALL": "ROMAN",  # SMALL ROMAN NUMERAL
}
# Letters that are printed as Latin ones are, in most fonts; those of Lisu all are.
_LATIN_LIKE = frozenset(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u04c0"  # Cyrillic
    "\u050c\u051a\u051c\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b"
    "\u051d\u04cf"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03f9\u03fa"  # Greek
    "\u037f\u03b1\u03b3\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03f2\u03f3"
    "\u054f\u0555\u054d\u053c\u0585\u0578\u057d\u0581\u0570\u0566\u0575"  # Armenian
    "\u13a0\u13a1\u13a2\u13a5\u13aa\u13ab\u13ac\u13b3\u13b7\u13bb\u13bd\u13c0\u13c3\u13ce\u13d4\u13d9"  # Cherokee
    "\u13da\u13de\u13df\u13e2\u13e6\u13e7\u13f3\u13f4"
    "\u2c80\u2c82\u2c88\u2c8e\u2c92\u2c94\u2c98\u2c9a\u2c9e\u2ca2\u2ca4\u2ca6\u2cac\u2c9f\u2ca3\u2ca5"  # Coptic
    "\u2cad"
) | frozenset(map(chr, range(0xA4D0, 0xA4F8)))
_GREEK_SIGNS = frozenset(  # of units and formulas, as in kilo-ohm; none looks like a Latin letter
    "\u0393\u0394\u0398\u039b\u039e\u03a0\u03a3\u03a6\u03a8\u03a9\u03b2\u03b4\u03b5\u03b6\u03b7\u03b8"
    "\u03bb\u03bc\u03be\u03c0\u03c3\u03c2\u03c6\u03c8\u03c9"
)
# Like a comma, a point, a colon, a slash or a bar; a program that looks for a number finds none.
_BETWEEN_FIGURES = re.compile(
    "(?<=[0-9])[\u201a\u2024\u2236\ua789\u02d0\u066b\u066c\u2215\u2044\u29f8\u2223\u01c0](?=[0-9])"
)
_PHONETIC = frozenset("\u0251\u0261\u0269\u01c0\u1d04\u1d0f\u1d20\u1d21\u1d22\ua731")  # Latin, and like others
_ACCENT = "\u0300-\u036f"
_APOSTROPHE = "'\u2019\u02bc"
_WORD = rf"\w(?:[\w{_ACCENT}]|[{_APOSTROPHE}](?=\w)|(?<=\d)[.,:/\-](?=\d))*"  # or a number, as 1,000


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """Return the script of a letter or a digit; empty for what every script uses, as the digits 0 to 9."""
    if character.isascii():
        return _LATIN if character.isalpha() else ""
    if unicodedata.decomposition(character).startswith("<font>"):
        return _FONT
    if unicodedata.category(character) not in ("Ll", "Lu", "Lt", "Lo", "Nl", "Nd"):
        return ""
    first = unicodedata.name(character, "").partition(" ")[0]
    return _SAME.get(first, first)


def _words(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the words and the numbers of a text that aren't plainly English, with their scripts.

    Of each script there is the first character. The digits 0 to 9 count as Latin only beside other digits.
    """
    composed = unicodedata.normalize("NFC", text)
    for word in dict.fromkeys(re.findall(_WORD, composed)):
        if word.isascii():
            continue
        scripts: dict[str, str] = {}
        for character in word:
            scripts.setdefault(_script(character), character)
        if _figures(word) > {_LATIN}:
            scripts.setdefault(_LATIN, next(c for c in word if c.isascii() and c.isdigit()))
        yield word, {script: first for script, first in scripts.items() if script}


def _figures(word: str) -> set[str]:
    """Return the scripts of the digits in a word."""
    return {_script(character) or _LATIN for character in word if character.isdecimal()}


def _mixed(text: str) -> Iterator[Fault]:
    """Find words that mix letters which look alike, numbers that mix digits, and letters of formulas."""
    for word, scripts in _words(text):
        if _FONT in scripts:
            what = f"{_quoted(word)}, which has {named(scripts[_FONT])}, a sign of formulas"
            yield Fault(code="mixed-letters", what=what, hint="write plain letters and figures")
        elif _misleads(word, scripts):
            hint = "type the word again with the letters of one script; put a space between words of two"
            yield Fault(code="mixed-letters", what=_mixture(word, scripts), hint=hint)


def _misleads(word: str, scripts: Iterable[str]) -> bool:
    """Say whether a reader would take characters of a word for others."""
    figures = _figures(word)
    if len(figures) > 1 or (_LATIN in scripts and figures - {_LATIN}):
        return True
    alike = {s for s in scripts if s in _ALIKE}
    if alike == {_LATIN, "GREEK"} and all(c in _GREEK_SIGNS for c in word if _script(c) == "GREEK"):
        return False
    return len(alike) > 1


def _mixture(word: str, scripts: Mapping[str, str]) -> str:
    return f"{_quoted(word)}, which mixes {' with '.join(map(named, scripts.values()))}"


def _quoted(word: str) -> str:
    return f"'{short(spelled(word))}'"


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
        yield f"{named(character)}, which most fonts can't show"
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in set(text)) and any(c.isdecimal() for c in text):
        yield "words written from right to left and figures, which may be shown in another order than they are typed in"
    for mark in sorted(set(_BETWEEN_FIGURES.findall(text))):
        yield f"{named(mark)} between figures, where it looks like a plain mark and is none"
    plain = {_script(c) for c in set(text) if c not in _LATIN_LIKE}  # scripts that are there beyond doubt
    for word, scripts in _words(text):
        foreign = _figures(word) - {_LATIN}
        if len(scripts) > 1 and not foreign:
            yield _mixture(word, scripts)
        elif foreign and not _misleads(word, scripts):
            read = "".join(str(unicodedata.decimal(c, c)) for c in word)
            yield f"{_quoted(word)}, figures of another script that mean {short(read)}: {named(_foreign(word))}"
        elif scripts.keys() - plain and all(c in _LATIN_LIKE for c in word if _script(c)):
            yield f"{_quoted(word)}, which looks like Latin letters and is {named(next(iter(scripts.values())))}"
        elif "FULLWIDTH" in scripts:
            yield f"{_quoted(word)}, which has {named(scripts['FULLWIDTH'])}"
        elif found := [character for character in word if character in _PHONETIC]:
            yield f"{_quoted(word)}, which has {named(found[0])}"


def _foreign(word: str) -> str:
    return next(c for c in word if c.isdecimal() and not c.isascii())
