"""The command line: one command a function, each of them load, call, and print or write.

Text for people goes to standard output, `--json` for scripts, problems to standard error. Exit 0 is
fine, 1 means problems in the data, 2 a command that can't be understood.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, ParamSpec

import click

from drafter import __version__

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from drafter.answers import Answers
    from drafter.compliance import Coverage
    from drafter.contract import Contract
    from drafter.library import Clause, Library
    from drafter.selection import Selection
    from drafter.source import Problem

P = ParamSpec("P")
ANSWERS = "answers.yaml"
DRAFT = "contract.docx"


def shipped(name: str) -> Path:
    """Return the path of a file or folder that comes with the product, installed or in a source tree."""
    here = Path(__file__).parent
    inside = here / "shipped" / name
    return inside if inside.exists() else here.parent / name


# -- printing -----------------------------------------------------------------------------------


def console(*, stderr: bool = False) -> Console:
    """Return the console that prints; colour is off where there is no terminal or NO_COLOR is set."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def fit_console() -> Console:
    """Return a console whose tables fit the terminal, or 100 columns where there is none."""
    from rich.console import Console

    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=100)


def say_problems(problems: Iterable[Problem]) -> None:
    """Print problems to standard error, as compilers do: place, code, what, and what to do."""
    from rich.text import Text

    out = console(stderr=True)
    for problem in problems:
        line = Text.assemble((str(problem.source), "bold"), ": ", (problem.code, "red"), ": ", problem.message)
        out.print(line)
        if problem.hint:
            out.print(Text(f"  hint: {problem.hint}", "dim"))


def fail(problems: Iterable[Problem]) -> NoReturn:
    """Print problems and end with exit code 1."""
    found = tuple(problems)
    say_problems(found)
    count = f"{len(found)} problems" if len(found) != 1 else "1 problem"
    console(stderr=True).print(f"{count}; nothing was written", style="red")
    raise SystemExit(1)


def speaks(command: Callable[P, None]) -> Callable[P, None]:
    """Wrap a command so that wrong data ends with messages and exit code 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from drafter.source import DraftingError

        try:
            command(*args, **kwargs)
        except DraftingError as error:
            fail(error.problems)

    return run


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


# -- shared loading -----------------------------------------------------------------------------


def answers_path(matter: Path) -> Path:
    """Return the answers file of a matter: the file itself, or answers.yaml in the folder."""
    return matter / ANSWERS if matter.is_dir() else matter


def load_library(folder: Path | None) -> Library:
    """Load the library given, or the one that comes with the product."""
    from drafter import library

    return library.load(folder, str(folder)) if folder else library.load(shipped("clause_library"), "clause_library")


def load_matter(matter: Path, folder: Path | None) -> tuple[Library, Answers, Selection]:
    """Load the library and a matter's answers, and select."""
    from drafter import answers, selection

    loaded = load_library(folder)
    given = answers.load(answers_path(matter), loaded.questionnaire)
    return loaded, given, selection.select(loaded, given)


def drafted(selected: Selection) -> tuple[Contract, Coverage]:
    """Assemble a contract and check it against the policy."""
    from drafter import assembly, compliance

    contract = assembly.assemble(selected)
    return contract, compliance.check(contract, selected)


def remarks(loaded: Library, given: Answers, selected: Selection) -> tuple[Problem, ...]:
    """Run the questionnaire's checks; stop at problems, return the reminders."""
    from drafter import answers, source

    found = tuple(answers.problems(loaded.questionnaire, given, selected.values))
    source.stop_at(found)
    return found


matter_argument = click.argument("matter", type=click.Path(path_type=Path))
library_option = click.option(
    "--library", "folder", type=click.Path(path_type=Path), help="A clause library other than the one shipped."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="drafter")
def main() -> None:
    """Draft a contract that provably meets a board's policy, from a questionnaire's answers.

    A MATTER is a folder with an answers.yaml in it, or the answers file itself. Drafter helps an attorney;
    it gives no legal advice.
    """


# -- commands -----------------------------------------------------------------------------------


@main.command()
@matter_argument
@library_option
@speaks
def new(matter: Path, folder: Path | None) -> None:
    """Make a matter folder whose answers.yaml holds every question."""
    from drafter import matter as matters
    from drafter import source

    loaded = load_library(folder)
    path = matter / ANSWERS
    if path.exists():
        what = "there is an answers file already, and it stays as it is"
        raise source.DraftingError(
            source.Problem("file-exists", source.Source(str(path)), what, "choose another folder")
        )
    source.make_folder(matter)
    source.write_atomically(path, matters.blank_file(loaded.questionnaire, loaded.title).encode())
    console().print(f"Wrote {path}: {len(loaded.questionnaire.questions)} questions.")
    console().print(f"Answer them in any editor, then: drafter draft {matter}")


@main.command()
@matter_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help=f"Where to write; {DRAFT} in the matter otherwise."
)
@click.option("--final", is_flag=True, help="Write the final: no blanks are allowed, and no draft mark is printed.")
@click.option("--pdf", is_flag=True, help="Write a PDF beside it as well (needs LibreOffice).")
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
@speaks
def draft(  # noqa: PLR0913, PLR0917  # a command takes its options as arguments
    matter: Path, output: Path | None, final: bool, pdf: bool, allowed: tuple[str, ...], template: Path | None,  # noqa: FBT001
    folder: Path | None, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """Draft the contract of MATTER as a Word file."""
    from drafter import compliance, contract, source
    from drafter.word import writer

    loaded, given, selected = load_matter(matter, folder)
    reminders = remarks(loaded, given, selected)
    for clause in allowed:
        loaded.clause(clause)
    made, coverage = drafted(selected)
    made = compliance.deviations(coverage, made, allowed, given.path)
    if final:
        source.stop_at(blank_problems(made, selected, given))
        made = contract.final(made)
    path = output or (matter if matter.is_dir() else matter.parent) / DRAFT
    content = writer.write(made, template or shipped("templates") / "agreement.docx")
    pages = pdf_of(made, template) if pdf else b""
    source.write_atomically(path, content)
    written = [path]
    if pdf:
        written.append(path.with_suffix(".pdf"))
        source.write_atomically(written[-1], pages)
    summary = summarized(made, coverage, selected, reminders, written)
    print_json(summary) if as_json else print_summary(summary)


@main.command()
@matter_argument
@library_option
@json_option
@speaks
def check(matter: Path, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Say what is missing or wrong in MATTER, and where each requirement is met."""
    from drafter import answers

    loaded, given, selected = load_matter(matter, folder)
    found = tuple(answers.problems(loaded.questionnaire, given, selected.values))
    made, coverage = drafted(selected)
    wrong = [p for p in found if p.level == "problem"]
    if as_json:
        print_json({**checked_json(made, coverage, loaded), "problems": [str(p) for p in found]})
    else:
        print_coverage(coverage, loaded)
        print_blanks(made)
        print_reminders(p for p in found if p.level == "reminder")
    if wrong:
        say_problems(wrong)
    if wrong or coverage.unmet:
        raise SystemExit(1)


@main.command()
@click.argument("clause", required=False)
@click.option("-m", "--matter", type=click.Path(path_type=Path), help="Mark what this matter has selected.")
@library_option
@json_option
@speaks
def clauses(clause: str | None, matter: Path | None, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """List the library, or one CLAUSE with its alternatives, best first, and the guidance."""
    if matter:
        loaded, _, selected = load_matter(matter, folder)
        chosen = {name: choice.alternative.id for name, choice in selected.choices.items()}
    else:
        loaded, chosen = load_library(folder), {}
    if as_json:
        wanted = [loaded.clause(clause)] if clause else [loaded.clauses[c] for c in loaded.order()]
        print_json([clause_json(c, chosen.get(c.id)) for c in wanted])
    elif clause:
        print_clause(loaded.clause(clause), loaded, chosen.get(clause))
    else:
        print_library(loaded, chosen if matter else None)


@main.command()
@matter_argument
@click.argument("clause")
@library_option
@json_option
@speaks
def explain(matter: Path, clause: str, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Say why CLAUSE reads as it does in MATTER: alternative, condition, answers, requirement, authority."""
    from drafter import selection

    _, _, selected = load_matter(matter, folder)
    rows = selection.explain(selected, clause)
    if as_json:
        print_json([{"heading": heading, "words": words} for heading, words in rows])
        return
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for heading, words in rows:
        table.add_row(f"[bold]{heading}[/]", escaped(words))
    fit_console().print(table)


@main.command()
@matter_argument
@click.argument("clause")
@click.argument("alternative")
@click.option("--allow-deviation", "allowed", is_flag=True, help="Swap although the contract then departs from policy.")
@library_option
@speaks
def swap(matter: Path, clause: str, alternative: str, allowed: bool, folder: Path | None) -> None:  # noqa: FBT001
    """Choose another ALTERNATIVE of CLAUSE in MATTER; only that line of answers.yaml changes."""
    from drafter import answers, compliance, selection, source
    from drafter import matter as matters

    loaded, given, before = load_matter(matter, folder)
    path = answers_path(matter)
    loaded.clause(clause)
    text = matters.with_alternative(source.read_text(path, given.path), given.path, clause, alternative)
    changed = answers.parse(text, given.path, loaded.questionnaire)
    after = selection.select(loaded, changed)
    (_, was), (made, now) = drafted(before), drafted(after)
    unmet_before = {row.requirement.id for row in was.unmet}
    fresh = compliance.Coverage(tuple(row for row in now.rows if row.requirement.id not in unmet_before))
    if not allowed:
        compliance.deviations(fresh, made, (), given.path)
    source.write_atomically(path, text.encode())
    print_swap(before, after, clause, was, now)


@main.group()
def template() -> None:
    """Work on the Word template."""


@template.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@speaks
def template_check(file: Path) -> None:
    """Say which field or style a changed template lacks."""
    from drafter.word import template as templates

    found = templates.check(file)
    if found:
        fail(found)
    console().print(f"{file}: every field and style is there.", style="green", markup=False)


# -- what the commands say ----------------------------------------------------------------------


def escaped(text: str) -> str:
    """Return text that rich prints as it stands."""
    from rich.markup import escape

    return escape(text)


def pdf_of(made: Contract, template: Path | None) -> bytes:
    """Convert to PDF with a message on the terminal while it runs."""
    from drafter.word import pdf

    with console(stderr=True).status("Converting to PDF with LibreOffice ..."):
        return pdf.to_pdf(made, template or shipped("templates") / "agreement.docx")


def blank_problems(made: Contract, selected: Selection, given: Answers) -> list[Problem]:
    """Return a problem for each blank: a final has none."""
    from drafter import answers, contract
    from drafter.source import Problem

    found = []
    for blank in contract.blanks(made):
        asked = answers.is_asked(selected.library.questionnaire, blank.question, selected.values)
        place = given.place(blank.question if blank.question in given.places else blank.question.partition(".")[0])
        what = f"{blank.question} is not answered: [{blank.text}] is blank"
        hint = "answer it; a final has no blanks"
        if not asked:
            hint = "these answers do not ask it, but a chosen alternative prints it: change the answer that decides"
        found.append(Problem("blank", place, what, hint))
    return found


def summarized(
    made: Contract, coverage: Coverage, selected: Selection, reminders: Iterable[Problem], written: list[Path]
) -> dict[str, object]:
    """Return what a draft made, for people and for scripts."""
    from drafter import contract

    choices = selected.choices.values()
    return {
        "written": [str(path) for path in written],
        "status": made.status,
        "articles": len(made.articles),
        "sections": sum(len(a.sections) for a in made.articles),
        "exhibits": len(made.exhibits),
        **checked_json(made, coverage, selected.library),
        "not_preferred": [
            {"clause": c.clause.id, "alternative": c.alternative.id, "position": c.alternative.position, "by": c.by}
            for c in choices
            if c.alternative.position != "preferred"
        ],
        "blanks": [{"label": b.text, "question": b.question} for b in contract.blanks(made)],
        "deviations": list(made.deviations),
        "reminders": [{"place": str(p.source), "message": p.message, "hint": p.hint} for p in reminders],
    }


def checked_json(made: Contract, coverage: Coverage, loaded: Library) -> dict[str, object]:
    """Return a coverage for scripts."""
    from drafter import contract

    read = loaded.policy
    return {
        "policy": {"citation": read.citation, "status": read.status, "date": read.date.isoformat()},
        "requirements": [
            {
                "id": row.requirement.id,
                "status": row.status,
                "sections": list(row.places),
                "clauses": list(row.clauses),
                "asks": row.requirement.asks,
                "remark": row.remark,
            }
            for row in coverage.rows
        ],
        "blanks": [{"label": b.text, "question": b.question} for b in contract.blanks(made)],
    }


def policy_line(loaded: Library) -> str:
    """Return the policy's citation with its status and date."""
    from drafter import english

    read = loaded.policy
    return f"{read.citation} ({read.status}, {english.long_date(read.date)})"


def print_summary(summary: dict) -> None:  # type: ignore[type-arg]
    """Print what a draft made, in a few lines."""
    out = console()
    rows = summary["requirements"]
    due = [r for r in rows if r["status"] not in ("does not apply", "nothing to draft")]
    met = [r for r in due if r["status"].startswith("met")]
    read = summary["policy"]
    for path in summary["written"]:
        out.print(f"Wrote [bold]{escaped(path)}[/]")
    counts = f"{summary['articles']} articles, {summary['sections']} sections, {summary['exhibits']} exhibits"
    out.print(f"  Contract      {counts}; {summary['status']}")
    colour = "green" if len(met) == len(due) else "red"
    policy = f"{escaped(read['citation'])} ({escaped(read['status'])}, {read['date']})"
    out.print(f"  Requirements  [{colour}]{len(met)} of {len(due)} that apply are met[/] by the text: {policy}")
    for row in due:
        if row["status"] == "met by a fallback":
            out.print(f"                {row['id']} by a fallback, in Section {', '.join(row['sections'])}")
    for deviation in summary["deviations"]:
        out.print(f"  [red]Deviation[/]     departs from {escaped(deviation)}")
    others = [f"{c['clause']}: {c['alternative']} ({c['position']})" for c in summary["not_preferred"]]
    out.print(f"  Not preferred {listed(others)}")
    out.print(f"  Blanks        {listed([b['label'] for b in summary['blanks']])}")
    for reminder in summary["reminders"]:
        out.print(f"  [yellow]Remember[/]      {escaped(reminder['message'])}")
        if reminder["hint"]:
            out.print(f"                [dim]{escaped(reminder['hint'])}[/]")


def listed(things: list[str], most: int = 12) -> str:
    """Return a short list in one line."""
    shown = escaped("; ".join(things[:most]))
    if not things:
        return "none"
    return f"{len(things)}: {shown}{f'; and {len(things) - most} more' if len(things) > most else ''}"


STYLES = {"met": "green", "met by a fallback": "yellow", "deviates": "bold red", "missing": "bold red"}


def print_coverage(coverage: Coverage, loaded: Library) -> None:
    """Print each requirement with its status and the sections that meet it."""
    from rich.table import Table

    table = Table(title=f"Requirements of {escaped(policy_line(loaded))}", title_justify="left", expand=False)
    table.add_column("Requirement", no_wrap=True)
    table.add_column("What the contract must contain", ratio=1)
    table.add_column("Status")
    table.add_column("Section")
    for row in coverage.rows:
        style = STYLES.get(row.status, "dim")
        asks = row.requirement.asks + (f" [{row.remark}]" if row.status in ("deviates", "missing") else "")
        table.add_row(row.requirement.id, escaped(asks), f"[{style}]{row.status}[/]", ", ".join(row.places) or "-")
    fit_console().print(table)
    for anomaly in loaded.policy.anomalies:
        fit_console().print(f"[dim]Anomaly in {', '.join(anomaly.paragraphs)}:[/] {escaped(anomaly.text.strip())}")


def print_blanks(made: Contract) -> None:
    """Print the blanks of a draft."""
    from drafter import contract

    found = contract.blanks(made)
    out = fit_console()
    out.print(f"[bold]Blanks:[/] {len(found) or 'none'}")
    for blank in found:
        out.print(f"  [yellow]{escaped(f'[{blank.text}]')}[/]  {escaped(blank.question)}")


def print_reminders(reminders: Iterable[Problem]) -> None:
    """Print what the attorney should know."""
    out = fit_console()
    for reminder in reminders:
        out.print(f"[yellow]Remember:[/] {escaped(reminder.message)}")
        if reminder.hint:
            out.print(f"  [dim]{escaped(reminder.hint)}[/]")


POSITIONS = {"preferred": "green", "acceptable": "yellow", "fallback": "red"}


def clause_json(clause: Clause, chosen: str | None) -> dict[str, object]:
    """Return a clause for scripts."""
    from drafter import expressions, library

    return {
        "id": clause.id,
        "title": clause.title,
        "file": clause.file,
        "authority": list(clause.authority),
        "selected": chosen,
        "alternatives": [
            {
                "id": a.id,
                "label": a.label,
                "position": a.position,
                "when": expressions.explain(a.when) if a.when is not None else None,
                "satisfies": list(a.satisfies),
                "concedes": a.concedes,
                "approval": a.approval,
                "guidance": a.guidance,
                "words": library.wording_words(a.text),
            }
            for a in clause.alternatives
        ],
    }


def print_library(loaded: Library, chosen: dict[str, str] | None) -> None:
    """Print the library as its outline, with the alternatives of each clause."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("Clause", "Title", "Alternatives, best first", "Meets"):
        table.add_column(heading)
    groups = [("Opening and recitals", (*loaded.opening, *loaded.recitals, *loaded.agreement))]
    groups += [(f"Article {i}. {a.title}", a.clauses) for i, a in enumerate(loaded.articles, 1)]
    groups += [(f"Exhibit {chr(64 + i)}. {e.title}", e.clauses) for i, e in enumerate(loaded.exhibits, 1)]
    for title, members in groups:
        table.add_row(f"[bold]{escaped(title)}[/]")
        for clause in map(loaded.clause, members):
            add_clause_row(table, clause, chosen)
    fit_console().print(table)


def add_clause_row(table: Table, clause: Clause, chosen: dict[str, str] | None) -> None:
    """Add one clause to the table of the library."""
    named = []
    for alternative in clause.alternatives:
        mark = "▸" if chosen is not None and chosen.get(clause.id) == alternative.id else ""
        named.append(f"[{POSITIONS[alternative.position]}]{mark}{alternative.id}[/]")
    out = " [dim](left out)[/]" if chosen is not None and clause.id not in chosen else ""
    meets = ", ".join(dict.fromkeys(r for a in clause.alternatives for r in a.satisfies))
    table.add_row(f"  {clause.id}", escaped(clause.title) + out, " ".join(named), meets)


def print_clause(clause: Clause, loaded: Library, chosen: str | None) -> None:
    """Print one clause: each alternative with its position, condition, concession, guidance and words."""
    from drafter import expressions, library

    out = fit_console()
    out.print(f"[bold]{escaped(clause.title)}[/] ({clause.id})  {loaded.path}/{clause.file}")
    for alternative in clause.alternatives:
        mark = "  [bold]<- selected[/]" if alternative.id == chosen else ""
        colour = POSITIONS[alternative.position]
        out.print(
            f"\n[{colour}]{alternative.position}[/]  [bold]{alternative.id}[/]: {escaped(alternative.label)}{mark}"
        )
        when = expressions.explain(alternative.when) if alternative.when is not None else "always"
        rows = [("when", when), ("meets", ", ".join(alternative.satisfies)), ("concedes", alternative.concedes)]
        rows += [("approval", alternative.approval), ("guidance", alternative.guidance)]
        rows += [("words", library.wording_words(alternative.text).replace("\ufffc", "[...]"))]
        for heading, words in rows:
            if words:
                out.print(f"  [dim]{heading}:[/] {escaped(words)}")


def print_swap(before: Selection, after: Selection, clause: str, was: Coverage, now: Coverage) -> None:
    """Print what a swap changed: the alternative, what is conceded or won back, and each requirement's status."""
    from drafter import expressions

    out = console()
    old = before.choices[clause].alternative if clause in before.choices else None
    fresh = after.choices[clause].alternative if clause in after.choices else None
    shown = [f"{a.id} ({a.position})" if a else "left out" for a in (old, fresh)]
    out.print(f"[bold]{clause}[/]: {shown[0]} -> {shown[1]}")
    if fresh is not None and fresh.concedes:
        out.print(f"  Concedes: {escaped(fresh.concedes)}")
    if fresh is not None and fresh.approval:
        out.print(f"  Needs approval: {escaped(fresh.approval)}")
    if fresh is not None and fresh.when is not None and not expressions.holds(fresh.when, after.values):
        told = expressions.explain(fresh.when)
        out.print(f"  The answers alone would not select it (its condition: {escaped(told)}).")
    for one, other in zip(was.rows, now.rows, strict=True):
        if one.status != other.status:
            out.print(f"  {one.requirement.id}: {one.status} -> [{STYLES.get(other.status, 'dim')}]{other.status}[/]")
