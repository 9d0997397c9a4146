"""What several commands say: how a policy is cited, requirements are counted, positions are coloured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from drafter.base import english
from drafter.base.problems import Problem
from drafter.contract import Blank
from drafter.doors import terminal

if TYPE_CHECKING:  # two saved contracts are compared without any of them
    from rich.text import Text

    from drafter.comparing.fates import Fate
    from drafter.drafting.compliance import Coverage, Covered
    from drafter.drafting.draft import Draft, Left
    from drafter.reading.library import Alternative
    from drafter.reading.sources.source import Source
    from drafter.verifying.verdict import Verdict

MOST_BLANKS = 12  # labels in a draft's summary; `check` has them all
SILENT = ("does not apply", "nothing to draft")
STYLES = {
    "met": "green", "met by a fallback": "yellow", "said": "green", "said by a fallback": "yellow",
    "deviates": "bold red", "missing": "bold red",
}  # fmt: skip
TONES = {"good": "green", "mixed": "yellow", "bad": "bold red", "quiet": "dim"}
POSITIONS = {"preferred": "green", "acceptable": "yellow", "fallback": "red", "non-standard": "magenta"}


def tallies(made: Draft) -> Iterator[tuple[Source, Text]]:
    """Yield each source with how many of its requirements that apply are met, or said while anything is unread."""
    left = made.left
    for source in made.library.sources:
        yield source, _tally(made.coverage.of(source), left)


def _tally(coverage: Coverage, left: Left) -> Text:
    due = [row for row in coverage.rows if row.status not in SILENT]
    here = {row.requirement.id for row in due}
    is_met = left.is_all_read(due)
    said = f"{len(due) - len(coverage.unmet)} of {len(due)} requirements that apply are {'met' if is_met else 'said'}"
    wordings = len({one.wording for one in left.links if one.clause and one.requirement.id in here})
    same = sum(not one.clause and one.requirement.id in here for one in left.links)
    rest = f"; {english.counted(wordings, 'wording')} not yet read by an attorney" if wordings else ""
    rest += f"; {english.counted(same, 'comparison')} with another source not yet read by an attorney" if same else ""
    return terminal.text((said, "red" if coverage.unmet else "green"), (rest, "yellow"))


def not_read_yet(made: Draft) -> Text:
    """Return how many texts of a contract an attorney has read by themselves, and which are left."""
    from drafter.papers import not_read

    found = not_read.of(made.contract, made.selection)
    left = f"; not yet: {found.listed}" if found.listed else ""
    left += "" if found.is_memo_read else "; and not the memo's own sentences"
    return terminal.text(f"{found.counted} by themselves, by an attorney", (left, "yellow"))


TEMPLATE_UNREAD = "No reading covers the template's own words:"
MOST_LINES = 8  # lines of a template that are shown


def lines_of_template(words: Sequence[str]) -> str:
    """Return the lines that a template has of its own, the first ones."""
    left = len(words) - MOST_LINES
    shown = "; ".join(f"“{terminal.one_line(words)}”" for words in words[:MOST_LINES])
    return f"{shown}{f'; and {left} more' if left > 0 else ''}."


def source_json(source: Source) -> dict[str, object]:
    """Return what is known of a source and its text, for scripts."""
    effective, verified = source.effective, source.verified
    return {
        "name": source.name,
        "kind": source.kind,
        "citation": source.citation,
        "title": source.title,
        "status": source.status,
        "date": source.date.isoformat(),
        "effective_from": effective.from_.isoformat() if effective else None,
        "effective_until": effective.until.isoformat() if effective and effective.until else None,
        "verified_by": verified.by if verified else None,
        "verified_on": verified.on.isoformat() if verified else None,
    }


def wrongs(wrong: Sequence[Problem]) -> Text:
    """Return how many problems there are, in red or green."""
    return terminal.text((english.counted(len(wrong), "problem"), "red" if wrong else "green"))


def departure(row: Covered) -> Text:
    """Return a requirement that is not met, with the reason."""
    return terminal.text((row.requirement.id, "bold red"), f": {row.requirement.asks} {_sentence(row.remark)}")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def blanks_line(blanks: Sequence[Blank]) -> str:
    """Return the labels of blanks, each once with its number, the first ones."""
    labels: dict[str, int] = {}
    for blank in blanks:
        labels[blank.text] = labels.get(blank.text, 0) + 1
    shown = [label if times == 1 else f"{label} ({times})" for label, times in labels.items()]
    left = sum(list(labels.values())[MOST_BLANKS:])
    rest = f"; and {left} more, which 'drafter check' lists" if left else ""
    return f"{len(blanks)}: {'; '.join(shown[:MOST_BLANKS])}{rest}" if blanks else "none"


def side(chosen: Alternative | None) -> Text:
    """Return an alternative with its position, or that the clause is left out."""
    return terminal.text("left out") if chosen is None else terminal.text(f"{chosen.id} ", position(chosen.position))


def remembered(reminder: Problem) -> Text:
    """Return a reminder, with what to do on a line of its own."""
    return terminal.text((reminder.message, "yellow"), f"\n{reminder.hint}" if reminder.hint else "")


def change(*, is_new: bool, tried: bool) -> str:
    """Return the heading of the line that a command changed, would change, or left as it was."""
    return "Unchanged" if not is_new else "Would change" if tried else "Changed"


def position(position: str) -> tuple[str, str]:
    """Return a position in brackets, with its colour."""
    return f"({position})", POSITIONS.get(position, "")


MOST_NAMED = 12  # changed sections that are named; the redline has them all


def named(names: Sequence[str]) -> str:
    """Name the first few, and count the rest."""
    left = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f", and {left} more" if left > 0 else "")


MOST_ODD = 8  # words or characters of a Word file that read otherwise than they are; the JSON has them all


def odd(found: Sequence[tuple[str, str]], hidden: Sequence[str]) -> list[tuple[str, str]]:
    """Name what a Word file from outside holds that a reader doesn't see, or takes for something else."""
    rows = [("Hidden words", terminal.one_line(words)) for words in hidden]
    rows += [("Characters", f"{terminal.one_line(place)}: {what}") for place, what in found]
    left = len(rows) - MOST_ODD
    return [*rows[:MOST_ODD], ("Characters", f"and {left} more")] if left > 0 else rows


def harm(found: Sequence[str]) -> list[tuple[str, str]]:
    """Name what in a Word file from outside would do harm in Word, part by part."""
    rows = [("Careful", terminal.one_line(line)) for line in found[:MOST_ODD]]
    left = len(found) - len(rows)
    rows += [("Careful", f"and {left} more")] if left > 0 else []
    return [*rows, ("", "Word does this when the file is opened or clicked; nothing here opens it")] if rows else []


def odd_json(found: Sequence[tuple[str, str]], hidden: Sequence[str]) -> dict[str, object]:
    """Return the same for scripts."""
    return {
        "hidden_words": list(hidden),
        "odd_characters": [{"place": place, "what": what} for place, what in found],
    }


def verdict_json(found: Verdict) -> dict[str, object]:
    """Return how a file compares with the one that was approved or sent, for scripts."""
    return {
        "verdict": found.kind,
        "same_contract": found.exit_code == 0,
        "findings": [{"kind": one.kind, "place": one.place, "what": one.what} for one in found.findings],
        "added": list(found.added),
        "laid_out": found.laid_out,
        "not_laid_out": found.unlaid,
    }


def fates(found: Sequence[Fate]) -> Iterator[tuple[str, str]]:
    """Yield what became of each section in another form of the contract, a line for each thing that can have become."""
    by_state: dict[str, list[Fate]] = {}
    for one in found:
        by_state.setdefault(one.state, []).append(one)
    for state in ("kept", "shortened", "lengthened", "reworded", "left out", "added"):
        if those := by_state.get(state):
            before, after = (sum(one.words[side] for one in those) for side in (0, 1))
            counted = f" ({from_to(before, after)} words)" if before != after else ""
            listed = ", ".join(one.name.clause for one in those)
            yield state.capitalize(), f"{english.counted(len(those), 'section')}{counted}: {listed}"


def fates_json(found: Sequence[Fate]) -> list[dict[str, object]]:
    """Return what became of each section in another form of the contract, for scripts."""
    return [{"clause": one.name.clause, "state": one.state, "words": list(one.words)} for one in found]


def from_to(before: int, after: int) -> str:
    """Return how a number of words changed."""
    return f"{before:,} -> {after:,}"
