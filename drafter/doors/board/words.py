"""What packet, verify say: on a terminal, and as JSON for scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType

from drafter.base import english, manifest
from drafter.doors import phrases, terminal
from drafter.sending.names import AGENDA, CHANGES, CONTRACT, CONTRACT_PDF, FACTS, REDLINE, REDLINE_PDF, TITLES, WHOLE
from drafter.word import kinds

if TYPE_CHECKING:
    from drafter.acts.packing import Packed
    from drafter.verifying.verdict import Verdict

MOST_LINES = 12  # findings of one kind that a verdict shows


def packet(done: Packed) -> None:
    """Print what a packet is made of, and where the negotiator's brief is."""
    made, beside = done.packet, done.beside
    terminal.say("Wrote ", (terminal.one_line(str(done.place)), "bold"))
    rows: list[tuple[str, RenderableType]] = [(name, TITLES[name]) for name in made.documents]
    rows += [(AGENDA, "the line on the agenda, to be pasted")] if made.agenda else []
    if REDLINE not in made.documents:  # nor what changed in it
        rows.append(("No redline", "the contract is in another form; the memo says what became of each section"))
    rows += [(name, "what a signed PDF or a scan is read against") for name in done.laid if name == CONTRACT_PDF]
    rows += [(name, "the redline with its notes, beside the packet") for name in done.laid if name == REDLINE_PDF]
    inside = "memo, changed sections and matrix" if CHANGES in made.documents else "all of it"
    rows += [(name, f"{inside}, with a cover and bookmarks") for name in done.laid if name == WHOLE]
    rows += [(FACTS, "what 'drafter verify' reads, and " + manifest.FILE + " with the hashes")]
    rows += [(f"Template of the {kinds.called(kind)}", terminal.one_line(str(path))) for kind, path in done.own.items()]
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


def verdict(found: Verdict, file: Path, written: str) -> None:
    """Print whether a file is the contract in a packet, and if not, what differs, each with its place.

    `written` is the path of the page with the pictures, empty where there is none.
    """
    what, style = _SAID[found.kind]
    terminal.say((terminal.one_line(str(file)), "bold"), ": ", (what, style), ".")
    rows: list[tuple[str, RenderableType]] = []
    for kind, title in _TITLES.items():
        those = [one for one in found.findings if one.kind == kind]
        rows += [
            (title, f"{terminal.one_line(one.place)}: {terminal.one_line(one.what)}") for one in those[:MOST_LINES]
        ]
        if len(those) > MOST_LINES:
            rows.append((title, f"and {len(those) - MOST_LINES} more"))
    rows += [("What to do", step) for step in found.next_steps]
    if found.next_steps:
        rows.append(("Or", f"open the packet's own {CONTRACT} and sign that"))
    rows += [("Saved again", terminal.one_line(one)) for one in found.added]
    if found.kind != "the same bytes":
        rows.append(("Compared", COMPARED))
        rows.append(("Pages", "laid out with LibreOffice and compared" if found.laid_out else found.unlaid))
    rows += [("Wrote", written)] if written else []
    terminal.show(terminal.facts(rows))


_SAID = {
    "the same bytes": ("the contract in the packet, byte for byte", "green"),
    "saved again": ("the same contract as in the packet, saved again", "green"),
    "printed otherwise": ("the same words as in the packet, printed otherwise", "bold red"),
    "differs": ("not the contract in the packet", "bold red"),
    "can't be judged": ("can't be judged", "bold red"),
}
_TITLES = {"differs": "Differs", "unjudged": "Can't be judged", "printed": "Printed otherwise", "mark": "Status"}
COMPARED = "labels, words, fields, looks, tables, pages, headers and footers, by the closed list"


def packet_json(done: Packed) -> dict[str, object]:
    """Return what was written, for scripts."""
    names = sorted(done.folders[done.place])
    return {
        "packet": [str(done.place / name) for name in names],
        "privileged": str(done.beside) if done.beside else None,
        "templates": {kind: str(path) for kind, path in done.own.items()},
        "reminders": [terminal.problem_json(reminder) for reminder in done.packet.reminders],
    }
