"""The commands of a first draft."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.doors.shared import (
    UNWRITTEN,
    Name,
    agreement_template,
    designs_of,
    drafted,
    form_option,
    json_option,
    library_option,
    matter_argument,
    opened,
    plain_words,
    speaks,
    stop_at_places,
    template_option,
    template_words,
)

if TYPE_CHECKING:
    from drafter.drafting.draft import Draft
    from drafter.papers.matrix import Matrix
    from drafter.reading.library import Library

DRAFT = "contract.docx"


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


@click.command()
@matter_argument
@form_option
@template_option
@library_option
@speaks(UNWRITTEN, records=True)
def new(matter: Path, form: str, template: Path | None, folder: Path | None) -> None:
    """Make a matter folder with an answers.yaml that lists every question.

    The matter records the library and the template that it belongs to; later commands use them.
    """
    from drafter.acts import beginning
    from drafter.doors import terminal
    from drafter.matters import filing
    from drafter.reading import opening

    loaded = opening.load_form(folder, form)
    path = matter / filing.ANSWERS
    beginning.begin(path, loaded, folder, template)
    said = f"Form: {loaded.form.label}. " if loaded.forms else ""
    terminal.say(f"{said}Wrote {terminal.one_line(str(path))}: {len(loaded.questionnaire.questions)} questions.")
    then = shlex.join(["drafter", "draft", str(matter)])
    terminal.say(f"Answer them in any editor, then: {terminal.one_line(then)}")


@click.command()
@matter_argument
@click.option(
    "--section", default="", metavar="SECTION", callback=plain_words, help="Ask only this section, by its id or title."
)
@click.option("--only-missing", is_flag=True, help="Ask only what would print as a blank.")
@click.option(
    "--from", "other", type=Name(), metavar="OTHER",
    help="Carry over the answers of another matter; dates, amounts and yearly answers are asked again.",
)  # fmt: skip
@click.option("--plain", is_flag=True, help="Ask line by line, for a screen reader.")
@form_option
@library_option
@click.pass_context
@speaks()
def ask(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    context: click.Context, matter: Path, section: str, only_missing: bool, other: Path | None, plain: bool,  # noqa: FBT001
    form: str, folder: Path | None,
) -> None:  # fmt: skip
    """Answer the questionnaire of MATTER, question by question.

    Each answer is saved at once: stop at any time, and continue later with the same command.
    """
    from drafter.acts import interviewing
    from drafter.doors import terminal
    from drafter.doors.interview import running

    if not running.is_terminal():
        needed = "'drafter ask' needs a terminal. Without one: 'drafter new', answer in an editor, 'drafter draft'."
        raise click.UsageError(needed)
    with running.held(plain=plain):
        loaded, begun = _in_form(matter, folder, form, other, plain=plain)
        if loaded is None:
            terminal.say("No form was chosen; nothing was written.")
            return
        with running.opening():
            found = interviewing.begin(matter, loaded, folder, section=section, only_missing=only_missing, other=other)
        end = running.run(found.talk(), plain=plain, begun=begun)
    path = interviewing.answers_file(matter)
    terminal.say(f"Every answer is saved in {terminal.one_line(str(path))}.")
    if end == "draft":
        context.invoke(draft, matter=path, folder=folder)
    else:
        terminal.say(f"Continue at any time: {terminal.one_line(shlex.join(['drafter', 'ask', str(matter)]))}")


def _in_form(
    matter: Path, folder: Path | None, form: str, other: Path | None, *, plain: bool
) -> tuple[Library | None, bool]:
    """Return the library of a matter in its form, which is asked for where nothing says it, and whether it was.

    It is None where that page is left. DraftingError where the form is none of the library's, or the matter is in
    another one.
    """
    from drafter.asking import choosing
    from drafter.base.problems import DraftingError, Place, Problem, command
    from drafter.doors.interview import running
    from drafter.matters import filing
    from drafter.matters.matter import form_said, library_of
    from drafter.reading import opening

    path = filing.answers_path(matter)
    said = form_said(matter) if os.path.lexists(path) else ""
    with running.opening():
        loaded = library_of(matter, folder, form or said or None)
    opening.stop_at_other_form(loaded, form)
    if form and said and form != said:
        what = f"this matter is in the form '{said}', and not in '{form}'"
        step = command("convert", matter, "--to", form)
        raise DraftingError(Problem("other-form", Place(str(path)), what, f"leave out --form, or change it: {step}"))
    if not loaded.forms or form or said:
        return loaded, False
    likely = form_said(other) if other else loaded.unsaid if os.path.lexists(path) else ""
    chosen = choosing.form_of(running.run(choosing.talk(loaded, likely), plain=plain))
    with running.opening():
        return library_of(matter, folder, chosen) if chosen else None, True


def _named(made: Draft, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the clauses of a draft that words name. DraftingError. Most drafts name none, and load nothing for it."""
    if not words:
        return ()
    from drafter.drafting.finding import named

    return named.all_of(made, words)


@click.command()
@matter_argument
@click.option(
    "-o", "--output", type=Name(), callback=draft_file, metavar="FILE.docx",
    help=f"Where to write; {DRAFT} in the matter otherwise.",
)  # fmt: skip
@click.option("--final", is_flag=True, help="Write the final: blanks are refused, and no draft mark is printed.")
@click.option("--pdf", "as_pdf", is_flag=True, help="Also write a PDF next to it (needs LibreOffice).")
@click.option(
    "--allow-deviation",
    "allowed",
    multiple=True,
    metavar="CLAUSE",
    help="Draft even though this clause departs from policy.",
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

    With -o FILE.json the contract is saved as data for 'drafter redline' or a script; it has our positions in it.
    """
    from drafter import contract
    from drafter.base import disk
    from drafter.doors import terminal
    from drafter.doors.drafting import words
    from drafter.drafting import draft
    from drafter.matters import filing

    made = drafted(matter, folder)
    made = draft.settled(made, _named(made, allowed), final=final)
    path = output or filing.answers_path(matter).with_name(DRAFT)
    design = agreement_template(matter, folder, template)
    written = (path, path.with_suffix(".pdf")) if as_pdf else (path,)
    stop_at_places(written, design, None if output else path.parent)
    saved = path.suffix.lower() == ".json"
    contents = [contract.to_json(made.contract).encode() if saved else made.to_docx(design)]
    if as_pdf:
        from drafter.pdf import office

        with terminal.waiting("Converting to PDF with LibreOffice ..."):
            contents.append(office.to_pdf(made.contract, design))
    for place, content in zip(written, contents, strict=True):
        disk.write(place, content)
    own = () if saved else template_words(design)
    terminal.as_json(words.draft_json(made, written, own)) if as_json else words.draft(made, written, own)
    terminal.unclaimed({place.name: content for place, content in zip(written, contents, strict=True)})


@click.command()
@matter_argument
@click.argument("file", type=Name(), required=False)
@click.option(
    "-o", "--output", type=Name(), callback=matrix_file, metavar="FILE",
    help="Write the compliance matrix to a file: .docx, .html, .pdf, or .csv.",
)  # fmt: skip
@library_option
@json_option
@speaks()
def check(
    matter: Path,
    file: Path | None,
    output: Path | None,
    folder: Path | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """List what is missing or wrong, and where each requirement is said.

    With a Word FILE, say whether the file still says each requirement as the matter's contract does.

    Exit code 1 when something is wrong, or a requirement that applies is not said.
    """
    from drafter.base import disk
    from drafter.doors import terminal
    from drafter.doors.drafting import words
    from drafter.drafting import draft
    from drafter.papers import matrix

    if file is not None:
        if output is not None:
            raise click.UsageError("-o writes the matrix of the matter; leave out FILE.")
        _check_file(matter, file, folder, as_json=as_json)
        return
    made = draft.check(opened(matter, folder))
    table = matrix.of(made)
    if output is not None:
        stop_at_places([output], None, None)
        written = matrix_as(table, output.suffix.lower(), designs_of(matter, folder).of("matrix"))
        disk.write(output, written)
        terminal.unclaimed({output.name: written})
    own = _template_words(matter, folder)
    said = words.check_json(made, own) | {"matrix": matrix.to_json(table)}
    terminal.as_json(said) if as_json else words.check(made, table, output, own)
    if made.wrong:
        terminal.problems(made.wrong)
        raise SystemExit(1)


def _check_file(matter: Path, file: Path, folder: Path | None, *, as_json: bool) -> None:
    """Say whether a Word file still says each requirement as the matter's contract does."""
    from drafter.doors import terminal
    from drafter.doors.drafting import words
    from drafter.drafting import draft
    from drafter.replying import judging
    from drafter.returned import reading
    from drafter.sending import overlap, recognising
    from drafter.word import incoming

    made = draft.draft(opened(matter, folder))
    looked = incoming.examined(incoming.load(file))
    design = agreement_template(matter, folder, None)
    sent = reading.as_sent(made.contract, design)
    other = recognising.of(made.contract, sent, overlap.words(looked.parts))
    if other is not None and not other.is_like:
        recognising.stop_at(other, str(file), recognising.UNCHECKED)
    found = reading.read(sent, looked.parts)
    rows = judging.spoken(made, found)
    terminal.as_json(words.spoken_json(rows, found)) if as_json else words.spoken(rows, found)
    if any(row.status == "not said" for row in rows):
        raise SystemExit(1)


def _template_words(matter: Path, folder: Path | None) -> tuple[str, ...]:
    """Return the words of its own that a matter's template has; none of one that can't be read, as a draft says."""
    from drafter.base.problems import DraftingError

    try:
        return template_words(agreement_template(matter, folder, None))
    except DraftingError:
        return ()


def matrix_as(table: Matrix, suffix: str, design: Path) -> bytes:
    """Return the matrix as a file of one kind, by the end of its name; a Word file in a template."""
    from drafter.documents import matrix_docx
    from drafter.doors import terminal
    from drafter.papers import in_html, matrix

    if suffix == ".csv":
        return matrix.to_csv(table).encode("utf-8-sig")  # spreadsheets recognise it by the mark
    if suffix == ".html":
        return in_html.matrix_page(table).encode()
    made = matrix_docx.write(table, design)
    if suffix == ".docx":
        return made
    from drafter.pdf import office, paper

    with terminal.waiting("Converting to PDF with LibreOffice ..."):
        return office.converted(paper.together(made))
