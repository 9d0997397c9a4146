"""What the commands say: an outcome to text for a terminal, as wide as it is.

One rule: no line is wider than the terminal, and nothing that a file holds can steer the terminal. Text
for people goes to standard output, problems to standard error.
"""

from __future__ import annotations

import itertools
import json
import re
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drafter import contract, language
from drafter.base import english, manifest
from drafter.base.problems import Problem
from drafter.contract import Blank
from drafter.doors.in_json import to_verify
from drafter.drafting import assembly
from drafter.drafting.compliance import UNMET, Coverage, Covered
from drafter.drafting.outcome import Drafted, Swapped, wording
from drafter.drafting.selection import Choice
from drafter.matters import rounds
from drafter.matters.rounds import OUTGOING, Round
from drafter.reading.library import Alternative, Authority, Clause, Library
from drafter.reading.policy import Policy, Requirement

if TYPE_CHECKING:  # what one command needs is no cost to the others
    from drafter.comparing.marked import Redline
    from drafter.drafting.options import Option
    from drafter.papers.matrix import Matrix
    from drafter.papers.remarks import Compared
    from drafter.proving.concessions import Change, Concession
    from drafter.proving.lint import Linted
    from drafter.proving.proof import Hole, Proof
    from drafter.reading.review import Suspect
    from drafter.sending.negotiation import Sent, Stage
    from drafter.sending.packet import Packet, Verdict

WIDEST = 100  # characters of a line; longer ones are hard to read
MOST_BLANKS = 12  # labels in a draft's summary; `check` has them all
SILENT = ("does not apply", "nothing to draft")
STYLES = {"met": "green", "met by a fallback": "yellow", "deviates": "bold red", "missing": "bold red"}
TONES = {"good": "green", "mixed": "yellow", "bad": "bold red", "quiet": "dim"}
POSITIONS = {"preferred": "green", "acceptable": "yellow", "fallback": "red", "non-standard": "magenta"}
Words = str | tuple[str, str] | Text  # plain, with a style, or made before


# -- the terminal -------------------------------------------------------------------------------

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Return text in which characters that would steer the terminal, or that it can't show, are spelled out."""
    return _UNSEEN.sub(lambda found: found.group().encode("unicode-escape").decode(), text)


def one_line(text: str) -> str:
    """Return text as it is shown within a line: its own line breaks spelled out."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def _text(*parts: Words) -> Text:
    """Join words to a text; only its own styles count, no markup in the words."""
    made = Text()
    for part in parts:
        if isinstance(part, Text):
            made.append_text(part)
        elif isinstance(part, str):
            made.append(visible(part))
        else:
            made.append(visible(part[0]), part[1])
    return made


def _console(*, stderr: bool = False) -> Console:
    """Return a console as wide as the terminal, within bounds; without colour where NO_COLOR is set or no terminal."""
    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    made.width = min(made.width, WIDEST)
    return made


def _show(*things: RenderableType) -> None:
    """Print things to standard output, each on lines of its own, without spaces at the ends of lines."""
    out = _console()
    with out.capture() as captured:
        for thing in things:
            out.print(thing)
    sys.stdout.write(re.sub(r" +$", "", captured.get(), flags=re.MULTILINE))


def say(*parts: Words) -> None:
    """Print one line, however long it is: it may be a path or a command to be copied."""
    _console().print(_text(*parts), soft_wrap=True)


def _table(*columns: str) -> Table:
    """Return a table without lines, which wraps its cells to the width of the terminal."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=bool(columns), header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _beside(mark: Words, thing: RenderableType, indent: int = 0) -> Table:
    """Return a thing with a mark before it; its lines are aligned."""
    table = Table.grid(padding=(0, 1, 0, 0), pad_edge=False)
    table.add_row(_text(" " * indent, mark), thing)
    return table


def _facts(rows: Iterable[tuple[str, RenderableType]], indent: int = 2) -> Table:
    """Return labels with words beside them, the labels aligned and the words wrapped; a repeated label shown once."""
    table = _table()
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for label, group in itertools.groupby(rows, key=lambda row: row[0]):
        members = [visible(thing) if isinstance(thing, str) else thing for _, thing in group]
        shown = members if len(members) == 1 else [_beside("-", member) for member in members]
        table.add_row(_text(" " * indent, (label, "bold")), Group(*shown))
    return table


def paragraphs(text: str) -> str:
    """Return text with the lines of each paragraph joined, and one empty line between paragraphs."""
    return "\n\n".join(" ".join(block.split()) for block in re.split(r"\n\s*\n", text.strip()))


def waiting(told: str) -> AbstractContextManager[object]:
    """Show on a terminal that something takes a while."""
    return _console(stderr=True).status(told)


def as_json(value: object) -> None:
    """Print a value as JSON, whatever characters it holds."""
    text = json.dumps(value, indent=2, ensure_ascii=False).encode(sys.stdout.encoding or "utf-8", "backslashreplace")
    sys.stdout.write(text.decode(sys.stdout.encoding or "utf-8") + "\n")


# -- problems -----------------------------------------------------------------------------------


def problems(found: Sequence[Problem], closing: str = "") -> None:
    """Print problems to standard error as compilers do, and their number: place, code, what, and what to do."""
    out = _console(stderr=True)
    for problem in found:
        _hanging(out, _text((one_line(str(problem.place)), "bold"), ": ", (problem.code, "red"), ": ", problem.message))
        if problem.hint:
            _hanging(out, _text("  hint: ", problem.hint), style="dim")
    _hanging(out, _text((english.counted(len(found), "problem") + closing, "red")))


def _hanging(out: Console, text: Text, *, style: str = "", always: bool = False) -> None:
    """Print a text wrapped with an indent; in one line where a program reads it, unless it is `always` for people."""
    text = Text(" ").join(text.split("\n")) if "\n" in text.plain else text
    if not out.is_terminal and not always:
        out.print(text, style=style, soft_wrap=True)
        return
    for number, line in enumerate(text.wrap(out, out.width - 4)):
        out.print(_text("    ", line) if number else line, style=style, soft_wrap=True)


# -- draft and check ----------------------------------------------------------------------------


def draft(drafted: Drafted) -> None:
    """Print what a draft made, in a few lines."""
    made, policy = drafted.contract, drafted.selection.library.policy
    sections = sum(len(article.sections) for article in made.articles)
    counts = (
        english.counted(len(made.articles), "article"),
        english.counted(sections, "section"),
        english.counted(len(made.exhibits), "exhibit"),
    )
    fallbacks = [row for row in drafted.coverage.rows if row.status == "met by a fallback"]
    rows: list[tuple[str, RenderableType]] = [
        ("Contract", f"{', '.join(counts)}; a {made.status}"),
        ("Requirements", _text(_tally(drafted.coverage), f": {_policy(policy)}")),
        *(("By a fallback", f"{f.requirement.id}, in {', '.join(f.places)}") for f in fallbacks),
        *(("Deviations", _departure(row)) for row in drafted.coverage.unmet),
        *(("Not preferred", _choice(choice)) for choice in drafted.not_preferred),
        ("Blanks", _blanks_line(contract.blanks(made))),
        *(("Remember", _told(reminder)) for reminder in drafted.reminders),
    ]
    for path in drafted.written:
        say("Wrote ", (one_line(str(path)), "bold"))
    _show(_facts(rows))


def check(drafted: Drafted, table: Matrix, written: Path | None = None) -> None:
    """Print each requirement and the sections that meet it, what is blank, what to remember, and the count."""
    policy = drafted.selection.library.policy
    if written is not None:
        say("Wrote ", (one_line(str(written)), "bold"))
    _show(_text((f"Requirements of {_policy(policy)}", "bold")), "", _matrix(table), "")
    if policy.anomalies:
        told = (_text((", ".join(a.paragraphs), "bold"), f": {paragraphs(a.text)}") for a in policy.anomalies)
        _show(_text(("In the policy's own text", "bold")), *(_beside("-", text, 2) for text in told), "")
    blanks = contract.blanks(drafted.contract)
    if blanks:
        _show(_text(("Blanks", "bold"), ", each with the question that fills it"), _blanks(blanks), "")
    if drafted.reminders:
        _show(_facts((("Remember", _told(reminder)) for reminder in drafted.reminders), 0), "")
    _show(_text(_tally(drafted.coverage), f"; {english.counted(len(blanks), 'blank')}; ", _wrongs(drafted.wrong), "."))


def _policy(policy: Policy) -> str:
    return f"{policy.citation} ({policy.status}, {english.long_date(policy.date)})"


def _tally(coverage: Coverage) -> Text:
    due = [row for row in coverage.rows if row.status not in SILENT]
    met = len(due) - len(coverage.unmet)
    return _text((f"{met} of {len(due)} requirements that apply are met", "red" if coverage.unmet else "green"))


def _wrongs(wrong: Sequence[Problem]) -> Text:
    return _text((english.counted(len(wrong), "problem"), "red" if wrong else "green"))


def _told(reminder: Problem) -> Text:
    return _text((reminder.message, "yellow"), f"\n{reminder.hint}" if reminder.hint else "")


def _matrix(made: Matrix) -> Table:
    table = _table("Id", "The policy's words", "In the contract")
    table.columns[0].no_wrap = True
    table.columns[2].max_width = _console().width * 4 // 10
    for row in made.rows:
        words = _text(f"“{row.quote}”" if row.quote else row.asks)
        status = _text((row.status, TONES[row.tone]), f" in {', '.join(row.sections)}" if row.sections else "")
        if row.why:
            status = _text(status, (f"; {row.why}", "red" if row.tone == "bad" else "dim"))
        lines = [status, *(_text((wording, "cyan")) for wording in row.wordings)]
        lines += [_text(("; ".join(row.authorities), "dim"))] if row.authorities else []
        table.add_row(_text(row.id), words, Text("\n").join(lines))
    return table


def _departure(row: Covered) -> Text:
    return _text((row.requirement.id, "bold red"), f": {row.requirement.asks} {_sentence(row.remark)}")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _blanks(blanks: Iterable[Blank]) -> Table:
    table = _table()
    for blank in blanks:
        table.add_row(_text("  ", (f"[{blank.text}]", "yellow")), _text(blank.question))
    return table


def _blanks_line(blanks: Sequence[Blank]) -> str:
    """Return the labels of blanks, each once with its number, the first ones."""
    labels: dict[str, int] = {}
    for blank in blanks:
        labels[blank.text] = labels.get(blank.text, 0) + 1
    shown = [label if times == 1 else f"{label} ({times})" for label, times in labels.items()]
    left = sum(list(labels.values())[MOST_BLANKS:])
    rest = f"; and {left} more, which 'drafter check' lists" if left else ""
    return f"{len(blanks)}: {'; '.join(shown[:MOST_BLANKS])}{rest}" if blanks else "none"


def _choice(choice: Choice) -> Text:
    chosen = choice.alternative
    by = ", chosen in the negotiation" if choice.by == "negotiator" else ""
    return _text(f"{choice.clause.id}: {chosen.id} ", (f"({chosen.position}{by})", POSITIONS[chosen.position]))


# -- clauses ------------------------------------------------------------------------------------


def library(loaded: Library, chosen: Mapping[str, str] | None) -> None:
    """Print the library as its outline: each clause, the requirements it can meet, and its alternatives."""
    width = _console().width
    labels = [f"  {_label(a)}" for clause in loaded.clauses.values() for a in clause.alternatives]
    widest = min(max(map(len, labels)), width // 2)
    for title, members in _groups(loaded):
        table = _table("", "")
        table.show_header = False
        table.columns[0].width, table.columns[1].width = width - widest - 2, widest
        for clause in map(loaded.clause, members):
            table.add_row(_entry(clause, chosen), _alternatives(clause, chosen))
        _show(_text((title, "bold")), table, "")
    marked = ", and '>' marks the one selected" if chosen is not None else ""
    _show(_text(f"The alternatives of a clause stand best first; one without a position is preferred{marked}."))


def _groups(loaded: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Opening and recitals", (*loaded.opening, *loaded.recitals, *loaded.agreement)
    for number, article in enumerate(loaded.articles, 1):
        yield f"Article {number}. {article.title}", article.clauses
    for number, exhibit in enumerate(loaded.exhibits, 1):
        yield f"Exhibit {assembly.letters(number)}. {exhibit.title}", exhibit.clauses


def _label(alternative: Alternative) -> str:
    return alternative.id + ("" if alternative.position == "preferred" else f" ({alternative.position})")


def _entry(clause: Clause, chosen: Mapping[str, str] | None) -> Group:
    out = " (left out)" if chosen is not None and clause.id not in chosen else ""
    meets = ", ".join(dict.fromkeys(r for a in clause.alternatives for r in a.satisfies))
    title = _text(clause.title, (f"; meets {meets}" if meets else "", "dim"))
    return Group(Padding(_text((clause.id, "cyan"), (out, "dim")), (0, 0, 0, 2)), Padding(title, (0, 0, 0, 4)))


def _alternatives(clause: Clause, chosen: Mapping[str, str] | None) -> Text:
    marks = [">" if chosen is not None and chosen.get(clause.id) == a.id else " " for a in clause.alternatives]
    lines = ((f"{mark} {_label(a)}", POSITIONS[a.position]) for mark, a in zip(marks, clause.alternatives, strict=True))
    return Text("\n").join(map(_text, lines))


def clause(shown: Clause, loaded: Library, chosen: str | None) -> None:
    """Print one clause: each alternative, best first, with what it meets and concedes, the guidance and the wording."""
    authority = "; ".join(loaded.authorities[a].citation for a in shown.authority)
    rows = [("Clause", shown.id), ("File", f"{loaded.path}/{shown.file}"), ("Authority", authority)]
    if shown.when is not None:
        rows.append(("When", language.explain(shown.when)))
    _show(_text((shown.title, "bold")), _facts((row for row in rows if row[1]), 0))
    for number, alternative in enumerate(shown.alternatives, 1):
        selected = ", selected in this matter" if alternative.id == chosen else ""
        position = _position(alternative.position)
        heading = _text(f"{number}. ", (alternative.id, "bold"), " ", position, selected)
        _show("", heading, _facts(_alternative_rows(alternative), 3))


def _alternative_rows(alternative: Alternative) -> Iterator[tuple[str, RenderableType]]:
    rows = (
        ("Label", alternative.label),
        ("When", "always" if alternative.when is None else language.explain(alternative.when)),
        ("Meets", ", ".join(alternative.satisfies)),
        ("Concedes", alternative.concedes),
        ("Approval", alternative.approval),
        ("Guidance", alternative.guidance),
    )
    yield from ((label, paragraphs(words)) for label, words in rows if words)
    yield "Wording", Group(*_wording(alternative))


def _wording(alternative: Alternative) -> Iterator[RenderableType]:
    for place, (number, words) in enumerate(wording(alternative.text)):
        if place and not number:
            yield ""
        yield _beside(number, _text(words)) if number else _text(words)


# -- lint ---------------------------------------------------------------------------------------


def linted(made: Linted, remarks: Sequence[Problem]) -> None:
    """Print what a library that is in order holds, the authorities that must be read first, and remarks on style."""
    loaded = made.library
    alternatives = sum(len(clause.alternatives) for clause in loaded.clauses.values())
    rows: list[tuple[str, RenderableType]] = [
        ("Policy", f"{_policy(loaded.policy)}, {english.counted(len(loaded.policy.requirements), 'requirement')}"),
        ("Questions", str(len(loaded.questionnaire.questions))),
        ("Clauses", f"{len(loaded.clauses)}, with {english.counted(alternatives, 'alternative')}"),
    ]
    to_read = [("Verify", _authority(authority, clauses)) for authority, clauses in to_verify(loaded)]
    if not made.wrong:
        say((one_line(loaded.path), "bold"), ": ", ("no problems", "green"))
    shown = [*(rows if not made.wrong else ()), *to_read]
    _show(*([_facts(shown)] if shown else ()))
    for remark in remarks:
        say((one_line(str(remark.place)), "bold"), ": ", (remark.code, "yellow"), f": {remark.message}")
        say("  hint: ", remark.hint)


def _authority(authority: Authority, clauses: Sequence[str]) -> Text:
    cited = f": {authority.cited_for}" if authority.cited_for else ""
    used = f" Used by {', '.join(clauses)}." if clauses else " No clause rests on it."
    return _text((authority.citation, "bold"), cited, (used, "dim"))


# -- options and reviews ------------------------------------------------------------------------


def options(found: Iterable[tuple[Choice, tuple[Option, ...]]]) -> None:
    """Print each clause that could read otherwise, with what each of its other alternatives would do."""
    for choice, others in found:
        say((choice.clause.id, "bold"), ": ", _side(choice.alternative))
        rows = [(option.alternative.id, _effect(option)) for option in others]
        _show(_facts(rows), "")


def _effect(option: Option) -> Text:
    other = option.alternative
    parts: list[Words] = [_position(other.position)]
    if option.forbidden:
        parts.append((f" can't be drafted with these answers: {option.forbidden}", "red"))
    elif not option.changes:
        parts.append(" every requirement as before")
    for wanted, was, now in option.changes:
        parts.extend([f" {wanted}: {was} -> ", (now, STYLES.get(now, "dim"))])
    parts.extend([f"; adds the blanks {', '.join(option.blanks)}"] if option.blanks else [])
    parts.extend([f"\nConcedes: {paragraphs(other.concedes)}"] if other.concedes else [])
    parts.extend([f"\nApproval: {other.approval}"] if other.approval else [])
    return _text(*parts)


def requirements(
    found: Iterable[tuple[Requirement, tuple[tuple[Clause, Alternative], ...]]], chosen: Mapping[str, str]
) -> None:
    """Print each requirement with the wordings that meet it; '>' marks the one that a matter has selected."""
    table = _table("Id", "What the contract must contain", "Met by")
    table.columns[0].no_wrap = True
    for requirement, members in found:
        lines = [
            _text(
                f"{'> ' if chosen.get(clause.id) == alternative.id else ''}{clause.id}: {alternative.id}",
                ("" if alternative.position == "preferred" else f" ({alternative.position})", "dim"),
            )
            for clause, alternative in members
        ]
        table.add_row(_text(requirement.id), _text(requirement.asks), Text("\n").join(lines))
    _show(table)


def reviewed(found: Sequence[Suspect], loaded: Library, recorded: Sequence[str]) -> None:
    """Print what was recorded as reviewed, and the wordings to read against the policy's words."""
    if recorded:
        say(f"Recorded as reviewed: {', '.join(recorded)}.")
    for requirement, group in itertools.groupby(found, key=lambda suspect: suspect.requirement):
        members = list(group)
        rows: list[tuple[str, RenderableType]] = [("The policy", f"“{paragraphs(requirement.quote)}”")]
        rows += [("Read", f"{member.link}, in {loaded.path}/{member.file}") for member in members]
        _show(_text((requirement.id, "bold"), f": {requirement.asks}"), _facts(rows), "")
    command = "drafter review REQUIREMENT records those of one requirement as reviewed."
    say(f"{english.counted(len(found), 'wording')} to read. {command}" if found else "Every wording was reviewed.")


# -- proof --------------------------------------------------------------------------------------


def proved(made: Proof, tries: Mapping[Problem, str], seconds: float) -> None:
    """Print what was proved over how many cases, each hole with its answers and how to try them, and what is left."""
    from drafter.proving import proof

    chosen = f", with {english.counted(len(made.chosen), 'chosen alternative')}" if made.chosen else ""
    _show(_text((f"For all answers, in every contract that {one_line(made.library.path)} gives{chosen}:", "bold")))
    table = _table()
    for finding in made.findings:
        broken = len(finding.holes) + len(finding.undecided)
        mark = ("not so", "bold red") if finding.holes else ("not proved", "red") if broken else ("proved", "green")
        counts = (english.counted(finding.claims, "claim"), english.counted(finding.cases, "case"))
        table.add_row(_text("  ", mark), finding.law, *counts)
    _show(table, _text(f"{english.counted(made.cases, 'case')}, {seconds:.1f} seconds."), "")
    own = {hole.claim.problem for hole in made.holes} - {hole.claim.problem for hole in proof.cost(made)}
    for number, hole in enumerate(made.holes, 1):
        _show(_text((f"{number}. {hole.claim.problem.code}", "bold red"), f": {hole.claim.problem.message}"))
        _show(_facts(_hole_rows(hole, made, own, tries)), "")
    if made.relied_on:
        _show(_text("Because the questionnaire's checks refuse other answers: ", ", ".join(made.relied_on), "."), "")
    _show(_text(("Not covered", "bold")), *(_beside("-", _text(told), 2) for told in proof.NOT_COVERED))


def _hole_rows(
    hole: Hole, made: Proof, own: set[Problem], tries: Mapping[Problem, str]
) -> Iterator[tuple[str, RenderableType]]:
    from drafter.proving import proof

    requirement = hole.claim.requirement
    if requirement is not None:
        yield "The policy", f"“{paragraphs(requirement.quote)}”" if requirement.quote else requirement.asks
    because = [f"{name}: {told}" for name, told in proof.described(hole, made.library)]
    yield from (("Answers", line) for line in because or ["none; the defaults alone"])
    if made.chosen:
        yield "Chosen", "the library's own, whatever is chosen" if hole.claim.problem in own else _chosen(hole, made)
    yield from (("Look at", one_line(path)) for path in proof.files(hole, made.library))
    if hole.claim.problem in tries:
        yield "Try it", one_line(tries[hole.claim.problem])


def _chosen(hole: Hole, made: Proof) -> str:
    near = {Path(file).stem for file in hole.claim.files} & set(made.chosen)
    told = [f"{clause}: {made.chosen[clause]}" for clause in sorted(near or made.chosen)]
    return f"it comes of {', '.join(told)}"


# -- explain and swap ---------------------------------------------------------------------------


def explained(rows: Iterable[tuple[str, str]]) -> None:
    """Print why a clause reads as it does."""
    _show(_facts(rows, 0))


def swapped(swap: Swapped) -> None:
    """Print what a swap changed: the alternative, what it concedes, the requirements touched, and the words."""
    old, new = (choice.alternative if choice else None for choice in swap.choices)
    say((swap.clause, "bold"), ": ", _side(old), " -> ", _side(new))
    rows: list[tuple[str, RenderableType]] = [("Changed" if swap.is_new else "Unchanged", one_line(str(swap.place)))]
    if new is not None:
        heading = "Concedes" if old is None or rounds.rank(new.position) else "Wins back"
        gives = new.concedes or (old.concedes if old and heading == "Wins back" else "")
        rows += [(heading, paragraphs(gives)), ("Approval", new.approval)]
    rows.append(("Because", swap.after.reasons.get(swap.clause, "")))
    if swap.unselected:
        rows.append(("Condition", f"the answers alone would not select it: {swap.unselected}"))
    for wanted, was, now in swap.changes:
        rows.append(("Requirements", _text(f"{wanted}: {was} -> ", (now, STYLES.get(now, "dim")))))
    if not swap.changes:
        rows.append(("Requirements", "as before"))
    rows += [("Deviations", _departure(row)) for row in swap.after.coverage.unmet]
    _show(_facts(row for row in rows if row[1]))
    say()
    redline(swap.redline)


def _side(chosen: Alternative | None) -> Text:
    return _text("left out") if chosen is None else _text(f"{chosen.id} ", _position(chosen.position))


MARKS = {"deleted": "red", "inserted": "green", "moved from": "blue", "moved to": "blue"}


def redline(made: Redline) -> None:
    """Print what changed: in colour on a terminal, and everywhere with {-deleted-} and {+inserted+} words."""
    from drafter.comparing import preview
    from drafter.comparing import redline as redlines

    out = _console()
    for line in preview.pieces(made):
        parts = ((preview.in_braces(piece), MARKS.get(piece[0], "")) for piece in preview.merged(line))
        _hanging(out, _text(*parts), always=True)
    say(
        f"{english.counted(redlines.marked_words(made), 'word')} marked."
        if redlines.is_marked(made)
        else "Nothing changed."
    )


def redlined(made: Compared, path: Path) -> None:
    """Print where a redline was written, and what is in it."""
    from drafter.comparing import marked
    from drafter.comparing import redline as redlines

    say(f"Wrote {one_line(str(path))}: {made.told}.")
    sections = len(marked.changed_sections(made.redline))
    words = english.counted(redlines.marked_words(made.redline), "word")
    comments = english.counted(len(made.comments), "comment")
    say(f"{english.counted(sections, 'section')} changed, {words} marked, {comments}.")


# -- concessions --------------------------------------------------------------------------------


def conceded(found: Concession, matter: str) -> None:
    """Print the choice that concedes least and how to make it, or what stands in the way and what might help."""
    from drafter.proving import concessions, proof

    if found.complies:
        tried = english.counted(found.tried, "choice")
        if not found.changes:
            say("Nothing needs to change: no rejected wording is in the draft.")
            return
        say(f"{_comes_down(found)} ({tried} tried). Every requirement that applies is met.")
        _show("", *(_change(change, found, matter) for change in found.changes))
        return
    say(("No choice of wordings complies with the answers as they are.", "bold red"))
    _show(_facts(("In the way", concessions.obstacle(breach, found.library)) for breach in found.in_the_way))
    _show(_facts(("The policy", f"{r.id}: “{' '.join(r.quote.split())}”") for r in found.requirements if r.quote))
    if found.otherwise is None or found.otherwise.supposing is None:
        say("No other single answer would help either.")
        return
    question, value = found.otherwise.supposing
    told = _text(("\nIf the answer to ", "bold"), (question.id, "bold"), (f" were {proof.written(value)}", "bold"))
    say(told, f", this would comply: {_comes_down(found.otherwise).lower()}.")
    _show("", *(_change(change, found.otherwise, matter) for change in found.otherwise.changes))
    say("An answer is a fact: an attorney confirms it. Nothing was changed.")


def _comes_down(found: Concession) -> str:
    cost = found.cost
    lower = [(cost.fallbacks, "a fallback"), (cost.acceptables, "acceptable")]
    told = [f"{count} to {position}" for count, position in lower if count]
    changes = english.counted(len(found.changes), "clause")
    return f"{changes} to change, {' and '.join(told)}" if told else f"{changes} to change, none for the worse"


def _change(change: Change, found: Concession, matter: str) -> Table:
    from drafter.proving import concessions

    rows: list[tuple[str, RenderableType]] = [
        (change.clause.id, _text(_side(change.before), " -> ", _side(change.after))),
        ("Because", concessions.reason(change.because, found.library)),
    ]
    if change.after is not None:
        rows += [("Concedes", paragraphs(change.after.concedes)), ("Approval", change.after.approval)]
        if change.because.kind != "answer":
            rows.append(("Command", shlex.join(["drafter", "swap", matter, change.clause.id, change.after.id])))
    return _facts(row for row in rows if row[1])


# -- rounds -------------------------------------------------------------------------------------

MOST_NAMED = 12  # changed sections that are named; the redline has them all


def sent(made: Sent, drafted: Drafted, place: Path) -> None:
    """Print a round that was recorded: what to send, what changed since the party's last round, and what is open."""
    facts = made.round
    say((f"Round {facts.number}", "bold"), f", to {facts.party}, {english.long_date(facts.on)}: a {facts.status}.")
    leaving = [one_line(str(place / name)) for name in sorted(made.files) if name.startswith(f"{OUTGOING}/")]
    for path in leaving:
        say("  Send  ", (path, "bold"))
    rows: list[tuple[str, RenderableType]] = [("Kept", f"all else in {one_line(str(place))} is for our own side alone")]
    if facts.since:
        told = f"{english.counted(len(facts.changed), 'section')} changed: {_named(facts.changed)}"
        rows.append((f"Since {facts.since}", told if facts.changed else "no section changed"))
    rows += [
        ("Requirements", _tally(drafted.coverage)),
        *(("Deviations", _departure(row)) for row in drafted.coverage.unmet),
        ("Blanks", _blanks_line(contract.blanks(drafted.contract))),
    ]
    _show(_facts(rows))


def received(made: Round, place: Path) -> None:
    """Print a round that came and was filed."""
    say((f"Round {made.number}", "bold"), f", from {made.party}, {english.long_date(made.on)}: {one_line(made.file)}.")
    say("  Filed as it came in ", (one_line(str(place)), "bold"))


def history(stages: Sequence[Stage]) -> None:
    """Print a negotiation as a table, a round a row, the draft as it stands last; below it, what each changed."""
    table = _table("Round", "Date", "To or from", "Changed", "Conceded", "Won back", "Policy")
    told: list[RenderableType] = []
    for stage in stages:
        facts = stage.round
        row = [str(facts.number), facts.on.isoformat(), f"{facts.direction} {facts.party}"]
        row = row if facts.number else ["now", "", ""]
        if facts.direction == "from":
            table.add_row(*map(_text, row), "", "", "", _text(one_line(facts.file)))
            continue
        changed = english.counted(len(facts.changed), "section") if facts.since or not facts.number else "first draft"
        counts = (str(len(steps) or "") for steps in (stage.conceded, stage.won))
        table.add_row(*map(_text, (*row, changed, *counts)), _standing(facts))
        if details := list(_details(stage)):
            heading = f"Round {facts.number}" if facts.number else "Now"
            told += ["", _text((heading, "bold")), _facts(details)]
    if not stages[:-1]:
        say("No round is recorded yet: 'drafter send MATTER --to PARTY' records the first.")
    _show(table, *told)


def _details(stage: Stage) -> Iterator[tuple[str, RenderableType]]:
    """Tell what a round changed, clause by clause."""
    if stage.round.changed:
        yield "Changed", _named(stage.round.changed)
    for heading, steps in (("Conceded", stage.conceded), ("Won back", stage.won)):
        for kept in steps:
            because = f" Because: {one_line(kept.because)}" if kept.because else ""
            given = f" {paragraphs(kept.concedes)}" if heading == "Conceded" and kept.concedes else ""
            yield heading, _text(f"{kept.clause}: {kept.alternative} ", _position(kept.position), given, because)


def _named(names: Sequence[str]) -> str:
    """Name the first few, and count the rest."""
    left = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f", and {left} more" if left > 0 else "")


def _position(position: str) -> tuple[str, str]:
    return f"({position})", POSITIONS.get(position, "")


def _standing(facts: Round) -> Text:
    due = [status for _, status in facts.statuses if status not in SILENT]
    unmet = [name for name, status in facts.statuses if status in UNMET]
    told = _text((f"{len(due) - len(unmet)} of {len(due)} met", "red" if unmet else "green"))
    return _text(told, (f"; departs from {', '.join(unmet)}", "bold red")) if unmet else told


# -- packet -------------------------------------------------------------------------------------

MOST_LINES = 8  # lines outside the sections that a verdict shows


def packet(place: Path, beside: Path | None, made: Packet, laid: Mapping[str, bytes]) -> None:
    """Print what a packet is made of, and where the negotiator's brief is."""
    from drafter.sending.packet import FACTS, TITLES, WHOLE

    say("Wrote ", (one_line(str(place)), "bold"))
    rows = [(name, title) for name, title in TITLES.items()]
    rows += [(name, "all of it, with a cover and bookmarks") for name in laid if name == WHOLE]
    rows += [(FACTS, "what 'drafter verify' reads, and " + manifest.FILE + " with the hashes")]
    _show(_facts(rows))
    if made.notes:
        say(f"  The redline has {english.counted(len(made.notes), 'note')}, one for each section that it marks.")
    if beside is not None:
        say(
            "Wrote ",
            (one_line(str(beside)), "bold"),
            ": the negotiator's brief, ",
            ("privileged, not for the packet", "red"),
        )


def verdict(found: Verdict, file: Path) -> None:
    """Print whether a file is the contract in a packet, and if not, which sections differ."""
    name = one_line(str(file))
    if found.same_bytes:
        say((name, "bold"), ": ", ("the contract in the packet, byte for byte", "green"), ".")
        return
    if found.same_words:
        say((name, "bold"), ": another file with ", ("every word of the contract in the packet", "green"), ".")
    else:
        say((name, "bold"), ": ", ("not the contract in the packet", "bold red"), ".")
    rows: list[tuple[str, RenderableType]] = [("Sections", f"{place}: {what}") for place, what in found.differences]
    rows += [("Elsewhere", line) for line in found.outside[:MOST_LINES]]
    if len(found.outside) > MOST_LINES:
        rows.append(("Elsewhere", f"and {len(found.outside) - MOST_LINES} more lines"))
    rows += [("Header or footer", line) for line in found.frame[:MOST_LINES]]
    if found.tracked:
        rows.append(("Changes", "the file has tracked changes; it was read as if all were accepted"))
    if found.comments:
        rows.append(("Comments", f"{english.counted(found.comments, 'comment')} in the file"))
    _show(_facts(rows))
