"""What changes and decide say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict

from drafter.acts.replying import Decided, Open
from drafter.base import english
from drafter.doors import phrases, terminal
from drafter.drafting import draft
from drafter.replying import merging, saying
from drafter.replying.decisions import Decision
from drafter.replying.kept import Told
from drafter.telling import replied


def told(  # noqa: PLR0913, PLR0917  # what is told of a return
    number: int,
    party: str,
    found: Told,
    now: Open | None = None,
    returns: Mapping[int, Told] | None = None,
    only: Collection[str] | None = None,
) -> None:
    """Print what was changed in a return, silent changes first; `now` has the answers so far.

    `returns` are all returns that could be read: what two of one round changed alike, or otherwise, is said. Where
    `only` is given, nothing but the changes and comments of these keys is.
    """
    beside = merging.remarks(returns, number) if returns else {}
    terminal.say(
        (f"Round {number}", "bold"),
        f", from {terminal.one_line(party)}: {terminal.one_line(saying.count(found.markup))}",
    )
    if not found.is_last:
        terminal.say((f"  {saying.older(found)}", "bold yellow"))
    if found.by_words:
        terminal.say((f"  {saying.BY_WORDS}", "bold yellow"))
    names = found.short
    for head, all_rows in saying.heads(found):
        rows = [row for row in all_rows if only is None or found.names[row[0]] in only]
        if not rows:
            continue
        terminal.say()
        terminal.say((f"{head}:", "bold yellow" if head == saying.SILENT else "bold"))
        for name, change, meaning in rows:
            terminal.say(
                f"  {name}  ",
                (terminal.one_line(saying.where(change)), "bold"),
                terminal.one_line(f": {saying.what(change)}{saying.by(change)}"),
            )
            for line in (*saying.means(meaning, names), *beside.get(found.names[name], ())):
                terminal.say(f"        {terminal.one_line(line)}")
            if now is not None and (answer := now.answered.get(found.names[name])) is not None:
                terminal.say("        ", (terminal.one_line(saying.answered(answer)), "green"))
                if claim := replied.claims(now, found.names[name]):
                    terminal.say(f"        {terminal.one_line(claim)}")
    _comments(found, now.answered if now is not None else {}, only)
    for head, lines in saying.rest(found.markup) if only is None else ():
        terminal.say()
        terminal.say((f"{head}:", "bold"))
        for line in lines:
            terminal.say(f"  {terminal.one_line(line)}")


def _comments(found: Told, answered: Mapping[str, Decision], only: Collection[str] | None) -> None:
    """Print the comments of a return under their head, or only those of some keys."""
    rows = saying.comments(found, answered)
    shown = [(name, lines) for name, lines in rows if only is None or found.comment_names[name] in only]
    if shown:
        terminal.say()
        terminal.say((f"{saying.COMMENTS}:", "bold"))
    for name, lines in shown:
        terminal.say(f"  {name}  ", terminal.one_line(lines[0]))
        for line in lines[1:]:
            terminal.say(f"        {terminal.one_line(line.strip())}")


def opened(found: Open, only: Collection[str] | None = None) -> None:
    """Print a return with what was answered to it; only some of its changes and comments where keys are given."""
    told(found.basis.number, found.basis.party, found.basis.told, found, found.basis.returns, only)
    terminal.say()
    left(found)


def left(found: Open) -> None:
    """Print which changes are not answered yet, and which comments."""
    total, names = len(found.basis.told.changes), found.basis.told.short
    if found.left:
        waiting = ", ".join(names[key] for key in found.left)
        terminal.say(f"{len(found.left)} of {english.counted(total, 'change')} not answered yet: {waiting}")
    elif total:
        terminal.say("Every change is answered.")
    if found.open:
        waiting = ", ".join(names[key] for key in found.open)
        terminal.say(f"No reply yet to {waiting}: 'drafter decide MATTER reply {names[found.open[0]]} --reply WORDS'")


def decided(done: Decided, *, tried: bool) -> None:
    """Print what was answered to changes, and what is left."""
    found = done.now.basis.told
    names = found.short
    after = draft.draft(done.after)
    if not done.keys:
        terminal.say("No change is chosen.")
    for key in (key for key in done.keys if key in found.comments):
        first, *_ = saying.comment(found.comments[key])
        terminal.say((names[key], "bold"), f"  {terminal.one_line(first)}")
        terminal.say("    ", (terminal.one_line(saying.answered(done.now.answered[key])), "green"))
    for key in (key for key in done.keys if key in found.changes):
        change = found.changes[key]
        answer = done.now.answered.get(key)
        said = saying.answered(answer) if answer is not None else "not answered"
        terminal.say((names[key], "bold"), terminal.one_line(f"  {saying.where(change)}: {saying.what(change)}"))
        terminal.say("    ", (terminal.one_line(said), "green"))
        if claim := replied.claims(done.now, key):
            terminal.say(f"    {terminal.one_line(claim)}")
        if answer is not None and answer.answer == "accept":
            for line in saying.accepted(found.meaning[key], after.contract):
                terminal.say(f"    {terminal.one_line(line)}")
    if given := list(phrases.shown(replied.did(done))):
        terminal.show(terminal.facts(given))
    left(done.now)
    if tried:
        terminal.say("Nothing was written.")


def undone(done: Decided, *, tried: bool) -> None:
    """Print which answer was taken back."""
    names = done.now.basis.told.short
    for key in done.keys:
        terminal.say(f"The answer to {names.get(key, key)} was taken back.")
    left(done.now)
    if tried:
        terminal.say("Nothing was written.")


def told_json(found: Told, only: Collection[str] | None = None) -> dict[str, object]:
    """Return what was changed in a return for scripts; only some of its changes and comments where keys are given."""
    return {
        "of_round": found.of,
        "is_last": found.is_last,
        "by_words": found.by_words,
        "changes": [
            {
                "name": name,
                "section": change.section,
                **asdict(change),
                "meaning": asdict(meaning),
                "silent": not change.marked,
            }
            for name, change, meaning in zip(found.names, found.markup.changes, found.meanings, strict=True)
            if only is None or found.names[name] in only
        ],
        "comments": [
            {"name": name, **asdict(found.comments[key])}
            for name, key in found.comment_names.items()
            if only is None or key in only
        ],
        "possible": [asdict(one) for one in found.markup.possible],
        "unplaced": [asdict(one) for one in found.markup.unplaced],
    }


def open_json(found: Open, only: Collection[str] | None = None) -> dict[str, object]:
    """Return a return and what was answered to it for scripts; only some of its changes where keys are given."""
    told, short = found.basis.told, found.basis.told.short
    return {
        "round": found.basis.number,
        "party": found.basis.party,
        **told_json(told, only),
        "beside": {
            short[key]: lines for key, lines in merging.remarks(found.basis.returns, found.basis.number).items()
        },
        "answers": {short[key]: _decision_json(one) for key, one in found.answered.items() if key in told.changes},
        "claims": {
            short[key]: {"file": str(one.file), "meets": list(one.meets), "unread": list(one.unread)}
            for key, one in found.claims.items()
        },
        "left": [short[key] for key in found.left],
    }


def _decision_json(one: Decision) -> dict[str, object]:
    return {**asdict(one), "on": one.on.isoformat()}


def decided_json(done: Decided) -> dict[str, object]:
    """Return what was answered to changes for scripts."""
    told = done.now.basis.told
    return {
        "decided": [told.short[key] for key in done.keys if key in told.changes],
        "told_before": {
            told.short[key]: {"answer": one.answer.answer, "round": one.number, "on": one.on.isoformat()}
            for key, one in done.told.items()
        },
        "said_in_fewer": [asdict(one) for one in replied.moves(done)],
        **open_json(done.now),
    }
