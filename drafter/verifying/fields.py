"""Reads fields: what Word is told to print, what it printed last, and the marks that they name."""

from __future__ import annotations

import re

COUNTING = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})
_REFERRING = frozenset({"REF", "PAGEREF", "NOTEREF"})
_TOKEN = re.compile(r'"[^"]*"|\\\S|[^\s"\\]+|\\')
_LOOKS_OF_CONTENTS = ("\\h", "\\z", "\\u", "\\w", "\\x", "\\n")
_MERGING = re.compile(r"\\\*\s*MERGEFORMAT", re.IGNORECASE)


def kind(code: str) -> str:
    """Return the kind of a field by its instruction, as "REF"; what starts with no word that is one is "REF" too."""
    found = _TOKEN.findall(code)
    return found[0].upper() if found else ""


def ordered(code: str) -> str:
    """Return an instruction with its switches in order and its spaces single; the merging of formats left out."""
    first: list[str] = []
    switches: list[list[str]] = []
    for token in _TOKEN.findall(_MERGING.sub(" ", code)):
        if token.startswith("\\") and len(token) > 1:
            switches.append([token])
        else:
            (switches[-1] if switches else first).append(token)
    head = [first[0].upper(), *first[1:]] if first else []
    if head[:1] == ["TOC"]:  # its entries are compared with the headings, whatever they look like
        switches = [one for one in switches if one[0] not in _LOOKS_OF_CONTENTS]
    return " ".join([*head, *sorted(" ".join(one) for one in switches)])


def named(code: str) -> str:
    """Return the mark that a field names, in lower case; empty where it names none."""
    found: list[str] = _TOKEN.findall(code)
    if len(found) > 1 and found[0].upper() in _REFERRING:
        return found[1].strip('"').casefold()
    if len(found) == 1 or (found and found[1].startswith("\\")):
        return "" if found[0].upper() in _PLAIN else found[0].strip('"').casefold()
    return ""


_PLAIN = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC"})
