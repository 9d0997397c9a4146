"""The command line: one command a function, each of them load, call, and print or write.

Exit 0 is fine, 1 means problems in the data, 2 a command that can't be understood. What is printed is
`report`'s; with `--json`, standard output is one JSON value, problems included.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import shlex
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, ParamSpec

import click

from drafter import __version__
from drafter.doors import desk

if TYPE_CHECKING:
    from drafter.base.problems import DraftingError

P = ParamSpec("P")
DRAFT = "contract.docx"


# -- what the commands share --------------------------------------------------------------------


class InOrder(click.Group):
    """A group that lists its commands in the order of work, each with its whole first line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the commands in the order in which they are defined."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with the first line of its help."""
        with formatter.section("Commands"):
            helps = ((name, self.commands[name].help or "") for name in self.list_commands(ctx))
            formatter.write_dl([(name, told.partition("\n")[0]) for name, told in helps])


def speaks(closing: str = "") -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Wrap a command so that wrong data ends with messages, the closing words and exit code 1."""

    def wrap(command: Callable[P, None]) -> Callable[P, None]:
        @functools.wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            from drafter.base.problems import DraftingError

            try:
                command(*args, **kwargs)
            except DraftingError as error:
                fail(error, closing, as_json=bool(kwargs.get("as_json")))

        return run

    return wrap


def fail(error: DraftingError, closing: str, *, as_json: bool) -> NoReturn:
    """Print problems, as JSON too where a script asked for it, and end with exit code 1."""
    from drafter.doors import in_json, report

    if as_json:
        report.as_json({"problems": [in_json.problem_json(problem) for problem in error.problems]})
    report.problems(error.problems, closing)
    raise SystemExit(1)


def draft_file(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    """Refuse the name of an output that is neither a Word file's nor a saved contract's."""
    if path is not None and path.suffix.lower() not in (".docx", ".json"):
        raise click.BadParameter("the file's name must end in .docx, or in .json to save the contract")
    return path


def matrix_file(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    """Refuse the name of a matrix whose kind is not known."""
    if path is not None and path.suffix.lower() not in (".docx", ".html", ".pdf", ".csv"):
        raise click.BadParameter("the file's name must end in .docx, .html, .pdf, or .csv")
    return path


def party_name(_: click.Context, __: click.Parameter, party: str | None) -> str:
    """Refuse the name of a party that can't be part of a folder's name."""
    from drafter.matters import rounds

    if party and not rounds.PARTY.fullmatch(party):
        raise click.BadParameter("a party is named with small letters and digits, and '-' between")
    return party or ""


def plain_words(_: click.Context, __: click.Parameter, words: str) -> str:
    """Refuse words that no Word file and no record can hold."""
    from drafter.base import characters

    if bad := characters.forbidden_in(words):
        raise click.BadParameter(f"it holds {bad}, which no file of ours can hold")
    return " ".join(words.split())


def pairs_of(_: click.Context, __: click.Parameter, words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Read each CLAUSE:ALTERNATIVE as a pair."""
    pairs = [word.partition(":")[::2] for word in words]
    if wrong := [
        word for word, (clause, alternative) in zip(words, pairs, strict=True) if not clause or not alternative
    ]:
        raise click.BadParameter(f"'{wrong[0]}' is not of the form CLAUSE:ALTERNATIVE")
    return tuple(pairs)


UNWRITTEN = "; nothing was written"
matter_argument = click.argument("matter", type=click.Path(path_type=Path))
on_option = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day it happens; today otherwise."
)
template_option = click.option(
    "--template", type=click.Path(path_type=Path), help="A Word template other than the one shipped."
)
library_option = click.option(
    "--library", "folder", type=click.Path(path_type=Path), help="A clause library other than the one shipped."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")


def day_of(on: dt.datetime | None) -> dt.date:
    """Return the day that was given, or today on the user's calendar."""
    return (on or dt.datetime.now()).date()  # noqa: DTZ005


# -- commands -----------------------------------------------------------------------------------


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="drafter")
def main() -> None:
    """Draft a contract that provably meets a board's policy, from a questionnaire's answers.

    A MATTER is a folder with an answers.yaml in it, or the answers file itself. Drafter helps an attorney;
    it gives no legal advice.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no “ is told, not failed


@main.command()
@matter_argument
@library_option
@speaks(UNWRITTEN)
def new(matter: Path, folder: Path | None) -> None:
    """Make a matter folder whose answers.yaml holds every question."""
    from drafter.base import disk
    from drafter.base.problems import DraftingError, Place, Problem
    from drafter.doors import report
    from drafter.matters import blank_answers, filing

    loaded = desk.load_library(folder)
    path = matter / filing.ANSWERS
    if os.path.lexists(path):
        what = "there is an answers file already, and it stays as it is"
        hint = "choose another folder"
        raise DraftingError(Problem("file-exists", Place(str(path)), what, hint))
    disk.make_folder(matter)
    disk.write_atomically(path, blank_answers.blank_file(loaded.questionnaire, loaded.title).encode())
    then = ["drafter", "draft", str(matter), *(["--library", str(folder)] if folder else [])]
    report.say(f"Wrote {report.one_line(str(path))}: {len(loaded.questionnaire.questions)} questions.")
    report.say(f"Answer them in any editor, then: {report.one_line(shlex.join(then))}")


@main.command()
@matter_argument
@click.option("--section", default="", metavar="SECTION", help="Go through this section only, by its id or title.")
@click.option("--only-missing", is_flag=True, help="Ask only what would print as a blank.")
@click.option(
    "--from", "other", type=click.Path(path_type=Path), metavar="OTHER",
    help="Carry over the answers of another matter; dates, money and what is of one year are asked again.",
)  # fmt: skip
@click.option("--plain", is_flag=True, help="Ask line by line, for a screen reader.")
@library_option
@click.pass_context
@speaks()
def ask(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    context: click.Context, matter: Path, section: str, only_missing: bool, other: Path | None, plain: bool,  # noqa: FBT001
    folder: Path | None,
) -> None:  # fmt: skip
    """Answer the questionnaire of MATTER, question by question.

    Each answer is saved at once: leave at any time, and go on later with the same command.
    """
    from drafter.asking import dialogue, pages
    from drafter.base import disk, yaml_tree
    from drafter.doors import ask as asking
    from drafter.doors import report
    from drafter.matters import filing

    if not asking.is_terminal():
        told = "'drafter ask' needs a terminal. Without one: 'drafter new', answer in an editor, 'drafter draft'."
        raise click.UsageError(told)
    loaded = desk.with_own_wordings(desk.load_library(folder), matter)
    before = yaml_tree.parse(disk.read_text(filing.answers_path(other), str(other)), str(other)) if other else None
    path = desk.answers_file(filing.answers_path(matter), loaded)
    kept = pages.Store(
        lambda: disk.read_text(path, str(path)), lambda text: desk.write(path, desk.encoded(text, path.read_bytes()))
    )
    with filing.held(path.parent):
        talk = dialogue.begin(loaded, kept, str(path), section=section, only_missing=only_missing, other=before)
        end = asking.run(talk, plain=plain)
    report.say(f"Every answer is saved in {report.one_line(str(path))}.")
    if end == "draft":
        context.invoke(draft, matter=path, folder=folder)
    else:
        report.say(f"Go on at any time: {report.one_line(shlex.join(['drafter', 'ask', str(matter)]))}")


@main.command()
@matter_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), callback=draft_file, metavar="FILE.docx",
    help=f"Where to write; {DRAFT} in the matter otherwise.",
)  # fmt: skip
@click.option("--final", is_flag=True, help="Write the final: blanks are refused, and no draft mark is printed.")
@click.option("--pdf", "as_pdf", is_flag=True, help="Write a PDF beside it as well (needs LibreOffice).")
@click.option(
    "--allow-deviation",
    "allowed",
    multiple=True,
    metavar="CLAUSE",
    help="Draft although this clause departs from policy.",
)
@template_option
@library_option
@json_option
@speaks(UNWRITTEN)
def draft(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, output: Path | None, final: bool, as_pdf: bool, allowed: tuple[str, ...], template: Path | None,  # noqa: FBT001
    folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Draft the contract of MATTER as a Word file.

    With -o FILE.json the contract is saved as it is, positions included, for 'drafter redline' or a script of ours.
    """
    from drafter import contract
    from drafter.doors import in_json, report
    from drafter.drafting import outcome
    from drafter.matters import filing
    from drafter.word import writer

    made = outcome.settled(desk.load_matter(matter, folder)[0], allowed, final=final)
    path = output or filing.answers_path(matter).with_name(DRAFT)
    design = template or desk.shipped("templates") / "agreement.docx"
    places = (path, path.with_suffix(".pdf")) if as_pdf else (path,)
    desk.stop_at_places(places, design)
    saved = path.suffix.lower() == ".json"
    content = contract.to_json(made.contract).encode() if saved else writer.write(made.contract, design)
    contents = [content, *([desk.pdf_of(made.contract, design)] if as_pdf else [])]
    for place, content in zip(places, contents, strict=True):
        desk.write(place, content)
    made = replace(made, written=places)
    report.as_json(in_json.draft_json(made)) if as_json else report.draft(made)


@main.command()
@matter_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), callback=matrix_file, metavar="FILE",
    help="Write the compliance matrix to a file: .docx, .html, .pdf, or .csv.",
)  # fmt: skip
@library_option
@json_option
@speaks()
def check(matter: Path, output: Path | None, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Say what is missing or wrong, and where each requirement is met.

    Exit code 1 when something is wrong, or a requirement that applies is not met.
    """
    from drafter.doors import in_json, report
    from drafter.drafting import outcome
    from drafter.papers import matrix

    made = outcome.checked(desk.load_matter(matter, folder)[0])
    table = desk.matrix_of(made, folder)
    if output is not None:
        desk.write(output, desk.matrix_as(table, output.suffix.lower()))
    told = in_json.check_json(made) | {"matrix": matrix.to_json(table)}
    report.as_json(told) if as_json else report.check(made, table, output)
    if made.wrong:
        report.problems(made.wrong)
        raise SystemExit(1)


@main.command()
@matter_argument
@library_option
@json_option
@speaks()
def options(matter: Path, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """List what each clause's other alternatives would do."""
    from drafter.doors import in_json, report
    from drafter.drafting import options as choosing

    made = desk.load_matter(matter, folder)[0]
    with report.waiting("Drafting with each of the other alternatives ..."):
        found = choosing.options(made.selection, made.contract, made.coverage)
    report.as_json(in_json.options_json(found)) if as_json else report.options(found)


@main.command()
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
    from drafter.doors import in_json, report
    from drafter.drafting import options as choosing

    made = desk.load_matter(matter, folder)[0] if matter else None
    loaded = made.selection.library if made else desk.load_library(folder)
    chosen = {name: choice.alternative.id for name, choice in made.selection.choices.items()} if made else {}
    if by == "requirement" and not clause:
        found = choosing.by_requirement(loaded)
        report.as_json(in_json.requirements_json(found)) if as_json else report.requirements(found, chosen)
    elif as_json:
        report.as_json(in_json.clauses_json(loaded, clause, chosen))
    elif clause:
        report.clause(loaded.clause(clause), loaded, chosen.get(clause))
    else:
        report.library(loaded, chosen if matter else None)


@main.command()
@matter_argument
@click.argument("clause")
@library_option
@json_option
@speaks()
def explain(matter: Path, clause: str, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Say why CLAUSE reads as it does in MATTER.

    Which alternative it is, the condition and the answers behind it, what it meets, and what it rests on.
    """
    from drafter.doors import report
    from drafter.drafting import selection
    from drafter.matters import answers, filing, swaps

    loaded = desk.with_own_wordings(desk.load_library(folder), matter)
    given = answers.load(filing.answers_path(matter), loaded.questionnaire)
    rows = selection.explain(selection.select(loaded, given), clause)
    rows += swaps.explain(swaps.counting(filing.recorded(matter), given.chosen), clause)
    if as_json:
        report.as_json([{"heading": heading, "words": words} for heading, words in rows])
    else:
        report.explained(rows)


@main.command()
@matter_argument
@click.argument("clause", required=False, default="")
@click.argument("alternative", required=False, default="")
@click.option(
    "--wording", type=click.Path(path_type=Path), metavar="FILE.md",
    help="Put in the matter's own wording, such as the other side's language that is accepted.",
)  # fmt: skip
@click.option(
    "--because",
    default="",
    metavar="REASON",
    callback=plain_words,
    help="Why; kept with the swap, for our own side alone.",
)
@click.option("--allow-deviation", "allowed", is_flag=True, help="Swap although the contract then departs from policy.")
@click.option("--undo", "undone", is_flag=True, help="Take back the last swap, or the last one of CLAUSE.")
@on_option
@library_option
@json_option
@speaks(UNWRITTEN)
def swap(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, clause: str, alternative: str, wording: Path | None, because: str, allowed: bool, undone: bool,  # noqa: FBT001
    on: dt.datetime | None, folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Choose another ALTERNATIVE of CLAUSE in MATTER, and see what that changes.

    Only that line of answers.yaml changes; all else in it stays as it was. Each swap is recorded beside it, in
    swaps.yaml, with its day and reason.
    """
    from drafter.base import disk
    from drafter.doors import in_json, report
    from drafter.drafting import outcome
    from drafter.matters import filing
    from drafter.matters import swaps as record_of

    stop_at_usage(clause, alternative, wording, because, allowed=allowed, undone=undone)
    if because or wording or undone:
        desk.stop_at_no_folder(matter)
    path = filing.answers_path(matter)
    with filing.held(path.parent):
        filed = desk.filed_wording(matter, clause, wording) if wording else {}
        before, text = desk.load_matter(matter, folder, filed)
        recorded = filing.recorded(matter)
        if undone:
            swapped, changed, record = outcome.undo(before, text, recorded, clause)
        else:
            wanted = alternative or library_id(filed)
            swapped, changed, record = outcome.swap(
                before, text, recorded, clause, wanted, day_of(on), because, allowed=allowed
            )
        for name, taken in filed.items():
            if not os.path.lexists(matter / filing.WORDING / name):
                disk.make_folder(matter / filing.WORDING)
                desk.write(matter / filing.WORDING / name, taken.read_bytes())
        if undone and changed != text:  # the answers decide, so they change first where an entry is taken away
            desk.write(path, desk.encoded(changed, path.read_bytes()))
        if record != recorded and filing.is_folder(matter):
            desk.write(matter / filing.SWAPS, record_of.to_text(record).encode())
        if not undone and changed != text:
            desk.write(path, desk.encoded(changed, path.read_bytes()))
    report.as_json(in_json.swap_json(swapped)) if as_json else report.swapped(swapped)


def stop_at_usage(  # noqa: PLR0913  # what a swap is given
    clause: str, alternative: str, wording: Path | None, because: str, *, allowed: bool, undone: bool
) -> None:
    """Refuse a swap that can't be understood."""
    if undone and (alternative or wording or because or allowed):
        raise click.UsageError("--undo takes a CLAUSE at most: 'drafter swap MATTER [CLAUSE] --undo'.")
    if not undone and not clause:
        raise click.UsageError("Missing argument 'CLAUSE'.")
    if not undone and bool(alternative) == bool(wording):
        raise click.UsageError("Give one of ALTERNATIVE and --wording FILE.md.")
    if allowed and not because.strip():
        raise click.UsageError("--allow-deviation needs --because REASON: the record says why policy is departed from.")


def library_id(filed: Mapping[str, Path]) -> str:
    """Return the alternative that a new own wording makes."""
    from drafter.reading import loading

    return next(map(loading.own_id, filed))


@main.command()
@matter_argument
@click.option(
    "--reject", "rejected", multiple=True, required=True, metavar="CLAUSE:ALTERNATIVE", callback=pairs_of,
    help="What the other side rejects; may be repeated.",
)  # fmt: skip
@library_option
@json_option
@speaks()
def concede(matter: Path, rejected: tuple[tuple[str, str], ...], folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Find what to concede when the other side rejects wordings.

    The choice of wordings that still meets the policy and concedes least; or that there is none, and what stands in
    the way. Nothing is changed. Exit code 1 when no choice complies.
    """
    from drafter.doors import in_json, report
    from drafter.proving import concessions

    made = desk.load_matter(matter, folder)[0]
    found = concessions.concede(made.selection.library, made.answers, rejected)
    report.as_json(in_json.concession_json(found)) if as_json else report.conceded(found, str(matter))
    if not found.complies:
        raise SystemExit(1)


@main.command()
@matter_argument
@click.option(
    "--to", "party", required=True, metavar="PARTY", callback=party_name, help="Who gets it, by a short name."
)
@click.option("--final", is_flag=True, help="Send the final: blanks are refused, and no draft mark is printed.")
@click.option(
    "--author",
    default="Drafter",
    show_default=True,
    metavar="NAME",
    callback=plain_words,
    help="Whose the redline's changes are.",
)
@on_option
@template_option
@library_option
@json_option
@speaks("; no round was recorded")
def send(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, party: str, final: bool, author: str, on: dt.datetime | None, template: Path | None,  # noqa: FBT001
    folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Record a round: freeze what is sent to a party.

    The folder rounds/NN-to-PARTY/outgoing then holds what to send: the contract, and from the second round on the
    redline against the last round that the party saw. All else in the round stays in the house.
    """
    from drafter.doors import report
    from drafter.drafting import outcome
    from drafter.matters import filing, rounds
    from drafter.reading import loading
    from drafter.sending import negotiation

    desk.stop_at_no_folder(matter)
    with filing.held(matter):
        before, previous = desk.recorded_rounds(matter)
        made = outcome.settled(desk.load_matter(matter, folder)[0], (), final=final)
        last = rounds.last_sent(before, party)
        shown = desk.shown_in(matter, last)
        sent = negotiation.send(
            made, before, shown, party, day_of(on), author, template or desk.shipped("templates") / "agreement.docx",
            filing.own_files(matter), library=loading.fingerprint(folder or desk.shipped("clause_library")),
            previous=previous,
        )  # fmt: skip
        place = rounds.record(matter / filing.ROUNDS, sent.round, sent.files)
    report.as_json(negotiation.sent_json(sent, place)) if as_json else report.sent(sent, made, place)


@main.command()
@matter_argument
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.docx")
@click.option(
    "--from", "party", metavar="PARTY", callback=party_name, help="Who sent it; otherwise the party of the last round."
)
@on_option
@json_option
@speaks("; no round was recorded")
def receive(matter: Path, file: Path, party: str, on: dt.datetime | None, as_json: bool) -> None:  # noqa: FBT001
    """Record a round: file what came back, as it came."""
    from drafter.doors import report
    from drafter.matters import filing, rounds
    from drafter.sending import negotiation
    from drafter.word import incoming

    desk.stop_at_no_folder(matter)
    content = incoming.load(file)
    with filing.held(matter):
        before, previous = desk.recorded_rounds(matter)
        sender = party or next((r.party for r in reversed(before)), "")
        if not sender:
            raise click.UsageError("Nothing was sent yet, so say who this is from: --from PARTY.")
        made = negotiation.receive(before, sender, day_of(on), file.name, previous)
        place = rounds.record(matter / filing.ROUNDS, made, {negotiation.RECEIVED: content})
    report.as_json(negotiation.received_json(made, place)) if as_json else report.received(made, place)


@main.command()
@matter_argument
@on_option
@library_option
@json_option
@speaks()
def history(matter: Path, on: dt.datetime | None, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Tell the negotiation of MATTER round by round.

    What changed, what was conceded and won back, and how the policy was met. The last line is the draft as it stands.
    Each round is compared with what was recorded: exit code 1 when one has changed since.
    """
    from drafter.doors import report
    from drafter.matters import rounds
    from drafter.sending import negotiation

    desk.stop_at_no_folder(matter)
    recorded, _ = desk.recorded_rounds(matter)
    shown = desk.shown_in(matter, rounds.last_sent(recorded))
    stages = negotiation.history(recorded, desk.load_matter(matter, folder)[0], shown, day_of(on))
    report.as_json(negotiation.history_json(stages)) if as_json else report.history(stages)


@main.command()
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("revised", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
    help="Where to write: FILE.docx with tracked changes, FILE.html or FILE.txt. Without it, the terminal shows them.",
)  # fmt: skip
@click.option(
    "--for", "reader", default="", metavar="READER",
    help="Comment each changed section for this reader: internal, board, or the other side by any name.",
)  # fmt: skip
@click.option("--cite", is_flag=True, help="Let the comments for the other side cite the policy; else there are none.")
@click.option(
    "--author",
    default="Drafter",
    show_default=True,
    metavar="NAME",
    callback=plain_words,
    help="Whose changes they are.",
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The changes' day; today otherwise.")
@click.option("--format", "kind", type=click.Choice(["docx", "html", "text"]), help="What FILE is, whatever its name.")
@template_option
@library_option
@speaks(UNWRITTEN)
def redline(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    base: Path, revised: Path, output: Path | None, reader: str, cite: bool, author: str, on: dt.datetime | None,  # noqa: FBT001
    kind: str | None, template: Path | None, folder: Path | None,
) -> None:  # fmt: skip
    """Mark what changed from BASE to REVISED.

    Each is a matter, an answers file, a recorded round (a folder in MATTER/rounds), or a contract saved as JSON.
    """
    from drafter.doors import report
    from drafter.matters import filing
    from drafter.papers import remarks

    day = day_of(on)
    made = remarks.compared(
        desk.load_known(base, folder), desk.load_known(revised, folder), reader, author, day, cite=cite
    )
    kind = kind or ({".html": "html", ".txt": "text"}.get(output.suffix.lower(), "docx") if output else "text")
    if output is None and kind == "text":
        report.redline(made.redline)
        return
    path = output or filing.answers_path(revised).with_name(f"redline.{kind}")
    design = template or desk.shipped("templates") / "agreement.docx"
    desk.stop_at_places([path], design)
    desk.write(path, desk.redline_as(made, kind, design))
    report.redlined(made, path)


@main.command()
@matter_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write the packet.")
@click.option("--meeting", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of the board's meeting.")
@click.option("--since", type=int, metavar="ROUND", help="The number of the round that the board saw last.")
@click.option("--privileged", is_flag=True, help="Make the negotiator's brief too, in a folder of its own.")
@click.option("--final", is_flag=True, help="Put in the final: blanks are refused.")
@on_option
@library_option
@json_option
@speaks(UNWRITTEN)
def packet(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, output: Path | None, meeting: dt.datetime | None, since: int | None, privileged: bool, final: bool,  # noqa: FBT001
    on: dt.datetime | None, folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Make the board packet of MATTER.

    Memo, redline, clean copy and compliance matrix as Word files, and all of them in one PDF. The redline is against
    the round that the board saw last, or against the opening draft. A packet is public: nothing that is for our own
    side alone is in it. The negotiator's brief, which is not public, goes into another folder.
    """
    from drafter.base import disk
    from drafter.doors import report
    from drafter.drafting import outcome
    from drafter.matters import filing
    from drafter.papers import memo
    from drafter.sending import packet as packets

    day, meets = day_of(on), meeting.date() if meeting else None
    place = output or filing.answers_path(matter).parent / f"packet-{meets or day}"
    beside = place.with_name(f"{place.name}-privileged")
    desk.stop_at_there([place, beside] if privileged else [place])
    made = outcome.settled(desk.load_matter(matter, folder)[0], (), final=final)
    base = desk.round_of(matter, since) if since is not None else None
    root, templates = folder or desk.shipped("clause_library"), desk.shipped("templates")
    text = memo.load(root, str(folder or "clause_library"), made.selection.library)
    with report.waiting("Writing memo, redline, clean copy and matrix ..."):
        table = desk.matrix_of(made, folder)
        found = packets.make(made, base, text, table, templates, meeting=meets, on=day)
        brief = {"brief.docx": desk.brief_of(matter, made)} if privileged else {}
    laid, missing = desk.laid_out(lambda: packets.printed(found, templates, report.waiting))
    written = {place: packets.files(found, laid)}
    if brief:
        pages, _ = desk.laid_out(lambda: {"brief.pdf": desk.converted(brief["brief.docx"])}) if laid else ({}, None)
        written[beside] = {**brief, **pages}
    disk.write_folders(written)
    told = packets.told_json(place, beside if brief else None, laid)
    report.as_json(told) if as_json else report.packet(place, beside if brief else None, found, laid)
    if missing is not None:
        report.problems(missing.problems, "; the Word files were written")
        raise SystemExit(1)


@main.command()
@click.argument("place", metavar="PACKET", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.docx")
@json_option
@speaks()
def verify(place: Path, file: Path, as_json: bool) -> None:  # noqa: FBT001
    """Say whether FILE.docx is the contract in PACKET.

    The same file, or the same words in another file, such as one that Word saved again; if not, which sections
    differ. Exit code 1 then.
    """
    from drafter.doors import report
    from drafter.sending import packet as packets

    found = packets.verify(place, file)
    report.as_json(packets.verdict_json(found)) if as_json else report.verdict(found, file)
    if not (found.same_bytes or found.same_words):
        raise SystemExit(1)


@main.command()
@click.argument("given", required=False, metavar="[LIBRARY]", type=click.Path(path_type=Path))
@click.option("--style", is_flag=True, help="Add remarks on style, which are no problems.")
@library_option
@json_option
@speaks()
def lint(given: Path | None, style: bool, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Say what is wrong in the library, and which authorities to verify."""
    from drafter.doors import in_json, report
    from drafter.proving import lint as linting

    found = desk.read_library(given or folder)
    made = linting.lint(found) if not found.unread else linting.Linted(found.library, (*found.unread, *found.wrong), ())
    made = replace(made, wrong=(*made.wrong, *desk.memo_problems(given or folder, made.library)))
    remarks = made.style if style else ()
    report.as_json(in_json.lint_json(made.library, made.wrong, remarks)) if as_json else report.linted(made, remarks)
    if made.wrong:
        report.problems(made.wrong)
        raise SystemExit(1)


@main.command()
@click.argument("requirements", nargs=-1, metavar="[REQUIREMENT]...")
@click.option("--all", "every", is_flag=True, help="Record every requirement as reviewed.")
@library_option
@json_option
@speaks(UNWRITTEN)
def review(requirements: tuple[str, ...], every: bool, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """List the wordings to read again, because the policy's words changed; record those read.

    Name the requirements whose wordings you have read against the policy as it now stands.
    """
    from drafter.base.problems import stop_at
    from drafter.doors import report
    from drafter.reading import review as reviewing

    root = folder or desk.shipped("clause_library")
    loaded = desk.load_library(folder)
    reviewed = reviewing.load(root, loaded.path)
    stop_at(reviewing.unknown(loaded, requirements))
    wanted = tuple(r.id for r in loaded.policy.requirements) if every else requirements
    if wanted:
        text = reviewing.recorded(loaded, reviewed, wanted)
        desk.write(root / reviewing.FILE, text.encode())
        reviewed = reviewing.load(root, loaded.path)
    found = reviewing.suspects(loaded, reviewed if reviewed is not None else {})
    report.as_json(reviewing.as_json(found)) if as_json else report.reviewed(found, loaded, wanted)


@main.command()
@click.argument("given", required=False, metavar="[LIBRARY]", type=click.Path(path_type=Path))
@click.option("-m", "--matter", type=click.Path(path_type=Path), help="With the alternatives chosen in this matter.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE.yaml",
    help="Write the answers that break a law to an answers file; with more than one, FILE-2.yaml and so on.",
)  # fmt: skip
@library_option
@json_option
@speaks()
def prove(
    given: Path | None, matter: Path | None, output: Path | None, folder: Path | None, as_json: bool  # noqa: FBT001
) -> None:  # fmt: skip
    """Prove that every contract meets the policy, whatever the answers.

    Nothing is sampled: each clause has exactly one alternative, each requirement is met whenever it applies, each
    question is asked where its answer is printed, each reference has its target, and each term its definition. Where
    that is not so, the smallest answers that break it are shown. Exit code 1 then.
    """
    from drafter.base.problems import stop_at
    from drafter.doors import report
    from drafter.matters import answers, filing
    from drafter.proving import proof

    started = time.process_time()
    found = desk.read_library(given or folder)
    stop_at(found.unread)
    chosen = answers.load(filing.answers_path(matter), found.library.questionnaire).chosen if matter else {}
    made = proof.prove(desk.with_own_wordings(found.library, matter) if matter else found.library, chosen)
    written = {} if output is None else desk.written_answers(made, output)
    if as_json:
        report.as_json(proof.proof_json(made, written))
    else:
        other = ["--library", str(given or folder)] if given or folder else []
        tries = {hole: shlex.join(["drafter", "draft", path, *other]) for hole, path in written.items()}
        report.proved(made, tries, time.process_time() - started)
    wrong = (*found.wrong, *proof.problems(made))
    if wrong:
        report.problems(wrong)
        raise SystemExit(1)


@main.group(cls=InOrder)
def template() -> None:
    """Work on the Word template."""


@template.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@speaks()
def template_check(file: Path) -> None:
    """Say which field or style a changed template lacks."""
    from drafter.base.problems import stop_at
    from drafter.doors import report
    from drafter.word import template as templates

    stop_at(templates.check(file))
    report.say(f"{report.one_line(str(file))}: every field and style is there.")
