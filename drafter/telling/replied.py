"""What answers to the changes of a return did, beyond the answers: what was told before, and what is to be read."""

from __future__ import annotations

from collections.abc import Mapping

from drafter.acts.replying import Decided, Open
from drafter.base import english
from drafter.base.problems import command
from drafter.drafting import changes, draft
from drafter.drafting.changes import Moved
from drafter.replying import saying
from drafter.replying.deciding.claims import Claim
from drafter.telling import rows, swapped
from drafter.telling.rows import Row


def did(done: Decided) -> tuple[Row, ...]:
    """Return what the other side was told before, what is conceded or won back, and what becomes of requirements."""
    before, after = (draft.draft(matter) for matter in (done.before, done.after))
    return (
        *(rows.row("Told before", text) for text in told_before(done).values()),
        *swapped.between(before, after),
        *(rows.row("Fewer sections", saying.moved(one)) for one in changes.moved(before, after)),
    )


def moves(done: Decided) -> tuple[Moved, ...]:
    """Return each requirement that fewer sections say than before."""
    return changes.moved(*(draft.draft(matter) for matter in (done.before, done.after)))


def told_before(done: Decided) -> Mapping[str, str]:
    """Say of each change answered anew, by its short name, what the other side was told before, and in which round."""
    names, answered = done.now.basis.told.short, done.now.answered
    return {names[key]: saying.told_before(names[key], one, answered.get(key)) for key, one in done.told.items()}


def claims(found: Open, key: str, *, typed: bool = True) -> str:
    """Say where the words are that an answer put in, and what they meet; nothing where it put in none of that kind.

    Where commands are `typed`, with the path as it is typed and what records a reading; else without a file's name.
    """
    claim = found.claims.get(key)
    if claim is None:
        return ""
    whose = "Our" if found.answered[key].answer == "counter" else "Their"
    where = f"are in {claim.file}" if typed else "stand in the contract as the matter's own wording"
    said = f"{whose} words {where}{claimed(claim, typed=typed)}"
    return said if typed and claim.unread else f"{said}."


def claimed(claim: Claim, *, typed: bool = True) -> str:
    """Say what an own wording says that it meets, and what of that is to be read, as the end of a sentence."""
    if not claim.meets:
        return "; they meet nothing until an attorney says there what they meet"
    says = f", which says that they meet {english.listing(claim.meets)}"
    if not claim.unread:
        return f"{says}; an attorney has read them so"
    step = command("review", "-m", claim.file.parent.parent, claim.unread[0], "--by", "NAME")
    which = "do" if claim.unread == claim.meets else f"meet {english.listing(claim.unread)}"
    return f"{says}; an attorney has still to read whether they {which}{f': {step}' if typed else ''}"
