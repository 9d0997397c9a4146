"""Writes the negotiator's brief as a Word file, with the firm's template and under its mark.

One rule: no page leaves without the mark. The template owns its words and the looks; a template that would leave a page
unmarked is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from drafter.base import english
from drafter.contract import SectionName
from drafter.drafting.compliance import UNMET
from drafter.papers.brief import BEST, Brief
from drafter.papers.exchanges import Exchange, Step
from drafter.papers.ladders import Ladder, Rung
from drafter.values import dataclass
from drafter.word import filling, kinds
from drafter.word.filling import Inline

TITLE = "Negotiator’s brief"
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


Lines = tuple[Line, ...]
Row = Mapping[str, object]  # the fields of an entry; a list of lines has at least one


def write(brief: Brief, template: Path) -> bytes:
    """Write a brief with a template; equal briefs give equal bytes. DraftingError when it is not in order."""
    places = [ladder.place.clause for ladder in (*brief.ladders, *brief.single)]
    writer = _Writer({clause: f"clause_{number}" for number, clause in enumerate(places, 1)})
    values = {**writer.summary(brief), **writer.position(brief), **writer.asks(brief), **writer.ladders(brief)}
    return filling.document(kinds.BRIEF, values, template, f"{TITLE}: {brief.title}")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes the fields of a brief; it knows the bookmark of each clause."""

    anchors: Mapping[str, str]

    def line(self, line: Line) -> Inline:
        """Make a paragraph, which is a link where its clause has a bookmark."""
        anchor = self.anchors.get(line.clause, "")
        face, link = ("Brief Link", f"#{anchor}") if anchor else ("", "")
        return filling.said(line.words, style=line.style, face=face, link=link)

    def lines(self, lines: Sequence[Line]) -> list[Inline]:
        """Make the paragraphs of a cell, at least one."""
        return [self.line(line) for line in lines or (Line(""),)]

    def summary(self, brief: Brief) -> Row:
        """Make the first page: what must be known before anything else."""
        first = [
            {
                "number": str(number),
                "place": self.line(_place(ask.place)),
                "now": _named(ask.now),
                "better": _named(ask.better),
            }
            for number, ask in enumerate(brief.asks[:FIRST], 1)
        ]
        return {
            "title": brief.title,
            "status": brief.status,
            "caption": " · ".join(brief.caption),
            "policy": brief.policy,
            "policy_status": brief.policy_status,
            "policy_date": brief.policy_date,
            "points": [{"name": self.line(name), "words": self.lines(words)} for name, words in _points(brief)],
            "first": first,
            "more": f"and {len(brief.asks) - FIRST} more" if len(brief.asks) > FIRST else "",
        }

    def position(self, brief: Brief) -> Row:
        """Make what is not in its best position, what departs from the policy, the blanks and the rounds."""
        given = [
            {
                "place": self.lines((_place(ladder.place), *_because(ladder.current))),
                "now": self.lines((*_wording(ladder.current), *_effects(ladder.current))),
                "concedes": self.lines(_lines(ladder.current.concedes)),
            }
            for ladder in brief.given
        ]
        departures = [
            {
                "requirement": self.line(Line(departure.requirement, "Brief Bad")),
                "asks": self.lines((Line(departure.asks), Line(departure.remark, "Brief Quiet"))),
                "places": self.lines(_places(departure.places)),
            }
            for departure in brief.departures
        ]
        gaps = [{"label": gap.label, "places": self.lines(_places(gap.places))} for gap in brief.gaps]
        rounds = [
            {name: self.lines(lines) for name, lines in zip(_ROUND, move, strict=True)}
            for exchange in brief.exchanges
            for move in _moves(exchange)
        ]
        return {"given": given, "departures": departures, "gaps": gaps, "rounds": rounds}

    def asks(self, brief: Brief) -> Row:
        """Make what could be won back, in the order in which to ask, and what is closed."""
        asks = [
            {
                "number": str(number),
                "place": self.lines((_place(ask.place), *_lines(", ".join(ask.requirements), "Brief Quiet"))),
                "now": self.lines(_wording(ask.now)),
                "better": self.lines(_wording(ask.better)),
                "wins": self.lines((*_lines(ask.now.concedes), *_effects(ask.better))),
            }
            for number, ask in enumerate(brief.asks, 1)
        ]
        closed = [
            {
                "place": self.line(_place(found.place)),
                "now": self.lines(_wording(found.now)),
                "why": self.lines([line for rung in found.better for line in (*_wording(rung), *_effects(rung))]),
            }
            for found in brief.closed
        ]
        return {"asks": asks, "closed": closed}

    def ladders(self, brief: Brief) -> Row:
        """Make each clause with all its alternatives and the guidance on them; then those with one alternative."""
        ladders = [
            {
                "place": self.heading(ladder.place),
                "rungs": [self.rung(number, rung) for number, rung in enumerate(ladder.rungs, 1)],
                "advice": list(_advice(ladder)),
            }
            for ladder in brief.ladders
        ]
        single = [{"place": self.heading(x.place), "advice": list(_only_advice(x.current))} for x in brief.single]
        return {"ladders": ladders, "single": single}

    def heading(self, place: SectionName) -> Inline:
        """Make a clause's heading, with the bookmark that the links lead to."""
        return filling.said(place.words, bookmark=self.anchors[place.clause])

    def rung(self, number: int, rung: Rung) -> Row:
        """Make the row of an alternative."""
        now = (Line("Now", "Brief Now"),) if rung.current else ()
        return {
            "number": self.lines((Line(str(number), "Brief Label"), *now)),
            "label": self.lines((Line(rung.label, "Brief Label" if rung.current else "Brief Text"), *_because(rung))),
            "position": self.lines((_position(rung.position), *_effects(rung))),
            "concedes": self.lines(_lines(rung.concedes)),
        }


# -- words --------------------------------------------------------------------------------------


def _points(brief: Brief) -> Iterator[tuple[Line, Lines]]:
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
    needed = [f"{who}: {'; '.join(_first(names))}" for who, names in approvals.items()]
    yield _point("Needs approval"), tuple(map(Line, needed)) or (Line("none"),)
    yield _point("Policy"), (Line(_tally(brief.requirements)),)
    if brief.others:
        yield _point("Other sources"), tuple(Line(f"{citation}: {_tally(counts)}") for citation, counts in brief.others)
    departures = [departure.requirement for departure in brief.departures]
    yield _point("Departures", "Brief Bad" if departures else ""), _counted(departures)
    yield _point("Blanks"), _counted([gap.label for gap in brief.gaps])
    for last in [x for x in brief.exchanges if x.number][-1:]:
        now = (x for x in brief.exchanges if not x.number)
        since = (f"since round {x.since}: {len(x.conceded)} conceded, {len(x.won)} won back" for x in now)
        yield _point("Last round"), (*_round(last)[:1], *map(Line, since))


def _tally(counts: Iterable[tuple[str, int]]) -> str:
    return "; ".join(f"{count} {status}" for status, count in counts)


def _point(name: str, style: str = "") -> Line:
    return Line(name, style or "Brief Label")


def _counted(names: Sequence[str]) -> Lines:
    return (Line(f"{len(names)}: {'; '.join(_first(names))}" if names else "none"),)


def _first(names: Sequence[str]) -> list[str]:
    return [*names[:MOST], *([f"and {len(names) - MOST} more"] if len(names) > MOST else [])]


def _place(place: SectionName) -> Line:
    return Line(place.words, "Brief Label", place.clause)


def _places(places: Iterable[SectionName]) -> Lines:
    return tuple(Line(place.words, clause=place.clause) for place in places)


def _lines(words: str, style: str = "Brief Text") -> Lines:
    return (Line(words, style),) if words else ()


def _position(position: str) -> Line:
    return Line(*POSITIONS.get(position, (position, "Brief Text")))


def _wording(rung: Rung) -> Lines:
    return (Line(rung.label), _position(rung.position))


def _named(rung: Rung) -> str:
    return f"{rung.label} ({rung.position})"


def _because(rung: Rung | Step) -> Lines:
    return _lines(f"Because: {rung.because}" if rung.because else "", "Brief Quiet")


def _effects(rung: Rung) -> Lines:
    """Say what an alternative needs and what it would do."""
    return (
        *_lines(f"Not open: {rung.forbidden}" if rung.forbidden else "", "Brief Bad"),
        *_lines(f"Needs approval: {rung.approval}" if rung.approval else "", "Brief Label"),
        *(Line(f"{i}: {was} → {now}", "Brief Bad" if now in UNMET else "Brief Text") for i, was, now in rung.changes),
        *_lines(f"Adds blanks: {', '.join(rung.blanks)}" if rung.blanks else "", "Brief Quiet"),
    )


def _advice(ladder: Ladder) -> Iterator[Row]:
    """Yield the guidance on each alternative of a clause."""
    for number, rung in enumerate(ladder.rungs, 1):
        if rung.guidance:
            now = ", now" if rung.current else ""
            yield {"heading": f"{number}. {rung.label} ({rung.position}{now})", "paragraphs": rung.guidance}


def _only_advice(rung: Rung) -> Iterator[Row]:
    """Yield the guidance on the one alternative of a clause."""
    if rung.guidance:
        yield {"heading": rung.label if rung.position == BEST else _named(rung), "paragraphs": rung.guidance}


_ROUND = ("round", "place", "came_to", "concedes")


def _round(made: Exchange) -> Lines:
    if not made.number:
        return (Line("Now", "Brief Label"), Line(f"since round {made.since}", "Brief Quiet"), *_form(made))
    day = f", {english.long_date(made.on)}" if made.on else ""
    return (
        Line(f"Round {made.number}, {made.direction} {made.party}{day}", "Brief Label"),
        *_lines(made.file, "Brief Quiet"),
        *_lines(f"since round {made.since}" if made.since else "", "Brief Quiet"),
        *_form(made),
    )


def _form(made: Exchange) -> Lines:
    """Return how a round changed the form of the contract."""
    if made.form is None:
        return ()
    what = f"The form was changed from '{made.form.before}' to '{made.form.after}'"
    left_out = ((one.title, f": {one.concedes}" if one.concedes else "") for one in made.form.left_out)
    return (Line(what, "Brief Bad"), *(Line(f"Left out, {title}{given}", "Brief Bad") for title, given in left_out))


def _moves(made: Exchange) -> Iterator[tuple[Lines, Lines, Lines, Lines]]:
    """Yield the rows of a round: what it conceded, then what it won back."""
    departs = f"Departs from: {', '.join(made.deviations)}" if made.deviations else ""
    first: Lines = (*_round(made), *_lines(departs, "Brief Bad"))
    again: Lines = (Line(f"Round {made.number}" if made.number else "Now", "Brief Quiet"),)
    steps = [("Conceded", "Brief Bad", step, step.concedes) for step in made.conceded]
    steps += [("Won back", "Brief Preferred", step, "") for step in made.won]
    for number, (name, style, step, concedes) in enumerate(steps):
        came_to = (Line(step.label), _position(step.position), *_because(step))
        yield again if number else first, (_place(step.place), Line(name, style)), came_to, _lines(concedes)
    if not steps:
        nothing = "received" if made.direction == "from" else "nothing changed position"
        yield first, (Line(nothing, "Brief Quiet"),), (), ()
