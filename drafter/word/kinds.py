"""What a template of each kind of document holds: its fields, its styles, and the page that describes it.

A field is a line, a list of lines, a list of entries with fields of their own, a flag that only a condition asks for,
or a block that takes the place of its whole paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from drafter.values import dataclass

Shape = Literal["line", "lines", "flag", "block"] | Mapping[str, "Shape"]
Shapes = Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number that a paragraph style prints: the style that leads its list, the level from 0, numerals and text.

    `always` is whether every template needs it; without it, a template serves a contract that prints no such number.
    """

    leader: str
    level: int
    numerals: str
    text: str
    always: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of template, by its name and the page that describes it.

    In `required`, a field of an entry follows that of its list ("parts.page"). `styles` are the names of the styles it
    must have, by their type ("paragraph"), `numbers` those of them that must print a number. `mark` is the style of the
    words that must be at the head and at the foot of every page.
    """

    name: str
    guide: str
    fields: Shapes
    required: tuple[str, ...]
    styles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, Numbering] = field(default_factory=dict)
    mark: str = ""


# -- the contract -------------------------------------------------------------------------------

AGREEMENT = Kind(
    name="agreement",
    guide="docs/word-template.md",
    fields={
        "title": "line",
        "caption": "lines",
        "status": "line",
        "has_cover": "flag",
        "no_cover": "flag",
        "has_contents": "flag",
        "contents": "block",
        "opening": "block",
        "has_recitals": "flag",
        "recitals": "block",
        "articles": "block",
        "signatures": {"party": "line", "note": "line", "signers": {"name": "line", "title": "line"}},
        "exhibits": "block",
    },
    required=("title", "opening", "articles", "signatures", "exhibits"),
    styles={
        "paragraph": (
            "toc 1", "toc 2", "Heading 1", "Heading 2", "Section Text", "Section Item", "Section Subitem",
            "Opening Text", "Recital", "Quoted Policy", "Exhibit Title", "Exhibit Heading", "Exhibit Text",
            "Exhibit Item", "Exhibit Subitem", "Table Text", "Table Header",
        ),
        "character": ("Defined Term", "Blank"),
        "table": ("Contract Table",),
    },
    numbers={
        "Heading 1": Numbering("Heading 1", 0, "decimal", "Article %1"),
        "Heading 2": Numbering("Heading 1", 1, "decimal", "%1.%2"),
        "Section Item": Numbering("Heading 1", 2, "lowerLetter", "(%3)"),
        "Section Subitem": Numbering("Heading 1", 3, "lowerRoman", "(%4)"),
        "Recital": Numbering("Recital", 0, "upperLetter", "%1."),
        "Exhibit Title": Numbering("Exhibit Title", 0, "upperLetter", "Exhibit %1"),
        "Exhibit Heading": Numbering("Exhibit Title", 1, "decimal", "%1-%2", always=False),
        "Exhibit Item": Numbering("Exhibit Item", 0, "lowerLetter", "(%1)"),
        "Exhibit Subitem": Numbering("Exhibit Item", 1, "lowerRoman", "(%2)"),
    },
)  # fmt: skip

# -- for the board ------------------------------------------------------------------------------

_CHANGES: Shapes = {
    "title": "line",
    "lines": {
        "number": "line",
        "heading": "line",
        "now": "line",
        "words": "line",
        "removed": "lines",
        "added": "lines",
    },
}
MEMO = Kind(
    name="memo",
    guide="docs/memo.md",
    fields={
        "title": "line",
        "to": "line",
        "from": "line",
        "meeting": "line",
        "subject": "line",
        "item": "line",
        "presenter": "line",
        "deviations": {
            "requirement": "line",
            "words": "line",
            "sections": {"place": "line", "now": "line"},
        },
        "request": "lines",
        "motion": "lines",
        "facts": {"label": "line", "words": "line"},
        "years": {"name": "line", "formula": "line", "amount": "line"},
        "total": "line",
        "bases": {"label": "line", "basis": "line"},
        "cost": "lines",
        "changes_text": "lines",
        "changes": _CHANGES,
        "differences_text": "lines",
        "differences": {"place": "line", "now": "lines", "asked": "lines"},
        "compliance": "lines",
        "governs": "line",
        "sources": {
            "source": "line",
            "standing": "line",
            "statuses": {"status": "line", "count": "line", "which": "line"},
        },
        "limits": {"requirements": "line", "words": "line"},
        "policy": "lines",
        "anomalies": {"paragraphs": "line", "words": "line"},
        "blanks_text": "lines",
        "blanks": {"place": "line", "labels": "line"},
        "dates": {"day": "line", "words": "line"},
    },
    required=("deviations", "request", "motion", "compliance"),
    styles={"character": ("Blank",)},
)

CHANGES = Kind(
    name="changes",
    guide="docs/packet.md",
    fields={
        "title": "line",
        "summary": "lines",
        "groups": {
            "title": "line",
            "sections": {
                "heading": "line",
                "state": "line",
                "said": "line",
                "now": "line",
                "why": "line",
                "policy": "lines",
                "text": "block",
            },
        },
    },
    required=("groups.title", "groups.sections.heading", "groups.sections.text"),
    styles={
        "paragraph": (
            "Section Text", "Section Item", "Section Subitem", "Recital", "Quoted Policy", "Table Text", "Table Header",
        ),
        "character": ("Defined Term", "Blank"),
        "table": ("Contract Table",),
    },
)  # fmt: skip

MATRIX = Kind(
    name="matrix",
    guide="docs/matrix.md",
    fields={
        "title": "line",
        "contract_status": "line",
        "governs": "line",
        "unread": "line",
        "has_wordings": "flag",
        "sources": {
            "citation": "line",
            "status": "line",
            "date": "line",
            "standing": "line",
            "count": "line",
            "counts": "line",
            "quiet": "line",
            "rows": {
                "id": "line",
                "quote": "line",
                "asks": "line",
                "status": "line",
                "remarks": "lines",
                "places": "lines",
                "wordings": "lines",
                "authorities": "lines",
            },
            "anomalies": {"paragraphs": "line", "text": "line", "handling": "line"},
        },
    },
    required=("sources.citation", "sources.rows.id", "sources.rows.asks", "sources.rows.status"),
    styles={"paragraph": ("Matrix Good", "Matrix Mixed", "Matrix Bad", "Matrix Quiet")},
)

COVER = Kind(
    name="cover",
    guide="docs/packet-pdf.md",
    fields={
        "title": "line",
        "contract": "line",
        "parties": "lines",
        "meeting": "line",
        "status": "line",
        "parts": {"title": "line", "page": "line"},
        "beside": {"title": "line", "file": "line", "pages": "line"},
    },
    required=("parts.title", "parts.page"),
)

NOTES = Kind(
    name="notes",
    guide="docs/packet-pdf.md",
    fields={"notes": {"number": "line", "place": "line", "lines": "lines"}},
    required=("notes.number", "notes.lines"),
)

# -- for others ---------------------------------------------------------------------------------

NOTICE = Kind(
    name="notice",
    guide="docs/public-papers.md",
    fields={
        "title": "line",
        "to": "line",
        "from": "line",
        "meeting": "line",
        "subject": "line",
        "notice": "lines",
        "facts": {"label": "line", "words": "line"},
        "closing": "lines",
    },
    required=("notice", "facts"),
    styles={"character": ("Blank",)},
)

LETTER = Kind(
    name="letter",
    guide="docs/public-papers.md",
    fields={
        "title": "line",
        "to": "line",
        "from": "line",
        "date": "line",
        "subject": "line",
        "opening": "lines",
        "enclosed": "lines",
        "changes_text": "lines",
        "changes": _CHANGES,
        "blanks_text": "lines",
        "blanks": {"place": "line", "labels": "line"},
        "closing": "lines",
    },
    required=("opening", "enclosed", "changes.lines.heading", "blanks.labels"),
    styles={"character": ("Blank",)},
)

# -- for our own side ---------------------------------------------------------------------------

_PLACED: Shapes = {"place": "lines", "now": "lines", "concedes": "lines"}
_ADVICE: Shape = {"heading": "line", "paragraphs": "lines"}
BRIEF = Kind(
    name="brief",
    guide="docs/brief.md",
    fields={
        "title": "line",
        "status": "line",
        "caption": "line",
        "policy": "line",
        "policy_status": "line",
        "policy_date": "line",
        "points": {"name": "line", "words": "lines"},
        "first": {"number": "line", "place": "line", "now": "line", "better": "line"},
        "more": "line",
        "given": _PLACED,
        "departures": {"requirement": "line", "asks": "lines", "places": "lines"},
        "gaps": {"label": "line", "places": "lines"},
        "rounds": {"round": "lines", "place": "lines", "came_to": "lines", "concedes": "lines"},
        "asks": {"number": "line", "place": "lines", "now": "lines", "better": "lines", "wins": "lines"},
        "closed": {"place": "line", "now": "lines", "why": "lines"},
        "ladders": {
            "place": "line",
            "rungs": {"number": "lines", "label": "lines", "position": "lines", "concedes": "lines"},
            "advice": _ADVICE,
        },
        "single": {"place": "line", "advice": _ADVICE},
    },
    required=(
        "given", "departures", "gaps", "rounds", "asks", "closed", "ladders.place", "ladders.rungs.label",
        "ladders.advice.paragraphs", "single.place", "single.advice.paragraphs",
    ),
    styles={
        "paragraph": (
            "Brief Mark", "Brief Label", "Brief Text", "Brief Quiet", "Brief Now", "Brief Preferred",
            "Brief Acceptable", "Brief Fallback", "Brief Own", "Brief Bad",
        ),
        "character": ("Brief Link",),
    },
    mark="Brief Mark",
)  # fmt: skip

ALL = (AGREEMENT, MEMO, CHANGES, MATRIX, COVER, NOTES, NOTICE, LETTER, BRIEF)
_CALLED = {
    "agreement": "contract",
    "memo": "board memo",
    "changes": "changed sections",
    "matrix": "compliance matrix",
    "cover": "cover of a packet",
    "notes": "notes to a redline",
    "notice": "notice to the public",
    "letter": "letter with a round",
    "brief": "negotiator's brief",
}


def called(kind: str) -> str:
    """Return what a document of a kind is called, by the kind's name."""
    return _CALLED[kind]
