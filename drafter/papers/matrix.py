"""Makes the compliance matrix: every requirement with its words, its status, where it is met, by what, and why so.

One rule: the matrix says nothing that the coverage doesn't, and leaves nothing out. What does not apply, what only
informs and the slips in the policy's own text are all in it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from drafter.base import english
from drafter.contract import Contract, words
from drafter.drafting.compliance import UNMET, Coverage, Covered
from drafter.drafting.draft import Draft
from drafter.drafting.selection import Selection
from drafter.reading.library import Library
from drafter.reading.reviewing import review
from drafter.reading.reviewing.review import Unread
from drafter.reading.sources.source import Anomaly, Source, squeezed

COLUMNS = ("Id", "The policy's words", "Status", "In the contract", "Wording", "Authority")
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

    `sections` are the numbers in the contract, `places` the same with their headings; `unread` is whether somebody
    has still to read the wording that says it, `limits` what the contract declares to narrow it.
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
    unread: bool
    limits: tuple[str, ...] = ()

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
        return "good" if self.status == "met" and not self.unread else "mixed"


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole matrix: its contract and policy, its rows, and the anomalies of the policy's text.

    `summary` counts the requirements of each status. A row that asks nothing of a contract is no requirement:
    `quiet` names the paragraphs of those.
    """

    title: str
    contract_status: str
    policy: str
    policy_status: str
    policy_date: str
    summary: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]
    anomalies: tuple[tuple[str, str, str], ...]
    quiet: str = ""

    @property
    def count(self) -> int:
        """Return how many requirements there are."""
        return sum(count for _, count in self.summary)


def of(draft: Draft) -> Matrix:
    """Make the matrix of a draft, with the wordings marked that nobody has read."""
    return make(draft.contract, draft.coverage, draft.selection, review.unread(draft.library))


def make(contract: Contract, coverage: Coverage, selection: Selection, unread: tuple[Unread, ...]) -> Matrix:
    """Make the matrix of a contract; wordings that are unread are marked so."""
    doubted = {(one.requirement.id, one.wording): one for one in unread}
    rows = tuple(_row(row, selection, doubted) for row in coverage.rows)
    policy = selection.library.policy
    return Matrix(
        title=words(contract.title),
        contract_status=contract.status,
        policy=f"{policy.citation}, {policy.title}",
        policy_status=policy.status,
        policy_date=english.long_date(policy.date),
        summary=_summary(rows),
        rows=rows,
        anomalies=tuple((_listed(policy, a), squeezed(a.text), squeezed(a.handling)) for a in policy.anomalies),
        quiet=policy.listed(tuple(r.paragraph for r in policy.requirements if r.level == "info")),
    )


def _listed(policy: Source, anomaly: Anomaly) -> str:
    """Return what the paragraphs of an anomaly are called, to start a line with."""
    listed = policy.listed(anomaly.paragraphs)
    return f"{listed[:1].upper()}{listed[1:]}"


def public(matrix: Matrix) -> Matrix:
    """Return the matrix without what is for our own side only: wordings, positions, reviews and doubts."""
    rows = tuple(map(_public, matrix.rows))
    return replace(matrix, rows=rows, summary=_summary(rows))


def _summary(rows: tuple[Row, ...]) -> tuple[tuple[str, int], ...]:
    """Count the requirements of each status."""
    return tuple(Counter(row.status for row in rows if row.level != "info").items())


def _public(row: Row) -> Row:
    """Return a row as the public reads it: met is what is said, proved, and read by an attorney."""
    status = "met" if row.status == "met by a fallback" else "not met" if row.status in UNMET else row.status
    cited = tuple(replace(authority, verify=False) for authority in row.cited)
    remarks = row.remarks if row.status in NOT_DUE else row.limits
    if status == "met" and row.unread:
        status, remarks = "said", ("not yet read by an attorney", *row.limits)
    return replace(row, status=status, remarks=remarks, wordings=(), cited=cited, unread=False)


def columns(matrix: Matrix) -> tuple[str, ...]:
    """Return the headings of the columns that aren't empty: the public sees no wordings."""
    return tuple(c for c in COLUMNS if c != "Wording" or any(row.wordings for row in matrix.rows))


def facts(matrix: Matrix) -> tuple[str, ...]:
    """Return the lines below the title: the contract, the policy, and how many requirements have each status."""
    quiet = f"Listed for information, since nothing is asked of a contract there: {matrix.quiet}."
    return (
        f"{matrix.title} ({matrix.contract_status})",
        f"Measured against {matrix.policy} ({matrix.policy_status}, {matrix.policy_date})",
        f"{english.counted(matrix.count, 'requirement')}: {counts(matrix)}.",
        *([quiet] if matrix.quiet else []),
    )


def counts(matrix: Matrix) -> str:
    """Return how many requirements have each status, in one line."""
    return "; ".join(f"{count} {status}" for status, count in matrix.summary)


def _row(row: Covered, selection: Selection, doubted: Mapping[tuple[str, str], Unread]) -> Row:
    is_met = row.status not in (*UNMET, *NOT_DUE)
    met = [selection.choices[c] for c in row.clauses if c in selection.choices] if is_met else []
    home = [c for c in met if c.clause.id == row.requirement.home]
    links = ((row.requirement.id, review.wording(c.clause, c.alternative)) for c in home)
    marked = [doubted[link] for link in links if link in doubted]
    remarks = _remarks(row)
    if marked:
        changed = any(one.mark is not None for one in marked)
        remarks += ("changed since an attorney read it" if changed else "not yet read by an attorney",)
    return Row(
        id=row.requirement.id,
        level=row.requirement.level,
        quote=squeezed(row.requirement.quote),
        asks=squeezed(row.requirement.asks),
        status=row.status,
        remarks=remarks,
        sections=() if row.status in NOT_DUE else row.places,
        places=tuple(dict.fromkeys(name.words for name in row.sections)) if is_met else (),
        wordings=tuple(f"{c.clause.id}: {c.alternative.id} ({c.alternative.position})" for c in met),
        cited=tuple(dict.fromkeys(a for c in met for a in _cited(c.clause.authority, selection.library))),
        unread=bool(marked),
        limits=tuple(english.typographic(squeezed(limit)) for limit in row.limits) if is_met else (),
    )


def _remarks(row: Covered) -> tuple[str, ...]:
    if row.status == "does not apply":
        asked = row.requirement
        return (asked.otherwise or f"because it applies only when: {asked.applies_text or asked.applies_when}",)
    return (
        ()
        if row.status == "nothing to draft"
        else tuple(english.typographic(squeezed(remark)) for remark in row.remarks)
    )


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
        ("Policy", "Policy status", "Policy date", "Level", *COLUMNS[:3], "Because", *COLUMNS[3:], "Unread")
    )
    for row in matrix.rows:
        cells = (
            matrix.policy, matrix.policy_status, matrix.policy_date, row.level, row.id, row.quote or row.asks,
            row.status, *map("\n".join, (row.remarks, row.places, row.wordings, row.authorities)),
            "yes" if row.unread else "",
        )  # fmt: skip
        writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in cells])
    return made.getvalue()


def to_json(matrix: Matrix) -> dict[str, object]:
    """Return the matrix for scripts."""
    return {
        "policy": {"citation": matrix.policy, "status": matrix.policy_status, "date": matrix.policy_date},
        "summary": dict(matrix.summary),
        "rows": [
            {
                "id": row.id, "level": row.level, "quote": row.quote, "asks": row.asks, "status": row.status,
                "because": row.why, "remarks": list(row.remarks), "sections": list(row.sections),
                "places": list(row.places), "wordings": list(row.wordings),
                "authorities": list(row.authorities), "unread": row.unread,
            }
            for row in matrix.rows
        ],
        "anomalies": [{"paragraphs": p, "text": text, "handling": handling} for p, text, handling in matrix.anomalies],
    }  # fmt: skip
