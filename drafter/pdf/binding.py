"""Binds a packet: lays its parts out together with its cover, which lists their pages, and puts them into one file."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from drafter.pdf import cover, merging, office, taking
from drafter.pdf.cover import Cover
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
    """The parts of a packet by their titles, with its cover, as they are laid out; `apart` is what isn't bound."""

    front: Cover
    files: Mapping[str, Finished]
    apart: Mapping[str, Finished]


def laid(front: Cover, parts: Mapping[str, Written], template: Path, apart: Mapping[str, Written] = NOTHING) -> Laid:
    """Lay a packet's parts and its cover out, and what is apart; the cover lists the parts in their order.

    DraftingError for the template, and when LibreOffice is missing or fails.
    """
    made = office.settled({FRONT: _cover(front, list(parts), template), **parts, **apart})
    bound_in = {name: one for name, one in made.items() if name not in apart}
    return Laid(front, bound_in, {name: made[name] for name in apart})


def _cover(front: Cover, titles: list[str], template: Path) -> Written:
    """Return what writes a cover with the pages on which the parts begin."""

    @functools.cache
    def written(starts: tuple[int, ...]) -> Sheet:
        return Sheet(cover.write(front, list(zip(titles, starts, strict=True)), template))

    def counted(made: Mapping[str, bytes]) -> Sheet:
        counts = [taking.count(Part(title or front.title, made[title])) if made else 0 for title in (FRONT, *titles)]
        return written(tuple(1 + sum(counts[:number]) for number in range(1, len(counts))))

    return counted


def bound(made: Laid, *, language: str, numbered: str = NUMBERED) -> bytes:
    """Put a packet that is laid out into one file; its parts are used up by it."""
    (_, first), *others = made.files.items()
    parts = [Part(title, each.opened) for title, each in others]
    return merging.merged(parts, first.opened, title=made.front.title, language=language, numbered=numbered)
