"""What each round of a negotiation changed: the form, the sections, what was conceded and won back, the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafter.base import english
from drafter.comparing.fates import Fate
from drafter.matters import rounds
from drafter.matters.rounds import FormChange, Kept
from drafter.sending.negotiation import Changed, Stage
from drafter.telling import rows
from drafter.telling.rows import Row, Words


def details(stage: Stage) -> Iterator[Row]:
    """Tell what a round changed, clause by clause."""
    yield from form(stage.form, stage.sections)
    if stage.round.changed and stage.form is None:
        yield rows.row("Changed", rows.named(stage.round.changed))
    yield from sources((stage.library_changed, stage.sources_changed, stage.moved))
    yield from (_kept("Conceded", kept, kept.concedes) for kept in stage.conceded)
    yield from (_kept("Won back", kept, "") for kept in stage.won)


def _kept(heading: str, kept: Kept, concedes: str) -> Row:
    given = f" {rows.paragraphs(concedes)}" if concedes else ""
    because = Words(f" Because: {kept.because}" if kept.because else "", "line")
    wording = rows.position(kept.position)
    return rows.row(heading, f"{kept.clause}: {kept.alternative} ", wording, given, because, clause=kept.clause)


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
            listed = ", ".join(one.name.clause for one in those)
            yield rows.row(state.capitalize(), f"{english.counted(len(those), 'section')}{counted}: {listed}")
