"""The command line: one command a function, each of them load, call, and print or write.

Exit 0 is fine, 1 means problems in the data, 2 a command that can't be understood. What is printed is
`report`'s; with `--json`, standard output is one JSON value, problems included.
"""

from __future__ import annotations

import codecs
import functools
import os
import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import click

from drafter import __version__

if TYPE_CHECKING:
    from drafter.contract import Contract
    from drafter.library import Library
    from drafter.outcome import Drafted
    from drafter.source import DraftingError

P = ParamSpec("P")
ANSWERS = "answers.yaml"
DRAFT = "contract.docx"


def shipped(name: str) -> Path:
    """Return the path of a file or folder that comes with the product, installed or in a source tree."""
    here = Path(__file__).parent
    inside = here / "shipped" / name
    return inside if inside.exists() else here.parent / name


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
            from drafter.source import DraftingError

            try:
                command(*args, **kwargs)
            except DraftingError as error:
                fail(error, closing, as_json=bool(kwargs.get("as_json")))

        return run

    return wrap


def fail(error: DraftingError, closing: str, *, as_json: bool) -> None:
    """Print problems, as JSON too where a script asked for it, and end with exit code 1."""
    from drafter import outcome, report

    if as_json:
        report.as_json({"problems": [outcome.problem_json(problem) for problem in error.problems]})
    report.problems(error.problems, closing)
    raise SystemExit(1)


def word_file(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    """Refuse the name of an output that is not a Word file's."""
    if path is not None and path.suffix.lower() != ".docx":
        raise click.BadParameter("the file's name must end in .docx")
    return path


UNWRITTEN = "; nothing was written"
matter_argument = click.argument("matter", type=click.Path(path_type=Path))
library_option = click.option(
    "--library", "folder", type=click.Path(path_type=Path), help="A clause library other than the one shipped."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")


# -- files --------------------------------------------------------------------------------------


def is_folder(path: Path) -> bool:
    """Say whether there is a folder; a path that can't be looked at is none."""
    return os.path.isdir(path)  # noqa: PTH112  # Path.is_dir raises at a name that is too long


def answers_path(matter: Path) -> Path:
    """Return the answers file of a matter: the file itself, or answers.yaml in the folder."""
    return matter / ANSWERS if is_folder(matter) else matter


def stop_at_places(*paths: Path) -> None:
    """Raise DraftingError where a file can't be written because of what is there, before any work is done."""
    from drafter.source import Problem, Source, stop_at

    told = {p: "there is a folder of this name" for p in paths if is_folder(p)}
    told |= {p.parent: "there is no such folder" for p in paths if not is_folder(p.parent)}
    hint = "give another place with -o"
    stop_at(Problem("unwritable-file", Source(str(place)), what, hint) for place, what in told.items())


def write(path: Path, content: bytes) -> None:
    """Write a file; where it is a link, write what it points to."""
    from drafter import source

    target = Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114  # as above
    source.write_atomically(target, content)


def encoded(text: str, raw: bytes) -> bytes:
    """Return a changed text with the line ends and the byte order mark that the file had."""
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    return mark + text.replace("\n", "\r\n" if b"\r\n" in raw else "\n").encode()


# -- loading ------------------------------------------------------------------------------------


def load_library(folder: Path | None) -> Library:
    """Load the library given, or the one that comes with the product."""
    from drafter import library

    return library.load(folder, str(folder)) if folder else library.load(shipped("clause_library"), "clause_library")


def load_matter(matter: Path, folder: Path | None) -> tuple[Drafted, str]:
    """Load the library and a matter's answers, and draft; return the draft, and the text of the answers file."""
    from drafter import outcome, source

    loaded = load_library(folder)
    path = answers_path(matter)
    text = source.read_text(path, str(path))
    return outcome.draft(loaded, text, str(path)), text


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
    from drafter import matter as matters
    from drafter import report, source

    loaded = load_library(folder)
    path = matter / ANSWERS
    if os.path.lexists(path):
        what = "there is an answers file already, and it stays as it is"
        hint = "choose another folder"
        raise source.DraftingError(source.Problem("file-exists", source.Source(str(path)), what, hint))
    source.make_folder(matter)
    source.write_atomically(path, matters.blank_file(loaded.questionnaire, loaded.title).encode())
    then = ["drafter", "draft", str(matter), *(["--library", str(folder)] if folder else [])]
    report.say(f"Wrote {report.one_line(str(path))}: {len(loaded.questionnaire.questions)} questions.")
    report.say(f"Answer them in any editor, then: {report.one_line(shlex.join(then))}")


@main.command()
@matter_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), callback=word_file, metavar="FILE.docx",
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
@click.option("--template", type=click.Path(path_type=Path), help="A Word template other than the one shipped.")
@library_option
@json_option
@speaks(UNWRITTEN)
def draft(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, output: Path | None, final: bool, as_pdf: bool, allowed: tuple[str, ...], template: Path | None,  # noqa: FBT001
    folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Draft the contract of MATTER as a Word file."""
    from drafter import outcome, report
    from drafter.word import writer

    made = outcome.settled(load_matter(matter, folder)[0], allowed, final=final)
    path = output or answers_path(matter).with_name(DRAFT)
    design = template or shipped("templates") / "agreement.docx"
    stop_at_places(path, *([path.with_suffix(".pdf")] if as_pdf else []))
    files = {path: writer.write(made.contract, design)}
    if as_pdf:
        files[path.with_suffix(".pdf")] = pdf_of(made.contract, design)
    for place, content in files.items():
        write(place, content)
    made = replace(made, written=tuple(files))
    report.as_json(outcome.draft_json(made)) if as_json else report.draft(made)


def pdf_of(result: Contract, design: Path) -> bytes:
    """Convert to PDF, with a message on the terminal while it runs."""
    from drafter import report
    from drafter.word import pdf

    with report.waiting("Converting to PDF with LibreOffice ..."):
        return pdf.to_pdf(result, design)


@main.command()
@matter_argument
@library_option
@json_option
@speaks()
def check(matter: Path, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Say what is missing or wrong, and where each requirement is met.

    Exit code 1 when something is wrong, or a requirement that applies is not met.
    """
    from drafter import outcome, report

    made = outcome.checked(load_matter(matter, folder)[0])
    report.as_json(outcome.check_json(made)) if as_json else report.check(made)
    if made.wrong:
        report.problems(made.wrong)
        raise SystemExit(1)


@main.command()
@click.argument("clause", required=False)
@click.option("-m", "--matter", type=click.Path(path_type=Path), help="Mark what this matter has selected.")
@library_option
@json_option
@speaks()
def clauses(clause: str | None, matter: Path | None, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """List the library, or one CLAUSE's alternatives with guidance."""
    from drafter import outcome, report

    made = load_matter(matter, folder)[0] if matter else None
    loaded = made.selection.library if made else load_library(folder)
    chosen = {name: choice.alternative.id for name, choice in made.selection.choices.items()} if made else {}
    if as_json:
        report.as_json(outcome.clauses_json(loaded, clause, chosen))
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
    from drafter import answers, report, selection

    loaded = load_library(folder)
    given = answers.load(answers_path(matter), loaded.questionnaire)
    rows = selection.explain(selection.select(loaded, given), clause)
    if as_json:
        report.as_json([{"heading": heading, "words": words} for heading, words in rows])
    else:
        report.explained(rows)


@main.command()
@matter_argument
@click.argument("clause")
@click.argument("alternative")
@click.option("--allow-deviation", "allowed", is_flag=True, help="Swap although the contract then departs from policy.")
@library_option
@json_option
@speaks(UNWRITTEN)
def swap(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, clause: str, alternative: str, allowed: bool, folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Choose another ALTERNATIVE of CLAUSE in MATTER.

    Only that line of answers.yaml changes; comments and order stay.
    """
    from drafter import outcome, report

    before, text = load_matter(matter, folder)
    path = answers_path(matter)
    swapped, changed = outcome.swap(before, text, clause, alternative, allowed=allowed)
    if changed != text:
        write(path, encoded(changed, path.read_bytes()))
    report.as_json(outcome.swap_json(swapped)) if as_json else report.swapped(swapped)


@main.group(cls=InOrder)
def template() -> None:
    """Work on the Word template."""


@template.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@speaks()
def template_check(file: Path) -> None:
    """Say which field or style a changed template lacks."""
    from drafter import report, source
    from drafter.word import template as templates

    source.stop_at(templates.check(file))
    report.say(f"{report.one_line(str(file))}: every field and style is there.")
