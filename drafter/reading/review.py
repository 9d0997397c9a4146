"""Finds the wordings that a person should read again because the policy's words have changed.

A link from a requirement to a wording is reviewed against the policy's words of that day. When they change, the link is
suspect until it is reviewed again. Nothing here judges a wording.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from drafter.base import disk, spelling, yaml_tree
from drafter.base.problems import Place, Problem
from drafter.reading.library import Library
from drafter.reading.policy import Requirement, squeezed

FILE = "reviewed.yaml"
Link = tuple[str, str]  # a requirement, and "clause.alternative"


def load(path: Path, name: str) -> Mapping[Link, str] | None:
    """Read the marks of the links that were reviewed; None where there is no such file. DraftingError."""
    if not path.exists():
        return None
    tree = yaml_tree.parse(disk.read_text(path, name), name)
    return {
        (requirement, link): mark.text if isinstance(mark, yaml_tree.Scalar) else ""
        for requirement, links in tree.entries.items()
        if isinstance(links, yaml_tree.Mapping)
        for link, mark in links.entries.items()
    }


@dataclass(frozen=True, slots=True)
class Suspect:
    """A link to look at: the requirement with its words, the wording, and whether it was reviewed before."""

    requirement: Requirement
    link: str
    file: str
    is_new: bool


def fingerprint(library: Library, requirement: Requirement) -> str:
    """Return the mark of the words that a requirement rests on: its paragraph, its quotation, what it asks."""
    paragraph = next((p for p in library.policy.paragraphs if p.id == requirement.paragraph), None)
    words = (paragraph.text if paragraph else "", requirement.quote, requirement.asks)
    return hashlib.sha256("\n".join(map(squeezed, words)).encode()).hexdigest()[:12]


def links(library: Library) -> Iterator[tuple[Requirement, str, str]]:
    """Yield the links of a library: the requirement, "clause.alternative", and the file."""
    known = {requirement.id: requirement for requirement in library.policy.requirements}
    for clause in (library.clauses[c] for c in dict.fromkeys(library.order()) if c in library.clauses):
        for alternative in clause.alternatives:
            for wanted in alternative.satisfies:
                if wanted in known:
                    yield known[wanted], f"{clause.id}.{alternative.id}", clause.file


def suspects(library: Library) -> tuple[Suspect, ...]:
    """Return the links that nobody has reviewed against the policy's present words; empty where no review is kept."""
    if library.reviewed is None:
        return ()
    return tuple(
        Suspect(requirement, link, file, (requirement.id, link) not in library.reviewed)
        for requirement, link, file in links(library)
        if library.reviewed.get((requirement.id, link)) != fingerprint(library, requirement)
    )


def recorded(library: Library, wanted: Iterable[str]) -> str:
    """Return the text of reviewed.yaml with the links of some requirements recorded as reviewed.

    Other links stay as they were; links that no longer exist are dropped.
    """
    now = set(wanted)
    lines = [
        "# Which wording was reviewed against which words of the policy. Written by 'drafter review'.",
        "# A changed paragraph of the policy changes its mark; its links are suspect until they are reviewed again.",
    ]
    made: dict[str, dict[str, str]] = {requirement.id: {} for requirement in library.policy.requirements}
    for requirement, link, _ in links(library):
        old = (library.reviewed or {}).get((requirement.id, link), "")
        mark = fingerprint(library, requirement) if requirement.id in now else old
        if mark:
            made[requirement.id][link] = mark
    for name, marks in made.items():
        if marks:
            lines.extend([f'"{name}":', *(f"  {link}: {mark}" for link, mark in sorted(marks.items()))])
    return "\n".join(lines) + "\n"


def unknown(library: Library, wanted: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each requirement that the policy does not have."""
    known = [requirement.id for requirement in library.policy.requirements]
    for name in wanted:
        if name not in known:
            parts = [one for one in known if one.startswith((f"{name}(", f"{name}."))]
            otherwise = spelling.meant(name, known, "'drafter clauses --by requirement' lists them")
            hint = f"it is divided into {', '.join(parts)}" if parts else otherwise
            place = Place(f"{library.path}/policy.yaml")
            yield Problem("unknown-requirement", place, f"the policy has no requirement '{name}'", hint)
