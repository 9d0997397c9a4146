"""What several commands say: how a policy is cited, requirements are counted, positions are coloured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from drafter.base import english
from drafter.base.problems import Problem
from drafter.contract import Blank
from drafter.doors import terminal
from drafter.telling import rows
from drafter.telling.rows import Row, Words

if TYPE_CHECKING:  # two saved contracts are compared without any of them
    from rich.console import RenderableType
    from rich.text import Text

    from drafter.comparing.fates import Fate
    from drafter.drafting.compliance import Covered
    from drafter.drafting.draft import Draft
    from drafter.reading.library import Alternative
    from drafter.reading.sources.source import Source
    from drafter.verifying.verdict import Verdict

MOST_BLANKS = 12  # labels in a draft's summary; `check` has them all
TONES = {"good": "green", "mixed": "yellow", "bad": "bold red", "quiet": "dim"}
POSITIONS = {"preferred": "green", "acceptable": "yellow", "fallback": "red", "non-standard": "magenta"}
LOOKS = {**TONES, **POSITIONS, "strong": "bold"}


def said(*parts: Words | str) -> Text:
    """Return words as they look on a terminal."""
    made = (Words(one) if isinstance(one, str) else one for one in parts)
    return terminal.text(*((_whole(one), LOOKS.get(one.kind, "")) for one in made))


def _whole(one: Words) -> str:
    return terminal.one_line(one.text) if one.kind == "line" else one.text


def shown(those: Iterable[Row]) -> Iterator[tuple[str, RenderableType]]:
    """Yield rows as `terminal.facts` takes them."""
    yield from ((one.heading, said(*one.words)) for one in those)


def side(chosen: Alternative | None) -> Text:
    """Return an alternative with its position, or that the clause is left out."""
    return said(*rows.side(chosen))


def position(of: str) -> Text:
    """Return a position in brackets, with its colour."""
    return said(rows.position(of))


def departure(row: Covered) -> Text:
    """Return a requirement that is not met, with the reason."""
    return said(*rows.departure(row))


def requirements(made: Draft) -> Iterator[tuple[str, Text]]:
    """Yield the rows of how many requirements of each source are met."""
    from drafter.telling import tallies  # as above

    for number, (source, tally) in enumerate(tallies.tallies(made)):
        yield "" if number else "Requirements", said(*tally, f": {source.cited}")


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


def blanks_line(blanks: Sequence[Blank]) -> str:
    """Return the labels of blanks, each once with its number, the first ones."""
    labels: dict[str, int] = {}
    for blank in blanks:
        labels[blank.text] = labels.get(blank.text, 0) + 1
    shown = [label if times == 1 else f"{label} ({times})" for label, times in labels.items()]
    left = sum(list(labels.values())[MOST_BLANKS:])
    rest = f"; and {left} more, which 'drafter check' lists" if left else ""
    return f"{len(blanks)}: {'; '.join(shown[:MOST_BLANKS])}{rest}" if blanks else "none"


def remembered(reminder: Problem) -> Text:
    """Return a reminder, with what to do on a line of its own."""
    return terminal.text((reminder.message, "yellow"), f"\n{reminder.hint}" if reminder.hint else "")


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
        "next": list(found.next_steps),
    }


def fates_json(found: Sequence[Fate]) -> list[dict[str, object]]:
    """Return what became of each section in another form of the contract, for scripts."""
    return [{"clause": one.name.clause, "state": one.state, "words": list(one.words)} for one in found]
