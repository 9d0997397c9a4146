"""What send, receive, history say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import RenderableType

from drafter import contract
from drafter.acts.exchanging import Receiving, Sending
from drafter.base import english, manifest
from drafter.base.problems import Place, Problem, command
from drafter.doors import phrases, terminal
from drafter.doors.replies import words
from drafter.drafting.draft import Draft
from drafter.matters import rounds
from drafter.matters.rounds import OUTGOING, Kept, Recorded, Round
from drafter.replying import saying
from drafter.replying.deciding import claims
from drafter.sending.negotiation import Stage, changed_sources
from drafter.telling import exchanged, replied, tallies
from drafter.telling.rows import named
from drafter.verifying.verdict import Verdict
from drafter.word import reader
from drafter.word.reader import Read


def sent(done: Sending) -> None:
    """Print a round that was recorded: what to send, what changed since the party's last round, and what is open."""
    made, drafted, before, place = done.sent, done.drafted, done.before, done.place
    facts = made.round
    terminal.say(
        (f"Round {facts.number}", "bold"), f", to {facts.party}, {english.long_date(facts.on)}: a {facts.status}."
    )
    leaving = [terminal.one_line(str(place / name)) for name in sorted(made.files) if name.startswith(f"{OUTGOING}/")]
    for path in leaving:
        terminal.say("  Send  ", (path, "bold"))
    rows: list[tuple[str, RenderableType]] = [
        ("Kept", f"everything else in {terminal.one_line(str(place))} stays in house")
    ]
    if made.form is not None:
        rows += [
            *phrases.shown(exchanged.form(made.form, made.sections)),
            ("Redline", "none was made, since nearly every word would be marked"),
        ]
    elif facts.since:
        called = contract.names(drafted.contract)
        listed = named([exchanged.named(name, called) for name in facts.changed])
        said = f"{english.counted(len(facts.changed), 'section')} changed: {listed}"
        rows.append((f"Since round {facts.since}", said if facts.changed else "no section changed"))
    rows += [
        *phrases.shown(exchanged.sources(changed_sources(before.rounds, facts))),
        *_reminders(before.reminders, drafted.matter.place),
        ("Fingerprint", f"{manifest.hash_of(place)}\nKeep it elsewhere too, such as in the e-mail to the other side."),
        *phrases.requirements(drafted),
        *(("Deviations", phrases.departure(row)) for row in drafted.coverage.unmet),
        *_own(drafted),
        ("Blanks", phrases.blanks_line(contract.blanks(drafted.contract))),
    ]
    terminal.show(terminal.facts(rows))


def received(done: Receiving, came: Read | None) -> None:
    """Print a round that came and was filed, and what its file holds that reads otherwise than it is."""
    made = done.round
    terminal.say(
        (f"Round {made.number}", "bold"),
        f", from {made.party}, {english.long_date(made.on)}: {terminal.one_line(made.file)}.",
    )
    terminal.say("  Filed unchanged in ", (terminal.one_line(str(done.place)), "bold"))
    told = done.told is not None and bool(done.told.changes)  # then each change is told below, and none is counted here
    is_counted = done.since is not None and done.since[1].kind == "differs"
    matter = done.place.parent.parent
    said = [*(() if told and is_counted else _since(done.since)), *_harm(made), *_reminders(done.reminders, matter)]
    if rows := [*said, *_odd(came)]:
        terminal.show(terminal.facts(rows))
    if done.unjudged:
        terminal.say(("  Its changes couldn't be read: ", "bold yellow"), terminal.one_line(done.unjudged))
    if done.told is not None and not (done.told.changes or done.told.markup.comments):
        unchanged(done)
    if done.told is not None and (done.told.changes or done.told.markup.comments):
        terminal.say()
        words.told(made.number, made.party, done.told, None, done.returns)
        if done.told.changes:
            terminal.say()
            step = command("decide", matter, "accept", next(iter(done.told.names)))
            terminal.say(f"Answer each: '{terminal.one_line(step)}', or reject, counter or later.")


def unchanged(done: Receiving) -> None:
    """Print that no word of what came was changed, and of which round it is."""
    if done.told is not None and (done.since is None or done.since[1].exit_code):
        terminal.say(f"  In its words {saying.count(done.told.markup)}, with a mark or without.")
    if done.told is not None and done.told.by_words:
        terminal.say((f"  {saying.BY_WORDS}", "bold yellow"))
    if done.told is not None and not done.told.is_last:
        terminal.say((f"  {saying.older(done.told)}", "bold yellow"))


def _odd(came: Read | None) -> Iterator[tuple[str, RenderableType]]:
    """Tell what the words of a Word file hold that reads otherwise than it is."""
    yield from phrases.odd(reader.odd(came, {}), came.hidden) if came is not None else ()


def history(stages: Sequence[Stage], recorded: Recorded) -> None:
    """Print a negotiation as a table, a round a row, the draft as it is now last; below it, what each changed."""
    table = terminal.table("Round", "Date", "To or from", "Changed", "Conceded", "Won back", "Requirements")
    said: list[RenderableType] = []
    for stage in stages:
        facts = stage.round
        row = [str(facts.number), facts.on.isoformat(), f"{facts.direction} {facts.party}"]
        row = row if facts.number else ["now", "", ""]
        if facts.direction == "from":
            table.add_row(*map(terminal.text, row), "", "", "", terminal.text(terminal.one_line(facts.file)))
            if stage.tally is not None:
                said += [
                    "",
                    terminal.text((f"Round {facts.number}", "bold")),
                    terminal.facts([("Their changes", exchanged.tally(stage.tally))]),
                ]
            continue
        changed = english.counted(len(facts.changed), "section") if facts.since or not facts.number else "first draft"
        changed = "the form" if stage.form else changed
        counts = (str(len(steps) or "") for steps in (stage.conceded, stage.won))
        table.add_row(*map(terminal.text, (*row, changed, *counts)), phrases.said(*tallies.of_round(facts)))
        if details := list(phrases.shown(exchanged.details(stage))):
            heading = f"Round {facts.number}" if facts.number else "Now"
            said += ["", terminal.text((heading, "bold")), terminal.facts(details)]
    if not stages[:-1]:
        terminal.say("No round is recorded yet: 'drafter send MATTER --to PARTY' records the first.")
    if reminders := list(_reminders(recorded.reminders, recorded.folder.parent)):
        said += ["", terminal.facts(reminders, 0)]
    terminal.show(table, *said)


def _reminders(found: Sequence[Problem], matter: Path) -> Iterator[tuple[str, RenderableType]]:
    """Yield reminders, each with its place as it is called in the matter's folder."""
    for reminder in found:
        path = reminder.place.path
        place = os.path.relpath(path, matter) if Path(path).is_relative_to(matter) else path
        where = str(Place(place, reminder.place.line)) if place not in (".", rounds.FOLDER) else ""
        said = f"{reminder.message}; {reminder.hint}" if reminder.hint else reminder.message
        yield "Remember", terminal.text(f"{terminal.one_line(where)}: {said}" if where else said)


def _own(drafted: Draft) -> Iterator[tuple[str, RenderableType]]:
    """Yield what the matter's own wordings in a draft say that they meet."""
    called = contract.names(drafted.contract)
    for clause, claim in claims.in_force(drafted).items():
        file = claim.file.relative_to(drafted.matter.place)
        yield "Own wording", terminal.text(f"{called[clause].words}: its words are in {file}{replied.claimed(claim)}")


def sent_json(done: Sending) -> dict[str, object]:
    """Return a round that was sent for scripts."""
    sent, place = done.sent, done.place
    return {
        "round": sent.round.number,
        "party": sent.round.party,
        "date": sent.round.on.isoformat(),
        "folder": str(place),
        "outgoing": [str(place / name) for name in sorted(sent.files) if name.startswith(OUTGOING)],
        "since": sent.round.since or None,
        "changed": list(sent.round.changed),
        "deviations": list(sent.round.deviations),
        "fingerprint": manifest.hash_of(place),
        "reminders": [terminal.problem_json(reminder) for reminder in done.before.reminders],
    }


def _since(since: tuple[Round, Verdict] | None) -> Iterator[tuple[str, RenderableType]]:
    """Say whether anything was changed since the party's last round was sent."""
    if since is None:
        return
    last, found = since
    yield f"Since round {last.number}", terminal.one_line(exchanged.since(found))


def _harm(made: Round) -> Iterator[tuple[str, RenderableType]]:
    """Say what in a file that came would do harm in Word, and why no contract was read in it."""
    if made.unread:
        yield (
            "Not read",
            terminal.text((f"no contract can be read in it: {terminal.one_line(made.unread)}", "bold red")),
        )
    yield from phrases.harm(made.harmful)


def received_json(done: Receiving, came: Read | None) -> dict[str, object]:
    """Return a round that came, and what its file holds that reads otherwise than it is, for scripts."""
    made, since = done.round, done.since
    facts: dict[str, object] = {
        "round": made.number,
        "party": made.party,
        "date": made.on.isoformat(),
        "folder": str(done.place),
    }
    facts |= {"harmful": list(made.harmful), "unread": made.unread or None}
    facts["reminders"] = [terminal.problem_json(reminder) for reminder in done.reminders]
    facts["since"] = {"round": since[0].number, **phrases.verdict_json(since[1])} if since else None
    facts |= {"unjudged": done.unjudged or None, **(words.told_json(done.told) if done.told is not None else {})}
    return facts | (phrases.odd_json(reader.odd(came, {}), came.hidden) if came is not None else {})


def history_json(stages: tuple[Stage, ...]) -> list[dict[str, object]]:
    """Return the history for scripts."""
    return [
        {
            "round": stage.round.number or None,
            "date": stage.round.on.isoformat() if stage.round.number else None,
            "direction": stage.round.direction if stage.round.number else "now",
            "party": stage.round.party,
            "file": stage.round.file,
            **({"their_changes": asdict(stage.tally)} if stage.tally is not None else {}),
            "since": stage.round.since or None,
            "changed": list(stage.round.changed),
            **_form_json(stage),
            "conceded": [_kept_json(kept, "concedes") for kept in stage.conceded],
            "won_back": [_kept_json(kept, "still_concedes") for kept in stage.won],
            "requirements": dict(stage.round.statuses),
            "is_read": stage.round.is_read,
            "deviations": list(stage.round.deviations),
            "library": stage.round.library,
            "library_changed": stage.library_changed,
            "sources_changed": dict(stage.sources_changed),
            "drafted_from": stage.round.basis.named if stage.round.direction == "to" and stage.round.sources else None,
        }
        for stage in stages
    ]


def _form_json(stage: Stage) -> dict[str, object]:
    """Return the form of a round, and how it was changed, for scripts; nothing where there is only one."""
    found, changed = stage.round.form, stage.form
    told = changed and {
        "from": changed.before,
        "to": changed.after,
        "left_out": [{"clause": one.clause, "title": one.title, "concedes": one.concedes} for one in changed.left_out],
        "sections": phrases.fates_json(stage.sections),
    }
    return {"form": found, "form_changed": told} if found else {}


def _kept_json(kept: Kept, concedes: str) -> dict[str, str]:
    """Return a clause's wording for scripts; `concedes` is the key of what the wording gives away."""
    return {
        "clause": kept.clause,
        "alternative": kept.alternative,
        "position": kept.position,
        concedes: kept.concedes,
        "because": kept.because,
    }
