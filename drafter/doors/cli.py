"""The command line: the commands, in the order of work.

Exit code 0 means fine, 1 problems in the data, 2 a command that can't be understood. With `--json`, standard output is
one JSON value, problems included.
"""

from __future__ import annotations

import sys

import click

from drafter import __version__
from drafter.doors.answering.commands import answer
from drafter.doors.board.commands import packet, verify
from drafter.doors.clauses.commands import clauses, explain, options
from drafter.doors.drafting.commands import ask, check, draft, new
from drafter.doors.library.commands import lint, prove, review, template
from drafter.doors.negotiating.commands import concede, redline, swap
from drafter.doors.rounds.commands import history, receive, send


class InOrder(click.Group):
    """A group that lists its commands in the order of work, each with the whole first line of its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the commands in the order in which they were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with the first line of its help."""
        with formatter.section("Commands"):
            helps = ((name, self.commands[name].help or "") for name in self.list_commands(ctx))
            formatter.write_dl([(name, text.partition("\n")[0]) for name, text in helps])


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="drafter")
def main() -> None:
    """Draft a contract that provably meets a board's policy, from a questionnaire's answers.

    A MATTER is a folder with an answers.yaml in it, or the answers file itself. Drafter helps an attorney;
    it gives no legal advice.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without “ shows its code; it does not fail


for command in (
    new, ask, answer, draft, check, options, clauses, explain, swap, concede, send, receive, history, redline, packet,
    verify, lint, review, prove, template,
):  # fmt: skip
    main.add_command(command)
