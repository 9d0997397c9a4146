"""What new, ask, draft, check say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from drafter import contract
from drafter.base import english
from drafter.contract import Blank
from drafter.doors import phrases, terminal
from drafter.drafting.compliance import Covered
from drafter.drafting.draft import Draft
from drafter.drafting.selection import Choice
from drafter.reading.library import Library
from drafter.reading.sources.source import Source
from drafter.telling import tallies
from drafter.telling.rows import paragraphs

if TYPE_CHECKING:  # a draft is made without the matrix
    from drafter.papers.matrix import Group, Matrix
    from drafter.replying.judging import Spoken
    from drafter.returned.markup import Return

COLUMNS = ("Id", "What it asks", "In the contract")


def draft(drafted: Draft, written: Sequence[Path], own: Sequence[str]) -> None:
    """Print which files a draft was written to, and in a few lines what is in it.

    `own` are the lines that its template has of its own, which no reading covers.
    """
    made = drafted.contract
    sections = sum(len(article.sections) for article in made.articles)
    counts = (
        english.counted(len(made.articles), "article"),
        english.counted(sections, "section"),
        english.counted(len(made.exhibits), "exhibit"),
    )
    fallbacks = [row for row in drafted.coverage.rows if row.status == "met by a fallback"]
    rows: list[tuple[str, RenderableType]] = [
        ("Contract", f"{', '.join(counts)}; a {made.status}"),
        *((("Form", drafted.library.form.label),) if drafted.library.forms else ()),
        *phrases.requirements(drafted),
        ("Read", phrases.said(*tallies.read(drafted))),
        *((("Template", _template(own)),) if own else ()),
        *(("By a fallback", f"{f.requirement.id}, in {', '.join(f.places)}") for f in fallbacks),
        *(("Deviations", phrases.departure(row)) for row in drafted.coverage.unmet),
        *(("Not preferred", _choice(choice)) for choice in drafted.not_preferred),
        ("Blanks", phrases.blanks_line(contract.blanks(made))),
        *(("Remember", phrases.remembered(reminder)) for reminder in drafted.reminders),
    ]
    for path in written:
        terminal.say("Wrote ", (terminal.one_line(str(path)), "bold"))
    terminal.show(terminal.facts(rows))


def check(drafted: Draft, table: Matrix, written: Path | None, own: Sequence[str]) -> None:
    """Print each requirement and the sections that meet it, what is blank, what to remember, and the count.

    `own` are the lines that its template has of its own, which no reading covers.
    """
    if written is not None:
        terminal.say("Wrote ", (terminal.one_line(str(written)), "bold"))
    if table.governs:
        terminal.show(terminal.text(table.governs), "")
    for group, source in zip(table.groups, drafted.library.sources, strict=True):
        terminal.show(terminal.text((f"Requirements of {source.cited}", "bold")), "", _matrix(group), "")
        terminal.show(terminal.text((f"{group.count}: {group.counts}. {group.standing}", "dim")), "")
        said = (
            terminal.text((source.listed(a.paragraphs), "bold"), f": {paragraphs(a.text)}") for a in source.anomalies
        )
        if source.anomalies:
            heading = terminal.text((f"In the text of {source.citation} itself", "bold"))
            terminal.show(heading, *(terminal.beside("-", text, 2) for text in said), "")
    blanks = contract.blanks(drafted.contract)
    if blanks:
        terminal.show(terminal.text(("Blanks", "bold"), ", each with the question that fills it"), _blanks(blanks), "")
    if drafted.reminders:
        terminal.show(
            terminal.facts((("Remember", phrases.remembered(reminder)) for reminder in drafted.reminders), 0), ""
        )
    for source, tally in tallies.tallies(drafted):
        terminal.show(phrases.said(f"{source.citation}: ", *tally, "."))
    terminal.show(phrases.said("Read: ", *tallies.read(drafted), "."))
    if own:
        terminal.show(_template(own))
    counted = english.counted(len(blanks), "blank")
    terminal.show(terminal.text(f"{counted[:1].upper()}{counted[1:]}; ", phrases.wrongs(drafted.wrong), "."))


def _template(own: Sequence[str]) -> Text:
    return terminal.text((f"{phrases.TEMPLATE_UNREAD} {phrases.lines_of_template(own)}", "yellow"))


def _matrix(made: Group) -> Table:
    table = terminal.table(*COLUMNS)
    table.columns[0].no_wrap = True
    table.columns[2].max_width = terminal.console().width * 4 // 10
    for row in made.rows:
        words = terminal.text(f"“{row.quote}”" if row.quote else row.said)
        status = terminal.text(
            (row.status, phrases.TONES[row.tone]), f" in {', '.join(row.sections)}" if row.sections else ""
        )
        remarks = (terminal.text((remark, "red" if row.tone == "bad" else "dim")) for remark in row.remarks)
        lines = [status, *remarks, *(terminal.text((wording, "cyan")) for wording in row.wordings)]
        lines += [terminal.text(("; ".join(row.authorities), "dim"))] if row.authorities else []
        table.add_row(terminal.text(row.id), words, Text("\n").join(lines))
    return table


def _blanks(blanks: Iterable[Blank]) -> Table:
    table = terminal.table()
    for blank in blanks:
        table.add_row(terminal.text("  ", (f"[{blank.text}]", "yellow")), terminal.text(blank.question))
    return table


def _choice(choice: Choice) -> Text:
    chosen = choice.alternative
    by = ", chosen in the negotiation" if choice.by == "negotiator" else ""
    return terminal.text(
        f"{choice.clause.id}: {chosen.id} ", (f"({chosen.position}{by})", phrases.POSITIONS[chosen.position])
    )


def draft_json(drafted: Draft, written: Sequence[Path], own: Sequence[str]) -> dict[str, object]:
    """Return what a draft made, for scripts."""
    made = drafted.contract
    return {
        "written": [str(path) for path in written],
        "status": made.status,
        **({"form": made.form} if made.form else {}),
        "articles": len(made.articles),
        "sections": sum(len(article.sections) for article in made.articles),
        "exhibits": len(made.exhibits),
        **check_json(drafted, own),
        "not_preferred": [
            {"clause": c.clause.id, "alternative": c.alternative.id, "position": c.alternative.position, "by": c.by}
            for c in drafted.not_preferred
        ],
        "deviations": list(made.deviations),
    }


def check_json(drafted: Draft, own: Sequence[str]) -> dict[str, object]:
    """Return what a check found, for scripts."""
    policy, statuses, left = drafted.library.policy, drafted.statuses, drafted.left
    return {
        "policy": {"citation": policy.citation, "status": policy.status, "date": policy.date.isoformat()},
        "sources": [_source_json(source, statuses, drafted) for source in drafted.library.sources],
        "requirements": [_row_json(row, statuses, drafted.library) for row in drafted.coverage.rows],
        "anomalies": [{"paragraphs": list(a.paragraphs), "text": a.text} for a in policy.anomalies],
        "blanks": [{"label": b.text, "question": b.question} for b in contract.blanks(drafted.contract)],
        "reminders": [terminal.problem_json(p) for p in drafted.reminders],
        "problems": [terminal.problem_json(p) for p in drafted.wrong],
        "unread": list(dict.fromkeys(one.wording for one in left.links)),
        "unread_template": list(own),
        "unread_answers": [{"question": one.name, "words": list(one.loose)} for one in left.answers],
        "unread_alone": [one.wording for one in sorted(left.alone, key=lambda one: not one.is_own)],
    }


def _source_json(source: Source, statuses: Mapping[str, str], drafted: Draft) -> dict[str, object]:
    counts = Counter(statuses[row.requirement.id] for row in drafted.coverage.of(source).rows)
    return phrases.source_json(source) | {"statuses": dict(counts)}


def _row_json(row: Covered, statuses: Mapping[str, str], library: Library) -> dict[str, object]:
    return {
        "id": row.requirement.id,
        "name": row.requirement.lasting,
        "source": library.source_of(row.requirement.id).name,
        "same_as": list(row.requirement.same_as),
        "status": statuses[row.requirement.id],
        "sections": list(row.places),
        "clauses": list(row.clauses),
        "asks": row.requirement.asks,
        "applies_when": row.conditional.applies_text,
        "remark": row.remark,
    }


def spoken(rows: Sequence[Spoken], found: Return) -> None:
    """Print whether a Word file says each requirement: not said, to be read, and how many are said."""
    from drafter.replying import saying

    terminal.say(f"Against the matter's contract: {terminal.one_line(saying.count(found))}.")
    for status, style in (("not said", "bold red"), ("to read", "bold yellow")):
        for row in (row for row in rows if row.status == status):
            where = english.listing(row.changes or row.sections)
            terminal.say(
                "  ", (status, style), terminal.one_line(f"  {row.requirement}{f', in {where}' * bool(where)}")
            )
    said = sum(row.status == "said" for row in rows)
    terminal.say(f"{said} of {english.counted(len(rows), 'requirement')} that apply said in the contract's own words.")


def spoken_json(rows: Sequence[Spoken], found: Return) -> dict[str, object]:
    """Return the same for scripts."""
    return {"changes": len(found.changes), "requirements": [asdict(row) for row in rows]}
