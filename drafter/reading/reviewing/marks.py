"""The records of what a person has read: reviewed.yaml, of a library or of a matter's own wordings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from drafter.base import disk, fitting, yaml_text, yaml_tree
from drafter.base.fitting import FromFile
from drafter.values import dataclass

FILE = "reviewed.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(FromFile):
    """The record that a person read one wording against one requirement.

    `rests_on` has the hash of each text that it rested on, by what that text is.
    """

    by: str
    on: date
    rests_on: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(FromFile):
    """The marks by requirement and wording ("clause.alternative"), and the texts that were read, by their hash."""

    marks: dict[str, dict[str, Mark]]
    texts: dict[str, str]

    def mark(self, requirement: str, wording: str) -> Mark | None:
        """Return the mark of a wording against a requirement, None where nobody has read it."""
        return self.marks.get(requirement, {}).get(wording)


NOTHING = Reviewed(marks={}, texts={})


def load(path: Path, name: str) -> Reviewed:
    """Read the marks in a file; none where there is no such file. DraftingError."""
    if not path.exists():
        return NOTHING
    return fitting.fit(yaml_tree.parse(disk.read_text(path, name), name), Reviewed)


def together(one: Reviewed, other: Reviewed) -> Reviewed:
    """Return the marks of two records as one; of the same wording and requirement, those of the second."""
    named = dict.fromkeys((*one.marks, *other.marks))
    marks = {name: {**one.marks.get(name, {}), **other.marks.get(name, {})} for name in named}
    return Reviewed(marks=marks, texts={**one.texts, **other.texts})


def to_text(reviewed: Reviewed) -> str:
    """Return the text of a file of marks, with only those texts that a mark rests on."""
    lines = ["# Who has read which wording against which requirement, and when. Written by 'drafter review'.", "marks:"]
    used: dict[str, None] = {}
    for requirement, marks in reviewed.marks.items():
        lines += [f"  {yaml_text.scalar(requirement)}:"] if marks else []
        for wording, mark in sorted(marks.items()):
            lines += [f"    {yaml_text.scalar(wording)}:", f"      by: {yaml_text.scalar(mark.by)}"]
            lines += [f"      on: {mark.on.isoformat()}", "      rests_on:"]
            lines += [f"        {yaml_text.scalar(what)}: {hashed}" for what, hashed in mark.rests_on.items()]
            used |= dict.fromkeys(mark.rests_on.values())
    if not used:
        lines[-1] = "marks: {}"
    lines += [
        "",
        "# The words as they were read, so that a change can be shown beside them.",
        "texts:" if used else "texts: {}",
    ]
    lines += [f"  {hashed}: {yaml_text.scalar(reviewed.texts[hashed])}" for hashed in sorted(used)]
    return "\n".join(lines) + "\n"
