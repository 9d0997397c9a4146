"""What options, clauses, explain say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drafter import language
from drafter.base import english
from drafter.doors import phrases, terminal
from drafter.drafting import assembly, compliance, wordings
from drafter.drafting.options import Option
from drafter.drafting.selection import Choice
from drafter.reading.library import Alternative, Clause, Library, direction
from drafter.reading.prose import Title
from drafter.reading.sources.source import Requirement, Source
from drafter.telling import offered
from drafter.telling.rows import paragraphs

Named = Callable[[Title], str]


def library(loaded: Library, chosen: Mapping[str, str] | None, named: Named) -> None:
    """Print the library as its outline: each clause, the requirements it can meet, and its alternatives."""
    width = terminal.console().width
    labels = [f"  {_label(a)}" for clause in loaded.clauses.values() for a in clause.alternatives]
    widest = min(max(map(len, labels)), width // 2)
    for title, members in _groups(loaded, named):
        table = terminal.table("", "")
        table.show_header = False
        table.columns[0].width, table.columns[1].width = width - widest - 2, widest
        for clause in map(loaded.clause, members):
            table.add_row(_entry(clause, chosen, named), _alternatives(clause, chosen))
        terminal.show(terminal.text((title, "bold")), table, "")
    marked = ", and '>' marks the one selected" if chosen is not None else ""
    terminal.show(
        terminal.text(
            f"The alternatives of a clause are listed best first; one without a position is preferred{marked}."
        )
    )


def other_forms(loaded: Library) -> None:
    """Print which form of the contract was listed, and how to list another."""
    others = english.listing([form.id for form in loaded.forms if form.id != loaded.form.id])
    terminal.show("", terminal.text(f"This is the form '{loaded.form.id}'; --form lists another: {others}."))


def _groups(loaded: Library, named: Named) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Opening and recitals", (*loaded.opening, *loaded.recitals, *loaded.agreement)
    for number, article in enumerate(loaded.articles, 1):
        yield f"Article {number}. {named(article.title)}", article.clauses
    for number, exhibit in enumerate(loaded.exhibits, 1):
        yield f"Exhibit {assembly.letters(number)}. {named(exhibit.title)}", exhibit.clauses


def _label(alternative: Alternative) -> str:
    return alternative.id + ("" if alternative.position == "preferred" else f" ({alternative.position})")


def _entry(clause: Clause, chosen: Mapping[str, str] | None, named: Named) -> Group:
    out = " (left out)" if chosen is not None and clause.id not in chosen else ""
    said = ", ".join(dict.fromkeys(r for a in clause.alternatives for r in a.satisfies))
    title = terminal.text(named(clause.title), (f"; says {said}" if said else "", "dim"))
    return Group(Padding(terminal.text((clause.id, "cyan"), (out, "dim")), (0, 0, 0, 2)), Padding(title, (0, 0, 0, 4)))


def _alternatives(clause: Clause, chosen: Mapping[str, str] | None) -> Text:
    marks = [">" if chosen is not None and chosen.get(clause.id) == a.id else " " for a in clause.alternatives]
    lines = (
        (f"{mark} {_label(a)}", phrases.POSITIONS[a.position])
        for mark, a in zip(marks, clause.alternatives, strict=True)
    )
    return Text("\n").join(map(terminal.text, lines))


def clause(shown: Clause, loaded: Library, chosen: str | None, named: Named) -> None:
    """Print one clause: each alternative, best first, with what it says and concedes, the guidance and the wording."""
    authority = "; ".join(loaded.authorities[a].citation for a in shown.authority)
    rows = [("Clause", shown.id), ("File", f"{loaded.path}/{shown.file}"), ("Authority", authority)]
    if shown.when is not None:
        rows.append(("When", language.explain(shown.when)))
    if shown.elsewhere:
        listed = (f"{one} ({english.listing(forms)})" for one, forms in shown.elsewhere.items())
        rows.append(("Other forms", ", ".join(listed)))
    terminal.show(terminal.text((named(shown.title), "bold")), terminal.facts((row for row in rows if row[1]), 0))
    for number, alternative in enumerate(shown.alternatives, 1):
        selected = ", selected in this matter" if alternative.id == chosen else ""
        position = phrases.position(alternative.position)
        heading = terminal.text(f"{number}. ", (alternative.id, "bold"), " ", position, selected)
        terminal.show("", heading, terminal.facts(_alternative_rows(alternative), 3))


def _alternative_rows(alternative: Alternative) -> Iterator[tuple[str, RenderableType]]:
    rows = (
        ("Label", alternative.label),
        ("When", "always" if alternative.when is None else language.explain(alternative.when)),
        ("Says", ", ".join(alternative.satisfies)),
        ("Concedes", alternative.concedes),
        ("Approval", alternative.approval),
        ("Guidance", alternative.guidance),
    )
    yield from ((label, paragraphs(words)) for label, words in rows if words)
    yield "Wording", Group(*_wording(alternative))


def _wording(alternative: Alternative) -> Iterator[RenderableType]:
    for place, (number, words) in enumerate(wordings.lines(alternative.text)):
        if place and not number:
            yield ""
        yield terminal.beside(number, terminal.text(words)) if number else terminal.text(words)


def options(found: Iterable[tuple[Choice, tuple[Option, ...]]]) -> None:
    """Print each clause that could read otherwise, with what each of its other alternatives would do."""
    for choice, others in found:
        terminal.say((choice.clause.id, "bold"), ": ", phrases.side(choice.alternative))
        rows = [(option.alternative.id, _effect(choice.alternative, option)) for option in others]
        terminal.show(terminal.facts(rows), "")


def _effect(now: Alternative, option: Option) -> Text:
    first, *rest = offered.told(now, option)
    return terminal.text(phrases.said(*first.words), *(phrases.said(f"\n{one.heading}: ", *one.words) for one in rest))


def requirements(
    found: Iterable[tuple[Requirement, tuple[tuple[Clause, Alternative], ...]]],
    chosen: Mapping[str, str],
    library: Library,
) -> None:
    """Print each requirement, by source, with the wordings that meet it; '>' marks what a matter has selected."""
    members_of = {requirement.id: members for requirement, members in found}
    for source in library.sources:
        counted = english.counted(len(source.requirements), "requirement")
        heading = terminal.text((f"{counted} of {source.cited}", "bold"))
        terminal.show(heading, "", _requirements(source, members_of, chosen, library), "")


def _requirements(
    source: Source,
    members_of: Mapping[str, tuple[tuple[Clause, Alternative], ...]],
    chosen: Mapping[str, str],
    library: Library,
) -> Table:
    table = terminal.table("Id", "What the contract must contain", "Met by")
    table.columns[0].no_wrap = True
    for requirement in source.requirements:
        members = members_of[requirement.id]
        lines = [
            terminal.text(
                f"{'> ' if chosen.get(clause.id) == alternative.id else ''}{clause.id}: {alternative.id}",
                ("" if alternative.position == "preferred" else f" ({alternative.position})", "dim"),
            )
            for clause, alternative in members
        ]
        lines += [terminal.text(compliance.asks_the_same(library, requirement))] if requirement.same_as else []
        table.add_row(terminal.text(requirement.id), terminal.text(requirement.asks), Text("\n").join(lines))
    return table


def explained(rows: Iterable[tuple[str, str]]) -> None:
    """Print why a clause reads as it does."""
    terminal.show(terminal.facts(rows, 0))


def clause_json(shown: Clause, chosen: str | None, named: Named, form: str = "") -> dict[str, object]:
    """Return a clause for scripts."""
    return {
        "id": shown.id,
        "title": named(shown.title),
        "file": shown.file,
        "authority": list(shown.authority),
        "when": language.explain(shown.when) if shown.when is not None else None,
        "selected": chosen,
        "alternatives": [
            {
                "id": a.id,
                "label": a.label,
                "position": a.position,
                "when": language.explain(a.when) if a.when is not None else None,
                "satisfies": list(a.satisfies),
                "concedes": a.concedes,
                "approval": a.approval,
                "guidance": a.guidance,
                "wording": [" ".join(filter(None, line)) for line in wordings.lines(a.text)],
            }
            for a in shown.alternatives
        ],
        **({"form": form, "other_forms": {one: list(those) for one, those in shown.elsewhere.items()}} if form else {}),
    }


def clauses_json(
    loaded: Library, wanted: str | None, chosen: Mapping[str, str], named: Named
) -> list[dict[str, object]]:
    """Return one clause or all of them, for scripts."""
    names = [wanted] if wanted else loaded.order()
    return [clause_json(loaded.clause(c), chosen.get(c), named, loaded.form.id) for c in names]


def options_json(found: Iterable[tuple[Choice, tuple[Option, ...]]]) -> list[dict[str, object]]:
    """Return the clauses that could read otherwise, for scripts."""
    return [
        {
            "clause": choice.clause.id,
            "selected": choice.alternative.id,
            "options": [
                {
                    "alternative": option.alternative.id,
                    "position": option.alternative.position,
                    "direction": direction(choice.alternative, option.alternative),
                    "concedes": option.alternative.concedes,
                    "approval": option.alternative.approval,
                    "requirements": [{"id": wanted, "was": was, "now": now} for wanted, was, now in option.changes],
                    "blanks": list(option.blanks),
                    "found": [terminal.problem_json(problem) for problem in option.found],
                    "forbidden": option.forbidden,
                }
                for option in others
            ],
        }
        for choice, others in found
    ]


def requirements_json(
    found: Iterable[tuple[Requirement, tuple[tuple[Clause, Alternative], ...]]], library: Library
) -> list[dict[str, object]]:
    """Return each requirement with the wordings that meet it, for scripts."""
    return [
        {
            "id": requirement.id,
            "name": requirement.lasting,
            "source": library.source_of(requirement.id).name,
            "same_as": list(requirement.same_as),
            "level": requirement.level,
            "asks": requirement.asks,
            "quote": requirement.quote,
            "met_by": [
                {"clause": clause.id, "alternative": alternative.id, "position": alternative.position}
                for clause, alternative in members
            ],
        }
        for requirement, members in found
    ]
