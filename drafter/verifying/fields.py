"""Reads fields: what Word is told to print, what it printed last, and the marks that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.verifying.cascade import Look
from drafter.word.oxml import elements
from drafter.word.oxml.elements import Element, drop, element, w

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


def is_number(printed: str) -> bool:
    """Say whether what a field printed can be the number of a page: nothing, digits, or a roman number."""
    return _NUMBER.fullmatch(printed.strip()) is not None


_NUMBER = re.compile(r"#|[0-9]{0,6}|[ivxlcdm]{1,12}|[IVXLCDM]{1,12}")


def entry(words: str) -> str:
    """Return an entry of a table of contents without the number of its page."""
    head, tab, last = words.rpartition("\t")
    return head if tab and head and (last == "#" or last.isdigit()) else words


def entry_pieces(pieces: Sequence[tuple[str, Look]], words: str) -> tuple[tuple[str, Look], ...]:
    """Return the pieces of an entry as far as its words go, with what hides page numbers of a contents on a web page.

    That has a name of its own, since it hides other words too where it is elsewhere.
    """
    left = len("".join(words.split()))
    made = []
    for said, look in pieces:
        if left > 0:
            made.append((said[:left], {_IN_CONTENTS.get(key, key): value for key, value in look.items()}))
        left -= len(said)
    return tuple(made)


_IN_CONTENTS = {"w:webHidden": "w:webHidden.contents"}


def simplify_contents(root: Element) -> None:
    """Leave of each entry of a table of contents in a part its style and its words, without the number of a page.

    Two files that differ only in when their tables were updated are then laid out alike.
    """
    fields: list[list[str]] = []  # of each open field, its instruction in pieces
    for paragraph in root.iter(w("p")):
        words, is_entry = "", _is_contents(fields)
        for node in paragraph.iter(w("fldChar"), w("instrText"), w("t"), w("tab")):
            sort = node.get(w("fldCharType"))
            if sort == "begin":
                fields.append([])
            elif sort == "end" and fields:
                fields.pop()
            elif node.tag == w("instrText") and fields:
                fields[-1].append(node.text or "")
            is_entry = is_entry or _is_contents(fields)
            if node.tag == w("t") and not any(kind("".join(code)) in COUNTING for code in fields):
                words += node.text or ""
            elif node.tag == w("tab") and words:
                words += "\t"
        if is_entry:
            _keep_words(paragraph, words.rstrip("\t"))


def _is_contents(fields: list[list[str]]) -> bool:
    return bool(fields) and kind("".join(fields[0])) == "TOC"


def _keep_words(paragraph: Element, words: str) -> None:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    for node in list(paragraph):
        drop(node)
    if style is not None:
        paragraph.append(element("pPr", style))
    paragraph.append(elements.run(words))
