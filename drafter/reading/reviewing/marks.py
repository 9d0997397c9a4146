"""The records of what a person has read: reviewed.yaml, of a library or of a matter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cache
from pathlib import Path

from drafter.base import disk, fitting, yaml_text, yaml_tree
from drafter.base.fitting import FromFile
from drafter.values import dataclass

FILE = "reviewed.yaml"
Texts = Mapping[str, str]  # what a reading rests on, by what each is
Own = frozenset[tuple[str, str]]  # a matter's own wordings in force, each a clause and an alternative


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(FromFile):
    """The record that a person read something: who, when, and the hash of each text that it rested on, by its name.

    `in_form` has the texts that are not the same in each form of the contract, by the form.
    """

    by: str
    on: date
    rests_on: dict[str, str]
    in_form: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, form: str) -> Mapping[str, str]:
        """Return the hash of each text that the reading rests on in a form of the contract."""
        return {**self.rests_on, **self.in_form.get(form, {})}

    @property
    def hashes(self) -> Iterator[str]:
        """Yield the hash of every text that the reading rests on."""
        yield from self.rests_on.values()
        yield from (one for texts in self.in_form.values() for one in texts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(FromFile):
    """What was read, and the texts of it, by their hash.

    `marks` are those of wordings against requirements, by requirement and wording ("clause.alternative"), `alone` those
    of what was read by itself: a wording, the outline's own words, what a source is said to ask nothing in. `answers`
    are a matter's: those of answers in free text, by question.
    """

    marks: dict[str, dict[str, Mark]]
    alone: dict[str, Mark] = field(default_factory=dict)
    answers: dict[str, Mark] = field(default_factory=dict)
    texts: dict[str, str]

    def mark(self, requirement: str, wording: str) -> Mark | None:
        """Return the mark of a wording against a requirement, None where nobody has read it."""
        return self.marks.get(requirement, {}).get(wording)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was read."""
        return not self.alone and not self.answers and not any(self.marks.values())


NOTHING = Reviewed(marks={}, texts={})


@cache  # most readings rest on the same definitions and general clauses
def hashed(words: str) -> str:
    """Return the hash by which a text that was read is kept."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def load(path: Path, name: str) -> Reviewed:
    """Read the marks in a file; none where there is no such file. DraftingError."""
    if not path.exists():
        return NOTHING
    return fitting.fit(yaml_tree.parse(disk.read_text(path, name), name), Reviewed)


def to_text(reviewed: Reviewed) -> str:
    """Return the text of a file of marks, with only those texts that a mark rests on."""
    marks = {requirement: those for requirement, those in reviewed.marks.items() if those}
    lines = ["# Who has read what, and when. Written by 'drafter review'.", ""]
    lines += ["# Which wording says what a requirement asks.", "marks:" if marks else "marks: {}"]
    for requirement, those in marks.items():
        lines += [f"  {yaml_text.scalar(requirement)}:", *_marks(those, "    ")]
    lines += ["", "# What takes nothing back of what the sources ask."]
    lines += ["alone:" if reviewed.alone else "alone: {}", *_marks(reviewed.alone, "  ")]
    if reviewed.answers:
        lines += ["", "# Answers in free text, which take nothing back either.", "answers:"]
        lines += _marks(reviewed.answers, "  ")
    every = (mark for those in (*marks.values(), reviewed.alone, reviewed.answers) for mark in those.values())
    used = sorted({hashed for mark in every for hashed in mark.hashes})
    lines += ["", "# The words as they were read, so that a change can be shown beside them."]
    lines += ["texts:" if used else "texts: {}"]
    lines += [f"  {hashed}: {yaml_text.scalar(reviewed.texts[hashed])}" for hashed in used]
    return "\n".join(lines) + "\n"


def _marks(those: Mapping[str, Mark], indent: str) -> Iterator[str]:
    for name, mark in sorted(those.items()):
        yield f"{indent}{yaml_text.scalar(name)}:"
        yield f"{indent}  by: {yaml_text.scalar(mark.by)}"
        yield f"{indent}  on: {mark.on.isoformat()}"
        yield f"{indent}  rests_on:"
        yield from (f"{indent}    {yaml_text.scalar(what)}: {hashed}" for what, hashed in mark.rests_on.items())
        yield from (f"{indent}  in_form:",) if mark.in_form else ()
        for form, texts in mark.in_form.items():
            yield f"{indent}    {yaml_text.scalar(form)}:"
            yield from (f"{indent}      {yaml_text.scalar(what)}: {hashed}" for what, hashed in texts.items())
