"""Reads what was approved from a board packet, and compares a Word file with it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from drafter.base import manifest
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.sending import recognising
from drafter.sending.names import CONTRACT, FACTS
from drafter.values import dataclass
from drafter.verifying import verdict
from drafter.verifying.comparison import Finding
from drafter.verifying.verdict import Layout, Verdict
from drafter.word import incoming


@dataclass(frozen=True, slots=True)
class Approved:
    """The contract of a packet, as the bytes of its Word file, and what a copy of it may say of its status.

    `papers` are the other papers of the packet: what each is, by the hash of its file.
    """

    contract: bytes
    marks: frozenset[str]
    papers: Mapping[str, str] = field(default_factory=dict)

    def verdict(self, file: Path, layout: Layout | None) -> Verdict:
        """Compare a Word file with the contract. DraftingError where the file can't be read or isn't safe.

        Of one that is another paper of the packet, or has hardly any words of the contract, that alone is said.
        """
        content = incoming.load(file)
        if (other := self._other(content)) and content != self.contract:
            return Verdict("differs", (Finding("differs", file.name, other),), unlaid=verdict.NOT_ASKED)
        return verdict.compare(self.contract, content, self.marks, layout)

    def _other(self, content: bytes) -> str:
        paper = self.papers.get(hashlib.sha256(content).hexdigest(), "")
        ours, theirs = (incoming.examined(one) for one in (self.contract, content))
        return paper or ("" if theirs.unread else recognising.beside(ours.parts, theirs.parts))


def read(folder: Path) -> Approved:
    """Read what was approved from the folder of a packet. DraftingError where it has changed since it was made."""
    stop_at_changes(folder)
    try:
        facts = json.loads((folder / FACTS).read_bytes())
        marks, _ = frozenset(facts["marks"]), [section["heading"] for section in facts["sections"]]
        return Approved(incoming.load(folder / CONTRACT), marks, recognising.own_papers(folder))
    except (OSError, ValueError, KeyError, TypeError):
        raise DraftingError(changed(folder / FACTS, "these aren't the facts of a packet")) from None


def stop_at_changes(folder: Path) -> None:
    """Raise DraftingError where a folder isn't a packet, or has changed since it was made."""
    if not os.path.lexists(folder / manifest.FILE):
        what, hint = "this isn't a board packet", "name the folder that 'drafter packet' wrote"
        raise DraftingError(Problem("missing-file", Place(str(folder)), what, hint))
    stop_at(changed(place, what) for place, what in manifest.differences(folder))


def changed(path: Path, what: str) -> Problem:
    """Return the problem of a packet that isn't as it was made."""
    hint = "a packet is the proof of what was approved; restore the copy that was made"
    return Problem("packet-changed", Place(str(path)), what, hint)
