"""Makes the compliance matrix: every requirement with its words, its status, where it is met, by what, and why so.

One rule: the matrix says nothing that the coverage doesn't, and leaves nothing out. What does not apply, what only
informs and the slips in a source's own text are all in it. The words of a source are under its own heading only.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from drafter.base import english
from drafter.contract import Contract, words
from drafter.drafting import compliance
from drafter.drafting.compliance import UNMET, Coverage, Covered
from drafter.drafting.draft import Draft, Left
from drafter.drafting.selection import Selection
from drafter.papers import not_read
from drafter.reading.library import Library
from drafter.reading.sources.source import Anomaly, Source, squeezed
from drafter.values import dataclass

COLUMNS = ("Id", "What it asks", "Status", "In the contract", "Wording", "Authority")
NOT_DUE = ("does not apply", "nothing to draft")


@dataclass(frozen=True, slots=True)
class Cited:
    """An authority that a wording rests on, and whether an attorney must read it first."""

    citation: str
    verify: bool

    @property
    def words(self) -> str:
        """Return the citation as the matrix prints it."""
        return f"{self.citation} (to be verified)" if self.verify else self.citation


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement: its words, its status, what is remarked on it, the wordings that meet it, what they rest on.

    `sections` are the numbers in the contract, `places` the same with their headings; `unread` says what an attorney
    has still to read before it is met, nothing where all is read; `limits` is what the contract declares to narrow it,
    and `same` which requirements of another source ask the same.
    """

    id: str
    level: str
    quote: str
    asks: str
    status: str
    remarks: tuple[str, ...]
    sections: tuple[str, ...]
    places: tuple[str, ...]
    wordings: tuple[str, ...]
    cited: tuple[Cited, ...]
    unread: str
    limits: tuple[str, ...] = ()
    same: str = ""

    @property
    def said(self) -> str:
        """Return what it asks, marked as our words where those of its source are not held."""
        return self.asks if self.quote or self.level == "info" else f"In our words: {self.asks}"

    @property
    def why(self) -> str:
        """Return the remarks in one line."""
        return "; ".join(self.remarks)

    @property
    def authorities(self) -> tuple[str, ...]:
        """Return what the wordings rest on, as the matrix prints it."""
        return tuple(authority.words for authority in self.cited)

    @property
    def tone(self) -> str:
        """Return how a status reads: good, mixed, bad or quiet."""
        if self.status in (*UNMET, "not met"):
            return "bad"
        if self.status in NOT_DUE:
            return "quiet"
        return "good" if self.status == "met" else "mixed"


@dataclass(frozen=True, slots=True)
class Group:
    """The part of a matrix that is taken from one source: what that is, its rows, and the anomalies of its text.

    `standing` says when the source is in force and who verified its words. A row that asks nothing of a contract is no
    requirement: `quiet` names the paragraphs of those.
    """

    source: str
    citation: str
    status: str
    date: str
    standing: str
    rows: tuple[Row, ...]
    anomalies: tuple[tuple[str, str, str], ...]
    quiet: str

    @property
    def cited(self) -> str:
        """Return how the source is cited, with its title, status and date."""
        return f"{self.citation} ({self.status}, {self.date})"

    @property
    def summary(self) -> Mapping[str, int]:
        """Return how many requirements have each status."""
        return Counter(row.status for row in self.rows if row.level != "info")

    @property
    def count(self) -> str:
        """Return how many requirements there are, in words."""
        return english.counted(sum(self.summary.values()), "requirement")

    @property
    def counts(self) -> str:
        """Return how many requirements have each status, in one line."""
        return "; ".join(f"{count} {_of_many(status, count)}" for status, count in self.summary.items())

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the lines below the heading of the group: what is known of the text, and the counts."""
        quiet = f"Listed for information, since nothing is asked of a contract there: {self.quiet}."
        return (self.standing, f"{self.count}: {self.counts}.", *([quiet] if self.quiet else []))


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole matrix: its contract, and a group for each source, the policy first.

    `governs` says which source governs where two differ; it is empty where there is one alone. `unread` says which of
    the contract's texts nobody has read by themselves.
    """

    title: str
    contract_status: str
    governs: str
    unread: str
    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows of all groups."""
        return tuple(row for group in self.groups for row in group.rows)


def of(draft: Draft) -> Matrix:
    """Make the matrix of a draft, with what nobody has read."""
    return make(
        draft.contract, draft.coverage, draft.selection, draft.left, not_read.of(draft.contract, draft.selection).said
    )


def make(contract: Contract, coverage: Coverage, selection: Selection, left: Left, unread: str = "") -> Matrix:
    """Make the matrix of a contract; `left` is what nobody has read of it, and `unread` says that in a sentence."""
    sources = selection.library.sources
    return Matrix(
        title=words(contract.title),
        contract_status=contract.status,
        governs=squeezed(selection.library.policy.governs) if len(sources) > 1 else "",
        unread=unread,
        groups=tuple(_group(source, coverage.of(source), selection, left) for source in sources),
    )


def _group(source: Source, coverage: Coverage, selection: Selection, left: Left) -> Group:
    return Group(
        source=source.name,
        citation=f"{source.citation}, {source.title}",
        status=source.status,
        date=english.long_date(source.date),
        standing=source.standing,
        rows=tuple(_row(row, selection, left) for row in coverage.rows),
        anomalies=tuple((_listed(source, a), _set(a.text), _set(a.handling)) for a in source.anomalies),
        quiet=source.listed(tuple(r.paragraph for r in source.requirements if r.level == "info")),
    )


def _set(text: str) -> str:
    """Return words of ours as they are printed: in one line, with the marks that print has."""
    return english.typographic(squeezed(text))


def _listed(source: Source, anomaly: Anomaly) -> str:
    """Return what the paragraphs of an anomaly are called, to start a line with."""
    listed = source.listed(anomaly.paragraphs)
    return f"{listed[:1].upper()}{listed[1:]}"


def public(matrix: Matrix) -> Matrix:
    """Return the matrix without what is for our own side only: wordings, positions, reviews and doubts."""
    groups = (replace(group, rows=tuple(map(_public, group.rows))) for group in matrix.groups)
    return replace(matrix, groups=tuple(groups))


def _public(row: Row) -> Row:
    """Return a row as the public reads it: met is what is said, proved, and read by an attorney."""
    status = "not met" if row.status in UNMET else row.status.removesuffix(" by a fallback")
    cited = tuple(replace(authority, verify=False) for authority in row.cited)
    same = (row.same,) if row.same else ()
    unread = (_NOT_YET if row.unread == _CHANGED else row.unread,) if row.unread else ()
    remarks = row.remarks if row.status in NOT_DUE else (*same, *unread, *row.limits)
    return replace(row, status=status, remarks=remarks, wordings=(), cited=cited, unread="")


def columns(matrix: Matrix) -> tuple[str, ...]:
    """Return the headings of the columns that aren't empty: the public sees no wordings."""
    return tuple(c for c in COLUMNS if c != "Wording" or any(row.wordings for row in matrix.rows))


def facts(matrix: Matrix) -> tuple[str, ...]:
    """Return the lines below the title: the contract, what it is measured against, and which source governs."""
    return (
        f"{matrix.title} ({matrix.contract_status})",
        *(f"Measured against {group.cited}" for group in matrix.groups),
        *filter(None, (matrix.governs, matrix.unread)),
    )


def _row(row: Covered, selection: Selection, left: Left) -> Row:
    is_met = row.status not in (*UNMET, *NOT_DUE)
    met = [selection.choices[c] for c in row.clauses if c in selection.choices] if is_met else []
    unread = _unread(row, left)
    return Row(
        id=row.requirement.id,
        level=row.requirement.level,
        quote=squeezed(row.requirement.quote),
        asks=_set(row.requirement.asks),
        status=compliance.in_words(row.status, is_read=not unread),
        remarks=(*_remarks(row), *([unread] if unread else [])),
        sections=() if row.status in NOT_DUE else row.places,
        places=tuple(dict.fromkeys(name.words for name in row.sections)) if is_met else (),
        wordings=tuple(f"{c.clause.id}: {c.alternative.id} ({c.alternative.position})" for c in met),
        cited=tuple(dict.fromkeys(a for c in met for a in _cited(c.clause.authority, selection.library))),
        unread=unread,
        same=row.remarks[0] if row.same else "",
        limits=tuple(_set(limit) for limit in row.limits) if is_met else (),
    )


_NOT_YET, _CHANGED = "not yet read by an attorney", "changed since an attorney read it"


def _unread(row: Covered, left: Left) -> str:
    """Return what somebody has still to read before a requirement is met: what says it, or another text."""
    if left.is_read(row):
        return ""
    own = left.of(row)
    if not own:
        return compliance.WHOLE if left.waits(row) else compliance.OPEN
    return _CHANGED if any(one.mark is not None for one in own) else _NOT_YET


def _of_many(status: str, count: int) -> str:
    """Return a status as a verb of so many requirements: "does not apply", or "do not apply" of several."""
    return status if count == 1 else _PLURAL.get(status, status)


_PLURAL = {
    "does not apply": "do not apply",
    "needs a person's judgement": "need a person's judgement",
    "deviates": "deviate",
}


def _remarks(row: Covered) -> tuple[str, ...]:
    if row.status == "does not apply":
        asked, same = row.conditional, row.remarks if row.same else ()
        return (*same, asked.otherwise or f"because it applies only when: {asked.applies_text or asked.applies_when}")
    return () if row.status == "nothing to draft" else tuple(_set(remark) for remark in row.remarks)


def _cited(wanted: tuple[str, ...], library: Library) -> Iterator[Cited]:
    for name in wanted:
        authority = library.authorities.get(name)
        if authority is not None:
            yield Cited(authority.citation, authority.verify)


def to_csv(matrix: Matrix) -> str:
    """Return the matrix as CSV; no cell can be taken for a formula by a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(
        ("Source", "Source status", "Source date", "Level", *COLUMNS[:3], "Because", *COLUMNS[3:], "Unread")
    )
    for group, row in [(one, row) for one in matrix.groups for row in one.rows]:
        cells = (
            group.citation, group.status, group.date, row.level, row.id, row.quote or row.said,
            row.status, *map("\n".join, (row.remarks, row.places, row.wordings, row.authorities)),
            "yes" if row.unread else "",
        )  # fmt: skip
        writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in cells])
    return made.getvalue()


def to_json(matrix: Matrix) -> dict[str, object]:
    """Return the matrix for scripts."""
    return {
        "governs": matrix.governs,
        "unread": matrix.unread,
        "sources": [
            {
                "source": group.source, "citation": group.citation, "status": group.status, "date": group.date,
                "standing": group.standing, "summary": dict(group.summary),
            }
            for group in matrix.groups
        ],
        "rows": [
            {
                "source": group.source, "id": row.id, "level": row.level, "quote": row.quote, "asks": row.asks,
                "status": row.status,
                "because": row.why, "remarks": list(row.remarks), "sections": list(row.sections),
                "places": list(row.places), "wordings": list(row.wordings),
                "authorities": list(row.authorities), "unread": bool(row.unread),
            }
            for group in matrix.groups for row in group.rows
        ],
        "anomalies": [
            {"source": group.source, "paragraphs": paragraphs, "text": text, "handling": handling}
            for group in matrix.groups for paragraphs, text, handling in group.anomalies
        ],
    }  # fmt: skip
