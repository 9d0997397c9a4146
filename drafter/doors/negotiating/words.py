"""What swap, redline say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import english
from drafter.base.problems import Problem
from drafter.comparing import marked
from drafter.comparing.marked import Redline
from drafter.contract import SectionName, names, other_form
from drafter.doors import phrases, terminal

if TYPE_CHECKING:  # a redline is made without most of them
    from rich.console import RenderableType
    from rich.text import Text

    from drafter.comparing.preview import Piece
    from drafter.drafting.selection import Choice
    from drafter.drafting.swapping import Swapped
    from drafter.language import Value
    from drafter.papers.remarks import Compared
    from drafter.reading.questionnaire import Question
    from drafter.reading.readers import Reader


def swapped(
    swap: Swapped, reminders: Sequence[Problem], reasons: tuple[str, str] = ("", ""), *, tried: bool = False
) -> None:
    """Print what a swap changed: the alternative, what it concedes, the requirements touched, and the words.

    `reasons` are those given for our own side and for the board.
    """
    from drafter.drafting import ways
    from drafter.reading.library import gives

    old, new = (choice.alternative if choice else None for choice in swap.choices)
    terminal.say((swap.clause, "bold"), ": ", phrases.side(old), " -> ", phrases.side(new))
    rows: list[tuple[str, RenderableType]] = [
        (phrases.change(is_new=swap.is_new, tried=tried), terminal.one_line(str(swap.place)))
    ]
    if new is not None:
        rows += [(heading, terminal.paragraphs(words)) for heading, words in gives(old, new)]
        rows.append(("Approval", new.approval))
    rows.append(("Because", _kept(swap.after.reasons.get(swap.clause, ""), reasons[0])))
    rows.append(("For the board", _kept(swap.after.public_reasons.get(swap.clause, ""), reasons[1])))
    rows += [("Answer", f"{question.id}: {ways.as_typed(value)}") for question, value in answered(swap)]
    rows += _taken_back(swap)
    rows += [("Changes too", _other(*pair)) for pair in swap.others]
    rows += [("Now asked", f"{question.id}: {question.prompt}") for question in swap.asked]
    rows += [(p.level.capitalize(), f"{p.message} {p.hint}") for p in swap.found]
    called = names(swap.after.contract)
    rows += [("Look at", reads(reader, called)) for reader in swap.readers if is_there(reader, called)]
    rows += [("In the memo", f"'{one.name}' depends on this wording ({one.place})") for one in swap.in_memo]
    changed = swap.said_changes
    for wanted, was, now in changed:
        rows.append(("Requirements", terminal.text(f"{wanted}: {was} -> ", (now, phrases.STYLES.get(now, "dim")))))
    if not changed:
        rows.append(("Requirements", "as before"))
    rows += [("Deviations", phrases.departure(row)) for row in swap.after.coverage.unmet]
    rows += [("Remember", f"{reminder.message}; {reminder.hint}") for reminder in reminders]
    terminal.show(terminal.facts(row for row in rows if row[1]))
    terminal.say()
    redline(swap.redline, _nothing(swap, tried=tried))
    if tried:
        terminal.say("Only tried: nothing was written.")


def _kept(kept: str, given: str) -> str:
    """Return the reasons on record, and whether the one that was given is among them."""
    if given and given not in kept:
        return f"{given} (not kept: this wording was in the contract already, and no swap to it is recorded)"
    return kept


def _nothing(swap: Swapped, *, tried: bool) -> str:
    """Return what is said where no word of the contract changes."""
    if swap.is_new:
        return "No word of the contract changes."
    if swap.before.matter.swaps == swap.after.matter.swaps or tried:
        return "Nothing changed."
    return "The contract stays as it was; what was given was added to the record of this swap."


def _taken_back(swap: Swapped) -> Iterator[tuple[str, str]]:
    """Yield the answer that taking a swap back puts in again, and whether it is a fact."""
    from drafter.asking import spoken

    question = swap.after.library.questionnaire.questions.get(swap.undone.question) if swap.undone else None
    if question is None:
        return
    value = swap.after.selection.values[question.id]
    yield "Answer", f"{question.id}: {spoken.said(question, value) or 'no answer'}, as before the swap"
    if question.fact:
        yield "Fact", f"this changes a fact back; make sure that it is so: {question.prompt}"


def answered(swap: Swapped) -> tuple[tuple[Question, Value], ...]:
    """Return the answer that a swap changed, if that is how it was made."""
    return swap.way.answers[:1] if swap.way is not None and swap.is_new else ()


def _other(clause: str, old: Choice | None, new: Choice | None) -> Text:
    before, after = (phrases.side(choice.alternative if choice else None) for choice in (old, new))
    return terminal.text(f"{clause}: ", before, " -> ", after)


READS = {
    "wording": "the choice of wording for", "clause": "whether there is", "text": "the text of", "check": "the check",
    "question": "the question", "requirement": "the requirement", "outline": "the outline,", "memo": "the memo, at",
}  # fmt: skip


def is_there(reader: Reader, called: Mapping[str, SectionName]) -> bool:
    """Say whether what reads an answer is in this contract, or is no part of one."""
    return reader.kind not in ("wording", "text") or reader.name in called


def reads(reader: Reader, called: Mapping[str, SectionName]) -> str:
    """Return what goes on reading an answer, in words; a section as this contract calls it."""
    named = called[reader.name].in_full if reader.name in called else f"'{reader.name}'"
    return f"{READS[reader.kind]} {named} still reads the answer ({reader.place})"


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

    terminal.say(f"Wrote {terminal.one_line(str(path))}: {made.heading}.")
    if _is_in_other_form(made.redline):
        terminal.say(_changed_form(made.redline))
    sections = len(marked.changed_sections(made.redline))
    words = english.counted(marked.marked_words(made.redline), "word")
    comments = english.counted(len(made.comments), "comment")
    terminal.say(f"{english.counted(sections, 'section')} changed, {words} marked, {comments}.")


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
        table.add_row(*map(terminal.text, (one.name.words, one.state, phrases.from_to(*one.words))))
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

    old, new = (choice.alternative if choice else None for choice in swap.choices)
    return {
        "clause": swap.clause,
        "before": old.id if old else None,
        "after": new.id if new else None,
        "position": new.position if new else None,
        "direction": direction(old, new),
        "concedes": new.concedes if new else "",
        "approval": new.approval if new else "",
        "answer": {question.id: ways.as_typed(value) for question, value in answered(swap)},
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
