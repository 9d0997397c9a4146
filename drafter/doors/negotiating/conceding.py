"""What concede says: on a terminal, and as JSON for scripts."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from drafter.base import english
from drafter.doors import phrases, terminal
from drafter.drafting import ways
from drafter.proving.conceding import breaches
from drafter.proving.conceding.concessions import Change, Concession
from drafter.reading.library import Alternative, direction
from drafter.telling.conceded import comes_down, told


def conceded(found: Concession, matter: str) -> None:
    """Print the choice that concedes least and how to make it, or what is in the way and what might help."""
    if found.complies and not found.changes:
        terminal.say("Nothing needs to change: no rejected wording is in the draft.")
    elif found.complies:
        tried = english.counted(found.tried, "choice")
        terminal.say(f"{comes_down(found)} ({tried} tried). Every requirement that applies is said.")
        _show(found, matter)
        for number, other in enumerate(found.others, 2):
            terminal.say((f"\nChoice {number}: ", "bold"), f"{comes_down(other)}.")
            _show(other, matter)
    else:
        _in_the_way(found)
        _otherwise(found.otherwise, matter)


def _in_the_way(found: Concession) -> None:
    terminal.say(("No choice of wordings says what is asked with the present answers.", "bold red"))
    terminal.show(
        terminal.facts(("In the way", breaches.obstacle(breach, found.library)) for breach in found.in_the_way)
    )
    terminal.show(
        terminal.facts(("The policy", f"{r.id}: “{' '.join(r.quote.split())}”") for r in found.requirements if r.quote)
    )


def _otherwise(found: Concession | None, matter: str) -> None:
    """Print what would say all that is asked if one answer were different, and how to say that it is."""
    if found is None or found.supposing is None:
        terminal.say("No other single answer would help either.")
        return
    question, value = found.supposing
    said = terminal.text(
        ("\nIf the answer to ", "bold"), (question.id, "bold"), (f" were {ways.as_typed(value)}", "bold")
    )
    terminal.say(said, f", this would say what is asked: {comes_down(found).lower()}.")
    _show(found, matter)
    terminal.say("No swap changes this answer: somebody must know that it is so. Nothing was changed.")
    command = shlex.join(["drafter", "answer", matter, question.id, ways.as_typed(value)])
    terminal.say(f"If it is so: {command}")


def _show(found: Concession, matter: str) -> None:
    """Print the changes of a choice, one by one, and then what all of them set off."""
    for change in found.changes:
        terminal.show("", terminal.facts(phrases.shown(told(change, found))))
        for command in _commands(change, matter):
            terminal.say("  ", (_HOW[change.by], "bold"), f"  {command}")
    together = [change.answer for change in found.changes if change.by == "together"]
    if together and all(together):
        pairs = [word for question, value in filter(None, together) for word in (question.id, ways.as_typed(value))]
        terminal.say(f"These changes can't be made one by one: {shlex.join(['drafter', 'answer', matter, *pairs])}")
    elif together:
        terminal.say("These changes can't be made one by one: write them into answers.yaml together.")
    rows = [(problem.level.capitalize(), f"{problem.message} {problem.hint}") for problem in found.found]
    if rows:
        terminal.show(terminal.facts(rows, 0))


_HOW = {"swap": "Command", "answer": "Command", "together": "Write"}


def _commands(change: Change, matter: str) -> Iterator[str]:
    """Yield the command that makes a change, or the line of the answers file that does."""
    answer = change.answer and (change.answer[0].id, ways.as_typed(change.answer[1]))
    if change.by == "swap" and change.after is not None:
        yield shlex.join(["drafter", "swap", matter, change.clause.id, change.after.id])
    elif change.by == "answer" and answer:
        yield shlex.join(["drafter", "answer", matter, *answer])
    elif change.by == "together":
        yield f"{answer[0]}: {answer[1]}" if answer else f"alternatives: {{{change.clause.id}: {_id(change.after)}}}"


def _id(chosen: Alternative | None) -> str:
    return chosen.id if chosen else ""


# -- for scripts --------------------------------------------------------------------------------


def concession_json(found: Concession, matter: str) -> dict[str, object]:
    """Return what must be conceded, for scripts."""
    supposing = found.supposing
    return {
        "complies": found.complies,
        "supposing": {"question": supposing[0].id, "answer": ways.as_typed(supposing[1])} if supposing else None,
        "changes": [_change_json(change, found, matter) for change in found.changes],
        "found": [{"code": p.code, "level": p.level, "message": p.message, "hint": p.hint} for p in found.found],
        "in_the_way": [breaches.obstacle(breach, found.library) for breach in found.in_the_way],
        "requirements": [r.id for r in found.requirements],
        "tried": found.tried,
        "others": [concession_json(other, matter) for other in found.others],
        "otherwise": concession_json(found.otherwise, matter) if found.otherwise else None,
    }


def _change_json(change: Change, found: Concession, matter: str) -> dict[str, object]:
    return {
        "clause": change.clause.id,
        "before": _wording_json(change.before),
        "after": _wording_json(change.after),
        "direction": direction(change.before, change.after),
        "because": breaches.reason(change.because, found.library),
        "by": change.by,
        "command": next(_commands(change, matter), None),
        "answer": {change.answer[0].id: ways.as_typed(change.answer[1])} if change.answer else {},
        "changes_too": [
            {"clause": one.clause.id, "before": _wording_json(one.before), "after": _wording_json(one.after)}
            for one in change.follows
        ],
        "now_asked": [question.id for question in change.asked],
    }


def _wording_json(chosen: Alternative | None) -> dict[str, object] | None:
    if chosen is None:
        return None
    return {
        "alternative": chosen.id,
        "position": chosen.position,
        "concedes": chosen.concedes,
        "approval": chosen.approval,
        "guidance": chosen.guidance,
    }
