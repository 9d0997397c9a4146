"""What lint, prove, template check say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from drafter.base import english
from drafter.base.problems import Problem
from drafter.doors import phrases, terminal
from drafter.doors.library import review_words
from drafter.proving.holes import Hole
from drafter.proving.linting.lint import Linted
from drafter.proving.mutation import LEAST, Score
from drafter.proving.proof import Proof
from drafter.reading.library import Authority, Library
from drafter.reading.reviewing import review
from drafter.reading.sources.source import Source


def linted(made: Linted, remarks: Sequence[Problem]) -> None:
    """Print what a library that is in order holds, the authorities that must be read first, and remarks on style."""
    loaded = made.library
    alternatives = sum(len(clause.alternatives) for clause in loaded.clauses.values())
    rows: list[tuple[str, RenderableType]] = [
        *((source.kind.capitalize(), _source(source)) for source in loaded.sources),
        ("Questions", str(len(loaded.questionnaire.questions))),
        ("Clauses", f"{len(loaded.clauses)}, with {english.counted(alternatives, 'alternative')}"),
        ("Read", _read(loaded)),
    ]
    to_read = [("Verify", _authority(authority, clauses)) for authority, clauses in to_verify(loaded)]
    if not made.wrong:
        terminal.say((terminal.one_line(loaded.path), "bold"), ": ", ("no problems", "green"))
    shown = [*(rows if not made.wrong else ()), *to_read]
    terminal.show(*([terminal.facts(shown)] if shown else ()))
    for remark in remarks:
        terminal.say(
            (terminal.one_line(str(remark.place)), "bold"), ": ", (remark.code, "yellow"), f": {remark.message}"
        )
        terminal.say("  hint: ", remark.hint)


def _source(source: Source) -> str:
    return f"{source.cited}, {english.counted(len(source.requirements), 'requirement')}. {source.standing}"


def _read(loaded: Library) -> str:
    """Return how much of what a contract rests on an attorney has read as it is now."""
    every = {review.wording(clause, alternative) for _, clause, alternative in review.links(loaded)}
    left, alone = review.unread(loaded), len(review.unread_alone(loaded))
    unread = {one.wording for one in left if one.clause}
    texts = sum(1 for _ in review.every_alone(loaded))
    said = [f"{len(every) - len(unread)} of {english.counted(len(every), 'wording')} against requirements"]
    if same := sum(1 for _ in review.same(loaded)):
        compared = same - sum(not one.clause for one in left)
        said.append(f"{compared} of {english.counted(same, 'comparison')} between sources")
    said.append(f"{texts - alone} of {english.counted(texts, 'text')} by themselves")
    more = "; drafter review lists the others" if left or alone else ""
    return f"{english.listing(said)}, by an attorney{more}"


def _authority(authority: Authority, clauses: Sequence[str]) -> Text:
    cited = f": {authority.cited_for}" if authority.cited_for else ""
    used = f" Used by {', '.join(clauses)}." if clauses else " No clause rests on it."
    return terminal.text((authority.citation, "bold"), cited, (used, "dim"))


def proved(made: Proof, tries: Mapping[Problem, str], seconds: float) -> None:
    """Print what was proved over how many cases, each hole with its answers and how to try them, and what is left."""
    from drafter.proving import proof

    chosen = f", with {english.counted(len(made.chosen), 'chosen alternative')}" if made.chosen else ""
    named = terminal.one_line(made.library.path)
    heading = f"For all answers and all free choices, in every contract that {named} gives{chosen}:"
    terminal.show(terminal.text((heading, "bold")))
    table = terminal.table()
    for finding in made.findings:
        broken = len(finding.holes) + len(finding.undecided)
        mark = ("not so", "bold red") if finding.holes else ("not proved", "red") if broken else ("proved", "green")
        counts = (english.counted(finding.claims, "claim"), english.counted(finding.cases, "case"))
        table.add_row(terminal.text("  ", mark), finding.law, *counts)
    terminal.show(table, terminal.text(f"{english.counted(made.cases, 'case')}, {seconds:.1f} seconds."), "")
    own = {hole.claim.problem for hole in made.holes} - {hole.claim.problem for hole in proof.cost(made)}
    for number, hole in enumerate(made.holes, 1):
        terminal.show(
            terminal.text((f"{number}. {hole.claim.problem.code}", "bold red"), f": {hole.claim.problem.message}")
        )
        terminal.show(terminal.facts(_hole_rows(hole, made, own, tries)), "")
    if made.relied_on:
        terminal.show(
            terminal.text("Because the questionnaire's checks refuse other answers: ", ", ".join(made.relied_on), "."),
            "",
        )
    terminal.show(terminal.facts((("Read", _read(made.library)),), 0), "")
    terminal.show(
        terminal.text(("Not covered", "bold")),
        *(terminal.beside("-", terminal.text(said), 2) for said in proof.NOT_COVERED),
    )


def mutated(scores: Sequence[Score]) -> None:
    """Print for each requirement how many changes of its sentences are noticed, and those that are not."""
    terminal.show(terminal.text(("Each operative sentence changed, one change at a time:", "bold")))
    table = terminal.table()
    for score in scores:
        noticed = score.made - len(score.unnoticed)
        percent = terminal.text((f"{score.percent} %", "green" if score.percent >= LEAST else "bold red"))
        table.add_row(f"  {score.requirement.id}", f"{noticed} of {score.made} noticed", percent)
    made, missed = sum(s.made for s in scores), [m for s in scores for m in s.unnoticed]
    terminal.show(table, terminal.text(f"{made - len(missed)} of {english.counted(made, 'change')} noticed."), "")
    for one in missed:
        what = f"{one.requirement.id}, {one.clause} ({one.alternative}), {one.change}: {one.sentence}"
        terminal.show(terminal.beside("-", terminal.text(what), 2))


def _hole_rows(
    hole: Hole, made: Proof, own: set[Problem], tries: Mapping[Problem, str]
) -> Iterator[tuple[str, RenderableType]]:
    from drafter.proving import holes

    requirement = hole.claim.requirement
    if requirement is not None:
        yield from review_words.asked(requirement, made.library)
    because = [f"{name}: {said}" for name, said in holes.described(hole, made.library)]
    yield from (("Answers", line) for line in because or ["none; the defaults alone"])
    if made.chosen:
        yield "Chosen", "the library's own, whatever is chosen" if hole.claim.problem in own else _chosen(hole, made)
    yield from (("Look at", terminal.one_line(path)) for path in holes.files(hole, made.library))
    if hole.claim.problem in tries:
        yield "Try it", terminal.one_line(tries[hole.claim.problem])


def _chosen(hole: Hole, made: Proof) -> str:
    near = {Path(file).stem for file in hole.claim.files} & set(made.chosen)
    said = [f"{clause}: {made.chosen[clause]}" for clause in sorted(near or made.chosen)]
    return f"it follows from {', '.join(said)}"


def lint_json(loaded: Library, wrong: Iterable[Problem], remarks: Iterable[Problem]) -> dict[str, object]:
    """Return what a library holds and what is wrong in it, for scripts."""
    return {
        "questions": len(loaded.questionnaire.questions),
        "requirements": len(loaded.requirements),
        "sources": [
            phrases.source_json(source) | {"requirements": len(source.requirements)} for source in loaded.sources
        ],
        "clauses": len(loaded.clauses),
        "alternatives": sum(len(clause.alternatives) for clause in loaded.clauses.values()),
        "verify": [
            {"id": a.id, "citation": a.citation, "cited_for": a.cited_for, "clauses": list(clauses)}
            for a, clauses in to_verify(loaded)
        ],
        "problems": [terminal.problem_json(problem) for problem in wrong],
        "style": [terminal.problem_json(remark) for remark in remarks],
    }


def to_verify(loaded: Library) -> tuple[tuple[Authority, tuple[str, ...]], ...]:
    """Return the authorities that an attorney must read first, each with the clauses that rest on it."""
    found = [a for a in loaded.authorities.values() if a.verify]
    placed = [loaded.clauses[c] for c in dict.fromkeys(loaded.order()) if c in loaded.clauses]
    return tuple((a, tuple(clause.id for clause in placed if a.id in clause.authority)) for a in found)
