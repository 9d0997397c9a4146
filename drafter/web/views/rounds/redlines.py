"""A round against another one, or against the draft now: on a page, and as the file that 'drafter redline' writes."""

from __future__ import annotations

from urllib.parse import urlencode

from drafter.base import english
from drafter.comparing import marked
from drafter.documents import designs
from drafter.drafting.draft import Draft
from drafter.matters import filing, rounds
from drafter.matters.rounds import Round
from drafter.papers import remarks
from drafter.papers.remarks import Compared
from drafter.sending import versions
from drafter.values import dataclass
from drafter.web.asked import Asked, NotThereError, Reply, Sent, Shown
from drafter.web.desk import Desk, Known
from drafter.web.views import redlined
from drafter.web.views.contract import WORD
from drafter.web.views.rounds import naming

NOW = "now"  # the draft as it is, among the numbers of the rounds


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared with what: a round's number, and another's or NOW; and the rounds that were sent."""

    base: str
    revised: str
    sent: tuple[Round, ...]


def redline(desk: Desk, asked: Asked) -> Reply:
    """Show what changed from one round to another, or to the draft now; first from the last that was sent."""
    known = desk.read(asked.names["matter"])
    sides = _sides(known, asked)
    given: dict[str, object] = {
        "sides": [(str(one.number), _called(one, known)) for one in sides.sent],
        "base": sides.base, "revised": sides.revised, "whole": asked.query.get("whole") == "yes", "now": NOW,
        "compared": "", "redline": "", "words": 0, "file": "",
    }  # fmt: skip
    if sides.sent:
        made = _compared(desk, known, sides)
        query = urlencode({"base": sides.base, "revised": sides.revised})
        between = f"From {_named(sides, sides.base, known)} to {_named(sides, sides.revised, known)}"
        given |= {
            "compared": between, "words": marked.marked_words(made.redline),
            "redline": redlined.changes(made.redline, whole=bool(given["whole"])),
            "file": f"{asked.at('rounds', 'redline.docx')}?{query}",
        }  # fmt: skip
    return Shown("redline.html", given)


def redline_file(desk: Desk, asked: Asked) -> Reply:
    """Send it as a Word file with tracked changes."""
    known = desk.read(asked.names["matter"])
    sides = _sides(known, asked)
    if not sides.sent:
        raise NotThereError("redline")
    design = designs.find(known.place, known.library.folder, None).of("agreement")
    name = f"{asked.names['matter']} redline {sides.base} to {sides.revised}.docx"
    return Sent(name, _compared(desk, known, sides).to_docx(design), WORD)


def _sides(known: Known, asked: Asked) -> Sides:
    """Return what an address compares. NotThereError for a round that was not sent."""
    every = rounds.read_all(known.place / filing.ROUNDS)
    sent = tuple(one for one in every if one.direction == "to")
    numbers = [str(one.number) for one in sent]
    base = asked.query.get("base", numbers[-1] if numbers else "")
    revised = asked.query.get("revised", NOW)
    if numbers and (base not in numbers or revised not in (*numbers, NOW)):
        raise NotThereError(f"{base} {revised}")
    return Sides(base, revised, sent)


def _called(one: Round, known: Known) -> str:
    return f"round {one.number}, to {naming.party(one.party, known.contract)}, {english.long_date(one.on)}"


def _named(sides: Sides, side: str, known: Known) -> str:
    return next((_called(one, known) for one in sides.sent if str(one.number) == side), "the draft now")


def _compared(desk: Desk, known: Known, sides: Sides) -> Compared:
    """Compare them as the command does, without comments: whoever reads it learns no reason."""
    base, revised = (_side(known, side) for side in (sides.base, sides.revised))
    return versions.compare(base, revised, desk.today())


def _side(known: Known, side: str) -> remarks.Known | Draft:
    if side == NOW:
        return versions.of_draft(known.drafted, known.place.stem)
    return versions.of_number(known.place, int(side))
