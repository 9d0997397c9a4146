"""Reads memo.md, notice.md and letter.md of a library: the texts of papers, and what in them is computed.

One rule: what is read can be filled. Every name, reference and status in it is known, and all that is wrong is said at
once, by file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Annotated, get_args

from pydantic import Field

from drafter import language
from drafter.base import disk, fitting, front_matter, yaml_tree
from drafter.base.fitting import FromFile, Words
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.language import Expression, ExpressionError, Kind
from drafter.reading import library_checks, prose
from drafter.reading.attempts import FORM
from drafter.reading.forms import slicing
from drafter.reading.library import Library
from drafter.reading.memo.memo_text import MEMO, Cost, Entry, Paper, PaperText, asks_for
from drafter.reading.prose import Grid, Parts, Passage, Prose
from drafter.reading.prose.wordings import parts_of
from drafter.reading.sources.source import Status, squeezed
from drafter.values import dataclass

MARKED = re.compile(r"##\s+\S")  # the line with which a part starts

# -- the shape of the front matter --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rise(FromFile):
    percent: str
    when: Words = ""
    said: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cost(FromFile):
    label: str
    basis: str
    when: Words = ""
    factors: tuple[str, ...] = ()
    said: Words = ""
    rise: _Rise | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section(FromFile):
    clause: str
    text: str
    when: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anomaly(FromFile):
    id: str
    when: Words = ""
    text: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head(FromFile):
    """What every paper has at its head; one without a meeting has no need of its blank."""

    to: str
    sender: Annotated[str, Field(alias="from")]
    subject: str
    meeting: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _MemoHead(FromFile):
    to: str
    sender: Annotated[str, Field(alias="from")]
    subject: str
    meeting: str
    item: Words = ""
    presenter: Words = ""
    term: tuple[str, str]
    year_starts: Annotated[str, Field(pattern=r"^\d\d-\d\d$")]
    each_year: str
    partial: str
    statuses: dict[Status, Words]
    costs: tuple[_Cost, ...] = ()
    sections: tuple[_Section, ...] = ()
    anomalies: tuple[_Anomaly, ...] = ()


# -- reading ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """What the reading of one paper's file needs and finds; it lives for that reading only."""

    of: Paper
    name: str
    tree: yaml_tree.Mapping
    schema: Mapping[str, Kind]
    lines: list[Parts] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def place(self, *path: str | int) -> Place:
        return yaml_tree.locate(self.tree, path)

    def problem(self, code: str, place: Place, what: str, hint: str = "") -> None:
        self.problems.append(Problem(code, place, what, hint))

    def expression(self, text: str, *path: str | int) -> tuple[Expression, Kind] | None:
        if not text:
            return None
        try:
            return language.check(language.parse(text), self.schema)
        except ExpressionError as error:
            self.problem("bad-expression", self.place(*path), str(error), error.hint)
            return None

    def condition(self, text: str, *path: str | int) -> Expression | None:
        found = self.expression(text, *path)
        return found[0] if found else None

    def line(self, text: str, *path: str | int) -> Parts:
        parts, problems = prose.parse_line(text, self.name, self.place(*path).line, self.schema)
        self.problems.extend(problems)
        self.lines.append(parts)
        return parts


def load(library: Library, whole: Library | None = None, of: Paper = MEMO) -> PaperText:
    """Read the file of a paper in a library's folder. DraftingError with everything that is wrong in it.

    `whole` has the clauses and wordings of every form of the contract, which its conditions may name (without it,
    `library` has); what is never printed in the form of `library` is left out.
    """
    whole = whole or library
    path = f"{library.path}/{of.file}"
    written = disk.read_text(library.folder / of.file, path).split("\n")
    end = front_matter.end_of(written)
    if not end:
        what = f"the {of.name} starts with a front matter between two lines of '---'"
        raise DraftingError(Problem("bad-text", Place(path, 1), what, "see docs/memo.md"))
    tree = front_matter.read(written, end, path)
    schema = {**library.questionnaire.schema, **{phrase: kind for phrase, (_, kind) in library.phrases.items()}}
    of_forms = {FORM: Kind("choice", options={one.id: one.label for one in library.forms})} if library.forms else {}
    reading = _Reading(of, path, tree, {**schema, **of.names, **_wordings(whole), **of_forms})
    for taken in dict.fromkeys((*(name.partition(".")[0] for name in of.names), "wording")):
        if not language.is_free(taken, schema):
            what = f"a question is called '{taken}', or its id starts with '{taken}.'"
            reading.problem("duplicate-id", Place(path, 1), what, "give the question another id")
    reading.problems.extend(prose.unfilled(tree, ("to", "from", "subject", *_AGENDA, "label", "basis", "text")))
    parts = _parts(written, end + 1, reading)
    head: _MemoHead | _Head
    try:
        head = fitting.fit(tree, _MemoHead) if of is MEMO else fitting.fit(tree, _Head)
    except DraftingError as error:
        raise DraftingError(*reading.problems, *error.problems) from None
    made = _made(head, parts, reading, whole)
    if library.forms:
        made = slicing.paper_of(made, library, whole)
        reading.lines = [line for line, _ in made.lines()]
    dead = library_checks.dead_references(library, ((path, line) for line in reading.lines))
    stop_at((*reading.problems, *dead, *_defined_twice(reading, library)))
    return made


def _wordings(library: Library) -> dict[str, Kind]:
    clauses = library.clauses.values()
    return {asks_for(c.id): Kind("choice", options={a.id: a.id for a in c.alternatives}) for c in clauses}


def _defined_twice(reading: _Reading, library: Library) -> Iterator[Problem]:
    """Find a term that the memo defines though a clause defines it."""
    owners = {
        part.text: clause.id
        for clause in library.clauses.values()
        for alternative in clause.alternatives
        for parts in parts_of(alternative.text)
        for part in parts
        if isinstance(part, prose.Term)
    }
    for term in dict.fromkeys(p.text for line in reading.lines for p in line if isinstance(p, prose.Term)):
        if term in owners:
            what = f"“{term}” is defined here and in '{owners[term]}'"
            yield Problem("defined-twice", Place(reading.name, 1), what, "use the term without bold")


# -- the parts below the front matter -----------------------------------------------------------


def _parts(written: Sequence[str], start: int, reading: _Reading) -> dict[str, Prose]:
    """Read the texts below the front matter, each under a line '## NAME'."""
    heads = [i for i in range(start, len(written)) if MARKED.match(written[i])]
    before = next((i for i in range(start, heads[0] if heads else len(written)) if written[i].strip()), None)
    if before is not None:
        what = f"there is text before the first part of the {reading.of.name}"
        reading.problem("bad-text", Place(reading.name, before + 1), what, "put it below a '## ' line")
    found: dict[str, Prose] = {}
    first: dict[str, int] = {}
    for head, end in zip(heads, [*heads[1:], len(written)], strict=False):
        part, place = written[head].lstrip("#").strip(), Place(reading.name, head + 1)
        text, problems = prose.parse("\n".join(written[head + 1 : end]), reading.name, head + 2, reading.schema)
        reading.problems.extend(problems)
        reading.lines.extend(parts_of(text))
        if part in found:
            reading.problem("duplicate-id", place, f"'## {part}' is listed twice (first on line {first[part]})")
        elif part not in reading.of.parts:
            hint = f"the parts are {', '.join(reading.of.parts)}"
            reading.problem("unknown-key", place, f"the {reading.of.name} has no part '{part}'", hint)
        reading.problems.extend(_unfit(part, text, place, is_table=part in reading.of.tables))
        found[part] = text
        first.setdefault(part, head + 1)
    for part in reading.of.parts:
        if part not in found:
            place = Place(reading.name, len(written))
            reading.problem(
                "missing-wording", place, f"the {reading.of.name} has no part '## {part}'", "it may be empty"
            )
    return found


def _unfit(part: str, text: Prose, place: Place, *, is_table: bool) -> Iterator[Problem]:
    """Find what a part can't hold: it is paragraphs, or one table of two columns."""
    for block in text:
        here = replace(place, line=block.line)
        if is_table:
            if not isinstance(block, Grid) or len(block.header) != 2 or len(text) > 1:  # noqa: PLR2004
                yield Problem("bad-text", here, f"'## {part}' is one table of two columns", "see docs/memo.md")
        elif not isinstance(block, Passage) or block.style != "text":
            yield Problem("bad-text", here, f"'## {part}' is paragraphs, without lists and tables", "see docs/memo.md")
        if isinstance(block, Passage) and block.guard.label:
            yield Problem("bad-label", here, f"'{block.guard.label}' labels something without one number")


# -- the front matter ---------------------------------------------------------------------------


_AGENDA = ("item", "presenter")  # of the line on the agenda; a memo needs neither


def _made(head: _Head | _MemoHead, parts: Mapping[str, Prose], reading: _Reading, library: Library) -> PaperText:
    said = {"to": head.to, "from": head.sender, "subject": head.subject}
    if isinstance(head, _Head):
        return PaperText(reading.of, reading.name, _lines(said, reading), parts, head.meeting)
    dates = [found for i in (0, 1) if (found := _date(head.term[i], reading, "term", i))]
    return PaperText(
        of=reading.of,
        path=reading.name,
        head=_lines({**said, "item": head.item, "presenter": head.presenter}, reading),
        parts=parts,
        meeting=head.meeting,
        term=(dates[0], dates[-1]) if dates else (language.Name(""), language.Name("")),
        year_starts=_day(head.year_starts, reading),
        each_year=head.each_year,
        partial=head.partial,
        statuses=_statuses(head, reading),
        costs=tuple(_cost(cost, place, reading) for place, cost in enumerate(head.costs)),
        sections=tuple(_sections(head, reading, library)),
        anomalies=tuple(_anomalies(head, reading, library)),
    )


def _lines(said: Mapping[str, str], reading: _Reading) -> Mapping[str, Parts]:
    return {key: reading.line(text, key) if text else () for key, text in said.items()}


def _date(text: str, reading: _Reading, *path: str | int) -> Expression | None:
    found = reading.expression(text, *path)
    if found and found[1].name != "date":
        reading.problem("bad-expression", reading.place(*path), f"'{text}' is not a date")
    return found[0] if found else None


def _day(text: str, reading: _Reading) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2001-{text}")  # a year without February 29, which does not come each year
    except ValueError:
        what = f"'{text}' is not a day that every year has"
        reading.problem("bad-value", reading.place("year_starts"), what, "write month and day, such as 07-01")
        return 1, 1
    return day.month, day.day


def _statuses(head: _MemoHead, reading: _Reading) -> Mapping[str, str]:
    for status in get_args(Status):
        if status not in head.statuses:
            hint = "leave its words empty to leave it out of the table"
            reading.problem("missing-key", reading.place("statuses"), f"the status '{status}' has no words", hint)
    met = {words.strip().casefold() for status, words in head.statuses.items() if status in _MET and words}
    for status, words in head.statuses.items():
        if status not in _MET and words.strip().casefold() in met:
            what = f"the status '{status}' has the words of 'met', which a reader could not tell from it"
            reading.problem("bad-value", reading.place("statuses"), what, "give it words of its own")
    return {str(status): words for status, words in head.statuses.items()}


_MET = ("met", "met by a fallback")


def _cost(cost: _Cost, place: int, reading: _Reading) -> Cost:
    factors = []
    for number, text in enumerate(cost.factors):
        found = reading.expression(text, "costs", place, "factors", number)
        if found and found[1].name not in ("number", "money", "percent"):
            what = f"'{text}' is not a number, an amount or a percentage"
            reading.problem("bad-expression", reading.place("costs", place, "factors", number), what)
        factors += [found] if found else []
    rise = cost.rise or _Rise(percent="")
    percent = reading.expression(rise.percent, "costs", place, "rise", "percent")
    if percent and percent[1].name not in ("percent", "number"):
        what = f"'{rise.percent}' is not a percentage"
        reading.problem("bad-expression", reading.place("costs", place, "rise", "percent"), what)
    return Cost(
        label=reading.line(cost.label, "costs", place, "label"),
        basis=reading.line(cost.basis, "costs", place, "basis"),
        when=reading.condition(cost.when, "costs", place, "when"),
        factors=tuple(factors),
        said=cost.said,
        rise=percent[0] if percent else None,
        rises_when=reading.condition(rise.when, "costs", place, "rise", "when"),
        rises_said=rise.said,
        line=reading.place("costs", place).line,
    )


def _sections(head: _MemoHead, reading: _Reading, library: Library) -> Iterator[Entry]:
    for place, entry in enumerate(head.sections):
        if entry.clause not in library.clauses:
            what = f"there is no clause '{entry.clause}'"
            reading.problem("unknown-clause", reading.place("sections", place, "clause"), what)
        when = reading.condition(entry.when, "sections", place, "when")
        text = reading.line(entry.text, "sections", place, "text")
        yield Entry(entry.clause, when, text, reading.place("sections", place, "text").line)


def _anomalies(head: _MemoHead, reading: _Reading, library: Library) -> Iterator[Entry]:
    known = {anomaly.id: anomaly.text for anomaly in library.policy.anomalies}
    for place, entry in enumerate(head.anomalies):
        here = reading.place("anomalies", place, "id")
        if entry.id not in known:
            reading.problem("unknown-key", here, f"the policy has no anomaly '{entry.id}'")
        if entry.id in {other.id for other in head.anomalies[:place]}:
            reading.problem("duplicate-id", here, f"the anomaly '{entry.id}' is listed twice")
        own = reading.line(entry.text, "anomalies", place, "text") if entry.text else ()
        words = own or (prose.Words(squeezed(known.get(entry.id, ""))),)
        yield Entry(entry.id, reading.condition(entry.when, "anomalies", place, "when"), words, here.line)
