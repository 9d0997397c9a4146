"""What several commands say: how a policy is cited, requirements are counted, positions are coloured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from drafter.base import english
from drafter.base.problems import Problem
from drafter.contract import Blank
from drafter.doors import terminal

if TYPE_CHECKING:  # two saved contracts are compared without any of them
    from rich.text import Text

    from drafter.drafting.compliance import Covered
    from drafter.drafting.draft import Draft
    from drafter.reading.library import Alternative
    from drafter.reading.sources.source import Source

MOST_BLANKS = 12  # labels in a draft's summary; `check` has them all
SILENT = ("does not apply", "nothing to draft")
STYLES = {
    "met": "green", "met by a fallback": "yellow", "said": "green", "said by a fallback": "yellow",
    "deviates": "bold red", "missing": "bold red",
}  # fmt: skip
TONES = {"good": "green", "mixed": "yellow", "bad": "bold red", "quiet": "dim"}
POSITIONS = {"preferred": "green", "acceptable": "yellow", "fallback": "red", "non-standard": "magenta"}


def policy(policy: Source) -> str:
    """Return how a policy is cited: its citation, status and date."""
    return f"{policy.citation} ({policy.status}, {english.long_date(policy.date)})"


def tally(made: Draft) -> Text:
    """Return how many of the requirements that apply are met, or said while a wording that says them is unread."""
    due = [row for row in made.coverage.rows if row.status not in SILENT]
    met, unread = len(due) - len(made.coverage.unmet), len({one.wording for one in made.unread})
    said = f"{met} of {len(due)} requirements that apply are {'said' if unread else 'met'}"
    left = f"; {english.counted(unread, 'wording')} not yet read by an attorney" if unread else ""
    return terminal.text((said, "red" if made.coverage.unmet else "green"), (left, "yellow"))


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


def odd_json(found: Sequence[tuple[str, str]], hidden: Sequence[str]) -> dict[str, object]:
    """Return the same for scripts."""
    return {
        "hidden_words": list(hidden),
        "odd_characters": [{"place": place, "what": what} for place, what in found],
    }
