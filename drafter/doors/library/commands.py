"""The commands for whoever keeps the library."""

from __future__ import annotations

import shlex
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drafter.doors.shared import (
    UNWRITTEN,
    Name,
    day_of,
    json_option,
    library_option,
    on_option,
    plain_words,
    speaks,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from drafter.base.problems import Problem
    from drafter.proving.proof import Proof
    from drafter.reading.library import Library
    from drafter.reading.reviewing.in_answers import FreeAnswer


@click.command()
@click.argument("given", required=False, metavar="[LIBRARY]", type=Name())
@click.option("--style", is_flag=True, help="Add remarks on style, which are not problems.")
@library_option
@json_option
@speaks()
def lint(given: Path | None, style: bool, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """List what is wrong in the library, and which authorities to verify."""
    from drafter.doors import terminal
    from drafter.doors.library import words
    from drafter.proving.linting import lint
    from drafter.reading import opening

    made = lint.lint_forms(opening.read_library(given or folder))
    remarks = made.style if style else ()
    if as_json:
        terminal.as_json(words.lint_json(made, remarks))
    else:
        words.linted(made, remarks)
    if made.wrong:
        terminal.problems(made.wrong)
        raise SystemExit(1)


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "every", is_flag=True, help="Record everything as read.")
@click.option("--by", metavar="WHO", default="", callback=plain_words, help="Who has read it; needed to record.")
@on_option
@click.option("-m", "--matter", type=Name(), help="A matter's own wordings, and what they reach.")
@library_option
@json_option
@speaks(UNWRITTEN, records=True)
def review(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    names: tuple[str, ...],
    every: bool,  # noqa: FBT001
    by: str,
    on: datetime | None,
    matter: Path | None,
    folder: Path | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """List what nobody has read as it is now, the old words beside the new, or record who has read it.

    A requirement's NAME stands for its wordings, read against what it asks. The NAME of a clause, of a wording
    (CLAUSE.ALTERNATIVE) or of a file that is listed stands for its words by themselves, read for whether they take back
    what the sources ask; so does, in a matter, that of a question that is listed. What is named is shown in full. The
    exit code is 1 while anything is unread.
    """
    from drafter.base.problems import stop_at
    from drafter.doors import terminal
    from drafter.doors.library import review_words
    from drafter.reading.reviewing import in_forms, naming, recording, review

    libraries, in_force, free = _to_review(matter, folder)
    answers = naming.answers(free, names, every=every)
    others = tuple(name for name in names if not naming.answers(free, (name,)))
    stop_at(naming.unknown_in_all(libraries, others))
    if every and not by.strip():
        raise click.UsageError("say who has read it: --by WHO")
    if by.strip() and not (every or names):
        raise click.UsageError("say what was read: a NAME, or --all")
    found = naming.in_any(naming.all_of(one) if every else naming.named(one, names) for one in libraries)
    if by.strip():
        found = found if in_force is None else naming.within(found, libraries[0], in_force)
        made = recording.recorded(
            libraries[0], found.links, by.strip(), day_of(on),
            alone=found.alone, in_force=in_force, forms=libraries,
        )  # fmt: skip
        made = recording.with_answers(made, answers, by.strip(), day_of(on)) if answers else made
        libraries = _record(libraries, made, matter) if answers or found != naming.NOTHING else libraries
        free = tuple(one for one in free if one not in answers)
    links, alone = (
        (in_forms.unread(libraries), in_forms.unread_alone(libraries))
        if in_force is None
        else review.unread_in_matter(libraries[0], in_force)
    )
    left = tuple(one for one in free if not one.is_read)
    if as_json:
        terminal.as_json(review_words.review_json(links, alone, left))
    else:
        if by.strip():
            review_words.recorded(found, answers, names)
        shown = naming.NOTHING if by.strip() else found
        review_words.shared(naming.shared(libraries, names))
        review_words.reviewed(links, alone, left, libraries, shown, of_matter=matter is not None)
    if links or alone or left:
        raise SystemExit(1)


def _to_review(
    matter: Path | None, folder: Path | None
) -> tuple[tuple[Library, ...], Mapping[str, str] | None, tuple[FreeAnswer, ...]]:
    """Return the library to read in each form, or in that of a matter, with its own wordings, and which are in force.

    Also the answers in free text that somebody must read. Nothing is in force where no matter is named.
    """
    from drafter.acts import reviewing
    from drafter.reading import opening

    if matter is None:
        return opening.load_forms(folder), None, ()
    made = reviewing.opened(matter, folder)
    return (made.library,), made.in_force, made.answers


def _record(libraries: tuple[Library, ...], read: Library, matter: Path | None) -> tuple[Library, ...]:
    """Write who has read what, beside the library or in the matter that has the wordings; return it in each form."""
    from dataclasses import replace

    from drafter.base import disk
    from drafter.matters import filing
    from drafter.reading.reviewing import marks

    if matter is None:
        disk.write(read.folder / marks.FILE, marks.to_text(read.reviewed).encode())
        return tuple(replace(one, reviewed=read.reviewed) for one in libraries)
    filing.stop_at_no_folder(matter)
    with filing.held(matter):
        disk.write(filing.reviewed(matter), marks.to_text(read.own_reviewed).encode())
    return (read,)


@click.command()
@click.argument("given", required=False, metavar="[LIBRARY]", type=Name())
@click.option("-m", "--matter", type=Name(), help="With the alternatives chosen in this matter.")
@click.option(
    "-o", "--output", type=Name(), metavar="FILE.yaml",
    help="Write the answers that break a law to an answers file; with more than one, FILE-2.yaml and so on.",
)  # fmt: skip
@click.option("--mutate", is_flag=True, help="Change each operative sentence, and say which changes go unnoticed.")
@library_option
@json_option
@speaks()
def prove(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    given: Path | None,
    matter: Path | None,
    output: Path | None,
    mutate: bool,  # noqa: FBT001
    folder: Path | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Prove that every contract says what the policy asks, whatever is answered and chosen.

    Nothing is sampled: each clause has exactly one alternative, each requirement is said whenever it applies, each
    question is asked where its answer is printed, each reference has its target, each term its definition and a use,
    and no list, section or table is left broken or empty. Whether the words mean what is asked, a person must read
    (drafter review). Where one of these fails, the smallest answers and choices
    that break it are shown, with exit code 1.

    With --mutate, each sentence that a requirement rests on is changed, in one way at a time: deleted, negated, put
    under a condition, given an exception or a counter-sentence, given to somebody else. A change that no check notices
    is listed; exit code 1 where less than 95 % of a requirement's are noticed.
    """
    from drafter.base.problems import stop_at
    from drafter.doors import terminal
    from drafter.doors.library import words
    from drafter.matters import belonging
    from drafter.matters.matter import chosen_in, form_said, with_own_wordings
    from drafter.proving import proof
    from drafter.reading import opening
    from drafter.reading.forms import reading, telling

    started = time.process_time()
    every = opening.read_library(given or folder or (belonging.library_folder(matter) if matter else None))
    found = (reading.in_form(every, form_said(matter)),) if matter else every
    stop_at(telling.once({one.library.form.id: (*one.unread, *one.unread_memo) for one in found}))
    libraries = [with_own_wordings(one.library, matter) if matter else one.library for one in found]
    if mutate:
        stop_at(p for one in found for p in one.wrong)
        stop_at(_mutated(libraries, as_json=as_json))
        return
    made = [proof.prove(one, chosen_in(matter, one) if matter else {}) for one in libraries]
    written = [{} for _ in made] if output is None else write_answers(made, output)
    if as_json:
        terminal.as_json(words.proofs_json(made, written))
    else:
        other = ["--library", str(given or folder)] if given or folder else []
        tries = [{h: shlex.join(["drafter", "draft", path, *other]) for h, path in one.items()} for one in written]
        words.all_proved(made, tries, time.process_time() - started)
    by_form = {one.library.form.id: (*one.wrong, *proof.problems(m)) for one, m in zip(found, made, strict=True)}
    if wrong := telling.once(by_form):
        terminal.problems(wrong)
        raise SystemExit(1)


def _mutated(libraries: Sequence[Library], *, as_json: bool) -> tuple[Problem, ...]:
    """Print how many changes of each requirement's sentences are noticed; return a problem where it is too few."""
    from drafter.doors import terminal
    from drafter.doors.library import words
    from drafter.proving import mutation
    from drafter.reading.forms import telling

    scores = {one.form.id: mutation.scores(mutation.mutate(one)) for one in libraries}
    if as_json:
        terminal.as_json(words.scores_json(scores))
    else:
        words.all_mutated(scores)
    return telling.once({one.form.id: tuple(mutation.problems(scores[one.form.id], one)) for one in libraries})


def write_answers(made: Sequence[Proof], output: Path) -> list[dict[Problem, str]]:
    """Write the answers of each hole of some proofs to a file of its own; return the paths, for each proof."""
    from drafter.base import disk
    from drafter.matters import filing
    from drafter.proving import holes

    paths: list[dict[Problem, str]] = [{} for _ in made]
    for number, (place, hole) in enumerate(((n, hole) for n, one in enumerate(made) for hole in one.holes), 1):
        path = output if number == 1 else output.with_name(f"{output.stem}-{number}{output.suffix}")
        filing.stop_at_unwritable([path])
        text = holes.answers_text(hole, made[place].chosen, made[place].library.form.id)
        disk.write(path, text.encode())
        paths[place][hole.claim.problem] = str(path)
    return paths


@click.group()
def template() -> None:
    """Work on the Word templates."""


@template.command("check")
@click.argument("file", type=Name(), metavar="FILE|DIR")
@speaks()
def template_check(file: Path) -> None:
    """Say what a template is for, and list the fields and styles that it lacks.

    A file is known by its fields; in a folder, each template by its name, which is that of a shipped one.
    """
    from drafter.base.problems import Place, Problem, stop_at
    from drafter.documents import designs
    from drafter.matters import filing
    from drafter.word import filling

    files = designs.named(file) if filing.is_folder(file) else (file,)
    hint = f"name them as the shipped ones: {designs.NAMES}"
    stop_at([] if files else [Problem("missing-file", Place(str(file)), "no template is in this folder", hint)])
    stop_at(problem for each in files for problem in filling.check(each, each.stem if each != file else ""))
    for each in files:
        _checked(each)


def _checked(file: Path) -> None:
    """Print what a template was taken for, the words that it has of its own, and what to remember of it."""
    from drafter.doors import phrases, terminal
    from drafter.word import kinds
    from drafter.word.template import kind_of, own_words, remarks

    kind = kinds.called(kind_of(file).name)
    terminal.say(f"{terminal.one_line(str(file))}, a template of the {kind}: every field and style is there.")
    if words := own_words(file):
        terminal.say(f"{phrases.TEMPLATE_UNREAD} {phrases.lines_of_template(words)}")
    for found in remarks(file):
        terminal.say(f"Remember: {terminal.one_line(found.message)}; {found.hint}.")


@template.command("export")
@click.argument("folder", type=Name())
@speaks(UNWRITTEN)
def template_export(folder: Path) -> None:
    """Write copies of the shipped templates into FOLDER, to be changed in Word.

    A matter, or a library, that has them in a folder named templates uses them instead of the shipped ones.
    """
    from drafter.documents import designs
    from drafter.doors import terminal
    from drafter.word import kinds

    files = designs.export(folder)
    terminal.say("Wrote ", (terminal.one_line(str(folder)), "bold"))
    terminal.show(terminal.facts([(place.name, f"template of the {kinds.called(place.stem)}") for place in files]))
