"""What the commands share: options, checks of what is typed, and how problems end a command."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, ParamSpec, TypeVar

import click

from drafter.doors.output import OUTPUT, OutputLostError, give_up

if TYPE_CHECKING:
    from drafter.base.problems import DraftingError
    from drafter.documents.designs import Designs
    from drafter.drafting.draft import Draft
    from drafter.matters.matter import Matter

P = ParamSpec("P")
UNWRITTEN = "; nothing was written"


class Name(click.Path):
    """The name of a file or a folder, as a path; one without a character to see is refused."""

    def __init__(self, *, exists: bool = False, file_okay: bool = True) -> None:
        """Take any name, or only that of something that exists, or of a folder."""
        super().__init__(exists=exists, file_okay=file_okay, path_type=Path)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Read a name. An empty one, as a variable of a script gives that isn't set, would be the current folder."""
        name = os.fspath(value)
        if not (name.isascii() and any(map(str.isalnum, name))):  # most are, and need no table
            from drafter.base import characters

            if name != "." and not characters.is_seen(name):
                self.fail("the name is empty", param, ctx)
        return Path(super().convert(value, param, ctx))  # type: ignore[arg-type]  # as above


matter_argument = click.argument("matter", type=Name())


class OfWords(click.Command):
    """A command that takes words of a heading or a question: what is left over says that they need quotes."""

    allow_extra_args = True

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, unless more is typed than it takes."""
        if ctx.args:
            left = " ".join(ctx.args)
            raise click.UsageError(f"Nothing takes '{left}': words of several parts need quotes.", ctx)
        return super().invoke(ctx)


class Day(click.DateTime):
    """A day, as year-month-day."""

    def __init__(self) -> None:
        """Take days alone, without a time."""
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """Read a day; refuse what is none, with how to write one."""
        try:
            found: dt.datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is not a day; write year-month-day, as 2026-07-01", param, ctx)
        return found


class Numbers(click.ParamType[tuple[int, ...]]):
    """Numbers with commas between them."""

    name = "numbers"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Read the numbers; refuse what is none."""
        parts = str(value).split(",")
        if not all(part.strip().isascii() and part.strip().isdigit() and len(part) < 7 for part in parts):  # noqa: PLR2004
            self.fail(f"'{value}' is no list of numbers; write them with commas, as 1,3,4", param, ctx)
        return tuple(map(int, parts))


on_option = click.option("--on", type=Day(), metavar="DATE", help="The day it happens; today otherwise.")
template_option = click.option("--template", type=Name(), help="A Word template other than the one shipped.")
library_option = click.option("--library", "folder", type=Name(), help="A clause library other than the one shipped.")
form_option = click.option("--form", default="", metavar="FORM", help="The form of the contract; the first otherwise.")
try_option = click.option("--try", "tried", is_flag=True, help="Show what it would do; nothing is written or locked.")
anyway_option = click.option("--anyway", is_flag=True, help="Take FILE even if it isn't the contract at all.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")


# -- how a command ends -------------------------------------------------------------------------


def speaks(closing: str = "", *, records: bool = False) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Wrap a command so that wrong data ends it with messages, the closing words and exit code 1.

    So does an output that can't be printed; but a command that `records` something has then done its work, and ends
    with exit code 0, so that a script doesn't record it twice.
    """

    def wrap(command: Callable[P, None]) -> Callable[P, None]:
        @functools.wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            from drafter.base import acting
            from drafter.base.problems import DraftingError

            acts = acting.WHO.set(f"'{click.get_current_context().command_path}'")
            try:
                try:
                    command(*args, **kwargs)
                except DraftingError as error:
                    fail(error, closing, as_json=bool(kwargs.get("as_json")))
                finally:
                    OUTPUT.flush()
            except OutputLostError as error:
                give_up()
                if str(error):  # a reader that has gone, as `head` does, needs no message
                    click.echo(f"standard output can't be written: {error}; the command was carried out", err=True)
                raise SystemExit(0 if records else 1) from None
            finally:
                acting.WHO.reset(acts)

        return run

    return wrap


def fail(error: DraftingError, closing: str, *, as_json: bool) -> NoReturn:
    """Print problems, as JSON too where a script asked for it, and end with exit code 1."""
    from drafter.base.problems import WroteError
    from drafter.doors import terminal

    written = list(error.written) if isinstance(error, WroteError) else []
    if as_json:
        problems = [terminal.problem_json(problem) for problem in error.problems]
        terminal.as_json({"problems": problems, **({"written": written} if written else {})})
    terminal.problems(error.problems, f"; nothing but {', '.join(written)} was written" if written else closing)
    raise SystemExit(1)


# -- what is typed ------------------------------------------------------------------------------


def day_of(on: dt.datetime | None) -> dt.date:
    """Return the day that was given, or today on the user's calendar."""
    return (on or dt.datetime.now()).date()  # noqa: DTZ005


Words = TypeVar("Words", str, str | None)


def plain_words(context: click.Context, option: click.Parameter, words: Words) -> Words:
    """Refuse words that hold what no honest text does, such as characters that can't be seen; and signs alone."""
    if words is None or context.get_parameter_source(option.name or "") is click.core.ParameterSource.DEFAULT:
        return words
    from drafter.base import characters

    for found in characters.faults(words):
        raise click.BadParameter(f"it contains {found.what}; {found.hint}")
    plain = " ".join(words.split())
    if not any(map(str.isalnum, plain)):
        raise click.BadParameter("it has no words")
    return plain


def because_option(kept: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Return the option for the reason of a change; `kept` says with what it is kept."""
    said = f"Why; kept with {kept}, for our side only."
    return click.option("--because", default="", metavar="REASON", callback=plain_words, help=said)


for_board_option = click.option(
    "--for-board", default="", metavar="REASON", callback=plain_words,
    help="Why, in words that anybody may read: 'packet --changed-pages' prints them.",
)  # fmt: skip
author_option = click.option(
    "--author", default="", metavar="NAME", callback=plain_words,
    help="Whose the redlines' changes are; otherwise the party's that the letter is from.",
)  # fmt: skip


# -- matters ------------------------------------------------------------------------------------


def opened(matter: Path, folder: Path | None) -> Matter:
    """Open a matter with the library in a folder, or the shipped one. DraftingError."""
    import drafter.matters.matter

    return drafter.matters.matter.open(matter, folder)


def drafted(matter: Path, folder: Path | None) -> Draft:
    """Open a matter and draft it. DraftingError."""
    from drafter.drafting import draft

    return draft.draft(opened(matter, folder))


# -- files --------------------------------------------------------------------------------------


def stop_at_places(paths: Collection[Path], template: Path | None, inside: Path | None) -> None:
    """Raise DraftingError where a file can't be written because of what is there, before any work is done.

    `inside` is the folder of the matter where the user named no place.
    """
    from drafter.base.problems import Place, Problem, stop_at
    from drafter.matters import filing

    filing.stop_at_unwritable(paths, inside)
    wrong = {p: "this is the template" for p in paths if template and os.path.realpath(p) == os.path.realpath(template)}
    wrong |= {p: "there is a folder of this name" for p in paths if filing.is_folder(p)}
    wrong |= {p.parent: "there is no such folder" for p in paths if not filing.is_folder(p.parent)}
    hint = "give another place with -o"
    stop_at(Problem("unwritable-file", Place(str(place)), what, hint) for place, what in wrong.items())


def designs_of(matter: Path, folder: Path | None, template: Path | None = None) -> Designs:
    """Return where the Word templates of a matter are: what is given, the matter's, its library's, the shipped ones.

    `folder` is the library's where it was named. DraftingError for a folder of templates that has none.
    """
    from drafter.documents import designs
    from drafter.matters import belonging

    return designs.find(matter, folder or belonging.library_folder(matter), template)


def agreement_template(matter: Path, folder: Path | None, template: Path | None) -> Path:
    """Return the Word template of a contract: the one given, or the one that is found for the matter."""
    return template or designs_of(matter, folder).of("agreement")


def template_words(design: Path) -> tuple[str, ...]:
    """Return the lines that a template has of its own, none of the shipped one. DraftingError where it is wrong."""
    from drafter.base import shipped

    if design == shipped.template("agreement"):
        return ()
    from drafter.word import kinds, template

    template.load(design, kinds.AGREEMENT)  # which says what is wrong with it
    return template.own_words(design)
