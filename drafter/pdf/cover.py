"""Writes the cover of a packet as a Word file, with the list of its parts and the pages on which they begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drafter.base import english
from drafter.pdf.preparing.between import LINK
from drafter.values import dataclass
from drafter.word import filling, kinds


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says; the template leaves out what is empty."""

    title: str
    contract: str
    parties: tuple[str, ...] = ()
    meeting: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that belongs to a packet and isn't in it: what it is, its name, and the parts of which it is made.

    `numbered` is the text at the foot of each page of one that is bound of several parts; empty for one that isn't.
    """

    title: str
    file: str
    parts: tuple[str, ...]
    numbered: str = ""


def write(
    cover: Cover, listed: Sequence[tuple[str, int]], template: Path, beside: Sequence[tuple[str, str, int]] = ()
) -> bytes:
    """Write a cover and the list of the parts, each with its first page. DraftingError for the template.

    `beside` are files that belong to the packet and aren't in it: what each is, its name, and how many pages it has.
    """
    values = {
        "title": cover.title,
        "contract": cover.contract,
        "parties": tuple(filter(None, cover.parties)),
        "meeting": cover.meeting,
        "status": cover.status,
        "parts": [_entry(number, title, page) for number, (title, page) in enumerate(listed, 1)],
        "beside": [(title, file, english.counted(pages, "page")) for title, file, pages in beside],
    }
    return filling.document(kinds.COVER, values, template, cover.title)


def _entry(number: int, title: str, page: int) -> dict[str, object]:
    """Return the fields of a part, whose paragraph is a link that `bookmarks.link` turns to the part."""
    return {"title": filling.said(title, link=f"{LINK}{number}"), "page": str(page)}
