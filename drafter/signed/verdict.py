"""Says whether a signed PDF reads as the contract in a packet: what is approved, what was read, and what follows."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from drafter.base import disk, manifest
from drafter.base.problems import DraftingError, Place, Problem
from drafter.pdf import office
from drafter.sending import approval
from drafter.sending.names import CONTRACT, CONTRACT_PDF
from drafter.signed import judging, looks, places, signatures
from drafter.signed.judging import Judged
from drafter.signed.looks import Record
from drafter.signed.sheets import pages
from drafter.signed.signatures import Signature
from drafter.values import dataclass

LARGEST = 300_000_000  # bytes of a file that is read
PARTS = {"numpy": "numpy", "PIL": "Pillow", "pyhanko": "pyHanko", "pypdfium2": "pypdfium2", "rapidfuzz": "rapidfuzz"}
Says = Literal["as approved", "as approved, looked at", "to be looked at", "otherwise", "not judged"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was read of a file, its digital signatures, who looked at which place; whether the file is the packet's own.

    `laid` says that the packet keeps no PDF of its contract, so that its Word file was laid out for this.
    """

    judged: Judged
    signatures: tuple[Signature, ...]
    record: Record
    same_bytes: bool = False
    laid: bool = False

    @property
    def open(self) -> tuple[places.Place, ...]:
        """Return the places that nobody has looked at."""
        return tuple(place for place in self.judged.places if self.record.of(place) is None)

    @property
    def refused(self) -> tuple[places.Place, ...]:
        """Return the places at which a person saw other words than those approved."""
        looked = ((place, self.record.of(place)) for place in self.judged.places)
        return tuple(place for place, look in looked if look and not look.approved)

    @property
    def lookers(self) -> tuple[str, ...]:
        """Return who looked at places, each once."""
        looked = (self.record.of(place) for place in self.judged.places)
        return tuple(dict.fromkeys(look.by for look in looked if look))

    @property
    def says(self) -> Says:
        """Return the verdict in one of five kinds, the worst that holds."""
        found = self.judged.matched
        pages_differ = found.missing or found.doubled or found.moved or self.judged.other_pages
        words_differ = self.refused or any(place.otherwise for place in self.open)
        if pages_differ or words_differ or any(one.state in {"broken", "changed"} for one in self.signatures):
            return "otherwise"
        if self.judged.unjudged or not all(one.holds for one in self.signatures):
            return "not judged"
        if self.open:
            return "to be looked at"
        return "as approved, looked at" if self.judged.places else "as approved"

    @property
    def exit_code(self) -> int:
        """Return 0 where every word was read as approved, 1 where something differs, 2 where that can't be said."""
        return {"as approved": 0, "as approved, looked at": 0, "otherwise": 1}.get(self.says, 2)


def stop_at_missing_parts() -> None:
    """Raise DraftingError when a program library is missing that reading a PDF needs."""
    absent = [name for module, name in PARTS.items() if importlib.util.find_spec(module) is None]
    if absent:
        what = f"reading a signed PDF needs {', '.join(absent)}, which {'is' if len(absent) == 1 else 'are'} missing"
        raise DraftingError(Problem("no-scan", Place("drafter[scan]"), what, "install it: pip install 'drafter[scan]'"))


def is_pdf(file: Path) -> bool:
    """Say whether a file begins as a PDF does, or has its ending."""
    try:
        with file.open("rb") as opened:
            return b"%PDF-" in opened.read(1024) or file.suffix.lower() == ".pdf"
    except OSError:
        return file.suffix.lower() == ".pdf"


def verify(folder: Path, file: Path, *, trust: Path | None = None, during: Callable[[str], object]) -> Verdict:
    """Read a PDF and compare it with the contract of a packet; `trust` is a file of root certificates.

    DraftingError where the packet has changed since it was made, or a file can't be read.
    """
    stop_at_missing_parts()
    approved, laid = _approved(folder)
    data = _bytes(file)
    record = looks.read(file, data, manifest.hash_of(folder))
    roots = signatures.roots(_bytes(trust), str(trust)) if trust else None
    with pages.opened(approved, str(folder / CONTRACT_PDF)) as ours, pages.opened(data, str(file)) as theirs:
        found = judging.judged(ours, theirs, during)
    return Verdict(found, signatures.signatures(data, roots), record, data == approved, laid)


def approved_pdf(folder: Path) -> bytes:
    """Return the approved contract as a PDF: the packet's own or, in an older packet, its Word file laid out."""
    return _approved(folder)[0]


def _approved(folder: Path) -> tuple[bytes, bool]:
    approval.stop_at_changes(folder)
    if (folder / CONTRACT_PDF).exists():
        return _bytes(folder / CONTRACT_PDF), False
    if not (folder / CONTRACT).exists():
        raise DraftingError(approval.changed(folder / CONTRACT, "there is no contract in it"))
    return office.converted(_bytes(folder / CONTRACT)), True


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise DraftingError(
                Problem("unreadable-pdf", Place(str(file)), "it is too large to be read", "scan it smaller")
            )
        return disk.read_bytes(file, LARGEST)
    except OSError as error:
        what = f"it can't be read: {error.strerror}"
        raise DraftingError(Problem("missing-file", Place(str(file)), what, "check its name")) from None
