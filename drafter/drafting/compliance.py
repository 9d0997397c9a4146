"""Says of each requirement of the policy whether it applies, and which sections of a contract meet it.

One rule: a requirement is met when its home clause claims it and says each of its operative sentences by itself. A
claim alone is not enough, and neither is an answer that holds the words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

from drafter import language
from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem, command
from drafter.contract import (
    Answer,
    Blank,
    Block,
    Contract,
    Paragraph,
    Reference,
    Run,
    Runs,
    Section,
    SectionName,
    Table,
    block_runs,
    names,
    run_text,
    sections,
)
from drafter.drafting.selection import Selection
from drafter.keeping.once import once
from drafter.matters import filing
from drafter.reading import saying
from drafter.reading.library import Declared, Library
from drafter.reading.prose import sentences
from drafter.reading.prose.sentences import Line
from drafter.reading.reviewing import review
from drafter.reading.sources.source import Requirement, Said, Source, Status
from drafter.values import dataclass

UNMET: tuple[Status, ...] = ("deviates", "missing")
MET: tuple[Status, ...] = ("met", "met by a fallback")
JUDGED: Status = "needs a person's judgement"
WHOLE = "not met until an attorney has read the whole contract"  # remarked on what is said and itself read
OPEN = "not met while a section that says it has a blank"  # on what is said and all read


@dataclass(frozen=True, slots=True)
class Covered:
    """One requirement in one contract: its status, the sections that meet it, and remarks.

    `clauses` are those of the sections; of a requirement that isn't met, those that could meet it, first those that
    must say it and don't. `limits` are the exceptions that the contract declares to narrow it, which are among the
    remarks. `same` are the rows of the requirements of other sources that ask the same, from which all of it follows.
    While `is_open`, a section that says it has a blank, and it is said, but not met.
    """

    requirement: Requirement
    status: Status
    sections: tuple[SectionName, ...]
    clauses: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    same: tuple[Covered, ...] = ()
    is_open: bool = False

    @property
    def conditional(self) -> Requirement:
        """Return the requirement whose condition says whether this one applies: another, where that asks the same."""
        return self.same[0].requirement if self.same else self.requirement

    @property
    def homes(self) -> frozenset[str]:
        """Return the clauses that must say it: its home, and those where more of it is said."""
        asked = [row.requirement for row in self.same or (self,)]
        return frozenset(name for one in asked for name in (one.home, *saying.elsewhere(one)))

    @property
    def remark(self) -> str:
        """Return the remarks in one line."""
        return "; ".join(self.remarks)

    @property
    def places(self) -> tuple[str, ...]:
        """Return where the sections are, each place once: "7.4", "Exhibit D", "Recitals"."""
        return tuple(dict.fromkeys(name.place for name in self.sections))

    @property
    def cited(self) -> str:
        """Return the same for a sentence: "Section 7.4 and Exhibit D"."""
        return english.listing(list(dict.fromkeys(name.cited for name in self.sections)))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every requirement of the library's sources, in their order."""

    rows: tuple[Covered, ...]

    def of(self, source: Source) -> Coverage:
        """Return the part of it that is taken from one source."""
        ids = {requirement.id for requirement in source.requirements}
        return Coverage(tuple(row for row in self.rows if row.requirement.id in ids))

    @property
    def unmet(self) -> tuple[Covered, ...]:
        """Return the rows that apply and are not met."""
        return tuple(row for row in self.rows if row.status in UNMET)


def in_words(status: str, *, is_read: bool) -> str:
    """Return a status as people read it: what nobody has read as it is now is said, and not yet met."""
    return status if is_read else {"met": "said", "met by a fallback": "said by a fallback"}.get(status, status)


def check(contract: Contract, selection: Selection) -> Coverage:
    """Say for every requirement whether the contract meets it, and where."""
    found, library = _Said(contract, selection), selection.library
    rows = {r.id: _row(r, found) for r in library.requirements if not r.same_as}
    return Coverage(tuple(rows[r.id] if r.id in rows else _same(r, rows, library) for r in library.requirements))


class _Said:
    """What the sections of one contract say: an answer proves nothing, whatever it says."""

    def __init__(self, contract: Contract, selection: Selection) -> None:
        """Look up, once for the contract, which sections claim each requirement, and what limits it."""
        self.found = {section.id: _spoken(section) for section in sections(contract)}
        self.called, self.selection, self.in_force = names(contract), selection, selection.in_force
        self._claiming: dict[str, list[Section]] = {}
        for spoken in self.found.values():
            for wanted in spoken.section.requirements:
                self._claiming.setdefault(wanted, []).append(spoken.section)
        self._limits: dict[str, list[tuple[str, Declared]]] = {}
        for name, choice in selection.choices.items():
            for declared in (*choice.clause.exceptions, *choice.alternative.exceptions):
                for wanted in declared.limits:
                    self._limits.setdefault(wanted, []).append((name, declared))

    def meeting(self, requirement: Requirement) -> tuple[Section, ...]:
        """Return the sections that meet a requirement, its home first; none where one that must say it does not."""
        if any(True for _ in self.lacking(requirement)):
            return ()
        home = self.found[requirement.home].section
        return (home, *(s for s in self._claiming.get(requirement.id, ()) if s is not home))

    def lacking(self, requirement: Requirement) -> Iterator[str]:
        """Yield the clauses that must say a requirement and don't: its home, and those where more of it is said."""
        if not self._at_home(requirement):
            yield requirement.home
        yield from (name for name in saying.elsewhere(requirement) if not self._elsewhere(requirement, name))

    def _at_home(self, requirement: Requirement) -> bool:
        home = self.found.get(requirement.home)
        if home is None or requirement.id not in home.section.requirements:
            return False
        choice = self.selection.choices[requirement.home]
        ways = saying.wanted(requirement, choice.clause, choice.alternative)
        return any(all(map(home.says, way)) for way in ways)

    def _elsewhere(self, requirement: Requirement, name: str) -> bool:
        there = self.found.get(name)
        wanted = requirement.said_in(name, there.section.alternative) if there is not None else ()
        return there is not None and bool(wanted) and all(map(there.says, wanted))

    def limits(self, requirement: Requirement) -> Iterator[str]:
        """Yield for each declared exception in the contract that limits a requirement where it is, and its reason."""
        for name, declared in self._limits.get(requirement.id, ()):
            if _as_printed(declared.sentence) in self.found[name].apart:
                yield f"limited by {self.called[name].cited}: {declared.because.strip().rstrip('.')}"


class _Spoken:
    """A section and what it says, each worked out once, when it is first needed."""

    def __init__(self, section: Section) -> None:
        """Take the section."""
        self.section = section

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the sentences of the section, each after what it hangs under."""
        return said_by(self.section)

    @cached_property
    def apart(self) -> frozenset[str]:
        """Return the sentences of the section, each apart from what it hangs under."""
        return _apart(_lines(self.section))

    @cached_property
    def blanks(self) -> tuple[str, ...]:
        """Return the labels of the blanks in the section, each once."""
        lines = (runs for block in self.section.blocks for runs in block_runs(block))
        return tuple(dict.fromkeys(run.text for runs in lines for run in runs if isinstance(run, Blank)))

    def says(self, said: Said) -> bool:
        """Say whether the section says something by itself."""
        if said.rows:
            tables = (block for block in self.section.blocks if isinstance(block, Table))
            return any(_has_rows(table, said) for table in tables)
        wanted = _as_printed(said.sentence)
        return wanted in self.words and (not said.items or self._lists(wanted, said))

    def _lists(self, lead: str, said: Said) -> bool:
        """Say whether the items under a sentence are those that are wanted, but for those that have a condition."""
        items = {key: words for key in saying.wanted_items(said) if (words := sentences.unguarded(key))}
        found = {one.removeprefix(f"{lead}: ") for one in self.words if one.startswith(f"{lead}: ")}
        always = {sentences.unfilled(words) for key, words in items.items() if words == key}
        return always <= found <= set(map(sentences.unfilled, items.values()))


@once(1024)  # most sections of one draft say the same as in the one before
def _spoken(section: Section) -> _Spoken:
    return _Spoken(section)


def said_by(section: Section) -> frozenset[str]:
    """Return the sentences that a section says, each after what it hangs under, without what is filled in."""
    return _words(_lines(section))


def _lines(section: Section) -> tuple[Line, ...]:
    return tuple(map(_line, section.blocks))


# Most sections of one draft say the same as in the one before.


@lru_cache(maxsize=1024)
def _words(lines: tuple[Line, ...]) -> frozenset[str]:
    return frozenset(sentences.unfilled(one.words) for one in sentences.sentences(lines))


@lru_cache(maxsize=1024)
def _apart(lines: tuple[Line, ...]) -> frozenset[str]:
    return frozenset(sentences.unfilled(words) for line in lines for words in sentences.said(line))


def _as_printed(sentence: str) -> str:
    """Return a sentence of the library as a contract has it, what is filled in left out."""
    return sentences.unfilled(sentences.as_written(sentence))


def _has_rows(table: Table, said: Said) -> bool:
    """Say whether a table has the columns that are wanted, and a row for a record of the list that is named."""
    header = {sentences.folded("".join(map(run_text, cell))) for cell in table.header}
    columns = {sentences.as_written(column.header) for column in said.columns}
    return columns <= header and any(_is_of(run, said.rows) for row in table.rows for cell in row for run in cell)


def _is_of(run: Run, name: str) -> bool:
    return isinstance(run, Answer | Blank) and run.question.partition(".")[0].partition("[")[0] == name


def _line(block: Block) -> Line:
    """Return a paragraph as a line of the library's own words; a table or the policy quoted is an empty one."""
    if not isinstance(block, Paragraph) or block.style == "quote":
        return Line("text", "")
    style = block.style if block.style in ("item", "subitem") else "text"
    return Line(style, "".join(_own_words(block.runs)))


def _own_words(runs: Runs) -> Iterator[str]:
    """Yield the library's words in a line, with a mark for what is filled in, as an answer or a reference's number."""
    for run, after in zip(runs, (*runs[1:], None), strict=True):
        if isinstance(run, Answer | Blank | Reference):
            yield sentences.FILLED
            continue
        words = run_text(run)
        refers = isinstance(after, Reference) and ":" not in after.target
        yield words.removesuffix("Section ").removesuffix("Exhibit ") if refers else words


def _row(requirement: Requirement, found: _Said) -> Covered:
    selection = found.selection
    if requirement.level == "info":
        return Covered(requirement, "nothing to draft", (), (), (requirement.asks,))
    meeting = found.meeting(requirement)
    met, ids = tuple(found.called[s.id] for s in meeting), tuple(s.id for s in meeting)
    condition = selection.library.conditions.get(requirement.id)
    if condition is not None and not language.holds(condition, selection.values):
        remark = f"applies when: {requirement.applies_text or requirement.applies_when}"
        return Covered(requirement, "does not apply", met, ids, (remark,))
    if not meeting:
        lacking = tuple(found.lacking(requirement))
        able = tuple(dict.fromkeys((*lacking, *able_clauses(selection.library, requirement.id))))
        chosen = [c for c in able if c in selection.choices and selection.choices[c].by == "negotiator"]
        if set(lacking) & set(chosen):
            weak = [
                c for c in chosen if c in lacking or requirement.id not in selection.choices[c].alternative.satisfies
            ]
            return Covered(requirement, "deviates", (), able, (departing(weak, selection),))
        return Covered(requirement, "missing", (), able, ("no section of the contract meets it",))
    open_ = dict.fromkeys(label for section in meeting for label in found.found[section.id].blanks)
    limits = tuple(dict.fromkeys(found.limits(requirement)))  # one reason may be given for several sentences
    remarks = (*(f"blank: {label}" for label in open_), *limits)
    homes = (requirement.home, *saying.elsewhere(requirement))
    is_open = any(found.found[name].blanks for name in homes)
    of_the_matter = tuple(c for c in (selection.choices[name] for name in homes) if c.alternative.is_own)
    library, now = selection.library, found.in_force
    if not all(review.is_read(library, requirement, c.clause, c.alternative, now) for c in of_the_matter):
        own = "it is said in the matter's own wording, which no attorney has recorded as read"
        return Covered(requirement, "needs a person's judgement", met, ids, (own, *remarks), limits)
    status: Status = "met by a fallback" if meeting[0].position == "fallback" else "met"
    return Covered(requirement, status, met, ids, remarks, limits, is_open=is_open)


def departing(clauses: Iterable[str], selection: Selection) -> str:
    """Return the remark on a requirement that the alternatives chosen of some clauses do not meet."""
    named = ", ".join(f"{name}: {selection.choices[name].alternative.id}" for name in clauses)
    return f"the alternative chosen does not meet it ({named})"


def _same(requirement: Requirement, rows: Mapping[str, Covered], library: Library) -> Covered:
    """Return the row of a requirement that asks the same as others: it is met as badly as the worst of them."""
    same = tuple(rows[name] for name in requirement.same_as)
    due = tuple(row for row in same if row.status != "does not apply")
    said = asks_the_same(library, requirement)
    if not due:
        return Covered(requirement, "does not apply", (), (), (said,), same=same)
    status, is_open = max((row.status for row in due), key=_WORSE.index), any(row.is_open for row in due)
    wrong = dict.fromkeys(remark for row in due if row.status in UNMET for remark in row.remarks)
    limits = tuple(dict.fromkeys(limit for row in due for limit in row.limits))
    worst = tuple(row for row in due if (row.status in UNMET) == (status in UNMET))
    places = tuple(dict.fromkeys(name for row in worst for name in row.sections))
    clauses = tuple(dict.fromkeys(name for row in worst for name in row.clauses))
    return Covered(requirement, status, places, clauses, (said, *wrong, *limits), limits, same, is_open)


_WORSE: tuple[Status, ...] = ("met", "met by a fallback", "said", "needs a person's judgement", "deviates", "missing")


def asks_the_same(library: Library, requirement: Requirement) -> str:
    """Return what is said of a requirement that asks the same as others: "asks the same as II and III of Policy 7"."""
    of: dict[str, list[str]] = {}
    for name in requirement.same_as:
        of.setdefault(library.source_of(name).citation, []).append(name)
    return f"asks the same as {english.listing([f'{english.listing(ids)} of {source}' for source, ids in of.items()])}"


def changes(before: Coverage, after: Coverage) -> tuple[tuple[str, str, str], ...]:
    """Return each requirement whose status differs between two drafts of a library, with both statuses."""
    pairs = zip(before.rows, after.rows, strict=True)
    return tuple((a.requirement.id, a.status, b.status) for a, b in pairs if a.status != b.status)


def able_clauses(library: Library, wanted: str) -> tuple[str, ...]:
    """Return the clauses that have an alternative which satisfies a requirement, in the order of the outline."""
    return tuple(c for c in library.order() if any(wanted in a.satisfies for a in library.clauses[c].alternatives))


def deviations(
    coverage: Coverage, contract: Contract, allowed: tuple[str, ...], path: str, recorded: Collection[str] = ()
) -> Contract:
    """Return the contract with the requirements that it departs from; DraftingError for each that is not allowed.

    A departure is allowed when the requirement is in `recorded`, or one of the clauses that could meet it in `allowed`.
    """
    problems = [
        Problem("deviation", Place(path), _what(row), _way_out(row, path))
        for row in coverage.unmet
        if row.requirement.id not in recorded and not set(allowed) & set(row.clauses)
    ]
    if problems:
        raise DraftingError(*problems)
    return replace(contract, deviations=tuple(row.requirement.id for row in coverage.unmet))


def _what(row: Covered) -> str:
    return f"the contract would not meet {row.requirement.id}: {row.requirement.asks.rstrip('.')} ({row.remark})"


def _way_out(row: Covered, path: str) -> str:
    clause = row.clauses[0] if row.clauses else "CLAUSE"
    step = command("draft", filing.matter_of(path), "--allow-deviation", clause)
    return f"choose a wording that meets it, or depart from policy with: {step}"
