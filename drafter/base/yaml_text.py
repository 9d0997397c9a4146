"""Writes text as YAML: a scalar that is read back as the same characters, and words that fit in a comment."""

from __future__ import annotations

import json
import re

# Plain text starts with a letter or figure and has none of YAML's own marks: no rule of YAML then reads it otherwise.
_PLAIN = re.compile(r"[A-Za-z0-9][^:#\n\"\[\]{}]*")
_PLAIN_IN_BRACKETS = re.compile(r"[A-Za-z0-9][^:#\n\"'\[\]{},?]*")
_TAKEN = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}  # no text to other readers of YAML
_KEPT = {"true", "false", "yes", "no"}  # how a yes/no question is answered: our reader keeps every word as it is typed


def scalar(text: str, *, flow: bool = False) -> str:
    """Return a text as a YAML scalar: plain where that is safe, else in quotation marks on one line.

    `flow` says that it is an entry between brackets.
    """
    pattern = _PLAIN_IN_BRACKETS if flow else _PLAIN
    is_plain = pattern.fullmatch(text) and text == text.strip() and text.isprintable()
    if is_plain and (text in _KEPT or text.lower() not in _TAKEN):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(character if character.isprintable() else _escape(character) for character in quoted)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004


def in_comment(text: str) -> str:
    """Return a text as one line that fits in a comment: other white space and what can't be seen become spaces."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
