"""Says how words look where that may mean something: struck through or red by hand, or changed under tracking."""

from __future__ import annotations

import re

from drafter.word.oxml.elements import Element, is_on, w


def differs(properties: Element, changed: Element, name: str) -> bool:
    """Say whether properties look other than before a tracked change of them."""
    before = changed.find(w(name))
    was = {_written(node) for node in (() if before is None else before)}
    now = {_written(node) for node in properties if node is not changed}
    return any(one[0] not in _UNSEEN for one in was ^ now)


def _written(node: Element) -> tuple[str, ...]:
    inner = (part for child in node for part in _written(child))
    return (str(node.tag), *(str(item) for item in sorted(node.attrib.items())), *inner)


_UNSEEN = frozenset(map(w, ("rPr", "lang", "noProof", "sectPr", "rsid", "ins", "del", "moveFrom", "moveTo")))


def by_hand(properties: Element) -> str:
    """Return what may be meant as a mark in how words look: "struck through by hand", "in red"; empty for nothing."""
    for name in ("strike", "dstrike"):
        if (found := properties.find(w(name))) is not None and is_on(found):
            return "struck through by hand"
    colour = properties.find(w("color"))
    return "in red" if colour is not None and _is_red(colour.get(w("val"), "")) else ""


def _is_red(colour: str) -> bool:
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return red > 150 and green < 90 and blue < 90  # noqa: PLR2004
