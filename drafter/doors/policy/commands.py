"""The commands on a policy that changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.doors.shared import Name, json_option, library_option, speaks

if TYPE_CHECKING:
    from drafter.amending.difference import PolicyDiff
    from drafter.reading.library import Library


@click.group()
def policy() -> None:
    """Work on a policy that changes."""


@policy.command("diff")
@click.argument("old", type=Name())
@click.argument("new", type=Name())
@click.option(
    "--matters", type=Name(exists=True, file_okay=False), metavar="FOLDER",
    help="Say what the new text means for each matter and each round in this folder.",
)  # fmt: skip
@click.option(
    "--write", is_flag=True, help="Put NEW in the place of OLD, and carry over what is word for word the same."
)
@library_option
@json_option
@speaks()
def policy_diff(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    old: Path,
    new: Path,
    matters: Path | None,
    write: bool,  # noqa: FBT001
    folder: Path | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Say what differs from OLD to NEW, and what that does to the library and to matters.

    OLD is a source's file in a library. NEW is a file of the same kind, or the text as it was published; what it
    leaves out, such as the requirements, is OLD's. The exit code is 0 where nothing differs, or nothing is left to do
    after --write; else 1.
    """
    from drafter.amending import carrying
    from drafter.doors import terminal
    from drafter.doors.policy import scripts, words

    with terminal.waiting("Comparing the texts ...") as status:
        made, library = _compared(old, new, matters, folder, lambda what: status.update(f"Looking at {what} ..."))
    paths: tuple[Path, ...] = ()
    if write and not made.is_same:
        paths = carrying.write(library, made.old, made.file, made.files)
    if as_json:
        terminal.as_json(scripts.as_json(made, paths))
    else:
        words.differing(made, matters, paths)
    if made.needs_work if write else not made.is_same:
        raise SystemExit(1)


def _compared(
    old: Path, new: Path, matters: Path | None, folder: Path | None, seen: Callable[[str], None]
) -> tuple[PolicyDiff, Library]:
    """Compare two texts in the library that is named, else in the one that OLD is a file of. DraftingError."""
    from drafter.amending import difference, texts
    from drafter.reading import opening

    forms = opening.load_forms(folder or difference.library_of(old))
    before = texts.earlier(old)
    return difference.compare(before, texts.later(new, before), forms[0], matters, seen, forms=forms), forms[0]
