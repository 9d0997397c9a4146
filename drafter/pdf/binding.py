"""Binds a packet: lays its parts out together with its cover, which lists their pages, and puts them into one file."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from drafter.pdf import cover, merging, office, paper, taking
from drafter.pdf.cover import Beside, Cover
from drafter.pdf.finishing.finish import Finished
from drafter.pdf.merging import NUMBERED
from drafter.pdf.office import Written
from drafter.pdf.paper import Sheet
from drafter.pdf.taking import Part
from drafter.values import dataclass

NOTHING: Mapping[str, Written] = {}
FRONT = ""  # the name of the cover among the parts, which have titles


@dataclass(frozen=True, slots=True)
class Laid:
    """The parts of a packet by their titles, with its cover, as they are laid out; `apart` are those of other files."""

    front: Cover
    files: Mapping[str, Finished]
    apart: frozenset[str] = frozenset()


def laid(
    front: Cover,
    parts: Mapping[str, Written],
    template: Path,
    beside: Sequence[Beside] = (),
    unlisted: Mapping[str, Written] = NOTHING,
) -> Laid:
    """Lay a packet's parts and its cover out; the cover lists the parts in their order, and the files beside it.

    What is `unlisted` is laid out in the same run, and is neither bound nor on the cover. DraftingError for the
    template, and when LibreOffice is missing or fails.
    """
    apart = frozenset(title for one in beside for title in one.parts)
    titles = [title for title in parts if title not in apart]
    there = [replace(one, parts=tuple(title for title in one.parts if title in parts)) for one in beside]
    made = office.settled({FRONT: _cover(front, titles, there, template), **parts, **unlisted})
    return Laid(front, made, apart | unlisted.keys())


def _cover(front: Cover, titles: Sequence[str], beside: Sequence[Beside], template: Path) -> Written:
    """Return what writes a cover with the pages on which the parts begin, and how many the files beside it have."""

    @functools.cache
    def written(starts: tuple[int, ...], lengths: tuple[int, ...]) -> Sheet:
        others = [(one.title, one.file, long) for one, long in zip(beside, lengths, strict=True)]
        return Sheet(paper.together(cover.write(front, list(zip(titles, starts, strict=True)), template, others)))

    @functools.cache
    def pages(title: str, pdf: bytes) -> int:
        return taking.count(Part(title or front.title, pdf))

    def counted(made: Mapping[str, bytes]) -> Sheet:
        def count(title: str) -> int:
            return pages(title, made[title]) if made else 0

        counts = [count(title) for title in (FRONT, *titles)]
        starts = tuple(1 + sum(counts[:number]) for number in range(1, len(counts)))
        return written(starts, tuple(sum(map(count, one.parts)) for one in beside))

    return counted


def bound(made: Laid, *, language: str, numbered: str = NUMBERED) -> bytes:
    """Put a packet that is laid out into one file; its parts are used up by it."""
    (_, first), *others = made.files.items()
    parts = [Part(title, each.opened) for title, each in others if title not in made.apart]
    return merging.merged(parts, first.opened, title=made.front.title, language=language, numbered=numbered)


def bound_beside(made: Laid, file: Beside, *, language: str) -> bytes:
    """Put the parts of a file beside a packet into it; they are used up by it."""
    parts = [Part(title, made.files[title].opened) for title in file.parts if title in made.files]
    return merging.merged(parts, None, title=file.title, language=language, numbered=file.numbered)
