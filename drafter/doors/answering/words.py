"""What answer says: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from rich.console import RenderableType

from drafter.asking.answering.changing import Answered, Given
from drafter.comparing import preview
from drafter.doors import phrases, terminal
from drafter.doors.negotiating import words
from drafter.drafting.changes import Changed
from drafter.matters.editing.answer_lines import Written
from drafter.telling import answered

Row = tuple[str, RenderableType]


def given(answer: Answered, reasons: tuple[str, str], *, tried: bool) -> None:
    """Print what answers changed: wordings, sections, requirements, questions, reminders, blanks, and the words."""
    for title in answered.titles(answer):
        terminal.say(phrases.said(*title))
    redline = answer.changed.redline if answer.changed else None
    terminal.show(terminal.facts(phrases.shown(answered.told(answer, reasons, tried=tried))))
    if redline is not None:
        terminal.say()
        words.redline(redline, "No word of the contract changes." if answer.is_new else "Nothing changed.")
    if tried:
        terminal.say("Only tried: nothing was written.")


def answer_json(answer: Answered, because: str, for_board: str = "") -> dict[str, object]:
    """Return what answers changed, for scripts; the first of them is also there by itself."""
    changed, given = answer.changed, [_given_json(answer, one) for one in answer.given]
    return {
        **given[0],
        "answers": given,
        "changed": answer.is_new,
        "because": because,
        "for_board": for_board if answered.is_kept(answer) else "",
        "recorded": [swap.clause for swap in answer.recorded],
        "still_wrong": [terminal.problem_json(problem) for problem in answer.left],
        "file": answer.place.path,
        "line": answer.place.line or None,
        **(_changes_json(changed) if changed is not None else {}),
    }


def _given_json(answer: Answered, one: Given) -> dict[str, object]:
    asked = answer.is_asked(one.entry)
    return {"question": one.entry.about, "before": _plain(one.was), "after": _plain(one.now), "asked": asked}


def _plain(written: Written) -> object:
    if isinstance(written, tuple):
        return [item if isinstance(item, str) else dict(item) for item in written]
    return written


def _changes_json(changed: Changed) -> dict[str, object]:
    redline = changed.redline
    return {
        "clauses": [
            {
                "clause": clause,
                "before": old.alternative.id if old else None,
                "after": new.alternative.id if new else None,
                "position": new.alternative.position if new else None,
            }
            for clause, old, new in changed.clauses
        ],
        "sections": list(changed.sections),
        "requirements": [{"id": wanted, "was": was, "now": now} for wanted, was, now in changed.changes],
        "deviations": [row.requirement.id for row in changed.after.coverage.unmet],
        "now_asked": [question.id for question in changed.asked],
        "no_longer_asked": [question.id for question in changed.no_longer_asked],
        "found": [terminal.problem_json(problem) for problem in changed.found],
        "new_blanks": [blank.question for blank in changed.new_blanks],
        "blanks_gone": [blank.question for blank in changed.filled_blanks],
        "words": preview.to_text(redline).rstrip("\n").split("\n"),
    }
