"""Binds a packet: lays its cover out, and puts cover and parts together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drafter.pdf import cover, merging, office, taking
from drafter.pdf.cover import Cover
from drafter.pdf.merging import NUMBERED
from drafter.pdf.taking import Part

LAYOUTS = 3  # of the cover: the second has the pages; a third is needed only when they made it longer


def bound(front: Cover, parts: Sequence[Part], template: Path, *, language: str, numbered: str = NUMBERED) -> bytes:
    """Make the packet with its cover, laid out again until the pages in its list no longer move.

    DraftingError for a part that can't be read, for the template, and when LibreOffice is missing or fails.
    """
    counts = [taking.count(part) for part in parts]
    first, made = 1, b""
    for _ in range(LAYOUTS):
        starts = [1 + first + sum(counts[:number]) for number in range(len(parts))]
        listed = [(part.title, start) for part, start in zip(parts, starts, strict=True)]
        made = office.converted(cover.write(front, listed, template))
        found = taking.count(Part(front.title, made))
        if found == first:
            break
        first = found
    return merging.merged(parts, made, title=front.title, language=language, numbered=numbered)
