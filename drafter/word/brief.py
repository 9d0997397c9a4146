"""The negotiator's brief as a Word file, in the styles of a template and under its mark.

One rule: no page leaves without the mark. The template owns its words and the looks; a template that would leave a page
unmarked is refused.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.contract import SectionName
from drafter.drafting.compliance import UNMET
from drafter.papers.brief import BEST, Brief
from drafter.papers.exchanges import Exchange, Step
from drafter.papers.ladders import Ladder, Rung
from drafter.word import incoming, oxml, package
from drafter.word.oxml import Element

if TYPE_CHECKING:
    from docx.document import Document as File

TITLE = "Negotiator’s brief"
MARK = "Brief Mark"  # the style of the words that mark each page
STYLES = (
    MARK, "Brief Title", "Brief Facts", "Brief Part", "Brief Part New Page", "Brief Heading", "Brief Clause",
    "Brief Header", "Brief Label", "Brief Text", "Brief Quiet", "Brief Now", "Brief Preferred", "Brief Acceptable",
    "Brief Fallback", "Brief Own", "Brief Bad", "Brief Advice", "Brief Guidance",
)  # fmt: skip
LINK, TABLE = "Brief Link", "Brief Table"
POSITIONS: Mapping[str, tuple[str, str]] = {
    "preferred": ("Preferred", "Brief Preferred"),
    "acceptable": ("Acceptable", "Brief Acceptable"),
    "fallback": ("Fallback", "Brief Fallback"),
    "non-standard": ("Own wording", "Brief Own"),
}
MOST, FIRST = 6, 5  # of the summary: the names in a row, and the asks


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a cell: its words, its style, and the clause that it leads to (may be none)."""

    words: str
    style: str = "Brief Text"
    clause: str = ""


Cell = Sequence[Line]


def to_docx(brief: Brief, template: Path) -> bytes:
    """Write a brief in a template's styles; equal briefs give equal bytes. DraftingError for the template."""
    file = _opened(template)
    body = file.element.body
    for child in list(body):
        if child is not body.sectPr:  # the page, its head and its foot
            body.remove(child)
    places = [ladder.place.clause for ladder in (*brief.ladders, *brief.single)]
    writer = _Writer(
        ids={style.name: style.style_id for style in file.styles if style.name},
        width=oxml.text_width(file.element),
        anchors={clause: f"clause_{number}" for number, clause in enumerate(places, 1)},
    )
    for number, node in enumerate(writer.whole(brief)):
        body.insert(number, node)
    oxml.number_bookmarks(body)
    made = io.BytesIO()
    file.save(made)
    return package.pack(package.scrub(package.unpack(made.getvalue()), f"{TITLE}: {brief.title}"))


# -- the template -------------------------------------------------------------------------------


def _opened(template: Path) -> File:
    from docx import Document

    place = Place(str(template))
    try:
        data = incoming.contents(template)
        incoming.read(data)
        file = Document(io.BytesIO(data))
    except (OSError, package.NotWordError) as error:
        what = error.strerror if isinstance(error, OSError) else error
        raise DraftingError(Problem("unreadable-template", place, f"the template can't be read: {what}")) from None
    known = {style.name for style in file.styles}
    stop_at(
        Problem("missing-style", place, f"the template has no style '{name}'", "see docs/brief.md")
        for name in (*STYLES, LINK, TABLE)
        if name not in known
    )
    stop_at(_unmarked(file, place))
    return file


def _unmarked(file: File, place: Place) -> Iterator[Problem]:
    """Find each head and foot that a page can have and that holds no words in the style of the mark."""
    section = file.sections[-1]
    margins = {"header": section.header, "footer": section.footer}
    if section.different_first_page_header_footer:
        margins |= {"first page's header": section.first_page_header, "first page's footer": section.first_page_footer}
    if file.settings.odd_and_even_pages_header_footer:
        margins |= {"even pages' header": section.even_page_header, "even pages' footer": section.even_page_footer}
    for name, margin in margins.items():
        if not any(p.text.strip() for p in margin.paragraphs if p.style is not None and p.style.name == MARK):
            hint = f"put the words that mark a page there, in the style '{MARK}'; see docs/brief.md"
            yield Problem("template-refused", place, f"the template's {name} does not mark the page", hint)


# -- what stands where --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes a brief; it knows the ids of the styles, the width of the page and the bookmark of each clause."""

    ids: Mapping[str, str]
    width: int
    anchors: Mapping[str, str]

    def whole(self, brief: Brief) -> Iterator[Element]:
        """Go through the blocks of a brief."""
        yield from self.summary(brief)
        yield self.paragraph("Where we stand", "Brief Part New Page")
        yield from self.standing(brief)
        yield self.paragraph("What to ask for next", "Brief Part")
        yield from self.asks(brief)
        yield self.paragraph("The ladder", "Brief Part New Page")
        for ladder in brief.ladders:
            yield from self.ladder(ladder)
        if brief.single:
            yield self.paragraph("Clauses with one alternative", "Brief Part")
            for ladder in brief.single:
                yield from self.single(ladder)

    # -- the first page ---------------------------------------------------------------------

    def summary(self, brief: Brief) -> Iterator[Element]:
        """Write the first page: what must be known before all else."""
        yield self.paragraph(TITLE, "Brief Title")
        yield self.paragraph(f"{brief.title} ({brief.status})", "Brief Facts")
        yield self.paragraph(" · ".join(brief.caption), "Brief Facts")
        yield self.paragraph(f"{brief.policy} ({brief.policy_status}, {brief.policy_date})", "Brief Facts")
        yield self.paragraph("In short", "Brief Heading")
        points = [((name,), lines) for name, lines in _summary(brief)]
        yield from self.table((1.4, 5.3), ("Point", "How it stands"), points)
        yield self.paragraph("Ask for first", "Brief Heading")
        asks = [
            ((Line(str(number), "Brief Label"),), (_place(x.place),), (_named(x.now),), (_named(x.better),))
            for number, x in enumerate(brief.asks[:FIRST], 1)
        ]
        yield from self.table((0.4, 1.9, 2.2, 2.2), ("No.", "Section", "We have", "Ask for"), asks)
        if len(brief.asks) > FIRST:
            yield self.paragraph(f"and {len(brief.asks) - FIRST} more", "Brief Quiet")

    # -- where we stand ---------------------------------------------------------------------

    def standing(self, brief: Brief) -> Iterator[Element]:
        """Write what is not in its best position, what departs from the policy, the blanks and the rounds."""
        yield self.paragraph("Not in the best position", "Brief Heading")
        given = [
            (
                (_place(x.place), *_because(x.current)),
                (*_wording(x.current), *_effects(x.current)),
                _lines(x.current.concedes),
            )
            for x in brief.given
        ]
        yield from self.table((1.9, 2.4, 2.4), ("Section", "Now", "Concedes"), given)
        yield self.paragraph("Departures from the policy", "Brief Heading")
        departures = [
            ((Line(d.requirement, "Brief Bad"),), (Line(d.asks), Line(d.remark, "Brief Quiet")), _places(d.places))
            for d in brief.departures
        ]
        yield from self.table((0.9, 3.8, 2.0), ("Requirement", "What it asks", "Could be met in"), departures)
        yield self.paragraph("Blanks", "Brief Heading")
        gaps = [((Line(gap.label),), _places(gap.places)) for gap in brief.gaps]
        yield from self.table((3.0, 3.7), ("Blank", "Section"), gaps)
        yield self.paragraph("Rounds", "Brief Heading")
        rounds = [row for made in brief.exchanges for row in _moves(made)]
        yield from self.table((1.5, 1.9, 1.65, 1.65), ("Round", "Section", "Came to", "Concedes"), rounds)

    # -- what to ask for --------------------------------------------------------------------

    def asks(self, brief: Brief) -> Iterator[Element]:
        """Write what could be won back, in the order in which to ask, and what is closed."""
        rows = [
            (
                (Line(str(number), "Brief Label"),),
                (_place(ask.place), *_lines(", ".join(ask.requirements), "Brief Quiet")),
                _wording(ask.now),
                _wording(ask.better),
                (*_lines(ask.now.concedes), *_effects(ask.better)),
            )
            for number, ask in enumerate(brief.asks, 1)
        ]
        columns = ("No.", "Section, requirements", "We have", "Ask for", "Wins back")
        yield from self.table((0.4, 1.55, 1.6, 1.6, 1.55), columns, rows)
        if brief.closed:
            yield self.paragraph("Nothing better is open", "Brief Heading")
            closed = [
                (
                    (_place(x.place),),
                    _wording(x.now),
                    tuple(line for r in x.better for line in (*_wording(r), *_effects(r))),
                )
                for x in brief.closed
            ]
            yield from self.table((1.7, 1.8, 3.2), ("Section", "We have", "Why not"), closed)

    # -- the ladder -------------------------------------------------------------------------

    def ladder(self, ladder: Ladder) -> Iterator[Element]:
        """Write a clause with all its alternatives, and below them the guidance on each."""
        yield self.heading(ladder.place)
        rows = [
            (
                (Line(str(number), "Brief Label"), *((Line("Now", "Brief Now"),) if rung.current else ())),
                (Line(rung.label, "Brief Label" if rung.current else "Brief Text"), *_because(rung)),
                (_position(rung.position), *_effects(rung)),
                _lines(rung.concedes),
            )
            for number, rung in enumerate(ladder.rungs, 1)
        ]
        columns = ("No.", "Alternative", "Position, effect", "Concedes")
        yield from self.table((0.55, 2.3, 1.55, 2.3), columns, rows, together=True)
        for number, rung in enumerate(ladder.rungs, 1):
            now = ", now" if rung.current else ""
            yield from self.advice(f"{number}. {rung.label} ({rung.position}{now})", rung)

    def single(self, ladder: Ladder) -> Iterator[Element]:
        """Write a clause that has one alternative, with the guidance on it."""
        rung = ladder.current
        yield self.heading(ladder.place)
        yield from self.advice(rung.label if rung.position == BEST else f"{rung.label} ({rung.position})", rung)

    def advice(self, heading: str, rung: Rung) -> Iterator[Element]:
        """Write the guidance on an alternative."""
        if rung.guidance:
            yield self.paragraph(heading, "Brief Advice")
        for text in rung.guidance:
            yield self.paragraph(text, "Brief Guidance")

    # -- blocks -----------------------------------------------------------------------------

    def heading(self, place: SectionName) -> Element:
        """Write a clause's heading, with the bookmark that the tables lead to."""
        words = oxml.bookmark(self.anchors[place.clause], [oxml.run(place.words)])
        return oxml.paragraph(self.ids["Brief Clause"], words)

    def paragraph(self, words: str, style: str, *, keep: bool = False, clause: str = "") -> Element:
        """Write a paragraph, as a link where it leads to a clause that has a bookmark."""
        anchor = self.anchors.get(clause, "")
        run = oxml.run(words, style=self.ids[LINK] if anchor else "")
        return oxml.paragraph(self.ids[style], [oxml.hyperlink(anchor, [run]) if anchor else run], keep_next=keep)

    def table(
        self, shares: Sequence[float], columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, together: bool = False
    ) -> Iterator[Element]:
        """Write a table as wide as the page, its header on every page and no row broken; "None." without rows.

        `together` keeps all its rows on one page.
        """
        if not rows:
            yield self.paragraph("None.", "Brief Text")
            return
        total = sum(shares)
        frame = oxml.Frame(self.ids[TABLE], 0, tuple(round(share / total * self.width) for share in shares))
        header = [self.paragraph(words, "Brief Header") for words in columns]
        cells = [
            [[self.line(line, keep=together and row is not rows[-1]) for line in cell or (Line(""),)] for cell in row]
            for row in rows
        ]
        made = oxml.table(frame, header, [[cell[0] for cell in row] for row in cells])
        for first, *rest in (cell for row in cells for cell in row):
            for node in reversed(rest):
                first.addnext(node)
        yield made

    def line(self, line: Line, *, keep: bool) -> Element:
        """Write a line of a cell."""
        return self.paragraph(line.words, line.style, keep=keep, clause=line.clause)


# -- cells --------------------------------------------------------------------------------------


def _summary(brief: Brief) -> Iterator[tuple[Line, tuple[Line, ...]]]:
    given: dict[str, list[str]] = {position: [] for position in POSITIONS if position != BEST}
    approvals: dict[str, list[str]] = {}
    for ladder in brief.given:
        given[ladder.current.position].append(ladder.place.words)
        if ladder.current.approval:
            approvals.setdefault(ladder.current.approval, []).append(ladder.place.words)
    best = brief.clauses - len(brief.given)
    yield _point("Best position"), (Line(f"{best} of {brief.clauses} clauses"),)
    for position, places in reversed(given.items()):
        name, style = POSITIONS[position]
        yield _point(name, style if places else ""), _counted(places)
    told = [f"{who}: {'; '.join(_first(names))}" for who, names in approvals.items()]
    yield _point("Needs approval"), tuple(map(Line, told)) or (Line("none"),)
    yield _point("Policy"), (Line("; ".join(f"{count} {status}" for status, count in brief.requirements)),)
    departures = [departure.requirement for departure in brief.departures]
    yield _point("Departures", "Brief Bad" if departures else ""), _counted(departures)
    yield _point("Blanks"), _counted([gap.label for gap in brief.gaps])
    for last in [x for x in brief.exchanges if x.number][-1:]:
        now = (x for x in brief.exchanges if not x.number)
        since = (f"since round {x.since}: {len(x.conceded)} conceded, {len(x.won)} won back" for x in now)
        yield _point("Last round"), (*_round(last)[:1], *map(Line, since))


def _point(name: str, style: str = "") -> Line:
    return Line(name, style or "Brief Label")


def _counted(names: Sequence[str]) -> tuple[Line, ...]:
    return (Line(f"{len(names)}: {'; '.join(_first(names))}" if names else "none"),)


def _first(names: Sequence[str]) -> list[str]:
    return [*names[:MOST], *([f"and {len(names) - MOST} more"] if len(names) > MOST else [])]


def _place(place: SectionName) -> Line:
    return Line(place.words, "Brief Label", place.clause)


def _places(places: Iterable[SectionName]) -> tuple[Line, ...]:
    return tuple(Line(place.words, clause=place.clause) for place in places)


def _lines(words: str, style: str = "Brief Text") -> tuple[Line, ...]:
    return (Line(words, style),) if words else ()


def _position(position: str) -> Line:
    return Line(*POSITIONS.get(position, (position, "Brief Text")))


def _wording(rung: Rung) -> tuple[Line, ...]:
    return (Line(rung.label), _position(rung.position))


def _named(rung: Rung) -> Line:
    return Line(f"{rung.label} ({rung.position})")


def _because(rung: Rung | Step) -> tuple[Line, ...]:
    return _lines(f"Because: {rung.because}" if rung.because else "", "Brief Quiet")


def _effects(rung: Rung) -> tuple[Line, ...]:
    """Tell what an alternative needs and would do."""
    return (
        *_lines(f"Not open: {rung.forbidden}" if rung.forbidden else "", "Brief Bad"),
        *_lines(f"Needs approval: {rung.approval}" if rung.approval else "", "Brief Label"),
        *(Line(f"{i}: {was} → {now}", "Brief Bad" if now in UNMET else "Brief Text") for i, was, now in rung.changes),
        *_lines(f"Adds blanks: {', '.join(rung.blanks)}" if rung.blanks else "", "Brief Quiet"),
    )


def _round(made: Exchange) -> tuple[Line, ...]:
    if not made.number:
        return (Line("Now", "Brief Label"), Line(f"since round {made.since}", "Brief Quiet"))
    day = f", {english.long_date(made.on)}" if made.on else ""
    return (
        Line(f"Round {made.number}, {made.direction} {made.party}{day}", "Brief Label"),
        *_lines(made.file, "Brief Quiet"),
        *_lines(f"since round {made.since}" if made.since else "", "Brief Quiet"),
    )


def _moves(made: Exchange) -> Iterator[tuple[Cell, ...]]:
    """Go through the rows of a round: what it conceded, then what it won back, a row each."""
    departs = f"Departs from: {', '.join(made.deviations)}" if made.deviations else ""
    first: Cell = (*_round(made), *_lines(departs, "Brief Bad"))
    again: Cell = (Line(f"Round {made.number}" if made.number else "Now", "Brief Quiet"),)
    told = [("Conceded", "Brief Bad", step) for step in made.conceded]
    told += [("Won back", "Brief Preferred", step) for step in made.won]
    for number, (name, style, step) in enumerate(told):
        came_to = (Line(step.label), _position(step.position), *_because(step))
        yield again if number else first, (_place(step.place), Line(name, style)), came_to, _lines(step.concedes)
    if not told:
        yield (
            first,
            (Line("received" if made.direction == "from" else "nothing changed position", "Brief Quiet"),),
            (),
            (),
        )
