"""What packet, verify say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import RenderableType

from drafter.base import english, manifest
from drafter.doors import phrases, terminal
from drafter.sending.packet import CONTRACT_PDF, FACTS, REDLINE, TITLES, WHOLE, Packet
from drafter.sending.verdict import Verdict

MOST_LINES = 8  # lines outside the sections that a verdict shows


def packet(place: Path, beside: Path | None, made: Packet, laid: Mapping[str, bytes]) -> None:
    """Print what a packet is made of, and where the negotiator's brief is."""
    terminal.say("Wrote ", (terminal.one_line(str(place)), "bold"))
    rows: list[tuple[str, RenderableType]] = [(name, TITLES[name]) for name in made.documents]
    if REDLINE not in made.documents:
        rows.append(("No redline", "the contract is in another form; the memo says what became of each section"))
    rows += [(name, "what a signed PDF or a scan is read against") for name in laid if name == CONTRACT_PDF]
    rows += [(name, "all of it, with a cover and bookmarks") for name in laid if name == WHOLE]
    rows += [(FACTS, "what 'drafter verify' reads, and " + manifest.FILE + " with the hashes")]
    terminal.show(terminal.facts([*rows, *(("Remember", phrases.remembered(one)) for one in made.reminders)]))
    if made.notes:
        terminal.say(
            f"  The redline has {english.counted(len(made.notes), 'note')}, one for each section that it marks."
        )
    if beside is not None:
        terminal.say(
            "Wrote ",
            (terminal.one_line(str(beside)), "bold"),
            ": the negotiator's brief, ",
            ("privileged, not for the packet", "red"),
        )


def verdict(found: Verdict, file: Path) -> None:
    """Print whether a file is the contract in a packet, and if not, which sections differ."""
    name = terminal.one_line(str(file))
    if found.same_bytes:
        terminal.say((name, "bold"), ": ", ("the contract in the packet, byte for byte", "green"), ".")
        return
    if found.same_words:
        terminal.say((name, "bold"), ": another file with ", ("every word of the contract in the packet", "green"), ".")
    else:
        terminal.say((name, "bold"), ": ", ("not the contract in the packet", "bold red"), ".")
    rows: list[tuple[str, RenderableType]] = [("Sections", f"{place}: {what}") for place, what in found.differences]
    rows += [("Elsewhere", line) for line in found.outside[:MOST_LINES]]
    if len(found.outside) > MOST_LINES:
        rows.append(("Elsewhere", f"and {len(found.outside) - MOST_LINES} more lines"))
    rows += [("Header or footer", line) for line in found.frame[:MOST_LINES]]
    rows += phrases.odd(found.odd, found.hidden)
    if found.tracked:
        rows.append(("Changes", "the file has tracked changes; it was read as if all were accepted"))
    if found.comments:
        rows.append(("Comments", f"{english.counted(found.comments, 'comment')} in the file"))
    terminal.show(terminal.facts(rows))


def packet_json(place: Path, beside: Path | None, made: Packet, laid: Mapping[str, bytes]) -> dict[str, object]:
    """Return what was written, for scripts."""
    names = sorted((*made.documents, *laid, FACTS, manifest.FILE))
    return {
        "packet": [str(place / name) for name in names],
        "privileged": str(beside) if beside else None,
        "reminders": [terminal.problem_json(reminder) for reminder in made.reminders],
    }


def verdict_json(found: Verdict) -> dict[str, object]:
    """Return how a file compares with a packet's contract, for scripts."""
    return {
        "same_bytes": found.same_bytes,
        "same_words": found.same_bytes or found.same_words,
        "sections": [{"section": name, "what": what} for name, what in found.differences],
        "outside": list(found.outside),
        "headers_and_footers": list(found.frame),
        **phrases.odd_json(found.odd, found.hidden),
        "tracked_changes": found.tracked,
        "comments": found.comments,
    }
