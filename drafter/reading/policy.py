"""Reads policy.yaml: the policy's paragraphs verbatim, the requirements taken from it, and its anomalies.

One rule: a requirement quotes words that its paragraph contains. The policy's text is never corrected.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from drafter import language
from drafter.base import disk, fitting, yaml_tree
from drafter.base.fitting import Alone, FromFile, Words
from drafter.base.problems import Place, Problem, stop_at
from drafter.language import Expression, Kind

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
class PolicyParagraph(FromFile):
    """A paragraph, word for word: our id for it, its number as printed, and its text.

    `called` is what a reader is told that it is, where it has no number of its own: "IV.D, lead-in".
    """

    id: str
    number: Words = ""
    heading: Words = ""
    text: Words = ""
    called: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(FromFile):
    """Something that a contract must say to meet a requirement: a sentence, as the wordings have it, or a fact.

    `alternatives` are those of the clause that say it in these words, all of them where none is named. Instead of a
    sentence, `rows` names a list of records of which a table of the clause has a row for each. `items` is the least
    number of items that hang under the sentence. `clause` is where it is said, if that is not the requirement's home.
    """

    sentence: Words = ""
    alternatives: tuple[str, ...] = ()
    rows: Words = ""
    items: int = 0
    clause: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(FromFile):
    """One obligation that a contract can meet or miss: `must`, `if` a condition holds, or `info` (nothing to draft).

    `checks` has what a check of the questionnaire must hold to carry the requirement, by the check's id.

    `applies_text` says in words when it applies, `otherwise` why it does not where it does not.

    `home` is the clause that says it, `says` its operative sentences there. Other clauses that claim the requirement
    support it, and never stand in for the home.
    """

    id: str
    paragraph: str
    level: Literal["must", "if", "info"]
    applies_when: Words = ""
    applies_text: Words = ""
    otherwise: Words = ""
    asks: str
    quote: Words = ""
    home: Words = ""
    says: tuple[Annotated[Said, Alone("sentence")], ...] = ()
    checks: dict[str, str] = field(default_factory=dict)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(FromFile):
    """A board's policy with its status, and everything a contract under it must contain.

    `can_undo` are clauses that could take back what another one says, such as the one on which text comes first.
    """

    number: str
    title: str
    citation: str
    district: str
    status: str
    date: dt.date
    source_note: Words = ""
    paragraphs: tuple[PolicyParagraph, ...]
    requirements: tuple[Requirement, ...]
    anomalies: tuple[Anomaly, ...] = ()
    asks_nothing: tuple[AskingNothing, ...] = ()
    figures: tuple[Figure, ...] = ()
    can_undo: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the policy's words, status and date; a recorded round keeps it."""
        words = (self.citation, self.status, self.date.isoformat(), *(f"{p.id} {p.text}" for p in self.paragraphs))
        return hashlib.sha256("\n".join(map(squeezed, words)).encode()).hexdigest()

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

    def listed(self, paragraphs: tuple[str, ...]) -> str:
        """Return what a reader knows some paragraphs by, in one line."""
        called = tuple(map(self.called, paragraphs))
        return ("; " if any("," in one for one in called) else ", ").join(called)

    def requirement(self, wanted: str) -> Requirement | None:
        """Return the requirement with this id, or None."""
        return next((r for r in self.requirements if r.id == wanted), None)


NAMES: Mapping[str, Kind] = {
    "policy.number": Kind("text"),
    "policy.title": Kind("text"),
    "policy.citation": Kind("text"),
    "policy.status": Kind("text"),
    "policy.date": Kind("date"),
}


def values(policy: Policy) -> Mapping[str, language.Value]:
    """Return the values of the policy's names, which any field may use."""
    own = {name: getattr(policy, name.removeprefix("policy.")) for name in NAMES}
    return {**own, **{f"policy.{figure.id}": figure.value for figure in policy.figures}}


def names(policy: Policy | None) -> Mapping[str, Kind]:
    """Return the names that any field may use of a policy, its figures included; of none, those of every policy."""
    figures = policy.figures if policy is not None else ()
    kinds = {f"policy.{f.id}": Kind("date" if isinstance(f.value, dt.date) else "number") for f in figures}
    return {**NAMES, **kinds}


def load(path: Path, name: str) -> tuple[Policy, Mapping[str, Place]]:
    """Read policy.yaml; return the policy, and the place of each requirement. DraftingError with all problems."""
    node = yaml_tree.parse(disk.read_text(path, name), name)
    policy = fitting.fit(node, Policy)
    places = {r.id: yaml_tree.locate(node, ("requirements", i)) for i, r in enumerate(policy.requirements)}
    stop_at(_problems(policy, node))
    return policy, places


def _problems(policy: Policy, node: yaml_tree.Node) -> Iterator[Problem]:
    yield from _listed_twice("paragraph", [p.id for p in policy.paragraphs], node)
    yield from _listed_twice("requirement", [r.id for r in policy.requirements], node)
    texts = {paragraph.id: squeezed(paragraph.text) for paragraph in policy.paragraphs}
    for number, requirement in enumerate(policy.requirements):
        place = yaml_tree.locate(node, ("requirements", number))
        if requirement.paragraph not in texts:
            yield Problem("unknown-paragraph", place, f"the policy has no paragraph '{requirement.paragraph}'")
        elif squeezed(requirement.quote) not in texts[requirement.paragraph]:
            what = f"the quoted words of {requirement.id} are not in paragraph {requirement.paragraph}"
            yield Problem("misquoted-policy", place, what, "quote the policy word for word, mistakes included")
        asks_nothing, has = requirement.level == "info", (bool(requirement.home), bool(requirement.says))
        if any(has) if asks_nothing else not all(has):
            asked = "asks nothing, but has" if asks_nothing else "needs"
            what = f"{requirement.id} {asked} a home clause and what is said there (home, says)"
            yield Problem("bad-requirement", place, what)
        for said in requirement.says:
            if bool(said.sentence) == bool(said.rows):
                what = f"{requirement.id} has an entry under says that needs a sentence or rows, and not both"
                yield Problem("bad-requirement", place, what)
        if (requirement.level == "if") != bool(requirement.applies_when):
            condition = "has no" if requirement.level == "if" else "has an"
            what = f"{requirement.id} is '{requirement.level}', but {condition} applies_when"
            yield Problem("bad-requirement", place, what)
    yield from _misquoted(policy, texts, node)
    for number, anomaly in enumerate(policy.anomalies):
        for wanted in anomaly.paragraphs:
            if wanted not in texts:
                place = yaml_tree.locate(node, ("anomalies", number))
                yield Problem("unknown-paragraph", place, f"the policy has no paragraph '{wanted}'")


def _misquoted(policy: Policy, texts: Mapping[str, str], node: yaml_tree.Node) -> Iterator[Problem]:
    """Find a sentence that asks nothing, or the words of a figure, that the policy does not have."""
    quoted = {
        "asks_nothing": [(one.paragraph, one.sentence) for one in policy.asks_nothing],
        "figures": [(one.paragraph, one.quote) for one in policy.figures],
    }
    for key, those in quoted.items():
        for number, (paragraph, words) in enumerate(those):
            place = yaml_tree.locate(node, (key, number))
            if paragraph not in texts:
                yield Problem("unknown-paragraph", place, f"the policy has no paragraph '{paragraph}'")
            elif squeezed(words) not in texts[paragraph]:
                what = f"these words are not in paragraph {paragraph}: “{squeezed(words)}”"
                yield Problem("misquoted-policy", place, what, "quote the policy word for word, mistakes included")
    yield from _listed_twice("figure", [figure.id for figure in policy.figures], node)
    for number, figure in enumerate(policy.figures):
        if f"policy.{figure.id}" in NAMES:
            what = f"'policy.{figure.id}' is a name of every policy"
            yield Problem("duplicate-id", yaml_tree.locate(node, ("figures", number)), what, "give it another id")


def _listed_twice(what: str, ids: list[str], node: yaml_tree.Node) -> Iterator[Problem]:
    places: dict[str, Place] = {}
    for number, wanted in enumerate(ids):
        place = yaml_tree.locate(node, (f"{what}s", number))
        if wanted in places:
            yield Problem(
                "duplicate-id", place, f"{what} {wanted} is listed twice (first on line {places[wanted].line})"
            )
        places.setdefault(wanted, place)


def condition(requirement: Requirement, schema: Mapping[str, Kind]) -> Expression | None:
    """Return the condition under which a requirement applies, None when it always does.

    ExpressionError where the condition can't be read or doesn't fit the schema.
    """
    if not requirement.applies_when:
        return None
    return language.check(language.parse(requirement.applies_when), schema)[0]


def squeezed(text: str) -> str:
    """Return the text with every run of white space as one space, for comparing words."""
    return " ".join(text.split())
