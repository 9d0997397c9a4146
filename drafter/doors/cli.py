"""The command line: the commands, in the order of work.

Exit code 0 means fine, 1 problems in the data, 2 a command that can't be understood. With `--json`, standard output is
one JSON value, problems included.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping

import click

from drafter import __version__

HOMES = {
    "new": "drafting", "ask": "drafting", "answer": "answering", "draft": "drafting", "check": "drafting",
    "options": "clauses", "clauses": "clauses", "explain": "clauses", "swap": "negotiating", "concede": "negotiating",
    "convert": "negotiating",
    "send": "rounds", "receive": "rounds", "changes": "replies", "decide": "replies",
    "history": "rounds", "redline": "negotiating", "packet": "board",
    "verify": "board", "lint": "library", "review": "library", "prove": "library", "policy": "policy",
    "template": "library", "desk": "desk",
}  # fmt: skip


class Commands(Mapping[str, click.Command]):
    """The commands in the order of work; each is imported when it is asked for, since one at a time is run."""

    def __getitem__(self, name: str) -> click.Command:
        """Return a command."""
        made: click.Command = getattr(importlib.import_module(f"drafter.doors.{HOMES[name]}.commands"), name)
        return made

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(HOMES)

    def __len__(self) -> int:
        """Count them."""
        return len(HOMES)


class InOrder(click.Group):
    """A group that lists its commands in the order of work, each with the whole first line of its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the commands in the order of work."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with the first line of its help."""
        with formatter.section("Commands"):
            helps = ((name, self.commands[name].help or "") for name in self.list_commands(ctx))
            formatter.write_dl([(name, text.partition("\n")[0]) for name, text in helps])


@click.group(cls=InOrder, commands=Commands(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="drafter")
def main() -> None:
    """Draft a contract that provably says what a board's policy asks, from a questionnaire's answers.

    A MATTER is a folder with an answers.yaml in it, or the answers file itself. Drafter helps an attorney;
    it gives no legal advice.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without “ shows its code; it does not fail
