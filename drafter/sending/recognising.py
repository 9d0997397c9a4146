"""Says at once where a file that came is no version of the contract: a paper of ours, or another document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from drafter.base import manifest
from drafter.base.problems import DraftingError, Place, Problem
from drafter.contract import Blank, Contract, printing, section_lines
from drafter.matters import rounds
from drafter.matters.rounds import Recorded, Round
from drafter.returned import reading
from drafter.returned.sent import Sent
from drafter.sending import names, overlap
from drafter.values import dataclass
from drafter.word import incoming
from drafter.word.incoming import printed
from drafter.word.oxml.package import Package

HINT = "choose the contract that came; --anyway takes this file all the same"
OF_FILES = "choose two versions of one text; --anyway compares these all the same"
UNCHECKED = "choose a version of the contract"
_LETTER, _REPLY, _OWN_COPY = f"{rounds.OUTGOING}/letter.docx", f"{rounds.OUTGOING}/reply.docx", "changes.docx"
_PAPERS: Mapping[str, str] = {
    _LETTER: "the letter that was sent with round {}",
    _REPLY: "the reply to their changes that was sent with round {}",
    _OWN_COPY: "our own copy of their changes in round {}, with our notes, which is for our side alone",
}
_SAME = 0.9  # of the words of two papers: then one is the other, saved again
_OWN_WORDS = 0.5  # of a file's words: one with so many of the contract's is a part of it


@dataclass(frozen=True, slots=True)
class Other:
    """A file that is no version of the contract: what it is, and whether its changes can be told all the same."""

    what: str
    is_like: bool = False


def stop_at(found: Other | None, file: str, hint: str = HINT) -> None:
    """Raise DraftingError where a file is no version of the contract."""
    if found is not None:
        raise DraftingError(Problem("not-the-contract", Place(file), found.what, hint))


def came(before: Recorded, party: str, content: bytes, template: Path) -> Other | None:
    """Return what a file from a party is, where it is no version of a contract that it was sent; else None.

    None too where nothing was sent to the party, or nothing can be read in the file.
    """
    try:
        return _our_own(before, content) or _stranger(before, party, content, template)
    except Exception:  # noqa: BLE001  # a hostile file must not keep itself from being filed
        return None


def _stranger(before: Recorded, party: str, content: bytes, template: Path) -> Other | None:
    parts = _parts(content)
    if parts is None:
        return None
    last: Other | None = None
    file = overlap.words(parts)
    for one in (one for one in reversed(before.rounds) if one.direction == "to" and one.party == party):
        contract = before.contract_of(one)
        found = of(contract, reading.as_sent(contract, template), file) if contract is not None else None
        if contract is not None and found is None:
            return None
        last = last or found
    return last if last is None or last.is_like else _saved_again(before, file) or last


def beside_round(base: Path, contract: Contract, sent: Sent, content: bytes, parts: Package) -> Other | None:
    """Return what a file is, where it is no version of the contract at a path: a recorded round, a matter, or a file.

    `sent` is that contract as it was sent, `parts` are those in which the words of the file are read. DraftingError
    where a round isn't as it was recorded.
    """
    before = rounds.recorded(base.parent) if rounds.is_round(base) else None
    paper = _our_own(before, content) if before is not None else None
    file = overlap.words(parts)
    found = paper or of(contract, sent, file)
    if found is None or found.is_like or paper is not None or before is None:
        return found
    return _saved_again(before, file) or found


def of(contract: Contract, sent: Sent, file: Sequence[str]) -> Other | None:
    """Return what a file with some words is, where it is no version of a contract as it was sent; else None."""
    found = against(sent, file)
    if found is not None:
        return found
    for party in _parties(contract):
        if not overlap.has(file, party):
            what = f"it reads like the contract, but '{party}' is nowhere in it: it may be one with another party"
            return Other(what, is_like=True)
    return None


def against(sent: Sent, file: Sequence[str]) -> Other | None:
    """Return what a file with some words is, where it has hardly any of what was sent; else None."""
    ours = overlap.words_sent(sent)
    return None if overlap.is_part(ours, file, overlap.HARDLY) else _little(overlap.between(ours, file))


def beside(approved: Package, parts: Package) -> str:
    """Say that a Word file has hardly any words of an approved one; empty where it has."""
    found = _little(overlap.between(overlap.words(approved), overlap.words(parts)))
    return found.what if found is not None else ""


def own_papers(packet: Path) -> dict[str, str]:
    """Return what the papers of a packet are, but for its contract, by their hashes."""
    return {
        digest: f"it is this packet's {names.TITLES[name].lower()} ({name}), not its contract"
        for name, digest in manifest.hashes(packet).items()
        if name in names.TITLES and name != names.CONTRACT
    }


def _little(found: overlap.Overlap) -> Other | None:
    if found.of_sent >= overlap.HARDLY:
        return None
    share = f"{found.of_sent:.0%}" if found.of_sent >= 0.01 else "less than 1%"  # noqa: PLR2004
    if found.of_file >= _OWN_WORDS:
        return Other(f"only a small part of the contract is in it ({share} of its words)", is_like=True)
    return Other(f"hardly any words of the contract are in it ({share}): it is another document")


def _parties(contract: Contract) -> Iterator[str]:
    """Yield the names of those that sign and that the caption or the opening names, where they are filled in."""
    lines = (*map(printing.words, contract.caption), *(line for one in contract.opening for line in section_lines(one)))
    front = overlap.words_of(" ".join(lines))
    for block in contract.signatures:
        name = printing.words(block.party)
        if not any(isinstance(run, Blank) for run in block.party) and overlap.has(front, name):
            yield name


def _parts(content: bytes) -> Package | None:
    with suppress(DraftingError):
        if printed.is_pdf(content):
            return printed.as_word(content)
        looked = incoming.examined(content)
        return None if looked.unread else looked.parts
    return None


# -- our own papers -----------------------------------------------------------------------------


def _our_own(before: Recorded, content: bytes) -> Other | None:
    """Return which paper of a recorded round a file is, byte for byte."""
    digest = hashlib.sha256(content).hexdigest()
    for one in reversed(before.rounds):
        held = manifest.hashes(before.folder / one.name)
        for name, said in _PAPERS.items():
            if held.get(name) == digest:
                return _paper(one, said)
    return None


def _saved_again(before: Recorded, file: Sequence[str]) -> Other | None:
    """Return which paper of a recorded round a file is by its words, though a program has saved it again."""
    for one in reversed(before.rounds):
        for name in (_LETTER, _REPLY):
            with suppress(DraftingError, OSError):
                ours = incoming.read((before.folder / one.name / name).read_bytes())
                found = overlap.between(overlap.words(ours), file)
                if min(found.of_file, found.of_sent) >= _SAME:
                    return _paper(one, _PAPERS[name])
    return None


def _paper(one: Round, said: str) -> Other:
    return Other(f"this is {said.format(one.number)}, not the contract")
