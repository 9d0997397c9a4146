"""What each round of a negotiation changed: the form, the sections, what was conceded and won back, the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drafter.base import english
from drafter.comparing.fates import Fate
from drafter.contract import SectionName
from drafter.matters import rounds
from drafter.matters.rounds import FormChange, Kept
from drafter.replying.sheets import Tally
from drafter.sending.negotiation import Changed, Stage
from drafter.telling import rows
from drafter.telling.rows import Row, Words
from drafter.verifying.verdict import Verdict


def details(stage: Stage) -> Iterator[Row]:
    """Tell what a round changed, clause by clause."""
    yield from form(stage.form, stage.sections)
    if stage.round.changed and stage.form is None:
        yield rows.row("Changed", rows.named([named(name, stage.called) for name in stage.round.changed]))
    yield from sources((stage.library_changed, stage.sources_changed, stage.moved))
    yield from (_kept("Conceded", kept, kept.concedes, stage.called) for kept in stage.conceded)
    yield from (_kept("Won back", kept, "", stage.called) for kept in stage.won)


def named(clause: str, called: Mapping[str, SectionName]) -> str:
    """Return what the section of a clause is called, "7.4 Leash"; its clause where that isn't known."""
    return called[clause].words if clause in called else clause


def _kept(heading: str, kept: Kept, concedes: str, called: Mapping[str, SectionName]) -> Row:
    given = f" {rows.paragraphs(concedes)}" if concedes else ""
    because = Words(f" Because: {kept.because}" if kept.because else "", "line")
    wording = rows.position(kept.position)
    return rows.row(
        heading, f"{named(kept.clause, called)}: {kept.alternative} ", wording, given, because, clause=kept.clause
    )


def tally(found: Tally) -> str:
    """Say how many changes and comments came, and what was answered."""
    came = ", ".join((
        *([f"{found.offered} marked"] if found.offered else []),
        *([f"{found.silent} without a mark"] if found.silent else []),
        *([english.counted(found.comments, "comment")] if found.comments else []),
    ))  # fmt: skip
    answers = (
        (found.accepted, "accepted"), (found.rejected, "rejected"), (found.countered, "countered"),
        (found.later, "not answered"), (found.replied, "answered by a reply"),
    )  # fmt: skip
    said = ", ".join(f"{count} {how}" for count, how in answers if count)
    return "; ".join(filter(None, (came or "nothing", said)))


def since(found: Verdict) -> str:
    """Say whether anything was changed in a file that came, against the contract that was sent."""
    match found.kind:
        case "the same bytes":
            return "nothing was changed: it is the file that was sent"
        case "saved again":
            return "nothing was changed: it is the contract that was sent, saved again"
        case "printed otherwise":
            return "no word was changed, but it is printed otherwise"
        case "differs":
            count = sum(one.kind == "differs" for one in found.findings)
            return f"it was changed in {english.counted(count, 'place')}"
        case "can't be judged":
            return f"whether it was changed can't be judged: {found.findings[0].what}"


def form(changed: FormChange | None, found: Sequence[Fate]) -> Iterator[Row]:
    """Tell how the form was changed: what became of the sections, and what leaving some out concedes."""
    if changed is None:
        return
    yield rows.row("Form", Words(f"changed from '{changed.before}' to '{changed.after}'", "strong"))
    yield from fates([one for one in found if one.state != "left out"])
    for one in changed.left_out:
        yield rows.row("Left out", one.title, f": {one.concedes}" if one.concedes else "")


_HOW = {
    rounds.CHANGED: "its text or status has changed since the last round sent",
    rounds.ADDED: "it has become a source since the last round sent",
    rounds.REMOVED: "it is no longer a source, as it was in the last round sent",
}


def sources(changed: Changed) -> Iterator[Row]:
    """Tell whether the library changed or is another one, and which sources changed, as `changed_sources` has it."""
    library_changed, sources_changed, moved = changed
    for citation, how in sources_changed:
        yield rows.row("Source", f"{citation}: ", Words(_HOW[how], "mixed"))
    if moved:
        yield rows.row("Library", Words(f"drafted from {moved[0]} before, and from {moved[1]} now", "mixed"))
    elif library_changed:
        yield rows.row("Library", "it has changed since the last round sent")


def fates(found: Sequence[Fate]) -> Iterator[Row]:
    """Yield what became of each section in another form of the contract, a row for each thing that can have become."""
    by_state: dict[str, list[Fate]] = {}
    for one in found:
        by_state.setdefault(one.state, []).append(one)
    for state in ("kept", "shortened", "lengthened", "reworded", "left out", "added"):
        if those := by_state.get(state):
            before, after = (sum(one.words[side] for one in those) for side in (0, 1))
            counted = f" ({rows.from_to(before, after)} words)" if before != after else ""
            listed = rows.named([one.name.words for one in those])
            yield rows.row(state.capitalize(), f"{english.counted(len(those), 'section')}{counted}: {listed}")
