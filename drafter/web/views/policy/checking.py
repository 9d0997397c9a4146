"""What the policy asks, and where the contract says it: the compliance matrix as a page, and as a file."""

from __future__ import annotations

from drafter import contract
from drafter.base import english
from drafter.documents import designs
from drafter.drafting.draft import Draft
from drafter.papers import in_html, matrix
from drafter.papers.matrix import Row
from drafter.reading.reviewing import review
from drafter.telling import called
from drafter.values import dataclass
from drafter.web.asked import Asked, NotThereError, Reply, Sent, Shown
from drafter.web.desk import Desk
from drafter.web.views import beside
from drafter.web.views.contract import WORD, laid_out
from drafter.web.views.policy import reading
from drafter.web.work import laying

ONLY = {"": "All", "bad": "Not met", "fallback": "By a fallback", "unread": "To be read by an attorney"}


@dataclass(frozen=True, slots=True)
class Place:
    """A section where a requirement is said: its clause, and what it is called."""

    clause: str
    name: str


def check(desk: Desk, asked: Asked) -> Reply:
    """Show what each source asks, with its status and its places in the contract."""
    known, only = desk.read(asked.names["matter"]), asked.query.get("only", "")
    only = only if only in ONLY else ""
    made = known.drafted
    table = matrix.of(made)
    clauses = {name.words: clause for clause, name in contract.names(made.contract).items()}
    groups = [
        (public, _shown(made, group.rows, public.rows, clauses, only), _apart(group.facts, public.facts))
        for group, public in zip(table.groups, matrix.public(table).groups, strict=True)
    ]
    given = {
        "facts": matrix.facts(table), "groups": groups, "only": only, "kinds": ONLY,
        "told": beside.reported(desk, asked), "to_read": reading.count(made),
        "reminders": [called.by_headings(made.selection, made.contract).problem(one) for one in made.other_values],
    }  # fmt: skip
    return Shown("check.html", given)


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement on the page: as the public reads it, where it is said, and what of it is for our own side."""

    row: Row
    places: list[Place]
    ours: tuple[str, ...]


def _shown(  # what a page shows of each requirement
    made: Draft, rows: tuple[Row, ...], public: tuple[Row, ...], clauses: dict[str, str], only: str
) -> list[Line]:
    """Return the requirements that are shown; what the public doesn't read of them stands apart."""
    pairs = (pair for pair in zip(rows, public, strict=True) if _is_shown(pair[0], only))
    return [
        Line(one, _places(row, clauses), (*_apart(_said(row), _said(one)), *_read(made, row))) for row, one in pairs
    ]


def _said(row: Row) -> tuple[str, ...]:
    return (row.status, *row.remarks)


def _apart(whole: tuple[str, ...], public: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines of a whole that the public doesn't have."""
    return tuple(line for line in whole if line not in public)


def _places(row: Row, clauses: dict[str, str]) -> list[Place]:
    return [Place(clauses.get(place, ""), place) for place in row.places]


def _read(made: Draft, row: Row) -> tuple[str, ...]:
    """Say who has read the wordings of a requirement last, each once; nothing where nobody has."""
    library, found = made.library, {one.requirement.id: one for one in made.coverage.rows}[row.id]
    choices = (made.selection.choices[name] for name in found.clauses if name in made.selection.choices)
    marks = (review.last_reading(library, found.requirement, one.clause, one.alternative) for one in choices)
    said = dict.fromkeys(f"{mark.by} on {english.long_date(mark.on)}" for mark in marks if mark is not None)
    return (f"Read by {english.listing(list(said))}",) if said else ()


def _is_shown(row: Row, only: str) -> bool:
    match only:
        case "bad":
            return row.tone == "bad"
        case "fallback":
            return "fallback" in row.status
        case "unread":
            return bool(row.unread)
        case _:
            return True


def matrix_file(desk: Desk, asked: Asked) -> Reply:
    """Send the matrix as a file of one kind."""
    known, kind = desk.read(asked.names["matter"]), asked.names["kind"]
    table, name = matrix.of(known.drafted), f"{asked.names['matter']} matrix{kind}"
    match kind:
        case ".csv":
            return Sent(name, matrix.to_csv(table).encode("utf-8-sig"), "text/csv; charset=utf-8")
        case ".html":
            return Sent(name, in_html.matrix_page(table).encode(), "text/html; charset=utf-8")
        case ".docx":
            where = designs.find(known.place, known.library.folder, None)
            return Sent(name, laying.DOCUMENTS[laying.MATRIX](known.drafted, where), WORD)
        case ".pdf":
            return laid_out(desk, asked, laying.MATRIX, asked.at("check"), asked.at("check", "matrix.pdf"))
        case _:
            raise NotThereError(kind)
