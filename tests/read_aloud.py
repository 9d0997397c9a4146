"""Reads a PDF's tags in their order, as a screen reader would: what each block says, with the words of its changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from outloud.model import Document

BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "TOCI", "Caption"}
CHANGES = {"Del", "Ins", "MovedFrom", "MovedTo"}
OF_SIDE = {"revised": {"Ins", "MovedTo"}, "base": {"Del", "MovedFrom"}}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading: its kind, and what is said."""

    kind: str
    text: str


def blocks(pdf: bytes, folder: Path, side: str = "") -> list[Block]:
    """Return what is read: as it is said aloud, or on one side of a redline ("base", "revised")."""
    place = folder / "read.pdf"
    place.write_bytes(pdf)
    file = Document(str(place))
    words: dict[tuple[int, int], str] = {}
    for page in file.pages:
        for run in file.content(page.index).runs:
            if run.mcid is not None:
                words[page.index, run.mcid] = words.get((page.index, run.mcid), "") + run.text
    found = [Block(*block) for block in _walk(file, file.struct_root.get("/K"), words, side)]
    file.close()
    return [block for block in found if block.text]


def _walk(file: Document, node: object, words: dict[tuple[int, int], str], side: str) -> Iterator[tuple[str, str]]:
    for kid in _kids(node):
        kind, _ = (
            file.resolve_type(str(kid.get("/S", "")).lstrip("/"))
            if isinstance(kid, pikepdf.Dictionary)
            else ("", False)
        )
        if kind in BLOCKS:
            yield kind, " ".join(_said(file, kid, words, side, None).split())
        elif kind:
            yield from _walk(file, kid.get("/K"), words, side)


def _kids(node: object) -> list:
    if node is None:
        return []
    return list(node) if isinstance(node, pikepdf.Array) else [node]


def _said(file: Document, node, words, side: str, page: int | None) -> str:
    own = node.get("/Pg")
    page = file.page_index.get(own.objgen, page) if own is not None else page
    kind, actual = str(node.get("/S", "")).lstrip("/"), node.get("/ActualText")
    if actual is not None and kind in CHANGES and side:
        return _of_side(kind, str(actual), side)
    if actual is not None:
        return str(actual)
    return "".join(_piece(file, kid, words, side, page) for kid in _kids(node.get("/K")))


def _piece(file: Document, kid, words, side: str, page: int | None) -> str:
    if not isinstance(kid, pikepdf.Dictionary):
        return words.get((page, int(kid)), "")
    if kid.get("/Type") == "/MCR":
        there = file.page_index.get(kid.get("/Pg").objgen, page) if kid.get("/Pg") is not None else page
        return words.get((there, int(kid.get("/MCID"))), "")
    return "" if kid.get("/Type") == "/OBJR" else _said(file, kid, words, side, page)


def _of_side(kind: str, actual: str, side: str) -> str:
    if kind not in OF_SIDE[side]:
        return ""
    before, bracket, rest = actual.partition("[")
    return before + "".join(rest.partition(": ")[2].rpartition("]")[::2]) if bracket else actual


NOTE = re.compile(r" ?\[Note \d+\]")
# A number as a redline prints it before the words of a paragraph: the new one, and in brackets the one that it had.
_ONE = r"(Article \d+|Exhibit [A-Z]+|\d+\.\d+|[A-Z]+-\d+|\([a-z]+\)|[A-Z]+\.)"
NUMBER = re.compile(rf"^{_ONE}\[{_ONE}\]")


def words_of(lines: Iterable[str], side: str = "") -> list[str]:
    """Return the words and numbers of lines without notes and spaces, and without what comes before the recitals.

    Of a number that changed only that of the `side` is left.
    """
    known = {"revised": r"\1", "base": r"\2"}
    told = (" ".join(line.split()) for line in lines)
    bare = ["".join(NOTE.sub("", NUMBER.sub(known[side], line) if side else line).split()) for line in told]
    first = len(bare) - bare[::-1].index("Recitals") if "Recitals" in bare else 0
    return [line for line in bare[first:] if line]
