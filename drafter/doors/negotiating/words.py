"""What swap, redline say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import english
from drafter.base.problems import Problem
from drafter.comparing import marked
from drafter.comparing.marked import Redline
from drafter.contract import other_form
from drafter.doors import phrases, terminal
from drafter.telling.rows import from_to

if TYPE_CHECKING:  # a redline is made without most of them
    from drafter.comparing.preview import Piece
    from drafter.drafting.swapping import Swapped
    from drafter.papers.remarks import Compared


def swap(
    made: Swapped, reminders: Sequence[Problem], reasons: tuple[str, str] = ("", ""), *, tried: bool = False
) -> None:
    """Print what a swap changed: the alternative, what it concedes, the requirements touched, and the words.

    `reasons` are those given for our own side and for the board.
    """
    from drafter.telling import swapped

    terminal.say(phrases.said(*swapped.title(made)))
    rows = swapped.told(made, reminders, reasons, tried=tried)
    terminal.show(terminal.facts(phrases.shown(rows)))
    terminal.say()
    redline(made.redline, swapped.unchanged(made, tried=tried))
    if tried:
        terminal.say("Only tried: nothing was written.")


def _is_empty(line: Iterable[Piece]) -> bool:
    return not any(text.strip() for _, text in line)


MARKS = {"deleted": "red", "inserted": "green", "moved from": "blue", "moved to": "blue"}


def redline(made: Redline, nothing: str = "Nothing changed.") -> None:
    """Print what changed: in colour on a terminal, and everywhere with {-deleted-} and {+inserted+} words.

    Of a contract in another form, what became of each section is printed, since nearly every word would be marked.
    """
    from drafter.comparing import preview

    if _is_in_other_form(made):
        _other_form(made)
        return
    out = terminal.console()
    for line in itertools.dropwhile(_is_empty, preview.pieces(made)):
        parts = ((preview.in_braces(piece), MARKS.get(piece[0], "")) for piece in preview.merged(line))
        terminal.hanging(out, terminal.text(*parts), always=True)
    terminal.say(f"{english.counted(marked.marked_words(made), 'word')} marked." if marked.is_marked(made) else nothing)


def redlined(made: Compared, path: Path) -> None:
    """Print where a redline was written, and what is in it."""
    from drafter.comparing import marked
    from drafter.papers import changed

    terminal.say(f"Wrote {terminal.one_line(str(path))}: {made.heading}.")
    if _is_in_other_form(made.redline):
        terminal.say(_changed_form(made.redline))
    every, sections = (len(found(made.redline)) for found in (marked.changed_sections, changed.clauses))
    others = f", {every - sections} in the numbers of others only" if every > sections else ""
    words = english.counted(marked.marked_words(made.redline), "word")
    comments = english.counted(len(made.comments), "comment")
    terminal.say(f"{english.counted(sections, 'section')} changed{others}, {words} marked, {comments}.")


def _is_in_other_form(made: Redline) -> bool:
    return other_form(made.of.base, made.of.revised)


def _changed_form(made: Redline) -> str:
    forms = (f"'{one.form}'" if one is not None else "" for one in (made.of.base, made.of.revised))
    return (
        f"The form of the contract was changed from {' to '.join(forms)}, so that nearly every section reads otherwise."
    )


def _other_form(made: Redline) -> None:
    """Print what became of each section of a contract in another form."""
    from drafter.comparing import fates, redline

    found = fates.fates(redline.reject(made), redline.accept(made))
    terminal.say(_changed_form(made))
    table = terminal.table("Section", "Becomes", "Words")
    for one in (one for one in found if one.state != "kept"):
        table.add_row(*map(terminal.text, (one.name.words, one.state, from_to(*one.words))))
    if table.row_count:
        terminal.show(table)
    kept = fates.by_state(found)["kept"]
    terminal.say(
        f"{english.counted(kept, 'section')} kept, but for the numbers of other sections. -o FILE marks every word."
    )


def swap_json(swap: Swapped, reminders: Sequence[Problem]) -> dict[str, object]:
    """Return what a swap changed, for scripts."""
    from drafter.comparing import preview
    from drafter.drafting import ways
    from drafter.reading.library import direction
    from drafter.telling import swapped

    old, new = (choice.alternative if choice else None for choice in swap.choices)
    return {
        "clause": swap.clause,
        "before": old.id if old else None,
        "after": new.id if new else None,
        "position": new.position if new else None,
        "direction": direction(old, new),
        "concedes": new.concedes if new else "",
        "approval": new.approval if new else "",
        "answer": {question.id: ways.as_typed(value) for question, value in swapped.answered(swap)},
        "changes_too": [clause for clause, _, _ in swap.others],
        "now_asked": [question.id for question in swap.asked],
        "found": [{"code": p.code, "level": p.level, "message": p.message, "hint": p.hint} for p in swap.found],
        "look_at": [{"kind": r.kind, "name": r.name, "file": str(r.place)} for r in (*swap.readers, *swap.in_memo)],
        "because": swap.after.reasons.get(swap.clause, ""),
        "for_board": swap.after.public_reasons.get(swap.clause, ""),
        "deviations": [row.requirement.id for row in swap.after.coverage.unmet],
        "words": preview.to_text(swap.redline).rstrip("\n").split("\n"),
        "file": swap.place.path,
        "line": swap.place.line,
        "requirements": [{"id": wanted, "was": was, "now": now} for wanted, was, now in swap.changes],
        "reminders": [terminal.problem_json(reminder) for reminder in reminders],
    }
