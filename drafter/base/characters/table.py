"""Knows the characters that nobody sees, that change the direction of text, or that are drawn through others."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

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
TWIN = "\u212a\u037e\u1fef"  # the same as K, ; and ` to Unicode, and no program that looks for those finds them
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


@cache
def pattern() -> re.Pattern[str]:
    """Return the pattern of what the table has; it takes as long to make as all else here, and most texts need none."""
    return re.compile(
        f"(?P<honest>{_HONEST})|(?P<no_xml>[{_NO_XML}])|(?P<control>[{_CONTROL}])|(?P<direction>[{DIRECTION}])"
        f"|(?P<hidden>[{_HIDDEN}])|(?P<private>[{_PRIVATE}])|(?P<twin>[{TWIN}])"
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


ASCII_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
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
    return pattern().sub(
        lambda found: found.group() if found.lastgroup in ("honest", "twin") else _escaped(found), text
    )


def unturned(text: str) -> str:
    """Return text in which each character that changes the direction is spelled out."""
    return text if text.isascii() else _TURNING.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found.group().encode("unicode-escape").decode()


def is_seen(text: str) -> bool:
    """Say whether a text has something to see: a letter, a figure, a sign."""
    return any(unicodedata.category(c)[0] in "LNPS" for c in set(text) if not is_unseen(c))


PLAIN = frozenset("\t\n\r")


KEYCAP, _THROUGH = "\u20e3", 1  # the key round a figure, as in an emoji; the combining class of overlays


def is_key(before: str) -> bool:
    """Say whether what is before a key is a figure or a sign of a telephone."""
    return re.fullmatch(r".?[0-9#*]|[0-9#*]\ufe0f", before, re.DOTALL) is not None


def is_mark(character: str) -> bool:
    """Say whether a character is printed on the one before it."""
    return unicodedata.category(character) in ("Mn", "Me") and (is_overlay(character) or not is_unseen(character))


@lru_cache(maxsize=4096)
def is_overlay(character: str) -> bool:
    """Say whether a mark is drawn through or round any letter; those of one script, as of Vedic, are its own."""
    drawn = unicodedata.combining(character) == _THROUGH or unicodedata.category(character) == "Me"
    return drawn and character != KEYCAP and unicodedata.name(character, "").startswith("COMBINING ")
