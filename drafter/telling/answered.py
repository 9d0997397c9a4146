"""What answers did: the wordings, sections, requirements, questions and blanks that changed with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.asking import spoken
from drafter.asking.answering.changing import Answered
from drafter.asking.entries import Entry
from drafter.contract import names
from drafter.drafting.changes import Changed
from drafter.drafting.selection import Choice
from drafter.language import Value
from drafter.matters.editing.answer_lines import Written
from drafter.reading.library import gives
from drafter.telling import rows
from drafter.telling.rows import Row, Words


def titles(answer: Answered) -> Iterator[tuple[Words, ...]]:
    """Yield each answer that was given, before and now, as people say it."""
    before = answer.changed.before.selection.values if answer.changed else {}
    for one in answer.given:
        was, now = _said(one.entry, one.was, before), _said(one.entry, one.now, answer.here.values)
        yield Words(one.entry.about, "strong"), Words(": "), Words(was, "line"), Words(" -> "), Words(now, "line")


def _said(entry: Entry, written: Written, values: Mapping[str, Value]) -> str:
    """Return an answer as people say it; the default where there is none."""
    if entry.number and entry.asked.type == "records":
        return spoken.first(written) if written else "taken out of the list"
    if written is None and not entry.number and (default := spoken.said(entry.asked, values.get(entry.name))):
        return f"{default} (the default)"
    return spoken.written(entry.asked, written) or "no answer"


def told(answer: Answered, reasons: tuple[str, str] = ("", ""), *, tried: bool) -> tuple[Row, ...]:
    """Return what answers changed, but for the words of the contract.

    `reasons` are those that were given: for our own side, and for the board.
    """
    found = (*_given(answer, reasons, tried=tried), *_changes(answer), *_left(answer))
    return tuple(row for row in found if row.words)


def _given(answer: Answered, reasons: tuple[str, str], *, tried: bool) -> Iterator[Row]:
    yield from (rows.row("Question", one.entry.asked.prompt) for one in answer.given)
    yield rows.row(rows.change(is_new=answer.is_new, tried=tried), Words(str(answer.place), "line"))
    yield rows.row("Because", _reason(answer, reasons[0]))
    yield rows.row("For the board", _reason(answer, reasons[1]))
    for one in answer.given:
        if not answer.is_asked(one.entry):
            about = f"{one.entry.about}: " if len(answer.given) > 1 else ""
            what = "these answers don't ask this question, so the contract doesn't read it now"
            yield rows.row("Not asked", f"{about}{what}")


def is_kept(answer: Answered) -> bool:
    """Say whether a reason that was given is on the record: only the wording of a clause has a reason there."""
    return answer.before.swaps != answer.after.swaps


def _reason(answer: Answered, reason: str) -> str:
    """Return a reason, and whether the record keeps it."""
    if reason and not answer.is_new and is_kept(answer):
        return f"{reason} (added to the record of the swaps that this answer made)"
    if not reason or is_kept(answer):
        return reason
    return f"{reason} (not kept: this answer puts in no other alternative of a clause)"


def _changes(answer: Answered) -> Iterator[Row]:
    """Yield what changed in the contract, and what has to be answered now."""
    if (changed := answer.changed) is None:
        return
    yield from _wordings(answer, changed)
    yield from rows.requirements(changed.said_changes)
    yield from (rows.row("Deviations", *rows.departure(row)) for row in changed.after.coverage.unmet)
    yield from (rows.row("Now asked", f"{question.id}: {question.prompt}") for question in changed.asked)
    yield from (
        rows.row("No longer asked", f"{question.id}: {question.prompt}") for question in changed.no_longer_asked
    )
    for problem in changed.found:
        yield rows.row(problem.level.capitalize(), f"{spoken.problem(problem)} {problem.hint}")
    yield rows.row("New blanks", "; ".join(blank.text for blank in changed.new_blanks))
    yield rows.row("Blanks gone", "; ".join(blank.text for blank in changed.filled_blanks))


def _wordings(answer: Answered, changed: Changed) -> Iterator[Row]:
    """Yield the clauses whose wording changed, or stays because it was chosen, and the sections that changed."""
    called = {**names(changed.before.contract), **names(changed.after.contract)}
    for clause, old, new in changed.clauses:
        name = called[clause].words if clause in called else clause
        before, after = (rows.side(choice.alternative if choice else None) for choice in (old, new))
        called_so = (Words(name, "strong"), Words(f" ({clause}): "))
        yield rows.row("Wordings", *called_so, *before, " -> ", *after, *_price(old, new), clause=clause)
    for choice in (one for one in answer.decided if one.by == "negotiator"):
        stays = f"{choice.clause.id} stays at {choice.alternative.id}, which was chosen, whatever this answer says"
        yield rows.row("Chosen", stays, clause=choice.clause.id)
    sections = [called[s].words for s in changed.sections]
    yield rows.row("Sections", f"{len(sections)} changed: {rows.named(sections)}" if sections else "none changed")


def _price(old: Choice | None, new: Choice | None) -> Iterator[str]:
    for heading, said in gives(old.alternative if old else None, new.alternative if new else None):
        if said:
            yield f"\n{heading}: {rows.paragraphs(said)}"
    if new is not None and new.alternative.approval:
        yield f"\nApproval: {new.alternative.approval}"


def _left(answer: Answered) -> Iterator[Row]:
    """Yield what prevents a contract as it did before."""
    said = answer.changed.found if answer.changed is not None else ()
    yield from (rows.row("Still wrong", f"{problem}") for problem in answer.left if problem not in said)
