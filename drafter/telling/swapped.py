"""What a swap did: the alternative, what it concedes, what changes with it, and the requirements that it touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drafter.asking import spoken
from drafter.base.problems import Problem
from drafter.contract import SectionName, names
from drafter.drafting import compliance, draft
from drafter.drafting.draft import Draft
from drafter.drafting.swapping import Swapped
from drafter.language import Value
from drafter.reading.library import gives
from drafter.reading.questionnaire import Question
from drafter.reading.readers import Reader
from drafter.telling import rows
from drafter.telling.called import BY_IDS, Called
from drafter.telling.rows import Row, Words


def title(swap: Swapped, called: Called = BY_IDS) -> tuple[Words, ...]:
    """Return the clause with its alternative before and after."""
    old, new = (rows.side(choice.alternative if choice else None, called) for choice in swap.choices)
    return Words(called.clause(swap.clause), "strong"), Words(": "), *old, Words(" -> "), *new


def told(
    swap: Swapped, reminders: Sequence[Problem], reasons: tuple[str, str] = ("", ""), *,
    tried: bool = False, called: Called = BY_IDS,
) -> tuple[Row, ...]:  # fmt: skip
    """Return what a swap changed, but for the words of the contract.

    `reasons` are those that were given for it: for our own side, and for the board.
    """
    found = (
        *_choice(swap, reasons, called, tried=tried),
        *_beside(swap, called),
        *rows.requirements(swap.said_changes),
        *(rows.row("Deviations", *rows.departure(one)) for one in swap.after.coverage.unmet),
        *(rows.row("Remember", f"{reminder.message}; {reminder.hint}") for reminder in reminders),
    )
    return tuple(row for row in found if row.words)


def _choice(swap: Swapped, reasons: tuple[str, str], called: Called, *, tried: bool) -> Iterator[Row]:
    """Yield what was chosen, and why."""
    old, new = (choice.alternative if choice else None for choice in swap.choices)
    yield rows.row(rows.change(is_new=swap.is_new, tried=tried), Words(str(swap.place), "line"))
    if new is not None:
        yield from (rows.row(heading, rows.paragraphs(words)) for heading, words in gives(old, new))
        yield rows.row("Approval", new.approval)
    yield rows.row("Because", _kept(swap.after.reasons.get(swap.clause, ""), reasons[0]))
    yield rows.row("For the board", _kept(swap.after.public_reasons.get(swap.clause, ""), reasons[1]))
    for question, value in answered(swap):
        yield rows.row("Answer", f"{called.question(question)}{called.answer(question, value)}")
    yield from _taken_back(swap, called)


def _beside(swap: Swapped, called: Called) -> Iterator[Row]:
    """Yield what changes with it, and what does not and should be looked at."""
    for clause, old, new in swap.others:
        before, after = (rows.side(choice.alternative if choice else None, called) for choice in (old, new))
        yield rows.row("Changes too", f"{called.clause(clause)}: ", *before, " -> ", *after, clause=clause)
    yield from (rows.row("Now asked", called.asked(question)) for question in swap.asked)
    yield from (rows.row(p.level.capitalize(), called.problem(p)) for p in swap.found)
    sections = names(swap.after.contract) if swap.readers else {}
    there = (one for one in swap.readers if is_there(one, sections))
    yield from (rows.row("Look at", reads(one, sections, called)) for one in there)
    for one in swap.in_memo:
        yield rows.row("In the memo", f"'{one.name}' depends on this wording{called.at(one.place)}")


def between(before: Draft, after: Draft) -> Iterator[Row]:
    """Yield what two drafts of a matter concede and win back beside each other, and the requirements that change."""
    called = names(before.contract) | names(after.contract)
    was, now = ({name: one.alternative for name, one in made.selection.choices.items()} for made in (before, after))
    for name in dict.fromkeys((*was, *now)):
        section = called[name].in_full if name in called else name
        for heading, words in gives(was.get(name), now.get(name)):
            if words:
                yield rows.row(heading, f"{section}: {rows.paragraphs(words)}", clause=name)
    changed = compliance.changes(before.coverage, after.coverage)
    yield from (rows.row("Requirements", *rows.status(*one)) for one in changed)
    for one in draft.new_values(before, after):
        yield rows.row("Remember", f"{one.message}\n{one.hint}")


def _kept(kept: str, given: str) -> str:
    """Return the reasons on record, and whether the one that was given is among them."""
    if given and given not in kept:
        return f"{given} (not kept: this wording was in the contract already, and no swap to it is recorded)"
    return kept


def unchanged(swap: Swapped, *, tried: bool) -> str:
    """Return what is said where no word of the contract changes."""
    if swap.is_new:
        return "No word of the contract changes."
    if swap.before.matter.swaps == swap.after.matter.swaps or tried:
        return "Nothing changed."
    return "The contract stays as it was; what was given was added to the record of this swap."


def _taken_back(swap: Swapped, called: Called) -> Iterator[Row]:
    """Yield the answer that taking a swap back puts in again, and whether it is a fact."""
    question = swap.after.library.questionnaire.questions.get(swap.undone.question) if swap.undone else None
    if question is None:
        return
    value = swap.after.selection.values[question.id]
    yield rows.row(
        "Answer", f"{called.question(question)}{spoken.said(question, value) or 'no answer'}, as before the swap"
    )
    if question.fact:
        yield rows.row("Fact", f"this changes a fact back; make sure that it is so: {question.prompt}")


def answered(swap: Swapped) -> tuple[tuple[Question, Value], ...]:
    """Return the answer that a swap changed, if that is how it was made."""
    return swap.way.answers[:1] if swap.way is not None and swap.is_new else ()


_READS = {
    "wording": "the choice of wording for", "clause": "whether there is", "text": "the text of", "check": "the check",
    "question": "the question", "requirement": "the requirement", "outline": "the outline,", "memo": "the memo, at",
}  # fmt: skip


def is_there(reader: Reader, called: Mapping[str, SectionName]) -> bool:
    """Say whether what reads an answer is in this contract, or is no part of one."""
    return reader.kind not in ("wording", "text") or reader.name in called


def reads(reader: Reader, sections: Mapping[str, SectionName], called: Called = BY_IDS) -> str:
    """Return what goes on reading an answer, in words; a section as this contract calls it."""
    named = sections[reader.name].in_full if reader.name in sections else called.said(f"'{reader.name}'")
    return f"{_READS[reader.kind]} {named} still reads the answer{called.at(reader.place)}"
