"""The commands that show and answer what was changed in a return."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.doors.shared import (
    UNWRITTEN,
    Name,
    day_of,
    for_board_option,
    json_option,
    library_option,
    matter_argument,
    on_option,
    plain_words,
    speaks,
    try_option,
)

if TYPE_CHECKING:
    from drafter.replying.deciding.choosing import Chosen

ANSWERS = ("accept", "reject", "counter", "later", "reply")
MOST_DIGITS = 7  # of the number of a round


@click.command()
@matter_argument
@click.argument("which", nargs=-1, metavar="[ROUND] [CHANGE]...")
@library_option
@json_option
@speaks()
def changes(matter: Path, which: tuple[str, ...], folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Show what was changed in the last return, or that of a ROUND, and what was answered to each change.

    For our own side: what each change is in the library, what it concedes, and what it does to the policy. A CHANGE,
    such as c1, or a section by its number as sent, such as 14.2, shows that alone.
    """
    from drafter.acts import replying
    from drafter.doors import terminal
    from drafter.doors.replies import words
    from drafter.replying.deciding import choosing

    has_round = bool(which) and which[0].isascii() and which[0].isdigit() and len(which[0]) < MOST_DIGITS
    number, names = (int(which[0]), which[1:]) if has_round else (None, which)
    found = replying.opened(matter, folder, number, drafted=False)
    only = choosing.named(found.basis.told, found.basis.number, names) if names else None
    terminal.as_json(words.open_json(found, only)) if as_json else words.opened(found, only)


@click.command()
@matter_argument
@click.argument("answer", type=click.Choice(ANSWERS), required=False, metavar="[accept|reject|counter|later|reply]")
@click.argument("names", nargs=-1, metavar="[CHANGE]...")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="All that are left by this author.")
@click.option(
    "--alternatives", is_flag=True, help="All that are left and are an alternative of the library, or another answer."
)
@click.option("--with", "alternative", default="", metavar="ALTERNATIVE", help="Counter with this alternative.")
@click.option("--value", "values", multiple=True, metavar="QUESTION=VALUE", help="Counter with this answer.")
@click.option("--wording", type=Name(), metavar="FILE.md", help="Counter with words of our own.")
@click.option("--because", default="", callback=plain_words, metavar="REASON", help="Why; for our own side alone.")
@for_board_option
@click.option("--reply", default="", callback=plain_words, metavar="WORDS", help="What the other side is told.")
@click.option("--allow-deviation", "allowed", is_flag=True, help="Accept even what departs from the policy.")
@click.option("--round", "number", type=int, metavar="N", help="The round in which the changes came; else the last.")
@click.option("--undo", "undone", is_flag=True, help="Take back the last answer.")
@click.option("--plain", is_flag=True, help="Ask line by line, for a screen reader.")
@try_option
@on_option
@library_option
@json_option
@speaks(UNWRITTEN, records=True)
def decide(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, answer: str | None, names: tuple[str, ...], authors: tuple[str, ...], alternatives: bool,  # noqa: FBT001
    alternative: str, values: tuple[str, ...], wording: Path | None, because: str, for_board: str, reply: str,
    allowed: bool,  # noqa: FBT001
    number: int | None, undone: bool, plain: bool, tried: bool, on: dt.datetime | None, folder: Path | None,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Answer what was changed in a return: accept, reject or counter a CHANGE, or leave it for later; or a comment.

    A CHANGE is named as 'drafter changes MATTER' names it, such as c1, or by the number of its section as it was sent,
    such as 14.2. What is accepted goes into the contract: an alternative as a swap, a value as the answer, other words
    as the matter's own wording, which claims to meet nothing until an attorney says in its file what it meets. A
    comment, such as comment1, takes a reply. Each answer is recorded in decisions.yaml, with its day. Without an
    answer, a terminal asks for each change that is left.
    """
    from drafter.acts import replying
    from drafter.doors import terminal
    from drafter.doors.replies import words
    from drafter.replying.deciding.basis import Counter
    from drafter.replying.deciding.choosing import Chosen

    if undone:
        made = replying.undo(matter, folder, tried=tried)
        terminal.as_json(words.decided_json(made)) if as_json else words.undone(made, tried=tried)
        return
    if answer is None and not (names or authors or alternatives) and not as_json:
        talk(matter, folder, number, day_of(on), plain=plain)
        return
    choose = Chosen(names, authors, alternatives, number)
    counter = Counter(alternative, wording, tuple(_pair(value) for value in values))
    stop_at_usage(answer, choose, reply, given=bool(alternative or wording or values))
    if allowed and not because:
        raise click.UsageError("--allow-deviation needs --because REASON.")
    made = replying.decide(
        matter, folder, choose, answer, day_of(on), counter=counter, because=because, reply=reply, for_board=for_board,  # type: ignore[arg-type]  # click has checked it
        allowed=allowed, tried=tried, today=day_of(None),
    )  # fmt: skip
    terminal.as_json(words.decided_json(made) | {"tried": tried}) if as_json else words.decided(made, tried=tried)


def talk(matter: Path, folder: Path | None, number: int | None, on: dt.date, *, plain: bool) -> None:
    """Ask for the answer to each change that is left, page by page."""
    from drafter.acts import deciding, replying
    from drafter.doors.interview import running
    from drafter.doors.replies import words

    if not running.is_terminal():
        raise click.UsageError(f"Say what to answer: one of {', '.join(ANSWERS)}; only a terminal asks for it.")
    found = replying.opened(matter, folder, number)
    made = deciding.Talk(matter, folder, on, found)
    running.run(made.run(), plain=plain)
    words.left(made.now)


def _pair(value: str) -> tuple[str, str]:
    name, sign, words = value.partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(f"'{value}' is not of the form QUESTION=VALUE")
    return name.strip(), words.strip()


def stop_at_usage(answer: str | None, choose: Chosen, reply: str, *, given: bool) -> None:
    """Refuse options that don't make an answer."""
    if answer is None:
        raise click.UsageError(f"Say what to answer: one of {', '.join(ANSWERS)}; 'drafter changes' lists the changes.")
    if not (choose.names or choose.authors or choose.alternatives):
        raise click.UsageError("Name the changes, as c1 c2, or give --author NAME or --alternatives.")
    if answer == "reply" and not (choose.names and reply):
        raise click.UsageError("A reply takes the names of comments, as comment1, and --reply WORDS.")
    if (answer == "counter") != given:
        raise click.UsageError("A counter, and no other answer, takes one of --with, --value and --wording.")
