"""Sets fields, references and directives aside before Markdown is read, so that nothing in them is taken for markup.

Each leaves a mark in the text, a number between two private characters; Markdown passes the marks through as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Aside = re.Match[str]  # its groups: `field`, `link`, `word` and `rest` (of a directive), `label`, `policy`

# A field has an end in sight, so that a line of a thousand "{{" is not read a thousand times.
_ASIDE = re.compile(
    r"\{\{(?P<field>.{0,2000}?)\}\}|\[\[(?P<link>[^\[\]\n]*)\]\]|\{(?P<word>when|each):(?P<rest>[^{}\n]*)\}|\{#(?P<label>[^{}\n]*)\}"
    r"|(?P<policy>\{policy\})"
)
PRIVATE = re.compile(
    "[\ue000-\uf8ff]"
)  # characters that a text must not hold, since the marks are made from two of them
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_PIECES = re.compile(f"({_OPEN}[0-9]+{_CLOSE})")


def set_aside(text: str) -> tuple[str, tuple[Aside, ...]]:
    """Return a text with marks in place of its fields, references and directives, and what was set aside, in order."""
    aside: list[Aside] = []

    def marked(found: Aside) -> str:
        aside.append(found)
        return f"{_OPEN}{len(aside) - 1}{_CLOSE}"

    return _ASIDE.sub(marked, text), tuple(aside)


def fields(text: str) -> list[str]:
    """Return the fields of a text as they are written."""
    return [found.group() for found in _ASIDE.finditer(text) if found["field"] is not None]


def taken_back(words: str, aside: tuple[Aside, ...]) -> Iterator[str | Aside]:
    """Split words at their marks; yield the words between the marks, and what each mark was put in place of."""
    for piece in filter(None, _PIECES.split(words)):
        mark = _MARK.fullmatch(piece)
        yield piece if mark is None else aside[int(mark.group(1))]
