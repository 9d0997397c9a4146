"""A source of what a contract must say, as a value: its paragraphs verbatim, and the requirements taken from it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Annotated, Literal

from drafter import language
from drafter.base import english
from drafter.base.fitting import Alone, FromFile, FromFileOfKeywords, Names, Words
from drafter.language import Kind
from drafter.values import dataclass

# How a contract stands to a requirement. In what the public reads, "met" is read by a person too, "said" is not.
Status = Literal[
    "met",
    "said",
    "met by a fallback",
    "needs a person's judgement",
    "does not apply",
    "deviates",
    "missing",
    "nothing to draft",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(FromFile):
    """A paragraph, word for word: our id for it, its number as printed, and its text.

    `bullet` is the mark that is printed before it in a list without numbers ("•"). `called` is what a reader is told
    that it is, where it has no number of its own: "IV.D, lead-in". `summary` says in our words what it asks, where its
    text, or part of it, is not held; it is never printed as a quotation. `note` says how it was read.
    """

    id: str
    number: Words = ""
    bullet: Words = ""
    heading: Words = ""
    text: Words = ""
    summary: Words = ""
    called: Words = ""
    note: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(FromFile):
    """A column of a table: the words of its header, and of its cell in a row for a record, as the wording has them."""

    header: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(FromFile):
    """Something that a contract must say to meet a requirement: a sentence, as the wordings have it, or a fact.

    `alternatives` are those of the clause that say it in these words, all of them where none is named. Instead of a
    sentence, `rows` names a list of records of which a table of the clause has a row for each; `columns` are columns of
    that table with its cells in such a row. `items` are the items that hang under the sentence, all of them, each with
    its condition. `clause` is where it is said, if that is not the requirement's home; `form` are the forms of the
    contract that must say it (none: all).
    """

    sentence: Words = ""
    alternatives: tuple[str, ...] = ()
    rows: Words = ""
    columns: tuple[Column, ...] = ()
    items: tuple[str, ...] = ()
    clause: Words = ""
    form: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried(FromFile):
    """What a check of the questionnaire must hold to carry a requirement, of what, and when."""

    holds: str
    when: Words = ""
    each: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(FromFile):
    """One obligation that a contract can meet or miss: `must`, `if` a condition holds, or `info` (nothing to draft).

    `checks` has what a check of the questionnaire must be to carry the requirement, by the check's id.

    `applies_text` says in words when it applies, `otherwise` why it does not where it does not.

    `home` is the clause that says it, `says` its operative sentences there. Other clauses that claim the requirement
    support it, and never stand in for the home.

    `name` stays the same when the source is renumbered, and what a person has read is recorded under it. `called` is
    how it is cited, where its id is not. `same_as` are requirements of another source that ask the same: what meets
    them meets it, and it has no home of its own.
    """

    id: str
    name: Words = ""
    called: Words = ""
    paragraph: str
    level: Literal["must", "if", "info"]
    applies_when: Words = ""
    applies_text: Words = ""
    otherwise: Words = ""
    asks: str
    quote: Words = ""
    home: Words = ""
    says: tuple[Annotated[Said, Alone("sentence")], ...] = ()
    checks: dict[str, Annotated[Carried, Alone("holds")]] = field(default_factory=dict)
    same_as: tuple[str, ...] = ()

    @property
    def lasting(self) -> str:
        """Return the name that what is recorded of it is kept under: its id, where it has no name."""
        return self.name or self.id

    @property
    def shown(self) -> str:
        """Return what a reader knows it by beside its source: its id, unless it is called something else."""
        return self.called or self.id

    def said_in(self, clause: str, alternative: str) -> tuple[Said, ...]:
        """Return what an alternative of a clause must say of this requirement."""
        here = (said for said in self.says if (said.clause or self.home) == clause)
        return tuple(said for said in here if not said.alternatives or alternative in said.alternatives)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly(FromFile):
    """A mistake or gap in the policy, shown and never corrected."""

    id: str
    paragraphs: tuple[str, ...]
    text: str
    handling: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingNothing(FromFile):
    """A sentence of the policy that asks nothing of a contract, and why."""

    paragraph: str
    sentence: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(FromFile):
    """A date or a number that the policy sets: the words that set it, and the unit of a number ("month").

    The library's texts print it as the field `policy.<id>`, so that it is written once.
    """

    id: str
    paragraph: str
    quote: str
    value: dt.date | int
    unit: Words = ""

    @property
    def is_quoted(self) -> bool:
        """Say whether the words that set it have its value, and a number in them is no other."""
        if isinstance(self.value, dt.date):
            return any(day in squeezed(self.quote) for day in (english.long_date(self.value), self.value.isoformat()))
        numbers = re.findall(r"\d+", self.quote)
        in_words = re.search(rf"\b{english.in_words(self.value)}\b", squeezed(self.quote), re.IGNORECASE)
        return set(numbers) == {str(self.value)} if numbers else bool(in_words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective(FromFileOfKeywords):
    """From which day a source is in force, and until which, where that is known; `from` and `until` in its file."""

    from_: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified(FromFile):
    """Who compared the words of a source with its official text, and when."""

    by: str
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(FromFile):
    """A text that a contract must meet, with its status, and everything that it asks of a contract.

    `name` is that of its file, without the ending. `body` is whose text it is. `verified` is None where nobody has
    compared it with its official text. `on_change` are the clauses that say what the contract asks when it changes.
    `to_do` is what a person must still do since the text was put in the place of an earlier one.

    The policy's alone: `governs` says which source governs where two differ, and `can_undo` are clauses that could take
    back what another one says, such as the one on which text comes first. `actors` are those whom a duty can bind, as
    sentences call them. `terms` has, for each defined term, the sentences that define it, and `phrases` each phrase of
    the outline that operative sentences print.
    """

    name: Words = ""
    kind: Literal["policy", "statute", "rule"] = "policy"
    number: str
    title: str
    citation: str
    body: str
    status: str
    date: dt.date
    effective: Effective | None = None
    verified: Verified | None = None
    governs: Words = ""
    on_change: tuple[str, ...] = ()
    source_note: Words = ""
    paragraphs: tuple[Paragraph, ...]
    requirements: tuple[Requirement, ...]
    anomalies: tuple[Anomaly, ...] = ()
    asks_nothing: tuple[AskingNothing, ...] = ()
    figures: tuple[Figure, ...] = ()
    can_undo: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    terms: dict[str, tuple[Annotated[Said, Alone("sentence")], ...]] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)
    to_do: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the source's words, status and date; a recorded round keeps it."""
        read = (f"{p.id} {p.text} {p.summary}" for p in self.paragraphs)
        words = (self.citation, self.status, self.date.isoformat(), *read)
        return hashlib.sha256("\n".join(map(squeezed, words)).encode()).hexdigest()

    @property
    def cited(self) -> str:
        """Return how it is cited with its status: "Policy 7 (adopted, January 2, 2026)"."""
        return f"{self.citation} ({self.status}, {english.long_date(self.date)})"

    @property
    def standing(self) -> str:
        """Return, in sentences, when it is in force, and who compared its words with the official text."""
        said = []
        if self.effective is not None:
            until = f" to {english.long_date(self.effective.until)}" if self.effective.until else ""
            said.append(f"In force from {english.long_date(self.effective.from_)}{until}.")
        if self.verified is None:
            said.append("Nobody has compared its words with the official text.")
        else:
            by, on = self.verified.by, english.long_date(self.verified.on)
            said.append(f"Its words were compared with the official text by {by} on {on}.")
        return " ".join(said)

    def called(self, wanted: str) -> str:
        """Return what a reader knows a paragraph by: its number, or what it is called; never an id of ours alone."""
        above = ""
        for paragraph in self.paragraphs:
            number = paragraph.number.strip().rstrip(".")
            shown = paragraph.id if number and paragraph.id.endswith(number) else number
            if paragraph.id == wanted:
                below = f"{above}, without a number" if above else "heading"
                return paragraph.called or shown or paragraph.heading or below
            above = shown or above
        return wanted

    def cite(self, requirement: Requirement) -> str:
        """Return how a requirement of this source is cited: "Policy 7, II"."""
        return f"{self.citation}, {requirement.shown}"

    def listed(self, paragraphs: tuple[str, ...]) -> str:
        """Return what a reader knows some paragraphs by, in one line."""
        called = tuple(map(self.called, paragraphs))
        return ("; " if any("," in one for one in called) else ", ").join(called)

    def requirement(self, wanted: str) -> Requirement | None:
        """Return the requirement with this id, or None."""
        return next((r for r in self.requirements if r.id == wanted), None)

    @property
    def file(self) -> str:
        """Return the path of its file in the library."""
        return f"{FOLDER}/{self.name}.yaml"


FOLDER = "sources"
POLICY = "policy"  # the name of the source that the contract is made under


def source_paths(root: Path) -> Iterator[Path]:
    """Yield the file of each source of the library in a folder: the policy's, then the others by their names."""
    policy = root / FOLDER / f"{POLICY}.yaml"
    yield policy
    yield from (path for path in sorted((root / FOLDER).glob("*.yaml")) if path != policy)


NAMES: Mapping[str, Kind] = {
    "policy.number": Kind("text"),
    "policy.title": Kind("text"),
    "policy.citation": Kind("text"),
    "policy.status": Kind("text"),
    "policy.date": Kind("date"),
}


def values(policy: Source) -> Mapping[str, language.Value]:
    """Return the values of the policy's names, which any field may use."""
    own = {name: getattr(policy, name.removeprefix("policy.")) for name in NAMES}
    return {**own, **{f"policy.{figure.id}": figure.value for figure in policy.figures}}


def names(policy: Source | None) -> Mapping[str, Kind]:
    """Return the names that any field may use of a policy, its figures included; of none, those of every policy."""
    figures = policy.figures if policy is not None else ()
    kinds = {f"policy.{f.id}": Kind("date" if isinstance(f.value, dt.date) else "number") for f in figures}
    return {**NAMES, **kinds}


def squeezed(text: str) -> str:
    """Return the text with every run of white space as one space, for comparing words."""
    return " ".join(text.split())
