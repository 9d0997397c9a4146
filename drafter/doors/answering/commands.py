"""The command that changes one answer."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

import click

from drafter.doors.shared import (
    UNWRITTEN,
    day_of,
    json_option,
    library_option,
    matter_argument,
    on_option,
    opened,
    plain_words,
    speaks,
    try_option,
)


@click.command()
@matter_argument
@click.argument("question")
@click.argument("value", required=False)
@click.option("--clear", "cleared", is_flag=True, help="Take the answer out: the default applies, or a blank is left.")
@click.option(
    "--because", default="", metavar="REASON", callback=plain_words,
    help="Why; kept with the wordings that the answer decides, for our side only.",
)  # fmt: skip
@click.option(
    "--allow-deviation", "allowed", is_flag=True, help="Answer even though the contract then departs from policy."
)
@try_option
@on_option
@library_option
@json_option
@speaks(UNWRITTEN, records=True)
def answer(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, question: str, value: str | None, cleared: bool, because: str, allowed: bool, tried: bool,  # noqa: FBT001
    on: dt.datetime | None, folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Answer one QUESTION of MATTER with VALUE, and see what that changes.

    QUESTION is an id or a few words of what is asked; a field of a list is named as people[2].name. VALUE is
    read as the interview reads it. Where the answer decides the wording of clauses, that is recorded in swaps.yaml
    like a swap, with its day and reason.
    """
    from drafter.asking.answering import changing, naming
    from drafter.doors import terminal
    from drafter.doors.answering import words
    from drafter.drafting import recording
    from drafter.matters import filing

    stop_at_usage(value, because, cleared=cleared, allowed=allowed)
    if because:
        filing.stop_at_no_folder(matter)
    with contextlib.nullcontext() if tried else filing.held(filing.answers_path(matter).parent):
        before = opened(matter, folder)
        entry = naming.entry(before, question)
        answered = changing.answer(before, entry, None if cleared else value, day_of(on), because, allowed=allowed)
        if not tried:
            recording.record(answered.before, answered.after)
    said = words.answer_json(answered, because) | {"tried": tried} if as_json else {}
    terminal.as_json(said) if as_json else words.answered(answered, because, tried=tried)


def stop_at_usage(value: str | None, because: str, *, cleared: bool, allowed: bool) -> None:
    """Refuse arguments that don't make an answer."""
    if cleared and value is not None:
        raise click.UsageError("Give one of VALUE and --clear.")
    if not cleared and not (value or "").strip():
        raise click.UsageError("Missing argument 'VALUE'; --clear takes the answer out.")
    if allowed and not because.strip():
        raise click.UsageError(
            "--allow-deviation needs --because REASON: the record says why the contract departs from policy."
        )
