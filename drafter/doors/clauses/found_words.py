"""What clauses --find, clauses --compare and explain QUESTION say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from rich.text import Text

from drafter.asking import spoken
from drafter.base import english
from drafter.comparing import preview
from drafter.comparing.marked import Redline
from drafter.doors import phrases, terminal
from drafter.doors.negotiating import words
from drafter.drafting import wordings
from drafter.drafting.draft import Draft
from drafter.drafting.finding import clauses
from drafter.drafting.finding.matching import Span
from drafter.drafting.finding.questions import Named
from drafter.drafting.finding.reach import Reached
from drafter.drafting.finding.texts import Hit, Line
from drafter.reading.library import Alternative, Clause
from drafter.reading.readers import ReaderKind

FOUND = "bold yellow"

# -- searching ----------------------------------------------------------------------------------


def hits(found: tuple[Hit, ...], wanted: str, made: Draft | None) -> None:
    """Print the clauses that hold words, each with its lines; the words are between asterisks, and in colour.

    Those that rest on what the words cite have the requirements as their lines.
    """
    contract = made.contract if made else None
    for hit in found:
        terminal.say((hit.clause.id, "cyan"), ": ", (clauses.name(hit.clause, contract), "bold"))
        terminal.show(terminal.facts((_where(line), _marked(line.text, line.spans)) for line in hit.lines), "")
    does = "rest" if any(line.where == "requirement" for hit in found for line in hit.lines) else "hold"
    on = " on" if does == "rest" else ""
    terminal.say(
        f"{english.counted(len(found), 'clause').capitalize()} {does}{'s' * (len(found) == 1)}{on} '{wanted}'."
    )


def _where(line: Line) -> str:
    return f"{line.where.capitalize()}{f' of {line.alternative}' if line.alternative else ''}"


def _marked(text: str, spans: Iterable[Span]) -> Text:
    """Return a text with words between asterisks, in colour."""
    ends = sorted({0, len(text), *itertools.chain.from_iterable(spans)})
    starts = {start for start, _ in spans}
    pieces = ((text[a:b], a in starts) for a, b in itertools.pairwise(ends))
    return terminal.text(*((f"*{piece}*", FOUND) if is_found else piece for piece, is_found in pieces))


def hits_json(found: tuple[Hit, ...], made: Draft | None) -> list[dict[str, object]]:
    """Return the clauses that hold words, for scripts; `spans` count characters of `text` from 0."""
    return [
        {
            "clause": hit.clause.id,
            "title": wordings.title(hit.clause.title),
            "called": clauses.name(hit.clause, made.contract if made else None),
            "selected": made.selection.in_force.get(hit.clause.id) if made else None,
            "lines": [
                {
                    "where": line.where,
                    "alternative": line.alternative or None,
                    "text": line.text,
                    "spans": [list(span) for span in line.spans],
                }
                for line in hit.lines
            ],
        }
        for hit in found
    ]


# -- comparing ----------------------------------------------------------------------------------


def compared(clause: Clause, one: Alternative, other: Alternative, redline: Redline) -> None:
    """Print what changes from one alternative of a clause to another."""
    terminal.say((clause.id, "bold"), ": ", phrases.side(one), " -> ", phrases.side(other))
    terminal.say()
    words.redline(redline)


def compared_json(clause: Clause, one: Alternative, other: Alternative, redline: Redline) -> dict[str, object]:
    """Return what changes from one alternative of a clause to another, for scripts."""
    lines = preview.to_text(redline).rstrip("\n").split("\n")
    return {"clause": clause.id, "before": one.id, "after": other.id, "words": lines}


# -- what an answer reaches ---------------------------------------------------------------------

HOW: dict[ReaderKind, str] = {
    "wording": "decides its wording",
    "clause": "decides whether it is in the contract",
    "text": "is read by its text",
}
HEADINGS: dict[ReaderKind, str] = {
    "wording": "Section", "clause": "Section", "text": "Section", "question": "Question", "check": "Check",
    "requirement": "Requirement", "outline": "Outline", "memo": "Memo",
}  # fmt: skip


def reached(named: Named, made: Draft, found: tuple[Reached, ...]) -> None:
    """Print a question with its answer, and what the answer reaches."""
    rows = [("Question", f"{named.question.prompt} ({named.id})"), ("Answer", _answer(named, made))]
    terminal.show(terminal.facts(rows, 0), "")
    if not found:
        terminal.say("Nothing else reads this answer.")
        return
    terminal.show(terminal.facts(((_heading(one), _reached(one)) for one in found), 0))


def _heading(one: Reached) -> str:
    heading = HEADINGS[one.kinds[0]]
    if one.number.startswith("Exhibit"):
        return "Exhibit"
    return "Not in it" if heading == "Section" and not one.now else heading


def _answer(named: Named, made: Draft) -> str:
    name = named.within or named.id
    question = made.library.questionnaire.questions[name]
    return spoken.said(question, made.selection.values[name]) or "none"


def _reached(one: Reached) -> Text:
    kind = one.kinds[0]
    if kind in HOW:
        number = one.number.removeprefix("Exhibit ")
        how = " and ".join(HOW[k] for k in one.kinds)
        return terminal.text((f"{number} {one.said}".strip(), "bold"), f" ({one.name}): the answer {how}")
    return terminal.text((one.name, "bold"), *_state(one))


def _state(one: Reached) -> Iterator[str]:
    match one.kinds[0]:
        case "question":
            yield f" ({'asked' if one.now else 'not asked'} with these answers): {one.said}"
        case "check":
            yield f" ({'set off now' if one.now else 'not set off'}): {one.said}"
        case "requirement":
            yield f" ({one.status}): {one.said}"
        case "outline":
            yield f": {one.said}"
        case _:
            yield ": this line of the board's memo"


def reached_json(named: Named, made: Draft, found: tuple[Reached, ...]) -> dict[str, object]:
    """Return what an answer reaches, for scripts."""
    return {
        "question": named.id,
        "prompt": named.question.prompt,
        "answer": _answer(named, made),
        "reaches": [
            {
                "kinds": list(one.kinds),
                "name": one.name,
                "number": one.number or None,
                "said": one.said,
                "now": one.now,
                "status": one.status or None,
                "file": one.place.path,
                "line": one.place.line or None,
            }
            for one in found
        ],
    }
