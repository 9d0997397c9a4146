"""What policy diff says on a terminal."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from drafter.amending.agreements import Asked, MatterUnder, RoundUnder, Standing
from drafter.amending.difference import PolicyDiff, Resolved
from drafter.amending.pairing import ParagraphChange
from drafter.amending.resting import Rest
from drafter.amending.trial import Trial
from drafter.base import english
from drafter.base.problems import Place, Problem
from drafter.comparing import lines, preview
from drafter.comparing.lines import Line
from drafter.doors import terminal
from drafter.doors.negotiating.words import MARKS

MOST = 8  # places of one kind that are named; the JSON has them all
LONGEST = 160  # characters of a text that is named only to be found

Rows = list[tuple[str, RenderableType]]


def differing(made: PolicyDiff, matters: Path | None, written: Sequence[Path]) -> None:
    """Print what differs between two texts, what rests on it, what it does to the library and to matters.

    `matters` is the folder in which matters were looked for, `written` are the files that were written.
    """
    terminal.say((made.old.source.cited, "bold"), " -> ", (terminal.one_line(made.new.name), "bold"))
    if made.is_same:
        terminal.say("No difference.")
        return
    _paragraphs(made)
    _requirements(made)
    _stale(made)
    _tried(made)
    for matter in made.matters:
        _matter(matter, made)
    if matters is not None and not made.matters and made.trial.library is not None:
        _heading(f"There is no matter in {terminal.one_line(str(matters))}")
    _to_do(made, written)


def _heading(words: str) -> None:
    terminal.show("", terminal.text((words, "bold")))


def _counted(counts: Counter[str], kinds: Sequence[str]) -> str:
    return ", ".join(f"{counts[kind]} {kind}" for kind in kinds if counts[kind])


# -- the texts ----------------------------------------------------------------------------------


def _paragraphs(made: PolicyDiff) -> None:
    counts = Counter[str](one.kind for one in made.paragraphs)
    _heading(f"Paragraphs: {_counted(counts, ('added', 'removed', 'changed', 'renumbered', 'same'))}")
    rows: Rows = [(one.what.capitalize(), _marked(one.line)) for one in made.facts]
    rows += [(one.kind.capitalize(), _paragraph(one, made)) for one in made.paragraphs if one.kind != "same"]
    rows += [("Quoted by none", f"{made.new.source.called(p.id)}: {sentence}") for p, sentence in made.unquoted]
    terminal.show(terminal.facts(rows))


def _paragraph(one: ParagraphChange, made: PolicyDiff) -> Text:
    was = made.old.source.called(one.was.id) if one.was is not None else ""
    now = made.new.source.called(one.now.id) if one.now is not None else ""
    called = (f"{was} -> {now}" if one.is_renumbered else now) if was and now else was or now
    return terminal.text((called, "bold"), *((": ", _marked(one.line)) if one.kind != "renumbered" else ()))


def _marked(line: Line) -> Text:
    """Return a marked line: in colour on a terminal, and everywhere with {-deleted-} and {+inserted+} words."""
    pieces = preview.merged(lines.pieces(line))
    return terminal.text(*((preview.in_braces(piece), MARKS.get(piece[0], "")) for piece in pieces))


# -- the requirements ---------------------------------------------------------------------------


def _requirements(made: PolicyDiff) -> None:
    counts = Counter[str](one.change.kind for one in made.requirements)
    _heading(f"Requirements: {_counted(counts, ('new', 'gone', 'changed', 'unchanged'))}")
    renumbered = [
        f"{one.change.was.id} -> {one.change.now.id}"
        for one in made.requirements
        if one.change.is_renumbered and one.change.was and one.change.now
    ]
    near = [one.change.id for one in made.requirements if one.change.is_near]
    rows: Rows = [("Renumbered", ", ".join(renumbered))] if renumbered else []
    rows += [("Read again", f"{', '.join(near)}: unchanged, in a paragraph that has other words now")] if near else []
    terminal.show(*([terminal.facts(rows)] if rows else ()))
    for one in made.requirements:
        if one.change.kind != "unchanged":
            terminal.show(
                terminal.text("  ", (one.change.id, "bold"), f" is {one.change.kind}"),
                terminal.facts(_requirement(one, made), 4),
            )


def _requirement(one: Resolved, made: PolicyDiff) -> Rows:
    shown = one.change.now or one.change.was
    rows: Rows = [("Asks", shown.asks)] if shown is not None else []
    rows += [(_WHAT.get(d.what, d.what.capitalize()), _marked(d.line)) for d in one.change.differences]
    for kind, those in itertools.groupby(one.rests, key=lambda rest: rest.kind):
        rows.append((_RESTS[kind], "; ".join(_named(_rest(rest, made) for rest in those))))
    return rows


_WHAT = {"words": "The text"}
_RESTS = {
    "wording": "Wordings", "term": "Terms", "question": "Questions", "option": "Options", "check": "Checks",
    "memo": "Memo", "exhibit": "Exhibits", "figure": "Figures", "anomaly": "Anomalies", "text": "Typed in",
    "requirement": "Same as",
}  # fmt: skip


def _place(place: Place, made: PolicyDiff) -> str:
    """Return a place in the library by its path within it."""
    return terminal.one_line(str(place).removeprefix(f"{made.path}/"))


def _rest(rest: Rest, made: PolicyDiff) -> str:
    how = f" ({rest.how})" if rest.how else ""
    match rest.kind:
        case "wording":
            return f"{rest.name}, {rest.said}{how}"
        case "text" | "memo":
            return _place(rest.place, made)
        case _:
            return f"{rest.name}{how}"


def _named(names: Iterable[str]) -> Iterator[str]:
    every = tuple(dict.fromkeys(names))
    yield from every[:MOST]
    if len(every) > MOST:
        yield f"and {len(every) - MOST} more"


# -- the library --------------------------------------------------------------------------------


def _stale(made: PolicyDiff) -> None:
    if not made.stale:
        return
    _heading("Dates and numbers that are not in the new text as they were")
    for one in made.stale:
        rows: Rows = [("Now", one.now)] if one.now else []
        places = [_place(place, made) for place, _ in one.places]
        rows += [("Written out", "; ".join(places))] if places else []
        name = f", the figure policy.{one.figure}" if one.figure else ""
        terminal.show(terminal.text("  ", (one.was, "bold"), f" ({one.paragraph}{name})"), terminal.facts(rows, 4))


def _tried(made: PolicyDiff) -> None:
    tried, found = made.trial, made.trial.problems
    _heading(f"The library with the new text: {english.counted(len(found), 'problem')}")
    answers = dict(_counterexamples(tried))
    for problem in found:
        words = terminal.text(
            (_place(problem.place, made), "bold"), ": ", (problem.code, "red"), f": {problem.message}"
        )
        shown = ("; found with these answers: ", (answers[problem], "bold")) if problem in answers else ()
        terminal.show(terminal.beside("-", terminal.text(words, *shown), 2))
    if tried.library is None:
        terminal.show("  It can't be read, so nothing could be proved, and no matter judged.")


def _counterexamples(tried: Trial) -> Iterator[tuple[Problem, str]]:
    """Yield each problem that the proof found, with the smallest answers that show it."""
    from drafter.proving import holes

    for proof in tried.forms:
        for hole in proof.holes:
            because = [f"{name}: {said}" for name, said in holes.described(hole, proof.library)]
            yield tried.told[hole.claim.problem], "; ".join(because) or "none, the defaults alone"


# -- the matters --------------------------------------------------------------------------------


def _matter(matter: MatterUnder, made: PolicyDiff) -> None:
    _heading(f"Matter {terminal.one_line(str(matter.place))}")
    rows: Rows = [("Can't be judged", problem.message) for problem in matter.wrong]
    if not matter.wrong:
        rows += _standing("A draft now", matter.now, made)
    terminal.show(terminal.facts(rows))
    before: tuple[Asked, ...] = ()
    for one in matter.rounds:
        terminal.show(terminal.facts(_round(one, made, repeats=bool(one.asked) and one.asked == before)))
        before = one.asked or before


_SENT = {
    "earlier": "under the earlier text", "new": "under the new text", "other": "under another text than these two",
    "not recorded": "under a text that the round does not record",
}  # fmt: skip


def _round(one: RoundUnder, made: PolicyDiff, *, repeats: bool) -> Rows:
    label = f"Round {one.round.number}"
    if one.round.direction == "from":
        return [(label, f"came from {one.round.party} on {english.long_date(one.round.on)}")]
    rows: Rows = [(label, f"to {one.round.party} on {english.long_date(one.round.on)}, {_SENT[one.text]}")]
    rows += _standing(label, one.standing, made)
    for asked in one.asked:
        if repeats:
            rows.append((label, f"{asked.called} asks what it asks in the round before"))
        else:
            rows.append((label, terminal.text(f"it asks, in {asked.called}:\n", "\n".join(asked.lines))))
    if one.text != "new" and not one.asked and not one.standing.wrong:
        rows.append((label, "no section of it is named under on_change, so nothing is known of what it asks now"))
    return rows


def _standing(label: str, standing: Standing, made: PolicyDiff) -> Rows:
    if standing.wrong:
        return [(label, f"can't be judged: {problem.message}") for problem in standing.wrong]
    touched = {one.change.id for one in made.requirements if one.change.kind != "unchanged"}
    unread = [name for name in standing.unread if name in touched]
    others = len(standing.unread) - len(unread)
    rows: Rows = [(label, terminal.text((f"fails {one.id}", "red"), f": {one.why}")) for one in standing.failing]
    if unread:
        rows.append((label, terminal.text(("unread", "yellow"), f" for {', '.join(unread)}")))
    if others:
        rows.append((label, f"unread for {english.counted(others, 'requirement')} that did not change"))
    return rows or [(label, "says what every requirement of the new text asks")]


# -- what is to do ------------------------------------------------------------------------------


def _to_do(made: PolicyDiff, written: Sequence[Path]) -> None:
    if written:
        _heading(f"Wrote {english.counted(len(written), 'file')}; the earlier text is {written[0]}")
    if made.to_do:
        _heading("To do")
        for one in made.to_do:
            terminal.show(terminal.beside("-", one.words, 2))
    if not written:
        how = "--write puts the new text in the place of the earlier one, and carries over what is word for word"
        terminal.show("", f"{how} the same.")
