"""Names the characters that no Word file can hold."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(
    "["
    + "".join(map(re.escape, map(chr, [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])))
    + "\ud800-\udfff\ufffe\uffff]"
)

_CONTROL_NAMES = {
    0: "NULL", 7: "BELL", 8: "BACKSPACE", 11: "LINE TABULATION", 12: "FORM FEED", 13: "CARRIAGE RETURN", 27: "ESCAPE",
    127: "DELETE", 133: "NEXT LINE",
}  # fmt: skip


def forbidden_in(text: str) -> str:
    """Name the first character in a text that no Word file can hold; empty if there is none."""
    found = _FORBIDDEN.search(text)
    return named(found.group()) if found else ""


def named(character: str) -> str:
    """Return a character's code and name: "U+0007 BELL"."""
    code = ord(character)
    return f"U+{code:04X} {unicodedata.name(character, _CONTROL_NAMES.get(code, 'control character'))}"
