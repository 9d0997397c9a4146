"""Says how words look where that may mean something: struck through or red by hand, or changed under tracking."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import cast

from drafter.returned.markup import HIDDEN, MADE, is_unreadable
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, is_on, w
from drafter.word.oxml.screening import hidden
from drafter.word.oxml.screening.looks import Looks
from drafter.word.oxml.screening.stories import RUNS

STRUCK = "struck through by hand"  # or by a style that strikes through
_BY_REASON = {
    "too narrow to be read": "too narrow to be read",
    "far above or below their line": "to stand far above or below its line",
    "printed over each other": "to be printed over itself",
    "in the color of what is behind them": "the color of what is behind it",
    "in lines without a height": "to stand in lines without a height",
}
_P, _RPR = w("p"), w("rPr")
_SIZE = re.compile(r"too small to be read \(([\d.]+) points\)")


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


def is_gone(look: str) -> bool:
    """Say whether words that look so are meant to be gone, or nobody can read them."""
    return look == STRUCK or is_unreadable(look)


def by_hand(properties: Element | None) -> str:
    """Return what may be meant as a mark in how words look: "struck through by hand", "in red"; empty for nothing."""
    if properties is None:
        return ""
    for name in ("strike", "dstrike"):
        if (found := properties.find(w(name))) is not None and is_on(found):
            return STRUCK
    colour = properties.find(w("color"))
    return "in red" if colour is not None and _is_red(colour.get(w("val"), "")) else ""


def _is_red(colour: str) -> bool:
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return red > 150 and green < 90 and blue < 90  # noqa: PLR2004


class Seen:
    """Says of the runs of a file how their words look; what styles do to them is found once for runs that are alike."""

    def __init__(self, looks: Looks) -> None:
        """Keep the styles of the file."""
        self.looks = looks
        self._known: dict[tuple[object, ...], str] = {}
        self._last: tuple[Element | None, tuple[object, ...]] = (None, ())  # a paragraph, and what its runs share

    def of(self, run: Element) -> str:
        """Return "hidden", "made white", "made 1 pt" and the like, or a mark by hand; empty for nothing of this."""
        return HIDDEN if self.looks.hides(run) else self._unread(run) or by_hand(run.find(_RPR))

    def is_tracked(self, run: Element, changed: Element) -> bool:
        """Say whether it was a tracked change of its properties that made a run's words gone."""
        before = run.makeelement(run.tag)
        before.extend(deepcopy(node) for node in changed.iterfind(_RPR))
        run.addnext(before)
        look = self.of(before)
        cast("Element", before.getparent()).remove(before)
        return is_gone(self.of(run)) and not is_gone(look)

    def _unread(self, run: Element) -> str:
        parent = run.getparent()
        paragraph = parent if parent is not None and parent.tag == _P else next(run.iterancestors(_P), None)
        if paragraph is None or run.tag not in RUNS:
            return ""
        if paragraph is not self._last[0]:
            cell = next(paragraph.iterancestors(w("tc")), None)
            self._last = paragraph, (_text(paragraph.find(w("pPr"))), cell)
        key = (_text(run.find(_RPR)), *self._last[1])
        if key not in self._known:
            self._known[key] = self._of(run, paragraph)
        return self._known[key]

    def _of(self, run: Element, paragraph: Element) -> str:
        layout = self.looks.of_paragraph(paragraph)
        for way in self.looks.ways(paragraph):
            properties = self.looks.of_run(run, paragraph, way)
            lost = self.looks.is_lost(run, paragraph, way)
            why = next(hidden.reasons(properties, layout, lost=lost), "")
            if why:
                white = lost and not any(True for _ in self.looks.behind(run, paragraph, way))
                return f"{MADE}{'white' if white else _said(why)}"
        return STRUCK if any(self.looks.strikes(run, paragraph, way) for way in self.looks.ways(paragraph)) else ""


def _said(why: str) -> str:
    size = _SIZE.fullmatch(why)
    return f"{size[1]} pt" if size else _BY_REASON.get(why, why)


def _text(properties: Element | None) -> bytes:
    return b"" if properties is None else package.serialize(properties)
