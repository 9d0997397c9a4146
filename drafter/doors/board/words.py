"""What packet, verify say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.doors import phrases, terminal
from drafter.telling import packed
from drafter.telling.rows import Row, Words

if TYPE_CHECKING:
    from drafter.acts.packing import Packed


def packet(done: Packed) -> None:
    """Print what a packet is made of, and where the negotiator's brief is."""
    terminal.say("Wrote ", (terminal.one_line(str(done.place)), "bold"))
    terminal.show(terminal.facts(phrases.shown(packed.told(done))))
    if said := packed.notes(done):
        terminal.say(f"  {said}")
    if done.beside is not None:
        terminal.say(
            "Wrote ",
            (terminal.one_line(str(done.beside)), "bold"),
            ": the negotiator's brief, ",
            ("privileged, not for the packet", "red"),
        )


def verdict(file: Path, headline: Words, rows: Iterable[Row], written: Collection[str]) -> None:
    """Print whether a file is the contract in a packet, what was found in it, and the paths that were written."""
    terminal.say((terminal.one_line(str(file)), "bold"), ": ", phrases.said(headline), ".")
    terminal.show(terminal.facts([*phrases.shown(rows), *(("Wrote", path) for path in written)]))


def packet_json(done: Packed) -> dict[str, object]:
    """Return what was written, for scripts."""
    names = sorted(done.folders[done.place])
    return {
        "packet": [str(done.place / name) for name in names],
        "privileged": str(done.beside) if done.beside else None,
        "templates": {kind: str(path) for kind, path in done.own.items()},
        "reminders": [terminal.problem_json(reminder) for reminder in done.packet.reminders],
    }
