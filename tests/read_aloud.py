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


# What is printed before the words of a paragraph: its number, and in brackets that which it had.
LABEL = re.compile(r"^(?:\[[^\]]*\]|Article \d+|Exhibit [A-Z]|\d+\.\d+|[A-Z]-\d+|\([a-z]+\)|[A-Z]\.)(?:\[[^\]]*\])? *")
NOTE = re.compile(r" ?\[Note \d+\]")


def words_of(lines: Iterable[str]) -> list[str]:
    """Return the words of lines without numbers, notes and spaces, and without what comes before the recitals."""
    bare = ["".join(LABEL.sub("", NOTE.sub("", " ".join(line.split())), count=1).split()) for line in lines]
    return [line for line in bare[len(bare) - bare[::-1].index("Recitals") :] if line]
