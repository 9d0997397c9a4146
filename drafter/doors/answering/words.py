"""What answer says: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType

from drafter.asking import spoken
from drafter.asking.answering.changing import Answered, Given
from drafter.asking.entries import Entry
from drafter.comparing import preview
from drafter.contract import names
from drafter.doors import phrases, terminal
from drafter.doors.negotiating import words
from drafter.drafting.changes import Changed
from drafter.drafting.selection import Choice
from drafter.language import Value
from drafter.matters.editing.answer_lines import Written
from drafter.reading.library import gives

Row = tuple[str, RenderableType]


def answered(answer: Answered, because: str, *, tried: bool) -> None:
    """Print what answers changed: wordings, sections, requirements, questions, reminders, blanks, and the words."""
    before = answer.changed.before.selection.values if answer.changed else {}
    for one in answer.given:
        was, now = _said(one.entry, one.was, before), _said(one.entry, one.now, answer.here.values)
        terminal.say((one.entry.about, "bold"), ": ", was, " -> ", now)
    redline = answer.changed.redline if answer.changed else None
    terminal.show(terminal.facts(row for row in _rows(answer, because, tried=tried) if row[1]))
    if redline is not None:
        terminal.say()
        words.redline(redline, "No word of the contract changes." if answer.is_new else "Nothing changed.")
    if tried:
        terminal.say("Only tried: nothing was written.")


def _said(entry: Entry, written: Written, values: Mapping[str, Value]) -> str:
    """Return an answer as people say it, on one line; the default where there is none."""
    if entry.number and entry.asked.type == "records":
        return terminal.one_line(spoken.first(written)) if written else "taken out of the list"
    if written is None and not entry.number and (default := spoken.said(entry.asked, values.get(entry.name))):
        return f"{terminal.one_line(default)} (the default)"
    return terminal.one_line(spoken.written(entry.asked, written)) or "no answer"


def _rows(answer: Answered, because: str, *, tried: bool) -> Iterator[Row]:
    yield from (("Question", one.entry.asked.prompt) for one in answer.given)
    yield phrases.change(is_new=answer.is_new, tried=tried), terminal.one_line(str(answer.place))
    yield "Because", _because(answer, because)
    for one in answer.given:
        if not answer.is_asked(one.entry):
            about = f"{one.entry.about}: " if len(answer.given) > 1 else ""
            yield "Not asked", f"{about}these answers don't ask this question, so the contract doesn't read it now"
    if answer.changed is not None:
        yield from _changes(answer, answer.changed)
    said = answer.changed.found if answer.changed is not None else ()
    yield from (("Still wrong", f"{problem}") for problem in answer.left if problem not in said)


def _because(answer: Answered, because: str) -> str:
    """Return the reason, and whether the record keeps it: only the wording of a clause has a reason there."""
    if because and not answer.is_new and answer.before.swaps != answer.after.swaps:
        return f"{because} (added to the record of the swaps that this answer made)"
    if not because or answer.before.swaps != answer.after.swaps:
        return because
    return f"{because} (not kept: this answer puts in no other alternative of a clause)"


def _changes(answer: Answered, changed: Changed) -> Iterator[Row]:
    called = {**names(changed.before.contract), **names(changed.after.contract)}
    for clause, old, new in changed.clauses:
        name = called[clause].words if clause in called else clause
        sides = (phrases.side(choice.alternative if choice else None) for choice in (old, new))
        before, after = sides
        yield "Wordings", terminal.text((name, "bold"), f" ({clause}): ", before, " -> ", after, *_price(old, new))
    yield from (("Chosen", _chosen(choice)) for choice in answer.decided if choice.by == "negotiator")
    sections = [called[s].words for s in changed.sections]
    yield "Sections", f"{len(sections)} changed: {phrases.named(sections)}" if sections else "none changed"
    statuses = changed.said_changes
    for wanted, was, now in statuses:
        yield "Requirements", terminal.text(f"{wanted}: {was} -> ", (now, phrases.STYLES.get(now, "dim")))
    if not statuses:
        yield "Requirements", "as before"
    yield from (("Deviations", phrases.departure(row)) for row in changed.after.coverage.unmet)
    yield from (("Now asked", f"{question.id}: {question.prompt}") for question in changed.asked)
    yield from (("No longer asked", f"{question.id}: {question.prompt}") for question in changed.no_longer_asked)
    for problem in changed.found:
        yield problem.level.capitalize(), f"{spoken.problem(problem)} {problem.hint}"
    yield "New blanks", "; ".join(blank.text for blank in changed.new_blanks)
    yield "Blanks gone", "; ".join(blank.text for blank in changed.filled_blanks)


def _price(old: Choice | None, new: Choice | None) -> Iterator[str]:
    for heading, said in gives(old.alternative if old else None, new.alternative if new else None):
        if said:
            yield f"\n{heading}: {terminal.paragraphs(said)}"
    if new is not None and new.alternative.approval:
        yield f"\nApproval: {new.alternative.approval}"


def _chosen(choice: Choice) -> str:
    return f"{choice.clause.id} stays at {choice.alternative.id}, which was chosen, whatever this answer says"


def answer_json(answer: Answered, because: str) -> dict[str, object]:
    """Return what answers changed, for scripts; the first of them is also there by itself."""
    changed, given = answer.changed, [_given_json(answer, one) for one in answer.given]
    return {
        **given[0],
        "answers": given,
        "changed": answer.is_new,
        "because": because,
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
