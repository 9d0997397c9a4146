"""The library as a value: policy, questionnaire, outline, and clauses with their alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Literal

from drafter import language
from drafter.base import english, spelling
from drafter.base.fitting import FromFile, Words
from drafter.base.problems import DraftingError, Place, Problem
from drafter.language import Expression, Kind
from drafter.reading import prose
from drafter.reading.memo import memo_text
from drafter.reading.memo.memo_text import PaperText
from drafter.reading.prose import Parts, Prose, Title
from drafter.reading.questionnaire import Questionnaire
from drafter.reading.reviewing import marks
from drafter.reading.reviewing.marks import Reviewed
from drafter.reading.sources.source import Requirement, Source, source_paths
from drafter.values import dataclass

Position = Literal["preferred", "acceptable", "fallback"]
RANK: Mapping[str, int] = {"preferred": 0, "acceptable": 1, "fallback": 2, "non-standard": 3}  # best first
OWN = "own-wording"  # the alternative that a matter's own wording makes; chosen by this name in the answers file


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(FromFile):
    """A statute, rule or policy that clauses rest on; `verify` when an attorney must read it first."""

    id: str
    citation: str
    title: Words = ""
    cited_for: Words = ""
    confidence: Literal["A", "B", "C"]
    verify: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(FromFile):
    """A sentence that makes an exception, gives leave or puts something first: why it may stand.

    `limits` are the requirements that it narrows, of which the compliance matrix says so.
    """

    sentence: str
    because: str
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """One wording of a clause. `when` is the condition under which the answers select it (None: always).

    `says` has each requirement that a matter's own wording meets in words of its own, with those sentences;
    `exceptions` and `adds` are what it declares. `forms` are the forms that it belongs to (none: to all), `for_` the
    alternatives of another form that it takes the place of.
    """

    id: str
    label: str
    position: Position | Literal["non-standard"]
    when: Expression | None
    satisfies: tuple[str, ...]
    concedes: str
    guidance: str
    approval: str
    text: Prose
    place: Place
    says: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exceptions: tuple[Declared, ...] = ()
    adds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    for_: tuple[str, ...] = ()

    @property
    def is_own(self) -> bool:
        """Say whether it is a matter's own wording."""
        return self.position == "non-standard"


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision with its alternatives, best position first. The clause is left out where `when` is false.

    `exceptions` are the sentences of its alternatives that are declared with a reason, `adds` those that are declared
    to take nothing back. `left_out` says what a form without the clause concedes; `elsewhere` are the alternatives that
    other forms have and this one doesn't, each with those forms. `unfit` are a matter's own wordings that another form
    may be able to use and this one can't, each with what is wrong with it here.
    """

    id: str
    title: Title
    authority: tuple[str, ...]
    when: Expression | None
    alternatives: tuple[Alternative, ...]
    file: str
    place: Place
    exceptions: tuple[Declared, ...] = ()
    adds: tuple[str, ...] = ()
    left_out: str = ""
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unfit: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    def alternative(self, wanted: str) -> Alternative | None:
        """Return the alternative of this id, or None."""
        return next((a for a in self.alternatives if a.id == wanted), None)


@dataclass(frozen=True, slots=True)
class Absent:
    """A clause that only other forms have: those forms, what it is called, and what leaving it out concedes."""

    forms: tuple[str, ...]
    title: str
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """Clauses of an article or exhibit that are under one heading, in order."""

    title: Title
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An article or exhibit of the outline: its id, title, and clause ids in order; some may be under one heading.

    `revisable` says by whom an exhibit may be changed without an amendment; empty where by nobody.
    """

    id: str
    title: Title
    clauses: tuple[str, ...]
    together: tuple[Together, ...] = ()
    revisable: str = ""

    @property
    def titles(self) -> tuple[Title, ...]:
        """Return its title, and those of clauses under one heading."""
        return (self.title, *(one.title for one in self.together))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of the contract that a matter may choose, by its id and label. A library without forms has one of no name.

    `cover` and `contents` are whether it has a cover and a table of contents.
    """

    id: str = ""
    label: str = ""
    cover: bool = True
    contents: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature block of the outline: `signers` repeats name and title for each record; None is one signer."""

    party: Parts
    note: Parts
    signers: prose.Each | None
    name: Parts
    title: Parts


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that a draft in one form is made from, and what a person recorded of it.

    Its outline, clauses, alternatives and questions are those of `form`; `forms` are all that there are, none where the
    library knows of no forms, and `unsaid` is the one that is meant by a matter that says none. `elsewhere` are the
    clauses that only other forms have.

    `conditions` has the condition of each requirement that has one; `reviewed` the marks of reviewed.yaml,
    `own_reviewed` those of a matter, `memo` what memo.md says, None where there is no such file, and `papers` what the
    files of other papers say, by their names; `fingerprint` is the SHA-256 of the texts that contracts are made from;
    `path` is what messages call the folder, `folder` where it is. The first of `sources` is the policy that the
    contract is made under.
    """

    sources: tuple[Source, ...]
    questionnaire: Questionnaire
    title: Title
    caption: tuple[Parts, ...]
    phrases: Mapping[str, tuple[Expression, Kind]]
    opening: tuple[str, ...]
    recitals: tuple[str, ...]
    agreement: tuple[str, ...]
    articles: tuple[Group, ...]
    exhibits: tuple[Group, ...]
    signatures: tuple[Signature, ...]
    clauses: Mapping[str, Clause]
    authorities: Mapping[str, Authority]
    conditions: Mapping[str, Expression]
    reviewed: Reviewed
    own_reviewed: Reviewed
    memo: PaperText | None
    fingerprint: str
    path: str
    folder: Path
    form: Form = Form()
    forms: tuple[Form, ...] = ()
    unsaid: str = ""
    elsewhere: Mapping[str, Absent] = field(default_factory=dict)
    papers: Mapping[str, PaperText] = field(default_factory=dict)

    @property
    def paper_texts(self) -> tuple[PaperText, ...]:
        """Return the texts of every paper that the library has, the memo's first."""
        return (*([] if self.memo is None else [self.memo]), *self.papers.values())

    @property
    def policy(self) -> Source:
        """Return the policy that the contract is made under."""
        return self.sources[0]

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """Return the requirements of all sources, in their order."""
        return tuple(requirement for source in self.sources for requirement in source.requirements)

    def requirement(self, wanted: str) -> Requirement | None:
        """Return the requirement with this id, or None."""
        return next((r for r in self.requirements if r.id == wanted), None)

    def source_of(self, requirement: str) -> Source:
        """Return the source that a requirement, by its id, is taken from; the policy where there is no such id."""
        return next((s for s in self.sources if s.requirement(requirement) is not None), self.policy)

    def cited(self, requirements: Iterable[str], between: str = " ") -> str:
        """Return some requirements, by their ids, after the citation of the source of each: "Policy 7 II, III"."""
        of: dict[str, list[str]] = {}
        for wanted in requirements:
            source, requirement = self.source_of(wanted), self.requirement(wanted)
            mark = between if source is self.policy else ", "
            of.setdefault(f"{source.citation}{mark}", []).append(requirement.shown if requirement else wanted)
        return "; ".join(f"{citation}{', '.join(names)}" for citation, names in of.items())

    def place_of(self, requirement: str) -> Place:
        """Return the file of the source that a requirement, by its id, is taken from."""
        return Place(f"{self.path}/{self.source_of(requirement).file}")

    def named(self, title: Title) -> str:
        """Return a title as it is called where no answers are known: each field as the blank that it would print."""
        if isinstance(title, str):
            return title
        return "".join(p.text if isinstance(p, prose.Words) else self._blank(p) for p in title)

    def _blank(self, part: prose.Part) -> str:
        asked = self.questionnaire.questions
        used = sorted(language.names(part.expression)) if isinstance(part, prose.Field) else []
        return f"[{', '.join(asked[name].label if name in asked else name for name in used)}]"

    def order(self) -> tuple[str, ...]:
        """Return every clause id in the order of the outline."""
        groups = (*self.articles, *self.exhibits)
        return (
            *self.opening,
            *self.recitals,
            *self.agreement,
            *(clause for group in groups for clause in group.clauses),
        )

    def clause(self, wanted: str) -> Clause:
        """Return the clause with an id. DraftingError, with a suggestion, where there isn't one."""
        if wanted in self.clauses:
            return self.clauses[wanted]
        raise DraftingError(unknown_clause(self, wanted))


def direction(before: Alternative | None, after: Alternative | None) -> Literal["concedes", "wins back", ""]:
    """Say whether a change of wording gives something away or wins it back; nothing where neither position is better.

    A clause that was not in the contract is measured against the best position; one that is left out is not measured.
    """
    if after is None:
        return ""
    old, new = (RANK[one.position] if one else 0 for one in (before, after))
    return "concedes" if new > old else "wins back" if new < old else ""


def gives(before: Alternative | None, after: Alternative | None) -> tuple[tuple[str, str], ...]:
    """Return what a change of wording concedes or wins back, and what it still concedes, as (heading, words) pairs."""
    match direction(before, after):
        case "concedes":
            return (("Concedes", after.concedes if after else ""),)
        case "wins back":
            return (
                ("No longer given up", before.concedes if before else ""),
                ("Still concedes", after.concedes if after else ""),
            )
        case _:
            return ()


def files(root: Path) -> Iterator[Path]:
    """Yield the files that a contract is made from, those of the clauses in the order of their names."""
    yield from source_paths(root)
    yield from (root / name for name in ("questionnaire.yaml", "authorities.yaml", "agreement.yaml"))
    yield from sorted((root / "clauses").rglob("*.md"), key=Path.as_posix)


def texts(root: Path) -> Iterator[Path]:
    """Yield all the files that a library is read from: those of `files`, the review marks, the papers'."""
    yield from files(root)
    named = (marks.FILE, *(paper.file for paper in memo_text.PAPERS))
    yield from (path for name in named if (path := root / name).exists())


def unknown_clause(library: Library, wanted: str, place: Place | None = None) -> Problem:
    """Return the problem that a library has no clause of a name, or that only another form of it has it."""
    if absent := library.elsewhere.get(wanted):
        return other_form(f"the clause '{wanted}'", absent.forms, place or Place(library.path))
    what = f"there is no clause '{wanted}'"
    return Problem("unknown-clause", place or Place(library.path), what, meant(wanted, library.clauses))


def other_form(what: str, forms: Iterable[str], place: Place) -> Problem:
    """Return the problem that something belongs to other forms of the contract than the one that is drafted."""
    named = [f"'{form}'" for form in forms]
    noun = "form" if len(named) == 1 else "forms"
    what = f"{what} belongs to the {noun} {english.listing(named)}"
    return Problem(
        "other-form",
        place,
        what,
        "choose something that the matter's own form has; 'drafter convert' changes a matter's form",
    )


def unknown_alternative(clause: Clause, wanted: str, place: Place | None = None) -> Problem:
    """Return the problem that a clause has no alternative of a name, at the clause where no other place is given.

    Of a matter's own wording that this form of the contract can't use, it is the first thing that is wrong with it.
    """
    if wanted in clause.unfit:
        return clause.unfit[wanted][0]
    if forms := clause.elsewhere.get(wanted):
        return other_form(f"the alternative '{wanted}' of '{clause.id}'", forms, place or clause.place)
    what = f"'{clause.id}' has no alternative '{wanted}'"
    known = [alternative.id for alternative in clause.alternatives]
    hint = f"{spelling.meant(wanted, known)} it has {', '.join(known)}".strip()
    return Problem("unknown-alternative", place or clause.place, what, hint)


def meant(word: str, known: Mapping[str, object]) -> str:
    """Return a hint for a name that is not known: the nearest one, or how to list them."""
    return spelling.meant(word, known, "'drafter clauses' lists them")


def typed_reference(words: str, place: Place, level: Literal["problem", "reminder"] = "problem") -> Problem:
    """Return the problem that a text has a reference to a place in the contract that is typed."""
    what = f"“{words}” is typed, so it stays as it is when the numbers of the contract change"
    return Problem(
        "typed-reference", place, what, "refer to [[clause]], [[article:id]] or [[exhibit:id]] instead", level
    )
