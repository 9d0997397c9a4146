"""The commands that change wordings and compare contracts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.doors.shared import (
    UNWRITTEN,
    Day,
    Name,
    OfWords,
    agreement_template,
    anyway_option,
    because_option,
    day_of,
    drafted,
    for_board_option,
    json_option,
    library_option,
    matter_argument,
    on_option,
    plain_words,
    speaks,
    stop_at_places,
    template_option,
    try_option,
)

if TYPE_CHECKING:
    from drafter.papers.remarks import Compared


def named(context: click.Context, option: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse half of a CLAUSE:ALTERNATIVE, and what has no words."""
    for one in words:
        plain_words(context, option, one)
    if wrong := [word for word in words if not all(part.strip() for part in word.split(":"))]:
        raise click.BadParameter(f"'{wrong[0]}' is not of the form CLAUSE:ALTERNATIVE")
    return words


@click.command(cls=OfWords)
@matter_argument
@click.argument("clause", required=False, default="")
@click.argument("alternative", required=False, default="")
@click.option(
    "--wording", type=Name(), metavar="FILE.md",
    help="Use the matter's own wording, such as language from the other side that you accept.",
)  # fmt: skip
@because_option("the swap")
@for_board_option
@click.option(
    "--allow-deviation", "allowed", is_flag=True, help="Swap even though the contract then departs from policy."
)
@click.option("--undo", "undone", is_flag=True, help="Undo the last swap, or the last one of CLAUSE.")
@try_option
@on_option
@library_option
@json_option
@speaks(UNWRITTEN, records=True)
def swap(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, clause: str, alternative: str, wording: Path | None, because: str, for_board: str,
    allowed: bool, undone: bool,  # noqa: FBT001
    tried: bool, on: dt.datetime | None, folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Choose another ALTERNATIVE of CLAUSE in MATTER, and see what that changes.

    CLAUSE is an id, a section's number such as 14.2, a heading or a few words of it; ALTERNATIVE is an id, a few
    words of its label, or its position if no other has it. Only that line of answers.yaml changes; nothing else in
    it changes. Each swap is recorded next to it, in swaps.yaml, with its day and reason.
    """
    from drafter.acts import choosing
    from drafter.doors import terminal
    from drafter.doors.negotiating import words
    from drafter.matters import filing, swaps

    stop_at_usage(clause, alternative, wording, because, allowed=allowed, undone=undone)
    if undone and for_board:
        raise click.UsageError("--undo takes no --for-board.")
    day = day_of(on)
    if undone:
        swapped = choosing.undo(matter, folder, clause, tried=tried)
    elif wording:
        swapped = choosing.put_own(
            matter, folder, clause, wording, day, because=because, for_board=for_board, allowed=allowed, tried=tried
        )
    else:
        swapped = choosing.swap(
            matter, folder, clause, alternative, day, because=because, for_board=for_board, allowed=allowed, tried=tried
        )
    reminders = tuple(swaps.late(swapped.after.swaps, day_of(None), str(matter / filing.SWAPS)))
    said = words.swap_json(swapped, reminders) | {"tried": tried} if as_json else {}
    reasons = (because, for_board)
    terminal.as_json(said) if as_json else words.swap(swapped, reminders, reasons, tried=tried)


def stop_at_usage(  # noqa: PLR0913  # what a swap is given
    clause: str, alternative: str, wording: Path | None, because: str, *, allowed: bool, undone: bool
) -> None:
    """Refuse options that don't make a swap."""
    if undone and (alternative or wording or because or allowed):
        raise click.UsageError("--undo takes only a CLAUSE: 'drafter swap MATTER [CLAUSE] --undo'.")
    if not undone and not clause:
        raise click.UsageError("Missing argument 'CLAUSE'.")
    if not undone and bool(alternative) == bool(wording):
        raise click.UsageError("Give one of ALTERNATIVE and --wording FILE.md.")
    if allowed and not because.strip():
        raise click.UsageError(
            "--allow-deviation needs --because REASON: the record says why the contract departs from policy."
        )


@click.command(cls=OfWords)
@matter_argument
@click.option(
    "--reject", "rejected", multiple=True, required=True, metavar="WHAT", callback=named,
    help="What the other side rejects: CLAUSE:ALTERNATIVE, a clause, a number such as 7.4 or '7.4(b)', or words of a "
    "heading; may be repeated.",
)  # fmt: skip
@library_option
@json_option
@speaks()
def concede(matter: Path, rejected: tuple[str, ...], folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Find what to concede when the other side rejects wordings.

    The choice of wordings that still says what the policy asks and concedes least, and the next best ones; or, if there
    isn't one, what is in the way. Nothing is changed. Exit code 1 when no choice says all that is asked.
    """
    from drafter.doors import terminal
    from drafter.doors.negotiating import conceding
    from drafter.proving.conceding import concessions, rejecting

    made = drafted(matter, folder)
    found = concessions.concede(made.library, made.answers, rejecting.found_as(made, rejected))
    if as_json:
        terminal.as_json(conceding.concession_json(found, str(matter)))
    else:
        conceding.conceded(found, str(matter))
    if not found.complies:
        raise SystemExit(1)


@click.command()
@matter_argument
@click.option("--to", "form", default="", metavar="FORM", help="The form to change to.")
@because_option("the matter")
@click.option(
    "--set-aside", "aside", is_flag=True, help="Leave own wordings in their files that FORM can't use, and say which."
)
@click.option("--undo", "undone", is_flag=True, help="Take back the last change of form.")
@try_option
@on_option
@library_option
@json_option
@speaks(UNWRITTEN, records=True)
def convert(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, form: str, because: str, aside: bool, undone: bool, tried: bool, on: dt.datetime | None,  # noqa: FBT001
    folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Change the form of MATTER's contract, and see what becomes of each clause.

    Answers and choices cross where the form has them; what doesn't cross is listed. The change is recorded in
    forms.yaml, with its day and reason.
    """
    from drafter.acts import converting
    from drafter.doors import terminal
    from drafter.doors.negotiating import conversions

    if undone == bool(form) or (undone and (because or aside)):
        raise click.UsageError("Give one of --to FORM, with --because REASON if there is one, and --undo.")
    made = (
        converting.undo(matter, folder, tried=tried)
        if undone
        else converting.convert(matter, folder, form, day_of(on), because=because, aside=aside, tried=tried)
    )
    said = conversions.converted_json(made) | {"tried": tried} if as_json else {}
    terminal.as_json(said) if as_json else conversions.converted(made, tried=tried)


@click.command()
@click.argument("base", type=Name())
@click.argument("revised", type=Name())
@click.option(
    "-o", "--output", type=Name(), metavar="FILE",
    help="Where to write: FILE.docx with tracked changes, FILE.html or FILE.txt. Without it, the terminal shows them.",
)  # fmt: skip
@click.option(
    "--for", "reader", default="", metavar="READER", callback=plain_words,
    help="Comment each changed section for this reader: internal, board, or the other side by any name.",
)  # fmt: skip
@click.option("--cite", is_flag=True, help="Add comments for the other side that cite the policy.")
@click.option(
    "--author",
    default="Drafter",
    show_default=True,
    metavar="NAME",
    callback=plain_words,
    help="Whose changes they are.",
)
@click.option("--on", type=Day(), metavar="DATE", help="The changes' day; today otherwise.")
@click.option("--format", "kind", type=click.Choice(["docx", "html", "text"]), help="What FILE is, whatever its name.")
@anyway_option
@template_option
@library_option
@json_option
@speaks(UNWRITTEN)
def redline(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    base: Path, revised: Path, output: Path | None, reader: str, cite: bool, author: str, on: dt.datetime | None,  # noqa: FBT001
    kind: str | None, anyway: bool, template: Path | None, folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Mark what changed from BASE to REVISED.

    Each is a matter, an answers file, a recorded round (a folder in MATTER/rounds), or a contract saved as JSON.
    REVISED may be a Word file that came back: then each of its changes is listed, those without a mark first, and BASE
    may be a Word file too. Of a PDF that came back only the words are compared.
    """
    if revised.suffix.lower() in (".docx", ".pdf"):
        if output or reader or cite or kind:
            raise click.UsageError("The changes of a Word file or a PDF are listed on the terminal, or with --json.")
        listed(base, revised, template, folder, anyway=anyway, as_json=as_json)
        return
    if as_json:
        raise click.UsageError("--json lists the changes of a file that came back: give FILE.docx or FILE.pdf.")
    from drafter.base import disk
    from drafter.doors.negotiating import words
    from drafter.matters import filing
    from drafter.sending import versions

    before, after = (versions.known(side, lambda path: drafted(path, folder)) for side in (base, revised))
    made = versions.compare(before, after, day_of(on), reader=reader, author=author, cite=cite)
    kind = kind or ({".html": "html", ".txt": "text"}.get(output.suffix.lower(), "docx") if output else "text")
    if output is None and kind == "text":
        words.redline(made.redline)
        return
    path = output or filing.answers_path(revised).with_name(f"redline.{kind}")
    design = agreement_template(revised, folder, template)
    stop_at_places([path], design, None if output else path.parent)
    disk.write(path, redline_as(made, kind, design))
    words.redlined(made, path)


def listed(  # noqa: PLR0913  # what the command was given
    base: Path, revised: Path, template: Path | None, folder: Path | None, *, anyway: bool, as_json: bool
) -> None:
    """List what was changed in a Word file, or in the words of a PDF, that came back.

    DraftingError where it has hardly any words of the base, unless it is to be compared `anyway`.
    """
    from drafter.base.problems import DraftingError, Place, Problem
    from drafter.doors import phrases, terminal
    from drafter.doors.negotiating import returning
    from drafter.replying import judging, saying
    from drafter.returned import numbered, reading
    from drafter.sending import overlap, recognising, versions
    from drafter.word import incoming
    from drafter.word.incoming import printed

    by_words = printed.is_pdf_file(revised)
    content = incoming.contents(revised) if by_words else incoming.load(revised)
    looked = incoming.Examined(printed.as_word(content)) if by_words else incoming.examined(content)
    if base.suffix.lower() == ".docx":
        parts = incoming.read(incoming.load(base))
        sent = numbered.of_file(parts)
        if not sent.lines:
            raise DraftingError(Problem("unreadable-contract", Place(str(base)), "no words are in it"))
        if not anyway:
            other = recognising.against(sent, overlap.words(looked.parts))
            recognising.stop_at(other, str(revised), recognising.OF_FILES)
        found = reading.read(sent, looked.parts, {(author, date) for author, date in reading.marks(parts) if date})
    else:
        before = versions.known(base, lambda path: drafted(path, folder))
        design = agreement_template(base, folder, template)
        sent = reading.as_sent(before.contract, design, judging.margin(base))
        if not anyway:
            other = recognising.beside_round(base, before.contract, sent, content, looked.parts)
            recognising.stop_at(other, str(revised))
        found = reading.read(sent, looked.parts, judging.ours(base))
    if as_json:
        facts = {"harmful": list(map(str, looked.named)), "by_words": by_words}
        terminal.as_json(returning.return_json(found) | facts)
    else:
        returning.told(found)
        if by_words:
            terminal.say(f"\n{saying.BY_WORDS}")
        if careful := phrases.harm(tuple(map(str, looked.named))):
            terminal.show(terminal.facts(careful))


def redline_as(made: Compared, kind: str, template: Path) -> bytes:
    """Return a redline as a Word file, a page or text."""
    if kind == "html":
        from drafter.papers import in_html

        return in_html.redline_page(made.redline, made.heading).encode()
    if kind == "text":
        from drafter.comparing import preview

        return preview.to_text(made.redline).encode()
    return made.to_docx(template)
