"""The commands that show clauses."""

from __future__ import annotations

from pathlib import Path

import click

from drafter.doors.shared import (
    drafted,
    json_option,
    library_option,
    matter_argument,
    opened,
    speaks,
)


@click.command()
@matter_argument
@library_option
@json_option
@speaks()
def options(matter: Path, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """List what each clause's other alternatives would do."""
    from drafter.doors import terminal
    from drafter.doors.clauses import words
    from drafter.drafting import options

    made = drafted(matter, folder)
    with terminal.waiting("Drafting with each of the other alternatives ..."):
        found = options.options(made)
    terminal.as_json(words.options_json(found)) if as_json else words.options(found)


@click.command()
@click.argument("clause", required=False)
@click.option("-m", "--matter", type=click.Path(path_type=Path), help="Mark what this matter has selected.")
@click.option("--by", type=click.Choice(["clause", "requirement"]), default="clause", help="What to list them by.")
@library_option
@json_option
@speaks()
def clauses(
    clause: str | None, matter: Path | None, by: str, folder: Path | None, as_json: bool  # noqa: FBT001
) -> None:  # fmt: skip
    """List the library, or one CLAUSE's alternatives with guidance."""
    from drafter.doors import terminal
    from drafter.doors.clauses import words
    from drafter.drafting import options
    from drafter.reading import opening

    made = drafted(matter, folder) if matter else None
    loaded = made.library if made else opening.load_library(folder)
    chosen = {name: choice.alternative.id for name, choice in made.selection.choices.items()} if made else {}
    named = made.selection.named if made else loaded.named
    if by == "requirement" and not clause:
        found = options.by_requirement(loaded)
        terminal.as_json(words.requirements_json(found)) if as_json else words.requirements(found, chosen)
    elif as_json:
        terminal.as_json(words.clauses_json(loaded, clause, chosen, named))
    elif clause:
        words.clause(loaded.clause(clause), loaded, chosen.get(clause), named)
    else:
        words.library(loaded, chosen if matter else None, named)


@click.command()
@matter_argument
@click.argument("clause")
@library_option
@json_option
@speaks()
def explain(matter: Path, clause: str, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Say why CLAUSE reads as it does in MATTER.

    Which alternative it is, the condition and the answers behind it, what it meets, and what it rests on.
    """
    from drafter.doors import terminal
    from drafter.doors.clauses import words
    from drafter.drafting import selection
    from drafter.matters import answers, swaps

    found = opened(matter, folder)
    given = answers.parse(found.text, found.name, found.library.questionnaire)
    selected = selection.select(found.library, given)
    rows = selection.explain(selected, clause)
    rows += swaps.explain(swaps.counting(found.swaps, selected.in_force), clause)
    if as_json:
        terminal.as_json([{"heading": heading, "words": said} for heading, said in rows])
    else:
        words.explained(rows)
