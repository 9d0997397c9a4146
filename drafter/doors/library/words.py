"""What lint, prove, template check say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from drafter.base import english
from drafter.base.problems import Problem
from drafter.doors import phrases, terminal
from drafter.doors.library import review_words
from drafter.proving.holes import Hole
from drafter.reading.library import Authority, Library
from drafter.reading.reviewing import review
from drafter.reading.sources.source import Source

if TYPE_CHECKING:  # a proof is told without what lint and --mutate need
    from drafter.proving.linting.lint import Linted
    from drafter.proving.mutation import Score
    from drafter.proving.proof import Proof


def linted(made: Linted, remarks: Sequence[Problem]) -> None:
    """Print what a library that is in order holds, the authorities that must be read first, and remarks on style."""
    loaded = made.library
    rows: list[tuple[str, RenderableType]] = [
        *((source.kind.capitalize(), _source(source)) for source in loaded.sources),
        *(row for one in made.forms or (loaded,) for row in _held(one)),
    ]
    to_read = [("Verify", _authority(authority, clauses)) for authority, clauses in to_verify(made.forms or (loaded,))]
    if not made.wrong:
        terminal.say((terminal.one_line(loaded.path), "bold"), ": ", ("no problems", "green"))
    shown = [*(rows if not made.wrong else ()), *to_read]
    terminal.show(*([terminal.facts(shown)] if shown else ()))
    for remark in remarks:
        terminal.say(
            (terminal.one_line(str(remark.place)), "bold"), ": ", (remark.code, "yellow"), f": {remark.message}"
        )
        terminal.say("  hint: ", remark.hint)


def _held(loaded: Library) -> Iterator[tuple[str, RenderableType]]:
    """Yield what the library of a form holds, and how much of it was read."""
    if loaded.forms:
        yield "Form", f"{loaded.form.label} ({loaded.form.id})"
    alternatives = sum(len(clause.alternatives) for clause in loaded.clauses.values())
    yield "Questions", str(len(loaded.questionnaire.questions))
    yield "Clauses", f"{len(loaded.clauses)}, with {english.counted(alternatives, 'alternative')}"
    yield "Read", _read(loaded)


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


def all_proved(made: Sequence[Proof], tries: Sequence[Mapping[Problem, str]], seconds: float) -> None:
    """Print what was proved of each form of the contract; the time is that of all of them."""
    for number, (one, tried) in enumerate(zip(made, tries, strict=True), 1):
        proved(one, tried, seconds if number == len(made) else None)


def proved(made: Proof, tries: Mapping[Problem, str], seconds: float | None) -> None:
    """Print what was proved over how many cases, each hole with its answers and how to try them, and what is left."""
    from drafter.proving import proof

    chosen = f" in the form '{made.library.form.id}'" if made.library.forms else ""
    chosen += f", with {english.counted(len(made.chosen), 'chosen alternative')}" if made.chosen else ""
    named = terminal.one_line(made.library.path)
    heading = f"For all answers and all free choices, in every contract that {named} gives{chosen}:"
    terminal.show(terminal.text((heading, "bold")))
    table = terminal.table()
    for finding in made.findings:
        broken = len(finding.holes) + len(finding.undecided)
        mark = ("not so", "bold red") if finding.holes else ("not proved", "red") if broken else ("proved", "green")
        counts = (english.counted(finding.claims, "claim"), english.counted(finding.cases, "case"))
        table.add_row(terminal.text("  ", mark), finding.law, *counts)
    took = f", {seconds:.1f} seconds" if seconds is not None else ""
    terminal.show(table, terminal.text(f"{english.counted(made.cases, 'case')}{took}."), "")
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


def all_mutated(scores: Mapping[str, Sequence[Score]]) -> None:
    """Print for each form of the contract how many changes of its sentences and definitions are noticed."""
    for form, those in scores.items():
        mutated(those, f" of the form '{form}'" if form else "")


def mutated(scores: Sequence[Score], of: str = "") -> None:
    """Print for each requirement and term how many changes of its sentences are noticed, and those that are not."""
    from drafter.proving.mutation import LEAST

    said = f"Each operative sentence and definition{of} changed, one change at a time:"
    terminal.show(terminal.text((said, "bold")))
    table = terminal.table()
    for score in scores:
        noticed = score.made - len(score.unnoticed)
        percent = terminal.text((f"{score.percent} %", "green" if score.percent >= LEAST else "bold red"))
        table.add_row(f"  {score.of}", f"{noticed} of {score.made} noticed", percent)
    made, missed = sum(s.made for s in scores), [m for s in scores for m in s.unnoticed]
    terminal.show(table, terminal.text(f"{made - len(missed)} of {english.counted(made, 'change')} noticed."), "")
    for one in missed:
        what = f"{one.of}, {one.clause} ({one.alternative}), {one.change}: {one.sentence}"
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


def proofs_json(made: Sequence[Proof], written: Sequence[Mapping[Problem, str]]) -> dict[str, object]:
    """Return the proof of a library for scripts; where it has several forms, that of each under its id."""
    from drafter.proving import proof

    found = {m.library.form.id: proof.proof_json(m, paths) for m, paths in zip(made, written, strict=True)}
    if not made[0].library.forms:
        return found[""]
    proved = all(one["proved"] for one in found.values())
    return {"library": made[0].library.path, "proved": proved, "forms": found}


def scores_json(scores: Mapping[str, Sequence[Score]]) -> object:
    """Return the scores of each requirement for scripts; where there are several forms, those of each under its id."""
    from drafter.proving import mutation

    found = {form: [mutation.score_json(score) for score in those] for form, those in scores.items()}
    return found.get("", found)


def lint_json(made: Linted, remarks: Iterable[Problem]) -> dict[str, object]:
    """Return what a library holds and what is wrong in it, for scripts; of several forms, what each one holds."""
    loaded = made.library
    of_forms = {"forms": {one.form.id: _held_json(one) for one in made.forms}} if made.forms else {}
    return {
        **(of_forms or _held_json(loaded)),
        "requirements": len(loaded.requirements),
        "sources": [
            phrases.source_json(source) | {"requirements": len(source.requirements)} for source in loaded.sources
        ],
        "verify": [
            {"id": a.id, "citation": a.citation, "cited_for": a.cited_for, "clauses": list(clauses)}
            for a, clauses in to_verify(made.forms or (loaded,))
        ],
        "problems": [terminal.problem_json(problem) for problem in made.wrong],
        "style": [terminal.problem_json(remark) for remark in remarks],
    }


def _held_json(loaded: Library) -> dict[str, object]:
    return {
        "questions": len(loaded.questionnaire.questions),
        "clauses": len(loaded.clauses),
        "alternatives": sum(len(clause.alternatives) for clause in loaded.clauses.values()),
    }


def to_verify(forms: Sequence[Library]) -> tuple[tuple[Authority, tuple[str, ...]], ...]:
    """Return the authorities that an attorney must read first, each with the clauses that rest on it, of any form."""
    found = [a for a in forms[0].authorities.values() if a.verify]
    order = {name: one.clauses[name] for one in forms for name in one.order() if name in one.clauses}
    return tuple((a, tuple(name for name, clause in order.items() if a.id in clause.authority)) for a in found)
