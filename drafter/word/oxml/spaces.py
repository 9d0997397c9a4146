"""Puts no-break spaces into the paragraphs of a Word file, and reads them as the spaces that they are.

One rule: only what is printed has them. A contract, its JSON and what is read back have plain spaces, so that words
can be searched for and compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from drafter.base import english
from drafter.comparing import lines
from drafter.comparing.lines import Mark
from drafter.word.oxml import changes
from drafter.word.oxml.elements import Element, w

_WORDS = (w("t"), w("delText"))
_MARKS: Mapping[str, Mark] = {w(name): mark for mark, name in changes.NAMES.items()}
_TEXTS = (*_WORDS, w("br"), w("tab"), w("cr"))


def keep_together(root: Element) -> None:
    """Put no-break spaces where a line must not end, in each paragraph as one text, whatever runs it is divided into.

    Words of a text box are those of its own paragraphs.
    """
    boxed = next(root.iter(w("txbxContent")), None) is not None
    for paragraph in root.iter(w("p")):
        nodes = [
            node for node in paragraph.iter(*_TEXTS) if not boxed or next(node.iterancestors(w("p")), None) is paragraph
        ]
        before = [(_mark(node), (node.text or "") if node.tag in _WORDS else "\n") for node in nodes]
        for node, (_, old), new in zip(nodes, before, lines.unbroken(before), strict=True):
            if new != old and node.tag in _WORDS:
                node.text = new


def _mark(node: Element) -> Mark:
    above = next(node.iterancestors(*_MARKS), None)
    return "kept" if above is None else _MARKS[str(above.tag)]


def keep_numbers_together(root: Element) -> None:
    """Put no-break spaces into the numbers of lists ("Article 7"), which a program copies where it updates a field."""
    for node in root.iter(w("lvlText")):
        node.set(w("val"), re.sub(r"(?<=\w) (?=%\d)", english.NO_BREAK, node.get(w("val"), "")))


def read(text: str) -> str:
    """Return words of a Word file with plain spaces."""
    return text.replace(english.NO_BREAK, " ")
