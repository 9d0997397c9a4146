"""Knows the scripts of letters and figures, and those that are printed as others are.

Python's Unicode data knows no scripts, but a letter's name starts with its script. That is enough here: the packages
that hold all of Unicode's look-alikes take longer to import than a contract takes to draft, and find neither digits of
two scripts in a number nor a word that is made of look-alikes only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

LATIN, FONT, _CHINESE = "LATIN", "MATHEMATICAL", "CJK"
# Scripts of today's names that nobody takes for another one. A word that mixes two of all others can be misread.
_APART = frozenset((
    "", "HEBREW", "ARABIC", "SYRIAC", "THAANA", "NKO", _CHINESE, "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI",
    "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "THAI", "LAO", "TIBETAN", "MYANMAR", "ETHIOPIC",
    "KHMER", "MONGOLIAN", "PAHAWH", "NYIAKENG",
))  # fmt: skip
# Scripts in which a word is a word. One of any other script, as Deseret or Tifinagh, may be read as Latin letters.
COMMON = _APART | {LATIN, FONT, "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "FULLWIDTH", "ROMAN"}
_SAME = {  # the script, where a letter's name starts with another word
    **dict.fromkeys(("HIRAGANA", "KATAKANA", "HALFWIDTH", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"), _CHINESE),  # as one
    **dict.fromkeys(("ARABIC-INDIC", "EXTENDED"), "ARABIC"),
    **dict.fromkeys(("MICRO", "OHM", "ANGSTROM", "FEMININE", "MASCULINE"), ""),  # signs that count as letters
    "SMALL": "ROMAN",  # SMALL ROMAN NUMERAL
}
# Letters that are printed as Latin ones are, in most fonts; those of Lisu all are.
LATIN_LIKE = frozenset(
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
BETWEEN_FIGURES = re.compile(
    "(?<=[0-9])[\u201a\u2024\u2236\ua789\u02d0\u066b\u066c\u2215\u2044\u29f8\u2223\u01c0](?=[0-9])"
)
PHONETIC = frozenset("\u0251\u0261\u0269\u01c0\u1d04\u1d0f\u1d20\u1d21\u1d22\ua731")  # Latin, and like others
_ACCENT = "\u0300-\u036f"
_APOSTROPHE = "'\u2019\u02bc"
_WORD = rf"\w(?:[\w{_ACCENT}]|[{_APOSTROPHE}](?=\w)|(?<=\d)[.,:/\-](?=\d))*"  # or a number, as 1,000


@lru_cache(maxsize=4096)
def script(character: str) -> str:
    """Return the script of a letter or a digit; empty for what every script uses, as the digits 0 to 9."""
    if character.isascii():
        return LATIN if character.isalpha() else ""
    if unicodedata.decomposition(character).startswith("<font>"):
        return FONT
    if unicodedata.category(character) not in ("Ll", "Lu", "Lt", "Lo", "Nl", "Nd"):
        return ""
    first = unicodedata.name(character, "").partition(" ")[0]
    return _SAME.get(first, first)


def words(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the words and the numbers of a text that aren't plainly English, with their scripts.

    Of each script there is the first character. The digits 0 to 9 count as Latin only beside other digits.
    """
    for word in dict.fromkeys(re.findall(_WORD, composed(text))):
        if word.isascii():
            continue
        scripts: dict[str, str] = {}
        for character in word:
            scripts.setdefault(script(character), character)
        if figures(word) > {LATIN}:
            scripts.setdefault(LATIN, next(c for c in word if c.isascii() and c.isdigit()))
        yield word, {script: first for script, first in scripts.items() if script}


def composed(text: str) -> str:
    """Return a text with its accents composed; of more marks on one letter than any has, the first 32 are left.

    To order the marks on one letter takes as long as the square of how many there are.
    """
    marks = "".join(c for c in set(text) if unicodedata.combining(c))
    if marks:
        text = re.sub(f"([{re.escape(marks)}]{{32}})[{re.escape(marks)}]+", r"\1", text)
    return unicodedata.normalize("NFC", text)


def figures(word: str) -> set[str]:
    """Return the scripts of the digits in a word."""
    return {script(character) or LATIN for character in word if character.isdecimal()}


def foreign(word: str) -> str:
    """Return the first figure of a word that isn't one of 0 to 9; the word has one."""
    return next(c for c in word if c.isdecimal() and not c.isascii())


def misleads(word: str, scripts: Iterable[str]) -> bool:
    """Say whether a reader would take characters of a word for others."""
    digits = figures(word)
    if len(digits) > 1 or (LATIN in scripts and digits - {LATIN}):
        return True
    alike = {s for s in scripts if s not in _APART}
    if alike == {LATIN, "GREEK"} and all(c in _GREEK_SIGNS for c in word if script(c) == "GREEK"):
        return False
    return len(alike) > 1


@lru_cache(maxsize=4096)
def is_enclosed(character: str) -> bool:
    """Say whether a sign prints as a letter or a figure with something round it; by the names that Unicode gives."""
    if character.isascii() or unicodedata.category(character) not in ("So", "No"):
        return False
    name = unicodedata.name(character, "")
    return re.search(r"(CIRCLED|SQUARED|PARENTHESIZED|INDICATOR SYMBOL).* (LETTER|DIGIT|NUMBER)\b", name) is not None


def enclosed(text: str) -> list[str]:
    """Return the signs of a text that print as letters or figures with something round them."""
    return [character for character in text if is_enclosed(character)]


@lru_cache(maxsize=4096)
def is_small_capital(character: str) -> bool:
    """Say whether a letter of phonetics is printed as a capital in small."""
    return not character.isascii() and unicodedata.name(character, "").startswith("LATIN LETTER SMALL CAPITAL")


def is_old(character: str) -> bool:
    """Say whether a character is a letter of today in an old form, as the long s."""
    found = unicodedata.decomposition(character).split()
    return len(found) == 2 and found[0] == "<compat>" and script(character) == LATIN  # noqa: PLR2004  # and one letter


@lru_cache(maxsize=4096)
def is_line(character: str) -> bool:
    """Say whether a combining mark is a line that joins with its neighbours, as if words were underlined."""
    return unicodedata.category(character) == "Mn" and unicodedata.name(character, "").endswith(
        ("LOW LINE", "OVERLINE")
    )
