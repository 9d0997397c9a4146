"""The memo that a board gets before it votes: memo.md of the library, a draft and what changed in it, to a Memo.

One rule: every word of it is the library's, the policy's, the contract's, or an answer. What the negotiator knows and
the public does not (guidance, positions, labels, reasons, wordings not selected) is never looked at here.
The texts of memo.md are filled as a clause is, beside the contract, so that a reference prints its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path
from typing import Annotated, get_args

from pydantic import Field

from drafter import language
from drafter.base import disk, english, fitting, front_matter, yaml_tree
from drafter.base.fitting import FromFile, Words
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.comparing import lines, marked
from drafter.comparing.marked import MarkedBlock, MarkedGroup, MarkedSection, Redline
from drafter.contract import (
    Answer,
    Article,
    Blank,
    Block,
    Contract,
    Paragraph,
    Reference,
    Runs,
    Section,
    Table,
    Text,
    blanks,
    block_runs,
    joined,
    sections,
    words,
)
from drafter.drafting import assembly, compliance
from drafter.drafting.compliance import UNMET, Coverage, Covered
from drafter.drafting.selection import Choice, Selection
from drafter.language import Expression, ExpressionError, Kind, Missing, Value
from drafter.papers import remarks
from drafter.reading import prose
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.library_checks import CHECKS
from drafter.reading.policy import squeezed
from drafter.reading.prose import Prose

FILE = "memo.md"
PARAGRAPHS = ("request", "motion", "cost", "changes", "concessions", "compliance", "policy", "blanks")
TABLES = ("facts", "dates")  # of two columns, whose header is not printed
MOST_YEARS = 20  # of a longer term no years are told one by one
MOST_QUOTES = 3  # requirements of one section that are quoted; others are named
MANY = 25  # sections that changed; of more than these each is told in one short line
DIGITS = 10_000  # more than any product of answers has, so that nothing is rounded before the end

# What the texts of the memo may use beside the questions, the policy's names and the outline's phrases.
NAMES: Mapping[str, Kind] = {
    "memo.meeting": Kind("date"),
    "memo.base": Kind("text"),  # the version that the board last saw
    "memo.compared": Kind("yes-no"),  # whether there is one
    "memo.changed": Kind("number"),  # sections that changed since
    "memo.conceded": Kind("number"),  # sections that concede something
    "memo.requirements": Kind("number"),  # of the policy, those apart that ask for no words
    "memo.applying": Kind("number"),
    "memo.met": Kind("number"),
    "memo.judged": Kind("number"),  # those that a reader must judge
    "memo.unmet": Kind("number"),
    "memo.blanks": Kind("number"),
    "memo.final": Kind("yes-no"),
    "memo.total": Kind("money"),
    "memo.years": Kind("number"),
    "memo.priced": Kind("yes-no"),  # whether anything with a price is in the contract
    "memo.unpriced": Kind("yes-no"),  # whether an answer is missing for a price
    "memo.partial": Kind("yes-no"),  # whether a year is only partly within the term
}

# -- the text -----------------------------------------------------------------------------------


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
class _Told(FromFile):
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
    to: str
    sender: Annotated[str, Field(alias="from")]
    subject: str
    meeting: str
    term: tuple[str, str]
    year_starts: Annotated[str, Field(pattern=r"^\d\d-\d\d$")]
    each_year: str
    partial: str
    statuses: dict[compliance.Status, Words]
    costs: tuple[_Cost, ...] = ()
    sections: tuple[_Told, ...] = ()
    anomalies: tuple[_Anomaly, ...] = ()


@dataclass(frozen=True, slots=True)
class Priced:
    """One cost: when it is owed, what is multiplied, how it rises, and what is said before its amount."""

    when: Expression | None
    factors: tuple[tuple[Expression, Kind], ...]
    said: str
    rise: Expression | None
    rises_when: Expression | None
    rises_said: str


@dataclass(frozen=True, slots=True)
class MemoText:
    """memo.md as it was read: its texts by name, and what is computed from the answers."""

    library: Library
    texts: Mapping[str, Prose]
    meeting: str
    term: tuple[Expression, Expression]
    year_starts: tuple[int, int]
    each_year: str
    partial: str
    statuses: Mapping[str, str]
    costs: tuple[Priced, ...]
    sections: tuple[tuple[str, Expression | None], ...]
    anomalies: tuple[tuple[str, Expression | None], ...]


# -- the memo -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deviation:
    """A requirement that the contract does not meet, in the policy's words, and the sections that would have to.

    Of each section: its place, what it says now, and what it gives up.
    """

    requirement: str
    words: str
    sections: tuple[tuple[str, Runs, str], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """What one year costs, and how it is computed."""

    name: Runs
    formula: Runs
    amount: Runs


@dataclass(frozen=True, slots=True)
class Change:
    """A section that changed: what it says now, in the library's words where there are some, and how it changed.

    The number of one that is left out stands in parentheses.
    """

    clause: str
    number: str
    heading: str
    now: Runs
    words: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """An article or exhibit and its sections that changed."""

    title: str
    lines: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Concession:
    """What a section concedes, and what the policy asks of it."""

    place: str
    words: str
    asked: tuple[str, ...]


Paragraphs = tuple[Runs, ...]
Rows = tuple[tuple[Runs, Runs], ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """All that the memo says, in the order in which it is printed."""

    title: str
    to: Runs
    sender: Runs
    meeting: Runs
    subject: Runs
    deviations: tuple[Deviation, ...]
    request: Paragraphs
    motion: Paragraphs
    facts: Rows
    years: tuple[Year, ...]
    total: Runs
    bases: Rows
    cost: Paragraphs
    changes_told: Paragraphs
    changes: tuple[Changes, ...]
    concessions_told: Paragraphs
    concessions: tuple[Concession, ...]
    compliance: Paragraphs
    statuses: tuple[tuple[str, str, str], ...]
    policy: Paragraphs
    anomalies: Rows
    blanks_told: Paragraphs
    blanks: tuple[tuple[str, str], ...]
    dates: Rows


# -- reading ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """What the reading of one memo.md finds."""

    name: str
    tree: yaml_tree.Mapping
    schema: Mapping[str, Kind]
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

    def line(self, text: str, *path: str | int) -> Prose:
        place = self.place(*path)
        parts, problems = prose.parse_line(text, self.name, place.line, self.schema)
        self.problems.extend(problems)
        return (prose.Passage(parts, "text", prose.Guard(), place.line),)


def load(root: Path, name: str, library: Library) -> MemoText:
    """Read memo.md in a library's folder, which messages call `name`. DraftingError with all its problems."""
    path = f"{name}/{FILE}"
    written = disk.read_text(root / FILE, path).split("\n")
    end = front_matter.end_of(written)
    if not end:
        what = "the memo starts with a front matter between two lines of '---'"
        raise DraftingError(Problem("bad-text", Place(path, 1), what, "see docs/memo.md"))
    tree = front_matter.read(written, end, path)
    schema = {**library.questionnaire.schema, **{phrase: kind for phrase, (_, kind) in library.phrases.items()}}
    reading = _Reading(path, tree, {**schema, **NAMES, **_wordings(library)})
    for taken in ("memo", "wording"):
        if not language.is_free(taken, schema):
            what = f"a question is called '{taken}', or its id starts with '{taken}.'"
            reading.problem("duplicate-id", Place(path, 1), what, "give the question another id")
    texts = _parts(written, end + 1, reading)
    try:
        head = fitting.fit(tree, _Head)
    except DraftingError as error:
        raise DraftingError(*reading.problems, *error.problems) from None
    texts |= _texts(head, reading, library)
    term = tuple(found for i in (0, 1) if (found := _date(head.term[i], reading, "term", i)))
    made = MemoText(
        library=_with_texts(library, texts, path),
        texts=texts,
        meeting=head.meeting,
        term=(term[0], term[-1]) if term else (language.Name(""), language.Name("")),
        year_starts=_day(head.year_starts, reading),
        each_year=head.each_year,
        partial=head.partial,
        statuses=_statuses(head, reading),
        costs=tuple(_priced(cost, place, reading) for place, cost in enumerate(head.costs)),
        sections=_sections(head, reading, library),
        anomalies=_anomalies(head, reading, library),
    )
    checked = (p for check in CHECKS for p in check(made.library, Place(path)) if p.place.path == path)
    stop_at((*reading.problems, *checked))
    return made


def _wordings(of: Library) -> dict[str, Kind]:
    """Return the name under which a text asks which wording of a clause is in the contract: `wording.<clause>`."""
    return {_asks(c): Kind("choice", options={a.id: a.id for a in c.alternatives}) for c in of.clauses.values()}


def _asks(clause: Clause) -> str:
    return f"wording.{clause.id.replace('-', '_')}"


def _parts(written: list[str], start: int, reading: _Reading) -> dict[str, Prose]:
    """Read the texts below the front matter, each under a line '## NAME'."""
    heads = [i for i in range(start, len(written)) if re.match(r"##\s+\S", written[i])]
    before = next((i for i in range(start, heads[0] if heads else len(written)) if written[i].strip()), None)
    if before is not None:
        what = "text stands outside any part of the memo"
        reading.problem("bad-text", Place(reading.name, before + 1), what, "put it below a '## ' line")
    found: dict[str, Prose] = {}
    for head, end in zip(heads, [*heads[1:], len(written)], strict=False):
        part, place = written[head].lstrip("#").strip(), Place(reading.name, head + 1)
        text, problems = prose.parse("\n".join(written[head + 1 : end]), reading.name, head + 2, reading.schema)
        reading.problems.extend(problems)
        if part in found:
            reading.problem("duplicate-id", place, f"'## {part}' stands here twice")
        elif part not in (*PARAGRAPHS, *TABLES):
            hint = f"the parts are {', '.join((*PARAGRAPHS, *TABLES))}"
            reading.problem("unknown-key", place, f"the memo has no part '{part}'", hint)
        reading.problems.extend(_unfit(part, text, place))
        found[part] = text
    for part in (*PARAGRAPHS, *TABLES):
        if part not in found:
            place = Place(reading.name, len(written))
            reading.problem("missing-wording", place, f"the memo has no part '## {part}'", "it may be empty")
    return {part: text for part, text in found.items() if part in (*PARAGRAPHS, *TABLES)}


def _unfit(part: str, text: Prose, place: Place) -> Iterator[Problem]:
    """Find what a part can't hold: it is paragraphs, or one table of two columns."""
    for block in text:
        here = replace(place, line=block.line)
        if part in TABLES:
            if not isinstance(block, prose.Grid) or len(block.header) != 2 or len(text) > 1:  # noqa: PLR2004
                yield Problem("bad-text", here, f"'## {part}' is one table of two columns", "see docs/memo.md")
        elif not isinstance(block, prose.Passage) or block.style != "text":
            yield Problem("bad-text", here, f"'## {part}' is paragraphs, without lists and tables", "see docs/memo.md")


def _texts(head: _Head, reading: _Reading, of: Library) -> dict[str, Prose]:
    """Read the texts of the front matter, by name."""
    found = {
        "to": reading.line(head.to, "to"),
        "from": reading.line(head.sender, "from"),
        "subject": reading.line(head.subject, "subject"),
    }
    for place, cost in enumerate(head.costs):
        for key in ("label", "basis"):
            found[f"cost {place} {key}"] = reading.line(getattr(cost, key), "costs", place, key)
    for place, told in enumerate(head.sections):
        found[f"section {place}"] = reading.line(told.text, "sections", place, "text")
    words_of = {anomaly.id: anomaly.text for anomaly in of.policy.anomalies}
    for place, entry in enumerate(head.anomalies):
        own = reading.line(entry.text, "anomalies", place, "text") if entry.text else ()
        plain = (prose.Passage((prose.Words(squeezed(words_of.get(entry.id, ""))),), "text", prose.Guard(), 0),)
        found[f"anomaly {entry.id}"] = own or plain
    return found


def _date(text: str, reading: _Reading, *path: str | int) -> Expression | None:
    found = reading.expression(text, *path)
    if found and found[1].name != "date":
        reading.problem("bad-expression", reading.place(*path), f"'{text}' is not a date")
    return found[0] if found else None


def _day(text: str, reading: _Reading) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2001-{text}")  # a year without February 29, which does not come each year
    except ValueError:
        reading.problem("bad-value", reading.place("year_starts"), f"'{text}' is not a day of each year", "as 07-01")
        return 1, 1
    return day.month, day.day


def _statuses(head: _Head, reading: _Reading) -> Mapping[str, str]:
    for status in get_args(compliance.Status):
        if status not in head.statuses:
            hint = "leave its words empty where it is not to be listed"
            reading.problem("missing-key", reading.place("statuses"), f"the status '{status}' has no words", hint)
    return {str(status): told for status, told in head.statuses.items()}


def _priced(cost: _Cost, place: int, reading: _Reading) -> Priced:
    factors = []
    for number, text in enumerate(cost.factors):
        found = reading.expression(text, "costs", place, "factors", number)
        if found and found[1].name not in ("number", "money", "percent"):
            what = f"'{text}' is not a number, an amount or a percentage"
            reading.problem("bad-expression", reading.place("costs", place, "factors", number), what)
        factors += [found] if found else []
    rise = reading.expression(cost.rise.percent, "costs", place, "rise", "percent") if cost.rise else None
    if rise and rise[1].name not in ("percent", "number"):
        what = f"'{cost.rise.percent if cost.rise else ''}' is not a percentage"
        reading.problem("bad-expression", reading.place("costs", place, "rise", "percent"), what)
    return Priced(
        when=reading.condition(cost.when, "costs", place, "when"),
        factors=tuple(factors),
        said=cost.said,
        rise=rise[0] if rise else None,
        rises_when=reading.condition(cost.rise.when, "costs", place, "rise", "when") if cost.rise else None,
        rises_said=cost.rise.said if cost.rise else "",
    )


def _sections(head: _Head, reading: _Reading, of: Library) -> tuple[tuple[str, Expression | None], ...]:
    for place, entry in enumerate(head.sections):
        if entry.clause not in of.clauses:
            what = f"there is no clause '{entry.clause}'"
            reading.problem("unknown-clause", reading.place("sections", place, "clause"), what)
    return tuple(
        (entry.clause, reading.condition(entry.when, "sections", place, "when"))
        for place, entry in enumerate(head.sections)
    )


def _anomalies(head: _Head, reading: _Reading, of: Library) -> tuple[tuple[str, Expression | None], ...]:
    known = {anomaly.id for anomaly in of.policy.anomalies}
    for place, entry in enumerate(head.anomalies):
        if entry.id not in known:
            what = f"the policy has no anomaly '{entry.id}'"
            reading.problem("unknown-key", reading.place("anomalies", place, "id"), what)
        if entry.id in {other.id for other in head.anomalies[:place]}:
            what = f"the anomaly '{entry.id}' stands here twice"
            reading.problem("duplicate-id", reading.place("anomalies", place, "id"), what)
    return tuple(
        (entry.id, reading.condition(entry.when, "anomalies", place, "when"))
        for place, entry in enumerate(head.anomalies)
    )


# -- the texts, filled as clauses are -----------------------------------------------------------


def _named(text: str) -> str:
    return f"memo {text}"  # no clause has a space in its id


def _with_texts(of: Library, texts: Mapping[str, Prose], path: str) -> Library:
    """Return the library with each text as a clause before all others, so that it is checked and filled as one."""
    made = {_named(name): _clause(_named(name), text, Place(path, 1)) for name, text in texts.items()}
    return replace(of, clauses={**of.clauses, **made}, opening=(*of.opening, *made))


def _clause(name: str, text: Prose, place: Place) -> Clause:
    only = Alternative("standard", name, "preferred", None, (), "", "", "", text, place)
    return Clause(name, "", (), None, (only,), FILE, place)


_Filled = Mapping[str, tuple[Block, ...]]


def _filled(text: MemoText, selection: Selection, values: Mapping[str, Value]) -> _Filled:
    """Return the blocks of each text. DraftingError where one refers to what is not in the contract."""
    own = {name: text.library.clauses[name] for name in map(_named, text.texts)}
    choices = {name: Choice(clause, clause.alternatives[0], "answers") for name, clause in own.items()}
    of = replace(
        selection.library,
        clauses={**selection.library.clauses, **own},
        opening=(*selection.library.opening, *own),
    )
    filled = assembly.assemble(Selection(of, {**selection.choices, **choices}, selection.dropped, values))
    found = {section.id: section.blocks for section in filled.opening}
    return {name: found[_named(name)] for name in text.texts}


def _paragraphs(blocks: Iterable[Block]) -> Paragraphs:
    return tuple(block.runs for block in blocks if isinstance(block, Paragraph) and block.runs)


def _rows(blocks: Iterable[Block]) -> Rows:
    return tuple((row[0], row[1]) for block in blocks if isinstance(block, Table) for row in block.rows)


def _one(blocks: Iterable[Block]) -> Runs:
    return next(iter(_paragraphs(blocks)), ())


# -- making -------------------------------------------------------------------------------------


def make(  # noqa: PLR0913, PLR0917  # what a board is told of
    text: MemoText, selection: Selection, contract: Contract, coverage: Coverage, compared: Redline | None,
    base_told: str, meeting: date | None,
) -> Memo:  # fmt: skip
    """Make the memo on a contract, as it was assembled from a selection.

    `compared` is its redline against the version that the board last saw, which `base_told` names; None where there
    is none. DraftingError where a text of the memo refers to what is not in the contract.
    """
    changes = tuple(_changes(compared)) if compared else ()
    concessions = tuple(_concessions(selection, contract))
    cost = _costs(text, selection.values)
    chosen = {c.clause.id: c.alternative.id for c in selection.choices.values()}
    day: Value = meeting or Missing(text.meeting, "memo.meeting")
    values: dict[str, Value] = {
        "memo.meeting": day,
        "memo.base": base_told,
        "memo.compared": compared is not None,
        "memo.changed": sum(len(group.lines) for group in changes),
        "memo.conceded": len(concessions),
        **_counted(coverage),
        "memo.blanks": len(blanks(contract)),
        "memo.final": contract.status == "final",
        **cost.values,
        **{_asks(c): chosen.get(c.id) or Missing(c.title, _asks(c)) for c in selection.library.clauses.values()},
    }
    scope = {**selection.values, **values}
    filled = _filled(text, selection, scope)
    now = _now(text, scope, filled)
    return Memo(
        title=contract.title,
        to=_one(filled["to"]),
        sender=_one(filled["from"]),
        meeting=_shown(day, "date"),
        subject=_one(filled["subject"]),
        deviations=tuple(_deviation(row, selection, contract, now) for row in coverage.unmet),
        request=_paragraphs(filled["request"]),
        motion=_paragraphs(filled["motion"]),
        facts=_rows(filled["facts"]),
        years=tuple(cost.rows(text, filled)),
        total=cost.total,
        bases=tuple((_one(filled[f"cost {k} label"]), _one(filled[f"cost {k} basis"])) for k in cost.owed),
        cost=_paragraphs(filled["cost"]),
        changes_told=_paragraphs(filled["changes"]),
        changes=tuple(_told(changes, now)),
        concessions_told=_paragraphs(filled["concessions"]),
        concessions=concessions,
        compliance=_paragraphs(filled["compliance"]),
        statuses=tuple(_by_status(text.statuses, coverage)),
        policy=_paragraphs(filled["policy"]),
        anomalies=tuple(_told_anomalies(text, selection, scope, filled)),
        blanks_told=_paragraphs(filled["blanks"]),
        blanks=tuple(_blanks(contract)),
        dates=_dates(_rows(filled["dates"]), meeting),
    )


def _shown(value: Value, kind: str, question: str = "") -> Runs:
    """Return what a value prints; a missing one is a blank."""
    pieces = language.show(value, Kind(kind))
    return joined(Blank(p.label, p.question) if isinstance(p, Missing) else Answer(p, question) for p in pieces)


def _text(told: str) -> Runs:
    return joined([Text(told)])


# -- what it costs ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Costs:
    """The years of the term and what each costs: for each year the formulas by cost, and the amount."""

    owed: tuple[int, ...]
    years: tuple[tuple[str, tuple[tuple[int, Runs], ...], Runs], ...]
    total: Runs
    values: Mapping[str, Value]

    def rows(self, text: MemoText, filled: _Filled) -> Iterator[Year]:
        """Give the years with the label of each cost before its formula."""
        for name, formulas, amount in self.years:
            told: list[Runs] = []
            for place, formula in formulas:
                told += [_text("; ")] if told else []
                told += [_one(filled[f"cost {place} label"]), _text(": "), formula]
            yield Year(_text(name or text.each_year), joined(run for runs in told for run in runs), amount)


def _costs(text: MemoText, values: Mapping[str, Value]) -> _Costs:
    owed = tuple(k for k, c in enumerate(text.costs) if c.when is None or language.holds(c.when, values))
    priced = [k for k in owed if text.costs[k].factors]
    term = tuple(language.evaluate(expression, values) for expression in text.term)
    spans = _years(term, text.year_starts)
    years: list[tuple[str, tuple[tuple[int, Runs], ...], Runs]] = []
    total = Decimal(0)
    missing = {m.question: m for m in term if isinstance(m, Missing)}
    said = ""
    for number, (name, whole) in enumerate(spans or [("", True)]):
        parts = [_priced_year(text.costs[k], number, values) for k in priced]
        unknown = {m.question: m for part in parts for m in part.missing}
        amount = _sum(part.amount for part in parts)
        word = next(filter(None, (part.said for part in parts)), "" if whole else text.partial)
        years.append(
            (name, tuple(zip(priced, (p.formula for p in parts), strict=True)), _amount(amount, word, unknown))
        )
        total, missing, said = _sum((total, amount)), missing | unknown, said or word
    known = bool(spans) and not missing
    first = next(iter(missing.values()), None)
    unsaid: Value = first or Missing(text.each_year, "memo.total")
    return _Costs(
        owed=owed,
        years=tuple(years) if priced else (),
        total=_amount(total, said, missing) if priced and (spans or missing) else (),
        values={
            "memo.total": unsaid if priced and not known else total,
            "memo.years": len(spans),
            "memo.priced": bool(priced),
            "memo.unpriced": bool(priced and missing),
            "memo.partial": bool(priced) and not all(whole for _, whole in spans),
        },
    )


def _years(term: Sequence[Value], starts: tuple[int, int]) -> list[tuple[str, bool]]:
    """Name each year that a term touches, and say whether it is wholly within; none where it can't be told."""
    first, last = term
    if not isinstance(first, date) or not isinstance(last, date) or last < first:
        return []
    start = first.year - (first < date(first.year, *starts))
    end = last.year - (last < date(last.year, *starts))
    if end - start >= MOST_YEARS:
        return []
    return [
        (
            str(year) if starts == (1, 1) else f"{year}-{(year + 1) % 100:02}",
            first <= date(year, *starts) and last >= date(year + 1, *starts) - timedelta(days=1),
        )
        for year in range(start, end + 1)
    ]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one cost comes to in one year."""

    amount: Decimal
    formula: Runs
    said: str
    missing: tuple[Missing, ...]


def _priced_year(cost: Priced, number: int, values: Mapping[str, Value]) -> _Part:
    """Compute a cost in the year of a number, counted from 0: its factors multiplied, and raised once a year."""
    found = [(language.evaluate(expression, values), kind.name) for expression, kind in cost.factors]
    raised = number and cost.rise and (cost.rises_when is None or language.holds(cost.rises_when, values))
    rise = language.evaluate(cost.rise, values) if raised and cost.rise else None
    amount, formula = Decimal(1), []
    missing: list[Missing] = [value for value, _ in found if isinstance(value, Missing)]
    with localcontext() as context:
        context.prec = DIGITS
        for value, kind in found:
            formula.append(_shown(value, kind))
            if isinstance(value, int | Decimal):
                amount *= Decimal(value) / 100 if kind == "percent" else Decimal(value)
        if isinstance(rise, Missing):
            missing.append(rise)
            formula.append(_shown(rise, "percent"))
        elif isinstance(rise, int | Decimal):
            once = 1 + Decimal(rise) / 100
            amount *= once**number
            formula.append(_text(_raised(once, number)))
        amount = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    times = [run for place, runs in enumerate(formula) for run in (*(_text(" × ") if place else ()), *runs)]
    return _Part(amount, joined(times), cost.said or (cost.rises_said if raised else ""), tuple(missing))


def _raised(once: Decimal, number: int) -> str:
    """Write a rise of some years: "1.03", "1.03 × 1.03", "1.03³"."""
    told = f"{once.normalize():f}"
    if number <= 2:  # noqa: PLR2004  # more are no longer seen at a glance
        return " × ".join([told] * number)
    return told + str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    with localcontext() as context:
        context.prec = DIGITS
        return sum(amounts, Decimal(0))


def _amount(amount: Decimal, said: str, missing: Mapping[str, Missing]) -> Runs:
    """Return an amount with what is said before it, or the blanks of the answers without which there is none."""
    if missing:
        pieces = [run for m in missing.values() for run in (Text(" "), Blank(m.label, m.question))]
        return joined(pieces[1:])
    return _text(f"{said} {english.money(amount)}".strip())


# -- what changed -------------------------------------------------------------------------------


def _changes(compared: Redline) -> Iterator[Changes]:
    """Give the sections that changed by article, in the order of the contract."""
    groups: list[tuple[str, list[tuple[str, MarkedSection]]]] = [
        (OPENING, [("", section) for section in (*compared.opening, *compared.recitals)]),
        *((_title(a), [(s.of.shown.number, s) for s in a.sections]) for a in compared.articles),
        (EXHIBITS, [(e.of.shown.number, s) for e in compared.exhibits for s in e.sections]),
    ]
    settled = [(title, [(number, _settled(section)) for number, section in inside]) for title, inside in groups]
    found = [(title, [(number, s) for number, s in inside if _is_change(s)]) for title, inside in settled]
    signed = [line for block in compared.signatures for line in (block.party, block.note)]
    signed += [line for b in compared.signatures for signer in b.signers for line in (signer.name, signer.title)]
    many = sum(len(inside) for _, inside in found) > MANY
    tell = remarks.in_brief if many else remarks.what_changed
    for title, inside in found:
        if inside:
            yield Changes(title, tuple(_change(number, section, tell) for number, section in inside))
    if told := remarks.reworded(signed):
        yield Changes(SIGNATURES, (Change("", "", "", (), told),))


OPENING, EXHIBITS, SIGNATURES = "Opening and Recitals", "Exhibits", "Signatures"


def _title(article: MarkedGroup[Article]) -> str:
    number = f"Article {article.of.shown.number}"
    title = words(lines.take(article.title, "base" if article.of.revised is None else "revised"))
    return f"{number if article.of.revised else f'({number})'}. {title}"


def _is_change(section: MarkedSection) -> bool:
    return section.of.mark != "moved from" and marked.changed(section)


def _settled(section: MarkedSection) -> MarkedSection:
    """Return a section without the marks of references that point to the same place by its new number."""
    return replace(section, heading=_renumbered(section.heading), blocks=tuple(map(_settled_block, section.blocks)))


def _settled_block(block: MarkedBlock) -> MarkedBlock:
    if isinstance(block, marked.MarkedParagraph):
        return replace(block, line=_renumbered(block.line))
    rows = (replace(row, cells=tuple(map(_renumbered, row.cells))) for row in block.rows)
    return replace(block, rows=tuple(rows))


def _renumbered(line: lines.Line) -> lines.Line:
    made: list[lines.Span] = []
    for span in line:
        last = made[-1] if made else None
        if last and (last.mark, span.mark) == ("deleted", "inserted") and _points(last.base) == _points(span.revised):
            made[-1] = lines.Span("kept", last.base, span.revised) if _points(last.base) else last
            made += [] if _points(last.base) else [span]
        else:
            made.append(span)
    return tuple(made)


def _points(runs: Runs) -> tuple[str, ...]:
    """Return what runs point to where all of them are references."""
    found = tuple(run.target for run in runs if isinstance(run, Reference))
    return found if len(found) == len(runs) else ()


def _change(number: str, section: MarkedSection, tell: Callable[[MarkedSection], str]) -> Change:
    gone = section.of.mark == "deleted"
    heading = words(lines.take(section.heading, "base" if gone else "revised"))
    told = f"({number})" if gone and number else number
    return Change(section.of.shown.id, told, heading, (), tell(section), gone)


def _now(text: MemoText, values: Mapping[str, Value], filled: _Filled) -> Mapping[str, Runs]:
    """Return what the section of each clause says now, where the library has words for it."""
    held = [(k, c) for k, (c, when) in enumerate(text.sections) if when is None or language.holds(when, values)]
    return {clause: _one(filled[f"section {place}"]) for place, clause in reversed(held)}


def _told(changes: Iterable[Changes], now: Mapping[str, Runs]) -> Iterator[Changes]:
    """Add what each section says now; one that is left out says nothing."""
    for group in changes:
        told = (replace(line, now=() if line.gone else now.get(line.clause, ())) for line in group.lines)
        yield replace(group, lines=tuple(told))


# -- what was conceded, and what is not met -----------------------------------------------------


def _concessions(selection: Selection, contract: Contract) -> Iterator[Concession]:
    """Give what each section concedes; of the wordings, only those that are in the contract are looked at."""
    places = _places(contract)
    for section in sections(contract):
        choice = selection.choices.get(section.id)
        if choice is None or not choice.alternative.concedes:
            continue
        wanted = dict.fromkeys(
            (*choice.alternative.satisfies, *(a for o in choice.clause.alternatives for a in o.satisfies))
        )
        yield Concession(
            places[section.id], squeezed(choice.alternative.concedes), tuple(_asked(tuple(wanted), selection.library))
        )


def _asked(wanted: tuple[str, ...], of: Library) -> Iterator[str]:
    """Quote the policy for some requirements, and name the others."""
    found = [r for r in map(of.policy.requirement, wanted) if r]
    for requirement in found[:MOST_QUOTES]:
        yield f"{requirement.id}: “{squeezed(requirement.quote)}”" if requirement.quote else requirement.id
    if found[MOST_QUOTES:]:
        yield ", ".join(requirement.id for requirement in found[MOST_QUOTES:])


def _places(contract: Contract) -> Mapping[str, str]:
    """Return the number and heading of each section, "Section 7.4, Leash", and of an exhibit, "Exhibit D, Cost"."""
    found = {s.id: s.heading for s in (*contract.opening, *contract.recitals)}
    found |= {s.id: f"Section {s.number}, {s.heading}" for a in contract.articles for s in a.sections}
    return found | {s.id: f"Exhibit {e.number}, {e.title}" for e in contract.exhibits for s in e.sections}


def _deviation(row: Covered, selection: Selection, contract: Contract, now: Mapping[str, Runs]) -> Deviation:
    places = _places(contract)
    chosen = [(c, selection.choices[c].alternative.concedes) for c in row.clauses if c in places]
    return Deviation(
        requirement=f"{selection.library.policy.citation}, {row.requirement.id}",
        words=f"“{squeezed(row.requirement.quote)}”" if row.requirement.quote else squeezed(row.requirement.asks),
        sections=tuple((places[clause], now.get(clause, ()), squeezed(concedes)) for clause, concedes in chosen),
    )


# -- compliance, the policy, blanks, dates ------------------------------------------------------


def _counted(coverage: Coverage) -> Mapping[str, Value]:
    due = [row for row in coverage.rows if row.status != "nothing to draft"]
    return {
        "memo.requirements": len(due),
        "memo.applying": sum(row.status != "does not apply" for row in due),
        "memo.met": sum(row.status in ("met", "met by a fallback") for row in due),
        "memo.judged": sum(row.status == "needs a person's judgement" for row in due),
        "memo.unmet": len(coverage.unmet),
    }


def _by_status(told: Mapping[str, str], coverage: Coverage) -> Iterator[tuple[str, str, str]]:
    """Give each status in the library's words, with how many requirements have it, and which; none without words."""
    for status in dict.fromkeys(filter(None, told.values())):
        rows = [row for row in coverage.rows if told.get(row.status) == status]
        if rows:
            yield status, str(len(rows)), "; ".join(_which(rows))


def _which(rows: Iterable[Covered]) -> Iterator[str]:
    """Name requirements, those of which the same is said together."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(_remark(row), []).append(row.requirement.id)
    yield from (f"{', '.join(names)}{remark}" for remark, names in found.items())


def _remark(row: Covered) -> str:
    """Return what is said after a requirement: where it stands, or when it would apply; nothing where it is met."""
    if row.status == "does not apply":
        return f" ({squeezed(row.requirement.applies_text).rstrip('.')})" if row.requirement.applies_text else ""
    if row.status in (*UNMET, "needs a person's judgement"):
        places = ", ".join(p if p[:1].isalpha() else f"Section {p}" for p in row.places)
        return f" ({places})" if places else ""
    return ""


def _told_anomalies(
    text: MemoText, selection: Selection, values: Mapping[str, Value], filled: _Filled
) -> Iterator[tuple[Runs, Runs]]:
    paragraphs = {anomaly.id: ", ".join(anomaly.paragraphs) for anomaly in selection.library.policy.anomalies}
    for name, when in text.anomalies:
        if when is None or language.holds(when, values):
            yield _text(paragraphs[name]), _one(filled[f"anomaly {name}"])


def _blanks(contract: Contract) -> Iterator[tuple[str, str]]:
    """Give each place that has blanks, and their labels: each label once, where it first stands."""
    places = _places(contract)
    found: dict[str, list[str]] = {}
    told: set[str] = set()
    for section in sections(contract):
        new = [label for label in dict.fromkeys(_labels(section)) if label not in told]
        told |= set(new)
        found.setdefault(places[section.id], []).extend(new)
    found.setdefault(SIGNATURES, []).extend(
        dict.fromkeys(blank.text for blank in blanks(contract) if blank.text not in told)
    )
    yield from ((place, "; ".join(labels)) for place, labels in found.items() if labels)


def _labels(section: Section) -> Iterator[str]:
    runs = (run for block in section.blocks for line in block_runs(block) for run in line)
    return (run.text for run in runs if isinstance(run, Blank))


def _dates(rows: Rows, meeting: date | None) -> Rows:
    """Put dates in order, each row once; those before the meeting are past, and what has no date stands last."""
    known = [(day, row) for row in dict.fromkeys(rows) if (day := _read_day(words(row[0]))) is not None]
    rest = [row for row in dict.fromkeys(rows) if _read_day(words(row[0])) is None]
    due = [(day, row) for day, row in known if meeting is None or day >= meeting]
    return (*(row for _, row in sorted(due, key=lambda pair: pair[0])), *rest)


_DAY = re.compile(rf"({'|'.join(english.MONTHS)}) (\d{{1,2}}), (\d{{1,4}})")


def _read_day(told: str) -> date | None:
    """Read a date as a contract prints it."""
    found = _DAY.fullmatch(told.strip())
    return date(int(found[3]), english.MONTHS.index(found[1]) + 1, int(found[2])) if found else None
