"""Makes the board packet of a matter, and the negotiator's brief beside it, as folders that are written whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

import drafter.matters.matter
from drafter.base import disk
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.documents import brief_docx, designs
from drafter.drafting import draft, options
from drafter.drafting.draft import Draft
from drafter.matters import filing, rounds
from drafter.papers import brief
from drafter.pdf import office, paper
from drafter.sending import packet, versions
from drafter.sending.packet import During, Packet
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Packed:
    """A packet that was written: its folder, that of the brief beside it, what it is made of, and its PDF files.

    `folders` has every file that was written, and `missing` says why there are no PDF files. `own` are the templates
    that aren't the shipped ones, by the kinds of their documents.
    """

    place: Path
    beside: Path | None
    packet: Packet
    laid: Mapping[str, bytes]
    folders: Mapping[Path, Mapping[str, bytes]]
    missing: DraftingError | None
    own: Mapping[str, Path]


def pack(  # noqa: PLR0913  # what a packet is made of
    matter: Path, library: Path | None, output: Path | None, on: date, during: During, *,
    meeting: date | None = None, since: int | None = None, privileged: bool = False, final: bool = False,
    template: Path | None = None, changed_pages: bool = False,
) -> Packed:  # fmt: skip
    """Make the board packet of a matter in a new folder; `privileged` makes the negotiator's brief in another one.

    It is against the round of a number where `since` has one. `template` is a folder of Word templates, or the
    contract's; `changed_pages` puts in the sections that changed in place of the whole redline and clean copy.
    The matter isn't locked meanwhile: nothing in it changes. `during` is given words for what is being done.
    DraftingError as `packet.make`, and where a folder is there already.
    """
    place = output or filing.answers_path(matter).parent / f"packet-{meeting or on}"
    _stop_at_there([place])  # a place without a name of its own, such as '.', is always there
    beside = place.with_name(f"{place.name}-privileged") if privileged else None
    places = [place, *([beside] if beside else [])]
    _stop_at_there(places)
    filing.stop_at_unwritable(places, None if output else place.parent)
    made = draft.settled(draft.draft(drafter.matters.matter.open(matter, library)), final=final)
    base = versions.of_number(matter, since) if since is not None else None
    looks = designs.find(matter, made.library.folder, template)
    stop_at(looks.misnamed())
    with during("Writing memo, redline, clean copy and matrix ..."):
        found = packet.make(made, base, looks, meeting=meeting, on=on, changed_pages=changed_pages)
        ours = _brief(made, looks.of("brief")) if beside else b""
    laid, missing = _laid_out(lambda: packet.printed(found, looks, during))
    folders = {place: packet.files(found, laid)}
    if beside:
        pages, _ = _laid_out(lambda: {"brief.pdf": _pages(ours, during)}) if laid else ({}, None)
        folders[beside] = {"brief.docx": ours, **pages}
    disk.write_folders(folders)
    return Packed(place, beside, found, laid, folders, missing, looks.own)


def _stop_at_there(places: Iterable[Path]) -> None:
    """Raise DraftingError where something is already: a packet is never written over."""
    what, hint = (
        "something of this name already exists",
        "name another folder with -o; the earlier one is never overwritten",
    )
    stop_at(Problem("file-exists", Place(str(place)), what, hint) for place in places if os.path.lexists(place))


def _brief(made: Draft, design: Path) -> bytes:
    """Write the negotiator's brief of a matter as a Word file with a template."""
    place = made.matter.place
    recorded = rounds.read_all(place / filing.ROUNDS) if filing.is_folder(place) else ()
    found = options.options(made)
    content = brief.make(made.selection, made.contract, made.coverage, found, made.reasons, recorded)
    return brief_docx.write(content, design)


def _pages(document: bytes, during: During) -> bytes:
    """Lay out the negotiator's brief."""
    with during("Laying out the brief with LibreOffice ..."):
        return office.converted(paper.together(document))


def _laid_out(layout: Callable[[], dict[str, bytes]]) -> tuple[dict[str, bytes], DraftingError | None]:
    """Return the PDF files of a layout, or none and why: without LibreOffice the Word files are made all the same."""
    try:
        return layout(), None
    except DraftingError as error:
        return {}, error
