"""The commands that show clauses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.doors.shared import (
    Name,
    OfWords,
    drafted,
    json_option,
    library_option,
    matter_argument,
    opened,
    plain_words,
    speaks,
)

if TYPE_CHECKING:
    from drafter.reading.library import Library


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


@click.command(cls=OfWords)
@click.argument("clause", required=False)
@click.argument("one", required=False)
@click.argument("other", required=False)
@click.option("-m", "--matter", type=Name(), help="Mark what this matter has selected.")
@click.option("--by", type=click.Choice(["clause", "requirement"]), default="clause", help="What to list them by.")
@click.option(
    "--find",
    "wanted",
    metavar="WORDS",
    callback=plain_words,
    help="List the clauses whose headings or texts hold these words.",
)
@click.option("--form", default="", metavar="FORM", help="The form of the contract; that of the matter, or the first.")
@click.option("--compare", "compared", is_flag=True, help="Mark what changes from alternative ONE of CLAUSE to OTHER.")
@library_option
@json_option
@speaks()
def clauses(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    clause: str | None, one: str | None, other: str | None, matter: Path | None, by: str, wanted: str | None,
    form: str, compared: bool, folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """List the library, or one CLAUSE's alternatives with guidance.

    CLAUSE is an id, a heading or a few words of it, or the number of a requirement that it says, such as IX.C(b); with
    -m also the number of a section, such as 14.2. --find looks in headings, labels, wordings and guidance, and by a
    number finds what rests on a requirement. --compare takes CLAUSE and two of its alternatives, of any form of the
    contract, and with -m two of the matter's form, as they would read in its contract.
    """
    from drafter.doors import terminal
    from drafter.doors.clauses import found_words, words
    from drafter.drafting import options, wordings
    from drafter.drafting.finding import named, texts

    stop_at_usage(clause, one, other, wanted, compared=compared)
    if matter and form:
        raise click.UsageError("--form is for the library; a matter says its own form.")
    made = drafted(matter, folder) if matter else None
    loaded = made.library if made else _in_form(folder, form, clause or "")
    titles = made.selection.named if made else loaded.named
    contract = made.contract if made else None
    chosen = made.selection.in_force if made else {}
    shown = named.in_library(loaded, clause, contract) if clause else None
    if wanted is not None:
        hits = texts.search(loaded, wanted, contract)
        terminal.as_json(found_words.hits_json(hits, made)) if as_json else found_words.hits(hits, wanted, made)
    elif shown and one and other:
        others = () if made or form else tuple(_forms(loaded, folder))
        first, second = (named.alternative_in_any(shown, others, words) for words in (one, other))
        redline = wordings.compare(shown, first, second, made.selection if made else None)
        said = (shown, first, second, redline)
        terminal.as_json(found_words.compared_json(*said)) if as_json else found_words.compared(*said)
    elif by == "requirement" and not shown:
        found = options.by_requirement(loaded)
        terminal.as_json(words.requirements_json(found, loaded)) if as_json else words.requirements(
            found, chosen, loaded
        )
    elif as_json:
        terminal.as_json(words.clauses_json(loaded, shown.id if shown else None, chosen, titles))
    elif shown:
        words.clause(shown, loaded, chosen.get(shown.id), titles)
    else:
        words.library(loaded, chosen if matter else None, titles)
    if loaded.forms and not (made or as_json):
        words.other_forms(loaded)


def _in_form(folder: Path | None, form: str, clause: str) -> Library:
    """Load a library in a form, or, where none is named, in the first one that has the clause that is named."""
    from drafter.drafting.finding import clauses
    from drafter.reading import opening

    first = opening.load_form(folder, form)
    if not clause or form or clauses.find(first, clause):
        return first
    return next((one for one in _forms(first, folder) if clauses.find(one, clause)), first)


def _forms(loaded: Library, folder: Path | None) -> Iterator[Library]:
    """Load a library in its other forms, each when it is asked for."""
    from drafter.reading import opening

    return (opening.load_library(folder, one.id) for one in loaded.forms if one.id != loaded.form.id)


def stop_at_usage(
    clause: str | None, one: str | None, other: str | None, wanted: str | None, *, compared: bool
) -> None:
    """Refuse arguments that don't say what to list."""
    if compared and not (clause and one and other):
        raise click.UsageError("--compare takes a CLAUSE and two of its alternatives.")
    if one and not compared:
        raise click.UsageError("Two alternatives are taken only with --compare; words of several parts need quotes.")
    if wanted is not None and (clause or compared):
        raise click.UsageError("--find takes its words alone, in quotes: 'drafter clauses --find \"written notice\"'.")
    if wanted is not None and not wanted.strip():
        raise click.UsageError("--find needs words to look for.")


@click.command(cls=OfWords)
@matter_argument
@click.argument("named", metavar="CLAUSE|QUESTION")
@library_option
@json_option
@speaks()
def explain(matter: Path, named: str, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Say why CLAUSE reads as it does in MATTER, or what QUESTION's answer reaches.

    Of a clause: which alternative it is, the condition and the answers behind it, what it says, and what it rests
    on. Of a question: every section, exhibit, question, check, requirement and line of the memo that reads its answer.
    Either is named by its id or a few of its words, and a clause also by its number, such as 14.2, or that of a
    requirement that it says, such as IX.C(b).
    """
    from drafter.doors import terminal
    from drafter.doors.clauses import found_words, words
    from drafter.drafting import draft, selection
    from drafter.drafting.finding import reach, reasons
    from drafter.drafting.finding.named import explained
    from drafter.drafting.finding.questions import Named
    from drafter.matters import answers, swaps

    opened_matter = opened(matter, folder)
    found = explained(opened_matter, named)
    if isinstance(found, Named):
        made = draft.draft(opened_matter)
        reached = reach.reached(made, found.within or found.id)
        said = (found, made, reached)
        terminal.as_json(found_words.reached_json(*said)) if as_json else found_words.reached(*said)
        return
    given = answers.parse(opened_matter.text, opened_matter.name, opened_matter.library.questionnaire)
    selected = selection.select(opened_matter.library, given)
    rows = reasons.explain(selected, given, found.id, str(matter))
    rows += swaps.explain(swaps.counting(opened_matter.swaps, selected.in_force, selected.library.form.id), found.id)
    if as_json:
        terminal.as_json([{"heading": heading, "words": said} for heading, said in rows])
    else:
        words.explained(rows)
