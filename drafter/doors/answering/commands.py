"""The command that changes one answer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from drafter.doors.shared import (
    UNWRITTEN,
    because_option,
    day_of,
    for_board_option,
    json_option,
    library_option,
    matter_argument,
    on_option,
    speaks,
    try_option,
)


@click.command()
@matter_argument
@click.argument("question")
@click.argument("value", required=False)
@click.argument("more", nargs=-1, metavar="[QUESTION VALUE]...")
@click.option("--clear", "cleared", is_flag=True, help="Take the answer out: the default applies, or a blank is left.")
@because_option("the wordings that the answer decides")
@for_board_option
@click.option(
    "--allow-deviation", "allowed", is_flag=True, help="Answer even though the contract then departs from policy."
)
@try_option
@on_option
@library_option
@json_option
@speaks(UNWRITTEN, records=True)
def answer(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, question: str, value: str | None, more: tuple[str, ...], cleared: bool, because: str, for_board: str,  # noqa: FBT001
    allowed: bool, tried: bool, on: dt.datetime | None, folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Answer one QUESTION of MATTER with VALUE, or several at once, and see what that changes.

    QUESTION is an id or a few words of what is asked; a field of a list is named as people[2].name. VALUE is read
    as the interview reads it. Answers that only fit together, such as two days, are given in one command. Where an
    answer decides the wording of clauses, that is recorded in swaps.yaml like a swap, with its day and reason.
    """
    from drafter.acts import answering
    from drafter.doors import terminal
    from drafter.doors.answering import words

    stop_at_usage(value, more, because, cleared=cleared, allowed=allowed)
    wanted = [(question, None if cleared else value), *zip(more[::2], more[1::2], strict=True)]
    answered = answering.answer(
        matter, folder, wanted, day_of(on), because=because, for_board=for_board, allowed=allowed, tried=tried
    )
    said = words.answer_json(answered, because, for_board) | {"tried": tried} if as_json else {}
    terminal.as_json(said) if as_json else words.given(answered, (because, for_board), tried=tried)


def stop_at_usage(value: str | None, more: tuple[str, ...], because: str, *, cleared: bool, allowed: bool) -> None:
    """Refuse arguments that don't make an answer."""
    if cleared and value is not None:
        raise click.UsageError("Give one of VALUE and --clear.")
    if not cleared and (len(more) % 2 or not all(given.strip() for given in (value or "", *more))):
        if more:
            raise click.UsageError("Each QUESTION takes one VALUE: words of several parts need quotes.")
        raise click.UsageError("Missing argument 'VALUE'; --clear takes the answer out.")
    if allowed and not because.strip():
        raise click.UsageError(
            "--allow-deviation needs --because REASON: the record says why the contract departs from policy."
        )
